"""Un dossier de travail qui disparaît toujours : à la fin, sur un signal, ou au départ suivant.

Ces dossiers contiennent des corrigés. Leur nom porte le numéro du processus qui s'en sert : ce
qu'un arrêt brutal (coupure, `kill -9`) a laissé se reconnaît, et s'efface la fois suivante.
"""

import contextlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PREFIXE = "cerdd_provisoire_"
ESSAIS = 20  # un noyau ou un navigateur qui s'arrête peut encore écrire un instant


@contextlib.contextmanager
def dossier_provisoire() -> Iterator[Path]:
    """Un dossier vide et privé, effacé en sortant du bloc."""
    effacer_les_abandonnes()
    dossier = Path(tempfile.mkdtemp(prefix=f"{PREFIXE}{os.getpid()}_"))
    try:
        yield dossier
    finally:
        for _ in range(ESSAIS):
            shutil.rmtree(dossier, ignore_errors=True)
            if not dossier.exists():
                break
            time.sleep(0.1)


def effacer_les_abandonnes() -> None:
    """Efface les dossiers provisoires dont le processus n'existe plus."""
    for dossier in Path(tempfile.gettempdir()).glob(f"{PREFIXE}*"):
        numero = re.match(rf"{PREFIXE}(\d+)_", dossier.name)
        if numero and not dossier.is_symlink() and _abandonne(dossier, int(numero[1])):
            shutil.rmtree(dossier, ignore_errors=True)


def _abandonne(dossier: Path, numero: int) -> bool:
    """Plus de processus de ce numéro, ou un autre, né après le dossier."""
    import psutil

    try:
        etat = dossier.stat()
        a_moi = not hasattr(os, "getuid") or etat.st_uid == os.getuid()
        return a_moi and psutil.Process(numero).create_time() > etat.st_mtime + 1
    except psutil.NoSuchProcess:
        return True
    except (OSError, psutil.Error):
        return False
