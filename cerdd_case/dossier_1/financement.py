"""La part publique des recettes de 2014 (annexe 4)."""

from collections.abc import Iterable, Mapping

import pandas as pd

from ..questions.exercice import Exercice
from ..questions.verdict import Verdict
from ..socle.erreurs import ErreurCas
from ..socle.nombres import pourcent

# Des personnes publiques, françaises puis européenne. Le sujet ne dit pas qui verse les
# « autres financements » (adhésions…) : par prudence, nous ne les comptons pas.
PUBLIQUES_FRANCAISES = ("etat", "collectivites")
PUBLIQUES = (*PUBLIQUES_FRANCAISES, "ue")


def part_publique(budget: pd.DataFrame, postes: Iterable[str] = PUBLIQUES) -> float:
    """La part (0 à 1) des recettes versée par ces financeurs, dans le budget de l'annexe 4.

    Calculée sur les montants en euros, non sur les pourcentages imprimés. `postes` : codes des
    recettes comptées comme publiques (`etat`, `collectivites`, `ue`, `autres`).

    Lève `ErreurCas` si un poste n'est pas une recette du budget.
    """
    recettes = budget[budget["nature"] == "recette"].set_index("poste")["montant_eur"]
    comptes = list(dict.fromkeys(postes))
    inconnus = [p for p in comptes if p not in recettes.index]
    if inconnus:
        raise ErreurCas(
            f"« {', '.join(inconnus)} » n'est pas une recette. Choisissez parmi : "
            f"{', '.join(recettes.index)}."
        )
    return float(recettes[comptes].sum() / recettes.sum())


class Financeurs(Exercice):
    """Quelles recettes de l'annexe 4 sont de l'argent public ? Une réponse, vrai ou faux, par poste."""

    def __init__(self, budget: pd.DataFrame):
        self.budget = budget
        self.recettes = budget[budget["nature"] == "recette"]
        self.depart = dict.fromkeys(self.recettes["poste"], False)

    def postes(self, reponses: Mapping[str, bool]) -> list[str]:
        """Les recettes comptées comme publiques."""
        return [poste for poste, public in reponses.items() if public]

    def juger(self, reponses: Mapping[str, bool]) -> dict[str, Verdict]:
        return {"part": Verdict("financeurs", "constat", self._conclure(self.postes(reponses)))}

    def _conclure(self, postes: list[str]) -> str:
        if not postes:
            return "Rien n'est coché : aucune recette n'est comptée comme publique."
        suites = {
            frozenset(PUBLIQUES_FRANCAISES): "C'est la part des partenaires publics français ; "
            "l'Union européenne est pourtant publique, elle aussi.",
            frozenset(PUBLIQUES): "Toutes les institutions publiques sont comptées. Le sujet ne "
            "dit pas qui paie les adhésions : les laisser de côté est prudent.",
            frozenset(self.depart): "Vous comptez aussi les adhésions : le sujet ne dit pas si "
            "ceux qui adhèrent sont publics ou privés.",
        }
        debut = f"Argent public : {pourcent(part_publique(self.budget, postes))} des recettes. "
        return debut + suites.get(
            frozenset(postes), "Vérifiez ligne par ligne : qui verse cet argent ?"
        )

    def figure(self, reponses: Mapping[str, bool]):
        from .financement_figure import FigureRecettes

        return FigureRecettes(self.budget).illustration(self.postes(reponses) or PUBLIQUES)
