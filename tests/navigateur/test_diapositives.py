"""Les diapositives dans Chromium, comme en classe : les touches, les ateliers, les pannes, la mesure."""

import re

import pytest
from gestes import dessin
from playwright.sync_api import expect
from projection import (
    DOSSIERS,
    ECRANS,
    MESURES,
    Projection,
    a_juger,
    attendre_la_phase,
    contexte,
    defauts_de_toutes,
    ecouter,
    page_seule,
    place,
)

from cerdd_case.edition.diapositives import Diapositive, diaporama, etapes

PUCES = etapes("<ul><li>Un</li><li>Deux</li><li>Trois</li></ul>")
ESSAI = [
    Diapositive(1, "ouverture", "Ouverture", html="<p>Bonjour.</p>", notes="<p>Saluez.</p>"),
    Diapositive(2, "1.1-tache", "À vous", minutes=5, html=PUCES, etapes=3, notes="<p>À deux.</p>"),
    Diapositive(
        3, "annexe", "L'annexe",
        html='<button type="button" class="annexe">Annexe 3</button>'
        '<template class="annexe"><p>Le texte.</p></template>',
    ),
]  # fmt: skip


# --- Le moteur, depuis un fichier, sans serveur ni réseau --------------------------------


@pytest.fixture
def fichier(navigateur, tmp_path):
    """La page d'essai ouverte depuis un fichier, réseau refusé."""
    chemin = tmp_path / "essai.html"
    chemin.write_text(page_seule(ESSAI), encoding="utf-8")
    ouvert = contexte(navigateur)
    ouvert.route(re.compile("^https?:"), lambda route: route.abort())
    page = ouvert.new_page()
    ecouter(page)
    page.goto(chemin.as_uri())
    yield page
    assert page.journal == []
    ouvert.close()


def taper(page, *touches):
    for touche in touches:
        page.keyboard.press(touche)


def test_les_fleches_devoilent_puis_changent_de_diapositive(fichier):
    vues = [place(fichier)]
    for _ in range(5):
        taper(fichier, "ArrowRight")
        vues.append(place(fichier))
    assert vues == ["", "#2", "#2.1", "#2.2", "#2.3", "#3"]
    taper(fichier, "ArrowLeft")
    assert place(fichier) == "#2.3"
    taper(fichier, "PageUp", "Shift+Space")
    assert place(fichier) == "#2.1"
    expect(fichier.get_by_text("Un", exact=True)).to_be_visible()
    expect(fichier.get_by_text("Deux", exact=True)).to_be_hidden()
    expect(fichier.locator("#lieu")).to_have_text("Essai  ·  étape 1 sur 3")
    expect(fichier.locator("#rang")).to_have_text("2 / 3")


def test_f5_revient_a_la_meme_etape(fichier):
    taper(fichier, "PageDown", " ", "ArrowDown")
    assert place(fichier) == "#2.2"
    fichier.reload()
    assert place(fichier) == "#2.2"
    expect(fichier.get_by_text("Deux", exact=True)).to_be_visible()
    expect(fichier.get_by_text("Trois", exact=True)).to_be_hidden()


def test_un_nombre_puis_entree_saute(fichier):
    taper(fichier, "3", "Enter")
    assert place(fichier) == "#3"
    taper(fichier, "9", "Enter")
    expect(fichier.locator("#message")).to_contain_text("Il n’y a pas de diapositive 9")
    assert place(fichier) == "#3"
    taper(fichier, "1", "Escape", "Enter")
    assert place(fichier) == "#3"
    taper(fichier, "Home")
    assert place(fichier) == "#1"
    taper(fichier, "End")
    assert place(fichier) == "#3"
    taper(fichier, "ArrowRight")
    expect(fichier.locator("#message")).to_have_text("C’est la dernière diapositive.")


def test_l_ecran_noir_se_leve_d_un_geste(fichier):
    noir = fichier.locator("#noir")
    taper(fichier, "b")
    expect(noir).to_be_visible()
    taper(fichier, "b")
    expect(noir).to_be_hidden()
    taper(fichier, "b", "ArrowRight")
    expect(noir).to_be_hidden()
    assert place(fichier) == "#2"


