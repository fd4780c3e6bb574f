"""Cocher ce qui est de l'argent public, et lire sa part."""

from html import escape

import ipywidgets as widgets

from ..donnees.paquet import Donnees
from ..figures.mise_en_page import Illustration
from ..socle.nombres import euros, pourcent
from ..widgets.atelier import Atelier
from ..widgets.image import ImageVive, Texte
from .financement import PUBLIQUES, PUBLIQUES_FRANCAISES, part_publique
from .financement_figure import FigureRecettes


class AtelierFinanceurs(Atelier):
    """Décider quelles recettes de l'annexe 4 sont de l'argent public, et lire leur part."""

    def __init__(self, donnees: Donnees):
        self.budget = donnees.annexe(4)
        recettes = self.budget[self.budget["nature"] == "recette"]
        self.cases = {
            r.poste: widgets.Checkbox(
                value=False, indent=False, description=f"{r.libelle} : {euros(r.montant_eur, 0)}",
                layout=widgets.Layout(width="auto"),
            )
            for r in recettes.itertuples()
        }  # fmt: skip
        self.image = ImageVive(FigureRecettes(self.budget))
        self.conclusion = Texte()
        titre = Texte(
            role="", html="<strong>Cochez ce qui est, selon vous, de l'argent public.</strong>"
        )
        super().__init__([titre, *self.cases.values(), self.conclusion, self.image])
        for case in self.cases.values():
            self.relier(case, "value")
        self.actualiser()

    @property
    def postes(self) -> list[str]:
        """Les recettes comptées comme publiques."""
        return [poste for poste, case in self.cases.items() if case.value]

    def actualiser(self) -> None:
        self.image.montrer(self.postes)
        self.conclusion.html = f"<div class='conclusion'>{escape(self._conclure())}</div>"

    def _conclure(self) -> str:
        choix, part = set(self.postes), pourcent(part_publique(self.budget, self.postes))
        if not choix:
            return "Rien n'est coché : aucune recette n'est comptée comme publique."
        suites = {
            frozenset(PUBLIQUES_FRANCAISES): "C'est la part des partenaires publics français ; "
            "l'Union européenne est pourtant publique, elle aussi.",
            frozenset(PUBLIQUES): "Toutes les institutions publiques sont comptées. Le sujet ne "
            "dit pas qui paie les adhésions : les laisser de côté est prudent.",
            frozenset(self.cases): "Vous comptez aussi les adhésions : le sujet ne dit pas si "
            "ceux qui adhèrent sont publics ou privés.",
        }
        return f"Argent public : {part} des recettes. " + suites.get(
            frozenset(choix), "Vérifiez ligne par ligne : qui verse cet argent ?"
        )

    def apercu(self) -> Illustration:
        return FigureRecettes(self.budget).illustration(self.postes or PUBLIQUES)
