"""Calculer d'un coup tous les scénarios d'une grille d'hypothèses."""

import math
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace

import numpy as np
import pandas as pd

from ..donnees.contexte import Contexte
from ..donnees.hypotheses import LIMITES, champs, ecrire
from ..socle.erreurs import ErreurHypothese
from ..socle.nombres import nombre
from .postes import en_centimes
from .projection import equilibrer

BLOC = 8_192  # scénarios calculés à la fois : ils tiennent dans la mémoire rapide du processeur


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
    depart = en_centimes(budget)
    # Même nombre d'axes pour tous : on peut alors découper le premier axe, bloc par bloc.
    alignes = {c: t.reshape((1,) * (len(forme) - t.ndim) + t.shape) for c, t in tableaux.items()}
    total, ue, part = (np.empty(forme) for _ in range(3))
    pas = max(1, BLOC // max(1, math.prod(forme[1:]))) if forme else 1
    for debut in range(0, forme[0] if forme else 1, pas):
        bloc = slice(debut, debut + pas) if forme else ...
        valeurs |= {c: t[bloc] if forme and t.shape[0] > 1 else t for c, t in alignes.items()}
        _, depenses, europe = equilibrer(depart, SimpleNamespace(**valeurs))
        np.divide(depenses, 100, out=total[bloc])
        np.divide(europe, 100, out=ue[bloc])
        np.divide(europe, depenses, out=part[bloc])
    return Balayage(total, ue, part, tableaux)


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
