"""Dans quel carnet travaille-t-on ? Le serveur le dit, ou Jupyter, ou son identité."""

import os
import sys
from pathlib import Path
from typing import Any

from . import identite

PREMIERES: dict[Path, str] = {}  # l'identité vue la première fois à cet endroit


def carnet_ouvert() -> Path | None:
    """Le carnet dans lequel on travaille, ou None s'il n'est pas connu.

    Le serveur que lance `cerdd` dit où il est à chaque changement. Ailleurs, Jupyter ne dit que le
    nom d'ouverture : un carnet renommé depuis se retrouve à son identité.
    """
    annonce = _annonce_du_serveur()[0]
    nom = annonce or os.environ.get("JPY_SESSION_NAME", "")
    if not nom.endswith(".ipynb"):
        return None
    chemin = Path(nom) if Path(nom).is_absolute() else Path.cwd() / Path(nom).name
    trouvee = identite.identite(chemin)
    if trouvee:
        PREMIERES.setdefault(chemin, trouvee.copie)
    premiere = PREMIERES.get(chemin)
    if annonce and chemin.exists():
        return chemin
    if premiere and (trouvee is None or trouvee.copie != premiere):
        ailleurs = identite.chercher(chemin.parent, premiere)
        return ailleurs[0] if ailleurs else chemin
    return chemin


def fichier_de_travail() -> Path | None:
    """Où le serveur demande d'écrire l'avancement quand le pupitre est ouvert ; None : à côté."""
    travail = _annonce_du_serveur()[1]
    return Path(travail) if travail else None


def noyau_jupyter() -> Any:
    """L'application du noyau Jupyter où l'on est, ou None."""
    module = sys.modules.get("ipykernel.kernelapp")
    return module.IPKernelApp.instance() if module and module.IPKernelApp.initialized() else None


def _annonce_du_serveur() -> tuple[str, str]:
    """Le carnet et le fichier de travail que dit le serveur, ou "" ; voir `laboratoire.seances`."""
    noyau = noyau_jupyter()
    if noyau is None:
        return "", ""
    try:
        fiche = Path(noyau.abs_connection_file).with_suffix(".carnet")
        carnet, _, travail = os.fsdecode(fiche.read_bytes()).partition("\0")
    except OSError:  # un autre serveur : il n'annonce rien
        return "", ""
    return carnet, travail
