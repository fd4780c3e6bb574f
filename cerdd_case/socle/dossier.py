"""Ce que chaque dossier apporte au cas, trouvé dans son module `apports`.

Une pièce `dossier_N` (ou `accueil`) a un module `apports`, dont chaque fonction publique reçoit le
cas en premier. Son nom dit ce qu'elle est :

- `atelier_vote` : ce que montre `cas.atelier("vote")`, et `exercice_vote` : ce qu'il demande, juge
  et dessine, sans ipywidgets (voir `questions.exercice`) ;
- `figure_cascade` : ce que montre `cas.figure("cascade")` ;
- `controles` : les réponses chiffrées attendues, par code ;
- toute autre, une demande : `projeter` devient `cas.projeter()`.

Rien d'autre ne connaît un dossier par son nom.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from difflib import get_close_matches
from functools import cache
from types import ModuleType

from .erreurs import ErreurCas

PAQUET = __name__.rpartition(".socle")[0]
GENRES = {"atelier": "l'atelier", "exercice": "l'atelier", "figure": "la figure"}


@cache
def modules() -> tuple[ModuleType, ...]:
    """Les modules `apports`, dans l'ordre de leur pièce."""
    paquet = importlib.import_module(PAQUET)
    pieces = sorted(p.name for p in pkgutil.iter_modules(paquet.__path__) if p.ispkg)
    dossiers = [p for p in pieces if p == "accueil" or p.startswith("dossier_")]
    return tuple(importlib.import_module(f"{PAQUET}.{piece}.apports") for piece in dossiers)


@cache
def apports(genre: str) -> dict[str, Callable]:
    """Les fonctions d'un genre, par nom : « atelier », « exercice », « figure » ou « demande »."""
    trouves: dict[str, Callable] = {}
    for module in modules():
        for nom, fonction in inspect.getmembers(module, inspect.isfunction):
            if fonction.__module__ != module.__name__ or nom.startswith("_"):
                continue
            prefixe, _, reste = nom.partition("_")
            if prefixe in GENRES and genre == prefixe:
                trouves[reste] = fonction
            elif prefixe not in GENRES and genre == "demande" and nom != "controles":
                trouves[nom] = fonction
    return trouves


def trouver(genre: str, nom: str) -> Callable:
    """L'apport de ce nom. Lève `ErreurCas`, avec le nom le plus proche, s'il n'existe pas."""
    connus = apports(genre)
    if nom in connus:
        return connus[nom]
    proches = get_close_matches(str(nom), connus, 1)
    conseil = f'Vouliez-vous écrire "{proches[0]}" ? ' if proches else ""
    raise ErreurCas(
        f"{GENRES[genre].capitalize()} « {nom} » n'existe pas. {conseil}"
        f"Noms connus : {', '.join(sorted(connus))}."
    )


def controles(cas: object) -> dict:
    """Les réponses chiffrées attendues de ce cas, par code, tous dossiers réunis."""
    ensemble: dict = {}
    for module in modules():
        if hasattr(module, "controles"):
            ensemble |= module.controles(cas)
    return ensemble
