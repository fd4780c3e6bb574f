"""Où en est l'élève : ce qui est répondu, vérifié, auto-évalué, question par question."""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from string import whitespace
from typing import Any

import pandas as pd

from ..socle.carnet import du_genre, texte
from ..socle.identite import contenu_du_carnet
from ..socle.memoire import Memoire
from ..socle.nombres import nombre
from ..socle.typographie import pluriel, typographier
from .registre import Registre

A_FAIRE, SANS_OBJET, INCONNU = "… à faire", "–", "inconnue"
VUE_SANS_REPONSE = "grille vue sans réponse"
NE_COMPTE_PAS = "compte avec une réponse écrite"
AFFECTATION = re.compile(r"\s*\w+\s*=(?!=)")
INVITE = "réponse {} : écrivez sous cette ligne"  # la première ligne d'une zone de réponse
# Entière, ou à moitié effacée : ce qui en reste jusqu'au bout de la ligne n'est pas une réponse.
REPERE = re.compile(r"\s*réponse (\S+)[ \u00a0]?: (?:écrivez sous cette ligne|écri[^\n]*)\n?")
BLANCS = f"\u200b\u2060\ufeff{whitespace}\u00a0\u202f"
MOTS = 3  # une lettre ou un mot n'est pas encore une réponse


def texte_ecrit(source: str) -> str:
    """Ce que l'élève a tapé dans une zone de réponse, sans sa première ligne, signe pour signe."""
    return REPERE.sub("", source, count=1) if REPERE.match(source) else source


def est_repondu(source: str) -> bool:
    """Y a-t-il là une réponse ? Il y faut au moins `MOTS` mots."""
    return len(re.findall(r"\w+", texte_ecrit(source).strip(BLANCS))) >= MOTS


def cellules_de_reponse(contenu: dict | None) -> Iterator[tuple[str, str, str]]:
    """La question, le genre (`texte`, `code`, `calcul`) et le contenu de chaque cellule de réponse.

    Une cellule de réponse se reconnaît à sa métadonnée `reponse`, ou à sa première ligne
    (« réponse 2.1 : écrivez sous cette ligne ») si elle a été recopiée. Changée de genre par mégarde
    (texte mis en forme, code), elle compte comme les autres ; la cellule de code d'une réponse
    chiffrée n'est pas un texte, mais un `calcul`.
    """
    for cellule in (contenu or {"cells": []})["cells"]:
        if not isinstance(cellule, dict):
            continue
        source, meta = texte(cellule.get("source")), du_genre(dict, cellule.get("metadata"))
        repere = REPERE.match(source)
        question = str(meta.get("reponse") or (repere[1] if repere else ""))
        chiffree = not repere and AFFECTATION.match(source)
        if not question:
            continue
        if chiffree or str(cellule.get("id", "")).endswith("-code"):
            yield question, "calcul", source
        else:
            en_code = cellule.get("cell_type") == "code" and not repere
            yield question, "code" if en_code else "texte", source


def reponses(carnet: Path | None) -> dict[str, bool]:
    """Chaque question dont le carnet enregistré a la cellule de réponse, et s'il y a du texte dedans."""
    textes: dict[str, list[str]] = {}
    codes: dict[str, list[str]] = {}
    for question, genre, source in cellules_de_reponse(contenu_du_carnet(carnet)):
        if genre != "calcul":
            (codes if genre == "code" else textes).setdefault(question, []).append(source)
    # Du code sans repère n'est une réponse écrite que si la question n'a pas d'autre cellule.
    return {q: any(map(est_repondu, sources)) for q, sources in (codes | textes).items()}


def avancement(
    donnees: Registre, memoire: Memoire, carnet: Path | None, dossier: int | None = None
) -> pd.DataFrame:
    """Une ligne par question : `question, titre, reponse, verification, evaluation, fait`.

    `reponse` vient du dernier enregistrement du carnet ; `verification` des réponses chiffrées ;
    `evaluation` de la grille, et si on l'a ouverte avant de répondre. `fait` : tout ce que
    la question demande est fait.
    """
    ecrites = reponses(carnet)
    dit = {None: INCONNU, True: "✔ écrite", False: A_FAIRE}
    lignes = []
    for q in donnees.table("corrige-questions").itertuples():
        if dossier in (None, q.dossier):
            etapes = (
                dit[ecrites.get(q.question)],
                _verification(donnees, q.question, memoire),
                _score(donnees, q, memoire, ecrites.get(q.question)),
            )
            lignes.append((q.question, q.titre, *etapes, all(e[0] in "✔–" for e in etapes)))
    colonnes = ["question", "titre", "reponse", "verification", "evaluation", "fait"]
    return pd.DataFrame(lignes, columns=colonnes)


