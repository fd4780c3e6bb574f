"""Ce que le dossier 3 (la coordination et la culture) apporte au cas ; voir `socle.dossier`."""

import pandas as pd

from ..donnees.tableau import Tableau
from ..questions.registre import Registre, signer
from ..socle.dossier import LISTES, exercice
from .coherence import DIMENSIONS

ATELIERS = {
    "notions": (".notions:Notions", LISTES),
    "coherence": (".coherence_exercice:Coherence", ".coherence_atelier:AtelierCoherence"),
    "croissance": (".croissance:Croissance", ".croissance_atelier:AtelierCroissance"),
    "culture": (".culture:Culture", ".culture_atelier:AtelierCulture"),
}
FIGURES = {"leviers": ".culture:figure_leviers"}


def assemblages_coherents(cas: Registre) -> Tableau:
    """Les assemblages dont les trois choix se renforcent, et ce qu'en disent les faits."""
    titres = {**DIMENSIONS, "appui": "Les faits du CERDD"}
    coherents = exercice("coherence")(cas).coherents()
    source = signer(cas, ["corrige-coherence-regles"])
    return Tableau(coherents, "Les assemblages où tout se renforce", source, titres)


def croissance(cas: Registre) -> pd.DataFrame:
    """Les effectifs à comparer et le réseau de chacun ; voir `Croissance.comparer`."""
    return exercice("croissance")(cas).comparer()
