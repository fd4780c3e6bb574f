"""Une suite de chiffres et de séparateurs : sa valeur, ou les deux qu'elle peut avoir ; sinon `Arret`."""

import re
from fractions import Fraction

from .jetons import Jeton

EXPOSANT_MAXIMAL = 30
# Des remplacements (début, fin, texte) dans la ligne d'origine, du premier au dernier.
Correction = tuple[tuple[int, int, str], ...]


class Arret(Exception):
    """Ce qui arrête la lecture. `corrections` : les lignes à proposer, la meilleure d'abord."""

    def __init__(
        self, cause: str, jeton: Jeton | None, *corrections: Correction, etat: str = "illisible"
    ):
        super().__init__(cause)
        self.cause, self.jeton, self.corrections, self.etat = cause, jeton, corrections, etat


def remplacer(jeton: Jeton, texte: str = "") -> Correction:
    """La correction qui met ce texte à la place d'un jeton."""
    return ((jeton.debut, jeton.fin, texte),)


def plusieurs_nombres(jeton: Jeton, *corrections: Correction) -> Arret:
    """L'arrêt à lever quand une saisie contient deux nombres."""
    return Arret("il y a là plusieurs nombres", jeton, *corrections, etat="deux_nombres")


def comprendre(jeton: Jeton) -> tuple[tuple[Fraction, ...], int]:
    """La valeur d'une suite de chiffres, quels que soient ses séparateurs, et ses décimales.

    On hésite dans un seul cas : un point ou une virgule suivi de trois chiffres exactement,
    précédé d'un à trois chiffres dont le premier n'est pas 0. La valeur en milliers vient alors la
    première, puis la valeur décimale. « 0.236 », « 742518.600 », « 1050.5 », « 1.284.639 » ou
    « 1.050,00 » ne laissent pas de doute.
    """
    texte = re.sub(r"\s+virgule\s+", ",", jeton.texte.lower())
    corps = re.sub(r"[.,][ \u202f]?-+$", "", texte)
    sans_centimes = corps != texte  # « 1.050,- » : le point y sépare des milliers
    corps, _, exposant = re.sub(r"\s(?=e)", "", corps).partition("e")
    if abs(int(exposant or 0)) > EXPOSANT_MAXIMAL:
        raise Arret("ce nombre est trop grand ou trop petit", jeton)
    facteur = Fraction(10) ** int(exposant or 0)
    corps = re.sub(r"[ \u202f]*([.,])[ \u202f]*", r"\1", corps)
    signe = "".join(re.findall("[.,]", corps))[-1:]
    if not signe:
        return (_entier(corps, jeton) * facteur,), 0
    avant, _, apres = corps.rpartition(signe)
    autre = "".join(re.findall("[.,]", avant))[:1]
    if signe in avant and _est_groupe(corps, signe):  # 1.284.639
        return (_entier(corps.replace(signe, " "), jeton) * facteur,), 0
    if signe in avant or (autre and not _est_groupe(avant, autre) and apres.isdecimal()):
        raise _mal_separe(jeton, corps, signe)
    if not apres.isdecimal():  # des chiffres séparés par une espace après les décimales
        raise plusieurs_nombres(jeton)
    entiers = _entier(re.sub("[.,]", " ", avant) or "0", jeton)
    decimal = (entiers + Fraction(int(apres), 10 ** len(apres))) * facteur
    groupable = re.fullmatch(
        r"[1-9]\d{0,2}" if signe == "," else r"[1-9]\d{0,2}([ \u202f'_]\d{3})*", avant
    )
    if len(apres) == 3 and groupable and not exposant:
        milliers = entiers * 1000 + int(apres)
        return (milliers,) if sans_centimes else (milliers, decimal), 3
    return (decimal,), len(apres) - int(exposant or 0)


def _est_groupe(corps: str, signe: str) -> bool:
    return bool(re.fullmatch(rf"\d{{1,3}}(?:[{signe} \u202f'_]\d{{3}})+", corps))


def _entier(corps: str, jeton: Jeton) -> Fraction:
    """Un entier dont les milliers sont séparés ou non ; jamais deux nombres joints."""
    premier, *groupes = re.split(r"\D+", corps)
    separateurs = re.findall(r"\D+", corps)
    espaces = not "".join(separateurs).strip()
    pareils = len(set(separateurs)) < 2
    bien_formes = not groupes or len(premier) <= 3 and {len(g) for g in groupes} == {3}
    if not bien_formes and pareils and not espaces:
        raise _mal_separe(jeton, corps, separateurs[0])
    # « 636 097 757 000 » : deux montants à la file, ou un seul de douze chiffres ? Une espace
    # ordinaire devant un groupe qui peut commencer un nombre ne les joint pas.
    suites = zip(separateurs[1:], groupes[1:-1], strict=False)
    if (
        not bien_formes
        or not (espaces or pareils)
        or any(separateur == " " and groupe[0] != "0" for separateur, groupe in suites)
    ):
        raise plusieurs_nombres(jeton)
    return Fraction(int(premier + "".join(groupes)))


def _mal_separe(jeton: Jeton, corps: str, signe: str) -> Arret:
    entiers, _, fin = corps.rpartition(signe)
    corrige = re.sub(r"\D", " ", entiers) + "," + fin
    corrections = (remplacer(jeton, corrige),) if signe in ".," else ()
    return Arret(f"les chiffres sont mal séparés par « {signe} »", jeton, *corrections)
