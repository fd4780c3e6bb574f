"""Un fichier de la personne qui porte le nom d'une bibliothèque la cache à Python : on le dit."""

import sys
from pathlib import Path

from .erreurs import ErreurCas

BIBLIOTHEQUES = (
    "pandas", "numpy", "matplotlib", "PIL", "ipywidgets", "anywidget", "traitlets", "csv", "html",
    "decimal", "fractions", "statistics", "random", "json",
)  # fmt: skip


def refuser_les_homonymes() -> None:
    """Lève `ErreurCas` si un fichier du dossier de travail cache une bibliothèque dont on se sert."""
    ici = Path.cwd()
    if not {"", str(ici)} & set(sys.path):
        return
    for nom in BIBLIOTHEQUES:
        charge = getattr(sys.modules.get(nom), "__file__", None)
        ailleurs = charge and Path(charge).parent != ici
        for fichier in (ici / f"{nom}.py", ici / nom / "__init__.py"):
            if fichier.is_file() and not ailleurs:
                raise ErreurCas(
                    f"« {fichier.relative_to(ici)} », à côté de votre carnet, porte le nom d'une "
                    "bibliothèque de Python et l'empêche de se charger. Renommez-le (par exemple "
                    f"mon_{nom}), puis redémarrez le noyau."
                )


refuser_les_homonymes()
