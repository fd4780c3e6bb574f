"""Rendre sa copie, à la souris et sans souris."""

import json
import re

from ecrans import PRET
from playwright.sync_api import expect
from pupitre import attendre_l_enregistrement, ouvrir, reponse, zone


def suivre(page, cible: str, limite: int = 200) -> None:
    """Presse Tabulation jusqu'à cet élément, que l'on voit alors."""
    for _ in range(limite):
        page.keyboard.press("Tab")
        if page.evaluate("cible => Boolean(document.activeElement?.closest(cible))", cible):
            expect(page.locator(":focus")).to_be_in_viewport()
            return
    raise AssertionError(f"{cible} ne s'atteint pas au clavier")


def test_un_carnet_qui_ne_s_enregistre_pas_n_est_pas_rendu(page, carnet):
    """Le disque refuse : on le dit, rien n'est rendu, le texte reste dans la page."""
    page.route(
        "**/api/contents/**", lambda r: r.abort() if r.request.method == "PUT" else r.continue_()
    )
    zone(page).click()
    page.keyboard.type("Ce que le disque refuse.")
    expect(page.locator(".pup-etat")).to_contain_text("Non enregistré", timeout=20_000)
    page.keyboard.press("Escape")  # le dialogue de JupyterLab
    page.get_by_role("button", name="Rendre ma copie").click()
    page.get_by_label("Nom et prénom").fill("Essai Refus")
    page.locator(".pup-remise").get_by_role("button", name="Rendre ma copie").click()
    expect(page.locator(".pup-erreur")).to_contain_text("rien n'est rendu", timeout=30_000)
    assert not list(carnet.parent.glob("copies_rendues/ESSAI-REFUS*"))
    expect(zone(page)).to_contain_text("Ce que le disque refuse.")


def test_rendre_sa_copie_du_bouton_au_fichier(page, carnet):
    zone(page).click()
    page.keyboard.type("Un budget autorise, puis on constate.")
    attendre_l_enregistrement(page)
    page.get_by_role("button", name="Rendre ma copie").click()
    expect(page.get_by_text("Sans réponse écrite\u00a0: 2.2, 2.3, 2.4.")).to_be_visible()
    page.get_by_label("Nom et prénom").fill("Essai Zoé")
    page.get_by_role("dialog").get_by_role("button", name="Rendre ma copie").click()
    expect(page.get_by_text("Votre copie est rendue")).to_be_visible(timeout=60_000)
    copie = carnet.parent / "copies_rendues" / "ESSAI-ZOE_dossier-2.ipynb"
    assert "Un budget autorise, puis on constate." in reponse(copie)
    assert json.loads(copie.read_bytes())["metadata"]["cerdd"]["eleve"] == "Essai Zoé"
    assert "Zoé" not in carnet.read_text(encoding="utf-8")

    page.get_by_role("link", name="Laisser la place à la personne suivante").click()
    page.get_by_role("button", name="Prendre des carnets neufs").click()
    expect(page.locator("#relais h3")).to_have_text(re.compile("^Gardés le"), timeout=30_000)
    expect(page.get_by_text("Commencer")).to_be_visible()
    assert not carnet.exists()  # une copie : aucun carnet livré ne la remplace
    page.get_by_text("Une autre personne").click()
    page.locator(f"#relais a[href$='{carnet.name}']").first.click()
    expect(zone(page)).to_contain_text("Un budget autorise, puis on constate.", timeout=60_000)


def test_un_dossier_s_ouvre_se_remplit_et_se_rend_sans_souris(page, lab):
    page.goto(f"{lab.adresse}/cerdd/eleve?token={lab.jeton}")
    suivre(page, "a[href$='03_coordination.ipynb']")
    page.keyboard.press("Enter")
    page.wait_for_function(PRET, timeout=120_000)
    suivre(page, ".pup-reponse")
    page.keyboard.type("Écrit sans souris, à la première question.")
    suivre(page, ".cerdd-grille-fermee, .cerdd-atelier button")
    attendre_l_enregistrement(page)
    suivre(page, ".pup-reponse")
    page.keyboard.type("Écrit sans souris, à la seconde.")
    attendre_l_enregistrement(page)
    page.evaluate("document.activeElement.blur()")
    suivre(page, ".pup-rendre")
    page.keyboard.press("Enter")
    page.keyboard.type("Essai Clavier")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Votre copie est rendue")).to_be_visible(timeout=60_000)
    page.keyboard.press("Escape")
    expect(page.locator(".pup-remise")).to_have_count(0)
    copie = lab.dossier / "eleves" / "copies_rendues" / "ESSAI-CLAVIER_dossier-3.ipynb"
    assert "Écrit sans souris, à la première question." in reponse(copie, "3.1")
    assert "Écrit sans souris, à la seconde." in reponse(copie, "3.2")
    lab.arreter_les_noyaux()


def test_un_onglet_ouvert_s_enregistre_et_laisse_sa_place_au_relais(page, lab):
    neuf = lab.eleves / "02_budget.ipynb"
    neuf.write_bytes(lab.neufs["02_budget"])
    ouvrir(page, lab, neuf.name)
    autre = page.context.new_page()
    autre.goto(f"{lab.adresse}/cerdd/eleve")
    zone(page).click()
    page.keyboard.type("Avant le relais.")
    attendre_l_enregistrement(page)
    autre.reload()  # la page sait maintenant que ce carnet est commencé
    autre.locator("#relais summary").click()
    page.keyboard.type(" Juste avant.")
    autre.get_by_role("button", name="Prendre des carnets neufs").click()
    expect(autre.get_by_text("Commencer")).to_be_visible(timeout=30_000)
    expect(page).to_have_url(re.compile(r"/cerdd/eleve$"), timeout=30_000)
    gardes = (lab.eleves / "carnets_gardes").glob("*/02_budget.ipynb")
    assert any("Avant le relais. Juste avant." in g.read_text(encoding="utf-8") for g in gardes)
    autre.get_by_text("Commencer").click()  # et rien ne verrouille le carnet neuf
    expect(autre.locator(".pup-reponse .cm-content").first).to_be_editable(timeout=60_000)
    lab.arreter_les_noyaux()


def test_un_onglet_oublie_n_ecrit_pas_dans_le_carnet_neuf(page, lab):
    """D'un autre navigateur, la personne d'avant tape encore : le carnet neuf le reste, le sien est gardé."""
    neuf = lab.eleves / "02_budget.ipynb"
    neuf.write_bytes(lab.neufs["02_budget"])
    ouvrir(page, lab, neuf.name)
    zone(page).click()
    page.keyboard.type("Avant le relais.")
    attendre_l_enregistrement(page)
    ailleurs = page.context.browser.new_context()
    autre = ailleurs.new_page()
    autre.goto(f"{lab.adresse}/cerdd/eleve?token={lab.jeton}#relais")
    autre.get_by_role("button", name="Prendre des carnets neufs").click()
    expect(autre.get_by_text("Commencer")).to_be_visible(timeout=30_000)
    ailleurs.close()
    zone(page).click()
    page.keyboard.type(" Encore.")
    expect(page.get_by_text("ce carnet a changé ailleurs")).to_be_visible(timeout=30_000)
    assert "Encore." not in neuf.read_text(encoding="utf-8")
    gardes = (lab.eleves / "carnets_gardes").glob("*/02_budget.ipynb")
    assert any("Avant le relais." in g.read_text(encoding="utf-8") for g in gardes)
    lab.arreter_les_noyaux()
