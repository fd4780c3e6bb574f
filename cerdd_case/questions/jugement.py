"""Juger une réponse chiffrée : lire, redire ce qui a été lu, puis seulement juger.

Ce qui ne se lit pas n'est jamais une faute. Une faute reconnue est un `Diagnostic`, une donnée : ce
module ne connaît ni les questions, ni les annexes.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

from ..socle.nombres import Lecture, dire, euros, lire, pourcent
from .verdict import Verdict

DIXIEME_D_EURO = 0.05  # avec des décimales, un montant se donne au dixième d'euro au moins
DIXIEME_DE_POINT = 0.0005  # une part se donne au dixième de point
PRESQUE = {"eur": 500.0, "part": 0.005}  # au-delà, ce n'est plus une affaire d'arrondi
MILLE, CENT = 1000.0, 100.0
TRES_GRAND = 1e12


@dataclass(frozen=True)
class Diagnostic:
    """Une erreur habituelle, évaluée sur un cas.

    - `code` : son nom, le même quels que soient les chiffres ;
    - `valeur` : la réponse fausse qu'elle donne ;
    - `phrase` : ce que l'on dit à qui la fait, sans donner la réponse ;
    - `paragraphe` : la référence à rouvrir ;
    - `exemple` : une réponse telle qu'un élève la taperait.
    """

    code: str
    valeur: float
    phrase: str
    paragraphe: str
    exemple: str


@dataclass(frozen=True)
class Controle:
    """Une réponse chiffrée attendue, évaluée sur un cas.

    - `unite` : « eur » ou « part » ; `valeur` : la réponse ; `juste` : la phrase qui suit ;
    - `variantes` : d'autres valeurs justes et ce qu'on en dit ;
    - `au_millier`, `au_point` : l'arrondi au millier d'euros, au point, est accepté ;
    - `signe` : ce que l'on rappelle à qui se trompe seulement de signe ;
    - `diagnostics` : les erreurs habituelles.
    """

    code: str
    intitule: str
    valeur: float
    unite: str
    paragraphe: str
    juste: str = ""
    variantes: tuple[tuple[float, str], ...] = ()
    au_millier: bool = False
    au_point: bool = False
    signe: str = "La valeur est bonne, mais pas le signe."
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def acceptees(self) -> tuple[float, ...]:
        """Toutes les valeurs justes."""
        return (self.valeur, *(valeur for valeur, _ in self.variantes))

    def ecrire(self, valeur: float) -> str:
        return ecrire_part(valeur) if self.unite == "part" else euros(valeur)

    def egale(self, donnee: float, valeur: float) -> bool:
        """La même valeur, à l'arrondi que l'on accepte près."""
        if self.unite == "part":
            return abs(donnee - valeur) <= DIXIEME_DE_POINT + 1e-12
        if valeur == 0:  # « c'est nul » ne se dit que de zéro
            return donnee == 0
        if donnee != int(donnee):
            return abs(donnee - valeur) <= DIXIEME_D_EURO + 1e-9
        # À l'euro : arrondi ou tronqué (763 316 pour 763 316,40), ou au millier si on l'accepte.
        justes = {math.floor(valeur + 0.5), math.trunc(valeur)}
        if self.au_millier and donnee:
            justes.add(MILLE * math.floor(valeur / MILLE + 0.5))
        return donnee in justes

    def egale_au_point(self, donnee: float) -> bool:
        """La valeur attendue, arrondie au point, là où on l'accepte."""
        return self.au_point and abs(donnee - _arrondir(self.valeur, 2)) < 1e-9

    def convient(self, donnee: float, valeur: float) -> bool:
        """La même valeur, ou son arrondi au point si c'est celle que l'on attend."""
        au_point = valeur == self.valeur and self.egale_au_point(donnee)
        return self.egale(donnee, valeur) or au_point

    def est_arrondi(self, donnee: float, valeur: float) -> bool:
        """Vrai si une donnée qui convient est cette valeur, arrondie comme elle est écrite."""
        if self.egale_au_point(donnee) or (self.unite == "eur" and donnee == int(donnee)):
            return True
        decimales = range(3 if self.unite == "part" else 1, 12)
        ecrites = next((d for d in decimales if abs(round(donnee, d) - donnee) < 1e-12), 12)
        return abs(_arrondir(valeur, ecrites) - donnee) < 1e-9


