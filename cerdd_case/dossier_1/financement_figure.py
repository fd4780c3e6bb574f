"""Les recettes de 2014 et la part de celles que l'on coche (annexe 4)."""

import pandas as pd

from ..figures.mise_en_page import BLEU, GRIS, _sans_cadre, nouvelle_figure
from ..figures.vive import FigureVive
from ..socle.nombres import euros, pourcent
from .financement import part_publique


class FigureRecettes(FigureVive):
    """Les recettes de 2014, celles que l'on compte comme publiques, et leur part.

    `actualiser(postes)` : les codes des recettes comptées comme publiques.
    """

    COURTS = {"etat": "État (dont ADEME)", "collectivites": "Collectivités",
              "ue": "Union européenne", "autres": "Autres (adhésions…)"}  # fmt: skip

    def __init__(self, budget: pd.DataFrame):
        self.budget = budget
        self.recettes = budget[budget["nature"] == "recette"]
        super().__init__()

    def construire(self):
        self.figure = nouvelle_figure(10, 3.9)
        axe = self.figure.add_axes((0.19, 0.33, 0.79, 0.55))
        _sans_cadre(axe)
        montants = list(self.recettes["montant_eur"])
        axe.set_xlim(0, max(montants) * 1.62)
        axe.set_ylim(len(montants) - 0.4, -0.6)
        self.barres = list(axe.barh(range(len(montants)), montants, 0.62, lw=1.5))
        self.verdicts = [
            axe.text(m + max(montants) * 0.02, i, "", va="center", fontsize=12)
            for i, m in enumerate(montants)
        ]
        axe.set_yticks(
            range(len(montants)), [self.COURTS[p] for p in self.recettes["poste"]], fontsize=12
        )
        axe.tick_params(axis="y", length=0)
        axe.set_title("Qui paie le CERDD ? Recettes prévues pour 2014", loc="left", x=-0.235)
        bas = self.figure.add_axes((0.19, 0.09, 0.60, 0.13))
        _sans_cadre(bas)
        bas.set_xlim(0, 1)
        bas.set_ylim(-0.5, 0.5)
        bas.barh(0, 1, 0.7, facecolor="white", edgecolor=GRIS, hatch="////")
        self.jauge = bas.barh(0, 0, 0.7, color=BLEU)[0]
        self.part = bas.text(1.02, 0, "", va="center", fontsize=20, weight="bold")
        bas.text(-0.015, 0, "Argent public", ha="right", va="center", fontsize=12, weight="bold")
        self.mobiles += [*self.barres, *self.verdicts, self.jauge, self.part]

    def actualiser(self, postes) -> str:
        morceaux = []
        for barre, texte, r in zip(
            self.barres, self.verdicts, self.recettes.itertuples(), strict=True
        ):
            public = r.poste in postes
            barre.set_facecolor(BLEU if public else "white")
            barre.set_edgecolor(BLEU if public else GRIS)
            barre.set_hatch("" if public else "////")
            dit = "✔ compté public" if public else "non compté"
            texte.set_text(f"{euros(r.montant_eur, 0)}   {dit}")
            texte.set_weight("bold" if public else "normal")
            morceaux.append(f"{self.COURTS[r.poste]} {euros(r.montant_eur, 0)} ({dit})")
        part = part_publique(self.budget, postes)
        self.jauge.set_width(part)
        self.part.set_text(pourcent(part))
        return (
            f"Recettes prévues pour 2014 : {' ; '.join(morceaux)}. "
            f"Argent public : {pourcent(part)} des recettes."
        )
