"""Un noyau de carnet, en mémoire, où la collection est branchée."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from cerdd_case import Cas
from cerdd_case.carnet import load_ipython_extension
from cerdd_case.socle.memoire import Memoire


class Noyau:
    """Exécute des cellules ; garde ce qu'elles montrent d'une erreur."""

    def __init__(self):
        sans_historique = Config()
        sans_historique.HistoryManager.enabled = False
        self.ipython = InteractiveShell(config=sans_historique)
        load_ipython_extension(self.ipython)
        self.ipython._showtraceback = lambda genre, erreur, rendu: self.montre.extend(rendu)
        self.montre: list[str] = []
        self.cas = self.ipython.user_ns["cas"] = Cas(memoire=Memoire())

    def executer(self, cellule: str, cell_id: str | None = None):
        """Ce que vaut la dernière ligne de la cellule."""
        self.montre.clear()
        return self.ipython.run_cell(cellule, cell_id=cell_id).result

    def dit(self, cellule: str) -> str:
        """Ce que la cellule montre d'une erreur."""
        self.executer(cellule)
        return "\n".join(self.montre)


@pytest.fixture(scope="module")
def un_noyau(tmp_path_factory):
    dossier = str(tmp_path_factory.mktemp("ipython"))
    with pytest.MonkeyPatch.context() as environnement:
        environnement.setenv("IPYTHONDIR", dossier)
        yield Noyau()


@pytest.fixture
def noyau(un_noyau):
    """Le même pour tous les essais d'un fichier, sans ce qu'un essai y a laissé."""
    gardes = dict(un_noyau.ipython.user_ns)
    yield un_noyau
    un_noyau.ipython.user_ns.clear()
    un_noyau.ipython.user_ns.update(gardes)
