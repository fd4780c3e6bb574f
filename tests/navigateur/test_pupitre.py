"""Le pupitre de l'élève, avec de vraies touches et une vraie souris : écrire, calculer, lire, rendre."""

import json
import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from ecrans import MESURES, THEMES, habiller, tout_ouvrir
from gestes import MONTRER_JUPYTERLAB, RANG, Lab, attendre_repos
from playwright.sync_api import expect
from saisies import champs, defauts, saisies

from cerdd_case.socle.identite import contenu_du_carnet

CARNET = "eleves/02_budget.ipynb"
GRAVES = {"serious", "critical"}
PRET = "document.body.dataset.cerddPupitre === 'pret'"
TEXTE = "- 4 450 € > 20 %\n# Un budget 2*3*4 autorise ddxxma des dépenses.\n" + "mot " * 200


@pytest.fixture
def page(navigateur, lab):
    contexte = navigateur.new_context(viewport={"width": 1400, "height": 900}, locale="fr-FR")
    page = contexte.new_page()
    page.add_init_script(MONTRER_JUPYTERLAB)
    yield page
    contexte.close()


@pytest.fixture
def carnet(page, lab):
    """Le carnet du dossier 2, neuf, ouvert comme l'ouvre un élève."""
    livre = lab.dossier / "eleves" / "02_budget.ipynb"
    fichier = lab.dossier / "eleves" / "essai_du_pupitre.ipynb"
    fichier.write_bytes(livre.read_bytes())
    ouvrir(page, lab, fichier.name)
    yield fichier
    lab.arreter_les_noyaux()


def ouvrir(page, lab, nom: str) -> None:
    page.goto(f"{lab.adresse}/doc/tree/eleves/{nom}?token={lab.jeton}")
    page.wait_for_function(PRET, timeout=120_000)


def reponse(fichier, question: str = "2.1") -> str:
    cellules = json.loads(fichier.read_bytes())["cells"]
    zones = [c for c in cellules if c["metadata"].get("reponse") == question]
    return "".join(next(c for c in zones if c["cell_type"] == "raw")["source"])


def attendre_l_enregistrement(page) -> None:
    """Le dernier texte tapé est dans le fichier."""
    page.wait_for_function("document.body.dataset.cerddEnregistre === 'oui'", timeout=20_000)
    attendre_repos(page)


def zone(page, question: str = "2.1"):
    return page.locator(".pup-reponse", has_text=f"question\u00a0{question}")


@pytest.mark.parametrize(
    ("nom", "question"),
    [("01_organisation", "1.3"), ("02_budget", "2.1"), ("03_coordination", "3.2"), ("04_information", "4.3")],
)  # fmt: skip
def test_un_clic_suffit_pour_ecrire_et_tout_reste_tel_que_tape(page, lab, nom, question):
    livre = lab.dossier / "eleves" / f"{nom}.ipynb"
    carnet = livre.with_stem(f"essai_{nom}")
    carnet.write_bytes(livre.read_bytes())
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


def test_un_nombre_change_pendant_sa_verification_n_a_pas_de_verdict(page, carnet):
    champ = page.get_by_role("textbox", name="écart sur les ressources")
    champ.fill("9550")
    champ.press("Enter")
    page.keyboard.type("1")
    attendre_repos(page)
    bouton = page.get_by_role("button", name="Vérifier\u00a0: écart sur les ressources")
    expect(bouton).to_be_enabled(timeout=30_000)
    expect(champ).to_have_value("95501")
    expect(page.locator(".pup-ligne", has=champ).locator(".pup-signe")).to_have_text("")


@pytest.mark.parametrize("methode", ["restart", "DELETE"])
def test_un_noyau_arrete_d_ailleurs_se_voit_et_se_relance(page, lab, carnet, methode):
    noyau = page.evaluate("jupyterapp.shell.currentWidget.sessionContext.session.kernel.id")
    if methode == "restart":
        lab._demander("POST", f"/{noyau}/restart").close()
        page.get_by_role("button", name="Voir l'indice").first.click()
    else:
        lab._demander("DELETE", f"/{noyau}").close()
    page.get_by_role("button", name="Tout remettre en marche").click(timeout=60_000)
    expect(page.locator(".pup-bandeau")).to_be_hidden(timeout=60_000)
    page.get_by_role("button", name="Voir l'indice").first.click()
    expect(page.get_by_text("Indice 1 sur").first).to_be_visible(timeout=30_000)


def test_un_carnet_neuf_n_est_pas_modifie_et_aucune_lettre_n_est_un_raccourci(page, carnet):
    avant = carnet.read_bytes()
    page.locator(".jp-MarkdownCell h1").click()
    for touche in ("Escape", "d", "d", "x", "m", "y", "a", "b", "o", "z", "Shift+Enter"):
        page.keyboard.press(touche)
    attendre_repos(page)
    assert page.evaluate("jupyterapp.shell.currentWidget.context.model.dirty") is False
    assert json.loads(carnet.read_bytes())["cells"] == json.loads(avant)["cells"]


