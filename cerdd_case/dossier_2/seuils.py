"""La valeur d'une hypothèse qui ramène la part européenne au plafond."""

import pandas as pd

from ..donnees.contexte import Contexte
from ..donnees.hypotheses import LIMITES, VARIABLES, HypotheseInconnue, Hypotheses
from ..socle.erreurs import ErreurHypothese
from ..socle.nombres import lire_nombre, nombre
from .projection import projeter
from .regles import plafond_applique, sous_plafond
from .scenarios import balayer


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
    part_ue: float | str | None = None,
) -> float | int | None:
    """La valeur d'une hypothèse pour laquelle l'UE finance exactement `part_ue` du budget.

    `part_ue` (part) : par défaut, le plafond qui vaut pour ce budget, ou pour un projet
    exceptionnel si c'est lui que l'on cherche (annexe 3, § 2).

    Les autres hypothèses restent fixes. Ce que l'UE verse au-delà de cette part est affine en
    chaque hypothèse (voir `scenarios.Balayage.exces`) : deux points suffisent à trouver la valeur.

    - `variable` : le nom d'un champ numérique d'`Hypotheses` ;
    - pour `mois_embauche`, le premier mois (1 à 12) où la part ne dépasse pas `part_ue` ;
    - None si aucune valeur admise ne convient.

    Lève `ErreurHypothese` si la variable ou le plafond ne conviennent pas.
    """
    if variable not in VARIABLES:
        raise HypotheseInconnue(variable, VARIABLES, "une hypothèse chiffrée")
    vise = plafond_vise(budget, hypotheses, variable, contexte)
    plafond = vise if part_ue is None else lire_nombre(part_ue)
    if not 0 <= plafond <= 1:
        raise ErreurHypothese(
            f"part_ue vaut {nombre(plafond)} ; une part de 0 à 1 est attendue (0.20 pour 20 %)."
        )

    if variable == "mois_embauche":
        parts = balayer(budget, hypotheses, mois_embauche=range(1, 13)).part_ue
        return next((m for m, part in enumerate(parts, 1) if sous_plafond(part, plafond)), None)
    # Deux points très écartés : l'arrondi au centime de chaque ligne n'y pèse plus rien.
    _, minimum, maximum, _ = LIMITES[variable]
    a, b = balayer(budget, hypotheses, **{variable: [minimum, maximum]}).exces(plafond)
    if a == b:
        return None
    racine = minimum - a * (maximum - minimum) / (b - a)
    return float(racine) if minimum <= racine <= maximum else None
