"""La mémoire : une seule vérité, des valeurs étranges, un disque qui refuse, recommencer."""

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cerdd_case import Cas
from cerdd_case.socle import memoire
from cerdd_case.socle.erreurs import ErreurCas
from cerdd_case.socle.fusion import TYPES, fusionner, lisible
from cerdd_case.socle.memoire import Garde, Memoire

PAQUET = Path(memoire.__file__).parent.parent


@pytest.fixture
def fichier(tmp_path):
    return tmp_path / ".essai.suivi.json"


def lu(fichier):
    return json.loads(fichier.read_text(encoding="utf-8"))


@pytest.mark.entiere
def test_un_atelier_reste_a_l_ecran_n_efface_pas_la_suite(fichier):
    """La première cellule relancée, puis une case cochée dans la grille restée à l'écran."""
    ancien = Cas(memoire=Memoire(fichier))
    grille = ancien.grille("2.1", ouverte=True)
    nouveau = Cas(memoire=Memoire(fichier))
    nouveau.verifier("2.3", 763_316.40)
    grille.cases[0].value = True
    nouveau.verifier("2.1", 14_000)
    assert lu(fichier) == {
        "verdict:2.3": "juste", "verdict:2.1": "juste", "grille:2.1": ["2.1-1"],
        "grille_vue:2.1": True,
        "essais:2.3": {"nombre": 0, "texte": "763\u202f316,40\u00a0€", "etat": "juste"},
        "essais:2.1": {"nombre": 0, "texte": "14\u202f000\u00a0€", "etat": "juste"},
    }  # fmt: skip


@pytest.mark.entiere
def test_deux_grilles_de_la_meme_question_s_ajoutent(fichier):
    cas = Cas(memoire=Memoire(fichier))
    une, autre = cas.grille("2.1", ouverte=True), Cas(memoire=Memoire(fichier)).grille("2.1")
    une.cases[0].value = True
    autre.cases[1].value = True
    une.cases[2].value = True
    assert sorted(lu(fichier)["grille:2.1"]) == ["2.1-1", "2.1-2", "2.1-3"]
    une.cases[0].value = False
    assert sorted(cas.grille("2.1").coches) == ["2.1-2", "2.1-3"]


@pytest.mark.entiere
def test_deux_simulateurs_gardent_les_scenarios_de_l_autre(fichier):
    un, autre = (Cas(memoire=Memoire(fichier)).simulateur().scenarios for _ in range(2))
    un.boutons_prets[0].click()
    autre.boutons_prets[1].click()
    assert (
        sorted(autre.gardes)
        == sorted(lu(fichier)["scenarios"])
        == ["Le sujet", "Valeur de secours"]
    )
    un.choix.value = "Le sujet"
    un.simulateur.scenarios.retirer.click()
    assert list(lu(fichier)["scenarios"]) == ["Valeur de secours"]


@pytest.mark.parametrize(
    ("avant", "apres", "present", "attendu"),
    [
        ({"a": 1}, {"a": 2}, {"a": 1, "b": 1}, {"a": 2, "b": 1}),
        ({"a": 1, "b": 1}, {"b": 1}, {"a": 1, "b": 2}, {"b": 2}),
        ({}, {"r": {"x": "1"}}, {"r": {"y": "2"}}, {"r": {"x": "1", "y": "2"}}),
        ({"r": {}}, {"r": {"x": "1"}}, {"r": {"y": "2"}}, {"r": {"x": "1", "y": "2"}}),
        (["a", "b"], ["b", "c"], ["a", "b", "d"], ["b", "d", "c"]),
        (["a"], ["a", "b"], None, ["a", "b"]),
        ("faux", "juste", "presque", "juste"),
    ],
)
def test_fusionner_ne_refait_que_le_changement(avant, apres, present, attendu):
    assert fusionner(avant, apres, present) == attendu


valeurs = st.recursive(
    st.text(max_size=3),
    lambda v: st.lists(v, max_size=3) | st.dictionaries(st.sampled_from("abc"), v, max_size=3),
    max_leaves=6,
)


@given(valeurs, valeurs)
def test_sans_autre_changement_fusionner_donne_ce_que_l_on_ecrit(avant, apres):
    assert fusionner(avant, apres, avant) == apres
    assert fusionner(avant, avant, apres) == (avant if avant == apres else apres) or not (
        type(avant) is type(apres) in (dict, list)
    )


