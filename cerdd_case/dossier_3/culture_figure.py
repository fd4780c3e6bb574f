"""La carte de la culture, et de la culture à la performance."""

from textwrap import fill

import pandas as pd
from matplotlib.patches import Ellipse, FancyBboxPatch

from ..figures.mise_en_page import BLEU, ENCRE, GRIS, ORANGE, Illustration, nouvelle_figure, style
from ..figures.vive import FigureVive
from ..questions.verdict import ETATS

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
SIGNES |= {etat: ETATS[etat][0][0] for etat in ("juste", "presque", "faux")}


class FigureCulture(FigureVive):
    """La carte de la culture : cinq composantes autour du nom de l'organisation.

    `composantes` : le tableau de `culture.composantes`. `actualiser` reçoit les faits à
    montrer : `composante` (où les placer), `etiquette`, `lieu` et `etat` (clé de `SIGNES`).
    """

    def __init__(self, composantes: pd.DataFrame):
        self.composantes = composantes[composantes["composante"].isin(PLACES)]
        super().__init__()

    def construire(self):
        self.figure = nouvelle_figure(10, 6.2)
        axe = self.figure.add_axes((0, 0, 1, 1))
        axe.set_axis_off()
        axe.set_xlim(0, 1)
        axe.set_ylim(0, 1)
        for x, y in ((0.325, 0.83), (0.675, 0.83), (0.325, 0.47), (0.675, 0.47), (0.5, 0.47)):
            axe.plot([0.5, x], [0.76, y], color=GRIS, lw=2, zorder=0)
        axe.add_patch(Ellipse((0.5, 0.755), 0.29, 0.26, facecolor=BLEU))
        axe.text(0.5, 0.79, "La culture\ndu CERDD", color="white", ha="center", va="center",
                 fontsize=15, weight="bold")  # fmt: skip
        axe.text(0.5, 0.702, "forte et partagée,\nselon le directeur", color="white", ha="center",
                 va="center", fontsize=10)  # fmt: skip
        self.lignes, self.silences = {}, {}
        for c in self.composantes.itertuples():
            self._construire_carte(axe, c)
        self.legende = axe.text(0.5, 0.95, "", ha="center", va="center", fontsize=10)
        self.mobiles.append(self.legende)

    def _construire_carte(self, axe, c):
        gauche, haut, hauteur = PLACES[c.composante]
        dit = c.couverture == "dit"
        axe.add_patch(
            FancyBboxPatch(
                (gauche, haut - hauteur), LARGEUR, hauteur, facecolor="white", edgecolor=ENCRE,
                lw=1.8 if dit else 1.4, ls="-" if dit else (0, (4, 3)), mutation_aspect=1.6,
                boxstyle="round,pad=0,rounding_size=0.015",
            )
        )  # fmt: skip
        axe.text(gauche + 0.015, haut - 0.045, c.libelle, fontsize=14, weight="bold",
                 va="center", color=BLEU)  # fmt: skip
        axe.text(gauche + LARGEUR - 0.012, haut - 0.045,
                 "dit par le sujet" if dit else "notre lecture", fontsize=9.5, va="center",
                 ha="right", color=GRIS)  # fmt: skip
        self.lignes[c.composante] = [
            (axe.text(gauche + 0.015, haut - 0.108 - 0.052 * i, "", fontsize=11, va="center"),
             axe.text(gauche + LARGEUR - 0.012, haut - 0.108 - 0.052 * i, "", fontsize=8.5,
                      va="center", ha="right", color=GRIS))
            for i in range(LIGNES)
        ]  # fmt: skip
        self.mobiles += [t for paire in self.lignes[c.composante] for t in paire]
        silence = axe.text(gauche + 0.015, haut - hauteur + 0.03, "", fontsize=10, va="center",
                           style="italic")  # fmt: skip
        self.silences[c.composante] = (silence, f"Non dit : {c.silence_court}")
        self.mobiles.append(silence)

    def actualiser(self, faits: pd.DataFrame, silences: bool = True) -> str:
        places = _par_composante(faits)
        for composante, lignes in self.lignes.items():
            ici = places.get(composante, [])
            for i, (texte, lieu) in enumerate(lignes):
                if i < len(ici):
                    f = ici[i]
                    couleur = ETATS[f.etat][1] if f.etat in ETATS else ENCRE
                    if i == LIGNES - 1 and len(ici) > LIGNES:
                        texte.set(text=f"… et {len(ici) - i} autres faits", color=ENCRE)
                        lieu.set_text("")
                        continue
                    texte.set(text=f"{SIGNES[f.etat]} {f.etiquette}", color=couleur)
                    lieu.set_text(_court(f.lieu))
                else:
                    texte.set_text("")
                    lieu.set_text("")
            silence, phrase = self.silences[composante]
            silence.set_text(phrase if silences else "")
        etats = set(faits["etat"])
        self.legende.set_text(
            "\n".join(
                phrase
                for cle, phrase in (
                    ("dit", "● dit par le sujet    ○ notre lecture"),
                    ("attente", "? rangé, pas encore vérifié"),
                    ("verdicts", "✔ bien rangé    ≈ à discuter    ✘ à revoir"),
                )
                if cle in etats or (cle == "verdicts" and etats & set(ETATS))
            )
        )
        return alternative_culture(self.composantes, faits, silences)


