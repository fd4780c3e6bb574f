"""La répartition de la part européenne, tirage après tirage."""

import numpy as np

from ..donnees.contexte import Contexte
from ..figures.mise_en_page import BLEU, ENCRE, ROUGE, nouvelle_figure
from ..figures.vive import FigureVive
from ..socle.nombres import nombre, pourcent
from .risque import Risque


class FigureRisque(FigureVive):
    """L'histogramme de la part de l'UE sur tous les tirages, et ce qui dépasse le plafond."""

    def __init__(self, contexte: Contexte):
        plafond = contexte.plafond()
        self.CLASSES = np.linspace(round(plafond - 0.15, 4), round(plafond + 0.20, 4), 71)
        super().__init__()

    def construire(self):
        self.figure = nouvelle_figure(10, 3.3)
        self.axe = axe = self.figure.add_axes((0.06, 0.17, 0.91, 0.68))
        milieux = (self.CLASSES[:-1] + self.CLASSES[1:]) / 2
        largeur = self.CLASSES[1] - self.CLASSES[0]
        self.barres = axe.bar(milieux, [0] * len(milieux), largeur * 0.9, color=BLEU)
        self.plafond = axe.axvline(0, color=ENCRE, lw=2)
        self.nom = axe.text(0, 1.03, "", ha="center", transform=axe.get_xaxis_transform())
        self.dedans, self.dehors = (
            axe.text(x, 0.9, "", transform=axe.transAxes, ha=cote, fontsize=12.5,
                     fontweight="bold", color=couleur)
            for x, cote, couleur in ((0.01, "left", BLEU), (0.99, "right", ROUGE))
        )  # fmt: skip
        axe.set_xlim(self.CLASSES[0], self.CLASSES[-1])
        axe.set_ylim(0, 1.15)
        axe.set_yticks([])
        axe.spines["left"].set_visible(False)
        axe.xaxis.set_major_formatter(lambda v, _: pourcent(v, 0))
        axe.set_xlabel("Part de l'Union européenne (chaque barre compte des tirages)")
        self.mobiles += [*self.barres, self.plafond, self.nom, self.dedans, self.dehors]

    def actualiser(self, risque: Risque) -> str:
        dans_le_cadre = np.clip(risque.parts, self.CLASSES[0], self.CLASSES[-1])
        bords = self.CLASSES[0], self.CLASSES[-1]
        effectifs, _ = np.histogram(dans_le_cadre, len(self.CLASSES) - 1, bords)
        for barre, effectif in zip(self.barres, effectifs / max(effectifs.max(), 1), strict=True):
            depasse = barre.get_x() + barre.get_width() / 2 > risque.plafond
            barre.set_height(float(effectif))
            barre.set_facecolor("white" if depasse else BLEU)
            barre.set_edgecolor(ROUGE if depasse else BLEU)
            barre.set_hatch("////" if depasse and effectif > 0 else None)
            barre.set_visible(bool(effectif > 0))
        self.plafond.set_xdata([risque.plafond, risque.plafond])
        self.nom.set_x(risque.plafond)
        self.nom.set_text(f"plafond {pourcent(risque.plafond, None)}")
        self.dedans.set_text(f"✔ {pourcent(1 - risque.probabilite)} des tirages")
        self.dehors.set_text(f"✘ {pourcent(risque.probabilite)} des tirages")
        bas, haut = risque.quantiles
        return (
            f"Histogramme de {nombre(len(risque.parts))} tirages : le plafond de "
            f"{pourcent(risque.plafond, None)} est dépassé dans {pourcent(risque.probabilite)} des cas ; "
            f"neuf tirages sur dix donnent une part entre {pourcent(bas)} et {pourcent(haut)}."
        )
