"""Combien de liens quand l'équipe grandit, et le temps qu'ils prennent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

import pandas as pd

from ..donnees.contexte import EMBAUCHES, SALARIES, TEMPS_PLEINS, etp_initial
from ..donnees.paquet import Donnees
from ..questions.exercice import Exercice
from ..questions.verdict import Verdict
from ..socle.erreurs import ErreurHypothese
from ..socle.nombres import heures, lire_nombre, nombre, pourcent
from .coherence import faits_cites

SEMAINE = 35.0  # heures ; durée légale du travail en France, hypothèse pour tous les salariés
EFFECTIF_MAXIMAL = 1000
EFFECTIF_EXCLU = "A7-04"  # l'effectif que le CERDD n'atteindra jamais


def liens(effectif: int) -> int:
    """Le nombre de liens deux à deux dans un groupe : n(n−1)/2.

    Lève `ErreurHypothese` si l'effectif n'est pas un nombre entier de 1 à 1 000.
    """
    n = _effectif(effectif)
    return n * (n - 1) // 2


def _effectif(valeur: object, libelle: str = "l'effectif", minimum: int = 1) -> int:
    try:
        lu = lire_nombre(valeur)
    except ValueError as erreur:
        raise ErreurHypothese(f"{libelle} : {erreur}") from None
    if lu != int(lu) or not minimum <= lu <= EFFECTIF_MAXIMAL:
        raise ErreurHypothese(
            f"{libelle} vaut {nombre(lu)} ; un nombre entier de {minimum} à "
            f"{nombre(EFFECTIF_MAXIMAL)} est attendu."
        )
    return int(lu)


def decouper(effectif: int, taille: int) -> list[int]:
    """Partage un effectif en équipes égales à une personne près, d'au plus `taille` personnes."""
    n, t = _effectif(effectif), _effectif(taille, "la taille d'une équipe", 2)
    equipes = ceil(n / t)
    base, reste = divmod(n, equipes)
    return [base + 1] * reste + [base] * (equipes - reste)


def charge(effectif: int, taille_equipe: int | None = None) -> int:
    """Les liens de la personne la plus chargée : ceux de son équipe, et entre les référents."""
    equipes = 1 if taille_equipe is None else ceil(effectif / taille_equipe)
    return ceil(effectif / equipes) - 1 + equipes - 1


@dataclass(frozen=True)
class Reseau:
    """Qui doit parler à qui, et le temps que cela prend ; voir `reseau`."""

    effectif: int
    equipes: list[int]
    """La taille de chaque équipe ; une seule quand tout le monde s'ajuste à tout le monde."""
    liens: int
    """Le nombre total de liens à entretenir."""
    liens_par_personne: int
    """Les liens de la personne la plus chargée (le référent, s'il y a plusieurs équipes)."""
    heures: float
    """Heures par semaine que la personne la plus chargée passe à se coordonner."""
    part: float
    """Les mêmes heures, en part de la semaine de travail."""
    verdict: str
    """« tient », « déborde » ou « impossible »."""


