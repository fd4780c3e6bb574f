"""Exécuter un carnet, pour le construire ou le rejouer avec nbval, et ranger ses sorties.

Le noyau est celui de cet environnement Python, sans réglage personnel (profil IPython, style
matplotlib, avertissements) ; un noyau qui s'arrête se voit aussitôt.
"""

import ast
import importlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from ..bureau import carnets
from ..bureau.jupyterlab import COMMUN
from ..socle.erreurs import ErreurCas
from .lecture_carnet import lieu, situer
from .validation import VUE_DE_WIDGET, rejoindre_les_flux

DELAI_PAR_CELLULE = 300  # secondes
# Les variables d'environnement d'une personne qui changeraient ce qu'un carnet affiche.
PERSONNELLES = (
    "MPLBACKEND", "PYTHONWARNINGS", "PYTHONOPTIMIZE", "PYTHONINSPECT", "PYTHONSTARTUP",
    "JUPYTER_CONFIG_PATH", "PYTEST_ADDOPTS", "PYTEST_PLUGINS", "JPY_SESSION_NAME",
)  # fmt: skip

# Ce que dit la construction, selon l'erreur de nbclient.
ARRETS = {
    "CellExecutionError": "le code a échoué, {erreur.ename} : {erreur.evalue}",
    "CellTimeoutError": "la cellule a dépassé {delai} secondes. Cherchez une boucle sans fin.",
    "DeadKernelError": "Python s'est arrêté pendant l'exécution (mémoire insuffisante, ou arrêt "
    "demandé par la cellule).",
}


class ErreurConstruction(ErreurCas):
    """Une source de carnet mal écrite, ou un carnet qui ne s'exécute pas."""

    @classmethod
    def si(cls, possibles: Mapping[str, object]) -> None:
        """La lève, avec la première phrase dont la condition est vraie."""
        for phrase, vraie in possibles.items():
            if vraie:
                raise cls(phrase)


def outil(nom: str) -> ModuleType:
    """Un module du groupe de dépendances `construction`, importé au dernier moment."""
    try:
        return importlib.import_module(nom)
    except ImportError:
        raise ErreurConstruction(
            f"Pour construire les carnets, il manque « {nom} ». Installez le groupe de dépendances "
            "« construction » : uv sync --group construction"
        ) from None


def preparer_polices() -> None:
    """Fait dresser à matplotlib sa liste de polices : sinon, il l'annonce dans le carnet."""
    import matplotlib.font_manager  # noqa: F401


def environnement_du_noyau(reglages: Path, autres: dict[str, str]) -> dict[str, str]:
    """L'environnement d'un noyau sans réglage personnel ; `reglages` : un dossier provisoire.

    `autres` : des variables à y ajouter.
    """
    import matplotlib

    preparer_polices()
    de_la_personne = {nom: valeur for nom, valeur in os.environ.items() if nom not in PERSONNELLES}
    return de_la_personne | {
        "IPYTHONDIR": str(reglages / "ipython"),
        "JUPYTER_CONFIG_DIR": str(reglages / "configuration"),
        "JUPYTER_PATH": str(COMMUN),
        "MATPLOTLIBRC": str(Path(matplotlib.get_data_path()) / "matplotlibrc"),
        **autres,
    }


def executer(
    carnet: Any, dossier: Path, nom: str, numero: int = 1, delai: int = DELAI_PAR_CELLULE
) -> None:
    """Exécute le carnet dans `dossier`, provisoire ; lève `ErreurConstruction`, la cellule nommée.

    `numero` : le rang de cette exécution. La graine de hachage et le fuseau horaire en dépendent :
    une cellule qui montre l'ordre d'un ensemble, la date ou l'heure change alors d'une fois à
    l'autre.
    """
    nbclient = outil("nbclient")
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    noyaux = KernelSpecManager(kernel_dirs=[str(COMMUN / "kernels")])
    passees = [0]
    client = nbclient.NotebookClient(
        carnet,
        km=AsyncKernelManager(
            kernel_name="python3",
            kernel_spec_manager=noyaux,
            connection_file=str(dossier / "noyau.json"),
        ),
        timeout=delai,
        record_timing=False,
        shutdown_kernel="immediate",
        on_cell_start=lambda cell, cell_index: passees.append(cell_index),
        resources={"metadata": {"path": str(dossier)}},
    )
    passage = {"PYTHONHASHSEED": str(numero), "TZ": ("XXX+12", "XXX-14")[numero % 2]}
    try:
        # nbclient laisse vivre un noyau qu'on lui confie : une boucle sans fin tournerait encore.
        client.execute(cleanup_kc=True, env=environnement_du_noyau(dossier, passage))
    except Exception as erreur:
        phrase = ARRETS.get(type(erreur).__name__)
        if phrase is None:
            raise
        ici = lieu(nom, passees[-1] + 1, carnet.cells[passees[-1]])
        phrase = phrase.format(erreur=erreur, delai=delai)
        raise ErreurConstruction(f"{ici} : {phrase}") from None


