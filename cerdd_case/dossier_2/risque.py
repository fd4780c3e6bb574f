"""La probabilité de dépasser le plafond européen quand les taux sont incertains."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from ..donnees.contexte import Contexte
from ..donnees.hypotheses import LIMITES, Hypotheses, valider
from ..questions.exercice import Exercice
from ..questions.verdict import Verdict
from ..socle.erreurs import ErreurHypothese
from ..socle.nombres import nombre, pourcent
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
        bas, haut = np.quantile(self.parts, [0.05, 0.95])
        return float(bas), float(haut)


def risque(
    budget: pd.DataFrame,
    contexte: Contexte,
    plages: dict[str, tuple[float, float, float]],
    hypotheses: Hypotheses | None = None,
    tirages: int = 100_000,
    graine: int = GRAINE,
) -> Risque:
    """La probabilité de dépasser le plafond quand les taux sont incertains.

    `plages` : par taux, le plus bas, le plus probable et le plus haut (parts) ; chaque taux est
    tiré dans une loi triangulaire, sans lien avec les autres. Les hypothèses qui n'y sont pas
    restent fixes (par défaut, celles du contexte). Une plage s'arrête aux limites de son taux. La
    graine fixe rend le résultat reproductible.

    Lève `ErreurHypothese` si une plage n'est pas en ordre croissant ou ne porte pas sur un taux.
    """
    h = hypotheses or contexte.hypotheses
    if not 1 <= tirages <= 10_000_000:
        raise ErreurHypothese("Le nombre de tirages va de 1 à 10 millions.")
    hasard = np.random.default_rng(graine)
    contexte = replace(contexte, hypotheses=h)
    grilles = {}
    for champ, (bas, mode, haut) in plages.items():
        if champ not in TAUX:
            raise ErreurHypothese(f"« {champ} » n'est pas un taux. Choisissez : {', '.join(TAUX)}.")
        if not bas <= mode <= haut:
            raise ErreurHypothese(
                f"{champ} : la plage va du plus bas au plus haut ; {nombre(bas * 100)}\u202f%, "
                f"{nombre(mode * 100)}\u202f%, {nombre(haut * 100)}\u202f% n'est pas en ordre."
            )
        valider(champ, mode)
        bas, haut = max(bas, LIMITES[champ][1]), min(haut, LIMITES[champ][2])
        # Toujours tirer, même sans incertitude : les autres taux gardent les mêmes tirages.
        hasards = hasard.random(tirages)
        grilles[champ] = _triangulaire(hasards, bas, mode, haut) if bas < haut else mode
    parts = np.broadcast_to(balayer(budget, contexte, **grilles).part_ue, (tirages,))
    plafond = plafond_applique(projeter(budget, h), contexte)
    succes = int((~sous_plafond(parts, plafond)).sum())
    return Risque(parts, plafond, succes / tirages, _wilson(succes, tirages))


def _triangulaire(hasards: np.ndarray, bas: float, mode: float, haut: float) -> np.ndarray:
    """Des tirages uniformes transformés en tirages triangulaires (fonction inverse)."""
    bascule = (mode - bas) / (haut - bas)
    montee = bas + np.sqrt(hasards * (haut - bas) * (mode - bas))
    descente = haut - np.sqrt((1 - hasards) * (haut - bas) * (haut - mode))
    return np.where(hasards < bascule, montee, descente)


def _wilson(succes: int, tirages: int) -> tuple[float, float]:
    """Intervalle de confiance à 95 % d'une proportion (Wilson)."""
    z, p = 1.959964, succes / tirages
    centre = p + z * z / (2 * tirages)
    marge = z * math.sqrt(p * (1 - p) / tirages + z * z / (4 * tirages**2))
    echelle = 1 + z * z / tirages
    return max(0.0, (centre - marge) / echelle), min(1.0, (centre + marge) / echelle)


class Risques(Exercice):
    """La probabilité de dépasser le plafond.

    Réponses : `etp_ajoutes`, `mois_embauche`, et pour chaque taux (`taux_salaire`…) de combien il
    peut s'écarter de la valeur du sujet (part).
    """

    DECISIONS = ("etp_ajoutes", "mois_embauche")

    def __init__(self, budget: pd.DataFrame, contexte: Contexte):
        self.budget, self.contexte = budget, contexte
        decisions = {c: getattr(contexte.hypotheses, c) for c in self.DECISIONS}
        self.depart = decisions | dict.fromkeys(TAUX, 0.02)

    def calculer(self, reponses: Mapping) -> Risque:
        """Le risque que donnent ces réponses ; voir `risque`."""
        h = replace(self.contexte.hypotheses, **{c: reponses[c] for c in self.DECISIONS})
        plages = {
            c: (getattr(h, c) - reponses[c], getattr(h, c), getattr(h, c) + reponses[c])
            for c in TAUX
        }
        return risque(self.budget, self.contexte, plages, h)

    def conclure(self, resultat: Risque) -> str:
        """La probabilité et son imprécision, en une phrase."""
        bas, haut = resultat.intervalle
        return (
            f"Risque de dépasser {pourcent(resultat.plafond, None)} : "
            f"{pourcent(resultat.probabilite)} (entre {pourcent(bas)} et {pourcent(haut)})."
        )

    def juger(self, reponses: Mapping) -> dict[str, Verdict]:
        phrase = self.conclure(self.calculer(reponses))
        return {"risque": Verdict("risque", "constat", phrase)}

    def figure(self, reponses: Mapping):
        from .risque_figure import FigureRisque

        return FigureRisque(self.contexte).illustration(self.calculer(reponses))
