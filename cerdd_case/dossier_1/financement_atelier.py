"""Cocher ce qui est de l'argent public, et lire sa part."""

from ..socle.nombres import euros
from ..widgets.atelier import Atelier, case
from ..widgets.avis import conclusion
from ..widgets.image import Annonce, ImageVive
from .financement_exercice import Financeurs
from .financement_figure import FigureRecettes


class AtelierFinanceurs(Atelier[Financeurs]):
    """Décider quelles recettes de l'annexe 4 sont de l'argent public, et lire leur part.

    `publics` : les recettes cochées au départ (`etat=True`) ; aucune, sinon.
    """

    def composer(self, **publics: object) -> list:
        depart = self.exercice.lire(publics)
        self.cases = {
            r.poste: self.relier(case(f"{r.libelle} : {euros(r.montant_eur, 0)}", depart[r.poste]))
            for r in self.exercice.recettes.itertuples()
        }
        self.image, self.conclusion = ImageVive(FigureRecettes(self.exercice.budget)), Annonce()
        titre = "<strong>Cochez ce qui est, selon vous, de l'argent public.</strong>"
        return [Annonce(role="", html=titre), *self.cases.values(), self.conclusion, self.image]

    @property
    def reponses(self) -> dict[str, bool]:
        """Pour chaque recette, si elle est comptée comme publique."""
        return {poste: coche.value for poste, coche in self.cases.items()}

    def actualiser(self) -> None:
        self.image.montrer(self.exercice.postes(self.reponses))
        self.conclusion.html = conclusion(self.exercice.juger(self.reponses)["part"].phrase)
