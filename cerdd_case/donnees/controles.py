"""Ce que chaque tableau respecte, une fois ses cases lues : unités, suites, renvois, égalités.

Un contrôle reçoit le tableau lu et de quoi en lire d'autres. Chacun vaut pour des colonnes
(« unite », « rang », un fait cité), ou pour le tableau que `CONTROLES` désigne.
"""

import math
import re
from collections.abc import Callable
from functools import partial

import pandas as pd

from ..socle.erreurs import proposer
from ..socle.nombres import nombre
from .cases import Table
from .controles_des_budgets import (
    Lire,
    controler_budget_previsionnel,
    controler_budget_realise,
    controler_droits_de_vote,
    controler_enquete,
    controler_hierarchie,
    controler_hypotheses,
    controler_regles,
    controler_repli,
    controler_totaux,
    egaler,
)
from .controles_des_seances import controler_minutes, controler_seances
from .fautes import CaseFausse, CaseVide, EnDesaccord, ValeurRefusee


def controler_valeurs_fixees(table: Table, lire: Lire) -> None:
    """Ce que le code d'une ligne fixe : un loyer n'est pas une recette, un plafond est un maximum."""
    cle = table.description.cle[0]
    for rang, ligne in enumerate(table.valeurs.to_dict("records")):
        for colonne, fixees in FIXEES[table.description.nom].items():
            attendue = fixees.get(ligne[cle], ligne[colonne])
            if ligne[colonne] != attendue and not pd.isna(attendue):
                attendue = {True: "true", False: "false"}.get(attendue, attendue)
                faute = f"cette valeur ne s'accorde pas avec la ligne « {ligne[cle]} »"
                raise CaseFausse(table.ou(rang, colonne), faute, f"Écrivez {attendue}")


def controler_unites(table: Table) -> None:
    """Un fait qui porte un nombre porte son unité, et seulement lui ; c'est celle que le code lit."""
    attendues = table.description.champ("fait_id").indispensables
    for rang, fait in enumerate(table.valeurs.itertuples()):
        code, valeur, unite = fait.fait_id, fait.valeur, fait.unite
        if pd.isna(valeur) != pd.isna(unite):
            vide = "valeur" if pd.isna(valeur) else "unite"
            besoin = f"le nombre du fait {code} et son unité vont ensemble"
            raise CaseVide(table.ou(rang, vide), besoin, "Remplissez ou videz les deux")
        if pd.isna(valeur):
            continue
        attendue = attendues.get(code) or unite
        if unite != attendue:
            raison = f", car les calculs lisent le fait {code} en « {attendue} »"
            remede = f"Écrivez {attendue}, et le nombre dans cette unité"
            raise ValeurRefusee(table.ou(rang, "unite"), unite, raison, remede)
        bas, haut = GRANDEURS.get(unite, (-math.inf, math.inf))
        if not bas <= valeur <= haut or (unite == "annee" and valeur % 1):
            raison = f" à l'unité « {unite} » (de {bas} à {haut})"
            remede = "Corrigez le nombre ou l'unité"
            raise ValeurRefusee(table.ou(rang, "valeur"), nombre(valeur), raison, remede)


def controler_periode(table: Table, lire: Lire, debut: str, fin: str) -> None:
    """Ce qui finit a commencé avant."""
    (_, annee), (lieu, derniere) = table.case(debut, "valeur"), table.case(fin, "valeur")
    if annee > derniere:
        faute = f"la fin ({derniere:.0f}) précède le début ({annee:.0f}, fait {debut})"
        raise EnDesaccord(lieu, faute)


def controler_suite(table: Table, rang: str, groupe: tuple[str, ...]) -> None:
    """Les rangs se suivent, 1, 2, 3…, dans tout le tableau ou dans chaque groupe."""
    suites: dict[tuple, list[int]] = {}
    for ligne in table.valeurs.to_dict("records"):
        suites.setdefault(tuple(ligne[c] for c in groupe), []).append(ligne[rang])
    for valeurs, rangs in suites.items():
        manquants = sorted(set(range(1, max(rangs) + 1)) - set(rangs))
        if manquants or len(set(rangs)) < len(rangs):
            ou = f" pour « {', '.join(map(str, valeurs))} »" if groupe else ""
            faute = f"il manque le n° {manquants[0]}" if manquants else "un numéro sert deux fois"
            raise CaseFausse(table.colonne(rang), faute + ou, "Remettez la ligne, ou renumérotez")


def controler_codes(table: Table, lire: Lire, colonne: str, forme: str) -> None:
    """Le code d'une ligne redit les autres colonnes : la question 2.3 est la 3e du dossier 2."""
    for rang, ligne in enumerate(table.valeurs.to_dict("records")):
        if (code := ligne[colonne]) != (redit := forme.format(**ligne)):
            faute = f"« {code} » ne s'accorde pas avec le reste de la ligne, qui donne « {redit} »"
            raise EnDesaccord(table.ou(rang, colonne), faute)


def controler_bareme(table: Table, lire: Lire) -> None:
    """Les points attendus d'une question font son barème, que l'on lise l'un ou l'autre."""
    attendus, questions = lire("corrige-attendus"), lire("corrige-questions")
    sommes = attendus.valeurs.groupby("question")["points"].sum()
    for q in questions.valeurs.itertuples():
        somme, quoi = sommes.get(q.question, 0.0), f"les points de la question {q.question} font"
        remede = f"Corrigez-les, ou le barème ({questions.feuille.lieu})"
        egaler(attendus.colonne("points"), quoi, somme, q.points, nombre, remede)


