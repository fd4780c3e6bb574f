"""L'atelier du réseau, sans navigateur."""

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_4.reseau import (
    Reseau,
)
from cerdd_case.dossier_4.reseau_atelier import REGLAGES_RESEAU, AtelierReseau
from cerdd_case.dossier_4.reseau_exercice import Circuler
from cerdd_case.dossier_4.reseau_figure import FigureReseau

DONNEES = Donnees()


def test_atelier_reseau_suit_ses_curseurs():
    atelier = AtelierReseau(Circuler(DONNEES))
    assert atelier.reseau == Reseau()
    atelier.curseurs["part_auteurs"].valeur = 0.5
    atelier.tri.value = True
    assert atelier.reseau == Reseau(part_auteurs=0.5, tri=True)
    assert "Trier coûte" in atelier.conclusion.html
    assert "La surcharge commence à 16 auteurs sur 40" in atelier.image.alternative
    atelier.retour.click()
    assert atelier.reseau == Reseau() and not atelier.curseurs["minutes_tri"].actif
    assert atelier.incident.html == ""
    assert "2,4 contenus utiles de plus" in atelier.apercu().alternative
    assert set(REGLAGES_RESEAU) | {"tri"} == set(Reseau.__dataclass_fields__)


def test_le_seuil_ne_se_dit_qu_une_fois_atteint():
    """Le premier défi le demande : ni le tableau, ni la figure, ni son texte ne le donnent d'avance."""
    atelier = AtelierReseau(Circuler(DONNEES))
    part = atelier.curseurs["part_auteurs"]

    def dits() -> list[bool]:
        apercu = atelier.apercu().alternative
        lus = (atelier.tableau.html, atelier.image.alternative, apercu)
        return ["La surcharge commence à" in lu for lu in lus]

    assert dits() == [False] * 3 and "Chacun a encore le temps" in atelier.tableau.html
    part.valeur = 0.2
    assert dits() == [False] * 3
    part.valeur = 0.25
    assert dits() == [True] * 3 and "commence à 10 auteurs" in atelier.tableau.html
    part.valeur = 0.1  # revenu en deçà, on cherche encore
    assert dits() == [False] * 3


def test_les_courbes_et_les_hachures_s_arretent_a_la_part_d_auteurs():
    for part, hachures in ((0.1, 0), (0.2, 0), (0.5, 1), (1, 1)):
        axe = FigureReseau().illustration(Reseau(part_auteurs=part)).figure.axes[-1]
        recus, utiles = (t.get_xdata() for t in axe.lines[4:6])  # après les quatre de la légende
        assert max(recus) == max(utiles) == part
        traces = [p.get_path().vertices[:, 0].max() for p in axe.patches[1:]]
        assert traces == [part] * hachures


def test_chaque_bout_de_curseur_est_permis():
    atelier = AtelierReseau(Circuler(DONNEES))
    for curseur in atelier.curseurs.values():
        for valeur in (curseur.minimum, curseur.maximum, curseur.repere):
            curseur.valeur = valeur
            assert atelier.incident.html == ""
