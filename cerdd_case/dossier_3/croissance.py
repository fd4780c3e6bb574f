"""Combien de liens quand l'équipe grandit, et le temps qu'ils prennent."""

from collections.abc import Mapping
from functools import cached_property
from math import ceil

import numpy as np
import pandas as pd

from ..donnees.contexte import EMBAUCHES, SALARIES, TEMPS_PLEINS, etp_initial
from ..donnees.paquet import Donnees
from ..figures.mise_en_page import Illustration
from ..questions.exercice import Exercice
from ..questions.verdict import Verdict
from ..socle.erreurs import ErreurHypothese
from ..socle.nombres import heures, lire_nombre, nombre, pourcent
from ..socle.typographie import pluriel
from .coherence import faits_cites
from .croissance_figure import FigureCroissance

SEMAINE = 35.0  # heures ; durée légale du travail en France, hypothèse pour tous les salariés
EFFECTIF_MAXIMAL = 1000
EXCLU = "A7-04"  # l'effectif que le CERDD n'atteindra jamais


def liens(effectif: int) -> int:
    """Le nombre de liens deux à deux dans un groupe : n(n−1)/2."""
    return effectif * (effectif - 1) // 2


class Equipe:
    """Le réseau de communication d'un groupe et le temps qu'y passe chacun.

    - `effectif` : un nombre entier de 1 à 1 000 ;
    - `minutes` : temps par semaine pour entretenir un lien, hypothèse à discuter ;
    - `part_acceptee` : part de la semaine que l'on accepte d'y passer, hypothèse à discuter ;
    - `taille_equipe` : si elle est donnée, le groupe est découpé en équipes ; chacun s'ajuste
      dans la sienne, et un référent par équipe s'ajuste avec les autres référents.

    Il s'en déduit :

    - `equipes` : la taille de chacune, égales à une personne près ;
    - `liens` : leur nombre total ; `liens_par_personne` : ceux de la personne la plus chargée (le
      référent, s'il y a plusieurs équipes) ;
    - `heures` : le temps qu'elle y passe par semaine ; `part` : en part de la semaine ;
    - `verdict` : « tient » (pas plus que la part acceptée), « déborde », « impossible » (plus que
      la semaine).

    Ce modèle est grossier : il ignore qu'une réunion réunit plusieurs liens à la fois,
    que tous les liens ne servent pas, que les outils aident.

    Lève `ErreurHypothese` si une valeur sort de ses limites.
    """

    def __init__(
        self,
        effectif: int,
        minutes: float = 15,
        part_acceptee: float = 0.20,
        taille_equipe: int | None = None,
    ):
        self.effectif = n = int(_lire("l'effectif", effectif, 1, EFFECTIF_MAXIMAL, entier=True))
        self.minutes = _lire("le temps par lien", minutes, 1, 120)
        self.part_acceptee = _lire("la part acceptée", part_acceptee, 0.01, 1)
        self.taille_equipe = taille_equipe
        if taille_equipe is not None:
            nom = "la taille d'une équipe"
            self.taille_equipe = int(_lire(nom, taille_equipe, 2, EFFECTIF_MAXIMAL, entier=True))
        equipes = ceil(n / (self.taille_equipe or n))
        base, reste = divmod(n, equipes)
        self.equipes = [base + 1] * reste + [base] * (equipes - reste)
        self.liens = sum(map(liens, (*self.equipes, equipes)))
        self.liens_par_personne = max(self.equipes) + equipes - 2
        self.heures = self.liens_par_personne * self.minutes / 60
        self.part = self.heures / SEMAINE
        trop = "déborde" if self.part <= 1 else "impossible"
        self.verdict = "tient" if self.part <= self._limite else trop

    @property
    def _limite(self) -> float:
        return self.part_acceptee + 1e-12  # à l'arrondi près

    @cached_property
    def heures_par_effectif(self) -> np.ndarray:
        """Ce que valent `heures` pour chaque effectif, de 1 à `EFFECTIF_MAXIMAL`."""
        effectifs = np.arange(1, EFFECTIF_MAXIMAL + 1)
        equipes = np.ceil(effectifs / (self.taille_equipe or effectifs))
        return (np.ceil(effectifs / equipes) + equipes - 2) * self.minutes / 60

    @property
    def effectif_limite(self) -> int:
        """Le plus grand effectif pour lequel la coordination tient, sous ces hypothèses.

        Vaut `EFFECTIF_MAXIMAL` si elle tient encore à cette taille. Avec des équipes, la charge
        peut redescendre quand une équipe de plus se forme ; c'est bien le plus grand qui tient.
        """
        tenables = (self.heures_par_effectif / SEMAINE <= self._limite).nonzero()
        return int(tenables[0][-1]) + 1

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
            f"À {nombre(self.effectif)}, {nombre(self.liens)} {pluriel('lien', self.liens)}"
            f"{f' en {n} équipes' * (n > 1)} : {'un référent' if n > 1 else 'chacun'} y passe "
            f"{heures(self.heures)} par semaine ({pourcent(self.part, 0)} du temps de travail). "
            f"{fin}"
        )

    @property
    def phrase_limite(self) -> str:
        """Jusqu'à combien de personnes la coordination tient, avec ces hypothèses."""
        limite = f"{nombre(self.effectif_limite)} {pluriel('personne', self.effectif_limite)}"
        if self.taille_equipe is None:
            return (
                "Avec ces hypothèses, tout le monde peut s'ajuster à tout le monde jusqu'à "
                f"{limite}. Changez une hypothèse : que devient ce seuil ?"
            )
        suite = (
            "L'ajustement mutuel reste possible dans chaque équipe, mais les référents forment un "
            "nouveau niveau hiérarchique : la structure est moins plate."
            if len(self.equipes) > 1
            else "Ici, une seule équipe suffit : rien ne change."
        )
        return f"En équipes, la limite passe à {limite}. {suite}"


