"""Ce qu'une personne a tapé dans une cellule de réponse : une valeur, et le texte qu'elle a écrit.

On calcule avec la valeur ; on juge le texte, comme s'il était entre guillemets.
"""

from typing import Any, NoReturn

from ..erreurs import ErreurNombre


class ErreurSaisie(ErreurNombre):
    """Un calcul se sert d'une réponse qui n'a pas encore donné de nombre."""


class NombreSaisi(float):
    """Un nombre qui garde le texte où il a été lu : `1 050 000 − 1 040 450`."""

    texte: str

    def __new__(cls, valeur: float, texte: str = "") -> "NombreSaisi":
        saisi = super().__new__(cls, valeur)
        saisi.texte = texte or repr(float(valeur))
        return saisi


class TexteSaisi(str):
    """Une réponse dont on n'a pas lu un nombre ; calculer avec elle lève `ErreurSaisie`.

    - `nom` : la variable où elle est ;
    - `pourquoi` : si le texte est vide, ce qui explique qu'il n'y ait rien ; vide sinon.
    """

    nom: str
    pourquoi: str

    def __new__(cls, texte: str, nom: str, pourquoi: str = "") -> "TexteSaisi":
        saisi = super().__new__(cls, texte)
        saisi.nom, saisi.pourquoi = nom, pourquoi
        return saisi

    def __getnewargs__(self) -> tuple:
        return str(self), self.nom, self.pourquoi

    def _refuser(self, *_: Any) -> NoReturn:
        raise ErreurSaisie(
            f"Répondez d'abord à la ligne « {self.nom} » : elle n'a pas donné de nombre."
        )


_DEUX = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow")
_UN = ("neg", "pos", "abs", "float", "int", "round", "lt", "le", "gt", "ge")
for _nom in (*_DEUX, *(f"r{nom}" for nom in _DEUX), *_UN):
    setattr(TexteSaisi, f"__{_nom}__", TexteSaisi._refuser)
