"""L'orthographe de tout ce qui se montre : annexes, questions, carnets, messages.

Le dictionnaire est celui d'`hunspell` ; `tests/mots.txt` y ajoute les nôtres, un par ligne.
"""

import ast
import csv
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parent.parent
MOTS = Path(__file__).with_name("mots.txt")
# Ce qui n'est pas du français : code, adresses, identifiants, marques.
A_OTER = re.compile(
    r"```.*?```|`[^`]*`|⟦.*?⟧|\$[^$]*\$|<[^>]*>|&\w+;|https?://\S+|\]\([^)]*\)|\{\{.*?\}\}|\{\w+\}"
    r"|\b\w*[_\d]\w*\b|\w+\.(?:csv|json|py|md|ipynb|html|pdf|txt|js)\b|--\w[\w-]*|\b\w+\(\)?",
    re.S,
)
CODES = {"mots_cles", "controles", "preuves", "limites", "gains", "fonctions", "postes", "admis",
         "annexes", "reference", "exemples"}  # fmt: skip
MOT = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def des_donnees():
    """Les phrases des tableaux (une colonne de texte a des espaces) et les textes des annexes."""
    for fichier in sorted((RACINE / "data").rglob("*.csv")):
        with fichier.open(encoding="utf-8", newline="") as ouvert:
            for rang, ligne in enumerate(csv.DictReader(ouvert), 2):
                for colonne, case in ligne.items():
                    if colonne not in CODES and " " in case:
                        yield f"{fichier.name}, ligne {rang}, {colonne}", case
    for fichier in sorted((RACINE / "data" / "textes").glob("*.md")):
        for rang, ligne in enumerate(fichier.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{fichier.name}, ligne {rang}", ligne


def des_carnets():
    """Les cellules de texte des carnets construits."""
    for fichier in sorted((RACINE / "notebooks").glob("[ce]*/*.ipynb")):
        for rang, cellule in enumerate(json.loads(fichier.read_text(encoding="utf-8"))["cells"]):
            if cellule["cell_type"] != "code":
                yield f"{fichier.name}, cellule {rang}", "".join(cellule["source"])


def des_messages():
    """Les chaînes du paquet qui sont des phrases, sans les docstrings."""
    for fichier in sorted((RACINE / "cerdd_case").rglob("*.py")):
        arbre = ast.parse(fichier.read_text(encoding="utf-8"))
        docs = {n.value for n in ast.walk(arbre) if isinstance(n, ast.Expr)}
        for noeud in ast.walk(arbre):
            if noeud not in docs and isinstance(getattr(noeud, "value", None), str):
                texte = noeud.value
                if texte.count(" ") > 2 and not re.search(r"[\\|^]|\(\?|:\s*\w+;|\{|=", texte):
                    yield f"{fichier.relative_to(RACINE)}, ligne {noeud.lineno}", texte


def inconnus(textes) -> dict[str, str]:
    """Les mots que le dictionnaire ne connaît pas, et le premier endroit où on les lit."""
    lieux: dict[str, str] = {}
    for lieu, texte in textes:
        for mot in MOT.findall(A_OTER.sub(" ", texte).replace("’", "'")):
            lieux.setdefault(mot, lieu)
    nos_mots = set(MOTS.read_text(encoding="utf-8").split())
    essai = subprocess.run(
        ["hunspell", "-d", "fr_FR", "-i", "utf-8", "-l"],
        input="\n".join(sorted(lieux)), capture_output=True, text=True, encoding="utf-8",
        check=True, timeout=120,
    )  # fmt: skip
    refuses = set(essai.stdout.split()) - nos_mots
    return {
        mot: lieu for mot, lieu in lieux.items()
        if {mot, mot.split("'")[-1]} & refuses and not {mot, mot.split("'")[-1]} & nos_mots
    }  # fmt: skip


@pytest.fixture(autouse=True)
def dictionnaire():
    if shutil.which("hunspell") is None:
        raison = "hunspell et son dictionnaire français sont absents : l'orthographe n'a pas été contrôlée."
        if os.environ.get("CI"):
            pytest.fail(raison)
        pytest.skip(raison)


@pytest.mark.parametrize("source", [des_donnees, des_carnets, des_messages])
def test_tout_est_bien_ecrit(source):
    assert inconnus(source()) == {}


def test_une_faute_se_voit():
    assert list(inconnus([("ici", "Le bénéfisse est de 14 000 €.")])) == ["bénéfisse"]


def test_nos_mots_servent_tous():
    """Un mot qui ne se lit plus nulle part quitte la liste."""
    textes = " ".join(t for source in (des_donnees, des_carnets, des_messages) for _, t in source())
    lus = set(MOT.findall(textes.replace("’", "'")))
    lus |= {mot.split("'")[-1] for mot in lus}
    assert sorted(set(MOTS.read_text(encoding="utf-8").split()) - lus) == []
