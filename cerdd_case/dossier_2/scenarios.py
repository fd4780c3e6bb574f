"""Calculer d'un coup tous les scénarios d'une grille d'hypothèses."""

import math
from types import SimpleNamespace
from typing import NamedTuple, cast

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from ..donnees.contexte import Contexte
from ..donnees.hypotheses import LIMITES, HypotheseInconnue, Hypotheses, champs, ecrire
from ..socle.erreurs import ErreurHypothese
from ..socle.nombres import nombre
from .projection import en_centimes, equilibrer

BLOC = 8_192  # scénarios calculés à la fois : ils tiennent dans la mémoire rapide du processeur


class Balayage(NamedTuple):
    """Le résultat d'un balayage : des tableaux de même forme, un élément par scénario.

    Total du budget 2015, solde européen, et leur rapport.
    """

    total_eur: np.ndarray
    ue_eur: np.ndarray
    part_ue: np.ndarray

    def exces(self, plafond: float) -> np.ndarray:
        """Ce que l'UE verse au-delà de cette part, en euros ; nul quand elle l'atteint exactement.

        C'est UE − s × D, où l'UE vaut D − R : dépenses D et recettes R sont affines en chaque
        hypothèse, et lui aussi.
        """
        return self.ue_eur - plafond * self.total_eur


def balayer(
    budget: pd.DataFrame, contexte: Contexte | Hypotheses, **grilles: ArrayLike
) -> Balayage:
    """Le budget 2015 pour toutes les combinaisons d'hypothèses données.

    `grilles` : des champs d'`Hypotheses`, chacun un nombre ou un tableau ; les tableaux se
    combinent selon les règles de NumPy (`a[:, None]` et `b` donnent une grille). Les hypothèses
    absentes gardent leur valeur (celle du contexte). Chaque point est égal, au centime, à `projeter`.

    Lève `ErreurHypothese` : champ inconnu, valeur hors limites, formes incompatibles.
    """
    tableaux = {champ: _grille(champ, valeur) for champ, valeur in grilles.items()}
    try:
        forme = np.broadcast_shapes(*(t.shape for t in tableaux.values()))
    except ValueError:
        formes = ", ".join(f"{c} {t.shape}" for c, t in tableaux.items())
        raise ErreurHypothese(
            f"Ces grilles ne se combinent pas : {formes}. Pour croiser deux listes, donnez à la "
            "première une colonne de plus : a[:, None]."
        ) from None
    h = contexte if isinstance(contexte, Hypotheses) else contexte.hypotheses
    depart, valeurs = en_centimes(budget), champs(h)
    # Un axe au moins, et le même nombre pour tous : on peut alors découper le premier.
    axes = forme or (1,)
    alignes = {c: t.reshape((1,) * (len(axes) - t.ndim) + t.shape) for c, t in tableaux.items()}
    total, ue, part = np.empty((3, *axes))  # d'un bloc : la mémoire se demande une fois
    pas = max(1, BLOC // max(1, math.prod(axes[1:])))
    for debut in range(0, axes[0], pas):
        bloc = slice(debut, debut + pas)
        for champ, tableau in alignes.items():
            valeurs[champ] = tableau[bloc] if len(tableau) > 1 else tableau
            _controler(champ, valeurs[champ], tableau)  # ici, car le bloc reste en mémoire rapide
        # les mêmes noms, et des tableaux parmi les valeurs
        _, depenses, europe = equilibrer(depart, cast(Hypotheses, SimpleNamespace(**valeurs)))
        np.divide(depenses, 100, out=total[bloc])
        np.divide(europe, 100, out=ue[bloc])
        np.divide(europe, depenses, out=part[bloc])
    return Balayage(*(t.reshape(forme) for t in (total, ue, part)))


def _grille(champ: str, valeur: ArrayLike) -> np.ndarray:
    """Une grille d'hypothèses en tableau NumPy."""
    balayables = sorted((*LIMITES, "investissement_indexe"))
    if champ not in balayables:
        raise HypotheseInconnue(champ, balayables)
    if champ == "investissement_indexe":
        if not isinstance(valeur, bool | np.bool_):
            raise ErreurHypothese("investissement_indexe est un seul choix : True ou False.")
        return np.asarray(bool(valeur))
    try:
        tableau = np.asarray(valeur, dtype=float)
    except (TypeError, ValueError):
        raise ErreurHypothese(f"{champ} : des nombres sont attendus.") from None
    if tableau.size == 0:
        raise ErreurHypothese(f"{champ} : la grille est vide. Donnez au moins une valeur.")
    return tableau


def _controler(champ: str, bloc: np.ndarray, grille: np.ndarray) -> None:
    """Lève `ErreurHypothese` si un bloc de la grille sort des limites de son hypothèse."""
    if champ == "investissement_indexe":
        return
    libelle, minimum, maximum, unite = LIMITES[champ]
    bas, haut = np.minimum.reduce(bloc, axis=None), np.maximum.reduce(bloc, axis=None)
    if not (minimum <= bas and haut <= maximum):  # faux aussi s'il manque une valeur
        raise ErreurHypothese(
            f"{champ}, {libelle}, va de {nombre(grille.min())} à {nombre(grille.max())} ; des "
            f"valeurs de {ecrire(champ, minimum)} à {ecrire(champ, maximum)} sont attendues."
        )
    if unite == "mois" and not (bloc == np.floor(bloc)).all():
        raise ErreurHypothese(f"{champ} : des nombres entiers de 1 à 12 sont attendus.")
