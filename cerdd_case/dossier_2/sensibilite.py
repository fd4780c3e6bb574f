"""Ce que pèse chaque hypothèse, et ce qui vient de l'effectif ou du salaire."""

import numpy as np
import pandas as pd

from ..donnees.hypotheses import LIMITES, Hypotheses
from ..socle.erreurs import ErreurHypothese
from ..socle.nombres import euros
from .projection import en_centimes, projeter
from .reglages import PAS
from .scenarios import balayer


def sensibilite(budget: pd.DataFrame, hypotheses: Hypotheses) -> pd.DataFrame:
    """Ce que devient la part de l'UE quand une seule hypothèse varie d'un pas.

    Colonnes : `hypothese`, `pas`, `part_moins` et `part_plus` (vides si la variation sort des
    limites, par exemple un mois avant janvier), `amplitude` ; la plus influente d'abord.
    """
    depart = projeter(budget, hypotheses).part_ue
    grilles, dedans = {}, np.empty((len(PAS), 2), dtype=bool)  # une rangée par hypothèse qui varie
    for rang, (champ, pas) in enumerate(PAS.items()):
        valeur = getattr(hypotheses, champ)
        voulues = np.array([valeur - pas, valeur + pas])
        grilles[champ] = np.full(dedans.shape, float(valeur))
        grilles[champ][rang] = np.clip(voulues, *LIMITES[champ][1:3])
        dedans[rang] = grilles[champ][rang] == voulues
    parts = np.where(dedans, balayer(budget, hypotheses, **grilles).part_ue, np.nan)
    t = pd.DataFrame({"hypothese": list(PAS), "pas": PAS.values()})
    t["part_moins"], t["part_plus"] = parts.T
    t["amplitude"] = np.fmax(depart, np.fmax(*parts.T)) - np.fmin(depart, np.fmin(*parts.T))
    return t.sort_values("amplitude", ascending=False, ignore_index=True)


def prix_volume(budget: pd.DataFrame, hypotheses: Hypotheses) -> dict[str, float]:
    """La hausse des charges de personnel, en euros : effet de l'effectif, puis du salaire moyen.

    `effectif` (volume : plus d'ETP payés, au salaire de 2014), `salaire` (prix : la hausse du
    salaire, pour tous les ETP de 2015), `total` : les deux effets font exactement le total.

    Lève `ErreurHypothese` si les charges sont imposées : rien ne permet alors de les séparer.
    """
    h = hypotheses
    if h.charges_personnel_eur is not None:
        raise ErreurHypothese(
            "Les charges de personnel sont imposées : on ne sait pas ce qui vient de l'effectif et "
            "ce qui vient du salaire. Décochez la case pour les calculer."
        )
    avant = en_centimes(budget)["personnel"] / 100
    etp = h.etp_initial + h.etp_ajoutes * (13 - h.mois_embauche) / 12
    effectif = round(avant / h.etp_initial * etp - avant, 2)
    total = round(projeter(budget, h).montant("personnel") - avant, 2)
    return {"effectif": effectif, "salaire": round(total - effectif, 2), "total": total}


def phrase_prix_volume(budget: pd.DataFrame, hypotheses: Hypotheses) -> str:
    """La hausse des charges de personnel en une phrase ; vide si elles sont imposées."""
    if hypotheses.charges_personnel_eur is not None:
        return ""
    effectif, salaire, total = prix_volume(budget, hypotheses).values()
    return (
        f"Charges de personnel : {euros(total, signe=True)} par rapport à 2014, dont "
        f"{euros(effectif, signe=True)} dus à l'effectif (volume) et "
        f"{euros(salaire, signe=True)} dus au salaire moyen (prix)."
    )
