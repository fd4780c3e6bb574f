"""Des jetons au calcul : un montant, puis une opération.

    ligne   : côté (« = » côté)*               9 550 + 4 450 = 14 000
    côté    : produit ((+ | −) produit)*
    produit : signe ((× | ÷ | « % de ») signe)*
    signe   : (+ | −)? puissance
    puissance : atome (^ entier)?
    atome   : unité? suite (mille suite)* unité? centimes?  |  ( côté ) unité?

Ce qui arrête la lecture lève `Arret`, avec le jeton, la cause dite en français, et les corrections
à essayer.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from .allegement import UNITES
from .arrets import FIN, Lecteur
from .calcul import (
    ANNEE,
    MODES,
    Groupe,
    Mode,
    Montant,
    Operation,
    Perte,
    Signe,
    Valeur,
    annonce,
    est_un_calcul,
    facteur,
    vaut_un,
)
from .jetons import Jeton
from .suites import Arret, Ecriture, comprendre, remplacer

PROFONDEUR_MAXIMALE = 20
EN_MILLIERS = ("millier_d_euros", "multiple", "mille")


@dataclass(frozen=True)
class Cote:
    """Un côté d'une égalité ; `ouvre`, la parenthèse qui l'ouvre s'il redit ce qui la précède."""

    noeud: object
    approche: bool
    ouvre: Jeton | None = None

    @property
    def est_un_calcul(self) -> bool:
        return est_un_calcul(self.noeud)

    def evaluer(self, mode: Mode) -> Valeur:
        return replace(self.noeud.evaluer(mode), approche=self.approche)


