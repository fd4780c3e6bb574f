"""Ce qu'une clé de l'avancement a le droit de contenir, et réunir deux changements."""

from typing import Any

ETATS = ("juste", "presque", "faux", "unite")


def _verdict(valeur: object) -> object:
    if isinstance(valeur, bool):  # la première version gardait vrai ou faux
        return "juste" if valeur else "faux"
    return valeur if isinstance(valeur, str) and valeur in ETATS else None


def _rang(valeur: object) -> object:
    return valeur if type(valeur) is int and valeur > 0 else None


def _compte(valeur: object) -> object:
    return valeur if type(valeur) is int and valeur >= 0 else None


TABLE_DE_TEXTES = {...: str}
ESSAI = {"nombre": _compte, "texte": str, "etat": str, "diagnostic": str, "montree": bool}
# Le début d'une clé et sa forme ; le premier qui convient l'emporte. Une forme est un type, une liste
# d'une forme, un dictionnaire de formes (`...` : toute clé), ou une fonction.
TYPES: dict[str, Any] = {
    "verdict:": _verdict,
    "essais:": ESSAI,
    "reprises:": {...: ESSAI},
    "grille:": [str],
    "grille_vue:": bool,
    "grille_ouverte:": bool,
    "indices:": _rang,
    "scenarios": {...: dict},
    "classement:diagnostic": {"reponses": TABLE_DE_TEXTES, "verifies": [str]},
    "classement:": TABLE_DE_TEXTES,
    "culture:": TABLE_DE_TEXTES,
    "atelier:arguments": [dict],
    "atelier:": TABLE_DE_TEXTES,
}


def lisible(cle: str, valeur: object) -> Any:
    """Ce qui se lit d'une valeur ; None si rien. Une clé d'une autre version est rendue telle."""
    return _lire(next((t for debut, t in TYPES.items() if cle.startswith(debut)), object), valeur)


def _lire(forme: Any, valeur: Any) -> Any:
    if isinstance(forme, type):
        return valeur if isinstance(valeur, forme) else None
    if isinstance(forme, list | dict) and not isinstance(valeur, type(forme)):
        return None
    if isinstance(forme, list):
        return [v for v in valeur if _lire(forme[0], v) is not None]
    if isinstance(forme, dict):
        lus = {cle: _lire(forme.get(cle, forme.get(...)), v) for cle, v in valeur.items()}
        return {cle: v for cle, v in lus.items() if v is not None}
    return forme(valeur) if forme else None


def fusionner(avant: object, apres: object, present: object) -> object:
    """Le présent, où l'on refait le changement qui mène d'`avant` à `apres`, et lui seul."""
    if present == avant or apres == present:
        return apres
    if avant is None and isinstance(apres, dict | list):
        avant = type(apres)()
    if isinstance(avant, dict) and isinstance(apres, dict) and isinstance(present, dict):
        reunis = {cle: v for cle, v in present.items() if cle in apres or cle not in avant}
        for cle, valeur in apres.items():
            if cle not in avant or avant[cle] != valeur:
                reunis[cle] = fusionner(avant.get(cle), valeur, present.get(cle))
        return reunis
    if isinstance(avant, list) and isinstance(apres, list) and isinstance(present, list):
        gardes = [v for v in present if v in apres or v not in avant]
        return gardes + [v for v in apres if v not in avant and v not in gardes]
    return apres
