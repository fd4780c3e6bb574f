"""Les deux réseaux et la surcharge, dessinés."""

import math

from matplotlib.patches import PathPatch, Polygon
from matplotlib.path import Path

from ..figures.mise_en_page import (
    BLEU,
    ENCRE,
    ORANGE,
    ROUGE,
    VERT,
    Illustration,
    _sans_cadre,
    nouvelle_figure,
)
from ..figures.vive import FigureVive
from ..socle.nombres import nombre, pourcent
from .communication_figure import _entiers
from .reseau import (
    MODES,
    PLUSIEURS_VERS_PLUSIEURS,
    UN_VERS_PLUSIEURS,
    Reseau,
    auteurs_avant_surcharge,
    balayer_auteurs,
    circuler,
)


class FigureReseau(FigureVive):
    """Deux réseaux dessinés, et ce qu'un partenaire reçoit et lit selon la part d'auteurs."""

    DESSINES = 20

    def construire(self):
        self.figure = nouvelle_figure(10, 4.3)
        self.etoile = self._dessin((0.005, 0.14, 0.265, 0.73), "Web 1.0\nun vers plusieurs", BLEU)
        self.maille = self._dessin(
            (0.285, 0.14, 0.265, 0.73), "Web 2.0\nplusieurs vers plusieurs", ORANGE
        )
        self._courbes(self.figure.add_axes((0.615, 0.335, 0.35, 0.54)))

    def _dessin(self, place, titre, couleur):
        axe = self.figure.add_axes(place)
        axe.set_xlim(-1.3, 1.3)
        axe.set_ylim(-1.5, 1.3)
        axe.set_aspect("equal")
        _sans_cadre(axe)
        axe.set_title(titre, color=couleur, fontsize=13)
        liens = PathPatch(_traits([]), fill=False, edgecolor=couleur, lw=0.9, alpha=0.75)
        axe.add_patch(liens)
        noeud = {"ls": "", "markeredgecolor": ENCRE}
        lecteurs = axe.plot([], [], marker="o", ms=8, mfc="white", mew=1.3, **noeud)[0]
        auteurs = axe.plot([], [], marker="s", ms=9.5, mfc=ORANGE, **noeud)[0]
        centre = axe.plot([0], [0], marker="D", ms=17, mfc=BLEU, **noeud)[0]
        legende = axe.text(0, -1.5, "", ha="center", va="top", fontsize=11, linespacing=1.35)
        self.mobiles += [liens, lecteurs, auteurs, centre, legende]
        return {"liens": liens, "lecteurs": lecteurs, "auteurs": auteurs, "legende": legende}

    def _courbes(self, axe):
        self.axe = axe
        axe.set_xlim(0, 1)
        axe.yaxis.set_major_locator(_entiers())
        axe.xaxis.set_major_formatter(lambda v, _: pourcent(v, 0))
        axe.set_xlabel("partenaires qui publient")
        axe.set_title("Contenus par partenaire\net par semaine", loc="left")
        self.trop = Polygon([[0, 0], [0, 0], [0, 0]], closed=True, facecolor="none",
                            edgecolor=ROUGE, hatch="///", lw=0,
                            label="non lus : surcharge")  # fmt: skip
        axe.add_patch(self.trop)
        self.recus = axe.plot([], [], color=ORANGE, lw=2.6, label="reçus")[0]
        self.utiles = axe.plot([], [], color=VERT, lw=2.6, ls="--", label="lus et utiles")[0]
        self.capacite = axe.plot([], [], color=ENCRE, lw=1.6, ls=":",
                                 label="temps épuisé")[0]  # fmt: skip
        self.avant = axe.plot([], [], color=BLEU, lw=2, ls="-.", label="lus avec le Web 1.0")[0]
        self.ici = axe.plot([], [], color=ENCRE, lw=1.2)[0]
        point = {"ls": "", "marker": "o", "ms": 8.5, "markeredgecolor": ENCRE}
        self.point_recus = axe.plot([], [], mfc=ORANGE, **point)[0]
        self.point_utiles = axe.plot([], [], mfc=VERT, **point)[0]
        self.mobiles += [axe.yaxis, self.trop, self.recus, self.utiles, self.capacite, self.avant, self.ici,
                         self.point_recus, self.point_utiles]  # fmt: skip
        axe.legend(loc="upper left", bbox_to_anchor=(-0.15, -0.26), ncol=2, frameon=False,
                   fontsize=10.6, columnspacing=0.9, handlelength=2.0)  # fmt: skip

    def actualiser(self, reseau: Reseau) -> str:
        avant = circuler(reseau, UN_VERS_PLUSIEURS)
        apres = circuler(reseau, PLUSIEURS_VERS_PLUSIEURS)
        self._placer(reseau)
        n = nombre(reseau.partenaires)
        self.etoile["legende"].set_text(f"◆ CERDD   ○ {n} partenaires\n{nombre(avant.liens)} liens")
        self.maille["legende"].set_text(
            f"■ {nombre(reseau.auteurs)} auteurs   "
            f"○ {nombre(reseau.partenaires - reseau.auteurs)} lecteurs\n"
            f"{nombre(apres.liens)} relations possibles"
        )
        self._courber(reseau, avant, apres)
        return alternative_reseau(reseau)

    def _placer(self, reseau: Reseau):
        combien = min(reseau.partenaires, self.DESSINES)
        angles = [math.pi / 2 - 2 * math.pi * i / combien for i in range(combien)]
        points = [(math.cos(a), math.sin(a)) for a in angles]
        ecrits = round(combien * reseau.auteurs / reseau.partenaires)
        if reseau.auteurs:
            ecrits = max(ecrits, 1)
        # Les auteurs sont répartis sur le cercle.
        rangs = {int(i * combien / ecrits) for i in range(ecrits)} if ecrits else set()
        auteurs = [p for i, p in enumerate(points) if i in rangs]
        lecteurs = [p for i, p in enumerate(points) if i not in rangs]
        centre = (0.0, 0.0)
        rayons = [(centre, p) for p in points]
        self.etoile["liens"].set_path(_traits(rayons))
        self.etoile["lecteurs"].set_data(*_colonnes(points))
        self.maille["liens"].set_path(
            _traits(rayons + [(a, p) for a in auteurs for p in points if p != a])
        )
        self.maille["lecteurs"].set_data(*_colonnes(lecteurs))
        self.maille["auteurs"].set_data(*_colonnes(auteurs))

    def _courber(self, reseau: Reseau, avant, apres):
        courbe = balayer_auteurs(reseau)
        x, recus = list(courbe["part_auteurs"]), list(courbe["recus"])
        haut = _borne(max(3 * reseau.capacite, 2 * avant.recus, 6))
        self.axe.set_ylim(0, haut)
        self.recus.set_data(x, recus)
        self.utiles.set_data(x, list(courbe["utiles_lus"]))
        self.capacite.set_data([0, 1], [reseau.capacite] * 2)
        self.avant.set_data([0, 1], [avant.lus] * 2)
        part = reseau.auteurs / reseau.partenaires
        self.ici.set_data([part, part], [0, haut])
        self.point_recus.set_data([part], [min(apres.recus, haut)])
        self.point_utiles.set_data([part], [apres.utiles_lus])
        self.trop.set_xy(_surcharge(x, recus, reseau.capacite))


