"""Deux figures du vote : les coalitions et le pouvoir de chacun ; le pouvoir selon la majorité."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from ..donnees.paquet import Donnees
from ..figures import mise_en_page as page
from ..figures.vive import FigureVive
from ..socle.nombres import pourcent
from . import vote

INDICES = (
    "Banzhaf : part des ★ qui lui reviennent.\nShapley : part des ordres d'arrivée\n"
    "où il donne la majorité."
)
SHAPLEY = (
    "Le pouvoir d'un membre : la part des ordres d'arrivée où c'est lui qui donne la majorité (indice "
    "de Shapley)."
)


class FigurePouvoir(FigureVive):
    """À gauche, les coalitions et la majorité ; à droite, les voix comparées au pouvoir.

    `actualiser(voix, seuil, montrer)` : des voix par membre (4 membres au plus, ceux qui n'ont
    pas de voix ne sont pas dessinés), la majorité exigée (part) et, si `montrer` est faux, le
    pouvoir reste caché.
    """

    MESURES: tuple[tuple[str, str, page.Aspect], ...] = (
        ("part", "Part des voix", {"facecolor": "white", "edgecolor": page.GRIS, "hatch": "////"}),
        ("banzhaf", "Pouvoir, selon Banzhaf", {"facecolor": page.BLEU, "edgecolor": page.BLEU}),
        ("shapley", "Pouvoir, selon Shapley",
         {"facecolor": "#dcefe4", "edgecolor": page.VERT, "hatch": "..."}),
    )  # fmt: skip
    MARQUES: dict[str, page.Aspect] = {
        "absent": {"marker": "o", "ms": 7.7, "mfc": "white", "mec": page.GRIS, "mew": 1.2},
        "present": {"marker": "o", "ms": 11.4, "color": page.BLEU, "mew": 1},
        "decisif": {"marker": "*", "ms": 16.4, "mfc": page.ORANGE, "mec": page.ENCRE, "mew": 0.8},
    }

    def construire(self) -> None:
        self.figure = page.nouvelle_figure(10, 4.9)
        self.points = page.panneau(self.figure, (0.01, 0.11, 0.31, 0.70))
        self.parts = page.panneau(self.figure, (0.33, 0.11, 0.27, 0.70), (0, 1.42))
        self.mesures = page.panneau(self.figure, (0.645, 0.11, 0.345, 0.70), (0, 1.34), (1, -0.02))
        for _, libelle, aspect in self.MESURES:
            self.mesures.barh(0, 0, 0, label=libelle, lw=1.2, **aspect)
        self.mesures.legend(
            loc="lower left", bbox_to_anchor=(-0.02, 1.0), frameon=False, fontsize=10.5,
            borderpad=0, labelspacing=0.25, handlelength=1.6,
        )  # fmt: skip
        page.titrer(self.figure, "Qui peut décider avec qui ?")
        page.titrer(self.figure, "Voix et pouvoir", 0.645)
        self.figure.text(
            0.01, 0.035, "●  vote pour      ○  ne vote pas pour      "
            "★  décisif : sans lui, la décision ne passe plus", fontsize=11,
        )  # fmt: skip
        self.figure.text(0.69, 0.012, INDICES, fontsize=9.5, linespacing=1.25)

    def actualiser(self, voix: Mapping[str, float], seuil: float, montrer: bool = True) -> str:
        votants = {m: v for m, v in voix.items() if v > 0}
        coalitions, mesure = vote.compter_les_coalitions(votants, seuil), vote.peser(votants, seuil)
        self._dessiner_coalitions(list(votants), coalitions, seuil, montrer)
        self._dessiner_pouvoir(mesure, montrer)
        return alternative_pouvoir(coalitions, mesure, seuil, montrer)

    def _dessiner_coalitions(
        self, votants: list[str], coalitions: list[vote.Coalition], seuil: float, montrer: bool
    ) -> None:
        pas, n = 1 / len(coalitions), len(votants)
        places: dict[str, tuple[list, list]] = {sorte: ([], []) for sorte in self.MARQUES}
        for i, membre in enumerate(votants):
            x, entete = (i + 0.5) / n, vote.nom(membre).replace(" ", "\n")
            if n > 3:  # la colonne est trop étroite pour le mot entier
                entete = entete.replace("Collectivités", "Collec-\ntivités")
            self.texte(self.points, x, -0.035, entete, ha="center", va="bottom", fontsize=10,
                       weight="bold")  # fmt: skip
            for j, c in enumerate(coalitions):
                decisif = "decisif" if montrer and membre in c.decisifs else "present"
                xs, ys = places[decisif if membre in c.coalition else "absent"]
                xs.append(x)
                ys.append((j + 0.5) * pas)
        for sorte, (xs, ys) in places.items():
            self.trait(self.points, xs, ys, ls="", **self.MARQUES[sorte])
        epaisseur = min(pas * 0.62, 0.075)
        for j, c in enumerate(coalitions):
            y = (j + 0.5) * pas
            teintes = (page.VERT, page.VERT) if c.gagnante else ("white", page.GRIS)
            self.barre(self.parts, 0, y - epaisseur / 2, c.part, epaisseur, lw=1.2,
                       facecolor=teintes[0], edgecolor=teintes[1])  # fmt: skip
            aspect = ("✔", "#14663c", "bold") if c.gagnante else ("✘", page.GRIS, "normal")
            self.texte(self.parts, 1.05, y, f"{pourcent(c.part, 0)}\u00a0{aspect[0]}",
                       fontsize=11, color=aspect[1], weight=aspect[2])  # fmt: skip
        self.trait(self.parts, [seuil, seuil], [0, 1], color=page.ENCRE, lw=2, ls="--")
        majorite = vote.majorite_requise(seuil).replace(" des voix", "\ndes voix")
        self.texte(self.parts, min(max(seuil, 0.45), 0.95), -0.035, majorite, ha="center",
                   va="bottom", fontsize=10.5, weight="bold")  # fmt: skip

    def _dessiner_pouvoir(self, mesure: list[vote.Pouvoir], montrer: bool) -> None:
        pas = 1 / len(mesure)
        for i, ligne in enumerate(mesure):
            self.texte(self.mesures, 0, (i + 0.28) * pas, vote.nom(ligne.membre), va="bottom",
                       fontsize=12, weight="bold")  # fmt: skip
            for rang, (champ, _, aspect) in enumerate(
                self.MESURES if montrer else self.MESURES[:1]
            ):
                y, valeur = (i + 0.42 + 0.2 * rang) * pas, getattr(ligne, champ)
                self.barre(self.mesures, 0, y - 0.08 * pas, valeur, 0.16 * pas, lw=1.2, **aspect)
                self.texte(self.mesures, valeur + 0.02, y, pourcent(valeur, 1 if rang else 0),
                           fontsize=11.5, weight="bold" if rang else "normal")  # fmt: skip
            if not montrer:
                self.texte(self.mesures, 0, (i + 0.72) * pas, "pouvoir : ?   pariez d'abord",
                           fontsize=11, color=page.GRIS)  # fmt: skip


def alternative_pouvoir(
    coalitions: list[vote.Coalition], mesure: list[vote.Pouvoir], seuil: float, montrer: bool = True
) -> str:
    """Le texte de remplacement des coalitions et du pouvoir."""
    gagnantes = [c for c in coalitions if c.gagnante]
    camps = " ; ".join(
        f"{' + '.join(vote.nom(m) for m in c.coalition)} ({pourcent(c.part, 0)})" for c in gagnantes
    )
    poids = " ; ".join(
        f"{vote.nom(m.membre)} : {pourcent(m.part, 0)} des voix"
        + f", décisif {m.decisif} fois, pouvoir {pourcent(m.banzhaf)} selon Banzhaf et "
        f"{pourcent(m.shapley)} selon Shapley" * montrer
        for m in mesure
    )
    poids += "" if montrer else " ; le pouvoir reste caché jusqu'au pari"
    return (
        f"Il faut {vote.majorite_requise(seuil)}. Coalitions gagnantes, {len(gagnantes)} sur "
        f"{len(coalitions)} : {camps}. {poids}."
    )


def figure_pouvoir(cas: Donnees, seuil: float = vote.SIMPLE) -> page.Illustration:
    """Les coalitions et le pouvoir de chacun, à la majorité donnée (part)."""
    return FigurePouvoir().illustration(vote.droits_de_vote(cas), seuil)


@page.style()
def figure_majorites(cas: Donnees, voix: Mapping[str, Any] | None = None) -> page.Illustration:
    """Le pouvoir de chaque membre selon la majorité exigée.

    `voix` : celles du sujet, ou d'autres. Le pouvoir est l'indice de Shapley.
    """
    voix = voix or vote.droits_de_vote(cas)
    tableau = vote.paliers(voix)
    bornes = [*tableau["seuil_min"], 1.0]
    courbes: dict[tuple, list[str]] = {}
    for membre in voix:  # les membres toujours à égalité partagent une courbe
        courbes.setdefault(tuple(tableau[membre].round(9)), []).append(vote.nom(membre))
    figure = page.nouvelle_figure(10, 4.4)
    axe = figure.add_axes((0.085, 0.19, 0.89, 0.61))
    figure.text(0.01, 0.022, SHAPLEY, fontsize=10)
    milieux = [(a + b) / 2 for a, b in pairwise(bornes)]
    traits = (
        ("-", "o", page.BLEU),
        ("--", "s", page.ORANGE),
        (":", "^", page.VERT),
        ("-.", "D", page.GRIS),
    )
    ecrits = set()
    for rang, ((valeurs, membres), (trait, marque, couleur)) in enumerate(
        zip(courbes.items(), traits, strict=False)
    ):
        # Deux courbes confondues restent visibles ; leur valeur commune s'écrit une fois.
        y = [v - 0.012 * rang for v in (*valeurs, valeurs[-1])]
        axe.step(bornes, y, where="post", color=couleur, ls=trait, lw=3)
        axe.plot(milieux, y[:-1], marque, color=couleur, ms=9, label=" et ".join(membres))
        for i, (x, valeur) in enumerate(zip(milieux, valeurs, strict=True)):
            if (i, valeur) not in ecrits and bornes[i + 1] - bornes[i] >= 0.06:
                ecrits.add((i, valeur))
                axe.annotate(pourcent(valeur), (x, valeur), xytext=(0, 10), ha="center",
                             textcoords="offset points", fontsize=12, weight="bold")  # fmt: skip
    for seuil, libelle in ((vote.SIMPLE, "majorité\nsimple"), (vote.DEUX_TIERS, "deux\ntiers"),
                           (1.0, "unanimité")):  # fmt: skip
        axe.axvline(seuil, color=page.GRIS, lw=1, ls=(0, (2, 3)))
        axe.annotate(libelle, (seuil, 1), xycoords=("data", "axes fraction"), ha="center",
                     va="bottom", xytext=(0, 3), textcoords="offset points", fontsize=9.5)  # fmt: skip
    axe.set(
        xlim=(0.485, 1.02), ylim=(-0.06, max(tableau[list(voix)].max()) * 1.28),
        xticks=[b for b, suivante in pairwise([*bornes, 2]) if suivante - b > 0.035],
        xlabel="majorité exigée", ylabel="part du pouvoir",
    )  # fmt: skip
    axe.xaxis.set_major_formatter(lambda v, _: pourcent(v, 0))
    axe.yaxis.set_major_formatter(lambda v, _: pourcent(v, 0))
    axe.legend(loc="lower right", frameon=False, fontsize=12, bbox_to_anchor=(0.9, 1.0), ncols=2)
    page.titrer(figure, "Combien pèse chacun, selon la majorité exigée ?", y=0.945)
    morceaux = " ; ".join(
        f"de {pourcent(p['seuil_min'], 0)} à {pourcent(p['seuil_max'], 0)} : "
        + ", ".join(f"{vote.nom(m)} {pourcent(p[m])}" for m in voix)
        for p in tableau.to_dict("records")
    )
    return page.Illustration(figure, f"Part du pouvoir selon la majorité exigée : {morceaux}.")
