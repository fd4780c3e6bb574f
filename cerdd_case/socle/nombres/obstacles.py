"""Ce qui empêche de lire un nombre où que ce soit dans le texte : monnaie, date, code, lettres."""

import re

from .ecriture import INSECABLE
from .jetons import Jeton, liste
from .suites import Arret, remplacer

EXEMPLE = "Écrivez par exemple 1040,50 ou 1 040,50 € ou 12,5 %."
PAS_UN_NOMBRE = f"n'est pas un nombre. {EXEMPLE}"
EN_CHIFFRES = (
    "n'est pas un nombre écrit en chiffres. Écrivez le nombre en chiffres, par exemple 1 040,50."
)
# Les jetons qu'aucun nombre ne contient : pourquoi, dans quel état cela laisse la lecture, et par
# quoi les remplacer pour proposer une ligne. Une espace ne joint jamais deux nombres.
INTERDITS = {
    "compare": ("c'est une comparaison", "illisible", None),
    "devise": ("une autre monnaie que l'euro", "illisible", None),
    "fonction": ("c'est une formule, et non son résultat", "illisible", None),
    "date": ("c'est une date", "illisible", None),
    "annees": ("ce sont des années", "deux_nombres", None),
    "rubrique": ("ce début ressemble à une année ou à un numéro", "deux_nombres", " "),
    "plus_ou_moins": ("un résultat n'a qu'un signe, plus ou moins", "illisible", None),
    "signe": ("ce signe n'a pas sa place dans un nombre", "illisible", None),
}
EN_LETTRES = liste("en_lettres")
LETTRE_POUR_CHIFFRE = re.compile(
    r"(?<![^\W\d_])(?=[\dOolI]*\d)(?=\d*[OolI])[\dOolI]{2,}(?![^\W\d_])|(?<=\d )[Oo]{3}(?![^\W\d_])"
)
# Une case de tableur ou une annexe : « =A1*1,2 », « $B$2 », « A5 ». Ce n'est pas un nombre.
REFERENCE = re.compile(r"(?<![\w°])\$?[A-H]\$?\d+", re.I)
CHIFFRES_DES_LETTRES = str.maketrans("OolI", "0011")


def chercher_un_obstacle(texte: str, jetons: list[Jeton]) -> None:
    """Ce qui arrête la lecture où que ce soit dans le texte, avant même de calculer."""
    tout = Jeton("texte", texte, 0, len(texte))
    recode = _recoder(texte)
    if recode is not None:
        place = next(i for i, (a, b) in enumerate(zip(texte, recode + " ", strict=False)) if a != b)
        raise Arret("ces caractères sont mal enregistrés", Jeton("signe", "", place, place + 1),
                    corrections=(remplacer(tout, recode),))  # fmt: skip
    genres = {jeton.genre for jeton in jetons}
    if reference := REFERENCE.search(texte):
        raise Arret("c'est le nom d'une case ou d'une annexe, et non un nombre",
                    Jeton("mot", reference[0], *reference.span()))  # fmt: skip
    lettre = LETTRE_POUR_CHIFFRE.search(texte)
    if lettre and "code" not in genres:
        jeton = Jeton("mot", lettre[0], *lettre.span())
        raise Arret("une lettre, O ou l, remplace un chiffre, 0 ou 1", jeton,
                    corrections=(remplacer(jeton, lettre[0].translate(CHIFFRES_DES_LETTRES)),))  # fmt: skip
    if not genres & {"suite", "code", "date", "annees"}:
        raise Arret(EN_CHIFFRES if EN_LETTRES.search(texte) else PAS_UN_NOMBRE)
    for jeton in sorted(jetons, key=lambda jeton: jeton.genre != "compare"):
        if jeton.genre == "code" or (jeton.texte == "$" and texte.count("$") > 1):
            raise Arret("c'est un code de mise en forme", jeton,
                        corrections=(remplacer(tout, _sans_code(texte)),))  # fmt: skip
        if jeton.genre in INTERDITS:
            cause, etat, remplacement = INTERDITS[jeton.genre]
            if jeton.texte == "$":  # voisin de l'euro sur le clavier
                remplacement = "€"
            corrections = () if remplacement is None else (remplacer(jeton, remplacement),)
            raise Arret(cause, jeton, etat, corrections)


# Un caractère d'UTF-8 lu octet par octet : « â‚¬ » pour €, « Â » et une espace pour l'insécable.
_OCTETS = {octet: bytes([octet]).decode("cp1252", "ignore") or chr(octet) for octet in range(256)}
_SUITE = "".join(_OCTETS[octet] for octet in range(0x80, 0xC0))
MAL_ENREGISTRE = re.compile(rf"Â[ \d]|[ÂÃâï][{re.escape(_SUITE)}\x80-\xbf]{{1,2}}|[\x80-\x9f]")
OCTETS = {**{chr(octet): octet for octet in range(256)}, **{s: o for o, s in _OCTETS.items()}}


def _recoder(texte: str) -> str | None:
    """Le texte avant qu'un logiciel ne l'ait enregistré de travers ; None s'il est intact."""
    recode = texte
    for _ in range(2):  # deux fois de travers, cela s'est vu
        recode = MAL_ENREGISTRE.sub(_recoder_un_signe, recode)
    return recode if recode != texte else None


def _recoder_un_signe(trouve: re.Match) -> str:
    signes = trouve[0]
    if signes[0] == "Â" and (signes[1] == " " or signes[1].isdecimal()):
        return INSECABLE + signes[1].strip()
    octets = bytes(OCTETS[signe] for signe in signes)
    for longueur in range(len(octets), 1, -1):
        try:
            return octets[:longueur].decode("utf-8") + signes[longueur:]
        except UnicodeDecodeError:
            continue
    return _OCTETS[octets[0]] + signes[1:]


CODES = {
    r"\times": "×", r"\cdot": "×", r"\div": "÷", r"\approx": "≈", r"\simeq": "≈", r"\euro": "€",
    r"\%": "%", r"\,": " ", r"\;": " ", r"\:": " ", r"\!": "", r"\ ": " ", "~": " ",
}  # fmt: skip


def _sans_code(texte: str) -> str:
    for code, simple in CODES.items():
        texte = texte.replace(code, simple)
    return re.sub(r"\\[A-Za-z]+|[\\${}]", "", texte)
