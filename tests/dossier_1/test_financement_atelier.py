"""L'atelier des financeurs, sans navigateur."""

import pytest

from cerdd_case import Cas
from cerdd_case.dossier_1.financement_atelier import AtelierFinanceurs
from cerdd_case.dossier_1.financement_exercice import Financeurs
from cerdd_case.socle.erreurs import ErreurCas

CAS = Cas()


def test_financeurs():
    atelier = AtelierFinanceurs(Financeurs(CAS))
    assert not any(case.value for case in atelier.cases.values())
    assert "aucune recette" in atelier.conclusion.html
    for poste, part in (("etat", "34,7"), ("collectivites", "83,5"), ("ue", "96,1"),
                        ("autres", "100,0")):  # fmt: skip
        atelier.cases[poste].value = True
        assert f"{part}\u202f%" in atelier.conclusion.html
    assert "100,0" in atelier.image.alternative


def test_rien_n_est_compte_tant_que_rien_n_est_coche():
    """Ni la figure ni son texte ne donnent la façon de compter du corrigé, avec ou sans réglages."""
    atelier, fiche = CAS.atelier("financeurs"), CAS.atelier("financeurs", reponses={})
    for alternative in (atelier.image.alternative, atelier.apercu().alternative,
                        fiche.figure.alternative):  # fmt: skip
        assert "96,1" not in alternative and "✔" not in alternative
        assert "Argent public : 0,0\u202f%" in alternative.replace("\u00a0", " ")
        assert "Cochez les recettes publiques" in alternative
    assert "96,1" not in str(fiche) + fiche._repr_html_()


def test_le_corrige_donne_ses_reponses_au_depart():
    atelier = CAS.atelier("financeurs", etat=True, collectivites=True, ue=True)
    assert "96,1" in atelier.conclusion.html and "96,1" in atelier.apercu().alternative
    with pytest.raises(ErreurCas, match="« etta » n'existe pas"):
        CAS.atelier("financeurs", etta=True)
