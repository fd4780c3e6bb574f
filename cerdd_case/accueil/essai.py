"""L'essai de l'accueil : un nombre de 0 à 10, et la phrase qui lui répond."""

from collections.abc import Mapping

from ..questions.exercice import Exercice
from ..questions.verdict import Verdict
from ..socle.nombres import nombre


class Essai(Exercice):
    """Un nombre à choisir."""

    depart = {"essai": 5.0}

    def phrase(self, reponses: Mapping[str, float]) -> str:
        """Ce qui a été choisi, redit."""
        return f"Vous avez choisi {nombre(reponses['essai'])}. Les curseurs répondent."

    def juger(self, reponses: Mapping[str, float]) -> dict[str, Verdict]:
        return {"essai": Verdict("essai", "constat", self.phrase(reponses))}

    def figure(self, reponses: Mapping[str, float]):
        from ..figures.mise_en_page import Illustration, nouvelle_figure, style

        phrase = self.phrase(reponses)
        with style():
            figure = nouvelle_figure(6, 0.6)
            figure.text(0.02, 0.5, phrase, va="center", fontsize=12)
        return Illustration(figure, phrase)
