"""Le budget 2015, à partir de celui de 2014 et des hypothèses (annexes 4 et 6).

La formule suit l'ordre du sujet : le personnel, les autres charges, les recettes françaises, puis
l'Union européenne, qui équilibre le budget. Les montants y sont en centimes : chaque ligne s'arrondit
à l'entier, et les sommes sont exactes. Une hypothèse est un nombre, ou un tableau de nombres (voir
`scenarios`).
"""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import pandas as pd

from ..donnees.hypotheses import CHARGES_INDEXABLES, TAUX_PAR_RECETTE, Hypotheses
from ..socle.erreurs import ErreurHypothese
from ..socle.nombres import euros, pourcent

DEPENSES = ("personnel", *CHARGES_INDEXABLES)
RECETTES_FRANCAISES = tuple(TAUX_PAR_RECETTE)
POSTES = (*DEPENSES, *RECETTES_FRANCAISES, "ue")
Montant = float | np.ndarray

# --- La formule ---------------------------------------------------------------------------


def charges_de_personnel(budget_2014: dict, h: Hypotheses) -> Montant:
    """La masse salariale : le salaire moyen de 2014, pour chaque emploi payé, avec la hausse.

    `h` : les hypothèses. Une embauche au 1er avril se paie neuf mois sur douze.
    Avec 600 000 € pour 12 emplois et 3 de plus : 600 000 ÷ 12 × 15 = 750 000 €.
    """
    if h.charges_personnel_eur is not None:  # la valeur de secours du sujet remplace le calcul
        return au_centime(100 * h.charges_personnel_eur)
    emplois_payes = h.etp_initial + h.etp_ajoutes * ((13 - h.mois_embauche) / 12)
    salaire_moyen = budget_2014["personnel"] / h.etp_initial
    return au_centime(emplois_payes * ((1 + h.taux_salaire) * salaire_moyen))


def autres_charges(budget_2014: dict, h: Hypotheses) -> dict:
    """Les autres dépenses : celles que l'annexe 6 fait augmenter, et celles qui ne bougent pas."""
    charges, hausse = {}, 1 + h.taux_charges
    for poste in CHARGES_INDEXABLES:
        charges[poste] = budget_2014[poste]
        if charges[poste] and augmente(poste, h):
            charges[poste] *= hausse
    charges["projets_exceptionnels"] += 100 * h.projet_exceptionnel_eur
    return {poste: au_centime(montant) for poste, montant in charges.items()}


def augmente(poste: str, h: Hypotheses) -> bool:
    """Vrai si cette dépense suit la hausse des charges."""
    if poste == "investissement":  # ce n'est pas une charge : deux lectures se défendent
        return h.investissement_indexe
    return poste in h.lignes_indexees


def recettes_francaises(budget_2014: dict, h: Hypotheses) -> dict:
    """Ce que versent l'État, les collectivités et les autres financeurs."""
    return {
        "etat": au_centime(budget_2014["etat"] * (1 + h.taux_etat)),
        "collectivites": au_centime(budget_2014["collectivites"] * (1 + h.taux_collectivites)),
        "autres": au_centime(budget_2014["autres"] * (1 + h.taux_autres)),
    }


def equilibrer(budget_2014: dict, h: Hypotheses) -> tuple[dict, Montant, Montant]:
    """Les montants 2015 par poste, le total des dépenses, et ce que l'Union européenne doit verser.

    Le total des recettes égale celui des dépenses : l'Europe paie ce qui manque.
    """
    depenses = {"personnel": charges_de_personnel(budget_2014, h), **autres_charges(budget_2014, h)}
    recettes = recettes_francaises(budget_2014, h)
    total = somme(depenses.values())
    return depenses | recettes, total, total - somme(recettes.values())


def au_centime(centimes: Montant) -> Montant:
    """Arrondi à l'entier : un nombre, ou un tableau que l'on vient de calculer."""
    if isinstance(centimes, np.ndarray):
        return np.rint(centimes, out=centimes)
    return round(centimes)


def somme(montants: Iterable[Montant]) -> Montant:
    """La somme ; les nombres d'abord, puis les plus petits tableaux."""
    return sum(sorted(montants, key=np.size))


# --- Le budget 2015 -----------------------------------------------------------------------


