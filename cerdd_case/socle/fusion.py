"""Ce qu'une clé de l'avancement a le droit de contenir, et réunir deux changements."""

from collections.abc import Callable

# Un type est une fonction : elle rend ce qui est lisible d'une valeur, ou None si rien ne l'est.

Type = Callable[[object], object]


ETATS = ("juste", "presque", "faux", "unite")


def _texte(valeur):
    return valeur if isinstance(valeur, str) else None


def _objet(valeur):
    return valeur if isinstance(valeur, dict) else None


def _verdict(valeur):
    if isinstance(valeur, bool):  # la première version gardait vrai ou faux
        return "juste" if valeur else "faux"
    return valeur if isinstance(valeur, str) and valeur in ETATS else None


def _liste(de: Type) -> Type:
    def lire(valeur):
        return [v for v in valeur if de(v) is not None] if isinstance(valeur, list) else None

    return lire


def _table(de: Type) -> Type:
    def lire(valeur):
        if not isinstance(valeur, dict):
            return None
        return {cle: v for cle, v in valeur.items() if de(v) is not None}

    return lire


def _fiche(**champs: Type) -> Type:
    def lire(valeur):
        if not isinstance(valeur, dict):
            return None
        lus = {nom: de(valeur[nom]) for nom, de in champs.items() if nom in valeur}
        return {nom: v for nom, v in lus.items() if v is not None}

    return lire


# Le début d'une clé et son type ; le premier qui convient l'emporte.
TYPES: dict[str, Type] = {
    "verdict:": _verdict,
    "grille:": _liste(_texte),
    "scenarios": _table(_objet),
    "classement:diagnostic": _fiche(reponses=_table(_texte), verifies=_liste(_texte)),
    "classement:": _table(_texte),
    "culture:": _table(_texte),
    "atelier:arguments": _liste(_objet),
    "atelier:": _table(_texte),
}


def lisible(cle: str, valeur: object) -> object:
    """Ce qui se lit d'une valeur ; None si rien. Une clé d'une autre version est rendue telle."""
    de = next((t for debut, t in TYPES.items() if cle.startswith(debut)), None)
    return valeur if de is None else de(valeur)


def fusionner(avant: object, apres: object, present: object) -> object:
    """Le présent, où l'on refait le changement qui mène d'`avant` à `apres`, et lui seul."""
    if present == avant or apres == present:
        return apres
    if avant is None and isinstance(apres, dict | list):
        avant = type(apres)()
    if all(isinstance(v, dict) for v in (avant, apres, present)):
        reunis = {cle: v for cle, v in present.items() if cle in apres or cle not in avant}
        for cle, valeur in apres.items():
            if cle not in avant or avant[cle] != valeur:
                reunis[cle] = fusionner(avant.get(cle), valeur, present.get(cle))
        return reunis
    if all(isinstance(v, list) for v in (avant, apres, present)):
        gardes = [v for v in present if v in apres or v not in avant]
        return gardes + [v for v in apres if v not in avant and v not in gardes]
    return apres
