"""Le vote au GIP : les voix de chacun, les coalitions et le pouvoir (annexe 1)."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, permutations
from math import factorial
from typing import NamedTuple

import pandas as pd

from ..donnees.paquet import Donnees
from ..socle.erreurs import ErreurCas
from ..socle.nombres import lire_nombre, nombre, pourcent
from ..socle.typographie import majuscule, pluriel

SIMPLE, DEUX_TIERS, UNANIMITE = 0.5, 2 / 3, 1.0
MEMBRES_MAXIMUM, VOIX_MAXIMUM = 8, 10**6

# Les parts lues dans un tableau (0.4) et les seuils tapés (2/3) redeviennent des fractions
# exactes : 40 % + 20 % atteint bien 60 %.
DENOMINATEUR = 10**6
NOMS = {
    "etat": "État",
    "region": "Région",
    "collectivites": "Collectivités",
    "partenaire": "Nouveau partenaire",
}
SEULS = {"region": "décide toute seule", "collectivites": "décident toutes seules"}
SUJETS = {  # pour une phrase : le sujet et son verbe
    "etat": ("l'État", "a", "sa part"),
    "region": ("la Région", "a", "sa part"),
    "collectivites": ("les collectivités", "ont", "leur part"),
    "partenaire": ("le nouveau partenaire", "a", "sa part"),
}
OBSERVE = "collectivites"  # le membre dont le dossier 1 mesure le pouvoir
FRACTIONS = {
    Fraction(0): "aucune", Fraction(1, 6): "un sixième", Fraction(1, 5): "un cinquième",
    Fraction(1, 4): "un quart", Fraction(1, 3): "un tiers", Fraction(1, 2): "la moitié",
    Fraction(2, 3): "deux tiers", Fraction(3, 4): "trois quarts", Fraction(1): "la totalité",
}  # fmt: skip


class ErreurVote(ErreurCas):
    """Des voix ou une majorité qui ne permettent pas de compter."""


def nom(membre: str) -> str:
    """Le nom d'un membre du groupement, pour une figure ou une phrase."""
    return NOMS.get(membre, membre.replace("_", " ").capitalize())


def droits_de_vote(donnees: Donnees) -> dict[str, float]:
    """Les voix de `etat`, `region` et `collectivites`, sur 100 (annexe 1, § 9 à 11)."""
    tableau = donnees.annexe(1, "droits_de_vote")
    return {r.membre: float(round(r.part * 100, 6)) for r in tableau.itertuples()}


def majorite_requise(seuil: float) -> str:
    """La majorité en mots : « plus de 50 % des voix », « au moins 66,67 % des voix »."""
    if _seuil(seuil) == Fraction(1, 2):
        return f"plus de {pourcent(0.5, 0)} des voix"
    return f"au moins {nombre(float(seuil) * 100)}\u202f% des voix"


def coalitions(voix: Mapping[str, float], seuil: float = SIMPLE) -> pd.DataFrame:
    """Toutes les coalitions possibles, de la plus petite à la plus grande.

    - `voix` : les voix de chaque membre (nombres positifs, total quelconque) ;
    - `seuil` (part, de 0,5 à 1) : à 0,5, il faut *plus* de la moitié des voix (majorité
      simple) ; au-dessus, il faut *au moins* cette part.

    Colonnes : `coalition` (membres, en n-uplet), `voix`, `part` du total, `gagnante`, et
    `decisifs` : les membres sans qui une coalition gagnante ne gagne plus.

    Lève `ErreurVote` si les voix ou le seuil ne conviennent pas.
    """
    return pd.DataFrame(compter_les_coalitions(voix, seuil))


class Coalition(NamedTuple):
    """Une ligne de `coalitions`."""

    coalition: tuple[str, ...]
    voix: float
    part: float
    gagnante: bool
    decisifs: tuple[str, ...]


def compter_les_coalitions(
    voix: Mapping[str, float], seuil: float | str = SIMPLE
) -> list[Coalition]:
    """Les lignes de `coalitions`, sans tableau : pour ce qui doit être instantané."""
    return _compter(tuple(_lire_voix(voix).items()), _seuil(seuil))


