"""La carte de la culture, et de la culture à la performance."""

from textwrap import fill

import pandas as pd
from matplotlib.patches import Ellipse

from ..figures import mise_en_page as page
from ..figures.vive import FigureVive
from ..questions.verdict import ETATS
from ..socle.typographie import minuscule

PLACES = {
    # composante: (gauche, haut, hauteur) en part de la figure
    "valeurs": (0.01, 0.985, 0.47),
    "rites": (0.675, 0.985, 0.47),
    "symboles": (0.01, 0.47, 0.455),
    "langage": (0.675, 0.47, 0.455),
    "histoire": (0.3425, 0.47, 0.455),
}
LARGEUR = 0.315
LIGNES = 6

# ce que l'on sait d'un fait de la carte: son signe
SIGNES = {"dit": "●", "deduit": "○", "attente": "?"}
VERDICTS = {"juste": " (bien rangé)", "presque": " (à discuter)", "faux": " (à revoir)"}
SIGNES |= {etat: ETATS[etat][0][0] for etat in VERDICTS}
LEGENDES = (
    ({"dit"}, "● dit par le sujet    ○ notre lecture"),
    ({"attente"}, "? rangé, pas encore vérifié"),
    (set(VERDICTS), "✔ bien rangé    ≈ à discuter    ✘ à revoir"),
)


class FigureCulture(FigureVive):
    """La carte de la culture : cinq composantes autour du nom de l'organisation.

    `composantes` : le tableau de `culture.composantes`. `actualiser(faits, silences)` : les faits
    à montrer, `composante` (où les placer), `etiquette`, `lieu` et `etat` (clé de `SIGNES`), et
    s'il faut écrire ce que le sujet tait.
    """

    def __init__(self, composantes: pd.DataFrame):
        self.composantes = composantes[composantes["composante"].isin(PLACES)]
        super().__init__()

    def construire(self) -> None:
        self.figure = page.nouvelle_figure(10, 6.2)
        self.axe = axe = page.panneau(self.figure, (0, 0, 1, 1), y=(0, 1))
        for x, y in ((0.325, 0.83), (0.675, 0.83), (0.325, 0.47), (0.675, 0.47), (0.5, 0.47)):
            axe.plot([0.5, x], [0.76, y], color=page.GRIS, lw=2, zorder=0)
        axe.add_patch(Ellipse((0.5, 0.755), 0.29, 0.26, facecolor=page.BLEU))
        blanc: page.Aspect = {"color": "white", "ha": "center", "va": "center"}
        axe.text(0.5, 0.755, "La culture\ndu CERDD", fontsize=15, weight="bold", **blanc)
        for c in self.composantes.itertuples():
            gauche, haut, hauteur = PLACES[c.composante]
            trait, dit = ({"lw": 1.8}, "dit par le sujet") if c.couverture == "dit" else (
                {"lw": 1.4, "ls": (0, (4, 3))}, "notre lecture"
            )  # fmt: skip
            page.cadre(axe, (gauche, haut - hauteur, LARGEUR, hauteur), 0.015, facecolor="white",
                        edgecolor=page.ENCRE, mutation_aspect=1.6, **trait)  # fmt: skip
            titre: page.Aspect = {"fontsize": 14, "weight": "bold", "color": page.BLEU}
            axe.text(gauche + 0.015, haut - 0.045, c.libelle, va="center", **titre)
            gris: page.Aspect = {"fontsize": 9.5, "ha": "right", "color": page.GRIS}
            axe.text(gauche + LARGEUR - 0.012, haut - 0.045, dit, va="center", **gris)

    def actualiser(self, faits: pd.DataFrame, silences: bool = True) -> str:
        morceaux, tous = ["Carte de la culture du CERDD."], list(faits.itertuples())
        gris = {"fontsize": 9.5, "ha": "right", "color": page.GRIS}
        for c in self.composantes.itertuples():
            gauche, haut, hauteur = PLACES[c.composante]
            x, ici = gauche + 0.015, [f for f in tous if f.composante == c.composante]
            for i, f in enumerate(ici[:LIGNES]):
                y, reste = haut - 0.108 - 0.052 * i, len(ici) - i
                if i == LIGNES - 1 and reste > 1:
                    self.texte(self.axe, x, y, f"… et {reste} autres faits", fontsize=11)
                    break
                mots, encre = f"{SIGNES[f.etat]} {f.etiquette}", ETATS.get(f.etat, (0, page.ENCRE))
                self.texte(self.axe, x, y, mots, fontsize=11, color=encre[1])
                self.texte(self.axe, gauche + LARGEUR - 0.012, y, _court(f.lieu), **gris)
            dits = " ; ".join(f"{f.etiquette}{VERDICTS.get(f.etat, '')}, {f.lieu}" for f in ici)
            morceaux.append(f"{c.libelle} : {dits or 'aucun fait rangé'}.")
            if silences:
                tu, y = f"Non dit : {c.silence_court}", haut - hauteur + 0.03
                self.texte(self.axe, x, y, tu, fontsize=10, style="italic")
                morceaux.append(c.silence)
        etats = set(faits["etat"])
        legende = "\n".join(phrase for cles, phrase in LEGENDES if cles & etats)
        self.texte(self.axe, 0.5, 0.95, legende, ha="center", fontsize=10)
        return " ".join(morceaux)


