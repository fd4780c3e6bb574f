"""Ce que toutes les figures partagent : le style, l'illustration, la figure vive."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

from matplotlib import RcParams, rcParams, rcParamsDefault
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from .trace import Traceur

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
# Ce qui ne se voit pas sur une figure et appartient à la session : on n'y touche pas.
REGLAGES_DE_SESSION = ("backend", "backend_fallback", "interactive", "toolbar", "timezone")
POINTS_PAR_POUCE = 100


def _reglages() -> dict:
    """Tous les réglages de matplotlib : ceux d'origine, puis les nôtres. Validés une fois."""
    reglages = RcParams(dict(dict.items(rcParamsDefault)))
    reglages.update(STYLE)
    return {cle: v for cle, v in dict.items(reglages) if cle not in REGLAGES_DE_SESSION}


_REGLAGES = _reglages()


def nouvelle_figure(largeur: float = 10, hauteur: float = 4.3) -> Figure:
    """Une figure vierge au style de la collection (pouces ; 100 points par pouce).

    Elle n'est pas confiée à pyplot : rien n'est à fermer, rien ne s'accumule.
    """
    figure = Figure(figsize=(largeur, hauteur), dpi=POINTS_PAR_POUCE, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


@contextmanager
def style() -> Iterator[None]:
    """Contexte à ouvrir autour de la construction ou du dessin d'une figure.

    Tous les réglages de matplotlib y sont les nôtres : un style personnel (fichier matplotlibrc,
    `plt.style.use`, `rcParams`) ne change pas nos figures. Il est rendu intact à la sortie.
    `rc_context` revaliderait trois cents réglages à chaque pas de curseur : ceux-ci le sont déjà.
    """
    # `dict.items` lit sans passer par RcParams, qui chargerait pyplot pour choisir un moteur.
    avant = {cle: valeur for cle, valeur in dict.items(rcParams) if cle in _REGLAGES}
    dict.update(rcParams, _REGLAGES)
    try:
        yield
    finally:
        dict.update(rcParams, avant)


class Illustration:
    """Une figure et son texte de remplacement ; s'affiche d'elle-même dans un carnet."""

    def __init__(self, figure: Figure, alternative: str):
        self.figure = figure
        self.alternative = alternative

    def png(self, points_par_pouce: float = POINTS_PAR_POUCE) -> bytes:
        """L'image, en PNG."""
        tampon = io.BytesIO()
        with style():
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

    - `construire()` crée la figure `self.figure`, range dans `self.mobiles` les éléments qui
      bougeront (barres, textes, lignes) et dans `self.dessus` les éléments fixes à garder
      par-dessus ;
    - `actualiser(...)` déplace les mobiles et renvoie le texte de remplacement.

    Toutes deux travaillent au style de la collection, quel que soit celui de la personne.
    Le dessin se lit en deux listes de commandes (voir `trace`) : `fond()`, refait seulement quand
    un élément fixe change, et `devant()`, dont seuls les éléments qui ont bougé sont recalculés.
    """

    figure: Figure

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        if "actualiser" in vars(cls):
            cls.actualiser = style()(cls.actualiser)

    def __init__(self):
        self.mobiles: list = []
        self.dessus: list = []
        self._fond: list | None = None
        self._traces: dict[int, tuple] = {}
        with style():
            self.construire()
        for element in (*self.mobiles, *self.dessus):
            element.set_animated(True)

    def construire(self) -> None:
        raise NotImplementedError

    def actualiser(self, *donnees) -> str:
        raise NotImplementedError

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
        """Les commandes des mobiles puis des éléments fixes à garder par-dessus."""
        self.fond()
        traceur = Traceur(self.figure)
        commandes = []
        with style():
            for rang, element in enumerate((*self.mobiles, *self.dessus)):
                etat = _etat(element)
                if rang not in self._traces or self._traces[rang][0] != etat:
                    self._traces[rang] = (etat, traceur.tracer(element))
                commandes += self._traces[rang][1]
        return commandes

    def illustration(self, *donnees) -> Illustration:
        """L'état demandé, comme figure ordinaire : pour un carnet, une impression, un aperçu."""
        alternative = self.actualiser(*donnees)
        for element in (*self.mobiles, *self.dessus):
            element.set_animated(False)
        return Illustration(self.figure, alternative)


def _etat(artiste) -> tuple:
    """Ce qui se voit d'un élément mobile : deux états égaux se dessinent pareil."""
    if type(artiste) is Text:
        place = artiste.get_position(), artiste.get_rotation(), artiste.get_fontsize()
        return artiste.get_text(), place, artiste.get_color(), artiste.get_visible()
    if type(artiste) is Line2D:
        donnees = artiste.get_xydata().tobytes()
        return donnees, artiste.get_color(), artiste.get_linewidth(), artiste.get_visible()
    if type(artiste) is Rectangle:
        aspect = artiste.get_facecolor(), artiste.get_edgecolor(), artiste.get_hatch()
        return artiste.get_bbox().bounds, aspect, artiste.get_alpha(), artiste.get_visible()
    # Les autres éléments disent eux-mêmes s'ils ont changé depuis leur dernier tracé.
    return (object(),) if artiste.stale else (id(artiste),)
