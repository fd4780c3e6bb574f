"""L'arborescence des organes et des postes (annexe 2)."""

from collections.abc import Mapping

import pandas as pd

from ..socle.erreurs import ErreurCas


def arborescence(postes: pd.DataFrame) -> pd.DataFrame:
    """Où dessiner chaque organe et chaque poste de l'annexe 2.

    Ajoute au tableau les colonnes `niveau` (0 pour le sommet) et `place` : les cases sans
    subordonné se suivent (0, 1, 2…), une case qui en a se place au milieu d'eux. Les lignes
    restent dans l'ordre du tableau.

    Lève `ErreurCas` si une case dépend d'une case absente ou, par un détour, d'elle-même.
    """
    parent = {
        r.code: r.rattachement if isinstance(r.rattachement, str) else None
        for r in postes.itertuples()
    }
    niveau = {code: _niveau(code, parent) for code in parent}
    enfants = {code: [e for e, p in parent.items() if p == code] for code in parent}
    place: dict[str, float] = {}
    suivante = 0

    def placer(code: str) -> None:
        nonlocal suivante
        for enfant in enfants[code]:
            placer(enfant)
        if enfants[code]:
            premier, dernier = enfants[code][0], enfants[code][-1]
            place[code] = (place[premier] + place[dernier]) / 2
        else:
            place[code] = float(suivante)
            suivante += 1

    for code, p in parent.items():
        if p is None:
            placer(code)
    return postes.assign(niveau=postes["code"].map(niveau), place=postes["code"].map(place))


def _niveau(code: str, parent: Mapping[str, str | None]) -> int:
    vus, courant = [], code
    while parent[courant] is not None:
        vus.append(courant)
        courant = parent[courant]
        if courant not in parent:
            raise ErreurCas(
                f"Annexe 2 : « {vus[-1]} » dépend de « {courant} », qui n'est pas dans le tableau."
            )
        if courant in vus:
            raise ErreurCas(f"Annexe 2 : « {code} » dépend de « {courant} », qui revient sur lui.")
    return len(vus)
