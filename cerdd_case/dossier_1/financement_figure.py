"""Les recettes de 2014 et la part de celles que l'on coche (annexe 4)."""

from collections.abc import Collection

import pandas as pd

from ..figures.mise_en_page import BLEU, GRIS, Aspect, nouvelle_figure, panneau
from ..figures.vive import FigureVive
from ..socle.nombres import euros, pourcent
from .financement import part_publique


class FigureRecettes(FigureVive):
    """Les recettes de 2014, celles que l'on compte comme publiques, et leur part.

    `actualiser(postes)` : les codes des recettes comptées comme publiques.
    """

    COURTS = {"etat": "État (dont ADEME)", "collectivites": "Collectivités",
              "ue": "Union européenne", "autres": "Autres (adhésions…)"}  # fmt: skip
    INVITE = "Cochez les recettes publiques pour lire leur part"
    FOND: Aspect = {"facecolor": "white", "edgecolor": "none", "pad": 3}

    def __init__(self, budget: pd.DataFrame):
        self.budget = budget
        self.recettes = budget[budget["nature"] == "recette"]
        super().__init__()

    def construire(self) -> None:
        self.figure = nouvelle_figure(10, 3.9)
        postes, self.haut = self.recettes["poste"], max(self.recettes["montant_eur"])
        self.axe = panneau(self.figure, (0.19, 0.33, 0.79, 0.55), (0, self.haut * 1.62),
                           (len(postes) - 0.4, -0.6))  # fmt: skip
        self.axe.set_yticks(range(len(postes)), [self.COURTS[p] for p in postes], fontsize=12)
        self.axe.tick_params(axis="y", length=0)
        self.axe.set_title("Qui paie le CERDD ? Recettes prévues pour 2014", loc="left", x=-0.235)
        self.bas = panneau(self.figure, (0.19, 0.09, 0.60, 0.13), y=(-0.5, 0.5))
        self.bas.barh(0, 1, 0.7, facecolor="white", edgecolor=GRIS, hatch="////")
        self.bas.text(
            -0.015, 0, "Argent public", ha="right", va="center", fontsize=12, weight="bold"
        )

    def actualiser(self, postes: Collection[str]) -> str:
        morceaux = []
        for i, r in enumerate(self.recettes.itertuples()):
            public = r.poste in postes
            aspect = {"facecolor": BLEU, "edgecolor": BLEU} if public else {
                "facecolor": "white", "edgecolor": GRIS, "hatch": "////"
            }  # fmt: skip
            self.barre(self.axe, 0, i - 0.31, r.montant_eur, 0.62, lw=1.5, **aspect)
            dit = "✔ compté public" if public else "non compté"
            texte, graisse = f"{euros(r.montant_eur, 0)}   {dit}", "bold" if public else "normal"
            x = r.montant_eur + self.haut * 0.02
            self.texte(self.axe, x, i, texte, fontsize=12, weight=graisse)
            morceaux.append(f"{self.COURTS[r.poste]} {euros(r.montant_eur, 0)} ({dit})")
        part = part_publique(self.budget, postes)
        if not postes:
            self.texte(self.bas, 0.5, 0, self.INVITE, ha="center", fontsize=12, bbox=self.FOND)
        self.barre(self.bas, 0, -0.35, part, 0.7, color=BLEU)
        self.texte(self.bas, 1.02, 0, pourcent(part), fontsize=20, weight="bold")
        invite = "" if postes else f" {self.INVITE}."
        return (
            f"Recettes prévues pour 2014 : {' ; '.join(morceaux)}. "
            f"Argent public : {pourcent(part)} des recettes.{invite}"
        )
