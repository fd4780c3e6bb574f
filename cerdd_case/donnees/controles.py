"""Les égalités que les tableaux doivent respecter : totaux, parts, « dont », suites, renvois.

Un contrôle reçoit le tableau lu et de quoi en lire d'autres. Il ne compare que des nombres
imprimés ensemble dans le sujet : un cas où l'on change un effectif ou un taux reste un cas.
"""

from collections.abc import Callable

import pandas as pd

from ..socle.erreurs import ErreurDonnees
from ..socle.nombres import euros, milliers, nombre, pourcent
from .cases import Table
from .champ import enumerer, proposer
from .controles_du_registre import (
    AU_CALCUL_PRES,
    Lire,
    _cites,
    _periode,
    _suite,
    controler_attendus,
    controler_grandeur,
    controler_questions,
    controler_repli,
    controler_unites,
)

AU_CENTIME = 0.005  # les montants se comparent à moins d'un demi-centime
AU_POINT_PRES = 0.01  # une part imprimée sans décimale, arrondie ou tronquée : 48 % pour 48,76 %


def controler_droits_de_vote(table: Table, lire: Lire) -> None:
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
        vus, courant = {code}, parents.get(code)
        while courant is not None and courant not in vus:
            vus.add(courant)
            courant = parents.get(courant)
        if courant == code:
            raise ErreurDonnees(
                f"{table.ou(rang, 'rattachement')} : « {code} » dépend, par un détour, de "
                "sa propre case. Corrigez l'un des rattachements."
            )


def controler_regles(table: Table, lire: Lire) -> None:
    """Une égalité ou un plafond a un seuil ; seul le minimum du sujet n'est pas chiffré."""
    for rang, regle in enumerate(table.valeurs.itertuples()):
        if regle.sens == "egal" and regle.seuil > 0:
            raise ErreurDonnees(
                f"{table.ou(rang, 'seuil')} : {nombre(regle.seuil)} ne convient pas, car les "
                "recettes doivent égaler les dépenses. Écrivez 0."
            )
        if regle.sens != "minimum" and pd.isna(regle.seuil):
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


