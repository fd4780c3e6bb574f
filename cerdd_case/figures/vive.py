"""Les figures dont une partie change à chaque geste."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.lines import Line2D
from matplotlib.markers import TICKDOWN, TICKLEFT
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform, Transform
from numpy.typing import ArrayLike

from .mise_en_page import ENCRE, Illustration, style
from .trace import Traceur

Lieu = Axes | Figure | SubFigure  # là où l'on dessine
ORIGINE = IdentityTransform()
REPERES = {"bbox", "transform"}  # ce qui lie un dessin à sa place
TRACES_GARDES = 2000
RECTANGLE = (Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY)
# Ce qui ne dépend pas de la place d'un texte ou d'un rectangle.
MODELES = {Text: lambda place: (0, 0, place[2]), Rectangle: lambda place: ((0, 0), 1, 1)}


class FigureVive:
    """Une figure dont le fond se dessine une fois, et le reste à chaque geste.

    Une figure vive définit deux méthodes, qui travaillent au style de la collection :

    - `construire()` crée `self.figure` et ce qui ne change pas ; les éléments fixes à garder
      par-dessus (un plafond), ou qui suivent une échelle (un axe), vont dans `self.dessus` ;
    - `actualiser(...)` dessine le reste par `texte`, `trait`, `barre` et `forme`, et renvoie le
      texte de remplacement.

    Le dessin se lit en deux listes de commandes (voir `trace`) : `fond()`, refait seulement après
    `fond_change()`, et `devant()`, où seul ce qui a changé est recalculé.
    """

    figure: Figure

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "actualiser" in vars(cls):
            type.__setattr__(cls, "actualiser", _redessiner(cls.actualiser))

    def __init__(self) -> None:
        self.dessus: list[Artist] = []
        self._dessins: list[tuple] = []
        self._fond: list | None = None
        self._traces: dict[Hashable, tuple] = {}
        with style():
            self.construire()
        for element in self.dessus:
            element.set_animated(True)

    def construire(self) -> None:
        """Crée `self.figure` et ce qui ne change pas."""
        raise NotImplementedError

    def actualiser(self, *donnees: Any) -> str:
        """Dessine ce que disent ces données ; renvoie le texte de remplacement."""
        raise NotImplementedError

    # --- Ce qui se dessine à chaque geste ; `aspect` : les réglages de matplotlib -----------

    def texte(self, axe: Lieu, x: float, y: float, texte: str, **aspect: Any) -> None:
        """Un texte, centré en hauteur sur son point s'il n'est rien dit d'autre."""
        aspect = {"va": "center", "clip_on": False, **aspect}
        self._dessins.append((Text, axe, (x, y, texte), aspect))

    def trait(self, axe: Lieu, x: ArrayLike, y: ArrayLike, **aspect: Any) -> None:
        """Une ligne brisée, ou des marques (`marker`, `ls=""`)."""
        self._dessins.append((Line2D, axe, (x, y), aspect))

    def barre(
        self, axe: Lieu, x: float, y: float, largeur: float, hauteur: float, **aspect: Any
    ) -> None:
        """Un rectangle, depuis son coin."""
        self._dessins.append((Rectangle, axe, ((x, y), largeur, hauteur), aspect))

    def barres(self, axe: Lieu, places: ArrayLike, **aspect: Any) -> None:
        """Des rectangles du même aspect, d'un seul tracé : `places` (x, y, largeur, hauteur)."""
        x, y, largeurs, hauteurs = np.asarray(places, dtype=float).reshape(-1, 4).T
        a_droite, en_haut = x + largeurs, y + hauteurs
        coins = (x, y), (a_droite, y), (a_droite, en_haut), (x, en_haut), (x, y)
        self.forme(axe, np.stack([np.stack(coin, 1) for coin in coins], 1).reshape(-1, 2),
                   np.tile(RECTANGLE, len(x)), **aspect)  # fmt: skip

    def forme(self, axe: Lieu, points: Any, codes: ArrayLike | None = None, **aspect: Any) -> None:
        """Un tracé libre : un polygone, ou des segments si `codes` les donne."""
        self._dessins.append((_Forme, axe, (points, codes), aspect))

    def graduer(self, axe: Axes, reperes: Mapping[float, str], debout: bool = False) -> None:
        """Les repères de l'axe du bas, ou de gauche (`debout`), et ce qui s'y lit.

        Pour une échelle qui suit les réglages : redessiner l'axe entier coûterait dix fois plus.
        """
        pied, haut = axe.get_xlim() if debout else axe.get_ylim()
        dessous = pied - 9 * (haut - pied) / (axe.bbox.width if debout else axe.bbox.height)
        places: tuple = list(reperes), [pied] * len(reperes)
        self.trait(axe, *places[:: -1 if debout else 1], ls="", ms=3.5, mew=0.8, color=ENCRE,
                   marker=TICKLEFT if debout else TICKDOWN, clip_on=False)  # fmt: skip
        for repere, texte in reperes.items():
            if debout:
                self.texte(axe, dessous, repere, texte, ha="right", va="center_baseline")
            else:
                self.texte(axe, repere, dessous, texte, ha="center", va="top")

    # --- Ce que l'on en lit -----------------------------------------------------------------

    def fond_change(self) -> None:
        """À appeler quand un élément fixe (axe, titre) a changé : tout sera redessiné."""
        self._fond = None

    def fond(self) -> list:
        """Les commandes de ce qui ne bouge pas ; la même liste tant que rien n'a changé."""
        if self._fond is None:
            self._traces = {}
            with style():
                self._fond = Traceur(self.figure).tracer(self.figure)
        return self._fond

    def devant(self) -> list:
        """Les commandes de ce que le dernier `actualiser` a dessiné, puis de `dessus`."""
        self.fond()
        traceur, traces = Traceur(self.figure), self._traces
        if len(traces) > TRACES_GARDES:
            traces.clear()
        reperes: dict[Lieu, Any] = {
            axe: (axe.transData if isinstance(axe, Axes) else axe.transSubfigure).frozen()
            for axe in {axe for _, axe, _, _ in self._dessins}
        }
        commandes: list[list] = []
        with style():
            for classe, axe, place, aspect in self._dessins:
                modele = place
                if mobile := classe in MODELES and not any(map(aspect.get, REPERES)):
                    # Tracé une fois pour son aspect, il suffit ensuite de le mettre à sa place.
                    modele, aspect = MODELES[classe](place), {**aspect, "transform": ORIGINE}
                cle = classe, id(axe) if mobile else _echelle(axe), _figer((modele, aspect))
                if cle not in traces:
                    element = classe(*modele, **aspect)
                    if seul := mobile and classe is Text:  # l'axe ne le place ni ne le cadre
                        element.set_figure(self.figure)
                    else:
                        axe.add_artist(element)
                    # `aspect` est gardé : un autre repère ne prendra pas son numéro.
                    traces[cle] = traceur.tracer(element), aspect
                    if not seul:
                        element.remove()
                trace = traces[cle][0]
                commandes += traceur.placer(trace, place, reperes[axe]) if mobile else trace
            for element in self.dessus:
                cle = Artist, _echelle(element.axes), id(element)
                if cle not in traces:
                    traces[cle] = traceur.tracer(element), element
                commandes += traces[cle][0]
        return commandes

    def modele(self, rang: int, texte: str = "") -> list:
        """La commande du dessin de ce rang, posé à l'origine, si c'était ce texte ou une barre.

        Pour dessiner ailleurs qu'en Python ce que le dernier `actualiser` a montré.
        """
        classe, _, _, aspect = self._dessins[rang]
        with style():
            element = classe(*MODELES[classe]((0, 0, texte)), **aspect, transform=ORIGINE)
            element.set_figure(self.figure)
            return Traceur(self.figure).tracer(element)[0]

    def illustration(self, *donnees: Any) -> Illustration:
        """L'état demandé, comme figure ordinaire : pour un carnet, une impression, un aperçu."""
        alternative = self.actualiser(*donnees)
        with style():
            for classe, axe, place, aspect in self._dessins:
                axe.add_artist(classe(*place, **aspect))
        for element in self.dessus:
            element.set_animated(False)
        return Illustration(self.figure, alternative)


