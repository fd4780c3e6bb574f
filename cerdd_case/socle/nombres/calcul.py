"""L'arbre d'un calcul : sa valeur exacte et son unité, comment le redire, à quoi il s'accorde.

Les valeurs sont des fractions exactes. Rien n'est évalué par Python lui-même.
"""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from .ecriture import chiffres, euros
from .jetons import Jeton
from .suites import EXPOSANT_MAXIMAL, Arret

BITS_MAXIMAUX = 4000  # environ 1 200 chiffres : bien plus qu'un budget, et vite calculé


@dataclass(frozen=True)
class Mode:
    """Une façon de lire ce qui est ambigu : « 9.550 », puis « + 20 % »."""

    milliers: bool
    pourcentage_du_montant: bool


# La plus vraisemblable d'abord : un Français n'écrit guère de point décimal, et « + 20 % » veut
# dire pour lui ce que fait sa calculatrice.
MODES = tuple(Mode(m, p) for m in (True, False) for p in (True, False))


@dataclass(frozen=True)
class Valeur:
    """Un nombre exact, son unité (None si rien n'est écrit), et le pas de son dernier chiffre.

    `approche` : il est dit « environ » ; `echelle` : 1000 si son calcul est en milliers d'euros.
    """

    nombre: Fraction
    unite: str | None = None
    pas: Fraction = Fraction(0)
    approche: bool = False
    echelle: Fraction = Fraction(1)


@dataclass(frozen=True)
class Montant:
    valeurs: tuple[Fraction, ...]
    unite: str | None
    pas: Fraction

    def evaluer(self, mode: Mode) -> Valeur:
        return Valeur(self.valeurs[0 if mode.milliers else -1], self.unite, self.pas)

    def ecrire(self, mode: Mode) -> str:
        valeur = self.evaluer(mode)
        return dire(valeur.nombre, valeur.unite)


@dataclass(frozen=True)
class Groupe:
    """Des parenthèses. Seules autour d'un montant, elles disent qu'il est négatif (comptabilité)."""

    contenu: object
    facteur: Fraction = Fraction(1)
    unite: str | None = None

    def evaluer(self, mode: Mode) -> Valeur:
        valeur = self.contenu.evaluer(mode)
        return Valeur(valeur.nombre * self.facteur, self.unite or valeur.unite, valeur.pas)

    def ecrire(self, mode: Mode) -> str:
        groupe = f"({self.contenu.ecrire(mode)})"
        if self.unite is None and self.facteur == 1:
            return groupe
        nom = FACTEURS.get((self.unite, self.facteur))
        return f"{groupe}\u00a0{nom or NOMS.get(self.unite, self.unite)}"


@dataclass(frozen=True)
class Signe:
    signe: int
    contenu: object

    def evaluer(self, mode: Mode) -> Valeur:
        valeur = self.contenu.evaluer(mode)
        return Valeur(self.signe * valeur.nombre, valeur.unite, valeur.pas)

    def ecrire(self, mode: Mode) -> str:
        return ("−" if self.signe < 0 else "") + self.contenu.ecrire(mode)


class Perte(Signe):
    """Un montant seul entre parenthèses : négatif, comme chez les comptables."""


