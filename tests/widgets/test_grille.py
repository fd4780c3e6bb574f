"""La grille d'auto-évaluation."""

import html
import json
import re
import sys
from contextlib import contextmanager

import pytest

from cerdd_case import Cas
from cerdd_case.donnees.lecture import renvoi
from cerdd_case.questions.avancement import INVITE
from cerdd_case.questions.registre import attendus
from cerdd_case.socle.carnet_ouvert import carnet_ouvert
from cerdd_case.socle.erreurs import ErreurCas
from cerdd_case.socle.memoire import Memoire
from cerdd_case.widgets.atelier import _contenus
from cerdd_case.widgets.grille import Grille
from cerdd_case.widgets.image import Annonce

CAS = Cas(memoire=Memoire())
PNG = b"\x89PNG\r\n\x1a\n"


def grille(memoire, question="2.1"):
    tous = attendus(question, CAS)
    return Grille(question, tous, memoire, [renvoi(CAS, p) for p in tous["preuves"]])


def test_la_grille_compte_les_points_coches():
    g = grille(Memoire())
    tableau = attendus("2.1", CAS)
    assert len(g.cases) == len(tableau) and g.points == 0 and g.coches == []
    g.cases[0].value = True
    g.cases[2].value = True
    assert g.points == tableau.loc[[0, 2], "points"].sum()
    assert g.coches == tableau.loc[[0, 2], "attendu_id"].tolist()
    for case in g.cases:
        case.value = True
    assert g.points == 7 and "Score\u00a0: 7 sur 7" in g.score.html  # barème proposé pour 2.1
    (carte,) = [e for e in g.children if not isinstance(e, Annonce)]
    assert "Barème proposé" in carte.children[0].html and carte.children[-1] is g.score


def test_une_reference_de_la_grille_ouvre_son_passage_mots_marques():
    html = CAS.grille("3.1", ouverte=True).preuves[0]
    marques = re.findall("<mark>(.*?)</mark>", html)
    assert (
        "<summary>annexe 7, §\u00a02</summary>" in html and "notre organigramme est plat" in marques
    )
    assert any(m in e.html for e in _contenus(CAS.grille("3.1", ouverte=True))
               if isinstance(e, Annonce) for m in marques)  # fmt: skip


def test_les_cases_cochees_survivent(tmp_path):
    fichier = tmp_path / ".essai.suivi.json"
    g = grille(Memoire(fichier))
    g.cases[1].value = True
    assert json.loads(fichier.read_text(encoding="utf-8")) == {"grille:2.1": ["2.1-2"]}
    apres = grille(Memoire(fichier))
    assert [c.value for c in apres.cases] == [i == 1 for i in range(len(apres.cases))]
    assert apres.points == g.points
    assert grille(Memoire(fichier), "2.2").coches == []
    apres.cases[1].value = False
    assert grille(Memoire(fichier)).coches == []


def test_l_apercu_de_la_grille_est_lisible(tmp_path):
    g = grille(Memoire())
    g.cases[0].value = True
    contenu, _ = g._repr_mimebundle_()
    assert contenu["image/png"].startswith(PNG)
    texte = contenu["text/plain"]
    assert texte.count("☑") == 1 and texte.count("☐") == len(g.cases) - 1
    for attendu in attendus("2.1", CAS)["attendu"]:
        assert attendu in texte


def test_ce_que_seul_le_cours_donne_se_dit_a_cote_du_point():
    g = Cas(memoire=Memoire()).grille("4.3", ouverte=True)
    dits = [ligne.children[2].html for ligne in g.children[0].children[1:-1]]
    assert [i for i, d in enumerate(dits, 1) if "connaissance de cours, sans passage" in d] == [2]


def test_une_grille_qui_ne_peut_pas_s_enregistrer_le_dit(tmp_path):
    g = grille(Memoire(tmp_path / "absent" / "x.suivi.json"))
    g.cases[0].value = True
    assert "Score\u00a0: 1,5 sur" in g.score.html and "gardé en mémoire" in g.incident.html
    (tmp_path / "absent").mkdir()
    g.cases[0].value = False
    assert "Score\u00a0: 0 sur" in g.score.html and g.incident.html == ""


@pytest.mark.parametrize("abime", ["", "{", "[1]", "null", "\x00", '"texte"'])
def test_un_avancement_abime_est_mis_de_cote(tmp_path, abime):
    fichier = tmp_path / ".essai.suivi.json"
    fichier.write_text(abime, encoding="utf-8")
    g = grille(Memoire(fichier))
    assert g.coches == [] and not fichier.exists()
    gardes = list(tmp_path.glob("*abime*"))
    assert [p.read_text(encoding="utf-8") for p in gardes] == [abime]
    g.cases[0].value = True
    assert grille(Memoire(fichier)).coches == ["2.1-1"]


def test_deux_avancements_abimes_sont_gardes_tous_les_deux(tmp_path):
    fichier = tmp_path / ".essai.suivi.json"
    for texte in ("un", "deux"):
        fichier.write_text(texte, encoding="utf-8")
        Memoire(fichier)
    assert {p.read_text(encoding="utf-8") for p in tmp_path.iterdir()} == {"un", "deux"}


@pytest.mark.parametrize("valeur", [5, None, "2.1-1", {"a": 1}, [["x"]], [1, None, "inconnu"]])
def test_une_valeur_inattendue_de_l_avancement_ne_bloque_pas_la_grille(tmp_path, valeur):
    fichier = tmp_path / ".essai.suivi.json"
    fichier.write_text(json.dumps({"grille:2.1": valeur}), encoding="utf-8")
    assert grille(Memoire(fichier)).coches == []


