"""Ranger les faits dans la carte de la culture, puis les relier à la performance."""

import ipywidgets as widgets

from ..figures.mise_en_page import Illustration
from ..widgets.atelier import Atelier, bascule
from ..widgets.image import ImageFixe
from ..widgets.listes import AtelierListes
from .culture import Culture


class AtelierEtape(AtelierListes):
    """Une étape ; sa proposition se montre en même temps que celle de l'autre, si elle le peut."""

    def composer(self) -> list:
        self.autres: list[AtelierEtape] = []
        self.leviers = ImageFixe()
        return [*super().composer(), *([] if self.image else [self.leviers])]

    def dessiner(self) -> None:
        super().dessiner()
        if self.propose and not self.image:
            self.leviers.montrer(self.exercice.figure_proposee())

    def proposer(self) -> None:
        super().proposer()
        for autre in self.autres:
            if autre.proposable and not autre.propose:
                autre.proposer()


class AtelierCulture(Atelier[Culture]):
    """Ranger les faits dans les composantes de la culture, puis les relier à la performance.

    Deux étapes, chacune gardée dans la mémoire. `complete=True` montre d'emblée la carte et les
    enchaînements proposés par la collection.
    """

    def composer(self, complete: bool = False) -> list:
        ranger, relier = etapes = [
            AtelierEtape(e, self.memoire, complete) for e in self.exercice.etapes
        ]
        for etape in etapes:
            etape.autres = etapes
            etape.remove_class("cerdd-atelier")  # son cadre est celui de la carte
        self.etapes = {"ranger": ranger, "relier": relier}
        noms = [("1. Ranger les faits", "ranger"), ("2. Relier à la performance", "relier")]
        self.choix, self.corps = self.relier(bascule("Étape", noms, "ranger")), widgets.VBox()
        return [self.choix, self.corps]

    @property
    def etape(self) -> AtelierEtape:
        """L'étape en cours."""
        return self.etapes[self.choix.value]

    def actualiser(self) -> None:
        self.corps.children = [self.etape]

    def apercu(self) -> Illustration:
        return self.etape.apercu()
