"""Juger une réponse chiffrée : lire, redire ce qui a été lu, puis seulement juger.

Ce qui ne se lit pas n'est jamais une faute. Une faute reconnue est un `Diagnostic`, une donnée : ce
module ne connaît ni les questions, ni les annexes.
"""

import re
from dataclasses import replace
from fractions import Fraction

from ..socle.nombres import Lecture, NombreSaisi, TexteSaisi, dire, euros, lire, pourcent
from ..socle.typographie import majuscule, minuscule
from .controle import CENT, MILLE, Controle
from .verdict import Verdict

EN_TROP = (
    "Est-ce un calcul, ou une réponse suivie d'autre chose ? Écrivez le calcul entier, ou la réponse "
    "seule."
)
AU_POINT = (
    "Est-ce une part tronquée, ou celle d'une autre hypothèse ? Ce nombre ne le dit pas : donnez la part "
    "au dixième de point."
)
# Des mots que la lecture passe : on le dit, car ils changeraient le sens d'un salaire ou d'un prix.
PASSES = re.compile(r"\b(?:ht|ttc|nett?e?s?|brute?s?)\b", re.I)
TRES_GRAND = 1e12
ATTENDUES = {
    "part": "une part du budget total est attendue, en pourcentage",
    "eur": "un montant en euros est attendu",
}
# L'unité demandée et celle qui est écrite : le code, et ce que l'on ajoute.
CONTRAIRES: dict[tuple[str, str | None], tuple[str, str]] = {
    ("part", "eur"): ("montant", ", et non un montant en euros"),
    ("part", None): ("montant", ", entre 0 et 100 %"),
    ("eur", "part"): ("pourcentage", ", et non un pourcentage"),
}
# Ce qui se trompe de sens ou d'échelle : le code, ce qui ramène à la bonne valeur, la phrase.
SIGNE = "Le signe est à revoir."
ECHELLES = {
    "eur": (
        ("milliers", MILLE, "L'ordre de grandeur est bon, mais votre réponse est en milliers d'euros : "
         "donnez-la en euros."),
        ("milliers", 1 / MILLE, "C'est mille fois trop : le nombre est déjà en euros, et non en "
         "milliers d'euros."),
    ),
    "part": (
        ("part_en_pourcentage", CENT, "C'est une part écrite comme un pourcentage : une part de 0,5 "
         "s'écrit 50 %."),
    ),
}  # fmt: skip

Jugement = tuple[str, str | None, str, str | None]  # état, code, phrase, paragraphe à rouvrir


def a_completer(reponse: object) -> bool:
    """Vrai pour une réponse encore vide : `...`, None, un texte vide ou fait de points."""
    if reponse is None or reponse is ...:
        return True
    if type(reponse) is not str and type(reponse) is not TexteSaisi:
        return False
    return not reponse[:1000].strip(" .…\n\t\u00a0\u202f")


def juger(controle: Controle, reponse: object) -> Verdict:
    """Le verdict d'une réponse, quelle qu'elle soit ; ne lève jamais d'erreur.

    `reponse` : un nombre, ou un texte comme on l'écrit (`« 742 518,60 € »`, `« 23,6 % »`).
    """
    verdict = _juger(controle, reponse)
    proposee = controle.proposee if verdict.juste is not None else ""
    return replace(verdict, titre=controle.titre, proposee=proposee)


