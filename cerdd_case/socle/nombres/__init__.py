"""Nombres à la française, dans les deux sens : `763 316,40 €` ↔ 763316.4.

- `ecriture.py` : d'une valeur à un texte (`nombre`, `euros`, `milliers`, `pourcent`, `taux`) ;
- `jetons.py`, puis `grammaire.py` : d'un texte à une valeur ;
- ici : `lire`, qui dit ce qui est compris ou ce qui arrête la lecture, et `lire_nombre`, qui veut
  une valeur sûre.

On lit, on dit ce qu'on a lu, et l'on demande quand on hésite : jamais deux nombres joints, jamais
une unité oubliée, jamais un point de milliers pris en silence pour une virgule.
"""

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from ..erreurs import ErreurNombre
from .ecriture import FINE, INSECABLE, MOIS, euros, mesure, milliers, nombre, pourcent, taux
from .grammaire import (
    MODES,
    Analyse,
    Arret,
    Cote,
    Mode,
    Operation,
    Perte,
    Valeur,
    accorder,
    alleger,
    dire,
    est_exact,
    est_un_rapport,
    plusieurs_nombres,
    remplacer,
)
from .jetons import Jeton, decouper

__all__ = [
    "FINE", "INSECABLE", "MOIS", "Lecture", "dire", "euros", "lire", "lire_nombre", "mesure", "milliers",
    "nombre", "pourcent", "taux",
]  # fmt: skip

LONGUEUR_MAXIMALE = 200
EXEMPLE = "Écrivez par exemple 1040,50 ou 1 040,50 € ou 12,5 %."
INFINI = "Un nombre fini est attendu : ni infini, ni valeur manquante."


@dataclass(frozen=True)
class Lecture:
    """Ce qui a été compris d'une saisie.

    - `etat` : lu, ambigu, deux_nombres, illisible ou vide ;
    - `valeur` : en euros (k€ et M€ convertis) ou en part (0 à 1) si un pourcentage est écrit ; le
      résultat, pour un calcul ; None si rien n'est lu ;
    - `unite` : eur, part, points (de pourcentage, en part eux aussi), etp, un autre mot d'unité,
      ou None si rien n'est écrit ;
    - `approche` : dit « environ » ; `calcul` : c'est une opération ; `rapport` : c'est un quotient
      sans unité, que rien ne multiplie par 100 ;
    - `candidats` : les lectures possibles d'un texte ambigu, la plus vraisemblable d'abord ;
    - `ecrit` : comment redire ce qui est lu ;
    - `obstacle`, `position` : ce qui arrête la lecture, et sa place dans le texte ;
    - `proposition` : la ligne corrigée, quand une seule correction est sûre ;
    - `phrase` : ce qui est à dire quand l'état n'est pas « lu » ;
    - `si_part` : ce qu'il faut lire à la place quand c'est une part qu'on attend.
    """

    etat: str
    valeur: float | None = None
    unite: str | None = None
    approche: bool = False
    calcul: bool = False
    rapport: bool = False
    candidats: tuple[float, ...] = ()
    ecrit: str = ""
    obstacle: str | None = None
    position: int | None = None
    proposition: str | None = None
    phrase: str = ""
    si_part: "Lecture | None" = None


def lire(saisie: object) -> Lecture:
    """Lit ce qu'une personne a donné pour un nombre : un texte, ou un nombre de Python ou NumPy.

    Ne lève jamais d'erreur : un texte ou un objet qui n'est pas un nombre a son état et sa phrase.
    """
    genre = type(saisie)  # et non isinstance : un objet peut mentir sur sa classe, ou s'en défendre
    try:
        if issubclass(genre, str):
            return _lire_texte(str.__str__(saisie))
        if saisie is None or saisie is ...:
            return Lecture("vide", phrase=f"« {saisie} » n'est pas un nombre. {EXEMPLE}")
        if genre is np.ndarray and saisie.ndim == 0:
            return lire(saisie.item())
        if genre is tuple:
            return _lire_virgule_de_python(saisie)
        if genre in NOMBRES:
            return _lire_nombre_de_python(saisie)
    except Exception:  # jamais une erreur devant un élève, même si ce module en avait une
        pass
    return Lecture("illisible", phrase=f"Cette valeur n'est pas un nombre. {EXEMPLE}")


