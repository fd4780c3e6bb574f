"""L'avancement est dans le carnet, et nulle part ailleurs."""

import json

from gestes import MONTRER_JUPYTERLAB, Lab, attendre_repos
from playwright.sync_api import expect
from pupitre import a_cote, cases, cocher, ouvrir, progres


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
