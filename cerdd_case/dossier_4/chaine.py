"""Les missions du plan dans la chaîne de l'information (annexe 9)."""

import re
from collections.abc import Collection, Mapping
from functools import cached_property

import pandas as pd

from ..donnees.paquet import Donnees
from ..questions.exercice import Listes, ligne, liste
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


def avancement(choisis: int, total: int, verdicts: list[Verdict]) -> str:
    """Le bilan d'un tableau, en une phrase ; vide tant que tout ce qui est choisi n'est pas vérifié."""
    if not verdicts or len(verdicts) < choisis:
        return ""
    justes = sum(v.etat == "juste" for v in verdicts)
    fin = f" ; {total - choisis} à compléter" if choisis < total else ""
    accord = "s" * (justes >= 2)
    bravo = " Tout est juste." if justes == total else ""
    return f"{justes} case{accord} juste{accord} sur {total}{fin}.{bravo}"


class Chaine(Listes):
    """Les missions à ranger dans le système d'information, puis un maillon à arrêter.

    Réponses : `1-fonctions`, `1-gains`… (rang de la mission) et, si l'on veut, `arret`, le rang de
    la mission qui s'arrête.
    """

    cle = "atelier:chaine"
    titre = "Les missions de l'annexe 9 : rangez-les, puis vérifiez."
    entetes = ("Mission", "Que devient l'information ?", "Ce que la performance y gagne")
    DEMANDES = {"fonctions": FONCTIONS, "gains": GAINS}

    def __init__(self, missions: pd.DataFrame):
        self.missions = missions
        self.lignes = [
            ligne(
                m.mission,
                *(liste(f"{m.ordre}-{d}", codes) for d, codes in self.DEMANDES.items()),
                detail=", ".join(re.split(r"\s*;\s*", m.specificites)),
            )
            for m in missions.itertuples()
        ]

    @cached_property
    def possibles(self) -> dict[str, dict[str, str]]:
        return super().possibles | {
            "arret": {str(m.ordre): m.mission for m in self.missions.itertuples()}
        }

    def solution(self) -> dict[str, str]:
        return {
            f"{m['ordre']}-{d}": m[d][0] for _, m in self.missions.iterrows() for d in self.DEMANDES
        }

    def juger(self, reponses: Mapping) -> dict[str, Verdict]:
        return {
            cle: verifier_mission(m, d, reponses.get(cle))
            for _, m in self.missions.iterrows()
            for d in self.DEMANDES
            for cle in (f"{m['ordre']}-{d}",)
        }

    def bilan(self, choisis: int, verdicts: list[Verdict]) -> str:
        return avancement(choisis, len(self.cles), verdicts)

    def dessin(self):
        from .chaine_figure import FigureChaine

        return FigureChaine(self.missions)

    def donnees(self, reponses: Mapping, verifies: Collection[str] = ()) -> tuple:
        places = [
            {o: reponses.get(f"{o}-{d}") for o in self.missions["ordre"]} for d in self.DEMANDES
        ]
        arret = reponses.get("arret")
        return (*places, int(arret) if arret else None)