def test_un_nombre_se_tape_se_verifie_et_son_verdict_ne_survit_pas_a_un_changement(page, carnet):
    champ = page.get_by_role("textbox", name="écart sur les ressources")
    champ.fill("1 050 000 − 1 040 450")
    champ.press("Enter")
    ligne = page.locator(".pup-ligne", has=champ)
    expect(ligne.locator(".pup-signe")).to_have_text("✔", timeout=30_000)
    expect(
        page.get_by_text("1\u202f050\u202f000 − 1\u202f040\u202f450 = 9\u202f550\u00a0€")
    ).to_be_visible()
    champ.press("End")
    champ.press("Backspace")
    expect(ligne.locator(".pup-signe")).to_have_text("")
    autre = page.get_by_role("textbox", name="écart sur les charges")
    autre.fill("14.000")
    autre.press("Enter")
    expect(page.get_by_text("À préciser")).to_be_visible(timeout=30_000)
    expect(page.locator(".pup-ligne", has=autre).locator(".pup-signe")).to_have_text("?")


def test_l_annexe_reste_ouverte_a_cote_pendant_que_l_on_ecrit(page, carnet):
    page.get_by_role("button", name="Annexes", exact=True).click()
    page.locator(".pup-menu").get_by_role("button", name="Annexe\u00a04").click()
    annexe = page.frame_locator(".pup-annexe-page")
    expect(annexe.get_by_text("636\u202f097")).to_be_visible(timeout=30_000)
    zone(page).click()
    page.keyboard.type("Un budget prévu.")
    expect(zone(page).locator(".pup-compte")).to_have_text("3\u00a0mots")
    expect(annexe.get_by_text("636\u202f097")).to_be_visible()
    page.get_by_role("button", name="Fermer l'annexe").click()
    expect(page.locator(".pup-annexe-panneau")).to_be_hidden()


@pytest.mark.parametrize("largeur", [1400, 1024, 512])  # 512 : la même page, agrandie deux fois
def test_la_barre_tient_dans_la_page(page, carnet, largeur):
    page.set_viewport_size({"width": largeur, "height": 768})
    barre = page.locator(".pup-barre")
    for bouton in ("Question précédente", "Question suivante", "Annexes", "Rendre ma copie"):
        cadre = barre.get_by_role("button", name=bouton, exact=True).bounding_box()
        assert cadre["x"] >= 0 and cadre["x"] + cadre["width"] <= largeur, bouton
        assert cadre["y"] >= 0 and cadre["y"] + cadre["height"] <= 54, bouton


def test_apres_un_redemarrage_un_bouton_remet_tout_en_marche(page, carnet):
    cocher(page, carnet, 0)
    page.evaluate("jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    page.get_by_role("button", name="Tout remettre en marche").click(timeout=30_000)
    expect(page.locator(".pup-bandeau")).to_be_hidden(timeout=60_000)
    champ = page.get_by_role("textbox", name="écart sur les ressources")
    champ.fill("9 550 €")
    champ.press("Enter")
    expect(page.locator(".pup-ligne", has=champ).locator(".pup-signe")).to_have_text(
        "✔", timeout=30_000
    )
    expect(cases(page).first).to_be_checked()


def test_un_noyau_tue_se_remet_en_marche_sans_dialogue_anglais(page, carnet):
    tuer = "import os; os.kill(os.getpid(), 9)"
    page.evaluate(
        "code => void jupyterapp.shell.currentWidget.sessionContext.session.kernel"
        ".requestExecute({code, silent: true})",
        tuer,
    )
    page.get_by_role("button", name="Tout remettre en marche").click(timeout=60_000)
    expect(page.locator(".pup-bandeau")).to_be_hidden(timeout=60_000)
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    champ = page.get_by_role("textbox", name="écart sur les ressources")
    champ.fill("9 550")
    champ.press("Enter")
    signe = page.locator(".pup-ligne", has=champ).locator(".pup-signe")
    expect(signe).to_have_text("✔", timeout=30_000)


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


def test_rendre_sa_copie_du_bouton_au_fichier(page, carnet):
    zone(page).click()
    page.keyboard.type("Un budget autorise, puis on constate.")
    attendre_l_enregistrement(page)
    page.get_by_role("button", name="Rendre ma copie").click()
    page.get_by_label("Nom et prénom").fill("Essai Zoé")
    page.get_by_role("dialog").get_by_role("button", name="Rendre ma copie").click()
    expect(page.get_by_text("Votre copie est rendue")).to_be_visible(timeout=60_000)
    copie = carnet.parent / "copies_rendues" / "ESSAI-ZOE_dossier-2.ipynb"
    assert "Un budget autorise, puis on constate." in reponse(copie)
    assert json.loads(copie.read_bytes())["metadata"]["cerdd"]["eleve"] == "Essai Zoé"
    assert "Zoé" not in carnet.read_text(encoding="utf-8")


def test_une_reference_ouvre_l_annexe_sur_son_passage_et_rend_la_main(page, lab):
    ouvrir(page, lab, "01_organisation.ipynb")
    reference = page.locator(".cerdd-listes .cerdd-renvoi > summary").first
    reference.focus()
    page.keyboard.press("Enter")
    annexe = page.frame_locator(".pup-annexe-page")
    expect(annexe.locator(".vise mark").first).to_be_in_viewport(timeout=30_000)
    expect(page.locator(".cerdd-renvoi[open]")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".pup-annexe-panneau")).to_be_hidden()
    expect(reference).to_be_focused()
    lab.arreter_les_noyaux()


