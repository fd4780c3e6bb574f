"""L'atelier du vote, sans navigateur."""

import re
from html import unescape

import pytest
from matplotlib.text import Text

from cerdd_case import Cas, ErreurCas
from cerdd_case.dossier_1.vote import DEUX_TIERS, SIMPLE, droits_de_vote
from cerdd_case.dossier_1.vote_figure import figure_majorites, figure_pouvoir
from cerdd_case.socle.memoire import Memoire

CAS = Cas()
VOIX = droits_de_vote(CAS)


def cache(atelier):
    montre = atelier.verdict.html + atelier.conclusion.html + atelier.image.alternative
    return "reste caché" in montre and atelier.calcul.disabled and "33,3" not in montre


def test_gouvernance_un_pari_juste_ouvre_le_pouvoir():
    atelier = Cas(memoire=Memoire()).atelier("vote")
    assert cache(atelier)
    atelier.pari.value = 1 / 3
    assert "Pari gagné" in atelier.verdict.html and "33,3" in atelier.verdict.html
    assert "Banzhaf" in atelier.image.alternative and not atelier.calcul.disabled


def test_gouvernance_un_pari_faux_se_reprend_en_trois_temps():
    atelier = Cas(memoire=Memoire()).atelier("vote")
    for pari, dit in ((0.5, "indispensables, et les autres"), (0.2, "repris la part des voix")):
        atelier.pari.value = pari
        assert dit in unescape(atelier.verdict.html) and cache(atelier)
        assert atelier.voir.layout.display is None
    atelier.pari.value = 0
    assert "33,3" in atelier.verdict.html and "Banzhaf" in atelier.image.alternative
    autre = Cas(memoire=Memoire()).atelier("vote")
    autre.pari.value = 0.5
    autre.voir.click()
    assert "33,3" in autre.verdict.html and not autre.calcul.disabled
    assert autre.voir.layout.display == "none"


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
    assert "Personne n'a de voix" in unescape(atelier.conclusion.html)
    assert atelier.image.alternative == avant
    assert atelier.incident.html == ""


def test_gouvernance_une_part_des_deux_tiers_se_tape():
    atelier = CAS.atelier("vote")
    atelier.majorite.saisir("66,7 %")
    assert atelier.seuil == pytest.approx(0.667)
    atelier.majorite.saisir("30 %")
    assert "hors limites" in atelier.majorite.erreur and atelier.seuil == pytest.approx(0.667)


def test_sans_reglages_a_l_ecran_non_plus():
    for reponses in ({}, {"region": 39}, {"majorite": DEUX_TIERS}, {"pari": None}):
        fiche = CAS.atelier("vote", reponses=reponses)
        montre = f"{fiche}{fiche._repr_html_()}{fiche.figure.alternative}"
        assert "puis pariez" in montre and "reste caché" in montre
        assert not re.search(r"33,3|Banzhaf|du pouvoir, |aucun pouvoir|Rien ne passe", montre)
    assert "33,3" not in str(Cas().atelier("vote", reponses={"pari": 0.5}))
    parie = str(CAS.atelier("vote", reponses={"pari": "33,3 %"}))
    assert "33,3\u202f% selon Banzhaf" in parie and "Personne ne décide seul" in parie


@pytest.mark.parametrize(
    ("voix", "dit"),
    [
        ("abc", "par leur nom"), (5, "par leur nom"), ([1], "par leur nom"), ({3: 1}, "par leur nom"),
        ({"etat": -1}, "donnez 0 ou plus"), ({"etat": 10**9}, "ou moins"), ({"etat": "x"}, "x"),
        ({f"m{i}": 1 for i in range(10**4)}, "1 à 8 membres"), ({"etat": 0}, "Personne"),
    ],
)  # fmt: skip
def test_des_voix_absurdes_se_disent_en_une_phrase(voix, dit):
    with pytest.raises(ErreurCas, match=dit):
        CAS.figure("majorites", voix)


def test_les_indices_de_pouvoir_s_expliquent_sur_leur_figure():
    for figure in (figure_pouvoir(CAS).figure, figure_majorites(CAS).figure):
        ecrits = " ".join(t.get_text() for t in figure.findobj(Text))
        assert "part des ordres d'arrivée" in ecrits and "Shapley" in ecrits
    assert "part du pouvoir" in ecrits and "part du pouvoir (Shapley)" not in ecrits