def _par_composante(faits: pd.DataFrame) -> dict[str, list]:
    places: dict[str, list] = {}
    for fait in faits.itertuples():
        places.setdefault(fait.composante, []).append(fait)
    return places


def _court(lieu: str) -> str:
    """« annexe 7, § 2 » devient « A7 § 2 », pour la carte."""
    return lieu.replace("annexe ", "A").replace("introduction", "intro").replace(",", "")


def alternative_culture(composantes: pd.DataFrame, faits: pd.DataFrame, silences: bool) -> str:
    """Le texte de remplacement : chaque composante, ses faits, ce que le sujet tait."""
    phrases, places = [], _par_composante(faits)
    mots = {"juste": " (bien rangé)", "presque": " (à discuter)", "faux": " (à revoir)"}
    for c in composantes.itertuples():
        liste = " ; ".join(
            f"{f.etiquette}{mots.get(f.etat, '')}, {f.lieu}" for f in places.get(c.composante, [])
        )
        phrases.append(f"{c.libelle} : {liste or 'aucun fait rangé'}.")
        if silences:
            phrases.append(c.silence)
    return "Carte de la culture du CERDD. " + " ".join(phrases)


def leviers(effets: pd.DataFrame) -> Illustration:
    """De la culture à la performance : trait, conduite, effet, et le revers de chacun.

    `effets` : le tableau de `culture.effets_de_la_culture`.
    """
    colonnes = ((0.01, "Trait de la culture"), (0.258, "Conduite"), (0.506, "Performance"),
                (0.754, "Revers possible"))  # fmt: skip
    largeur, pas = 0.215, 0.178
    with style():
        figure = nouvelle_figure(10, 5.4)
        axe = figure.add_axes((0, 0, 1, 1))
        axe.set_axis_off()
        axe.set_xlim(0, 1)
        axe.set_ylim(0, 1)
        for x, titre in colonnes:
            axe.text(x + 0.005, 0.965, titre, fontsize=13, weight="bold", va="center", color=BLEU)
        for i, e in enumerate(effets.itertuples()):
            y = 0.925 - pas * (i + 1) + 0.02
            cases = (
                (e.trait, _court(e.lieu_trait)),
                (e.conduite, _court(e.lieu_conduite)),
                (e.effet, f"{e.dimension} ; {_court(e.lieu_effet)}"),
                (e.limite, ""),
            )  # fmt: skip
            for (x, _), (texte, preuve) in zip(colonnes, cases, strict=True):
                revers = not preuve
                axe.add_patch(
                    FancyBboxPatch(
                        (x, y), largeur + 0.02 * revers, pas - 0.03,
                        facecolor="#fff8f0" if revers else "white",
                        edgecolor=ORANGE if revers else BLEU, ls="--" if revers else "-", lw=1.6,
                        boxstyle="round,pad=0,rounding_size=0.012", mutation_aspect=1.85,
                    )
                )  # fmt: skip
                centre = y + (pas - 0.03) / 2
                axe.text(x + 0.01, centre + (0.022 if preuve else 0),
                         fill(texte, 24 if preuve else 28, break_on_hyphens=False),
                         fontsize=11 if preuve else 10, va="center",
                         style="italic" if revers else "normal")  # fmt: skip
                if preuve:
                    axe.text(x + 0.01, y + 0.022, preuve, fontsize=8.5, va="center", color=GRIS)
            for x in (0.01 + largeur, 0.258 + largeur):
                axe.annotate("", (x + 0.032, y + 0.075), (x + 0.002, y + 0.075),
                             arrowprops={"arrowstyle": "-|>", "color": ENCRE, "lw": 2})  # fmt: skip
    alternative = "De la culture à la performance. " + " ".join(
        f"{e.trait} ({e.lieu_trait}), donc {e.conduite[0].lower()}{e.conduite[1:]} "
        f"({e.lieu_conduite}), donc {e.effet[0].lower()}{e.effet[1:]} ({e.lieu_effet}). "
        f"Revers possible : {e.limite}"
        for e in effets.itertuples()
    )
    return Illustration(figure, alternative)
