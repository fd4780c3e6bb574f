"""Les tableaux du budget, prêts à lire dans un carnet."""

import pandas as pd

from ..donnees.tableau import Tableau
from ..socle.nombres import pourcent


def tableau_du_budget(projection) -> Tableau:
    """Le budget 2014 et sa projection 2015 : lignes, totaux, parts et évolutions."""
    comparaison = projection.comparaison.assign(part=projection.lignes["part"])
    sommes = comparaison.groupby("nature")[["montant_2014_eur", "montant_2015_eur"]].sum().round(2)
    blocs = []
    for nature, total in (("depense", "Total des dépenses"), ("recette", "Total des recettes")):
        avant, apres = sommes.loc[nature]
        blocs.append(comparaison[comparaison["nature"] == nature])
        blocs.append(
            pd.DataFrame(
                {
                    "nature": [nature], "libelle": [total], "montant_2014_eur": [avant],
                    "montant_2015_eur": [apres], "ecart_eur": [round(apres - avant, 2)],
                    "ecart_part": [(apres - avant) / avant], "part": [1.0],
                }
            )
        )  # fmt: skip
    lignes = pd.concat(blocs, ignore_index=True)
    return Tableau(
        lignes[
            ["libelle", "montant_2014_eur", "montant_2015_eur", "ecart_eur", "ecart_part", "part"]
        ],
        "Budget prévisionnel 2015",
        titres={"ecart_part": "Évolution", "part": "Part de 2015"},
    )


def tableau_des_seuils(budget: pd.DataFrame, contexte) -> Tableau:
    """Pour chaque hypothèse, la valeur du sujet et celle qui ramène l'UE au plafond qui vaut."""
    from ..donnees.hypotheses import LIMITES, VARIABLES, ecrire
    from .projection import projeter
    from .regles import plafond_applique
    from .seuils import plafond_vise, seuil

    sujet = contexte.hypotheses
    plafond = plafond_applique(projeter(budget, sujet), contexte)
    lignes = []
    for champ in VARIABLES:
        libelle = LIMITES[champ][0]
        valeur = getattr(sujet, champ)
        trouve, vise = (
            seuil(budget, sujet, champ, contexte),
            plafond_vise(budget, sujet, champ, contexte),
        )
        autre = f" (plafond de {pourcent(vise, None)})" if vise != plafond else ""
        lignes.append(
            (
                libelle[0].upper() + libelle[1:],
                "calculé" if valeur is None else ecrire(champ, valeur),
                ("aucune valeur ne suffit" if trouve is None else ecrire(champ, trouve)) + autre,
            )
        )
    colonnes = ["hypothese", "sujet", "seuil"]
    titres = {"hypothese": "Hypothèse changée seule", "sujet": "Sujet",
              "seuil": f"Valeur pour {pourcent(plafond, None)} d'UE"}  # fmt: skip
    return Tableau(pd.DataFrame(lignes, columns=colonnes), titres=titres)
