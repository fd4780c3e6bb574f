"""Quel avancement est celui de ce carnet : copié, renommé, déplacé, reçu."""

import json

import pytest
from outils import lu, poser

from cerdd_case import Cas
from cerdd_case.questions.avancement import avancement
from cerdd_case.socle.carnet_ouvert import PREMIERES, carnet_ouvert
from cerdd_case.socle.memoire import Memoire


@pytest.fixture
def fichier(tmp_path):
    return tmp_path / ".essai.suivi.json"


A, B = "a" * 32, "b" * 32


@pytest.fixture
def ouvrir(monkeypatch):
    """Un noyau neuf, ouvert sur ce carnet par un Jupyter ordinaire."""

    def _ouvrir(carnet):
        PREMIERES.clear()
        monkeypatch.setenv("JPY_SESSION_NAME", str(carnet))
        return Memoire()

    return _ouvrir


def test_sans_identite_l_avancement_est_au_nom_du_carnet(tmp_path, ouvrir):
    s = ouvrir(poser(tmp_path / "02_budget.ipynb"))
    assert s.fichier == tmp_path / ".02_budget.suivi.json"
    s = ouvrir(tmp_path / "pas encore enregistré.ipynb")
    assert s.fichier == tmp_path / ".pas encore enregistré.suivi.json"
    assert ouvrir("").fichier is None and ouvrir("console").fichier is None


def test_un_carnet_renomme_hors_de_jupyter_garde_son_avancement(tmp_path, ouvrir):
    carnet = poser(tmp_path / "eleves" / "02.ipynb", A, "eleves/02.ipynb")
    vivant = ouvrir(carnet)
    vivant.ecrire("grille:2.1", ["2.1-1"])
    carnet.rename(nouveau := carnet.with_name("budget Léa.ipynb"))
    assert carnet_ouvert() == nouveau and vivant.lire("grille:2.1") == ["2.1-1"]
    vivant.ecrire("verdict:2.3", "juste")
    assert Memoire().lire("grille:2.1") == ["2.1-1"]  # la première cellule relancée
    assert ouvrir(nouveau).cles("") == ["grille:2.1", "verdict:2.3"]
    neuf = poser(carnet, B, "eleves/02.ipynb")  # un carnet neuf sous l'ancien nom
    assert ouvrir(neuf).cles("") == []


def test_un_carnet_deplace_hors_de_jupyter_retrouve_son_avancement(tmp_path, ouvrir):
    carnet = poser(tmp_path / "eleves" / "02.ipynb", A, "eleves/02.ipynb")
    ouvrir(carnet).ecrire("grille:2.1", ["2.1-1"])
    (tmp_path / "autre").mkdir()
    carnet.rename(nouveau := tmp_path / "autre" / "02.ipynb")
    s = ouvrir(nouveau)
    assert s.lire("grille:2.1") == ["2.1-1"]
    s.ecrire("verdict:2.3", "juste")
    assert sorted(lu(nouveau.with_name(f".{A}.suivi.json"))) == ["grille:2.1", "verdict:2.3"]


@pytest.mark.parametrize("ailleurs", ["eleves/02 - Copie.ipynb", "sauvegarde/02.ipynb"])
def test_un_double_part_de_l_original_puis_suit_sa_route(tmp_path, ouvrir, ailleurs):
    carnet = poser(tmp_path / "eleves" / "02.ipynb", A, "eleves/02.ipynb")
    ouvrir(carnet).ecrire("grille:2.1", ["2.1-1"])
    double = poser(tmp_path / ailleurs, A, "eleves/02.ipynb")
    s = ouvrir(double)
    assert s.lire("grille:2.1") == ["2.1-1"]
    s.ecrire("grille:2.1", ["2.1-2"])
    ouvrir(carnet).ecrire("verdict:2.3", "juste")
    assert ouvrir(carnet).lire("grille:2.1") == ["2.1-1"]
    assert ouvrir(double).lire("grille:2.1") == ["2.1-2"] and not ouvrir(double).cles("verdict")