def lire_nombre(saisie: object) -> float:
    """La valeur d'un nombre écrit par une personne, ou sa part s'il porte « % ».

    Comprend `763316.4`, `763 316,40 €` (avec n'importe quelle espace), `763 k€` (763 000),
    `21,8 %` (0,218), un calcul, et les nombres de Python ou de NumPy : voir `lire`.

    Lève `ErreurNombre`, avec la phrase à montrer, pour tout ce qui ne se lit pas d'une seule façon.
    """
    lecture = lire(saisie)
    if lecture.etat != "lu":
        raise ErreurNombre(lecture.phrase)
    return lecture.valeur


# --- Les objets de Python et de NumPy --------------------------------------------------------


# Les seuls objets dont on appelle les méthodes : les autres peuvent tout faire, même tout arrêter.
NOMBRES = {int, float, Decimal, Fraction} | {
    genre for genre in np.sctypeDict.values() if np.dtype(genre).kind in "iuf"
}


def _lire_nombre_de_python(saisie: object) -> Lecture:
    try:
        valeur = float(saisie)
    except (OverflowError, ValueError):  # un entier démesuré, un Decimal sans valeur
        valeur = math.inf
    if not math.isfinite(valeur):
        return Lecture("illisible", phrase=INFINI)
    return Lecture("lu", valeur, ecrit=dire(Fraction(round(valeur, 6)), None))


def _lire_virgule_de_python(saisie: tuple) -> Lecture:
    """`763316,40` tapé sans guillemets : deux nombres pour Python, une virgule pour la personne."""
    proposition = None
    if len(saisie) == 2 and all(type(n) is int for n in saisie):
        entiers, decimales = saisie
        if 0 < decimales < 100:  # au-delà, ou à zéro, c'était peut-être un séparateur de milliers
            proposition = f"{entiers}.{decimales}"
    conseil = f"{proposition}, ou « {proposition.replace('.', ',')} »" if proposition else "1040.50"
    return Lecture(
        "illisible",
        obstacle=",",
        proposition=proposition,
        phrase="Pour Python, la virgule sépare deux nombres. Écrivez la décimale avec un point, ou "
        f"mettez le nombre entre guillemets : {conseil}.",
    )


# --- Les textes ------------------------------------------------------------------------------


def _lire_texte(texte: str) -> Lecture:
    debut = len(texte) - len(texte.lstrip())
    propre = texte.strip()
    if len(propre) > LONGUEUR_MAXIMALE:
        return Lecture(
            "illisible",
            phrase=f"Ce texte de {nombre(len(propre))} caractères est trop long pour un nombre. "
            "Écrivez seulement votre résultat, par exemple 1040,50.",
        )
    lecture = _sans_etiquette(propre, _essayer(propre))
    if lecture.position is None:
        return lecture
    return replace(lecture, position=lecture.position + debut)


def _essayer(texte: str) -> Lecture:
    try:
        return _calculer(texte)
    except Arret as arret:
        return _expliquer(texte, arret)


TITRE = (
    r"(?:(?:le|la|les|l'|un|mon|notre) ?)?(?:[ée]carts?|r[ée]sultats?|r[ée]ponses?|totale?|montants?"
    r"|charges|ressources|recettes|d[ée]penses|solde)(?: (?:de|des|du|sur|les|la|le|charges|ressources"
    r"|personnel|recettes|d[ée]penses|20\d\d))*"
)
# Un numéro, une puce ou une année devant la réponse : « 2.1 - 14 000 », « a/ 14 000 », « 1°) 14 000 ».
ANNEE = r"20(?:0[1-9]|[1-3]\d)"
TRAIT = "[-‐‑‒–—]"
ETIQUETTE = re.compile(
    rf"(?:(?P<nombre>{ANNEE}|[1-9](?:\.[1-9])?)(?P<colle>\s?)(?P<trait>{TRAIT}|[/:=])(?P<espace>\s?)"
    rf"|(?:{TITRE}\s|(?:questions?|q|n°|num[ée]ro|exercice|ex\.?|dossier)\s?\d(?:\.\d)?(?:\.?[a-z]+)?"
    r"|\d(?:\.\d)?\.?[a-z]+|[a-z])"
    rf"\s?(?:°?\)|[/:°]|(?P<tiret>{TRAIT})(?=\s))\s*|\d(?:\.\d)?\s?(?:°\s?\)?|\))\s*)(?=\S)",
    re.I,
)
ANNEE_DERRIERE = re.compile(rf"\s?(?:[/,]|{TRAIT}|\()\s?{ANNEE}\s?\)?$")


