"""Les classements du dossier 1, dessinés : forces et faiblesses, étages, preuves."""

from textwrap import wrap
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ..figures import mise_en_page as page
from ..figures.vive import FigureVive
from ..questions.verdict import ETATS
from ..socle.nombres import nombre
from ..socle.typographie import insecables

# état d'un `Verdict`: son nom dans un classement
DITS = {"juste": "juste", "presque": "à discuter", "faux": "à revoir", "a_completer": "à vérifier"}
SIGNES = {etat: ETATS[etat][0][0] for etat in DITS}
ENCRES = {etat: ETATS[etat][1] for etat in DITS}
TITRE_ETAGES = "Du pourquoi au comment"
FOND_BLEU: page.Aspect = {"facecolor": "#f3f6fa", "edgecolor": page.BLEU}
FOND_ORANGE: page.Aspect = {"facecolor": "#fdf5ec", "edgecolor": page.ORANGE, "ls": "--"}
LEGENDE_VERDICTS = "    ".join(
    f"{SIGNES[etat]} {'pas encore vérifié' if etat == 'a_completer' else dit}"
    for etat, dit in DITS.items()
)


class FigureForcesFaiblesses(FigureVive):
    """Le diagnostic interne : forces à gauche, faiblesses à droite, un domaine par rangée.

    `actualiser(classement)` : le tableau de `Classement.classer` ; un fait
    apparaît dans la colonne choisie, avec le signe de son verdict. Les faits dont l'identifiant
    n'est pas dans `verifies` (s'il est donné) gardent le signe « … ».
    """

    def __init__(self, domaines: pd.DataFrame):
        self.domaines = dict(zip(domaines["categorie"], domaines["libelle"], strict=True))
        super().__init__()

    def construire(self) -> None:
        self.figure = page.nouvelle_figure(10, 6.4)
        self.axe = _tableau(self.figure, (99.5, 98.4))
        for x, titre, couleur in ((15, "FORCES  +", "#14663c"), (58, "FAIBLESSES  −", page.ROUGE)):
            self.axe.text(x + 1, 3.2, titre, fontsize=14, weight="bold", color=couleur, va="center")

    def actualiser(self, classement: pd.DataFrame, verifies: set[str] | None = None) -> str:
        places = _places(classement, verifies)
        # Un fait hors domaine rangé parmi les forces ou les faiblesses reste visible.
        noms = {**self.domaines, "": "Autres"}
        rangees = {
            domaine: [
                [p for p in places if (p.domaine, p.reponse) == (domaine, categorie)]
                for categorie in ("force", "faiblesse")
            ]
            for domaine in noms
        }
        if not any(rangees[""]):
            del rangees[""]
        comptes = {d: max(1, *map(len, cases)) for d, cases in rangees.items()}
        autres = [p for p in places if p.reponse == "aucune"]
        total = sum(comptes.values()) + 0.45 * len(comptes) + max(1, -(-len(autres) // 3)) + 1.2
        ligne = min(88 / total, 7.0)
        corps = next(c for c, m in ((12.5, 4.6), (11, 3.6), (9.5, 2.5), (7.5, 0)) if ligne >= m)

        def ecrire(x: float, y: float, p: Place) -> None:
            self.texte(self.axe, x, y, p.texte, color=p.couleur, fontsize=corps)

        def intituler(y: float, texte: str, couleur: str) -> None:
            self.texte(self.axe, 0.5, y, texte, color=couleur, weight="bold", fontsize=corps)

        y = 6.5
        for domaine, cases in rangees.items():
            haut = (comptes[domaine] + 0.45) * ligne
            self.trait(self.axe, [0, 100], [y, y], color=page.CLAIR, lw=1.5)
            intituler(y + haut / 2, "\n".join(wrap(noms[domaine], 12)), page.ENCRE)
            for x, case in zip((16, 59), cases, strict=True):
                for i, p in enumerate(case):
                    ecrire(x, y + (i + 0.72) * ligne, p)
            y += haut
        self.trait(self.axe, [57, 57], [1, y], color=page.CLAIR, lw=1.5)
        self.trait(self.axe, [0, 100], [y, y], color=page.GRIS, lw=1.5)
        intituler(y + ligne * 0.75, "Ni l'une ni l'autre", page.GRIS)
        for i, p in enumerate(autres):
            ecrire(1 + 33 * (i % 3), y + (i // 3 + 1.75) * ligne, p)
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


def _tableau(figure: Figure, legende: tuple[float, float], titre: str = "") -> Axes:
    """Un repère de 0 à 100 points dans chaque sens, depuis le haut, avec titre et légende."""
    axe = page.panneau(figure, (0.01, 0.02, 0.98, 0.96), (0, 100), (100, 0))
    axe.text(0.5, 4, titre, fontsize=13, weight="bold", va="center")
    axe.text(*legende, LEGENDE_VERDICTS, fontsize=10.5, ha="right", va="center", color=page.GRIS)
    return axe


def _rangee(
    axe: Axes, y: float, haut: float, aspect: page.Aspect, titre: tuple, detail: tuple
) -> None:
    """Un cadre, son titre et ce qu'il veut dire ; `titre`, `detail` : hauteur (part), texte."""
    axe.add_patch(Rectangle((0.3, y + 0.8), 99.4, haut - 1.6, lw=1.5, **aspect))
    axe.text(1.2, y + haut * titre[0], titre[1], fontsize=13, weight="bold", va="center",
             color=aspect["edgecolor"])  # fmt: skip
    axe.text(1.2, y + haut * detail[0], detail[1], fontsize=10.5, va="center", linespacing=1.15)


class FigureEtages(FigureVive):
    """Une rangée par catégorie, du haut vers le bas, et les faits classés dans chacune.

    `actualiser(classement, verifies)` : comme `FigureForcesFaiblesses`.
    """

    HAUTEUR = 5.0

    def __init__(self, categories: pd.DataFrame, titre: str):
        self.categories, self.titre = categories, titre
        super().__init__()

    def construire(self) -> None:
        self.figure = page.nouvelle_figure(10, self.HAUTEUR)
        self.axe = _tableau(self.figure, (99.5, 4), self.titre)
        self.pas = 91 / len(self.categories)
        for i, c in enumerate(self.categories.itertuples()):
            sens = "\n".join(wrap(insecables(c.definition), 32))
            _rangee(
                self.axe, 9 + i * self.pas, self.pas, FOND_BLEU, (0.28, c.libelle), (0.66, sens)
            )

    def actualiser(self, classement: pd.DataFrame, verifies: set[str] | None = None) -> str:
        places, morceaux = _places(classement, verifies), []
        for i, categorie in enumerate(self.categories.itertuples()):
            faits = [p for p in places if p.reponse == categorie.categorie]
            rangees = max(3, -(-len(faits) // 2))
            for j, p in enumerate(faits):
                x, rang = (30 + 35 * (j % 2), j // 2) if len(faits) > 3 else (30, j)
                y = 9 + self.pas * (i + (rang + 0.75) / (rangees + 0.5))
                corps = 13 if rangees < 4 else 10
                self.texte(self.axe, x, y, p.texte, color=p.couleur, fontsize=corps)
            dits = ", ".join(p.dit for p in faits)
            morceaux.append(f"{categorie.libelle} : {dits or 'rien encore'}")
        return f"{self.titre}. " + " ; ".join(morceaux) + "."


class FigurePreuves(FigureVive):
    """La performance en plusieurs dimensions : une preuve, sa source et son verdict par rangée.

    `dimensions` : les catégories de l'exercice. `actualiser(preuves)` : une ligne par dimension,
    colonnes `libelle`, `court`, `reference` (vides tant qu'aucune preuve n'est choisie), `verdict`.
    """

    def __init__(self, dimensions: pd.DataFrame):
        self.dimensions = dimensions
        super().__init__()

    def construire(self) -> None:
        self.figure = page.nouvelle_figure(10, 4.9)
        self.axe = _tableau(self.figure, (99.5, 4), "Une performance, plusieurs preuves")
        self.pas = 91 / max(len(self.dimensions), 1)
        for i, d in enumerate(self.dimensions.itertuples()):
            aspect = FOND_ORANGE if d.categorie == "limite" else FOND_BLEU
            sens = (0.70, d.definition)
            _rangee(self.axe, 9 + i * self.pas, self.pas, aspect, (0.33, d.libelle), sens)

    def actualiser(self, preuves: pd.DataFrame) -> str:
        morceaux = []
        for i, p in enumerate(preuves.itertuples()):
            etat, y = p.verdict.etat, 9 + i * self.pas
            self.texte(self.axe, 46, y + self.pas * 0.33, fontsize=13, color=ENCRES[etat],
                       texte=f"{SIGNES[etat]} {p.court or 'preuve à choisir'}",
                       weight="bold" if p.court else "normal")  # fmt: skip
            self.texte(
                self.axe, 48.2, y + self.pas * 0.70, p.reference, fontsize=11, color=page.GRIS
            )
            dit = f"{p.court} ({p.reference}, {DITS[etat]})" if p.court else "preuve à choisir"
            morceaux.append(f"{p.libelle} : {dit}")
        return "Preuves de performance. " + " ; ".join(morceaux) + "."
