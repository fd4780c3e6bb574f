"""La part publique des recettes de 2014 (annexe 4)."""

from collections.abc import Iterable

import pandas as pd

from ..socle.erreurs import NomInconnu

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
    for poste in comptes:
        if poste not in recettes.index:
            raise NomInconnu(f"« {poste} » n'est pas une recette", poste, recettes.index)
    return float(recettes[comptes].sum() / recettes.sum())
