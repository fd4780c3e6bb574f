"""Ce qu'un réglage montre : un texte, ou une liste de textes, à la typographie française."""

from typing import Any

import traitlets as t

from ..socle.typographie import typographier


class Texte(t.Unicode):
    """Un texte montré."""

    def validate(self, obj: Any, value: Any) -> str:
        """Le texte, avec les espaces insécables du français."""
        return typographier(super().validate(obj, value))


class Textes(t.List):
    """Des textes montrés, seuls ou rangés dans des listes et des dictionnaires."""

    def validate(self, obj: Any, value: Any) -> list:
        """Les textes, avec les espaces insécables du français."""
        return _typographier(super().validate(obj, value))


def _typographier(valeur: Any) -> Any:
    if isinstance(valeur, str):
        return typographier(valeur)
    if isinstance(valeur, dict):
        return {cle: _typographier(v) for cle, v in valeur.items()}
    if isinstance(valeur, list | tuple):
        return [_typographier(v) for v in valeur]
    return valeur