def rejouer(copies: Path) -> int:
    """Rejoue avec nbval les carnets d'un dossier provisoire ; renvoie le code de pytest."""
    (copies / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    commande = [
        sys.executable, "-m", "pytest", "-q", "--no-header", "--nbval", "--nbval-current-env",
        f"--nbval-cell-timeout={DELAI_PAR_CELLULE}", "--noconftest", "-p", "no:cacheprovider",
        "-p", "cerdd_case.edition.rejeu", *sorted(c.name for c in copies.glob("*.ipynb")),
    ]  # fmt: skip
    # Ce qu'un arrêt laisserait (le fichier de connexion d'un noyau) part avec le dossier.
    provisoires = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(copies))
    return subprocess.run(
        commande, cwd=copies, env=environnement_du_noyau(copies, provisoires), check=False
    ).returncode


# --- Les sorties -----------------------------------------------------------------------


def nettoyer(carnet: Any, nom: str) -> None:
    """Ne garde que ce qu'une nouvelle exécution redonnera, lisible sans widget."""
    carnet.metadata.pop("widgets", None)
    carnet.metadata |= {"language_info": {"name": "python"}, "kernelspec": carnets.NOYAU}
    rang = 0
    for numero, cellule in enumerate(carnet.cells, start=1):
        cellule.metadata.pop("execution", None)
        if cellule.cell_type != "code":
            continue
        rang += 1
        cellule.execution_count = rang
        cellule.outputs = rejoindre_les_flux(cellule.outputs)
        with situer(f"{lieu(nom, numero, cellule)} : "):
            controler_sorties(cellule.outputs)
        for sortie in cellule.outputs:
            if "execution_count" in sortie:
                sortie["execution_count"] = rang
            for cle in ("data", "metadata"):
                sortie.get(cle, {}).pop(VUE_DE_WIDGET, None)


def controler_sorties(sorties: list) -> None:
    """Refuse ce qui dépend de la machine ou de l'instant, et un widget sans image fixe."""
    for sortie in sorties:
        texte = f"{sortie.get('text', '')}{sortie.get('data', {}).get('text/plain', '')}"
        adresse = "".join(re.findall(r"<[^<>\n]* at 0x[0-9a-f]+>", texte)[:1])
        accolades = re.findall(r"\{[^{}:]*,[^{}:]*\}", str(sortie.get("text", "")))
        ensemble = next(filter(_est_un_ensemble, accolades), "")
        chemin = next((c for c in _chemins_de_la_machine() if c in texte), "")
        ErreurConstruction.si({
            f"un avertissement s'affiche, « {texte.strip()[:300]} ». Corrigez sa cause : un carnet "
            "livré n'affiche aucun avertissement.": sortie.get("name") == "stderr",
            f"« {adresse} » change à chaque exécution. Affichez une valeur, ou terminez la ligne par "
            "un point-virgule.": adresse,
            f"l'ordre de l'ensemble « {ensemble[:80]} » change à chaque exécution. Affichez "
            "sorted(…).": ensemble,
            f"« {chemin} » n'existe que sur cette machine. N'affichez pas de chemin.": chemin,
        })  # fmt: skip
    vues = any(VUE_DE_WIDGET in s.get("data", {}) for s in sorties)
    if vues and not any(map(_est_fixe, sorties)):
        raise ErreurConstruction(
            "sans widgets (aperçu, impression), cette cellule ne montre rien. Ajoutez une image "
            "ou un texte fixe à ce que le widget affiche."
        )


def _est_un_ensemble(texte: str) -> bool:
    """Ce texte est-il un ensemble de plusieurs textes, imprimé dans un ordre de hasard ?"""
    try:
        valeur = ast.literal_eval(texte)
    except (ValueError, SyntaxError):
        return False
    return isinstance(valeur, set) and len(valeur) > 1 and any(isinstance(v, str) for v in valeur)


def _chemins_de_la_machine() -> list[str]:
    """Les dossiers d'ici : celui de la personne, de Python, du projet, des fichiers provisoires."""
    projet = Path(__file__).resolve().parents[2]
    dossiers = map(str, (Path.home(), sys.prefix, projet, tempfile.gettempdir()))
    return [f"{d}{sep}" for d in dossiers if len(d) > 1 for sep in "/\\"]


def _est_fixe(sortie: dict) -> bool:
    """Cette sortie se voit-elle sans widgets ? (le texte de secours, `VBox(children=…)`, non)"""
    donnees = sortie.get("data", {})
    if VUE_DE_WIDGET not in donnees:
        return bool(sortie.get("text") or donnees)
    if any(cle.startswith("image/") or cle in ("text/html", "text/markdown") for cle in donnees):
        return True
    secours = str(donnees.get("text/plain", ""))
    return bool(secours) and not re.match(r"[A-Za-z_]\w*\(", secours)
