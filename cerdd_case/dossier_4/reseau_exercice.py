"""Faire circuler l'information dans un réseau, jusqu'à la surcharge."""

from collections.abc import Mapping
from dataclasses import asdict

from ..donnees.paquet import Donnees
from ..figures.mise_en_page import Illustration
from ..questions.exercice import Exercice
from ..questions.verdict import Verdict
from .reseau import Reseau, lire_reseau
from .reseau_figure import FigureReseau


class Circuler(Exercice):
    """Faire circuler l'information dans un réseau, jusqu'à la surcharge.

    Réponses : les champs de `Reseau`. `du_blog` : les partenaires d'un réseau réel, à essayer.
    """

    depart = asdict(Reseau())

    def __init__(self, donnees: Donnees):
        self.du_blog = int(donnees.fait("BT-179"))

    def juger(self, reponses: Mapping) -> dict[str, Verdict]:
        return {"reseau": Verdict("reseau", "constat", lire_reseau(Reseau(**reponses)))}

    def figure(self, reponses: Mapping) -> Illustration:
        reseau = Reseau(**reponses)
        illustration = FigureReseau().illustration(reseau)
        illustration.alternative = f"{lire_reseau(reseau)} {illustration.alternative}"
        return illustration


def figure_reseau(cas: Donnees, **reglages: object) -> Illustration:
    """Les deux réseaux et la surcharge, pour des réglages de `reseau.Reseau`."""
    return FigureReseau().illustration(Reseau(**Circuler(cas).lire(reglages)))