@lru_cache(maxsize=256)
def _compter(votants: tuple[tuple[str, Fraction], ...], quota: Fraction) -> list[Coalition]:
    """Un curseur qui revient sur ses pas ne recompte rien."""
    poids, lignes = dict(votants), []
    total = sum(poids.values())

    def gagne(groupe: Iterable[str]) -> bool:
        part = sum((poids[m] for m in groupe), Fraction(0)) / total
        return part > quota if quota == Fraction(1, 2) else part >= quota

    for taille in range(1, len(poids) + 1):
        for groupe in combinations(poids, taille):
            somme, gagnante = sum(poids[m] for m in groupe), gagne(groupe)
            decisifs = tuple(m for m in groupe if gagnante and not gagne({*groupe} - {m}))
            part = float(somme / total)
            lignes.append(Coalition(groupe, float(somme), part, gagnante, decisifs))
    return lignes


def pouvoir(voix: Mapping[str, float], seuil: float | str = SIMPLE) -> pd.DataFrame:
    """Le pouvoir de chaque membre, comparé à ses voix ; mêmes arguments que `coalitions`.

    Une ligne par membre :

    - `membre`, `voix`, `part` (part des voix) ;
    - `decisif` : nombre de coalitions gagnantes qui perdraient sans lui ;
    - `banzhaf` (part) : son nombre de fois décisif, rapporté à celui de tous les membres ;
    - `ordres` : nombre d'ordres de ralliement où c'est lui qui fait atteindre la majorité ;
    - `shapley` (part) : ce nombre rapporté à tous les ordres possibles (indice de
      Shapley et Shubik) ;
    - `situation` : « seul maître » (il décide seul et personne d'autre ne pèse), « droit de
      veto » (rien ne passe sans lui), « sans pouvoir » (jamais décisif) ou « ordinaire ».

    La somme de `banzhaf` et celle de `shapley` valent 1.
    """
    return pd.DataFrame(peser(voix, seuil))


class Pouvoir(NamedTuple):
    """Une ligne de `pouvoir`."""

    membre: str
    voix: float
    part: float
    decisif: int
    banzhaf: float
    ordres: int
    shapley: float
    situation: str


def peser(voix: Mapping[str, float], seuil: float | str = SIMPLE) -> list[Pouvoir]:
    """Les lignes de `pouvoir`, sans tableau : pour ce qui doit être instantané."""
    poids = _lire_voix(voix)
    gagnantes = [c for c in _compter(tuple(poids.items()), _seuil(seuil)) if c.gagnante]
    decisions = sum(len(c.decisifs) for c in gagnantes)
    n, total, lignes = len(poids), float(sum(poids.values())), []
    for membre, valeur in poids.items():
        decide = [len(c.coalition) for c in gagnantes if membre in c.decisifs]
        # Autant d'ordres que de façons de ranger les autres avant et après lui.
        ordres = sum(factorial(taille - 1) * factorial(n - taille) for taille in decide)
        veto = all(membre in c.coalition for c in gagnantes)
        situation = (
            "seul maître" if veto and any(c.coalition == (membre,) for c in gagnantes)
            else "droit de veto" if veto
            else "ordinaire" if decide
            else "sans pouvoir"
        )  # fmt: skip
        lignes.append(Pouvoir(
            membre, float(valeur), float(valeur) / total, len(decide), len(decide) / decisions,
            ordres, ordres / factorial(n), situation,
        ))  # fmt: skip
    return lignes


def conclure_vote(voix: Mapping[str, float], seuil: float = SIMPLE) -> str:
    """Ce qu'il faut retenir d'un vote, en deux phrases : qui bloque ou décide, et le pouvoir de
    celui qui a le moins de voix. Mêmes arguments que `coalitions`."""
    mesure = peser({m: v for m, v in voix.items() if v > 0} or voix, seuil)
    for membre in (m.membre for m in mesure if m.situation == "seul maître"):
        decide = f"{SUJETS[membre][0]} {SEULS.get(membre, 'décide tout seul')}"
        return f"{majuscule(decide)} : les voix des autres ne changent rien."
    vetos = [SUJETS[m.membre][0] for m in mesure if m.situation == "droit de veto"]
    debut = (
        "Tout le monde doit être d'accord : chacun peut bloquer." if len(vetos) == len(mesure)
        else f"Rien ne passe sans {' ni sans '.join(vetos)}." if vetos
        else "Personne ne décide seul et personne ne peut bloquer seul."
    )  # fmt: skip
    petit = min(mesure, key=lambda m: m.voix)
    sujet, verbe, part = SUJETS[petit.membre]
    ecart = petit.shapley - petit.part
    fin = (
        "mais aucun pouvoir : aucun vote n'en dépend" if petit.shapley == 0
        else "et exactement autant de pouvoir" if abs(ecart) < 1e-9
        else f"et {pourcent(petit.shapley)} du pouvoir, {'plus' if ecart > 0 else 'moins'} que "
        f"{part} des voix"
    )  # fmt: skip
    return f"{debut} {majuscule(sujet)} {verbe} {pourcent(petit.part, 0)} des voix {fin}."


