"""Dans quel carnet travaille-t-on ? Le serveur le dit, ou Jupyter, ou son identité."""

import os
import sys
from pathlib import Path

from . import identite

PREMIERES: dict[Path, str] = {}  # l'identité vue la première fois à cet endroit


def carnet_ouvert() -> Path | None:
    """Le carnet dans lequel on travaille, ou None s'il n'est pas connu.

    Le serveur que lance `cerdd` dit où il est à chaque changement. Ailleurs, Jupyter ne dit que le
    nom d'ouverture : un carnet renommé depuis se retrouve à son identité.
    """
    annonce = _annonce_du_serveur()
    nom = str(annonce) if annonce else os.environ.get("JPY_SESSION_NAME", "")
    if not nom.endswith(".ipynb"):
        return None
    chemin = Path(nom) if Path(nom).is_absolute() else Path.cwd() / Path(nom).name
    trouvee = identite.identite(chemin)
    if trouvee:
        PREMIERES.setdefault(chemin, trouvee.copie)
    premiere = PREMIERES.get(chemin)
    parti = premiere and (trouvee is None or trouvee.copie != premiere)
    if parti and not (annonce and chemin.exists()):
        ailleurs = identite.chercher(chemin.parent, premiere)
        return ailleurs[0] if ailleurs else chemin
    return chemin


def noyau_jupyter():
    """L'application du noyau Jupyter où l'on est, ou None."""
    module = sys.modules.get("ipykernel.kernelapp")
    return module.IPKernelApp.instance() if module and module.IPKernelApp.initialized() else None


def _annonce_du_serveur() -> Path | None:
    """Où le serveur dit que se trouve le carnet ; voir `laboratoire.seances`."""
    noyau = noyau_jupyter()
    if noyau is None:
        return None
    try:
        fiche = Path(noyau.abs_connection_file).with_suffix(".carnet")
        return Path(os.fsdecode(fiche.read_bytes()))
    except OSError:  # un autre serveur : il n'annonce rien
        return None
