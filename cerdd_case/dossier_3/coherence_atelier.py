"""Assembler les trois choix, et lire ce qu'en disent les faits."""

from html import escape

import ipywidgets as widgets

from ..questions.essais import Reprises
from ..socle.typographie import INSECABLE, minuscule
from ..widgets.atelier import Atelier, bascule
from ..widgets.avis import conclusion, tableau
from ..widgets.image import Annonce, ImageVive
from .coherence import DIMENSIONS, NETTETE, Assemblage
from .coherence_exercice import Coherence
from .coherence_figure import ACCORDS, FigureCoherence
from .notions import Notions

CLASSES = {"✔": "oui", "≈": "sans-objet", "✘": "non"}
INVITE = (
    "Est-ce l'organisation du CERDD ? Cherchez d'abord, puis changez un choix ou pressez "
    "« Confronter aux faits »."
)
A_RANGER = "Est-ce l'organisation du CERDD ? Rangez d'abord les faits, dans l'atelier au-dessus."
SIGNES = {"pour": "✔", "contre": "✘"}


class AtelierCoherence(Atelier[Coherence]):
    """Choisir une structure, un mécanisme et un mode de décision ; voir s'ils vont ensemble.

    `reponses` : l'état des trois listes ; `assemblage` : ce qui s'en déduit ; `choix` :
    l'assemblage de départ (`structure`, `mecanisme`, `decision`). À l'ouverture, il ne dit que leur
    accord ; un premier geste, ou `confronter`, montre ce qu'en disent les faits, une fois qu'un fait au
    moins est rangé par dimension. `complete=True`, ou un assemblage de départ, les dit tous rangés.
    """

    def composer(self, complete: bool = False, **choix: object) -> list:
        depart = self.exercice.lire(choix)
        self.exercice.confronte = bool(choix)
        self.tout = complete or bool(choix)
        large = {"style": {"description_width": "15em"}, "layout": {"width": "auto"}}
        self.listes = {}
        for dimension, titre in DIMENSIONS.items():
            options = [(nom, code) for code, nom in self.exercice.possibles[dimension].items()]
            liste = widgets.Dropdown(
                options=options, value=depart[dimension], description=titre, **large
            )
            self.listes[dimension] = self.relier(liste, self.confronter)
        vues = {"Les liens": "liens", "Faits : structure": "structure",
                "Faits : coordination": "mecanisme", "Faits : décision": "decision"}  # fmt: skip
        self.vue = self.relier(bascule("Voir", list(vues.items()), "liens"), self.confronter)
        self.demande = self.bouton("Confronter aux faits", self.confronter)
        self.image, self.conclusion, self.detail = (
            ImageVive(FigureCoherence()),
            Annonce(),
            Annonce(),
        )
        return [*self.listes.values(), self.demande, self.conclusion, self.image, self.vue,
                self.detail]  # fmt: skip

    @property
    def reponses(self) -> dict[str, str]:
        """Ce qui est choisi dans chaque liste, par dimension."""
        return {dimension: liste.value for dimension, liste in self.listes.items()}

    @property
    def assemblage(self) -> Assemblage:
        """L'assemblage choisi et ce que ses trois liens valent."""
        return self.exercice.evaluer(**self.reponses)

    @property
    def ranges(self) -> dict[str, str]:
        """Les faits que l'élève a bien rangés, et la dimension où il les a mis."""
        return Reprises(self.memoire, Notions.cle).bonnes

    @property
    def manquent(self) -> list[str]:
        """Les dimensions où aucun fait n'est encore bien rangé."""
        ranges = set(self.ranges.values())
        return [] if self.tout else [nom for d, nom in DIMENSIONS.items() if d not in ranges]

    def confronter(self) -> None:
        """Montre ce que les faits disent de chaque choix, s'ils sont rangés."""
        self.exercice.confronte = self.exercice.confronte or not self.manquent
        self.actualiser()

    def actualiser(self) -> None:
        assemblage, vue, confronte = self.assemblage, self.vue.value, self.exercice.confronte
        self.image.montrer(assemblage, confronte)
        invite = f"{A_RANGER} Il en manque un pour : {', '.join(map(minuscule, manquent))}." if (
            manquent := self.manquent
        ) else INVITE  # fmt: skip
        dite = assemblage.conclusion if confronte else f"{assemblage.accord} {invite}"
        self.conclusion.html = conclusion(dite)
        self.demande.layout.display = "none" if confronte else ""
        self.detail.html = (
            self._liens(assemblage) if vue == "liens" else self._faits(assemblage, vue)
        )

    def _liens(self, assemblage: Assemblage) -> str:
        noms = assemblage.libelles
        lignes = [
            (escape(f"{noms[a]} + {noms[b]}"), _marquer(ACCORDS[accord][0]), escape(explication))
            for a, b, accord, explication in assemblage.liens
        ]
        return (
            f"{tableau(('Deux à deux', 'Accord', 'Pourquoi'), lignes)}"
            "<p class='cerdd-aide'>Ces règles s'inspirent de Mintzberg et de Likert. Une lecture "
            "proposée est notre jugement, discutable.</p>"
        )

    def _faits(self, assemblage: Assemblage, dimension: str) -> str:
        nom = escape(assemblage.libelles[dimension])
        definition = escape(self.exercice.definitions[assemblage.choix[dimension]])
        faits, restent = self._visibles(assemblage.faits[dimension])
        a_ranger = (
            "<p class='sans-objet'>Rangez d'abord les faits, dans l'atelier au-dessus : il en reste "
            f"{restent} à ranger pour ce choix.</p>" * bool(restent)
        )
        if not faits:
            return f"<p><strong>{nom}</strong> — {definition}</p>{a_ranger}"
        lignes = [
            (_marquer(f"{SIGNES[f.sens]} {f.sens}"),
             f"{escape(f.fait)} {f.renvoi}",
             escape(f.lecture))
            for f in faits
        ]  # fmt: skip
        return (
            f"<p><strong>{nom}</strong> — {definition}</p>"
            f"{tableau(('Sens', 'Fait', 'Notre lecture'), lignes)}{a_ranger}"
            "<p class='cerdd-aide'>Compter n'est pas prouver : un fait peut peser plus qu'un "
            f"autre. Nous disons « appuyé » ou « contredit » à {NETTETE} contre 1.</p>"
        )

    def _visibles(self, cites: list) -> tuple[list, int]:
        """Les faits bien rangés parmi ceux-là (les autres annexes, quand tous le sont) ; ce qu'il en reste."""
        a_ranger, ranges = self.exercice.a_ranger, self.ranges
        restent = sum(f.fait_id in a_ranger and f.fait_id not in ranges for f in cites)
        if self.tout or not restent:
            return cites, 0
        return [f for f in cites if f.fait_id in ranges], restent


def _marquer(texte: str) -> str:
    """Un signe et des mots qui ne se séparent pas, à la couleur du signe."""
    return f"<span class='{CLASSES[texte[0]]}'>{texte.replace(' ', INSECABLE)}</span>"