def test_le_minuteur_de_la_diapositive_se_lance_d_une_touche_et_d_un_clic(fichier):
    cadran = fichier.locator("#minuteur")
    expect(cadran).to_be_hidden()
    taper(fichier, "t")
    expect(fichier.locator("#message")).to_contain_text("Tapez les minutes puis T")
    taper(fichier, "ArrowRight")
    expect(cadran).to_have_text("5:00")
    taper(fichier, "t")
    expect(cadran).to_have_text(re.compile("4:5."))
    fichier.reload()
    expect(cadran).to_have_text(re.compile("4:5."))  # F5 ne l'arrête pas
    cadran.click()
    assert fichier.evaluate("cerddDiaporama.minuteur.fin") is None
    taper(fichier, "1", "2", "t")
    expect(cadran).to_have_text(re.compile("11:5.|12:00"))
    assert place(fichier) == "#2"


def test_une_annexe_s_ouvre_en_grand_et_echap_la_ferme(fichier):
    taper(fichier, "3", "Enter")
    fichier.get_by_role("button", name="Annexe 3").click()
    feuille = fichier.get_by_role("dialog", name="Annexe 3")
    expect(feuille).to_contain_text("Le texte.")
    taille = feuille.get_by_text("Le texte.").evaluate(
        "e => parseFloat(getComputedStyle(e).fontSize)"
    )
    assert taille >= 24
    taper(fichier, "ArrowRight")  # la diapositive attend
    taper(fichier, "Escape")
    expect(feuille).to_be_hidden()
    taper(fichier, "h")
    expect(fichier.get_by_role("dialog", name="Les touches")).to_contain_text("écran noir")
    taper(fichier, "h")
    expect(fichier.get_by_role("dialog")).to_be_hidden()


def test_la_fenetre_de_notes_suit_et_commande(fichier):
    with fichier.expect_popup() as ouverture:
        taper(fichier, "n")
    notes = ouverture.value
    expect(notes.locator("main")).to_have_text("Saluez.")
    expect(notes.locator("#suite")).to_have_text("Ensuite\u00a0: À vous")
    expect(notes.locator("#heure")).to_have_text(re.compile(r"\d\d:\d\d"))
    notes.get_by_role("button", name="Suivante").click()
    assert place(fichier) == "#2"
    expect(notes.locator("#place")).to_have_text("Diapositive 2 sur 3 · étape 0 sur 3 · 5 minutes")
    expect(notes.locator("#minuteur")).to_have_text("5:00")
    notes.keyboard.press("End")  # les touches y marchent aussi
    assert place(fichier) == "#3"
    expect(notes.locator("main")).to_have_text("Pas de note pour cette diapositive.")
    expect(notes.locator("#suite")).to_have_text("C’est la dernière diapositive.")


# --- La mesure : chaque faute se trouve, et une bonne diapositive n'en a pas ---------------

FAUTES = {
    "petit": "<p style='font-size:20px'>Trop petit</p>",
    "déborde": "<p>Une ligne.</p>" * 14,
    "coupé": "<div style='overflow:hidden;height:20px'><p>Coupé en deux</p></div>",
    "signe seul en tête de ligne": "<p><b>Budget</b><br>; suite</p>",
    "rien à voir": "<p>Texte.</p><div class='sortie' data-cellule='x'><div class='rendu'></div></div>",
    "figure absente": "<div class='sortie' data-cellule='x'><p>Vue</p>"
    "<img class='figure' alt='x' style='display:none'></div>",
    "vide": "",
}


@pytest.mark.parametrize("faute", FAUTES)
def test_la_mesure_trouve_chaque_faute(navigateur, faute):
    ouvert = contexte(navigateur)
    page = ouvert.new_page()
    page.set_content(page_seule([Diapositive(1, "x", "Titre", html=FAUTES[faute])]))
    page.wait_for_function("window.cerddDiaporama")
    assert {d.split(" :")[0] for d in page.evaluate(MESURES)} == {faute}
    page.set_content(page_seule(ESSAI))
    page.wait_for_function("window.cerddDiaporama")
    assert defauts_de_toutes(page) == []
    ouvert.close()


# --- Avec le noyau ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def projection(navigateur, tmp_path_factory):
    projection = Projection("2", tmp_path_factory.mktemp("projection"))
    yield projection
    projection.arreter()


@pytest.fixture
def ouvert(navigateur):
    ouvert = contexte(navigateur)
    yield ouvert
    ouvert.close()


SIMULATEUR = next(d.rang for d in diaporama(DOSSIERS["2"]) if d.titre.startswith("Le simulateur"))


