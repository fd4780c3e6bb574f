"""Les postes du budget (annexe 4), et les montants de départ, contrôlés."""

import pandas as pd

from ..donnees.hypotheses import CHARGES_INDEXABLES, TAUX_PAR_RECETTE
from ..socle.erreurs import ErreurHypothese

DEPENSES = ("personnel", *CHARGES_INDEXABLES)
RECETTES_FRANCAISES = tuple(TAUX_PAR_RECETTE)
POSTES = (*DEPENSES, *RECETTES_FRANCAISES, "ue")


def en_centimes(budget: pd.DataFrame) -> dict[str, float]:
    """Les montants d'un budget par poste, en centimes.

    Lève `ErreurHypothese` s'il n'a pas, une fois chacun, les postes de l'annexe 4.
    """
    montants = {
        p: 100 * float(m) for p, m in zip(budget["poste"], budget["montant_eur"], strict=True)
    }
    manquants = [p for p in POSTES if p not in montants]
    if manquants or len(montants) != len(budget) or len(montants) != len(POSTES):
        faute = (
            f"Le budget n'a pas de ligne {', '.join(manquants)}"
            if manquants
            else "Le budget a une ligne en double ou en trop"
        )
        raise ErreurHypothese(f"{faute}. Partez de l'annexe 4 : Cas().annexe(4).")
    return montants
