"""Les essais eux-mêmes : un essai sauté se voit, une liste d'exemples vide est une faute."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ESSAIS = Path(__file__).parent
FICHIERS = sorted(ESSAIS.rglob("*.py"))

SAUTES = """
import pytest

@pytest.fixture(scope="module")
def outil():
    pytest.skip("L'outil est absent.")

@pytest.mark.parametrize("n", [1, 2])
def test_avec_l_outil(outil, n):
    pass

@pytest.mark.skipif(True, reason="Ce système ne connaît pas les signaux.")
def test_du_systeme():
    pass

def test_ordinaire():
    pass
"""
MODULE_SAUTE = 'import pytest\npytest.skip("Tout ce fichier attend.", allow_module_level=True)\n'
SANS_EXEMPLE = 'import pytest\n@pytest.mark.parametrize("n", [])\ndef test_vide(n):\n    pass\n'


def essayer(dossier: Path, ci: str, processus: str, **fichiers: str) -> subprocess.CompletedProcess:
    """Une suite qui ne contient que ces fichiers, avec nos réglages et notre `conftest.py`."""
    (dossier / "conftest.py").write_bytes((ESSAIS / "conftest.py").read_bytes())
    for nom, texte in fichiers.items():
        (dossier / f"test_{nom}.py").write_text(texte, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", str(ESSAIS.parent / "pyproject.toml"),
         "--rootdir", str(dossier), "-n", processus, "-p", "no:cacheprovider",
         "--continue-on-collection-errors", *(str(dossier / f"test_{nom}.py") for nom in fichiers)],
        capture_output=True, text=True, encoding="utf-8", cwd=dossier,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "CI": ci},
    )  # fmt: skip


def test_ce_qui_est_saute_est_dit_en_francais_avec_sa_raison(tmp_path):
    sortie = essayer(tmp_path, "", "auto", outil=SAUTES, entier=MODULE_SAUTE)
    assert sortie.returncode == 0, sortie.stdout + sortie.stderr
    _, _, fin = sortie.stdout.partition("Ce qui n'a pas été essayé")
    assert "2 essais : L'outil est absent.\n    test_outil.py : 2\n" in fin
    assert "1 essai : Ce système ne connaît pas les signaux.\n    test_outil.py : 1\n" in fin
    assert "1 essai : Tout ce fichier attend.\n    test_entier.py : 1\n" in fin
    assert "1 passed, 4 skipped" in fin


def test_en_integration_continue_un_outil_absent_est_une_faute(tmp_path):
    sortie = essayer(tmp_path, "true", "0", outil=SAUTES, entier=MODULE_SAUTE)
    assert sortie.returncode == 1
    assert "Essai sauté : L'outil est absent." in sortie.stdout
    assert "Essai sauté : Tout ce fichier attend." in sortie.stdout
    # Le système d'exploitation, lui, ne s'installe pas.
    assert "1 passed, 1 skipped, 3 errors" in sortie.stdout


def test_un_essai_sans_exemple_est_une_faute(tmp_path):
    sortie = essayer(tmp_path, "", "0", exemple=SANS_EXEMPLE)
    assert sortie.returncode != 0 and "Empty parameter set" in sortie.stdout


def appels(nom: str) -> list[tuple[Path, ast.Call]]:
    """Les appels de cette méthode ou de cette fonction, dans tous les essais."""
    return [
        (fichier, noeud)
        for fichier in FICHIERS
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8")))
        if isinstance(noeud, ast.Call) and ast.unparse(noeud.func).split(".")[-1] == nom
    ]


def test_seul_un_systeme_d_exploitation_dispense_d_un_essai():
    trouves = appels("skipif")
    assert trouves
    for fichier, appel in trouves:
        assert "sys.platform" in ast.unparse(appel), fichier.name


def test_un_essai_du_navigateur_attend_un_etat_et_non_une_duree():
    assert [f.name for f, _ in appels("wait_for_timeout")] == []


def test_une_erreur_attendue_est_nommee():
    for fichier, appel in appels("raises"):
        assert ast.unparse(appel.args[0]) not in ("Exception", "BaseException"), fichier.name


@pytest.mark.parametrize("nom", ["diapositives", "ecrans", "saisies"])
def test_un_long_essai_se_lance_a_la_main(nom, tmp_path):
    """Sans les chemins que pytest ajoute : ces scripts ne sont joués qu'avant de publier."""
    script = ESSAIS / "navigateur" / f"{nom}.py"
    charger = "import runpy, sys; sys.path[0] = sys.argv[1]; runpy.run_path(sys.argv[2])"
    subprocess.run(
        [sys.executable, "-c", charger, str(script.parent), str(script)], cwd=tmp_path, check=True
    )
