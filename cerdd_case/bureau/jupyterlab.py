"""Lancer JupyterLab avec des réglages propres à la collection, et l'arrêter sans rien laisser.

Les réglages de `laboratoire/commun/` (français, sans annonces, extension du serveur, noyau de cet
environnement) et de `laboratoire/ordinaire/` n'agissent que sur ce que `cerdd` lance.
"""

import contextlib
import importlib.util
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..socle.erreurs import ErreurCas
from .impression import est_root
from .laboratoire import serveur

LABORATOIRE = Path(__file__).resolve().parent / "laboratoire"
COMMUN = LABORATOIRE / "commun"
ORDINAIRE = LABORATOIRE / "ordinaire"


def environnement_jupyterlab(propre: Path | None = None) -> dict[str, str]:
    """L'environnement du serveur : des réglages propres à la collection, dans le dossier `propre`.

    Ce que la personne a déjà réglé dans Jupyter et IPython n'est ni lu ni modifié, et un JupyterLab
    lancé sans `cerdd` ne voit rien de nos réglages. Sans dossier précisé (`cerdd ouvrir`), le
    pupitre en est ; avec (`cerdd presenter`), non.
    """
    from jupyter_core.paths import jupyter_data_dir

    configuration = [COMMUN] if propre else [COMMUN, ORDINAIRE]
    donnees = filter(None, (*configuration, os.environ.get("JUPYTER_PATH")))
    propre = propre or Path(jupyter_data_dir()) / "cerdd"
    with contextlib.suppress(OSError):  # IPython prend alors un dossier provisoire
        (propre / "ipython").mkdir(parents=True, exist_ok=True)
    autres = {nom: valeur for nom, valeur in os.environ.items() if nom != "JUPYTERLAB_DIR"}
    return autres | {
        "JUPYTERLAB_SETTINGS_DIR": str(propre / "reglages"),
        "JUPYTERLAB_WORKSPACES_DIR": str(propre / "espaces"),
        "JUPYTER_CONFIG_DIR": str(propre / "configuration"),
        "JUPYTER_CONFIG_PATH": os.pathsep.join(map(str, configuration)),
        "JUPYTER_PATH": os.pathsep.join(map(str, donnees)),
        "IPYTHONDIR": str(propre / "ipython"),
        serveur.PROCESSUS_A_SUIVRE: str(os.getpid()),
    }


def lancer_jupyterlab(dossier: Path, port: int | None = None, navigateur: bool = True) -> int:
    """Lance le JupyterLab de cet environnement sur `dossier` et attend sa fin."""
    if importlib.util.find_spec("jupyterlab") is None:
        raise ErreurCas(
            "JupyterLab n'est pas installé dans cet environnement Python. "
            "Lancez « uv run cerdd » dans le dossier du projet, ou installez-le : "
            "pip install jupyterlab"
        )
    options = [f"--LabApp.default_url={serveur.ACCUEIL}", "--LabApp.log_level=ERROR"]
    commande = commande_jupyter("jupyterlab", dossier, port, navigateur, options)
    print(
        f"JupyterLab s'ouvre sur {dossier}\n"
        "Pour l'arrêter : Ctrl+C dans cette fenêtre. "
        "Si le navigateur ne s'ouvre pas, copiez-y l'adresse qui suit.",
        flush=True,
    )
    return attendre(subprocess.Popen(commande, env=environnement_jupyterlab()))


def commande_jupyter(
    module: str, dossier: Path, port: int | None, navigateur: bool, autres: Sequence[str] = ()
) -> list[str]:
    """La commande qui lance un serveur Jupyter sur `dossier` ; `autres` : ses options à lui."""
    if port is not None and not 1 <= port <= 65535:
        raise ErreurCas(f"Le port {port} n'existe pas. Choisissez un nombre de 1024 à 65535.")
    options = {
        f"--ServerApp.root_dir={dossier}": True,
        "--ServerApp.answer_yes=True": True,  # Ctrl+C arrête sans poser de question
        "--log-level=ERROR": True,
        "--allow-root": est_root(),
        f"--port={port}": port is not None,
        "--no-browser": not navigateur,
    }
    return [sys.executable, "-m", module, *(c for c, v in options.items() if v), *autres]


def attendre(processus: subprocess.Popen) -> int:
    """Attend la fin du serveur, sans pile d'appels quand la personne tape Ctrl+C.

    Le terminal envoie Ctrl+C au serveur aussi : ici, on l'ignore jusqu'à ce qu'il se soit arrêté.
    Un arrêt demandé à `cerdd`, ou la fermeture de son terminal, lui est transmis.
    """
    arrets = dict.fromkeys(signaux_d_arret(), lambda *_: processus.terminate())
    with signaux(arrets | {signal.SIGINT: signal.SIG_IGN}):
        code = processus.wait()
    # Un nombre négatif : le serveur s'est arrêté sur le signal demandé, et non sur une panne.
    return max(code, 0)


def signaux_d_arret() -> list[signal.Signals]:
    """Les signaux qui demandent un arrêt, sauf ceux qu'on a dit d'ignorer (SIGHUP, sous `nohup`)."""
    noms = ("SIGTERM", "SIGHUP", "SIGBREAK")
    connus = [getattr(signal, nom) for nom in noms if hasattr(signal, nom)]
    return [numero for numero in connus if signal.getsignal(numero) is not signal.SIG_IGN]


@contextlib.contextmanager
def signaux(actions: Mapping[signal.Signals, Any]) -> Iterator[None]:
    """Le temps d'un bloc, ces signaux ont ces effets."""
    precedents = {numero: signal.signal(numero, action) for numero, action in actions.items()}
    try:
        yield
    finally:
        for numero, precedent in precedents.items():
            signal.signal(numero, precedent)


def arret_sans_reste() -> contextlib.AbstractContextManager[None]:
    """Le temps d'un bloc, un signal d'arrêt remonte comme Ctrl+C : chacun range derrière soi."""
    return signaux(dict.fromkeys(signaux_d_arret(), signal.default_int_handler))
