"""Remplir le budget 2015 à l'écran : les cases, leurs totaux, ce que la vérification en dit."""

from pathlib import Path

import traitlets as t

from ..questions.verdict import Verdict
from ..socle.nombres import euros
from ..socle.typographie import typographier
from ..widgets.curseur import avec_commun
from ..widgets.image import Annonce
from ..widgets.listes import AtelierListes, PageARemplir
from ..widgets.texte import Texte, Textes
from .tableau_exercice import Tableau2015

NATURES = {
    "depense": ("Dépenses", "Total des dépenses"),
    "recette": ("Recettes", "Total des recettes"),
}


class TableauARemplir(PageARemplir):
    """Le budget : 2014 donné, 2015 à taper, et sous chaque case ce qui est lu ou jugé.

    - `groupes` : les dépenses, puis les recettes : un titre, le nom et le montant du total, des lignes ;
    - `choix` : ce qui est tapé, par poste ; `lus` : le résultat d'un calcul, ou ce qui arrête la
      lecture ; `totaux`, `equilibre` : ce que cela fait, refait à chaque touche par Python.
    """

    _esm = avec_commun(Path(__file__).with_name("tableau.js"))
    _css = avec_commun(Path(__file__).with_name("tableau.css"))

    titre = Texte("").tag(sync=True)
    groupes = Textes().tag(sync=True)
    lus = t.Dict().tag(sync=True)
    totaux = t.Dict().tag(sync=True)
    equilibre = Texte("").tag(sync=True)


class AtelierTableau(AtelierListes):
    """Taper le budget 2015 case par case, voir ses totaux, le vérifier quand on veut."""

    exercice: Tableau2015

    def composer(self) -> list:
        self.liste = TableauARemplir(
            titre=self.exercice.titre, groupes=self._groupes(), choix=self.reponses
        )
        self.relier(self.liste, self._choisir, "choix")
        self.relier(self.liste, self._demander, "demande")
        return [Annonce(role="", html=self.exercice.consigne), self.liste, self.bilan, self.image]

    def _groupes(self) -> list[dict]:
        budget = self.exercice.budget
        return [
            {
                "nature": nature, "titre": titre, "total": total,
                "avant": euros(float(lignes["montant_eur"].sum())),
                "lignes": [
                    {"poste": li.poste, "nom": li.libelle,
                     "avant": euros(float(li.montant_eur))}
                    for li in lignes.itertuples()
                ],
            }
            for nature, (titre, total) in NATURES.items()
            for lignes in [budget[budget["nature"] == nature]]
        ]  # fmt: skip

    def montrer(self, verdicts: dict[str, Verdict]) -> None:
        e, tapees = self.exercice, self.reponses
        with self.liste.hold_sync():
            super().montrer(verdicts)
            self.liste.lus = {
                poste: {**lu, "texte": typographier(lu["texte"])}
                for poste, lu in e.lus(tapees).items()
            }
            self.liste.totaux = {nature: euros(m) for nature, m in e.totaux(tapees).items()}
            self.liste.equilibre = e.equilibre(tapees)
