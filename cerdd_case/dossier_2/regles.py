"""Les règles de bonne gestion de l'annexe 3 face à une projection."""

from collections.abc import Callable
from functools import partial
from typing import overload

import numpy as np
import pandas as pd
from pandas.api.typing import NAType

from ..donnees.contexte import PLAFOND_UE, PLAFOND_UE_EXCEPTIONNEL, Contexte
from ..donnees.hypotheses import ecrire
from ..questions.registre import MARQUE
from ..socle.nombres import MOIS, euros, pourcent
from .projection import Montant, Projection

# L'annexe 3 ne chiffre pas « dans la mesure du possible » : nous lisons « la majorité ».
MAJORITE = 0.5

# Sept lignes arrondies au centime pèsent moins de dix centimes sur un million d'euros.
TOLERANCE = 1e-7

SOLDE_NEGATIF = "le solde européen serait négatif, ce budget est à revoir."
Jugee = tuple[float, bool | NAType, str]  # la valeur, la règle respectée, la conclusion
ISSUES = {True: "la règle est respectée.", False: "la règle n'est pas respectée."}


@overload
def sous_plafond(part_ue: float, plafond: float) -> bool: ...
@overload
def sous_plafond(part_ue: np.ndarray, plafond: float) -> np.ndarray: ...
def sous_plafond(part_ue: Montant, plafond: float) -> bool | np.ndarray:
    """Vrai si la part ne dépasse pas le plafond, à l'arrondi des lignes au centime près.

    D'un tableau de parts, un tableau de réponses.
    """
    return part_ue <= plafond + TOLERANCE


def plafond_applique(projection: Projection, contexte: Contexte) -> float:
    """Le plafond européen (part) qui vaut pour ce budget : l'ordinaire, ou celui des projets."""
    return contexte.plafond(projection.projet_exceptionnel)


def ecrire_part(part: float, plafond: float) -> str:
    """La part en pourcentage, avec assez de décimales pour se distinguer du plafond."""
    for decimales in (1, 2, 3):
        if sous_plafond(part, plafond) or pourcent(part, decimales) != pourcent(plafond, decimales):
            return pourcent(part, decimales)
    return pourcent(part, 5)


def conclure(projection: Projection, contexte: Contexte) -> str:
    """Une phrase : les hypothèses d'embauche, la part de l'UE et le verdict du plafond."""
    h = projection.hypotheses
    if h.charges_personnel_eur is None:
        debut = f"Avec {ecrire('etp_ajoutes', h.etp_ajoutes)} dès {MOIS[h.mois_embauche - 1]}"
    else:
        debut = f"Avec {euros(h.charges_personnel_eur)} de charges de personnel"
    if projection.excedentaire:
        return (
            f"{debut}, les recettes françaises dépassent les dépenses de "
            f"{euros(-projection.ue_eur)} : {SOLDE_NEGATIF}"
        )
    plafond, part = plafond_applique(projection, contexte), projection.part_ue
    verdict = "est respectée" if sous_plafond(part, plafond) else "n'est pas respectée"
    return (
        f"{debut}, les fonds européens atteignent {ecrire_part(part, plafond)} : "
        f"la règle des {pourcent(plafond, None)} {verdict}."
    )


def regles(projection: Projection, contexte: Contexte) -> pd.DataFrame:
    """Confronte une projection aux règles du contexte (annexe 3), une ligne par règle.

    Colonnes : `regle` (code), `libelle`, `valeur` et `seuil` (parts ; euros pour l'équilibre),
    `respectee` (True, False, ou <NA> quand la règle est sans objet) et `conclusion`,
    une phrase. Le plafond exceptionnel ne vaut qu'en présence d'un projet exceptionnel.
    """
    colonnes = ["regle", "libelle", "valeur", "seuil", "respectee", "conclusion"]
    tableau = pd.DataFrame(juger(projection, contexte), columns=colonnes)
    return tableau.astype({"respectee": "boolean", "valeur": float})


def juger(projection: Projection, contexte: Contexte) -> list[tuple]:
    """Les lignes de `regles`, sans tableau : pour ce qui doit être instantané."""
    lignes = []
    for regle in contexte.regles:
        valeur, respectee, conclusion = REGLES[regle.code](projection, regle.seuil)
        if regle.lecture_proposee:
            conclusion += MARQUE
        lignes.append((regle.code, regle.libelle, valeur, regle.seuil, respectee, conclusion))
    return lignes


def _equilibre(p: Projection, seuil: float) -> Jugee:
    ecart = round(p.hors_ue_eur + p.ue_eur - p.total_eur, 2)
    if p.excedentaire:
        debut = f"Sans l'Europe, les recettes dépassent déjà les dépenses de {euros(-p.ue_eur)}"
        return ecart, False, f"{debut} : {SOLDE_NEGATIF}"
    return ecart, True, f"Recettes et dépenses sont égales : {euros(p.total_eur)}."


def _coeur_du_projet(p: Projection, seuil: float) -> Jugee:
    coeur = p.total_eur - p.montant("projets_exceptionnels")
    if not coeur:
        sans_objet = "Sans objet : aucune dépense hors projets exceptionnels."
        return float("nan"), pd.NA, sans_objet
    part = p.hors_ue_eur / coeur
    debut = (
        f"Les crédits français couvrent {pourcent(part)} des dépenses hors projets exceptionnels."
    )
    if pd.isna(seuil):
        suite = "L'annexe ne fixe pas de seuil ; nous lisons : plus de la moitié."
        return part, part > MAJORITE, f"{debut} {suite}"
    return part, part >= seuil, f"{debut} L'annexe en demande au moins {pourcent(seuil, None)}."


def _plafond(p: Projection, seuil: float, des_projets: bool = False) -> Jugee:
    if des_projets and not p.projet_exceptionnel:
        return p.part_ue, pd.NA, "Sans objet : aucun projet exceptionnel."
    limite, respectee = pourcent(seuil, None), sous_plafond(p.part_ue, seuil)
    qui = "Avec un projet exceptionnel, l'Europe" if des_projets else "L'Europe"
    debut = f"{qui} finance {ecrire_part(p.part_ue, seuil)} du budget : "
    if p.projet_exceptionnel and not des_projets and not respectee:
        return p.part_ue, pd.NA, f"{debut}un projet exceptionnel permet de dépasser {limite}."
    sens = "au plus" if respectee else "plus de"
    return p.part_ue, respectee, f"{debut}{sens} {limite}, {ISSUES[respectee]}"


REGLES: dict[str, Callable[[Projection, float], Jugee]] = {  # ce que l'on sait juger
    "equilibre": _equilibre,
    "coeur_du_projet": _coeur_du_projet,
    PLAFOND_UE: _plafond,
    PLAFOND_UE_EXCEPTIONNEL: partial(_plafond, des_projets=True),
}
