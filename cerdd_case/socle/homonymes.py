"""Un fichier de la personne qui porte le nom d'une bibliothèque la cache à Python : on le dit."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .erreurs import ErreurCas

BIBLIOTHEQUES = ("pandas", "numpy", "matplotlib", "PIL", "ipywidgets", "anywidget", "traitlets")


@contextmanager
def nommer_les_homonymes() -> Iterator[None]:
    """Autour de l'import du paquet : `ErreurCas` nomme le fichier qui cache une bibliothèque.

    Celles dont nous nous servons se cherchent d'avance ; les autres, seulement si l'import échoue.
    """
    _refuser(BIBLIOTHEQUES)
    try:
        yield
    except Exception:
        _refuser(sorted(nom for nom in sys.modules if nom != "__main__" and "." not in nom))
        raise


def _refuser(noms: Iterable[str]) -> None:
    ici = Path.cwd()
    if not {"", str(ici)} & set(sys.path):
        return
    for nom in noms:
        charge = getattr(sys.modules.get(nom), "__file__", None)
        for fichier in (ici / f"{nom}.py", ici / nom / "__init__.py"):
            if fichier.is_file() and (charge is None or Path(charge) == fichier):
                raise ErreurCas(
                    f"« {fichier.relative_to(ici)} », à côté de votre carnet, porte le nom d'une "
                    "bibliothèque de Python et l'empêche de se charger. Renommez-le (par exemple "
                    f"mon_{nom}), puis redémarrez le noyau."
                )
