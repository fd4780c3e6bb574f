"""Ce que chaque dossier apporte au cas, trouvé dans son module `apports`.

Une pièce `dossier_N` (ou `accueil`) a un module `apports`, qui contient :

- `ATELIERS` : pour chaque nom que prend `cas.atelier`, son exercice (ce qu'il demande, juge et
  dessine, sans ipywidgets ; voir `questions.exercice`) et son écran (les réglages) ;
- `FIGURES` : pour chaque nom que prend `cas.figure`, la fonction qui la dessine ;
- `AUTONOMES` : pour un atelier qui vit aussi dans une page sans Python, la fonction qui écrit son bloc,
  et le nom de la figure qui le remplace sur papier ;
- `LECTURES` : pour un atelier ou une figure que le sujet ne demande pas, d'où la collection part ;
- `controles(cas)` : les réponses chiffrées attendues, par code ; `REPONSES` : pour chaque variable où
  l'élève en écrit une, son code ;
- d'autres fonctions publiques : des demandes ; `projeter` devient `cas.projeter()`.

Exercices et figures se construisent avec le cas. Ils s'écrivent « module:nom », le module compté
depuis la pièce (« .vote_figure:figure_pouvoir ») : rien ne se charge avant de servir. La première
ligne de leur docstring les présente. Rien d'autre ne connaît un dossier par son nom.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from types import ModuleType
from typing import Any

from .appels import en_francais
from .erreurs import ErreurCas, NomInconnu

PAQUET = __name__.rpartition(".socle")[0]
# Ce que l'on y trouve.
TABLES = {"ATELIERS": "L'atelier", "FIGURES": "La figure", "AUTONOMES": "Le bloc autonome"}
LISTES = "..widgets.listes:AtelierListes"  # l'écran d'un exercice fait seulement de listes


@cache
def modules() -> tuple[ModuleType, ...]:
    """Les modules `apports`, dans l'ordre de leur pièce."""
    paquet = importlib.import_module(PAQUET)
    pieces = sorted(p.name for p in pkgutil.iter_modules(paquet.__path__) if p.ispkg)
    dossiers = [p for p in pieces if p == "accueil" or p.startswith("dossier_")]
    return tuple(importlib.import_module(f"{PAQUET}.{piece}.apports") for piece in dossiers)


def charger(reference: str, piece: str) -> Any:
    """Ce que désigne « module:nom », compté depuis une pièce."""
    module, _, nom = reference.partition(":")
    return getattr(importlib.import_module(module, piece), nom)


def _reunir(quoi: str, apports: Callable[[ModuleType], Mapping[str, Any]]) -> dict[str, Any]:
    """Ce qu'apportent toutes les pièces, par nom. Lève `ErreurCas` si deux donnent le même nom."""
    ensemble: dict[str, Any] = {}
    pieces: dict[str, str] = {}
    for module in modules():
        piece = str(module.__package__).rpartition(".")[2]
        for nom, apport in apports(module).items():
            if nom in ensemble:
                raise ErreurCas(
                    f"{quoi} « {nom} » est dans deux dossiers, {pieces[nom]} et {piece} : changez un "
                    "des deux noms."
                )
            ensemble[nom], pieces[nom] = apport, piece
    return ensemble


def _references(table: str) -> dict[str, tuple[Any, str]]:
    """Ce qu'écrit une de ces tables dans tous les dossiers : la référence et sa pièce, par nom."""
    return _reunir(
        TABLES[table],
        lambda module: {
            nom: (reference, str(module.__package__))
            for nom, reference in getattr(module, table, {}).items()
        },
    )


def ateliers() -> dict[str, Callable]:
    """L'exercice de chaque atelier, par nom."""
    return {n: charger(r[0], piece) for n, (r, piece) in _references("ATELIERS").items()}


def figures() -> dict[str, Callable]:
    """La fonction de chaque figure, par nom."""
    return {n: charger(r, piece) for n, (r, piece) in _references("FIGURES").items()}


def exercice(nom: str) -> Callable:
    """L'exercice d'un atelier. Lève `ErreurCas`, avec le nom le plus proche, s'il n'existe pas."""
    (reference, _), piece = _trouver(nom, "ATELIERS")
    return charger(reference, piece)


def ecran(nom: str) -> Callable:
    """La classe `Atelier` qui met cet atelier à l'écran ; demande ipywidgets."""
    (_, reference), piece = _references("ATELIERS")[nom]
    return charger(reference, piece)


def figure(nom: str) -> Callable:
    """La fonction d'une figure. Lève `ErreurCas` comme `exercice`."""
    return charger(*_trouver(nom, "FIGURES"))


def autonomes() -> dict[str, tuple[Callable, Callable]]:
    """Pour chaque atelier qui vit sans Python, ce qui écrit son bloc, et sa figure sur papier."""
    return {
        nom: (charger(bloc, piece), figure(papier))
        for nom, ((bloc, papier), piece) in _references("AUTONOMES").items()
    }


def _trouver(nom: str, table: str) -> tuple:
    connus = _references(table)
    if nom not in connus:
        raise NomInconnu(f"{TABLES[table]} « {nom} » n'existe pas", nom, sorted(connus))
    return connus[nom]


@cache
def demandes() -> dict[str, Callable]:
    """Les demandes de tous les dossiers, par nom."""
    return _reunir(
        "La demande",
        lambda module: {
            nom: en_francais(f"cas.{nom}", fonction)
            for nom, fonction in inspect.getmembers(module, inspect.isfunction)
            if fonction.__module__ == module.__name__ and nom != "controles" and nom[0] != "_"
        },
    )


@cache
def origines() -> dict[str, str]:
    """D'où part un atelier ou une figure qui n'est que de la collection (« l'annexe 4 »), par nom."""
    return _reunir("La lecture", lambda module: getattr(module, "LECTURES", {}))


@cache
def variables() -> dict[str, str]:
    """Le code de la réponse chiffrée que l'élève écrit dans chaque variable, tous dossiers réunis."""
    return {nom: code for m in modules() for nom, code in getattr(m, "REPONSES", {}).items()}


def controles(cas: object) -> dict:
    """Les réponses chiffrées attendues de ce cas, par code, tous dossiers réunis."""
    return _reunir(
        "La réponse chiffrée",
        lambda module: module.controles(cas) if hasattr(module, "controles") else {},
    )
