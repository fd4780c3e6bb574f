"""Calculer au pupitre : un nombre tapé ou collé, un noyau arrêté, un programme sans fin."""

import pytest
from gestes import attendre_repos
from playwright.sync_api import expect
from pupitre import attendre_l_enregistrement, cases, cocher, ouvrir
from saisies import champs, defauts, saisies


def essayer(page, programme: str):
    """Tape un programme dans la cellule libre de l'accueil, et l'exécute."""
    libre = page.locator(".pup-libre").first
    libre.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(programme)
    page.keyboard.press("Shift+Enter")
    return libre


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


def test_un_nombre_colle_ou_tape_se_lit_au_pupitre_comme_ailleurs(page, carnet):
    """Une saisie sur dix ; `saisies.py` les tape toutes."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    assert defauts(page, champs(carnet), saisies()[::10]) == []


def test_un_programme_sans_fin_s_arrete_et_ne_gonfle_pas_le_carnet(page, lab):
    fichier = lab.copie_neuve("00_accueil")
    ouvrir(page, lab, fichier.name)
    libre = essayer(page, "while True: print('encore ' * 20)")
    expect(libre).to_contain_text("écrivait sans fin", timeout=60_000)
    attendre_l_enregistrement(page)
    assert fichier.stat().st_size < 1_000_000
    libre = essayer(page, "while True: pass")
    page.get_by_role("button", name="Arrêter ce calcul").click(timeout=60_000)
    expect(libre).to_contain_text("Le calcul est arrêté", timeout=60_000)
    expect(page.locator(".pup-bandeau")).to_have_text([])
    attendre_l_enregistrement(page)
    lab.arreter_les_noyaux()
    ouvrir(
        page, lab, fichier.name
    )  # le lendemain : la boucle est dans le carnet, il s'ouvre quand même
    expect(page.locator(".pup-libre").first).to_contain_text("while True: pass")
    libre = essayer(page, "6 * 7")
    expect(libre).to_contain_text("42", timeout=30_000)
    lab.arreter_les_noyaux()


def test_un_programme_qui_retient_l_interruption_est_coupe(page, lab):
    """Son noyau redémarre ; le bouton du bandeau ramène le reste, ce jour et le lendemain."""
    fichier = lab.copie_neuve("00_accueil")
    ouvrir(page, lab, fichier.name)
    tetu = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    libre = essayer(page, tetu)
    page.get_by_role("button", name="Arrêter ce calcul").click(timeout=60_000)
    remettre = page.get_by_role("button", name="Tout remettre en marche")
    expect(libre).to_contain_text("ne voulait pas s'arrêter", timeout=60_000)
    remettre.click(timeout=60_000)
    expect(page.locator(".pup-bandeau")).to_be_hidden(timeout=60_000)
    attendre_l_enregistrement(page)
    lab.arreter_les_noyaux()
    ouvrir(page, lab, fichier.name)  # rouvert, il ne repart pas
    expect(page.locator(".pup-bandeau")).to_have_count(0)
    libre = essayer(page, "6 * 7")
    expect(libre).to_contain_text("42", timeout=30_000)
    lab.arreter_les_noyaux()
