"""Sous chaque réponse d'un carnet corrigé, les passages qu'elle cite."""

from ..donnees.lecture import renvoi
from ..donnees.paquet import Donnees
from ..socle.references import relever
from ..socle.typographie import pluriel, typographier


def passages_cites(texte: str, question: str, donnees: Donnees) -> str:
    """Du Markdown : les passages que cite la réponse à une question, fermés ; vide s'il n'y en a pas.

    Lève `ErreurCas` si l'un d'eux n'existe pas.
    """
    preuves = relever(texte, question.partition(".")[0])
    if not preuves:
        return ""
    ouverts = (
        " ".join(renvoi(donnees, p) for p in preuves).replace("\n", " ").replace("&#x27;", "'")
    )
    nombre = f"{len(preuves)} {pluriel('passage', len(preuves))}"
    return typographier(
        f"<details><summary>Les textes cités dans cette réponse ({nombre})</summary>{ouverts}</details>"
    )
