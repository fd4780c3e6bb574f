"""Le simulateur du budget 2015 : chaque hypothèse a son curseur."""

from dataclasses import replace
from html import escape

import ipywidgets as widgets
import pandas as pd

from ..donnees.contexte import Contexte
from ..donnees.hypotheses import Hypotheses, champs
from ..socle.suivi import Suivi
from ..widgets.atelier import Atelier, case, grille
from ..widgets.avis import conclusion
from ..widgets.image import Annonce, ImageVive
from .projection import Projection, projeter
from .projection_figure import FigureBudget
from .reglages_atelier import REGLAGES, curseur
from .regles import conclure, juger
from .scenarios_atelier import Scenarios
from .sensibilite import phrase_prix_volume
from .seuils_atelier import Seuils
from .simulateur import Budget


class Simulateur(Atelier):
    """Le budget 2015 sous toutes les hypothèses, avec la jauge européenne et les règles.

    - `budget_previsionnel` : l'annexe 4 ; `contexte` : ce que l'énoncé et les annexes fixent ;
    - `hypotheses` : l'état actuel des curseurs, à lire ; `appliquer(...)` le change.
    """

    def __init__(
        self, budget_previsionnel: pd.DataFrame, contexte: Contexte, suivi: Suivi | None = None
    ):
        self.exercice = Budget(budget_previsionnel, contexte)
        self.budget, self.contexte = budget_previsionnel, contexte
        sujet = contexte.hypotheses
        self.curseurs = {
            champ: curseur(champ, contexte.secours_eur if valeur is None else valeur)
            for champ, valeur in ((c, getattr(sujet, c)) for c in REGLAGES)
        }
        self.impose = case("Imposer les charges de personnel")
        self.investissement = case("Augmenter aussi l'investissement", sujet.investissement_indexe)
        self.retour = widgets.Button(description="↺ Revenir aux valeurs du sujet")
        self.image = ImageVive(FigureBudget(budget_previsionnel, contexte))
        self.conclusion = Annonce()
        self.tableau = Annonce(role="")
        self._suspendu = False
        self.seuils = Seuils(self)
        self.suivi = suivi or Suivi()
        self.scenarios = Scenarios(self, self.suivi)
        super().__init__(
            [
                self.conclusion,
                self.image,
                grille(
                    *self.curseurs.values(),
                    widgets.VBox([self.impose, self.investissement, self.retour]),
                ),
                self.tableau,
                self.seuils,
                self.scenarios,
            ]
        )
        self.add_class("cerdd-simulateur")  # sa mise en page en diapositive
        for element in self.curseurs.values():
            self.relier(element, "valeur")
        self.relier(self.impose, "value")
        self.relier(self.investissement, "value")
        self.au_clic(self.retour, lambda: self.appliquer(sujet))
        self.relier(self.seuils.variable, "value")
        self.relier(self.seuils.plafond, "value")
        self.au_clic(self.seuils.placer, self.seuils.appliquer)
        s = self.scenarios
        self.au_clic(s.garder, lambda: s.ajouter(s.nom.value, self.hypotheses))
        self.au_clic(s.charger, s.reprendre)
        self.au_clic(s.retirer, s.oter)
        for bouton, (nom, pret) in zip(s.boutons_prets, s.prets.items(), strict=True):
            self.au_clic(bouton, lambda nom=nom, pret=pret: s.ajouter(nom, pret))
        self.actualiser()

    @property
    def hypotheses(self) -> Hypotheses:
        """Les hypothèses que montrent les curseurs."""
        valeurs = {champ: element.valeur for champ, element in self.curseurs.items()}
        if not self.impose.value:
            valeurs["charges_personnel_eur"] = None
        return replace(
            self.contexte.hypotheses, **valeurs, investissement_indexe=self.investissement.value
        )

    def appliquer(self, hypotheses: Hypotheses) -> None:
        """Place les curseurs sur ces hypothèses ; la figure est redessinée une seule fois."""
        self._suspendu = True
        try:
            for champ, element in self.curseurs.items():
                valeur = getattr(hypotheses, champ)
                element.erreur = ""
                element.valeur = element.repere if valeur is None else valeur
            self.impose.value = hypotheses.charges_personnel_eur is not None
            self.investissement.value = hypotheses.investissement_indexe
        finally:
            self._suspendu = False
        self.actualiser()

    @property
    def projection(self) -> Projection:
        """Le budget 2015 selon les curseurs."""
        return projeter(self.budget, self.hypotheses)

    def actualiser(self) -> None:
        if self._suspendu:
            return
        self.curseurs["charges_personnel_eur"].actif = self.impose.value
        for champ in ("etp_ajoutes", "mois_embauche", "taux_salaire"):
            self.curseurs[champ].actif = not self.impose.value
        projection = self.projection
        self.image.montrer(projection)
        self.conclusion.html = conclusion(conclure(projection, self.contexte))
        self.tableau.html = tableau_des_regles(projection, self.contexte) + (
            f"<div>{escape(phrase_prix_volume(self.budget, projection.hypotheses))}</div>"
        )
        self.seuils.actualiser()

    @property
    def reponses(self) -> dict:
        return champs(self.hypotheses)


def tableau_des_regles(projection: Projection, contexte: Contexte) -> str:
    """Les règles de l'annexe 3 et leur verdict, en HTML : un signe, un mot et une phrase."""
    lignes = []
    for _, libelle, _, _, respectee, pourquoi in juger(projection, contexte):
        if respectee is pd.NA:
            classe, verdict = "sans-objet", "– sans objet"
        elif respectee:
            classe, verdict = "oui", "✔ respectée"
        else:
            classe, verdict = "non", "✘ non respectée"
        lignes.append(
            f"<tr><td>{escape(libelle)}</td><td class='{classe}'>{verdict}</td>"
            f"<td>{escape(pourquoi)}</td></tr>"
        )
    return (
        "<table><thead><tr><th>Règle (annexe 3)</th><th>Verdict</th><th>Pourquoi</th></tr></thead>"
        f"<tbody>{''.join(lignes)}</tbody></table>"
    )
