"""Le réseau de l'équipe et l'heure qu'il coûte, dessinés."""

import numpy as np
from matplotlib.path import Path

from ..figures import mise_en_page as page
from ..figures.vive import FigureVive
from ..socle.nombres import heures, nombre
from .croissance import SEMAINE, Reseau

VERDICTS = {
    "tient": ("✔ la coordination tient", page.VERT, "o"),
    "déborde": ("▲ la coordination déborde", page.ORANGE, "^"),
    "impossible": ("✘ impossible", page.ROUGE, "X"),
}


class FigureCroissance(FigureVive):
    """Le réseau de communication d'un groupe, et le temps qu'il prend selon l'effectif.

    `effectif_maximal` (personnes) : le plus grand effectif que la courbe montre.
    """

    HEURES, TRACES = 42, 2000

    def __init__(self, effectif_maximal: int):
        self.effectif_maximal = effectif_maximal
        super().__init__()

    def construire(self):
        self.figure = page.nouvelle_figure(10, 4.8)
        bornes = (-1.12, 1.12)
        self.reseau = page.panneau(self.figure, (0.005, 0.02, 0.43, 0.86), bornes, bornes)
        self.reseau.set_aspect("equal")
        self.courbe = axe = self.figure.add_axes((0.535, 0.14, 0.445, 0.72))
        axe.set(xlim=(0, self.effectif_maximal), ylim=(0, self.HEURES))
        axe.set_xlabel("effectif (personnes)", fontsize=11.5)
        axe.set_ylabel("heures par semaine", fontsize=11.5)
        axe.axhline(SEMAINE, color=page.ENCRE, lw=1.4, ls=(0, (1, 1.5)))
        axe.text(0.015 * self.effectif_maximal, SEMAINE + 0.6,
                 f"la semaine entière : {heures(SEMAINE)}", va="bottom", fontsize=11)  # fmt: skip

    def actualiser(self, r: Reseau) -> str:
        compte = (
            f"{nombre(r.effectif)} personne{'s' * (r.effectif > 1)}, "
            f"{nombre(r.liens)} lien{'s' * (r.liens > 1)}"
        )
        dit, couleur, _ = VERDICTS[r.verdict]
        self.texte(self.figure, 0.02, 0.945, compte, fontsize=14, weight="bold")
        self.texte(self.figure, 0.535, 0.945, dit, fontsize=14, weight="bold", color=couleur)
        self._dessiner_reseau(r.equipes)
        self._dessiner_courbe(r)
        return f"Réseau de communication et temps de coordination. {r.phrase} Verdict : {dit[2:]}."

    def _dessiner_reseau(self, equipes: list[int]) -> None:
        n, seul, groupes = sum(equipes), len(equipes) == 1, _places(equipes)
        tous, chefs = np.concatenate(groupes), np.array([groupe[0] for groupe in groupes])
        segments, corps = np.concatenate([_deux_a_deux(g) for g in groupes]), min(12, 170 / n)
        self._relier(segments, ec=page.BLEU, alpha=0.8 if n <= 60 or not seul else 0.55,
                     lw=max(0.2, min(1.6, 22 / (n if seul else max(equipes) * 4))))  # fmt: skip
        if (rapport := len(segments) / self.TRACES) > 1.5:
            avis = f"Un lien tracé sur {nombre(rapport, 0)}."
            self.texte(self.figure, 0.02, 0.025, avis, fontsize=10)
        if not seul:
            self._relier(
                _deux_a_deux(chefs), ec=page.ORANGE, lw=max(0.25, min(2, 16 / len(equipes)))
            )
        self._marquer(tous, marker="o", ms=max(2.2, corps), color=page.ENCRE)
        if not seul:
            self._marquer(chefs, marker="s", ms=max(5, corps), color=page.ORANGE, mec=page.ENCRE)

    def _marquer(self, points: np.ndarray, **aspect) -> None:
        self.trait(self.reseau, points.real, points.imag, ls="", **aspect)

    def _relier(self, segments: np.ndarray, **aspect) -> None:
        """Un seul tracé pour tous les segments ; bien au-delà de `TRACES`, un échantillon."""
        if len(segments) > self.TRACES * 1.5:
            ordre = np.random.default_rng(0).permutation(len(segments))
            segments = segments[np.sort(ordre[: self.TRACES])]
        bouts, codes = segments.ravel(), np.tile([Path.MOVETO, Path.LINETO], len(segments))
        sommets = np.column_stack([bouts.real, bouts.imag])
        self.forme(self.reseau, sommets, codes, fill=False, **aspect)

    def _dessiner_courbe(self, r: Reseau) -> None:
        axe, maximum, limite = self.courbe, self.effectif_maximal, r.part_acceptee * SEMAINE
        _, couleur, marque = VERDICTS[r.verdict]
        self.trait(axe, [0, maximum], [limite, limite], color=page.ENCRE, lw=1.6, ls="--")
        self.trait(axe, [1, maximum], [0, (maximum - 1) * r.minutes / 60], color=page.BLEU, lw=3)
        if r.taille_equipe is not None:
            self.trait(axe, range(1, maximum + 1), r.heures_par_effectif[:maximum],
                       color=page.ORANGE, lw=3, ls="-.")  # fmt: skip
        a_droite = r.effectif > maximum * 0.6
        blanc = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        if limite < SEMAINE - 2.5:
            self.texte(axe, maximum * (0.6 if a_droite else 1), limite + 0.7, va="bottom",
                       texte=f"votre limite : {heures(limite)}", ha="right", fontsize=11,
                       bbox=blanc)  # fmt: skip
        haut, depasse = min(r.heures, self.HEURES), " ↑" * (r.heures > self.HEURES)
        self.texte(axe, r.effectif + (-0.035 if a_droite else 0.035) * maximum,
                   min(max(haut, 1.2), self.HEURES - 1.2), heures(r.heures) + depasse,
                   color=couleur, ha="right" if a_droite else "left", fontsize=12.5, weight="bold",
                   bbox={**blanc, "alpha": 0.9})  # fmt: skip
        self.trait(axe, [r.effectif], [haut], marker=marque, ls="", color=couleur, mec="white",
                   ms=13, mew=1.5, clip_on=False)  # fmt: skip


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
