"""Le réseau de l'équipe et l'heure qu'il coûte, dessinés."""

from typing import Any

import numpy as np
from matplotlib.path import Path

from ..figures import mise_en_page as page
from ..figures.vive import FigureVive
from ..socle.nombres import heures, nombre
from ..socle.typographie import pluriel

VERDICTS = {
    "tient": ("✔ dans votre limite", page.VERT, "o"),
    "déborde": ("▲ au-dessus de votre limite", page.ORANGE, "^"),
    "impossible": ("✘ impossible", page.ROUGE, "X"),
}


class FigureCroissance(FigureVive):
    """Le réseau de communication d'un groupe, et le temps qu'il prend selon l'effectif.

    `effectif_maximal` (personnes) : le plus grand effectif que la courbe montre ; `semaine` : les
    heures de travail par semaine ; `actualiser(r)` : un `croissance.Equipe`.
    """

    HEURES, TRACES = 42, 2000

    def __init__(self, effectif_maximal: int, semaine: float):
        self.effectif_maximal, self.semaine = effectif_maximal, semaine
        super().__init__()

    def construire(self) -> None:
        self.figure = page.nouvelle_figure(10, 4.8)
        bornes = (-1.12, 1.12)
        self.reseau = page.panneau(self.figure, (0.005, 0.02, 0.43, 0.86), bornes, bornes)
        self.reseau.set_aspect("equal")
        self.courbe = axe = self.figure.add_axes((0.535, 0.14, 0.445, 0.72))
        axe.set(xlim=(0, self.effectif_maximal), ylim=(0, self.HEURES))
        axe.set_xlabel("effectif (personnes)", fontsize=11.5)
        axe.set_ylabel("heures par semaine", fontsize=11.5)
        axe.axhline(self.semaine, color=page.ENCRE, lw=1.4, ls=(0, (1, 1.5)))
        axe.text(0.015 * self.effectif_maximal, self.semaine + 0.6,
                 f"la semaine entière : {heures(self.semaine)}", va="bottom", fontsize=11)  # fmt: skip

    def actualiser(self, r: Any) -> str:
        gens, fils = pluriel("personne", r.effectif), pluriel("lien", r.liens)
        compte = f"{nombre(r.effectif)} {gens}, {nombre(r.liens)} {fils}"
        dit, couleur, _ = VERDICTS[r.verdict]
        self.texte(self.figure, 0.02, 0.945, compte, fontsize=14, weight="bold")
        self.texte(self.figure, 0.535, 0.945, dit, fontsize=14, weight="bold", color=couleur)
        self._dessiner_reseau(r.effectif, r.equipes)
        self._dessiner_courbe(r)
        return f"Réseau de communication et temps de coordination. {r.phrase} Verdict : {dit[2:]}."

    def _dessiner_reseau(self, n: int, equipes: list[int]) -> None:
        groupes, corps, seul = _places(equipes), min(12, 170 / n), len(equipes) == 1
        segments = np.concatenate([_deux_a_deux(groupe) for groupe in groupes])
        epaisseur = min(1.6, 22 / (n if seul else max(equipes) * 4))
        opacite = 0.55 if seul and n > 60 else 0.8
        self._relier(segments, ec=page.BLEU, lw=max(0.2, epaisseur), alpha=opacite)
        if (rapport := len(segments) / self.TRACES) > 1.5:
            avis = f"Un lien tracé sur {nombre(rapport, 0)}."
            self.texte(self.figure, 0.02, 0.025, avis, fontsize=10)
        chefs = np.array([] if seul else [groupe[0] for groupe in groupes])
        epaisseur = min(2, 16 / len(equipes))
        self._relier(_deux_a_deux(chefs), ec=page.ORANGE, lw=max(0.25, epaisseur))
        for points, aspect in (
            (np.concatenate(groupes), {"marker": "o", "ms": max(2.2, corps), "color": page.ENCRE}),
            (chefs, {"marker": "s", "ms": max(5, corps), "color": page.ORANGE, "mec": page.ENCRE}),
        ):
            self.trait(self.reseau, points.real, points.imag, ls="", **aspect)

    def _relier(self, segments: np.ndarray, **aspect: Any) -> None:
        """Un seul tracé pour tous les segments ; bien au-delà de `TRACES`, un échantillon."""
        if len(segments) > self.TRACES * 1.5:
            ordre = np.random.default_rng(0).permutation(len(segments))
            segments = segments[np.sort(ordre[: self.TRACES])]
        bouts, codes = segments.ravel(), np.tile([Path.MOVETO, Path.LINETO], len(segments))
        sommets = np.column_stack([bouts.real, bouts.imag])
        self.forme(self.reseau, sommets, codes, fill=False, **aspect)

    def _dessiner_courbe(self, r: Any) -> None:
        axe, maximum, limite = self.courbe, self.effectif_maximal, r.part_acceptee * self.semaine
        _, couleur, marque = VERDICTS[r.verdict]
        self.trait(axe, [0, maximum], [limite, limite], color=page.ENCRE, lw=1.6, ls="--")
        self.trait(axe, [1, maximum], [0, (maximum - 1) * r.minutes / 60], color=page.BLEU, lw=3)
        if r.taille_equipe is not None:
            self.trait(axe, range(1, maximum + 1), r.heures_par_effectif[:maximum],
                       color=page.ORANGE, lw=3, ls="-.")  # fmt: skip
        sens, cote = (-1, "right") if r.effectif > maximum * 0.6 else (1, "left")
        blanc: page.Aspect = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        if limite < self.semaine - 2.5:
            x, mots = maximum * (1 if sens > 0 else 0.6), f"votre limite : {heures(limite)}"
            aspect = {"ha": "right", "va": "bottom", "fontsize": 11, "bbox": blanc}
            self.texte(axe, x, limite + 0.7, mots, **aspect)
        x, y, mots = r.effectif + sens * 0.035 * maximum, r.heures, heures(r.heures)
        if r.heures > self.HEURES:
            y, mots = self.HEURES, f"{mots} ↑"
        aspect = {"fontsize": 12.5, "weight": "bold", "bbox": {**blanc, "alpha": 0.9}}
        milieu = min(max(y, 1.2), self.HEURES - 1.2)
        self.texte(axe, x, milieu, mots, color=couleur, ha=cote, **aspect)
        aspect = {"ls": "", "mec": "white", "ms": 13, "mew": 1.5, "clip_on": False}
        self.trait(axe, [r.effectif], [y], marker=marque, color=couleur, **aspect)


# Un point du réseau est un nombre complexe : abscisse, ordonnée.


def _places(equipes: list[int]) -> list[np.ndarray]:
    """Le point de chacun, par équipe ; le premier, tourné vers le centre, est le référent."""
    n, groupes = len(equipes), []
    rayon = 1 if n == 1 else min(0.34, 0.85 * np.pi / n * 0.72)
    for i, taille in enumerate(equipes):
        angle = np.pi / 2 + 2 * np.pi * i / n
        centre = 0 if n == 1 else (1.02 - rayon) * np.exp(1j * angle)
        depart = angle if n == 1 else angle + np.pi
        angles = depart + 2 * np.pi * np.arange(taille) / taille
        groupes.append(centre + rayon * (taille > 1) * np.exp(1j * angles))
    return groupes


def _deux_a_deux(points: np.ndarray) -> np.ndarray:
    i, j = np.triu_indices(len(points), 1)
    return np.column_stack([points[i], points[j]])
