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


def test_le_tableau_ne_compare_que_les_effectifs_essayes(donnees):
    """Le premier défi demande si les liens doublent : rien ne le dit avant d'avoir essayé."""
    atelier = AtelierCroissance(Croissance(donnees))

    def lus():
        textes = (atelier.conclusion.html, atelier.tableau.html, atelier.apercu().alternative)
        return [n for n in ("66", "78", "105", "435", "19\u202f900") if n in " ".join(textes)]

    assert lus() == ["78"] and "impossible" not in atelier.tableau.html
    assert "loi" not in atelier.conclusion.html  # le deuxième défi le demande
    atelier.boutons[3].click()
    assert lus() == ["78", "435"]
    atelier.effectif.saisir("15")
    atelier.boutons[-1].click()
    assert lus() == ["78", "105", "435", "19\u202f900"] and "impossible" in atelier.tableau.html
    atelier.effectif.saisir("13")  # ce qui a été essayé reste, aux hypothèses du moment
    atelier.minutes.saisir("30")
    assert "19\u202f900" in atelier.tableau.html
