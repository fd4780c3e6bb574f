"""Les égalités des budgets, des votes et de l'enquête : totaux, parts, « dont », unités.

Un contrôle ne compare que des nombres imprimés ensemble dans le sujet : un cas où l'on change un
effectif ou un taux reste un cas.
"""

from collections.abc import Callable

import pandas as pd

from ..socle.erreurs import enumerer
from ..socle.nombres import euros, milliers, nombre, pourcent
from .cases import Table
from .fautes import CaseFausse, CaseVide, Doublon, EnDesaccord, NomImprevu, ValeurRefusee

Lire = Callable[[str], Table]

AU_CALCUL_PRES = 1e-6  # des nombres décimaux qui devraient être égaux
AU_CENTIME = 0.005  # les montants se comparent à moins d'un demi-centime
AU_POINT_PRES = 0.01  # une part imprimée sans décimale, arrondie ou tronquée : 48 % pour 48,76 %


def _part(valeur: float) -> str:
    return pourcent(valeur, None)


def egaler(
    lieu: str, quoi: str, obtenu: float, attendu: float, ecrire: Callable,
    remede: str = "Corrigez la ligne fausse", pres: float = AU_CALCUL_PRES,
) -> None:  # fmt: skip
    """Lève `CaseFausse` si ce que l'on obtient n'est pas ce que l'on attend, à `pres` près."""
    if abs(obtenu - attendu) > pres:
        raise CaseFausse(lieu, f"{quoi} {ecrire(obtenu)} au lieu de {ecrire(attendu)}", remede)


def controler_droits_de_vote(table: Table, lire: Lire) -> None:
    """Annexe 1 : les droits de vote font 100 %."""
    total, remede = table.valeurs["part"].sum(), "Corrigez l'une des parts"
    egaler(table.colonne("part"), "les droits de vote font", total, 1, _part, remede)


def controler_hierarchie(table: Table, lire: Lire) -> None:
    """Dans l'annexe 2, personne ne dépend de soi-même, fût-ce par un détour."""
    parents = table.valeurs.set_index("code")["rattachement"].dropna().to_dict()
    for rang, code in enumerate(table.valeurs["code"]):
        courant = code
        for _ in parents:
            courant = parents.get(courant)
            if courant == code:
                faute = f"« {code} » dépend, par un détour, de sa propre case"
                remede = "Corrigez l'un des rattachements"
                raise CaseFausse(table.ou(rang, "rattachement"), faute, remede)


def controler_regles(table: Table, lire: Lire) -> None:
    """Un plafond a un seuil ; l'égalité de deux totaux n'en a pas, ni le minimum du sujet."""
    for rang, regle in enumerate(table.valeurs.itertuples()):
        if regle.sens == "egal" and regle.seuil > 0:
            raison = ", car les recettes doivent égaler les dépenses"
            lieu, ecrit = table.ou(rang, "seuil"), nombre(regle.seuil)
            raise ValeurRefusee(lieu, ecrit, raison, "Videz la case")
        if regle.sens == "maximum" and pd.isna(regle.seuil):
            besoin = f"la règle « {regle.regle} » se vérifie par un nombre"
            raise CaseVide(table.ou(rang, "seuil"), besoin, "Écrivez le seuil")


def controler_budget_previsionnel(table: Table, lire: Lire) -> None:
    """Chaque nature fait son total imprimé, et chaque part suit son montant au point près."""
    totaux = lire("annexe-04-totaux")
    controler_totaux(totaux, lire)
    imprimes = totaux.valeurs.set_index("nature")["montant_eur"]
    for nature, total in imprimes.items():
        somme = table.valeurs.loc[table.valeurs["nature"] == nature, "montant_eur"].sum()
        lieu, quoi = table.colonne("montant_eur"), f"les lignes « {nature} » font"
        egaler(lieu, quoi, somme, total, euros, pres=AU_CENTIME)
    for rang, ligne in enumerate(table.valeurs.itertuples()):
        total = imprimes[ligne.nature]
        if abs(ligne.part * total - ligne.montant_eur) > AU_POINT_PRES * total:
            dit, fait = pourcent(ligne.part), pourcent(ligne.montant_eur / total)
            faute = f"{dit} ne correspond pas au montant, qui fait {fait} du total"
            raise EnDesaccord(table.ou(rang, "part"), faute)


def controler_totaux(table: Table, lire: Lire) -> None:
    """Un budget prévisionnel est équilibré, et chacun de ses totaux en est le tout."""
    for rang, part in enumerate(table.valeurs["part"]):
        egaler(table.ou(rang, "part"), "la part d'un total est", part, 1, _part, "Écrivez 1")
    montants = table.valeurs.set_index("nature")["montant_eur"]
    if abs(montants["depense"] - montants["recette"]) > AU_CENTIME:
        faute = (
            f"les dépenses font {euros(montants['depense'])} et les recettes "
            f"{euros(montants['recette'])}, or un budget prévisionnel est équilibré"
        )
        raise EnDesaccord(table.colonne("montant_eur"), faute)


def controler_budget_realise(table: Table, lire: Lire) -> None:
    """Les ressources se décomposent, le résultat s'en déduit, un « dont » tient dans son total."""
    _controler_dont(table, "poste", "compris_dans", "montant_keur", milliers)
    montants = table.valeurs.set_index("poste")["montant_keur"]
    for rang, (poste, montant) in enumerate(montants.items()):
        if montant < 0 and poste != "resultat":
            faute = f"« {poste} » vaut {milliers(montant)}, or seul le résultat peut être négatif"
            raise CaseFausse(table.ou(rang, "montant_keur"), faute, "Corrigez le montant")
    for a, signe, b, egal in (
        ("ressources_etat", "+", "autres_ressources", "ressources"),
        ("ressources", "−", "charges", "resultat"),
    ):
        obtenu = montants[a] + montants[b] if signe == "+" else montants[a] - montants[b]
        lieu, quoi = table.colonne("montant_keur"), f"{a} {signe} {b} donne"
        egaler(lieu, quoi, obtenu, montants[egal], milliers)
    totaux = lire("annexe-04-totaux")
    for poste, nature in (("ressources", "recette"), ("charges", "depense")):
        lieu, montant = table.case(poste, "montant_keur")
        en_eur = montant * 1000
        _controler_grandeur(lieu, milliers(montant), en_eur, totaux, nature, "en milliers d'euros")


