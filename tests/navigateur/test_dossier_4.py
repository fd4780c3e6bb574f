"""Les ateliers du dossier 4 dans un vrai navigateur, au clavier seulement."""

import re

import pytest
from gestes import attendre, attendre_figure, debordent, touches
from playwright.sync_api import expect

from cerdd_case import Cas
from cerdd_case.dossier_4.arguments import preuves

CARNET = "eleves/04_information.ipynb"


def choisir(liste, rang):
    """Choisit au clavier l'option de ce rang dans une liste déroulante fermée."""
    touches(liste, *["ArrowDown"] * rang)


def nombre_de_cellules(carnet):
    """Le nombre de cellules du carnet, tel que la barre d'état l'affiche."""
    texte = carnet.page.locator("#jp-main-statusbar").inner_text()
    return re.search(r"/(\d+)", texte)[1]


def test_chaine_ranger_verifier_arreter_et_retrouver(carnet):
    atelier = carnet.atelier('cas.atelier("chaine")', "canvas[data-rang]")
    cellules = nombre_de_cellules(carnet)
    choisir(atelier.get_by_label("Veille, Que devient l'information ?"), 1)
    attendre_figure(atelier, "Recueillir : Veille")
    choisir(atelier.get_by_label("Capitalisation, Que devient l'information ?"), 3)
    choisir(atelier.get_by_label("Capitalisation, Ce que la performance y gagne"), 4)
    touches(atelier.get_by_role("button", name="Vérifier"), "Enter")
    attendre(atelier, "2 cases justes sur 14 ; 11 à compléter.")
    attendre(atelier, "Si cette mission s'arrêtait, que perdrait le CERDD en premier ?")
    assert atelier.locator("select[aria-invalid=true]").count() == 1

    choisir(atelier.get_by_label("Et si une mission s'arrêtait ?"), 5)
    attendre_figure(atelier, "Sans mémoire")

    # Un effacement se rattrape, et le travail survit à une nouvelle exécution.
    touches(atelier.get_by_role("button", name="Tout effacer"), "Enter")
    attendre_figure(atelier, "Recueillir : aucune mission")
    touches(atelier.get_by_role("button", name="Rétablir"), "Enter")
    attendre_figure(atelier, "Recueillir : Veille")
    atelier = carnet.atelier('cas.atelier("chaine")', "canvas[data-rang]")
    attendre_figure(atelier, "Mémoriser : Capitalisation")
    assert nombre_de_cellules(carnet) == cellules  # les touches n'ont rien fait au carnet


def test_communication_filtrer_puis_compter(carnet):
    atelier = carnet.atelier('cas.atelier("communication")', ".cerdd-matrice")
    attendre(atelier, "31 éléments : tout")
    expect(atelier.get_by_role("button", name="Médias : toute la ligne")).to_have_count(0)
    touches(atelier.get_by_role("button", name="Voir quand même les publics proposés"), "Enter")
    case = atelier.get_by_role(
        "button", name="Partenaires et institutions, À créer ou développer, Méthodes : 1 élément"
    )
    touches(case, "Enter")
    attendre(atelier, "1 élément : À créer ou développer, Méthodes, Partenaires et institutions")
    expect(atelier.locator("tbody > tr > td:first-child").first).to_contain_text(
        "Faire écrire des articles par les partenaires du réseau", timeout=20_000
    )
    assert case.get_attribute("aria-pressed") == "true"
    touches(case, "Enter")
    attendre(atelier, "31 éléments : tout")

    touches(atelier.get_by_role("button", name="Médias : toute la ligne"), "Space")
    attendre(atelier, "2 éléments : Médias")
    touches(atelier.get_by_role("button", name="Tout montrer"), "Enter")
    attendre(atelier, "31 éléments : tout")
    choisir(atelier.get_by_label("Éléments", exact=True), 1)
    attendre(atelier, "23 éléments : plan")

    champ = atelier.get_by_label("Votre compte")
    for compte, dit in (
        ("25", "25 n'est pas le bon nombre. Qu'ont en commun les deux colonnes du plan"),
        ("23", "vous avez compté deux fois ceux qui figurent dans les deux colonnes"),
        ("21", "23 éléments imprimés, mais 2 figurent dans les deux colonnes"),
    ):
        touches(champ, "Control+A")
        carnet.page.keyboard.type(compte)
        carnet.page.keyboard.press("Tab")
        touches(atelier.get_by_role("button", name="Vérifier"), "Enter")
        attendre(atelier, dit)


def test_web_completer_et_corriger(carnet):
    atelier = carnet.atelier('cas.atelier("web")', ".cerdd-listes")
    cellules = nombre_de_cellules(carnet)
    choisir(atelier.get_by_label("Nature, Web 1.0"), 1)
    choisir(atelier.get_by_label("Sens des échanges, Web 2.0"), 2)
    choisir(atelier.get_by_label("Forme de la relation, Web 1.0"), 4)
    touches(atelier.get_by_role("button", name="Vérifier"), "Enter")
    attendre(atelier, "2 cases justes sur 18 ; 15 à compléter.")
    attendre(atelier, re.compile("✘ L'annexe le dit-elle, et de quel Web"))
    touches(atelier.get_by_role("button", name="Voir la réponse").first, "Enter")
    attendre(atelier, re.compile("✘ Cela décrit le Web 2.0"))
    attendre(atelier, re.compile("Réponse proposée"))
    attendre(atelier, "le texte ne dit rien de la relation avant lui")
    choisir(atelier.get_by_label("Nature, Web 1.0"), 1)  # une option plus bas
    touches(atelier.get_by_role("button", name="Vérifier"), "Enter")
    attendre(atelier, "3 cases justes sur 18")
    # Une lettre tapée dans une liste ne commande pas le carnet (b ajoute une cellule).
    touches(atelier.get_by_label("Logiciels, Web 2.0"), "b", "d", "d")
    assert nombre_de_cellules(carnet) == cellules


