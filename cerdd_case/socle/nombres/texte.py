"""D'un texte à ce qu'on en lit : une valeur, une question, ou ce qui arrête la lecture."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from ..erreurs import ErreurNombre
from ..typographie import visible
from .allegement import alleger
from .arrets import PAS_UN_NOMBRE, chercher_un_obstacle
from .calcul import MODES, Valeur, accorder, dire, redire
from .ecriture import nombre
from .grammaire import Analyse
from .jetons import Jeton, en_jetons
from .suites import Arret, plusieurs_nombres, remplacer

LONGUEUR_MAXIMALE = 200
Lectures = dict[tuple[Fraction, str | None], tuple[Valeur, list[Valeur]]]


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

    @property
    def sure(self) -> float:
        """La valeur ; lève `ErreurNombre`, avec la phrase à montrer, si rien n'est lu."""
        if self.valeur is None:
            raise ErreurNombre(self.phrase)
        return self.valeur


def lire_texte(texte: str) -> Lecture:
    """Lit un nombre ou un calcul dans un texte ; voir `nombres.lire`."""
    propre = texte.strip()
    if len(propre) > LONGUEUR_MAXIMALE:
        return Lecture(
            "illisible",
            phrase=f"Ce texte de {nombre(len(propre))} caractères est trop long pour un nombre. "
            "Écrivez seulement votre résultat, par exemple 1040,50.",
        )
    try:
        lecture = _calculer(propre)
    except Arret as arret:
        lecture = _expliquer(propre, arret)
    lecture = _sans_etiquette(propre, lecture)
    if lecture.position is None:
        return lecture
    return replace(lecture, position=lecture.position + len(texte) - len(texte.lstrip()))


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
ANNEE_DERRIERE = re.compile(rf"\s?(?:/|,\s|{TRAIT}|\()\s?{ANNEE}\s?\)?$")
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
        grand = abs(seule.sure) >= 1000 or seule.unite is not None
        if not grand and (devant["colle"] or not devant["espace"]):
            return lecture
    if devant and devant["tiret"]:
        lecture = _lue(f"-{reste}") or lecture
    if lecture.etat in ("illisible", "deux_nombres"):
        debut = re.split("Écrivez (?:seulement|le nombre)", lecture.phrase)[0]
        reste = _serrer(reste)
        if len(reste) > 40 or len(reste.splitlines()) > 1 or not _est_sure(reste):
            return lecture
        phrase = f"{debut}Écrivez le nombre ainsi : « {reste} »."
        return replace(lecture, proposition=reste, phrase=phrase)
    if lecture.etat == "lu" and lecture.valeur == seule.valeur:
        return lecture
    autre = lecture.ecrit if lecture.etat == "lu" and len(lecture.ecrit) < 60 else "un calcul"
    valeurs = lecture.candidats or (lecture.sure,)
    return Lecture(
        "ambigu",
        candidats=(seule.sure, *valeurs),
        phrase=f"« {visible(texte)[:40]} » peut se lire {seule.ecrit[:40]} ou {autre}. "
        "Écrivez seulement votre résultat, sans titre, ni numéro, ni tiret.",
    )


def _calculer(texte: str) -> Lecture:
    """La lecture du texte ; lève `Arret` dès que quelque chose l'empêche."""
    jetons = en_jetons(texte)
    if not jetons and any(signe.isalnum() for signe in texte):
        raise Arret(PAS_UN_NOMBRE, None)
    if not jetons:
        return Lecture("vide", phrase="Rien n'est écrit. Tapez un nombre, par exemple 1040,50.")
    chercher_un_obstacle(texte, jetons)
    jetons = alleger(jetons)
    essais = [Analyse(jetons, len(texte), mode).ligne() for mode in MODES]
    lectures: Lectures = {}
    for cotes in essais:
        if valeur := _reunir(cotes):
            lectures.setdefault((valeur.nombre, valeur.unite), (valeur, cotes))
    if not lectures:
        raise _contradiction(jetons, essais[0])
    try:
        valeurs = tuple(float(exact) for exact, _ in lectures)
    except OverflowError:
        raise Arret("ce nombre est trop grand", jetons[0]) from None
    if len(lectures) > 1:
        return _demander(texte, lectures, valeurs)
    lue, cotes = next(iter(lectures.values()))
    calcul = next((cote for cote in cotes if cote.genre == "calcul"), None)
    part = cotes[0].si_part if len(cotes) == 1 else None
    return Lecture(
        "lu", valeurs[0], lue.unite, lue.approche, calcul is not None,
        # un quotient que rien ne multiplie par 100 ne donne pas un pourcentage
        rapport=calcul is not None and calcul.divise and not (lue.unite or calcul.cent),
        ecrit=redire(calcul.texte if calcul else "", lue),
        si_part=None if part is None else Lecture(
            "lu", float(part.nombre), part.unite, cotes[0].approche,
            ecrit=dire(part.nombre, part.unite)),
    )  # fmt: skip


