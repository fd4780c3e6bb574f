"""Nombres à la française, dans les deux sens : `742 518,60 €` ↔ 742518.6.

- `ecriture.py` : d'une valeur à un texte (`nombre`, `euros`, `milliers`, `pourcent`, `taux`) ;
- `jetons.py`, `suites.py`, `allegement.py`, `grammaire.py`, `calcul.py` : d'un texte à une valeur,
  par des signes, des suites de chiffres, des unités, des opérations ;
- `arrets.py` : ce qui arrête la lecture, et la ligne à proposer ;
- `texte.py` : tout cela, dans l'ordre ; `saisie.py` : une valeur qui garde le texte tapé ;
- ici : `lire`, qui dit ce qui est compris ou ce qui arrête la lecture, et `lire_nombre`, qui veut
  une valeur sûre.

On lit, on dit ce qu'on a lu, et l'on demande quand on hésite : jamais deux nombres joints, jamais
une unité oubliée, jamais un point de milliers pris en silence pour une virgule.
"""

import math
from decimal import Decimal
from fractions import Fraction
from typing import SupportsFloat, cast

import numpy as np

from .arrets import EXEMPLE
from .calcul import dire
from .ecriture import MOIS, euros, heures, mesure, milliers, moment, nombre, pourcent, taux
from .saisie import ErreurSaisie, NombreSaisi, TexteSaisi
from .texte import Lecture, lire_texte

__all__ = [
    "MOIS", "ErreurSaisie", "Lecture", "NombreSaisi", "TexteSaisi", "dire", "euros", "heures", "lire",
    "lire_nombre", "mesure", "milliers", "moment", "nombre", "pourcent", "taux",
]  # fmt: skip

INFINI = "Un nombre fini est attendu : ni infini, ni valeur manquante."


def lire(saisie: object) -> Lecture:
    """Lit ce qu'une personne a donné pour un nombre : un texte, ou un nombre de Python ou NumPy.

    Ne lève jamais d'erreur : un texte ou un objet qui n'est pas un nombre a son état et sa phrase.
    """
    genre = type(saisie)  # et non isinstance : un objet peut mentir sur sa classe, ou s'en défendre
    try:
        if issubclass(genre, str):
            return lire_texte(str.__str__(saisie))
        if type(saisie) is NombreSaisi:
            return lire_texte(saisie.texte)
        if saisie is None or saisie is ...:
            return Lecture("vide", phrase=f"« {saisie} » n'est pas un nombre. {EXEMPLE}")
        if type(saisie) is np.ndarray and saisie.ndim == 0:
            return lire(saisie.item())
        if type(saisie) is tuple:
            return _lire_virgule_de_python(saisie)
        if genre in NOMBRES:
            return _lire_nombre_de_python(cast(SupportsFloat, saisie))
    except Exception:  # jamais une erreur devant un élève, même si ce module en avait une
        pass
    return Lecture("illisible", phrase=f"Cette valeur n'est pas un nombre. {EXEMPLE}")


def lire_nombre(saisie: object) -> float:
    """La valeur d'un nombre écrit par une personne, ou sa part s'il porte « % ».

    Comprend `742518.6`, `742 518,60 €` (avec n'importe quelle espace), `742 k€` (742 000),
    `23,6 %` (0,236), un calcul, et les nombres de Python ou de NumPy : voir `lire`.

    Lève `ErreurNombre`, avec la phrase à montrer, pour tout ce qui ne se lit pas d'une seule façon.
    """
    return lire(saisie).sure


# --- Les objets de Python et de NumPy --------------------------------------------------------


# Les seuls objets dont on appelle les méthodes : les autres peuvent tout faire, même tout arrêter.
NOMBRES = {int, float, Decimal, Fraction} | {
    genre for genre in np.sctypeDict.values() if np.dtype(genre).kind in "iuf"
}


def _lire_nombre_de_python(saisie: SupportsFloat) -> Lecture:
    try:
        valeur = float(saisie)
    except (OverflowError, ValueError):  # un entier démesuré, un Decimal sans valeur
        valeur = math.inf
    if not math.isfinite(valeur):
        return Lecture("illisible", phrase=INFINI)
    return Lecture("lu", valeur, ecrit=dire(Fraction(round(valeur, 6)), None))


def _lire_virgule_de_python(saisie: tuple) -> Lecture:
    """`742518,40` tapé sans guillemets : deux nombres pour Python, une virgule pour la personne."""
    proposition, conseil = None, "1040.50"
    if len(saisie) == 2 and all(type(n) is int for n in saisie) and 0 < saisie[1] < 100:
        proposition, autrement = (f"{saisie[0]}{signe}{saisie[1]}" for signe in ".,")
        conseil = f"{proposition}, ou « {autrement} »"
    # au-delà, ou à zéro, c'était peut-être un séparateur de milliers
    return Lecture(
        "illisible",
        obstacle=",",
        proposition=proposition,
        phrase="Pour Python, la virgule sépare deux nombres. Écrivez la décimale avec un point, ou "
        f"mettez le nombre entre guillemets : {conseil}.",
    )
