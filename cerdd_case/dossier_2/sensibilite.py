"""Ce que pèse chaque hypothèse, et ce qui vient de l'effectif ou du salaire."""

import math
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from ..donnees.hypotheses import LIMITES, Hypotheses
from ..questions.verdict import Verdict
from ..socle.erreurs import ErreurHypothese
from ..socle.nombres import euros, pourcent
from .postes import en_centimes
from .projection import projeter
from .regles import plafond_applique
from .simulateur import Budget

PAS = {  # champ: variation étudiée
    "etp_ajoutes": 0.5,
    "mois_embauche": 1,
    "taux_salaire": 0.01,
    "taux_charges": 0.01,
    "taux_etat": 0.01,
    "taux_collectivites": 0.01,
    "taux_autres": 0.01,
}


def sensibilite(budget: pd.DataFrame, hypotheses: Hypotheses) -> pd.DataFrame:
    """Ce que devient la part de l'UE quand une seule hypothèse varie d'un pas.

    Colonnes : `hypothese`, `pas`, `part_moins` et `part_plus` (vides si la variation sort des
    limites, par exemple un mois avant janvier), `amplitude` ; la plus influente d'abord.
    """
    h = hypotheses
    depart = projeter(budget, h).part_ue
    lignes = []
    for champ, pas in PAS.items():
        parts = []
        for signe in (-1, 1):
            valeur = getattr(h, champ) + signe * pas
            if LIMITES[champ][1] <= valeur <= LIMITES[champ][2]:
                parts.append(projeter(budget, replace(h, **{champ: valeur})).part_ue)
            else:
                parts.append(float("nan"))
        connues = [p for p in (*parts, depart) if not math.isnan(p)]
        lignes.append((champ, pas, *parts, max(connues) - min(connues)))
    tableau = pd.DataFrame(
        lignes, columns=["hypothese", "pas", "part_moins", "part_plus", "amplitude"]
    )
    return tableau.sort_values("amplitude", ascending=False, ignore_index=True)


def prix_volume(budget: pd.DataFrame, hypotheses: Hypotheses) -> pd.DataFrame:
    """La hausse des charges de personnel : effet de l'effectif, puis effet du salaire moyen.

    Lignes : `effectif` (volume : plus d'ETP payés, au salaire de 2014), `salaire` (prix : la
    hausse du salaire, pour tous les ETP de 2015), `total` ; colonne `effet_eur`. Les deux effets
    font exactement le total.

    Lève `ErreurHypothese` si les charges sont imposées : rien ne permet alors de les séparer.
    """
    h = hypotheses
    if h.charges_personnel_eur is not None:
        raise ErreurHypothese(
            "Les charges de personnel sont imposées : on ne sait pas ce qui vient de l'effectif et "
            "ce qui vient du salaire. Décochez la case pour les calculer."
        )
    avant = en_centimes(budget)["personnel"] / 100
    apres = projeter(budget, h).montant("personnel")
    etp = h.etp_initial + h.etp_ajoutes * (13 - h.mois_embauche) / 12
    effectif = round(avant / h.etp_initial * etp - avant, 2)
    total = round(apres - avant, 2)
    return pd.DataFrame(
        {
            "effet": ["effectif", "salaire", "total"],
            "libelle": ["Effet de l'effectif", "Effet du salaire moyen", "Hausse totale"],
            "effet_eur": [effectif, round(total - effectif, 2), total],
        }
    )


def phrase_prix_volume(budget: pd.DataFrame, hypotheses: Hypotheses) -> str:
    """La hausse des charges de personnel en une phrase ; vide si elles sont imposées."""
    try:
        effets = prix_volume(budget, hypotheses).set_index("effet")["effet_eur"]
    except ErreurHypothese:
        return ""
    return (
        f"Charges de personnel : {euros(effets['total'], signe=True)} par rapport à 2014, dont "
        f"{euros(effets['effectif'], signe=True)} dus à l'effectif (volume) et "
        f"{euros(effets['salaire'], signe=True)} dus au salaire moyen (prix)."
    )


class Sensibilite(Budget):
    """Quelle hypothèse pèse le plus ? Réponses : les champs d'`Hypotheses`."""

    def tornade(self, reponses: Mapping) -> tuple[pd.DataFrame, float, float]:
        """L'effet de chaque hypothèse, la part de l'UE, et le plafond qui vaut."""
        projection = self.projeter(reponses)
        plafond = plafond_applique(projection, self.contexte)
        return sensibilite(self.budget, projection.hypotheses), projection.part_ue, plafond

    def conclure(self, tornade: tuple) -> str:
        """L'hypothèse qui pèse le plus, en une phrase."""
        from .sensibilite_figure import NOMS

        mesures, part, _ = tornade
        premiere = NOMS[mesures.iloc[0]["hypothese"]]
        return f"Autour de {pourcent(part)}, l'hypothèse qui pèse le plus est : {premiere}."

    def juger(self, reponses: Mapping) -> dict[str, Verdict]:
        phrase = self.conclure(self.tornade(reponses))
        return {"premiere": Verdict("sensibilite", "constat", phrase)}

    def figure(self, reponses: Mapping):
        from .sensibilite_figure import FigureTornade

        return FigureTornade().illustration(*self.tornade(reponses))
