"""La probabilité de dépasser le plafond européen quand les taux sont incertains."""

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from statistics import NormalDist

import numpy as np
import pandas as pd

from ..donnees.contexte import Contexte
from ..donnees.hypotheses import LIMITES, HypotheseInconnue, Hypotheses, valider
from ..socle.erreurs import ErreurHypothese
from ..socle.nombres import nombre
from .projection import projeter
from .regles import plafond_applique, sous_plafond
from .scenarios import balayer

TAUX = ("taux_salaire", "taux_charges", "taux_etat", "taux_collectivites", "taux_autres")
GRAINE = 2015


@dataclass(frozen=True)
class Risque:
    """Ce que donnent des tirages au hasard des taux ; voir `risque`."""

    parts: np.ndarray
    """La part de l'UE de chaque tirage."""
    plafond: float
    probabilite: float
    """Part des tirages qui dépassent le plafond."""
    intervalle: tuple[float, float]
    """Intervalle à 95 % de cette probabilité (Wilson) : l'imprécision due au nombre de tirages."""

    @cached_property
    def quantiles(self) -> tuple[float, float]:
        """Entre ces deux parts se trouvent neuf tirages sur dix."""
        bas, haut = np.quantile(self.parts, (0.05, 0.95))
        return float(bas), float(haut)


def risque(
    budget: pd.DataFrame,
    contexte: Contexte,
    plages: dict[str, tuple[float, float, float]],
    hypotheses: Hypotheses | None = None,
    tirages: int = 50_000,
) -> Risque:
    """La probabilité de dépasser le plafond quand les taux sont incertains.

    `plages` : par taux, le plus bas, le plus probable et le plus haut (parts) ; chaque taux est
    tiré dans une loi triangulaire, sans lien avec les autres. Les hypothèses qui n'y sont pas
    restent fixes (par défaut, celles du contexte). Une plage s'arrête aux limites de son taux. Les
    tirages sont toujours les mêmes : le résultat se retrouve.

    Lève `ErreurHypothese` si une plage n'est pas en ordre croissant ou ne porte pas sur un taux.
    """
    h = hypotheses or contexte.hypotheses
    if not 1 <= tirages <= 10_000_000:
        raise ErreurHypothese("Le nombre de tirages va de 1 à 10 millions.")
    grilles = {}
    for rang, (champ, (bas, mode, haut)) in enumerate(plages.items()):
        if champ not in TAUX:
            raise HypotheseInconnue(champ, TAUX, "un taux")
        if not bas <= mode <= haut:
            raise ErreurHypothese(
                f"{champ} : la plage va du plus bas au plus haut ; {nombre(bas * 100)}\u202f%, "
                f"{nombre(mode * 100)}\u202f%, {nombre(haut * 100)}\u202f% n'est pas en ordre."
            )
        valider(champ, mode)
        bas, haut = max(bas, LIMITES[champ][1]), min(haut, LIMITES[champ][2])
        grilles[champ] = _tirer(tirages, rang, bas, mode, haut) if bas < haut else mode
    parts = np.broadcast_to(balayer(budget, h, **grilles).part_ue, (tirages,))
    plafond = plafond_applique(projeter(budget, h), contexte)
    succes = int((~sous_plafond(parts, plafond)).sum())
    return Risque(parts, plafond, succes / tirages, _wilson(succes, tirages))


@lru_cache(maxsize=1)
def _hasards(tirages: int) -> np.ndarray:
    return np.random.default_rng(GRAINE).random((len(TAUX), tirages))


@lru_cache(maxsize=len(TAUX))  # d'un pas de curseur à l'autre, une seule plage change
def _tirer(tirages: int, rang: int, bas: float, mode: float, haut: float) -> np.ndarray:
    """Des tirages triangulaires : la série uniforme de ce rang, par la fonction inverse."""
    hasards = _hasards(tirages)[rang]
    bascule = (mode - bas) / (haut - bas)
    montee, descente = np.sqrt(hasards * bascule), 1 - np.sqrt((1 - hasards) * (1 - bascule))
    return bas + (haut - bas) * np.where(hasards < bascule, montee, descente)


def _wilson(succes: int, tirages: int) -> tuple[float, float]:
    """Intervalle de confiance à 95 % d'une proportion (Wilson)."""
    z, p = NormalDist().inv_cdf(0.975), succes / tirages
    centre = p + z * z / (2 * tirages)
    marge = z * math.sqrt(p * (1 - p) / tirages + z * z / (4 * tirages**2))
    echelle = 1 + z * z / tirages
    return max(0.0, (centre - marge) / echelle), min(1.0, (centre + marge) / echelle)
