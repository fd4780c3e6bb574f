"""La valeur d'une hypothèse qui ramène la part européenne au plafond."""

from dataclasses import replace

import pandas as pd

from ..donnees.contexte import Contexte
from ..donnees.hypotheses import LIMITES, VARIABLES, Hypotheses
from ..socle.erreurs import ErreurHypothese
from ..socle.nombres import lire_nombre, nombre
from .projection import Projection, projeter
from .regles import plafond_applique, sous_plafond


def plafond_vise(
    budget: pd.DataFrame, hypotheses: Hypotheses, variable: str, contexte: Contexte
) -> float:
    """Le plafond (part) que l'on cherche à atteindre : celui des projets, si l'on en cherche un."""
    if variable == "projet_exceptionnel_eur":
        return contexte.plafond(projet_exceptionnel=True)
    return plafond_applique(projeter(budget, hypotheses), contexte)


def seuil(
    budget: pd.DataFrame,
    hypotheses: Hypotheses,
    variable: str,
    contexte: Contexte,
    part_ue: float | None = None,
) -> float | int | None:
    """La valeur d'une hypothèse pour laquelle l'UE finance exactement `part_ue` du budget.

    `part_ue` (part) : par défaut, le plafond qui vaut pour ce budget, ou pour un projet
    exceptionnel si c'est lui que l'on cherche (annexe 3, § 2).

    Les autres hypothèses restent fixes. La part de l'UE vaut exactement s quand les recettes
    françaises R et les dépenses D vérifient R = (1 − s) D ; les deux côtés sont affines en
    chaque hypothèse, donc deux points suffisent à trouver la valeur.

    - `variable` : le nom d'un champ numérique d'`Hypotheses` ;
    - pour `mois_embauche`, le premier mois (1 à 12) où la part ne dépasse pas `part_ue` ;
    - None si aucune valeur admise ne convient.

    Lève `ErreurHypothese` si la variable ou le plafond ne conviennent pas.
    """
    if variable not in VARIABLES:
        raise ErreurHypothese(
            f"« {variable} » n'est pas une hypothèse chiffrée. Choisissez : {', '.join(VARIABLES)}."
        )
    vise = plafond_vise(budget, hypotheses, variable, contexte)
    plafond = vise if part_ue is None else lire_nombre(part_ue)
    if not 0 <= plafond <= 1:
        raise ErreurHypothese(
            f"part_ue vaut {nombre(plafond)} ; une part de 0 à 1 est attendue (0.20 pour 20 %)."
        )

    def essayer(valeur: float) -> Projection:
        return projeter(budget, replace(hypotheses, **{variable: valeur}))

    def manque(valeur: float) -> float:
        p = essayer(valeur)
        return p.total_eur * (1 - plafond) - p.hors_ue_eur

    if variable == "mois_embauche":
        mois = range(1, 13)
        return next((m for m in mois if sous_plafond(essayer(m).part_ue, plafond)), None)
    # Deux points très écartés : l'arrondi au centime de chaque ligne n'y pèse plus rien.
    _, minimum, maximum, _ = LIMITES[variable]
    a, b = manque(minimum), manque(maximum)
    if a == b:
        return None
    racine = minimum - a * (maximum - minimum) / (b - a)
    return float(racine) if minimum <= racine <= maximum else None
