"""Le dossier 2 dans un vrai JupyterLab : les gestes du professeur et ceux de l'élève."""

import re

import pytest
from gestes import attendre, debordent, peinte, touches
from playwright.sync_api import expect

CORRIGE, ELEVE = "corriges/02_budget.ipynb", "eleves/02_budget.ipynb"
PAS_RESPECTEE = re.compile("la règle des 20.% n'est pas respectée")


@pytest.fixture(scope="module")
def page_du_corrige(ouvrir_ensemble):
    """Le corrigé, ouvert et exécuté une fois pour les essais du simulateur."""
    carnet = ouvrir_ensemble(CORRIGE)
    carnet.tout_executer()
    # JupyterLab ne peint que les cellules à l'écran : le texte, lui, est toujours là.
    premiere = carnet.cellule("from cerdd_case import Cas").text_content()
    assert re.search(r"\[\d+\]:", premiere), f"le carnet ne s'est pas exécuté : {premiere}"
    assert "Error" not in premiere, premiere
    return carnet


@pytest.fixture
def simulateur(page_du_corrige):
    """Le simulateur aux valeurs du sujet."""
    carnet = page_du_corrige
    atelier = carnet.cellule("cas.simulateur()").locator(".cerdd-atelier").first
    toile = atelier.locator("canvas[data-rang]").first
    toile.wait_for(state="attached", timeout=30_000)
    toile.scroll_into_view_if_needed()
    bouton(atelier).click()
    au_sujet(atelier)
    return atelier


def bouton(atelier):
    return atelier.get_by_role("button", name=re.compile("Revenir aux valeurs du sujet"))


def conclusion(atelier):
    return atelier.locator(".conclusion").first


def attendre_conclusion(atelier, motif):
    atelier.locator(".conclusion").filter(has_text=motif).first.wait_for(timeout=20_000)
    return conclusion(atelier).inner_text()


def au_sujet(atelier):
    texte = attendre_conclusion(atelier, re.compile(r"Avec 2,5.ETP dès janvier"))
    assert "21,8" in texte and PAS_RESPECTEE.search(texte)


def taper(carnet, libelle, texte):
    champ = carnet.champ(libelle)
    champ.click()
    champ.fill(texte)
    champ.press("Enter")
    return champ


def test_un_curseur_se_deplace_au_clavier(page_du_corrige, simulateur):
    avant = peinte(simulateur.locator("canvas").first)
    curseur = page_du_corrige.curseur("ETP ajoutés")
    curseur.focus()
    for _ in range(3):
        curseur.press("ArrowLeft")
    # 1 ETP : 50 887,76 × 13,5 = 686 984,76 de personnel ; 180 025,82 d'UE, soit 16,4 %
    texte = attendre_conclusion(simulateur, re.compile(r"Avec 1.ETP dès janvier"))
    assert "16,4" in texte and re.search("20.% est respectée", texte)
    expect(page_du_corrige.champ("ETP ajoutés")).to_have_value("1\u00a0ETP")
    expect(curseur).to_have_attribute("aria-valuetext", "1\u00a0ETP")
    assert peinte(simulateur.locator("canvas").first) != avant
    toile = simulateur.locator("canvas").first
    assert "16,4" in toile.get_attribute("aria-label")
    assert simulateur.get_by_text("✔ respectée").count() == 3


def test_une_valeur_francaise_se_tape(page_du_corrige, simulateur):
    champ = taper(page_du_corrige, "Crédits des collectivités", "6,5")
    texte = attendre_conclusion(simulateur, re.compile("20.% est respectée"))
    # 507 300 × 1,065 = 540 274,50 ; UE : 1 175 756,46 − 942 227,50 = 233 528,96, soit 19,9 %
    assert "19,9" in texte
    expect(champ).to_have_value("6,5\u202f%")
    taper(page_du_corrige, "Mois d'embauche", "avril")
    attendre_conclusion(simulateur, re.compile("dès avril"))


