"""Ce que le carnet d'accueil apporte au cas ; voir `socle.dossier`."""

from ..questions.registre import Registre
from . import installation

ATELIERS = {"essai": (".essai_exercice:Essai", ".essai_atelier:AtelierEssai")}
FIGURES = {"cas": ".carte_figure:figure_cas"}
REPONSES = {"ma_reponse": "2.3"}  # pour s'entraîner


def verifier_installation(cas: Registre) -> installation.Installation:
    """Tout est-il en place sur cet ordinateur ? Voir `installation.verifier_installation`."""
    return installation.verifier_installation(cas)
