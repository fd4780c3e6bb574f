"""L'atelier de la communication, sans navigateur."""

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_4.communication_atelier import AtelierCommunication
from cerdd_case.dossier_4.communication_exercice import Communication
from cerdd_case.socle.memoire import Memoire

DONNEES = Donnees()


def test_atelier_communication_filtre_compte_et_verifie():
    atelier = AtelierCommunication(Communication(DONNEES), Memoire())
    assert "31 éléments\u00a0: tout" in atelier.compte.html
    atelier.genre.value = "plan"
    atelier.appui.value = "nomme"
    assert "9 éléments\u00a0: plan, public nommé par le sujet" in atelier.compte.html
    atelier.matrice.choix = {"public": "partenaires", "case": "optimiser/methodes"}
    assert "1 élément\u00a0: À optimiser, Méthodes, Partenaires" in atelier.compte.html
    assert "réseaux des partenaires" in atelier.liste.html
    assert "Filtre : À optimiser" in atelier.apercu().alternative
    atelier.matrice.choix = {"public": "medias", "case": "optimiser/methodes"}
    assert "Aucun élément" in atelier.liste.html
    atelier.tout.click()
    assert "31 éléments\u00a0: tout" in atelier.compte.html
    atelier.defi.value = 4
    atelier.saisie.value = "7"
    atelier.verifier.click()
    assert "✔" in atelier.verdict.html
    atelier.defi.value = 0
    assert atelier.verdict.html == "" and atelier.saisie.value == ""
