"""Le budget 2014, la projection 2015 et la part de l'Union européenne."""

import math

import pandas as pd

from ..donnees.contexte import Contexte
from ..figures.mise_en_page import (
    BLEU,
    CLAIR,
    ENCRE,
    GRIS,
    ORANGE,
    ROUGE,
    VERT,
    Illustration,
    nouvelle_figure,
)
from ..figures.vive import FigureVive
from ..socle.nombres import euros, nombre, pourcent
from .projection import Projection
from .regles import ecrire_part, sous_plafond

COURTS = {
    "personnel": "Personnel",
    "fonctionnement": "Fonctionnement",
    "prestations": "Prestations extérieures",
    "investissement": "Investissement",
    "projets_exceptionnels": "Projets exceptionnels",
    "etat": "État",
    "collectivites": "Collectivités",
    "ue": "Union européenne",
    "autres": "Autres financements",
}


class FigureBudget(FigureVive):
    """Le budget 2014 et 2015 poste par poste, et la jauge de la part européenne."""

    def __init__(self, budget_previsionnel: pd.DataFrame, contexte: Contexte):
        self.budget = budget_previsionnel
        self.plafonds = contexte.plafonds
        total = float(budget_previsionnel["montant_eur"].sum()) / 2  # dépenses = recettes
        self.pas = _pas_lisible(total / 4)
        self.ECHELLE = (-0.6 * self.pas, 5 * self.pas)
        self.JAUGE = (0.0, max(0.5, 1.25 * max(self.plafonds)))
        super().__init__()

    def construire(self):
        self.figure = nouvelle_figure(10, 4.5)
        self._construire_postes(self.figure.add_axes((0.205, 0.09, 0.455, 0.80)))
        self._construire_jauge(self.figure.add_axes((0.775, 0.14, 0.09, 0.70)))

    def _construire_postes(self, axe):
        self.postes = postes = list(self.budget["poste"])
        # Une place vide sépare les dépenses des recettes.
        rangs = [i + (self.budget["nature"].iloc[i] == "recette") * 0.9 for i in range(len(postes))]
        avant = [float(m) for m in self.budget["montant_eur"]]
        axe.barh([r - 0.2 for r in rangs], avant, 0.34, facecolor="white", edgecolor=GRIS,
                 hatch="////", label="2014 (prévu)")  # fmt: skip
        couleurs = [BLEU if n == "depense" else VERT for n in self.budget["nature"]]
        self.barres = axe.barh([r + 0.2 for r in rangs], avant, 0.36, color=couleurs)
        self.etiquettes = [
            axe.text(0, r + 0.2, "", va="center", ha="left", fontsize=10, fontweight="bold")
            for r in rangs
        ]
        axe.set_yticks(rangs, [COURTS[p] for p in postes], fontsize=10.5)
        axe.set_ylim(rangs[-1] + 0.6, -1.15)
        axe.set_xlim(*self.ECHELLE)
        axe.axvline(0, color=ENCRE, lw=0.8)
        axe.set_xticks([rang * self.pas for rang in range(5)])
        axe.xaxis.set_major_formatter(lambda v, _: nombre(v / 1000, 0) + "\u00a0k€")
        axe.tick_params(axis="y", length=0)
        axe.set_title("Budget : 2014 hachuré, 2015 plein", loc="left", x=-0.2)
        for nature, libelle in (("depense", "DÉPENSES"), ("recette", "RECETTES")):
            premier = rangs[list(self.budget["nature"]).index(nature)]
            axe.text(-0.012, premier - 0.72, libelle, fontsize=9.5, color=GRIS, ha="right",
                     fontweight="bold", transform=axe.get_yaxis_transform())  # fmt: skip
        self.mobiles += [*self.barres, *self.etiquettes]

    def _construire_jauge(self, axe):
        bas, haut = self.JAUGE
        ordinaire, exceptionnel = self.plafonds
        axe.bar(0, haut - bas, 0.9, facecolor=CLAIR)
        self.niveau = axe.bar(0, 0, 0.9, color=BLEU)[0]
        for plafond, trait, nom in (
            (ordinaire, "-", "plafond"),
            (exceptionnel, "--", "si projet\nexceptionnel"),
        ):
            axe.plot([-0.62, 0.62], [plafond, plafond], color=ENCRE, lw=2, ls=trait)
            axe.text(0.70, plafond, f"{pourcent(plafond, None)} {nom}", va="center", fontsize=9.5)
        self.aiguille = axe.text(-0.68, 0, "", va="center", ha="right", fontsize=12,
                                 fontweight="bold")  # fmt: skip
        self.verdict = axe.text(0.5, -0.1, "", transform=axe.transAxes, ha="center",
                                va="center", fontsize=11.5, fontweight="bold")  # fmt: skip
        axe.set_ylim(bas, haut)
        axe.set_xlim(-0.7, 0.7)
        axe.set_xticks([])
        axe.set_yticks([])
        for cote in axe.spines.values():
            cote.set_visible(False)
        axe.set_title("Part de l'Union européenne", loc="center", pad=12)
        self.mobiles += [self.niveau, self.aiguille, self.verdict]
        self.dessus += axe.lines  # les plafonds restent visibles par-dessus le niveau

    def actualiser(self, projection: Projection) -> str:
        marge = (self.ECHELLE[1] - self.ECHELLE[0]) * 0.01
        montants = [projection.montant(p) for p in self.postes]
        for barre, etiquette, montant in zip(self.barres, self.etiquettes, montants, strict=True):
            barre.set_width(min(max(montant, self.ECHELLE[0]), self.ECHELLE[1] * 0.84))
            etiquette.set_x(max(barre.get_width(), 0) + marge)
            etiquette.set_text(euros(montant, 0))
            etiquette.set_color(ROUGE if montant < 0 else ENCRE)
        part = projection.part_ue
        self.niveau.set_height(min(max(part, 0), self.JAUGE[1]))
        self.aiguille.set_y(min(max(part, 0.01), self.JAUGE[1] - 0.01))
        projet = projection.montant("projets_exceptionnels") > 0
        ordinaire, exceptionnel = self.plafonds
        self.aiguille.set_text(ecrire_part(part, exceptionnel if projet else ordinaire))
        if part < 0:
            texte, couleur = "✘ solde négatif", ROUGE
        elif sous_plafond(part, ordinaire):
            texte, couleur = "✔ sous le plafond", VERT
        elif projet and sous_plafond(part, exceptionnel):
            texte, couleur = "✔ projet exceptionnel", ORANGE
        else:
            texte, couleur = "✘ plafond dépassé", ROUGE
        self.verdict.set_text(texte)
        self.verdict.set_color(couleur)
        self.niveau.set_color(couleur)
        return alternative_budget(projection)


def alternative_budget(projection: Projection) -> str:
    """Le texte de remplacement du budget 2015 : total, lignes, part européenne."""
    lignes = " ; ".join(f"{nom} {euros(projection.montant(p))}" for p, nom in COURTS.items())
    return (
        f"Budget 2015, total {euros(projection.total_eur)} "
        f"({pourcent(projection.evolution_part, signe=True)} par rapport à 2014). {lignes}. "
        f"Part de l'Union européenne : {pourcent(projection.part_ue)}."
    )


def _pas_lisible(valeur: float) -> float:
    """Le premier nombre de la suite 1, 2, 2,5, 5, 10… (× puissance de dix) qui atteint la valeur."""
    rang = 10.0 ** math.floor(math.log10(valeur)) if valeur > 0 else 1.0
    return next((m * rang for m in (1, 2, 2.5, 5) if m * rang >= valeur * 0.95), 10 * rang)


def figure_budget(
    budget_previsionnel: pd.DataFrame, contexte: Contexte, projection: Projection
) -> Illustration:
    """Le budget 2014 (hachuré) et 2015 (plein) poste par poste, et la jauge de la part de l'UE."""
    return FigureBudget(budget_previsionnel, contexte).illustration(projection)
