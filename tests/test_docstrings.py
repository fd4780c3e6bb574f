"""Tout ce qui est public dit à quoi il sert : modules, classes, fonctions et méthodes."""

import ast
from functools import cache
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parent.parent
MODULES = sorted((RACINE / "cerdd_case").rglob("*.py"))
FONCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@cache
def arbre(chemin: Path) -> ast.Module:
    return ast.parse(chemin.read_text(encoding="utf-8"))


def definie(nom: str, chemin: Path) -> tuple[ast.ClassDef, Path] | None:
    """La classe que ce nom désigne dans ce module, et le module qui la définit ; None : d'ailleurs."""
    for noeud in arbre(chemin).body:
        if isinstance(noeud, ast.ClassDef) and noeud.name == nom:
            return noeud, chemin
        if not isinstance(noeud, ast.ImportFrom) or not noeud.level:
            continue
        lieu = chemin.parents[noeud.level - 1].joinpath(*(noeud.module or "").split("."))
        for alias in noeud.names:
            for fichier in (lieu.with_suffix(".py"), lieu / "__init__.py"):
                if (alias.asname or alias.name) == nom and fichier.is_file():
                    return definie(alias.name, fichier)
    return None


def heritee(classe: ast.ClassDef, methode: str, chemin: Path) -> bool:
    """Une classe mère du paquet documente-t-elle cette méthode ?"""
    bases = [b.value if isinstance(b, ast.Subscript) else b for b in classe.bases]  # Atelier[Vote]
    for mere in filter(None, (definie(ast.unparse(base), chemin) for base in bases)):
        communes = [m for m in mere[0].body if isinstance(m, FONCTIONS) and m.name == methode]
        if any(map(ast.get_docstring, communes)) or heritee(mere[0], methode, mere[1]):
            return True
    return False


def muettes(chemin: Path) -> list[str]:
    """Ce qui est public dans ce module et ne dit pas à quoi il sert.

    Un nom qui commence par « _ » n'est pas public, ni ce qu'une fonction définit pour elle-même.
    """
    trouvees = [] if ast.get_docstring(arbre(chemin)) else ["le module"]
    classes = [(arbre(chemin), None)]
    while classes:
        corps, classe = classes.pop()
        for noeud in corps.body:
            if not isinstance(noeud, (*FONCTIONS, ast.ClassDef)) or noeud.name.startswith("_"):
                continue
            if isinstance(noeud, ast.ClassDef):
                classes.append((noeud, noeud))
            elif classe and heritee(classe, noeud.name, chemin):
                continue
            variante = any(ast.unparse(d) == "overload" for d in noeud.decorator_list)
            if not variante and not ast.get_docstring(noeud):
                trouvees.append(f"{classe.name}.{noeud.name}" if classe else noeud.name)
    return trouvees


@pytest.mark.parametrize("chemin", MODULES, ids=lambda c: str(c.relative_to(RACINE)))
def test_tout_ce_qui_est_public_dit_a_quoi_il_sert(chemin):
    assert muettes(chemin) == []


def test_ce_qui_ne_dit_rien_se_verrait(tmp_path):
    (tmp_path / "mere.py").write_text(
        '"""M."""\nclass Mere:\n    """C."""\n    def dite(self):\n        """D."""\n'
        "    def tue(self): ...\n",
        encoding="utf-8",
    )
    (tmp_path / "fille.py").write_text(
        "from .mere import Mere as M\nclass Fille(M):\n    def __init__(self): ...\n"
        "    def dite(self): ...\n    def tue(self): ...\n    def _interne(self): ...\n"
        "def seule():\n    def interne(): ...\n",
        encoding="utf-8",
    )
    assert muettes(tmp_path / "mere.py") == ["Mere.tue"]
    assert muettes(tmp_path / "fille.py") == ["le module", "Fille", "seule", "Fille.tue"]
