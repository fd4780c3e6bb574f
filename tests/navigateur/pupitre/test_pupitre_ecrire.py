"""Écrire au pupitre : un clic suffit, tout est gardé, un seul onglet écrit."""

import json
import re

import pytest
from gestes import attendre_repos
from playwright.sync_api import expect
from pupitre import attendre_l_enregistrement, cocher, ouvrir, progres, reponse, zone

from cerdd_case.questions.avancement import texte_ecrit

TEXTE = "- 4 450 € > 20 %\n# Un budget 2*3*4 autorise ddxxma des dépenses.\n" + "mot " * 200


@pytest.mark.parametrize(
    ("nom", "question"),
    [("01_organisation", "1.3"), ("02_budget", "2.1"), ("03_coordination", "3.2"), ("04_information", "4.3")],
)  # fmt: skip
def test_un_clic_suffit_pour_ecrire_et_tout_reste_tel_que_tape(page, lab, nom, question):
    carnet = lab.copie_neuve(nom)
    ouvrir(page, lab, carnet.name)
    boite = zone(page, question)
    boite.scroll_into_view_if_needed()
    cadre = boite.bounding_box()
    page.mouse.click(cadre["x"] + cadre["width"] - 60, cadre["y"] + cadre["height"] - 30)
    page.keyboard.type(TEXTE)
    expect(boite.locator(".pup-compte")).to_have_text("212\u00a0mots")
    attendre_l_enregistrement(page)
    attendue = f"réponse {question} : écrivez sous cette ligne\n{TEXTE}"
    assert reponse(carnet, question) == attendue
    ouvrir(page, lab, carnet.name)
    assert reponse(carnet, question) == attendue
    expect(zone(page, question).locator(".pup-compte")).to_have_text("212\u00a0mots")
    lab.arreter_les_noyaux()


def test_tout_selectionner_et_effacer_garde_la_marque_de_la_zone(page, carnet):
    zone(page).click()
    page.keyboard.type("À jeter.")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.type("Gardé.")
    attendre_l_enregistrement(page)
    assert reponse(carnet) == "réponse 2.1 : écrivez sous cette ligne\nGardé."


def test_annuler_rend_le_texte_efface(page, carnet):
    zone(page).click()
    page.keyboard.type("mot " * 30)
    attendre_l_enregistrement(page)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Backspace")
    attendre_l_enregistrement(page)
    expect(zone(page).locator(".pup-compte")).to_have_text("0\u00a0mot")
    page.keyboard.press("ControlOrMeta+z")
    expect(zone(page).locator(".pup-compte")).to_have_text("30\u00a0mots")
    page.keyboard.press("ControlOrMeta+Shift+z")
    expect(zone(page).locator(".pup-compte")).to_have_text("0\u00a0mot")
    page.keyboard.press("ControlOrMeta+z")
    attendre_l_enregistrement(page)
    assert reponse(carnet) == "réponse 2.1 : écrivez sous cette ligne\n" + "mot " * 30


def test_un_carnet_neuf_n_est_pas_modifie_et_aucune_lettre_n_est_un_raccourci(page, carnet):
    avant = carnet.read_bytes()
    page.locator(".jp-MarkdownCell h1").click()
    for touche in ("Escape", "d", "d", "x", "m", "y", "a", "b", "o", "z", "Shift+Enter"):
        page.keyboard.press(touche)
    attendre_repos(page)
    assert page.evaluate("jupyterapp.shell.currentWidget.context.model.dirty") is False
    assert json.loads(carnet.read_bytes())["cells"] == json.loads(avant)["cells"]


def test_un_carnet_change_ailleurs_n_est_pas_ecrase(page, carnet):
    """Sur une autre machine, par exemple : on le dit, personne ne se voit proposer d'écraser."""
    contenu = json.loads(carnet.read_bytes())
    next(c for c in contenu["cells"] if c["metadata"].get("reponse") == "2.2")["metadata"][
        "ailleurs"
    ] = 1
    avant = json.dumps(contenu)
    carnet.write_text(avant, encoding="utf-8")
    zone(page).click()
    page.keyboard.type("Écrit ici pendant ce temps.")
    expect(page.get_by_text("ce carnet a changé ailleurs")).to_be_visible(timeout=30_000)
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    assert carnet.read_text(encoding="utf-8") == avant
    expect(zone(page)).to_contain_text("Écrit ici pendant ce temps.")


