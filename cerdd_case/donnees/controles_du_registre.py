"""Les contrôles des questions, des faits et de ce qui les cite."""

import math
import re
from collections.abc import Callable
from functools import partial

import pandas as pd

from ..socle.erreurs import ErreurDonnees
from ..socle.nombres import euros, nombre
from .cases import Table
from .champ import proposer

Lire = Callable[[str], Table]


AU_CALCUL_PRES = 1e-6  # des nombres décimaux qui devraient être égaux


def controler_grandeur(
    lieu: str, montant: float, ecrit: str, repere: float, ou: str, unite: str
) -> None:
    """Mille fois trop, ou trop peu, pour le même genre de montant : l'unité n'est pas la bonne."""
    if montant > 0 and repere > 0 and not 1 / 30 < montant / repere < 30:
        raise ErreurDonnees(
            f"{lieu} : {ecrit} n'est pas du même ordre que {euros(repere)} ({ou}). Le montant "
            f"s'écrit {unite} : corrigez l'un ou l'autre."
        )


def controler_unites(table: Table, lire: Lire) -> None:
    """Un fait qui porte un nombre porte son unité, et seulement lui ; c'est celle que le code lit."""
    attendues = table.description.champ("fait_id").indispensables
    for rang, fait in enumerate(table.valeurs.itertuples()):
        if pd.isna(fait.valeur) != pd.isna(fait.unite):
            vide = "valeur" if pd.isna(fait.valeur) else "unite"
            raise ErreurDonnees(
                f"{table.ou(rang, vide)} : la case est vide, or le nombre du fait {fait.fait_id} et "
                "son unité vont ensemble. Remplissez ou videz les deux."
            )
        if pd.isna(fait.valeur):
            continue
        attendue = attendues.get(fait.fait_id)
        if attendue and fait.unite != attendue:
            raise ErreurDonnees(
                f"{table.ou(rang, 'unite')} : « {fait.unite} » ne convient pas, car les calculs "
                f"lisent le fait {fait.fait_id} en « {attendue} ». Écrivez {attendue}, et le nombre "
                "dans cette unité."
            )
        bas, haut = GRANDEURS.get(fait.unite, (-math.inf, math.inf))
        if not bas <= fait.valeur <= haut or (fait.unite == "annee" and fait.valeur % 1):
            raise ErreurDonnees(
                f"{table.ou(rang, 'valeur')} : {nombre(fait.valeur)} ne convient pas à l'unité "
                f"« {fait.unite} » (de {bas} à {haut}). Corrigez le nombre ou l'unité."
            )


def controler_repli(table: Table, lire: Lire) -> None:
    """Le montant de secours de l'énoncé remplace les dépenses de personnel, en euros."""
    budget = lire("annexe-04-budget-previsionnel")
    personnel = budget.valeurs.set_index("poste").at["personnel", "montant_eur"]
    rang = table.valeurs["fait_id"].tolist().index("D2-15")
    lieu, montant = table.ou(rang, "valeur"), table.valeurs.at[rang, "valeur"]
    ou = budget.colonne("montant_eur")
    controler_grandeur(lieu, montant, euros(montant), personnel, ou, "en euros")


def controler_periode(table: Table, lire: Lire, debut: str, fin: str) -> None:
    """Ce qui finit a commencé avant."""
    codes = table.valeurs["fait_id"].tolist()
    annees = [table.valeurs.at[codes.index(code), "valeur"] for code in (debut, fin)]
    if annees[0] > annees[1]:
        raise ErreurDonnees(
            f"{table.ou(codes.index(fin), 'valeur')} : la fin ({annees[1]:.0f}) précède le début "
            f"({annees[0]:.0f}, fait {debut}). Corrigez l'une des deux années."
        )


