"""Les tableaux du budget, prêts à lire dans un carnet."""

import pandas as pd

from ..donnees.contexte import Contexte
from ..donnees.hypotheses import LIMITES, VARIABLES, ecrire
from ..donnees.tableau import Tableau
from ..socle.nombres import pourcent
from .projection import Projection, projeter
from .regles import plafond_applique
from .seuils import plafond_vise, seuil


def tableau_du_budget(projection: Projection) -> Tableau:
    """Le budget 2014 et sa projection 2015 : lignes, totaux, parts et évolutions."""
    comparaison = projection.comparaison.assign(part=projection.lignes["part"])
    montants = ["montant_2014_eur", "montant_2015_eur"]
    blocs = []
    for nature, total in (("depense", "Total des dépenses"), ("recette", "Total des recettes")):
        lignes = comparaison[comparaison["nature"] == nature]
        avant, apres = lignes[montants].sum().round(2)
        somme = {"libelle": [total], "montant_2014_eur": [avant], "montant_2015_eur": [apres],
                 "ecart_eur": [round(apres - avant, 2)], "ecart_part": [(apres - avant) / avant],
                 "part": [1.0]}  # fmt: skip
        blocs += [lignes[list(somme)], pd.DataFrame(somme)]
    return Tableau(
        pd.concat(blocs, ignore_index=True),
        "Budget prévisionnel 2015",
        titres={"ecart_part": "Évolution", "part": "Part de 2015"},
    )


def tableau_des_seuils(budget: pd.DataFrame, contexte: Contexte) -> Tableau:
    """Pour chaque hypothèse, la valeur du sujet et celle qui ramène l'UE au plafond qui vaut."""
    sujet = contexte.hypotheses
    plafond = plafond_applique(projeter(budget, sujet), contexte)
    lignes = []
    for champ in VARIABLES:
        libelle, valeur = LIMITES[champ][0], getattr(sujet, champ)
        trouve = seuil(budget, sujet, champ, contexte)
        vise = plafond_vise(budget, sujet, champ, contexte)
        suffit = "aucune valeur ne suffit" if trouve is None else ecrire(champ, trouve)
        autre = f" (plafond de {pourcent(vise, None)})" if vise != plafond else ""
        depart = "calculé" if valeur is None else ecrire(champ, valeur)
        lignes.append((libelle[0].upper() + libelle[1:], depart, suffit + autre))
    titres = {"hypothese": "Hypothèse changée seule", "sujet": "Sujet",
              "seuil": f"Valeur pour {pourcent(plafond, None)} d'UE"}  # fmt: skip
    return Tableau(pd.DataFrame(lignes, columns=list(titres)), titres=titres)
