"""Construire un indicateur de performance : ce qui manque, une question par champ, une fiche."""

import re
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import NamedTuple

from ..donnees.paquet import Donnees
from ..questions.exercice import Saisies
from ..questions.verdict import Verdict
from .indicateur_figure import FigureFiche

MOTS = 3  # au-dessous, un champ est trop vague pour qu'un autre s'en serve


class ChampDeFiche(NamedTuple):
    """Un champ de la fiche : son nom, ce qui manque sans lui, et ce que l'on demande alors."""

    nom: str
    manque: str
    vide: str
    vague: str


CHAMPS = {
    "nom": ChampDeFiche(
        "Nom de l'indicateur", "le nom",
        "Comment l'appeler, pour que l'on sache tout de suite ce que l'on compte ?",
        "Est-ce une part, un taux, un nombre, un délai, un coût ? De quoi, ou de qui ?",
    ),
    "mesure": ChampDeFiche(
        "Ce qu'il mesure", "ce qu'il mesure",
        "Que compte-t-on exactement, et par rapport à quoi ?",
        "Un autre que vous trouverait-il le même chiffre ? Dites ce que l'on compte, et sur qui.",
    ),
    "dimension": ChampDeFiche(
        "Dimension de la performance", "la dimension",
        "Que juge-t-il : un but atteint, des moyens bien employés, l'équipe, la société… ?", "",
    ),
    "source": ChampDeFiche(
        "Source de la donnée", "la source",
        "Où le CERDD lira-t-il ce chiffre : un document qu'il tient déjà, une enquête à mener ?",
        "Quel document précis, ou quelles personnes à interroger ? Qui s'en charge ?",
    ),
    "frequence": ChampDeFiche(
        "Fréquence", "la fréquence",
        "Tous les combien le relever, pour pouvoir encore réagir ?",
        "À quel moment de l'année, et avec quel relevé le comparer ?",
    ),
    "limite": ChampDeFiche(
        "Limite", "la limite",
        "Que ne dit-il pas ? Comment pourrait-il être bon alors que le CERDD travaille mal ?",
        "Donnez un exemple : dans quel cas ce chiffre tromperait-il la direction ?",
    ),
}  # fmt: skip
AUTRES_DIMENSIONS = {
    "financiere": "Performance financière", "environnementale": "Performance environnementale",
}  # fmt: skip


class Indicateur(Saisies):
    """Construire un indicateur de performance, et en tirer une fiche à recopier.

    Réponses : un texte par champ ; pour la dimension, un choix. Rien n'est juste ni faux.
    """

    cle, titre = "atelier:indicateur", "Ma fiche d'indicateur"
    depart = dict.fromkeys(CHAMPS, "")
    consigne = (
        "<p><strong>Construisez un indicateur, un champ après l'autre.</strong> Rien n'est noté ici : "
        "tant qu'un champ est vide ou trop vague, une question vous aide à le préciser.</p>"
    )

    def __init__(self, donnees: Donnees):
        categories = donnees.table("corrige-categories-dossier-1")
        self.categories = categories[categories["exercice"] == "performance"].sort_values("rang")

    @cached_property
    def possibles(self) -> Mapping[str, dict[str, str]]:
        lues = zip(self.categories["categorie"], self.categories["libelle"], strict=True)
        dimensions = {code: libelle for code, libelle in lues if code != "limite"}
        return {"dimension": dimensions | AUTRES_DIMENSIONS}

    def nommer(self, cle: str) -> str:
        return CHAMPS[cle].nom if cle in CHAMPS else ""

    def ecrits(self, reponses: Mapping) -> dict[str, str]:
        """Ce que dit chaque champ rempli, d'un seul trait."""
        dits = {c: " ".join(str(reponses.get(c) or "").split()) for c in CHAMPS}
        dits["dimension"] = self.possibles["dimension"].get(dits["dimension"], "")
        return {c: dit for c, dit in dits.items() if dit}

    def questions(self, reponses: Mapping) -> dict[str, Verdict]:
        """Une question par champ vide ou trop vague."""
        ecrits, questions = self.ecrits(reponses), {}
        for cle, champ in CHAMPS.items():
            if cle not in ecrits:
                questions[cle] = Verdict("indicateur", "a_completer", champ.vide)
            elif champ.vague and len(re.findall(r"\w[\w'’-]*", ecrits[cle])) < MOTS:
                questions[cle] = Verdict("indicateur", "constat", champ.vague)
        return questions

    def juger(self, reponses: Mapping) -> dict[str, Verdict]:
        """D'abord ce qui manque et la première question, puis une question par champ."""
        questions = self.questions(reponses)
        premiere = [v.phrase for v in questions.values()][:1]
        phrase = " ".join([self.manques(questions), *premiere])
        return {"": Verdict("indicateur", "constat", phrase), **questions}

    def manques(self, questions: Mapping[str, Verdict]) -> str:
        """Où en est la fiche : ce qui manque, ce qui est à préciser."""
        if not questions:
            return (
                "Tous les champs sont remplis. Faites lire la fiche : un camarade saurait-il relever "
                "cet indicateur sans vous ? Recopiez-la ensuite dans votre réponse."
            )
        vides = [CHAMPS[c].manque for c, v in questions.items() if v.etat == "a_completer"]
        vagues = [CHAMPS[c].manque for c, v in questions.items() if v.etat == "constat"]
        dits = [f"Il manque : {', '.join(vides)}."] if vides else []
        return " ".join([*dits, *([f"À préciser : {', '.join(vagues)}."] if vagues else [])])

    def texte(self, reponses: Mapping) -> str:
        """La fiche en texte, à recopier ; un champ vide y reste à remplir."""
        ecrits = self.ecrits(reponses)
        return "\n".join(f"{ch.nom}\u00a0: {ecrits.get(c, '…')}" for c, ch in CHAMPS.items())

    def dessin(self) -> FigureFiche:
        return FigureFiche({cle: champ.nom for cle, champ in CHAMPS.items()}, self.titre)

    def donnees(self, reponses: Mapping, verifies: Collection[str]) -> tuple:
        return (self.ecrits(reponses),)