def test_l_avancement_se_range_a_cote_du_carnet(monkeypatch, tmp_path):
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "02_budget.ipynb"))
    assert carnet_ouvert() == tmp_path / "02_budget.ipynb"
    memoire = Memoire()
    memoire.ecrire("grille:2.1", ["2.1-1"])
    assert [p.name for p in tmp_path.iterdir()] == [".02_budget.suivi.json"]
    assert Memoire().lire("grille:2.1") == ["2.1-1"] and Memoire().cles("grille:") == ["grille:2.1"]
    monkeypatch.setenv("JPY_SESSION_NAME", "")
    assert Memoire().fichier is None and Memoire().lire("grille:2.1") is None


def test_la_grille_du_cas_utilise_son_avancement(tmp_path):
    cas = Cas(memoire=Memoire(tmp_path / ".essai.suivi.json"))
    cas.grille("2.3", ouverte=True).cases[0].value = True
    assert cas.grille("2.3").coches == ["2.3-1"]
    with pytest.raises(ErreurCas, match="n'existe pas"):
        cas.grille("9.9")


@pytest.fixture
def carnet_ecrit(monkeypatch, tmp_path):
    """Le carnet ouvert, dont on écrit la réponse à la question 2.1."""
    carnet = tmp_path / "02_budget.ipynb"
    monkeypatch.setenv("JPY_SESSION_NAME", str(carnet))

    def ecrire(texte: str):
        zone = {"cell_type": "markdown", "metadata": {"reponse": "2.1"}, "source": texte}
        carnet.write_text(json.dumps({"cells": [zone]}), encoding="utf-8")

    ecrire(INVITE.format("2.1"))
    return ecrire


def montre(atelier) -> str:
    """Tout ce que la page reçoit d'un atelier, et ce qui se lit sans elle."""
    etats = [e.get_state() for e in _contenus(atelier)]
    fixe = {c: v for c, v in atelier._repr_mimebundle_()[0].items() if c != "image/png"}
    return html.unescape(str([etats, fixe])).replace("\\'", "'")


def vus(grille) -> list[str]:
    """Les points attendus de la question 2.1 que la page reçoit."""
    texte = montre(grille)
    return [p for p in attendus("2.1", CAS)["attendu"] if p in texte]


def test_la_grille_attend_que_la_reponse_soit_ecrite(carnet_ecrit):
    points = list(attendus("2.1", CAS)["attendu"])
    cas = Cas()

    def ouvrir(g, bouton=0):
        g.boutons.children[bouton].click()
        return vus(g)

    fermee = cas.grille("2.1")
    assert vus(fermee) == [] and "Écrivez d'abord" in fermee.invite.html
    assert ouvrir(fermee) == [] and "est vide" in fermee.invite.html
    carnet_ecrit("Un budget voté à l'équilibre.")
    assert vus(cas.grille("2.1")) == []  # écrite, elle attend encore que l'on presse le bouton
    assert ouvrir(fermee) == points == vus(cas.grille("2.1"))
    fermee.cases[0].value = True
    assert "Score\u00a0: 1,5 sur 7" in fermee.score.html
    carnet_ecrit("")
    effacee = cas.grille("2.1")
    assert vus(effacee) == [] and effacee.coches == ["2.1-1"]
    assert "sans réponse" not in str(cas.suivi(2))
    assert ouvrir(effacee, bouton=1) == points == vus(cas.grille("2.1"))  # ce choix est gardé
    assert cas.suivi(2).lignes["evaluation"][0] == (
        "… 1,5 sur 7 pt, compte avec une réponse écrite (grille vue sans réponse)"
    )
    assert vus(cas.grille("2.2")) == [] and not cas.grille("2.2").ouverte


def test_sans_carnet_connu_la_grille_se_demande(monkeypatch):
    """Le nom du carnet manque (un autre Jupyter, un programme) : rien ne s'ouvre de soi-même."""
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    points = list(attendus("2.1", CAS)["attendu"])
    cas = Cas(memoire=Memoire())
    fermee = cas.grille("2.1")
    fermee.ouvrir()
    assert not fermee.ouverte and "ne sait pas lire" in fermee.invite.html
    assert vus(fermee) == []
    assert not cas.memoire.lire("grille_vue:2.1")
    assert vus(cas.grille("2.1", ouverte=True)) == points
    assert cas.memoire.lire("grille_vue:2.1") and cas.grille("2.1").ouverte
    assert not cas.grille("2.2").ouverte


def test_ouvrir_une_grille_dont_la_reponse_est_ecrite_ne_se_note_pas(carnet_ecrit):
    carnet_ecrit("Un budget voté à l'équilibre.")
    cas = Cas()
    assert cas.grille("2.1", ouverte=True).ouverte and not cas.memoire.lire("grille_vue:2.1")


def test_sans_reglages_la_grille_dit_comment_la_demander(monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.setitem(sys.modules, "cerdd_case.widgets.grille", None)
    monkeypatch.setattr("cerdd_case.cas._sans_widgets", sans_widgets)
    points = list(attendus("2.1", CAS)["attendu"])
    cas = Cas(memoire=Memoire())
    fermee = str(cas.grille("2.1"))
    assert 'cas.grille("2.1", ouverte=True)' in fermee and not [p for p in points if p in fermee]
    assert all(p in str(cas.grille("2.1", ouverte=True)) for p in points)
    assert all(p in str(cas.grille("2.1")) for p in points)  # ce choix est gardé


@contextmanager
def sans_widgets():
    """Comme là où ipywidgets n'est pas installé."""
    absents = []
    try:
        yield absents
    except ModuleNotFoundError:
        absents.append("ipywidgets")
