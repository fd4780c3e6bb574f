"""Des jetons au calcul : la valeur d'une suite de chiffres, puis un montant, puis une opération.

    ligne   : côté (« = » côté)*               9 550 + 4 450 = 14 000
    côté    : produit ((+ | −) produit)*
    produit : signe ((× | ÷ | « % de ») signe)*
    signe   : (+ | −)? puissance
    puissance : atome (^ entier)?
    atome   : unité? suite (mille suite)* unité? centimes?  |  ( côté ) unité?

Les valeurs sont des fractions exactes. Ce qui arrête la lecture lève `Arret`, avec le jeton, la
cause dite en français, et les corrections à essayer. Rien n'est évalué par Python lui-même.
"""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from .ecriture import chiffres, euros
from .jetons import Jeton

EXPOSANT_MAXIMAL = 30
PROFONDEUR_MAXIMALE = 20
BITS_MAXIMAUX = 4000  # environ 1 200 chiffres : bien plus qu'un budget, et vite calculé


class Arret(Exception):
    """Ce qui arrête la lecture. `corrections` : les lignes à proposer, la meilleure d'abord."""

    def __init__(self, cause: str, jeton: Jeton | None = None, etat: str = "illisible",
                 corrections: tuple["Correction", ...] = ()):  # fmt: skip
        super().__init__(cause)
        self.cause, self.jeton, self.etat = cause, jeton, etat
        self.corrections = corrections


# Des remplacements (début, fin, texte) dans la ligne d'origine, du premier au dernier.
Correction = tuple[tuple[int, int, str], ...]


def remplacer(jeton: Jeton, texte: str = "") -> Correction:
    return ((jeton.debut, jeton.fin, texte),)


def plusieurs_nombres(jeton: Jeton) -> Arret:
    return Arret("il y a là plusieurs nombres", jeton, "deux_nombres")


# --- Une suite de chiffres -------------------------------------------------------------------


@dataclass(frozen=True)
class Ecriture:
    """Une suite de chiffres comprise.

    `valeurs` : une, ou deux quand un point ou une virgule peut séparer les milliers aussi bien
    que les décimales ; la lecture en milliers vient alors la première. `decimales` : combien on
    en a écrit (dans la lecture décimale), ce qui dit avec quelle précision.
    """

    valeurs: tuple[Fraction, ...]
    decimales: int = 0


def comprendre(jeton: Jeton) -> Ecriture:
    """La valeur d'une suite de chiffres, quels que soient ses séparateurs.

    On hésite dans un seul cas : un point ou une virgule suivi de trois chiffres exactement,
    précédé d'un à trois chiffres dont le premier n'est pas 0. « 0.218 », « 763316.400 »,
    « 1050.5 », « 1.175.756 » ou « 1.050,00 » ne laissent pas de doute.
    """
    texte = re.sub(r"\s+virgule\s+", ",", jeton.texte, flags=re.I)
    corps = re.sub(r"[.,][ \u202f]?-+$", "", texte)
    sans_centimes = corps != texte  # « 1.050,- » : le point y sépare des milliers
    corps, _, exposant = re.sub(r"\s(?=e)", "", corps.lower()).partition("e")
    facteur = Fraction(1)
    if exposant:
        if abs(int(exposant)) > EXPOSANT_MAXIMAL:
            raise Arret("ce nombre est trop grand ou trop petit", jeton)
        facteur = Fraction(10) ** int(exposant)
    corps = re.sub(r"[ \u202f]*([.,])[ \u202f]*", r"\1", corps)
    signes = re.findall(r"[.,]", corps)
    if not signes:
        return Ecriture((_entier(corps, jeton) * facteur,))
    dernier = signes[-1]
    avant, _, apres = corps.rpartition(dernier)
    if signes.count(dernier) > 1:
        if len(set(signes)) == 1 and not exposant and _est_groupe(corps, dernier):
            return Ecriture((_entier(corps.replace(dernier, " "), jeton),))  # 1.175.756
        raise _mal_separe(jeton, corps, dernier)
    if not apres.isdecimal():  # des chiffres séparés par une espace après les décimales
        raise plusieurs_nombres(jeton)
    if len(signes) > 1 and not _est_groupe(avant, signes[0]):
        raise _mal_separe(jeton, corps, dernier)
    entiers = _entier(re.sub("[.,]", " ", avant) or "0", jeton)
    decimal = (entiers + Fraction(int(apres), 10 ** len(apres))) * facteur
    groupable = re.fullmatch(
        r"[1-9]\d{0,2}" if dernier == "," else r"[1-9]\d{0,2}([ \u202f'_]\d{3})*", avant
    )
    if len(signes) == 1 and len(apres) == 3 and groupable and not exposant:
        milliers = entiers * 1000 + int(apres)
        return Ecriture((milliers,) if sans_centimes else (milliers, decimal), 3)
    return Ecriture((decimal,), len(apres) - int(exposant or 0))


