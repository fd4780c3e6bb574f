"""Une erreur se reprend en trois temps."""

import html
import json
import re

import pytest

from cerdd_case import Cas
from cerdd_case.questions import registre
from cerdd_case.socle.memoire import Memoire
from cerdd_case.socle.typographie import typographier

CAS = Cas(memoire=Memoire())
verifier = CAS.verifier
CODES = ["2.1", "2.1.ressources", "2.1.charges", "2.3", "2.4.total", "2.4.hors_ue", "2.4.ue", "2.4"]
REPONSE = "763\u202f316,40\u00a0€"


def vues(verdict) -> tuple[bool, bool]:
    """L'erreur habituelle se nomme-t-elle ? La réponse se montre-t-elle ? À l'écran comme en texte."""
    textes = [str(verdict), html.unescape(verdict._repr_html_()), repr(verdict)]
    textes = [typographier(t) for t in textes]
    nommee = [typographier(verdict.phrase).partition(". ")[2] in t for t in textes]
    montree = [typographier(f"Réponse proposée : {REPONSE}") in t for t in textes]
    assert len(set(nommee)) == len(set(montree)) == 1
    return nommee[0], montree[0]


def test_une_erreur_se_reprend_en_trois_temps(tmp_path):
    cas = Cas(memoire=Memoire(tmp_path / "suivi.json"))
    premiere = cas.verifier("2.3", 632_000)
    assert vues(premiere) == (False, False)
    assert str(premiere).startswith("✘ À revoir — question 2.3 : Lu : 632\u202f000\u00a0€.")
    assert (
        str(premiere).endswith("À relire : annexe 4.") and "annexe\u00a04" in premiere._repr_html_()
    )
    # La même, relancée ou écrite autrement, ne compte pas ; ni dans un autre noyau.
    assert vues(Cas(memoire=Memoire(cas.memoire.fichier)).verifier("2.3", "632 k€")) == (
        False,
        False,
    )
    deuxieme = cas.verifier("2.3", 127_219)
    assert vues(deuxieme) == (True, False) and deuxieme.diagnostic == "hausse_seule"
    troisieme = cas.verifier("2.3", 7)
    assert vues(troisieme) == (True, True) and "636\u202f097" in str(troisieme)  # son calcul
    assert vues(cas.verifier("2.3", 7)) == (True, True)
    assert cas.memoire.lire("essais:2.3") == {
        "nombre": 3, "texte": "7\u00a0€", "etat": "faux", "diagnostic": "autre",
    }  # fmt: skip
    assert vues(cas.verifier("2.4.total", 7)) == (False, False)  # chaque réponse a son compte
    assert "Réponse proposée" not in str(cas.verifier("2.3", REPONSE))
    cas.recommencer()
    assert vues(cas.verifier("2.3", 7)) == (False, False)


def test_ce_qui_n_est_pas_un_essai_se_dit_aussitot_et_ne_compte_pas(tmp_path):
    cas = Cas(memoire=Memoire(tmp_path / "suivi.json"))
    etats = {
        "illisible": "quatorze", "ambigu": "14.000", "deux_nombres": "1 2 3 4", "unite": "15 ETP",
        "presque": 763_317, "juste": 763_316, "a_completer": ...,
    }  # fmt: skip
    for etat, reponse in etats.items():
        verdict = cas.verifier("2.3", reponse)
        assert (verdict.etat, verdict.essai) == (etat, None)
        assert verdict.phrase in str(verdict) and "Réponse proposée" not in str(verdict)
    assert cas.memoire.lire("essais:2.3")["nombre"] == 0
    assert cas.verifier("2.3", 7).essai == 1


def test_la_reponse_se_montre_a_la_demande_mais_pas_sans_reponse():
    cas = Cas(memoire=Memoire())
    for reponse in (7, "15 ETP", 763_317):
        verdict = cas.verifier("2.3", reponse, montrer=True)
        assert vues(verdict)[1] and verdict.phrase in str(verdict)
    for rien in (..., "", "quatorze", "14.000"):
        assert "Réponse proposée" not in str(cas.verifier("2.3", rien, montrer=True))


@pytest.mark.parametrize("code", CODES)
def test_sans_essai_toute_la_phrase_se_montre(code):
    """Un verdict demandé au registre : le correcteur et les essais lisent tout."""
    verdict = registre.juger_un_code(code, 7, CAS.controles)
    assert verdict.essai is None and verdict.phrase in str(verdict)
    assert CAS.controles[code].ecrire(CAS.controles[code].valeur)[:4] in verdict.proposee


def test_un_titre_n_a_pas_de_code_interne():
    titre = "question 2.4, recettes hors Union européenne"
    assert str(verifier("2.4.hors_ue", 919_399)).startswith(f"✔ Juste — {titre} : ")
    for code in CODES:
        montre = str(verifier(code, ...)) + verifier(code, 3)._repr_html_()
        assert re.search(r"2\.\d\.[a-z_]+", montre) is None


@pytest.mark.parametrize("garde", [None, 3, "x", [], {"nombre": -1}, {"nombre": "2", "autre": 1}])
def test_des_essais_illisibles_n_arretent_rien(tmp_path, garde):
    fichier = tmp_path / "suivi.json"
    fichier.write_text(json.dumps({"essais:2.3": garde}), encoding="utf-8")
    assert Cas(memoire=Memoire(fichier)).verifier("2.3", 7).essai == 1


def test_la_premiere_erreur_dit_aussi_ou_l_avancement_est_garde(tmp_path):
    cas = Cas(memoire=Memoire(tmp_path / "absent" / "suivi.json"))
    assert "gardé en mémoire" in str(cas.verifier("2.3", 7))
