"""L'avancement suit le carnet : renommé, redémarré, dupliqué dans un vrai JupyterLab."""

import json
import re

import nbformat
import pytest
from gestes import Carnet

from cerdd_case.questions.avancement import INVITE
from cerdd_case.socle.identite import empreinte, fichier_par_identite, identite

OUVERTURE = "from cerdd_case import Cas\ncas = Cas()"
CELLULES = [OUVERTURE, 'cas.verifier("2.3", "763 316,40 €")', 'cas.grille("2.3")', "cas.suivi(2)"]


@pytest.fixture(scope="module")
def dossier(lab):
    """Un dossier à part, avec une copie de travail d'un carnet construit."""
    essai = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_raw_cell(f"{INVITE.format('2.3')}\n", metadata={"reponse": "2.3"}),
            *(nbformat.v4.new_code_cell(c) for c in CELLULES),
        ]
    )
    essai.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    essai.metadata["cerdd"] = {"empreinte": empreinte(essai), "version": "eleves"}
    dossier = lab.dossier / "avancement"
    dossier.mkdir()
    (dossier / "02.ipynb").write_text(nbformat.writes(essai), encoding="utf-8")
    return dossier


@pytest.fixture(scope="module")
def carnet(navigateur, lab, dossier):
    contexte = navigateur.new_context(viewport={"width": 1400, "height": 2400}, locale="fr-FR")
    carnet = Carnet(contexte.new_page(), lab, "avancement/02.ipynb")
    carnet.tout_executer()
    yield carnet
    contexte.close()


def bilan(carnet) -> str:
    """Ce que `cas.suivi(2)` montre quand on relance sa cellule."""
    return carnet.executer_cellule("cas.suivi(2)").locator(".jp-OutputArea").inner_text()


def ligne(texte: str) -> str:
    return next(li for li in texte.splitlines() if li.startswith("2.3"))


def enregistrer(page):
    """Ctrl+S ; JupyterLab ne demande rien."""
    with page.expect_response(
        lambda r: r.request.method == "PUT" and "/api/contents/" in r.url
    ) as r:
        page.keyboard.press("Control+s")
    assert r.value.ok and page.locator(".jp-Dialog").count() == 0


def dans_les_fichiers(page, nom: str):
    """La ligne du fichier dans l'explorateur de JupyterLab."""
    return page.locator(".jp-DirListing-item", has_text=nom).first


def test_cocher_puis_renommer_au_clavier(carnet, dossier):
    page = carnet.page
    grille = carnet.cellule('cas.grille("2.3")')
    grille.get_by_role("button", name="Voir quand même").click()
    case = grille.get_by_role("checkbox").first
    case.focus()
    page.keyboard.press("Space")
    carnet.attendre_repos()
    avant = bilan(carnet)
    assert "0 question faite" in avant
    assert all(mot in ligne(avant) for mot in ("à faire", "✔ juste", "… 1 sur 5"))
    dans_les_fichiers(page, "02.ipynb").click()
    page.keyboard.press("F2")
    page.locator(".jp-DirListing-editor").fill("budget Léa.ipynb")
    page.keyboard.press("Enter")
    dans_les_fichiers(page, "budget Léa.ipynb").wait_for()
    apres = bilan(carnet)
    assert ligne(apres) == ligne(avant) and "0 question faite" in apres


def test_la_reponse_ecrite_ensuite_se_voit(carnet):
    page = carnet.page
    page.locator(".jp-RawCell .cm-content").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("L'effectif passe de 12,5 à 15 ETP.")
    enregistrer(page)
    texte = bilan(carnet)
    assert "✔ écrite" in ligne(texte) and "1 question faite" in texte


def test_redemarrer_ne_perd_rien(carnet, dossier):
    page = carnet.page
    page.get_by_role("menuitem", name="Noyau", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("Redémarrer le noyau")).first.click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    page.locator("#jp-main-statusbar").get_by_text("| Inactif").wait_for(timeout=60_000)
    carnet.tout_executer()
    assert "1 question faite" in bilan(carnet)
    assert carnet.cellule('cas.grille("2.3")').get_by_role("checkbox").first.is_checked()
    suivis = [p.name for p in dossier.glob(".*.suivi.json")]
    assert suivis == [f".{identite(dossier / 'budget Léa.ipynb').copie}.suivi.json"]


