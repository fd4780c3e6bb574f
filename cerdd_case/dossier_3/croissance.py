"""Combien de liens quand l'équipe grandit, et le temps qu'ils prennent."""

from dataclasses import dataclass
from functools import cached_property
from math import ceil

import numpy as np
import pandas as pd

from ..donnees.contexte import EMBAUCHES, SALARIES, TEMPS_PLEINS, etp_initial
from ..donnees.paquet import Donnees
from ..socle.erreurs import ErreurHypothese
from ..socle.nombres import heures, lire_nombre, nombre, pourcent
from .coherence import faits_cites

SEMAINE = 35.0  # heures ; durée légale du travail en France, hypothèse pour tous les salariés
EFFECTIF_MAXIMAL = 1000
EFFECTIF_EXCLU = "A7-04"  # l'effectif que le CERDD n'atteindra jamais

# Ce que l'on règle: son nom, ses limites, ce qui est attendu.
ENTIER, VALEUR = "un nombre entier {} est attendu", "une valeur {} est attendue"
LIMITES = {
    "effectif": ("l'effectif", 1, EFFECTIF_MAXIMAL, ENTIER),
    "minutes": ("le temps par lien", 1, 120, VALEUR),
    "part_acceptee": ("la part acceptée", 0.01, 1, VALEUR),
    "taille_equipe": ("la taille d'une équipe", 2, EFFECTIF_MAXIMAL, ENTIER),
}


def liens(effectif: int) -> int:
    """Le nombre de liens deux à deux dans un groupe : n(n−1)/2."""
    return effectif * (effectif - 1) // 2


@dataclass
class Reseau:
    """Le réseau de communication d'un groupe et le temps qu'y passe chacun.

    Ce modèle est une règle de pouce : il ignore qu'une réunion réunit plusieurs liens à la fois,
    que tous les liens ne servent pas, que les outils aident.

    Lève `ErreurHypothese` si une valeur sort de ses limites.
    """

    effectif: int
    """Un nombre entier de 1 à 1 000."""
    minutes: float = 15
    """Temps par semaine pour entretenir un lien (1 à 120), hypothèse à discuter."""
    part_acceptee: float = 0.20
    """Part de la semaine que l'on accepte d'y passer (0,01 à 1), hypothèse à discuter."""
    taille_equipe: int | None = None
    """Si elle est donnée (2 à 1 000), le groupe est découpé en équipes d'au plus cette taille :
    chacun s'ajuste dans la sienne, un référent par équipe s'ajuste avec les autres référents."""

    def __post_init__(self):
        for champ, limites in LIMITES.items():
            if champ != "taille_equipe" or self.taille_equipe is not None:
                setattr(self, champ, _lire(getattr(self, champ), *limites))

    @property
    def equipes(self) -> list[int]:
        """La taille de chaque équipe, égales à une personne près ; une seule quand tout le monde
        s'ajuste à tout le monde."""
        base, reste = divmod(self.effectif, n := ceil(self.effectif / self._taille))
        return [base + 1] * reste + [base] * (n - reste)

    @property
    def _taille(self) -> int:
        return self.taille_equipe or EFFECTIF_MAXIMAL

    @property
    def liens(self) -> int:
        """Le nombre total de liens à entretenir."""
        return sum(map(liens, (*self.equipes, len(self.equipes))))

    @property
    def liens_par_personne(self) -> int:
        """Les liens de la personne la plus chargée (le référent, s'il y a plusieurs équipes)."""
        return max(self.equipes) + len(self.equipes) - 2

    @property
    def heures(self) -> float:
        """Heures par semaine que la personne la plus chargée passe à se coordonner."""
        return self.liens_par_personne * self.minutes / 60

    @property
    def part(self) -> float:
        """Les mêmes heures, en part de la semaine de travail."""
        return self.heures / SEMAINE

    @property
    def verdict(self) -> str:
        """« tient » (le temps ne dépasse pas la part acceptée), « déborde » ou « impossible »
        (plus que la semaine)."""
        if self.part <= self.part_acceptee + 1e-12:
            return "tient"
        return "déborde" if self.part <= 1 else "impossible"

    @cached_property
    def heures_par_effectif(self) -> np.ndarray:
        """Ce que valent `heures` pour chaque effectif, de 1 à `EFFECTIF_MAXIMAL`."""
        effectifs = np.arange(1, EFFECTIF_MAXIMAL + 1)
        equipes = np.ceil(effectifs / self._taille)
        return (np.ceil(effectifs / equipes) + equipes - 2) * self.minutes / 60

    @property
    def effectif_limite(self) -> int:
        """Le plus grand effectif pour lequel la coordination tient, sous ces hypothèses.

        Vaut `EFFECTIF_MAXIMAL` si elle tient encore à cette taille. Avec des équipes, la charge
        peut redescendre quand une équipe de plus se forme ; c'est bien le plus grand qui tient.
        """
        tient = self.heures_par_effectif / SEMAINE <= self.part_acceptee + 1e-12
        return int(tient.nonzero()[0][-1]) + 1

    @property
    def phrase(self) -> str:
        """Ce qu'il faut retenir du réseau, en une ou deux phrases."""
        n, limite = len(self.equipes), pourcent(self.part_acceptee, 0)
        fin = {
            "tient": f"C'est dans la limite de {limite} que vous avez fixée.",
            "déborde": f"C'est plus que les {limite} que vous avez fixés.",
            "impossible": "C'est plus que la semaine entière : il n'y a plus de temps pour "
            "travailler.",
        }[self.verdict]
        return (
            f"À {nombre(self.effectif)}, {nombre(self.liens)} lien{'s' * (self.liens > 1)}"
            f"{f' en {n} équipes' * (n > 1)} : {'un référent' if n > 1 else 'chacun'} y passe "
            f"{heures(self.heures)} par semaine ({pourcent(self.part, 0)} du temps de travail). {fin}"
        )

    @property
    def phrase_limite(self) -> str:
        """Jusqu'à combien de personnes la coordination tient, avec ces hypothèses."""
        limite = f"{nombre(self.effectif_limite)} personnes"
        if self.taille_equipe is None:
            return (
                f"Avec ces hypothèses, tout le monde peut s'ajuster à tout le monde jusqu'à {limite}. "
                "Changez une hypothèse : le seuil bouge. Ce n'est donc pas une loi."
            )
        suite = (
            "L'ajustement mutuel survit dans chaque équipe, mais les référents forment un nouvel "
            "étage : la structure n'est plus tout à fait plate."
            if len(self.equipes) > 1
            else "Ici, une seule équipe suffit : rien ne change."
        )
        return f"En équipes, la limite passe à {limite}. {suite}"


