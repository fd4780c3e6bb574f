"""Le simulateur du budget 2015 : chaque hypothèse a son curseur."""

from html import escape

import ipywidgets as widgets
import pandas as pd

from ..budget import Hypotheses, Projection, conclure, juger, projeter
from ..figures.base import Illustration
from ..figures.budget import FigureBudget, figure_budget
from .base import Annonce, Atelier, Curseur, ImageVive, grille

# champ: (libellé, phrase, unité, minimum, maximum, pas)
REGLAGES = {
    "etp_ajoutes": ("ETP ajoutés", "Emplois créés, en équivalents temps plein.", "etp", 0, 6, 0.5),
    "mois_embauche": ("Mois d'embauche", "Arrivée au 1er du mois : salaires au prorata.",
                      "mois", 1, 12, 1),
    "taux_salaire": ("Salaire moyen", "Hausse du salaire moyen de toute l'équipe.",
                     "part", -0.05, 0.10, 0.005),
    "taux_charges": ("Autres charges", "Hausse des charges hors personnel.",
                     "part", -0.10, 0.10, 0.005),
    "taux_etat": ("Financements de l'État", "Hausse des crédits de l'État et de l'ADEME.",
                  "part", -0.20, 0.20, 0.005),
    "taux_collectivites": ("Financements des collectivités",
                           "Hausse des crédits des régions, départements…",
                           "part", -0.20, 0.20, 0.005),
    "taux_autres": ("Autres financements", "Hausse des adhésions et recettes propres.",
                    "part", -0.5, 1.0, 0.01),
    "projet_exceptionnel_eur": ("Projet exceptionnel",
                                "Dépense hors du cœur du projet ; elle ouvre le second plafond.",
                                "eur", 0, 300_000, 5_000),
    "charges_personnel_eur": ("Charges de personnel imposées",
                              "Montant qui remplace le calcul, si la case est cochée.",
                              "eur", 600_000, 1_000_000, 1_000),
}  # fmt: skip


def curseur(champ: str, valeur: float) -> Curseur:
    """Le curseur d'une hypothèse du budget ; le repère est la valeur du sujet."""
    libelle, aide, unite, minimum, maximum, pas = REGLAGES[champ]
    return Curseur(
        libelle, valeur, aide=aide, unite=unite, repere=valeur,
        minimum=minimum, maximum=maximum, pas=pas,
    )  # fmt: skip


class Simulateur(Atelier):
    """Le budget 2015 sous toutes les hypothèses, avec la jauge européenne et les règles.

    - `budget_previsionnel` : l'annexe 4 ;
    - `secours_eur` : la valeur de secours de l'énoncé pour les charges de personnel ;
    - `hypotheses` : l'état actuel des curseurs, à lire ; `appliquer(...)` le change.
    """

    def __init__(self, budget_previsionnel: pd.DataFrame, secours_eur: float):
        self.budget = budget_previsionnel
        sujet = Hypotheses()
        self.curseurs = {
            champ: curseur(champ, secours_eur if valeur is None else valeur)
            for champ, valeur in ((c, getattr(sujet, c)) for c in REGLAGES)
        }
        self.impose = widgets.Checkbox(
            value=False, indent=False, description="Imposer les charges de personnel"
        )
        self.investissement = widgets.Checkbox(
            value=True, indent=False, description="Augmenter aussi l'investissement"
        )
        self.retour = widgets.Button(description="↺ Revenir aux valeurs du sujet")
        self.image = ImageVive(FigureBudget(budget_previsionnel))
        self.conclusion = Annonce()
        self.tableau = Annonce(role="")
        self._suspendu = False
        super().__init__(
            [
                self.conclusion,
                self.image,
                grille(
                    *self.curseurs.values(),
                    widgets.VBox([self.impose, self.investissement, self.retour]),
                ),
                self.tableau,
            ]
        )
        for element in self.curseurs.values():
            self.relier(element, "valeur")
        self.relier(self.impose, "value")
        self.relier(self.investissement, "value")
        self.au_clic(self.retour, lambda: self.appliquer(Hypotheses()))
        self.actualiser()

    @property
    def hypotheses(self) -> Hypotheses:
        """Les hypothèses que montrent les curseurs."""
        valeurs = {champ: element.valeur for champ, element in self.curseurs.items()}
        if not self.impose.value:
            valeurs["charges_personnel_eur"] = None
        return Hypotheses(**valeurs, investissement_indexe=self.investissement.value)

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
        self.conclusion.html = f"<div class='conclusion'>{escape(conclure(projection))}</div>"
        self.tableau.html = tableau_des_regles(projection)

    def apercu(self) -> Illustration:
        projection = self.projection
        illustration = figure_budget(self.budget, projection)
        illustration.alternative = f"{conclure(projection)} {illustration.alternative}"
        return illustration


def tableau_des_regles(projection: Projection) -> str:
    """Les règles de l'annexe 3 et leur verdict, en HTML : un signe, un mot et une phrase."""
    lignes = []
    for _, libelle, _, _, respectee, conclusion in juger(projection):
        if respectee is pd.NA:
            classe, verdict = "sans-objet", "– sans objet"
        elif respectee:
            classe, verdict = "oui", "✔ respectée"
        else:
            classe, verdict = "non", "✘ non respectée"
        lignes.append(
            f"<tr><td>{escape(libelle)}</td><td class='{classe}'>{verdict}</td>"
            f"<td>{escape(conclusion)}</td></tr>"
        )
    return (
        "<table><thead><tr><th>Règle (annexe 3)</th><th>Verdict</th><th>Pourquoi</th></tr></thead>"
        f"<tbody>{''.join(lignes)}</tbody></table>"
    )


