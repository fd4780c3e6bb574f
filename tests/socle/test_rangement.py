"""L'avancement dans le carnet : ce qui s'y réunit, ce qui l'emporte, ce qui n'y entre pas."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outils import lu, poser

from cerdd_case.socle import rangement
from cerdd_case.socle.carnet_ouvert import PREMIERES
from cerdd_case.socle.memoire import Memoire
from cerdd_case.socle.rangement import CACHET, REUNI, admissible, cachet, rejoindre

A = "a" * 32
cases = st.dictionaries(
    st.sampled_from(["grille:2.1", "grille:2.3"]),
    st.lists(st.sampled_from("abc"), min_size=1, unique=True),
)


def porter(carnet, progres, copie=A):
    """Écrit cet avancement dans les métadonnées du carnet."""
    contenu = lu(poser(carnet, copie, carnet.name) if not carnet.exists() else carnet)
    contenu["metadata"]["cerdd"]["progres"] = progres
    carnet.write_text(json.dumps(contenu), encoding="utf-8")
    return carnet


@pytest.fixture
def ailleurs(monkeypatch):
    """Un noyau neuf d'un Jupyter ordinaire, ouvert sur ce carnet."""

    def ouvrir(carnet):
        PREMIERES.clear()
        monkeypatch.setenv("JPY_SESSION_NAME", str(carnet))
        return Memoire()

    return ouvrir


@pytest.fixture
def carnet(tmp_path):
    return porter(tmp_path / "02.ipynb", {"grille:2.1": ["2.1-1"]})


@pytest.fixture
def travail(tmp_path):
    (tmp_path / "chez le serveur").mkdir()
    return tmp_path / "chez le serveur" / f"{A}.suivi.json"


@given(cases, cases)
def test_un_fichier_en_avance_l_emporte_un_fichier_en_retard_s_efface(progres, autre):
    assert rejoindre(progres, autre | {CACHET: cachet(progres)}) == autre
    if progres:
        assert rejoindre(progres, autre | {CACHET: cachet(autre)}) == progres
    assert rejoindre(progres, {}) == progres and rejoindre({}, autre) == autre


@given(cases, cases, cases)
def test_changes_chacun_de_son_cote_rien_ne_se_perd(progres, siens, depart):
    reunis = rejoindre(progres, siens | {CACHET: cachet(depart)})
    if cachet(depart) not in (cachet(progres), cachet(siens)):
        for partie in (progres, siens):
            assert all(set(v) <= set(reunis[cle]) for cle, v in partie.items())


def test_repartir_de_zero_l_emporte_sur_un_avancement_plus_ancien():
    neuf, ancien = {"departs": 1}, {"grille:2.1": ["2.1-1"]}
    assert rejoindre(neuf, ancien) == rejoindre(ancien, neuf | {CACHET: "x"}) == neuf


# --- Un autre Jupyter -------------------------------------------------------------------


def test_un_autre_jupyter_part_du_carnet_et_continue_a_cote(carnet, ailleurs):
    avant, s = carnet.read_bytes(), ailleurs(carnet)
    assert s.lire("grille:2.1") == ["2.1-1"] and s.cles("") == ["grille:2.1"]
    s.ecrire("verdict:2.3", "juste")
    s.ecrire("grille:2.1", [])
    a_cote = carnet.with_name(f".{A}.suivi.json")
    assert ailleurs(carnet).lire("grille:2.1") == [] and a_cote.exists()
    assert Memoire.du_carnet(carnet).lire("verdict:2.3") == "juste"
    assert carnet.read_bytes() == avant


def test_un_fichier_d_a_cote_plus_ancien_ne_cache_pas_le_carnet(carnet, ailleurs):
    """Parti du carnet sans rien changer, puis le pupitre a avancé, sur cette machine ou une autre."""
    ailleurs(carnet).ecrire("grille:2.1", ["2.1-1"])
    porter(carnet, {"grille:2.1": ["2.1-1", "2.1-2"]})
    assert ailleurs(carnet).lire("grille:2.1") == ["2.1-1", "2.1-2"]
    ailleurs(carnet).ecrire("verdict:2.3", "faux")
    porter(carnet, {"grille:2.1": ["2.1-3"], "verdict:2.1": "juste"})
    s = ailleurs(carnet)
    assert sorted(s.lire("grille:2.1")) == ["2.1-1", "2.1-2", "2.1-3"]
    assert [s.lire(f"verdict:{c}") for c in ("2.1", "2.3")] == ["juste", "faux"]


def test_recommencer_ailleurs_garde_ce_que_le_carnet_contenait(carnet, ailleurs):
    s = ailleurs(carnet)
    assert ".avant.json" in s.recommencer() and s.lire("grille:2.1") is None
    assert lu(carnet.with_name(f".{A}.suivi.avant.json")) == {"grille:2.1": ["2.1-1"]}
    assert ailleurs(carnet).lire("grille:2.1") is None


