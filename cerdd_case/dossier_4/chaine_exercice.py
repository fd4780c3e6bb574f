"""Ranger les missions dans la chaîne de l'information, puis en arrêter une."""

import re
from collections.abc import Collection, Mapping
from functools import cached_property

import pandas as pd

from ..donnees.paquet import Donnees
from ..figures.mise_en_page import Illustration
from ..questions.exercice import Listes, a_choisir, ligne
from ..questions.registre import confusions
from ..questions.verdict import Verdict
from ..socle.erreurs import ErreurCas
from ..socle.typographie import pluriel
from .chaine_figure import FONCTIONS, GAINS, FigureChaine


def missions_du_cas(donnees: Donnees) -> pd.DataFrame:
    """Les missions du plan, par `ordre`, et leur place dans la chaîne de l'information.

    Colonnes : celles de l'annexe 9, tableau `missions`, puis `fonctions` et `gains` (listes de
    codes acceptés, le plus attendu d'abord), `explication_fonction`, `explication_gain`, `panne`.

    Lève `ErreurCas` si une mission n'est pas classée.
    """
    missions = donnees.annexe(9, "missions")
    tableau = missions.merge(donnees.table("corrige-information-missions"), "outer", "ordre")
    if len(tableau) != len(missions) or tableau[["mission", "fonctions"]].isna().any(axis=None):
        raise ErreurCas(
            "data/corrige/information_missions.csv ne correspond pas aux missions de l'annexe 9 : "
            "une ligne par mission est attendue."
        )
    codes = {code: tableau[code].str.split() for code in ("fonctions", "gains")}
    return tableau.assign(**codes).set_index("ordre")


class Cases(Listes):
    """Un tableau de cases à remplir : le bilan attend que tout ce qui est choisi soit vérifié.

    Une classe fille donne `commenter`.
    """

    def commenter(self, case: str, choix: str) -> Verdict:
        """Le verdict d'une case remplie."""
        raise NotImplementedError

    def juger(self, reponses: Mapping) -> dict[str, Verdict]:
        vide = Verdict(self.cle.split(":")[1], "a_completer", "À compléter.")
        return {
            case: self.commenter(case, choix)
            if (choix := reponses.get(case)) in self.possibles[case] else vide
            for case in self.cles
        }  # fmt: skip

    def bilan(self, choisis: int, verdicts: list[Verdict]) -> str:
        if not verdicts or len(verdicts) < choisis:
            return ""
        justes, total = sum(v.etat == "juste" for v in verdicts), len(self.cles)
        fin = f" ; {total - choisis} à compléter" if choisis < total else ""
        bravo = " Tout est juste." if justes == total else ""
        return f"{justes} {pluriel('case juste', justes)} sur {total}{fin}.{bravo}"


class Chaine(Cases):
    """Ranger les missions dans la chaîne de l'information, puis en arrêter une.

    Réponses : `1-fonctions`, `1-gains`… (rang de la mission) et, si l'on veut, `arret`, le rang de
    la mission qui s'arrête.
    """

    cle = "atelier:chaine"
    titre = "Les missions de l'annexe 9 : rangez-les, puis vérifiez."
    entetes = ("Mission", "Que devient l'information ?", "Ce que la performance y gagne")
    # ce que l'on demande : les choix, l'explication de la mission, la relance
    DEMANDES = {
        "fonctions": (FONCTIONS, "explication_fonction",
                      "Que devient l'information pendant cette mission ?"),
        "gains": (GAINS, "explication_gain",
                  "Si cette mission s'arrêtait, que perdrait le CERDD en premier ?"),
    }  # fmt: skip

    def __init__(self, donnees: Donnees):
        self.missions = missions_du_cas(donnees)
        self.confusions = {demande: confusions(demande, donnees) for demande in self.DEMANDES}
        self.lignes = [
            ligne(
                m.mission,
                *(a_choisir(f"{m.Index}-{d}", codes) for d, (codes, *_) in self.DEMANDES.items()),
                detail=", ".join(re.split(r"\s*;\s*", m.specificites)),
            )
            for m in self.missions.itertuples()
        ]

    @cached_property
    def possibles(self) -> dict[str, dict[str, str]]:
        arrets = {str(ordre): nom for ordre, nom in self.missions["mission"].items()}
        return {**super().possibles, "arret": arrets}

    def solution(self) -> dict[str, str]:
        return {f"{o}-{d}": m[d][0] for o, m in self.missions.iterrows() for d in self.DEMANDES}

    def commenter(self, case: str, choix: str) -> Verdict:
        """Le verdict d'une case remplie : juste si le choix est l'un des codes admis."""
        ordre, demande = case.split("-")
        mission = self.missions.loc[int(ordre)]
        noms, explication, relance = self.DEMANDES[demande]
        if choix not in mission[demande]:
            bonne = noms[mission[demande][0]]
            phrase = self.confusions[demande](choix, mission[demande][0], "tous")
            proposee = f"Réponse proposée : « {bonne} ». {mission[explication]}"
            return Verdict("chaine", "faux", phrase, relance=relance, proposee=proposee)
        autres = [noms[c].split(" :")[0].casefold() for c in mission[demande] if c != choix]
        aussi = f" Accepté aussi : {', '.join(autres)}." if autres else ""
        return Verdict("chaine", "juste", mission[explication] + aussi)

    def dessin(self) -> FigureChaine:
        return FigureChaine(self.missions)

    def donnees(self, reponses: Mapping, verifies: Collection[str]) -> tuple:
        return (reponses,)


def figure_chaine(cas: Donnees) -> Illustration:
    """Les missions dans la chaîne de l'information, classement proposé."""
    return Chaine(cas).figure_proposee()
