"""Dossier 2, pour aller plus loin : beaucoup de budgets à la fois, sensibilité, prix, risque.

Mêmes hypothèses et même formule que `budget.projeter`, sur des tableaux NumPy : aucune boucle
sur les scénarios.
"""

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from .budget import (
    DEPENSES,
    RECETTES_FRANCAISES,
    bases,
    montants_2015,
    projeter,
    sous_plafond,
)
from .contexte import Contexte
from .erreurs import ErreurHypothese
from .hypotheses import LIMITES, Hypotheses, champs, ecrire, valider
from .nombres import nombre

BLOC = 16_384  # scénarios calculés à la fois : ils tiennent dans la mémoire rapide du processeur


@dataclass(frozen=True)
class Balayage:
    """Le résultat d'un balayage : des tableaux de même forme, un élément par scénario.

    - `total_eur` : total du budget 2015 ; `ue_eur` : solde européen ; `part_ue` : leur rapport ;
    - `grilles` : les hypothèses balayées, telles qu'elles ont été données.
    """

    total_eur: np.ndarray
    ue_eur: np.ndarray
    part_ue: np.ndarray
    grilles: dict[str, np.ndarray]

    @cached_property
    def tableau(self) -> pd.DataFrame:
        """Une ligne par scénario : les hypothèses balayées, puis `total_eur, ue_eur, part_ue`."""
        forme = self.total_eur.shape
        colonnes = {n: np.broadcast_to(g, forme).ravel() for n, g in self.grilles.items()}
        return pd.DataFrame(
            {
                **colonnes,
                "total_eur": self.total_eur.ravel(),
                "ue_eur": self.ue_eur.ravel(),
                "part_ue": self.part_ue.ravel(),
            }
        )


def balayer(budget: pd.DataFrame, contexte: Contexte, **grilles) -> Balayage:
    """Le budget 2015 pour toutes les combinaisons d'hypothèses données.

    `grilles` : des champs d'`Hypotheses`, chacun un nombre ou un tableau ; les tableaux se
    combinent selon les règles de NumPy (`a[:, None]` et `b` donnent une grille). Les hypothèses
    absentes gardent la valeur du contexte. Chaque point est égal, au centime, à `projeter`.

    Lève `ErreurHypothese` : champ inconnu, valeur hors limites, formes incompatibles.
    """
    valeurs = champs(contexte.hypotheses)
    balayables = sorted((*LIMITES, "investissement_indexe"))
    for champ in grilles:
        if champ not in balayables:
            raise ErreurHypothese(
                f"« {champ} » n'est pas une hypothèse. Choisissez : {', '.join(balayables)}."
            )
    tableaux = {champ: _grille(champ, valeur) for champ, valeur in grilles.items()}
    try:
        forme = np.broadcast_shapes(*(t.shape for t in tableaux.values()))
    except ValueError:
        formes = ", ".join(f"{c} {t.shape}" for c, t in tableaux.items())
        raise ErreurHypothese(
            f"Ces grilles ne se combinent pas : {formes}. Pour croiser deux listes, donnez à la "
            "première une colonne de plus : a[:, None]."
        ) from None
    base = bases(budget)
    # Même nombre d'axes pour tous : on peut alors découper le premier axe, bloc par bloc.
    alignes = {c: t.reshape((1,) * (len(forme) - t.ndim) + t.shape) for c, t in tableaux.items()}
    total, ue, part = (np.empty(forme) for _ in range(3))
    pas = max(1, BLOC // max(1, math.prod(forme[1:]))) if forme else 1
    for debut in range(0, forme[0] if forme else 1, pas):
        bloc = slice(debut, debut + pas) if forme else ...
        valeurs |= {c: t[bloc] if forme and t.shape[0] > 1 else t for c, t in alignes.items()}
        montants = montants_2015(base, **valeurs)
        depenses = _somme([montants[p] for p in DEPENSES])
        francaises = _somme([montants[p] for p in RECETTES_FRANCAISES])
        total[bloc] = depenses
        np.subtract(depenses, francaises, out=ue[bloc])
        np.divide(ue[bloc], depenses, out=part[bloc])
    return Balayage(total, ue, part, tableaux)


def _somme(termes: list):
    """La somme, les plus petits tableaux d'abord : un nombre ne coûte pas un tableau entier."""
    termes = sorted(termes, key=np.size)
    total = termes[0]
    for terme in termes[1:]:
        total = total + terme
    return total


def _grille(champ: str, valeur) -> np.ndarray:
    """Une grille d'hypothèses en tableau NumPy, dans ses limites."""
    if champ == "investissement_indexe":
        if not isinstance(valeur, bool | np.bool_):
            raise ErreurHypothese("investissement_indexe est un seul choix : True ou False.")
        return np.asarray(bool(valeur))
    try:
        tableau = np.asarray(valeur, dtype=float)
    except (TypeError, ValueError):
        raise ErreurHypothese(f"{champ} : des nombres sont attendus.") from None
    libelle, minimum, maximum, unite = LIMITES[champ]
    if tableau.size == 0:
        raise ErreurHypothese(f"{champ} : la grille est vide. Donnez au moins une valeur.")
    bas, haut = tableau.min(), tableau.max()
    if not (minimum <= bas and haut <= maximum):  # faux aussi pour une valeur manquante
        raise ErreurHypothese(
            f"{champ}, {libelle}, va de {nombre(bas)} à {nombre(haut)} ; des valeurs de "
            f"{ecrire(champ, minimum)} à {ecrire(champ, maximum)} sont attendues."
        )
    if unite == "mois" and not (tableau == np.floor(tableau)).all():
        raise ErreurHypothese(f"{champ} : des nombres entiers de 1 à 12 sont attendus.")
    return tableau


# --- Ce qui pèse le plus sur la part européenne -----------------------------------------

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


# --- Prix et volume : pourquoi les charges de personnel augmentent -----------------------


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
    avant = bases(budget)["personnel"]
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


# --- Le risque : et si les taux n'étaient pas ceux que l'on croit ? -----------------------

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
    projet = bases(budget)["projets_exceptionnels"] + h.projet_exceptionnel_eur > 0
    plafond = contexte.plafond(projet)
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
