"""L'atelier de la culture, sans navigateur."""

import pytest

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_3.culture import (
    Culture,
)
from cerdd_case.dossier_3.culture_atelier import AtelierCulture
from cerdd_case.socle.memoire import Memoire


@pytest.fixture(scope="module")
def donnees():
    return Donnees()


def test_la_carte_de_la_culture_se_remplit_et_se_garde(donnees, tmp_path):
    fichier = tmp_path / "carnet.suivi.json"
    atelier = AtelierCulture(Culture(donnees), Memoire(fichier))
    assert "aucun fait rangé" in atelier.etape.image.alternative
    atelier.etapes["ranger"].liste.choix = {"A7-48": "rites", "A7-06": "valeurs"}
    assert "dîner ensemble, le soir, annexe\u00a07" in atelier.etape.image.alternative
    atelier.etape.verifier()
    assert atelier.etapes["ranger"].liste.avis["A7-48"]["juste"]
    assert not atelier.etapes["ranger"].liste.avis["A7-06"]["juste"]
    assert "1 sur 13" in atelier.etape.bilan.html
    atelier.etapes["ranger"].liste.choix = {"A7-48": "rites", "A7-06": "aucune"}
    assert "A7-06" not in atelier.etapes["ranger"].liste.avis  # changé depuis : plus jugé
    atelier.choix.value = "relier"
    atelier.etapes["relier"].liste.choix = {"0:conduite": "0", "0:effet": "3"}
    atelier.etape.verifier()
    assert [a["juste"] for a in atelier.etapes["relier"].liste.avis.values()] == [True, False]

    retrouve = AtelierCulture(Culture(donnees), Memoire(fichier))
    assert retrouve.etapes["ranger"].liste.choix == {"A7-48": "rites", "A7-06": "aucune"}
    assert retrouve.etapes["relier"].liste.choix == {"0:conduite": "0", "0:effet": "3"}
    assert retrouve.etape.incident.html == ""


def test_un_avancement_etrange_ne_bloque_pas_la_carte(donnees, tmp_path):
    memoire = Memoire(tmp_path / "carnet.suivi.json")
    memoire.ecrire("culture:rangement", {"A7-48": "mythes", "A7-47": "valeurs", "X": "rites"})
    memoire.ecrire("culture:leviers", ["abîmé"])
    atelier = AtelierCulture(Culture(donnees), memoire)
    assert atelier.etapes["ranger"].liste.choix == {"A7-47": "valeurs"}
    assert atelier.etapes["relier"].liste.choix == {}


def test_un_enregistrement_impossible_se_dit_et_la_carte_avance(donnees, tmp_path):
    atelier = AtelierCulture(Culture(donnees), Memoire(tmp_path / "absent" / "carnet.suivi.json"))
    atelier.etapes["ranger"].liste.choix = {"A7-48": "rites"}
    assert "dîner ensemble, le soir, annexe\u00a07" in atelier.etape.image.alternative
    assert "gardé en mémoire" in atelier.etape.incident.html


def test_la_proposition_ne_se_montre_que_si_on_la_demande(donnees):
    atelier = AtelierCulture(Culture(donnees), Memoire())
    secret = "une région terrain d'essai"
    ranger, relier = atelier.etapes.values()
    for inutile in (ranger.proposer, ranger.verifier, ranger.proposer):  # rien n'est répondu
        inutile()
        assert secret not in atelier.apercu().alternative and not ranger.liste.proposable
    ranger.repondre({"A7-47": "rites"})
    assert not ranger.liste.proposable  # répondre ne suffit pas : il faut vérifier
    ranger.verifier()
    assert ranger.liste.proposable and not relier.liste.proposable
    ranger.proposer()
    assert secret in atelier.apercu().alternative
    assert not relier.propose and relier.leviers.html == ""  # l'autre étape attend la sienne
    assert "Aucun symbole n'est nommé" in atelier.apercu().alternative
    complete = AtelierCulture(Culture(donnees), Memoire(), complete=True)
    complete.choix.value = "relier"
    assert "Revers possible" in complete.apercu().alternative
