"""Les figures : une fonction par figure, des données en entrée, une `Illustration` en sortie.

Une figure ne connaît aucun élément interactif. Chaque figure a son texte de remplacement,
et la couleur n'y porte jamais seule un sens.
"""
