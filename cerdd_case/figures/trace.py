"""Enregistrer le dessin d'une figure matplotlib, pour que le navigateur le refasse.

Une image à chaque pas de curseur coûte cher : dessiner les lettres, compresser, envoyer, décoder.
Ici matplotlib calcule la place de chaque trait et de chaque texte, comme toujours, mais nous
notons ces traits au lieu de les peindre ; le navigateur les peint, nets à tous les zooms.

Un dessin est une liste de commandes, en points depuis le coin supérieur gauche :

- `["p", tracé, remplissage, trait, épaisseur, tirets, cadre, hachure]` : un tracé, écrit comme en
  SVG (« M0 0L10 5Z ») ;
- `["t", texte, x, y, angle, taille, graisse, couleur, largeur]` : un texte, posé sur sa ligne ;
- `["i", x, y, largeur, hauteur, png]` : une image, en base 64.
"""

import base64
import io
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform, Transform


class Traceur(RendererBase):
    """Un peintre de matplotlib qui note ce qu'il devrait peindre dans `commandes`."""

    def __init__(self, figure: Figure):
        super().__init__()
        self.largeur, self.hauteur = figure.canvas.get_width_height()
        self.points = figure.dpi / 72
        self.commandes: list[list] = []

    def tracer(self, artiste: Artist) -> list[list]:
        """Les commandes d'un seul élément."""
        self.commandes = []
        artiste.draw(self)
        return self.commandes

    def placer(self, modele: list[list], place: tuple, repere: Transform) -> list[list]:
        """Un texte tracé à l'origine, ou un rectangle, mis à sa place dans son repère."""
        if not modele:  # un texte vide
            return []
        if modele[0][0] == "t":
            x, y = repere.transform(place[:2])
            return [
                ["t", texte, round(float(a + x), 1), round(float(b - y), 1), *reste]
                for _, texte, a, b, *reste in modele
            ]
        (x, y), largeur, hauteur = place
        coins = [(x, y), (x + largeur, y), (x + largeur, y + hauteur), (x, y + hauteur), (x, y)]
        trace = _chemin(Path(coins, closed=True), repere, self.hauteur)
        return [["p", trace, *reste] for _, _, *reste in modele]

    # --- Ce que matplotlib demande à un peintre ------------------------------------------

    def get_canvas_width_height(self) -> tuple[float, float]:
        """La taille de la figure, en points."""
        return self.largeur, self.hauteur

    def flipy(self) -> bool:
        """Vrai : les ordonnées se comptent depuis le haut."""
        return True

    def points_to_pixels(self, points: Any) -> Any:
        """Des points d'imprimeur (un 72e de pouce) aux points de la figure."""
        return points * self.points

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        """La largeur d'un texte, sa hauteur, et ce qui descend sous sa ligne, en points."""
        return _mesurer(s, prop.copy(), ismath, self.points * 72)  # `prop` peut encore changer

    def new_gc(self) -> GraphicsContextBase:
        """De quoi noter couleur, épaisseur et cadre."""
        return GraphicsContextBase()

    def draw_path(
        self, gc: GraphicsContextBase, path: Path, transform: Transform, rgbFace: Any = None
    ) -> None:
        """Note un tracé."""
        trace = _chemin(path, transform, self.hauteur)
        if not trace:
            return
        opacite = gc.get_alpha() if gc.get_forced_alpha() else None
        epaisseur = gc.get_linewidth() * self.points
        trait = _couleur(gc.get_rgb(), opacite) if epaisseur > 0 else None
        tirets = gc.get_dashes()[1]
        if tirets is not None:
            tirets = [round(float(t) * self.points, 2) for t in np.asarray(tirets)]
        fond = None if rgbFace is None else _couleur(rgbFace, opacite)
        suite = round(epaisseur, 2), tirets, self._cadre(gc), self._hachure(gc)
        self.commandes.append(["p", trace, fond, trait, *suite])

    def draw_markers(
        self,
        gc: GraphicsContextBase,
        marker_path: Path,
        marker_trans: Transform,
        path: Path,
        trans: Transform,
        rgbFace: Any = None,
    ) -> None:
        """Toutes les marques d'une ligne en un seul tracé."""
        marque = marker_path.cleaned(marker_trans, curves=False)
        places = np.asarray(trans.transform(path.vertices))
        points = (places[:, None] + np.asarray(marque.vertices)).reshape(-1, 2)
        codes = np.tile(np.asarray(marque.codes), len(places))
        self.draw_path(gc, Path(points, codes), IdentityTransform(), rgbFace)

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        """Note un texte, posé sur sa ligne ; rien si sa place n'est pas un nombre."""
        if not np.isfinite((x, y)).all():
            return
        largeur, _, _ = self.get_text_width_height_descent(s, prop, ismath)
        graisse = prop.get_weight()
        gras = graisse in ("bold", "semibold", "heavy") or (
            isinstance(graisse, int) and graisse >= 600
        )
        self.commandes.append(
            [
                "t", s, round(float(x), 1), round(float(y), 1), float(angle),
                round(prop.get_size_in_points() * self.points, 2),
                ("italic " if prop.get_style() == "italic" else "") + ("bold" if gras else ""),
                _couleur(gc.get_rgb(), gc.get_alpha()), round(float(largeur), 1),
            ]
        )  # fmt: skip

    def draw_image(
        self, gc: GraphicsContextBase, x: float, y: float, im: Any, transform: Any = None
    ) -> None:
        """Note une image, en PNG."""
        from PIL import Image

        tampon = io.BytesIO()
        Image.fromarray(np.ascontiguousarray(im[::-1])).save(tampon, format="PNG")
        hauteur, largeur = im.shape[:2]
        png = base64.b64encode(tampon.getvalue()).decode("ascii")
        place = round(float(x), 1), round(self.hauteur - float(y) - hauteur, 1)
        self.commandes.append(["i", *place, largeur, hauteur, png])

    def _cadre(self, gc: GraphicsContextBase) -> list[float] | None:
        cadre = gc.get_clip_rectangle()
        if cadre is None:
            return None
        bornes = cadre.x0, self.hauteur - cadre.y1, cadre.width, cadre.height
        return [round(float(v), 1) for v in bornes]

    def _hachure(self, gc: GraphicsContextBase) -> list | None:
        """Motif de hachure : tracés dans un carré de côté 1, couleur et épaisseur."""
        if (hachure := gc.get_hatch()) is None:
            return None
        epaisseur = round(gc.get_hatch_linewidth() * self.points, 2)
        return [_motif(hachure), _couleur(gc.get_hatch_color(), None), epaisseur]


