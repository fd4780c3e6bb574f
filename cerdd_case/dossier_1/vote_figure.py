"""Les coalitions et le pouvoir de chacun, dessinés."""

from collections.abc import Mapping

import pandas as pd

from ..figures.mise_en_page import (
    BLEU,
    ENCRE,
    GRIS,
    ORANGE,
    VERT,
    Illustration,
    _sans_cadre,
    nouvelle_figure,
    style,
)
from ..figures.vive import FigureVive
from ..socle.nombres import pourcent
from .vote import DEUX_TIERS, SIMPLE, coalitions, majorite_requise, nom, paliers, pouvoir


class FigurePouvoir(FigureVive):
    """À gauche, les coalitions et la majorité ; à droite, les voix comparées au pouvoir.

    `actualiser(voix, seuil, montrer)` : des voix par membre (4 membres au plus, ceux qui n'ont
    pas de voix ne sont pas dessinés), la majorité exigée (part) et, si `montrer` est faux, le
    pouvoir reste caché.
    """

    MEMBRES, LIGNES = 4, 15
    MESURES = (
        ("part", "Part des voix", "white", GRIS, "////"),
        ("banzhaf", "Pouvoir, selon Banzhaf", BLEU, BLEU, ""),
        ("shapley", "Pouvoir, selon Shapley", "#dcefe4", VERT, "..."),
    )

    def construire(self):
        self.figure = nouvelle_figure(10, 4.9)
        self._construire_points(self.figure.add_axes((0.01, 0.11, 0.31, 0.70)))
        self._construire_barres(self.figure.add_axes((0.33, 0.11, 0.27, 0.70)))
        self._construire_pouvoir(self.figure.add_axes((0.645, 0.11, 0.345, 0.70)))
        self.figure.text(0.01, 0.955, "Qui peut décider avec qui ?", fontsize=13, weight="bold")
        self.figure.text(0.645, 0.955, "Voix et pouvoir", fontsize=13, weight="bold")
        self.figure.text(0.01, 0.035, "●  vote pour      ○  ne vote pas pour      "
                         "★  décisif : sans lui, la décision ne passe plus",
                         fontsize=11, color=ENCRE)  # fmt: skip

    def _construire_points(self, axe):
        _sans_cadre(axe)
        axe.set_xlim(0, 1)
        axe.set_ylim(1, 0)
        self.absents = axe.scatter([], [], s=60, facecolor="white", edgecolor=GRIS, lw=1.2)
        self.presents = axe.scatter([], [], s=130, color=BLEU)
        self.decisifs = axe.scatter([], [], s=270, marker="*", color=ORANGE, edgecolor=ENCRE,
                                    lw=0.8)  # fmt: skip
        self.entetes = [
            axe.text(0, -0.035, "", ha="center", va="bottom", fontsize=10, weight="bold")
            for _ in range(self.MEMBRES)
        ]
        self.mobiles += [self.absents, self.presents, self.decisifs, *self.entetes]

    def _construire_barres(self, axe):
        _sans_cadre(axe)
        axe.set_xlim(0, 1.42)
        axe.set_ylim(1, 0)
        self.barres = [axe.barh(0, 0, 0.03, lw=1.2)[0] for _ in range(self.LIGNES)]
        self.totaux = [axe.text(0, 0, "", va="center", fontsize=11) for _ in self.barres]
        (self.limite,) = axe.plot([0.5, 0.5], [0, 1], color=ENCRE, lw=2, ls="--")
        self.majorite = axe.text(0.5, -0.035, "", ha="center", va="bottom", fontsize=10.5,
                                 weight="bold")  # fmt: skip
        self.mobiles += [*self.barres, self.limite, *self.totaux, self.majorite]

    def _construire_pouvoir(self, axe):
        _sans_cadre(axe)
        axe.set_xlim(0, 1.34)
        axe.set_ylim(1, -0.02)
        self.mesures, self.valeurs = [], []
        for _, libelle, fond, bord, hachure in self.MESURES:
            barres = [
                axe.barh(0, 0, 0.05, facecolor=fond, edgecolor=bord, hatch=hachure, lw=1.2,
                         label=libelle if i == 0 else None)[0]
                for i in range(self.MEMBRES)
            ]  # fmt: skip
            self.mesures.append(barres)
            self.valeurs.append([axe.text(0, 0, "", va="center", fontsize=11.5) for _ in barres])
        self.noms = [
            axe.text(0, 0, "", va="bottom", fontsize=12, weight="bold") for _ in range(self.MEMBRES)
        ]
        self.secrets = [
            axe.text(0, 0, "pouvoir : ?   pariez d'abord", va="center", fontsize=11, color=GRIS)
            for _ in range(self.MEMBRES)
        ]
        axe.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), frameon=False, fontsize=10.5,
                   ncols=1, borderpad=0, labelspacing=0.25, handlelength=1.6)  # fmt: skip
        for barres, textes in zip(self.mesures, self.valeurs, strict=True):
            self.mobiles += [*barres, *textes]
        self.mobiles += [*self.noms, *self.secrets]

    def actualiser(self, voix: Mapping[str, float], seuil: float, montrer: bool = True) -> str:
        votants = {m: v for m, v in voix.items() if v > 0}
        self._nommer(list(votants))
        tableau, mesure = coalitions(votants, seuil), pouvoir(votants, seuil)
        self._placer_coalitions(list(votants), tableau, seuil, montrer)
        self._placer_pouvoir(mesure, montrer)
        return alternative_pouvoir(tableau, mesure, seuil, montrer)

    def _placer_coalitions(self, membres, tableau, seuil, montrer):
        pas = 1 / len(tableau)
        colonnes = {m: (i + 0.5) / len(membres) for i, m in enumerate(membres)}
        points = {"absents": [], "presents": [], "decisifs": []}
        for i, ligne in enumerate(tableau.itertuples()):
            y = (i + 0.5) * pas
            for membre, x in colonnes.items():
                sorte = (
                    "absents" if membre not in ligne.coalition
                    else "decisifs" if montrer and membre in ligne.decisifs
                    else "presents"
                )  # fmt: skip
                points[sorte].append((x, y))
        for sorte, places in points.items():
            getattr(self, sorte).set_offsets(places or [(-9, -9)])
        lignes = list(tableau.itertuples())
        for i in range(self.LIGNES):
            barre, total = self.barres[i], self.totaux[i]
            visible = i < len(lignes)
            barre.set_visible(visible)
            total.set_visible(visible)
            if not visible:
                continue
            ligne = lignes[i]
            y, epaisseur = (i + 0.5) * pas, min(pas * 0.62, 0.075)
            barre.set_y(y - epaisseur / 2)
            barre.set_height(epaisseur)
            barre.set_width(ligne.part)
            barre.set_facecolor(VERT if ligne.gagnante else "white")
            barre.set_edgecolor(VERT if ligne.gagnante else GRIS)
            total.set_position((1.05, y))
            total.set_text(f"{pourcent(ligne.part, 0)}\u00a0{'✔' if ligne.gagnante else '✘'}")
            total.set_color("#14663c" if ligne.gagnante else GRIS)
            total.set_weight("bold" if ligne.gagnante else "normal")
        self.limite.set_xdata([seuil, seuil])
        self.majorite.set_text(majorite_requise(seuil).replace(" des voix", "\ndes voix"))
        self.majorite.set_x(min(max(seuil, 0.45), 0.95))

    def _nommer(self, votants: list[str]):
        """Écrit les noms des votants, au-dessus des points et à côté des barres."""
        n = len(votants)
        for i in range(self.MEMBRES):
            for texte in (self.entetes[i], self.noms[i]):
                texte.set_visible(i < n)
            if i >= n:
                continue
            libelle = nom(votants[i])
            entete = libelle.replace(" ", "\n")
            if n > 3:  # la colonne est trop étroite pour le mot entier
                entete = entete.replace("Collectivités", "Collec-\ntivités")
            self.entetes[i].set_text(entete)
            self.entetes[i].set_x((i + 0.5) / n)
            self.noms[i].set_text(libelle)
            self.noms[i].set_position((0, (i + 0.28) / n))

    def _placer_pouvoir(self, mesure, montrer):
        n = len(mesure)
        pas = 1 / n
        lignes = mesure.to_dict("records")
        for i in range(self.MEMBRES):
            visible = i < n
            self.secrets[i].set_visible(visible and not montrer)
            self.secrets[i].set_position((0, (i + 0.72) * pas))
            for rang, (champ, *_) in enumerate(self.MESURES):
                barre, texte = self.mesures[rang][i], self.valeurs[rang][i]
                vue = visible and (montrer or champ == "part")
                barre.set_visible(vue)
                texte.set_visible(vue)
                if not vue:
                    continue
                ligne = lignes[i]
                y = (i + 0.42 + 0.2 * rang) * pas
                barre.set_y(y - 0.08 * pas)
                barre.set_height(0.16 * pas)
                barre.set_width(ligne[champ])
                texte.set_position((ligne[champ] + 0.02, y))
                texte.set_text(pourcent(ligne[champ], 0 if champ == "part" else 1))
                texte.set_weight("normal" if champ == "part" else "bold")


