"""Les deux réseaux et la surcharge, dessinés."""

import math

from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator

from ..figures import mise_en_page as page
from ..figures.vive import FigureVive
from ..socle.nombres import nombre, pourcent
from ..socle.typographie import pluriel
from .reseau import MODES, Circulation, Reseau, balayer_auteurs, circuler, lire_seuil

Points = list[tuple[float, float]]


class FigureReseau(FigureVive):
    """Deux réseaux dessinés, et ce qu'un partenaire reçoit et lit selon la part d'auteurs.

    `actualiser(reseau)` : un `Reseau`. Les courbes ne vont pas au-delà de sa part d'auteurs : la
    surcharge, et la suite, se voient quand on y arrive.
    """

    DESSINES = 20
    SURCHARGE: page.Aspect = {"facecolor": "none", "edgecolor": page.ROUGE, "hatch": "///", "lw": 0}
    COURBES: dict[str, page.Aspect] = {
        "reçus": {"color": page.ORANGE, "lw": 2.6},
        "lus et utiles": {"color": page.VERT, "lw": 2.6, "ls": "--"},
        "temps épuisé": {"color": page.ENCRE, "lw": 1.6, "ls": ":"},
        "lus avec le Web 1.0": {"color": page.BLEU, "lw": 2, "ls": "-."},
    }

    def construire(self) -> None:
        self.figure = page.nouvelle_figure(10, 4.3)
        self.etoile = self._cercle(0.005, "Web 1.0\nun vers plusieurs", page.BLEU)
        self.maille = self._cercle(0.285, "Web 2.0\nplusieurs vers plusieurs", page.ORANGE)
        axe = self.axe = self.figure.add_axes((0.615, 0.335, 0.35, 0.54))
        axe.fill([0, 0, 0], [0, 0, 0], label="non lus : surcharge", **self.SURCHARGE)
        for nom, aspect in self.COURBES.items():
            axe.plot([], [], label=nom, **aspect)
        axe.legend(loc="upper left", bbox_to_anchor=(-0.15, -0.26), ncol=2, frameon=False,
                   fontsize=10.6, columnspacing=0.9, handlelength=2.0)  # fmt: skip
        axe.set_xlim(0, 1)
        axe.yaxis.set_major_locator(MaxNLocator(integer=True))
        axe.xaxis.set_major_formatter(lambda v, _: pourcent(v, 0))
        axe.set_xlabel("partenaires qui publient")
        axe.set_title("Contenus par partenaire\net par semaine", loc="left")
        axe.yaxis.set_label_coords(0, 0)  # il n'a pas de nom : ne pas chercher où l'écrire
        self.dessus.append(axe.yaxis)

    def _cercle(self, gauche: float, titre: str, couleur: str) -> Axes:
        bornes = (-1.3, 1.3), (-1.5, 1.3)
        axe = page.panneau(self.figure, (gauche, 0.14, 0.265, 0.73), *bornes)
        axe.set_aspect("equal")
        axe.set_title(titre, color=couleur, fontsize=13)
        return axe

    def actualiser(self, reseau: Reseau) -> str:
        avant, apres = circuler(reseau)
        combien = min(reseau.partenaires, self.DESSINES)
        angles = [math.pi / 2 - 2 * math.pi * i / combien for i in range(combien)]
        points = [(math.cos(a), math.sin(a)) for a in angles]
        ecrits = max(round(combien * reseau.auteurs / reseau.partenaires), min(reseau.auteurs, 1))
        # Les auteurs sont répartis sur le cercle.
        auteurs = [points[int(i * combien / ecrits)] for i in range(ecrits)]
        lisent = reseau.partenaires - reseau.auteurs
        self._relier(self.etoile, page.BLEU, points, [],
                     f"◆ CERDD   ○ {_compte(reseau.partenaires, 'partenaire')}\n"
                     f"{_compte(avant.liens, 'lien')}")  # fmt: skip
        self._relier(self.maille, page.ORANGE, points, auteurs,
                     f"■ {_compte(reseau.auteurs, 'auteur')}   ○ {_compte(lisent, 'lecteur')}\n"
                     f"{_compte(apres.liens, 'relation possible')}")  # fmt: skip
        self._courber(reseau, avant, apres)
        return alternative_reseau(reseau)

    def _relier(
        self, axe: Axes, couleur: str, points: Points, auteurs: Points, legende: str
    ) -> None:
        centre = (0.0, 0.0)
        liens = [(de, vers) for de in (centre, *auteurs) for vers in points if de != vers]
        self.forme(axe, [point for lien in liens for point in lien],
                   [Path.MOVETO, Path.LINETO] * len(liens), fill=False, edgecolor=couleur, lw=0.9,
                   alpha=0.75)  # fmt: skip
        lecteurs = [p for p in points if p not in auteurs]
        marques: tuple[tuple[Points, page.Aspect], ...] = (
            (lecteurs, {"marker": "o", "ms": 8, "mfc": "white", "mew": 1.3}),
            (auteurs, {"marker": "s", "ms": 9.5, "mfc": page.ORANGE}),
            ([centre], {"marker": "D", "ms": 17, "mfc": page.BLEU}),
        )
        for places, aspect in marques:
            x, y = [x for x, _ in places], [y for _, y in places]
            self.trait(axe, x, y, ls="", mec=page.ENCRE, **aspect)
        self.texte(axe, 0, -1.5, legende, ha="center", va="top", fontsize=11, linespacing=1.35)

    def _courber(self, reseau: Reseau, avant: Circulation, apres: Circulation) -> None:
        courbe, capacite = balayer_auteurs(reseau)[: reseau.auteurs + 1], reseau.capacite
        haut = page.rond(max(3 * capacite, 2 * avant.recus, 6), (1, 2, 3, 4, 5, 6, 8, 10))
        self.axe.set_ylim(0, haut)
        x, recus = [i / reseau.partenaires for i in range(len(courbe))], [c.recus for c in courbe]
        premier, dernier = recus[0], recus[-1]
        if dernier > capacite:  # ce qui est reçu croît en ligne droite, jusqu'au-delà du temps
            debut = max(capacite - premier, 0) / (dernier - premier) if dernier > premier else 0
            debut, part = debut * x[-1], x[-1]
            contour = [(debut, max(capacite, premier)), (part, dernier), (part, capacite),
                       (debut, capacite)]  # fmt: skip
            self.forme(self.axe, contour, **self.SURCHARGE)
        traces: tuple = ((x, recus), (x, [c.utiles_lus for c in courbe]), ([0, 1], [capacite] * 2),
                  ([0, 1], [avant.lus] * 2))  # fmt: skip
        for trace, aspect in zip(traces, self.COURBES.values(), strict=True):
            self.trait(self.axe, *trace, **aspect)
        part = reseau.auteurs / reseau.partenaires
        self.trait(self.axe, [part, part], [0, haut], color=page.ENCRE, lw=1.2)
        for y, couleur in ((min(apres.recus, haut), page.ORANGE), (apres.utiles_lus, page.VERT)):
            self.trait(self.axe, [part], [y], ls="", marker="o", ms=8.5, mec=page.ENCRE,
                       mfc=couleur)  # fmt: skip


def _compte(combien: float, mots: str) -> str:
    return f"{nombre(combien)} {pluriel(mots, combien)}"


def alternative_reseau(reseau: Reseau) -> str:
    """Le texte de remplacement du réseau : les deux modes, ce que l'on sait du seuil de surcharge."""
    phrases = [
        f"{nom} : {_compte(c.liens, 'lien possible')}, {_compte(c.contenus, 'contenu publié')}, "
        f"{_compte(c.recus, 'reçu')} par partenaire, {_compte(round(c.lus, 1), 'lu')}, "
        f"dont {_compte(round(c.utiles_lus, 1), 'utile')}"
        for nom, c in zip(MODES, circuler(reseau), strict=True)
    ]
    return f"{'. '.join(phrases)}. {lire_seuil(reseau)}"
