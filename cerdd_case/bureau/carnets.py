"""Où sont les carnets livrés, et lesquels."""

import re
from pathlib import Path

from ..socle.erreurs import ErreurCas

NOYAU = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
COPIE = re.compile(r"\.ma-copie-\d+$")


def dossier_des_carnets() -> Path:
    """Le dossier `notebooks/` : celui du projet, ou celui que le paquet installé transporte."""
    paquet = Path(__file__).resolve().parent.parent
    for dossier in (paquet.parent / "notebooks", paquet / "notebooks"):
        if (dossier / "eleves").is_dir():
            return dossier
    raise ErreurCas(
        f"Les carnets sont introuvables (cherchés à côté de {paquet}). Réinstallez la collection."
    )


def carnets(dossier: Path) -> list[Path]:
    """Les carnets construits d'un dossier, sans les copies mises de côté."""
    return sorted(c for c in dossier.glob("*.ipynb") if not COPIE.search(c.stem))
