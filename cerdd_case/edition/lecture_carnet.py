"""Lire un carnet, quel que soit l'outil qui l'a enregistré.

Un carnet passe par bien des mains : anciens formats sans identifiants, titre ou métadonnées
perdus, texte en liste ou d'un bloc. Ce qui peut être remis d'aplomb l'est, sans que rien de tapé
ne change ; le reste se dit en une phrase, avec la commande qui le répare.
"""

import hashlib
import json
import re
from collections import Counter
from pathlib import Path

from ..socle.erreurs import ErreurCas

IDENTIFIANT = re.compile(r"[A-Za-z0-9_-]{1,64}")
GENRES_DE_CELLULE = ("code", "markdown", "raw")
NOYAU = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


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
    meta = dict(_dictionnaire(carnet.get("metadata")))
    _identifier(cellules, sceaux(meta))
    meta["title"] = _titre(meta.get("title"), cellules, chemin)
    meta["kernelspec"] = NOYAU
    meta["language_info"] = {"name": "python"} | _dictionnaire(meta.get("language_info"))
    return {"cells": cellules, "metadata": meta, "nbformat": 4, "nbformat_minor": 5}


def lire_brut(chemin: Path) -> dict:
    """Le contenu d'un carnet tel qu'il est sur le disque, au format 4 ; lève `ErreurCarnet`."""
    try:
        octets = chemin.read_bytes()
    except OSError as erreur:
        raise ErreurCarnet(chemin, f"ne peut pas être ouvert ({erreur.strerror})") from None
    if not octets.strip():
        raise ErreurCarnet(chemin, "est vide")
    try:
        carnet = json.loads(octets.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ErreurCarnet(chemin, "n'est pas en UTF-8") from None
    except (json.JSONDecodeError, RecursionError) as erreur:
        ligne = getattr(erreur, "lineno", None)
        ou = f" (la lecture s'arrête à la ligne {ligne})" if ligne else ""
        raise ErreurCarnet(chemin, f"n'est pas un carnet, ou est abîmé{ou}") from None
    if not isinstance(carnet, dict):
        raise ErreurCarnet(chemin, "n'est pas un carnet")
    version = carnet.get("nbformat", 4)
    if version in (2, 3):
        carnet = _moderniser(carnet, chemin)
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
    return len({n for n in noms if _identifiant_valide(n)}) < len(noms)


def sceau(cellule: dict) -> str:
    """Ce qui change dès que le genre ou le texte d'une cellule change."""
    contenu = f"{cellule['cell_type']}\n{texte(cellule['source'])}"
    return hashlib.sha256(contenu.encode()).hexdigest()[:12]


def sceaux(meta: dict) -> dict[str, str]:
    """Le sceau de chaque cellule, par identifiant, tel que la construction l'a noté."""
    notes = _dictionnaire(meta.get("cerdd")).get("cellules")
    lignes = notes if isinstance(notes, list) else []
    return dict(ligne.partition(" ")[::2] for ligne in lignes if isinstance(ligne, str))


def texte(valeur) -> str:
    """Un texte de carnet, rangé d'un bloc ou en liste de lignes."""
    if isinstance(valeur, list):
        return "".join(v for v in valeur if isinstance(v, str))
    return valeur if isinstance(valeur, str) else ""


def _moderniser(carnet: dict, chemin: Path) -> dict:
    import nbformat.reader

    try:
        ancien = nbformat.reader.reads(json.dumps(carnet))
        return json.loads(json.dumps(nbformat.convert(ancien, 4)))
    except Exception:  # chaque faute d'un vieux carnet a sa propre exception
        raise ErreurCarnet(chemin, "est dans un format trop ancien pour être relu") from None


def _cellule(brute, rang: int, chemin: Path) -> dict:
    if not isinstance(brute, dict) or brute.get("cell_type") not in GENRES_DE_CELLULE:
        raise ErreurCarnet(chemin, f"a une cellule {rang} illisible")
    meta = dict(_dictionnaire(brute.get("metadata")))
    if "tags" in meta:
        tags = meta["tags"] if isinstance(meta["tags"], list) else []
        meta["tags"] = [t for t in tags if isinstance(t, str)]
    if "slideshow" in meta:
        meta["slideshow"] = _dictionnaire(meta["slideshow"])
    cellule = {
        "cell_type": brute["cell_type"],
        "id": brute.get("id"),
        "metadata": meta,
        "source": texte(brute.get("source")),
    }
    if pieces := _dictionnaire(brute.get("attachments")):
        cellule["attachments"] = {n: p for n, p in pieces.items() if isinstance(p, dict)}
    if cellule["cell_type"] == "code":
        sorties = brute.get("outputs") if isinstance(brute.get("outputs"), list) else []
        cellule["outputs"] = [_sortie(s) for s in sorties if isinstance(s, dict)]
        compte = brute.get("execution_count")
        cellule["execution_count"] = compte if type(compte) is int else None
    return cellule


def _sortie(sortie: dict) -> dict:
    """Une sortie, ses textes d'un bloc ; une sortie illisible ne montre rien."""
    sortie = dict(sortie)
    if "text" in sortie:
        sortie["text"] = texte(sortie["text"])
    if "data" in sortie:
        sortie["data"] = {
            genre: valeur if isinstance(valeur, dict) else texte(valeur)
            for genre, valeur in _dictionnaire(sortie["data"]).items()
        }
    if "metadata" in sortie:
        sortie["metadata"] = _dictionnaire(sortie["metadata"])
    return sortie


def _identifiant_valide(nom) -> bool:
    return isinstance(nom, str) and IDENTIFIANT.fullmatch(nom) is not None


def _identifier(cellules: list[dict], notes: dict[str, str]) -> None:
    """Donne un identifiant à chaque cellule qui n'en a pas, ou pas à elle.

    C'est le sien, si la construction l'a noté pour ce texte ; sinon, il vient de son rang.
    """
    pris: set = set()
    for cellule in cellules:
        if not _identifiant_valide(cellule["id"]):
            cellule["id"] = None
    comptes = Counter(c["id"] for c in cellules)
    for cellule in cellules:
        nom = cellule["id"]
        if comptes[nom] > 1 and (nom in pris or notes.get(nom) != sceau(cellule)):
            cellule["id"] = None
        pris.add(cellule["id"])
    libres = [nom for nom in notes if nom not in pris and _identifiant_valide(nom)]
    for rang, cellule in enumerate(cellules, start=1):
        if cellule["id"] is None:
            marque = sceau(cellule)
            sien = next((nom for nom in libres if notes[nom] == marque), f"cellule-{rang}")
            libres = [nom for nom in libres if nom != sien]
            while sien in pris:
                sien += "-bis"
            pris.add(sien)
            cellule["id"] = sien


def _titre(titre, cellules: list[dict], chemin: Path) -> str:
    """Le titre du carnet ; à défaut son premier titre de niveau 1, ou le nom du fichier."""
    if isinstance(titre, str) and titre.strip():
        return titre
    for cellule in cellules:
        trouve = re.search(r"^#[ \t]+(.+)$", cellule["source"], re.MULTILINE)
        if cellule["cell_type"] == "markdown" and trouve:
            return re.sub(r"[*_`]", "", trouve[1]).strip()
    return re.sub(r"^\d+_", "", chemin.stem).replace("_", " ").capitalize()


def _dictionnaire(valeur) -> dict:
    return valeur if isinstance(valeur, dict) else {}
