"""L'essai de l'accueil : un curseur et la phrase qui lui répond."""

from ..figures.mise_en_page import Illustration, nouvelle_figure, style
from ..socle.nombres import nombre
from ..widgets.atelier import Atelier
from ..widgets.curseur import Curseur
from ..widgets.image import Annonce


class Essai(Atelier):
    """Un curseur de 0 à 10 : s'il répond, tous les ateliers répondront."""

    def __init__(self):
        self.curseur = Curseur(
            "Essai", 5, unite="entier", minimum=0, maximum=10, pas=1,
            aide="Tirez le curseur, pressez les flèches du clavier, ou tapez un nombre.",
        )  # fmt: skip
        self.reponse = Annonce()
        super().__init__([self.curseur, self.reponse])
        self.relier(self.curseur, "valeur")
        self.actualiser()

    def actualiser(self) -> None:
        self.reponse.html = f"<p>{self.phrase}</p>"

    @property
    def phrase(self) -> str:
        return f"Vous avez choisi {nombre(self.curseur.valeur)}. Les curseurs répondent."

    def apercu(self) -> Illustration:
        with style():
            figure = nouvelle_figure(6, 0.6)
            figure.text(0.02, 0.5, self.phrase, va="center", fontsize=12)
        return Illustration(figure, self.phrase)