def _colonnes(points: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    """Les abscisses et les ordonnées d'une liste de points."""
    return [x for x, _ in points], [y for _, y in points]


def _traits(segments: list) -> Path:
    """Des segments en un seul tracé."""
    if not segments:
        return Path([(0, 0)], [Path.MOVETO])
    codes = [Path.MOVETO, Path.LINETO] * len(segments)
    return Path([p for segment in segments for p in segment], codes)


def _surcharge(x: list[float], recus: list[float], capacite: float) -> list[tuple[float, float]]:
    """Le contour de ce qui est reçu au-delà de la capacité, sans déborder sous elle."""
    haut, bas = [], []
    for i, (a, r) in enumerate(zip(x, recus, strict=True)):
        if r < capacite:
            continue
        if not haut and i and recus[i - 1] < capacite < r:
            part = (capacite - recus[i - 1]) / (r - recus[i - 1])
            a0 = x[i - 1] + part * (a - x[i - 1])
            haut.append((a0, capacite))
        haut.append((a, r))
        bas.append((a, capacite))
    return [*haut, *reversed(bas)] if len(haut) > 1 else [(0, 0)] * 3


def _borne(valeur: float) -> float:
    """Une borne d'axe ronde (1, 2, 5 fois une puissance de dix), au moins égale à la valeur."""
    ordre = 10 ** math.floor(math.log10(valeur))
    return next(m * ordre for m in (1, 2, 3, 4, 5, 6, 8, 10) if m * ordre >= valeur - 1e-9)


def alternative_reseau(reseau: Reseau) -> str:
    """Le texte de remplacement du réseau : les deux modes, le seuil de surcharge."""
    phrases = []
    for mode, nom in MODES.items():
        c = circuler(reseau, mode)
        phrases.append(
            f"{nom} : {nombre(c.liens)} liens possibles, {nombre(c.contenus)} contenus publiés, "
            f"{nombre(c.recus)} reçus par partenaire, {nombre(round(c.lus, 1))} lus, "
            f"dont {nombre(round(c.utiles_lus, 1))} utiles"
        )
    seuil = auteurs_avant_surcharge(reseau)
    fin = (
        "aucune surcharge, quelle que soit la part d'auteurs"
        if seuil is None
        else f"surcharge à partir de {nombre(seuil)} auteurs sur {nombre(reseau.partenaires)}"
    )
    return f"{'. '.join(phrases)}. Avec ces réglages : {fin}."


def figure_reseau(reseau: Reseau | None = None) -> Illustration:
    """Les deux réseaux et la courbe de surcharge, pour un réglage donné."""
    return FigureReseau().illustration(reseau or Reseau())