def _redessiner(actualiser: Callable[..., str]) -> Callable[..., str]:
    """`actualiser`, qui repart d'une figure sans dessin et travaille au style de la collection."""

    def redessiner(self: FigureVive, *donnees: Any, **options: Any) -> str:
        self._dessins = []
        with style():
            return actualiser(self, *donnees, **options)

    return redessiner


class _Forme(PathPatch):
    def __init__(self, points: Sequence, codes: ArrayLike | None, **aspect: Any):
        if codes is None:  # matplotlib ferme un polygone sur un dernier point qu'il ignore
            points = [*points, points[0]]
        super().__init__(Path(points, codes, closed=codes is None), **aspect)


def _echelle(axe: Any) -> tuple | None:
    """Ce qui, d'un axe, change la place de ce qui s'y dessine."""
    if not hasattr(axe, "viewLim"):
        return axe and (id(axe),)
    return id(axe), *axe.viewLim.bounds


def _figer(valeur: Any) -> Hashable:
    """Ce qui décrit un dessin, comme clé : listes et tableaux deviennent des n-uplets."""
    if isinstance(valeur, str | float | int):
        return valeur
    if isinstance(valeur, dict):
        return tuple((cle, _figer(v)) for cle, v in valeur.items())
    if isinstance(valeur, list | tuple):
        return tuple(map(_figer, valeur))
    if hasattr(valeur, "tobytes"):
        return valeur.tobytes()
    return id(valeur) if isinstance(valeur, Transform) else valeur