class Analyse(Lecteur):
    """Lit une suite de jetons, du plus grand au plus petit."""

    def ligne(self) -> list[Cote]:
        """Les côtés de l'égalité, un seul le plus souvent."""
        cotes: list[Cote] = []
        while True:
            self.approche = False
            ouvre = self.prendre() if cotes and self.est("ouvre") else None
            while self.est("egal", "environ", "ponctuation", "separe", "de") or (
                not cotes and self.est_operation("/") and self.jeton.texte == ":"
            ):
                self.approche |= self.prendre().genre == "environ"
            if cotes and self.est(FIN) and not ouvre:
                return cotes
            noeud = self.somme() if ouvre else self.cote()
            if ouvre and not self.est("ferme"):
                raise self._arret_apres_un_nombre()
            if ouvre:  # « 763 316,40 € (soit 763 k€) » : redit ce qui précède
                self.prendre()
            while self.est("environ") and self.suivant().genre not in ("suite", "ouvre", *UNITES):
                self.prendre()
                self.approche = True
            cotes.append(Cote(noeud, self.approche, ouvre))
            if (
                self.est("separe")
                and self.jeton.texte == ","
                and self.suivant().genre in ("egal", "environ")
            ):
                self.prendre()  # « 763 316,40 €, soit 763 k€ »
            if not self.est("egal", "environ", "ouvre", FIN):
                raise self._arret_apres_un_nombre()
            if self.est("ouvre") and not any(j.genre == "suite" for j in self.jetons[self.rang :]):
                raise self._arret_apres_un_nombre()

    def cote(self):
        noeud = self.somme()
        dedans = noeud
        while isinstance(dedans, Groupe):
            dedans = dedans.contenu
        seul = dedans is not noeud and isinstance(dedans, Montant)
        if not seul or noeud.evaluer(MODES[0]).unite in ("part", "points"):
            return noeud
        return Perte(-1, noeud)

    def somme(self):
        debut = self.rang
        noeud = self.produit()
        while self.est_operation("+", "-"):
            jeton = self.prendre()
            droite = self.produit()
            if vaut_un(droite):  # « 1,025 − 1 » : la hausse seule
                noeud = facteur(noeud)
            noeud = Operation(jeton, jeton.valeur, noeud, droite)
        dits = self.jetons[debut : self.rang]
        unites = [jeton for jeton in dits if jeton.genre in UNITES]
        somme = isinstance(noeud, Operation) and noeud.signe in ("+", "-")
        if somme and unites == dits[-1:] and unites[0].genre in EN_MILLIERS:  # 1 050 − 1 036 k€
            raise Arret("cette unité n'est écrite que pour un des nombres", unites[0])
        return noeud

    def produit(self):
        noeud = self.signe()
        while True:
            if self.est_operation("×", "/") and not self._est_une_base(noeud):
                jeton = self.prendre()
                droite = self.signe()
                if jeton.texte == ":" and annonce(noeud, droite):
                    noeud = droite
                    continue
                if jeton.texte == ":" and self.est(FIN) and annonce(droite, noeud):
                    # 763 316,40 € : 15 ETP
                    raise Arret(
                        "ce signe peut vouloir dire une division, écrivez ÷ si c'en est une", jeton
                    )
                noeud = Operation(jeton, jeton.valeur, facteur(noeud), facteur(droite))
            elif self._est_une_base(noeud):
                jeton = self.prendre()  # « 20 % de 636 097 », mais « 21,8 % du budget 2015 »
                while self.est("de"):
                    self.prendre()
                annee = self.est("suite") and ANNEE.fullmatch(self.jeton.texte)
                if annee:
                    self.prendre()
                if not annee or self.est("ouvre"):
                    base = self.signe()  # « du budget (1 175 756 €) » : une remarque
                    if not isinstance(base, Groupe) or est_un_calcul(base):
                        noeud = Operation(jeton, "×", noeud, base)
            else:
                return noeud

    def _est_une_base(self, noeud) -> bool:
        """« de » ou « sur » après un pourcentage : ce qui suit est ce dont on prend une part."""
        base = self.est("de") or self.jeton.texte.lower() == "sur"
        return base and isinstance(noeud, Montant) and noeud.unite == "part"

    def signe(self):
        if not self.est_operation("+", "-"):
            return self.puissance()
        jeton = self.prendre()
        precedent = self.jetons[self.rang - 2] if self.rang > 1 else None
        double = precedent is not None and precedent.valeur == jeton.valeur
        if double or self.est_operation("+", "-"):
            raise self._en_trop(jeton if double else self.jeton)
        return Signe(-1 if jeton.valeur == "-" else 1, self.puissance())

    def puissance(self):
        noeud = self.atome()
        if self.est_operation("^"):
            jeton = self.prendre()
            return Operation(jeton, "^", noeud, self.signe())
        if self.est("exposant"):
            jeton = self.prendre()
            exposant = int("".join(str("⁰¹²³⁴⁵⁶⁷⁸⁹".index(c)) for c in jeton.texte[:4]))
            return Operation(jeton, "^", noeud, Montant((Fraction(exposant),), None, Fraction(0)))
        return noeud

    def atome(self):
        devant = self._unite() if self.est("eur", "part", "millier_d_euros") else None
        if devant and self.est_operation("+", "-"):  # € −4 450
            jeton = self.prendre()
            noeud = self._nombre_ou_groupe(devant)
            return Signe(-1 if jeton.valeur == "-" else 1, noeud)
        return self._nombre_ou_groupe(devant)

    def _nombre_ou_groupe(self, devant):
        if self.est("suite"):
            return self._montant(devant)
        if self.est("ouvre"):
            return self._groupe(devant)
        raise self._arret_avant_un_nombre()

    def _groupe(self, devant):
        ouvre = self.prendre()
        self.profondeur += 1
        if self.profondeur > PROFONDEUR_MAXIMALE:
            raise Arret("il y a trop de parenthèses", ouvre)
        remarque = self.est("environ")  # « (environ 14 k€) » : une remarque, et non une perte
        while self.est("environ"):
            self.prendre()
        self.approche |= remarque
        contenu = Signe(1, self.somme()) if remarque else self.somme()
        if not self.est("ferme"):
            if self.est(FIN):
                raise Arret("cette parenthèse n'est pas refermée", ouvre,
                            corrections=(remplacer(self.jeton, ")"), remplacer(ouvre)))  # fmt: skip
            raise self._arret_apres_un_nombre()
        self.prendre()
        self.profondeur -= 1
        avant = self.jeton
        facteur, unite = self._unites(devant)
        if unite and contenu.evaluer(MODES[0]).unite and (facteur != 1 or unite != "eur"):
            raise Arret("deux unités sont écrites pour un seul nombre", avant)
        return Groupe(contenu, facteur, unite)

    def _montant(self, devant):
        """Une suite de chiffres et ce qui l'entoure : « 14 mille 500 € 40 »."""
        jeton = self.prendre()
        ecriture = comprendre(jeton)
        valeurs, pas = ecriture.valeurs, Fraction(10) ** -ecriture.decimales
        if self.est("mille"):
            valeurs, pas = self._en_mille(valeurs, pas)
        decimal = len(valeurs) > 1 and self.est(
            "millier_d_euros", "multiple", "part", "points", "unite"
        )
        if decimal and (not self.est("unite") or self.jeton.valeur == "etp"):
            # Devant k€, M€, % ou ETP, la partie décimale est naturelle en français :
            # « 9,550 k€ » ou « 1.175 M€ » ne sont pas des milliers de milliers.
            valeurs = valeurs[-1:]
        if self.est("centimes"):
            self.prendre()
            return Montant(tuple(v / 100 for v in valeurs), "eur", pas / 100)
        facteur, unite = self._unites(devant)
        valeurs, pas = tuple(v * facteur for v in valeurs), pas * facteur
        if unite == "eur" and facteur == 1:
            centimes = self._centimes(ecriture)
            if centimes is not None:
                valeurs, pas = tuple(v + centimes for v in valeurs), Fraction(1, 100)
        return Montant(valeurs, unite, pas)

    def _en_mille(self, valeurs, pas):
        """« 763 mille 316 », « 1 million 175 mille » : chaque terme est plus petit que son rang."""
        mot = self.prendre()
        facteur = Fraction(mot.valeur)
        if mot.texte.lower() == "mille" and valeurs[0] >= facteur:  # 14 000 (mille) : une redite ?
            return (valeurs[0], valeurs[0] * facteur), pas
        total, pas = valeurs[-1] * facteur, pas * facteur  # devant mille, la virgule est décimale
        while self.est("suite"):
            suite = comprendre(self.jeton)
            rang = self.suivant().valeur if self.suivant().genre == "mille" else 1
            if len(suite.valeurs) > 1 or suite.valeurs[0] * rang >= facteur:
                break
            self.prendre()
            if rang != 1:
                self.prendre()
            facteur = Fraction(rang)
            total, pas = total + suite.valeurs[0] * rang, facteur
        return (total,), pas

    def _unite(self):
        """Une unité écrite : son facteur et son nom."""
        jeton = self.prendre()
        if jeton.genre == "millier_d_euros":
            return Fraction(jeton.valeur), "eur"
        if jeton.genre in ("part", "points"):
            return jeton.valeur, jeton.genre
        return Fraction(1), jeton.valeur if jeton.genre == "unite" else jeton.genre

    def _unites(self, devant) -> tuple[Fraction, str | None]:
        """Les unités de part et d'autre d'un nombre : une seule, écrite une fois de chaque côté."""
        facteur, unite = devant or (Fraction(1), None)
        if self.est("multiple", "mille"):
            facteur *= self.prendre().valeur
        if self.est("ponctuation") and self.suivant().genre in UNITES:
            self.prendre()  # « 14 000. € »
        if self.est("separe") and self.jeton.texte in ",\n" and self.suivant().genre in UNITES:
            self.prendre()
        if not self.est("eur", "part", "points", "unite", "millier_d_euros"):
            return facteur, unite
        jeton = self.jeton
        ecart, nom = self._unite()
        if unite is not None and nom != unite:
            raise Arret("deux unités sont écrites pour un seul nombre", jeton)
        if self.est(jeton.genre) and self.jeton.valeur == jeton.valeur:
            raise self._en_trop(self.jeton)
        if self.est("eur", "part", "points", "unite", "millier_d_euros"):
            raise Arret("deux unités sont écrites pour un seul nombre", self.jeton)
        return (facteur if unite == nom else facteur * ecart), nom

    def _centimes(self, ecriture: Ecriture) -> Fraction | None:
        """« € 40 », « euros et 40 centimes » : les centimes écrits après l'unité."""
        saut = 1 if self.est("separe") and self.jeton.texte.lower() in ("et", ",") else 0
        suite, apres = self.suivant(saut), self.suivant(saut + 1)
        if suite.genre != "suite" or not suite.texte.isdecimal() or len(suite.texte) > 2:
            return None
        nommes = apres.genre == "centimes"
        seuls = not saut and len(suite.texte) == 2 and apres.genre not in (*UNITES, "suite", "mot")
        if ecriture.decimales or not (nommes or seuls):
            return None
        self.rang += saut + 1 + nommes
        return Fraction(int(suite.texte), 100)
