"""Lire au pupitre : l'annexe à côté, la barre, les deux thèmes."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from ecrans import MESURES, THEMES, habiller, tout_ouvrir
from playwright.sync_api import expect
from pupitre import ouvrir, zone

GRAVES = {"serious", "critical"}


def test_l_annexe_reste_ouverte_a_cote_pendant_que_l_on_ecrit(page, carnet):
    page.get_by_role("button", name="Annexes", exact=True).click()
    page.locator(".pup-menu").get_by_role("button", name="Annexe\u00a04").click()
    annexe = page.frame_locator(".pup-annexe-page")
    expect(annexe.get_by_text("636\u202f097")).to_be_visible(timeout=30_000)
    zone(page).click()
    page.keyboard.type("Un budget prévu.")
    expect(zone(page).locator(".pup-compte")).to_have_text("3\u00a0mots")
    expect(annexe.get_by_text("636\u202f097")).to_be_visible()
    page.get_by_role("button", name="Fermer l'annexe").click()
    expect(page.locator(".pup-annexe-panneau")).to_be_hidden()


def test_dans_une_fenetre_basse_l_annexe_montre_son_tableau(page, carnet):
    """700 × 450 : la page de 1400 × 900, agrandie deux fois."""
    page.set_viewport_size({"width": 700, "height": 450})
    page.get_by_role("button", name="Annexes", exact=True).click()
    page.locator(".pup-menu").get_by_role("button", name="Annexe\u00a04").click()
    annexe = page.frame_locator(".pup-annexe-page")
    expect(annexe.get_by_text("132\u202f502")).to_be_in_viewport(timeout=30_000)


@pytest.mark.parametrize(
    "largeur", [1400, 1024, 700, 512]
)  # 512 : la page de 1024, agrandie deux fois
def test_la_barre_tient_dans_la_page(page, carnet, largeur):
    page.set_viewport_size({"width": largeur, "height": 768})
    barre = page.locator(".pup-barre")
    zone(page).click()
    page.keyboard.type("Mot.")
    expect(barre.locator(".pup-etat")).to_contain_text("Enregistré", timeout=20_000)
    assert barre.locator(".pup-etat").evaluate("e => e.scrollWidth <= e.clientWidth")
    for bouton in ("Question précédente", "Question suivante", "Annexes", "Rendre ma copie"):
        cadre = barre.get_by_role("button", name=bouton, exact=True).bounding_box()
        assert cadre["x"] >= 0 and cadre["x"] + cadre["width"] <= largeur, bouton
        assert cadre["y"] >= 0 and cadre["y"] + cadre["height"] <= 54, bouton


def test_une_reference_ouvre_l_annexe_sur_son_passage_et_rend_la_main(page, lab):
    ouvrir(page, lab, "01_organisation.ipynb")
    reference = page.locator(".cerdd-listes .cerdd-renvoi > summary").first
    reference.focus()
    page.keyboard.press("Enter")
    annexe = page.frame_locator(".pup-annexe-page")
    expect(annexe.locator(".vise mark").first).to_be_in_viewport(timeout=30_000)
    expect(page.locator(".cerdd-renvoi[open]")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".pup-annexe-panneau")).to_be_hidden()
    expect(reference).to_be_focused()
    lab.arreter_les_noyaux()


def test_a_1024_points_de_large_la_barre_dit_encore_tout(page, carnet):
    """Le temps, les points du cas, ce qui est fait ; et, tout en haut, aucune question n'est passée."""
    page.set_viewport_size({"width": 1024, "height": 768})
    barre = page.locator(".pup-barre")
    for ou in (".pup-score .pup-large", ".pup-points", ".pup-titre"):
        expect(barre.locator(ou)).to_be_visible()
    barre.get_by_role("button", name="Question suivante").click()
    expect(barre.locator(".pup-place")).to_have_text(re.compile("^question 1 sur 4"))
    expect(barre.locator(".pup-place .pup-large")).to_be_visible()


def test_la_barre_dit_le_temps_et_les_points_du_cas(page, carnet):
    page.get_by_role("button", name="Question suivante").click()
    expect(page.locator(".pup-place")).to_have_text("question 1 sur 4 · environ\u00a015\u00a0min")
    cas = re.compile(r"^0 sur 30\spoints · cas\s: [\d,]+ sur 100$")  # d'autres carnets en ont
    expect(page.locator(".pup-score")).to_have_text(cas)


@pytest.mark.parametrize("theme", THEMES)
def test_tout_se_lit_dans_les_deux_themes(page, carnet, theme):
    """Un carnet, toutes grilles ouvertes ; `ecrans.py` les regarde tous, à trois tailles."""
    page.set_viewport_size({"width": 1024, "height": 768})
    habiller(page, theme)
    tout_ouvrir(page)
    assert page.evaluate(MESURES) == []
    graves = [v for v in Axe().run(page).response["violations"] if v["impact"] in GRAVES]
    assert [(v["id"], [n["html"][:150] for n in v["nodes"]]) for v in graves] == []
