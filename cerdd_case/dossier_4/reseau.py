"""Deux façons de faire circuler l'information, jusqu'à la surcharge."""

from dataclasses import dataclass

import pandas as pd

from ..socle.erreurs import ErreurCas
from ..socle.nombres import heures, lire_nombre, nombre, pourcent
from ..socle.typographie import pluriel

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
MODES = ("Un vers plusieurs (Web 1.0)", "Plusieurs vers plusieurs (Web 2.0)")


@dataclass(frozen=True)
class Reseau:
    """Un réseau de partenaires autour du CERDD, pendant une semaine (modèle de la collection).

    `LIMITES_RESEAU` dit ce qu'est chaque champ. Les auteurs sont arrondis au nombre entier ; `tri` :
    le CERDD écarte les contributions des partenaires qui ne sont pas utiles.

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

    def __post_init__(self) -> None:
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
            if champ == "partenaires" and valeur != int(valeur):
                raise ErreurCas(f"{champ}, {libelle} : un nombre entier est attendu.")
            object.__setattr__(self, champ, int(valeur) if champ == "partenaires" else valeur)

    @property
    def auteurs(self) -> int:
        """Le nombre de partenaires qui publient, au plus proche (une moitié compte pour un)."""
        return int(self.partenaires * self.part_auteurs + 0.5 + 1e-9)

    @property
    def capacite(self) -> float:
        """Le nombre de contenus qu'un partenaire a le temps de lire dans la semaine."""
        return self.minutes_disponibles / self.minutes_lecture


class Circulation:
    """Ce qui circule en une semaine dans un réseau ; `collectif` : dans le second des `MODES`.

    - `liens` : relations possibles. Un vers plusieurs, n partenaires : n liens, tous partant du
      CERDD. Plusieurs vers plusieurs : n + 1 membres, donc n (n + 1) / 2 ;
    - `auteurs` : ceux qui publient, CERDD compris (par défaut, les partenaires qui publient dans ce
      réseau, et lui) ; `contenus` : ce qu'ils publient, avant tri ;
    - `recus` : contenus qu'un partenaire qui n'écrit pas reçoit, après tri ; `lus` : ceux qu'il a
      le temps de lire ; `utiles_lus` : parmi eux, les utiles ; `part_lue` : 1 si rien n'arrive ;
    - `lectures_possibles` : la portée, n lecteurs par contenu (tous les membres sauf son auteur) ;
      `lecteurs_du_cerdd` : partenaires qui lisent, en moyenne, un contenu du CERDD ;
    - `minutes_demandees` : pour qu'un partenaire lise tout ; `minutes_de_tri` : pour le CERDD.
    """

    def __init__(self, reseau: Reseau, collectif: bool, auteurs: int | None = None):
        n, publient = reseau.partenaires, reseau.auteurs if auteurs is None else auteurs
        publient *= collectif
        contributions = publient * reseau.contributions
        utiles = contributions * reseau.part_utile
        recus = reseau.publications_cerdd + (utiles if reseau.tri else contributions)
        # Sans tri, l'utile et l'inutile arrivent mêlés : on en lit dans la même proportion.
        part_utile = (reseau.publications_cerdd + utiles) / recus if recus else 0.0
        self.liens = n * (n + 1) // 2 if collectif else n
        self.auteurs = publient + 1
        self.contenus = reseau.publications_cerdd + contributions
        self.recus, self.lus = recus, min(recus, reseau.capacite)
        self.utiles_lus = self.lus * part_utile
        self.part_lue = self.lus / recus if recus else 1.0
        self.surcharge = recus > self.lus + 1e-9
        self.lectures_possibles = recus * n
        self.lecteurs_du_cerdd = self.part_lue * n
        self.minutes_demandees = recus * reseau.minutes_lecture
        self.minutes_de_tri = contributions * reseau.minutes_tri if reseau.tri else 0.0


def circuler(reseau: Reseau) -> tuple[Circulation, Circulation]:
    """Ce qui circule dans le Web 1.0, puis dans le Web 2.0."""
    return Circulation(reseau, False), Circulation(reseau, True)