def curseur(page):
    return page.locator(".diapo:not([hidden])").get_by_role(
        "slider", name="ETP ajoutés", exact=True
    )


def regler(page):
    """Trois pas du premier curseur ; la figure suit."""
    toile = page.locator(".diapo:not([hidden]) canvas.cerdd-image").first
    avant, alternative = dessin(toile), toile.get_attribute("aria-label")
    curseur(page).focus()
    taper(page, *["ArrowRight"] * 3)
    expect(toile).not_to_have_attribute("aria-label", alternative, timeout=15_000)
    assert dessin(toile) != avant
    return toile.get_attribute("aria-label")


def test_un_curseur_vit_et_deux_fenetres_le_partagent(projection, ouvert):
    livre = DOSSIERS["2"].read_bytes()
    page = projection.fenetre(ouvert, f"#{SIMULATEUR}")
    attendre_la_phase(page)
    dite = regler(page)
    assert place(page) == f"#{SIMULATEUR}"  # la flèche règle le curseur
    seconde = projection.fenetre(ouvert, f"#{SIMULATEUR}")
    attendre_la_phase(seconde)
    toile = seconde.locator(".diapo:not([hidden]) canvas.cerdd-image").first
    expect(toile).to_have_attribute("aria-label", dite)  # le même état, sans rien exécuter
    autre = regler(seconde)
    expect(page.locator(".diapo:not([hidden]) canvas.cerdd-image").first).to_have_attribute(
        "aria-label", autre
    )
    taper(page, "Escape", "ArrowRight")  # quitte le curseur, puis dévoile le premier défi
    assert place(page) == f"#{SIMULATEUR}.1"
    page.reload()
    attendre_la_phase(page)
    assert place(page) == f"#{SIMULATEUR}.1"
    for fenetre in (page, seconde):
        assert fenetre.journal == [] and fenetre.ailleurs == []
    assert DOSSIERS["2"].read_bytes() == livre


def test_un_noyau_tue_se_dit_et_un_bouton_le_relance(projection, ouvert):
    page = projection.fenetre(ouvert, f"#{SIMULATEUR}")
    attendre_la_phase(page)
    seconde = projection.fenetre(ouvert, f"#{SIMULATEUR}")
    attendre_la_phase(seconde)
    projection.noyau().kill()
    attendre_la_phase(page, "arret")
    attendre_la_phase(seconde, "arret")
    assert "Python s’est arrêté" in page.locator("#etat").inner_text().replace("'", "’")
    taper(page, "ArrowRight", "ArrowLeft")  # les diapositives restent
    assert place(page) == f"#{SIMULATEUR}"
    page.get_by_role("button", name="Relancer les calculs").click()
    for fenetre in (page, seconde):
        attendre_la_phase(fenetre)
    regler(page)


def test_un_noyau_redemarre_ailleurs_est_refait_a_la_fenetre_suivante(projection, ouvert):
    page = projection.fenetre(ouvert, f"#{SIMULATEUR}")
    attendre_la_phase(page)
    page.goto("about:blank")
    projection.redemarrer_le_noyau()
    page.goto(f"{projection.page}#{SIMULATEUR}")
    attendre_la_phase(page)
    regler(page)
    assert page.journal == []


def test_sans_serveur_les_diapositives_restent(navigateur, ouvert, tmp_path):
    projection = Projection("2", tmp_path, "--sans-reponses")
    page = projection.fenetre(ouvert)
    attendre_la_phase(page)
    assert "Réponse proposée" not in page.content()
    projection.arreter()
    attendre_la_phase(page, "arret")
    assert "ne répond plus" in page.locator("#etat").inner_text()
    taper(page, "ArrowRight")
    assert place(page) == "#2"


def test_chaque_diapositive_tient_dans_l_ecran(projection, ouvert, tmp_path):
    """Un dossier, à une taille ; `diapositives.py` les visite tous, aux deux tailles. Voir `A_REPRENDRE`."""
    page = projection.fenetre(ouvert)
    attendre_la_phase(page)
    defauts = defauts_de_toutes(page, ECRANS[:1], tmp_path)
    graves, reprises = a_juger("2", defauts)
    assert graves == [], f"captures dans {tmp_path}\n" + "\n".join(graves[:40])
    assert reprises == set(), "sans défaut : à ôter d'A_REPRENDRE"
