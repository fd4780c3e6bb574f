"""Ce que demande l'atelier des arguments : pour ou contre, puis un plan."""

from collections.abc import Mapping

import pandas as pd

from ..questions.exercice import Exercice
from ..questions.verdict import Verdict
from .arguments import PARTIE_PAR_DEFAUT, choisir
from .plan import plan_texte, relire_plan


class Arguments(Exercice):
    """Des faits pour ou contre le Web 2.0. Réponses : « pour » ou « contre », par fait."""

    def __init__(self, tableau: pd.DataFrame):
        self.preuves = tableau
        sens = {sens: sens for sens in PARTIE_PAR_DEFAUT}
        self.possibles = dict.fromkeys(tableau["preuve_id"], sens)

    def nommer(self, cle: str) -> str:
        textes = self.preuves.set_index("preuve_id")["texte"]
        return textes.get(cle, "")

    def plan(self, reponses: Mapping[str, str]) -> list[dict]:
        """Le plan que font ces réponses ; voir `choisir`."""
        choix: list[dict] = []
        for preuve, sens in reponses.items():
            choix = choisir(choix, preuve, sens)
        return choix

    def juger(self, reponses: Mapping[str, str]) -> dict[str, Verdict]:
        return {str(i): v for i, v in enumerate(relire_plan(self.plan(reponses), self.preuves))}

    def figure(self, reponses: Mapping[str, str]):
        return self.figure_du_plan(self.plan(reponses))

    def figure_du_plan(self, choix: list[dict]):
        """La balance des faits d'un plan, et le plan en texte."""
        from .arguments_figure import balance_des_preuves

        illustration = balance_des_preuves(self.preuves, choix)
        if choix:
            illustration.alternative += f"\n\n{plan_texte(choix, self.preuves)}"
        return illustration
