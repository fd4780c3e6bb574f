"""La tornade et la carte des hypothèses, à régler."""

from dataclasses import replace

import ipywidgets as widgets
import pandas as pd

from ..donnees.contexte import Contexte
from ..donnees.hypotheses import Hypotheses, champs
from ..widgets.atelier import LARGE, Atelier, grille, intitule, rangee
from ..widgets.avis import conclusion
from ..widgets.image import Annonce, ImageVive
from .reglages_atelier import bornes, curseur
from .sensibilite import Sensibilite
from .sensibilite_figure import NOMS, FigureCarte, FigureTornade


class AtelierSensibilite(Atelier):
    """Quelle hypothèse compte le plus ? Une tornade, puis une carte de deux hypothèses."""

    def __init__(self, budget: pd.DataFrame, contexte: Contexte):
        self.exercice, self.contexte = Sensibilite(budget, contexte), contexte
        sujet = contexte.hypotheses
        champs = ("etp_ajoutes", "mois_embauche", "taux_collectivites", "taux_etat")
        self.curseurs = {c: curseur(c, getattr(sujet, c)) for c in champs}
        options = [(nom, champ) for champ, nom in NOMS.items()]
        self.x = widgets.Dropdown(options=options, value="etp_ajoutes", description="Horizontal",
                                  **LARGE)  # fmt: skip
        self.y = widgets.Dropdown(options=options, value="taux_collectivites",
                                  description="Vertical", **LARGE)  # fmt: skip
        self.lecture = Annonce()
        self.tornade = ImageVive(FigureTornade())
        etendues = {c: bornes(c, getattr(sujet, c)) for c in NOMS}
        self.carte = ImageVive(FigureCarte(budget, contexte, etendues))
        super().__init__(
            [
                self.lecture,
                self.tornade,
                grille(*self.curseurs.values()),
                intitule("La carte de deux hypothèses"),
                rangee(self.x, self.y),
                self.carte,
            ]
        )
        for element in self.curseurs.values():
            self.relier(element, "valeur")
        for axe, autre in ((self.x, self.y), (self.y, self.x)):
            axe.observe(lambda choix, autre=autre: self.choisir(choix, autre), names="value")
        self.actualiser()

    def choisir(self, choix, autre) -> None:
        """Deux axes, deux hypothèses : reprendre celle de l'autre axe les échange."""
        if choix.new == autre.value:
            autre.value = choix.old  # ce changement redessine la carte
        else:
            self.proteger(self.actualiser)

    @property
    def hypotheses(self) -> Hypotheses:
        reglages = {c: element.valeur for c, element in self.curseurs.items()}
        return replace(self.contexte.hypotheses, **reglages)

    @property
    def reponses(self) -> dict:
        return champs(self.hypotheses)

    def actualiser(self) -> None:
        tornade = self.exercice.tornade(self.reponses)
        self.tornade.montrer(*tornade)
        self.lecture.html = (
            f"{conclusion(self.exercice.conclure(tornade))}<div>Chaque barre change une seule "
            "hypothèse d'un pas : un demi-ETP, un mois ou un point.</div>"
        )
        self.carte.montrer(self.x.value, self.y.value, self.hypotheses)
