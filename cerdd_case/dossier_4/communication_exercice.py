"""La matrice de communication, à filtrer et à compter."""

from collections.abc import Mapping

import pandas as pd

from ..donnees.lecture import ouvrir
from ..donnees.paquet import Donnees
from ..figures.mise_en_page import Illustration
from ..questions.exercice import Exercice, Fiche
from ..questions.verdict import Verdict
from ..socle.typographie import pluriel
from . import communication as calcul
from .communication_figure import figure_matrice

GENRES = {"": "plan et supports", "plan": "plan", "support": "supports"}


class Communication(Exercice):
    """La matrice de communication, à filtrer et à compter.

    `ouverte` : faux tant qu'aucun défi n'est relevé ; les publics sont alors à trouver.

    Réponses : `public`, `case` (« optimiser/methodes »), `genre`, `appui` (vides : tout), et
    `defi_1` à `defi_5`, un nombre chacun.
    """

    cle = "communication"

    def __init__(self, donnees: Donnees):
        self.ouverte = False
        self.elements = calcul.communication_du_cas(donnees)
        cites = zip(self.elements["reference"], self.elements["element_id"], strict=True)
        self.elements["renvoi"] = [ouvrir(donnees, lieu, [code]) for lieu, code in cites]
        defis = enumerate(calcul.defis(self.elements, donnees), 1)
        self.defis = {f"defi_{rang}": defi for rang, defi in defis}
        tout = {"": "tout"}
        self.possibles = {
            "public": tout | calcul.PUBLICS,
            "case": tout | calcul.CASES,
            "genre": GENRES,
            "appui": tout | calcul.APPUIS,
        }
        self.depart = dict.fromkeys([*self.possibles, *self.defis], "")

    def nommer(self, cle: str) -> str:
        return self.defis[cle].question if cle in self.defis else ""

    def visibles(self, reponses: Mapping[str, str]) -> pd.DataFrame:
        """Les éléments que laissent passer le genre et l'appui."""
        elements = calcul.filtrer(self.elements, genre=reponses["genre"])
        if not self.ouverte:
            return calcul.sans_publics(elements)
        return calcul.filtrer(elements, appui=reponses["appui"])

    def choisis(self, reponses: Mapping[str, str]) -> pd.DataFrame:
        """Les éléments que laissent passer tous les filtres."""
        public = reponses["public"] if self.ouverte else ""
        return calcul.filtrer(self.visibles(reponses), public=public, case=reponses["case"])

    def filtre(self, reponses: Mapping[str, str]) -> str:
        """Les filtres, en mots."""
        cles = ("case", "public", "genre", "appui") if self.ouverte else ("case", "genre")
        mots = [self.possibles[cle][reponses[cle]] for cle in cles if reponses[cle]]
        return ", ".join(mots) or "tout"

    def compte(self, reponses: Mapping[str, str]) -> str:
        """Combien d'éléments ces filtres gardent : « 1 élément »."""
        combien = calcul.compter(self.choisis(reponses))
        return f"{combien} {pluriel('élément', combien)}"

    def juger(self, reponses: Mapping[str, str]) -> dict[str, Verdict]:
        phrase = f"{self.compte(reponses)} : {self.filtre(reponses)}"
        return {"filtre": Verdict("communication", "constat", phrase)} | {
            cle: calcul.verifier_defi(defi, reponses[cle]) for cle, defi in self.defis.items()
        }

    def fiche(self, nom: str, reponses: Mapping | None = None, **reglages: str) -> Fiche:
        verdicts = self.juger(self.lire({**reglages, **(reponses or {})}))
        self.ouverte = self.ouverte or any(verdicts[defi].juste for defi in self.defis)
        return super().fiche(nom, reponses, **reglages)

    def figure(self, reponses: Mapping[str, str]) -> Illustration:
        visibles = self.visibles(reponses)
        public = reponses["public"] if self.ouverte else ""
        illustration = figure_matrice(visibles, public, reponses["case"])
        illustration.alternative += f" Filtre : {self.filtre(reponses)}, {self.compte(reponses)}."
        return illustration