def test_les_cles_d_une_autre_version_restent(fichier):
    fichier.write_text('{"carte": [1], "grille:2.1": ["2.1-1"]}', encoding="utf-8")
    Memoire(fichier).ecrire("verdict:2.3", "faux")
    assert lu(fichier) == {"carte": [1], "grille:2.1": ["2.1-1"], "verdict:2.3": "faux"}
    assert Memoire(fichier).lire("carte") == [1]


ETRANGES = [None, True, "texte", [], [["x"]], {"a": 1}, {"a": []}]
CLES = [
    "verdict:2.3", "grille:2.1", "scenarios", "classement:diagnostic", "classement:finalites",
    "classement:performance", "culture:rangement", "culture:leviers", "atelier:chaine",
    "atelier:web", "atelier:arguments", "indices:2.3",
    "grille_vue:2.1", "grille_ouverte:2.1", "essais:2.3", "reprises:classement:finalites",
]  # fmt: skip


def test_chaque_cle_employee_a_un_type():
    """Les clés écrites dans le code du paquet, toutes et elles seules."""
    debuts = "verdict|essais|reprises|grille|grille_vue|grille_ouverte|indices|classement|culture|atelier"
    motif = rf"""["']((?:{debuts}):[\w{{}}.]*|scenarios)["']"""
    trouvees = {
        cle
        for chemin in PAQUET.rglob("*.py")
        if chemin.name != "fusion.py"
        for cle in re.findall(motif, chemin.read_text(encoding="utf-8"))
    }
    assert len(trouvees) >= 10
    for cle in trouvees:
        assert any(cle.startswith(debut) for debut in TYPES), cle
    for debut in TYPES:
        assert any(cle.startswith(debut) for cle in CLES), debut


@pytest.mark.entiere
@pytest.mark.parametrize("etrange", ETRANGES, ids=repr)
def test_une_valeur_etrange_n_arrete_aucun_atelier(fichier, etrange):
    brut = json.dumps(dict.fromkeys(CLES, etrange))
    fichier.write_text(brut, encoding="utf-8")
    cas = Cas(memoire=Memoire(fichier))
    for atelier in (
        cas.grille("2.1"), cas.indice("2.3"), cas.simulateur(), cas.atelier('diagnostic'),
        cas.atelier('finalites'), cas.atelier('performance'), cas.atelier('culture'), cas.atelier('chaine'),
        cas.atelier('web'), cas.atelier('arguments'),
    ):  # fmt: skip
        atelier.actualiser()
    assert len(cas.suivi().lignes) == len(cas.table("corrige-questions"))
    assert fichier.read_text(encoding="utf-8") == brut  # rien n'est écrit tant que rien ne change


json_quelconque = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(max_size=4), v, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(CLES), json_quelconque)
def test_ce_qui_se_lit_d_une_valeur_se_relit_pareil(cle, valeur):
    lu = lisible(cle, valeur)
    assert lu is None or lisible(cle, lu) == lu


@pytest.mark.entiere
def test_une_valeur_illisible_remplacee_est_gardee_a_part(fichier):
    fichier.write_text('{"scenarios": [], "grille:2.1": 5, "a_part": 3}', encoding="utf-8")
    cas = Cas(memoire=Memoire(fichier))
    cas.simulateur().scenarios.boutons_prets[0].click()
    cas.grille("2.1", ouverte=True).cases[0].value = True
    cas.grille("2.1", ouverte=True).cases[1].value = True
    contenu = lu(fichier)
    assert list(contenu["scenarios"]) == ["Le sujet"]
    assert contenu["grille:2.1"] == ["2.1-1", "2.1-2"]
    assert contenu["a_part"] == {"a_part": [3], "scenarios": [[]], "grille:2.1": [5]}


@pytest.mark.entiere
def test_un_scenario_illisible_laisse_les_autres(fichier):
    cas = Cas(memoire=Memoire(fichier))
    cas.simulateur().scenarios.boutons_prets[0].click()
    fichier.write_text(
        json.dumps({"scenarios": lu(fichier)["scenarios"] | {"Abîmé": 5}}), encoding="utf-8"
    )
    scenarios = cas.simulateur().scenarios
    assert list(scenarios.gardes) == ["Le sujet"]
    scenarios.boutons_prets[1].click()
    assert lu(fichier)["a_part"]["scenarios"][0]["Abîmé"] == 5


def test_les_verdicts_de_la_premiere_version_se_lisent(fichier):
    fichier.write_text('{"verdict:2.3": true, "verdict:2.1": false}', encoding="utf-8")
    assert [Memoire(fichier).lire(f"verdict:{c}") for c in ("2.3", "2.1")] == ["juste", "faux"]
    assert lisible("verdict:2.3", "inventé") is None


