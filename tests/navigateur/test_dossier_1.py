"""Les ateliers du dossier 1 dans un vrai navigateur, au clavier seulement."""

import pytest
from gestes import attendre, attendre_figure, debordent, touches
from playwright.sync_api import expect

CARNET = "eleves/01_organisation.ipynb"


def description(atelier):
    return atelier.locator("canvas").get_attribute("aria-label")


def test_gouvernance_parier_puis_changer_de_majorite(carnet):
    atelier = carnet.atelier('cas.atelier("vote")')
    assert "le pouvoir reste caché" in description(atelier)

    touches(atelier.get_by_role("button", name="un tiers"), "Enter")
    attendre(atelier, "Pari gagné")
    attendre_figure(atelier, "Collectivités : 20\u202f% des voix, décisif 2 fois")

    for nom in ("État", "Région", "Collectivités", "Nouveau partenaire"):
        curseurs = atelier.get_by_role("slider", name=f"Voix : {nom}", exact=True)
        assert curseurs.count() == 1  # chaque curseur a son propre nom
    majorite = carnet.curseur("Majorité exigée")
    touches(majorite, *["ArrowRight"] * 11)
    attendre(atelier, "au moins 61")
    attendre(atelier, "mais aucun pouvoir")
    touches(majorite, "Home")
    attendre(atelier, "Personne ne décide seul")

    touches(atelier.get_by_role("button", name="Deux tiers"), "Enter")
    attendre(atelier, "au moins 66,67")
    touches(atelier.get_by_role("button", name="Montrer le calcul pas à pas"), "Space")
    attendre(atelier, "Les 6 ordres possibles")


def test_gouvernance_une_saisie_fausse_se_dit_et_ne_casse_rien(carnet):
    atelier = carnet.atelier('cas.atelier("vote")')
    avant = description(atelier)
    champ = carnet.champ("Voix : État")
    champ.focus()
    carnet.page.keyboard.type("quarante")
    carnet.page.keyboard.press("Enter")
    attendre(atelier, "« quarante » n'est pas un nombre")
    assert description(atelier) == avant


def test_diagnostic_classer_verifier_et_retrouver_son_travail(carnet):
    atelier = carnet.atelier('cas.atelier("diagnostic")')
    attendre(atelier, "Fait 1 sur 12")
    assert atelier.get_by_role("button", name="Vérifier ce fait").is_disabled()

    touches(atelier.get_by_role("button", name="Force", exact=True), "Enter")
    attendre(atelier, "Faits classés : 1 sur 12")
    touches(atelier.get_by_role("button", name="Vérifier ce fait"), "Enter")
    attendre(atelier, "✔ Juste.")
    attendre_figure(atelier, "Forces, 1 : Équipe très stable (juste)")

    touches(atelier.get_by_role("button", name="Fait suivant"), "Enter")
    attendre(atelier, "Fait 2 sur 12")
    touches(atelier.get_by_role("button", name="Force", exact=True), "Space")
    attendre(atelier, "Faits classés : 2 sur 12")
    touches(atelier.get_by_role("button", name="Vérifier ce fait"), "Space")
    attendre(atelier, "✘ À revoir.")

    # Un nouveau `Cas` relit le fichier d'avancement : rien n'est perdu.
    carnet.executer_cellule("from cerdd_case import Cas")
    atelier = carnet.atelier('cas.atelier("diagnostic")')
    attendre(atelier, "Faits classés : 2 sur 12")
    touches(atelier.get_by_role("button", name="Tout effacer"), "Enter")
    attendre(atelier, "Faits classés : 0 sur 12")


def test_finalites_choisir_et_verifier(carnet):
    atelier = carnet.atelier('cas.atelier("finalites")')
    phrases = atelier.get_by_role("radiogroup")
    assert phrases.count() == 12
    finalite = [phrases.nth(rang).get_by_role("radio", name="Finalité") for rang in (0, 1)]
    touches(finalite[0], "Space")  # une région terrain d'essai : finalité
    touches(finalite[1], "Space")  # faire dialoguer les réseaux : ce n'en est pas une
    attendre(atelier, "Choisis : 2 sur 12")
    touches(atelier.get_by_role("button", name="Vérifier"), "Enter")
    attendre(atelier, "Vérifiés : 2 sur 12 — 1 juste, 0 à discuter, 1 à revoir.")
    attendre_figure(atelier, "Finalité : Une région terrain d'essai (juste)")
    touches(finalite[1], "ArrowRight")  # corriger retire le verdict de cette phrase
    attendre(atelier, "Vérifiés : 1 sur 12")
    expect(phrases.nth(1).get_by_role("radio", name="Mission")).to_be_checked()
    finalite[0].click()  # pressé de nouveau, un choix s'annule
    attendre(atelier, "Choisis : 1 sur 12")
    touches(atelier.get_by_role("button", name="Tout effacer"), "Enter")
    attendre(atelier, "Choisis : 0 sur 12")
    expect(phrases.nth(1).get_by_role("radio", name="Mission")).not_to_be_checked()


def test_financeurs_cocher(carnet):
    atelier = carnet.atelier('cas.atelier("financeurs")')
    cases = atelier.get_by_role("checkbox")
    touches(cases.nth(0), "Space")
    attendre(atelier, "Argent public : 34,7")
    touches(cases.nth(1), "Space")
    attendre(atelier, "Argent public : 83,5")
    attendre_figure(atelier, "Argent public : 83,5\u202f%")


def test_performance_une_preuve_par_dimension(carnet):
    atelier = carnet.atelier('cas.atelier("performance")')
    listes = atelier.locator("select")
    assert listes.count() == 6
    touches(listes.nth(0), "Q")  # la première option qui commence ainsi : la qualité appréciée
    attendre(atelier, "Choisis : 1 sur 6")
    touches(atelier.get_by_role("button", name="Vérifier"), "Enter")
    attendre(atelier, "Vérifiés : 1 sur 6 — 1 juste")
    attendre_figure(atelier, "Efficacité : Qualité appréciée de tous")
    touches(atelier.get_by_role("button", name="Tout effacer"), "Enter")
    attendre(atelier, "Choisis : 0 sur 6")


@pytest.mark.parametrize(("largeur", "hauteur"), [(1400, 900), (1024, 768)])
def test_rien_ne_deborde_en_largeur(carnet, largeur, hauteur):
    carnet.page.set_viewport_size({"width": largeur, "height": hauteur})
    for code in ("finalites", "financeurs", "vote", "strategie", "diagnostic", "performance"):
        atelier = carnet.atelier(f'cas.atelier("{code}")')
        if code == "vote":
            atelier.get_by_role("button", name="un tiers").click()
            attendre(atelier, "Pari gagné")
            atelier.get_by_role("button", name="Montrer le calcul pas à pas").click()
            attendre(atelier, "Les 6 ordres possibles")
        assert debordent(atelier) == [], code
