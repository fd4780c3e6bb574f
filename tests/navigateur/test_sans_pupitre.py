"""Un carnet d'élève dans JupyterLab, sans le pupitre : tout exécuter, ou *Maj* + *Entrée* du haut en bas."""

import pytest
from playwright.sync_api import expect

FAUTE = """(faute) => jupyterapp.shell.currentWidget.content.widgets.find(
  (c) => c.model.sharedModel.getSource().startsWith("cas.glossaire(")).model.sharedModel.setSource(faute)"""
EN_VUE = """(rang) => {
  const carnet = jupyterapp.shell.currentWidget.content;
  const atelier = carnet.widgets[rang].node.querySelector(".cerdd-atelier");
  const haut = carnet.outerNode.getBoundingClientRect().top;
  return !atelier || atelier.getBoundingClientRect().top >= haut - 1;
}"""
EXECUTEES = """jupyterapp.shell.currentWidget.content.widgets
  .filter((c) => c.model.type === "code").map((c) => c.model.executionCount !== null)"""


@pytest.fixture
def copie(lab, ouvrir):
    """Ouvre une copie d'un carnet d'élève."""

    def copier(nom: str):
        return ouvrir(f"eleves/{lab.copie_neuve(nom).name}")

    yield copier
    lab.arreter_les_noyaux()


def test_tout_executer_passe_une_cellule_fausse(copie):
    carnet = copie("00_accueil")
    carnet.page.evaluate(FAUTE, "1 / 0")
    carnet.tout_executer()
    assert all(carnet.page.evaluate(EXECUTEES))
    expect(carnet.cellule("1 / 0")).to_contain_text("C'est une division par zéro")


@pytest.mark.parametrize(
    "nom", ["01_organisation", "02_budget", "03_coordination", "04_information"]
)
def test_maj_entree_descend_le_carnet_et_montre_chaque_atelier_depuis_son_titre(copie, nom):
    """Un atelier qui vient d'être exécuté se voit depuis son premier texte."""
    carnet = copie(nom)
    page = carnet.page
    page.evaluate("jupyterapp.shell.currentWidget.content.activeCellIndex = 0")
    total = page.evaluate("jupyterapp.shell.currentWidget.content.widgets.length")
    for rang in range(total):
        page.keyboard.press("Shift+Enter")
        carnet.attendre_repos()
        page.wait_for_function(EN_VUE, arg=rang, timeout=5_000)
