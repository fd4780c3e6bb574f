"""JupyterLab, lancé par `cerdd`, dans un vrai Chromium piloté par Playwright.

Sans Chromium, ces essais sont sautés, et la fin de la suite le dit ; en intégration continue, ils
échouent (voir `tests/conftest.py`). Les gestes et les attentes sont dans `gestes.py`.
"""

import pytest
from gestes import Carnet, Lab, chromium, lancer_chromium


@pytest.fixture(scope="session")
def navigateur():
    if chromium() is None:
        pytest.skip(
            "Chromium est absent : les essais dans le navigateur n'ont pas été faits "
            "(installez-le, ou donnez son chemin dans la variable CHROMIUM)."
        )
    with lancer_chromium() as chrome:
        yield chrome


@pytest.fixture(scope="session")
def lab(navigateur, tmp_path_factory):
    lab = Lab(tmp_path_factory.mktemp("carnets"), tmp_path_factory.mktemp("jupyter"))
    yield lab
    lab.arreter()


def _ouvreur(navigateur, lab):
    """Une fonction qui ouvre un carnet dans une page neuve ; les pages se ferment à la fin."""
    contextes = []

    def ouvrir(chemin: str, largeur: int = 1400, hauteur: int = 900) -> Carnet:
        contexte = navigateur.new_context(
            viewport={"width": largeur, "height": hauteur}, locale="fr-FR"
        )
        contextes.append(contexte)
        return Carnet(contexte.new_page(), lab, chemin)

    yield ouvrir
    for contexte in contextes:
        contexte.close()


@pytest.fixture
def ouvrir(navigateur, lab):
    """Ouvre un carnet pour un essai : `ouvrir("corriges/02_budget.ipynb", largeur=1400)`."""
    yield from _ouvreur(navigateur, lab)


@pytest.fixture(scope="module")
def ouvrir_ensemble(navigateur, lab):
    """Ouvre un carnet pour tous les essais d'un fichier."""
    yield from _ouvreur(navigateur, lab)


@pytest.fixture(scope="module")
def page_ouverte(request, ouvrir_ensemble):
    """Le carnet que nomme `CARNET`, dans le fichier d'essais."""
    return ouvrir_ensemble(request.module.CARNET)


@pytest.fixture
def carnet(page_ouverte):
    """Ce carnet, avec un cas neuf."""
    page_ouverte.executer_cellule("from cerdd_case import Cas")
    return page_ouverte