def controler_suite(table: Table, lire: Lire, rang: str, groupe: tuple[str, ...] = ()) -> None:
    """Les rangs se suivent, 1, 2, 3…, dans tout le tableau ou dans chaque groupe."""
    suivants: dict[tuple, list[int]] = {}
    for ligne in table.valeurs.to_dict("records"):
        suivants.setdefault(tuple(ligne[c] for c in groupe), []).append(ligne[rang])
    for valeurs, rangs in suivants.items():
        manquants = sorted(set(range(1, max(rangs) + 1)) - set(rangs))
        if manquants or len(set(rangs)) < len(rangs):
            ou = f" pour « {', '.join(map(str, valeurs))} »" if groupe else ""
            faute = f"il manque le n° {manquants[0]}" if manquants else "un numéro sert deux fois"
            raise ErreurDonnees(
                f"{table.colonne(rang)} : {faute}{ou}. Remettez la ligne, ou renumérotez."
            )


def controler_questions(table: Table, lire: Lire) -> None:
    for rang, q in enumerate(table.valeurs.itertuples()):
        _controler_code(table, rang, "question", q.question, f"{q.dossier}.{q.rang}")


def controler_attendus(table: Table, lire: Lire) -> None:
    """Les points attendus d'une question font son barème."""
    for rang, a in enumerate(table.valeurs.itertuples()):
        _controler_code(table, rang, "attendu_id", a.attendu_id, f"{a.question}-{a.rang}")
    questions = lire("corrige-questions")
    sommes = table.valeurs.groupby("question")["points"].sum()
    for q in questions.valeurs.itertuples():
        somme = sommes.get(q.question, 0.0)
        if abs(somme - q.points) > AU_CALCUL_PRES:
            raise ErreurDonnees(
                f"{table.colonne('points')} : les points de la question {q.question} font "
                f"{nombre(somme)}, son barème est {nombre(q.points)} ({questions.feuille.lieu}). "
                "Corrigez l'un ou l'autre."
            )


def _controler_code(table: Table, rang: int, colonne: str, code: str, attendu: str) -> None:
    if code != attendu:
        raise ErreurDonnees(
            f"{table.ou(rang, colonne)} : « {code} » ne s'accorde pas avec le reste de la ligne, "
            f"qui donne « {attendu} ». Corrigez l'un ou l'autre."
        )


# Où se trouve le fait qu'un code désigne : son début, le tableau, et sa clé sans ce début.
FAITS = (
    (r"A2:", "annexe-02-organes-et-postes"),
    (r"A8-S", "annexe-08-supports"),
    (r"(?=INT-)", "introduction"),
    (r"(?=A1-)", "annexe-01-faits"),
    (r"(?=A7-)", "annexe-07-faits"),
    (r"(?=P9-)", "annexe-09-plan"),
)


def controler_faits_cites(table: Table, lire: Lire, colonnes: tuple[str, ...]) -> None:
    """Chaque fait cité par un exercice existe dans l'annexe que son code désigne."""
    for colonne in colonnes:
        for rang, code in enumerate(table.valeurs[colonne]):
            for debut, nom in FAITS:
                if trouve := re.match(debut, code):
                    _controler_fait(table, rang, colonne, code, code[: trouve.end()], lire(nom))


def _controler_fait(
    table: Table, rang: int, colonne: str, code: str, debut: str, annexe: Table
) -> None:
    cle = annexe.description.cle[0]
    codes = [f"{debut}{v}" for v in annexe.valeurs[cle]]
    if code not in codes:
        raise ErreurDonnees(
            f"{table.ou(rang, colonne)} : « {code} » n'existe pas dans {annexe.colonne(cle)}. "
            f"{proposer(code, codes)}Corrigez le code, ou remettez la ligne."
        )


def _suite(rang: str, *groupe: str) -> Callable:
    return partial(controler_suite, rang=rang, groupe=groupe)


def _periode(debut: str, fin: str) -> Callable:
    return partial(controler_periode, debut=debut, fin=fin)


def _cites(*colonnes: str) -> Callable:
    return partial(controler_faits_cites, colonnes=colonnes)


# Ce qu'un nombre peut valoir dans son unité, si on ne l'a pas écrit dans une autre.
GRANDEURS = {"annee": (1000, 2999), "part": (-1, 5), "pourcent": (-100, 500), "etp": (0, 1000)}
