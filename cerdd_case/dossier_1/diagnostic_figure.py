"""Les classements du dossier 1, dessinés : forces et faiblesses, étages, preuves."""

from textwrap import wrap
from typing import NamedTuple

import pandas as pd
from matplotlib.patches import Rectangle

from ..figures.mise_en_page import (
    BLEU,
    CLAIR,
    ENCRE,
    GRIS,
    ORANGE,
    ROUGE,
    Illustration,
    _insecables,
    _sans_cadre,
    nouvelle_figure,
)
from ..figures.vive import FigureVive
from ..questions.verdict import ETATS, Verdict
from ..socle.nombres import nombre
from .classement import DITS, verifier_classement

SIGNES = {etat: ETATS[etat][0][0] for etat in DITS}
ENCRES = {etat: ETATS[etat][1] for etat in DITS}
TITRE_ETAGES = "Du pourquoi au comment"
LEGENDE_VERDICTS = "    ".join(
    f"{SIGNES[etat]} {'pas encore vérifié' if etat == 'a_completer' else dit}"
    for etat, dit in DITS.items()
)


class FigureForcesFaiblesses(FigureVive):
    """Le diagnostic interne : forces à gauche, faiblesses à droite, un domaine par rangée.

    `actualiser(classement)` : le tableau de `classement.verifier_classement` ; un fait
    apparaît dans la colonne choisie, avec le signe de son verdict. Les faits dont l'identifiant
    n'est pas dans `verifies` (s'il est donné) gardent le signe « … ».
    """

    def __init__(self, domaines: pd.DataFrame):
        self.domaines = dict(zip(domaines["categorie"], domaines["libelle"], strict=True))
        super().__init__()

    def construire(self):
        self.figure = nouvelle_figure(10, 6.4)
        self.axe = _tableau(self.figure, (99.5, 98.4))
        for x, titre, couleur in ((15, "FORCES  +", "#14663c"), (58, "FAIBLESSES  −", ROUGE)):
            self.axe.text(x + 1, 3.2, titre, fontsize=14, weight="bold", color=couleur, va="center")

    def actualiser(self, classement: pd.DataFrame, verifies: set[str] | None = None) -> str:
        places = _places(classement, verifies)
        # Un fait hors domaine rangé parmi les forces ou les faiblesses reste visible.
        noms = {**self.domaines, "": "Autres"}
        cellules = {
            (d, c): [p for p in places if (p.domaine, p.reponse) == (d, c)]
            for d in noms for c in ("force", "faiblesse")
        }  # fmt: skip
        hauteurs = {
            d: max(len(cellules[d, "force"]), len(cellules[d, "faiblesse"]), 1)
            for d in noms
            if d or len(cellules["", "force"]) + len(cellules["", "faiblesse"])
        }
        autres = [p for p in places if p.reponse == "aucune"]
        rangs_autres = max(1, -(-len(autres) // 3))
        ligne = 88 / (sum(hauteurs.values()) + 0.45 * len(hauteurs) + rangs_autres + 1.2)
        ligne = min(ligne, 7.0)
        corps = next(c for c, m in ((12.5, 4.6), (11, 3.6), (9.5, 2.5), (7.5, 0)) if ligne >= m)
        y, traits, textes = 6.5, [], []  # traits : abscisses, ordonnées, couleur
        for domaine, compte in hauteurs.items():
            haut = (compte + 0.45) * ligne
            traits.append(([0, 100], [y, y], CLAIR))
            textes.append((0.5, y + haut / 2, "\n".join(wrap(noms[domaine], 12)), ENCRE, "bold"))
            for categorie, x in (("force", 15), ("faiblesse", 58)):
                textes += [
                    (x + 1, y + (i + 0.72) * ligne, p.texte, p.couleur, "normal")
                    for i, p in enumerate(cellules[domaine, categorie])
                ]
            y += haut
        traits += [([57, 57], [1, y], CLAIR), ([0, 100], [y, y], GRIS)]
        textes.append((0.5, y + ligne * 0.75, "Ni l'une ni l'autre", GRIS, "bold"))
        textes += [
            (1 + 33 * (i % 3), y + (i // 3 + 1.75) * ligne, p.texte, p.couleur, "normal")
            for i, p in enumerate(autres)
        ]
        self.remplacer(
            [self.axe.plot(*trait, color=couleur, lw=1.5)[0] for *trait, couleur in traits]
            + [
                self.axe.text(
                    x, y, texte, color=couleur, weight=graisse, fontsize=corps, va="center"
                )
                for x, y, texte, couleur, graisse in textes
            ]
        )
        return alternative_diagnostic(places)


class Place(NamedTuple):
    """Un fait classé, tel qu'on l'écrit : signe du verdict, couleur, mots."""

    domaine: str
    reponse: str
    texte: str
    couleur: str
    dit: str


def _places(classement: pd.DataFrame, verifies: set[str] | None) -> list[Place]:
    """Les faits classés ; ceux qui ne sont pas vérifiés perdent leur verdict."""
    places = []
    for f in classement.itertuples():
        if f.verdict.etat == "a_completer":
            continue
        etat = f.verdict.etat if verifies is None or f.fait_id in verifies else "a_completer"
        domaine = "" if pd.isna(f.domaine) else f.domaine
        texte, dit = f"{SIGNES[etat]} {f.court}", f"{f.court} ({DITS[etat]})"
        places.append(Place(domaine, f.reponse, texte, ENCRES[etat], dit))
    return places


def alternative_diagnostic(places: list[Place]) -> str:
    """Le texte de remplacement du tableau des forces et des faiblesses."""
    morceaux = []
    for categorie, titre in (("force", "Forces"), ("faiblesse", "Faiblesses"),
                             ("aucune", "Ni l'une ni l'autre")):  # fmt: skip
        dits = [p.dit for p in places if p.reponse == categorie]
        morceaux.append(f"{titre}, {nombre(len(dits))} : {', '.join(dits) or 'rien encore'}")
    return "Diagnostic interne. " + ". ".join(morceaux) + "."


def _tableau(figure, legende: tuple[float, float], titre: str = ""):
    """Un repère de 0 à 100 points dans chaque sens, depuis le haut, avec titre et légende."""
    axe = figure.add_axes((0.01, 0.02, 0.98, 0.96))
    _sans_cadre(axe)
    axe.set_xlim(0, 100)
    axe.set_ylim(100, 0)
    axe.text(0.5, 4, titre, fontsize=13, weight="bold", va="center")
    axe.text(*legende, LEGENDE_VERDICTS, fontsize=10.5, ha="right", va="center", color=GRIS)
    return axe


class FigureEtages(FigureVive):
    """Une rangée par catégorie, du haut vers le bas, et les faits classés dans chacune.

    `actualiser(classement, verifies)` : comme `FigureForcesFaiblesses`.
    """

    HAUTEUR = 5.0

    def __init__(self, categories: pd.DataFrame, titre: str):
        self.categories, self.titre = categories, titre
        super().__init__()

    def construire(self):
        self.figure = nouvelle_figure(10, self.HAUTEUR)
        self.axe = axe = _tableau(self.figure, (99.5, 4), self.titre)
        self.pas = pas = 91 / len(self.categories)
        for i, categorie in enumerate(self.categories.itertuples()):
            y = 9 + i * pas
            axe.add_patch(Rectangle((0.3, y + 0.8), 99.4, pas - 1.6, facecolor="#f3f6fa",
                                    edgecolor=BLEU, lw=1.5))  # fmt: skip
            axe.text(1.2, y + pas * 0.28, categorie.libelle, fontsize=13, weight="bold",
                     color=BLEU, va="center")  # fmt: skip
            axe.text(1.2, y + pas * 0.66, "\n".join(wrap(_insecables(categorie.definition), 32)),
                     fontsize=10.5, va="center", linespacing=1.15)  # fmt: skip

    def actualiser(self, classement: pd.DataFrame, verifies: set[str] | None = None) -> str:
        places = _places(classement, verifies)
        textes, morceaux = [], []
        for i, categorie in enumerate(self.categories.itertuples()):
            faits = [p for p in places if p.reponse == categorie.categorie]
            rangees = max(3, -(-len(faits) // 2))
            for j, p in enumerate(faits):
                x, rang = (30 + 35 * (j % 2), j // 2) if len(faits) > 3 else (30, j)
                y = 9 + self.pas * (i + (rang + 0.75) / (rangees + 0.5))
                textes.append(self.axe.text(x, y, p.texte, color=p.couleur, va="center",
                                            fontsize=13 if rangees < 4 else 10))  # fmt: skip
            dits = ", ".join(p.dit for p in faits)
            morceaux.append(f"{categorie.libelle} : {dits or 'rien encore'}")
        self.remplacer(textes)
        return f"{self.titre}. " + " ; ".join(morceaux) + "."


class FigurePreuves(FigureVive):
    """La performance en plusieurs dimensions : une preuve, sa source et son verdict par rangée.

    `dimensions` : les catégories de l'exercice. `actualiser(preuves)` : une ligne par dimension,
    colonnes `libelle`, `court`, `reference` (vides tant qu'aucune preuve n'est choisie), `verdict`.
    """

    def __init__(self, dimensions: pd.DataFrame):
        self.dimensions = dimensions
        super().__init__()

    def construire(self):
        self.figure = nouvelle_figure(10, 4.9)
        axe = _tableau(self.figure, (99.5, 4), "Une performance, plusieurs preuves")
        pas = 91 / max(len(self.dimensions), 1)
        self.preuves = []
        for i, d in enumerate(self.dimensions.itertuples()):
            y = 9 + i * pas
            limite = d.categorie == "limite"
            couleur = ORANGE if limite else BLEU
            axe.add_patch(Rectangle((0.3, y + 0.8), 99.4, pas - 1.6,
                                    facecolor="#fdf5ec" if limite else "#f3f6fa",
                                    edgecolor=couleur, lw=1.5,
                                    ls="--" if limite else "-"))  # fmt: skip
            axe.text(1.2, y + pas * 0.33, d.libelle, fontsize=13, weight="bold", color=couleur,
                     va="center")  # fmt: skip
            axe.text(1.2, y + pas * 0.70, d.definition, fontsize=11, va="center")
            self.preuves.append(
                (axe.text(46, y + pas * 0.33, "", fontsize=13, va="center"),
                 axe.text(48.2, y + pas * 0.70, "", fontsize=11, va="center", color=GRIS))
            )  # fmt: skip
        self.mobiles += [texte for paire in self.preuves for texte in paire]

    def actualiser(self, preuves: pd.DataFrame) -> str:
        morceaux = []
        for (preuve, source), p in zip(self.preuves, preuves.itertuples(), strict=True):
            etat = p.verdict.etat
            preuve.set(
                text=f"{SIGNES[etat]} {p.court or 'preuve à choisir'}",
                color=ENCRES[etat], weight="bold" if p.court else "normal",
            )  # fmt: skip
            source.set_text(p.reference)
            morceaux.append(
                f"{p.libelle} : {p.court} ({p.reference}, {DITS[etat]})"
                if p.court
                else f"{p.libelle} : preuve à choisir"
            )
        return "Preuves de performance. " + " ; ".join(morceaux) + "."


def figure_classement(faits: pd.DataFrame, cadre: pd.DataFrame) -> Illustration:
    """Le classement que nous proposons, tout entier.

    `faits` : le tableau de `classement.faits_a_classer` ; `cadre` : les domaines du
    diagnostic, ou les catégories d'un autre exercice. Pour la performance, une preuve par
    dimension : la première de la liste.
    """
    exercice = faits["exercice"].iloc[0]
    if exercice == "performance":
        premiers = faits.sort_values("rang").drop_duplicates("categorie")
        preuves = cadre.merge(premiers[["categorie", "court", "reference"]], on="categorie")
        juste = Verdict(exercice, "juste", "Preuve proposée par la collection.")
        return FigurePreuves(cadre).illustration(preuves.assign(verdict=[juste] * len(preuves)))
    reponses = dict(zip(faits["fait_id"], faits["categorie"], strict=True))
    classement = verifier_classement(reponses, faits)
    if exercice == "diagnostic":
        return FigureForcesFaiblesses(cadre).illustration(classement)
    return FigureEtages(cadre, TITRE_ETAGES).illustration(classement)
