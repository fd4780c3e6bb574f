"""Ranger les faits de l'entretien : structure, coordination ou décision."""

import pytest

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_3.coherence import DIMENSIONS
from cerdd_case.dossier_3.coherence_exercice import Coherence
from cerdd_case.dossier_3.notions import QUESTIONS, Notions
from cerdd_case.socle.memoire import Memoire
from cerdd_case.widgets.listes import AtelierListes

DONNEES = Donnees()
NOTIONS = Notions(DONNEES)
FAITS = NOTIONS.faits.set_index("fait_id")


@pytest.fixture(scope="module")
def emplois():
    """Les dimensions où l'atelier de la cohérence se sert de chaque fait."""
    indices = Coherence(DONNEES).indices
    return indices.groupby("fait_id")["dimension"].agg(set)


def test_les_faits_viennent_meles():
    dimensions = list(FAITS["dimension"])
    assert set(dimensions) == {*DIMENSIONS} == {*QUESTIONS} and len(dimensions) == 18
    suites = sum(a == b for a, b in zip(dimensions, dimensions[1:], strict=False))
    assert suites == 0


def test_chaque_fait_sert_a_la_coherence_la_ou_il_se_range(emplois):
    for fait, f in FAITS.iterrows():
        acceptees = {f["dimension"], f["admis"]} & {*DIMENSIONS}
        assert acceptees <= emplois[fait], fait
        assert len(emplois[fait]) != 2 or acceptees == emplois[fait], fait
        assert acceptees != {*DIMENSIONS}, fait  # sinon, rien à ranger


def test_chaque_choix_de_la_coherence_cite_un_fait_a_ranger():
    """Sans quoi un onglet montrerait ses faits avant tout rangement."""
    coherence = Coherence(DONNEES)
    for option, faits in coherence.faits.items():
        assert {f.fait_id for f in faits} & coherence.a_ranger, option


def test_un_fait_qui_sert_a_deux_dimensions_est_accepte_aux_deux():
    admis = FAITS["admis"].dropna()
    assert len(admis) >= 6
    for choix in (dict(admis), NOTIONS.solution()):
        assert {v.etat for c, v in NOTIONS.juger(choix).items() if c in choix} == {"juste"}
    assert NOTIONS.juger({"A7-33": "mecanisme"})["A7-33"].etat == "faux"


def test_le_rangement_se_garde_et_se_voit():
    memoire = Memoire()
    atelier = AtelierListes(NOTIONS, memoire)
    assert "Aucun fait rangé" in atelier.apercu().alternative and not atelier.reponses
    atelier.repondre({"A7-25": "structure", "A7-41": "mecanisme"})
    assert "… L'organigramme du CERDD est plat. Structure." in atelier.apercu().alternative
    atelier.verifier()
    assert "Vérifiés\u00a0: 2 sur 18, dont 1 bien rangés." in atelier.bilan.html
    assert "✔ L'organigramme du CERDD est plat. Structure." in atelier.apercu().alternative
    assert AtelierListes(NOTIONS, memoire).reponses == atelier.reponses
    assert atelier.reprises.bonnes == {"A7-25": "structure"}
    complet = AtelierListes(NOTIONS, memoire, complete=True)
    assert "18 bien rangés" in complet.bilan.html
    assert memoire.lire("notions") == atelier.reponses  # le travail de l'élève n'a pas bougé
