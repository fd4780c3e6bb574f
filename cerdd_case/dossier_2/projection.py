"""Le budget 2015, à partir de celui de 2014 et des hypothèses (annexes 4 et 6).

La formule suit l'ordre du sujet : le personnel, les autres charges, les recettes françaises, puis
l'Union européenne, qui équilibre le budget. Les montants y sont en centimes : chaque ligne s'arrondit
à l'entier, et les sommes sont exactes. Une hypothèse est un nombre, ou un tableau de nombres (voir
`scenarios`).
"""

from functools import cached_property

import numpy as np
import pandas as pd

from ..donnees.hypotheses import CHARGES_INDEXABLES, Hypotheses
from ..socle.nombres import euros, pourcent
from .postes import DEPENSES, en_centimes

# --- La formule ---------------------------------------------------------------------------


def charges_de_personnel(budget_2014: dict, h: Hypotheses):
    """Le salaire moyen de 2014, pour chaque emploi payé dans l'année, avec la hausse.

    Une embauche au 1er avril se paie neuf mois sur douze.
    """
    if h.charges_personnel_eur is not None:
        return au_centime(100 * h.charges_personnel_eur)
    emplois_payes = h.etp_initial + h.etp_ajoutes * ((13 - h.mois_embauche) / 12)
    salaire_moyen = budget_2014["personnel"] / h.etp_initial
    return au_centime(emplois_payes * ((1 + h.taux_salaire) * salaire_moyen))


def autres_charges(budget_2014: dict, h: Hypotheses) -> dict:
    """Les autres dépenses : celles que l'annexe 6 fait augmenter, et celles qui ne bougent pas."""
    charges, hausse = {}, 1 + h.taux_charges
    for poste in CHARGES_INDEXABLES:
        augmente = poste in h.lignes_indexees
        if poste == "investissement":  # ce n'est pas une charge : deux lectures se défendent
            augmente = h.investissement_indexe
        charges[poste] = budget_2014[poste] * (hausse if augmente else 1)
    charges["projets_exceptionnels"] += 100 * h.projet_exceptionnel_eur
    return {poste: au_centime(montant) for poste, montant in charges.items()}


def recettes_francaises(budget_2014: dict, h: Hypotheses) -> dict:
    """Ce que versent l'État, les collectivités et les autres financeurs."""
    return {
        "etat": au_centime(budget_2014["etat"] * (1 + h.taux_etat)),
        "collectivites": au_centime(budget_2014["collectivites"] * (1 + h.taux_collectivites)),
        "autres": au_centime(budget_2014["autres"] * (1 + h.taux_autres)),
    }


def equilibrer(budget_2014: dict, h: Hypotheses) -> tuple[dict, object, object]:
    """Les montants 2015 par poste, le total des dépenses, et ce que l'Union européenne doit verser.

    Le total des recettes égale celui des dépenses : l'Europe paie ce qui manque.
    """
    depenses = {"personnel": charges_de_personnel(budget_2014, h), **autres_charges(budget_2014, h)}
    recettes = recettes_francaises(budget_2014, h)
    total = somme(list(depenses.values()))
    return depenses | recettes, total, total - somme(list(recettes.values()))


def au_centime(centimes):
    """Arrondi à l'entier : un nombre, ou un tableau que l'on vient de calculer."""
    if isinstance(centimes, np.ndarray):
        return np.rint(centimes, out=centimes)
    return round(centimes)


def somme(montants):
    """La somme ; les nombres d'abord, puis les plus petits tableaux."""
    tableaux = sorted((m for m in montants if isinstance(m, np.ndarray)), key=np.size)
    return sum(tableaux, sum(m for m in montants if not isinstance(m, np.ndarray)))


# --- Le budget 2015 -----------------------------------------------------------------------


def projeter(budget_previsionnel: pd.DataFrame, hypotheses: Hypotheses) -> "Projection":
    """Projette le budget prévisionnel 2014 (annexe 4) en 2015 selon des hypothèses.

    Chaque ligne est arrondie au centime ; l'Union européenne est le solde, exact au centime :
    total des dépenses − autres recettes. Un solde négatif est rendu tel quel.

    Lève `ErreurHypothese` si le budget n'a pas les postes de l'annexe 4.
    """
    return Projection(budget_previsionnel, hypotheses)


class Projection:
    """Un budget 2015 et ce qui s'en déduit ; voir `projeter`.

    - `total_eur` : total des dépenses, et donc des recettes, en euros ;
    - `ue_eur` : recettes européennes qui équilibrent le budget ; négatif si les autres recettes
      dépassent déjà les dépenses ;
    - `part_ue` : part de l'UE dans le budget global (0 à 1) ; nan si le total est nul ;
    - `hypotheses` : celles qui ont servi.
    """

    def __init__(self, budget: pd.DataFrame, hypotheses: Hypotheses):
        self._budget, self.hypotheses = budget, hypotheses
        self._depart = en_centimes(budget)
        montants, total, ue = equilibrer(self._depart, hypotheses)
        self._montants = {poste: m / 100 for poste, m in (montants | {"ue": ue}).items()}
        self.total_eur, self.ue_eur = total / 100, ue / 100
        self.part_ue = self.ue_eur / self.total_eur if self.total_eur else float("nan")

    def __repr__(self):
        return (
            f"Projection 2015 : total {euros(self.total_eur)}, Union européenne "
            f"{euros(self.ue_eur)}, soit {pourcent(self.part_ue)}"
        )

    @cached_property
    def lignes(self) -> pd.DataFrame:
        """Le budget 2015 dans la forme de l'annexe 4 : `nature, poste, libelle, montant_eur, part`."""
        lignes = self._budget[["nature", "poste", "libelle"]].copy()
        lignes["montant_eur"] = [self.montant(p) for p in lignes["poste"]]
        lignes["part"] = lignes["montant_eur"] / (self.total_eur or float("nan"))
        return lignes

    @cached_property
    def comparaison(self) -> pd.DataFrame:
        """Par poste : `montant_2014_eur, montant_2015_eur, ecart_eur, ecart_part`."""
        comparaison = self._budget[["nature", "poste", "libelle"]].copy()
        avant = self._budget["montant_eur"].astype(float)
        comparaison["montant_2014_eur"] = avant
        comparaison["montant_2015_eur"] = self.lignes["montant_eur"]
        comparaison["ecart_eur"] = (comparaison["montant_2015_eur"] - avant).round(2)
        comparaison["ecart_part"] = comparaison["ecart_eur"] / avant.where(avant != 0)
        return comparaison

    @cached_property
    def total_2014_eur(self) -> float:
        """Total des dépenses prévues pour 2014, en euros."""
        return round(sum(self._depart[p] for p in DEPENSES)) / 100

    @property
    def evolution_eur(self) -> float:
        """Variation du total par rapport à 2014, en euros."""
        return round(self.total_eur - self.total_2014_eur, 2)

    @property
    def evolution_part(self) -> float:
        """Variation du total par rapport à 2014, en part."""
        return self.evolution_eur / self.total_2014_eur if self.total_2014_eur else float("nan")

    @property
    def excedentaire(self) -> bool:
        """Vrai si les recettes françaises dépassent seules les dépenses (solde négatif)."""
        return self.ue_eur < 0

    def montant(self, poste: str) -> float:
        """Le montant 2015 d'un poste de l'annexe 4, en euros."""
        return self._montants[poste]