def test_la_barre_dit_le_temps_et_les_points_du_cas(page, carnet):
    expect(page.locator(".pup-place")).to_have_text("question 1 sur 4 · environ\u00a015\u00a0min")
    expect(page.locator(".pup-score")).to_have_text(
        re.compile(
            "^0 sur 30 · cas\\s: [\\d,]+ sur 100\\spoints$"
        )  # d'autres carnets ont des points
    )


@pytest.mark.parametrize("theme", THEMES)
def test_tout_se_lit_dans_les_deux_themes(page, carnet, theme):
    """Un carnet, toutes grilles ouvertes ; `ecrans.py` les regarde tous, à trois tailles."""
    page.set_viewport_size({"width": 1024, "height": 768})
    habiller(page, theme)
    tout_ouvrir(page)
    assert page.evaluate(MESURES) == []
    graves = [v for v in Axe().run(page).response["violations"] if v["impact"] in GRAVES]
    assert [(v["id"], [n["html"][:150] for n in v["nodes"]]) for v in graves] == []


def test_un_nombre_colle_ou_tape_se_lit_au_pupitre_comme_ailleurs(page, carnet):
    """Une saisie sur dix ; `saisies.py` les tape toutes."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    assert defauts(page, champs(carnet), saisies()[::10]) == []


def essayer(page, programme: str):
    """Tape un programme dans la cellule libre de l'accueil, et l'exécute."""
    libre = page.locator(".pup-libre").first
    libre.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(programme)
    page.keyboard.press("Shift+Enter")
    return libre


def test_un_programme_sans_fin_s_arrete_et_ne_gonfle_pas_le_carnet(page, lab):
    fichier = lab.dossier / "eleves" / "essai_sans_fin.ipynb"
    fichier.write_bytes((lab.dossier / "eleves" / "00_accueil.ipynb").read_bytes())
    ouvrir(page, lab, fichier.name)
    libre = essayer(page, "while True: print('encore ' * 20)")
    expect(libre).to_contain_text("écrivait sans fin", timeout=60_000)
    attendre_l_enregistrement(page)
    assert fichier.stat().st_size < 1_000_000
    libre = essayer(page, "while True: pass")
    page.get_by_role("button", name="Arrêter ce calcul").click(timeout=60_000)
    expect(libre).to_contain_text("Le calcul est arrêté", timeout=60_000)
    expect(page.locator(".pup-bandeau")).to_have_count(0)
    libre = essayer(page, "6 * 7")
    expect(libre).to_contain_text("42", timeout=30_000)
    lab.arreter_les_noyaux()


def suivre(page, cible: str, limite: int = 200) -> None:
    """Presse Tabulation jusqu'à cet élément, que l'on voit alors."""
    for _ in range(limite):
        page.keyboard.press("Tab")
        if page.evaluate("cible => Boolean(document.activeElement?.closest(cible))", cible):
            expect(page.locator(":focus")).to_be_in_viewport()
            return
    raise AssertionError(f"{cible} ne s'atteint pas au clavier")


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


# --- L'avancement, dans le carnet et nulle part ailleurs ----------------------------------


def progres(fichier) -> dict:
    """L'avancement que contient le carnet ; vide aussi pendant qu'il s'écrit."""
    contenu = contenu_du_carnet(fichier)
    return contenu["metadata"]["cerdd"].get("progres", {}) if contenu else {}


def a_cote(fichier) -> list[str]:
    """Les fichiers d'avancement posés à côté de ce carnet."""
    copie = json.loads(fichier.read_bytes())["metadata"]["cerdd"]["copie"]
    noms = [f".{copie}.suivi.json", f".{fichier.stem}.suivi.json"]
    return [nom for nom in noms if fichier.with_name(nom).exists()]


