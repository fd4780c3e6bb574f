"""Projeter des diapositives : une page à nous, servie par Jupyter, où les ateliers sont vivants.

- `page` écrit le HTML (titres, étapes, notes, minutes, sorties enregistrées) : tout se lit sans noyau ;
- `servi/moteur.js` et `moteur.css` montrent et font avancer ; ils marchent aussi depuis un fichier ;
- `serveur` exécute le carnet une fois, et dit aux fenêtres où il en est ;
- `servi/vivant.js` remplace, dans chaque fenêtre, les sorties enregistrées par les ateliers du noyau ;
- `servi/gestionnaire.js` est construit (`paquet/`) : les réglages de Jupyter, sans JupyterLab.
"""
