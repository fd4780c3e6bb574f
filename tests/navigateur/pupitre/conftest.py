"""Une page, et le carnet du dossier 2, neuf."""

import pytest
from gestes import MONTRER_JUPYTERLAB
from pupitre import ouvrir


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
    fichier = lab.copie_neuve("02_budget")
    ouvrir(page, lab, fichier.name)
    yield fichier
    lab.arreter_les_noyaux()
