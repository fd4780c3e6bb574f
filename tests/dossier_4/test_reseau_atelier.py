"""L'atelier du réseau, sans navigateur."""

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_4.reseau import (
    Reseau,
)
from cerdd_case.dossier_4.reseau_atelier import REGLAGES_RESEAU, AtelierReseau
from cerdd_case.dossier_4.reseau_exercice import Circuler

DONNEES = Donnees()


def test_atelier_reseau_suit_ses_curseurs():
    atelier = AtelierReseau(Circuler(DONNEES))
    assert atelier.reseau == Reseau()
    atelier.curseurs["part_auteurs"].valeur = 0.5
    atelier.tri.value = True
    assert atelier.reseau == Reseau(part_auteurs=0.5, tri=True)
    assert "Trier coûte" in atelier.conclusion.html
    assert "surcharge à partir de 16 auteurs" in atelier.image.alternative
    atelier.retour.click()
    assert atelier.reseau == Reseau() and not atelier.curseurs["minutes_tri"].actif
    assert atelier.incident.html == ""
    assert "2,4 contenus utiles de plus" in atelier.apercu().alternative
    assert set(REGLAGES_RESEAU) | {"tri"} == set(Reseau.__dataclass_fields__)


def test_chaque_bout_de_curseur_est_permis():
    atelier = AtelierReseau(Circuler(DONNEES))
    for curseur in atelier.curseurs.values():
        for valeur in (curseur.minimum, curseur.maximum, curseur.repere):
            curseur.valeur = valeur
            assert atelier.incident.html == ""
