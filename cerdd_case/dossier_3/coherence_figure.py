"""Les trois choix et leurs liens, en triangle."""

from textwrap import fill

from matplotlib.patches import FancyBboxPatch, Patch

from ..figures.mise_en_page import BLEU, ENCRE, GRIS, ORANGE, ROUGE, VERT, nouvelle_figure
from ..figures.vive import FigureVive
from .coherence import DIMENSIONS, Assemblage

ACCORDS = {
    # accord: (signe et mots, couleur, trait, épaisseur)
    "renforce": ("✔ se renforcent", VERT, "-", 5),
    "compatible": ("≈ compatibles", GRIS, "--", 3),
    "tension": ("✘ en tension", ROUGE, ":", 4),
}
JUGEMENTS = {
    "appuyé": ("✔ appuyé", VERT),
    "partagé": ("≈ partagé", GRIS),
    "contredit": ("✘ contredit", ROUGE),
}
REPONSES = {
    "forte": ("✔ oui, tout se renforce", VERT),
    "souple": ("≈ oui, avec du jeu", ENCRE),
    "tendue": ("✘ non, une tension au moins", ROUGE),
    "appuyé": ("✔ oui, d'après les faits", VERT),
    "partagé": ("≈ les faits sont partagés", ENCRE),
    "contredit": ("✘ non, d'après les faits", ROUGE),
}
COURTES = {"structure": "Structure", "mecanisme": "Coordination", "decision": "Décision"}
SOMMETS = {"structure": (0.5, 0.85), "mecanisme": (0.178, 0.20), "decision": (0.822, 0.20)}

# Les trois côtés du triangle, d'un cadre à l'autre, dans l'ordre de `coherence.COUPLES`.
COTES = (
    ((0.42, 0.725), (0.25, 0.33)),
    ((0.58, 0.725), (0.75, 0.33)),
    ((0.351, 0.20), (0.649, 0.20)),
)


