"""Les égalités des budgets, des votes et de l'enquête : totaux, parts, « dont », unités.

Un contrôle ne compare que des nombres imprimés ensemble dans le sujet : un cas où l'on change un
effectif ou un taux reste un cas.
"""

from collections.abc import Callable

import pandas as pd

from ..socle.erreurs import ErreurDonnees
from ..socle.nombres import euros, milliers, nombre, pourcent
from .cases import Table
from .description import choisir, enumerer

Lire = Callable[[str], Table]

AU_CALCUL_PRES = 1e-6  # des nombres décimaux qui devraient être égaux
AU_CENTIME = 0.005  # les montants se comparent à moins d'un demi-centime
AU_POINT_PRES = 0.01  # une part imprimée sans décimale, arrondie ou tronquée : 48 % pour 48,76 %


def controler_droits_de_vote(table: Table, lire: Lire) -> None:
    """Annexe 1 : les droits de vote font 100 %."""
    total = table.valeurs["part"].sum()
    if abs(total - 1) > AU_CALCUL_PRES:
        raise ErreurDonnees(
            f"{table.colonne('part')} : les droits de vote font {pourcent(total)} "
            "au lieu de 100\u202f%. Corrigez l'une des parts."
        )


def controler_hierarchie(table: Table, lire: Lire) -> None:
    """Dans l'annexe 2, personne ne dépend de soi-même, fût-ce par un détour."""
    parents = table.valeurs.set_index("code")["rattachement"].dropna().to_dict()
    for rang, code in enumerate(table.valeurs["code"]):
        courant = code
        for _ in parents:
            courant = parents.get(courant)
            if courant == code:
                raise ErreurDonnees(
                    f"{table.ou(rang, 'rattachement')} : « {code} » dépend, par un détour, de "
                    "sa propre case. Corrigez l'un des rattachements."
                )


def controler_regles(table: Table, lire: Lire) -> None:
    """Un plafond a un seuil ; l'égalité de deux totaux n'en a pas, ni le minimum du sujet."""
    for rang, regle in enumerate(table.valeurs.itertuples()):
        if regle.sens == "egal" and regle.seuil > 0:
            raise ErreurDonnees(
                f"{table.ou(rang, 'seuil')} : {nombre(regle.seuil)} ne convient pas, car les "
                "recettes doivent égaler les dépenses. Videz la case."
            )
        if regle.sens == "maximum" and pd.isna(regle.seuil):
            raise ErreurDonnees(
                f"{table.ou(rang, 'seuil')} : la case est vide, or la règle « {regle.regle} » se "
                "vérifie par un nombre. Écrivez le seuil."
            )


def controler_budget_previsionnel(table: Table, lire: Lire) -> None:
    """Chaque nature fait son total imprimé, et chaque part suit son montant au point près."""
    totaux = lire("annexe-04-totaux")
    controler_totaux(totaux, lire)
    imprimes = totaux.valeurs.set_index("nature")["montant_eur"]
    for nature, total in imprimes.items():
        somme = table.valeurs.loc[table.valeurs["nature"] == nature, "montant_eur"].sum()
        if abs(somme - total) > AU_CENTIME:
            raise ErreurDonnees(
                f"{table.colonne('montant_eur')} : les lignes « {nature} » font {euros(somme)}, "
                f"le total imprimé est {euros(total)}. Corrigez la ligne fausse."
            )
    for rang, ligne in enumerate(table.valeurs.itertuples()):
        total = imprimes[ligne.nature]
        if abs(ligne.part * total - ligne.montant_eur) > AU_POINT_PRES * total:
            raise ErreurDonnees(
                f"{table.ou(rang, 'part')} : {pourcent(ligne.part)} ne correspond pas au montant, "
                f"qui fait {pourcent(ligne.montant_eur / total)} du total. Corrigez la part ou le "
                "montant."
            )


