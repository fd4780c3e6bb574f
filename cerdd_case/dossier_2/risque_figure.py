"""La répartition de la part européenne, tirage après tirage."""

import numpy as np

from ..donnees.contexte import Contexte
from ..figures.mise_en_page import BLEU, ENCRE, ROUGE, Aspect, nouvelle_figure
from ..figures.vive import FigureVive
from ..socle.nombres import nombre, pourcent
from .risque import Risque

DEDANS: Aspect = {"facecolor": BLEU, "edgecolor": BLEU}
DEHORS: Aspect = {"facecolor": "white", "edgecolor": ROUGE, "hatch": "////"}


class FigureRisque(FigureVive):
    """L'histogramme de la part de l'UE sur tous les tirages, et ce qui dépasse le plafond.

    `actualiser(risque)` : les tirages.
    """

    def __init__(self, contexte: Contexte):
        plafond = contexte.plafond()
        self.bords = np.linspace(round(plafond - 0.15, 4), round(plafond + 0.20, 4), 71)
        super().__init__()

    def construire(self) -> None:
        self.figure = nouvelle_figure(10, 3.3)
        self.axe = axe = self.figure.add_axes((0.06, 0.17, 0.91, 0.68))
        axe.set(xlim=self.bords[[0, -1]], ylim=(0, 1.15), yticks=[],
                xlabel="Part de l'Union européenne (chaque barre compte des tirages)")  # fmt: skip
        axe.spines["left"].set_visible(False)
        axe.xaxis.set_major_formatter(lambda v, _: pourcent(v, 0))

    def actualiser(self, risque: Risque) -> str:
        (debut, fin), barres = self.bords[[0, -1]], len(self.bords) - 1
        # Ce qui sort du cadre compte dans la première ou la dernière barre.
        rangs = np.clip((risque.parts - debut) * (barres / (fin - debut)), 0, barres - 1)
        effectifs = np.bincount(rangs.astype(int), minlength=barres)
        milieux, hauteurs = (self.bords[:-1] + self.bords[1:]) / 2, effectifs / effectifs.max()
        depasse, vide = milieux > risque.plafond, effectifs == 0
        gauche, large = milieux - 0.45 * np.diff(self.bords), 0.9 * np.diff(self.bords)
        for lesquelles, aspect in ((~depasse & ~vide, DEDANS), (depasse & ~vide, DEHORS)):
            places = np.stack([gauche, 0 * gauche, large, hauteurs], axis=1)[lesquelles]
            self.barres(self.axe, places, **aspect)
        plafond, part = pourcent(risque.plafond, None), risque.probabilite
        self.trait(self.axe, [risque.plafond] * 2, [0, 1.15], color=ENCRE, lw=2)
        self.texte(self.axe, risque.plafond, 1.03 * 1.15, f"plafond {plafond}", ha="center",
                   va="baseline")  # fmt: skip
        for x, cote, texte, couleur in (
            (0.01, "left", f"✔ {pourcent(1 - part)} des tirages", BLEU),
            (0.99, "right", f"✘ {pourcent(part)} des tirages", ROUGE),
        ):
            self.texte(self.axe, debut + x * (fin - debut), 0.9 * 1.15, texte, ha=cote,
                       va="baseline", fontsize=12.5, weight="bold", color=couleur)  # fmt: skip
        bas, haut = risque.quantiles
        return (
            f"Histogramme de {nombre(len(risque.parts))} tirages : le plafond de {plafond} est "
            f"dépassé dans {pourcent(part)} des cas ; neuf tirages sur dix donnent une part entre "
            f"{pourcent(bas)} et {pourcent(haut)}."
        )
