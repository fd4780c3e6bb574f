"""Ce que toutes les figures partagent : le style, l'illustration, la figure vive."""

import io

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

# Couleurs lisibles par tous (contraste AA sur blanc, distinctes pour les daltoniens).
BLEU, ORANGE, GRIS, ENCRE = "#1b5e9b", "#b35309", "#6b7280", "#1f2937"
VERT, ROUGE, CLAIR = "#1a7f4b", "#b3261e", "#e5e7eb"

STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "axes.edgecolor": GRIS,
    "axes.labelcolor": ENCRE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titleweight": "bold",
    "axes.titlesize": 12.5,
    "text.color": ENCRE,
    "xtick.color": ENCRE,
    "ytick.color": ENCRE,
    "hatch.linewidth": 0.8,
}
POINTS_PAR_POUCE = 100


def nouvelle_figure(largeur: float = 10, hauteur: float = 4.3) -> Figure:
    """Une figure vierge au style de la collection (pouces ; 100 points par pouce).

    Elle n'est pas confiée à pyplot : rien n'est à fermer, rien ne s'accumule.
    """
    figure = Figure(figsize=(largeur, hauteur), dpi=POINTS_PAR_POUCE, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def style():
    """Contexte à ouvrir autour de la construction d'une figure."""
    return rc_context(STYLE)


class Illustration:
    """Une figure et son texte de remplacement ; s'affiche d'elle-même dans un carnet."""

    def __init__(self, figure: Figure, alternative: str):
        self.figure = figure
        self.alternative = alternative

    def png(self, points_par_pouce: float = POINTS_PAR_POUCE) -> bytes:
        """L'image, en PNG."""
        tampon = io.BytesIO()
        self.figure.savefig(tampon, format="png", dpi=points_par_pouce, facecolor="white")
        return tampon.getvalue()

    def _ipython_display_(self):
        from html import escape

        from IPython.display import display

        display(
            {"image/png": self.png(), "text/plain": self.alternative},
            metadata={"image/png": {"alt": self.alternative}},
            raw=True,
        )
        display(
            {
                "text/html": "<details><summary>Description de la figure</summary>"
                f"<p>{escape(self.alternative)}</p></details>",
                "text/plain": self.alternative,
            },
            raw=True,
        )


class FigureVive:
    """Une figure construite une fois, dont seules quelques parties bougent.

    Une figure vive définit deux méthodes :

    - `construire()` crée la figure `self.figure` et range dans `self.mobiles` les éléments
      qui bougeront (barres, textes, lignes) ;
    - `actualiser(...)` déplace ces éléments et renvoie le texte de remplacement.

    Le fond est dessiné une seule fois ; `image()` ne redessine que les mobiles.
    """

    figure: Figure

    def __init__(self):
        self.mobiles: list = []
        self._fond = None
        with style():
            self.construire()
        for mobile in self.mobiles:
            mobile.set_animated(True)

    def construire(self) -> None:
        raise NotImplementedError

    def actualiser(self, *donnees) -> str:
        raise NotImplementedError

    def fond_change(self) -> None:
        """À appeler quand un élément fixe (axe, titre) a changé : le fond sera redessiné."""
        self._fond = None

    def image(self) -> bytes:
        """L'image actuelle en PNG, en ne dessinant que ce qui bouge."""
        toile = self.figure.canvas
        if self._fond is None:
            toile.draw()
            self._fond = toile.copy_from_bbox(self.figure.bbox)
        toile.restore_region(self._fond)
        for mobile in self.mobiles:
            (mobile.axes or self.figure).draw_artist(mobile)
        largeur, hauteur = toile.get_width_height(physical=True)
        rendu = Image.frombuffer("RGBA", (largeur, hauteur), toile.buffer_rgba(), "raw", "RGBA", 0, 1)
        tampon = io.BytesIO()
        rendu.convert("RGB").save(tampon, format="PNG", compress_level=1)
        return tampon.getvalue()

    def illustration(self, *donnees) -> Illustration:
        """L'état demandé, comme figure ordinaire : pour un carnet, une impression, un aperçu."""
        alternative = self.actualiser(*donnees)
        for mobile in self.mobiles:
            mobile.set_animated(False)
        self._fond = None
        return Illustration(self.figure, alternative)
