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

    @wraps(fonction)
    def appel(cas: object, /, *arguments: Any, **options: Any) -> Any:
        verifier_appel(nom, fonction, cas, *arguments, **options)
        return fonction(cas, *arguments, **options)

    return appel


def verifier_appel(nom: str, fonction: Callable, /, *arguments: Any, **options: Any) -> None:
    """Lève `ErreurCas`, qui dit ce que l'on attend, si `fonction` ne prend pas ces arguments.

    Un premier argument, donné par sa place, est le cas : il ne se dit pas.
    """
    attendus = inspect.signature(fonction)
    try:
        attendus.bind(*arguments, **options)
    except TypeError:
        parametres = list(attendus.parameters.values())[bool(arguments) :]
        nommes = [p for p in parametres if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
        voulus = [p.name for p in nommes if p.default is p.empty]
        permis = [p.name for p in nommes if p.default is not p.empty]
        inconnues = [o for o in options if o not in attendus.parameters]
        dit = f"{nom} ne connaît pas cette option : {', '.join(inconnues)}."
        phrases = [dit if inconnues else f"{nom} ne s'appelle pas ainsi."]
        phrases += [f"Donnez : {', '.join(voulus)}."] if voulus else []
        phrases += [f"Vous pouvez aussi donner : {', '.join(permis)}."] if permis else []
        raise ErreurCas(" ".join(phrases)) from None
