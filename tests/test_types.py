"""Les types : ce que tout le reste appelle dit ce qu'il reçoit et ce qu'il rend, sans se tromper."""

import ast
import subprocess
import sys
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
FONCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def test_le_controle_de_types_ne_trouve_aucune_faute():
    """Les pièces contrôlées et leurs réglages sont dans `pyproject.toml`."""
    sortie = subprocess.run(
        [sys.executable, "-m", "mypy"], capture_output=True, text=True, encoding="utf-8",
        cwd=RACINE,
    )  # fmt: skip
    assert sortie.returncode == 0, sortie.stdout + sortie.stderr


def sans_type(corps: list[ast.stmt], classe: str = "") -> list[str]:
    """Ce qui est public dans ce corps, et ne dit pas tout ce qu'il reçoit, ou ce qu'il rend."""
    trouves = []
    for noeud in corps:
        if isinstance(noeud, ast.ClassDef) and noeud.name[0] != "_":
            trouves += sans_type(noeud.body, f"{noeud.name}.")
        if not isinstance(noeud, FONCTIONS) or (noeud.name[0] == "_" and noeud.name != "__init__"):
            continue
        a = noeud.args
        recus = [*a.posonlyargs, *a.args, *a.kwonlyargs, *filter(None, (a.vararg, a.kwarg))]
        muets = [r.arg for r in recus[bool(classe) :] if not r.annotation]
        if muets or (noeud.returns is None and noeud.name != "__init__"):
            trouves.append(f"{classe}{noeud.name}({', '.join(muets)})")
    return trouves


def test_tout_ce_qui_est_public_dit_ce_qu_il_recoit_et_ce_qu_il_rend():
    fautes = [
        f"{chemin.relative_to(RACINE)} : {nom}"
        for chemin in sorted((RACINE / "cerdd_case").rglob("*.py"))
        for nom in sans_type(ast.parse(chemin.read_text(encoding="utf-8")).body)
    ]
    assert fautes == []


def test_ce_qui_n_a_pas_de_type_se_verrait():
    code = """
def lue(cas: int, *noms, **options: int) -> None: ...
async def rendue(cas: int): ...
def _interne(cas): ...
class Classe:
    def __init__(self, cas): ...
    def methode(self, cas: int, *, nom) -> int: ...
    def bonne(self, cas: int) -> int: ...
    def __repr__(self): ...
"""
    attendus = ["lue(noms)", "rendue()", "Classe.__init__(cas)", "Classe.methode(nom)"]
    assert sans_type(ast.parse(code).body) == attendus
