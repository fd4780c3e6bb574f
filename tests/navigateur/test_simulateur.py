"""Le simulateur comme instrument : tiré vite, au clavier, agrandi, et lisible par tous."""

import re

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from gestes import attendre_mise_en_page, peinte, touches
from playwright.sync_api import expect

CELLULES = [
    "from cerdd_case import Cas\ncas = Cas()",
    "cas.simulateur()",
    'cas.atelier("sensibilite")',
    'cas.atelier("risque")',
    "cas.projecteur()",
    "cas.projecteur(False)",
]
GRAVES = {"serious", "critical"}


@pytest.fixture(scope="module")
def carnet(ouvrir_ensemble, lab):
    """Un carnet d'essai, ouvert dans une grande page : tous les ateliers s'y voient."""
    essai = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in CELLULES])
    essai.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    (lab.dossier / "essai.ipynb").write_text(nbformat.writes(essai), encoding="utf-8")
    carnet = ouvrir_ensemble("essai.ipynb", 1400, 3000)
    for cellule in CELLULES[:4]:
        carnet.executer_cellule(cellule.splitlines()[-1])
    return carnet


def atelier(carnet, texte):
    element = carnet.cellule(texte).locator(".cerdd-atelier").first
    element.locator("canvas[data-rang]").first.wait_for(timeout=30_000)
    return element


def test_tirer_vite_finit_sur_la_derniere_valeur(carnet):
    """Toute la course en un geste : l'image finale est celle de la valeur finale."""
    simulateur = atelier(carnet, "cas.simulateur()")
    simulateur.get_by_role("button", name=re.compile("Revenir")).click()
    simulateur.locator(".conclusion", has_text="2,5").first.wait_for()
    carnet.attendre_repos()
    toile = simulateur.locator("canvas").first
    curseur = simulateur.get_by_role("slider", name="ETP ajoutés")
    boite = curseur.bounding_box()
    milieu = boite["y"] + boite["height"] / 2
    souris = carnet.page.mouse
    souris.move(boite["x"] + 8, milieu)
    souris.down()
    souris.move(boite["x"] + boite["width"] - 4, milieu, steps=60)
    souris.up()
    carnet.attendre_repos()
    tiree = peinte(toile)
    assert curseur.input_value() == "6"
    assert "Avec 6" in simulateur.locator(".conclusion").first.inner_text()
    # La même valeur, atteinte autrement, doit donner exactement la même image.
    simulateur.get_by_role("button", name=re.compile("Revenir")).click()
    carnet.attendre_repos()
    assert peinte(toile) != tiree
    champ = carnet.champ("ETP ajoutés")
    champ.fill("6")
    champ.press("Enter")
    carnet.attendre_repos()
    champ.blur()
    assert peinte(toile) == tiree
    simulateur.get_by_role("button", name=re.compile("Revenir")).click()


def test_ctrl_s_enregistre_le_carnet_depuis_un_reglage(carnet):
    """Avec Ctrl, la touche reste à JupyterLab : dans un curseur, son champ, un nom, une liste."""
    simulateur = atelier(carnet, "cas.simulateur()")
    for element in (
        simulateur.get_by_role("slider", name="ETP ajoutés"),
        carnet.champ("ETP ajoutés"),
        simulateur.get_by_placeholder("par exemple\u00a0: deux ETP"),
        simulateur.locator("select").first,
    ):
        element.focus()
        with carnet.page.expect_response(
            lambda r: r.request.method == "POST" and "/checkpoints" in r.url
        ) as reponse:  # le dernier geste d'un enregistrement
            carnet.page.keyboard.press("Control+s")
        assert reponse.value.ok
        carnet.attendre_repos()


def test_chaque_reglage_se_commande_au_clavier(carnet):
    """Tous les réglages reçoivent le clavier, et chaque curseur actif obéit aux flèches."""
    simulateur = atelier(carnet, "cas.simulateur()")
    assert len([c for c in simulateur.get_by_role("slider").all() if c.is_visible()]) == 3
    deplier = simulateur.get_by_role("button", name=re.compile("autres hypothèses"))
    touches(deplier, "Space")
    expect(simulateur.get_by_role("slider", name="Projet exceptionnel")).to_be_visible()
    attendus = simulateur.evaluate(
        """e => [...e.querySelectorAll('input, select, button, a[href]')]
            .filter(x => !x.disabled && x.offsetParent !== null)
            .map((x, i) => { x.dataset.essai = i; return i; })"""
    )
    simulateur.locator("[data-essai='0']").focus()
    vus = set()
    for _ in range(len(attendus) + 5):
        rang = carnet.page.evaluate("document.activeElement?.dataset?.essai ?? null")
        if rang is None:
            break
        vus.add(int(rang))
        carnet.page.keyboard.press("Tab")
    assert vus == set(attendus) and len(attendus) > 20
    curseurs = [c for c in simulateur.get_by_role("slider").all() if c.is_enabled()]
    assert len(curseurs) == 8  # un par hypothèse chiffrée, sauf les charges imposées
    for curseur in curseurs:
        avant = curseur.input_value()
        curseur.focus()
        carnet.page.keyboard.press("ArrowRight")
        assert curseur.input_value() != avant, curseur.get_attribute("id")
    simulateur.get_by_role("button", name=re.compile("Revenir")).click()
    carnet.attendre_repos()


