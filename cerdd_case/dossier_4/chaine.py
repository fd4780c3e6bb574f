"""Les missions du plan dans la chaîne de l'information (annexe 9)."""

import pandas as pd

from ..donnees.paquet import Donnees
from ..socle.erreurs import ErreurCas

FONCTIONS = {"recueillir": "Recueillir", "traiter": "Traiter", "memoriser": "Mémoriser",
             "diffuser": "Diffuser"}  # fmt: skip
GAINS = {
    "efficacite": "Efficacité : atteindre ses objectifs",
    "efficience": "Efficience : économiser ses moyens",
    "decision": "Décision : mieux choisir",
    "image": "Image : être connu et reconnu",
}


def missions_du_cas(donnees: Donnees) -> pd.DataFrame:
    """Les missions du plan et leur place dans la chaîne de l'information.

    Colonnes : celles de l'annexe 9, tableau `missions`, puis `fonctions` et `gains` (listes de
    codes acceptés, le plus attendu d'abord), `explication_fonction`, `explication_gain`, `panne`.

    Lève `ErreurCas` si une mission n'est pas classée.
    """
    missions = donnees.annexe(9, "missions")
    tableau = missions.merge(donnees.table("corrige-information-missions"), "outer", "ordre")
    if len(tableau) != len(missions) or tableau[["mission", "fonctions"]].isna().any(axis=None):
        raise ErreurCas(
            "data/corrige/information_missions.csv ne correspond pas aux missions de l'annexe 9 : "
            "une ligne par mission est attendue."
        )
    return tableau.assign(**{code: tableau[code].str.split() for code in ("fonctions", "gains")})