def _est_groupe(corps: str, signe: str) -> bool:
    return bool(re.fullmatch(rf"\d{{1,3}}(?:[{signe} \u202f'_]\d{{3}})+", corps))


def _entier(corps: str, jeton: Jeton) -> Fraction:
    """Un entier dont les milliers sont séparés ou non ; jamais deux nombres joints."""
    separateurs = re.findall(r"\D+", corps)
    groupes = re.split(r"\D+", corps)
    if not separateurs:
        return Fraction(int(corps))
    espaces = all(s.strip() == "" for s in separateurs)
    bien_formes = len(groupes[0]) <= 3 and all(len(g) == 3 for g in groupes[1:])
    if not bien_formes or not (espaces or len(set(separateurs)) == 1):
        if espaces or len(set(separateurs)) > 1:
            raise plusieurs_nombres(jeton)
        raise _mal_separe(jeton, corps, separateurs[0])
    # « 636 097 757 000 » : deux montants à la file, ou un seul de douze chiffres ? Une espace
    # ordinaire devant un groupe qui peut commencer un nombre ne les joint pas.
    rangs = range(2, len(groupes) - 1)
    if any(separateurs[r - 1] == " " and groupes[r][0] != "0" for r in rangs):
        raise plusieurs_nombres(jeton)
    return Fraction(int("".join(groupes)))


def _mal_separe(jeton: Jeton, corps: str, signe: str) -> Arret:
    entiers, _, fin = corps.rpartition(signe)
    corrige = re.sub(r"\D", " ", entiers) + "," + fin
    corrections = (remplacer(jeton, corrige),) if signe in ".," else ()
    return Arret(f"les chiffres sont mal séparés par « {signe} »", jeton, corrections=corrections)


# --- L'arbre du calcul -----------------------------------------------------------------------


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


def _facteur(noeud):
    """« × 1,025 » : entre un et deux, un facteur est une hausse, pas un millier."""
    if isinstance(noeud, Montant) and noeud.unite is None and 1 < noeud.valeurs[-1] < 2:
        return replace(noeud, valeurs=noeud.valeurs[-1:])
    return noeud


def _annonce(noeud, droite) -> bool:
    """« 15 ETP : 763 316,40 € » : ce n'est pas une division, mais ce dont on donne le montant."""
    if not isinstance(noeud, Montant) or noeud.unite not in PAYES:
        return False
    montant = droite.evaluer(MODES[0])
    return montant.unite == "eur" or (montant.unite is None and abs(montant.nombre) >= 1000)


def _vaut_un(noeud) -> bool:
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


# --- La grammaire ----------------------------------------------------------------------------

FIN = "fin"
# On ne propose pas d'ôter un mot qui porte un signe, un nombre ou peut-être une unité.
CHANGE_LE_SENS = re.compile(
    r"\b(?:n[ei]?|d[ée]ficit\w*|per[dt]\w*|n[ée]gati\w*|baiss\w*|diminu\w*|r[ée]duc\w*|recul\w*"
    r"|[ée]conomi\w*|d[ée]favorable\w*|pas|non|sans|sauf|double|triple"
    r"|racine|carr\w*|cub\w*|oppos\w*|invers\w*|quarts?|tiers|\w+aines?|\w+i[èe]mes?|aucune?|hors|diff[ée]ren\w*|fran[çc]ais\w*|moiti\w*|maxi\w*|mini\w*|mil|kilos?|b[âa]tons?"
    r"|sous|par|cinq|six|sept|huit"
    r"|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante"
    r"|deux|trois|quatre|demi)\b",
    re.I,
)
DIT_UN_SIGNE = re.compile(
    r"\b(?:d[ée]ficit|per[dt]|n[ée]gati|baiss|diminu|r[ée]duc|recul|[ée]conomi|d[ée]favorable)",
    re.I,
)
LIAISONS = ("mot", "de", "separe", "ponctuation")
UNITES = ("eur", "part", "points", "unite", "millier_d_euros", "multiple", "mille", "centimes")
EN_MILLIERS = ("millier_d_euros", "multiple", "mille")
NOYAU = ("suite", "operation", "exposant", "ouvre", "ferme", *UNITES)