def _arrondir(valeur: float, decimales: int) -> float:
    return math.floor(valeur * 10**decimales + 0.5) / 10**decimales


def ecrire_part(part: float) -> str:
    """Une part en pourcentage, avec les décimales qu'elle a (de une à quatre)."""
    for decimales in (1, 2, 3):
        if abs(round(part * 100, decimales) - part * 100) < 1e-9:
            return pourcent(part, decimales)
    return pourcent(part, 4)


def a_completer(reponse: object) -> bool:
    """Vrai pour une réponse encore vide : `...`, None, un texte vide ou fait de points."""
    if reponse is None or reponse is ...:
        return True
    return type(reponse) is str and not reponse[:1000].strip(" .…\n\t\u00a0\u202f")


def juger(controle: Controle, reponse: object) -> Verdict:
    """Le verdict d'une réponse, quelle qu'elle soit ; ne lève jamais d'erreur.

    `reponse` : un nombre, ou un texte comme on l'écrit (`« 763 316,40 € »`, `« 21,8 % »`).
    """
    if a_completer(reponse):
        phrase = f"écrivez votre réponse à la place des points ({controle.intitule})."
        return Verdict(controle.code, "a_completer", phrase)
    lecture = lire(reponse)
    if lecture.etat != "lu":
        etat = "a_completer" if lecture.etat == "vide" else lecture.etat
        insecable = lecture.phrase.replace("« ", "«\u00a0").replace(" »", "\u00a0»")
        return Verdict(controle.code, etat, insecable)
    if controle.unite == "part":
        lecture = lecture.si_part or lecture
    lu = _dans_l_unite(lecture, controle)
    calcule = lu is not None and not issubclass(type(reponse), str)  # par Python, au bruit près
    echo = _echo(lecture, controle, round(lu, 8) if calcule else lu)
    if lu is None:
        code, phrase = _autre_unite(lecture, controle)
        return Verdict(controle.code, "unite", f"{echo} {phrase}", None, code, controle.paragraphe)
    if lecture.rapport and lu > 1 and _reconnaitre(controle, lu / 100)[0] == "juste":
        phrase = (
            f"{echo} Ce quotient peut vouloir dire {dire(Fraction(lu / 100), 'part', True)} ou "
        )
        phrase += f"{dire(Fraction(lu), None, True)} fois le budget : écrivez le résultat, avec son signe %."
        return Verdict(controle.code, "ambigu", phrase)
    etat, diagnostic, phrase, paragraphe = _reconnaitre(controle, lu)
    return Verdict(controle.code, etat, f"{echo} {phrase}".strip(), lu, diagnostic, paragraphe)


def _dans_l_unite(lecture: Lecture, controle: Controle) -> float | None:
    """Le nombre lu, en euros ou en part ; None si l'unité écrite n'est pas celle demandée.

    Sans unité écrite, 21,8 vaut 21,8 % quand on attend une part, mais pas 21,8 fois le budget, le
    quotient de deux montants ; au-delà de 100, c'est un montant.
    """
    if lecture.unite not in (None, controle.unite):
        return None
    nu = controle.unite == "part" and lecture.unite is None and not lecture.rapport
    if nu and 1 < abs(lecture.valeur) <= CENT:
        return lecture.valeur / 100
    return lecture.valeur