def _reunir(cotes: list[Valeur]) -> Valeur | None:
    """Ce que disent ensemble les côtés, les calculs d'abord ; None s'ils se contredisent."""
    environ = any(cote.approche for cote in cotes)
    valeur, *autres = sorted(cotes, key=lambda cote: cote.genre != "calcul")
    calcul = valeur.genre == "calcul"
    for cote in autres:
        accord = accorder(valeur, cote, environ, calcul)
        if accord is None:
            return None
        valeur, calcul = accord, calcul and cote.genre == "calcul"
    return valeur


def _contradiction(jetons: list[Jeton], cotes: list[Valeur]) -> Arret:
    """Des côtés qui ne sont pas égaux : deux nombres, ou un « × » oublié devant une parenthèse."""
    for avant, cote in pairwise(cotes):
        if cote.ouvre and cote.genre == "calcul" and not avant.unite and abs(avant.nombre) < 1000:
            correction = remplacer(cote.ouvre, " × (")
            return Arret("il manque le signe × avant cette parenthèse", cote.ouvre, correction)
        if cote.ouvre:
            suites = (j for j in jetons if j.genre == "suite" and j.debut >= cote.ouvre.fin)
            return plusieurs_nombres(next(suites))
    cause = "aucun de ces nombres n'est l'arrondi de l'autre, cela fait deux nombres"
    if any(cote.genre == "calcul" for cote in cotes):
        cause = "ce résultat n'est pas celui du calcul, cela fait deux nombres"
    suite = next(j for j in reversed(jetons) if j.genre == "suite")
    return Arret(cause, suite, etat="deux_nombres")


def _demander(texte: str, lectures: Lectures, valeurs: tuple[float, ...]) -> Lecture:
    """Ce qui se lit de plusieurs façons se demande : on montre les façons de l'écrire sans doute."""
    facons = [dire(exact, unite) for exact, unite in lectures]
    # « 742,518 » resterait ambigu si on le tapait : une décimale de plus lève le doute.
    sures = [re.sub(r"^(\D?\d{1,3},\d{3})(?!\d)", r"\g<1>0", facon) for facon in facons]
    signe = re.search(r"(?<=\d)[.,](?=\d{3})", texte)
    return Lecture(
        "ambigu",
        candidats=valeurs,
        obstacle=signe[0] if signe else None,
        position=signe.start() if signe else None,
        phrase=f"« {visible(texte)[:60]} » peut se lire {' ou '.join(facons[:2])}. "
        f"Écrivez le nombre que vous voulez dire : {' ou '.join(f'« {s} »' for s in sures[:2])}.",
    )


# --- Dire ce qui arrête ----------------------------------------------------------------------


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
    conseil = "Écrivez seulement votre résultat, un nombre"
    if proposition and len(proposition) <= 40:
        conseil = f"Écrivez le nombre ainsi : « {proposition} »"
    return Lecture(
        arret.etat,
        obstacle=obstacle or None,
        position=jeton.debut,
        proposition=proposition,
        phrase=f"« {montre} » : {arret.cause}. {conseil}.",
    )


RENVOI = re.compile(
    r"\W*(?:voir\s+)?(?:l'\s*)?(?:annexes?|pages?|paragraphes?|lignes?|cases?)\b", re.I
)
DEUX_MONTANTS = re.compile(r"\d\s\d{3}[,.]\s+\d")  # « 14 000, 14 k€ », mais pas « 21, 8 % »


def _proposer(texte: str, arret: Arret) -> str | None:
    """La première correction qui se lit sans hésiter ; aucune pour un renvoi (« annexe 5 »)."""
    if RENVOI.match(texte):
        return None
    for correction in arret.corrections:
        corrige = texte
        for debut, fin, remplacement in reversed(correction):
            corrige = corrige[:debut] + remplacement + corrige[fin:]
        corrige = re.sub(" {2,}", " ", re.sub(r"\(\s*\)", "", corrige)).strip()
        joint = DEUX_MONTANTS.search(texte) and not DEUX_MONTANTS.search(corrige)
        if len(corrige.splitlines()) != 1 or joint or corrige.startswith("("):
            continue  # deux nombres en feraient un, ou des parenthèses changeraient le signe
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
    jetons = [j for j in en_jetons(texte) if j.genre not in ("de", "ponctuation", "separe", "egal")]
    serre = texte[jetons[0].debut : jetons[-1].fin]
    return serre if _est_sure(serre) else texte