class FigureCoherence(FigureVive):
    """Le triangle des trois choix, et les faits qui appuient ou contredisent chacun."""

    ECHELLE = 9

    def construire(self):
        self.figure = nouvelle_figure(10, 4.9)
        self._construire_triangle(self.figure.add_axes((0.01, 0.14, 0.60, 0.85)))
        self._construire_faits(self.figure.add_axes((0.66, 0.25, 0.33, 0.60)))
        self.reponses = []
        for x, question in ((0.02, "Cela se tient-il ?"), (0.52, "Est-ce le CERDD ?")):
            self.figure.text(x, 0.055, question, fontsize=13, va="center")
            self.reponses.append(
                self.figure.text(x + 0.183, 0.055, "", fontsize=13, va="center", weight="bold")
            )
        self.mobiles += self.reponses

    def _construire_triangle(self, axe):
        axe.set_axis_off()
        axe.set_xlim(0, 1)
        axe.set_ylim(0, 1)
        self.traits, self.mots = [], []
        for (xa, ya), (xb, yb) in COTES:
            self.traits += axe.plot([xa, xb], [ya, yb])
            self.mots.append(
                axe.text((xa + xb) / 2, (ya + yb) / 2, "", ha="center", va="center", fontsize=12,
                         weight="bold", zorder=3,
                         bbox={"facecolor": "white", "edgecolor": "none", "pad": 3})
            )  # fmt: skip
        self.noms = {}
        for dimension, (x, y) in SOMMETS.items():
            axe.add_patch(
                FancyBboxPatch(
                    (x - 0.173, y - 0.125), 0.346, 0.255, facecolor="white", edgecolor=BLEU,
                    lw=2.2, boxstyle="round,pad=0,rounding_size=0.03",
                )
            )  # fmt: skip
            axe.text(x, y + 0.092, COURTES[dimension].upper(), ha="center", va="center",
                     fontsize=9.5, color=GRIS, weight="bold")  # fmt: skip
            self.noms[dimension] = axe.text(x, y - 0.025, "", ha="center", va="center",
                                            fontsize=11.5, weight="bold")  # fmt: skip
        self.mobiles += [*self.traits, *self.mots, *self.noms.values()]

    def _construire_faits(self, axe):
        rangs = [2, 1, 0]
        self.pour = axe.barh(rangs, 0, 0.42, color=BLEU)
        self.contre = axe.barh(rangs, 0, 0.42, facecolor="white", edgecolor=ORANGE, hatch="////",
                               lw=1.5)  # fmt: skip
        axe.set_xlim(-self.ECHELLE, self.ECHELLE)
        axe.set_ylim(-0.6, 2.75)
        axe.axvline(0, color=ENCRE, lw=1)
        axe.set_axis_off()
        self.nombres, self.jugements = [], []
        for rang, dimension in zip(rangs, DIMENSIONS, strict=True):
            axe.text(
                -self.ECHELLE,
                rang + 0.38,
                COURTES[dimension],
                fontsize=11.5,
                weight="bold",
                va="center",
            )
            self.jugements.append(
                axe.text(self.ECHELLE, rang + 0.38, "", fontsize=11.5, weight="bold",
                         va="center", ha="right")
            )  # fmt: skip
            self.nombres.append(
                (axe.text(0, rang, "", va="center", ha="right", fontsize=12),
                 axe.text(0, rang, "", va="center", ha="left", fontsize=12))
            )  # fmt: skip
        self.figure.text(0.66, 0.955, "Combien de faits du sujet ?", fontsize=12.5, weight="bold",
                         va="center")  # fmt: skip
        self.figure.legend(
            handles=[
                Patch(facecolor="white", edgecolor=ORANGE, hatch="////", label="contre"),
                Patch(facecolor=BLEU, label="pour"),
            ],
            loc="center", bbox_to_anchor=(0.825, 0.895), ncols=2, frameon=False, fontsize=11,
        )  # fmt: skip
        self.mobiles += [*self.pour, *self.contre, *self.jugements]
        self.mobiles += [texte for paire in self.nombres for texte in paire]

    def actualiser(self, assemblage: Assemblage) -> str:
        for dimension, nom in self.noms.items():
            nom.set_text(fill(assemblage.libelles[dimension], 21, break_on_hyphens=False))
        for trait, mot, accord in zip(
            self.traits, self.mots, assemblage.liens["accord"], strict=True
        ):
            texte, couleur, motif, epaisseur = ACCORDS[accord]
            trait.set(color=couleur, linestyle=motif, linewidth=epaisseur)
            mot.set(text=texte, color=couleur if couleur != GRIS else ENCRE)
        for rang, ligne in enumerate(assemblage.soutien.itertuples()):
            self.pour[rang].set_width(ligne.pour)
            self.contre[rang].set_width(-ligne.contre)
            gauche, droite = self.nombres[rang]
            gauche.set(text=str(ligne.contre), x=-ligne.contre - 0.25)
            droite.set(text=str(ligne.pour), x=ligne.pour + 0.25)
            mots, couleur = JUGEMENTS[ligne.jugement]
            self.jugements[rang].set(text=mots, color=couleur if couleur != GRIS else ENCRE)
        for reponse, cle in zip(self.reponses, (assemblage.tenue, assemblage.appui), strict=True):
            mots, couleur = REPONSES[cle]
            reponse.set(text=mots, color=couleur)
        return alternative_coherence(assemblage)


def alternative_coherence(assemblage: Assemblage) -> str:
    """Le texte de remplacement : les choix, leurs accords, les faits, la conclusion."""
    noms = assemblage.libelles
    accords = " ; ".join(
        f"{DIMENSIONS[lien.dimension_a].lower()} et {DIMENSIONS[lien.dimension_b].lower()} : "
        f"{ACCORDS[lien.accord][0][2:]}"
        for lien in assemblage.liens.itertuples()
    )
    faits = " ; ".join(
        f"{noms[ligne.Index]} : {ligne.pour} pour, {ligne.contre} contre"
        for ligne in assemblage.soutien.itertuples()
    )
    return (
        f"Choix : {', '.join(noms.values())}. {accords}. Faits : {faits}. {assemblage.conclusion}"
    )