@page.style()
def leviers(effets: pd.DataFrame) -> page.Illustration:
    """De la culture à la performance : trait, conduite, effet, et le revers de chacun.

    `effets` : le tableau de `culture.effets_de_la_culture`.
    """
    figure, morceaux = page.nouvelle_figure(10, 5.4), []
    axe = page.panneau(figure, (0, 0, 1, 1), y=(0, 1))
    colonnes = (0.01, 0.258, 0.506, 0.754)
    titres = ("Trait de la culture", "Conduite", "Performance", "Revers possible")
    for x, titre in zip(colonnes, titres, strict=True):
        axe.text(x + 0.005, 0.965, titre, fontsize=13, weight="bold", va="center", color=page.BLEU)
    cadre = {"lw": 1.6, "mutation_aspect": 1.85}
    fleche = {"arrowstyle": "-|>", "color": page.ENCRE, "lw": 2}
    for e in effets.itertuples():
        y = 0.945 - 0.178 * (e.Index + 1)
        cases = (
            (e.trait, _court(e.lieu_trait)),
            (e.conduite, _court(e.lieu_conduite)),
            (e.effet, f"{e.dimension} ; {_court(e.lieu_effet)}"),
        )
        *debut, revers = colonnes
        for x, (texte, preuve) in zip(debut, cases, strict=True):
            place = (x, y, 0.215, 0.148)
            page.cadre(axe, place, 0.012, facecolor="white", edgecolor=page.BLEU, **cadre)
            mots = fill(texte, 24, break_on_hyphens=False)
            axe.text(x + 0.01, y + 0.096, mots, fontsize=11, va="center")
            axe.text(x + 0.01, y + 0.022, preuve, fontsize=9.5, va="center", color=page.GRIS)
        page.cadre(axe, (revers, y, 0.235, 0.148), 0.012, facecolor="#fff8f0",
                    edgecolor=page.ORANGE, ls="--", **cadre)  # fmt: skip
        mots = fill(e.limite, 28, break_on_hyphens=False)
        axe.text(revers + 0.01, y + 0.074, mots, fontsize=10, va="center", style="italic")
        for x in (0.225, 0.473):
            axe.annotate("", (x + 0.032, y + 0.075), (x + 0.002, y + 0.075), arrowprops=fleche)
        morceaux.append(
            f"{e.trait} ({e.lieu_trait}), donc {minuscule(e.conduite)} "
            f"({e.lieu_conduite}), donc {minuscule(e.effet)} ({e.lieu_effet}). "
            f"Revers possible : {e.limite}"
        )
    return page.Illustration(figure, " ".join(["De la culture à la performance.", *morceaux]))


def _court(lieu: str) -> str:
    """« annexe 7, § 2 » devient « A7 § 2 », pour la carte."""
    return lieu.replace("annexe ", "A").replace("introduction", "intro").replace(",", "")
