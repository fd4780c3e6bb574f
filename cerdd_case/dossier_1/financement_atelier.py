"""Cocher ce qui est de l'argent public, et lire sa part."""

from ..socle.nombres import euros
from ..widgets.atelier import Atelier, case
from ..widgets.avis import conclusion
from ..widgets.image import ImageVive, Texte
from .financement import Financeurs
from .financement_figure import FigureRecettes


class AtelierFinanceurs(Atelier):
    """Décider quelles recettes de l'annexe 4 sont de l'argent public, et lire leur part."""

    def __init__(self, exercice: Financeurs):
        self.exercice = exercice
        self.cases = {
            r.poste: case(f"{r.libelle} : {euros(r.montant_eur, 0)}")
            for r in exercice.recettes.itertuples()
        }
        self.image = ImageVive(FigureRecettes(exercice.budget))
        self.conclusion = Texte()
        titre = Texte(
            role="", html="<strong>Cochez ce qui est, selon vous, de l'argent public.</strong>"
        )
        super().__init__([titre, *self.cases.values(), self.conclusion, self.image])
        for coche in self.cases.values():
            self.relier(coche, "value")
        self.actualiser()

    @property
    def reponses(self) -> dict[str, bool]:
        """Pour chaque recette, si elle est comptée comme publique."""
        return {poste: coche.value for poste, coche in self.cases.items()}

    def actualiser(self) -> None:
        self.image.montrer(self.exercice.postes(self.reponses))
        self.conclusion.html = conclusion(self.exercice.juger(self.reponses)["part"].phrase)
