"""Une annexe à l'écran : chercher un mot, agrandir les lettres."""

from typing import Any

import anywidget

from ..donnees.lecture import Page
from .curseur import PAGES
from .image import avec_fixe
from .texte import Texte


class PageVive(anywidget.AnyWidget):
    """Une annexe ou un document que l'on ouvre, où l'on cherche et dont on agrandit les lettres.

    `page` : ce qu'il montre. Là où les réglages n'existent pas, la même page se lit sans eux.
    """

    _esm = PAGES / "page.js"
    _css = PAGES / "commun.css"

    titre = Texte("").tag(sync=True)
    html = Texte("").tag(sync=True)

    def __init__(self, page: Page):
        self.page = page
        super().__init__(titre=page.nom, html=page.corps_html())

    def __str__(self) -> str:
        return str(self.page)

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict, dict]:
        fixe = {"text/html": self.page._repr_html_(), "text/plain": str(self.page)}
        return avec_fixe(super()._repr_mimebundle_(**options), fixe)