def _juger(controle: Controle, reponse: object) -> Verdict:
    if type(reponse) is NombreSaisi:
        reponse = reponse.texte
    if a_completer(reponse):
        phrase = f"il n'y a pas encore de réponse ({controle.intitule})."
        if type(reponse) is TexteSaisi and reponse.pourquoi:
            phrase = reponse.pourquoi
        return Verdict(controle.code, "a_completer", phrase)
    lecture = lire(reponse)
    if lecture.etat != "lu":
        etat = "a_completer" if lecture.etat == "vide" else lecture.etat
        insecable = lecture.phrase.replace("« ", "«\u00a0").replace(" »", "\u00a0»")
        return Verdict(controle.code, etat, insecable)
    if controle.unite == "part":
        lecture = lecture.si_part or lecture
    lu = _dans_l_unite(lecture, controle)
    exact = lu is None or issubclass(type(reponse), str)  # et non calculé par Python, au bruit près
    echo = _echo(lecture, controle, lu if lu is None or exact else round(lu, 8))
    if issubclass(type(reponse), str) and (passe := PASSES.search(str(reponse))):
        echo += f" Le mot «\u00a0{passe[0]}\u00a0» n'est pas jugé."
    if lu is None:
        if lecture.unite is None and _contient_la_reponse(controle, reponse):
            return Verdict(controle.code, "ambigu", f"{echo} {EN_TROP}")
        code, suite = CONTRAIRES.get((controle.unite, lecture.unite), ("autre_unite", ""))
        phrase = f"{echo} Ce n'est pas l'unité demandée : {ATTENDUES[controle.unite]}{suite}."
        return Verdict(controle.code, "unite", phrase, None, code, controle.paragraphe, echo=echo)
    if lecture.rapport and lu > 1 and _reconnaitre(controle, lu / 100)[0] == "juste":
        en_part, fois = dire(Fraction(lu / 100), "part", True), dire(Fraction(lu), None, True)
        return Verdict(
            controle.code, "ambigu",
            f"{echo} Ce quotient peut vouloir dire {en_part} ou {fois} fois le budget : écrivez le "
            "résultat, avec son signe %.",
        )  # fmt: skip
    etat, diagnostic, phrase, paragraphe = _reconnaitre(controle, lu)
    # Une erreur habituelle, reconnue, se dit ; « 14 000 - 14 000 » n'est pas « le résultat prévu ».
    reconnue = lu and diagnostic in {"part_en_pourcentage", *(d.code for d in controle.diagnostics)}
    if etat in ("presque", "faux") and not reconnue and _contient_la_reponse(controle, reponse):
        return Verdict(controle.code, "ambigu", f"{echo} {EN_TROP}")
    dit = f"{echo} {phrase}".strip()
    return Verdict(controle.code, etat, dit, lu, diagnostic, paragraphe, echo=echo)


def _contient_la_reponse(controle: Controle, reponse: object) -> bool:
    """Une réponse juste précédée ou suivie d'autre chose, que la lecture a pris pour un calcul.

    « 2,1 : 14 000 », « 14 000 € – résultat 2014 » : un numéro, une année, la même valeur redite.
    """
    if not isinstance(reponse, str) or len(reponse) > 200:
        return False
    morceaux = [m for m in re.split(r"\s*[-–—:/÷=]\s+|\s+[-–—:/÷=]\s*|[/:÷]", reponse) if m.strip()]
    lus = [lire(m) for m in morceaux] if len(morceaux) > 1 else []
    valeurs = [_dans_l_unite(m, controle) for m in lus if m.etat == "lu"]
    return any(
        v is not None and controle.egale(v, juste) for v in valeurs for juste in controle.acceptees
    )


def _dans_l_unite(lecture: Lecture, controle: Controle) -> float | None:
    """Le nombre lu, en euros ou en part ; None si l'unité écrite n'est pas celle demandée.

    Sans unité écrite, 23,6 vaut 23,6 % quand on attend une part, mais pas 23,6 fois le budget, le
    quotient de deux montants ; au-delà de 100, c'est un montant, positif ou négatif.
    """
    if lecture.unite not in (None, controle.unite):
        return None
    nu = controle.unite == "part" and lecture.unite is None and not lecture.rapport
    if nu and abs(lecture.sure) > CENT:
        return None
    return lecture.sure / 100 if nu and abs(lecture.sure) > 1 else lecture.sure


def _echo(lecture: Lecture, controle: Controle, lu: float | None) -> str:
    """« Lu : 14 000 €. », ou le calcul et son résultat."""
    if lu is not None and abs(lu) >= TRES_GRAND:
        lu = None
    long = len(lecture.ecrit) > 120
    if lecture.calcul and not long:
        lu_en_clair = lecture.ecrit
        if lu is not None and lecture.unite is None:
            lu_en_clair += "\u00a0€" if controle.unite == "eur" else f", soit {controle.ecrire(lu)}"
    elif lu is not None:
        lu_en_clair = dire(Fraction(lu), controle.unite)
    elif lecture.calcul:
        lu_en_clair = dire(Fraction(lecture.sure), lecture.unite, resultat=True)
    else:
        lu_en_clair = lecture.ecrit.removeprefix("environ ")
    if len(lu_en_clair) > 180:
        lu_en_clair = "un très grand nombre"
    elif lecture.calcul and long:
        lu_en_clair = f"un calcul dont le résultat est {lu_en_clair}"
    environ = "environ " if lecture.approche and not lecture.calcul else ""
    return f"Lu : {environ}{lu_en_clair}."


def _reconnaitre(controle: Controle, lu: float) -> Jugement:
    """De toutes les valeurs connues, la plus proche ; l'arrondi d'une bonne réponse est juste."""
    proches: list[tuple[float, Jugement]] = []
    for valeur, phrase in ((controle.valeur, _phrase_juste(controle, lu)), *controle.variantes):
        if controle.convient(lu, valeur):
            ecart = 0.0 if controle.est_arrondi(lu, valeur) else abs(lu - valeur)
            proches.append((ecart, ("juste", None, phrase, None)))
    for d in controle.diagnostics:
        if controle.egale(lu, d.valeur):
            proches.append((abs(lu - d.valeur), ("faux", d.code, d.phrase, d.paragraphe)))
    proches = proches or _au_signe_ou_a_l_echelle(controle, lu)
    if proches:
        return min(proches, key=lambda proche: proche[0])[1]
    return (*_faute_generale(controle, lu), controle.paragraphe)