def profond(etages):
    return {} if not etages else {"a": profond(etages - 1)}


@pytest.mark.parametrize(
    "hostile",
    [None, [], "texte", 5, True, profond(rangement.PROFONDEUR + 5), {"a": "x" * 2_000_000}],
    ids=lambda v: str(v)[:12],
)
def test_un_avancement_hostile_se_lit_comme_absent_et_reste(tmp_path, ailleurs, travail, hostile):
    carnet = porter(tmp_path / "02.ipynb", hostile)
    s = ailleurs(carnet)
    assert s.cles("") == []
    s.ecrire("grille:2.1", ["2.1-1"])
    assert lu(carnet)["metadata"]["cerdd"]["progres"] == hostile
    assert rangement.prendre_en_charge(carnet, travail) is True
    contenu = lu(carnet)
    inscrit = rangement.inscrire(contenu, carnet, travail)
    carnet.write_text(json.dumps(contenu), encoding="utf-8")
    rangement.confirmer(carnet, travail, inscrit)
    assert contenu["metadata"]["cerdd"]["progres"] == {"grille:2.1": ["2.1-1"]}
    gardes = [lu(f) for f in tmp_path.glob(".*abime.json")]
    assert gardes == ([] if hostile is None else [hostile])


@pytest.mark.parametrize("octets", [b'{"a": NaN}', b'{"a": 1e999}', b'{"a": "moiti\\ud83d"}'])
def test_ce_qu_un_carnet_ne_peut_pas_contenir_n_y_entre_pas(tmp_path, travail, octets):
    carnet = poser(tmp_path / "02.ipynb", A, "02.ipynb")
    carnet.with_name(f".{A}.suivi.json").write_bytes(octets)
    rangement.prendre_en_charge(carnet, travail)
    contenu = lu(carnet)
    inscrit = rangement.inscrire(contenu, carnet, travail)
    texte = json.dumps(contenu, ensure_ascii=False, allow_nan=False).encode()
    carnet.write_bytes(texte)
    rangement.confirmer(carnet, travail, inscrit)
    assert not carnet.with_name(f".{A}.suivi.json").exists()
    assert rangement.prendre_en_charge(carnet, travail) is False  # il ne se réécrit pas sans fin


def test_un_avancement_ordinaire_est_admis():
    assert admissible({"scenarios": {"Le sujet": {"taux": 0.2}}, "a_part": {"grille:2.1": [5]}})


# --- Le pupitre -------------------------------------------------------------------------


def test_le_fichier_de_travail_ne_part_pas_avec_ses_cles(carnet, travail):
    a_cote = carnet.with_name(f".{A}.suivi.json")
    a_cote.write_text('{"verdict:2.3": "juste", "carnet_modifie": true}', encoding="utf-8")
    poser(carnet, A, carnet.name, texte="ma réponse")
    porter(carnet, {"grille:2.1": ["2.1-1"]})
    assert rangement.prendre_en_charge(carnet, travail) is True
    assert {CACHET, REUNI} <= lu(travail).keys()
    contenu = lu(carnet)
    rangement.inscrire(contenu, carnet, travail)
    attendu = {"grille:2.1": ["2.1-1"], "verdict:2.3": "juste"}
    assert contenu["metadata"]["cerdd"]["progres"] == attendu


def test_tant_que_le_carnet_n_est_pas_enregistre_rien_n_est_retire(carnet, travail):
    a_cote = carnet.with_name(f".{A}.suivi.json")
    a_cote.write_text('{"verdict:2.3": "juste"}', encoding="utf-8")
    rangement.prendre_en_charge(carnet, travail)
    inscrit = rangement.inscrire(lu(carnet), carnet, travail)
    rangement.confirmer(carnet, travail, inscrit)  # le disque a refusé le carnet
    assert a_cote.exists()
    Memoire(rangement.lieux(carnet, travail)).ecrire("verdict:2.3", "faux")
    assert rangement.prendre_en_charge(carnet, travail) is True  # un arrêt brutal, une réouverture
    assert lu(travail)["verdict:2.3"] == "faux"  # le fichier d'à côté n'est repris qu'une fois


def test_un_fichier_de_travail_abime_laisse_ce_que_le_carnet_contient(carnet, travail):
    travail.write_bytes(b"\0")
    assert rangement.prendre_en_charge(carnet, travail) is False
    assert lu(travail)["grille:2.1"] == ["2.1-1"]
    assert [f.read_bytes() for f in travail.parent.glob("*abime*")] == [b"\0"]
