"""Les phrases que la collection conclut d'un calcul, telles que `data/corrige/lectures.csv` les écrit.

Le calcul choisit la phrase et en donne les nombres ; son texte, qui est une réponse, reste avec les
autres réponses.
"""

from ..donnees.fautes import CaseFausse
from ..donnees.paquet import Donnees


def remplir(donnees: Donnees, lecture: str, **mots: object) -> str:
    """La phrase de ce code, où `mots` remplacent ce qui est entre accolades.

    Lève `ErreurDonnees` si la phrase demande un autre mot.
    """
    phrase = donnees.table("corrige-lectures").set_index("lecture").at[lecture, "phrase"]
    try:
        return phrase.format_map(mots)
    except (LookupError, ValueError):
        permis = f"seulement : {', '.join(mots)}" if mots else "rien"
        lieu = donnees.lieu("corrige-lectures", lecture, "phrase")
        faute = f"cette phrase peut citer, entre accolades, {permis}"
        raise CaseFausse(lieu, faute, "Corrigez-la") from None
