"""Régler l'incertitude de chaque taux, et lire la probabilité."""

import pandas as pd

from ..donnees.contexte import Contexte
from ..donnees.hypotheses import ecrire
from ..socle.nombres import nombre
from ..widgets.atelier import Atelier, grille, intitule
from ..widgets.avis import conclusion
from ..widgets.curseur import Curseur
from ..widgets.image import Annonce, ImageVive
from .reglages_atelier import curseur
from .risque import TAUX, Risques
from .risque_figure import FigureRisque
from .sensibilite_figure import NOMS


class AtelierRisque(Atelier):
    """La probabilité de dépasser le plafond quand les taux sont incertains."""

    def __init__(self, budget: pd.DataFrame, contexte: Contexte):
        self.exercice = Risques(budget, contexte)
        sujet = contexte.hypotheses
        self.decisions = {
            c: curseur(c, getattr(sujet, c)) for c in ("etp_ajoutes", "mois_embauche")
        }
        self.marges = {
            champ: Curseur(
                f"± {NOMS[champ]}", 0.02, unite="points", minimum=0.0, maximum=0.10, pas=0.005,
                aide=f"Autour de {ecrire(champ, getattr(sujet, champ))}, prévu par le sujet.",
            )
            for champ in TAUX
        }  # fmt: skip
        self.lecture = Annonce()
        self.image = ImageVive(FigureRisque(contexte))
        super().__init__(
            [
                self.lecture,
                self.image,
                intitule("Ce que la direction décide"),
                grille(*self.decisions.values()),
                intitule("Ce qu'elle ne sait pas : de combien chaque taux peut s'écarter"),
                grille(*self.marges.values()),
            ]
        )
        for element in (*self.decisions.values(), *self.marges.values()):
            self.relier(element, "valeur")
        self.actualiser()

    @property
    def reponses(self) -> dict:
        """Les décisions et les écarts que montrent les curseurs."""
        return {c: e.valeur for c, e in (*self.decisions.items(), *self.marges.items())}

    def actualiser(self) -> None:
        resultat = self.exercice.calculer(self.reponses)
        self.image.montrer(resultat)
        self.lecture.html = (
            f"{conclusion(self.exercice.conclure(resultat))}<div>On imagine "
            f"{nombre(len(resultat.parts))} années 2015 possibles : dans chacune, chaque taux est "
            "tiré au hasard dans sa plage, plus souvent près du milieu. On compte celles où la part "
            "européenne dépasse le plafond. Ce n'est pas une prédiction : changez les plages, le "
            "risque change.</div>"
        )