def _verification(donnees: Registre, question: str, memoire: Memoire) -> str:
    codes = [c for c in donnees.controles if c[:3] == question]
    if not codes:
        return SANS_OBJET
    verdicts = [memoire.lire(f"verdict:{c}") for c in codes]
    justes = verdicts.count("juste")
    compte = f"{justes} {pluriel('juste', justes)} sur {len(codes)}"
    if verdicts.count(None) == len(codes):
        return A_FAIRE
    if any(v not in (None, "juste") for v in verdicts):
        return f"✘ à revoir ({compte})"
    return "✔ juste" if justes == len(codes) else f"… {compte}"


def _score(donnees: Registre, q: Any, memoire: Memoire, ecrite: bool | None) -> str:
    coches = points_coches(donnees, memoire, q.question)
    vue = f" ({VUE_SANS_REPONSE})" if memoire.lire(f"grille_vue:{q.question}") else ""
    if coches.empty:
        return A_FAIRE + vue
    score = f"{nombre(coches['points'].sum())} sur {nombre(q.points)} pt"
    return f"… {score}, {NE_COMPTE_PAS}{vue}" if ecrite is False else f"✔ {score}{vue}"


def points_coches(donnees: Registre, memoire: Memoire, question: str) -> pd.DataFrame:
    """Les points attendus que l'élève a cochés dans la grille d'une question ; voir `attendus`."""
    points = donnees.table("corrige-attendus").sort_values(["question", "rang"])
    coches = points["attendu_id"].isin(memoire.lire(f"grille:{question}", []))
    return points[coches & (points["question"] == question)]


def points_obtenus(donnees: Registre, memoire: Memoire, carnet: Path | None, dossier: int) -> float:
    """Les points qu'un élève s'est donnés dans les grilles d'un dossier.

    Une question sans réponse écrite, ou dont la réponse est effacée, n'en compte aucun.
    """
    questions, ecrites = donnees.table("corrige-questions"), reponses(carnet)
    siennes = questions.loc[questions["dossier"] == dossier, "question"]
    comptees = [q for q in siennes if ecrites.get(q) is not False]
    return float(sum(points_coches(donnees, memoire, q)["points"].sum() for q in comptees))


def points_du_bareme(donnees: Registre, dossier: int | None = None) -> float:
    """Les points du barème pour un dossier, ou pour tout le cas."""
    questions = donnees.table("corrige-questions")
    return float(
        questions.loc[questions["dossier"].eq(dossier) | (dossier is None), "points"].sum()
    )


def compte_des_questions(faites: int, total: int) -> str:
    """« 2 questions faites sur 4 »."""
    return f"{faites} {pluriel('question faite', faites)} sur {total}"


class Avancement:
    """L'avancement, prêt à lire : une barre de progression et un tableau."""

    def __init__(self, lignes: pd.DataFrame, enregistre: bool):
        self.lignes, self.enregistre = lignes, enregistre

    @property
    def barre(self) -> str:
        """La progression en toutes lettres : `▰▰▱▱ 2 questions faites sur 4`."""
        faites, total = int(self.lignes["fait"].sum()), len(self.lignes)
        return f"{'▰' * faites}{'▱' * (total - faites)} {compte_des_questions(faites, total)}"

    @property
    def note(self) -> str:
        """D'où viennent les réponses, et ce que l'on ne peut pas voir."""
        if not self.enregistre:
            return (
                "Les réponses écrites ne se voient qu'en ouvrant le carnet dans JupyterLab ; le "
                "reste est gardé en mémoire seulement et sera perdu à l'arrêt de Python."
            )
        if len(self.lignes) and (self.lignes["reponse"] == INCONNU).all():
            return (
                "Les réponses écrites sont inconnues : le carnet enregistré est introuvable ou "
                "illisible. Enregistrez-le (Ctrl+S), puis relancez la cellule."
            )
        return "Les réponses écrites sont celles du dernier enregistrement (Ctrl+S)."

    def __str__(self) -> str:
        lignes = [
            f"{r.question} {r.titre} : réponse {r.reponse} ; vérification {r.verification} ; "
            f"auto-évaluation {r.evaluation}"
            for r in self.lignes.itertuples()
        ]
        return "\n".join([self.barre, *lignes, self.note])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        from ..donnees.tableau import Tableau

        tableau = Tableau(
            self.lignes.drop(columns="fait"),
            titres={"question": "Question", "titre": "Titre", "reponse": "Réponse",
                    "verification": "Vérification", "evaluation": "Auto-évaluation"},
        )  # fmt: skip
        return typographier(
            f"<p style='font-size:1.2em'><strong>{escape(self.barre)}</strong></p>"
            f"{tableau._repr_html_()}<p style='opacity:0.8'>{escape(self.note)}</p>"
        )
