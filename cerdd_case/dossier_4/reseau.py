"""Deux façons de faire circuler l'information, jusqu'à la surcharge."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

import pandas as pd

from ..questions.exercice import Exercice
from ..questions.verdict import Verdict
from ..socle.erreurs import ErreurCas
from ..socle.nombres import heures, lire_nombre, nombre, pourcent

LIMITES_RESEAU = {
    # champ: (libellé, minimum, maximum)
    "partenaires": ("le nombre de partenaires", 2, 1000),
    "part_auteurs": ("la part d'auteurs", 0, 1),
    "contributions": ("les contributions de chaque auteur par semaine", 0, 10),
    "publications_cerdd": ("les publications du CERDD par semaine", 0, 20),
    "minutes_lecture": ("les minutes de lecture par contenu", 1, 60),
    "minutes_disponibles": ("les minutes de lecture disponibles par semaine", 0, 600),
    "part_utile": ("la part de contributions utiles", 0, 1),
    "minutes_tri": ("les minutes de tri par contribution", 0, 60),
}
HYPOTHESES_RESEAU = (
    "Une semaine de fonctionnement. Tous les nombres sont les nôtres : le sujet n'en donne aucun.",
    "Un vers plusieurs (Web 1.0) : le CERDD publie seul, chaque partenaire reçoit tout.",
    "Plusieurs vers plusieurs (Web 2.0) : le CERDD publie, une part des partenaires aussi, et "
    "chacun reçoit tout ce que les autres publient.",
    "Chaque partenaire lit dans l'ordre où les contenus arrivent, jusqu'à épuiser son temps de "
    "lecture : ce qui dépasse n'est pas lu. C'est la surcharge, ou infobésité.",
    "Les contenus du CERDD sont tous utiles ; ceux des partenaires ne le sont qu'en partie.",
    "Si le CERDD trie, il écarte toute contribution inutile, et ce tri lui coûte du temps.",
)
PARTENAIRES_DU_BLOG = "BT-179"  # un réseau réel, à comparer au modèle
UN_VERS_PLUSIEURS, PLUSIEURS_VERS_PLUSIEURS = "un_vers_plusieurs", "plusieurs_vers_plusieurs"
MODES = {
    UN_VERS_PLUSIEURS: "Un vers plusieurs (Web 1.0)",
    PLUSIEURS_VERS_PLUSIEURS: "Plusieurs vers plusieurs (Web 2.0)",
}


@dataclass(frozen=True)
class Reseau:
    """Un réseau de partenaires autour du CERDD, pendant une semaine (modèle de la collection).

    - `partenaires` (personnes ou organisations, 2 à 1 000) ;
    - `part_auteurs` (part) : les partenaires qui publient, arrondis au nombre entier ;
    - `contributions` et `publications_cerdd` (contenus par semaine) ;
    - `minutes_lecture` (minutes par contenu), `minutes_disponibles` (minutes par semaine) ;
    - `part_utile` (part) : les contributions de partenaires qui méritent d'être lues ;
    - `tri` : le CERDD écarte les autres, en `minutes_tri` (minutes par contribution).

    Lève `ErreurCas` si une valeur n'est pas un nombre ou sort de ses limites.
    """

    partenaires: int = 40
    part_auteurs: float = 0.10
    contributions: float = 1.0
    publications_cerdd: float = 3.0
    minutes_lecture: float = 5.0
    minutes_disponibles: float = 60.0
    part_utile: float = 0.6
    tri: bool = False
    minutes_tri: float = 5.0

    def __post_init__(self):
        for champ, (libelle, minimum, maximum) in LIMITES_RESEAU.items():
            try:
                valeur = lire_nombre(getattr(self, champ))
            except ErreurCas as erreur:
                raise ErreurCas(f"{champ}, {libelle} : {erreur}") from None
            if not minimum <= valeur <= maximum:
                raise ErreurCas(
                    f"{champ}, {libelle}, vaut {nombre(valeur)} ; une valeur de {nombre(minimum)} "
                    f"à {nombre(maximum)} est attendue."
                )
            if champ == "partenaires":
                if valeur != int(valeur):
                    raise ErreurCas(f"{champ}, {libelle} : un nombre entier est attendu.")
                valeur = int(valeur)
            object.__setattr__(self, champ, valeur)

    @property
    def auteurs(self) -> int:
        """Le nombre de partenaires qui publient, au plus proche (une moitié compte pour un)."""
        return int(self.partenaires * self.part_auteurs + 0.5 + 1e-9)

    @property
    def capacite(self) -> float:
        """Le nombre de contenus qu'un partenaire a le temps de lire dans la semaine."""
        return self.minutes_disponibles / self.minutes_lecture