def _phrase_juste(controle: Controle, lu: float) -> str:
    valeur = pourcent(controle.valeur) if controle.unite == "part" else euros(controle.valeur)
    if not controle.egale(lu, controle.valeur):
        valeur += ", arrondi ici au point"
    intitule = majuscule(controle.intitule)
    return f"{intitule} : {valeur}. {controle.juste}".strip()


def _au_signe_ou_a_l_echelle(controle: Controle, lu: float) -> list[tuple[float, Jugement]]:
    """Les valeurs connues, justes ou non, que l'on a au signe ou à l'échelle près."""
    reprises: list[tuple[float, Jugement]] = []

    def reprendre(ecart: float, code: str, phrase: str) -> None:
        if erreur:
            phrase = phrase.replace("L'ordre de grandeur est bon, mais votre", "Votre")
            phrase = f"{erreur.phrase} De plus : {minuscule(phrase)}"
            reprises.append((ecart, ("faux", erreur.code, phrase, erreur.paragraphe)))
        else:
            reprises.append((ecart, ("faux", code, phrase, controle.paragraphe)))

    connues = [(valeur, None) for valeur in controle.acceptees]
    for valeur, erreur in (*connues, *((d.valeur, d) for d in controle.diagnostics)):
        if valeur and controle.convient(-lu, valeur):
            reprendre(abs(lu + valeur), "signe", SIGNE if erreur else controle.signe)
        for code, facteur, phrase in ECHELLES[controle.unite]:
            for sens, suite in ((1, ""), (-1, f" {SIGNE}")):
                if _a_l_echelle(controle, sens * lu, valeur, facteur):
                    reprendre(abs(sens * lu * facteur - valeur), code, phrase + suite)
    return reprises


def _a_l_echelle(controle: Controle, lu: float, valeur: float, facteur: float) -> bool:
    """Vrai si `lu`, remis à l'échelle, est `valeur`, à l'arrondi que l'on a pu faire."""
    if not lu or lu * valeur < 0:
        return False
    if controle.unite == "part":
        return controle.convient(lu * facteur, valeur) and lu < valeur
    if facteur < 1:
        return abs(valeur) >= MILLE and controle.egale(lu * facteur, valeur)
    arrondis = (round(valeur / facteur, d) for d in range(5))
    return abs(lu * facteur - valeur) <= controle.pres_de and (
        abs(valeur) >= MILLE or any(abs(lu - arrondi) < 1e-9 for arrondi in arrondis)
    )


def _faute_generale(controle: Controle, lu: float) -> tuple[str, str, str]:
    """Ce qui arrive à toutes les questions : plus que le tout, chiffres inversés, arrondi."""
    if controle.unite == "part" and abs(lu) > 1:
        phrase = "Une part du budget total est attendue : un pourcentage entre 0 et 100 %."
        return "faux", "montant", phrase
    if controle.au_point_ambigu(lu):
        return "presque", "arrondi", AU_POINT
    if any(_chiffres_inverses(lu, v, controle.unite) for v in controle.acceptees):
        return "presque", "chiffres_inverses", "Deux chiffres sont inversés : relisez-vous."
    if any(abs(lu - v) <= controle.pres_de for v in controle.acceptees):
        if controle.precision:
            return "presque", "arrondi", controle.precision
        precision = "à l'euro près" if controle.unite == "eur" else "au dixième de point près"
        return "presque", "arrondi", (
            "C'est presque cela, mais pas exact : n'arrondissez rien avant la fin, puis donnez le "
            f"résultat {precision}."
        )  # fmt: skip
    indice = (
        f", ou ouvrez un indice de la question {controle.question}" if controle.question else ""
    )
    return (
        "faux",
        "autre",
        f"Ce n'est pas la valeur attendue. Reprenez le calcul pas à pas{indice}.",
    )


def _chiffres_inverses(lu: float, valeur: float, unite: str) -> bool:
    """Les mêmes chiffres, deux d'entre eux ayant échangé leur place, à la précision donnée."""
    precisions = (0, 2) if unite == "eur" else (3, 4)
    decimales = next((d for d in precisions if abs(round(lu, d) - lu) < 1e-9), None)
    if decimales is None or lu * valeur <= 0:
        return False
    a, b = (f"{abs(v):.{decimales}f}" for v in (lu, valeur))
    differences = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    return len(a) == len(b) and len(differences) == 2 and differences[0] == differences[1][::-1]