@dataclass(frozen=True)
class Operation:
    jeton: Jeton
    signe: str
    gauche: object
    droite: object

    def evaluer(self, mode: Mode) -> Valeur:
        a, b = self.gauche.evaluer(mode), self.droite.evaluer(mode)
        valeur = getattr(self, CALCULS[self.signe])(a, b, mode)
        grand = max(valeur.nombre.numerator.bit_length(), valeur.nombre.denominator.bit_length())
        if grand > BITS_MAXIMAUX:
            raise Arret("le résultat est trop grand", self.jeton)
        return valeur

    def ajouter(self, a: Valeur, b: Valeur, mode: Mode) -> Valeur:
        sens = 1 if self.signe == "+" else -1
        if b.unite == "part" and a.unite != "part":
            if mode.pourcentage_du_montant:
                return Valeur(a.nombre * (1 + sens * b.nombre), a.unite)
        elif a.unite != b.unite and None not in (a.unite, b.unite):
            raise Arret("deux unités différentes ne s'ajoutent pas", self.jeton)
        return Valeur(
            a.nombre + sens * b.nombre, a.unite or (b.unite if b.unite != "part" else None)
        )

    def multiplier(self, a: Valeur, b: Valeur, mode: Mode) -> Valeur:
        if a.unite == b.unite == "part":
            return Valeur(a.nombre * b.nombre, "part")
        unites = {a.unite, b.unite} - {None, "part"}
        if len(unites) > 1 and "eur" not in unites or a.unite == b.unite == "eur":
            raise Arret("ces deux unités ne se multiplient pas", self.jeton)
        unite = "eur" if "eur" in unites else next(iter(unites), None)
        nu = a if a.unite is None else b if b.unite is None else None
        if unite in PAYES and nu and abs(nu.nombre) >= 1000:  # 15 ETP × 50 887,76 : un coût
            unite = "eur"
        return Valeur(a.nombre * b.nombre, unite)

    def diviser(self, a: Valeur, b: Valeur, mode: Mode) -> Valeur:
        if a.unite == "part" and b.unite not in (None, "part"):
            raise Arret("un pourcentage ne se divise pas par un montant", self.jeton)
        if not b.nombre:
            raise Arret("une division par zéro n'a pas de résultat", self.jeton)
        return Valeur(a.nombre / b.nombre, None if a.unite == b.unite else a.unite)

    def elever(self, a: Valeur, b: Valeur, mode: Mode) -> Valeur:
        if abs(b.nombre) > EXPOSANT_MAXIMAL or b.nombre.denominator != 1:
            raise Arret("cet exposant n'est pas un petit nombre entier", self.jeton)
        if not a.nombre and b.nombre < 0:
            raise Arret("une division par zéro n'a pas de résultat", self.jeton)
        return Valeur(a.nombre ** int(b.nombre), a.unite)

    def ecrire(self, mode: Mode) -> str:
        if self.signe == "^":
            exposant = str(self.droite.evaluer(mode).nombre)
            return self.gauche.ecrire(mode) + "".join(EXPOSANTS[c] for c in exposant)
        signe = {"-": "−", "/": "÷"}.get(self.signe, self.signe)
        return f"{self.gauche.ecrire(mode)} {signe} {self.droite.ecrire(mode)}"


ANNEE = re.compile(r"20\d\d")
PAYES = ("etp", "salariés", "personnes", "emplois", "mois", "ans")


def facteur(noeud):
    """« × 1,025 » : entre un et deux, un facteur est une hausse, pas un millier."""
    if isinstance(noeud, Montant) and noeud.unite is None and 1 < noeud.valeurs[-1] < 2:
        return replace(noeud, valeurs=noeud.valeurs[-1:])
    return noeud


def annonce(noeud, droite) -> bool:
    """« 15 ETP : 763 316,40 € » : ce n'est pas une division, mais ce dont on donne le montant."""
    if not isinstance(noeud, Montant) or noeud.unite not in PAYES:
        return False
    montant = droite.evaluer(MODES[0])
    return montant.unite == "eur" or (montant.unite is None and abs(montant.nombre) >= 1000)


def vaut_un(noeud) -> bool:
    return isinstance(noeud, Montant) and noeud.unite is None and noeud.valeurs == (1,)


