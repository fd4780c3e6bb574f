"""L'essai de l'accueil : un curseur et la phrase qui lui répond."""

from ..widgets.atelier import Atelier
from ..widgets.curseur import Curseur
from ..widgets.image import Annonce
from .essai_exercice import Essai


class AtelierEssai(Atelier[Essai]):
    """Un curseur de 0 à 10 : s'il répond, tous les ateliers répondront."""

    def composer(self) -> list:
        self.curseur = self.relier(Curseur(
            "Essai", self.exercice.depart["essai"], unite="entier", minimum=0, maximum=10, pas=1,
            aide="Tirez le curseur, pressez les flèches du clavier, ou tapez un nombre.",
        ))  # fmt: skip
        self.reponse = Annonce()
        return [self.curseur, self.reponse]

    @property
    def reponses(self) -> dict[str, float]:
        return {"essai": self.curseur.valeur}

    def actualiser(self) -> None:
        self.reponse.html = f"<p>{self.exercice.juger(self.reponses)['essai'].phrase}</p>"
