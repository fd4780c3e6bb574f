"""L'atelier de la communication, sans navigateur."""

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_4.communication import PUBLICS
from cerdd_case.dossier_4.communication_atelier import AtelierCommunication
from cerdd_case.dossier_4.communication_exercice import Communication
from cerdd_case.socle.memoire import Memoire

DONNEES = Donnees()


def test_atelier_communication_filtre_compte_et_verifie():
    atelier = AtelierCommunication(Communication(DONNEES), Memoire())
    publics = [*PUBLICS.values(), "public déduit", "Pourquoi ce classement"]
    lu = f"{atelier.matrice.lignes}{atelier.liste.html}{atelier.apercu().alternative}"
    assert "31 éléments\u00a0: tout" in atelier.compte.html
    assert not [p for p in publics if p in lu] and "Publics à trouver" in lu
    atelier.saisie.value = "23"
    atelier.verifier.click()
    assert "✘" in atelier.verdict.html and "Qu&#x27;ont en commun" in atelier.verdict.html
    assert "Publics à trouver" in str(atelier.matrice.lignes) and not atelier.publics.layout.display
    atelier.saisie.value = "21"
    atelier.verifier.click()
    assert all(p in f"{atelier.matrice.lignes}{atelier.liste.html}" for p in publics)
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
    atelier.saisie.value = "2"
    atelier.verifier.click()
    assert "✔" in atelier.verdict.html
    atelier.defi.value = 0
    assert atelier.verdict.html == "" and atelier.saisie.value == ""


def test_trois_erreurs_differentes_montrent_aussi_les_publics():
    memoire = Memoire()
    atelier = AtelierCommunication(Communication(DONNEES), memoire)
    for compte, visibles in (("23", False), ("23", False), ("25", False), ("22", True)):
        atelier.saisie.value = compte
        atelier.verifier.click()
        assert ("Médias" in str(atelier.matrice.lignes)) == visibles, compte
    assert "Médias" in str(AtelierCommunication(Communication(DONNEES), memoire).matrice.lignes)


def test_les_publics_se_demandent_et_restent_montres():
    memoire = Memoire()
    atelier = AtelierCommunication(Communication(DONNEES), memoire)
    atelier.publics.click()
    assert memoire.lire("reprises:communication") == {"publics": {"montree": True}}
    assert "Médias" in str(atelier.matrice.lignes) and atelier.publics.layout.display == "none"
    assert "Médias" in str(AtelierCommunication(Communication(DONNEES), memoire).matrice.lignes)


def test_sans_reglages_les_publics_attendent_aussi_un_defi():
    dit = str(Communication(DONNEES).fiche("communication"))
    assert "Publics à trouver : 31" in dit and "Médias : " not in dit
    for compte, visibles in (("23", False), ("21", True)):
        dit = str(Communication(DONNEES).fiche("communication", {"defi_1": compte}))
        assert ("Médias : 2" in dit) == visibles
