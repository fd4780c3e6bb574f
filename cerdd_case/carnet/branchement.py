"""Relier la collection au noyau d'un carnet (IPython) qui l'a importée."""

import re
import sys
import traceback
from collections.abc import Iterable
from types import TracebackType
from typing import Any

from ..socle import dossier
from ..socle.nombres import TexteSaisi
from .erreurs import en_clair
from .reponses import SANS_VALEUR, EchecDesReponses, transformer

TRADUITES = (
    NameError, SyntaxError, AttributeError, ZeroDivisionError, TypeError, KeyboardInterrupt,
    EchecDesReponses,
)  # fmt: skip
DETAIL = "(Le détail, en anglais : exécutez %tb.)"
NECESSAIRES = ("input_transformers_cleanup", "set_custom_exc", "events", "user_ns")


def brancher(noyau: Any) -> None:
    """Fait lire les cellules de réponse et dire les erreurs en français, dans ce noyau.

    `noyau` : celui que rend `get_ipython()` ; un autre, ou un noyau déjà branché, n'est pas touché.
    """
    if (
        not all(hasattr(noyau, n) for n in NECESSAIRES)
        or transformer in noyau.input_transformers_cleanup
    ):
        return
    noyau.input_transformers_cleanup.insert(0, transformer)
    noyau.set_custom_exc(TRADUITES, montrer_en_francais)
    reponses = Reponses(noyau.user_ns)
    noyau.events.register("pre_run_cell", reponses.avant)
    noyau.events.register("post_run_cell", reponses.apres)


def montrer_en_francais(
    noyau: Any,
    genre: type,
    erreur: BaseException,
    pile: TracebackType | None,
    tb_offset: int | None = None,
) -> list[str]:
    """Montre cette erreur en français ; `%tb` en garde le détail."""
    sys.last_type, sys.last_value, sys.last_traceback = genre, erreur, pile
    if isinstance(erreur, EchecDesReponses):
        phrases = str(erreur).split("\n")
    else:
        phrases = [_lieu(pile, noyau.user_ns) + en_clair(erreur, noyau.user_ns)]
    # D'un calcul que l'on arrête soi-même, il n'y a pas de détail à lire.
    detail = [] if isinstance(erreur, KeyboardInterrupt) else [DETAIL]
    rendu = [*(f"✘ {phrase}" for phrase in phrases), *detail]
    noyau._showtraceback(genre, erreur, rendu)
    return rendu


def _lieu(pile: TracebackType | None, espace: dict[str, Any]) -> str:
    """« Ligne 2, « a / b ». » : la ligne de la cellule où l'erreur s'est produite."""
    etapes = [e for e in traceback.walk_tb(pile) if e[0].f_globals is espace]
    if not etapes:
        return ""
    (etape,) = traceback.StackSummary.extract([etapes[-1]])
    return f"Ligne {etape.lineno}, « {etape.line} ». " if etape.line else ""


class Reponses:
    """Veille à ce qu'une réponse ne survive pas à la cellule qui ne la donne plus."""

    def __init__(self, espace: dict[str, Any]):
        self.espace = espace
        self.precedentes: dict[str, Any] = {}
        self.cellules: dict[
            str, str
        ] = {}  # celle qui a donné chaque réponse, si le carnet la nomme

    def avant(self, info: Any) -> None:
        """Avant une cellule : une réponse qu'elle cite et que rien n'a donnée est « sans valeur »."""
        cites = dossier.variables().keys() & set(re.findall(r"\w+", info.raw_cell))
        self._oublier(cites - self.espace.keys())
        self.precedentes = {nom: self.espace.get(nom) for nom in dossier.variables()}

    def apres(self, resultat: Any) -> None:
        """Après une cellule : oublie ce qu'elle devait donner, ou donnait, et n'a pas donné."""
        texte, cellule = resultat.info.raw_cell, getattr(resultat.info, "cell_id", None)
        ecrits = {
            nom
            for nom in dossier.variables()
            if re.search(rf"(?m)^[\w\s,]*\b{nom}\b[^=\n(]*=(?!=)", texte)
        }
        if not resultat.success and not isinstance(resultat.error_in_exec, EchecDesReponses):
            manques = [n for n in ecrits if self.espace.get(n) is self.precedentes.get(n)]
            self._oublier(manques)
        if cellule:
            self._oublier(n for n, c in self.cellules.items() if c == cellule and n not in ecrits)
            self.cellules |= dict.fromkeys(ecrits, cellule)

    def _oublier(self, oubliees: Iterable[str]) -> None:
        self.espace.update({nom: TexteSaisi("", nom, SANS_VALEUR) for nom in oubliees})
