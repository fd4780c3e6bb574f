"""Ce que le dossier 1 (l'organisation) apporte au cas ; voir `socle.dossier`."""

import pandas as pd

from ..questions.registre import Registre
from ..socle.dossier import LISTES
from . import financement, vote, vote_lecture

ATELIERS = {
    "finalites": (".classement:Finalites", LISTES),
    "financeurs": (".financement_exercice:Financeurs", ".financement_atelier:AtelierFinanceurs"),
    "vote": (".vote_exercice:Vote", ".vote_atelier:AtelierVote"),
    "strategie": (".classement:Strategie", LISTES),
    "diagnostic": (".classement:DiagnosticInterne", ".diagnostic_atelier:AtelierDiagnostic"),
    "performance": (".classement:Performance", LISTES),
}
FIGURES = {
    "pouvoir": ".vote_figure:figure_pouvoir",
    "majorites": ".vote_figure:figure_majorites",
    "calendrier": ".calendrier:figure_calendrier",
    "organigramme": ".structure:figure_organigramme",
    "classement": ".classement:figure_classement",
}
LECTURES = {
    **dict.fromkeys(("vote", "pouvoir", "majorites"), "l'annexe 1, § 9 à 11"),
    "financeurs": "l'annexe 4",
    "calendrier": "l'annexe 1, § 12",
    "organigramme": "l'introduction et les annexes 1 et 7",
}


def part_publique(cas: Registre, *postes: str) -> float:
    """La part (0 à 1) des recettes de 2014 versée par ces financeurs ; voir
    `financement.part_publique`. Sans rien préciser : État, collectivités et Europe."""
    return financement.part_publique(cas.annexe(4), postes or financement.PUBLIQUES)


def pouvoir(cas: Registre, seuil: float | str = 0.5) -> pd.DataFrame:
    """Le pouvoir de chaque membre à la majorité donnée (part) ; voir `vote.pouvoir`."""
    return vote.pouvoir(vote.droits_de_vote(cas), seuil)


def lire_le_vote(cas: Registre) -> vote_lecture.LectureDuVote:
    """Ce que disent les droits de vote, en phrases ; voir `vote_lecture.LectureDuVote`."""
    return vote_lecture.LectureDuVote(vote.droits_de_vote(cas), cas)
