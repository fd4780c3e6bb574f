"""L'atelier du vote, sans navigateur."""

import pytest

from cerdd_case import Cas
from cerdd_case.dossier_1.vote import DEUX_TIERS, SIMPLE, droits_de_vote

CAS = Cas()
VOIX = droits_de_vote(CAS)


def test_gouvernance_le_pari_ouvre_le_pouvoir():
    atelier = CAS.atelier("vote")
    assert "reste caché" in atelier.image.alternative and atelier.calcul.disabled
    atelier.pari.value = 0.5
    assert "✘ Pari perdu" in atelier.verdict.html and "33,3" in atelier.verdict.html
    assert "Banzhaf" in atelier.image.alternative and not atelier.calcul.disabled
    atelier.pari.value = 1 / 3
    assert "✔ Pari gagné" in atelier.verdict.html


def test_gouvernance_les_boutons_et_le_retour():
    atelier = CAS.atelier("vote")
    atelier.pari.value = 1 / 3
    atelier.boutons[1].click()
    assert atelier.seuil == DEUX_TIERS and "aucun pouvoir" in atelier.conclusion.html
    atelier.calcul.value = True
    assert atelier.detail.html.count("<li>") == 6
    atelier.curseurs["partenaire"].valeur = 10
    assert atelier.detail.html.count("<li>") == 24
    atelier.retour.click()
    assert atelier.voix == {**VOIX, "partenaire": 0} and atelier.seuil == SIMPLE


def test_gouvernance_sans_aucune_voix_le_dit_et_garde_l_image():
    atelier = CAS.atelier("vote")
    for curseur in atelier.curseurs.values():
        avant = atelier.image.alternative
        curseur.valeur = 0
    assert "Personne n’a de voix" in atelier.conclusion.html
    assert atelier.image.alternative == avant
    assert atelier.incident.html == ""


def test_gouvernance_une_part_des_deux_tiers_se_tape():
    atelier = CAS.atelier("vote")
    atelier.majorite.saisir("66,7 %")
    assert atelier.seuil == pytest.approx(0.667)
    atelier.majorite.saisir("30 %")
    assert "hors limites" in atelier.majorite.erreur and atelier.seuil == pytest.approx(0.667)
