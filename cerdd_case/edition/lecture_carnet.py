"""Lire un carnet, quel que soit l'outil qui l'a enregistré.

Anciens formats sans identifiants, titre ou métadonnées perdus, texte en liste ou d'un bloc : ce qui
peut être remis d'aplomb l'est, sans que rien de tapé ne change ; le reste se dit en une phrase.
"""

import contextlib
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..bureau.carnets import NOYAU
from ..socle.carnet import compte, du_genre, identifiant_valide, pieces_jointes, texte
from ..socle.erreurs import ErreurCas
from ..socle.typographie import INSECABLE


class ErreurCarnet(ErreurCas):
    """Un fichier qui n'est pas un carnet lisible."""

    def __init__(self, chemin: Path, faute: str):
        self.faute = faute
        super().__init__(
            f"{chemin.parent.name}/{chemin.name} {faute}. Pour le refaire : cerdd construire "
            "(ou réinstallez la collection)."
        )


def lire_carnet(chemin: Path) -> dict:
    """Un carnet au format 4.5, complet ; lève `ErreurCarnet`."""
    carnet = lire_brut(chemin)
    cellules = [_cellule(c, rang, chemin) for rang, c in enumerate(carnet["cells"], start=1)]
    meta = dict(du_genre(dict, carnet.get("metadata")))
    _identifier(cellules, sceaux(meta))
    meta["title"] = _titre(meta.get("title"), cellules, chemin)
    meta["kernelspec"] = NOYAU
    meta["language_info"] = {"name": "python"} | du_genre(dict, meta.get("language_info"))
    return {"cells": cellules, "metadata": meta, "nbformat": 4, "nbformat_minor": 5}


def lire_brut(chemin: Path) -> dict:
    """Le contenu d'un carnet tel qu'il est sur le disque, au format 4 ; lève `ErreurCarnet`."""
    try:
        octets = chemin.read_bytes()
        carnet = json.loads(octets.decode("utf-8-sig")) if octets.strip() else None
    except OSError as erreur:
        raise ErreurCarnet(chemin, f"ne peut pas être ouvert ({erreur.strerror})") from None
    except UnicodeDecodeError:
        raise ErreurCarnet(chemin, "n'est pas en UTF-8") from None
    except (json.JSONDecodeError, RecursionError) as erreur:
        ligne = getattr(erreur, "lineno", None)
        ou = f" (la lecture s'arrête à la ligne {ligne})" if ligne else ""
        raise ErreurCarnet(chemin, f"n'est pas un carnet, ou est abîmé{ou}") from None
    if not isinstance(carnet, dict):
        raise ErreurCarnet(chemin, "n'est pas un carnet" if octets.strip() else "est vide")
    version = carnet.get("nbformat", 4)
    if version in (2, 3):
        import nbformat.reader

        try:
            ancien = nbformat.reader.reads(json.dumps(carnet))
            carnet = json.loads(json.dumps(nbformat.convert(ancien, 4)))
        except Exception:  # chaque faute d'un vieux carnet a sa propre exception
            faute = "est dans un format trop ancien pour être relu"
            raise ErreurCarnet(chemin, faute) from None
    elif version != 4:
        raise ErreurCarnet(chemin, f"est dans un format inconnu (« nbformat : {version} »)")
    if not isinstance(carnet.get("cells"), list):
        raise ErreurCarnet(chemin, "n'est pas un carnet : il n'a pas de cellules")
    if not carnet["cells"]:
        raise ErreurCarnet(chemin, "n'a aucune cellule")
    return carnet


def sans_identifiants(carnet: dict) -> bool:
    """Un autre outil a-t-il perdu, vidé ou doublé des identifiants de cellules ?"""
    noms = [c.get("id") if isinstance(c, dict) else None for c in carnet["cells"]]
    return len({n for n in noms if identifiant_valide(n)}) < len(noms)


def sceau(cellule: dict) -> str:
    """Ce qui change dès que le genre ou le texte d'une cellule change."""
    return empreinte_du_texte(f"{cellule['cell_type']}\n{texte(cellule['source'])}")


def empreinte_du_texte(contenu: str) -> str:
    """Douze signes qui changent avec le contenu."""
    return hashlib.sha256(contenu.encode()).hexdigest()[:12]