def controler_valeurs_fixees(table: Table, lire: Lire) -> None:
    """Ce que le code d'une ligne fixe : un loyer n'est pas une recette, un plafond est un maximum."""
    (cle,) = table.description.cle
    for rang, ligne in enumerate(table.valeurs.to_dict("records")):
        for colonne, fixees in FIXEES[table.description.nom].items():
            attendue = fixees.get(ligne[cle], ligne[colonne])
            if ligne[colonne] != attendue and not pd.isna(attendue):
                attendue = {True: "true", False: "false"}.get(attendue, attendue)
                raise ErreurDonnees(
                    f"{table.ou(rang, colonne)} : cette valeur ne s'accorde pas avec la ligne "
                    f"« {ligne[cle]} ». Écrivez {attendue}."
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
    m = table.valeurs.set_index("poste")["montant_keur"]
    for rang, ligne in enumerate(table.valeurs.itertuples()):
        if ligne.montant_keur < 0 and ligne.poste != "resultat":
            raise ErreurDonnees(
                f"{table.ou(rang, 'montant_keur')} : « {ligne.poste} » vaut "
                f"{milliers(ligne.montant_keur)}, or seul le résultat peut être négatif. "
                "Corrigez le montant."
            )
    for formule, obtenu, attendu in (
        ("ressources_etat + autres_ressources", m["ressources_etat"] + m["autres_ressources"],
         m["ressources"]),
        ("ressources − charges", m["ressources"] - m["charges"], m["resultat"]),
    ):  # fmt: skip
        if abs(obtenu - attendu) > AU_CALCUL_PRES:
            raise ErreurDonnees(
                f"{table.colonne('montant_keur')} : {formule} donne {milliers(obtenu)} "
                f"au lieu de {milliers(attendu)}. Corrigez la ligne fausse."
            )
    prevus = lire("annexe-04-totaux")
    totaux = prevus.valeurs.set_index("nature")["montant_eur"]
    for poste, nature in (("ressources", "recette"), ("charges", "depense")):
        rang = table.valeurs["poste"].tolist().index(poste)
        controler_grandeur(
            table.ou(rang, "montant_keur"), m[poste] * 1000, milliers(m[poste]),
            totaux[nature], prevus.colonne("montant_eur"), "en milliers d'euros",
        )  # fmt: skip


def controler_hypotheses(table: Table, lire: Lire) -> None:
    """Une hypothèse chiffrée a son taux, et ses postes sont ceux de l'annexe 4, une fois chacun."""
    budget = lire("annexe-04-budget-previsionnel")
    connus: list[str] = list(budget.valeurs["poste"])
    vus: dict[str, str] = {}
    natures = budget.valeurs.set_index("poste")["nature"]
    for rang, ligne in enumerate(table.valeurs.itertuples()):
        charges, ue = ligne.hypothese == "charges_hors_personnel", ligne.hypothese == "recettes_ue"
        if (ligne.genre == "solde") != ue:
            raise ErreurDonnees(
                f"{table.ou(rang, 'genre')} : « {ligne.genre} » ne convient pas, car seule la ligne "
                f"recettes_ue est le solde. Écrivez {'solde' if ue else 'taux ou stabilite'}."
            )
        permis = ["ue"] if ue else [
            p for p in connus if (natures[p] == "depense") == charges and p not in ("personnel", "ue")
        ]  # fmt: skip
        if (ligne.genre == "solde") != pd.isna(ligne.taux):
            faute = (
                "n'a pas de taux. Videz la case"
                if ligne.genre == "solde"
                else "a un taux. Écrivez-le"
            )
            raise ErreurDonnees(
                f"{table.ou(rang, 'taux')} : une hypothèse de genre « {ligne.genre} » {faute}."
            )
        if ligne.genre == "stabilite" and ligne.taux != 0:
            raise ErreurDonnees(
                f"{table.ou(rang, 'taux')} : {pourcent(ligne.taux, None)} ne convient pas à une "
                "hypothèse de genre « stabilite », qui ne change rien. Écrivez 0, ou le genre taux."
            )
        for poste in ligne.postes.split():
            lieu = table.ou(rang, "postes")
            if poste not in connus:
                raise ErreurDonnees(
                    f"{lieu} : « {poste} » n'existe pas dans {budget.colonne('poste')}. "
                    f"{proposer(poste, connus)}Choisissez : {enumerer(connus)}."
                )
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
    _controler_dont(table, "reponse_id", "rattachement", "part", pourcent)
    enquete = table.valeurs
    for total in enquete.loc[enquete["niveau"] == "total"].itertuples():
        somme = enquete.loc[enquete["rattachement"] == total.reponse_id, "part"].sum()
        if abs(somme - total.part) > AU_CALCUL_PRES:
            raise ErreurDonnees(
                f"{table.colonne('part')} : les réponses comprises dans « {total.reponse_id} » "
                f"font {pourcent(somme)} au lieu de {pourcent(total.part)}. Corrigez la part fausse."
            )


def _controler_dont(table: Table, cle: str, parent: str, mesure: str, ecrire: Callable) -> None:
    """Une ligne « dont » désigne un total, et ne le dépasse pas ; un total n'en désigne pas."""
    valeurs = table.valeurs.set_index(cle)
    for rang, (code, ligne) in enumerate(valeurs.iterrows()):
        lieu, total = table.ou(rang, parent), ligne[parent]
        if (ligne["niveau"] == "dont") == pd.isna(total):
            consigne = (
                "Écrivez le total dont elle fait partie" if pd.isna(total) else "Videz la case"
            )
            raise ErreurDonnees(
                f"{lieu} : « {code} » est une ligne « {ligne['niveau']} ». {consigne}."
            )
        if pd.isna(total):
            continue
        if total not in valeurs.index or valeurs.at[total, "niveau"] != "total":
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


CONTROLES: dict[str, tuple[Callable[[Table, Lire], None], ...]] = {
    **{
        nom: (controler_unites,)
        for nom in (
            "annexe-03-objectifs", "annexe-07-faits", "annexe-08-faits",
            "annexe-11-evolution",
            "document-culture-numerique-faits", "document-culture-numerique-obstacles",
            "document-marketing-relationnel-faits", "document-blog-tic-pme",
            "document-marques-et-collaboration",
        )
    },
    "annexe-01-droits-de-vote": (controler_droits_de_vote,),
    "annexe-02-organes-et-postes": (controler_hierarchie,),
    "introduction": (controler_unites,),
    "annexe-01-faits": (controler_unites, _periode("A1-43", "A1-44")),
    "annexe-09-faits": (controler_unites, _periode("A9-02", "A9-03")),
    "dossier-2-enonce": (controler_unites, controler_repli),
    "annexe-03-regles": (controler_valeurs_fixees, controler_regles),
    "annexe-04-budget-previsionnel": (controler_valeurs_fixees, controler_budget_previsionnel),
    "annexe-04-totaux": (controler_totaux,),
    "annexe-05-budget-realise": (controler_budget_realise, controler_valeurs_fixees),
    "annexe-06-hypotheses": (controler_hypotheses,),
    "annexe-08-supports": (_suite("ordre"),),
    "annexe-09-plan": (_suite("ordre", "colonne", "rubrique"),),
    "annexe-09-missions": (_suite("ordre"),),
    "annexe-10-usages": (_suite("ordre"),),
    "annexe-11-web-2-0": (_suite("ordre"),),
    "notes": (_suite("note"),),
    "document-culture-numerique": (_suite("numero"),),
    "document-culture-numerique-enquete": (controler_enquete,),
    "corrige-questions": (controler_questions, _suite("rang", "dossier")),
    "corrige-attendus": (controler_attendus, _suite("rang", "question")),
    "corrige-indices": (_suite("rang", "question"),),
    "corrige-erreurs": (_suite("rang"),),
    "corrige-coherence-options": (_suite("rang", "dimension"),),
    "corrige-coherence-indices": (_cites("fait_id"),),
    "corrige-culture-composantes": (_suite("rang"),),
    "corrige-culture-faits": (_cites("fait_id"),),
    "corrige-culture-effets": (
        _suite("rang"), _cites("preuve_trait", "preuve_conduite", "preuve_effet"),
    ),
    "corrige-categories-dossier-1": (_suite("rang", "exercice"),),
    "corrige-tris-dossier-1": (_cites("fait_id"), _suite("rang", "exercice")),
    "corrige-communication-publics": (_cites("element_id"),),
    "corrige-web-comparaison": (_suite("rang", "critere"),),
    "corrige-indicateurs": (_suite("rang"),),
    "corrige-information-missions": (_suite("ordre"),),
}  # fmt: skip
