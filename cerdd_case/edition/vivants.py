"""Les ateliers qu'un carnet montre, et ceux qui vivent dans une page sans Python."""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass

from ..figures.mise_en_page import Illustration
from ..questions.registre import Registre
from ..socle import dossier
from ..socle.carnet import texte
from ..socle.typographie import typographier

MONTRE = re.compile(r'^cas\.(?:atelier\(\s*"(\w+)"|(\w+)\()', re.M)


@dataclass(frozen=True)
class Vivant:
    """Un atelier qui vit sans Python.

    `bloc(cas, depart)` : son HTML ; `figure(cas)` : ce qui le remplace sur papier.
    """

    bloc: Callable[[Registre, str], str]
    figure: Callable[[Registre], Illustration]

    @property
    def titre(self) -> str:
        """Ce que montre sa figure."""
        return typographier(str(self.figure.__doc__).partition("\n")[0].rstrip("."))

    def sur_papier(self, cas: Registre) -> dict:
        """Sa figure, comme la sortie d'une cellule."""
        image = self.figure(cas)
        png = base64.b64encode(image.png()).decode("ascii")
        return {"data": {"image/png": png}, "metadata": image.metadonnees}


def atelier_montre(cellule: dict) -> str | None:
    """Le nom de l'atelier qu'une cellule montre ; None si elle n'en montre pas."""
    trouve = MONTRE.search(texte(cellule["source"])) if cellule["cell_type"] == "code" else None
    nom = trouve and (trouve[1] or trouve[2])
    return nom if nom in dossier.ateliers() else None


def atelier_vivant(cellule: dict) -> Vivant | None:
    """L'atelier de cette cellule, s'il vit sans Python."""
    nom = atelier_montre(cellule)
    if nom is None or nom not in (autonomes := dossier.autonomes()):
        return None
    return Vivant(*autonomes[nom])
