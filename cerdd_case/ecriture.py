"""Écrire un fichier sans en laisser une moitié, et à plusieurs sans se gêner.

Un antivirus, une synchronisation ou un tableur ouvert fait refuser un remplacement pendant un
instant : on insiste une seconde. Deux programmes qui écrivent le même fichier passent chacun leur
tour : le verrou est un fichier que le système n'accepte de créer qu'une fois.
"""

import contextlib
import errno
import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

PATIENCE = 1.0  # secondes pendant lesquelles un refus est peut-être passager
VERROU_OUBLIE = 5.0  # secondes : plus longtemps, c'est que son programme a été arrêté
CAUSES = {
    errno.EACCES: "l'écriture y est refusée",
    errno.EPERM: "l'écriture y est refusée",
    errno.EROFS: "l'écriture y est refusée",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC: "le disque est plein",
    errno.ENOENT: "le dossier n'existe pas",
    errno.ENOTDIR: "ce n'est pas un dossier",
}


def cause(erreur: OSError) -> str:
    """Pourquoi le système refuse, en français."""
    return CAUSES.get(erreur.errno, "le système refuse d'écrire")


def insister(action: Callable, patience: float = PATIENCE):
    """Le résultat de l'action ; un refus du système est retenté pendant `patience` secondes."""
    fin = time.monotonic() + patience
    while True:
        try:
            return action()
        except PermissionError:
            if time.monotonic() >= fin:
                raise
            time.sleep(0.05)


def ecrire_d_un_coup(chemin: Path, contenu: str | bytes, patience: float = PATIENCE) -> None:
    """Remplace le fichier en une fois, droits gardés ; lève `OSError` sans l'avoir touché.

    Le contenu s'écrit d'abord à côté, sous un nom unique ; une interruption l'efface.
    """
    chemin = chemin.resolve() if chemin.is_symlink() else chemin
    octets = contenu.encode() if isinstance(contenu, str) else contenu
    provisoire = chemin.with_name(f".{uuid.uuid4().hex}.provisoire")
    try:
        with provisoire.open("xb") as fichier:
            fichier.write(octets)
        with contextlib.suppress(OSError):  # pas d'ancien fichier, ou un disque sans droits
            shutil.copymode(chemin, provisoire)
        insister(lambda: os.replace(provisoire, chemin), patience)
    finally:
        with contextlib.suppress(OSError):
            provisoire.unlink(missing_ok=True)


def ecarter(chemin: Path, mot: str) -> Path:
    """Renomme un fichier (ou un dossier) qui gêne, sans rien effacer ; renvoie son nouveau nom."""
    rang = 1
    while True:
        garde = chemin.with_suffix(f".{mot}{f'-{rang}' if rang > 1 else ''}{chemin.suffix}")
        if not garde.exists():
            insister(lambda: os.rename(chemin, garde))  # noqa: B023
            return garde
        rang += 1


@contextlib.contextmanager
def verrou(chemin: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Le temps d'un bloc, personne d'autre ne tient le verrou de ce fichier.

    Lève `OSError` si le dossier refuse l'écriture. Un verrou que personne ne reprend ni ne rend
    pendant `VERROU_OUBLIE` secondes est enlevé.
    """
    cle = chemin.with_name(f"{chemin.name}.verrou")
    tenu = depuis = None
    while True:
        try:
            os.close(insister(lambda: os.open(cle, os.O_CREAT | os.O_EXCL | os.O_WRONLY), patience))
            break
        except FileExistsError:
            vu, maintenant = signature(cle), time.monotonic()
            if vu is None or vu != tenu:
                tenu, depuis = vu, maintenant
            elif maintenant - depuis > VERROU_OUBLIE:
                cle.unlink(missing_ok=True)
            time.sleep(0.005)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            insister(lambda: cle.unlink(missing_ok=True))


def signature(chemin: Path) -> tuple | None:
    """Ce qui change quand un fichier est refait ; None s'il n'est plus là."""
    try:
        etat = chemin.stat()
    except OSError:
        return None
    return etat.st_ino, etat.st_mtime_ns, etat.st_size