def alleger(jetons: list[Jeton]) -> list[Jeton]:
    """Sans les étoiles de mise en gras, les retours à la ligne et la ponctuation qui ne séparent rien."""
    for avant, jeton in zip(jetons, jetons[1:], strict=False):
        double = avant.texte == jeton.texte in (",", ";", "%")
        if avant.fin == jeton.debut and (double or (avant.texte, jeton.texte[0]) == (",", ",")):
            raise Arret(f"le signe « {avant.texte} » est en trop", avant,
                        corrections=(remplacer(avant),))  # fmt: skip
    jetons = _accoler_l_unite(jetons)
    gardes: list[Jeton] = []
    gras: list[Jeton] = []
    for rang, jeton in enumerate(jetons):
        suite = jetons[rang + 1] if rang + 1 < len(jetons) else None
        avant = gardes[-1] if gardes else None
        etoiles = set(jeton.texte) == {"*"}
        if jeton.genre == "ferme" and avant is not None:  # « (environ) », « (arrondi) »
            ouvre = next((j for j in reversed(gardes) if j.genre != "environ"), None)
            if ouvre is not None and ouvre.genre == "ouvre":
                gardes.remove(ouvre)
                continue
        if etoiles and (avant is None or avant.genre in ("egal", "environ")):
            gras.append(jeton)
        elif etoiles and gras and gras[-1].texte == jeton.texte:
            gras.pop()
        elif jeton.texte == "\n" and (
            (avant is not None and avant.genre in ("operation", "egal", "ouvre"))
            or (suite is not None and (suite.genre == "egal" or suite.valeur in ("×", "/")))
        ):
            continue
        else:
            gardes.append(jeton)
    if gras:
        raise Arret("il manque un nombre avant ce signe", gras[0],
                    corrections=(remplacer(gras[0]),))  # fmt: skip
    while gardes and (
        gardes[-1].genre in ("separe", "ponctuation", "egal", "de") or gardes[-1].texte == ":"
    ):
        gardes.pop()
    return gardes


@dataclass(frozen=True)
class Cote:
    """Un côté d'une égalité ; `ouvre`, la parenthèse qui l'ouvre s'il redit ce qui la précède."""

    noeud: object
    approche: bool
    ouvre: Jeton | None = None

    @property
    def est_un_calcul(self) -> bool:
        return est_un_calcul(self.noeud)

    def evaluer(self, mode: Mode) -> Valeur:
        return replace(self.noeud.evaluer(mode), approche=self.approche)


def _accoler_l_unite(jetons: list[Jeton]) -> list[Jeton]:
    """« 14 (k€) » et « k€ : 14 » se lisent « 14 k€ »."""
    genres = [jeton.genre for jeton in jetons]
    for debut, genre in enumerate(genres):
        fin = debut + 1
        while fin < len(genres) and genres[fin] in UNITES:
            fin += 1
        if genre == "ouvre" and fin > debut + 1 and genres[fin : fin + 1] == ["ferme"]:
            avant, unite, apres = jetons[:debut], jetons[debut + 1 : fin], jetons[fin + 1 :]
            calcul = not apres and not any(j.genre in (*UNITES, "egal") for j in avant)
            return _accoler_l_unite((_grouper(avant) if calcul else avant) + unite + apres)
    fin = next((rang for rang, genre in enumerate(genres) if genre not in UNITES), 0)
    if not fin or jetons[fin].texte not in (":", "="):
        return jetons
    unite, reste = jetons[:fin], jetons[fin + 1 :]
    while reste and reste[-1].genre in ("ponctuation", "separe"):
        reste = reste[:-1]
    valeurs = [(j.genre, j.valeur) for j in unite]
    if [(j.genre, j.valeur) for j in reste[-fin:]] == valeurs:
        return reste
    return _grouper(reste) + unite


def _grouper(jetons: list[Jeton]) -> list[Jeton]:
    """Un calcul suivi d'une unité : elle vaut pour tout le calcul."""
    if any(j.genre == "egal" for j in jetons) or not any(
        j.genre == "operation" for j in jetons[1:]
    ):
        return jetons
    debut, fin = jetons[0].debut, jetons[-1].fin
    return [Jeton("ouvre", "", debut, debut), *jetons, Jeton("ferme", "", fin, fin)]