@lru_cache(maxsize=64)
def _motif(hachure: str) -> str:
    return _chemin(Path.hatch(hachure, 6), None, decimales=3)


def _chemin(
    path: Path, transform: Transform | None, hauteur: float | None = None, decimales: int = 1
) -> str:
    """Un tracé de matplotlib, courbes changées en segments ; `hauteur` : compter depuis le haut."""
    propre = path.cleaned(transform, remove_nans=True, curves=False)
    points, codes = np.asarray(propre.vertices), np.asarray(propre.codes)
    if hauteur is not None:
        points = np.column_stack([points[:, 0], hauteur - points[:, 1]])
    lettres = {Path.MOVETO: "M%g %g", Path.LINETO: "L%g %g", Path.CLOSEPOLY: "Z", Path.STOP: ""}
    places = points[(codes == Path.MOVETO) | (codes == Path.LINETO)].round(decimales)
    return "".join([lettres[code] for code in codes.tolist()]) % tuple(places.ravel().tolist())


@lru_cache(maxsize=4096)
def _mesurer(
    texte: str, police: FontProperties, ismath: Any, dpi: float
) -> tuple[float, float, float]:
    """La place d'un texte, comme dans l'image fixe ; mesurée une fois pour toutes les figures."""
    return RendererAgg(1, 1, dpi).get_text_width_height_descent(texte, police, ismath)


def _couleur(couleur: Any, opacite: float | None) -> str:
    return to_hex((*couleur[:3], couleur[3] if len(couleur) > 3 and opacite is None else
                   1 if opacite is None else opacite), keep_alpha=True)  # fmt: skip
