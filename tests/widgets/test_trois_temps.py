"""Une réponse fausse se reprend en trois temps, la même règle dans tous les exercices de listes."""

from dataclasses import replace

import pytest

from cerdd_case import Cas
from cerdd_case.dossier_1.classement import EXERCICES
from cerdd_case.dossier_2.tableau_exercice import Tableau2015
from cerdd_case.dossier_3.culture import Ranger, Relier
from cerdd_case.dossier_3.notions import Notions
from cerdd_case.dossier_4.chaine_exercice import Chaine
from cerdd_case.dossier_4.web_exercice import Web
from cerdd_case.questions.essais import Reprises
from cerdd_case.questions.verdict import Verdict
from cerdd_case.socle.memoire import Memoire
from cerdd_case.widgets.listes import AtelierListes

CAS = Cas(memoire=Memoire())
CLASSES = [*EXERCICES.values(), Web, Chaine, Ranger, Relier, Notions]


@pytest.fixture(params=CLASSES, ids=lambda classe: classe.__name__)
def atelier(request):
    """Un atelier neuf ; son exercice n'a rien gardé."""
    return AtelierListes(request.param(CAS), Memoire())


def fausse(exercice, cle: str, sauf: str = "") -> str | None:
    """Une réponse jugée fausse, autre que `sauf` ; None si cette liste n'en a pas."""
    for choix in exercice.possibles[cle]:
        if choix != sauf and exercice.juger({cle: choix})[cle].etat == "faux":
            return choix
    return None


def repondre(atelier, cle: str, choix: str) -> str:
    atelier.repondre({cle: choix})
    atelier.verifier(cle)
    return dit(atelier, cle)


def dit(atelier, cle: str) -> str:
    """Ce que la page montre sous une liste."""
    avis = atelier.liste.avis[cle]
    return f"{avis['texte']} {avis['suite']}"


def test_la_reponse_ne_se_montre_qu_au_troisieme_essai(atelier):
    exercice, vues = atelier.exercice, 0
    for cle in exercice.cles:
        une = fausse(exercice, cle)
        autre = une and fausse(exercice, cle, sauf=une)
        if not autre:
            continue
        proposee = "Réponse proposée\u00a0: "
        premiere, deuxieme = repondre(atelier, cle, une), repondre(atelier, cle, autre)
        assert proposee not in premiere + deuxieme and premiere != deuxieme
        assert atelier.liste.avis[cle]["a_demander"]
        assert repondre(atelier, cle, autre) == deuxieme  # la même, relancée, ne compte pas
        assert proposee in repondre(atelier, cle, une)
        assert not atelier.liste.avis[cle]["a_demander"]
        vues += 1
    assert vues >= 3


def test_on_peut_demander_la_reponse_et_c_est_note(atelier):
    exercice = atelier.exercice
    cle = next(c for c in exercice.cles if fausse(exercice, c))
    choix = fausse(exercice, cle)
    repondre(atelier, cle, choix)
    atelier.liste.demande = ["reveler", 7, cle]
    assert "Réponse proposée" in dit(atelier, cle)
    notes = atelier.memoire.lire(f"reprises:{exercice.cle}")[cle]
    assert notes == {"nombre": 1, "texte": choix, "etat": "faux", "montree": True}
    autre = AtelierListes(type(exercice)(CAS), atelier.memoire)  # le carnet rouvert
    autre.verifier()
    assert "Réponse proposée" in dit(autre, cle)


def test_aucune_relance_ne_donne_la_reponse(atelier):
    """Ni la question ni l'erreur habituelle ne contiennent le nom de la bonne réponse."""
    exercice = atelier.exercice
    for cle, bonne in exercice.solution().items():
        nom = exercice.possibles[cle][bonne].casefold()
        for choix in exercice.possibles[cle]:
            verdict = exercice.juger({cle: choix})[cle]
            if verdict.etat == "faux" and nom not in exercice.possibles[cle][choix].casefold():
                assert verdict.relance and f"« {nom} »" not in verdict.relance.casefold()
                assert f"« {nom} »" not in verdict.phrase.casefold(), (cle, choix)


def test_une_case_du_tableau_aussi():
    tableau, poste = AtelierListes(Tableau2015(CAS), Memoire()), "personnel"
    reprises = Reprises(Memoire(), "atelier:tableau_2015")
    textes = []
    for saisie in ("650 000", "660 000", "670 000"):
        verdicts = tableau.exercice.juger({poste: saisie})
        reprises.noter({poste: verdicts[poste]}, {poste: saisie})
        textes.append(reprises.dater(verdicts)[poste].texte)
    assert ["Réponse proposée" in t for t in textes] == [False, False, True]


def test_ce_qui_se_dit_aussitot_n_est_pas_un_essai():
    memoire = Memoire()
    reprises = Reprises(memoire, "essai")
    for etat in ("illisible", "ambigu", "deux_nombres", "unite", "presque", "juste", "a_completer"):
        reprises.noter({"a": Verdict("essai", etat, "…")}, {"a": etat})
    assert memoire.lire("reprises:essai")["a"]["nombre"] == 0
    faux = Verdict("essai", "faux", "deuxième", relance="première", proposee="troisième")
    dits = [replace(faux, essai=essai).texte for essai in (None, 1, 2, 3, 9)]
    assert dits == ["deuxième", "première", "deuxième", "deuxième troisième", "deuxième troisième"]
