"""Les quatre exercices de classement du dossier 1 : leurs faits, leurs verdicts."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from html import escape
from typing import Any

import pandas as pd

from ..donnees.lecture import passage
from ..donnees.paquet import Donnees
from ..figures.mise_en_page import Illustration
from ..questions.exercice import Listes, a_choisir, ligne
from ..questions.registre import confusions
from ..questions.verdict import Verdict
from ..socle.erreurs import NomInconnu
from ..socle.references import citer
from ..socle.typographie import pluriel
from .diagnostic_figure import (
    DITS,
    TITRE_ETAGES,
    FigureEtages,
    FigureForcesFaiblesses,
    FigurePreuves,
)


def textes_des_faits(donnees: Donnees) -> pd.DataFrame:
    """Le texte et la source de chaque fait à classer, indexés par `fait_id`.

    Colonnes : `fait` (une phrase, ou un élément du plan de l'annexe 9), `preuve` (« A1§15 ») et
    `reference` (« annexe 1, § 15 »).
    """
    morceaux = []
    for sigle, numero in (("INT", "introduction"), ("A1", 1), ("A7", 7), ("A9", 9)):
        tableau = donnees.annexe(numero).rename(columns={"item_id": "fait_id", "item": "fait"})
        tableau["preuve"] = [f"{sigle}§{p}" for p in tableau["paragraphe"]]
        tableau["reference"] = tableau["preuve"].map(citer)
        morceaux.append(tableau[["fait_id", "fait", "preuve", "reference"]])
    return pd.concat(morceaux).set_index("fait_id")


def faits_a_classer(exercice: str, donnees: Donnees) -> pd.DataFrame:
    """Les faits d'un exercice de classement, dans l'ordre de présentation.

    `exercice` : « finalites », « diagnostic », « performance » ou « strategie » (voir
    `data/corrige/tris_dossier_1.csv`). Colonnes : celles de ce tableau, plus `attendue` (le nom de
    sa catégorie), `fait` et `reference`.

    Lève `ErreurCas` si l'exercice n'existe pas.
    """
    tris = donnees.table("corrige-tris-dossier-1")
    choisis = tris[tris["exercice"] == exercice]
    if choisis.empty:
        connus = tris["exercice"].unique()
        raise NomInconnu(f"« {exercice} » n'est pas un classement", exercice, connus)
    noms = categories(exercice, donnees).set_index("categorie")["libelle"]
    choisis = choisis.assign(attendue=choisis["categorie"].map(noms))
    return choisis.join(textes_des_faits(donnees), on="fait_id").reset_index(drop=True)


def categories(exercice: str, donnees: Donnees) -> pd.DataFrame:
    """Les catégories d'un classement, dans l'ordre : `categorie`, `libelle`, `definition`."""
    tableau = donnees.table("corrige-categories-dossier-1")
    choisies = tableau[tableau["exercice"] == exercice].sort_values("rang")
    return choisies[["categorie", "libelle", "definition"]].reset_index(drop=True)


def _etat(fait: Any, reponse: str | None) -> str:
    if not reponse:
        return "a_completer"
    if reponse == fait.categorie:
        return "juste"
    admises = fait.admis.split() if isinstance(fait.admis, str) else ()
    return "presque" if reponse in admises else "faux"


def phrase_du_bilan(verdicts: list[Verdict], total: int) -> str:
    """Combien de faits sont vérifiés, et ce que l'on en a dit."""
    etats = [v.etat for v in verdicts]
    morceaux = [
        f"{(n := etats.count(etat))} {pluriel(DITS[etat], n) if etat == 'juste' else DITS[etat]}"
        for etat in ("juste", "presque", "faux")
    ]
    return f"Vérifiés : {len(verdicts)} sur {total} — {', '.join(morceaux)}."


class Classement(Listes):
    """Des faits à classer : une liste de catégories par fait."""

    mots = {etat: dit.capitalize() for etat, dit in DITS.items()}
    nom: str
    relance: str  # la question que pose une première erreur

    def __init__(self, donnees: Donnees):
        self.cle = f"classement:{self.nom}"
        self.faits = faits_a_classer(self.nom, donnees)
        self.categories = categories(self.nom, donnees)
        self.confusion = confusions(self.nom, donnees)
        self.libelles = dict(
            zip(self.categories["categorie"], self.categories["libelle"], strict=True)
        )
        self.passages = {
            f.fait_id: passage(donnees, f.preuve, [f.fait_id]) for f in self.faits.itertuples()
        }
        self.lignes = self._lignes()
        # D'un geste à l'autre, les mêmes réponses se jugent puis se dessinent : une fois suffit.
        self._classer = lru_cache(maxsize=4)(lambda reponses: self.classer(dict(reponses)))

    def _lignes(self) -> list[dict]:
        return [
            ligne(
                f.fait,
                a_choisir(f.fait_id, self.libelles),
                detail=f.reference,
                passage=self.passages[f.fait_id],
            )
            for f in self.faits.itertuples()
        ]

    def solution(self) -> dict[str, str]:
        return dict(zip(self.faits["fait_id"], self.faits["categorie"], strict=True))

    def classer(self, reponses: Mapping[str, str]) -> pd.DataFrame:
        """Compare un classement à celui que nous proposons.

        `reponses` : catégorie choisie par `fait_id` ; un fait absent n'est pas classé. Renvoie
        `faits` avec `reponse` (vide si le fait n'est pas classé) et `verdict`, un `Verdict` :
        `juste`, `presque` (une autre réponse que l'on peut défendre), `faux` ou `a_completer`.
        """
        lues = [reponses.get(fait) for fait in self.faits["fait_id"]]
        paires = zip(self.faits.itertuples(), lues, strict=True)
        return self.faits.assign(reponse=lues, verdict=[self._verdict(*p) for p in paires])

    def _verdict(self, fait: Any, reponse: str | None) -> Verdict:
        etat, retenu = _etat(fait, reponse), f"« {fait.attendue} ». {fait.explication}"
        if etat == "juste":
            return Verdict(self.nom, etat, fait.explication)
        if etat == "presque":
            return Verdict(self.nom, etat, f"Cela se défend. Nous avons retenu {retenu}")
        if etat == "a_completer":
            return Verdict(self.nom, etat, "À classer.")
        return Verdict(
            self.nom, etat, self.confusion(str(reponse), fait.categorie, fait.fait_id),
            paragraphe=fait.preuve, relance=self.relance, proposee=f"Réponse proposée : {retenu}",
        )  # fmt: skip

    def juger(self, reponses: Mapping[str, str]) -> dict[str, Verdict]:
        classement = self._classer(tuple(reponses.items()))
        return dict(zip(classement["fait_id"], classement["verdict"], strict=True))

    def bilan(self, choisis: int, verdicts: list[Verdict]) -> str:
        total = len(self.cles)
        if verdicts:
            return phrase_du_bilan(verdicts, total)
        suite = " Pressez « Vérifier » quand vous voulez." if choisis else ""
        return f"Choisis : {choisis} sur {total}.{suite}"

    def donnees(self, reponses: Mapping[str, str], verifies: Collection[str]) -> tuple:
        return self._classer(tuple(reponses.items())), set(verifies)


class Finalites(Classement):
    """Finalité, mission, objectif ou moyen ? Des phrases des annexes à classer."""

    nom, titre = "finalites", "Phrases à classer"
    relance = "Cette phrase dit-elle pourquoi, quoi, jusqu'où ou avec quoi ?"
    consigne = (
        "<p><strong>Pour chaque phrase, choisissez.</strong> Demandez-vous à quelle question "
        "elle répond : pourquoi ? quoi ? jusqu'où ? avec quoi ?</p>"
    )

    def dessin(self) -> FigureEtages:
        return FigureEtages(self.categories, TITRE_ETAGES)


class DiagnosticInterne(Classement):
    """Force, faiblesse, ou ni l'une ni l'autre ? Les faits des annexes à classer."""

    nom, titre = "diagnostic", "Faits à classer"
    relance = "Est-ce dans l'organisation ou au-dehors ? Cela l'aide-t-il, ou la freine-t-il ?"

    def __init__(self, donnees: Donnees):
        super().__init__(donnees)
        self.domaines = categories("domaines", donnees)
        definitions = "".join(
            f"<li><strong>{escape(c.libelle)}</strong> : {escape(c.definition)}</li>"
            for c in self.categories.itertuples()
        )
        self.consigne = f"<ul class='cerdd-definitions'>{definitions}</ul>"

    def dessin(self) -> FigureForcesFaiblesses:
        return FigureForcesFaiblesses(self.domaines)


class Performance(Classement):
    """Une preuve pour chaque dimension de la performance, et une limite."""

    nom, titre = "performance", "Preuves à choisir"
    relance = "Que mesure ce fait ? Comparez-le à la question que pose cette ligne."
    consigne = (
        "<p><strong>Pour chaque dimension, choisissez la preuve qui convient.</strong> Un même "
        "fait ne sert qu'une fois. La dernière ligne demande une limite.</p>"
    )

    def __init__(self, donnees: Donnees):
        self.source = donnees
        super().__init__(donnees)

    def _lignes(self) -> list[dict]:
        tries = self.faits.sort_values("court")
        self.preuves = {f.fait_id: f for f in tries.itertuples()}
        choix = {fait: preuve.court for fait, preuve in self.preuves.items()}
        return [
            ligne(f"{c.libelle}. {c.definition}", a_choisir(c.categorie, choix))
            for c in self.categories.itertuples()
        ]

    def solution(self) -> dict[str, str]:
        premiers = self.faits.sort_values("rang").drop_duplicates("categorie")
        return dict(zip(premiers["categorie"], premiers["fait_id"], strict=True))

    def juger(self, reponses: Mapping[str, str]) -> dict[str, Verdict]:
        """Un fait ne sert qu'une fois : ailleurs qu'à sa place, il est alors à changer."""
        return {c: self._juger(c, reponses) for c in self.libelles}

    def _juger(self, dimension: str, reponses: Mapping[str, str]) -> Verdict:
        if not (choisi := reponses.get(dimension)):
            return Verdict(self.nom, "a_completer", "Preuve à choisir.")
        fait, deja = self.preuves[choisi], [c for c, f in reponses.items() if f == choisi]
        etat, deja = _etat(fait, dimension), [self.libelles[c] for c in deja if c != dimension]
        if etat != "juste" and deja:
            phrase = (
                f"Fait déjà employé pour : {', '.join(deja)}. Un même fait ne sert qu'une fois : "
                "choisissez-en un autre."
            )
            return Verdict(self.nom, "faux", phrase, relance=phrase)
        dit = f"« {fait.fait} » ({fait.reference}). {fait.explication}"
        if etat != "faux":
            return Verdict(self.nom, etat, dit)
        propose = self.preuves[self.solution()[dimension]]
        return Verdict(
            self.nom, etat, self.confusion(dimension, fait.categorie, choisi),
            paragraphe=fait.preuve, faits=(choisi,), relance=self.relance,
            proposee=f"Réponse proposée : « {propose.fait} » ({propose.reference}). {propose.explication}",
        )  # fmt: skip

    def dessin(self) -> FigurePreuves:
        return FigurePreuves(self.categories)

    def donnees(self, reponses: Mapping[str, str], verifies: Collection[str]) -> tuple:
        verdicts, choisies = self.juger(reponses), [reponses.get(c) for c in self.libelles]
        attente = Verdict("performance", "a_completer", "Preuve à choisir.")
        lignes = self.categories.copy()
        lignes["verdict"] = [verdicts[c] if c in verifies else attente for c in self.libelles]
        for colonne in ("court", "reference"):
            lignes[colonne] = [getattr(self.preuves.get(f), colonne, "") for f in choisies]
        return (lignes,)


class Strategie(Classement):
    """Stratégie délibérée ou émergente ? Des faits des annexes 1 et 7 à classer."""

    nom, titre = "strategie", "Faits à classer"
    relance = "Qui fait ce choix, et à quel moment ?"
    consigne = (
        "<p><strong>Pour chaque fait, choisissez.</strong> Le choix est-il arrêté d'avance, ou "
        "naît-il en chemin ? Quelques faits se discutent : ayez un argument pour chaque côté.</p>"
    )

    def dessin(self) -> FigureEtages:
        return FigureEtages(self.categories, "Du plan au terrain")


EXERCICES: dict[str, type[Classement]] = {
    classe.nom: classe for classe in (Finalites, DiagnosticInterne, Performance, Strategie)
}


def figure_classement(cas: Donnees, exercice: str = "") -> Illustration:
    """Le classement proposé par la collection pour un des ateliers du dossier 1.

    `exercice` : « finalites », « diagnostic », « performance » ou « strategie ». Lève `ErreurCas`
    pour un autre.
    """
    faits_a_classer(exercice, cas)
    return EXERCICES[exercice](cas).figure_proposee()