def test_un_enregistrement_manque_se_refait(page, carnet):
    """Renommé pendant qu'il s'enregistre, un carnet n'est plus là où on l'écrit."""
    manques = []

    def manquer(route):
        if route.request.method == "PUT" and not manques:
            manques.append(route.request.url)
            return route.fulfill(status=404, body="")
        return route.continue_()

    page.route("**/api/contents/**", manquer)
    zone(page).click()
    page.keyboard.type("Un budget prévoit.")
    page.wait_for_function("document.body.dataset.cerddEnregistre === 'oui'", timeout=20_000)
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    assert manques and "Un budget prévoit." in reponse(carnet)


def test_un_second_onglet_est_prevenu_et_ne_peut_pas_ecrire(page, lab, carnet):
    second = page.context.new_page()
    second.goto(f"{lab.adresse}/doc/tree/eleves/{carnet.name}?token={lab.jeton}")
    expect(second.get_by_text("déjà ouvert dans un autre onglet")).to_be_visible(timeout=60_000)
    for barre in (".jp-Notebook", ".pup-rendre"):
        assert second.evaluate("e => document.querySelector(e).closest('[inert]') !== null", barre)
    ecrits = []
    second.on("request", lambda r: ecrits.append(r.url) if r.method in ("PUT", "POST") else None)
    for rang in (0, 1):  # le noyau est commun : l'avancement s'enregistre du premier onglet
        cocher(page, carnet, rang)
    assert progres(carnet)["grille:2.1"] == ["2.1-1", "2.1-2"]
    assert not [adresse for adresse in ecrits if "/contents/" in adresse or "/cerdd/" in adresse]


@pytest.mark.parametrize("ou", ["bas", "titre", "bord"])
def test_un_premier_clic_n_importe_ou_dans_la_boite_ecrit_sous_son_repere(page, carnet, ou):
    """Le repère caché reste la première ligne : il ne devient pas une partie de la réponse."""
    boite = zone(page)
    boite.scroll_into_view_if_needed()
    cadre = boite.bounding_box()
    x, y = {
        "bas": (cadre["width"] / 2, cadre["height"] - 12),
        "titre": (80, 14),
        "bord": (3, cadre["height"] / 2),
    }[ou]
    boite.click(position={"x": x, "y": y})
    page.keyboard.type("Bonjour, voici ma réponse.")
    page.keyboard.press("ControlOrMeta+Home")
    page.keyboard.type("Enfin : ")
    attendre_l_enregistrement(page)
    assert texte_ecrit(reponse(carnet, "2.1")) == "Enfin : Bonjour, voici ma réponse."
    expect(boite.locator(".pup-compte")).to_have_text("5\u00a0mots")


def test_un_texte_seulement_colle_ou_efface_s_enregistre(page, carnet):
    """Coller, effacer, couper : CodeMirror s'en charge seul, sans que le navigateur dise « frappe »."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('Collé sans rien taper.')")
    zone(page).click()
    for touches, attendu in (
        ("ControlOrMeta+v", "Collé sans rien taper."),
        ("ControlOrMeta+a ControlOrMeta+x", ""),
        ("ControlOrMeta+v", "Collé sans rien taper."),
        ("ControlOrMeta+a Delete", ""),
    ):
        for touche in touches.split():
            page.keyboard.press(touche)
        attendre_l_enregistrement(page)
        assert texte_ecrit(reponse(carnet, "2.1")) == attendu


def test_un_serveur_qui_se_tait_puis_revient_ne_perd_rien(page, carnet):
    """Aucun dialogue ne prend le clavier ; le texte s'enregistre seul au retour."""
    coupe = re.compile(r"/(api|cerdd)/")
    zone(page).click()
    page.route(coupe, lambda r: r.abort())
    page.keyboard.type("Pendant la panne.")
    expect(page.locator(".pup-etat")).to_contain_text("cerdd ne répond plus", timeout=30_000)
    expect(page.locator(".pup-bandeau").first).to_contain_text("ne répond plus")
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    page.keyboard.type(" Et après.")
    page.unroute(coupe)
    expect(page.locator(".pup-etat")).to_contain_text("Enregistré", timeout=60_000)
    assert texte_ecrit(reponse(carnet, "2.1")) == "Pendant la panne. Et après."
