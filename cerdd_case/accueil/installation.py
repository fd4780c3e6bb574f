"""Vérifier que tout est en place sur cet ordinateur, et dire en français ce qui manque."""

import sys
import tempfile
from collections.abc import Callable, Iterable
from html import escape
from importlib.metadata import distributions
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from ..donnees.paquet import Donnees
from ..socle.erreurs import ErreurCas
from ..socle.typographie import typographier

PYTHON_MINIMAL = (3, 11)
BIBLIOTHEQUES = ("pandas", "matplotlib", "ipywidgets", "anywidget", "PIL")
PAQUET_DE_LANGUE = "jupyterlab-language-pack-fr-FR"
EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "anywidget")
REINSTALLER = "Relancez la commande d'installation de la collection (voir le fichier README)."
DANS_UN_NAVIGATEUR = sys.platform == "emscripten"  # Python tourne dans la page, sans serveur


class Point(NamedTuple):
    """Une chose vérifiée : ce qu'elle est, si elle va, et sinon que faire."""

    nom: str
    bon: bool
    phrase: str


class Installation:
    """Le bilan : une ligne par chose vérifiée. S'affiche de lui-même dans un carnet."""

    def __init__(self, points: list[Point]):
        self.points = points

    @property
    def bonne(self) -> bool:
        """Vrai si tout est en place."""
        return all(p.bon for p in self.points)

    @property
    def conclusion(self) -> str:
        """Ce qu'il faut retenir, en une phrase."""
        if self.bonne:
            return "Tout est prêt : vous pouvez commencer."
        return "Il manque quelque chose : montrez cette page à votre enseignant."

    def __str__(self) -> str:
        lignes = [f"{'✔' if p.bon else '✘'} {p.nom} : {p.phrase}" for p in self.points]
        return "\n".join([*lignes, self.conclusion])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        puces = "".join(
            f'<li style="color:{"#14663c" if p.bon else "#8f1d16"}">'
            f"{'✔' if p.bon else '✘'} <strong>{escape(p.nom)}</strong> : {escape(p.phrase)}</li>"
            for p in self.points
        )
        return typographier(
            '<div role="status"><ul style="list-style:none;padding:8px 12px;background:#ffffff">'
            f"{puces}</ul>"
            f"<p><strong>{escape(self.conclusion)}</strong></p></div>"
        )


def verifier_installation(
    donnees: Donnees | None = None, dossier: Path | None = None
) -> Installation:
    """Examine Python, les bibliothèques, les données, la langue, l'interactivité et l'écriture.

    `dossier` : là où l'on travaille (par défaut, le dossier courant). Ne lève rien : ce qui ne va
    pas est une ligne du bilan, avec le remède.
    """
    fautes = {
        ("Python", "la version convient."): _python(),
        ("Bibliothèques", "elles sont toutes là."): _absentes(BIBLIOTHEQUES, find_spec),
        ("Données", "chaque tableau se lit sans faute."): _donnees(donnees or Donnees()),
        ("Langue", "l'interface de JupyterLab peut être en français."): _langue(),
        ("Interactivité", "curseurs et listes peuvent s'afficher."): _interactivite(),
        ("Enregistrement", "ce dossier accepte votre travail."): _ecriture(dossier or Path.cwd()),
    }
    return Installation([Point(n, f is None, f or bonne) for (n, bonne), f in fautes.items()])


def _absentes(noms: Iterable[str], presente: Callable[[str], object]) -> str | None:
    absentes = ", ".join(nom for nom in noms if not presente(nom))
    return f"il manque {absentes}. {REINSTALLER}" if absentes else None


def _python() -> str | None:
    if sys.version_info[:2] >= PYTHON_MINIMAL:
        return None
    ici, voulue = (".".join(map(str, v)) for v in (sys.version_info[:2], PYTHON_MINIMAL))
    return f"la version {ici} est trop ancienne ; installez Python {voulue} ou plus récent."


def _donnees(donnees: Donnees) -> str | None:
    try:
        for ressource in donnees.ressources:
            donnees.table(ressource["name"])
    except ErreurCas as erreur:
        return str(erreur)
    return None


def _langue() -> str | None:
    paquets = () if DANS_UN_NAVIGATEUR else (PAQUET_DE_LANGUE,)
    return _absentes(paquets, lambda nom: [*distributions(name=nom)])


def _interactivite() -> str | None:
    if DANS_UN_NAVIGATEUR:
        return None
    try:
        from jupyter_core.paths import jupyter_path
    except ImportError:
        return f"JupyterLab n'est pas installé. {REINSTALLER}"
    dossiers = [Path(d) for d in jupyter_path("labextensions")]
    return _absentes(EXTENSIONS, lambda nom: any((d / nom).is_dir() for d in dossiers))


def _ecriture(dossier: Path) -> str | None:
    try:
        with tempfile.TemporaryFile(dir=dossier):
            return None
    except OSError:
        return (
            f"le dossier {dossier.name or dossier} n'accepte pas l'écriture. Copiez les carnets "
            "dans un dossier à vous, puis ouvrez-les là."
        )