def ordres_de_ralliement(voix: Mapping[str, float], seuil: float = SIMPLE) -> pd.DataFrame:
    """Tous les ordres dans lesquels les membres peuvent se rallier, et qui fait basculer chacun.

    Colonnes : `ordre` (membres, en n-uplet), `rang` (à partir de 1) et `pivot` : le membre
    dont le ralliement fait atteindre la majorité. C'est la définition de l'indice de Shapley,
    écrite en entier ; `pouvoir` en donne le compte sans tout écrire.

    Lève `ErreurVote` comme `coalitions`.
    """
    gagnantes = {frozenset(c.coalition) for c in compter_les_coalitions(voix, seuil) if c.gagnante}
    lignes = []
    for ordre in permutations(voix):
        rang = next(k for k in range(1, len(ordre) + 1) if frozenset(ordre[:k]) in gagnantes)
        lignes.append((ordre, rang, ordre[rang - 1]))
    return pd.DataFrame(lignes, columns=["ordre", "rang", "pivot"])


def paliers(voix: Mapping[str, float]) -> pd.DataFrame:
    """Le pouvoir (indice de Shapley) selon la majorité exigée, de la moitié à l'unanimité.

    Le pouvoir ne change qu'aux parts de voix qu'une coalition peut réunir : entre deux, il est
    constant. Colonnes : `seuil_min`, `seuil_max` (parts : le palier commence juste après le premier
    et comprend le second ; le tout premier commence à la majorité simple), puis une colonne
    (part) par membre.

    Lève `ErreurVote` comme `coalitions`.
    """
    parts = sorted({p for p in coalitions(voix)["part"].round(9) if p > SIMPLE + 1e-9})
    lignes: list[dict[str, float]] = []
    for de, a in zip([SIMPLE, *parts], parts, strict=False):
        mesure = pouvoir(voix, a).set_index("membre")["shapley"]
        if lignes and all(abs(lignes[-1][m] - mesure[m]) < 1e-12 for m in voix):
            lignes[-1]["seuil_max"] = a
        else:
            lignes.append({"seuil_min": de, "seuil_max": a, **{m: float(mesure[m]) for m in voix}})
    return pd.DataFrame(lignes)


def _lire_voix(voix: Mapping[str, float]) -> dict[str, Fraction]:
    if not isinstance(voix, Mapping) or not all(isinstance(membre, str) for membre in voix):
        raise ErreurVote('Les voix se donnent par membre : {"etat": 40, "region": 40}.')
    if not 1 <= len(voix) <= MEMBRES_MAXIMUM:
        raise ErreurVote(
            f"{len(voix)} {pluriel('membre', len(voix))} : donnez les voix de 1 à "
            f"{MEMBRES_MAXIMUM} membres."
        )
    poids = {}
    for membre, valeur in voix.items():
        try:
            lue = lire_nombre(valeur)
        except ValueError as erreur:
            raise ErreurVote(f"Voix de « {membre} » : {erreur}") from None
        if lue < 0:
            raise ErreurVote(f"« {membre} » a {nombre(lue)} voix ; donnez 0 ou plus.")
        if lue > VOIX_MAXIMUM:
            raise ErreurVote(f"Voix de « {membre} » : donnez {nombre(VOIX_MAXIMUM)} ou moins.")
        poids[membre] = Fraction(lue).limit_denominator(DENOMINATEUR)
    if not any(poids.values()):
        raise ErreurVote("Personne n'a de voix : donnez des voix à un membre au moins.")
    return poids


def _seuil(seuil: float | str) -> Fraction:
    try:
        lu = Fraction(lire_nombre(seuil)).limit_denominator(DENOMINATEUR)
    except ValueError as erreur:
        raise ErreurVote(f"Majorité exigée : {erreur}") from None
    if not Fraction(1, 2) <= lu <= 1:
        raise ErreurVote(
            f"La majorité exigée vaut {pourcent(float(lu))} ; donnez une part de "
            f"{pourcent(0.5, 0)} à {pourcent(1, 0)}. Sous la moitié, deux camps opposés "
            "gagneraient ensemble."
        )
    return lu


def en_fraction(part: float) -> str:
    """Une part en mots, si elle est simple (« un tiers »), sinon en pourcentage."""
    return FRACTIONS.get(Fraction(part).limit_denominator(1000), pourcent(part))
