"""L'atelier de la chaîne, sans navigateur."""

import pytest

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_4.arguments_exercice import Arguments
from cerdd_case.dossier_4.chaine_atelier import AtelierChaine
from cerdd_case.dossier_4.chaine_exercice import Chaine
from cerdd_case.dossier_4.web_exercice import Web
from cerdd_case.socle.memoire import Memoire
from cerdd_case.widgets.listes import AtelierListes

DONNEES = Donnees()
CHAINE, WEB, ARGUMENTS = Chaine(DONNEES), Web(DONNEES), Arguments(DONNEES)


@pytest.fixture
def memoire(tmp_path):
    return Memoire(tmp_path / "copie.suivi.json")


def demander(atelier, geste):
    atelier.liste.demande = [geste, atelier.liste.demande[1] + 1]


def test_atelier_chaine_corrige_garde_et_retablit(memoire):
    atelier = AtelierChaine(CHAINE, memoire)
    atelier.liste.choix = {"1-fonctions": "recueillir", "5-gains": "image"}
    demander(atelier, "verifier")
    assert "1 case juste sur 14\u202f; 12 à compléter." in atelier.bilan.html
    assert {c: r["juste"] for c, r in atelier.liste.avis.items()} == {
        "1-fonctions": True, "5-gains": False,
    }  # fmt: skip
    atelier.liste.choix = {"1-fonctions": "recueillir", "5-gains": "efficience"}
    assert set(atelier.liste.avis) == {"1-fonctions"}  # l'ancien retour ne vaut plus
    assert atelier.bilan.html == ""
    demander(atelier, "effacer")
    assert atelier.liste.choix == {} and atelier.liste.retablissable
    demander(atelier, "retablir")
    assert atelier.liste.choix["5-gains"] == "efficience"
    assert not atelier.liste.retablissable
    atelier.arret.value = "5"
    assert "Rangez d'abord cette mission" in atelier.image.alternative
    assert "Sans mémoire" not in atelier.image.alternative  # elle dit ce que la mission apporte
    gardes = atelier.liste.choix
    atelier.liste.choix = {**gardes, "5-fonctions": "diffuser"}
    assert "Sans mémoire" in atelier.image.alternative
    atelier.liste.choix = gardes
    relance = AtelierChaine(CHAINE, Memoire(memoire.fichier))
    assert relance.liste.choix == {"1-fonctions": "recueillir", "5-gains": "efficience"}
    assert "Recueillir : Veille" in relance.apercu().alternative


def test_la_verification_porte_sur_les_choix_du_meme_message(memoire):
    """Le navigateur regroupe choix et demande : l'ordre de lecture ne doit rien changer."""
    for ordre in (("choix", "demande"), ("demande", "choix")):
        atelier = AtelierListes(WEB, Memoire(memoire.fichier.with_stem(ordre[0])))
        etat = {"choix": {"nature|2.0": "nature-1"}, "demande": ["verifier", 1]}
        atelier.liste.set_state({cle: etat[cle] for cle in ordre})
        assert atelier.liste.avis["nature|2.0"]["juste"] is True
        assert "1 case juste sur 18" in atelier.bilan.html


def test_la_proposition_complete_ne_touche_pas_au_travail_garde(memoire):
    eleve = AtelierListes(WEB, memoire)
    eleve.liste.choix = {"nature|1.0": "nature-1", "faux|1.0": "x"}
    complet = AtelierListes(WEB, memoire, complete=True)
    assert "18 cases justes sur 18. Tout est juste." in complet.bilan.html
    assert AtelierListes(WEB, memoire).liste.choix == {"nature|1.0": "nature-1"}
    assert "14 cases justes sur 14" in AtelierChaine(CHAINE, memoire, complete=True).bilan.html
