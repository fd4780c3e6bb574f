"""Le simulateur du budget 2015 : chaque hypothèse a son curseur."""

from dataclasses import replace
from html import escape

import ipywidgets as widgets
import pandas as pd

from ..donnees.contexte import Contexte
from ..donnees.hypotheses import Hypotheses, champs
from ..widgets.atelier import Atelier, case, grille
from ..widgets.avis import conclusion, tableau
from ..widgets.image import Annonce, ImageVive
from .projection import Projection, projeter
from .projection_figure import FigureBudget
from .reglages_atelier import REGLAGES, curseur
from .regles import conclure, juger
from .scenarios_atelier import Scenarios
from .sensibilite import phrase_prix_volume
from .seuils_atelier import Seuils

VERDICTS = {True: ("oui", "✔ respectée"), False: ("non", "✘ non respectée"),
            None: ("sans-objet", "– sans objet")}  # fmt: skip


class Simulateur(Atelier):
    """Le budget 2015 sous toutes les hypothèses, avec la jauge européenne et les règles.

    `hypotheses` : l'état actuel des curseurs, à lire ; `appliquer(...)` le change.
    """

    def composer(self) -> list:
        self.budget, self.contexte = self.exercice.budget, self.exercice.contexte
        sujet = self.contexte.hypotheses
        departs = {c: getattr(sujet, c) for c in REGLAGES}
        if sujet.charges_personnel_eur is None:
            departs["charges_personnel_eur"] = self.contexte.secours_eur
        self.curseurs = {c: self.relier(curseur(c, valeur)) for c, valeur in departs.items()}
        self.impose = self.relier(case("Imposer les charges de personnel"))
        self.investissement = self.relier(
            case("Augmenter aussi l'investissement", sujet.investissement_indexe)
        )
        self.retour = self.bouton("↺ Revenir aux valeurs du sujet", lambda: self.appliquer(sujet))
        self.image = ImageVive(FigureBudget(self.budget, self.contexte))
        self.conclusion, self.tableau = Annonce(), Annonce(role="")
        self.seuils, self.scenarios = Seuils(self), Scenarios(self)
        self.add_class("cerdd-simulateur")  # sa mise en page en diapositive
        cases = widgets.VBox([self.impose, self.investissement, self.retour])
        return [self.conclusion, self.image, grille(*self.curseurs.values(), cases), self.tableau,
                self.seuils, self.scenarios]  # fmt: skip

    @property
    def hypotheses(self) -> Hypotheses:
        """Les hypothèses que montrent les curseurs."""
        valeurs = {champ: element.valeur for champ, element in self.curseurs.items()}
        if not self.impose.value:
            valeurs["charges_personnel_eur"] = None
        indexe = self.investissement.value
        return replace(self.contexte.hypotheses, **valeurs, investissement_indexe=indexe)

    @property
    def reponses(self) -> dict:
        return champs(self.hypotheses)

    @property
    def projection(self) -> Projection:
        """Le budget 2015 selon les curseurs."""
        return projeter(self.budget, self.hypotheses)

    def appliquer(self, hypotheses: Hypotheses) -> None:
        """Place les curseurs sur ces hypothèses ; la figure est redessinée une seule fois."""
        voulues = {c: getattr(hypotheses, c) for c in self.curseurs}
        self.placer(
            (self.impose, hypotheses.charges_personnel_eur is not None),
            (self.investissement, hypotheses.investissement_indexe),
            *(
                (e, e.repere if voulues[c] is None else voulues[c])
                for c, e in self.curseurs.items()
            ),
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
        self.seuils.actualiser()


def tableau_des_regles(projection: Projection, contexte: Contexte) -> str:
    """Les règles de l'annexe 3 et leur verdict, en HTML : un signe, un mot et une phrase."""
    lignes = []
    for _, libelle, _, _, respectee, pourquoi in juger(projection, contexte):
        classe, verdict = VERDICTS[None if respectee is pd.NA else respectee]
        verdict = f"<span class='{classe}'>{verdict}</span>"
        lignes.append((escape(libelle), verdict, escape(pourquoi)))
    return tableau(("Règle (annexe 3)", "Verdict", "Pourquoi"), lignes)
