"""Nombres à la française, dans les deux sens : `763 316,40 €` ↔ 763316.4.

La mise en forme est celle de Babel (données CLDR) : espace fine insécable entre les
milliers, virgule décimale, espace insécable avant l'unité.
"""

import math
import re

from .erreurs import ErreurNombre

LANGUE = "fr_FR"


def nombre(valeur: float, decimales: int | None = None, signe: bool = False) -> str:
    """Écrit un nombre : `1 040 450`, `12,5`. `decimales=None` garde deux décimales au plus."""
    from babel.numbers import format_decimal

    motif = "#,##0.##" if decimales is None else "#,##0" + ("." + "0" * decimales) * (decimales > 0)
    return _signe(valeur, signe) + format_decimal(valeur, motif, locale=LANGUE).replace("-", "−")


def euros(montant: float, decimales: int | None = None, signe: bool = False) -> str:
    """Écrit un montant en euros : `1 040 450 €`, `763 316,40 €`.

    Sans précision, les centimes n'apparaissent que s'il y en a.
    """
    if decimales is None:
        decimales = 0 if round(montant, 2) == round(montant) else 2
    return nombre(montant, decimales, signe) + "\u00a0€"


def milliers(montant_keur: float, signe: bool = False) -> str:
    """Écrit un montant donné en milliers d'euros : `1 036 k€`."""
    return nombre(montant_keur, signe=signe) + "\u00a0k€"


def pourcent(part: float, decimales: int = 1, signe: bool = False) -> str:
    """Écrit une part (0 à 1) en pourcentage : `21,8 %`."""
    return nombre(part * 100, decimales, signe) + "\u202f%"


def _signe(valeur: float, signe: bool) -> str:
    return "+" if signe and valeur > 0 else ""


def lire_nombre(saisie: object) -> float:
    """Lit un nombre écrit par une personne et le renvoie tel quel, ou en part s'il porte « % ».

    Comprend `763316.4`, `763 316,40 €` (avec n'importe quelle espace), `763 k€`
    (763 000), `21,8 %` (0,218) et les nombres de Python ou de NumPy.

    Lève `ErreurNombre` pour tout le reste : texte, vide, booléen, infini.
    """
    if isinstance(saisie, bool):
        raise ErreurNombre(f"« {saisie} » n'est pas un nombre. Écrivez par exemple 1040,50.")
    if isinstance(saisie, str):
        valeur = _lire_texte(saisie)
    else:
        try:
            valeur = float(saisie)
        except (TypeError, ValueError):
            raise ErreurNombre(
                f"« {str(saisie)[:60]} » n'est pas un nombre. Écrivez par exemple 1040,50."
            ) from None
    if not math.isfinite(valeur):
        raise ErreurNombre("Un nombre fini est attendu : ni infini, ni valeur manquante.")
    return valeur


def _lire_texte(saisie: str) -> float:
    from babel.numbers import NumberFormatError, parse_decimal

    texte = re.sub(r"\s", "", saisie).replace("−", "-").replace("'", "")
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