NOMS = {"eur": "€", "etp": "ETP", "m2": "m²"}
FACTEURS = {
    ("part", Fraction(1, 100)): "%",
    ("part", Fraction(1, 1000)): "‰",
    (None, Fraction(1000)): "milliers",
    (None, Fraction(10**6)): "millions",
    ("eur", Fraction(1000)): "k€",
    ("eur", Fraction(10**6)): "M€",
}
EXPOSANTS = dict(zip("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
CALCULS = {"+": "ajouter", "-": "ajouter", "×": "multiplier", "/": "diviser", "^": "elever"}


def dire(valeur: Fraction, unite: str | None, resultat: bool = False) -> str:
    """Une valeur avec toutes ses décimales ; le résultat d'un calcul en a deux, ou six sous 1."""
    nombre = float(valeur)
    if unite in ("part", "points"):
        fin = "\u202f%" if unite == "part" else "\u00a0" + accorder_le_nom("points", nombre * 100)
        return chiffres(nombre, 0, 2 if resultat else 12, rang=2) + fin
    maximum = 12 if not resultat else 2 if abs(nombre) >= 1 else 6
    if unite == "eur" and (resultat or round(nombre, 2) == nombre):
        return euros(nombre)
    minimum = 2 if abs(nombre) >= 1000 and nombre != int(nombre) else 0
    texte = chiffres(nombre, minimum, maximum)
    if unite is None:
        return texte
    return texte + "\u00a0" + accorder_le_nom(NOMS.get(unite, unite), nombre)


def accorder_le_nom(nom: str, nombre: float) -> str:
    """« 1 an », « 2 ans » : le pluriel commence à deux."""
    return nom.removesuffix("s") if abs(nombre) < 2 and nom != "mois" else nom


def est_exact(valeur: Fraction, unite: str | None) -> bool:
    """Vrai si `dire(valeur, unite, resultat=True)` ne l'arrondit pas."""
    decimales = 4 if unite in ("part", "points") else 2 if abs(valeur) >= 1 or unite == "eur" else 6
    return (valeur * 10**decimales).denominator == 1


ECHELLES = {"part": Fraction(1, 100), "eur": Fraction(1000)}  # « × 100 = 21,8 % », « = 9,55 k€ »


def accorder(a: Valeur, b: Valeur, environ: bool, calcul: bool) -> Valeur | None:
    """Ce que disent deux côtés d'une égalité ; None s'ils se contredisent.

    Après un `calcul`, le résultat écrit, s'il en est l'arrondi. De deux nombres écrits dont l'un
    est l'arrondi de l'autre, le plus précis. Une unité écrite d'un seul côté vaut pour l'autre,
    pourcentages et milliers compris.
    """
    if a.unite and b.unite and a.unite != b.unite:
        return None
    unite = b.unite or a.unite
    # « ≈ 763 000 » : l'arrondi peut être au millier ; sans ≈, on ne le croit pas d'un calcul.
    plafond = None if environ else Fraction(1 if calcul else 1000)
    for echelle in (Fraction(1), ECHELLES.get(unite, Fraction(1))):
        x, y = (_a_l_echelle(v, unite, echelle) for v in (a, b))
        pas = a.pas if calcul else _arrondi(x, plafond), _arrondi(y, plafond)
        if abs(x.nombre - y.nombre) > max(pas) / 2:
            continue
        if calcul:
            return replace(y, echelle=echelle if unite == "eur" and a.unite is None else y.echelle)
        return replace(x if pas[0] < pas[1] else y, echelle=a.echelle)
    return None


def _a_l_echelle(valeur: Valeur, unite: str | None, echelle: Fraction) -> Valeur:
    if valeur.unite == unite:
        return valeur
    return replace(valeur, nombre=valeur.nombre * echelle, unite=unite, pas=valeur.pas * echelle)


def _arrondi(valeur: Valeur, plafond: Fraction | None) -> Fraction:
    """Le pas auquel un nombre écrit a pu être arrondi, d'après ses zéros finaux."""
    pas = valeur.pas
    while (plafond is None or pas < plafond) and pas >= 1 and valeur.nombre:
        if valeur.nombre % (pas * 10):
            break
        pas *= 10
    return pas


def est_un_calcul(noeud) -> bool:
    if isinstance(noeud, Signe | Groupe):
        return est_un_calcul(noeud.contenu)
    return isinstance(noeud, Operation)


def est_un_rapport(noeud) -> bool:
    """Vrai si le calcul divise, et que rien n'y multiplie par 100 : il ne donne pas un pourcentage."""
    signes, valeurs = _contenus(noeud)
    return "/" in signes and 100 not in valeurs


def _contenus(noeud) -> tuple[set[str], set[Fraction]]:
    """Les opérations d'un calcul, et les nombres qu'il emploie ou obtient en chemin."""
    if isinstance(noeud, Signe | Groupe):
        return _contenus(noeud.contenu)
    if not isinstance(noeud, Operation):
        return set(), set(noeud.valeurs) if noeud else set()
    (signes, valeurs), (autres_signes, autres_valeurs) = map(
        _contenus, (noeud.gauche, noeud.droite)
    )
    valeurs = valeurs | autres_valeurs
    if noeud.signe == "^":
        valeurs = {noeud.evaluer(MODES[0]).nombre}
    return {noeud.signe} | signes | autres_signes, valeurs
