"""Des copies des données, à abîmer."""

import pytest
from outils import Copie


@pytest.fixture
def copie(tmp_path):
    return Copie(tmp_path)


@pytest.fixture(scope="module")
def copie_du_module(tmp_path_factory):
    return Copie(tmp_path_factory.mktemp("hasard"))