def reseau(
    effectif: int,
    minutes: float = 15,
    part_acceptee: float = 0.20,
    taille_equipe: int | None = None,
) -> Reseau:
    """Le réseau de communication d'un groupe et le temps qu'y passe chacun.

    - `minutes` : temps par semaine pour entretenir un lien, hypothèse à discuter ;
    - `part_acceptee` : part de la semaine que l'on accepte d'y passer, hypothèse à discuter ;
    - `taille_equipe` : si elle est donnée, le groupe est découpé en équipes ; chacun s'ajuste
      dans la sienne, et un référent par équipe s'ajuste avec les autres référents.

    `verdict` : « tient » (le temps ne dépasse pas la part acceptée), « déborde », « impossible »
    (plus que la semaine). Ce modèle est une règle de pouce : il ignore qu'une réunion réunit
    plusieurs liens à la fois, que tous les liens ne servent pas, que les outils aident.

    Lève `ErreurHypothese` si une valeur sort de ses limites.
    """
    n = _effectif(effectif)
    m = _hypothese(minutes, "le temps par lien", 1, 120)
    acceptee = _hypothese(part_acceptee, "la part acceptée", 0.01, 1)
    equipes = [n] if taille_equipe is None else decouper(n, taille_equipe)
    total = sum(k * (k - 1) // 2 for k in (*equipes, len(equipes)))
    par_personne = max(equipes) - 1 + len(equipes) - 1
    heures = par_personne * m / 60
    part = heures / SEMAINE
    verdict = "tient" if _tient(part, acceptee) else "déborde" if part <= 1 else "impossible"
    return Reseau(n, equipes, total, par_personne, heures, part, verdict)


def _tient(part: float, part_acceptee: float) -> bool:
    return part <= part_acceptee + 1e-12


def _hypothese(valeur: object, libelle: str, minimum: float, maximum: float) -> float:
    try:
        lue = lire_nombre(valeur)
    except ValueError as erreur:
        raise ErreurHypothese(f"{libelle} : {erreur}") from None
    if not minimum <= lue <= maximum:
        raise ErreurHypothese(
            f"{libelle} vaut {nombre(lue)} ; une valeur de {nombre(minimum)} à {nombre(maximum)} "
            "est attendue."
        )
    return lue


def effectif_limite(
    minutes: float = 15, part_acceptee: float = 0.20, taille_equipe: int | None = None
) -> int:
    """Le plus grand effectif pour lequel la coordination tient, sous ces hypothèses.

    Vaut `EFFECTIF_MAXIMAL` si elle tient encore à cette taille. Avec des équipes, la charge peut
    redescendre quand une équipe de plus se forme ; c'est bien le plus grand effectif qui tient.
    """
    m = _hypothese(minutes, "le temps par lien", 1, 120)
    acceptee = _hypothese(part_acceptee, "la part acceptée", 0.01, 1)
    if taille_equipe is None:
        return min(1 + int(acceptee * SEMAINE * 60 / m + 1e-9), EFFECTIF_MAXIMAL)
    t = _effectif(taille_equipe, "la taille d'une équipe", 2)
    tenables = (
        n
        for n in range(EFFECTIF_MAXIMAL, 0, -1)
        if _tient(charge(n, t) * m / 60 / SEMAINE, acceptee)
    )
    return next(tenables, 1)


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


def croissance_du_cas(
    donnees: Donnees,
    minutes: float = 15,
    part_acceptee: float = 0.20,
    taille_equipe: int | None = None,
) -> pd.DataFrame:
    """Les effectifs du cas et le réseau de chacun : `effectifs_du_cas` et `croissance` réunis."""
    effectifs = effectifs_du_cas(donnees)
    calcul = croissance(effectifs["effectif"], minutes, part_acceptee, taille_equipe)
    return effectifs.join(calcul.drop(columns="effectif").set_axis(effectifs.index))


def croissance(
    effectifs: Iterable[int],
    minutes: float = 15,
    part_acceptee: float = 0.20,
    taille_equipe: int | None = None,
) -> pd.DataFrame:
    """Une ligne par effectif : les champs de `Reseau`, sauf le détail des équipes."""
    reseaux = [reseau(n, minutes, part_acceptee, taille_equipe) for n in effectifs]
    champs = ["effectif", "liens", "liens_par_personne", "heures", "part", "verdict"]
    return pd.DataFrame([[getattr(r, c) for c in champs] for r in reseaux], columns=champs)


def phrase_croissance(r: Reseau, part_acceptee: float) -> str:
    """Ce qu'il faut retenir d'un réseau, en une ou deux phrases."""
    temps = f"{heures(r.heures)} par semaine ({pourcent(r.part, 0)} du temps de travail)"
    qui = "chacun" if len(r.equipes) == 1 else "un référent"
    fin = {
        "tient": f"C'est dans la limite de {pourcent(part_acceptee, 0)} que vous avez fixée.",
        "déborde": f"C'est plus que les {pourcent(part_acceptee, 0)} que vous avez fixés.",
        "impossible": "C'est plus que la semaine entière : il n'y a plus de temps pour travailler.",
    }[r.verdict]
    debut = f"À {nombre(r.effectif)}, {nombre(r.liens)} lien{'s' * (r.liens > 1)}"
    if len(r.equipes) > 1:
        debut += f" en {len(r.equipes)} équipes"
    return f"{debut} : {qui} y passe {temps}. {fin}"


def phrase_limite(r: Reseau, reglages: Mapping) -> str:
    """Jusqu'à combien de personnes la coordination tient, avec ces réglages de `reseau`."""
    n = effectif_limite(**reglages)
    if reglages["taille_equipe"] is None:
        return (
            f"Avec ces hypothèses, tout le monde peut s'ajuster à tout le monde jusqu'à "
            f"{nombre(n)} personnes. Changez une hypothèse : le seuil bouge. Ce n'est donc pas "
            "une loi."
        )
    suite = (
        "L'ajustement mutuel survit dans chaque équipe, mais les référents forment un nouvel "
        "étage : la structure n'est plus tout à fait plate."
        if len(r.equipes) > 1
        else "Ici, une seule équipe suffit : rien ne change."
    )
    return f"En équipes, la limite passe à {nombre(n)} personnes. {suite}"


class Croissance(Exercice):
    """Jusqu'où chacun peut s'ajuster à chacun. Réponses : les arguments de `reseau`."""

    def __init__(self, donnees: Donnees):
        self.effectifs = effectifs_du_cas(donnees)
        self.reperes = donnees.table("corrige-croissance-reperes")
        self.depart = {
            "effectif": int(self.effectifs.loc["salaries", "effectif"]),
            "minutes": 15, "part_acceptee": 0.20, "taille_equipe": None,
        }  # fmt: skip

    @property
    def maximum(self) -> int:
        """Le plus grand effectif à comparer."""
        return int(self.effectifs["effectif"].max())

    def juger(self, reponses: Mapping) -> dict[str, Verdict]:
        r, reglages = reseau(**reponses), dict(reponses)
        del reglages["effectif"]
        phrases = {
            "reseau": phrase_croissance(r, reponses["part_acceptee"]),
            "limite": phrase_limite(r, reglages),
        }
        return {cle: Verdict("croissance", "constat", phrase) for cle, phrase in phrases.items()}

    def figure(self, reponses: Mapping):
        from .croissance_figure import FigureCroissance

        _, *reglages = (reponses[c] for c in self.depart)
        return FigureCroissance(self.maximum).illustration(reseau(**reponses), *reglages)
