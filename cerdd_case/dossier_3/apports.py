"""Ce que le dossier 3 (la coordination et la culture) apporte au cas ; voir `socle.dossier`."""

import pandas as pd

from ..donnees.tableau import Tableau
from . import coherence, culture
from . import croissance as effectifs


def assemblages_coherents(cas) -> Tableau:
    """Les assemblages dont les trois choix se renforcent, et ce qu'en disent les faits."""
    return Tableau(
        coherence.assemblages_coherents(cas),
        "Les assemblages où tout se renforce",
        titres={**coherence.DIMENSIONS, "appui": "Les faits du CERDD"},
    )


def croissance(cas) -> pd.DataFrame:
    """Les effectifs à comparer et le réseau de chacun ; voir `croissance.croissance_du_cas`."""
    return effectifs.croissance_du_cas(cas)


def exercice_coherence(cas) -> coherence.Coherence:
    """Trois choix d'organisation qui vont ensemble, ou non."""
    return coherence.Coherence(cas)


def exercice_croissance(cas) -> effectifs.Croissance:
    """Jusqu'où chacun peut s'ajuster à chacun."""
    return effectifs.Croissance(cas)


def exercice_culture(cas) -> culture.Culture:
    """Ranger les faits de la culture, les relier à la performance."""
    return culture.Culture(cas)


def atelier_coherence(cas, **choix: str):
    """Assembler structure, mécanisme de coordination et système de décision.

    `choix` : l'assemblage de départ (`structure`, `mecanisme`, `decision`).
    """
    from .coherence_atelier import AtelierCoherence

    return AtelierCoherence(exercice_coherence(cas), **choix)


def atelier_croissance(cas):
    """Faire grandir l'équipe et voir jusqu'où l'ajustement mutuel tient."""
    from .croissance_atelier import AtelierCroissance

    return AtelierCroissance(exercice_croissance(cas))


def atelier_culture(cas, complete: bool = False):
    """La carte de la culture à remplir ; `complete=True` montre la proposition."""
    from .culture_atelier import CarteCulture

    return CarteCulture(exercice_culture(cas), cas.memoire, complete)


def figure_leviers(cas):
    """De la culture à la performance, et le revers de chaque trait."""
    from .culture_figure import leviers

    return leviers(culture.effets_de_la_culture(cas))
