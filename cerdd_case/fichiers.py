"""Écrire des fichiers en entier, ou pas du tout."""

import contextlib
import errno
import glob
import os
from collections.abc import Mapping
from pathlib import Path


def ecrire(fichiers: Mapping[Path, str | bytes]) -> None:
    """Écrit ensemble des fichiers entiers (un texte l'est en UTF-8, fins de ligne simples).

    Tout est d'abord écrit à côté, sur le disque, puis renommé : un disque plein, Ctrl+C ou une
    panne ne laissent ni moitié de fichier, ni partie provisoire. Une partie qu'une coupure de
    courant aurait laissée est retirée à l'écriture suivante. Lève `OSError`.
    """
    provisoires = {}
    try:
        for chemin, contenu in fichiers.items():
            for reste in chemin.parent.glob(f".{glob.escape(chemin.name)}.*.provisoire"):
                with contextlib.suppress(OSError):  # encore ouverte par une autre commande
                    reste.unlink()
            provisoires[chemin] = chemin.with_name(f".{chemin.name}.{os.getpid()}.provisoire")
            with provisoires[chemin].open("wb") as flux:
                flux.write(contenu.encode("utf-8") if isinstance(contenu, str) else contenu)
                flux.flush()
                os.fsync(flux.fileno())
        for chemin, provisoire in provisoires.items():
            provisoire.replace(chemin)
    finally:
        for provisoire in provisoires.values():
            with contextlib.suppress(OSError):
                provisoire.unlink()


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