def test_une_valeur_fausse_est_expliquee_et_ne_change_rien(page_du_corrige, simulateur):
    avant, texte = peinte(simulateur.locator("canvas").first), conclusion(simulateur).inner_text()
    champ = taper(page_du_corrige, "ETP ajoutés", "beaucoup")
    alerte = simulateur.get_by_role("alert").filter(has_text="beaucoup")
    alerte.wait_for(timeout=20_000)
    assert re.search("n'est pas un nombre", alerte.inner_text())
    assert champ.get_attribute("aria-invalid") == "true"
    assert (
        peinte(simulateur.locator("canvas").first) == avant
        and conclusion(simulateur).inner_text() == texte
    )
    taper(page_du_corrige, "ETP ajoutés", "60")
    simulateur.get_by_role("alert").filter(has_text="hors limites").wait_for(timeout=20_000)
    assert peinte(simulateur.locator("canvas").first) == avant


def test_le_bouton_revient_au_sujet(page_du_corrige, simulateur):
    avant = peinte(simulateur.locator("canvas").first)
    taper(page_du_corrige, "ETP ajoutés", "0")
    attendre_conclusion(simulateur, re.compile(r"Avec 0.ETP"))
    champ = taper(page_du_corrige, "Crédits des collectivités", "n'importe quoi")
    simulateur.get_by_role("alert").filter(has_text="importe quoi").wait_for(timeout=20_000)
    bouton(simulateur).click()
    au_sujet(simulateur)
    expect(page_du_corrige.champ("ETP ajoutés")).to_have_value("2,5\u00a0ETP")
    expect(champ).to_have_value("2,0\u202f%")  # le texte refusé s'en va aussi
    expect(simulateur.get_by_role("alert").filter(has_text="importe quoi")).to_have_count(0)
    assert peinte(simulateur.locator("canvas").first) == avant


def test_l_interface_est_en_francais_et_sans_annonce(page_du_corrige):
    page = page_du_corrige.page
    menus = page.get_by_role("menubar").first.inner_text()
    assert all(mot in menus for mot in ("Fichier", "Édition", "Noyau")), menus
    assert "File" not in menus
    # Le carnet entier s'est exécuté depuis l'ouverture : une annonce serait là, et demandée.
    assert [url for url in page_du_corrige.demandes if "/lab/api/news" in url] == []
    assert page.locator(".Toastify__toast").count() == 0
    assert page.locator(".jp-Dialog").count() == 0


def test_le_corrige_est_juste_partout(page_du_corrige):
    for code in ("2.1.ressources", "2.1.charges", "2.3", "2.4.total", "2.4.ue"):
        cellule = page_du_corrige.cellule(f'cas.verifier("{code}"')
        cellule.get_by_text("✔ Juste").first.wait_for(state="attached", timeout=20_000)


def test_le_carnet_d_eleve_s_execute_et_attend_des_reponses(ouvrir):
    carnet = ouvrir(ELEVE)
    carnet.tout_executer()
    cellule = carnet.cellule('cas.verifier("2.3"')
    cellule.get_by_text("… À compléter").first.wait_for(state="attached", timeout=20_000)
    assert carnet.page.locator(".jp-RenderedText[data-mime-type*='stderr']").count() == 0
    # Un nombre se tape comme on l'écrit ; s'il se lit de deux façons, il se demande et n'est pas une faute.
    tape = "charges_personnel_2015 = ..."
    for suivant, verdict in (
        ("charges_personnel_2015 = 14.000", "? À préciser"),
        ("charges_personnel_2015 = 763316,40", "✔ Juste"),
        ('charges_personnel_2015 = "632 000 €"', "✘ À revoir"),
    ):
        carnet.cellule(tape).locator(".cm-content").first.click()
        carnet.page.keyboard.press("Control+A")
        carnet.page.keyboard.type(suivant)
        carnet.page.keyboard.press("Control+Enter")
        carnet.attendre_repos()
        cellule = carnet.executer_cellule('cas.verifier("2.3"')
        cellule.get_by_text(verdict).first.wait_for(state="attached", timeout=20_000)
        tape = suivant
    assert "Lu\u00a0: 632\u202f000\u00a0€." in cellule.text_content()


