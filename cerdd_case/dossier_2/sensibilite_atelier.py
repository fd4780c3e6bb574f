"""La tornade et la carte des hypothèses, à régler."""

from dataclasses import replace
from typing import Any

from ipywidgets import Dropdown
from traitlets import Bunch

from ..donnees.hypotheses import Hypotheses, champs
from ..widgets.atelier import Atelier, grille, intitule, liste, rangee
from ..widgets.avis import conclusion
from ..widgets.image import Annonce, ImageVive
from .budget_exercice import Sensibilite
from .reglages import NOMS
from .sensibilite_figure import FigureCarte, FigureTornade
from .simulateur_atelier import DEPART, RETOUR, curseur


class AtelierSensibilite(Atelier[Sensibilite]):
    """Quelle hypothèse compte le plus ? Une tornade, puis une carte de deux hypothèses.

    Comme le simulateur, il s'ouvre sur le budget de 2014.
    """

    REGLEES = ("etp_ajoutes", "mois_embauche", "taux_collectivites", "taux_etat")

    def composer(self) -> list:
        sujet, self.base = self.exercice.contexte.hypotheses, self.exercice.hypotheses_2014
        self.curseurs = {
            c: self.relier(curseur(c, getattr(self.base, c), getattr(sujet, c)))
            for c in self.REGLEES
        }
        self.retour = self.bouton(RETOUR, lambda: self.appliquer(sujet))
        self.retour_2014 = self.bouton(
            DEPART, lambda: self.appliquer(self.exercice.hypotheses_2014)
        )
        options = [(nom, champ) for champ, nom in NOMS.items()]
        self.x = liste("Horizontal", options, "etp_ajoutes")
        self.y = liste("Vertical", options, "taux_collectivites")
        for axe, autre in ((self.x, self.y), (self.y, self.x)):
            axe.observe(lambda choix, autre=autre: self.choisir(choix, autre), names="value")
        self.lecture, self.tornade = Annonce(), ImageVive(FigureTornade())
        self.carte = ImageVive(FigureCarte(self.exercice.budget, self.exercice.contexte))
        return [self.lecture, self.tornade, grille(*self.curseurs.values()),
                rangee(self.retour, self.retour_2014),
                intitule("La carte de deux hypothèses"), rangee(self.x, self.y), self.carte]  # fmt: skip

    def choisir(self, choix: Bunch, autre: Dropdown) -> None:
        """Deux axes, deux hypothèses : reprendre celle de l'autre axe les échange."""
        if choix.new == autre.value:
            autre.value = choix.old  # ce changement redessine la carte
        else:
            self.proteger(self.dessiner_la_carte)

    def appliquer(self, hypotheses: Hypotheses) -> None:
        """Part de ces hypothèses, et y place les curseurs."""
        self.base = hypotheses
        self.placer(*((e, getattr(hypotheses, c)) for c, e in self.curseurs.items()))

    @property
    def hypotheses(self) -> Hypotheses:
        """Les hypothèses de départ, et ce que disent les curseurs."""
        valeurs: dict[str, Any] = {c: element.valeur for c, element in self.curseurs.items()}
        return replace(self.base, **valeurs)

    @property
    def reponses(self) -> dict:
        """Ces hypothèses, par nom de champ."""
        return champs(self.hypotheses)

    def actualiser(self) -> None:
        tornade = self.exercice.tornade(self.reponses)
        self.tornade.montrer(*tornade)
        self.lecture.html = (
            f"{conclusion(self.exercice.conclure(tornade))}<div>Chaque barre change une seule "
            "hypothèse d'un pas : un demi-ETP, un mois ou un point.</div>"
        )
        self.dessiner_la_carte()

    def dessiner_la_carte(self) -> None:
        """Redessine la carte pour les deux hypothèses choisies."""
        self.carte.montrer(self.x.value, self.y.value, self.hypotheses)