def alternative_pouvoir(
    tableau: pd.DataFrame, mesure: pd.DataFrame, seuil: float, montrer: bool = True
) -> str:
    """Le texte de remplacement des coalitions et du pouvoir."""
    gagnantes = tableau[tableau["gagnante"]]
    camps = " ; ".join(
        f"{' + '.join(nom(m) for m in c.coalition)} ({pourcent(c.part, 0)})"
        for c in gagnantes.itertuples()
    )
    if montrer:
        poids = " ; ".join(
            f"{nom(m.membre)} : {pourcent(m.part, 0)} des voix, décisif {m.decisif} fois, "
            f"pouvoir {pourcent(m.banzhaf)} selon Banzhaf et {pourcent(m.shapley)} selon Shapley"
            for m in mesure.itertuples()
        )
    else:
        poids = (
            " ; ".join(
                f"{nom(m.membre)} : {pourcent(m.part, 0)} des voix" for m in mesure.itertuples()
            )
            + " ; le pouvoir reste caché jusqu'au pari"
        )
    return (
        f"Il faut {majorite_requise(seuil)}. Coalitions gagnantes, {len(gagnantes)} sur "
        f"{len(tableau)} : {camps}. {poids}."
    )


def figure_pouvoir(voix: Mapping[str, float], seuil: float = SIMPLE) -> Illustration:
    """Les coalitions possibles et le pouvoir de chacun, pour des voix et une majorité données."""
    return FigurePouvoir().illustration(voix, seuil)


