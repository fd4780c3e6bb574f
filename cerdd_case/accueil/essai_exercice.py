"""L'essai de l'accueil : un nombre de 0 à 10, et la phrase qui lui répond."""

from collections.abc import Mapping

from ..donnees.paquet import Donnees
from ..figures.mise_en_page import Illustration, nouvelle_figure, style
from ..questions.exercice import Exercice
from ..questions.verdict import Verdict
from ..socle.nombres import nombre


class Essai(Exercice):
    """Un curseur d'essai : s'il répond, les ateliers répondront."""

    depart = {"essai": 5.0}

    def __init__(self, donnees: Donnees):
        pass

    def juger(self, reponses: Mapping[str, float]) -> dict[str, Verdict]:
        phrase = f"Vous avez choisi {nombre(reponses['essai'])}. Les curseurs répondent."
        return {"essai": Verdict("essai", "constat", phrase)}

    @style()
    def figure(self, reponses: Mapping[str, float]) -> Illustration:
        phrase = self.juger(reponses)["essai"].phrase
        figure = nouvelle_figure(6, 0.6)
        figure.text(0.02, 0.5, phrase, va="center", fontsize=12)
        return Illustration(figure, phrase)
