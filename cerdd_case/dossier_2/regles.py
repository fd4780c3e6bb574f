"""Les règles de bonne gestion de l'annexe 3 face à une projection."""

import pandas as pd

from ..donnees.contexte import PLAFOND_UE, PLAFOND_UE_EXCEPTIONNEL, Contexte
from ..donnees.hypotheses import ecrire
from ..socle.nombres import MOIS, euros, pourcent
from .postes import RECETTES_FRANCAISES
from .projection import Projection

# L'annexe 3 ne chiffre pas « dans la mesure du possible » : nous lisons « la majorité ».
MAJORITE = 0.5

# Sept lignes arrondies au centime pèsent moins de dix centimes sur un million d'euros.
TOLERANCE = 1e-7


def sous_plafond(part_ue: float, plafond: float) -> bool:
    """Vrai si la part ne dépasse pas le plafond, à l'arrondi des lignes au centime près."""
    return part_ue <= plafond + TOLERANCE


def plafond_applique(projection: Projection, contexte: Contexte) -> float:
    """Le plafond européen (part) qui vaut pour ce budget : l'ordinaire, ou celui des projets."""
    return contexte.plafond(projection.montant("projets_exceptionnels") > 0)


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
            f"{euros(-projection.ue_eur)} : le solde européen serait négatif, ce budget est à revoir."
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
    tableau = pd.DataFrame(
        juger(projection, contexte),
        columns=["regle", "libelle", "valeur", "seuil", "respectee", "conclusion"],
    )
    return tableau.astype({"respectee": "boolean", "valeur": float})


def juger(projection: Projection, contexte: Contexte) -> list[tuple]:
    """Les lignes de `regles`, sans tableau : pour ce qui doit être instantané."""
    lignes = []
    for regle in contexte.regles:
        valeur, respectee, conclusion = REGLES[regle.code](projection, regle.seuil)
        lignes.append((regle.code, regle.libelle, valeur, regle.seuil, respectee, conclusion))
    return lignes


def _equilibre(p: Projection, seuil: float):
    recettes = sum(p.montant(poste) for poste in (*RECETTES_FRANCAISES, "ue"))
    ecart = round(recettes - p.total_eur, 2)
    if p.excedentaire:
        return ecart, False, (
            f"Sans l'Europe, les recettes dépassent déjà les dépenses de {euros(-p.ue_eur)} : "
            "le solde européen serait négatif, ce budget est à revoir."
        )  # fmt: skip
    return ecart, ecart == seuil, (
        f"Recettes et dépenses sont égales : {euros(p.total_eur)}."
        if ecart == seuil
        else f"Recettes et dépenses diffèrent de {euros(abs(ecart))}."
    )  # fmt: skip


def _coeur_du_projet(p: Projection, seuil: float):
    coeur = p.total_eur - p.montant("projets_exceptionnels")
    francais = sum(p.montant(poste) for poste in RECETTES_FRANCAISES)
    part = francais / coeur if coeur else float("nan")
    fixe = not pd.isna(seuil)
    respectee = bool(part >= seuil if fixe else part > MAJORITE) if coeur else pd.NA
    return part, respectee, (
        f"Les crédits français couvrent {pourcent(part)} des dépenses hors projets exceptionnels. "
        + (
            f"L'annexe en demande au moins {pourcent(seuil, None)}."
            if fixe
            else "L'annexe ne fixe pas de seuil ; nous lisons : plus de la moitié."
        )
        if coeur
        else "Sans objet : aucune dépense hors projets exceptionnels."
    )  # fmt: skip


def _plafond(p: Projection, seuil: float):
    projet = p.montant("projets_exceptionnels") > 0
    part = ecrire_part(p.part_ue, seuil)
    if sous_plafond(p.part_ue, seuil):
        return p.part_ue, True, (
            f"L'Europe finance {part} du budget : au plus {pourcent(seuil, None)}, "
            "la règle est respectée."
        )  # fmt: skip
    if projet:
        return p.part_ue, pd.NA, (
            f"L'Europe finance {part} du budget : un projet exceptionnel permet "
            f"de dépasser {pourcent(seuil, None)}."
        )  # fmt: skip
    return p.part_ue, False, (
        f"L'Europe finance {part} du budget : plus de {pourcent(seuil, None)}, "
        "la règle n'est pas respectée."
    )  # fmt: skip


def _plafond_exceptionnel(p: Projection, seuil: float):
    if p.montant("projets_exceptionnels") <= 0:
        return p.part_ue, pd.NA, "Sans objet : aucun projet exceptionnel."
    respectee = sous_plafond(p.part_ue, seuil)
    return p.part_ue, respectee, (
        f"Avec un projet exceptionnel, l'Europe finance {ecrire_part(p.part_ue, seuil)} "
        "du budget : "
        + (
            f"au plus {pourcent(seuil, None)}, la règle est respectée."
            if respectee
            else f"plus de {pourcent(seuil, None)}, la règle n'est pas respectée."
        )
    )  # fmt: skip


REGLES = {  # ce que l'on sait juger
    "equilibre": _equilibre,
    "coeur_du_projet": _coeur_du_projet,
    PLAFOND_UE: _plafond,
    PLAFOND_UE_EXCEPTIONNEL: _plafond_exceptionnel,
}
