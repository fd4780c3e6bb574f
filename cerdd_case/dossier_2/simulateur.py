"""Ce que demande le simulateur : des hypothèses, un budget, des règles."""

from collections.abc import Mapping

import pandas as pd

from ..donnees.contexte import Contexte
from ..donnees.hypotheses import Hypotheses, champs, changer
from ..questions.exercice import Exercice
from ..questions.verdict import Verdict
from .projection import Projection, projeter
from .regles import conclure, juger


class Budget(Exercice):
    """Le budget 2015 et les règles de l'annexe 3. Réponses : les champs d'`Hypotheses`."""

    def __init__(self, budget: pd.DataFrame, contexte: Contexte):
        self.budget, self.contexte = budget, contexte
        self.depart = champs(contexte.hypotheses)

    def lire(self, reponses: Mapping) -> dict:
        return champs(changer(self.contexte.hypotheses, **reponses))

    def projeter(self, reponses: Mapping) -> Projection:
        """Le budget 2015 sous ces hypothèses."""
        return projeter(self.budget, Hypotheses(**reponses))

    def juger(self, reponses: Mapping) -> dict[str, Verdict]:
        projection = self.projeter(reponses)
        verdicts = {
            "": Verdict("simulateur", "constat", conclure(projection, self.contexte)),
        }
        for code, libelle, _, _, respectee, conclusion in juger(projection, self.contexte):
            etat = "constat" if respectee is pd.NA else "juste" if respectee else "faux"
            verdicts[code] = Verdict("simulateur", etat, f"{libelle}. {conclusion}")
        return verdicts

    def figure(self, reponses: Mapping):
        from .projection_figure import figure_budget

        projection = self.projeter(reponses)
        illustration = figure_budget(self.budget, self.contexte, projection)
        conclusion = conclure(projection, self.contexte)
        illustration.alternative = f"{conclusion} {illustration.alternative}"
        return illustration
