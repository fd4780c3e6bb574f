"""Le simulateur du budget 2015 : chaque hypothèse a son curseur."""

from dataclasses import replace
from html import escape
from typing import Any, cast

import ipywidgets as widgets
import pandas as pd

from ..donnees.contexte import Contexte
from ..donnees.hypotheses import LIMITES, VARIABLES, Hypotheses, champs, ecrire
from ..socle.nombres import MOIS, pourcent
from ..socle.typographie import typographier
from ..widgets.atelier import Atelier, case, grille, intitule, liste, rangee
from ..widgets.avis import conclusion, tableau
from ..widgets.curseur import Curseur
from ..widgets.image import Annonce, ImageVive
from .budget_exercice import Budget
from .projection import Projection, projeter
from .projection_figure import FigureBudget
from .reglages import DEPART, EN_VUE, IMPOSE, INVESTISSEMENT, REGLAGES, RETOUR, bornes
from .regles import conclure, juger
from .scenarios_atelier import Scenarios
from .sensibilite import phrase_prix_volume
from .seuils import seuil

VERDICTS = {True: ("oui", "✔ respectée"), False: ("non", "✘ non respectée"),
            None: ("sans-objet", "– sans objet")}  # fmt: skip


def curseur(champ: str, valeur: float, repere: float) -> Curseur:
    """Le curseur d'une hypothèse du budget ; `repere` : la valeur du sujet."""
    libelle, aide, unite, _, _, pas = REGLAGES[champ]
    minimum, maximum = bornes(champ, valeur, repere)
    return Curseur(libelle, valeur, aide=aide, unite=unite, repere=repere, minimum=minimum,
                   maximum=maximum, pas=pas)  # fmt: skip


class Simulateur(Atelier[Budget]):
    """Le budget 2015 sous toutes les hypothèses, avec la jauge européenne et les règles.

    Il s'ouvre sur le budget de 2014 ; le triangle de chaque curseur est la valeur du sujet. Trois
    curseurs se montrent d'abord ; un bouton déplie les autres.

    `hypotheses` : l'état actuel des curseurs, à lire ; `appliquer(...)` le change.
    """

    def composer(self) -> list:
        self.budget, self.contexte = self.exercice.budget, self.exercice.contexte
        sujet, depart = self.contexte.hypotheses, self.exercice.hypotheses_2014
        reperes = {c: getattr(sujet, c) for c in REGLAGES}
        if sujet.charges_personnel_eur is None:
            reperes["charges_personnel_eur"] = self.contexte.secours_eur
        departs = {c: getattr(depart, c) for c in REGLAGES}
        self.curseurs = {
            c: self.relier(curseur(c, repere if departs[c] is None else departs[c], repere))
            for c, repere in reperes.items()
        }
        self.impose = self.relier(case(IMPOSE))
        self.investissement = self.relier(case(INVESTISSEMENT, sujet.investissement_indexe))
        self.retour = self.bouton(RETOUR, lambda: self.appliquer(sujet))
        self.retour_2014 = self.bouton(DEPART, lambda: self.appliquer(depart))
        self.image = ImageVive(FigureBudget(self.budget, self.contexte))
        self.conclusion, self.tableau = Annonce(), Annonce(role="")
        self.seuils, self.scenarios = Seuils(self), Scenarios(self)
        self.add_class("cerdd-simulateur")  # sa mise en page en diapositive
        premiers = grille(*(self.curseurs[c] for c in EN_VUE))
        cases = widgets.VBox([self.impose, self.investissement])
        self.autres = grille(*(e for c, e in self.curseurs.items() if c not in EN_VUE), cases)
        self.deplier = self.relier(widgets.ToggleButton(layout={"width": "auto"}), self._plier)
        self.reglages = grille(premiers, rangee(self.retour, self.retour_2014, self.deplier))
        self.reglages.add_class("cerdd-reglages")
        return [self.conclusion, self.image, self.reglages, self.tableau, self.seuils,
                self.scenarios]  # fmt: skip

    def _plier(self) -> None:
        """Montre ou cache les hypothèses que les défis ne touchent pas ; dit combien ont changé."""
        caches = [e for c, e in self.curseurs.items() if c not in EN_VUE]
        changes = sum(e.actif and e.valeur != e.repere for e in caches)
        suite = f", dont {changes} hors des valeurs du sujet" if changes else ""
        signe = "▾" if self.deplier.value else "▸"
        texte = f"{signe} Les {len(caches)} autres hypothèses{suite}"
        self.deplier.description = typographier(texte)
        en_vue = self.reglages.children[:2]
        self.reglages.children = (*en_vue, self.autres) if self.deplier.value else en_vue

    @property
    def hypotheses(self) -> Hypotheses:
        """Les hypothèses que montrent les curseurs."""
        valeurs: dict[str, Any] = {
            champ: element.valeur for champ, element in self.curseurs.items()
        }
        if not self.impose.value:
            valeurs["charges_personnel_eur"] = None
        indexe = self.investissement.value
        return replace(self.contexte.hypotheses, **valeurs, investissement_indexe=indexe)

    @property
    def reponses(self) -> dict:
        """Les hypothèses que disent les curseurs, par nom de champ."""
        return champs(self.hypotheses)

    @property
    def projection(self) -> Projection:
        """Le budget 2015 selon les curseurs."""
        return projeter(self.budget, self.hypotheses)

    def appliquer(self, hypotheses: Hypotheses) -> None:
        """Place les curseurs sur ces hypothèses ; la figure est redessinée une seule fois."""
        imposees = hypotheses.charges_personnel_eur is not None
        valeurs = {e: getattr(hypotheses, c) for c, e in self.curseurs.items()}
        self.placer(
            (self.impose, imposees),
            (self.investissement, hypotheses.investissement_indexe),
            *((e, e.repere if valeur is None else valeur) for e, valeur in valeurs.items()),
        )

    def actualiser(self) -> None:
        self.curseurs["charges_personnel_eur"].actif = self.impose.value
        for champ in ("etp_ajoutes", "mois_embauche", "taux_salaire"):
            self.curseurs[champ].actif = not self.impose.value
        projection = self.projection
        self.image.montrer(projection)
        self.conclusion.html = conclusion(conclure(projection, self.contexte))
        prix_volume = phrase_prix_volume(self.budget, projection.hypotheses)
        regles = tableau_des_regles(projection, self.contexte)
        self.tableau.html = f"{regles}<div>{escape(prix_volume)}</div>"
        self.seuils.effacer()
        self._plier()