class Analyse:
    """Lit une suite de jetons, de gauche à droite, sans jamais revenir en arrière."""

    def __init__(self, jetons: list[Jeton], longueur: int):
        self.jetons = [*jetons, Jeton(FIN, "", longueur, longueur)]
        self.rang = 0
        self.profondeur = 0
        self.approche = False

    @property
    def jeton(self) -> Jeton:
        return self.jetons[self.rang]

    def suivant(self, ecart: int = 1) -> Jeton:
        return self.jetons[min(self.rang + ecart, len(self.jetons) - 1)]

    def prendre(self) -> Jeton:
        pris = self.jeton
        self.rang += 1
        return pris

    def est(self, *genres: str) -> bool:
        return self.jeton.genre in genres

    def est_operation(self, *signes: str) -> bool:
        return self.est("operation") and self.jeton.valeur in signes

    # --- du plus grand au plus petit

    def ligne(self) -> list[Cote]:
        """Les côtés de l'égalité, un seul le plus souvent."""
        cotes: list[Cote] = []
        while True:
            self.approche = False
            ouvre = self.prendre() if cotes and self.est("ouvre") else None
            while self.est("egal", "environ", "ponctuation", "separe", "de") or (
                not cotes and self.est_operation("/") and self.jeton.texte == ":"
            ):
                self.approche |= self.prendre().genre == "environ"
            if cotes and self.est(FIN) and not ouvre:
                return cotes
            noeud = self.somme() if ouvre else self.cote()
            if ouvre and not self.est("ferme"):
                raise self._arret_apres_un_nombre()
            if ouvre:  # « 763 316,40 € (soit 763 k€) » : redit ce qui précède
                self.prendre()
            while self.est("environ") and self.suivant().genre not in ("suite", "ouvre", *UNITES):
                self.prendre()
                self.approche = True
            cotes.append(Cote(noeud, self.approche, ouvre))
            if (
                self.est("separe")
                and self.jeton.texte == ","
                and self.suivant().genre in ("egal", "environ")
            ):
                self.prendre()  # « 763 316,40 €, soit 763 k€ »
            if not self.est("egal", "environ", "ouvre", FIN):
                raise self._arret_apres_un_nombre()
            if self.est("ouvre") and not any(j.genre == "suite" for j in self.jetons[self.rang :]):
                raise self._arret_apres_un_nombre()

    def cote(self):
        noeud = self.somme()
        dedans = noeud
        while isinstance(dedans, Groupe):
            dedans = dedans.contenu
        seul = dedans is not noeud and isinstance(dedans, Montant)
        if not seul or noeud.evaluer(MODES[0]).unite in ("part", "points"):
            return noeud
        return Perte(-1, noeud)

    def somme(self):
        debut = self.rang
        noeud = self.produit()
        while self.est_operation("+", "-"):
            jeton = self.prendre()
            droite = self.produit()
            if _vaut_un(droite):  # « 1,025 − 1 » : la hausse seule
                noeud = _facteur(noeud)
            noeud = Operation(jeton, jeton.valeur, noeud, droite)
        dits = self.jetons[debut : self.rang]
        unites = [jeton for jeton in dits if jeton.genre in UNITES]
        somme = isinstance(noeud, Operation) and noeud.signe in ("+", "-")
        if somme and unites == dits[-1:] and unites[0].genre in EN_MILLIERS:  # 1 050 − 1 036 k€
            raise Arret("cette unité n'est écrite que pour un des nombres", unites[0])
        return noeud

    def produit(self):
        noeud = self.signe()
        while True:
            if self.est_operation("×", "/") and not self._est_une_base(noeud):
                jeton = self.prendre()
                droite = self.signe()
                if jeton.texte == ":" and _annonce(noeud, droite):
                    noeud = droite
                    continue
                noeud = Operation(jeton, jeton.valeur, _facteur(noeud), _facteur(droite))
            elif self._est_une_base(noeud):
                jeton = self.prendre()  # « 20 % de 636 097 », mais « 21,8 % du budget 2015 »
                while self.est("de"):
                    self.prendre()
                annee = self.est("suite") and ANNEE.fullmatch(self.jeton.texte)
                if annee:
                    self.prendre()
                if not annee or self.est("ouvre"):
                    base = self.signe()  # « du budget (1 175 756 €) » : une remarque
                    if not isinstance(base, Groupe) or est_un_calcul(base):
                        noeud = Operation(jeton, "×", noeud, base)
            else:
                return noeud

    def _est_une_base(self, noeud) -> bool:
        """« de » ou « sur » après un pourcentage : ce qui suit est ce dont on prend une part."""
        base = self.est("de") or self.jeton.texte.lower() == "sur"
        return base and isinstance(noeud, Montant) and noeud.unite == "part"

    def signe(self):
        if not self.est_operation("+", "-"):
            return self.puissance()
        jeton = self.prendre()
        precedent = self.jetons[self.rang - 2] if self.rang > 1 else None
        double = precedent is not None and precedent.valeur == jeton.valeur
        if double or self.est_operation("+", "-"):
            raise self._en_trop(jeton if double else self.jeton)
        return Signe(-1 if jeton.valeur == "-" else 1, self.puissance())

    def puissance(self):
        noeud = self.atome()
        if self.est_operation("^"):
            jeton = self.prendre()
            return Operation(jeton, "^", noeud, self.signe())
        if self.est("exposant"):
            jeton = self.prendre()
            exposant = int("".join(str("⁰¹²³⁴⁵⁶⁷⁸⁹".index(c)) for c in jeton.texte[:4]))
            return Operation(jeton, "^", noeud, Montant((Fraction(exposant),), None, Fraction(0)))
        return noeud

    def atome(self):
        devant = self._unite() if self.est("eur", "part", "millier_d_euros") else None
        if devant and self.est_operation("+", "-"):  # € −4 450
            jeton = self.prendre()
            noeud = self._nombre_ou_groupe(devant)
            return Signe(-1 if jeton.valeur == "-" else 1, noeud)
        return self._nombre_ou_groupe(devant)

    def _nombre_ou_groupe(self, devant):
        if self.est("suite"):
            return self._montant(devant)
        if self.est("ouvre"):
            return self._groupe(devant)
        raise self._arret_avant_un_nombre()

    def _groupe(self, devant):
        ouvre = self.prendre()
        self.profondeur += 1
        if self.profondeur > PROFONDEUR_MAXIMALE:
            raise Arret("il y a trop de parenthèses", ouvre)
        remarque = self.est("environ")  # « (environ 14 k€) » : une remarque, et non une perte
        while self.est("environ"):
            self.prendre()
        self.approche |= remarque
        contenu = Signe(1, self.somme()) if remarque else self.somme()
        if not self.est("ferme"):
            if self.est(FIN):
                raise Arret("cette parenthèse n'est pas refermée", ouvre,
                            corrections=(remplacer(self.jeton, ")"), remplacer(ouvre)))  # fmt: skip
            raise self._arret_apres_un_nombre()
        self.prendre()
        self.profondeur -= 1
        avant = self.jeton
        facteur, unite = self._unites(devant)
        if unite and contenu.evaluer(MODES[0]).unite and (facteur != 1 or unite != "eur"):
            raise Arret("deux unités sont écrites pour un seul nombre", avant)
        return Groupe(contenu, facteur, unite)

    def _montant(self, devant):
        """Une suite de chiffres et ce qui l'entoure : « 14 mille 500 € 40 »."""
        jeton = self.prendre()
        ecriture = comprendre(jeton)
        valeurs, pas = ecriture.valeurs, Fraction(10) ** -ecriture.decimales
        if self.est("mille"):
            valeurs, pas = self._en_mille(valeurs, pas)
        decimal = len(valeurs) > 1 and self.est(
            "millier_d_euros", "multiple", "part", "points", "unite"
        )
        if decimal and (not self.est("unite") or self.jeton.valeur == "etp"):
            # Devant k€, M€, % ou ETP, la partie décimale est naturelle en français :
            # « 9,550 k€ » ou « 1.175 M€ » ne sont pas des milliers de milliers.
            valeurs = valeurs[-1:]
        if self.est("centimes"):
            self.prendre()
            return Montant(tuple(v / 100 for v in valeurs), "eur", pas / 100)
        facteur, unite = self._unites(devant)
        valeurs, pas = tuple(v * facteur for v in valeurs), pas * facteur
        if unite == "eur" and facteur == 1:
            centimes = self._centimes(ecriture)
            if centimes is not None:
                valeurs, pas = tuple(v + centimes for v in valeurs), Fraction(1, 100)
        return Montant(valeurs, unite, pas)

    def _en_mille(self, valeurs, pas):
        """« 763 mille 316 », « 1 million 175 mille » : chaque terme est plus petit que son rang."""
        mot = self.prendre()
        facteur = Fraction(mot.valeur)
        if mot.texte.lower() == "mille" and valeurs[0] >= facteur:  # 14 000 (mille) : une redite ?
            return (valeurs[0], valeurs[0] * facteur), pas
        total, pas = valeurs[-1] * facteur, pas * facteur  # devant mille, la virgule est décimale
        while self.est("suite"):
            suite = comprendre(self.jeton)
            rang = self.suivant().valeur if self.suivant().genre == "mille" else 1
            if len(suite.valeurs) > 1 or suite.valeurs[0] * rang >= facteur:
                break
            self.prendre()
            if rang != 1:
                self.prendre()
            facteur = Fraction(rang)
            total, pas = total + suite.valeurs[0] * rang, facteur
        return (total,), pas

    def _unite(self):
        """Une unité écrite : son facteur et son nom."""
        jeton = self.prendre()
        if jeton.genre == "millier_d_euros":
            return Fraction(jeton.valeur), "eur"
        if jeton.genre in ("part", "points"):
            return jeton.valeur, jeton.genre
        return Fraction(1), jeton.valeur if jeton.genre == "unite" else jeton.genre

    def _unites(self, devant) -> tuple[Fraction, str | None]:
        """Les unités de part et d'autre d'un nombre : une seule, écrite une fois de chaque côté."""
        facteur, unite = devant or (Fraction(1), None)
        if self.est("multiple", "mille"):
            facteur *= self.prendre().valeur
        if self.est("ponctuation") and self.suivant().genre in UNITES:
            self.prendre()  # « 14 000. € »
        if self.est("separe") and self.jeton.texte in ",\n" and self.suivant().genre in UNITES:
            self.prendre()
        if not self.est("eur", "part", "points", "unite", "millier_d_euros"):
            return facteur, unite
        jeton = self.jeton
        ecart, nom = self._unite()
        if unite is not None and nom != unite:
            raise Arret("deux unités sont écrites pour un seul nombre", jeton)
        if self.est(jeton.genre) and self.jeton.valeur == jeton.valeur:
            raise self._en_trop(self.jeton)
        if self.est("eur", "part", "points", "unite", "millier_d_euros"):
            raise Arret("deux unités sont écrites pour un seul nombre", self.jeton)
        return (facteur if unite == nom else facteur * ecart), nom

    def _centimes(self, ecriture: Ecriture) -> Fraction | None:
        """« € 40 », « euros et 40 centimes » : les centimes écrits après l'unité."""
        saut = 1 if self.est("separe") and self.jeton.texte.lower() in ("et", ",") else 0
        suite, apres = self.suivant(saut), self.suivant(saut + 1)
        if suite.genre != "suite" or not suite.texte.isdecimal() or len(suite.texte) > 2:
            return None
        nommes = apres.genre == "centimes"
        seuls = not saut and len(suite.texte) == 2 and apres.genre not in (*UNITES, "suite", "mot")
        if ecriture.decimales or not (nommes or seuls):
            return None
        self.rang += saut + 1 + nommes
        return Fraction(int(suite.texte), 100)

    # --- ce qui arrête

    def _en_trop(self, jeton: Jeton) -> Arret:
        """Un signe doublé. Entre deux signes moins, ou un plus et un moins, on ne choisit pas."""
        pareils = self.jetons[self.rang - 1].texte == jeton.texte or jeton.genre != "operation"
        corrections = (remplacer(jeton),) if pareils and jeton.valeur != "-" else ()
        return Arret(f"le signe « {jeton.texte} » est en trop", jeton, corrections=corrections)

    def _arret_avant_un_nombre(self) -> Arret:
        """On attendait un nombre, et l'on trouve autre chose."""
        jeton = self.jeton
        if not self.est(FIN, "operation") or not self.rang:
            if self.est("operation"):
                return Arret("il manque un nombre avant ce signe", jeton)
            return self._arret_general()
        precedent = self.jetons[self.rang - 1]
        if self.est("operation"):
            if precedent.valeur == jeton.valeur:
                return self._en_trop(jeton)
            return Arret("il manque un nombre avant ce signe", jeton)
        corrections = ()
        colle = precedent.fin == jeton.fin and self.jetons[self.rang - 2].fin == precedent.debut
        seul = sum(j.genre in ("operation", "egal") for j in self.jetons) == 1
        if precedent.valeur == "-" and colle and seul:  # 4 450− : le moins final des comptables
            corrections = (((0, 0, "-"), *remplacer(precedent)),)
        return Arret("il manque un nombre après ce signe", precedent, corrections=corrections)

    def _arret_apres_un_nombre(self) -> Arret:
        """Un nombre est lu, et ce qui suit ne s'y rattache pas."""
        jeton = self.jeton
        reste = self.jetons[self.rang :]
        suite = next((j for j in reste if j.genre not in (*LIAISONS, *UNITES, "environ")), jeton)
        if suite.genre == "suite" and (
            jeton is suite or jeton.genre in (*LIAISONS, *UNITES, "environ")
        ):
            decimales = jeton.texte == "," and len(suite.texte) <= 2  # « 21, 8 »
            liaison = Jeton("separe", ",", self.jetons[self.rang - 1].fin, suite.debut)
            corrections = (remplacer(liaison, ","),) if decimales else ()
            return Arret("il y a là plusieurs nombres", suite, "deux_nombres", corrections)
        if jeton.genre == "separe" and suite.genre in ("operation", "ouvre"):
            return plusieurs_nombres(suite)
        if jeton.genre in UNITES:
            return Arret("cette unité est en trop", jeton)
        return self._arret_general()

    def _arret_general(self) -> Arret:
        jeton = self.jeton
        if jeton.genre == "ferme":
            numero = self.rang == 1 and len(self.jetons[0].texte) == 1  # « 1) … »
            correction = ((0, jeton.fin, ""),) if numero else remplacer(jeton)
            return Arret("cette parenthèse n'est pas ouverte", jeton, corrections=(correction,))
        noyau = self._noyau()
        corrections = (noyau,) if noyau else ()
        if self.est("ouvre") and self.suivant().genre == "mot":
            jeton = self.suivant()
        if jeton.genre in ("mot", "de"):
            mots = " ".join(j.texte for j in self.jetons if j.genre == "mot")
            cause = (
                "ce mot peut changer le signe, écrivez vous-même + ou − devant le nombre"
                if DIT_UN_SIGNE.search(mots)
                else "ce mot n'est pas une unité connue"
            )
            return Arret(cause, jeton, corrections=corrections)
        corrections += (remplacer(jeton, " "),)
        return Arret("ce signe n'a pas sa place dans un nombre", jeton, corrections=corrections)

    def _noyau(self) -> Correction | None:
        """Le nombre seul, sans les mots autour ; None s'ils peuvent en changer le sens."""
        jetons = self.jetons[:-1]
        mots = [rang for rang, j in enumerate(jetons) if j.genre in ("mot", "de", "separe", "egal")]
        dits = [rang for rang, j in enumerate(jetons) if j.genre in NOYAU]
        for ouvre in [r for r in dits if jetons[r].genre == "ouvre"]:  # « (favorable) »
            ferme = next((r for r in dits if r > ouvre and jetons[r].genre == "ferme"), None)
            if ferme is not None and all(r in mots for r in range(ouvre + 1, ferme)):
                dits = [r for r in dits if r not in (ouvre, ferme)]
        while dits and jetons[dits[0]].texte == ":":
            dits = dits[1:]
        if not dits or dits != list(range(dits[0], dits[-1] + 1)):
            return None
        avant = jetons[dits[0] - 1 : dits[0]]
        if any(j.genre == "mot" and j.fin == jetons[dits[0]].debut for j in avant):  # « Q2.1 »
            return None
        apres = jetons[dits[-1] + 1 : dits[-1] + 2]
        if any(
            j.genre == "mot" and len(j.texte) < 3 for j in apres
        ):  # kg, m… une unité, sans doute
            return None
        textes = [jetons[rang].texte for rang in mots]
        if jetons[dits[0]].valeur == "-":  # « −4 450, une baisse » : le signe est déjà écrit
            textes = [texte for texte in textes if not DIT_UN_SIGNE.match(texte)]
        colle = any(signe.isdigit() for signe in "".join(textes))  # 14K500
        if colle or CHANGE_LE_SENS.search(" ".join(textes)):
            return None
        return ((0, jetons[dits[0]].debut, ""), (jetons[dits[-1]].fin, self.jetons[-1].fin, ""))