def controler_totaux(table: Table, lire: Lire) -> None:
    """Un budget prévisionnel est équilibré, et chacun de ses totaux en est le tout."""
    for rang, part in enumerate(table.valeurs["part"]):
        if abs(part - 1) > AU_CALCUL_PRES:
            raise ErreurDonnees(
                f"{table.ou(rang, 'part')} : la part d'un total est 100\u202f%, "
                f"pas {pourcent(part)}. Écrivez 1."
            )
    montants = table.valeurs.set_index("nature")["montant_eur"]
    if abs(montants["depense"] - montants["recette"]) > AU_CENTIME:
        raise ErreurDonnees(
            f"{table.colonne('montant_eur')} : les dépenses font {euros(montants['depense'])} et "
            f"les recettes {euros(montants['recette'])}, or un budget prévisionnel est équilibré. "
            "Corrigez l'un des totaux."
        )


def controler_budget_realise(table: Table, lire: Lire) -> None:
    """Les ressources se décomposent, le résultat s'en déduit, un « dont » tient dans son total."""
    _controler_dont(table, "poste", "compris_dans", "montant_keur", milliers)
    montants = table.valeurs.set_index("poste")["montant_keur"]
    for rang, (poste, montant) in enumerate(montants.items()):
        if montant < 0 and poste != "resultat":
            raise ErreurDonnees(
                f"{table.ou(rang, 'montant_keur')} : « {poste} » vaut {milliers(montant)}, or seul "
                "le résultat peut être négatif. Corrigez le montant."
            )
    for a, signe, b, egal in (
        ("ressources_etat", "+", "autres_ressources", "ressources"),
        ("ressources", "−", "charges", "resultat"),
    ):
        obtenu = montants[a] + montants[b] if signe == "+" else montants[a] - montants[b]
        if abs(obtenu - montants[egal]) > AU_CALCUL_PRES:
            raise ErreurDonnees(
                f"{table.colonne('montant_keur')} : {a} {signe} {b} donne {milliers(obtenu)} "
                f"au lieu de {milliers(montants[egal])}. Corrigez la ligne fausse."
            )
    totaux = lire("annexe-04-totaux")
    for poste, nature in (("ressources", "recette"), ("charges", "depense")):
        lieu, montant = table.case(poste, "montant_keur")
        _controler_grandeur(
            f"{lieu} : {milliers(montant)}", montant * 1000, totaux, nature, "en milliers d'euros"
        )


def controler_repli(table: Table, lire: Lire) -> None:
    """Le montant de secours de l'énoncé remplace les dépenses de personnel, en euros."""
    lieu, montant = table.case("D2-15", "valeur")
    budget = lire("annexe-04-budget-previsionnel")
    _controler_grandeur(f"{lieu} : {euros(montant)}", montant, budget, "personnel", "en euros")


def _controler_grandeur(debut: str, eur: float, table: Table, code: str, unite: str) -> None:
    """Mille fois trop, ou trop peu, pour le même genre de montant : l'unité n'est pas la bonne."""
    _, repere = table.case(code, "montant_eur")
    if eur > 0 and repere > 0 and not 1 / 30 < eur / repere < 30:
        raise ErreurDonnees(
            f"{debut} n'est pas du même ordre que {euros(repere)} ({table.colonne('montant_eur')}). "
            f"Le montant s'écrit {unite} : corrigez l'un ou l'autre."
        )