def tableau_des_regles(projection: Projection, contexte: Contexte) -> str:
    """Les règles de l'annexe 3 et leur verdict, en HTML : un signe, un mot et une phrase."""
    lignes = []
    for _, libelle, _, _, respectee, pourquoi in juger(projection, contexte):
        classe, verdict = VERDICTS[None if respectee is pd.NA else respectee]
        verdict = f"<span class='{classe}'>{verdict}</span>"
        lignes.append((escape(libelle), verdict, escape(pourquoi)))
    return tableau(("Règle (annexe 3)", "Verdict", "Pourquoi"), lignes)


class Seuils(widgets.VBox):
    """« À partir de quelle valeur la règle est-elle respectée ? », pour l'hypothèse choisie.

    Rien ne se calcule avant que l'on presse le bouton ; un réglage qui bouge efface la réponse.
    """

    def __init__(self, simulateur: Atelier):
        self.simulateur, self.valeur = simulateur, cast(float | None, None)
        libelles = [(LIMITES[c][0], c) for c in VARIABLES]
        plafonds = [(pourcent(p, None), p) for p in simulateur.contexte.plafonds]
        self.variable = liste("Je change seulement", libelles, "mois_embauche")
        self.plafond = liste("pour ramener la part européenne à", plafonds, plafonds[0][1])
        for choix in (self.variable, self.plafond):
            simulateur.relier(choix, self.effacer)
        self.reponse = Annonce()
        self.chercher = simulateur.bouton("Chercher cette valeur", self.actualiser)
        self.placer = simulateur.bouton("Placer le curseur sur cette valeur", self.appliquer)
        choix, gestes = rangee(self.variable, self.plafond), rangee(self.chercher, self.placer)
        super().__init__([intitule("Chercher un seuil"), choix, gestes, self.reponse])
        self.effacer()

    def effacer(self) -> None:
        """Oublie la réponse : elle ne vaut que pour les réglages qui l'ont donnée."""
        self.valeur, self.reponse.html, self.placer.disabled = None, "", True

    def actualiser(self) -> None:
        """Cherche le seuil et le dit."""
        champ, simulateur = self.variable.value, self.simulateur
        valeur = self.valeur = seuil(
            simulateur.budget, simulateur.hypotheses, champ, simulateur.contexte, self.plafond.value
        )
        curseur = simulateur.curseurs[champ]
        hors = valeur is not None and not curseur.minimum <= valeur <= curseur.maximum
        self.placer.disabled = valeur is None or hors
        libelle, plafond = LIMITES[champ][0], pourcent(self.plafond.value, None)
        trouvee = "" if valeur is None else f"<strong>{ecrire(champ, valeur)}</strong>"
        if valeur is None:
            phrase = f"Aucune valeur possible pour {libelle} ne ramène la part à {plafond}."
        elif champ == "mois_embauche":
            des = "d'" if MOIS[int(valeur) - 1][0] in "ao" else "de "
            phrase = f"Il faut embaucher à partir {des}{trouvee} pour ne pas dépasser {plafond}."
        else:
            suite = " : c'est en dehors du curseur, donc peu réaliste." if hors else "."
            phrase = f"La part est exactement de {plafond} quand {libelle} vaut {trouvee}{suite}"
        self.reponse.html = f"<div>{phrase} Les autres réglages ne bougent pas.</div>"

    def appliquer(self) -> None:
        """Place le curseur sur le seuil trouvé."""
        if self.valeur is not None:
            trouvee = {self.variable.value: self.valeur}
            self.simulateur.appliquer(replace(self.simulateur.hypotheses, **trouvee))
