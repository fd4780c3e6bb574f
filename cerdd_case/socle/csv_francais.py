"""Écrire un CSV qu'un tableur français ouvre d'un double clic, sans jamais lui faire exécuter rien."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

# Un tableur prend pour une formule le texte qui commence ainsi (y compris en pleine chasse).
DEBUTS_DE_FORMULE = ("=", "+", "-", "@", "−", "﹦", "﹢", "﹣", "﹫", "＝", "＋", "－", "＠")


def en_csv(lignes: Iterable[Sequence[str | Decimal]]) -> str:
    """Des lignes séparées par des points-virgules, virgule décimale.

    Un nombre est un `Decimal`, à la précision voulue ; un texte reste un texte : une apostrophe le
    précède s'il commencerait une formule.
    """
    sortie = io.StringIO()
    ecrivain = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    for ligne in lignes:
        ecrivain.writerow([_cellule(valeur) for valeur in ligne])
    return sortie.getvalue()


def decimal(valeur: float, decimales: int) -> Decimal:
    """Un nombre à `decimales` chiffres après la virgule, zéros compris."""
    return Decimal(f"{valeur:.{decimales}f}")


def _cellule(valeur: str | Decimal) -> str:
    if isinstance(valeur, Decimal):
        return str(valeur).replace(".", ",")
    formule = valeur[:1] in "\t\r\n" or _visible(valeur).startswith(DEBUTS_DE_FORMULE)
    return f"'{valeur}" if valeur and formule else valeur


def _visible(texte: str) -> str:
    """Le texte à partir de son premier signe qui se voit : ni espace, ni signe de contrôle."""
    debut = next(
        (i for i, s in enumerate(texte) if not s.isspace() and unicodedata.category(s)[0] != "C"), 0
    )
    return texte[debut:]
