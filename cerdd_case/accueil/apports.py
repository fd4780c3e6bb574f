"""Ce que le carnet d'accueil apporte au cas ; voir `socle.dossier`."""

from .essai import Essai
from .installation import verifier_installation as verifier


def verifier_installation(cas):
    """Tout est-il en place sur cet ordinateur ? Voir `installation.verifier_installation`."""
    return verifier(cas)


def exercice_essai(cas) -> Essai:
    """Un nombre à choisir."""
    return Essai()


def atelier_essai(cas):
    """Un curseur d'essai : s'il répond, les ateliers répondront."""
    from .accueil_atelier import AtelierEssai

    return AtelierEssai(Essai())


def figure_cas(cas):
    """Qui finance, qui agit, pour qui, et la question de chaque dossier."""
    from .accueil_figure import carte_du_cas

    return carte_du_cas(cas)
