"""La chaîne de l'information : les missions, leur fonction, leur gain."""

import re
from types import SimpleNamespace

import pytest

from cerdd_case.bureau.carnets import dossier_des_carnets
from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_4.arguments_exercice import Arguments
from cerdd_case.dossier_4.chaine_exercice import FONCTIONS, GAINS, Chaine, missions_du_cas
from cerdd_case.dossier_4.web_exercice import Web
from cerdd_case.socle.erreurs import ErreurCas

DONNEES = Donnees()
MISSIONS = missions_du_cas(DONNEES)
CHAINE, WEB, ARGUMENTS = Chaine(DONNEES), Web(DONNEES), Arguments(DONNEES)


def avec(nom, tableau):
    """Les données livrées, ce tableau-là excepté."""
    return SimpleNamespace(
        annexe=DONNEES.annexe, table=lambda n: tableau if n == nom else DONNEES.table(n)
    )


def test_chaque_mission_a_une_fonction_et_un_gain_acceptes():
    assert list(MISSIONS["mission"]) == [
        "Veille", "Observation et mesure", "Analyse", "Animation", "Capitalisation", "Diffusion",
        "Accompagnement",
    ]  # fmt: skip
    premieres = [m.fonctions[0] for m in MISSIONS.itertuples()]
    assert premieres == [
        "recueillir", "recueillir", "traiter", "diffuser", "memoriser", "diffuser", "diffuser",
    ]  # fmt: skip
    assert set(premieres) == set(FONCTIONS)
    assert {g for gains in MISSIONS["gains"] for g in gains} == set(GAINS)


def test_une_mission_non_classee_est_signalee():
    nom = "corrige-information-missions"
    with pytest.raises(ErreurCas, match="une ligne par mission"):
        missions_du_cas(avec(nom, DONNEES.table(nom).head(6)))


def test_la_correction_accepte_les_autres_reponses_et_le_dit():
    assert MISSIONS["mission"][2] == "Observation et mesure"
    juste = CHAINE.juger({"2-fonctions": "traiter"})["2-fonctions"]
    assert juste.juste is True
    assert juste.phrase.endswith("Accepté aussi : recueillir.")
    faux = CHAINE.juger({"2-fonctions": "memoriser"})["2-fonctions"]
    assert faux.juste is False and "Que devient l'information" in faux.relance
    assert CHAINE.juger({"2-gains": ""})["2-gains"].juste is None


def test_l_ouverture_du_dossier_ne_dit_pas_ce_que_le_cerdd_fait_de_l_information():
    """« Que fait-il de l'information ? » se demande après l'énoncé de la question 4.1."""
    source = dossier_des_carnets() / "sources" / "04_information.md"
    avant, question, _ = source.read_text(encoding="utf-8").partition('⟦ enonce("4.1") ⟧')
    assert question and re.search(r"\b(?:recueil|analys|expliqu|diffus|mémoris)", avant) is None