def test_le_budget_2015_se_remplit_au_clavier_et_revient(ouvrir):
    carnet = ouvrir(ELEVE)
    carnet.executer_cellule("from cerdd_case import Cas")
    atelier = carnet.atelier('cas.atelier("tableau_2015")')
    cases = atelier.locator("input[data-poste]")
    touches(cases.first)
    for texte in ("636 097 × 1,2", "132 502"):
        carnet.page.keyboard.type(texte)
        carnet.page.keyboard.press("Enter")
    carnet.page.keyboard.type("260 851 ×")
    attendre(atelier, "= 763\u202f316,40\u00a0€")
    attendre(atelier, re.compile("7 cases ne sont pas encore comptées"))
    # Quitter une case mal écrite écrit dessous : le bouton, qui descend, reçoit pourtant le clic.
    atelier.get_by_role("button", name="Vérifier").click()
    attendre(atelier, re.compile("Vérifiées.: 3 sur 9 — 1 juste, 1 à revoir, 1 à récrire"))
    attendre(atelier, re.compile("Ce n'est pas la valeur attendue"))
    # Voir la réponse : elle s'écrit dessous, et la case reprend la main.
    touches(atelier.get_by_role("button", name="Voir la réponse"), "Enter")
    attendre(atelier, re.compile("C'est le montant de 2014.*Réponse proposée"))
    expect(cases.nth(1)).to_be_focused()
    atelier.get_by_role("button", name="Vérifier").focus()
    carnet.page.keyboard.press("Shift+Tab")  # depuis le bouton, la dernière case
    expect(cases.last).to_be_focused()
    carnet.page.keyboard.press("Enter")  # après la dernière case, le bouton
    expect(atelier.get_by_role("button", name="Vérifier")).to_be_focused()
    carnet.attendre_repos()
    for largeur in (1400, 1024):
        carnet.page.set_viewport_size({"width": largeur, "height": 900})
        assert debordent(atelier) == [], largeur
    atelier = carnet.atelier('cas.atelier("tableau_2015")')
    expect(atelier.locator("input[data-poste]").first).to_have_value("636 097 × 1,2")


def test_une_case_cochee_survit_au_redemarrage_du_noyau(ouvrir):
    carnet = ouvrir(ELEVE)
    case = _grille(carnet, demander=True)
    assert not case.is_checked()
    case.check()
    carnet.page.locator(".conclusion").filter(
        has_text=re.compile("Score\\s: [1-9]")
    ).first.wait_for(state="attached", timeout=20_000)
    carnet.page.get_by_role("menuitem", name="Noyau", exact=True).click()
    carnet.page.get_by_role("menuitem", name=re.compile("^Redémarrer le noyau…")).first.click()
    carnet.page.locator(".jp-Dialog .jp-mod-accept").click()
    carnet.page.locator(".jp-Dialog").wait_for(state="hidden", timeout=30_000)
    carnet.attendre_repos()
    assert _grille(carnet).is_checked()


def _grille(carnet, demander=False):
    """La première case de la grille de la question 2.1, après exécution."""
    carnet.executer_cellule("from cerdd_case import Cas")
    cellule = carnet.executer_cellule('cas.grille("2.1")')
    if demander:  # rien n'est écrit : la grille reste fermée
        cellule.get_by_text("Écrivez d'abord votre réponse").first.wait_for(timeout=30_000)
        assert cellule.locator("input[type=checkbox]").count() == 0
        cellule.get_by_role("button", name="Voir quand même").click()
    case = cellule.locator("input[type=checkbox]").first
    case.wait_for(state="attached", timeout=30_000)
    case.scroll_into_view_if_needed()
    return case
