"""Faire grandir l'équipe et changer les hypothèses."""

from collections.abc import Mapping

from ..donnees.paquet import Donnees
from ..questions.exercice import Exercice
from ..questions.verdict import Verdict
from .croissance import Reseau, effectifs_du_cas
from .croissance_figure import FigureCroissance


class Croissance(Exercice):
    """Faire grandir l'équipe et voir jusqu'où l'ajustement mutuel tient.

    Réponses : les champs de `Reseau`.
    """

    def __init__(self, donnees: Donnees):
        self.effectifs = effectifs_du_cas(donnees)
        self.reperes = donnees.table("corrige-croissance-reperes")
        self.maximum = int(self.effectifs["effectif"].max())
        self.depart = {
            "effectif": int(self.effectifs.at["salaries", "effectif"]),
            "minutes": 15, "part_acceptee": 0.20, "taille_equipe": None,
        }  # fmt: skip

    def juger(self, reponses: Mapping) -> dict[str, Verdict]:
        reseau = Reseau(**reponses)
        phrases = {"reseau": reseau.phrase, "limite": reseau.phrase_limite}
        return {cle: Verdict("croissance", "constat", phrase) for cle, phrase in phrases.items()}

    def figure(self, reponses: Mapping):
        return FigureCroissance(self.maximum).illustration(Reseau(**reponses))
