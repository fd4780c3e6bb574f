"""Une valeur au fil d'un calcul : ce qu'elle vaut, comment la redire, à quoi elle s'accorde.

Les nombres sont des fractions exactes. Rien n'est évalué par Python lui-même.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from ..typographie import FINE, INSECABLE
from .ecriture import chiffres, euros
from .jetons import Jeton
from .suites import EXPOSANT_MAXIMAL, Arret

BITS_MAXIMAUX = 4000  # environ 1 200 chiffres : bien plus qu'un budget, et vite calculé


class Mode(NamedTuple):
    """Une façon de lire ce qui est ambigu : « 8.350 », puis « + 20 % »."""

    milliers: bool
    pourcentage_du_montant: bool


# La plus vraisemblable d'abord : un Français n'écrit guère de point décimal, et « + 20 % » veut
# dire pour lui ce que fait sa calculatrice.
MODES = tuple(Mode(m, p) for m in (True, False) for p in (True, False))


@dataclass(frozen=True)
class Valeur:
    """Un nombre exact, son unité (None si rien n'est écrit), et le pas de son dernier chiffre.

    - `texte` : comment le redire ;
    - `genre` : montant, signe (un montant signé), groupe (un montant entre parenthèses), remarque
      (un montant signé entre parenthèses) ou calcul ;
    - `lectures` : toutes celles d'un montant, en milliers d'abord ;
    - `approche` : il est dit « environ » ; `echelle` : 1000 si son calcul est en milliers d'euros ;
    - `divise`, `cent` : son calcul divise, ou passe par 100 ;
    - `si_part` : ce qu'il faut lire à la place quand c'est une part qu'on attend ;
    - `ouvre` : d'un côté d'égalité entre parenthèses, celle qui l'ouvre : il redit le précédent.
    """

    nombre: Fraction
    unite: str | None = None
    pas: Fraction = Fraction(0)
    texte: str = ""
    genre: str = "calcul"
    lectures: tuple[Fraction, ...] = ()
    approche: bool = False
    echelle: Fraction = Fraction(1)
    divise: bool = False
    cent: bool = False
    si_part: "Valeur | None" = None
    ouvre: Jeton | None = None

    def signer(self, signe: str) -> "Valeur":
        """La même précédée de ce signe."""
        genre = "calcul" if self.genre == "calcul" else "signe"
        nombre, texte = self.nombre, self.texte
        if signe == "-":
            nombre, texte = -nombre, "−" + texte
        return replace(self, nombre=nombre, texte=texte, genre=genre, lectures=(), si_part=None)

    def grouper(self, facteur: Fraction, unite: str | None) -> "Valeur":
        """La même entre parenthèses, suivies d'une unité."""
        texte, nom = f"({self.texte})", FACTEURS.get((unite, facteur))
        if nom is None and facteur != 1:  # « (2 + 3) centaines »
            texte += f" × {dire(facteur, unite)}"
        elif nom or unite:
            texte += f"{INSECABLE}{nom or NOMS.get(unite, unite)}"
        genre = {"montant": "groupe", "signe": "remarque"}.get(self.genre, self.genre)
        return replace(self, nombre=self.nombre * facteur, unite=unite or self.unite, texte=texte,
                       genre=genre, lectures=(), si_part=None)  # fmt: skip

    @property
    def en_facteur(self) -> "Valeur":
        """« × 1,025 » : entre un et deux, un facteur est une hausse, pas un millier."""
        if self.unite is None and self.lectures and 1 < self.lectures[-1] < 2:
            return montant(self.lectures[-1:], None, self.pas, MODES[0])
        return self

    def annonce(self, droite: "Valeur") -> bool:
        """« 15 ETP : 742 518,60 € » : ce n'est pas une division, mais ce dont on dit le montant."""
        if not self.lectures or self.unite not in PAYES:
            return False
        nombre = droite.lectures[0] if droite.lectures else droite.nombre
        return droite.unite == "eur" or (droite.unite is None and abs(nombre) >= 1000)


def montant(lectures: tuple[Fraction, ...], unite: str | None, pas: Fraction, mode: Mode) -> Valeur:
    """Un montant, dans l'une de ses lectures : `pas` vaut une unité de son dernier chiffre."""
    nombre = lectures[0 if mode.milliers else -1]
    texte, cent = dire(nombre, unite), 100 in lectures
    return Valeur(nombre, unite, pas, texte, "montant", lectures, cent=cent)


PAYES = ("etp", "salariés", "personnes", "emplois", "mois", "ans")
EXPOSANTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def operer(jeton: Jeton, signe: str, a: Valeur, b: Valeur, mode: Mode) -> Valeur:
    """Le résultat d'une opération ; lève `Arret` si les unités ou les nombres l'empêchent."""
    nombre, unite = _calculer(jeton, signe, a, b, mode)
    if max(nombre.numerator.bit_length(), nombre.denominator.bit_length()) > BITS_MAXIMAUX:
        raise Arret("le résultat est trop grand", jeton)
    texte = f"{a.texte} {({'-': '−', '/': '÷'}).get(signe, signe)} {b.texte}"
    cent = a.cent or b.cent
    if signe == "^":
        texte, cent = a.texte + str(b.nombre).translate(EXPOSANTS), nombre == 100
    divise = a.divise or b.divise or signe == "/"
    return Valeur(nombre, unite, texte=texte, divise=divise, cent=cent)


def _calculer(
    jeton: Jeton, signe: str, a: Valeur, b: Valeur, mode: Mode
) -> tuple[Fraction, str | None]:
    unites = {a.unite, b.unite} - {None}
    if signe in "+-":
        ajout = b.nombre if signe == "+" else -b.nombre
        if b.unite == "part" != a.unite:
            du_montant = mode.pourcentage_du_montant
            return a.nombre * (1 + ajout) if du_montant else a.nombre + ajout, a.unite
        if len(unites) > 1:
            raise Arret("deux unités différentes ne s'ajoutent pas", jeton)
        return a.nombre + ajout, a.unite or b.unite
    if signe == "×":
        produit, mesures = a.nombre * b.nombre, unites - {"part"}
        if a.unite == b.unite == "part":
            return produit, "part"
        if len(mesures) > 1 and "eur" not in mesures or a.unite == b.unite == "eur":
            raise Arret("ces deux unités ne se multiplient pas", jeton)
        nus = [v.nombre for v in (a, b) if v.unite is None]
        if "eur" in mesures or (mesures & {*PAYES} and nus and abs(nus[0]) >= 1000):
            return produit, "eur"  # 15 ETP × 50 887,76 : un coût
        return produit, next(iter(mesures), None)
    if signe == "/":
        if a.unite == "part" and b.unite not in (None, "part"):
            raise Arret("un pourcentage ne se divise pas par un montant", jeton)
        if b.nombre:
            return a.nombre / b.nombre, None if a.unite == b.unite else a.unite
    elif abs(b.nombre) > EXPOSANT_MAXIMAL or b.nombre.denominator != 1:
        raise Arret("cet exposant n'est pas un petit nombre entier", jeton)
    elif a.nombre or b.nombre >= 0:
        return a.nombre ** int(b.nombre), a.unite
    raise Arret("une division par zéro n'a pas de résultat", jeton)


NOMS: dict[str | None, str] = {"eur": "€", "etp": "ETP", "m2": "m²"}
FACTEURS = {
    ("part", Fraction(1, 100)): "%",
    ("part", Fraction(1, 1000)): "‰",
    (None, Fraction(1000)): "milliers",
    (None, Fraction(10**6)): "millions",
    ("eur", Fraction(1000)): "k€",
    ("eur", Fraction(10**6)): "M€",
}


def dire(valeur: Fraction, unite: str | None, resultat: bool = False) -> str:
    """Une valeur avec toutes ses décimales ; le résultat d'un calcul en a deux, ou six sous 1."""
    nombre = float(valeur)
    if unite in ("part", "points"):
        fin = FINE + "%" if unite == "part" else INSECABLE + accorder_le_nom("points", nombre * 100)
        return chiffres(nombre, 0, 2 if resultat else 12, rang=2) + fin
    if unite == "eur" and (resultat or round(nombre, 2) == nombre):
        return euros(nombre)
    minimum = 2 if abs(nombre) >= 1000 and nombre != int(nombre) else 0
    texte = chiffres(nombre, minimum, 12 if not resultat else 2 if abs(nombre) >= 1 else 6)
    nom = NOMS.get(unite, unite)
    return texte if nom is None else texte + INSECABLE + accorder_le_nom(nom, nombre)


def accorder_le_nom(nom: str, nombre: float) -> str:
    """« 1 an », « 2 ans » : le pluriel commence à deux."""
    return nom.removesuffix("s") if abs(nombre) < 2 and nom != "mois" else nom


def _est_exact(valeur: Fraction, unite: str | None) -> bool:
    """Vrai si `dire(valeur, unite, resultat=True)` ne l'arrondit pas."""
    decimales = 4 if unite in ("part", "points") else 2 if abs(valeur) >= 1 or unite == "eur" else 6
    return (valeur * 10**decimales).denominator == 1


def redire(calcul: str, lue: Valeur) -> str:
    """« 15 × 2 = 30 » : ce qui est lu, précédé de son `calcul` s'il y en a un."""
    ecrit = dire(lue.nombre, lue.unite, resultat=bool(calcul))
    if not calcul:
        return f"environ {ecrit}" if lue.approche else ecrit
    egale = "=" if _est_exact(lue.nombre, lue.unite) and not lue.approche else "≈"
    if lue.echelle != 1:  # « 1 050 − 1 036 = 14 k€ » : le calcul est en milliers d'euros
        ecrit = f"{dire(lue.nombre / lue.echelle, None)}{INSECABLE}k€, soit {ecrit}"
    return f"{calcul} {egale} {ecrit}"


# « × 100 = 23,6 % », « = 8,35 k€ »
ECHELLES: dict[str | None, Fraction] = {"part": Fraction(1, 100), "eur": Fraction(1000)}


def accorder(a: Valeur, b: Valeur, environ: bool, calcul: bool) -> Valeur | None:
    """Ce que disent deux côtés d'une égalité ; None s'ils se contredisent.

    Après un `calcul`, le résultat écrit, s'il en est l'arrondi. De deux nombres écrits dont l'un
    est l'arrondi de l'autre, le plus précis. Une unité écrite d'un seul côté vaut pour l'autre,
    pourcentages et milliers compris.
    """
    if a.unite and b.unite and a.unite != b.unite:
        return None
    unite = b.unite or a.unite
    # « ≈ 742 000 » : l'arrondi peut être au millier ; sans ≈, on ne le croit pas d'un calcul.
    plafond = None if environ else Fraction(1 if calcul else 1000)
    for echelle in (Fraction(1), ECHELLES.get(unite, Fraction(1))):
        x, y = (
            v if v.unite == unite
            else replace(v, nombre=v.nombre * echelle, unite=unite, pas=v.pas * echelle)
            for v in (a, b)
        )  # fmt: skip
        pas = a.pas if calcul else _arrondi(x, plafond), _arrondi(y, plafond)
        if abs(x.nombre - y.nombre) > max(pas) / 2:
            continue
        if calcul:
            return replace(y, echelle=echelle if unite == "eur" and a.unite is None else y.echelle)
        return replace(x if pas[0] < pas[1] else y, echelle=a.echelle)
    return None


def _arrondi(valeur: Valeur, plafond: Fraction | None) -> Fraction:
    """Le pas auquel un nombre écrit a pu être arrondi, d'après ses zéros finaux."""
    pas = valeur.pas
    while (plafond is None or pas < plafond) and pas >= 1 and valeur.nombre:
        if valeur.nombre % (pas * 10):
            break
        pas *= 10
    return pas
