"""L'atelier de la croissance, sans navigateur."""

import pytest

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_3.croissance import (
    Croissance,
)
from cerdd_case.dossier_3.croissance_atelier import AtelierCroissance


@pytest.fixture(scope="module")
def donnees():
    return Donnees()


def test_l_atelier_de_croissance_suit_ses_curseurs(donnees):
    atelier = AtelierCroissance(Croissance(donnees))
    assert atelier.reseau.effectif == 13
    atelier.boutons[-1].click()
    assert "19\u202f900 liens" in atelier.conclusion.html
    assert "impossible" in atelier.image.alternative
    atelier.decoupe.value = True
    assert atelier.taille.actif
    assert "nouveau niveau hiérarchique" in atelier.conclusion.html
    atelier.effectif.saisir("8")
    assert "rien ne change" in atelier.conclusion.html
    atelier.effectif.saisir("trop")
    assert atelier.effectif.erreur and atelier.reseau.effectif == 8
    assert atelier.incident.html == ""