def controler_cites(table: Table, lire: Lire, colonne: str) -> None:
    """Chaque fait cité par un exercice existe dans l'annexe que son code désigne."""
    codes_cites = ((r, str(codes).split()) for r, codes in enumerate(table.valeurs[colonne]))
    for rang, code in ((r, code) for r, codes in codes_cites for code in codes):
        for debut, nom in FAITS.items():
            if trouve := re.match(debut, code):
                annexe, cle = lire(nom), lire(nom).description.cle[0]
                codes = [f"{trouve[0]}{valeur}" for valeur in annexe.valeurs[cle]]
                if code not in codes:
                    faute = f"« {code} » n'existe pas dans {annexe.colonne(cle)}"
                    remede = f"{proposer(code, codes)}Corrigez le code, ou remettez la ligne"
                    raise CaseFausse(table.ou(rang, colonne), faute, remede)


# --- Ce que chaque tableau respecte -----------------------------------------------------------

# Ce qu'un nombre peut valoir dans son unité, si on ne l'a pas écrit dans une autre.
GRANDEURS = {"annee": (1000, 2999), "part": (-1, 5), "pourcent": (-100, 500), "etp": (0, 1000)}

# Où se trouve le fait qu'un code désigne : son début, et le tableau où il a sa clé sans ce début.
FAITS = {
    r"A2:": "annexe-02-organes-et-postes", r"A8-S": "annexe-08-supports", r"(?=INT-)": "introduction",
    r"(?=A1-)": "annexe-01-faits", r"(?=A7-)": "annexe-07-faits", r"(?=P9-)": "annexe-09-plan",
}  # fmt: skip
CITANTES = ("faits", "fait_id", "element_id", "preuve_trait", "preuve_conduite", "preuve_effet")

# Par tableau, ce que le code d'une ligne fixe dans une autre colonne.
FIXEES: dict[str, dict[str, dict]] = {
    "annexe-03-regles": {
        "sens": {"equilibre": "egal", "coeur_du_projet": "minimum", "plafond_ue": "maximum",
                 "plafond_ue_exceptionnel": "maximum"},
        "a_titre_exceptionnel": {"equilibre": False, "coeur_du_projet": False, "plafond_ue": False,
                                 "plafond_ue_exceptionnel": True},
    },
    "annexe-04-budget-previsionnel": {
        "nature": dict.fromkeys(("personnel", "fonctionnement", "prestations", "investissement",
                                 "projets_exceptionnels"), "depense")
        | dict.fromkeys(("etat", "collectivites", "ue", "autres"), "recette"),
    },
    "annexe-05-budget-realise": {
        "compris_dans": {"ressources_etat": "ressources", "autres_ressources": "ressources",
                         "charges_personnel": "charges"},
    },
}  # fmt: skip

# La colonne qui numérote les lignes (« rang » ou « ordre » ailleurs), et ce qui forme des groupes.
NUMEROS = {"notes": "note", "document-culture-numerique": "numero"}
GROUPES = {
    "annexe-09-plan": ("colonne", "rubrique"), "corrige-questions": ("dossier",),
    "corrige-attendus": ("question",), "corrige-indices": ("question",),
    "corrige-coherence-options": ("dimension",), "corrige-categories-dossier-1": ("exercice",),
    "corrige-tris-dossier-1": ("exercice",), "corrige-web-comparaison": ("critere",),
    "corrige-phases": ("seance",),
}  # fmt: skip
CONTROLES: dict[str, tuple[Callable[[Table, Lire], None], ...]] = {
    "annexe-01-droits-de-vote": (controler_droits_de_vote,),
    "annexe-01-faits": (partial(controler_periode, debut="A1-43", fin="A1-44"),),
    "annexe-02-organes-et-postes": (controler_hierarchie,),
    "annexe-03-regles": (controler_valeurs_fixees, controler_regles),
    "annexe-04-budget-previsionnel": (controler_valeurs_fixees, controler_budget_previsionnel),
    "annexe-04-totaux": (controler_totaux,),
    "annexe-05-budget-realise": (controler_budget_realise, controler_valeurs_fixees),
    "annexe-06-hypotheses": (controler_hypotheses,),
    "annexe-09-faits": (partial(controler_periode, debut="A9-02", fin="A9-03"),),
    "dossier-2-enonce": (controler_repli,),
    "document-culture-numerique-enquete": (controler_enquete,),
    "corrige-questions": (
        partial(controler_codes, colonne="question", forme="{dossier}.{rang}"), controler_bareme,
    ),
    "corrige-attendus": (
        partial(controler_codes, colonne="attendu_id", forme="{question}-{rang}"), controler_bareme,
    ),
    "corrige-seances": (controler_seances,),
    "corrige-phases": (controler_minutes,),
}  # fmt: skip


def controler(table: Table, lire: Lire) -> None:
    """Les égalités d'un tableau : celles de ses colonnes, et celles que le sujet lui donne."""
    nom, colonnes = table.description.nom, table.description.noms
    if "unite" in colonnes:
        controler_unites(table)
    for controle in CONTROLES.get(nom, ()):
        controle(table, lire)
    for colonne in colonnes:
        if nom.startswith("corrige-") and colonne in CITANTES:
            controler_cites(table, lire, colonne)
        if colonne == NUMEROS.get(nom) or colonne in ("rang", "ordre"):
            controler_suite(table, colonne, GROUPES.get(nom, ()))
