"""La place laissée à la personne suivante : rien de ce qui est commencé n'est perdu, tout repart de neuf."""

import json
import re

import pytest

from cerdd_case.bureau import copies, relais, remise
from cerdd_case.bureau.carnets import carnets, dossier_des_carnets
from cerdd_case.socle import identite
from cerdd_case.socle.fichiers import EcritureRefusee
from cerdd_case.socle.memoire import Memoire

LIVRES = dossier_des_carnets() / "eleves"


@pytest.fixture
def eleves(tmp_path):
    """Le carnet 2 a été ouvert, rempli et vérifié ; personne n'a touché aux autres."""
    copies.copier_les_carnets(dossier_des_carnets(), tmp_path)
    carnet = tmp_path / "eleves" / "02_budget.ipynb"
    contenu = json.loads(carnet.read_bytes())
    zones = [c for c in contenu["cells"] if c["metadata"].get("reponse") == "2.1"]
    zone = next(z for z in zones if z["cell_type"] == "raw")
    zone["source"] = [*zone["source"], "\nUn budget prévoit."]
    carnet.write_text(json.dumps(contenu), encoding="utf-8")
    identite.accueillir(carnet, "eleves/02_budget.ipynb", tmp_path)
    Memoire.du_carnet(carnet).ecrire("verdict:2.3", "juste")
    return tmp_path / "eleves"


def test_le_carnet_commence_est_garde_et_un_neuf_le_remplace(eleves):
    garde = relais.passer(eleves)
    assert [c.name for c in carnets(garde)] == ["02_budget.ipynb"]
    assert "Un budget prévoit." in (garde / "02_budget.ipynb").read_text(encoding="utf-8")
    assert Memoire.du_carnet(garde / "02_budget.ipynb").lire("verdict:2.3") == "juste"
    for livre in carnets(LIVRES):
        assert (eleves / livre.name).read_bytes() == livre.read_bytes()
    assert Memoire.du_carnet(eleves / "02_budget.ipynb").lire("verdict:2.3") is None
    assert [c.name for c in eleves.glob(".*")] == []
    ((quand, siens),) = relais.gardes(eleves)
    assert siens == [garde / "02_budget.ipynb"] and re.fullmatch(
        r"\d+ \w+ 20\d\d à \d+.h.\d\d", quand
    )


def test_un_carnet_garde_se_rend_avec_les_autres(eleves):
    """L'enseignant ne cherche les copies qu'à un endroit."""
    garde = relais.passer(eleves) / "02_budget.ipynb"
    fichiers = remise.rendre(garde, "Ada Essai").fichiers
    assert {f.parent for f in fichiers} == {eleves / remise.DOSSIER}


def test_personne_n_a_commence_rien_ne_bouge(eleves):
    relais.passer(eleves)
    assert relais.passer(eleves) is None and len(relais.gardes(eleves)) == 1


def test_un_carnet_seulement_ouvert_redevient_neuf_sans_rien_garder(eleves):
    """Sinon la page de la personne suivante dirait « Reprendre », et celle d'avant garderait du vide."""
    relais.passer(eleves)
    carnet = eleves / "03_coordination.ipynb"
    identite.accueillir(carnet, "eleves/03_coordination.ipynb", eleves.parent)
    assert identite.identite(carnet)
    assert relais.passer(eleves) is None and len(relais.gardes(eleves)) == 1
    assert carnet.read_bytes() == (LIVRES / carnet.name).read_bytes()


def test_un_double_commence_est_garde_aussi(eleves):
    carnet = eleves / "02_budget.ipynb"
    carnet.rename(eleves / "mon budget.ipynb")
    garde = relais.passer(eleves)
    assert [c.name for c in carnets(garde)] == ["mon budget.ipynb"]
    assert not (eleves / "mon budget.ipynb").exists()


def test_un_disque_qui_refuse_ne_perd_rien(eleves):
    (eleves / relais.DOSSIER).write_text("pas un dossier", encoding="utf-8")
    avant = (eleves / "02_budget.ipynb").read_bytes()
    with pytest.raises(EcritureRefusee, match="Appelez votre enseignant"):
        relais.passer(eleves)
    assert (eleves / "02_budget.ipynb").read_bytes() == avant


@pytest.mark.parametrize("nom", ["à moi", "2026-13-01_10h00-00"])
def test_un_dossier_qui_n_est_pas_d_un_relais_ne_se_montre_pas(eleves, nom):
    (eleves / relais.DOSSIER / nom).mkdir(parents=True)
    assert relais.gardes(eleves) == []
