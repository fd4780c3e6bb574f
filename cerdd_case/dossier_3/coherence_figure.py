"""Les trois choix et leurs liens, en triangle."""

from textwrap import fill

from matplotlib.patches import Patch

from ..figures import mise_en_page as page
from ..figures.vive import FigureVive
from .coherence import DIMENSIONS, Assemblage

ACCORDS = {
    # accord: (signe et mots, couleur du trait, des mots, trait, épaisseur)
    "renforce": ("✔ se renforcent", page.VERT, page.VERT, "-", 5),
    "compatible": ("≈ compatibles", page.GRIS, page.ENCRE, "--", 3),
    "tension": ("✘ en tension", page.ROUGE, page.ROUGE, ":", 4),
}
REPONSES = {
    "forte": "✔ oui, tout se renforce",
    "souple": "≈ en partie, sans tension",
    "tendue": "✘ non, une tension au moins",
    "appuyé": "✔ oui, d'après les faits",
    "partagé": "≈ les faits sont partagés",
    "contredit": "✘ non, d'après les faits",
    "": "… à confronter aux faits",
}
ENCRES = {"✔": page.VERT, "≈": page.ENCRE, "✘": page.ROUGE, "…": page.GRIS}
PLACES = {
    # dimension: (nom court, sommet du triangle, rang parmi les faits)
    "structure": ("Structure", (0.5, 0.85), 2),
    "mecanisme": ("Coordination", (0.178, 0.20), 1),
    "decision": ("Décision", (0.822, 0.20), 0),
}

# Les trois côtés du triangle (abscisses, ordonnées), d'un cadre à l'autre : structure et
# mécanisme, structure et décision, mécanisme et décision.
COTES = (
    ((0.42, 0.25), (0.725, 0.33)),
    ((0.58, 0.75), (0.725, 0.33)),
    ((0.351, 0.649), (0.20, 0.20)),
)
FOND: page.Aspect = {"facecolor": "white", "edgecolor": "none", "pad": 3}
CONTRE: page.Aspect = {"facecolor": "white", "edgecolor": page.ORANGE, "hatch": "////"}


class FigureCoherence(FigureVive):
    """Le triangle des trois choix, et les faits qui appuient ou contredisent chacun.

    `actualiser(assemblage, confronte)` : sans confrontation, le triangle seul répond.
    """

    ECHELLE = 9
    QUESTIONS = ((0.02, "Est-ce cohérent ?"), (0.52, "Est-ce le CERDD ?"))

    def construire(self) -> None:
        self.figure, bout = page.nouvelle_figure(10, 4.9), self.ECHELLE
        self.triangle = page.panneau(self.figure, (0.01, 0.14, 0.60, 0.85), y=(0, 1))
        place = (0.66, 0.25, 0.33, 0.60)
        self.faits = page.panneau(self.figure, place, (-bout, bout), (-0.6, 2.75))
        self.faits.axvline(0, color=page.ENCRE, lw=1)
        gras: page.Aspect = {"va": "center", "weight": "bold"}
        gris: page.Aspect = {"fontsize": 9.5, "color": page.GRIS, "ha": "center"}
        bord: page.Aspect = {"facecolor": "white", "edgecolor": page.BLEU, "lw": 2.2}
        for nom, (x, y), rang in PLACES.values():
            page.cadre(self.triangle, (x - 0.173, y - 0.125, 0.346, 0.255), 0.03, **bord)
            self.triangle.text(x, y + 0.092, nom.upper(), **gris, **gras)
            self.faits.text(-bout, rang + 0.38, nom, fontsize=11.5, **gras)
        self.figure.text(0.66, 0.955, "Combien de faits du sujet ?", fontsize=12.5, **gras)
        self.figure.legend(
            handles=[Patch(label="contre", **CONTRE), Patch(label="pour", facecolor=page.BLEU)],
            loc="center", bbox_to_anchor=(0.825, 0.895), ncols=2, frameon=False, fontsize=11,
        )  # fmt: skip
        for x, question in self.QUESTIONS:
            self.figure.text(x, 0.055, question, fontsize=13, va="center")

    def actualiser(self, assemblage: Assemblage, confronte: bool = True) -> str:
        accords, faits, libelles = [], [], assemblage.libelles
        milieu: page.Aspect = {"ha": "center", "weight": "bold"}
        gras: page.Aspect = {"fontsize": 11.5, "weight": "bold"}
        for (xs, ys), (a, b, accord, _) in zip(COTES, assemblage.liens, strict=True):
            mots, couleur, encre, motif, epaisseur = ACCORDS[accord]
            self.trait(self.triangle, xs, ys, color=couleur, ls=motif, lw=epaisseur)
            aspect = {"color": encre, "fontsize": 12, "bbox": FOND}
            self.texte(self.triangle, sum(xs) / 2, sum(ys) / 2, mots, **milieu, **aspect)
            accords.append(f"{DIMENSIONS[a]} et {DIMENSIONS[b]} : ".lower() + mots[2:])
        for dimension, (pour, contre, jugement) in assemblage.soutien.items():
            nom, (_, (x, y), rang) = libelles[dimension], PLACES[dimension]
            mots = fill(nom, 21, break_on_hyphens=False)
            self.texte(self.triangle, x, y - 0.025, mots, fontsize=11.5, **milieu)
            if not confronte:
                continue
            self.barre(self.faits, 0, rang - 0.21, pour, 0.42, facecolor=page.BLEU)
            self.barre(self.faits, 0, rang - 0.21, -contre, 0.42, lw=1.5, **CONTRE)
            self.texte(self.faits, -contre - 0.25, rang, str(contre), ha="right", fontsize=12)
            self.texte(self.faits, pour + 0.25, rang, str(pour), fontsize=12)
            mots = f"{REPONSES[jugement][0]} {jugement}"
            aspect = {"color": ENCRES[mots[0]], "ha": "right", **gras}
            self.texte(self.faits, self.ECHELLE, rang + 0.38, mots, **aspect)
            faits.append(f"{nom} : {pour} pour, {contre} contre")
        cles = (assemblage.tenue, assemblage.appui if confronte else "")
        for (x, _), cle in zip(self.QUESTIONS, cles, strict=True):
            aspect = {"color": ENCRES[REPONSES[cle][0]], "fontsize": 13, "weight": "bold"}
            self.texte(self.figure, x + 0.183, 0.055, REPONSES[cle], **aspect)
        dits = f"Faits : {' ; '.join(faits)}. {assemblage.conclusion}"
        return (
            f"Choix : {', '.join(libelles.values())}. Deux à deux : {' ; '.join(accords)}. "
            f"{dits if confronte else assemblage.accord}"
        )
