"""La part européenne de chaque scénario gardé, face au plafond."""

from ..donnees.contexte import Contexte
from ..figures.mise_en_page import BLEU, ENCRE, ROUGE, VERT, nouvelle_figure
from ..figures.vive import FigureVive
from ..socle.nombres import pourcent
from .projection import Projection
from .regles import sous_plafond

FOND_DE_TEXTE = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}


class FigureScenarios(FigureVive):
    """La part de l'UE de quelques scénarios, face aux deux plafonds."""

    PLACES = 4

    def __init__(self, contexte: Contexte):
        self.plafonds = contexte.plafonds
        super().__init__()

    def construire(self):
        self.figure = nouvelle_figure(10, 2.6)
        axe = self.figure.add_axes((0.30, 0.20, 0.62, 0.66))
        rangs = range(self.PLACES)
        self.barres = axe.barh(rangs, [0] * self.PLACES, 0.6, color=BLEU)
        self.textes = [
            axe.text(0, r, "", va="center", fontweight="bold", bbox=FOND_DE_TEXTE) for r in rangs
        ]
        self.noms = [
            axe.text(-0.015, r, "", va="center", ha="right", transform=axe.get_yaxis_transform())
            for r in rangs
        ]
        for plafond, trait in zip(self.plafonds, ("-", "--"), strict=True):
            axe.axvline(plafond, color=ENCRE, ls=trait, lw=1.6)
            axe.text(plafond, -0.75, pourcent(plafond, None), ha="center", fontsize=10)
        axe.set_ylim(self.PLACES - 0.4, -0.6)
        self.fin = max(0.5, 1.25 * max(self.plafonds))
        axe.set_xlim(0, self.fin)
        axe.set_yticks([])
        axe.xaxis.set_major_formatter(lambda v, _: pourcent(v, 0))
        axe.set_xlabel("Part de l'Union européenne dans le budget 2015")
        self.mobiles += [*self.barres, *self.textes, *self.noms]

    def actualiser(self, scenarios: list[tuple[str, Projection]]) -> str:
        for i in range(self.PLACES):
            present = i < len(scenarios)
            for element in (self.barres[i], self.textes[i], self.noms[i]):
                element.set_visible(present)
            if not present:
                continue
            nom, projection = scenarios[i]
            part = projection.part_ue
            depasse = not sous_plafond(part, self.plafonds[0])
            self.barres[i].set_width(min(max(part, 0), self.fin))
            self.barres[i].set_facecolor(ROUGE if depasse else VERT)
            self.textes[i].set_x(min(max(part, 0), 0.84 * self.fin) + 0.008)
            self.textes[i].set_text(f"{'✘' if depasse else '✔'} {pourcent(part)}")
            self.noms[i].set_text(nom if len(nom) <= 30 else nom[:29] + "…")
        if not scenarios:
            return "Aucun scénario gardé."
        return "Part de l'Union européenne par scénario : " + " ; ".join(
            f"{nom}, {pourcent(p.part_ue)}" for nom, p in scenarios
        )
