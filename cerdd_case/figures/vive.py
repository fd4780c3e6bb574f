"""Les figures dont seules quelques parties bougent."""

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from .mise_en_page import Illustration, style
from .trace import Traceur


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
