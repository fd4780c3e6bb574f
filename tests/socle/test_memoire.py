"""Le suivi : une seule vérité, le fichier ; rien ne s'efface, rien n'arrête l'élève."""

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cerdd_case import Cas
from cerdd_case.questions.avancement import avancement
from cerdd_case.socle import memoire
from cerdd_case.socle.carnet_ouvert import PREMIERES, carnet_ouvert
from cerdd_case.socle.erreurs import ErreurCas
from cerdd_case.socle.fusion import TYPES, fusionner, lisible
from cerdd_case.socle.memoire import Garde, Memoire

PAQUET = Path(memoire.__file__).parent.parent


@pytest.fixture
def fichier(tmp_path):
    return tmp_path / ".essai.suivi.json"


def lu(fichier):
    return json.loads(fichier.read_text(encoding="utf-8"))


# --- Une seule vérité -----------------------------------------------------------------------


def test_un_atelier_reste_a_l_ecran_n_efface_pas_la_suite(fichier):
    """La première cellule relancée, puis une case cochée dans la grille restée à l'écran."""
    ancien = Cas(memoire=Memoire(fichier))
    grille = ancien.grille("2.1")
    nouveau = Cas(memoire=Memoire(fichier))
    nouveau.verifier("2.3", 763_316.40)
    grille.cases[0].value = True
    nouveau.verifier("2.1", 14_000)
    assert lu(fichier) == {
        "verdict:2.3": "juste", "verdict:2.1": "juste", "grille:2.1": ["2.1-1"],
        "essais:2.3": {"nombre": 0, "texte": "763\u202f316,40\u00a0€", "etat": "juste"},
        "essais:2.1": {"nombre": 0, "texte": "14\u202f000\u00a0€", "etat": "juste"},
    }  # fmt: skip


def test_deux_grilles_de_la_meme_question_s_ajoutent(fichier):
    cas = Cas(memoire=Memoire(fichier))
    une, autre = cas.grille("2.1"), Cas(memoire=Memoire(fichier)).grille("2.1")
    une.cases[0].value = True
    autre.cases[1].value = True
    une.cases[2].value = True
    assert sorted(lu(fichier)["grille:2.1"]) == ["2.1-1", "2.1-2", "2.1-3"]
    une.cases[0].value = False
    assert sorted(cas.grille("2.1").coches) == ["2.1-2", "2.1-3"]


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


# --- Les types ------------------------------------------------------------------------------

ETRANGES = [None, True, "texte", [], [["x"]], {"a": 1}, {"a": []}]
CLES = [
    "verdict:2.3", "grille:2.1", "scenarios", "classement:diagnostic", "classement:finalites",
    "classement:performance", "culture:rangement", "culture:leviers", "atelier:chaine",
    "atelier:web", "atelier:arguments", "indices:2.3",
    "grille_vue:2.1", "essais:2.3", "reprises:classement:finalites",
]  # fmt: skip


def test_chaque_cle_employee_a_un_type():
    """Les clés écrites dans le code du paquet, toutes et elles seules."""
    debuts = "verdict|essais|reprises|grille|grille_vue|indices|classement|culture|atelier"
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
    assert len(cas.suivi().lignes) == 14
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


def test_une_valeur_illisible_remplacee_est_gardee_a_part(fichier):
    fichier.write_text('{"scenarios": [], "grille:2.1": 5, "a_part": 3}', encoding="utf-8")
    cas = Cas(memoire=Memoire(fichier))
    cas.simulateur().scenarios.boutons_prets[0].click()
    cas.grille("2.1").cases[0].value = True
    cas.grille("2.1").cases[1].value = True
    contenu = lu(fichier)
    assert list(contenu["scenarios"]) == ["Le sujet"]
    assert contenu["grille:2.1"] == ["2.1-1", "2.1-2"]
    assert contenu["a_part"] == {"a_part": [3], "scenarios": [[]], "grille:2.1": [5]}


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


# --- Un disque qui refuse -------------------------------------------------------------------


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


def test_le_verdict_et_le_score_se_voient_quand_rien_ne_s_enregistre(tmp_path):
    cas = Cas(memoire=Memoire(tmp_path / "absent" / "x.json"))
    assert cas.verifier("2.3", 763_316.40).juste is True
    grille = cas.grille("2.3")
    grille.cases[0].value = True
    assert "Score : 1 sur" in grille.score.html
    scenarios = cas.simulateur().scenarios
    scenarios.boutons_prets[0].click()
    assert "Le sujet" in scenarios.tableau.html and "est gardé" in scenarios.message.html
    assert cas.grille("2.3").coches == ["2.3-1"]


# --- Recommencer ----------------------------------------------------------------------------


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


# --- Le carnet ouvert -----------------------------------------------------------------------


