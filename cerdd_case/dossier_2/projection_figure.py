"""Le budget 2014, la projection 2015, la part de l'Union européenne ; celle de chaque scénario."""

from collections.abc import Mapping

import pandas as pd

from ..donnees.contexte import Contexte
from ..figures import mise_en_page as page
from ..figures.vive import FigureVive
from ..questions.registre import Registre
from ..socle.nombres import euros, nombre, pourcent
from ..socle.typographie import pluriel
from .projection import DEPENSES, Projection
from .regles import ecrire_part, plafond_applique, sous_plafond

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
TROP_LONG = 1e12  # un montant que l'on ne peut plus écrire au bout de sa barre
VERDICTS = {
    "negatif": ("✘ solde négatif", page.ROUGE),
    "ordinaire": ("✔ sous le plafond", page.VERT),
    "exceptionnel": ("✔ projet exceptionnel", page.ORANGE),
    "depasse": ("✘ plafond dépassé", page.ROUGE),
}
FOND_DE_TEXTE: page.Aspect = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}


def couleur(poste: str) -> str:
    """La couleur de la barre d'un poste : une pour les dépenses, une pour les recettes."""
    return page.BLEU if poste in DEPENSES else page.VERT


class FigurePostes(FigureVive):
    """Un budget 2014 hachuré, poste par poste, et de quoi dessiner celui de 2015 par-dessus."""

    PLACE: tuple

    def __init__(self, budget_previsionnel: pd.DataFrame):
        self.budget = budget_previsionnel
        total = float(budget_previsionnel["montant_eur"].sum()) / 2  # dépenses = recettes
        self.pas = page.rond(0.95 * total / 4)
        super().__init__()

    def construire(self) -> None:
        self.figure = page.nouvelle_figure(10, 4.5)
        self.postes = axe = self.figure.add_axes(self.PLACE)
        recettes = self.budget["nature"] == "recette"
        # Une place vide sépare les dépenses des recettes.
        rangs = [i + 0.9 * recette for i, recette in enumerate(recettes)]
        self.lignes = list(zip(self.budget["poste"], rangs, strict=True))
        avant = [float(m) for m in self.budget["montant_eur"]]
        axe.barh([r - 0.2 for r in rangs], avant, 0.34, facecolor="white", edgecolor=page.GRIS,
                 hatch="////")  # fmt: skip
        axe.set_yticks(rangs, [COURTS[p] for p, _ in self.lignes], fontsize=10.5)
        axe.set(ylim=(rangs[-1] + 0.6, -1.15), xlim=(-0.6 * self.pas, 5 * self.pas),
                xticks=[rang * self.pas for rang in range(5)])  # fmt: skip
        axe.axvline(0, color=page.ENCRE, lw=0.8)
        axe.xaxis.set_major_formatter(lambda v, _: nombre(v / 1000, 0) + "\u00a0k€")
        axe.tick_params(axis="y", length=0)
        axe.set_title("Budget : 2014 hachuré, 2015 plein", loc="left", x=-0.2)
        for titre, recette in (("DÉPENSES", False), ("RECETTES", True)):
            premier = rangs[list(recettes).index(recette)]
            axe.text(-0.012, premier - 0.72, titre, fontsize=9.5, color=page.GRIS, ha="right",
                     fontweight="bold", transform=axe.get_yaxis_transform())  # fmt: skip

    def dessiner(self, montants: Mapping[str, float]) -> None:
        """Les barres de 2015, pour les postes dont on donne le montant."""
        gauche, droite = self.postes.get_xlim()
        for poste, rang in self.lignes:
            if poste not in montants:
                continue
            montant = montants[poste]
            longueur = min(max(montant, gauche), droite * 0.84)
            self.barre(self.postes, 0, rang + 0.02, longueur, 0.36, facecolor=couleur(poste))
            x = max(longueur, 0) + (droite - gauche) * 0.01
            self.texte(self.postes, x, rang + 0.2, euros(montant, 0), fontsize=10, weight="bold",
                       color=page.ROUGE if montant < 0 else page.ENCRE)  # fmt: skip


class FigureComparaison(FigurePostes):
    """Le budget 2014 (hachuré), et celui de 2015 (plein) à mesure qu'on le remplit.

    `actualiser(montants)` : les montants de 2015 déjà donnés, en euros, par poste.
    """

    PLACE = (0.205, 0.09, 0.76, 0.80)

    def actualiser(self, montants: Mapping[str, float]) -> str:
        self.dessiner({p: m for p, m in montants.items() if abs(m) < TROP_LONG})
        avant = dict(zip(self.budget["poste"], self.budget["montant_eur"], strict=True))
        dits = " ; ".join(
            f"{COURTS[p]} {euros(float(avant[p]))} en 2014, "
            + (f"{euros(montants[p])} en 2015" if p in montants else "à remplir pour 2015")
            for p, _ in self.lignes
        )
        remplies = f"{len(montants)} {pluriel('case remplie', len(montants))}"
        return f"Budget 2015, {remplies} sur {len(avant)}. {dits}."


