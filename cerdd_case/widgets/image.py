"""Montrer dans un atelier une figure vive, une image, une phrase."""

from typing import Any

import anywidget
import traitlets as t

from ..figures.mise_en_page import Illustration
from ..figures.vive import FigureVive
from ..questions.exercice import image_html
from .curseur import PAGES
from .texte import Texte


def avec_fixe(vue: Any, fixe: dict) -> tuple[dict, dict]:
    """La vue d'un widget et ses métadonnées, avec ce qui se lit là où elle ne s'ouvre pas."""
    donnees, metadonnees = vue if isinstance(vue, tuple) else (vue or {}, {})
    return {**donnees, **fixe}, metadonnees


class ImageVive(anywidget.AnyWidget):
    """Une figure vive peinte par le navigateur, avec un texte de remplacement à jour.

    Les dimensions sont fixes : rien ne saute. `rang` compte les images envoyées.
    """

    _esm = PAGES / "image.js"
    _css = PAGES / "commun.css"

    fond: t.List = t.List().tag(sync=True)
    devant: t.List = t.List().tag(sync=True)
    alternative = Texte("").tag(sync=True)
    taille = t.List([1000, 430]).tag(sync=True)
    rang = t.Int(0).tag(sync=True)

    def __init__(self, figure: FigureVive):
        self.figure_vive = figure
        super().__init__(taille=list(figure.figure.canvas.get_width_height()))

    def montrer(self, *donnees: Any) -> None:
        """Déplace les éléments mobiles selon les données et envoie ce qui a changé, d'un coup."""
        alternative = self.figure_vive.actualiser(*donnees)
        with self.hold_sync():
            self.rang += 1
            self.alternative = alternative
            self.fond = self.figure_vive.fond()
            self.devant = self.figure_vive.devant()

    def close(self) -> None:
        """Rend aussi la figure et les images : IPython garde l'atelier dans son historique."""
        super().close()
        del self.figure_vive
        self.fond, self.devant = [], []


class Annonce(anywidget.AnyWidget):
    """Un texte HTML, à la typographie française ; les lecteurs d'écran annoncent ses changements."""

    _esm = PAGES / "annonce.js"
    _css = PAGES / "commun.css"

    html = Texte("").tag(sync=True)
    role = t.Unicode("status").tag(sync=True)


class Projecteur(anywidget.AnyWidget):
    """Agrandit textes, curseurs et figures pour toute la page (mode projecteur)."""

    _esm = PAGES / "projecteur.js"
    _css = PAGES / "commun.css"

    actif = t.Bool(True).tag(sync=True)

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict, dict]:
        return avec_fixe(super()._repr_mimebundle_(**options), {"text/plain": "Mode projecteur."})


class ImageFixe(Annonce):
    """Une illustration montrée dans un atelier, avec son texte de remplacement."""

    def __init__(self) -> None:
        super().__init__(role="")

    def montrer(self, illustration: Illustration) -> None:
        """Remplace l'illustration."""
        self.html = image_html(illustration)
