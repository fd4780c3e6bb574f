"""Les indices d'une question, à l'écran : un bouton en ouvre un, puis le suivant."""

from ..questions.indices import Indices
from .atelier import Atelier
from .image import Annonce


class IndicesVifs(Atelier):
    """Rien de lui-même : chaque clic ouvre un indice de plus, gardé dans l'avancement.

    `indices` : ce qu'il ouvre. La page ne reçoit un texte qu'une fois l'indice demandé.
    """

    def __init__(self, indices: Indices):
        self.indices = indices
        super().__init__(None, indices.memoire)

    def composer(self) -> list:
        self.lus, self.suivant = Annonce(), self.bouton("", self.ouvrir)
        return [self.lus, self.suivant]

    def ouvrir(self) -> None:
        """Ouvre l'indice suivant."""
        self.indices.ouvrir(min(self.indices.rang + 1, self.indices.total))
        self.actualiser()

    def actualiser(self) -> None:
        rang, total = self.indices.rang, self.indices.total
        self.lus.html = "".join(indice.encadrer() for indice in self.indices.ouverts)
        self.suivant.description = f"Voir l'indice {rang + 1} sur {total}" if rang < total else ""
        self.suivant.layout.display = None if rang < total else "none"

    def fixe(self) -> tuple[dict, dict]:
        return {"text/html": self.indices._repr_html_(), "text/plain": str(self.indices)}, {}

    def __str__(self) -> str:
        return str(self.indices)
