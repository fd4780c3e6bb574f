"""La maison : trois anneaux, des pièces dans l'ordre, et rien qui connaisse un dossier par son nom.

- le noyau (données, calculs, questions, figures) : Python, pandas, NumPy et matplotlib seulement ;
- les ateliers (`widgets/`, `*_atelier.py`) : avec ipywidgets et anywidget ;
- le bureau et l'édition : ouvrir JupyterLab, construire, présenter, imprimer.
"""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parent.parent
PAQUET = RACINE / "cerdd_case"
# De la première à la dernière : aucune n'importe d'une pièce suivante, ni d'une pièce de son rang.
RANGS = [
    "socle",
    "donnees",
    "questions",
    "figures",
    "widgets",
    "dossier",
    "cas",
    "bureau",
    "edition",
]
BIBLIOTHEQUES_DES_ATELIERS = {"ipywidgets", "anywidget", "traitlets", "IPython", "comm"}
BIBLIOTHEQUES_DU_BUREAU = {
    "jupyterlab", "jupyter_server", "jupyter_client", "nbformat", "nbclient", "nbval", "jupytext",
    "jinja2", "mistune", "psutil", "babel", "filelock", "pytest",
}  # fmt: skip


def modules() -> list[Path]:
    trouves = [c for c in sorted(PAQUET.rglob("*.py")) if c.name != "__init__.py"]
    assert len(trouves) > 80
    return trouves


def piece(chemin: Path) -> str:
    return chemin.relative_to(PAQUET).parts[0].removesuffix(".py")


def rang(nom: str) -> int:
    return RANGS.index("dossier" if nom == "accueil" or nom.startswith("dossier_") else nom)


def anneau(chemin: Path) -> str:
    if piece(chemin) in ("bureau", "edition"):
        return piece(chemin)
    est_un_atelier = piece(chemin) == "widgets" or chemin.stem.endswith("_atelier")
    return "ateliers" if est_un_atelier else "noyau"


def importes(chemin: Path, partout: bool = True) -> set[tuple[str, ...]]:
    """Ce qu'un module importe du paquet, même à l'intérieur d'une fonction (`partout`)."""
    lieu = chemin.relative_to(RACINE).parts[:-1]
    arbre = ast.parse(chemin.read_text(encoding="utf-8"))
    trouves = set()
    for noeud in ast.walk(arbre) if partout else arbre.body:
        if isinstance(noeud, ast.ImportFrom) and noeud.level:
            base = lieu[: len(lieu) - noeud.level + 1] + tuple((noeud.module or "").split("."))
            base = tuple(partie for partie in base if partie)
            trouves |= {(*base, alias.name)[1:] for alias in noeud.names}
    return trouves


def test_aucune_piece_n_importe_d_une_piece_suivante():
    fautes = []
    for chemin in modules():
        ici = piece(chemin)
        for cible in importes(chemin):
            la = cible[0]
            if la == ici:
                continue
            voisins = rang(la) == rang(ici)  # deux dossiers
            montrer = ici == "cas" and la == "widgets"
            if voisins or (rang(la) > rang(ici) and not montrer):
                fautes.append(f"{chemin.relative_to(RACINE)} importe {'.'.join(cible)}")
    assert fautes == []


def test_un_anneau_n_importe_pas_de_l_anneau_suivant():
    """Le noyau ne touche aux ateliers que dans une fonction, quand on les lui demande."""
    fautes = []
    for chemin in modules():
        if anneau(chemin) != "noyau":
            continue
        for cible in importes(chemin, partout=False):
            for longueur in (1, 2, 3):
                fichier = PAQUET.joinpath(*cible[:longueur]).with_suffix(".py")
                if fichier.is_file() and anneau(fichier) != "noyau":
                    fautes.append(f"{chemin.relative_to(RACINE)} importe {'.'.join(cible)}")
    assert fautes == []


def sans(bibliotheques: set[str], code: str) -> str:
    """Exécute ce code là où ces bibliothèques n'existent pas ; renvoie ce qu'il affiche."""
    entete = f"""
import sys
class Absentes:
    def find_spec(self, nom, chemin=None, cible=None):
        if nom.split(".")[0] in {bibliotheques!r}:
            raise ModuleNotFoundError(f"No module named {{nom!r}}", name=nom)
sys.meta_path.insert(0, Absentes())
import importlib
"""
    essai = subprocess.run(
        [sys.executable, "-c", entete + code],
        capture_output=True, text=True, cwd=RACINE, encoding="utf-8",
    )  # fmt: skip
    assert essai.returncode == 0, essai.stdout + essai.stderr
    return essai.stdout


def noms(*anneaux: str) -> list[str]:
    return [
        ".".join(c.relative_to(RACINE).with_suffix("").parts)
        for c in modules()
        if anneau(c) in anneaux
    ]


def test_le_noyau_vit_sans_les_bibliotheques_des_ateliers():
    code = f"""
for nom in {noms("noyau")!r}:
    importlib.import_module(nom)
from cerdd_case import Cas
cas = Cas()
projection = cas.projeter()
print(round(projection.total_eur, 2), cas.verifier("2.3", "14 000").etat)
cas.lire(1), cas.indice("2.3"), cas.suivi(2), cas.ateliers(), cas.regles(projection)
options = {{"classement": ["finalites"], "budget": [projection]}}
for figure in cas.figures().donnees["nom"]:
    image = cas.figure(figure, *options.get(figure, [])).png()
    assert image.startswith(b"\\x89PNG"), figure
"""
    sortie = sans(BIBLIOTHEQUES_DES_ATELIERS | BIBLIOTHEQUES_DU_BUREAU, code)
    assert sortie == "1175756.46 faux\n"


def test_les_ateliers_vivent_sans_jupyterlab_ni_ce_qui_construit():
    code = f"""
for nom in {noms("noyau", "ateliers")!r}:
    importlib.import_module(nom)
from cerdd_case import Cas
cas = Cas()
for atelier in cas.ateliers().donnees["nom"]:
    cas.atelier(atelier)
print(*[n for n in sys.modules if n.startswith(("cerdd_case.edition", "cerdd_case.bureau"))])
"""
    assert sans(BIBLIOTHEQUES_DU_BUREAU, code) == "\n"


@pytest.mark.parametrize("chemin", modules(), ids=lambda c: str(c.relative_to(PAQUET)))
def test_un_fichier_tient_en_trois_cents_lignes_environ(chemin):
    assert len(chemin.read_text(encoding="utf-8").splitlines()) <= 330


def test_rien_ne_connait_un_dossier_par_son_nom():
    fautes = [
        f"{chemin.relative_to(RACINE)} importe {'.'.join(cible)}"
        for chemin in modules()
        for cible in importes(chemin)
        if cible[0].startswith("dossier_") and not piece(chemin).startswith("dossier_")
    ]
    assert fautes == []