# Après un mot, « - » est un tiret aussi bien qu'un signe : on ne propose ni l'un ni l'autre.
TIRET = re.compile(rf"\b(?!(?:de|est|à|donc|soit|vaut)\s)[^\W\d_]+\s{TRAIT}\s?(?=[\d(])", re.I)


def _sans_etiquette(texte: str, lecture: Lecture) -> Lecture:
    """Ce qui précède ou suit la réponse sans en être : on ne calcule pas avec, on demande."""
    devant, derriere = ETIQUETTE.match(texte), ANNEE_DERRIERE.search(texte)
    if not devant and not derriere:
        return lecture
    fin = derriere.start() if derriere else len(texte)
    if devant and devant.end() > fin:  # « 1/2014 » : la réponse est devant
        devant = None
    reste = texte[devant.end() if devant else 0 : fin]
    seule = _lue(reste)
    if seule is None:
        return lecture
    if devant and len(devant["nombre"] or "") == 1:  # « 1/5 » est bien un calcul
        grand = abs(seule.valeur) >= 1000 or seule.unite is not None
        if not grand and (devant["colle"] or not devant["espace"]):
            return lecture
    if devant and devant["tiret"]:
        lecture = _lue(f"-{reste}") or lecture
    if lecture.etat in ("illisible", "deux_nombres"):
        return _proposer_le_reste(texte, lecture, reste)
    if lecture.etat == "lu" and lecture.valeur == seule.valeur:
        return lecture
    autre = lecture.ecrit if lecture.etat == "lu" and len(lecture.ecrit) < 60 else "un calcul"
    valeurs = lecture.candidats or (lecture.valeur,)
    return Lecture(
        "ambigu",
        candidats=(seule.valeur, *valeurs),
        phrase=f"« {visible(texte)[:40]} » peut se lire {seule.ecrit[:40]} ou {autre}. "
        "Écrivez seulement votre résultat, sans titre, ni numéro, ni tiret.",
    )


def _proposer_le_reste(texte: str, lecture: Lecture, reste: str) -> Lecture:
    debut = re.split("Écrivez (?:seulement|le nombre)", lecture.phrase)[0]
    reste = _serrer(reste)
    if (
        debut == lecture.phrase
        or len(reste) > 40
        or len(reste.splitlines()) != 1
        or not _est_sure(reste)
    ):
        return lecture
    phrase = f"{debut}Écrivez le nombre ainsi : « {reste} »."
    return replace(lecture, proposition=reste, phrase=phrase)


def _calculer(texte: str) -> Lecture:
    """La lecture du texte ; lève `Arret` dès que quelque chose l'empêche."""
    jetons = decouper(texte)
    if not jetons and any(signe.isalnum() for signe in texte):
        raise Arret(PAS_UN_NOMBRE)
    if not jetons:
        return Lecture("vide", phrase="Rien n'est écrit. Tapez un nombre, par exemple 1040,50.")
    _chercher_un_obstacle(texte, jetons)
    cotes = Analyse(alleger(jetons), len(texte)).ligne()
    calcul = next((cote.noeud for cote in cotes if cote.est_un_calcul), None)
    lectures = {}
    for mode in MODES:
        valeur = _evaluer(cotes, mode)
        if valeur is not None:
            lectures.setdefault((valeur.nombre, valeur.unite), (mode, valeur))
    if not lectures:
        raise _contradiction(jetons, cotes)
    try:
        valeurs = tuple(float(nombre_exact) for nombre_exact, _ in lectures)
    except OverflowError:
        raise Arret("ce nombre est trop grand", jetons[0]) from None
    if len(lectures) > 1:
        return _demander(texte, lectures, valeurs)
    mode, lue = next(iter(lectures.values()))
    return Lecture(
        "lu", valeurs[0], lue.unite, lue.approche, calcul is not None,
        rapport=lue.unite is None and est_un_rapport(calcul),
        ecrit=_redire(calcul, mode, lue), si_part=_si_part(cotes, mode),
    )  # fmt: skip