def poser(chemin: Path, copie: str | None = None, place: str = "", texte: str = "livré") -> Path:
    """Un carnet livré, et l'identité que le serveur lui a donnée."""
    from cerdd_case.socle.identite import empreinte

    cellule = {"cell_type": "markdown", "metadata": {"reponse": "2.1"}, "source": "livré"}
    carnet = {"cells": [cellule], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    carnet["metadata"]["cerdd"] = {"empreinte": empreinte(carnet), "version": "eleves"}
    if copie:
        carnet["metadata"]["cerdd"] |= {"copie": copie, "place": place}
    cellule["source"] = texte
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.write_text(json.dumps(carnet), encoding="utf-8")
    return chemin


A, B = "a" * 32, "b" * 32


@pytest.fixture
def ouvrir(monkeypatch):
    """Un noyau neuf, ouvert sur ce carnet par un Jupyter ordinaire."""

    def _ouvrir(carnet):
        PREMIERES.clear()
        monkeypatch.setenv("JPY_SESSION_NAME", str(carnet))
        return Memoire()

    return _ouvrir


def test_sans_identite_le_suivi_est_au_nom_du_carnet(tmp_path, ouvrir):
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


def test_sans_carnet_la_grille_le_dit_mais_pas_un_carnet_execute(ouvrir):
    cas = Cas(memoire=ouvrir(""))
    assert "mémoire" not in cas.verifier("2.3", 763_316.40).phrase
    grille = cas.grille("2.3")
    grille.cases[0].value = True
    assert "gardé en mémoire" in grille.incident.html
    lignes = avancement(cas, cas.memoire, carnet_ouvert(), 2)
    assert not lignes["fait"].any() and set(lignes["reponse"]) == {"inconnu"}


# --- Dans un vrai noyau ---------------------------------------------------------------------


def test_dans_un_vrai_noyau(tmp_path):
    """L'annonce du serveur, la mémoire commune aux `Cas` d'un noyau, les widgets rendus."""
    from jupyter_client.manager import start_new_kernel

    carnet = poser(tmp_path / "eleves" / "02.ipynb", A, "eleves/02.ipynb")
    env = {**os.environ, "JPY_SESSION_NAME": str(carnet)}
    gestionnaire, client = start_new_kernel(cwd=str(carnet.parent), env=env)
    sorties = []

    def executer(code):
        client.execute_interactive(
            code, timeout=60, output_hook=lambda m: sorties.append(m["content"]), stop_on_error=True
        )
        return "".join(s.get("text", "") + s.get("evalue", "") for s in sorties[-3:]).strip()

    def vaut(expression):
        return executer(f"print(repr({expression}))").splitlines()[-1]

    try:
        executer(
            "from cerdd_case import Cas; cas = Cas(); cas.memoire.ecrire('verdict:2.3', 'juste')"
        )
        fiche = Path(gestionnaire.connection_file).with_suffix(".carnet")
        ailleurs = tmp_path / "ailleurs" / "budget.ipynb"
        ailleurs.parent.mkdir()
        carnet.rename(ailleurs)
        fiche.write_bytes(os.fsencode(ailleurs))
        executer("cas.memoire.ecrire('verdict:2.1', 'juste')")
        assert sorted(lu(ailleurs.with_name(f".{A}.suivi.json"))) == ["verdict:2.1", "verdict:2.3"]
        ailleurs.unlink()
        fiche.unlink()
        executer("import os; os.environ['JPY_SESSION_NAME'] = ''; cas = Cas()")
        executer("cas.memoire.ecrire('verdict:2.3', 'faux'); cas = Cas()")
        assert vaut("cas.memoire.lire('verdict:2.3')") == "'faux'"

        executer("from ipywidgets.widgets.widget import _instances as vivants")
        executer("cas.simulateur()")
        premier = int(vaut("len(vivants)"))
        for _ in range(9):
            executer("cas.simulateur()")
        assert int(vaut("len(vivants)")) == premier > 50
        executer("gc = __import__('gc'); gc.collect()")
        assert vaut("sum(type(o).__name__ == 'FigureBudget' for o in gc.get_objects())") == "1"
        executer("cas.simulateur() ")  # une autre cellule : le premier reste ouvert
        assert int(vaut("len(vivants)")) == 2 * premier
        executer("s = cas.grille('2.1'); display(s, cas.grille('2.2'))")
        deux = int(vaut("len(vivants)"))
        executer("s")
        executer("s = cas.grille('2.1'); display(s, cas.grille('2.2'))")
        assert int(vaut("len(vivants)")) > deux  # `s`, que montre une autre cellule, est resté
        assert vaut("s.cases[0].comm is not None") == "True"
    finally:
        client.stop_channels()
        gestionnaire.shutdown_kernel(now=True)


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