def _echo(lecture: Lecture, controle: Controle, lu: float | None) -> str:
    """« Lu : 14 000 €. », ou le calcul et son résultat."""
    dans_l_unite = lu is not None and abs(lu) < TRES_GRAND
    if controle.unite == "part" and lecture.unite is None and abs(lecture.valeur) > CENT:
        dans_l_unite = False  # « 256 357 » : un montant, que l'on ne redit pas en pourcentage
    if lecture.calcul and len(lecture.ecrit) <= 120:
        lu_en_clair = lecture.ecrit
        if dans_l_unite and lecture.unite is None:
            suite = "\u00a0€" if controle.unite == "eur" else f", soit {controle.ecrire(lu)}"
            lu_en_clair += suite
    elif dans_l_unite:
        lu_en_clair = dire(Fraction(lu), controle.unite)
    elif lecture.calcul:
        lu_en_clair = dire(Fraction(lecture.valeur), lecture.unite, resultat=True)
    else:
        lu_en_clair = lecture.ecrit.removeprefix("environ ")
    if len(lu_en_clair) > 180:
        lu_en_clair = "un très grand nombre"
    elif lecture.calcul and len(lecture.ecrit) > 120:
        lu_en_clair = f"un calcul dont le résultat est {lu_en_clair}"
    environ = "environ " if lecture.approche and not lecture.calcul else ""
    return f"Lu : {environ}{lu_en_clair}."


def _autre_unite(lecture: Lecture, controle: Controle) -> tuple[str, str]:
    if controle.unite == "part":
        if lecture.unite == "eur":
            return "montant", (
                "Ce n'est pas l'unité demandée : une part du budget total est attendue, en "
                "pourcentage, et non un montant en euros."
            )
        return "autre_unite", (
            "Ce n'est pas l'unité demandée : une part du budget total est attendue, en pourcentage."
        )
    if lecture.unite == "part":
        return "pourcentage", (
            "Ce n'est pas l'unité demandée : un montant en euros est attendu, et non un pourcentage."
        )
    return "autre_unite", "Ce n'est pas l'unité demandée : un montant en euros est attendu."


def _reconnaitre(controle: Controle, lu: float) -> tuple[str, str | None, str, str | None]:
    """État, code du diagnostic, phrase et paragraphe à rouvrir.

    De toutes les valeurs connues, la plus proche ; ce qui est l'arrondi d'une bonne réponse est juste.
    """
    proches = [
        (0.0 if controle.est_arrondi(lu, valeur) else abs(lu - valeur), phrase, None)
        for valeur, phrase in ((controle.valeur, _phrase_juste(controle, lu)), *controle.variantes)
        if controle.convient(lu, valeur)
    ] + [
        (abs(lu - diagnostic.valeur), diagnostic.phrase, diagnostic)
        for diagnostic in controle.diagnostics
        if controle.egale(lu, diagnostic.valeur)
    ]
    if not proches:
        return (
            _autrement(controle, lu)
            or _faute_generale(controle, lu)
            or (
                "faux",
                "autre",
                "Ce n'est pas la valeur attendue. Reprenez le calcul pas à pas, ou demandez un indice : "
                f'cas.indice("{controle.code[:3]}").',
                controle.paragraphe,
            )
        )
    _, phrase, diagnostic = min(proches, key=lambda proche: proche[0])
    if diagnostic is None:
        return "juste", None, phrase, None
    return "faux", diagnostic.code, phrase, diagnostic.paragraphe


def _phrase_juste(controle: Controle, lu: float) -> str:
    valeur = pourcent(controle.valeur) if controle.unite == "part" else euros(controle.valeur)
    if not controle.egale(lu, controle.valeur):
        valeur += ", arrondi ici au point"
    return f"{_majuscule(controle.intitule)} : {valeur}. {controle.juste}".strip()


# Ce qui se trompe de sens ou d'échelle : le code, ce qui ramène à la bonne valeur, la phrase.
SIGNE = "Le signe est à revoir."
EN_MILLIERS = (
    "L'ordre de grandeur est bon, mais la réponse est en milliers d'euros : donnez-la en euros."
)
MILLE_FOIS_TROP = "C'est mille fois trop : le nombre est déjà en euros, et non en milliers d'euros."
EN_POURCENTAGE = "C'est une part écrite comme un pourcentage : une part de 0,5 s'écrit 50 %."
ECHELLES = {
    "eur": (("milliers", MILLE, EN_MILLIERS), ("milliers", 1 / MILLE, MILLE_FOIS_TROP)),
    "part": (("part_en_pourcentage", CENT, EN_POURCENTAGE),),
}