def test_reseau_monter_jusqu_a_la_surcharge(carnet):
    atelier = carnet.atelier('cas.atelier("reseau")', "canvas[data-rang]")
    attendre(atelier, "et il a le temps de tout lire")
    touches(carnet.curseur("Part d'auteurs"), *["ArrowRight"] * 4)
    attendre(atelier, "mais il ne lit que 80\u202f% de ce qu'il reçoit")
    attendre(atelier, "La surcharge commence à 10 auteurs sur 40 partenaires")
    attendre_figure(atelier, "15 contenus publiés")
    touches(atelier.get_by_label("Le CERDD trie les contributions"), "Space")
    attendre(atelier, "Trier coûte au CERDD 1\u00a0h par semaine")

    champ = carnet.champ("Partenaires")
    champ.focus()
    carnet.page.keyboard.type("beaucoup")
    carnet.page.keyboard.press("Enter")
    attendre(atelier, "« beaucoup » n'est pas un nombre")
    touches(atelier.get_by_role("button", name="Revenir aux valeurs de départ"), "Enter")
    attendre(atelier, "2,4 contenus utiles de plus")
    touches(carnet.curseur("Part d'auteurs"), "Home")
    attendre(atelier, "Un Web 2.0 sans auteurs reste un Web 1.0")


def test_arguments_choisir_ranger_et_ne_rien_perdre(carnet):
    atelier = carnet.atelier('cas.atelier("arguments")', ".cerdd-preuves .fait")
    attendre(atelier, f"{len(preuves(Cas()))} faits")
    expect(atelier.get_by_label("les faits conseillés seulement")).to_be_hidden()
    recherche = atelier.get_by_label("Chercher un mot")
    recherche.focus()
    carnet.page.keyboard.type("infobesite")  # sans accent : la recherche comprend
    attendre(atelier, "La multiplication des contenus provoque une infobésité.")
    touches(atelier.get_by_role("button", name="Contre : La multiplication des contenus"), "Enter")
    attendre(atelier, "Dans le plan : contre")
    touches(atelier.get_by_role("button", name="Relire mon plan"), "Enter")
    attendre(atelier, "0 argument pour, 1 argument contre")
    expect(atelier.get_by_label("les faits conseillés seulement")).to_be_visible()
    note = atelier.get_by_label("Ma note sur : La multiplication des contenus")
    note.focus()
    carnet.page.keyboard.type("il faut trier")
    carnet.page.keyboard.press("Enter")

    touches(recherche, "Control+A")
    carnet.page.keyboard.type("articles")
    touches(atelier.get_by_role("button", name="Pour : À créer ou développer"), "Enter")
    attendre(atelier, "le pour et le contre sont présents")
    assert carnet.page.evaluate("document.activeElement.dataset.cle") == "fait-P9-18-pour"
    choisir(atelier.get_by_label("Partie du plan pour : À créer ou développer"), 1)

    personnel = atelier.get_by_label("Un argument personnel")
    touches(atelier.locator("[data-cle=perso-contre]"), "Enter")
    attendre(atelier, "L'argument est vide")
    personnel.focus()
    carnet.page.keyboard.type("Une inscription en ligne demande des données personnelles.")
    touches(atelier.locator("[data-cle=perso-contre]"), "Enter")
    attendre(atelier, "connaissance générale, absente du sujet")

    touches(atelier.get_by_role("button", name="Mettre de côté : La multiplication"), "Enter")
    attendre(atelier, "Mis de côté")
    touches(atelier.get_by_role("button", name="Reprendre : La multiplication"), "Enter")
    touches(atelier.get_by_text("Le plan en texte, à copier"), "Enter")
    plan = atelier.get_by_label("Le plan en texte")
    plan.wait_for(timeout=20_000)
    carnet.page.wait_for_function(
        "e => !e.value.includes('Mis de côté')", arg=plan.element_handle()
    )
    texte = plan.input_value()
    assert "Ma note\u00a0: il faut trier" in texte
    assert "(annexe\u00a09, plan, §\u00a018)" in texte
    touches(atelier.get_by_role("button", name="Copier le plan"), "Enter")
    attendre(atelier, re.compile("Plan copié|Le plan est sélectionné"))

    # Relancer tout le carnet depuis un noyau neuf : le plan est toujours là.
    carnet.executer_cellule("from cerdd_case import Cas")
    atelier = carnet.atelier('cas.atelier("arguments")', ".cerdd-preuves .choix")
    touches(atelier.get_by_text("Le plan en texte, à copier"), "Enter")
    assert atelier.get_by_label("Le plan en texte").input_value() == texte


@pytest.mark.parametrize(("largeur", "hauteur"), [(1400, 900), (1024, 768)])
def test_rien_ne_deborde_en_largeur(carnet, largeur, hauteur):
    carnet.page.set_viewport_size({"width": largeur, "height": hauteur})
    for code, repere in (
        ('cas.atelier("chaine")', "canvas[data-rang]"),
        ('cas.atelier("communication")', ".cerdd-matrice"),
        ('cas.atelier("web")', ".cerdd-listes"),
        ('cas.atelier("reseau")', "canvas[data-rang]"),
        ('cas.atelier("arguments")', ".cerdd-preuves .fait"),
    ):
        assert debordent(carnet.atelier(code, repere)) == [], code
