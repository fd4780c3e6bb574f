"""Ce qui empêche de lire un nombre où que ce soit dans le texte : monnaie, date, code, lettres."""

import contextlib
import re
from os.path import commonprefix

from .ecriture import INSECABLE
from .jetons import Jeton, liste
from .suites import Arret, remplacer

EXEMPLE = "Écrivez par exemple 1040,50 ou 1 040,50 € ou 12,5 %."
PAS_UN_NOMBRE = f"n'est pas un nombre. {EXEMPLE}"
EN_CHIFFRES = (
    "n'est pas un nombre écrit en chiffres. Écrivez le nombre en chiffres, par exemple 1 040,50."
)
INTERDITS = {  # les jetons qu'aucun nombre ne contient, et pourquoi
    "compare": "c'est une comparaison",
    "devise": "une autre monnaie que l'euro",
    "fonction": "c'est une formule, et non son résultat",
    "date": "c'est une date",
    "annees": "ce sont des années",
    "rubrique": "ce début ressemble à une année ou à un numéro",
    "plus_ou_moins": "un résultat n'a qu'un signe, plus ou moins",
    "signe": "ce signe n'a pas sa place dans un nombre",
}
# Ce qui remplace un jeton interdit dans la ligne proposée : une espace ne joint jamais deux nombres,
# et $ est voisin de l'euro sur le clavier.
REMPLACEMENTS = {"rubrique": " ", "$": "€"}
EN_LETTRES = liste("en_lettres")
LETTRE_POUR_CHIFFRE = re.compile(
    r"(?<![^\W\d_])(?=[\dOolI]*\d)(?=\d*[OolI])[\dOolI]{2,}(?![^\W\d_])|(?<=\d )[Oo]{3}(?![^\W\d_])"
)
CHIFFRES_DES_LETTRES = str.maketrans("OolI", "0011")
# Une case de tableur ou une annexe : « =A1*1,2 », « $B$2 », « A5 ». Ce n'est pas un nombre.
REFERENCE = re.compile(r"(?<![\w°])\$?[A-H]\$?\d+", re.I)


def chercher_un_obstacle(texte: str, jetons: list[Jeton]) -> None:
    """Ce qui arrête la lecture où que ce soit dans le texte, avant même de calculer."""
    tout = Jeton("texte", texte, 0, len(texte))
    recode = MAL_ENREGISTRE.sub(_recoder, MAL_ENREGISTRE.sub(_recoder, texte))  # cela s'est vu
    if recode != texte:
        place = len(commonprefix([texte, recode]))
        jeton = Jeton("signe", "", place, place + 1)
        raise Arret("ces caractères sont mal enregistrés", jeton, remplacer(tout, recode))
    genres = {jeton.genre for jeton in jetons}
    if trouve := REFERENCE.search(texte):
        jeton = Jeton("mot", trouve[0], *trouve.span())
        raise Arret("c'est le nom d'une case ou d'une annexe, et non un nombre", jeton)
    if "code" not in genres and (trouve := LETTRE_POUR_CHIFFRE.search(texte)):
        jeton = Jeton("mot", trouve[0], *trouve.span())
        correction = remplacer(jeton, trouve[0].translate(CHIFFRES_DES_LETTRES))
        raise Arret("une lettre, O ou l, remplace un chiffre, 0 ou 1", jeton, correction)
    if not genres & {"suite", "code", "date", "annees"}:
        raise Arret(EN_CHIFFRES if EN_LETTRES.search(texte) else PAS_UN_NOMBRE, None)
    for jeton in sorted(jetons, key=lambda jeton: jeton.genre != "compare"):
        if jeton.genre == "code" or (jeton.texte == "$" and texte.count("$") > 1):
            correction = remplacer(tout, _sans_code(texte))
            raise Arret("c'est un code de mise en forme", jeton, correction)
        if cause := INTERDITS.get(jeton.genre):
            autre = REMPLACEMENTS.get(jeton.texte) or REMPLACEMENTS.get(jeton.genre)
            etat = "deux_nombres" if jeton.genre in ("annees", "rubrique") else "illisible"
            raise Arret(cause, jeton, *[remplacer(jeton, autre)] if autre else (), etat=etat)


# Un caractère d'UTF-8 lu octet par octet : « â‚¬ » pour €, « Â » et une espace pour l'insécable.
LUS = [bytes([octet]).decode("cp1252", "ignore") or chr(octet) for octet in range(256)]
OCTETS = {**{signe: octet for octet, signe in enumerate(LUS)}, **{chr(o): o for o in range(256)}}
MAL_ENREGISTRE = re.compile(
    rf"Â[ \d]|[ÂÃâï][{re.escape(''.join(LUS[128:192]))}\x80-\xbf]{{1,2}}|[\x80-\x9f]"
)


def _recoder(trouve: re.Match) -> str:
    signes = trouve[0]
    if signes[1:].strip().isascii() and signes[0] == "Â":
        return INSECABLE + signes[1:].strip()
    octets = bytes(OCTETS[signe] for signe in signes)
    for longueur in (3, 2):
        with contextlib.suppress(UnicodeDecodeError):
            return octets[:longueur].decode("utf-8") + signes[longueur:]
    return LUS[octets[0]] + signes[1:]


CODES = {
    r"\times": "×", r"\cdot": "×", r"\div": "÷", r"\approx": "≈", r"\simeq": "≈", r"\euro": "€",
    r"\%": "%", r"\,": " ", r"\;": " ", r"\:": " ", r"\!": "", r"\ ": " ", "~": " ",
}  # fmt: skip


def _sans_code(texte: str) -> str:
    for code, simple in CODES.items():
        texte = texte.replace(code, simple)
    return re.sub(r"\\[A-Za-z]+|[\\${}]", "", texte)
