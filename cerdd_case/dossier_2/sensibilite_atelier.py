"""La tornade et la carte des hypothèses, à régler."""

from dataclasses import replace
from html import escape

import ipywidgets as widgets
import pandas as pd

from ..donnees.contexte import Contexte
from ..donnees.hypotheses import Hypotheses
from ..figures.mise_en_page import Illustration
from ..socle.erreurs import ErreurHypothese
from ..socle.nombres import euros, pourcent
from ..widgets.atelier import Atelier, grille, intitule
from ..widgets.image import Annonce, ImageVive
from .projection import projeter
from .reglages_atelier import bornes, curseur
from .regles import plafond_applique
from .sensibilite import prix_volume, sensibilite
from .sensibilite_figure import NOMS, FigureCarte, FigureTornade
from .seuils_atelier import LARGE


def phrase_prix_volume(budget: pd.DataFrame, hypotheses: Hypotheses) -> str:
    """La hausse des charges de personnel en une phrase ; vide si elles sont imposées."""
    try:
        effets = prix_volume(budget, hypotheses).set_index("effet")["effet_eur"]
    except ErreurHypothese:
        return ""
    return (
        f"Charges de personnel : {euros(effets['total'], signe=True)} par rapport à 2014, dont "
        f"{euros(effets['effectif'], signe=True)} dus à l'effectif (volume) et "
        f"{euros(effets['salaire'], signe=True)} dus au salaire moyen (prix)."
    )


class AtelierSensibilite(Atelier):
    """Quelle hypothèse compte le plus ? Une tornade, puis une carte de deux hypothèses."""

    def __init__(self, budget: pd.DataFrame, contexte: Contexte):
        self.budget, self.contexte = budget, contexte
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
                widgets.HBox([self.x, self.y], layout=widgets.Layout(flex_flow="row wrap")),
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

    def actualiser(self) -> None:
        mesures, part, _ = tornade = self._tornade()
        self.tornade.montrer(*tornade)
        premiere = mesures.iloc[0]
        self.lecture.html = (
            f"<div class='conclusion'>Autour de {pourcent(part)}, l'hypothèse qui pèse le plus "
            f"est : {escape(NOMS[premiere['hypothese']])}.</div><div>Chaque barre change une seule "
            "hypothèse d'un pas : un demi-ETP, un mois ou un point.</div>"
        )
        self.carte.montrer(self.x.value, self.y.value, self.hypotheses)

    def apercu(self) -> Illustration:
        return FigureTornade().illustration(*self._tornade())

    def _tornade(self) -> tuple[pd.DataFrame, float, float]:
        """L'effet de chaque hypothèse, la part de l'UE, et le plafond qui vaut."""
        projection = projeter(self.budget, self.hypotheses)
        plafond = plafond_applique(projection, self.contexte)
        return sensibilite(self.budget, self.hypotheses), projection.part_ue, plafond
