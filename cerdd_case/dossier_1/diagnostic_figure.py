"""Les classements du dossier 1, dessinés : forces et faiblesses, étages, preuves."""

from textwrap import wrap

import pandas as pd
from matplotlib.patches import Rectangle

from ..figures.mise_en_page import (
    BLEU,
    CLAIR,
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

    `actualiser(classement)` : le tableau de `organisation.verifier_classement` ; un fait
    apparaît dans la colonne choisie, avec le signe de son verdict. Les faits dont l'identifiant
    n'est pas dans `verifies` (s'il est donné) gardent le signe « … ».
    """

    def __init__(self, domaines: pd.DataFrame):
        self.domaines = dict(zip(domaines["categorie"], domaines["libelle"], strict=True))
        super().__init__()

    def construire(self):
        self.figure = nouvelle_figure(10, 6.4)
        self.axe = self.figure.add_axes((0.01, 0.02, 0.98, 0.96))

    def actualiser(self, classement: pd.DataFrame, verifies: set[str] | None = None) -> str:
        places = _places(classement, verifies)
        axe = self.axe
        axe.clear()
        _sans_cadre(axe)
        axe.set_xlim(0, 100)
        axe.set_ylim(100, 0)
        for x, titre, couleur in ((15, "FORCES  +", "#14663c"), (58, "FAIBLESSES  −", ROUGE)):
            axe.text(x + 1, 3.2, titre, fontsize=14, weight="bold", color=couleur, va="center")
        # Un fait hors domaine rangé parmi les forces ou les faiblesses reste visible.
        noms = {**self.domaines, "": "Autres"}
        cellules = {
            (d, c): places[(places["domaine"] == d) & (places["reponse"] == c)]
            for d in noms for c in ("force", "faiblesse")
        }  # fmt: skip
        hauteurs = {
            d: max(len(cellules[d, "force"]), len(cellules[d, "faiblesse"]), 1)
            for d in noms
            if d or len(cellules["", "force"]) + len(cellules["", "faiblesse"])
        }
        autres = places[places["reponse"] == "aucune"]
        rangs_autres = max(1, -(-len(autres) // 3))
        ligne = 88 / (sum(hauteurs.values()) + 0.45 * len(hauteurs) + rangs_autres + 1.2)
        ligne = min(ligne, 7.0)
        corps = next(c for c, m in ((12.5, 4.6), (11, 3.6), (9.5, 2.5), (7.5, 0)) if ligne >= m)
        y = 6.5
        for domaine, compte in hauteurs.items():
            haut = (compte + 0.45) * ligne
            axe.axhline(y, color=CLAIR, lw=1.5)
            axe.text(0.5, y + haut / 2, "\n".join(wrap(noms[domaine], 12)), fontsize=corps,
                     weight="bold", va="center")  # fmt: skip
            for categorie, x in (("force", 15), ("faiblesse", 58)):
                self._ecrire(cellules[domaine, categorie], x + 1, y, ligne, corps)
            y += haut
        axe.plot([57, 57], [1, y], color=CLAIR, lw=1.5)
        axe.axhline(y, color=GRIS, lw=1.5)
        axe.text(0.5, y + ligne * 0.75, "Ni l'une ni l'autre", fontsize=corps, weight="bold",
                 va="center", color=GRIS)  # fmt: skip
        for i, fait in enumerate(autres.itertuples()):
            x, rang = (1 + 33 * (i % 3)), i // 3 + 1
            self._ligne(fait, x, y + (rang + 0.75) * ligne, corps)
        axe.text(99.5, 98.4, LEGENDE_VERDICTS, fontsize=10.5, ha="right", va="center", color=GRIS)
        self.fond_change()
        return alternative_diagnostic(places)

    def _ecrire(self, faits, x, y, ligne, corps):
        for i, fait in enumerate(faits.itertuples()):
            self._ligne(fait, x, y + (i + 0.72) * ligne, corps)

    def _ligne(self, fait, x, y, corps):
        etat = fait.verdict.etat
        self.axe.text(x, y, f"{SIGNES[etat]} {fait.court}", fontsize=corps, va="center",
                      color=ENCRES[etat])  # fmt: skip


def _places(classement: pd.DataFrame, verifies: set[str] | None) -> pd.DataFrame:
    """Les faits classés ; ceux qui ne sont pas vérifiés perdent leur verdict."""
    classes = classement["verdict"].map(lambda v: v.etat != "a_completer")
    places = classement[classes].copy()
    places["domaine"] = places["domaine"].fillna("")
    if verifies is not None:
        places["verdict"] = [
            v if fait in verifies else Verdict(v.question, "a_completer", "Pas encore vérifié.")
            for fait, v in zip(places["fait_id"], places["verdict"], strict=True)
        ]
    return places


def alternative_diagnostic(places: pd.DataFrame) -> str:
    """Le texte de remplacement du tableau des forces et des faiblesses."""
    morceaux = []
    for categorie, titre in (("force", "Forces"), ("faiblesse", "Faiblesses"),
                             ("aucune", "Ni l'une ni l'autre")):  # fmt: skip
        faits = places[places["reponse"] == categorie]
        dits = ", ".join(f"{f.court} ({DITS[f.verdict.etat]})" for f in faits.itertuples())
        morceaux.append(f"{titre}, {nombre(len(faits))} : {dits or 'rien encore'}")
    return "Diagnostic interne. " + ". ".join(morceaux) + "."


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
        self.axe = self.figure.add_axes((0.01, 0.02, 0.98, 0.96))

    def actualiser(self, classement: pd.DataFrame, verifies: set[str] | None = None) -> str:
        places = _places(classement, verifies)
        axe = self.axe
        axe.clear()
        _sans_cadre(axe)
        axe.set_xlim(0, 100)
        axe.set_ylim(100, 0)
        axe.text(0.5, 4, self.titre, fontsize=13, weight="bold", va="center")
        axe.text(99.5, 4, LEGENDE_VERDICTS, fontsize=10.5, ha="right", va="center", color=GRIS)
        pas = 91 / len(self.categories)
        morceaux = []
        for i, categorie in enumerate(self.categories.itertuples()):
            y = 9 + i * pas
            axe.add_patch(Rectangle((0.3, y + 0.8), 99.4, pas - 1.6, facecolor="#f3f6fa",
                                    edgecolor=BLEU, lw=1.5))  # fmt: skip
            axe.text(1.2, y + pas * 0.28, categorie.libelle, fontsize=13, weight="bold",
                     color=BLEU, va="center")  # fmt: skip
            axe.text(1.2, y + pas * 0.66, "\n".join(wrap(_insecables(categorie.definition), 32)),
                     fontsize=10.5, va="center", linespacing=1.15)  # fmt: skip
            faits = places[places["reponse"] == categorie.categorie]
            rangees = max(3, -(-len(faits) // 2))
            for j, fait in enumerate(faits.itertuples()):
                x, rang = (30 + 35 * (j % 2), j // 2) if len(faits) > 3 else (30, j)
                etat = fait.verdict.etat
                axe.text(x, y + pas * (rang + 0.75) / (rangees + 0.5),
                         f"{SIGNES[etat]} {fait.court}", color=ENCRES[etat],
                         fontsize=13 if rangees < 4 else 10, va="center")  # fmt: skip
            dits = ", ".join(f"{f.court} ({DITS[f.verdict.etat]})" for f in faits.itertuples())
            morceaux.append(f"{categorie.libelle} : {dits or 'rien encore'}")
        self.fond_change()
        return f"{self.titre}. " + " ; ".join(morceaux) + "."


class FigurePreuves(FigureVive):
    """La performance en plusieurs dimensions : une preuve, sa source et son verdict par rangée.

    `actualiser(preuves)` : une ligne par dimension, colonnes `libelle`, `definition`, `court`,
    `reference` (vides tant qu'aucune preuve n'est choisie) et `verdict`.
    """

    def construire(self):
        self.figure = nouvelle_figure(10, 4.9)
        self.axe = self.figure.add_axes((0.01, 0.02, 0.98, 0.96))

    def actualiser(self, preuves: pd.DataFrame) -> str:
        axe = self.axe
        axe.clear()
        _sans_cadre(axe)
        axe.set_xlim(0, 100)
        axe.set_ylim(100, 0)
        axe.text(0.5, 4, "Une performance, plusieurs preuves", fontsize=13, weight="bold",
                 va="center")  # fmt: skip
        axe.text(99.5, 4, LEGENDE_VERDICTS, fontsize=10.5, ha="right", va="center", color=GRIS)
        pas = 91 / max(len(preuves), 1)
        morceaux = []
        for i, p in enumerate(preuves.itertuples()):
            y = 9 + i * pas
            limite = p.categorie == "limite"
            couleur = ORANGE if limite else BLEU
            axe.add_patch(Rectangle((0.3, y + 0.8), 99.4, pas - 1.6,
                                    facecolor="#fdf5ec" if limite else "#f3f6fa",
                                    edgecolor=couleur, lw=1.5,
                                    ls="--" if limite else "-"))  # fmt: skip
            axe.text(1.2, y + pas * 0.33, p.libelle, fontsize=13, weight="bold", color=couleur,
                     va="center")  # fmt: skip
            axe.text(1.2, y + pas * 0.70, p.definition, fontsize=11, va="center")
            texte, etat = p.court or "preuve à choisir", p.verdict.etat
            axe.text(46, y + pas * 0.33, f"{SIGNES[etat]} {texte}", fontsize=13,
                     weight="bold" if p.court else "normal", color=ENCRES[etat],
                     va="center")  # fmt: skip
            axe.text(48.2, y + pas * 0.70, p.reference, fontsize=11, va="center", color=GRIS)
            morceaux.append(
                f"{p.libelle} : {p.court} ({p.reference}, {DITS[etat]})"
                if p.court
                else f"{p.libelle} : preuve à choisir"
            )
        self.fond_change()
        return "Preuves de performance. " + " ; ".join(morceaux) + "."


def figure_classement(faits: pd.DataFrame, cadre: pd.DataFrame) -> Illustration:
    """Le classement que nous proposons, tout entier.

    `faits` : le tableau de `organisation.faits_a_classer` ; `cadre` : les domaines du
    diagnostic, ou les catégories d'un autre exercice. Pour la performance, une preuve par
    dimension : la première de la liste.
    """
    exercice = faits["exercice"].iloc[0]
    if exercice == "performance":
        premiers = faits.sort_values("rang").drop_duplicates("categorie")
        preuves = cadre.merge(premiers[["categorie", "court", "reference"]], on="categorie")
        juste = Verdict(exercice, "juste", "Preuve proposée par la collection.")
        return FigurePreuves().illustration(preuves.assign(verdict=[juste] * len(preuves)))
    reponses = dict(zip(faits["fait_id"], faits["categorie"], strict=True))
    classement = verifier_classement(reponses, faits)
    if exercice == "diagnostic":
        return FigureForcesFaiblesses(cadre).illustration(classement)
    return FigureEtages(cadre, TITRE_ETAGES).illustration(classement)