def test_un_scenario_se_garde_se_compare_et_s_emporte(carnet):
    simulateur = atelier(carnet, "cas.simulateur()")
    simulateur.get_by_role("button", name=re.compile("Revenir")).click()
    simulateur.get_by_role("button", name="+ Le sujet").click()
    champ = carnet.champ("ETP ajoutés")
    champ.fill("2")
    champ.press("Enter")
    simulateur.get_by_role("textbox", name="Nom").fill("Deux ETP")
    simulateur.get_by_role("textbox", name="Nom").press("Tab")
    simulateur.get_by_role("button", name="Garder ces réglages").click()
    tableau = simulateur.locator("table", has_text="Scénario").first
    tableau.get_by_text("Deux ETP").first.wait_for()
    with carnet.page.expect_download() as attente:
        simulateur.get_by_role("link", name="Enregistrer la comparaison (CSV)").click()
    contenu = attente.value.path().read_bytes().decode("utf-8-sig")
    assert contenu.splitlines()[0] == "Ligne;Le sujet;Deux ETP"
    assert "Dépenses de personnel;763316,40;737872,52" in contenu  # 50 887,76 × 14,5
    simulateur.get_by_role("button", name=re.compile("Revenir")).click()
    carnet.attendre_repos()


def test_chercher_un_seuil_place_le_curseur(carnet):
    simulateur = atelier(carnet, "cas.simulateur()")
    simulateur.get_by_role("button", name=re.compile("Revenir")).click()
    simulateur.locator(".conclusion", has_text="2,5").first.wait_for()
    assert simulateur.get_by_text("Il faut embaucher à partir d").count() == 0
    simulateur.get_by_role("button", name="Chercher cette valeur").click()
    simulateur.get_by_text("Il faut embaucher à partir d").wait_for()
    assert "avril" in simulateur.get_by_text("Il faut embaucher à partir d").inner_text()
    simulateur.get_by_role("button", name="Placer le curseur sur cette valeur").click()
    simulateur.locator(".conclusion", has_text="dès avril").first.wait_for()
    assert "est respectée" in simulateur.locator(".conclusion").first.inner_text()
    simulateur.get_by_role("button", name=re.compile("Revenir")).click()
    carnet.attendre_repos()


@pytest.mark.parametrize(
    "texte", ["cas.simulateur()", 'cas.atelier("sensibilite")', 'cas.atelier("risque")']
)
def test_axe_ne_trouve_rien_de_grave_dans_nos_ateliers(carnet, texte):
    """axe-core, limité à notre balisage : ce qui appartient à JupyterLab est dans le README."""
    element = atelier(carnet, texte)
    element.evaluate("e => { e.id = 'atelier-examine'; }")
    resultat = Axe().run(carnet.page, context="#atelier-examine")
    element.evaluate("e => { e.removeAttribute('id'); }")
    graves = [
        f"{v['id']} ({v['impact']}) : {v['nodes'][0]['html'][:200]}"
        for v in resultat.response["violations"]
        if v["impact"] in GRAVES
    ]
    assert graves == []
    assert len(resultat.response["passes"]) > 5  # l'examen a bien eu lieu


@pytest.mark.parametrize(
    ("largeur", "hauteur"),
    [(1024, 768), (1120, 720), (700, 450)],
    ids=["1024 points", "zoom 125 %", "zoom 200 %"],
)
def test_rien_ne_deborde_aux_petites_largeurs(carnet, largeur, hauteur):
    """1400 × 900 zoomé à 125 % et 200 % donne 1120 × 720 et 700 × 450 points."""
    page = carnet.page
    page.set_viewport_size({"width": largeur, "height": hauteur})
    if largeur < 1000:  # la barre des fichiers se replie d'une touche : Ctrl+B
        page.keyboard.press("Control+b")
    try:
        simulateur = atelier(carnet, "cas.simulateur()")
        attendre_mise_en_page(simulateur)
        debords = simulateur.evaluate(
            """e => { const droite = e.getBoundingClientRect().right + 1;
              return [...e.querySelectorAll('*')].filter(x => x.offsetParent !== null
                && x.getBoundingClientRect().right > droite)
                  .map(x => x.tagName + ' ' + x.className + ' ' + x.textContent.slice(0, 40)); }"""
        )
        assert debords == []
    finally:
        if largeur < 1000:
            page.keyboard.press("Control+b")
        page.set_viewport_size({"width": 1400, "height": 3000})
        attendre_mise_en_page(simulateur)


def test_le_mode_projecteur_agrandit_puis_se_retire(carnet):
    simulateur = atelier(carnet, "cas.simulateur()")
    taille = "e => parseFloat(getComputedStyle(e.querySelector('label')).fontSize)"
    avant = simulateur.evaluate(taille)
    carnet.executer_cellule("cas.projecteur()")
    carnet.page.wait_for_function(
        "() => document.documentElement.classList.contains('cerdd-projection')"
    )
    assert simulateur.evaluate(taille) >= 1.3 * avant
    carnet.executer_cellule("cas.projecteur(False)")
    carnet.page.wait_for_function(
        "() => !document.documentElement.classList.contains('cerdd-projection')"
    )
    assert simulateur.evaluate(taille) == avant