def _lire(nom: str, valeur: object, minimum: float, maximum: float, entier: bool = False) -> float:
    try:
        lue = lire_nombre(valeur)
    except ValueError as erreur:
        raise ErreurHypothese(f"{nom} : {erreur}") from None
    if not minimum <= lue <= maximum or (entier and lue != int(lue)):
        bornes = f"de {nombre(minimum)} à {nombre(maximum)}"
        attendu = "un nombre entier {} est attendu" if entier else "une valeur {} est attendue"
        raise ErreurHypothese(f"{nom} vaut {nombre(lue)} ; {attendu.format(bornes)}.")
    return lue


def effectifs_du_cas(donnees: Donnees) -> pd.DataFrame:
    """Les effectifs à comparer et d'où ils viennent : `effectif`, `libelle`, `origine`.

    Index : `temps_pleins` et `salaries` (introduction), `apres` les embauches de 2015 (énoncé du
    dossier 2, en équivalents temps plein, arrondis à la personne), `double` (notre hypothèse : deux
    fois plus), `jamais` (annexe 7).

    Lève `ErreurDonnees` si l'un de ces faits manque.
    """
    lieux = faits_cites(donnees)["lieu"]
    temps_pleins = lieux[TEMPS_PLEINS]
    emplois = etp_initial(donnees) + donnees.fait(EMBAUCHES)
    apres = ceil(emplois)
    arrondi = "" if emplois == apres else ", arrondis"
    ajoutes = f"après les embauches de 2015, en équivalents temps plein{arrondi}"
    lignes = {
        "temps_pleins": (donnees.fait(TEMPS_PLEINS), "les salariés à temps plein", temps_pleins),
        "salaries": (donnees.fait(SALARIES), "tous les salariés", lieux[SALARIES]),
        "apres": (apres, ajoutes, f"{temps_pleins}, et énoncé du dossier 2"),
        "double": (2 * apres, "deux fois plus", "notre hypothèse"),
        "jamais": (donnees.fait(EXCLU), "l'effectif que le CERDD n'atteindra jamais", lieux[EXCLU]),
    }
    tableau = pd.DataFrame(lignes.values(), lignes, ["effectif", "libelle", "origine"])
    return tableau.astype({"effectif": int})


class Croissance(Exercice):
    """Faire grandir l'équipe et voir jusqu'où l'ajustement mutuel tient.

    Réponses : les champs de `Equipe`.
    """

    def __init__(self, donnees: Donnees):
        self.effectifs = effectifs_du_cas(donnees)
        self.reperes = donnees.table("corrige-croissance-reperes")
        self.maximum = int(self.effectifs["effectif"].max())
        self.depart = {
            "effectif": int(self.effectifs.at["salaries", "effectif"]),
            "minutes": 15, "part_acceptee": 0.20, "taille_equipe": None,
        }  # fmt: skip

    def juger(self, reponses: Mapping) -> dict[str, Verdict]:
        reseau = Equipe(**reponses)
        phrases = {"reseau": reseau.phrase, "limite": reseau.phrase_limite}
        return {cle: Verdict("croissance", "constat", phrase) for cle, phrase in phrases.items()}

    def comparer(self) -> pd.DataFrame:
        """Les effectifs du cas, et le réseau de chacun aux hypothèses de départ.

        Colonnes de plus : `liens, liens_par_personne, heures, part, verdict`.
        """
        reseaux = [Equipe(n) for n in self.effectifs["effectif"]]
        champs = ("liens", "liens_par_personne", "heures", "part", "verdict")
        calcul = {champ: [getattr(r, champ) for r in reseaux] for champ in champs}
        return self.effectifs.assign(**calcul)

    def dessin(self) -> FigureCroissance:
        """Une figure neuve, à la mesure des effectifs."""
        return FigureCroissance(self.maximum, SEMAINE)

    def figure(self, reponses: Mapping) -> Illustration:
        return self.dessin().illustration(Equipe(**reponses))
