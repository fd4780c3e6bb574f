"""Ce que le dossier 4 (l'information et le Web 2.0) apporte au cas ; voir `socle.dossier`."""

from ..donnees.tableau import Tableau
from . import arguments, chaine, communication, reseau, web
from .arguments_exercice import Arguments
from .communication_exercice import Communication


def lire_publics(cas) -> str:
    """Ce que le plan de communication dit de ses publics, en deux ou trois phrases."""
    return communication.lire_publics(communication.communication_du_cas(cas))


def essais_reseau(cas) -> Tableau:
    """Six essais du réseau côte à côte : contenus reçus, lus, utiles, et coût du tri."""
    titres = {"essai": "Essai", "recus": "Contenus reçus", "lus": "Lus", "utiles_lus":
              "Utiles lus", "lecteurs": "Lecteurs d'un contenu du CERDD",
              "tri": "Temps de tri"}  # fmt: skip
    return Tableau(reseau.essais_reseau(), "Par partenaire et par semaine", titres=titres)


def exercice_chaine(cas) -> chaine.Chaine:
    """Les missions à ranger dans la chaîne de l'information."""
    return chaine.Chaine(chaine.missions_du_cas(cas))


def exercice_communication(cas) -> Communication:
    """La matrice de communication."""
    return Communication(communication.communication_du_cas(cas))


def exercice_web(cas) -> web.Web:
    """La comparaison des deux Web."""
    return web.Web(cas.table("corrige-web-comparaison"))


def exercice_reseau(cas) -> reseau.Circuler:
    """L'information dans un réseau."""
    return reseau.Circuler()


def exercice_arguments(cas) -> Arguments:
    """Des faits pour ou contre le Web 2.0."""
    return Arguments(arguments.preuves(cas))


def atelier_chaine(cas, complete: bool = False):
    """Ranger les missions dans la chaîne de l'information, puis en arrêter une."""
    from .chaine_atelier import AtelierChaine

    return AtelierChaine(exercice_chaine(cas), cas.memoire, complete)


def atelier_communication(cas):
    """La matrice de communication, à filtrer et à compter."""
    from .communication_atelier import AtelierCommunication

    return AtelierCommunication(exercice_communication(cas))


def atelier_web(cas, complete: bool = False):
    """Comparer le Web 1.0 et le Web 2.0 ; `complete=True` montre la proposition."""
    from ..widgets.listes import AtelierListes

    return AtelierListes(exercice_web(cas), cas.memoire, complete)


def atelier_reseau(cas):
    """Faire circuler l'information dans un réseau, jusqu'à la surcharge."""
    from .reseau_atelier import AtelierReseau

    partenaires = int(cas.fait(reseau.PARTENAIRES_DU_BLOG))
    return AtelierReseau(exercice_reseau(cas), partenaires)


def atelier_arguments(cas):
    """Choisir des faits pour ou contre le Web 2.0 et en faire un plan."""
    from .arguments_atelier import AtelierArguments

    return AtelierArguments(exercice_arguments(cas), cas.memoire)


def figure_chaine(cas):
    """Les missions dans la chaîne de l'information, classement proposé."""
    from .chaine_figure import chaine_information

    return chaine_information(chaine.missions_du_cas(cas))


def figure_publics(cas):
    """Le plan de communication dit-il à qui il s'adresse ?"""
    from .communication_figure import publics_nommes

    return publics_nommes(communication.communication_du_cas(cas))


def figure_reseau(cas, **reglages):
    """Les deux réseaux et la surcharge, pour des réglages de `reseau.Reseau`."""
    from .reseau_figure import figure_reseau

    return figure_reseau(reseau.Reseau(**reglages))
