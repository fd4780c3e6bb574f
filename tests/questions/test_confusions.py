"""La deuxième erreur d'un classement : ce que l'on a confondu, pour ce choix, sans la réponse."""

import re
from functools import cache

import pytest

from cerdd_case import Cas
from cerdd_case.dossier_1.classement import EXERCICES
from cerdd_case.dossier_3.culture import Ranger, Relier
from cerdd_case.dossier_3.notions import Notions
from cerdd_case.dossier_4.chaine_exercice import Chaine
from cerdd_case.dossier_4.web_exercice import Web
from cerdd_case.questions.registre import SANS_CONFUSION, confusions

CAS = Cas()
CLASSEMENTS = {**EXERCICES, "ranger": Ranger, "relier": Relier, "chaine": Chaine, "web": Web,
               "notions": Notions}  # fmt: skip
TABLEAU = CAS.table("corrige-confusions")


@cache
def erreurs(nom):
    """Chaque réponse fausse d'un classement : sa clé, le texte de la bonne, son verdict."""
    exercice = CLASSEMENTS[nom](CAS)
    bonnes = exercice.solution()
    return [
        (cle, exercice.possibles[cle][bonnes[cle]], verdict)
        for cle in exercice.cles
        for choix in exercice.possibles[cle]
        if (verdict := exercice.juger({cle: choix})[cle]).etat == "faux"
    ]


@pytest.mark.parametrize("nom", CLASSEMENTS)
def test_chaque_erreur_a_sa_phrase_qui_ne_donne_pas_la_reponse(nom):
    assert erreurs(nom)
    for cle, bonne, verdict in erreurs(nom):
        assert SANS_CONFUSION not in verdict.phrase and verdict.phrase != verdict.relance, cle
        mot = re.escape(bonne.split(" :")[0])
        assert not re.search(rf"\b{mot}\b", verdict.phrase, re.IGNORECASE), (cle, verdict.phrase)


@pytest.mark.parametrize("nom", sorted({*CLASSEMENTS} - {"performance", "web"}))
def test_deux_choix_faux_ne_se_disent_pas_pareil(nom):
    """Un choix de la performance est un fait : deux faits de même nature s'y confondent pareil."""
    phrases = [(cle, verdict.phrase) for cle, _, verdict in erreurs(nom)]
    assert len(set(phrases)) == len(phrases)


def test_aucune_phrase_ne_se_repete_ni_ne_reste_sans_emploi():
    assert TABLEAU["phrase"].is_unique
    dites = {v.phrase for nom in CLASSEMENTS for *_, v in erreurs(nom)}
    assert not {*TABLEAU["phrase"]} - dites


def test_la_phrase_de_tous_ne_cite_pas_les_mots_d_un_seul_fait():
    """Des mots entre guillemets viennent d'un fait : les autres ne les ont pas."""
    tous = TABLEAU[TABLEAU["fait_id"] == "tous"]
    cites = tous[tous["phrase"].str.match(r"« (?!.*\?)")]
    assert list(cites["phrase"]) == []


def test_la_phrase_d_un_fait_passe_avant_celle_de_tous():
    dire = confusions("diagnostic", CAS)
    assert "conformisme" in dire("faiblesse", "force", "A7-42")
    assert dire("faiblesse", "force", "A7-19") == dire("faiblesse", "force", "A9-99")
    assert dire("force", "force", "A7-19") == SANS_CONFUSION


def test_la_phrase_vient_a_la_deuxieme_erreur():
    reponses = {"INT-26": "mission"}, {"INT-26": "objectif"}
    cas = Cas()
    dits = [str(cas.atelier("finalites", r)) for r in reponses]
    phrase = confusions("finalites", cas)("objectif", "moyen", "INT-26")
    assert phrase not in dits[0] and phrase in dits[1]