@dataclass(frozen=True)
class Circulation:
    """Ce qui circule en une semaine, dans un mode donné ; voir `circuler`."""

    mode: str
    liens: int
    """Relations possibles : du CERDD vers chacun, ou entre deux membres quelconques."""
    auteurs: int
    """Ceux qui publient, CERDD compris."""
    contenus: float
    """Contenus publiés par semaine, avant tri."""
    recus: float
    """Contenus qu'un partenaire qui n'écrit pas reçoit par semaine, après tri."""
    lus: float
    """Contenus qu'il a le temps de lire."""
    utiles_lus: float
    """Parmi eux, contenus utiles."""
    lectures_possibles: float
    """Portée : un contenu, lu par un partenaire ou par le CERDD, compte pour une lecture."""
    minutes_demandees: float
    """Minutes qu'il faudrait à ce partenaire pour tout lire."""
    minutes_de_tri: float
    """Minutes que le tri coûte au CERDD par semaine."""

    partenaires: int
    """Partenaires du réseau, sans le CERDD."""

    @property
    def lecteurs_du_cerdd(self) -> float:
        """Partenaires qui lisent, en moyenne, un contenu publié par le CERDD."""
        return self.part_lue * self.partenaires

    @property
    def part_lue(self) -> float:
        """La part des contenus reçus qui est lue (1 si rien n'arrive)."""
        return self.lus / self.recus if self.recus else 1.0

    @property
    def surcharge(self) -> bool:
        """Vrai si le partenaire reçoit plus qu'il ne peut lire."""
        return self.recus > self.lus + 1e-9


def circuler(reseau: Reseau, mode: str, auteurs: int | None = None) -> Circulation:
    """Fait circuler l'information pendant une semaine, dans l'un des deux `MODES`.

    `auteurs` : les partenaires qui publient ; par défaut, ceux du réseau.

    Un vers plusieurs, n partenaires : n liens, tous partant du CERDD. Plusieurs vers plusieurs :
    n + 1 membres, donc n (n + 1) / 2 relations possibles. Chaque contenu a n lecteurs possibles,
    tous les membres sauf son auteur.

    Lève `ErreurCas` si le mode est inconnu.
    """
    if mode not in MODES:
        raise ErreurCas(f"« {mode} » n'est pas un mode. Choisissez : {', '.join(MODES)}.")
    n = reseau.partenaires
    collectif = mode == PLUSIEURS_VERS_PLUSIEURS
    auteurs = (reseau.auteurs if auteurs is None else auteurs) if collectif else 0
    contributions = auteurs * reseau.contributions
    utiles = contributions * reseau.part_utile
    contenus = reseau.publications_cerdd + contributions
    recus = reseau.publications_cerdd + (utiles if reseau.tri else contributions)
    lus = min(recus, reseau.capacite)
    # Sans tri, l'utile et l'inutile arrivent mêlés : on en lit dans la même proportion.
    part_utile = (reseau.publications_cerdd + utiles) / recus if recus else 0.0
    return Circulation(
        mode=mode,
        liens=n * (n + 1) // 2 if collectif else n,
        auteurs=auteurs + 1,
        contenus=contenus,
        recus=recus,
        lus=lus,
        utiles_lus=lus * part_utile,
        lectures_possibles=recus * n,
        minutes_demandees=recus * reseau.minutes_lecture,
        minutes_de_tri=contributions * reseau.minutes_tri if reseau.tri else 0.0,
        partenaires=n,
    )


def auteurs_avant_surcharge(reseau: Reseau) -> int | None:
    """Le plus petit nombre d'auteurs partenaires qui provoque la surcharge.

    None si elle n'arrive jamais, même quand tous les partenaires publient.
    """
    for auteurs in range(reseau.partenaires + 1):
        if circuler(reseau, PLUSIEURS_VERS_PLUSIEURS, auteurs).surcharge:
            return auteurs
    return None


