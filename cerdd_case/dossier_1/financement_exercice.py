"""Décider quelles recettes sont de l'argent public."""

from collections.abc import Mapping

from ..donnees.paquet import Donnees
from ..figures.mise_en_page import Illustration
from ..questions import lectures
from ..questions.exercice import Exercice
from ..questions.verdict import Verdict
from ..socle.nombres import pourcent
from .financement import PUBLIQUES, PUBLIQUES_FRANCAISES, part_publique
from .financement_figure import FigureRecettes


class Financeurs(Exercice):
    """Quelle part des recettes de 2014 est de l'argent public ?

    Une réponse par poste de recette : vrai s'il est compté comme public.
    """

    def __init__(self, donnees: Donnees):
        self.budget = budget = donnees.annexe(4)
        self.recettes = budget[budget["nature"] == "recette"]
        self.depart = dict.fromkeys(self.recettes["poste"], False)
        comptees = {
            "francais": PUBLIQUES_FRANCAISES, "publics": PUBLIQUES, "tous": self.depart
        }  # fmt: skip
        self.suites = {
            frozenset(postes): lectures.remplir(donnees, f"financeurs_{qui}")
            for qui, postes in comptees.items()
        }

    def postes(self, reponses: Mapping[str, bool]) -> list[str]:
        """Les recettes comptées comme publiques."""
        return [poste for poste, public in reponses.items() if public]

    def juger(self, reponses: Mapping[str, bool]) -> dict[str, Verdict]:
        return {"part": Verdict("financeurs", "constat", self._conclure(self.postes(reponses)))}

    def _conclure(self, postes: list[str]) -> str:
        if not postes:
            return "Rien n'est coché : aucune recette n'est comptée comme publique."
        debut = f"Argent public : {pourcent(part_publique(self.budget, postes))} des recettes. "
        return debut + self.suites.get(
            frozenset(postes), "Vérifiez ligne par ligne : qui verse cet argent ?"
        )

    def figure(self, reponses: Mapping[str, bool]) -> Illustration:
        return FigureRecettes(self.budget).illustration(self.postes(reponses))
