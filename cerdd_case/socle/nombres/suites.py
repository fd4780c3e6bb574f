"""Une suite de chiffres et de séparateurs : sa valeur, ou les deux qu'elle peut avoir ; sinon `Arret`."""

import re
from dataclasses import dataclass
from fractions import Fraction

from .jetons import Jeton

EXPOSANT_MAXIMAL = 30


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
