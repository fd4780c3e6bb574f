"""Ce que le dossier 4 (l'information et le Web 2.0) apporte au cas ; voir `socle.dossier`."""

from ..donnees.tableau import Tableau
from ..questions.registre import Registre
from ..socle.dossier import LISTES
from . import communication, reseau

ATELIERS = {
    "chaine": (".chaine_exercice:Chaine", ".chaine_atelier:AtelierChaine"),
    "communication": (".communication_exercice:Communication",
                      ".communication_atelier:AtelierCommunication"),
    "web": (".web_exercice:Web", LISTES),
    "reseau": (".reseau_exercice:Circuler", ".reseau_atelier:AtelierReseau"),
    "arguments": (".arguments_exercice:Arguments", ".arguments_atelier:AtelierArguments"),
}  # fmt: skip
FIGURES = {
    "chaine": ".chaine_exercice:figure_chaine",
    "publics": ".communication_figure:figure_publics",
    "reseau": ".reseau_exercice:figure_reseau",
}
LECTURES = {"reseau": "les annexes 10 et 11"}


def lire_publics(cas: Registre) -> str:
    """Ce que le plan de communication dit de ses publics, en deux ou trois phrases."""
    return communication.lire_publics(communication.communication_du_cas(cas), cas)


def essais_reseau(cas: Registre) -> Tableau:
    """Six essais du réseau côte à côte : contenus reçus, lus, utiles, et coût du tri."""
    return Tableau(reseau.essais_reseau(), "Par partenaire et par semaine")