def controler_hypotheses(table: Table, lire: Lire) -> None:
    """Une hypothèse chiffrée a son taux, et ses postes sont ceux de l'annexe 4, une fois chacun."""
    budget = lire("annexe-04-budget-previsionnel")
    natures = budget.valeurs.set_index("poste")["nature"].to_dict()
    vus: dict[str, str] = {}
    for rang, ligne in enumerate(table.valeurs.itertuples()):
        charges, ue = ligne.hypothese == "charges_hors_personnel", ligne.hypothese == "recettes_ue"
        solde, lieu = ligne.genre == "solde", table.ou(rang, "taux")
        if solde != ue:
            raise ErreurDonnees(
                f"{table.ou(rang, 'genre')} : « {ligne.genre} » ne convient pas, car seule la ligne "
                f"recettes_ue est le solde. Écrivez {'solde' if ue else 'taux ou stabilite'}."
            )
        if solde != pd.isna(ligne.taux):
            faute = "n'a pas de taux. Videz la case" if solde else "a un taux. Écrivez-le"
            raise ErreurDonnees(f"{lieu} : une hypothèse de genre « {ligne.genre} » {faute}.")
        if ligne.genre == "stabilite" and ligne.taux != 0:
            raise ErreurDonnees(
                f"{lieu} : {pourcent(ligne.taux, None)} ne convient pas à une hypothèse de genre "
                "« stabilite », qui ne change rien. Écrivez 0, ou le genre taux."
            )
        permis = ["ue"] if ue else [
            p for p, nature in natures.items()
            if (nature == "depense") == charges and p not in ("personnel", "ue")
        ]  # fmt: skip
        for poste in ligne.postes.split():
            lieu = table.ou(rang, "postes")
            if poste not in natures:
                faute = f"n'existe pas dans {budget.colonne('poste')}"
                raise ErreurDonnees(f"{lieu} : {choisir(poste, natures, faute)}")
            if poste not in permis:
                raise ErreurDonnees(
                    f"{lieu} : « {poste} » ne convient pas à l'hypothèse « {ligne.hypothese} ». "
                    f"Choisissez parmi : {enumerer(permis)}."
                )
            if poste in vus:
                raise ErreurDonnees(
                    f"{lieu} : « {poste} » suit déjà l'hypothèse « {vus[poste]} ». "
                    "Gardez-le dans une seule."
                )
            vus[poste] = ligne.hypothese


def controler_enquete(table: Table, lire: Lire) -> None:
    """Une réponse « dont » fait partie d'un total, qui est leur somme."""
    _controler_dont(table, "reponse_id", "rattachement", "part", pourcent)
    sommes = table.valeurs.groupby("rattachement")["part"].sum()
    for ligne in table.valeurs.itertuples():
        somme = sommes.get(ligne.reponse_id, 0.0)
        if ligne.niveau == "total" and abs(somme - ligne.part) > AU_CALCUL_PRES:
            raise ErreurDonnees(
                f"{table.colonne('part')} : les réponses comprises dans « {ligne.reponse_id} » "
                f"font {pourcent(somme)} au lieu de {pourcent(ligne.part)}. Corrigez la part fausse."
            )


def _controler_dont(table: Table, cle: str, parent: str, mesure: str, ecrire: Callable) -> None:
    """Une ligne « dont » désigne un total, et ne le dépasse pas ; un total n'en désigne pas."""
    valeurs = table.valeurs.set_index(cle)
    for rang, (code, ligne) in enumerate(valeurs.iterrows()):
        lieu, total = table.ou(rang, parent), ligne[parent]
        orphelin = pd.isna(total)
        if (ligne["niveau"] == "dont") == orphelin:
            consigne = "Écrivez le total dont elle fait partie" if orphelin else "Videz la case"
            raise ErreurDonnees(
                f"{lieu} : « {code} » est une ligne « {ligne['niveau']} ». {consigne}."
            )
        if orphelin:
            continue
        if valeurs.at[total, "niveau"] != "total":
            raise ErreurDonnees(
                f"{lieu} : « {total} » n'est pas une ligne « total ». Écrivez le total dont "
                f"« {code} » fait partie."
            )
        if ligne[mesure] > valeurs.at[total, mesure] + AU_CALCUL_PRES:
            raise ErreurDonnees(
                f"{table.ou(rang, mesure)} : « {code} » ({ecrire(ligne[mesure])}) dépasse "
                f"« {total} » ({ecrire(valeurs.at[total, mesure])}), dont il fait partie. "
                "Corrigez l'un des deux."
            )