def cases(page):
    """Les cases de la grille 2.1, que l'on ouvre s'il le faut."""
    rang = page.evaluate(RANG, 'cas.grille("2.1")')
    page.evaluate(
        "rang => jupyterapp.shell.currentWidget.content.widgets[rang].node.dataset.essai = 'grille'",
        rang,
    )
    grille = page.locator("[data-essai=grille] .cerdd-atelier")
    quand_meme = grille.get_by_role("button", name="Voir quand même")
    quand_meme.or_(grille.get_by_role("checkbox").first).first.wait_for(timeout=30_000)
    if quand_meme.is_visible():
        quand_meme.click()
        grille.get_by_role("checkbox").first.wait_for(timeout=30_000)
    return grille.get_by_role("checkbox")


def cocher(page, fichier, rang: int) -> None:
    """Coche, puis attend que la page ait enregistré d'elle-même : la case est dans le carnet."""
    case = cases(page).nth(rang)
    case.click()
    expect(case).to_be_checked()
    limite = time.monotonic() + 30
    while f"2.1-{rang + 1}" not in progres(fichier).get("grille:2.1", []):
        assert time.monotonic() < limite, f"la case {rang} n'est pas dans le carnet"
        page.evaluate("new Promise(requestAnimationFrame)")


def test_une_case_cochee_est_dans_le_carnet_renomme_et_rouvert_ailleurs(
    page, lab, carnet, navigateur, tmp_path
):
    cocher(page, carnet, 0)
    assert progres(carnet)["grille:2.1"] == ["2.1-1"] and a_cote(carnet) == []
    page.evaluate("jupyterapp.shell.currentWidget.context.rename('essai renommé.ipynb')")
    page.wait_for_function("jupyterapp.shell.currentWidget.context.path.includes('renommé')")
    renomme = carnet.with_name("essai renommé.ipynb")
    cocher(page, renomme, 1)
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    assert progres(renomme)["grille:2.1"] == ["2.1-1", "2.1-2"] and a_cote(renomme) == []
    page.close()
    (donnees := tmp_path / "neuf").mkdir()
    ailleurs = Lab(lab.dossier, donnees)  # rien de ce que le premier serveur gardait chez lui
    contexte = navigateur.new_context(viewport={"width": 1400, "height": 900}, locale="fr-FR")
    try:
        seconde = contexte.new_page()
        seconde.add_init_script(MONTRER_JUPYTERLAB)
        ouvrir(seconde, ailleurs, renomme.name)
        for rang, faite in enumerate((True, True, False)):
            expect(cases(seconde).nth(rang)).to_be_checked(checked=faite)
        seconde.route("**/api/contents/**", lambda r: r.abort())  # elle ferme la page aussitôt
        cases(seconde).nth(2).click()
        attendre_repos(seconde)
    finally:
        contexte.close()
        ailleurs.arreter()
    assert progres(renomme)["grille:2.1"] == ["2.1-1", "2.1-2", "2.1-3"] and a_cote(renomme) == []


def test_le_fichier_d_a_cote_est_repris_une_fois_puis_retire(page, lab, carnet):
    copie, fichier = "c" * 32, carnet.with_name("ancien.ipynb")
    contenu = json.loads(carnet.read_bytes())
    contenu["metadata"]["cerdd"] |= {"copie": copie, "place": f"eleves/{fichier.name}"}
    contenu["metadata"]["cerdd"]["progres"] = {"verdict:2.3": "juste"}
    fichier.write_text(json.dumps(contenu), encoding="utf-8")
    ancien = fichier.with_name(f".{copie}.suivi.json")
    ancien.write_text('{"grille:2.1": ["2.1-3"]}', encoding="utf-8")
    ouvrir(page, lab, fichier.name)
    assert progres(fichier) == {"grille:2.1": ["2.1-3"], "verdict:2.3": "juste"}
    assert not ancien.exists()
    expect(cases(page).nth(2)).to_be_checked()


def test_ouvrir_un_carnet_neuf_n_ecrit_rien(page, carnet):
    avant, ecritures = carnet.read_bytes(), []
    page.on("request", lambda r: ecritures.append(r.url) if r.method == "PUT" else None)
    with page.expect_response(lambda r: "/cerdd/avancement/" in r.url) as reponse:
        page.evaluate(
            "void jupyterapp.shell.currentWidget.sessionContext.session.kernel"
            ".requestExecute({code: '1', silent: true})"
        )
    assert reponse.value.json() == {"a_enregistrer": False}
    assert carnet.read_bytes() == avant and a_cote(carnet) == []
    assert not [adresse for adresse in ecritures if "/api/contents/" in adresse]
