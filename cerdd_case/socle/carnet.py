"""Les valeurs d'un carnet, quel que soit l'outil qui l'a enregistré."""

import re
from typing import TypeVar

IDENTIFIANT = re.compile(r"[A-Za-z0-9_-]{1,64}")
Genre = TypeVar("Genre")


def du_genre(genre: type[Genre], valeur: object) -> Genre:
    """La valeur si elle est de ce genre ; sinon, une valeur vide."""
    return valeur if isinstance(valeur, genre) else genre()


def texte(valeur: object) -> str:
    """Un texte de carnet, rangé d'un bloc ou en liste de lignes."""
    if isinstance(valeur, list):
        return "".join(v for v in valeur if isinstance(v, str))
    return du_genre(str, valeur)


def identifiant_valide(nom: object) -> bool:
    """Vrai si ce nom peut être celui d'une cellule."""
    return isinstance(nom, str) and IDENTIFIANT.fullmatch(nom) is not None


def compte(cellule: dict) -> int | None:
    """Le numéro d'exécution d'une cellule ; None si elle n'a pas été exécutée."""
    numero = cellule.get("execution_count")
    return numero if type(numero) is int and numero >= 0 else None


def pieces_jointes(cellule: dict) -> dict[str, dict]:
    """Les images collées dans une cellule, par nom."""
    pieces = du_genre(dict, cellule.get("attachments"))
    return {nom: piece for nom, piece in pieces.items() if isinstance(piece, dict)}
