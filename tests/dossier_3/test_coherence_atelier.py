"""L'atelier de la cohérence, sans navigateur."""

from html import unescape

import pytest

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_3.coherence_atelier import AtelierCoherence
from cerdd_case.dossier_3.coherence_exercice import Coherence
from cerdd_case.socle.erreurs import ErreurCas


@pytest.fixture(scope="module")
def donnees():
    return Donnees()


def test_l_atelier_de_coherence_suit_ses_listes(donnees):
    atelier = AtelierCoherence(Coherence(donnees))
    rang = atelier.image.rang
    assert "Mais ce n'est pas le cas du CERDD" in unescape(atelier.conclusion.html)
    assert "Deux à deux" in atelier.detail.html
    for dimension, option in (
        ("structure", "projets"),
        ("mecanisme", "ajustement_mutuel"),
        ("decision", "participatif"),
    ):
        atelier.listes[dimension].value = option
    assert "appuient chacun des trois choix" in atelier.conclusion.html
    assert atelier.image.rang == rang + 3
    assert "6 pour, 2 contre" in atelier.image.alternative
    atelier.vue.value = "mecanisme"
    assert "Chacun consulte tous ceux que le travail concerne." in atelier.detail.html
    assert "annexe 7, §\u00a02" in atelier.detail.html
    assert atelier.incident.html == ""


def test_l_atelier_de_coherence_accepte_un_depart(donnees):
    assert (
        AtelierCoherence(Coherence(donnees), structure="projets").reponses["structure"] == "projets"
    )
    with pytest.raises(ErreurCas, match="structure : le choix « reseau » n'existe pas"):
        AtelierCoherence(Coherence(donnees), structure="reseau")