@pytest.mark.parametrize(
    "octets",
    [b"", b"{", b"[1]", b"null", b"\0\0\0", b'{"grille:2.1": ["2.', "{}".encode("utf-16"),
     b"\xff\xfe\x00", b"[" * 100_000, b'"texte"', b"5", b'{"a": ' + b"9" * 5000 + b"}"],
    ids=lambda octets: repr(octets[:12]),
)  # fmt: skip
def test_un_fichier_abime_est_mis_de_cote(fichier, octets):
    fichier.write_bytes(octets)
    Memoire(fichier).ecrire("grille:2.1", ["2.1-1"])
    (garde,) = fichier.parent.glob("*abime*")
    assert garde.read_bytes() == octets
    assert lu(fichier) == {"grille:2.1": ["2.1-1"]}


def test_un_fichier_abime_en_cours_de_route_aussi(fichier):
    s = Memoire(fichier)
    fichier.write_bytes(b"\0")
    assert s.lire("grille:2.1") is None
    s.ecrire("grille:2.1", ["2.1-1"])
    assert (
        lu(fichier) == {"grille:2.1": ["2.1-1"]} and len(list(fichier.parent.glob("*abime*"))) == 1
    )


def test_un_dossier_a_la_place_du_fichier(fichier):
    fichier.mkdir()
    (fichier / "dedans").touch()
    Memoire(fichier).ecrire("grille:2.1", ["2.1-1"])
    assert lu(fichier) == {"grille:2.1": ["2.1-1"]}
    assert [p.name for p in fichier.parent.glob("*abime*/*")] == ["dedans"]


def test_le_bloc_notes_de_windows_ajoute_un_indicatif(fichier):
    fichier.write_bytes(b'\xef\xbb\xbf{"grille:2.1": ["2.1-1"]}')
    assert Memoire(fichier).lire("grille:2.1") == ["2.1-1"]


def test_un_texte_impossible_en_utf_8_se_garde(fichier):
    Memoire(fichier).ecrire("scenarios", {"moitié \ud83d": {}})
    assert Memoire(fichier).lire("scenarios") == {"moitié \ud83d": {}}


def test_un_refus_se_dit_une_fois_puis_tout_s_enregistre(tmp_path):
    s = Memoire(tmp_path / "absent" / "x.json")
    s.ecrire("grille:2.1", ["2.1-1"])
    assert "gardé en mémoire" in s.avis() and s.avis() == ""
    s.ecrire("verdict:2.3", "juste")
    assert s.avis() == "" and s.lire("grille:2.1") == ["2.1-1"] and s.cles("verdict:")
    (tmp_path / "absent").mkdir()
    s.ecrire("verdict:2.1", "faux")
    assert lu(s.fichier) == {"grille:2.1": ["2.1-1"], "verdict:2.3": "juste", "verdict:2.1": "faux"}
    assert not s.en_memoire and s.avis() == ""


def test_un_refus_durable_ne_ralentit_que_la_premiere_fois(fichier, monkeypatch):
    import time

    def refuser(*_):
        raise PermissionError(13, "le fichier est pris")

    remplacer = os.replace
    monkeypatch.setattr(os, "replace", refuser)
    s = Memoire(fichier)
    s.ecrire("grille:2.1", ["2.1-1"])
    debut = time.monotonic()
    for rang in range(5):
        s.ecrire("grille:2.1", [f"2.1-{rang}"])
    assert time.monotonic() - debut < 0.5
    assert s.avis().count("gardé en mémoire") == 1 and s.avis() == ""
    monkeypatch.setattr(os, "replace", remplacer)
    s.ecrire("verdict:2.3", "juste")
    assert lu(fichier) == {"grille:2.1": ["2.1-4"], "verdict:2.3": "juste"}


def test_un_fichier_que_l_on_ne_peut_pas_lire_n_est_pas_ecrase(fichier, monkeypatch):
    fichier.write_text('{"grille:2.1": ["2.1-1"]}', encoding="utf-8")
    lire = Path.read_bytes

    def refuser(chemin):
        if chemin == fichier:
            raise PermissionError(13, "le fichier est pris")
        return lire(chemin)

    s = Memoire(fichier)
    monkeypatch.setattr(Path, "read_bytes", refuser)
    s.ecrire("verdict:2.3", "juste")
    assert s.lire("verdict:2.3") == "juste" and s.en_memoire
    monkeypatch.undo()
    s.ecrire("verdict:2.1", "juste")
    assert lu(fichier) == {
        "grille:2.1": ["2.1-1"], "verdict:2.3": "juste", "verdict:2.1": "juste",
    }  # fmt: skip