def projeter(budget_previsionnel: pd.DataFrame, hypotheses: Hypotheses) -> "Projection":
    """Le budget prévisionnel 2014 (annexe 4), projeté en 2015 selon des hypothèses.

    Lève `ErreurHypothese` si le budget n'a pas les postes de l'annexe 4.
    """
    return Projection(budget_previsionnel, hypotheses)


class Projection:
    """Un budget 2015 et ce qui s'en déduit ; chaque ligne est arrondie au centime.

    - `hypotheses` : celles qui ont servi ;
    - `total_eur` : total des dépenses, et donc des recettes, en euros ;
    - `ue_eur` : recettes européennes qui équilibrent le budget ; négatif si les autres recettes
      dépassent déjà les dépenses (`excedentaire` est alors vrai) ; `hors_ue_eur` : ces autres
      recettes, françaises ;
    - `part_ue` : part de l'UE dans le budget global (0 à 1) ; nan si le total est nul ;
    - `total_2014_eur` : total des dépenses prévues pour 2014, en euros ;
    - `evolution_eur`, `evolution_part` : variation du total par rapport à 2014, en euros et en part ;
    - `projet_exceptionnel` : vrai si le budget en contient un ; un autre plafond vaut alors.
    """

    EN_MOTS = "une projection, comme celle que rend cas.projeter()"

    def __init__(self, budget: pd.DataFrame, hypotheses: Hypotheses):
        self._budget, self.hypotheses = budget, hypotheses
        depart = en_centimes(budget)
        montants, *sommes = equilibrer(depart, hypotheses)
        total, ue = map(float, sommes)
        self._montants = {poste: m / 100 for poste, m in (montants | {"ue": ue}).items()}
        self.total_eur, self.ue_eur, self.hors_ue_eur = total / 100, ue / 100, (total - ue) / 100
        self.part_ue = _part(ue, total)
        self.excedentaire = self.ue_eur < 0
        self.total_2014_eur = round(sum(depart[poste] for poste in DEPENSES)) / 100
        self.evolution_eur = round(self.total_eur - self.total_2014_eur, 2)
        self.evolution_part = _part(self.evolution_eur, self.total_2014_eur)
        self.projet_exceptionnel = self.montant("projets_exceptionnels") > 0

    def __repr__(self) -> str:
        return (
            f"Projection 2015 : total {euros(self.total_eur)}, Union européenne "
            f"{euros(self.ue_eur)}, soit {pourcent(self.part_ue)}"
        )

    def montant(self, poste: str) -> float:
        """Le montant 2015 d'un poste de l'annexe 4, en euros."""
        return self._montants[poste]

    @cached_property
    def lignes(self) -> pd.DataFrame:
        """Le budget 2015 dans la forme de l'annexe 4 : `nature, poste, libelle, montant_eur, part`."""
        lignes = self._budget[["nature", "poste", "libelle"]].copy()
        lignes["montant_eur"] = [self.montant(poste) for poste in lignes["poste"]]
        lignes["part"] = lignes["montant_eur"] / (self.total_eur or float("nan"))
        return lignes

    @cached_property
    def comparaison(self) -> pd.DataFrame:
        """Par poste : `montant_2014_eur, montant_2015_eur, ecart_eur, ecart_part`."""
        comparaison = self._budget[["nature", "poste", "libelle"]].copy()
        comparaison["montant_2014_eur"] = avant = self._budget["montant_eur"].astype(float)
        comparaison["montant_2015_eur"] = apres = self.lignes["montant_eur"]
        comparaison["ecart_eur"] = ecart = (apres - avant).round(2)
        comparaison["ecart_part"] = ecart / avant.where(avant != 0)
        return comparaison


def en_centimes(budget: pd.DataFrame) -> dict[str, float]:
    """Les montants d'un budget par poste, en centimes.

    Lève `ErreurHypothese` s'il n'a pas, une fois chacun, les postes de l'annexe 4.
    """
    montants = {
        p: 100 * float(m) for p, m in zip(budget["poste"], budget["montant_eur"], strict=True)
    }
    manquants = [p for p in POSTES if p not in montants]
    if manquants or len(budget) > len(POSTES):
        faute = (
            f"n'a pas de ligne {', '.join(manquants)}"
            if manquants
            else "a une ligne en double ou en trop"
        )
        raise ErreurHypothese(f"Le budget {faute}. Partez de l'annexe 4 : Cas().annexe(4).")
    return montants


def _part(montant: float, total: float) -> float:
    return montant / total if total else float("nan")
