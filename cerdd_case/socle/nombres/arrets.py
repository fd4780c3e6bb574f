"""Ce qui arrête la lecture : où, pourquoi, et la correction à essayer, si elle ne change pas la valeur.

D'abord ce qui l'empêche où que ce soit dans le texte (monnaie, date, code, lettres), puis ce que
rencontre un `Lecteur` qui avance dans les jetons.
"""

import contextlib
import re
from os.path import commonprefix

from ..typographie import INSECABLE
from .allegement import UNITES
from .jetons import Jeton, motif_des_mots
from .suites import Arret, Correction, plusieurs_nombres, remplacer

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
EN_LETTRES = motif_des_mots("en_lettres")
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
            etat = "deux_nombres" if jeton.genre in ("annees", "rubrique") else "illisible"
            # $ est voisin de € sur le clavier ; une espace ne joint jamais deux nombres
            autre = "€" if jeton.texte == "$" else " " if jeton.genre == "rubrique" else ""
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


# --- En avançant ------------------------------------------------------------------------

FIN = "fin"
DIT_UN_SIGNE = motif_des_mots("dit_un_signe")
# On ne propose pas d'ôter un de ces mots.
CHANGE_LE_SENS = motif_des_mots("dit_un_signe", "change_le_sens")
SANS_VALEUR = ("mot", "de", "separe")
AUTOUR = (*SANS_VALEUR, "ponctuation", "environ", *UNITES)
NOYAU = ("suite", "operation", "exposant", "ouvre", "ferme", *UNITES)


class Lecteur:
    """Avance dans les jetons, sans jamais revenir en arrière, et dit ce qui l'arrête."""

    def __init__(self, jetons: list[Jeton], longueur: int):
        self.jetons = [*jetons, Jeton(FIN, "", longueur, longueur)]
        self.rang = 0

    @property
    def jeton(self) -> Jeton:
        """Le jeton où l'on est ; `FIN` après le dernier."""
        return self.jetons[self.rang]

    def suivant(self, ecart: int = 1) -> Jeton:
        """Le jeton d'après, ou `ecart` jetons plus loin."""
        return self.jetons[min(self.rang + ecart, len(self.jetons) - 1)]

    def prendre(self) -> Jeton:
        """Le jeton où l'on est, que l'on passe."""
        self.rang += 1
        return self.jetons[self.rang - 1]

    def est(self, *genres: str) -> bool:
        """Vrai si le jeton est de l'un de ces genres."""
        return self.jeton.genre in genres

    def est_operation(self, *signes: str) -> bool:
        """Vrai si le jeton est l'une de ces opérations."""
        return self.est("operation") and self.jeton.valeur in signes

    # --- ce qui arrête

    def _en_trop(self, jeton: Jeton) -> Arret:
        """Un signe doublé. Entre deux signes moins, ou un plus et un moins, on ne choisit pas."""
        pareils = self.jetons[self.rang - 1].texte == jeton.texte or jeton.genre != "operation"
        corrections = (remplacer(jeton),) if pareils and jeton.valeur != "-" else ()
        return Arret(f"le signe « {jeton.texte} » est en trop", jeton, *corrections)

    def _arret_avant_un_nombre(self) -> Arret:
        """On attendait un nombre, et l'on trouve autre chose."""
        jeton, (*debut, precedent) = self.jeton, (None, *self.jetons[: self.rang])
        if self.est("operation"):
            if precedent and precedent.valeur == jeton.valeur:
                return self._en_trop(jeton)
            return Arret("il manque un nombre avant ce signe", jeton)
        if not self.est(FIN) or not precedent:
            return self._arret_general()
        seul = sum(j.genre in ("operation", "egal") for j in self.jetons) == 1
        colle = precedent.fin == jeton.fin and debut[-1] and debut[-1].fin == precedent.debut
        if precedent.valeur != "-" or not colle or not seul:
            return Arret("il manque un nombre après ce signe", precedent)
        moins = ((0, 0, "-"), *remplacer(precedent))  # 3 250− : le moins final des comptables
        return Arret("il manque un nombre après ce signe", precedent, moins)

    def _arret_apres_un_nombre(self) -> Arret:
        """Un nombre est lu, et ce qui suit ne s'y rattache pas."""
        jeton = self.jeton
        suite = next(j for j in self.jetons[self.rang :] if j.genre not in AUTOUR)
        if suite.genre == "suite":
            decimales = jeton.texte == "," and len(suite.texte) <= 2  # « 21, 8 »
            liaison = Jeton("separe", ",", self.jetons[self.rang - 1].fin, suite.debut)
            return plusieurs_nombres(suite, *[remplacer(liaison, ",")] if decimales else ())
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
            return Arret("cette parenthèse n'est pas ouverte", jeton, correction)
        corrections = self._noyau()
        if self.est("ouvre") and self.suivant().genre == "mot":
            jeton = self.suivant()
        if jeton.genre in ("mot", "de"):
            mots = " ".join(j.texte for j in self.jetons if j.genre == "mot")
            de_moins = self.suivant().genre == "operation" and self.suivant().texte.isalpha()
            cause = (
                "ce mot peut changer le signe, écrivez vous-même + ou − devant le nombre"
                if DIT_UN_SIGNE.search(mots) or de_moins  # « 300 de moins »
                else "ce mot n'est pas une unité connue"
            )
            return Arret(cause, jeton, *corrections)
        corrections = [*corrections, remplacer(jeton, " ")]
        return Arret("ce signe n'a pas sa place dans un nombre", jeton, *corrections)

    def _noyau(self) -> list[Correction]:
        """Le nombre seul, sans les mots autour, s'ils ne peuvent pas en changer le sens."""
        jetons = self.jetons[:-1]
        mots = [rang for rang, j in enumerate(jetons) if j.genre in (*SANS_VALEUR, "egal")]
        dits = [rang for rang, j in enumerate(jetons) if j.genre in NOYAU]
        for ouvre in [r for r in dits if jetons[r].genre == "ouvre"]:  # « (favorable) »
            ferme = next((r for r in dits if r > ouvre and jetons[r].genre == "ferme"), ouvre)
            if ferme > ouvre and {*range(ouvre + 1, ferme)} <= {*mots}:
                dits = [r for r in dits if r not in (ouvre, ferme)]
        while dits and jetons[dits[0]].texte == ":":
            dits = dits[1:]
        if not dits or dits != list(range(dits[0], dits[-1] + 1)):
            return []
        premier, dernier = jetons[dits[0]], jetons[dits[-1]]
        avant, apres = jetons[dits[0] - 1 : dits[0]], jetons[dits[-1] + 1 : dits[-1] + 2]
        textes = [jetons[rang].texte for rang in mots]
        if premier.valeur == "-":  # « −3 250, une baisse » : le signe est déjà écrit
            textes = [texte for texte in textes if not DIT_UN_SIGNE.match(texte)]
        if (
            any(signe.isdigit() for signe in "".join(textes))  # 14K500
            or any(j.genre == "mot" and j.fin == premier.debut for j in avant)  # Q2.1
            or any(j.genre == "mot" and len(j.texte) < 3 for j in apres)  # kg, m : une unité ?
            or CHANGE_LE_SENS.search(" ".join(textes))
        ):
            return []
        return [((0, premier.debut, ""), (dernier.fin, self.jetons[-1].fin, ""))]