def test_ce_que_d_autres_ont_ecrit_pendant_le_refus_reste(tmp_path):
    s = Memoire(tmp_path / "absent" / "x.json")
    garde = Garde(s, "grille:2.1")
    garde.lire([])
    garde.ecrire(["2.1-1"])
    (tmp_path / "absent").mkdir()
    Memoire(s.fichier).ecrire("grille:2.1", ["2.1-3"])
    garde.ecrire(["2.1-1", "2.1-2"])
    assert sorted(lu(s.fichier)["grille:2.1"]) == ["2.1-1", "2.1-2", "2.1-3"]


@pytest.mark.entiere
def test_le_verdict_et_le_score_se_voient_quand_rien_ne_s_enregistre(tmp_path):
    cas = Cas(memoire=Memoire(tmp_path / "absent" / "x.json"))
    assert cas.verifier("2.3", 763_316.40).juste is True
    grille = cas.grille("2.3", ouverte=True)
    grille.cases[0].value = True
    assert "Score\u00a0: 1 sur" in grille.score.html
    scenarios = cas.simulateur().scenarios
    scenarios.boutons_prets[0].click()
    assert "Le sujet" in scenarios.tableau.html and "est gardé" in scenarios.message.html
    assert cas.grille("2.3").coches == ["2.3-1"]


def test_recommencer_met_de_cote_et_repart_de_rien(fichier):
    s = Memoire(fichier)
    for tour in ("1", "2"):
        s.ecrire("grille:2.1", [tour])
        phrase = s.recommencer()
        assert "repart de zéro" in phrase and s.lire("grille:2.1") is None
    gardes = [lu(p) for p in fichier.parent.glob(".essai.suivi.avant*.json")]
    assert sorted(g["grille:2.1"] for g in gardes) == [["1"], ["2"]]
    assert ".essai.suivi.avant-2.json" in phrase


def test_recommencer_sans_carnet_ou_sans_disque(tmp_path, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "")
    s = Memoire()
    s.ecrire("grille:2.1", ["2.1-1"])
    assert "repart de zéro" in s.recommencer() and s.lire("grille:2.1") is None
    s = Memoire(tmp_path / "absent" / "x.json")
    s.ecrire("grille:2.1", ["2.1-1"])
    with pytest.raises(ErreurCas, match="Impossible de recommencer"):
        s.recommencer()
    assert s.lire("grille:2.1") == ["2.1-1"]


@pytest.mark.parametrize(
    ("montre", "suite", "fin"),
    [
        (["a"], [["a", "b"], ["a", "b", "c"], ["a", "c"]], ["c"]),
        ({"a": "1"}, [{"a": "1", "b": "2"}, {"a": "1", "b": "3"}], {"b": "3"}),
    ],
)
def test_un_atelier_reste_a_l_ecran_ne_defait_pas_recommencer(fichier, montre, suite, fin):
    """Seul ce qui y est changé ensuite s'enregistre : ce qu'il montrait encore ne revient pas."""
    s = Memoire(fichier)
    garde = Garde(s, "grille:2.1" if isinstance(montre, list) else "culture:rangement")
    garde.lire(type(montre)())
    garde.ecrire(montre)
    s.recommencer()
    for valeur in suite:
        garde.ecrire(valeur)
    assert Memoire(fichier).lire(garde.cle) == fin


def test_un_autre_noyau_ne_defait_pas_recommencer(fichier):
    """Deux noyaux, donc deux `Memoire`, sur le même fichier ; l'un repart de zéro."""
    a, b = Memoire(fichier), Memoire(fichier)
    grilles = [Garde(memoire, "grille:2.3") for memoire in (a, b)]
    grilles[0].ecrire(["2.3-1"])
    assert grilles[1].lire([]) == ["2.3-1"]
    grilles[1].ecrire(["2.3-1", "2.3-2"])
    a.recommencer()
    grilles[1].ecrire(["2.3-1", "2.3-2", "2.3-3"])
    assert Memoire(fichier).lire("grille:2.3") == ["2.3-3"]
    a.recommencer()  # une seconde fois aussi
    grilles[1].ecrire(["2.3-1", "2.3-3"])
    assert Memoire(fichier).lire("grille:2.3", []) == []