def test_dupliquer_part_de_la_puis_suit_sa_route(carnet, ouvrir, dossier):
    page = carnet.page
    dans_les_fichiers(page, "budget Léa.ipynb").click(button="right")
    page.get_by_role("menuitem", name=re.compile("Dupliquer")).first.click()
    dans_les_fichiers(page, "budget Léa-Copy1.ipynb").wait_for()
    double = ouvrir("avancement/budget Léa-Copy1.ipynb", hauteur=2400)
    double.tout_executer()
    assert "1 question faite" in bilan(double)
    case = double.cellule('cas.grille("2.3")').get_by_role("checkbox").first
    assert case.is_checked()
    case.focus()
    double.page.keyboard.press("Space")
    double.attendre_repos()
    assert "0 question faite" in bilan(double) and "1 question faite" in bilan(carnet)
    coches = []
    for nom in ("budget Léa.ipynb", "budget Léa-Copy1.ipynb"):
        memoire = fichier_par_identite(dossier / nom, identite(dossier / nom).copie)
        coches.append(json.loads(memoire.read_text(encoding="utf-8"))["grille:2.3"])
    assert coches == [["2.3-1"], []]


def test_deplacer_un_carnet_dont_le_noyau_vit(carnet, dossier):
    """Couper, puis coller dans un autre dossier : le noyau et l'avancement suivent."""
    page = carnet.page
    (dossier / "rangé").mkdir()
    dans_les_fichiers(page, "budget Léa.ipynb").click()
    page.keyboard.press("Control+x")
    dans_les_fichiers(page, "rangé").dblclick()
    # Coller trop tôt collerait dans le dossier d'où vient le carnet.
    dans_les_fichiers(page, "budget Léa.ipynb").wait_for(state="detached")
    page.locator(".jp-DirListing-content").click(button="right", position={"x": 20, "y": 300})
    page.get_by_role("menuitem", name=re.compile("^Coller")).first.click()
    dans_les_fichiers(page, "budget Léa.ipynb").wait_for()
    assert "1 question faite" in bilan(carnet)
    case = carnet.cellule('cas.grille("2.3")').get_by_role("checkbox").nth(1)
    case.focus()
    page.keyboard.press("Space")
    carnet.attendre_repos()
    nouveau = dossier / "rangé" / "budget Léa.ipynb"
    memoire = fichier_par_identite(nouveau, identite(nouveau).copie)
    assert json.loads(memoire.read_text(encoding="utf-8"))["grille:2.3"] == ["2.3-1", "2.3-2"]


def test_enregistrer_sous_est_un_double(carnet, ouvrir, dossier):
    page = carnet.page
    carnet.cellule("cas.suivi(2)").locator(".cm-content").click()
    page.keyboard.press("Control+Shift+s")
    page.locator(".jp-Dialog input").fill("avancement/rangé/autre.ipynb")
    page.locator(".jp-Dialog .jp-mod-accept").click()
    dans_les_fichiers(page, "autre.ipynb").wait_for()
    double = ouvrir("avancement/rangé/autre.ipynb", hauteur=2400)
    double.tout_executer()
    assert "1 question faite" in bilan(double)
    case = double.cellule('cas.grille("2.3")').get_by_role("checkbox").first
    case.focus()
    double.page.keyboard.press("Space")
    double.attendre_repos()
    enregistrer(double.page)
    coches = []
    for nom in ("budget Léa.ipynb", "autre.ipynb"):
        memoire = fichier_par_identite(dossier / "rangé/x", identite(dossier / "rangé" / nom).copie)
        coches.append(json.loads(memoire.read_text(encoding="utf-8"))["grille:2.3"])
    assert coches == [["2.3-1", "2.3-2"], ["2.3-2"]]