def test_un_double_qui_recommence_ne_reprend_pas_l_original(tmp_path, ouvrir):
    carnet = poser(tmp_path / "02.ipynb", A, "02.ipynb")
    ouvrir(carnet).ecrire("grille:2.1", ["2.1-1"])
    double = ouvrir(poser(tmp_path / "02-Copy1.ipynb", A, "02.ipynb"))
    double.recommencer()
    assert double.lire("grille:2.1") is None and ouvrir(carnet).lire("grille:2.1") == ["2.1-1"]


def test_deux_copies_recues_par_courriel_ne_se_melangent_pas(tmp_path, ouvrir):
    """Elles portent l'identité du carnet que l'enseignant a distribué, et rien à côté."""
    lea, tom = (poser(tmp_path / f"{nom}.ipynb", A, "eleves/02.ipynb") for nom in ("lea", "tom"))
    assert ouvrir(lea).cles("") == []
    ouvrir(lea).ecrire("grille:2.1", ["2.1-1"])
    assert ouvrir(tom).cles("") == []
    assert ouvrir(lea).lire("grille:2.1") == ["2.1-1"]


@pytest.mark.parametrize("copie", [None, A])
def test_un_carnet_neuf_ne_montre_rien_de_l_ancien(tmp_path, ouvrir, copie):
    """Même nom, et parfois même identité : celle du fichier que l'on redistribue."""
    carnet = poser(tmp_path / "02.ipynb", copie, "02.ipynb", texte="ma réponse")
    s = ouvrir(carnet)
    s.ecrire("grille:2.1", ["2.1-1"])
    poser(carnet, copie, "02.ipynb")
    assert ouvrir(carnet).cles("grille") == []
    (garde,) = tmp_path.glob(".*.avant.json")
    assert lu(garde)["grille:2.1"] == ["2.1-1"]


def test_un_carnet_ou_l_on_n_a_que_coche_garde_ses_cases(tmp_path, ouvrir):
    carnet = poser(tmp_path / "02.ipynb", A, "02.ipynb")
    ouvrir(carnet).ecrire("grille:2.1", ["2.1-1"])
    assert ouvrir(carnet).lire("grille:2.1") == ["2.1-1"]


@pytest.mark.parametrize("copie", ["../../secret", "A" * 32, "", 5, None, ["a"], "a" * 31])
def test_une_identite_mal_formee_ne_mene_nulle_part(tmp_path, ouvrir, copie):
    carnet = poser(tmp_path / "02.ipynb", "x", "../../02.ipynb")
    contenu = lu(carnet)
    contenu["metadata"]["cerdd"]["copie"] = copie
    carnet.write_text(json.dumps(contenu), encoding="utf-8")
    assert ouvrir(carnet).fichier == tmp_path / ".02.suivi.json"


@pytest.mark.parametrize(
    "meta", [None, [], {"cerdd": None}, {"cerdd": []}, {"cerdd": {"empreinte": {}, "copie": A}}]
)
def test_des_metadonnees_etranges_n_arretent_rien(tmp_path, ouvrir, meta):
    carnet = tmp_path / "02.ipynb"
    carnet.write_text(json.dumps({"cells": [None, {}], "metadata": meta}), encoding="utf-8")
    s = ouvrir(carnet)
    s.ecrire("grille:2.1", ["2.1-1"])
    assert ouvrir(carnet).lire("grille:2.1") == ["2.1-1"]


@pytest.mark.entiere
def test_sans_carnet_la_grille_le_dit_mais_pas_un_carnet_execute(ouvrir):
    cas = Cas(memoire=ouvrir(""))
    assert "mémoire" not in cas.verifier("2.3", 763_316.40).phrase
    grille = cas.grille("2.3", ouverte=True)
    grille.cases[0].value = True
    assert "gardé en mémoire" in grille.incident.html
    lignes = avancement(cas, cas.memoire, carnet_ouvert(), 2)
    assert not lignes["fait"].any() and set(lignes["reponse"]) == {"inconnue"}
