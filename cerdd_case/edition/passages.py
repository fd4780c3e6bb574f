"""Sous chaque réponse d'un carnet corrigé, les passages qu'elle cite."""

from ..donnees.lecture import renvoi
from ..donnees.paquet import Donnees
from ..questions.registre import faits_d_une_reponse
from ..socle.references import relever
from ..socle.typographie import typographier


def passages_cites(texte: str, question: str, donnees: Donnees) -> str:
    """Du Markdown : les passages que cite la réponse à une question, fermés, les mots qui la prouvent
    marqués ; vide s'il n'y en a pas.

    Lève `ErreurCas` si l'un d'eux n'existe pas.
    """
    preuves = relever(texte, question.partition(".")[0])
    if not preuves:
        return ""
    ouverts = renvoi(donnees, " ".join(preuves), faits_d_une_reponse(question, donnees))
    ouverts = ouverts.replace("\n", " ").replace("&#x27;", "'")
    nombre = f"{len(preuves)} passage{'s' * (len(preuves) > 1)}"
    return typographier(
        f"<details><summary>Les textes cités dans cette réponse ({nombre})</summary>{ouverts}</details>"
    )