def balayer_auteurs(reseau: Reseau) -> pd.DataFrame:
    """Ce que reçoit et lit un partenaire, de zéro auteur à tous les partenaires.

    Colonnes : `auteurs` (partenaires qui publient), `part_auteurs` (part), `recus`, `lus`,
    `utiles_lus` (contenus par semaine).
    """
    lignes = []
    for auteurs in range(reseau.partenaires + 1):
        c = circuler(reseau, PLUSIEURS_VERS_PLUSIEURS, auteurs)
        lignes.append((auteurs, auteurs / reseau.partenaires, c.recus, c.lus, c.utiles_lus))
    return pd.DataFrame(lignes, columns=["auteurs", "part_auteurs", "recus", "lus", "utiles_lus"])


def essais_reseau(depart: Reseau | None = None) -> pd.DataFrame:
    """Quelques réglages à comparer, une ligne par essai, dans le Web 2.0 sauf le premier.

    Colonnes : `essai`, `recus`, `lus`, `utiles_lus` (contenus par partenaire et par semaine),
    `lecteurs` (partenaires qui lisent un contenu du CERDD), `tri` (durée, en texte).
    """
    r = depart or Reseau()
    moitie, tous = replace(r, part_auteurs=0.5), replace(r, part_auteurs=1)
    lignes = []
    for essai, reseau, mode in (
        ("Web 1.0", r, UN_VERS_PLUSIEURS),
        ("Web 2.0 sans auteurs", replace(r, part_auteurs=0), PLUSIEURS_VERS_PLUSIEURS),
        (f"Web 2.0, {pourcent(r.part_auteurs, 0)} d'auteurs", r, PLUSIEURS_VERS_PLUSIEURS),
        ("Web 2.0, la moitié d'auteurs", moitie, PLUSIEURS_VERS_PLUSIEURS),
        ("Web 2.0, tous auteurs", tous, PLUSIEURS_VERS_PLUSIEURS),
        ("Tous auteurs, et le CERDD trie", replace(tous, tri=True), PLUSIEURS_VERS_PLUSIEURS),
    ):
        c = circuler(reseau, mode)
        lignes.append((essai, round(c.recus, 1), round(c.lus, 1), round(c.utiles_lus, 1),
                       round(c.lecteurs_du_cerdd), heures(c.minutes_de_tri / 60)))  # fmt: skip
    colonnes = ["essai", "recus", "lus", "utiles_lus", "lecteurs", "tri"]
    return pd.DataFrame(lignes, columns=colonnes)


def lire_reseau(reseau: Reseau) -> str:
    """Une ou deux phrases qui lisent la simulation : ce que l'on gagne, ce que l'on perd."""
    avant = circuler(reseau, UN_VERS_PLUSIEURS)
    apres = circuler(reseau, PLUSIEURS_VERS_PLUSIEURS)
    gain = apres.utiles_lus - avant.utiles_lus
    if apres.auteurs == 1:
        return (
            "Aucun partenaire n'écrit : l'outil est ouvert à tous, mais rien ne change. "
            "Un Web 2.0 sans auteurs reste un Web 1.0."
        )
    if abs(gain) < 0.05:
        bilan = "Chaque partenaire lit à peu près autant de contenus utiles qu'avec le Web 1.0"
    else:
        mot = "de plus" if gain > 0 else "de moins"
        bilan = (
            f"Chaque partenaire lit {_contenus(abs(gain))} utile{'s' * (abs(gain) >= 2)} {mot} "
            "par semaine qu'avec le Web 1.0"
        )
    if apres.surcharge:
        suite = (
            f", mais il ne lit que {pourcent(apres.part_lue, 0)} de ce qu'il reçoit : "
            "c'est l'infobésité."
        )
    else:
        suite = ", et il a le temps de tout lire."
    tri = (
        f" Trier coûte au CERDD {heures(apres.minutes_de_tri / 60)} par semaine."
        if reseau.tri
        else ""
    )
    return bilan + suite + tri


def _contenus(valeur: float) -> str:
    return f"{nombre(round(valeur, 1))} contenu{'s' * (valeur >= 2)}"


class Circuler(Exercice):
    """Faire circuler l'information jusqu'à la surcharge. Réponses : les champs de `Reseau`."""

    depart = asdict(Reseau())

    def juger(self, reponses: Mapping) -> dict[str, Verdict]:
        return {"reseau": Verdict("reseau", "constat", lire_reseau(Reseau(**reponses)))}

    def figure(self, reponses: Mapping):
        from .reseau_figure import figure_reseau

        reseau = Reseau(**reponses)
        illustration = figure_reseau(reseau)
        illustration.alternative = f"{lire_reseau(reseau)} {illustration.alternative}"
        return illustration
