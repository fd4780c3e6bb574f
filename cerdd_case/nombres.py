"""Nombres à la française, dans les deux sens : `763 316,40 €` ↔ 763316.4.

La mise en forme est celle de Babel (données CLDR) : espace fine insécable entre les
milliers, virgule décimale, espace insécable avant l'unité.
"""

import decimal
import math
import re
from functools import lru_cache

from .erreurs import ErreurNombre

LANGUE = "fr_FR"
ARRONDI = decimal.Context(prec=330, rounding=decimal.ROUND_HALF_UP)  # 12,5 s'arrondit à 13
# Les espaces, et les caractères invisibles qui viennent avec un copier-coller.
ESPACES = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]")
MOINS = str.maketrans("−–‑", "---")


def nombre(valeur: float, decimales: int | None = None, signe: bool = False) -> str:
    """Écrit un nombre : `1 040 450`, `12,5`. `decimales=None` garde deux décimales au plus.

    Une valeur manquante (nan) ou infinie s'écrit « – ».
    """
    return _ecrire(float(valeur), decimales, signe)


@lru_cache(maxsize=4096)  # d'un pas de curseur à l'autre, la plupart des nombres ne changent pas
def _ecrire(valeur: float, decimales: int | None, signe: bool) -> str:
    from babel.numbers import format_decimal

    if not math.isfinite(valeur):
        return "–"
    motif = "#,##0.##" if decimales is None else "#,##0" + ("." + "0" * decimales) * (decimales > 0)
    with decimal.localcontext(ARRONDI):
        texte = format_decimal(abs(valeur), motif, locale=LANGUE)
    if not re.search("[1-9]", texte):  # arrondi à zéro : ni « −0 », ni « +0 »
        return texte
    return ("−" if valeur < 0 else "+" if signe else "") + texte


def euros(montant: float, decimales: int | None = None, signe: bool = False) -> str:
    """Écrit un montant en euros : `1 040 450 €`, `763 316,40 €`.

    Sans précision, les centimes n'apparaissent que s'il y en a.
    """
    if decimales is None:
        entier = not math.isfinite(montant) or round(montant, 2) == round(montant)
        decimales = 0 if entier else 2
    return nombre(montant, decimales, signe) + "\u00a0€"


def milliers(montant_keur: float, signe: bool = False) -> str:
    """Écrit un montant donné en milliers d'euros : `1 036 k€`."""
    return nombre(montant_keur, signe=signe) + "\u00a0k€"


def pourcent(part: float, decimales: int = 1, signe: bool = False) -> str:
    """Écrit une part (0 à 1) en pourcentage : `21,8 %`."""
    return nombre(part * 100, decimales, signe) + "\u202f%"


def lire_nombre(saisie: object) -> float:
    """Lit un nombre écrit par une personne et le renvoie tel quel, ou en part s'il porte « % ».

    Comprend `763316.4`, `763 316,40 €` (avec n'importe quelle espace), `763 k€`
    (763 000), `21,8 %` (0,218) et les nombres de Python ou de NumPy.

    Lève `ErreurNombre` pour tout le reste : texte, vide, booléen, infini.
    """
    if isinstance(saisie, str):
        valeur = _lire_texte(saisie)
    else:
        try:
            valeur = float(_un_nombre(saisie))
        except OverflowError:
            valeur = math.inf
        except Exception:  # un objet venu d'un carnet peut lever n'importe quoi
            raise ErreurNombre(
                f"« {_apercu(saisie)} » n'est pas un nombre. Écrivez par exemple 1040,50."
            ) from None
    if not math.isfinite(valeur):
        raise ErreurNombre("Un nombre fini est attendu : ni infini, ni valeur manquante.")
    return valeur


def _un_nombre(saisie: object) -> object:
    """L'objet lui-même, sauf ce que Python convertit par accident : booléen, octets, tableau."""
    accidents = ("bool", "bool_", "bytes", "bytearray")
    if type(saisie).__name__ in accidents or getattr(saisie, "ndim", 0):
        raise TypeError
    return saisie


def _apercu(saisie: object) -> str:
    try:
        return str(saisie)[:60]
    except Exception:  # un objet qui ne sait pas s'écrire
        return type(saisie).__name__


def _lire_texte(saisie: str) -> float:
    from babel.numbers import NumberFormatError, parse_decimal

    texte = ESPACES.sub("", saisie).translate(MOINS).replace("'", "").replace("’", "")
    multiple = 1.0
    for unite, facteur in (("k€", 1e3), ("keur", 1e3), ("€", 1.0), ("eur", 1.0), ("euros", 1.0)):
        if texte.casefold().endswith(unite):
            texte, multiple = texte[: -len(unite)], facteur
            break
    else:
        if texte.endswith("%"):
            texte, multiple = texte[:-1], 0.01
        elif texte.casefold().endswith("etp"):
            texte = texte[:-3]
    refus = ErreurNombre(
        f"« {saisie.strip()[:60]} » n'est pas un nombre. "
        "Écrivez par exemple 1040,50 ou 1 040,50 € ou 21,8 %."
    )
    if not re.fullmatch(r"[+-]?\d+(?:[.,]\d*)?|[+-]?[.,]\d+", texte):
        raise refus
    try:
        valeur = parse_decimal(texte.replace(".", ","), locale=LANGUE)
    except NumberFormatError:
        raise refus from None
    return float(valeur) * multiple if multiple != 0.01 else float(valeur / 100)


from dataclasses import dataclass


@dataclass(frozen=True)
class Lecture:
    etat: str
    valeur: float | None = None
    unite: str | None = None
    approche: bool = False
    calcul: bool = False
    ecrit: str = ""
    phrase: str = ""


def lire(saisie) -> Lecture:
    try:
        v = lire_nombre(saisie)
    except ErreurNombre as e:
        return Lecture("illisible", phrase=str(e))
    t = saisie if isinstance(saisie, str) else ""
    return Lecture(
        "lu",
        v,
        "part" if "%" in t else "eur" if "€" in t else "etp" if "ETP" in t else None,
        ecrit=str(saisie)[:60],
    )