def sceaux(meta: dict) -> dict[str, str]:
    """Le sceau de chaque cellule, par identifiant, tel que la construction l'a noté."""
    notes = du_genre(dict, meta.get("cerdd")).get("cellules")
    return dict(li.partition(" ")[::2] for li in du_genre(list, notes) if isinstance(li, str))


def debut(cellule: dict) -> str:
    """De quoi reconnaître une cellule : le début de sa première ligne."""
    return texte(cellule["source"]).strip().split("\n")[0][:50]


def lieu(nom: str, rang: int, cellule: dict) -> str:
    """Où est une cellule, pour qui la cherche : le carnet, son rang, ses premiers mots."""
    return f"{nom}, cellule {rang} (« {debut(cellule)} »)"


@contextlib.contextmanager
def situer(prefixe: str, genre: type[ErreurCas] = ErreurCas) -> Iterator[None]:
    """Le temps d'un bloc, une erreur dit d'abord où l'on est."""
    try:
        yield
    except genre as erreur:
        erreur.args = (f"{prefixe}{erreur}",)
        raise


def _cellule(brute: Any, rang: int, chemin: Path) -> dict:
    if not isinstance(brute, dict) or brute.get("cell_type") not in ("code", "markdown", "raw"):
        raise ErreurCarnet(chemin, f"a une cellule {rang} illisible")
    meta = dict(du_genre(dict, brute.get("metadata")))
    if "tags" in meta:
        meta["tags"] = [t for t in du_genre(list, meta["tags"]) if isinstance(t, str)]
    if "slideshow" in meta:
        meta["slideshow"] = du_genre(dict, meta["slideshow"])
    cellule = {
        "cell_type": brute["cell_type"],
        "id": brute.get("id"),
        "metadata": meta,
        "source": texte(brute.get("source")),
    }
    if pieces := pieces_jointes(brute):
        cellule["attachments"] = pieces
    if cellule["cell_type"] == "code":
        sorties = du_genre(list, brute.get("outputs"))
        cellule["outputs"] = [_sortie(s) for s in sorties if isinstance(s, dict)]
        cellule["execution_count"] = compte(brute)
    return cellule


def _sortie(sortie: dict) -> dict:
    """Une sortie, ses textes d'un bloc ; une sortie illisible ne montre rien."""
    donnees = du_genre(dict, sortie.get("data")).items()
    lues = {
        "text": texte(sortie.get("text")),
        "data": {genre: v if isinstance(v, dict) else texte(v) for genre, v in donnees},
        "metadata": du_genre(dict, sortie.get("metadata")),
    }
    return sortie | {cle: lues[cle] for cle in lues.keys() & sortie.keys()}


def _identifier(cellules: list[dict], notes: dict[str, str]) -> None:
    """Donne à chaque cellule qui n'en a pas à elle l'identifiant noté pour son texte, ou son rang."""
    comptes = Counter(c["id"] if identifiant_valide(c["id"]) else None for c in cellules)
    pris: set[str] = set()
    perdues = {}
    for rang, cellule in enumerate(cellules, start=1):
        nom = cellule["id"] if identifiant_valide(cellule["id"]) else None
        double = comptes[nom] > 1 and (nom in pris or notes.get(str(nom)) != sceau(cellule))
        if nom is None or double:
            perdues[rang] = cellule
        else:
            pris.add(nom)
    libres = {nom: s for nom, s in notes.items() if nom not in pris and identifiant_valide(nom)}
    for rang, cellule in perdues.items():
        marque = sceau(cellule)
        sien = next((nom for nom, s in libres.items() if s == marque), f"cellule-{rang}")
        libres.pop(sien, None)
        while sien in pris:
            sien += "-bis"
        pris.add(sien)
        cellule["id"] = sien


def _titre(titre: object, cellules: list[dict], chemin: Path) -> str:
    """Le titre du carnet ; à défaut son premier titre de niveau 1, ou le nom du fichier."""
    if isinstance(titre, str) and titre.strip():
        return titre
    for cellule in cellules:
        trouve = re.search(r"^#[ \t]+(.+)$", cellule["source"], re.MULTILINE)
        if cellule["cell_type"] == "markdown" and trouve:
            return re.sub(r"[*_`]", "", trouve[1]).replace(INSECABLE, " ").strip()
    return re.sub(r"^\d+_", "", chemin.stem).replace("_", " ").capitalize()
