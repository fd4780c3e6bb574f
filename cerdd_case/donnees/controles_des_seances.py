"""Ce que respectent les plans de séance : l'ordre du parcours, les questions, les minutes.

Ce qu'une séance projette dépend des carnets construits : `edition.seances` le contrôle.
"""

import pandas as pd

from ..socle.erreurs import enumerer, proposer
from ..socle.typographie import pluriel
from .cases import Table
from .controles_des_budgets import Lire
from .fautes import CaseFausse, CaseVide, Doublon, EnDesaccord

MINUTES = 55
EXAMEN = "examen"


def controler_seances(table: Table, lire: Lire) -> None:
    """Une séance tient dans un dossier ; numérotées, elles suivent le sujet sans sauter de question."""
    questions = lire("corrige-questions").valeurs.set_index("question")["dossier"]
    vues: dict[str, str] = {}
    dernier = 0
    for rang, seance in enumerate(table.valeurs.itertuples()):
        _controler_le_dossier(table, rang, seance.seance, seance.dossier)
        siennes = [] if pd.isna(seance.questions) else seance.questions.split()
        for q in siennes:
            lieu = table.ou(rang, "questions")
            if q not in questions.index:
                faute = f"la question « {q} » n'existe pas"
                raise CaseFausse(lieu, faute, f"{proposer(q, questions.index)}Corrigez le numéro")
            if questions[q] != seance.dossier:
                faute = f"la question {q} n'est pas du dossier {seance.dossier}"
                remede = "Une séance tient dans un dossier : placez la question dans une autre"
                raise EnDesaccord(lieu, faute, remede)
            if not seance.seance.isdecimal():
                continue
            if q in vues:
                raise Doublon(lieu, q, f"dans la séance {vues[q]}")
            vues[q] = seance.seance
        if seance.seance.isdecimal():
            if seance.rang != int(seance.seance):
                faute = f"la séance {seance.seance} a le rang {seance.rang}"
                raise EnDesaccord(table.ou(rang, "rang"), faute, "Renumérotez les séances")
            if seance.dossier < dernier:
                faute = f"le dossier {seance.dossier} vient après le dossier {dernier}"
                raise EnDesaccord(table.ou(rang, "dossier"), faute, "Suivez l'ordre du sujet")
            dernier = seance.dossier
    prevues = [q for q, d in questions.items() if d in set(table.valeurs["dossier"].dropna())]
    lieu = table.colonne("questions")
    if absentes := [q for q in prevues if q not in vues]:
        mot = pluriel("question", len(absentes))
        faute = f"aucune séance numérotée ne prend {mot} {enumerer(absentes)}"
        raise CaseFausse(lieu, faute, "Ajoutez chaque question à une séance de son dossier")
    if list(vues) != prevues:
        avant, apres = next(p for p in zip(vues, prevues, strict=True) if p[0] != p[1])
        faute = f"la question {avant} vient avant la question {apres}"
        raise EnDesaccord(lieu, faute, "Suivez l'ordre du sujet")


def _controler_le_dossier(table: Table, rang: int, seance: str, dossier: object) -> None:
    """Chaque séance a son dossier et ses questions ; l'examen, qui porte sur tout, n'en a pas."""
    for colonne in ("dossier", "questions"):
        vide = pd.isna(table.valeurs.at[rang, colonne])
        if seance == EXAMEN and not vide:
            faute = "l'examen porte sur le sujet entier"
            raise CaseFausse(table.ou(rang, colonne), faute, "Videz la case")
        if seance != EXAMEN and vide:
            besoin = f"la séance « {seance} » porte sur un dossier"
            raise CaseVide(table.ou(rang, colonne), besoin)


def controler_minutes(table: Table, lire: Lire) -> None:
    """Les phases d'une séance font 55 minutes ; celles de l'examen, la durée de l'épreuve."""
    heures = lire("epreuve").case("EP-03", "valeur")[1]
    sommes = table.valeurs.groupby("seance")["minutes"].sum()
    for seance in lire("corrige-seances").valeurs["seance"]:
        somme = sommes.get(seance, 0)
        voulues = round(60 * heures) if seance == EXAMEN else MINUTES
        if somme != voulues:
            siennes = [r for r, s in enumerate(table.valeurs["seance"]) if s == seance]
            lieu = table.ou(siennes[-1], "minutes") if siennes else table.colonne("minutes")
            faute = (
                f"les phases de la séance « {seance} » font {somme} minutes au lieu de {voulues}"
                if siennes
                else f"la séance « {seance} » n'a aucune phase"
            )
            raise CaseFausse(lieu, faute, f"Répartissez {voulues} minutes entre ses phases")
