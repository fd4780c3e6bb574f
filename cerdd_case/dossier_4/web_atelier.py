"""Comparer le Web 1.0 et le Web 2.0, case par case."""

import pandas as pd

from ..figures.mise_en_page import Illustration
from ..questions.verdict import Verdict
from ..socle.suivi import Suivi
from ..widgets.a_completer import AtelierACompleter, TableauACompleter, _options
from .web import GENERATIONS, solution_comparaison, verifier_comparaison
from .web_figure import comparaison_web


class AtelierWeb(AtelierACompleter):
    """La comparaison du Web 1.0 et du Web 2.0, à compléter puis à vérifier.

    `options` : le tableau `corrige-web-comparaison`.
    """

    cle_suivi = "atelier:web"

    def __init__(self, options: pd.DataFrame, suivi: Suivi, complete: bool = False):
        self.options = options
        lignes = []
        for critere, groupe in options.groupby("critere", sort=False):
            propositions = dict(zip(groupe["option_id"], groupe["option"], strict=True))
            cases = [
                {"cle": f"{critere}|{web}", "options": _options(propositions)}
                for web in GENERATIONS
            ]
            lignes.append({"libelle": groupe["libelle"].iloc[0], "detail": "", "cases": cases})
        self.preparer(
            TableauACompleter(
                titre="Choisissez ce que dit l'annexe 11 ; elle peut se taire.",
                entetes=["Critère", *[f"Web {web}" for web in GENERATIONS]],
                lignes=lignes,
            ),
            suivi,
            complete,
        )
        super().__init__([self.tableau, self.bilan])
        self.brancher()

    @property
    def correction(self) -> pd.DataFrame:
        """Le tableau de `information.verifier_comparaison` pour les choix actuels."""
        reponses = {tuple(cle.split("|")): code for cle, code in self.tableau.choix.items() if code}
        return verifier_comparaison(self.options, reponses)

    def corriger(self) -> dict[str, Verdict]:
        return {f"{c.critere}|{c.web}": c.verdict for c in self.correction.itertuples()}

    def solution(self) -> dict[str, str]:
        return {f"{c}|{web}": o for (c, web), o in solution_comparaison(self.options).items()}

    def actualiser(self) -> None:
        pass  # rien d'autre que le tableau ne dépend des choix

    def apercu(self) -> Illustration:
        return comparaison_web(self.correction)
