"""Un fichier d'élève qui cache une bibliothèque : une phrase française, et rien d'autre ne gêne."""

import subprocess
import sys

import pytest


def essayer(dossier, code="from cerdd_case import Cas; Cas(); print('bien')"):
    return subprocess.run(
        [sys.executable, "-c", code], cwd=dossier, capture_output=True, text=True, encoding="utf-8"
    )


@pytest.mark.parametrize(
    "nom", ["pandas.py", "numpy.py", "matplotlib.py", "pandas/__init__.py", "calendar.py"]
)
def test_le_fichier_qui_cache_une_bibliotheque_est_nomme(tmp_path, nom):
    (tmp_path / nom).parent.mkdir(exist_ok=True)
    (tmp_path / nom).write_text("x = 1", encoding="utf-8")
    essai = essayer(tmp_path)
    assert essai.returncode == 1
    assert "à côté de votre carnet, porte le nom d'une bibliothèque" in essai.stderr
    assert nom.split("/")[0].removesuffix(".py") in essai.stderr.splitlines()[-1]


@pytest.mark.parametrize("nom", ["exercice.py", "budget.py", "turtle.py"])
def test_un_autre_fichier_ne_gene_pas(tmp_path, nom):
    (tmp_path / nom).write_text("x = 1", encoding="utf-8")
    assert essayer(tmp_path).stdout == "bien\n"


def test_un_homonyme_dans_un_dossier_d_ou_python_ne_lit_rien(tmp_path):
    (tmp_path / "pandas.py").write_text("x = 1", encoding="utf-8")
    code = "import sys; sys.path.remove(''); from cerdd_case import Cas; Cas(); print('bien')"
    assert essayer(tmp_path, code).stdout == "bien\n"
