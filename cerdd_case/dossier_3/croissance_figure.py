"""Le réseau de l'équipe et l'heure qu'il coûte, dessinés."""

from math import atan2, cos, pi, sin

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ..figures.mise_en_page import BLEU, ENCRE, ORANGE, ROUGE, VERT, nouvelle_figure
from ..figures.vive import FigureVive
from ..socle.nombres import heures, nombre
from .croissance import SEMAINE, Reseau, phrase_croissance, reseau

VERDICTS = {
    "tient": ("✔ la coordination tient", VERT, "o"),
    "déborde": ("▲ la coordination déborde", ORANGE, "^"),
    "impossible": ("✘ impossible", ROUGE, "X"),
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
        self.figure = nouvelle_figure(10, 4.8)
        reseau_ = self.figure.add_axes((0.005, 0.02, 0.43, 0.86))
        reseau_.set_axis_off()
        reseau_.set_aspect("equal")
        reseau_.set_xlim(-1.12, 1.12)
        reseau_.set_ylim(-1.12, 1.12)
        self.liens = PathPatch(_segments([]), fill=False, ec=BLEU, zorder=1)
        self.liens_referents = PathPatch(_segments([]), fill=False, ec=ORANGE, zorder=2)
        reseau_.add_patch(self.liens)
        reseau_.add_patch(self.liens_referents)
        (self.personnes,) = reseau_.plot([], [], "o", color=ENCRE, zorder=3)
        (self.referents,) = reseau_.plot([], [], "s", color=ORANGE, mec=ENCRE, zorder=4)
        self.avis = self.figure.text(0.02, 0.025, "", fontsize=10, va="center")
        self.compte = self.figure.text(0.02, 0.945, "", fontsize=14, weight="bold", va="center")
        self._construire_courbe(self.figure.add_axes((0.535, 0.14, 0.445, 0.72)))
        self._montre = None  # ce que le fond montre : le réseau et le verdict

    def _construire_courbe(self, axe):
        axe.set_xlim(0, self.effectif_maximal)
        axe.set_ylim(0, self.HEURES)
        axe.set_xlabel("effectif (personnes)", fontsize=11.5)
        axe.set_ylabel("heures par semaine", fontsize=11.5)
        axe.axhline(SEMAINE, color=ENCRE, lw=1.4, ls=(0, (1, 1.5)))
        axe.text(0.015 * self.effectif_maximal, SEMAINE + 0.6, f"la semaine entière : {heures(SEMAINE)}",
                 ha="left", va="bottom", fontsize=11)  # fmt: skip
        (self.limite,) = axe.plot([], [], color=ENCRE, lw=1.6, ls="--")
        self.nom_limite = axe.text(
            self.effectif_maximal, 0, "", ha="right", va="bottom", fontsize=11,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        )  # fmt: skip
        (self.courbe,) = axe.plot([], [], color=BLEU, lw=3)
        (self.courbe_equipes,) = axe.plot([], [], color=ORANGE, lw=3, ls="-.")
        (self.point,) = axe.plot([], [], "o", ms=13, mec="white", mew=1.5, clip_on=False)
        self.nom_point = axe.text(0, 0, "", fontsize=12.5, weight="bold", va="center")
        self.verdict = self.figure.text(0.535, 0.945, "", fontsize=14, weight="bold", va="center")
        self.mobiles += [self.courbe, self.courbe_equipes, self.nom_limite, self.limite]
        self.dessus += [self.nom_point, self.point]

    def actualiser(self, r: Reseau, minutes: float, part_acceptee: float,
                   taille_equipe: int | None = None) -> str:  # fmt: skip
        # Le réseau, long à dessiner, fait partie du fond : il n'est refait que s'il change.
        if self._montre != (r.equipes, r.verdict):
            self._montre = (r.equipes, r.verdict)
            self._placer_reseau(r)
            self.verdict.set(text=VERDICTS[r.verdict][0], color=VERDICTS[r.verdict][1])
            self.fond_change()
        self._placer_courbe(r, minutes, part_acceptee, taille_equipe)
        return alternative_croissance(r, part_acceptee)

    def _placer_reseau(self, r: Reseau):
        centres, rayon = _centres(len(r.equipes))
        segments, tous, chefs = [], [], []
        for (cx, cy), taille in zip(centres, r.equipes, strict=True):
            # Le premier de l'équipe, tourné vers le centre, est le référent.
            depart = pi / 2 if len(r.equipes) == 1 else _vers_le_centre(cx, cy)
            points = [
                (cx + rayon * cos(depart + 2 * pi * i / taille),
                 cy + rayon * sin(depart + 2 * pi * i / taille))
                for i in range(taille)
            ]  # fmt: skip
            if taille == 1:
                points = [(cx, cy)]
            segments += _deux_a_deux(points)
            tous += points
            chefs.append(points[0])
        seul = len(r.equipes) == 1
        n = r.effectif
        entre_referents = [] if seul else _deux_a_deux(chefs)
        self.liens.set_path(_segments(segments))
        self.liens.set_linewidth(max(0.2, min(1.6, 22 / (n if seul else max(r.equipes) * 4))))
        self.liens.set_alpha(0.8 if n <= 60 or not seul else 0.55)
        self.liens_referents.set_path(_segments(entre_referents))
        self.liens_referents.set_linewidth(max(0.25, min(2, 16 / len(r.equipes))))
        rapport = len(segments) / self.TRACES
        self.avis.set_text(f"Un lien tracé sur {nombre(rapport, 0)}." if rapport > 1.5 else "")
        self.personnes.set_data(*zip(*tous, strict=True))
        self.personnes.set_markersize(max(2.2, min(12, 170 / n)))
        self.referents.set_data(*(zip(*chefs, strict=True) if not seul else ([], [])))
        self.referents.set_markersize(max(5, min(12, 170 / n)))
        self.compte.set_text(
            f"{nombre(n)} personne{'s' * (n > 1)}, {nombre(r.liens)} lien{'s' * (r.liens > 1)}"
        )

    def _placer_courbe(self, r, minutes, part_acceptee, taille_equipe):
        effectifs = [1, self.effectif_maximal]
        self.courbe.set_data(effectifs, [(n - 1) * minutes / 60 for n in effectifs])
        if taille_equipe is None:
            self.courbe_equipes.set_data([], [])
        else:
            x = range(1, self.effectif_maximal + 1)
            self.courbe_equipes.set_data(
                x, [reseau(n, minutes, part_acceptee, taille_equipe).heures for n in x]
            )
        limite = part_acceptee * SEMAINE
        self.limite.set_data([0, self.effectif_maximal], [limite, limite])
        _, couleur, marque = VERDICTS[r.verdict]
        haut = min(r.heures, self.HEURES)
        self.point.set_data([r.effectif], [haut])
        self.point.set(marker=marque, color=couleur, markeredgecolor="white")
        gauche = r.effectif > self.effectif_maximal * 0.6
        ecart = 0.035 * self.effectif_maximal
        self.nom_limite.set(text=f"votre limite : {heures(limite)}", y=limite + 0.7,
                            x=self.effectif_maximal * (0.6 if gauche else 1),
                            visible=limite < SEMAINE - 2.5)  # fmt: skip
        depasse = " ↑" if r.heures > self.HEURES else ""
        self.nom_point.set(
            text=heures(r.heures) + depasse, color=couleur, ha="right" if gauche else "left",
            x=r.effectif + (-ecart if gauche else ecart), y=min(max(haut, 1.2), self.HEURES - 1.2),
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.9},
        )  # fmt: skip


