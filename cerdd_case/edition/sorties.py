"""Les sorties d'un carnet exécuté : les ranger, et refuser ce qui changerait."""

import ast
import re
import sys
import tempfile
from pathlib import Path

from . import images
from .execution import ErreurConstruction
from .lecture_carnet import NOYAU
from .validation import VUE_DE_WIDGET


def nettoyer(carnet, nom: str) -> None:
    """Ne garde que ce qu'une nouvelle exécution redonnera, lisible sans widget."""
    carnet.metadata.pop("widgets", None)
    carnet.metadata["language_info"] = {"name": "python"}
    carnet.metadata["kernelspec"] = NOYAU
    rang = 0
    for numero, cellule in enumerate(carnet.cells, start=1):
        cellule.metadata.pop("execution", None)
        if cellule.cell_type != "code":
            continue
        lieu = f"{nom}, cellule {numero} (« {images.debut(cellule)} »)"
        rang += 1
        cellule.execution_count = rang
        cellule.outputs = _rejoindre_les_flux(cellule.outputs)
        controler_sorties(cellule.outputs, lieu)
        for sortie in cellule.outputs:
            if "execution_count" in sortie:
                sortie["execution_count"] = rang
            sortie.get("data", {}).pop(VUE_DE_WIDGET, None)
            sortie.get("metadata", {}).pop(VUE_DE_WIDGET, None)


def _rejoindre_les_flux(sorties: list) -> list:
    """Les mêmes sorties : un flux que la lenteur de la machine a coupé en deux est recollé."""
    jointes: list = []
    for sortie in sorties:
        precedente = jointes[-1] if jointes else {}
        if "name" in sortie and precedente.get("name") == sortie["name"]:
            precedente["text"] += sortie["text"]
        else:
            jointes.append(sortie)
    return jointes


def controler_sorties(sorties: list, lieu: str) -> None:
    """Refuse ce qui dépend de la machine ou de l'instant, et un widget sans image fixe."""
    for sortie in sorties:
        if sortie.get("name") == "stderr":
            raise ErreurConstruction(
                f"{lieu} : un avertissement s'affiche, « {sortie['text'].strip()[:300]} ». "
                "Corrigez sa cause : un carnet livré n'affiche aucun avertissement."
            )
        adresse = re.search(r"<[^<>\n]* at 0x[0-9a-f]+>", _texte(sortie))
        if adresse:
            raise ErreurConstruction(
                f"{lieu} : « {adresse[0]} » change à chaque exécution. Affichez une valeur, "
                "ou terminez la ligne par un point-virgule."
            )
        if ensemble := _ensemble_affiche(sortie):
            raise ErreurConstruction(
                f"{lieu} : l'ordre de l'ensemble « {ensemble[:80]} » change à chaque exécution. "
                "Affichez sorted(…)."
            )
        if chemin := next((c for c in _chemins_de_la_machine() if c in _texte(sortie)), None):
            raise ErreurConstruction(
                f"{lieu} : « {chemin} » n'existe que sur cette machine. N'affichez pas de chemin."
            )
    fixe = [s for s in sorties if _est_fixe(s)]
    if not fixe and any(VUE_DE_WIDGET in s.get("data", {}) for s in sorties):
        raise ErreurConstruction(
            f"{lieu} : sans widgets (aperçu, impression), cette cellule ne montre rien. "
            "Ajoutez une image ou un texte fixe à ce que le widget affiche."
        )


def _texte(sortie: dict) -> str:
    return str(sortie.get("text", "")) + str(sortie.get("data", {}).get("text/plain", ""))


def _ensemble_affiche(sortie: dict) -> str | None:
    """Un ensemble de plusieurs textes, imprimé par `print` dans un ordre de hasard."""
    for trouve in re.finditer(r"\{[^{}:]*,[^{}:]*\}", str(sortie.get("text", ""))):
        try:
            valeur = ast.literal_eval(trouve[0])
        except (ValueError, SyntaxError):
            continue
        if isinstance(valeur, set) and len(valeur) > 1 and any(isinstance(v, str) for v in valeur):
            return trouve[0]
    return None


def _chemins_de_la_machine() -> list[str]:
    """Les dossiers d'ici : celui de la personne, de Python, du projet, des fichiers provisoires."""
    dossiers = [Path.home(), Path(sys.prefix), Path(__file__).resolve().parents[2]]
    dossiers += [Path(tempfile.gettempdir())]
    return [f"{d}{sep}" for d in map(str, dossiers) if len(d) > 1 for sep in "/\\"]


def _est_fixe(sortie: dict) -> bool:
    """Cette sortie montre-t-elle quelque chose à qui n'a pas de widgets ?

    Le texte de secours d'un widget ordinaire, `VBox(children=…)`, ne montre rien.
    """
    donnees = sortie.get("data", {})
    if VUE_DE_WIDGET not in donnees:
        return bool(sortie.get("text") or donnees)
    if any(cle.startswith("image/") or cle in ("text/html", "text/markdown") for cle in donnees):
        return True
    secours = str(donnees.get("text/plain", ""))
    return bool(secours) and not re.match(r"[A-Za-z_]\w*\(", secours)