def _evaluer(cotes: list[Cote], mode: Mode) -> Valeur | None:
    """Ce que disent ensemble les côtés, les calculs d'abord ; None s'ils se contredisent."""
    environ = any(cote.approche for cote in cotes)
    premier, *autres = sorted(cotes, key=lambda cote: not cote.est_un_calcul)
    valeur, ecrit = premier.evaluer(mode), not premier.est_un_calcul
    for cote in autres:
        valeur = valeur and accorder(valeur, cote.evaluer(mode), environ, calcul=not ecrit)
        ecrit = ecrit or not cote.est_un_calcul
    return valeur


def _contradiction(jetons: list[Jeton], cotes: list[Cote]) -> Arret:
    """Des côtés qui ne sont pas égaux : deux nombres, ou un « × » oublié devant une parenthèse."""
    redit = next((cote for cote in cotes if cote.ouvre), None)
    if redit is None:
        cause = (
            "ce résultat n'est pas celui du calcul, cela fait deux nombres"
            if any(cote.est_un_calcul for cote in cotes)
            else "aucun de ces nombres n'est l'arrondi de l'autre, cela fait deux nombres"
        )
        return Arret(cause, next(j for j in reversed(jetons) if j.genre == "suite"), "deux_nombres")
    avant = cotes[cotes.index(redit) - 1].noeud.evaluer(MODES[0])
    if redit.est_un_calcul and avant.unite is None and abs(avant.nombre) < 1000:
        return Arret("il manque le signe × avant cette parenthèse", redit.ouvre,
                     corrections=(remplacer(redit.ouvre, " × ("),))  # fmt: skip
    return plusieurs_nombres(
        next(j for j in jetons if j.genre == "suite" and j.debut >= redit.ouvre.fin)
    )


def _redire(calcul: object, mode: Mode, lue: Valeur) -> str:
    ecrit = dire(lue.nombre, lue.unite, resultat=calcul is not None)
    if calcul is None:
        return f"environ {ecrit}" if lue.approche else ecrit
    egale = "=" if est_exact(lue.nombre, lue.unite) and not lue.approche else "≈"
    if lue.echelle != 1:  # « 1 050 − 1 036 = 14 k€ » : le calcul est en milliers d'euros
        ecrit = f"{dire(lue.nombre / lue.echelle, None)}{INSECABLE}k€, soit {ecrit}"
    return f"{calcul.ecrire(mode)} {egale} {ecrit}"


def _si_part(cotes: list[Cote], mode: Mode) -> Lecture | None:
    """Ce qu'on lit d'autre quand c'est une part qu'on attend : « (21,8) », « 21,8 % de 1 175 756 »."""
    noeud = cotes[0].noeud
    if len(cotes) > 1:
        return None
    if isinstance(noeud, Perte):
        valeur = noeud.contenu.evaluer(mode)
        if valeur.unite is not None:
            return None
    elif isinstance(noeud, Operation) and (
        noeud.jeton.genre == "de" or noeud.jeton.texte.lower() == "sur" and noeud.signe == "×"
    ):
        valeur = noeud.gauche.evaluer(mode)
    else:
        return None
    return Lecture("lu", float(valeur.nombre), valeur.unite, cotes[0].approche,
                   ecrit=dire(valeur.nombre, valeur.unite))  # fmt: skip


