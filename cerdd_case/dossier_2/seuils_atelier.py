"""Chercher dans le simulateur la valeur qui ramène au plafond."""

from dataclasses import replace

import ipywidgets as widgets

from ..donnees.hypotheses import LIMITES, VARIABLES, ecrire
from ..socle.nombres import pourcent
from ..widgets.atelier import intitule, liste, rangee
from ..widgets.image import Annonce
from .seuils import seuil


class Seuils(widgets.VBox):
    """« À partir de quelle valeur la règle est-elle respectée ? », pour l'hypothèse choisie."""

    def __init__(self, simulateur):
        self.simulateur, self.valeur = simulateur, None
        libelles = [(LIMITES[c][0], c) for c in VARIABLES]
        plafonds = [(pourcent(p, None), p) for p in simulateur.contexte.plafonds]
        self.variable = liste("Je change seulement", libelles, "mois_embauche")
        self.plafond = liste("pour ramener la part européenne à", plafonds, plafonds[0][1])
        for choix in (self.variable, self.plafond):
            simulateur.relier(choix, self.actualiser)
        self.reponse = Annonce()
        self.placer = simulateur.bouton("Placer le curseur sur cette valeur", self.appliquer)
        choix = rangee(self.variable, self.plafond)
        super().__init__([intitule("Chercher un seuil"), choix, self.reponse, self.placer])

    def actualiser(self) -> None:
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
            phrase = f"Il faut embaucher à partir de {trouvee} pour ne pas dépasser {plafond}."
        else:
            suite = " : c'est en dehors du curseur, donc peu réaliste." if hors else "."
            phrase = f"La part est exactement de {plafond} quand {libelle} vaut {trouvee}{suite}"
        self.reponse.html = f"<div>{phrase} Les autres réglages ne bougent pas.</div>"

    def appliquer(self) -> None:
        """Place le curseur sur le seuil trouvé."""
        if self.valeur is not None:
            trouvee = {self.variable.value: self.valeur}
            self.simulateur.appliquer(replace(self.simulateur.hypotheses, **trouvee))
