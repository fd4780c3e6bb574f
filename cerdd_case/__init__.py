"""Édition interactive du cas CERDD : données, calculs et ateliers des quatre dossiers."""

import sys

from .socle.homonymes import nommer_les_homonymes

with nommer_les_homonymes():  # un pandas.py d'élève, à côté du carnet, se dit en français
    from .cas import Cas
    from .donnees.hypotheses import Hypotheses
    from .dossier_2.ecarts import ecarts
    from .dossier_2.projection import Projection, projeter
    from .dossier_2.regles import regles
    from .dossier_2.seuils import seuil
    from .socle.erreurs import ErreurCas
    from .socle.nombres import euros, lire_nombre, milliers, nombre, pourcent

__all__ = [
    "Cas", "ErreurCas", "Hypotheses", "Projection", "ecarts", "euros", "lire_nombre", "milliers",
    "nombre", "pourcent", "projeter", "regles", "seuil",
]  # fmt: skip

if "IPython" in sys.modules:  # un carnet
    from .carnet import load_ipython_extension

    load_ipython_extension(getattr(sys.modules["IPython"], "get_ipython", lambda: None)())