def _demander(texte: str, lectures: dict, valeurs: tuple[float, ...]) -> Lecture:
    """Ce qui se lit de plusieurs façons se demande : on montre les façons de l'écrire sans doute."""
    facons = [dire(exact, unite) for exact, unite in lectures]
    # « 763,316 » resterait ambigu si on le tapait : une décimale de plus lève le doute.
    sures = [re.sub(r"^(\D?\d{1,3},\d{3})(?!\d)", r"\g<1>0", facon) for facon in facons]
    return Lecture(
        "ambigu",
        candidats=valeurs,
        obstacle=next(iter(re.findall(r"(?<=\d)[.,](?=\d{3})", texte)), None),
        position=next((m.start() for m in re.finditer(r"(?<=\d)[.,](?=\d{3})", texte)), None),
        phrase=f"« {visible(texte)[:60]} » peut se lire {' ou '.join(facons[:2])}. "
        f"Écrivez le nombre que vous voulez : {' ou '.join(f'« {s} »' for s in sures[:2])}.",
    )


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
EN_LETTRES = re.compile(
    r"\b(?:z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze"
    r"|quinze|seize|vingts?|trente|quarante|cinquante|soixante|septante|huitante|nonante|cents?"
    r"|mille|millions?|milliards?|demie?|tiers|quart)\b",
    re.I,
)
LETTRE_POUR_CHIFFRE = re.compile(
    r"(?<![^\W\d_])(?=[\dOolI]*\d)(?=\d*[OolI])[\dOolI]{2,}(?![^\W\d_])|(?<=\d )[Oo]{3}(?![^\W\d_])"
)
CHIFFRES_DES_LETTRES = str.maketrans("OolI", "0011")


def _chercher_un_obstacle(texte: str, jetons: list[Jeton]) -> None:
    """Ce qui arrête la lecture où que ce soit dans le texte, avant même de calculer."""
    tout = Jeton("texte", texte, 0, len(texte))
    recode = _recoder(texte)
    if recode is not None:
        place = next(i for i, (a, b) in enumerate(zip(texte, recode + " ", strict=False)) if a != b)
        raise Arret("ces caractères sont mal enregistrés", Jeton("signe", "", place, place + 1),
                    corrections=(remplacer(tout, recode),))  # fmt: skip
    genres = {jeton.genre for jeton in jetons}
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


# --- Dire ce qui arrête ----------------------------------------------------------------------


def visible(texte: str) -> str:
    """Le texte tel qu'on peut le montrer : les signes sans dessin prennent une forme."""
    dessins = {"\n": "⏎", "\t": "⇥", " ": " ", INSECABLE: INSECABLE, FINE: FINE}
    return "".join(
        dessins.get(s) or ("□" if unicodedata.category(s)[0] in "CZ" else s) for s in texte
    )


def _expliquer(texte: str, arret: Arret) -> Lecture:
    jeton = arret.jeton
    if jeton is None:  # le texte entier
        return Lecture("illisible", phrase=f"« {visible(texte)[:60]} » {arret.cause}")
    obstacle = texte[jeton.debut : jeton.fin].strip()
    montre = (
        f"{visible(texte[: jeton.debut])[-30:]}▸{visible(obstacle)[:30]}◂"
        f"{visible(texte[jeton.debut + len(obstacle) :])[:20]}"
    )
    proposition = _proposer(texte, arret)
    conseil = (
        f"Écrivez le nombre ainsi : « {proposition} »"
        if proposition and len(proposition) <= 40
        else "Écrivez seulement votre résultat, un nombre"
    )
    return Lecture(
        arret.etat,
        obstacle=obstacle or None,
        position=jeton.debut,
        proposition=proposition,
        phrase=f"« {montre} » : {arret.cause}. {conseil}.",
    )


def _proposer(texte: str, arret: Arret) -> str | None:
    """La première correction qui se lit sans hésiter."""
    for correction in arret.corrections:
        corrige = texte
        for debut, fin, remplacement in reversed(correction):
            corrige = corrige[:debut] + remplacement + corrige[fin:]
        corrige = re.sub(" {2,}", " ", re.sub(r"\(\s*\)", "", corrige)).strip()
        if len(corrige.splitlines()) != 1:
            continue
        if _est_sure(corrige) and not (TIRET.search(texte) and re.match(TRAIT, corrige)):
            return _serrer(corrige)
    return None


def _lue(texte: str) -> Lecture | None:
    try:
        lecture = _calculer(texte)
    except Arret:
        return None
    return lecture if lecture.etat == "lu" else None


def _est_sure(texte: str) -> bool:
    lecture = _lue(texte)
    return lecture is not None and _sans_etiquette(texte, lecture).etat == "lu"


def _serrer(texte: str) -> str:
    """La ligne sans les mots qui annonçaient la réponse."""
    jetons = [j for j in decouper(texte) if j.genre not in ("de", "ponctuation", "separe", "egal")]
    serre = texte[jetons[0].debut : jetons[-1].fin]
    return serre if _est_sure(serre) else texte
