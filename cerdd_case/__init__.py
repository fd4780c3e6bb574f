"""Édition interactive du cas CERDD : données, calculs et ateliers des quatre dossiers."""

from . import homonymes  # noqa: F401  (avant tout : un pandas.py d'élève se dit en français)
from .budget import Projection, ecarts, projeter, regles, seuil
from .cas import Cas
from .erreurs import ErreurCas
from .hypotheses import Hypotheses
from .nombres import euros, lire_nombre, milliers, nombre, pourcent

__all__ = [
    "Cas", "ErreurCas", "Hypotheses", "Projection", "ecarts", "euros", "lire_nombre", "milliers",
    "nombre", "pourcent", "projeter", "regles", "seuil",
]  # fmt: skip
