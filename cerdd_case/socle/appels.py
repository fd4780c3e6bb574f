"""Appeler une demande du cas : un oubli, une option inconnue, une valeur d'un autre genre se disent.

Une seule règle : ce qu'annoncent les annotations de ses paramètres.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache, wraps
from numbers import Integral, Real
from textwrap import shorten
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import numpy as np
import pandas as pd

from .erreurs import ErreurCas

# Pour chaque annotation, ce que l'on admet et comment le dire. Une classe de la collection le dit
# elle-même, dans `EN_MOTS`.
GENRES: dict[type, tuple[tuple[type, ...], str]] = {
    str: ((str,), "un texte entre guillemets"),
    bool: ((bool, np.bool_), "oui ou non (True ou False)"),
    int: ((Integral,), "un nombre entier"),
    float: ((Real, Decimal), "un nombre"),
    NoneType: ((NoneType,), "rien (None)"),
    list: ((list, tuple), "une liste"),
    Mapping: ((Mapping,), 'des valeurs par leur nom, comme {"nom": valeur}'),
    pd.DataFrame: ((pd.DataFrame,), "un tableau, comme celui que rend cas.annexe(4)"),
}


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
    attendus = _signature(fonction)
    try:
        donnes = attendus.bind(*arguments, **options).arguments
    except TypeError:
        raise ErreurCas(_mal_appele(nom, attendus, bool(arguments), options)) from None
    for parametre in list(attendus.parameters.values())[bool(arguments) :]:
        for dit, valeur in _valeurs(parametre, donnes):
            if not _convient(valeur, parametre.annotation):
                raise ErreurCas(
                    f"{nom} attend, pour « {dit} », {_en_mots(parametre.annotation)}. "
                    f"Vous avez donné {_decrire(valeur)}."
                )


@cache
def _signature(fonction: Callable) -> inspect.Signature:
    return inspect.signature(fonction, eval_str=True)


def _mal_appele(nom: str, attendus: inspect.Signature, avec_le_cas: bool, options: Mapping) -> str:
    parametres = list(attendus.parameters.values())[avec_le_cas:]
    nommes = [p for p in parametres if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    voulus = [p.name for p in nommes if p.default is p.empty]
    permis = [p.name for p in nommes if p.default is not p.empty]
    inconnues = [o for o in options if o not in attendus.parameters]
    libre = any(p.kind is p.VAR_KEYWORD for p in parametres)
    dit = f"{nom} ne connaît pas cette option : {', '.join(inconnues)}."
    phrases = [dit if inconnues and not libre else f"{nom} ne s'appelle pas ainsi."]
    phrases += [f"Donnez : {', '.join(voulus)}."] if voulus else []
    phrases += [f"Vous pouvez aussi donner : {', '.join(permis)}."] if permis else []
    phrases += ["Chaque autre valeur se donne avec son nom : nom=valeur."] if libre else []
    return " ".join(phrases)


def _valeurs(parametre: inspect.Parameter, donnes: Mapping) -> Iterator[tuple[str, Any]]:
    """Ce qui est donné pour un paramètre, avec le nom à dire ; rien s'il garde sa valeur."""
    if parametre.name in donnes:
        donne = donnes[parametre.name]
        if parametre.kind is parametre.VAR_KEYWORD:
            yield from donne.items()
        elif parametre.kind is parametre.VAR_POSITIONAL:
            yield from ((parametre.name, valeur) for valeur in donne)
        else:
            yield parametre.name, donne


def _convient(valeur: object, attendu: Any) -> bool:
    if attendu in (Any, object, inspect.Parameter.empty):
        return True
    genre, dedans = get_origin(attendu) or attendu, get_args(attendu)
    if genre in (Union, UnionType):
        return any(_convient(valeur, possible) for possible in dedans)
    admis = GENRES[genre][0] if genre in GENRES else (genre,)
    if not isinstance(valeur, admis) or (isinstance(valeur, bool) and genre in (int, float)):
        return False
    if isinstance(valeur, Mapping) and dedans:
        return all(
            _convient(v, a) for item in valeur.items() for v, a in zip(item, dedans, strict=False)
        )
    if isinstance(valeur, list | tuple):
        return all(_convient(v, a) for v in valeur for a in dedans)
    return True


def _en_mots(attendu: Any) -> str:
    genre, dedans = get_origin(attendu) or attendu, get_args(attendu)
    if genre in (Union, UnionType):
        *debut, fin = [_en_mots(possible) for possible in dedans if possible is not NoneType]
        return f"{', '.join(debut)} ou {fin}" if debut else fin
    if genre is list and dedans == (str,):
        return 'une liste de textes, comme ["nom"]'
    return GENRES[genre][1] if genre in GENRES else genre.EN_MOTS


def _decrire(valeur: object) -> str:
    """Ce qui a été donné, comme on le tape, ou son genre si cela ne se tape pas."""
    if callable(valeur) and hasattr(valeur, "__name__"):
        return f"« {valeur.__name__} » sans ses parenthèses"
    if isinstance(valeur, pd.DataFrame):
        return "un tableau"
    ecrit = shorten(repr(valeur), 60, placeholder="…")
    return f"un objet {type(valeur).__name__}" if ecrit.startswith("<") else ecrit
