"""Les trois exercices de classement du dossier 1."""

from collections.abc import Collection, Mapping
from html import escape

from ..donnees.paquet import Donnees
from ..figures.mise_en_page import Illustration
from ..questions.exercice import Listes, ligne, liste
from ..questions.verdict import Verdict
from ..socle.typographie import typographier
from .classement import (
    DITS,
    categories,
    faits_a_classer,
    phrase_du_bilan,
    verifier_classement,
    verifier_preuve,
)
from .diagnostic_figure import TITRE_ETAGES, FigureEtages, FigureForcesFaiblesses, FigurePreuves


class Classement(Listes):
    """Des faits à classer : une liste de catégories par fait."""

    mots = {etat: dit.capitalize() for etat, dit in DITS.items()}
    nom: str

    def __init__(self, donnees: Donnees):
        self.cle = f"classement:{self.nom}"
        self.faits = faits_a_classer(self.nom, donnees)
        self.categories = categories(self.nom, donnees)
        self.libelles = dict(
            zip(self.categories["categorie"], self.categories["libelle"], strict=True)
        )
        self.lignes = self._lignes()

    def _lignes(self) -> list[dict]:
        return [
            ligne(typographier(f.fait), liste(f.fait_id, self.libelles), detail=f.reference)
            for f in self.faits.itertuples()
        ]

    def solution(self) -> dict[str, str]:
        return dict(zip(self.faits["fait_id"], self.faits["categorie"], strict=True))

    def juger(self, reponses: Mapping[str, str]) -> dict[str, Verdict]:
        classement = verifier_classement(reponses, self.faits)
        return dict(zip(classement["fait_id"], classement["verdict"], strict=True))

    def bilan(self, choisis: int, verdicts: list[Verdict]) -> str:
        total = len(self.cles)
        if verdicts:
            return phrase_du_bilan(verdicts, total)
        suite = " Pressez « Vérifier » quand vous voulez." if choisis else ""
        return f"Choisis : {choisis} sur {total}.{suite}"

    def donnees(self, reponses: Mapping[str, str], verifies: Collection[str]) -> tuple:
        return verifier_classement(reponses, self.faits), set(verifies)


class Finalites(Classement):
    """Finalité, mission, objectif ou moyen ? Des phrases des annexes à classer."""

    nom, titre = "finalites", "Phrases à classer"
    consigne = (
        "<p><strong>Pour chaque phrase, choisissez.</strong> Demandez-vous à quelle question "
        "elle répond : pourquoi ? quoi ? jusqu'où ? avec quoi ?</p>"
    )

    def dessin(self):
        return FigureEtages(self.categories, TITRE_ETAGES)


class Diagnostic(Classement):
    """Force, faiblesse, ou ni l'une ni l'autre ? Les faits des annexes à classer."""

    nom, titre = "diagnostic", "Faits à classer"

    def __init__(self, donnees: Donnees):
        super().__init__(donnees)
        self.domaines = categories("domaines", donnees)
        definitions = "".join(
            f"<li><strong>{escape(c.libelle)}</strong> : {escape(c.definition)}</li>"
            for c in self.categories.itertuples()
        )
        self.consigne = f"<ul class='cerdd-definitions'>{definitions}</ul>"

    def dessin(self):
        return FigureForcesFaiblesses(self.domaines)


class Performance(Classement):
    """Une preuve pour chaque dimension de la performance, et une limite."""

    nom, titre = "performance", "Preuves à choisir"
    consigne = (
        "<p><strong>Pour chaque dimension, choisissez la preuve qui convient.</strong> Un même "
        "fait ne sert qu'une fois. La dernière ligne demande une limite.</p>"
    )

    def _lignes(self) -> list[dict]:
        tries = self.faits.sort_values("court")
        preuves = dict(zip(tries["fait_id"], tries["court"], strict=True))
        return [
            ligne(typographier(f"{c.libelle}. {c.definition}"), liste(c.categorie, preuves))
            for c in self.categories.itertuples()
        ]

    def solution(self) -> dict[str, str]:
        premiers = self.faits.sort_values("rang").drop_duplicates("categorie")
        return dict(zip(premiers["categorie"], premiers["fait_id"], strict=True))

    def juger(self, reponses: Mapping[str, str]) -> dict[str, Verdict]:
        verdicts = {}
        for cle in self.libelles:
            fait = reponses.get(cle)
            deja = [self.libelles[c] for c, f in reponses.items() if f == fait and c != cle]
            verdicts[cle] = verifier_preuve(cle, fait, self.faits, deja)
        return verdicts

    def dessin(self):
        return FigurePreuves(self.categories)

    def donnees(self, reponses: Mapping[str, str], verifies: Collection[str]) -> tuple:
        faits, verdicts = self.faits.set_index("fait_id"), self.juger(reponses)
        attente = Verdict("performance", "a_completer", "Preuve à choisir.")
        lignes = self.categories.copy()
        lignes["verdict"] = [verdicts[c] if c in verifies else attente for c in self.libelles]
        for colonne in ("court", "reference"):
            lignes[colonne] = [
                faits.at[reponses[c], colonne] if c in reponses else "" for c in self.libelles
            ]
        return (lignes,)


def figure_classement(cas, exercice: str) -> Illustration:
    """Le classement proposé par la collection pour un des ateliers du dossier 1.

    `exercice` : « finalites », « diagnostic » ou « performance ». Lève `ErreurCas` pour un autre.
    """
    faits_a_classer(exercice, cas)
    classe = next(c for c in (Finalites, Diagnostic, Performance) if c.nom == exercice)
    return classe(cas).figure_proposee()
