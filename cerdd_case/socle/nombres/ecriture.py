"""Écrire un nombre à la française : `1 040 450 €`, `23,6 %`, `2,5 ETP`.

Espace fine insécable entre les milliers et avant « % », virgule décimale, espace insécable avant
les autres unités, vrai signe moins. On arrondit comme on l'apprend, 5 vers le haut, sur le nombre
tel qu'il s'écrit : 2,675 s'arrondit à 2,68. `widgets/pages/curseur.js` suit les mêmes règles ;
`tests/socle/nombres/ecritures.json` tient les deux ensemble.
"""

import math
from datetime import datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from ..typographie import FINE, INSECABLE

MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
ARRONDI = Context(prec=700, rounding=ROUND_HALF_UP)  # un flottant a au plus 325 chiffres utiles
SEPARATEURS = str.maketrans({",": FINE, ".": ","})


def nombre(valeur: float, decimales: int | None = None, signe: bool = False) -> str:
    """Écrit un nombre : `1 040 450`, `12,5`. `decimales=None` garde deux décimales au plus.

    Une valeur manquante (nan) ou infinie s'écrit « – ».
    """
    bornes = (0, 2) if decimales is None else (decimales, decimales)
    return chiffres(float(valeur), *bornes, signe)


def euros(montant: float, decimales: int | None = None, signe: bool = False) -> str:
    """Écrit un montant en euros : `1 040 450 €`, `742 518,60 €`.

    Sans précision, les centimes n'apparaissent que s'il y en a.
    """
    if decimales is None:
        decimales = 2 if math.isfinite(montant) and nombre(montant, 2)[-3:] != ",00" else 0
    return nombre(montant, decimales, signe) + INSECABLE + "€"


def milliers(montant_keur: float, signe: bool = False) -> str:
    """Écrit un montant donné en milliers d'euros : `1 036 k€`."""
    return nombre(montant_keur, signe=signe) + INSECABLE + "k€"


def pourcent(part: float, decimales: int | None = 1, signe: bool = False) -> str:
    """Écrit une part (0 à 1) en pourcentage : `23,6 %`. `decimales=None` : `20 %`, `22,5 %`."""
    bornes = (0, 2) if decimales is None else (decimales, decimales)
    return chiffres(float(part), *bornes, signe, rang=2) + FINE + "%"


def taux(part: float, signe: bool = False) -> str:
    """Écrit une part dont on se sert pour calculer : `2,0 %`, `2,25 %`, `2,125 %`.

    Une valeur choisie (trois décimales au plus) se montre telle qu'on l'emploie ; une valeur
    calculée, qui en aurait davantage, s'arrondit au dixième de point : `66,7 %`.
    """
    return _choisie(part, signe) + FINE + "%"


def _choisie(part: float, signe: bool = False) -> str:
    exacte, longue, courte = (chiffres(float(part), 1, n, signe, rang=2) for n in (3, 8, 1))
    return exacte if exacte == longue else courte


def mesure(valeur: float, unite: str) -> str:
    """Écrit la valeur d'un réglage dans son unité.

    `unite` : nombre, entier, etp, part, points, eur ou mois (1 à 12), comme celles de `Curseur`.
    """
    if unite == "part":
        return taux(valeur)
    if unite == "points":
        return _choisie(valeur) + INSECABLE + "pt"
    if unite == "eur":
        return euros(valeur)
    if unite == "etp":
        return nombre(valeur) + INSECABLE + "ETP"
    if unite == "mois" and valeur in range(1, 13):
        return MOIS[int(valeur) - 1]
    return nombre(valeur, 0 if unite == "entier" else None)


@lru_cache(maxsize=4096)  # d'un pas de curseur à l'autre, la plupart des nombres ne changent pas
def chiffres(valeur: float, minimum: int, maximum: int, signe: bool = False, rang: int = 0) -> str:
    """Le nombre, multiplié par 10 puissance `rang`, avec de `minimum` à `maximum` décimales."""
    if not math.isfinite(valeur):
        return "–"
    exact = Decimal(repr(abs(valeur))).scaleb(rang, ARRONDI)
    arrondi = exact.quantize(Decimal(1).scaleb(-maximum), context=ARRONDI)
    entiers, _, decimales = f"{arrondi:,f}".translate(SEPARATEURS).partition(",")
    decimales = decimales.rstrip("0").ljust(minimum, "0")
    texte = f"{entiers},{decimales}" if decimales else entiers
    if not arrondi:  # arrondi à zéro : ni « −0 », ni « +0 »
        return texte
    return ("−" if valeur < 0 else "+" if signe else "") + texte


def moment(date: datetime) -> str:
    """Écrit une date et une heure : `28 novembre 2026 à 14 h 05`, `1er mars 2027 à 8 h 00`."""
    jour = "1er" if date.day == 1 else date.day
    heure = f"{date.hour}{INSECABLE}h{INSECABLE}{date.minute:02}"
    return f"{jour} {MOIS[date.month - 1]} {date.year} à {heure}"


def heures(valeur: float) -> str:
    """Écrit une durée : `45 min`, `3 h`, `3 h 30`."""
    h, m = divmod(round(valeur * 60), 60)
    if not h:
        return f"{m}{INSECABLE}min"
    return f"{nombre(h)}{INSECABLE}h" + (f"{INSECABLE}{m:02d}" if m else "")
