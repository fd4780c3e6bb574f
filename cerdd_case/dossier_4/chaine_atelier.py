"""Ranger les missions dans la chaîne, puis en arrêter une."""

import re

import pandas as pd

from ..figures.mise_en_page import Illustration
from ..questions.verdict import Verdict
from ..socle.suivi import Suivi
from ..widgets.a_completer import AtelierACompleter, TableauACompleter, _options, liste
from ..widgets.image import ImageVive
from .chaine import FONCTIONS, GAINS, verifier_mission
from .chaine_figure import FigureChaine, chaine_information


class AtelierChaine(AtelierACompleter):
    """Ranger les missions dans le système d'information, puis arrêter un maillon.

    `missions` : le tableau de `information.missions_du_systeme`.
    """

    cle_suivi = "atelier:chaine"

    def __init__(self, missions: pd.DataFrame, suivi: Suivi, complete: bool = False):
        self.missions = missions
        lignes = [
            {
                "libelle": m.mission,
                "detail": ", ".join(re.split(r"\s*;\s*", m.specificites)),
                "cases": [
                    {"cle": f"{m.ordre}-fonctions", "options": _options(FONCTIONS)},
                    {"cle": f"{m.ordre}-gains", "options": _options(GAINS)},
                ],
            }
            for m in missions.itertuples()
        ]
        self.preparer(
            TableauACompleter(
                titre="Les missions de l'annexe 9 : rangez-les, puis vérifiez.",
                entetes=["Mission", "Que devient l'information ?", "Ce que la performance y gagne"],
                lignes=lignes,
            ),
            suivi,
            complete,
        )
        self.arret = liste(
            "Et si une mission s'arrêtait ?",
            [("aucune", 0), *[(m.mission, m.ordre) for m in missions.itertuples()]],
            0,
        )
        self.image = ImageVive(FigureChaine(missions))
        super().__init__([self.tableau, self.bilan, self.arret, self.image])
        self.brancher()
        self.relier(self.arret, "value")
        self.actualiser()

    def _choix(self, demande: str) -> dict[int, str | None]:
        return {o: self.tableau.choix.get(f"{o}-{demande}") for o in self.missions["ordre"]}

    def corriger(self) -> dict[str, Verdict]:
        return {
            f"{m['ordre']}-{demande}": verifier_mission(
                m, demande, self.tableau.choix.get(f"{m['ordre']}-{demande}")
            )
            for _, m in self.missions.iterrows()
            for demande in ("fonctions", "gains")
        }

    def solution(self) -> dict[str, str]:
        return {
            f"{m.ordre}-{demande}": getattr(m, demande)[0]
            for m in self.missions.itertuples()
            for demande in ("fonctions", "gains")
        }

    def _etat(self):
        return self._choix("fonctions"), self._choix("gains"), self.arret.value or None

    def actualiser(self) -> None:
        self.image.montrer(*self._etat())

    def apercu(self) -> Illustration:
        return chaine_information(self.missions, *self._etat())
