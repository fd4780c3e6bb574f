import pytest

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.edition import diapositives, documents


@pytest.fixture(scope="session")
def pages():
    """Chaque document à imprimer, en HTML, par (document, dossier)."""
    donnees, numeros = Donnees(), [*diapositives.carnets_des_dossiers(), "tout"]
    return {
        (code, n): documents.document(code, n, donnees)
        for code in documents.DOCUMENTS
        for n in numeros
    }
