"""Assembler les trois choix, et lire ce qu'en disent les faits."""

from html import escape

import ipywidgets as widgets

from ..widgets.atelier import Atelier, bascule
from ..widgets.avis import conclusion
from ..widgets.image import ImageVive, Texte
from .coherence import DIMENSIONS, NETTETE, Assemblage, Coherence
from .coherence_figure import FigureCoherence

MOTS_ACCORDS = {
    "renforce": "se\u00a0renforcent", "compatible": "compatibles", "tension": "en\u00a0tension",
}  # fmt: skip
CLASSES = {"renforce": "oui", "compatible": "sans-objet", "tension": "non",
           "pour": "oui", "contre": "non"}  # fmt: skip
SIGNES = {"renforce": "✔", "compatible": "≈", "tension": "✘", "pour": "✔", "contre": "✘"}


class AtelierCoherence(Atelier):
    """Choisir une structure, un mécanisme et un mode de décision ; voir s'ils vont ensemble.

    `reponses` : l'état des trois listes ; `assemblage` : ce qui s'en déduit.
    """

    def __init__(self, exercice: Coherence, **choix: str):
        self.exercice = exercice
        depart = exercice.lire(choix)
        self.listes = {}
        for dimension, titre in DIMENSIONS.items():
            self.listes[dimension] = widgets.Dropdown(
                options=[(nom, code) for code, nom in exercice.possibles[dimension].items()],
                value=depart[dimension],
                description=titre,
                style={"description_width": "15em"},
                layout=widgets.Layout(width="auto"),
            )
            self.listes[dimension].add_class("cerdd-choix")
        vues = [("Les liens", "liens"), ("Faits : structure", "structure"),
                ("Faits : coordination", "mecanisme"), ("Faits : décision", "decision")]  # fmt: skip
        self.vue = bascule("Voir", vues, "liens")
        self.image = ImageVive(FigureCoherence())
        self.conclusion, self.detail = Texte(), Texte()
        super().__init__(
            [widgets.VBox(list(self.listes.values())), self.conclusion, self.image, self.vue,
             self.detail]
        )  # fmt: skip
        for liste in self.listes.values():
            self.relier(liste, "value")
        self.relier(self.vue, "value")
        self.actualiser()

    @property
    def reponses(self) -> dict[str, str]:
        return {dimension: liste.value for dimension, liste in self.listes.items()}

    @property
    def assemblage(self) -> Assemblage:
        return self.exercice.evaluer(**self.reponses)

    def actualiser(self) -> None:
        assemblage = self.assemblage
        self.image.montrer(assemblage)
        self.conclusion.html = conclusion(assemblage.conclusion)
        self.detail.html = (
            tableau_des_liens(assemblage)
            if self.vue.value == "liens"
            else self._choix(assemblage, self.vue.value)
            + tableau_des_faits(assemblage, self.vue.value)
        )

    def _choix(self, assemblage: Assemblage, dimension: str) -> str:
        possibles = self.exercice.choix_possibles(dimension).set_index("option")["definition"]
        return (
            f"<p><strong>{escape(assemblage.libelles[dimension])}</strong> — "
            f"{escape(possibles[assemblage.choix[dimension]])}</p>"
        )


def tableau_des_liens(assemblage: Assemblage) -> str:
    """Les trois couples de choix, leur accord et pourquoi, en HTML."""
    noms = assemblage.libelles
    lignes = "".join(
        f"<tr><td>{escape(noms[lien.dimension_a])} + {escape(noms[lien.dimension_b])}</td>"
        f"<td class='{CLASSES[lien.accord]}'>{SIGNES[lien.accord]}\u00a0"
        f"{MOTS_ACCORDS[lien.accord]}</td>"
        f"<td>{escape(lien.explication)}</td></tr>"
        for lien in assemblage.liens.itertuples()
    )
    return (
        "<table><thead><tr><th>Deux à deux</th><th>Accord</th><th>Pourquoi</th></tr></thead>"
        f"<tbody>{lignes}</tbody></table><p class='cerdd-aide'>Ces règles résument les travaux de "
        "Mintzberg et de Likert ; les cas intermédiaires sont notre jugement, discutable.</p>"
    )


def tableau_des_faits(assemblage: Assemblage, dimension: str) -> str:
    """Les faits pour et contre un choix, avec leur place dans le sujet, en HTML."""
    faits = assemblage.indices[assemblage.indices["dimension"] == dimension]
    lignes = "".join(
        f"<tr><td class='{CLASSES[f.sens]}'>{SIGNES[f.sens]}\u00a0{f.sens}</td>"
        f"<td>{escape(f.fait)} <span class='cerdd-aide'>({escape(f.lieu)})</span></td>"
        f"<td>{escape(f.lecture)}</td></tr>"
        for f in faits.itertuples()
    )
    return (
        "<table><thead><tr><th>Sens</th><th>Fait</th><th>Notre lecture</th></tr></thead>"
        f"<tbody>{lignes}</tbody></table><p class='cerdd-aide'>Compter n'est pas prouver : un fait "
        f"peut peser plus qu'un autre. Nous disons « appuyé » ou « contredit » à {NETTETE} contre "
        "1.</p>"
    )
