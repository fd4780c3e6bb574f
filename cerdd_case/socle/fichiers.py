"""Écrire des fichiers en entier, ou pas du tout, et à plusieurs sans se gêner.

Un antivirus, une synchronisation ou un tableur ouvert fait refuser un remplacement pendant un
instant : on insiste une seconde. Deux programmes qui écrivent le même fichier passent chacun leur
tour : le verrou est un fichier que le système n'accepte de créer qu'une fois.
"""

import contextlib
import errno
import glob
import json
import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, count
from pathlib import Path
from typing import TypeVar

from .erreurs import ErreurCas

PATIENCE = 1.0  # secondes pendant lesquelles un refus est peut-être passager
VERROU_OUBLIE = 5.0  # secondes : plus longtemps, c'est que son programme a été arrêté
RESTE_OUBLIE = 60.0  # secondes : une partie provisoire plus vieille vient d'une coupure
Resultat = TypeVar("Resultat")


def ecrire_fichiers(fichiers: Mapping[Path, str | bytes], patience: float = PATIENCE) -> None:
    """Écrit ensemble des fichiers entiers (un texte l'est en UTF-8, fins de ligne simples).

    Tout est d'abord écrit à côté, sur le disque, puis renommé, droits gardés : un disque plein,
    Ctrl+C ou une panne ne laissent ni moitié de fichier, ni partie provisoire. Une partie qu'une
    coupure de courant aurait laissée est retirée à l'écriture suivante. Lève `OSError`.
    """
    provisoires = {}
    try:
        for demande, contenu in fichiers.items():
            chemin = demande.resolve() if demande.is_symlink() else demande
            _retirer_les_restes(chemin)
            provisoires[chemin] = chemin.with_name(f".{chemin.name}.{uuid.uuid4().hex}.provisoire")
            with provisoires[chemin].open("xb") as flux:
                flux.write(contenu.encode("utf-8") if isinstance(contenu, str) else contenu)
                flux.flush()
                os.fsync(flux.fileno())
            with contextlib.suppress(OSError):  # pas d'ancien fichier, ou un disque sans droits
                shutil.copymode(chemin, provisoires[chemin])
        for chemin, provisoire in provisoires.items():
            insister(lambda: os.replace(provisoire, chemin), patience)  # noqa: B023
    finally:
        for provisoire in provisoires.values():
            with contextlib.suppress(OSError):
                provisoire.unlink(missing_ok=True)


def _retirer_les_restes(chemin: Path) -> None:
    for reste in chemin.parent.glob(f".{glob.escape(chemin.name)}.*.provisoire"):
        with contextlib.suppress(OSError):  # encore ouverte par une autre commande
            if time.time() - reste.stat().st_mtime > RESTE_OUBLIE:
                reste.unlink()


def cause(erreur: OSError) -> str:
    """La cause d'une écriture impossible, en français."""
    connues = {
        errno.ENOSPC: "le disque est plein",
        getattr(errno, "EDQUOT", None): "votre espace sur le disque est plein",
        errno.EFBIG: "le fichier est trop gros pour ce disque",
        errno.EACCES: "l'écriture y est interdite",
        errno.EPERM: "l'écriture y est interdite",
        errno.EROFS: "le disque est en lecture seule",
        errno.ENOENT: "le dossier n'existe pas",
        errno.ENOTDIR: "ce n'est pas un dossier",
        errno.EEXIST: "un fichier porte déjà ce nom",
        errno.EISDIR: "un dossier porte déjà ce nom",
        errno.ENAMETOOLONG: "le nom est trop long",
        errno.EIO: "le disque ne répond pas bien",
    }
    return connues.get(erreur.errno, f"le système répond : {erreur.strerror or erreur}")


class EcritureRefusee(ErreurCas):
    """Le disque refuse d'écrire là : pourquoi, et que faire."""

    def __init__(self, lieu: Path, erreur: OSError, remede: str):
        super().__init__(f"Impossible d'écrire dans {lieu} : {cause(erreur)}. {remede}.")


class FichierEtranger(ErreurCas):
    """Des fichiers que la collection n'a pas écrits, ou qui ont changé : elle n'y touche pas."""

    def __init__(self, chemins: Iterable[Path]):
        super().__init__(
            f"{', '.join(map(str, chemins))} n'a pas été fait par cerdd, ou a changé depuis : rien n'a "
            "été écrit. Renommez-le, ou choisissez un autre dossier avec --vers."
        )


def insister(action: Callable[[], Resultat], patience: float = PATIENCE) -> Resultat:
    """Le résultat de l'action ; un refus du système est retenté pendant `patience` secondes."""
    fin = time.monotonic() + patience
    while True:
        try:
            return action()
        except PermissionError:
            if time.monotonic() >= fin:
                raise
            time.sleep(0.05)


def ecarter(chemin: Path, mot: str) -> Path:
    """Renomme un fichier (ou un dossier) qui gêne, sans rien effacer ; renvoie son nouveau nom."""
    garde = nom_libre(chemin, mot)
    insister(lambda: os.rename(chemin, garde))
    return garde


def nom_libre(chemin: Path, mot: str) -> Path:
    """Le nom que prend ce que l'on met de côté : `x.avant.json`, puis `x.avant-2.json`…"""
    noms = (chemin.with_suffix(f".{mot}{n}{chemin.suffix}") for n in chain([""], count(-2, -1)))
    return next(nom for nom in noms if not nom.exists())


@contextlib.contextmanager
def verrou(chemin: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Le temps d'un bloc, personne d'autre ne tient le verrou de ce fichier.

    Lève `OSError` si le dossier refuse l'écriture. Un verrou que personne ne reprend ni ne rend
    pendant `VERROU_OUBLIE` secondes est enlevé.
    """
    cle = chemin.with_name(f"{chemin.name}.verrou")
    tenu, depuis = None, 0.0
    while True:
        try:
            os.close(insister(lambda: os.open(cle, os.O_CREAT | os.O_EXCL | os.O_WRONLY), patience))
            break
        except FileExistsError:
            if cle.is_dir():  # ce n'est pas un verrou : personne ne le rendra
                raise
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


def depuis_json(octets: bytes) -> dict | None:
    """L'objet qu'un fichier contient ; None s'il est abîmé ou contient autre chose."""
    try:
        contenu = json.loads(octets.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return contenu if isinstance(contenu, dict) else None


def signature(chemin: Path) -> tuple | None:
    """Ce qui change quand un fichier est refait ; None s'il n'est plus là."""
    try:
        etat = chemin.stat()
    except OSError:
        return None
    return etat.st_ino, etat.st_mtime_ns, etat.st_size
