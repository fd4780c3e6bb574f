"""Le budget 2015, à partir de celui de 2014 et des hypothèses (annexes 4 et 6)."""

from functools import cached_property

import numpy as np
import pandas as pd

from ..donnees.hypotheses import CHARGES_INDEXABLES, TAUX_PAR_RECETTE, Hypotheses, champs
from ..socle.erreurs import ErreurHypothese
from ..socle.nombres import euros, pourcent


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
        self._depart = bases(budget)
        calcules = montants_2015(self._depart, **champs(hypotheses))
        montants = {p: float(m) for p, m in calcules.items()}
        self._montants = montants
        self.total_eur = round(sum(montants[p] for p in DEPENSES), 2)
        self.ue_eur = round(self.total_eur - sum(montants[p] for p in RECETTES_FRANCAISES), 2)
        self.part_ue = self.ue_eur / self.total_eur if self.total_eur else float("nan")
        montants["ue"] = self.ue_eur

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
        return round(sum(self._depart[p] for p in DEPENSES), 2)

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


def projeter(budget_previsionnel: pd.DataFrame, hypotheses: Hypotheses) -> Projection:
    """Projette le budget prévisionnel 2014 (annexe 4) en 2015 selon des hypothèses.

    Chaque ligne est arrondie au centime ; l'Union européenne est le solde, exact au centime :
    total des dépenses − autres recettes. Un solde négatif est rendu tel quel.

    Lève `ErreurHypothese` si le budget n'a pas les postes de l'annexe 4.
    """
    return Projection(budget_previsionnel, hypotheses)


DEPENSES = ("personnel", *CHARGES_INDEXABLES)
RECETTES_FRANCAISES = tuple(TAUX_PAR_RECETTE)
POSTES = (*DEPENSES, *RECETTES_FRANCAISES, "ue")


def bases(budget: pd.DataFrame) -> dict[str, float]:
    """Les montants de départ par poste, après avoir vérifié que les postes sont bien là."""
    montants = {p: float(m) for p, m in zip(budget["poste"], budget["montant_eur"], strict=True)}
    manquants = [p for p in POSTES if p not in montants]
    if manquants or len(montants) != len(budget) or len(montants) != len(POSTES):
        faute = (
            f"Le budget n'a pas de ligne {', '.join(manquants)}"
            if manquants
            else "Le budget a une ligne en double ou en trop"
        )
        raise ErreurHypothese(f"{faute}. Partez de l'annexe 4 : Cas().annexe(4).")
    return montants


def arrondir(montant):
    """Au centime ; nombre ou tableau NumPy."""
    return np.round(montant, 2)


def montants_2015(
    base: dict[str, float],
    *,
    etp_initial,
    etp_ajoutes,
    mois_embauche,
    taux_salaire,
    taux_charges,
    taux_etat,
    taux_collectivites,
    taux_autres,
    lignes_indexees,
    charges_personnel_eur,
    projet_exceptionnel_eur,
    investissement_indexe,
) -> dict:
    """Les montants 2015 par poste, UE exceptée ; chaque hypothèse : un nombre ou un tableau.

    C'est la seule formule du budget : la projection et les balayages s'en servent.
    """
    if charges_personnel_eur is None:
        etp_payes = etp_initial + etp_ajoutes * ((13 - mois_embauche) / 12)
        charges_personnel_eur = base["personnel"] / etp_initial * etp_payes * (1 + taux_salaire)
    indices = {ligne: 1 + taux_charges for ligne in lignes_indexees}
    indices["investissement"] = 1 + taux_charges if investissement_indexe else 1
    charges = {ligne: base[ligne] * indices.get(ligne, 1) for ligne in CHARGES_INDEXABLES}
    charges["projets_exceptionnels"] = charges["projets_exceptionnels"] + projet_exceptionnel_eur
    return {
        "personnel": arrondir(charges_personnel_eur),
        **{ligne: arrondir(montant) for ligne, montant in charges.items()},
        "etat": arrondir(base["etat"] * (1 + taux_etat)),
        "collectivites": arrondir(base["collectivites"] * (1 + taux_collectivites)),
        "autres": arrondir(base["autres"] * (1 + taux_autres)),
    }


def parts_ue(base: dict[str, float], **champs):
    """La part de l'UE, pour des hypothèses données en nombres ou en tableaux."""
    montants = montants_2015(base, **champs)
    depenses = sum(montants[p] for p in DEPENSES)
    return 1 - sum(montants[p] for p in RECETTES_FRANCAISES) / depenses
