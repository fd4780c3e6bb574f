"""Chercher dans le simulateur la valeur qui ramène au plafond."""

from dataclasses import replace

import ipywidgets as widgets

from ..donnees.hypotheses import LIMITES, VARIABLES, ecrire
from ..socle.nombres import pourcent
from ..widgets.atelier import LARGE, intitule
from ..widgets.image import Annonce
from .seuils import seuil


class Seuils(widgets.VBox):
    """« À partir de quelle valeur la règle est-elle respectée ? », pour l'hypothèse choisie."""

    def __init__(self, simulateur):
        self.simulateur = simulateur
        self.variable = widgets.Dropdown(
            options=[(LIMITES[c][0], c) for c in VARIABLES], value="mois_embauche",
            description="Je change seulement", **LARGE,
        )  # fmt: skip
        self.plafond = widgets.Dropdown(
            options=[(pourcent(p, None), p) for p in simulateur.contexte.plafonds],
            description="pour ramener la part européenne à", **LARGE,
        )  # fmt: skip
        self.reponse = Annonce()
        self.placer = widgets.Button(description="Placer le curseur sur cette valeur")
        self.valeur = None
        super().__init__(
            [
                intitule("Chercher un seuil"),
                widgets.HBox(
                    [self.variable, self.plafond], layout=widgets.Layout(flex_flow="row wrap")
                ),
                self.reponse,
                self.placer,
            ]
        )

    def actualiser(self) -> None:
        champ, hypotheses = self.variable.value, self.simulateur.hypotheses
        self.valeur = seuil(
            self.simulateur.budget, hypotheses, champ, self.simulateur.contexte, self.plafond.value
        )
        libelle, plafond = LIMITES[champ][0], pourcent(self.plafond.value, None)
        self.placer.disabled = self.valeur is None
        if self.valeur is None:
            phrase = f"Aucune valeur possible pour {libelle} ne ramène la part à {plafond}."
        elif champ == "mois_embauche":
            phrase = (
                f"Il faut embaucher à partir de <strong>{ecrire(champ, self.valeur)}</strong> "
                f"pour ne pas dépasser {plafond}."
            )
        else:
            curseur = self.simulateur.curseurs[champ]
            minimum, maximum = curseur.minimum, curseur.maximum
            hors = not minimum <= self.valeur <= maximum
            self.placer.disabled = hors
            phrase = (
                f"La part est exactement de {plafond} quand {libelle} vaut "
                f"<strong>{ecrire(champ, self.valeur)}</strong>"
                + (" : c'est en dehors du curseur, donc peu réaliste." if hors else ".")
            )
        self.reponse.html = f"<div>{phrase} Les autres réglages ne bougent pas.</div>"

    def appliquer(self) -> None:
        """Place le curseur sur le seuil trouvé."""
        if self.valeur is not None:
            self.simulateur.appliquer(
                replace(self.simulateur.hypotheses, **{self.variable.value: self.valeur})
            )
