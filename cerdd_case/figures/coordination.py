"""Les figures du dossier 3 : la cohérence, le réseau de communication, la carte de la culture."""

from math import atan2, cos, pi, sin
from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.patches import Ellipse, FancyBboxPatch, Patch, PathPatch
from matplotlib.path import Path

from ..coordination import (
    DIMENSIONS,
    SEMAINE,
    Assemblage,
    Reseau,
    heures,
    phrase_croissance,
    reseau,
)
from ..nombres import nombre
from ..verdict import ETATS
from .base import (
    BLEU,
    ENCRE,
    GRIS,
    ORANGE,
    ROUGE,
    VERT,
    FigureVive,
    Illustration,
    nouvelle_figure,
    style,
)

# --- La cohérence -----------------------------------------------------------------------

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
# Les trois côtés du triangle, d'un cadre à l'autre, dans l'ordre de `coordination.COUPLES`.
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
        self.fond_change()  # couleurs et traits changent de sens : tout est redessiné
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


# --- Le réseau de communication ---------------------------------------------------------

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


# --- La carte de la culture -------------------------------------------------------------

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

    `composantes` : le tableau de `coordination.composantes`. `actualiser` reçoit les faits à
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
        self.fond_change()
        for composante, lignes in self.lignes.items():
            ici = faits[faits["composante"] == composante]
            for i, (texte, lieu) in enumerate(lignes):
                if i < len(ici):
                    f = ici.iloc[i]
                    couleur = ETATS[f["etat"]][1] if f["etat"] in ETATS else ENCRE
                    if i == LIGNES - 1 and len(ici) > LIGNES:
                        texte.set(text=f"… et {len(ici) - i} autres faits", color=ENCRE)
                        lieu.set_text("")
                        continue
                    texte.set(text=f"{SIGNES[f['etat']]} {f['etiquette']}", color=couleur)
                    lieu.set_text(_court(f["lieu"]))
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


def _court(lieu: str) -> str:
    """« annexe 7, § 2 » devient « A7 § 2 », pour la carte."""
    return lieu.replace("annexe ", "A").replace("introduction", "intro").replace(",", "")


def alternative_culture(composantes: pd.DataFrame, faits: pd.DataFrame, silences: bool) -> str:
    """Le texte de remplacement : chaque composante, ses faits, ce que le sujet tait."""
    phrases = []
    for c in composantes.itertuples():
        ici = faits[faits["composante"] == c.composante]
        mots = {"juste": " (bien rangé)", "presque": " (à discuter)", "faux": " (à revoir)"}
        liste = " ; ".join(
            f"{f.etiquette}{mots.get(f.etat, '')}, {f.lieu}" for f in ici.itertuples()
        )
        phrases.append(f"{c.libelle} : {liste or 'aucun fait rangé'}.")
        if silences:
            phrases.append(c.silence)
    return "Carte de la culture du CERDD. " + " ".join(phrases)


def carte_complete(composantes: pd.DataFrame, faits: pd.DataFrame) -> Illustration:
    """La carte proposée par la collection : tous les faits, et les silences du sujet."""
    return FigureCulture(composantes).illustration(faits.assign(etat=faits["statut"]))


def leviers(effets: pd.DataFrame) -> Illustration:
    """De la culture à la performance : trait, conduite, effet, et le revers de chacun.

    `effets` : le tableau de `coordination.effets_de_la_culture`.
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
