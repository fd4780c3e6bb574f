"""Les figures dont seules quelques parties bougent."""

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
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

    Ce qui apparaît et disparaît se passe de pose : `actualiser` rend neufs ces éléments et les
    confie à `remplacer`.

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
        self._traces: dict[tuple, tuple] = {}
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

    def remplacer(self, nouveaux: list) -> None:
        """Ôte les mobiles de la figure ; ceux-ci, qui viennent d'y être mis, prennent leur place."""
        for element in self.mobiles:
            element.remove()
        self.mobiles = nouveaux
        for element in nouveaux:
            element.set_animated(True)

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
        traceur, traces, commandes = Traceur(self.figure), {}, []
        with style():
            for element in (*self.mobiles, *self.dessus):
                etat, change = _etat(element)
                if change or etat not in self._traces:
                    # L'élément est gardé avec son tracé : un autre ne prendra pas son numéro.
                    self._traces[etat] = traceur.tracer(element), element
                traces[etat] = self._traces[etat]
                commandes += traces[etat][0]
        self._traces = traces
        return commandes

    def illustration(self, *donnees) -> Illustration:
        """L'état demandé, comme figure ordinaire : pour un carnet, une impression, un aperçu."""
        alternative = self.actualiser(*donnees)
        for element in (*self.mobiles, *self.dessus):
            element.set_animated(False)
        return Illustration(self.figure, alternative)


def _etat(artiste) -> tuple[tuple, bool]:
    """Ce qui se voit d'un élément mobile : deux états égaux se dessinent pareil.

    Seuls les textes, les lignes et les rectangles se décrivent ; un autre élément dit lui-même
    s'il a changé depuis son dernier tracé (le second terme).
    """
    axe = artiste.axes
    vue = axe and (id(axe), axe.get_xlim(), axe.get_ylim())
    commun = type(artiste), vue, artiste.get_visible(), artiste.get_alpha()
    if type(artiste) is Text:
        place = artiste.get_position(), artiste.get_ha(), artiste.get_va(), artiste.get_rotation()
        police = hash(artiste.get_fontproperties()), artiste.get_color()
        repere = id(artiste.get_transform()), artiste.get_bbox_patch() and id(artiste)
        return (commun, artiste.get_text(), place, police, repere), False
    if type(artiste) is Line2D:
        trait = artiste.get_color(), artiste.get_linewidth(), artiste.get_linestyle()
        marque = artiste.get_marker(), artiste.get_markersize(), artiste.get_markerfacecolor()
        repere = id(artiste.get_transform()), artiste.get_xydata().tobytes()
        return (commun, repere, trait, marque), False
    if type(artiste) is Rectangle:
        aspect = artiste.get_facecolor(), artiste.get_edgecolor(), artiste.get_hatch()
        return (commun, artiste.get_bbox().bounds, aspect, artiste.get_linewidth()), False
    # … sauf un tracé libre, qui ne sait pas que sa forme a changé.
    forme = artiste.get_path().vertices.tobytes() if type(artiste) is PathPatch else None
    return (id(artiste), vue, forme), artiste.stale