def figure_majorites(voix: Mapping[str, float]) -> Illustration:
    """Le pouvoir de chaque membre (Shapley) selon la majorité exigée."""
    tableau = paliers(voix)
    bornes = [*tableau["seuil_min"], 1.0]
    courbes: dict[tuple, list[str]] = {}
    for membre in voix:  # les membres toujours à égalité partagent une courbe
        courbes.setdefault(tuple(tableau[membre].round(9)), []).append(nom(membre))
    traits = [("-", "o", BLEU), ("--", "s", ORANGE), (":", "^", VERT), ("-.", "D", GRIS)]
    with style():
        figure = nouvelle_figure(10, 4.4)
        axe = figure.add_axes((0.085, 0.14, 0.89, 0.66))
        ecrits = set()
        for rang, ((valeurs, membres), (trait, marque, couleur)) in enumerate(
            zip(courbes.items(), traits, strict=False)
        ):
            # Deux courbes confondues restent visibles ; leur valeur commune s'écrit une fois.
            y = [v - 0.012 * rang for v in (*valeurs, valeurs[-1])]
            axe.step(bornes, y, where="post", color=couleur, ls=trait, lw=3)
            milieux = [(a + b) / 2 for a, b in zip(bornes, bornes[1:], strict=False)]
            axe.plot(milieux, y[:-1], marque, color=couleur, ms=9, label=" et ".join(membres))
            for i, (x, valeur) in enumerate(zip(milieux, valeurs, strict=True)):
                if (i, valeur) in ecrits or bornes[i + 1] - bornes[i] < 0.06:
                    continue
                ecrits.add((i, valeur))
                axe.annotate(pourcent(valeur), (x, valeur), xytext=(0, 10),
                             textcoords="offset points", ha="center", fontsize=12,
                             weight="bold")  # fmt: skip
        for seuil, libelle in ((SIMPLE, "majorité\nsimple"), (DEUX_TIERS, "deux\ntiers"),
                               (1.0, "unanimité")):  # fmt: skip
            axe.axvline(seuil, color=GRIS, lw=1, ls=(0, (2, 3)))
            axe.annotate(libelle, (seuil, 1), xycoords=("data", "axes fraction"), ha="center",
                         xytext=(0, 3), textcoords="offset points", va="bottom",
                         fontsize=9.5)  # fmt: skip
        axe.set_xlim(0.485, 1.02)
        axe.set_ylim(-0.06, max(tableau[list(voix)].max()) * 1.28)
        axe.set_xticks([b for b, suivante in zip(bornes, [*bornes[1:], 2], strict=True)
                        if suivante - b > 0.035])  # fmt: skip
        axe.xaxis.set_major_formatter(lambda v, _: pourcent(v, 0))
        axe.yaxis.set_major_formatter(lambda v, _: pourcent(v, 0))
        axe.set_xlabel("majorité exigée")
        axe.set_ylabel("part du pouvoir (Shapley)")
        axe.legend(loc="lower right", frameon=False, fontsize=12, bbox_to_anchor=(0.9, 1.0),
                   ncols=2)  # fmt: skip
        figure.text(0.01, 0.945, "Combien pèse chacun, selon la majorité exigée ?", fontsize=13,
                    weight="bold")  # fmt: skip
    morceaux = " ; ".join(
        f"de {pourcent(p.seuil_min, 0)} à {pourcent(p.seuil_max, 0)} : "
        + ", ".join(f"{nom(m)} {pourcent(getattr(p, m))}" for m in voix)
        for p in tableau.itertuples()
    )
    return Illustration(figure, f"Part du pouvoir selon la majorité exigée. {morceaux}.")