def _lire(valeur: object, nom: str, minimum: float, maximum: float, attendu: str) -> float:
    try:
        lue = lire_nombre(valeur)
    except ValueError as erreur:
        raise ErreurHypothese(f"{nom} : {erreur}") from None
    entier = attendu == ENTIER
    if not minimum <= lue <= maximum or (entier and lue != int(lue)):
        bornes = f"de {nombre(minimum)} à {nombre(maximum)}"
        raise ErreurHypothese(f"{nom} vaut {nombre(lue)} ; {attendu.format(bornes)}.")
    return int(lue) if entier else lue


def effectifs_du_cas(donnees: Donnees) -> pd.DataFrame:
    """Les effectifs à comparer et d'où ils viennent : `effectif`, `libelle`, `origine`.

    Index : `temps_pleins` et `salaries` (introduction), `apres` les embauches de 2015 (énoncé du
    dossier 2, en équivalents temps plein, arrondis à la personne), `double` (notre hypothèse : deux
    fois plus), `jamais` (annexe 7).

    Lève `ErreurDonnees` si l'un de ces faits manque.
    """
    lieux = faits_cites(donnees)["lieu"]
    emplois = etp_initial(donnees) + donnees.fait(EMBAUCHES)
    apres = ceil(emplois)
    arrondi = "" if emplois == apres else ", arrondis"
    lignes = {
        "temps_pleins": (donnees.fait(TEMPS_PLEINS), "les salariés à temps plein",
                         lieux[TEMPS_PLEINS]),
        "salaries": (donnees.fait(SALARIES), "tous les salariés", lieux[SALARIES]),
        "apres": (apres, f"après les embauches de 2015, en équivalents temps plein{arrondi}",
                  f"{lieux[TEMPS_PLEINS]}, et énoncé du dossier 2"),
        "double": (2 * apres, "deux fois plus", "notre hypothèse"),
        "jamais": (donnees.fait(EFFECTIF_EXCLU), "ce que le CERDD ne sera jamais",
                   lieux[EFFECTIF_EXCLU]),
    }  # fmt: skip
    tableau = pd.DataFrame.from_dict(
        lignes, orient="index", columns=["effectif", "libelle", "origine"]
    )
    return tableau.astype({"effectif": int})


def comparer(effectifs: pd.DataFrame, **hypotheses: float | None) -> pd.DataFrame:
    """Le tableau de `effectifs_du_cas`, et le réseau de chaque effectif sous ces hypothèses.

    Colonnes de plus, comme dans `Reseau` : `liens, liens_par_personne, heures, part, verdict`.
    """
    reseaux = [Reseau(n, **hypotheses) for n in effectifs["effectif"]]
    champs = ("liens", "liens_par_personne", "heures", "part", "verdict")
    return effectifs.assign(**{champ: [getattr(r, champ) for r in reseaux] for champ in champs})