class FigureBudget(FigurePostes):
    """Le budget 2014 (hachuré) et 2015 (plein) poste par poste, et la jauge de la part de l'UE.

    `actualiser(projection)` : le budget 2015.
    """

    PLACE = (0.205, 0.09, 0.455, 0.80)

    def __init__(self, budget_previsionnel: pd.DataFrame, contexte: Contexte):
        self.contexte, self.plafonds = contexte, contexte.plafonds
        self.haut_de_jauge = max(0.5, 1.25 * max(self.plafonds))
        super().__init__(budget_previsionnel)

    def construire(self) -> None:
        super().construire()
        place, hauteurs = (0.775, 0.14, 0.09, 0.70), (0, self.haut_de_jauge)
        self.jauge = axe = page.panneau(self.figure, place, (-0.7, 0.7), hauteurs)
        axe.bar(0, self.haut_de_jauge, 0.9, facecolor=page.CLAIR)
        noms = ("-", "plafond"), ("--", "si projet\nexceptionnel")
        for plafond, (trait, nom) in zip(self.plafonds, noms, strict=True):
            axe.plot([-0.62, 0.62], [plafond, plafond], color=page.ENCRE, lw=2, ls=trait)
            axe.text(0.70, plafond, f"{pourcent(plafond, None)} {nom}", va="center", fontsize=9.5)
        axe.set_title("Part de l'Union européenne", loc="center", pad=12)
        self.dessus += axe.lines  # les plafonds restent visibles par-dessus le niveau

    def actualiser(self, projection: Projection) -> str:
        self.dessiner({poste: projection.montant(poste) for poste, _ in self.lignes})
        part, haut = projection.part_ue, self.haut_de_jauge
        verdict, teinte = VERDICTS[self._verdict(projection)]
        self.barre(self.jauge, -0.45, 0, 0.9, min(max(part, 0), haut), color=teinte)
        ecrite = ecrire_part(part, plafond_applique(projection, self.contexte))
        self.texte(self.jauge, -0.68, min(max(part, 0.01), haut - 0.01), ecrite, ha="right",
                   fontsize=12, weight="bold")  # fmt: skip
        self.texte(self.jauge, 0, -0.1 * haut, verdict, ha="center", fontsize=11.5, weight="bold",
                   color=teinte)  # fmt: skip
        lignes = " ; ".join(f"{nom} {euros(projection.montant(p))}" for p, nom in COURTS.items())
        return (
            f"Budget 2015, total {euros(projection.total_eur)} "
            f"({pourcent(projection.evolution_part, signe=True)} par rapport à 2014). {lignes}. "
            f"Part de l'Union européenne : {pourcent(part)}."
        )

    def _verdict(self, projection: Projection) -> str:
        ordinaire, exceptionnel = self.plafonds
        if projection.part_ue < 0:
            return "negatif"
        if sous_plafond(projection.part_ue, ordinaire):
            return "ordinaire"
        permis = projection.projet_exceptionnel and sous_plafond(projection.part_ue, exceptionnel)
        return "exceptionnel" if permis else "depasse"


def figure_budget(cas: Registre, projection: Projection | None = None) -> page.Illustration:
    """Le budget 2014 et la projection 2015 (celle du sujet), et la part de l'Union européenne."""
    return FigureBudget(cas.annexe(4), cas.contexte).illustration(projection or cas.projeter())


class FigureScenarios(FigureVive):
    """La part de l'UE de quelques scénarios, face aux deux plafonds.

    `actualiser(scenarios)` : leur nom et leur projection, quatre au plus.
    """

    PLACES = 4

    def __init__(self, contexte: Contexte):
        self.plafonds = contexte.plafonds
        self.fin = max(0.5, 1.25 * max(self.plafonds))
        super().__init__()

    def construire(self) -> None:
        self.figure = page.nouvelle_figure(10, 2.6)
        self.axe = axe = self.figure.add_axes((0.30, 0.20, 0.62, 0.66))
        for plafond, trait in zip(self.plafonds, ("-", "--"), strict=True):
            axe.axvline(plafond, color=page.ENCRE, ls=trait, lw=1.6)
            axe.text(plafond, -0.75, pourcent(plafond, None), ha="center", fontsize=10)
        axe.set(ylim=(self.PLACES - 0.4, -0.6), xlim=(0, self.fin), yticks=[],
                xlabel="Part de l'Union européenne dans le budget 2015")  # fmt: skip
        axe.xaxis.set_major_formatter(lambda v, _: pourcent(v, 0))

    def actualiser(self, scenarios: list[tuple[str, Projection]]) -> str:
        for rang, (nom, projection) in enumerate(scenarios):
            part = projection.part_ue
            signe, couleur = (
                ("✔", page.VERT) if sous_plafond(part, self.plafonds[0]) else ("✘", page.ROUGE)
            )
            longueur = min(max(part, 0), self.fin)
            self.barre(self.axe, 0, rang - 0.3, longueur, 0.6, facecolor=couleur)
            x = min(longueur, 0.84 * self.fin) + 0.008
            self.texte(self.axe, x, rang, f"{signe} {pourcent(part)}", weight="bold",
                       bbox=FOND_DE_TEXTE)  # fmt: skip
            court = nom if len(nom) <= 30 else nom[:29] + "…"
            self.texte(self.axe, -0.015 * self.fin, rang, court, ha="right")
        if not scenarios:
            return "Aucun scénario gardé."
        return "Part de l'Union européenne par scénario : " + " ; ".join(
            f"{nom}, {pourcent(p.part_ue)}" for nom, p in scenarios
        )
