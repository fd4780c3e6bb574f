"""Régler l'incertitude de chaque taux, et lire la probabilité."""

from ..donnees.hypotheses import ecrire
from ..socle.nombres import nombre
from ..widgets.atelier import Atelier, grille, intitule
from ..widgets.avis import conclusion
from ..widgets.curseur import Curseur
from ..widgets.image import Annonce, ImageVive
from .budget_exercice import Risques
from .reglages import NOMS
from .risque import TAUX
from .risque_figure import FigureRisque
from .simulateur_atelier import curseur


class AtelierRisque(Atelier[Risques]):
    """La probabilité de dépasser le plafond quand les taux sont incertains."""

    def composer(self) -> list:
        exercice, sujet = self.exercice, self.exercice.contexte.hypotheses
        self.decisions = {
            c: self.relier(curseur(c, exercice.depart[c], getattr(sujet, c)))
            for c in exercice.DECISIONS
        }
        self.marges = {
            champ: self.relier(Curseur(
                f"± {NOMS[champ]}", exercice.depart[champ], unite="points", minimum=0.0,
                maximum=0.10, pas=0.005,
                aide=f"Autour de {ecrire(champ, getattr(sujet, champ))}, prévu par le sujet.",
            ))
            for champ in TAUX
        }  # fmt: skip
        self.lecture, self.image = Annonce(), ImageVive(FigureRisque(exercice.contexte))
        return [
            self.lecture,
            self.image,
            intitule("Ce que la direction décide"),
            grille(*self.decisions.values()),
            intitule("Ce qu'elle ne sait pas : de combien chaque taux peut s'écarter"),
            grille(*self.marges.values()),
        ]

    @property
    def reponses(self) -> dict:
        return {c: e.valeur for c, e in (self.decisions | self.marges).items()}

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
