"""Une réponse chiffrée attendue et ses erreurs habituelles, évaluées sur un cas."""

import math
from dataclasses import dataclass

from ..socle.nombres import euros, pourcent

PRESQUE = {"eur": 500.0, "part": 0.005}  # au-delà, ce n'est plus une affaire d'arrondi
DIXIEME_D_EURO = 0.05  # avec des décimales, un montant se donne au dixième d'euro au moins
DIXIEME_DE_POINT = 0.0005  # une part se donne au dixième de point
DES_EUROS = 5e-6  # ce que l'arrondi à l'euro de deux montants change à leur quotient, au plus
MILLE, CENT = 1000.0, 100.0


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
    paragraphe: str | None
    exemple: str


@dataclass(frozen=True)
class Controle:
    """Une réponse chiffrée attendue, évaluée sur un cas.

    - `unite` : « eur » ou « part » ; `valeur` : la réponse ; `juste` : ce qu'elle laisse à conclure,
      en une question ;
    - `variantes` : d'autres valeurs justes et ce qu'on en dit ;
    - `au_millier`, `au_point` : l'arrondi au millier d'euros, au point, est accepté ;
    - `presque` : jusqu'où un écart est une affaire d'arrondi, sans rien préciser 500 € ou un demi-point ;
    - `etape` : son nom dans la question, si celle-ci a plusieurs réponses ; `calcul` : d'où vient la
      réponse, montré avec elle ;
    - `precision` : ce que l'on dit à qui est presque juste, si ce n'est pas une affaire d'arrondi ;
    - `signe` : ce que l'on rappelle à qui se trompe seulement de signe ;
    - `diagnostics` : les erreurs habituelles.
    """

    code: str
    intitule: str
    valeur: float
    unite: str
    paragraphe: str | None
    juste: str = ""
    variantes: tuple[tuple[float, str], ...] = ()
    au_millier: bool = False
    au_point: bool = False
    presque: float | None = None
    precision: str = ""
    signe: str = "La valeur est bonne, mais pas le signe."
    diagnostics: tuple[Diagnostic, ...] = ()
    etape: str = ""
    calcul: str = ""

    @property
    def titre(self) -> str:
        """Son nom pour un lecteur : « question 2.3 », « question 2.4, total des dépenses »."""
        if not self.question:
            return "question d'essai"
        return f"question {self.code[:3]}, {self.etape}" if self.etape else f"question {self.code}"

    @property
    def question(self) -> str:
        """La question du sujet dont elle fait partie (« 2.4 ») ; vide pour un essai."""
        return self.code[:3] if self.code[0].isdigit() else ""

    @property
    def proposee(self) -> str:
        """La réponse proposée, son calcul et la question qui reste."""
        valeur = pourcent(self.valeur) if self.unite == "part" else euros(self.valeur)
        calcul = f" Calcul : {self.calcul}." if self.calcul else ""
        return f"Réponse proposée : {valeur}.{calcul} {self.juste}".strip()

    @property
    def acceptees(self) -> tuple[float, ...]:
        """Toutes les valeurs justes."""
        return (self.valeur, *(valeur for valeur, _ in self.variantes))

    @property
    def pres_de(self) -> float:
        """Le plus grand écart que l'on dit « presque »."""
        return PRESQUE[self.unite] if self.presque is None else self.presque

    def ecrire(self, valeur: float) -> str:
        """En euros, ou en pourcentage avec les décimales qu'il a (de une à quatre)."""
        if self.unite == "eur":
            return euros(valeur)
        exactes = (d for d in (1, 2, 3) if abs(round(valeur * 100, d) - valeur * 100) < 1e-9)
        return pourcent(valeur, next(exactes, 4))

    def egale(self, donnee: float, valeur: float) -> bool:
        """La même valeur, à l'arrondi que l'on accepte près."""
        if self.unite == "part":
            return abs(donnee - valeur) <= DIXIEME_DE_POINT + 1e-12
        if valeur == 0:  # « c'est nul » ne se dit que de zéro
            return donnee == 0
        if donnee != int(donnee):
            return abs(donnee - valeur) <= DIXIEME_D_EURO + 1e-9
        # À l'euro : arrondi ou tronqué (742 518 pour 742 518,60), ou au millier si on l'accepte.
        justes: set[float] = {math.floor(valeur + 0.5), math.trunc(valeur)}
        if self.au_millier and donnee:
            justes.add(MILLE * math.floor(valeur / MILLE + 0.5))
        return donnee in justes

    def egale_au_point(self, donnee: float, valeur: float) -> bool:
        """L'arrondi au point de la réponse attendue, là où on l'accepte."""
        permis = self.au_point and valeur == self.valeur
        return permis and abs(donnee - _arrondir(valeur, 2)) < 1e-9

    def convient(self, donnee: float, valeur: float) -> bool:
        """La même valeur, ou son arrondi au point si c'est celle que l'on attend.

        La part d'une autre lecture n'est que la sienne, au dixième de point exact : un nombre entier de
        points ne dit pas laquelle on a choisie.
        """
        if self.unite == "part" and valeur in [v for v, _ in self.variantes if v != self.valeur]:
            return self.est_arrondi(donnee, valeur) or abs(donnee - valeur) <= DES_EUROS
        return self.egale(donnee, valeur) or self.egale_au_point(donnee, valeur)

    def au_point_ambigu(self, donnee: float) -> bool:
        """Un nombre entier de points : la réponse tronquée, ou l'arrondi d'une autre lecture."""
        entiers = {math.trunc(self.valeur * 100), *(_arrondir(v, 2) * 100 for v in self.acceptees)}
        return self.unite == "part" and any(abs(donnee * 100 - e) < 1e-9 for e in entiers)

    def est_arrondi(self, donnee: float, valeur: float) -> bool:
        """Vrai si une donnée qui convient est cette valeur, arrondie comme elle est écrite."""
        if self.egale_au_point(donnee, valeur) or (self.unite == "eur" and donnee == int(donnee)):
            return True
        decimales = range(3 if self.unite == "part" else 1, 12)
        ecrites = next((d for d in decimales if abs(round(donnee, d) - donnee) < 1e-12), 12)
        return abs(_arrondir(valeur, ecrites) - donnee) < 1e-9


def _arrondir(valeur: float, decimales: int) -> float:
    return math.floor(valeur * 10**decimales + 0.5) / 10**decimales