def _a_l_echelle(controle: Controle, lu: float, valeur: float, facteur: float) -> bool:
    """Vrai si `lu`, remis à l'échelle, est `valeur`, à l'arrondi que l'on a pu faire."""
    if not lu or lu * valeur < 0:
        return False
    if controle.unite == "part":
        return controle.convient(lu * facteur, valeur) and lu < valeur
    if facteur < 1:
        return abs(valeur) >= MILLE and controle.egale(lu * facteur, valeur)
    arrondis = (round(valeur / facteur, d) for d in range(5))
    return abs(lu * facteur - valeur) <= PRESQUE["eur"] and (
        abs(valeur) >= MILLE or any(abs(lu - arrondi) < 1e-9 for arrondi in arrondis)
    )


def _autrement(controle: Controle, lu: float) -> tuple[str, str, str, str] | None:
    """Une valeur connue, juste ou non, mais au signe ou à l'échelle près : la plus proche."""
    connues = [(valeur, None) for valeur in controle.acceptees]
    connues += [(diagnostic.valeur, diagnostic) for diagnostic in controle.diagnostics]
    reprises = []
    for valeur, diagnostic in connues:
        if valeur and controle.convient(-lu, valeur):
            phrase = SIGNE if diagnostic else controle.signe
            reprises.append((abs(lu + valeur), "signe", phrase, diagnostic))
        for code, facteur, phrase in ECHELLES[controle.unite]:
            for sens, suite in ((1, ""), (-1, f" {SIGNE}")):
                if _a_l_echelle(controle, sens * lu, valeur, facteur):
                    ecart = abs(sens * lu * facteur - valeur)
                    reprises.append((ecart, code, phrase + suite, diagnostic))
    if not reprises:
        return None
    _, code, phrase, diagnostic = min(reprises, key=lambda reprise: reprise[0])
    if diagnostic is None:
        return "faux", code, phrase, controle.paragraphe
    phrase = phrase.replace("L'ordre de grandeur est bon, mais la", "La")
    phrase = f"{diagnostic.phrase} De plus : {phrase[0].lower()}{phrase[1:]}"
    return "faux", diagnostic.code, phrase, diagnostic.paragraphe


def _faute_generale(controle: Controle, lu: float) -> tuple[str, str, str, str] | None:
    """Ce qui arrive à toutes les questions : plus que le tout, chiffres inversés, arrondi."""
    justes = controle.acceptees
    if controle.unite == "part" and abs(lu) > 1:
        return "faux", "montant", (
            "Une part du budget total est attendue : un pourcentage entre 0 et 100 %."
        ), controle.paragraphe  # fmt: skip
    if any(_chiffres_inverses(lu, v, controle.unite) for v in justes):
        phrase = "Deux chiffres sont inversés : relisez-vous."
        return "presque", "chiffres_inverses", phrase, controle.paragraphe
    if any(abs(lu - v) <= PRESQUE[controle.unite] for v in justes):
        precision = "à l'euro près" if controle.unite == "eur" else "au dixième de point près"
        phrase = (
            "C'est presque cela, mais pas exact : reprenez chaque ligne sans l'arrondir, puis donnez "
            f"le résultat {precision}."
        )
        return "presque", "arrondi", phrase, controle.paragraphe
    return None


def _chiffres_inverses(lu: float, valeur: float, unite: str) -> bool:
    """Les mêmes chiffres, deux d'entre eux ayant échangé leur place, à la précision donnée."""
    precisions = (0, 2) if unite == "eur" else (3, 4)
    decimales = next((d for d in precisions if abs(round(lu, d) - lu) < 1e-9), None)
    if decimales is None or lu * valeur <= 0:
        return False
    a, b = (f"{abs(v):.{decimales}f}" for v in (lu, valeur))
    differences = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    return len(a) == len(b) and len(differences) == 2 and differences[0] == differences[1][::-1]


def _majuscule(phrase: str) -> str:
    return phrase[0].upper() + phrase[1:]
