"""Appeler une demande du cas : un oubli ou une option inconnue se disent en français."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from .erreurs import ErreurCas


def en_francais(nom: str, fonction: Callable) -> Callable:
    """La même fonction, qui lève `ErreurCas` si on ne l'appelle pas comme elle l'attend.

    `nom` : comment on l'écrit (« cas.lire »). Son premier argument, le cas, ne se dit pas.
    """
    attendus = inspect.signature(fonction)

    @wraps(fonction)
    def appel(*arguments: Any, **options: Any) -> Any:
        try:
            attendus.bind(*arguments, **options)
        except TypeError:
            raise ErreurCas(_mode_d_emploi(nom, attendus)) from None
        return fonction(*arguments, **options)

    return appel


def _mode_d_emploi(nom: str, attendus: inspect.Signature) -> str:
    _, *parametres = attendus.parameters.values()
    nommes = [p for p in parametres if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    voulus = [p.name for p in nommes if p.default is p.empty]
    permis = [p.name for p in nommes if p.default is not p.empty]
    dits = f"Donnez : {', '.join(voulus)}." if voulus else "Rien n'est obligatoire."
    suite = f" Vous pouvez aussi donner : {', '.join(permis)}." if permis else ""
    return f"{nom} ne s'appelle pas ainsi. {dits}{suite}"
