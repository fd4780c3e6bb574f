"""Ce que le dossier 1 (l'organisation) apporte au cas ; voir `socle.dossier`."""

import pandas as pd

from . import calendrier, classement, financement, vote, vote_lecture


def part_publique(cas, *postes: str) -> float:
    """La part (0 à 1) des recettes de 2014 versée par ces financeurs ; voir
    `financement.part_publique`. Sans rien préciser : État, collectivités et Europe."""
    return financement.part_publique(cas.annexe(4), postes or financement.PUBLIQUES)


def pouvoir(cas, seuil: float = 0.5) -> pd.DataFrame:
    """Le pouvoir de chaque membre à la majorité donnée (part) ; voir `vote.pouvoir`."""
    return vote.pouvoir(vote.droits_de_vote(cas), seuil)


def lire_le_vote(cas) -> vote_lecture.LectureDuVote:
    """Ce que disent les droits de vote, en phrases ; voir `vote_lecture.LectureDuVote`."""
    return vote_lecture.lire_le_vote(vote.droits_de_vote(cas))


def exercice_finalites(cas) -> classement.Finalites:
    """Des phrases des annexes à classer."""
    return classement.Finalites(cas)


def exercice_financeurs(cas) -> financement.Financeurs:
    """L'argent public dans les recettes de 2014."""
    return financement.Financeurs(cas.annexe(4))


def exercice_vote(cas) -> vote_lecture.Vote:
    """Qui pèse dans le vote."""
    return vote_lecture.Vote(cas)


def exercice_diagnostic(cas) -> classement.Diagnostic:
    """Des faits à classer, en forces et faiblesses."""
    return classement.Diagnostic(cas)


def exercice_performance(cas) -> classement.Performance:
    """Une preuve pour chaque dimension."""
    return classement.Performance(cas)


def atelier_finalites(cas):
    """Finalité, mission, objectif ou moyen ? Des phrases des annexes à classer."""
    from ..widgets.listes import AtelierListes

    return AtelierListes(exercice_finalites(cas), cas.memoire)


def atelier_financeurs(cas):
    """Quelle part des recettes de 2014 est de l'argent public ?"""
    from .financement_atelier import AtelierFinanceurs

    return AtelierFinanceurs(exercice_financeurs(cas))


def atelier_vote(cas):
    """Des voix et une majorité à régler, pour voir qui pèse dans le vote."""
    from .vote_atelier import AtelierGouvernance

    return AtelierGouvernance(exercice_vote(cas))


def atelier_diagnostic(cas):
    """Force, faiblesse, ou ni l'une ni l'autre ? Les faits des annexes à classer."""
    from .diagnostic_atelier import AtelierDiagnostic

    return AtelierDiagnostic(exercice_diagnostic(cas), cas.memoire)


def atelier_performance(cas):
    """Une preuve pour chaque dimension de la performance, et une limite."""
    from ..widgets.listes import AtelierListes

    return AtelierListes(exercice_performance(cas), cas.memoire)


def figure_pouvoir(cas, seuil: float = 0.5):
    """Les coalitions et le pouvoir de chacun, à la majorité donnée (part)."""
    from .vote_figure import figure_pouvoir

    return figure_pouvoir(vote.droits_de_vote(cas), seuil)


def figure_majorites(cas):
    """Le pouvoir de chaque membre selon la majorité exigée."""
    from .vote_figure import figure_majorites

    return figure_majorites(vote.droits_de_vote(cas))


def figure_calendrier(cas):
    """La convention, la présidence qui alterne et l'action de la direction."""
    from .calendrier_figure import figure_calendrier

    return figure_calendrier(calendrier.dates(cas))


def figure_organigramme(cas):
    """La structure d'après l'annexe 2, ou l'image posée dans `data/local/`."""
    from .structure_figure import figure_organigramme, image_organigramme

    for genre in ("png", "jpg", "jpeg"):
        chemin = cas.dossier / "local" / f"organigramme.{genre}"
        if chemin.is_file():
            return image_organigramme(chemin)
    return figure_organigramme(cas.annexe(2))


def figure_classement(cas, exercice: str):
    """Le classement proposé par la collection pour un des ateliers du dossier 1.

    `exercice` : « finalites », « diagnostic » ou « performance ».
    """
    from .diagnostic_figure import figure_classement

    cadre = classement.categories("domaines" if exercice == "diagnostic" else exercice, cas)
    return figure_classement(classement.faits_a_classer(exercice, cas), cadre)
