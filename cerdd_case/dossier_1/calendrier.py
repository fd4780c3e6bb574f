"""La convention et la présidence qui alterne (introduction et annexe 1)."""

import pandas as pd

from ..donnees.paquet import Donnees
from ..socle.erreurs import ErreurCas, ErreurDonnees
from ..socle.nombres import nombre

DATES = {"creation": "INT-02", "audit": "A1-01", "debut": "A1-43", "fin": "A1-44",
         "convention": "A1-42", "presidence": "A1-40"}  # fmt: skip


def dates(donnees: Donnees) -> dict[str, int]:
    """Les années et durées de la gouvernance (introduction, § 1 ; annexe 1, § 1 et 12).

    Clés : `creation`, `audit`, `debut`, `fin` (années), `convention`, `presidence` (durées en
    années). Lève `ErreurDonnees` si l'un de ces faits manque ou n'est pas un nombre entier.
    """
    lues = {}
    for cle, fait in DATES.items():
        valeur = donnees.fait(fait)
        if valeur != int(valeur):
            raise ErreurDonnees(
                f"Fait {fait}, colonne valeur : {nombre(valeur)} ne convient pas. Écrivez un "
                "nombre entier d'années."
            )
        lues[cle] = int(valeur)
    return lues


def presidences(debut: int, fin: int, duree: int, premier: str = "etat") -> pd.DataFrame:
    """Les présidences successives pendant une convention, si le premier président est connu.

    - `debut`, `fin` : années de la convention ; `duree` : années d'une présidence ;
    - `premier` : « etat » (le préfet de région) ou « region » (le président de la Région).

    Colonnes : `debut`, `fin` (années ; la dernière présidence s'arrête avec la convention) et
    `membre`. Le sujet ne dit ni qui commence, ni si les présidences suivent la convention :
    c'est une hypothèse de lecture, à annoncer comme telle.

    Lève `ErreurCas` si les années ou le premier président ne conviennent pas.
    """
    if premier not in ("etat", "region"):
        raise ErreurCas(f'« {premier} » ne préside pas. Écrivez "etat" ou "region".')
    if duree < 1 or fin <= debut:
        raise ErreurCas(
            f"De {debut} à {fin} par {duree} ans : donnez une fin après le début et une durée "
            "d'au moins un an."
        )
    tour = ["etat", "region"] if premier == "etat" else ["region", "etat"]
    lignes = [
        (annee, min(annee + duree, fin), tour[i % 2])
        for i, annee in enumerate(range(debut, fin, duree))
    ]
    return pd.DataFrame(lignes, columns=["debut", "fin", "membre"])