def controler_repli(table: Table, lire: Lire) -> None:
    """Le montant de secours de l'énoncé remplace les dépenses de personnel, en euros."""
    lieu, montant = table.case("D2-15", "valeur")
    budget = lire("annexe-04-budget-previsionnel")
    _controler_grandeur(lieu, euros(montant), montant, budget, "personnel", "en euros")


def _controler_grandeur(
    lieu: str, ecrit: str, eur: float, table: Table, code: str, unite: str
) -> None:
    """Mille fois trop, ou trop peu, pour le même genre de montant : l'unité n'est pas la bonne."""
    _, repere = table.case(code, "montant_eur")
    if eur > 0 and repere > 0 and not 1 / 30 < eur / repere < 30:
        autre = f"{euros(repere)} ({table.colonne('montant_eur')})"
        faute = f"{ecrit} n'est pas du même ordre que {autre}"
        raise EnDesaccord(lieu, faute, f"Le montant s'écrit {unite} : corrigez l'un ou l'autre")


def controler_hypotheses(table: Table, lire: Lire) -> None:
    """Une hypothèse chiffrée a son taux, et ses postes sont ceux de l'annexe 4, une fois chacun."""
    budget = lire("annexe-04-budget-previsionnel")
    natures = budget.valeurs.set_index("poste")["nature"].to_dict()
    vus: dict[str, str] = {}
    for rang, ligne in enumerate(table.valeurs.itertuples()):
        charges, ue = ligne.hypothese == "charges_hors_personnel", ligne.hypothese == "recettes_ue"
        solde, lieu = ligne.genre == "solde", table.ou(rang, "taux")
        if solde != ue:
            raison = ", car seule la ligne recettes_ue est le solde"
            remede = f"Écrivez {'solde' if ue else 'taux ou stabilite'}"
            raise ValeurRefusee(table.ou(rang, "genre"), ligne.genre, raison, remede)
        if solde != pd.isna(ligne.taux):
            a, remede = ("n'a pas de", "Videz la case") if solde else ("a un", "Écrivez-le")
            faute = f"une hypothèse de genre « {ligne.genre} » {a} taux"
            raise CaseFausse(lieu, faute, remede)
        if ligne.genre == "stabilite" and ligne.taux != 0:
            raison = " à une hypothèse de genre « stabilite », qui ne change rien"
            remede = "Écrivez 0, ou le genre taux"
            raise ValeurRefusee(lieu, pourcent(ligne.taux, None), raison, remede)
        permis = ["ue"] if ue else [
            p for p, nature in natures.items()
            if (nature == "depense") == charges and p not in ("personnel", "ue")
        ]  # fmt: skip
        for poste in ligne.postes.split():
            lieu = table.ou(rang, "postes")
            if poste not in natures:
                faute = f"n'existe pas dans {budget.colonne('poste')}"
                raise NomImprevu(lieu, poste, natures, faute)
            if poste not in permis:
                raison = f" à l'hypothèse « {ligne.hypothese} »"
                raise ValeurRefusee(lieu, poste, raison, f"Choisissez parmi : {enumerer(permis)}")
            if poste in vus:
                raise Doublon(lieu, poste, f"dans l'hypothèse « {vus[poste]} »")
            vus[poste] = ligne.hypothese


def controler_enquete(table: Table, lire: Lire) -> None:
    """Une réponse « dont » fait partie d'un total, qui est leur somme."""
    _controler_dont(table, "reponse_id", "rattachement", "part", pourcent)
    sommes = table.valeurs.groupby("rattachement")["part"].sum()
    for ligne in table.valeurs.itertuples():
        if ligne.niveau == "total":
            quoi = f"les réponses comprises dans « {ligne.reponse_id} » font"
            somme = sommes.get(ligne.reponse_id, 0.0)
            egaler(table.colonne("part"), quoi, somme, ligne.part, _part)


def _controler_dont(table: Table, cle: str, parent: str, mesure: str, ecrire: Callable) -> None:
    """Une ligne « dont » désigne un total, et ne le dépasse pas ; un total n'en désigne pas."""
    valeurs = table.valeurs.set_index(cle)
    for rang, (code, ligne) in enumerate(valeurs.iterrows()):
        lieu, total = table.ou(rang, parent), ligne[parent]
        orphelin = pd.isna(total)
        if (ligne["niveau"] == "dont") == orphelin:
            remede = "Écrivez le total dont elle fait partie" if orphelin else "Videz la case"
            raise CaseFausse(lieu, f"« {code} » est une ligne « {ligne['niveau']} »", remede)
        if orphelin:
            continue
        if valeurs.at[total, "niveau"] != "total":
            remede = f"Écrivez le total dont « {code} » fait partie"
            raise CaseFausse(lieu, f"« {total} » n'est pas une ligne « total »", remede)
        if ligne[mesure] > valeurs.at[total, mesure] + AU_CALCUL_PRES:
            partie, tout = ecrire(ligne[mesure]), ecrire(valeurs.at[total, mesure])
            faute = f"« {code} » ({partie}) dépasse « {total} » ({tout}), dont il fait partie"
            raise EnDesaccord(table.ou(rang, mesure), faute)
