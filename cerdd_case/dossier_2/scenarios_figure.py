"""La part européenne de chaque scénario gardé, face au plafond."""

from ..donnees.contexte import Contexte
from ..figures.mise_en_page import ENCRE, ROUGE, VERT, nouvelle_figure
from ..figures.vive import FigureVive
from ..socle.nombres import pourcent
from .projection import Projection
from .regles import sous_plafond

FOND_DE_TEXTE = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}


class FigureScenarios(FigureVive):
    """La part de l'UE de quelques scénarios, face aux deux plafonds.

    `actualiser(scenarios)` : leur nom et leur projection, quatre au plus.
    """

    PLACES = 4

    def __init__(self, contexte: Contexte):
        self.plafonds = contexte.plafonds
        self.fin = max(0.5, 1.25 * max(self.plafonds))
        super().__init__()

    def construire(self):
        self.figure = nouvelle_figure(10, 2.6)
        self.axe = axe = self.figure.add_axes((0.30, 0.20, 0.62, 0.66))
        for plafond, trait in zip(self.plafonds, ("-", "--"), strict=True):
            axe.axvline(plafond, color=ENCRE, ls=trait, lw=1.6)
            axe.text(plafond, -0.75, pourcent(plafond, None), ha="center", fontsize=10)
        axe.set(ylim=(self.PLACES - 0.4, -0.6), xlim=(0, self.fin), yticks=[],
                xlabel="Part de l'Union européenne dans le budget 2015")  # fmt: skip
        axe.xaxis.set_major_formatter(lambda v, _: pourcent(v, 0))

    def actualiser(self, scenarios: list[tuple[str, Projection]]) -> str:
        for rang, (nom, projection) in enumerate(scenarios):
            part = projection.part_ue
            signe, couleur = ("✔", VERT) if sous_plafond(part, self.plafonds[0]) else ("✘", ROUGE)
            longueur = min(max(part, 0), self.fin)
            self.barre(self.axe, 0, rang - 0.3, longueur, 0.6, facecolor=couleur)
            x = min(longueur, 0.84 * self.fin) + 0.008
            self.texte(self.axe, x, rang, f"{signe} {pourcent(part)}", weight="bold",
                       bbox=FOND_DE_TEXTE)  # fmt: skip
            court = nom if len(nom) <= 30 else nom[:29] + "…"
            self.texte(self.axe, -0.015 * self.fin, rang, court, ha="right")
        if not scenarios:
            return "Aucun scénario gardé."
        return "Part de l'Union européenne par scénario : " + " ; ".join(
            f"{nom}, {pourcent(p.part_ue)}" for nom, p in scenarios
        )
