"""Des jetons à une valeur : un montant, puis une opération.

    ligne   : côté (« = » côté)*               8 350 + 3 250 = 11 600
    côté    : produit ((+ | −) produit)*
    produit : signe ((× | ÷ | « % de ») signe)*
    signe   : (+ | −)? puissance
    puissance : atome (^ entier)?
    atome   : unité? suite (mille suite)* unité? centimes?  |  ( côté ) unité?

Ce qui arrête la lecture lève `Arret`, avec le jeton, la cause dite en français, et les corrections
à essayer.
"""

import re
from dataclasses import replace
from fractions import Fraction

from .allegement import UNITES
from .arrets import FIN, Lecteur
from .calcul import Mode, Valeur, montant, operer
from .jetons import Jeton
from .suites import Arret, comprendre, remplacer

PROFONDEUR_MAXIMALE = 20
DEUX_UNITES = "deux unités sont écrites pour un seul nombre"
UN = Fraction(1)
Valeurs = tuple[Fraction, ...]
ANNEE = re.compile(r"20\d\d")
EN_MILLIERS = ("millier_d_euros", "multiple", "mille")
ENTIERES = ("eur", "part", "points", "unite", "millier_d_euros")  # les unités qui se suffisent


class Analyse(Lecteur):
    """Lit et calcule une suite de jetons, d'une façon parmi `MODES`."""

    def __init__(self, jetons: list[Jeton], longueur: int, mode: Mode):
        super().__init__(jetons, longueur)
        self.mode = mode
        self.profondeur = 0
        self.approche = False
        self.impossibles: list[Arret] = []  # ce qui empêche de calculer se dit après la lecture

    def _operer(self, jeton: Jeton, signe: str, a: Valeur, b: Valeur) -> Valeur:
        try:
            return operer(jeton, signe, a, b, self.mode)
        except Arret as arret:
            self.impossibles.append(arret)
            return a

    def ligne(self) -> list[Valeur]:
        """Les côtés de l'égalité, un seul le plus souvent."""
        cotes: list[Valeur] = []
        while True:
            self.approche = False
            ouvre = self.prendre() if cotes and self.est("ouvre") else None
            while self.est("egal", "environ", "ponctuation", "separe", "de") or (
                not cotes and self.est_operation("/") and self.jeton.texte == ":"
            ):
                self.approche |= self.prendre().genre == "environ"
            if cotes and self.est(FIN) and not ouvre:
                if self.impossibles:
                    raise self.impossibles[0]
                return cotes
            valeur = self._somme() if ouvre else self._cote()
            if ouvre:  # « 742 518,60 € (soit 742 k€) » : redit ce qui précède
                if not self.est("ferme"):
                    raise self._arret_apres_un_nombre()
                self.prendre()
            while self.est("environ") and self.suivant().genre not in ("suite", "ouvre", *UNITES):
                self.prendre()
                self.approche = True
            cotes.append(replace(valeur, approche=self.approche, ouvre=ouvre))
            if self.jeton.texte == "," and self.suivant().genre in ("egal", "environ"):
                self.prendre()  # « 742 518,60 €, soit 742 k€ »
            reste = any(jeton.genre == "suite" for jeton in self.jetons[self.rang :])
            if not self.est("egal", "environ", FIN) and not (self.est("ouvre") and reste):
                raise self._arret_apres_un_nombre()

    def _cote(self) -> Valeur:
        """Un montant seul entre parenthèses est négatif, comme chez les comptables."""
        valeur = self._somme()
        if valeur.genre != "groupe" or valeur.unite in ("part", "points"):
            return valeur
        return replace(valeur.signer("-"), si_part=valeur if valeur.unite is None else None)

    def _somme(self) -> Valeur:
        debut = self.rang
        valeur = premier = self._produit()
        while self.est_operation("+", "-"):
            jeton = self.prendre()
            droite = self._produit()
            if droite.lectures == (1,) and droite.unite is None:  # « 1,025 − 1 » : la hausse seule
                valeur = valeur.en_facteur
            valeur = self._operer(jeton, jeton.valeur, valeur, droite)
        dits = self.jetons[debut : self.rang]
        unites = [jeton for jeton in dits if jeton.genre in UNITES]
        if valeur is not premier and unites == dits[-1:] and unites[0].genre in EN_MILLIERS:
            raise Arret("cette unité n'est écrite que pour un des nombres", unites[0])
        return valeur

    def _produit(self) -> Valeur:
        valeur = self._signe()
        while True:
            # « de » ou « sur » après un pourcentage : ce qui suit est ce dont on prend une part.
            part = valeur.genre == "montant" and valeur.unite == "part"
            if part and (self.est("de") or self.jeton.texte.lower() == "sur"):
                valeur = self._part_de(valeur)
            elif self.est_operation("×", "/"):
                jeton = self.prendre()
                droite = self._signe()
                if jeton.texte == ":" and valeur.annonce(droite):
                    valeur = droite
                    continue
                if jeton.texte == ":" and self.est(FIN) and droite.annonce(valeur):
                    # 742 518,60 € : 15 ETP
                    raise Arret(
                        "ce signe peut vouloir dire une division, écrivez ÷ si c'en est une", jeton
                    )
                facteurs = valeur.en_facteur, droite.en_facteur
                valeur = self._operer(jeton, jeton.valeur, *facteurs)
            else:
                return valeur

    def _part_de(self, part: Valeur) -> Valeur:
        """« 20 % de 636 097 », mais « 23,6 % du budget 2015 », « du budget (1 284 639 €) »."""
        jeton = self.prendre()
        while self.est("de"):
            self.prendre()
        if self.est("suite") and ANNEE.fullmatch(self.jeton.texte):
            self.prendre()
            if not self.est("ouvre"):
                return part
        base = self._signe()
        if base.genre in ("groupe", "remarque"):
            return part
        return replace(self._operer(jeton, "×", part, base), si_part=part)

    def _signe(self) -> Valeur:
        if not self.est_operation("+", "-"):
            return self._puissance()
        jeton = self.prendre()
        double = self.rang > 1 and self.jetons[self.rang - 2].valeur == jeton.valeur
        if double or self.est_operation("+", "-"):
            raise self._en_trop(jeton if double else self.jeton)
        return self._puissance().signer(jeton.valeur)

    def _puissance(self) -> Valeur:
        valeur = self._atome()
        if self.est_operation("^"):
            jeton = self.prendre()
            return self._operer(jeton, "^", valeur, self._signe())
        if self.est("exposant"):
            jeton = self.prendre()
            exposant = int("".join(str("⁰¹²³⁴⁵⁶⁷⁸⁹".index(c)) for c in jeton.texte[:4]))
            return self._operer(jeton, "^", valeur, Valeur(Fraction(exposant)))
        return valeur

    def _atome(self) -> Valeur:
        devant = self.prendre() if self.est("eur", "part", "millier_d_euros") else None
        signe = self.prendre().valeur if devant and self.est_operation("+", "-") else ""
        if self.est("suite"):
            valeur = self._montant(devant)
        elif self.est("ouvre"):
            valeur = self._groupe(devant)
        else:
            raise self._arret_avant_un_nombre()
        return valeur.signer(signe) if signe else valeur  # € −3 250

    def _groupe(self, devant: Jeton | None) -> Valeur:
        ouvre = self.prendre()
        self.profondeur += 1
        if self.profondeur > PROFONDEUR_MAXIMALE:
            raise Arret("il y a trop de parenthèses", ouvre)
        remarque = self.est("environ")  # « (environ 14 k€) » : une remarque, et non une perte
        while self.est("environ"):
            self.prendre()
        self.approche |= remarque
        contenu = self._somme().signer("+") if remarque else self._somme()
        if not self.est("ferme"):
            if self.est(FIN):
                corrections = remplacer(self.jeton, ")"), remplacer(ouvre)
                raise Arret("cette parenthèse n'est pas refermée", ouvre, *corrections)
            raise self._arret_apres_un_nombre()
        self.prendre()
        self.profondeur -= 1
        avant = self.jeton
        facteur, unite = self._unites(devant)
        if unite and contenu.unite and (facteur != 1 or unite != "eur"):
            raise Arret(DEUX_UNITES, avant)
        return contenu.grouper(facteur, unite)

    def _montant(self, devant: Jeton | None) -> Valeur:
        """Une suite de chiffres et ce qui l'entoure : « 14 mille 500 € 40 »."""
        valeurs, decimales = comprendre(self.prendre())
        pas = Fraction(10) ** -decimales
        if self.est("mille"):
            valeurs, pas = self._en_mille(valeurs, pas)
        if self.est("millier_d_euros", "multiple", "part", "points") or self.jeton.valeur == "etp":
            # Devant k€, M€, % ou ETP, la partie décimale est naturelle en français :
            # « 8,350 k€ » ou « 1.284 M€ » ne sont pas des milliers de milliers.
            valeurs = valeurs[-1:]
        centimes = self.prendre() if self.est("centimes") else None
        facteur, unite = (centimes.facteur, "eur") if centimes else self._unites(devant)
        valeurs, pas = tuple(v * facteur for v in valeurs), pas * facteur
        if unite == "eur" and facteur == 1 and not decimales:
            suite = self._centimes()
            if suite is not None:
                valeurs, pas = tuple(v + suite for v in valeurs), Fraction(1, 100)
        return montant(valeurs, unite, pas, self.mode)

    def _en_mille(self, valeurs: Valeurs, pas: Fraction) -> tuple[Valeurs, Fraction]:
        """« 763 mille 316 », « 1 million 175 mille » : chaque terme est plus petit que son rang."""
        mot = self.prendre()
        facteur = mot.facteur
        if mot.texte.lower() == "mille" and valeurs[0] >= facteur:  # 14 000 (mille) : une redite ?
            return (valeurs[0], valeurs[0] * facteur), pas
        total, pas = valeurs[-1] * facteur, pas * facteur  # devant mille, la virgule est décimale
        while self.est("suite"):
            lues, _ = comprendre(self.jeton)
            rang = self.suivant().facteur if self.suivant().genre == "mille" else UN
            if len(lues) > 1 or lues[0] * rang >= facteur:
                break
            self.rang += 1 if rang == 1 else 2
            facteur = pas = rang
            total += lues[0] * rang
        return (total,), pas

    def _unites(self, devant: Jeton | None) -> tuple[Fraction, str | None]:
        """Les unités de part et d'autre d'un nombre : une seule, écrite une fois de chaque côté."""
        facteur, unite = (devant.facteur, devant.unite) if devant else (UN, None)
        if self.est("multiple", "mille"):
            facteur *= self.prendre().facteur
        separe = self.est("ponctuation") or self.jeton.texte in (",", "\n")  # « 14 000. € »
        if separe and self.suivant().genre in UNITES:
            self.prendre()
        if not self.est(*ENTIERES):
            return facteur, unite
        jeton = self.prendre()
        if unite not in (None, jeton.unite):
            raise Arret(DEUX_UNITES, jeton)
        if self.est(jeton.genre) and self.jeton.valeur == jeton.valeur:
            raise self._en_trop(self.jeton)
        if self.est(*ENTIERES):
            raise Arret(DEUX_UNITES, self.jeton)
        return (facteur if unite else facteur * jeton.facteur), jeton.unite

    def _centimes(self) -> Fraction | None:
        """« € 40 », « euros et 40 centimes » : les centimes écrits après l'unité."""
        saut = 1 if self.est("separe") and self.jeton.texte.lower() in ("et", ",") else 0
        suite, apres = self.suivant(saut), self.suivant(saut + 1)
        if suite.genre != "suite" or not suite.texte.isdecimal() or len(suite.texte) > 2:
            return None
        nommes = apres.genre == "centimes"
        seuls = not saut and len(suite.texte) == 2 and apres.genre not in (*UNITES, "suite", "mot")
        if not (nommes or seuls):
            return None
        self.rang += saut + 1 + nommes
        return Fraction(int(suite.texte), 100)
