"""Les missions du plan dans la chaîne de l'information (annexe 9)."""

import pandas as pd

from ..donnees.paquet import Donnees
from ..questions.verdict import Verdict
from ..socle.erreurs import ErreurCas

FONCTIONS = {
    "recueillir": "Recueillir",
    "traiter": "Traiter",
    "memoriser": "Mémoriser",
    "diffuser": "Diffuser",
}
GAINS = {
    "efficacite": "Efficacité : atteindre ses objectifs",
    "efficience": "Efficience : économiser ses moyens",
    "decision": "Décision : mieux choisir",
    "image": "Image : être connu et reconnu",
}


def missions_du_systeme(missions: pd.DataFrame, classement: pd.DataFrame) -> pd.DataFrame:
    """Les missions du plan et leur place dans la chaîne de l'information.

    `missions` : annexe 9, tableau `missions` ; `classement` : `corrige-information-missions`.
    Colonnes : celles des missions, puis `fonctions` et `gains` (listes de codes acceptés, le
    plus attendu d'abord), `explication_fonction`, `explication_gain`, `panne`.

    Lève `ErreurCas` si une mission n'est pas classée.
    """
    tableau = missions.merge(classement, on="ordre", how="outer")
    if len(tableau) != len(missions) or tableau[["mission", "fonctions"]].isna().any(axis=None):
        raise ErreurCas(
            "data/corrige/information_missions.csv ne correspond pas aux missions de l'annexe 9 : "
            "une ligne par mission est attendue."
        )
    for colonne in ("fonctions", "gains"):
        tableau[colonne] = tableau[colonne].str.split()
    return tableau


def missions_du_cas(donnees: Donnees) -> pd.DataFrame:
    """Les missions du sujet, rangées : voir `missions_du_systeme`."""
    return missions_du_systeme(
        donnees.annexe(9, "missions"), donnees.table("corrige-information-missions")
    )


def verifier_mission(mission: pd.Series, demande: str, choix: str | None) -> Verdict:
    """Corrige une case de la chaîne. `demande` : « fonctions » ou « gains » ; `choix` : un code."""
    if not choix:
        return Verdict("chaine", "a_completer", "À compléter.")
    explication = mission["explication_fonction" if demande == "fonctions" else "explication_gain"]
    if choix not in mission[demande]:
        return Verdict("chaine", "faux", "Ce n'est pas ce que nous attendons. " + (
            "Que devient l'information pendant cette mission ?" if demande == "fonctions"
            else "Si cette mission s'arrêtait, que perdrait le CERDD en premier ?"
        ))  # fmt: skip
    noms = FONCTIONS if demande == "fonctions" else GAINS
    autres = [noms[c].split(" :")[0].casefold() for c in mission[demande] if c != choix]
    aussi = f" Accepté aussi : {', '.join(autres)}." if autres else ""
    return Verdict("chaine", "juste", explication + aussi)
