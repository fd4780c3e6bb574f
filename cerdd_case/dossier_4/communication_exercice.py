"""Ce que demande l'atelier de communication : filtrer la matrice, compter."""

from collections.abc import Mapping

import pandas as pd

from ..questions.exercice import Exercice
from ..questions.verdict import Verdict
from .communication import (
    APPUIS,
    CASES,
    COLONNES,
    PUBLICS,
    RUBRIQUES,
    compter,
    defis,
    filtrer,
    verifier_defi,
)

GENRES = {"": "plan et supports", "plan": "plan", "support": "supports"}


class Communication(Exercice):
    """La matrice à filtrer, et cinq comptages à faire.

    Réponses : `public`, `case` (« optimiser/methodes »), `genre`, `appui` (vides : tout), et
    `defi_1` à `defi_5`, un nombre chacun.
    """

    def __init__(self, elements: pd.DataFrame):
        self.elements, self.defis = elements, defis(elements)
        tout = {"": "tout"}
        self.possibles = {
            "public": tout | PUBLICS,
            "case": tout | {"/".join(c): nommer_case("/".join(c)) for c in CASES},
            "genre": GENRES,
            "appui": tout | APPUIS,
        }
        comptes = {f"defi_{i}": "" for i in range(1, len(self.defis) + 1)}
        self.depart = dict.fromkeys(self.possibles, "") | comptes

    def nommer(self, cle: str) -> str:
        return self.defis[int(cle[5:]) - 1].question if cle.startswith("defi_") else ""

    def visibles(self, reponses: Mapping[str, str]) -> pd.DataFrame:
        """Les éléments que laissent passer le genre et l'appui."""
        garde = filtrer(self.elements, appui=reponses["appui"] or None)
        genre = reponses["genre"]
        return garde if not genre else garde[garde["genre"] == genre].reset_index(drop=True)

    def choisis(self, reponses: Mapping[str, str]) -> pd.DataFrame:
        """Les éléments que laissent passer tous les filtres."""
        colonne, _, rubrique = reponses["case"].partition("/")
        return filtrer(
            self.visibles(reponses), public=reponses["public"] or None,
            colonne=colonne or None, rubrique=rubrique or None,
        )  # fmt: skip

    def filtre(self, reponses: Mapping[str, str]) -> str:
        """Les filtres, en mots."""
        mots = [nommer_case(reponses["case"]), PUBLICS.get(reponses["public"]),
                reponses["genre"] and GENRES[reponses["genre"]], APPUIS.get(reponses["appui"])]  # fmt: skip
        return ", ".join(mot for mot in mots if mot) or "tout"

    def juger(self, reponses: Mapping[str, str]) -> dict[str, Verdict]:
        combien = compter(self.choisis(reponses))
        mot = "éléments" if combien >= 2 else "élément"
        phrase = f"{combien} {mot} : {self.filtre(reponses)}"
        verdicts = {"filtre": Verdict("communication", "constat", phrase)}
        for i, defi in enumerate(self.defis, 1):
            verdicts[f"defi_{i}"] = verifier_defi(defi, reponses[f"defi_{i}"])
        return verdicts

    def figure(self, reponses: Mapping[str, str]):
        from .communication_figure import matrice_communication

        couple = tuple(reponses["case"].split("/")) if reponses["case"] else None
        illustration = matrice_communication(
            self.visibles(reponses), reponses["public"] or None, couple
        )
        combien = compter(self.choisis(reponses))
        illustration.alternative += f" Filtre : {self.filtre(reponses)}, {combien} élément(s)."
        return illustration


def nommer_case(case: str) -> str:
    """Une case du plan en mots : « À optimiser, Méthodes »."""
    colonne, _, rubrique = case.partition("/")
    if rubrique in ("", "supports"):
        return COLONNES.get(colonne, "")
    return f"{COLONNES[colonne]}, {RUBRIQUES[rubrique]}"
