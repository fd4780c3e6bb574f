"""Les quatre classements : leurs faits, leurs verdicts."""

import pytest

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_1.classement import (
    EXERCICES,
    DiagnosticInterne,
    Performance,
    Strategie,
    categories,
    faits_a_classer,
    textes_des_faits,
)
from cerdd_case.socle.erreurs import ErreurCas

DONNEES = Donnees()


@pytest.mark.parametrize("exercice", EXERCICES)
def test_les_classements_se_tiennent(exercice):
    faits = faits_a_classer(exercice, donnees=DONNEES)
    connues = set(categories(exercice, DONNEES)["categorie"])
    assert set(faits["categorie"]) == connues
    assert faits["fait"].notna().all() and faits["fait_id"].is_unique
    assert list(faits["rang"]) == list(range(1, len(faits) + 1))
    for ligne in faits.itertuples():
        admis = ligne.admis.split() if isinstance(ligne.admis, str) else []
        assert set(admis) <= connues - {ligne.categorie}
    assert faits["court"].is_unique


def test_le_diagnostic_a_une_serie_courte_et_des_domaines():
    complete = faits_a_classer("diagnostic", donnees=DONNEES)
    courte = complete[complete["serie"] == 1]
    assert len(courte) == 12 and set(courte["fait_id"]) < set(complete["fait_id"])
    assert set(courte["categorie"]) == {"force", "faiblesse", "aucune"}
    juges = complete[complete["categorie"] != "aucune"]
    assert set(juges["domaine"]) == set(categories("domaines", DONNEES)["categorie"])
    # Les annexes 1 et 7 servent toutes les deux.
    assert {f[:2] for f in complete["fait_id"]} == {"A1", "A7"}


def test_reference_d_un_fait():
    assert textes_des_faits(DONNEES).loc["A1-85", "reference"] == "annexe 1, §\u00a015"
    assert textes_des_faits(DONNEES).loc["INT-02", "reference"] == "introduction, §\u00a01"


def test_verdicts_d_un_classement():
    reponses = {"A1-85": "force", "A7-11": "force", "A7-01": "faiblesse", "A1-88": ""}
    verdicts = DiagnosticInterne(DONNEES).juger(reponses)
    assert verdicts["A1-85"].juste is True
    assert verdicts["A7-11"].etat == "faux"
    assert "ce que le personnel ne peut pas obtenir" in verdicts["A7-11"].phrase
    assert verdicts["A7-11"].proposee.startswith("Réponse proposée : « Faiblesse ». ")
    assert "Faiblesse" not in verdicts["A7-11"].phrase + verdicts["A7-11"].relance
    assert verdicts["A7-01"].etat == "presque" and "se défend" in verdicts["A7-01"].phrase
    assert verdicts["A1-88"].etat == verdicts["A1-79"].etat == "a_completer"


@pytest.mark.parametrize("exercice", EXERCICES)
def test_le_corrige_se_juge_juste_lui_meme(exercice):
    classement = EXERCICES[exercice](DONNEES)
    assert {v.etat for v in classement.juger(classement.solution()).values()} == {"juste"}


def test_verdict_d_une_preuve():
    performance = Performance(DONNEES)
    assert performance.juger({"sociale": "A1-84"})["sociale"].etat == "juste"
    assert performance.juger({"duree": "A1-79"})["duree"].etat == "presque"
    deja = performance.juger({"duree": "A1-79", "efficience": "A1-79"})["duree"]
    assert deja.etat == "faux" and "déjà employé pour : Efficience" in deja.phrase
    assert performance.juger({"societale": "A1-84"})["societale"].etat == "faux"
    trois = performance.juger(dict.fromkeys(("societale", "duree", "limite"), "A1-84"))
    assert all("déjà employé" in trois[c].phrase for c in ("societale", "duree", "limite"))
    assert performance.juger({})["societale"].etat == "a_completer"


def test_strategie_deliberee_ou_emergente():
    strategie = Strategie(DONNEES)
    assert len(strategie.cles) == 10 and {f[:2] for f in strategie.cles} == {"A1", "A7"}
    verdicts = strategie.juger(
        {"A1-41": "deliberee", "A1-47": "deliberee", "A1-51": "emergente", "A7-33": "discute",
         "A1-46": "deliberee"}
    )  # fmt: skip
    attendus = {"A1-41": "juste", "A1-47": "faux", "A1-51": "presque", "A7-33": "presque",
                "A1-46": "faux", "A1-50": "a_completer"}  # fmt: skip
    assert {fait: verdicts[fait].etat for fait in attendus} == attendus
    assert "« Émergente ». Celui qui devait appliquer" in verdicts["A1-47"].proposee
    assert "Nous avons retenu « Les deux se discutent »" in verdicts["A1-51"].phrase


def test_exercice_inconnu():
    with pytest.raises(ErreurCas, match="diagnostic, finalites, performance, strategie"):
        faits_a_classer("swot", donnees=DONNEES)
