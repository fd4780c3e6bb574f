"""Régler l'incertitude de chaque taux, et lire la probabilité."""

from dataclasses import replace

import pandas as pd

from ..donnees.contexte import Contexte
from ..donnees.hypotheses import ecrire
from ..figures.mise_en_page import Illustration
from ..socle.nombres import nombre, pourcent
from ..widgets.atelier import Atelier, grille, intitule
from ..widgets.curseur import Curseur
from ..widgets.image import Annonce, ImageVive
from .reglages_atelier import curseur
from .risque import TAUX, risque
from .risque_figure import FigureRisque
from .sensibilite_figure import NOMS


class AtelierRisque(Atelier):
    """La probabilité de dépasser le plafond quand les taux sont incertains."""

    def __init__(self, budget: pd.DataFrame, contexte: Contexte):
        self.budget, self.contexte = budget, contexte
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

    def _risque(self):
        reglages = {c: element.valeur for c, element in self.decisions.items()}
        h = replace(self.contexte.hypotheses, **reglages)
        plages = {}
        for champ, element in self.marges.items():
            centre = getattr(h, champ)
            plages[champ] = (centre - element.valeur, centre, centre + element.valeur)
        return risque(self.budget, self.contexte, plages, h)

    def actualiser(self) -> None:
        resultat = self._risque()
        self.image.montrer(resultat)
        bas, haut = resultat.intervalle
        plafond = pourcent(resultat.plafond, None)
        self.lecture.html = (
            f"<div class='conclusion'>Risque de dépasser {plafond} : "
            f"{pourcent(resultat.probabilite)} (entre {pourcent(bas)} et {pourcent(haut)}).</div>"
            "<div>On imagine "
            f"{nombre(len(resultat.parts))} années 2015 possibles : dans chacune, chaque taux est "
            "tiré au hasard dans sa plage, plus souvent près du milieu. On compte celles où la part "
            "européenne dépasse le plafond. Ce n'est pas une prédiction : changez les plages, le "
            "risque change.</div>"
        )

    def apercu(self) -> Illustration:
        return FigureRisque(self.contexte).illustration(self._risque())
