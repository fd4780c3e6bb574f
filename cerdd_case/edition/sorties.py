"""Les sorties d'un carnet exécuté : les ranger, et refuser ce qui changerait."""

import ast
import re
import sys
import tempfile
from pathlib import Path

from .execution import ErreurConstruction
from .lecture_carnet import NOYAU, lieu, situer
from .validation import VUE_DE_WIDGET, rejoindre_les_flux


def nettoyer(carnet, nom: str) -> None:
    """Ne garde que ce qu'une nouvelle exécution redonnera, lisible sans widget."""
    carnet.metadata.pop("widgets", None)
    carnet.metadata |= {"language_info": {"name": "python"}, "kernelspec": NOYAU}
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
        if sortie.get("name") == "stderr":
            raise ErreurConstruction(
                f"un avertissement s'affiche, « {texte.strip()[:300]} ». Corrigez sa cause : un "
                "carnet livré n'affiche aucun avertissement."
            )
        if adresse := re.search(r"<[^<>\n]* at 0x[0-9a-f]+>", texte):
            raise ErreurConstruction(
                f"« {adresse[0]} » change à chaque exécution. Affichez une valeur, ou terminez la "
                "ligne par un point-virgule."
            )
        accolades = re.findall(r"\{[^{}:]*,[^{}:]*\}", str(sortie.get("text", "")))
        if ensemble := next(filter(_est_un_ensemble, accolades), None):
            raise ErreurConstruction(
                f"l'ordre de l'ensemble « {ensemble[:80]} » change à chaque exécution. "
                "Affichez sorted(…)."
            )
        if chemin := next((c for c in _chemins_de_la_machine() if c in texte), None):
            raise ErreurConstruction(
                f"« {chemin} » n'existe que sur cette machine. N'affichez pas de chemin."
            )
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
