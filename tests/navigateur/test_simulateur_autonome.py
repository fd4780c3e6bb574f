"""Le simulateur sans Python, ouvert d'un fichier et sans réseau : au clavier, à la saisie, à l'oreille."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from gestes import dessin
from playwright.sync_api import expect

from cerdd_case import Cas, projeter
from cerdd_case.donnees.hypotheses import Hypotheses, changer, sans_changement
from cerdd_case.dossier_2.projection_figure import FigureBudget
from cerdd_case.dossier_2.regles import conclure
from cerdd_case.dossier_2.simulateur_autonome import simulateur_autonome
from cerdd_case.edition.diaporama import diaporama_en_un_fichier
from cerdd_case.edition.diapositives import carnet_a_editer, carnet_du_dossier
from cerdd_case.edition.documents import document
from cerdd_case.socle.typographie import typographier

CAS = Cas()
BUDGET, CONTEXTE = CAS.annexe(4), CAS.contexte
EN_2014 = sans_changement(CONTEXTE.hypotheses)
PAGE = '<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><title>Essai</title><body>{}</body></html>'


def ouvrir_sans_reseau(navigateur, fichier: Path):
    """Une page ouverte de `file://`, réseau coupé ; à la fin, ni erreur ni adresse demandée."""
    contexte = navigateur.new_context(
        offline=True, locale="fr-FR", viewport={"width": 1100, "height": 1000}
    )
    page, fautes = contexte.new_page(), []
    page.on("pageerror", lambda erreur: fautes.append(str(erreur)))
    page.on("console", lambda m: fautes.append(m.text) if m.type == "error" else None)
    page.on(
        "request",
        lambda r: fautes.append(r.url) if not r.url.startswith(("file:", "data:")) else None,
    )
    page.goto(fichier.as_uri())
    yield page
    contexte.close()
    assert fautes == []


@pytest.fixture
def page(navigateur, tmp_path):
    fichier = tmp_path / "simulateur.html"
    fichier.write_text(PAGE.format(simulateur_autonome(CAS)), encoding="utf-8")
    yield from ouvrir_sans_reseau(navigateur, fichier)


def attendre_ce_que_dit_python(page, h: Hypotheses):
    """La phrase, et la figure pour qui ne la voit pas, sont celles de Python."""
    p, simulateur = projeter(BUDGET, h), page.get_by_role("region", name="Simulateur")
    expect(simulateur.get_by_role("status")).to_have_text(typographier(conclure(p, CONTEXTE)))
    decrite = typographier(FigureBudget(BUDGET, CONTEXTE).actualiser(p))
    expect(page.locator("canvas[role=img]")).to_have_attribute("aria-label", decrite)


def test_un_curseur_au_clavier_donne_la_phrase_de_python(page):
    attendre_ce_que_dit_python(page, EN_2014)
    avant = dessin(page.locator("canvas"))
    curseur = page.get_by_role("slider", name="ETP ajoutés")
    curseur.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    attendre_ce_que_dit_python(page, changer(EN_2014, etp_ajoutes=2.5))
    expect(curseur).to_have_attribute("aria-valuetext", "2,5\u00a0ETP")
    expect(page.locator("canvas")).to_have_attribute("data-rang", "6")
    assert dessin(page.locator("canvas")) != avant


def test_les_boutons_et_la_saisie(page):
    page.get_by_role("button", name=re.compile("Revenir")).click()
    attendre_ce_que_dit_python(page, CONTEXTE.hypotheses)
    champ = page.get_by_role("textbox", name=re.compile("Mois d'embauche"))
    champ.fill("avril")
    champ.press("Enter")
    attendre_ce_que_dit_python(page, changer(CONTEXTE.hypotheses, mois_embauche=4))
    champ.fill("jui")
    champ.press("Enter")
    expect(
        page.get_by_role("alert").filter(has_text="«\u00a0jui\u00a0» ne se lit pas")
    ).to_be_visible()
    attendre_ce_que_dit_python(page, changer(CONTEXTE.hypotheses, mois_embauche=4))
    page.get_by_role("button", name="Budget de 2014").click()
    attendre_ce_que_dit_python(page, EN_2014)


def test_les_autres_hypotheses_se_deplient(page):
    assert len([c for c in page.get_by_role("slider").all() if c.is_visible()]) == 3
    deplier = page.get_by_role("button", name=re.compile("autres hypothèses"))
    expect(deplier).to_have_attribute("aria-expanded", "false")
    deplier.press("Space")
    expect(deplier).to_have_attribute("aria-expanded", "true")
    page.get_by_role("checkbox", name="Imposer les charges de personnel").check()
    imposees = CONTEXTE.secours_eur
    attendre_ce_que_dit_python(page, changer(EN_2014, charges_personnel_eur=imposees))
    expect(page.get_by_role("slider", name="ETP ajoutés")).to_be_disabled()
    page.get_by_role("slider", name="Projet exceptionnel").press("ArrowRight")
    attendre_ce_que_dit_python(
        page, changer(EN_2014, charges_personnel_eur=imposees, projet_exceptionnel_eur=5_000)
    )
    resultat = Axe().run(page)
    graves = [
        v["id"] for v in resultat.response["violations"] if v["impact"] in ("serious", "critical")
    ]
    assert graves == [] and len(resultat.response["passes"]) > 5


@pytest.fixture
def corrige(navigateur, tmp_path):
    fichier = tmp_path / "corrige.html"
    fichier.write_text(document("corrige", "2", CAS, a_l_ecran=True), encoding="utf-8")
    yield from ouvrir_sans_reseau(navigateur, fichier)


def test_le_corrige_a_l_ecran_a_le_simulateur_et_sur_papier_sa_figure(corrige):
    attendre_ce_que_dit_python(corrige, CONTEXTE.hypotheses)
    corrige.get_by_role("slider", name="Mois d'embauche").press("ArrowRight")
    attendre_ce_que_dit_python(corrige, changer(CONTEXTE.hypotheses, mois_embauche=2))
    fixe = corrige.locator(".sur-papier img")
    expect(fixe).to_be_hidden()
    corrige.emulate_media(media="print")
    expect(fixe).to_be_visible()
    expect(corrige.locator("canvas")).to_be_hidden()
    sujet = FigureBudget(BUDGET, CONTEXTE).actualiser(projeter(BUDGET, CONTEXTE.hypotheses))
    assert typographier(fixe.get_attribute("alt")) == typographier(sujet)


@pytest.fixture
def diaporama(navigateur, tmp_path):
    fichier = tmp_path / "diaporama.html"
    carnet = carnet_a_editer(carnet_du_dossier("2"))
    page = diaporama_en_un_fichier("Dossier 2", carnet, CAS)
    fichier.write_text(page, encoding="utf-8")
    yield from ouvrir_sans_reseau(navigateur, fichier)


def test_le_diaporama_se_projette_d_un_fichier_et_son_simulateur_vit(diaporama):
    """Touches, numéro, étapes : sans serveur ; le curseur garde ses flèches, F5 revient ici."""
    page, rangs = diaporama, diaporama.locator(".diapo")
    vue = page.locator(".diapo:not([hidden])")
    expect(vue).to_have_count(1)
    page.keyboard.press("ArrowRight")
    expect(vue.locator("h1")).not_to_have_text(rangs.first.locator("h1").text_content() or "")
    noms = rangs.evaluate_all("e => e.map(d => !!d.querySelector('.cerdd-autonome'))")
    page.keyboard.type(str(noms.index(True) + 1))
    page.keyboard.press("Enter")
    expect(vue.locator(".cerdd-autonome")).to_be_visible()
    attendre_ce_que_dit_python(page, EN_2014)
    curseur = page.get_by_role("slider", name="ETP ajoutés")
    curseur.focus()
    page.keyboard.press("ArrowRight")
    attendre_ce_que_dit_python(page, changer(EN_2014, etp_ajoutes=0.5))
    expect(vue.locator(".cerdd-autonome")).to_be_visible()
    page.reload()
    expect(vue.locator(".cerdd-autonome")).to_be_visible()


def test_les_autres_ateliers_du_diaporama_disent_ou_ils_se_manipulent(diaporama):
    ailleurs = diaporama.locator(".diapo:has(.ailleurs)")
    assert ailleurs.count() >= 3
    for rang in ailleurs.evaluate_all(
        "e => e.map(d => [...document.querySelectorAll('.diapo')].indexOf(d))"
    ):
        diaporama.keyboard.type(str(rang + 1))
        diaporama.keyboard.press("Enter")
        vue = diaporama.locator(".diapo:not([hidden])")
        expect(vue.locator(".ailleurs")).to_be_visible()
        expect(vue.locator("img.figure").first).to_be_visible()