def balayer_auteurs(reseau: Reseau) -> list[Circulation]:
    """Ce qui circule dans le Web 2.0, de zéro partenaire qui publie à tous les partenaires."""
    return [Circulation(reseau, True, auteurs) for auteurs in range(reseau.partenaires + 1)]


def auteurs_avant_surcharge(reseau: Reseau) -> int | None:
    """Le plus petit nombre d'auteurs partenaires qui provoque la surcharge ; None sans surcharge."""
    return next((i for i, c in enumerate(balayer_auteurs(reseau)) if c.surcharge), None)


def lire_seuil(reseau: Reseau) -> str:
    """Où commence la surcharge, une fois que les auteurs de ce réseau l'ont provoquée ; avant, la question."""
    seuil, auteurs, combien = auteurs_avant_surcharge(reseau), reseau.auteurs, reseau.partenaires
    if seuil is not None and seuil <= auteurs:
        return (
            f"La surcharge commence à {nombre(seuil)} {pluriel('auteur', seuil)} sur "
            f"{nombre(combien)} {pluriel('partenaire', combien)} "
            f"({pourcent(seuil / combien, 0)}) ; vous en avez {nombre(auteurs)}."
        )
    if auteurs == combien:
        return "Avec ces réglages, il n'y a jamais surcharge, même si tous publient."
    return "Chacun a encore le temps de tout lire : à partir de combien d'auteurs ne l'aura-t-il plus ?"


def essais_reseau() -> pd.DataFrame:
    """Quelques réglages à comparer, une ligne par essai, dans le Web 2.0 sauf le premier.

    Contenus par partenaire et par semaine, partenaires qui lisent un contenu du CERDD, durée du tri
    (en texte) : les colonnes portent leurs noms pour un lecteur.
    """
    lignes = []
    for essai, changements in (
        ("Web 1.0", {}),
        ("Web 2.0 sans auteurs", {"part_auteurs": 0}),
        (f"Web 2.0, {pourcent(Reseau.part_auteurs, 0)} d'auteurs", {}),
        ("Web 2.0, la moitié d'auteurs", {"part_auteurs": 0.5}),
        ("Web 2.0, tous auteurs", {"part_auteurs": 1}),
        ("Tous auteurs, et le CERDD trie", {"part_auteurs": 1, "tri": True}),
    ):
        c = circuler(Reseau(**changements))[essai != "Web 1.0"]
        lignes.append({
            "Essai": essai, "Contenus reçus": round(c.recus, 1), "Lus": round(c.lus, 1),
            "Utiles lus": round(c.utiles_lus, 1),
            "Lecteurs d'un contenu du CERDD": round(c.lecteurs_du_cerdd),
            "Temps de tri": heures(c.minutes_de_tri / 60),
        })  # fmt: skip
    return pd.DataFrame(lignes)


def lire_reseau(reseau: Reseau) -> str:
    """Une ou deux phrases qui lisent la simulation : ce que l'on gagne, ce que l'on perd."""
    avant, apres = circuler(reseau)
    if apres.auteurs == 1:
        return (
            "Aucun partenaire n'écrit : l'outil est ouvert à tous, mais rien ne change. "
            "Un Web 2.0 sans auteurs reste un Web 1.0."
        )
    gain = apres.utiles_lus - avant.utiles_lus
    if abs(gain) < 0.05:
        bilan = "Chaque partenaire lit à peu près autant de contenus utiles qu'avec le Web 1.0"
    else:
        combien, sens = round(abs(gain), 1), "plus" if gain > 0 else "moins"
        bilan = (
            f"Chaque partenaire lit {nombre(combien)} {pluriel('contenu utile', combien)} de {sens} "
            "par semaine qu'avec le Web 1.0"
        )
    suite = ", et il a le temps de tout lire."
    if apres.surcharge:
        lue = pourcent(apres.part_lue, 0)
        suite = f", mais il ne lit que {lue} de ce qu'il reçoit : c'est l'infobésité."
    duree = heures(apres.minutes_de_tri / 60)
    tri = f" Trier coûte au CERDD {duree} par semaine." if reseau.tri else ""
    return bilan + suite + tri
