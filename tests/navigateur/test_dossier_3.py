"""Les ateliers du dossier 3 et l'accueil dans un vrai navigateur, au clavier seulement."""

import re

import pytest
from gestes import attendre, attendre_figure, debordent, touches
from playwright.sync_api import expect

CARNET = "eleves/03_coordination.ipynb"


def test_coherence_ranger_assembler_trois_pieces_et_lire_les_faits(carnet):
    atelier = carnet.atelier('cas.atelier("coherence")')
    attendre(atelier, re.compile("Rangez d'abord les faits"))
    tri = carnet.atelier('cas.atelier("notions")', ".cerdd-listes")
    faits = tri.get_by_role("radiogroup")
    assert faits.count() == 18
    for rang, notion in enumerate(("Mécanisme", "Structure", "Système")):
        touches(faits.nth(rang).get_by_role("radio", name=re.compile(notion)), "Space")
    touches(tri.get_by_role("button", name="Vérifier"), "Enter")
    attendre(tri, "Vérifiés : 3 sur 18, dont 3 bien rangés.")

    atelier = carnet.atelier('cas.atelier("coherence")')
    attendre(atelier, re.compile("Est-ce l'organisation du CERDD"))
    touches(atelier.get_by_role("button", name="Confronter aux faits"), "Enter")
    attendre(atelier, re.compile("Mais ce n'est pas le cas du CERDD"))
    touches(atelier.get_by_label("Structure", exact=True), "End")
    attendre(atelier, "Une tension au moins")
    attendre_figure(atelier, "structure et mécanisme de coordination : en tension")
    touches(atelier.get_by_label("Mécanisme de coordination", exact=True), "Home")
    touches(atelier.get_by_label("Système de décision", exact=True), "End")
    attendre(atelier, "Et les faits appuient chacun des trois choix.")
    attendre_figure(atelier, "Ajustement mutuel : 6 pour, 2 contre")
    attendre(atelier, "Peu de niveaux, un projet commun")  # le tableau des liens
    touches(atelier.get_by_role("button", name="Faits : coordination"), "Enter")
    attendre(atelier, "Chacun consulte tous ceux que le travail concerne.")
    touches(atelier.get_by_role("button", name="Faits : décision"), "Space")
    attendre(atelier, "Le directeur décentralise la prise de décision.")
    attendre(atelier, re.compile("il en reste 6 à ranger"))


def test_croissance_grandir_decouper_et_changer_d_hypothese(carnet):
    atelier = carnet.atelier('cas.atelier("croissance")')
    attendre(atelier, "À 13, 78 liens")
    touches(carnet.curseur("Effectif"), "ArrowRight", "ArrowRight")
    attendre(atelier, "À 15, 105 liens")
    touches(atelier.get_by_role("button", name="200", exact=True), "Enter")
    attendre_figure(atelier, "Verdict : impossible")
    touches(atelier.get_by_role("checkbox"), "Space")
    attendre(atelier, "1 090 liens en 20 équipes")
    attendre(atelier, "nouveau niveau")
    touches(carnet.curseur("Temps par lien"), "ArrowRight", "ArrowRight")
    attendre_figure(atelier, "Verdict : au-dessus de votre limite")
    champ = carnet.champ("Effectif")
    champ.focus()
    carnet.page.keyboard.type("mille")
    carnet.page.keyboard.press("Enter")
    attendre(atelier, re.compile("n'est pas un nombre"))
    attendre(atelier, "1 090 liens en 20 équipes")  # la dernière valeur valable reste


def test_culture_ranger_verifier_relier_et_retrouver_son_travail(carnet):
    atelier = carnet.atelier('cas.atelier("culture")')
    listes = atelier.locator("select")
    assert listes.count() == 13
    touches(listes.nth(0), "v")  # accroître ses compétences : valeurs
    touches(listes.nth(1), "r")  # aucune mobilité : ce n'est pas un rite
    attendre(atelier, "2 faits sur 13.")
    touches(atelier.get_by_role("button", name="Vérifier"), "Enter")
    attendre(atelier, re.compile("1 sur 13 comme dans la proposition"))
    attendre_figure(atelier, "apprendre sans cesse (bien rangé)")
    attendre(atelier, re.compile("✘ Relisez le passage"))
    touches(atelier.get_by_role("button", name="Voir la réponse"), "Enter")
    attendre(atelier, "✘ Un rite rassemble ; ce fait ne rassemble personne, il s'impose.")
    expect(listes.nth(1)).to_be_focused()
    touches(listes.nth(1), "h", "o")  # hors de la culture
    attendre(atelier, re.compile("1 sur 13 comme dans la proposition. Il en reste 12."))

    touches(atelier.get_by_role("button", name="2. Relier à la performance"), "Enter")
    attendre(atelier, "et donc…")  # les listes de la seconde étape sont là
    attendre(atelier, "0 maillon sur 10.")
    touches(atelier.locator("select").nth(0), "ArrowDown")
    attendre(atelier, "1 maillon sur 10.")
    assert not atelier.get_by_role("button", name="Montrer la proposition").is_visible()
    touches(atelier.get_by_role("button", name="Vérifier"), "Enter")
    touches(atelier.get_by_role("button", name="Montrer la proposition"), "Enter")
    atelier.locator("img[alt*='Revers possible']").wait_for(timeout=20_000)

    # Un nouveau `Cas` relit le fichier d'avancement : rien n'est perdu.
    carnet.executer_cellule("from cerdd_case import Cas")
    atelier = carnet.atelier('cas.atelier("culture")')
    attendre(atelier, "2 faits sur 13.")
    assert atelier.locator("select").nth(0).input_value() == "valeurs"


@pytest.mark.parametrize(("largeur", "hauteur"), [(1400, 900), (1024, 768)])
def test_rien_ne_deborde_en_largeur(carnet, largeur, hauteur):
    carnet.page.set_viewport_size({"width": largeur, "height": hauteur})
    for nom in ("notions", "coherence", "croissance", "culture"):
        repere = ".cerdd-listes" if nom == "notions" else "canvas[data-rang]"
        atelier = carnet.atelier(code := f'cas.atelier("{nom}")', repere)
        assert debordent(atelier) == [], code
    touches(atelier.get_by_role("button", name="2. Relier à la performance"), "Enter")
    attendre(atelier, "et donc…")  # les listes de la seconde étape sont là
    attendre(atelier, re.compile("maillons? sur 10"))
    assert debordent(atelier) == []


def test_accueil_essayer_un_curseur_puis_ouvrir_un_dossier(ouvrir):
    carnet = ouvrir("eleves/00_accueil.ipynb")
    carnet.executer_cellule("from cerdd_case import Cas")
    bilan = carnet.executer_cellule("cas.verifier_installation()")
    bilan.get_by_text("Tout est prêt : vous pouvez commencer.").wait_for(timeout=20_000)
    essai = carnet.executer_cellule('cas.atelier("essai")')
    touches(carnet.curseur("Essai"), "ArrowRight", "ArrowRight")
    essai.get_by_text("Vous avez choisi 7.").wait_for(timeout=20_000)
    carnet.cellule('cas.glossaire("parties prenantes")')
    panneau = carnet.page.locator(".jp-WindowedPanel-outer").first
    panneau.evaluate("e => e.scrollTo(0, e.scrollHeight)")
    touches(carnet.page.get_by_role("link", name="Dossier 3").first, "Enter")
    carnet.page.locator(".lm-TabBar-tabLabel", has_text="03_coordination.ipynb").wait_for(
        timeout=30_000
    )