def _centres(equipes: int) -> tuple[list[tuple[float, float]], float]:
    """Le centre de chaque équipe et le rayon d'une équipe."""
    if equipes == 1:
        return [(0.0, 0.0)], 1.0
    rayon = min(0.34, 0.85 * pi / equipes * 0.72)
    autour = 1.02 - rayon
    angles = [pi / 2 + 2 * pi * i / equipes for i in range(equipes)]
    return [(autour * cos(a), autour * sin(a)) for a in angles], rayon


def _vers_le_centre(x: float, y: float) -> float:
    return atan2(-y, -x)


def _segments(segments: list) -> Path:
    """Un seul tracé pour tous les segments ; bien au-delà de `TRACES`, un échantillon."""
    if len(segments) > FigureCroissance.TRACES * 1.5:
        ordre = np.random.default_rng(0).permutation(len(segments))
        segments = [segments[i] for i in sorted(ordre[: FigureCroissance.TRACES])]
    if not segments:
        return Path(np.zeros((0, 2)))
    points = np.array(segments, dtype=float).reshape(-1, 2)
    return Path(points, np.tile([Path.MOVETO, Path.LINETO], len(segments)))


def _deux_a_deux(points: list) -> list:
    return [(a, b) for i, a in enumerate(points) for b in points[i + 1 :]]


def alternative_croissance(r: Reseau, part_acceptee: float) -> str:
    """Le texte de remplacement : l'effectif, les liens, le temps et le verdict."""
    return (
        "Réseau de communication et temps de coordination. "
        f"{phrase_croissance(r, part_acceptee)} Verdict : {VERDICTS[r.verdict][0][2:]}."
    )
