"""La grille d'auto-évaluation d'une question : une case par point attendu, un score."""

from html import escape

import ipywidgets as widgets
import pandas as pd

from ..figures.mise_en_page import Illustration, nouvelle_figure, style
from ..socle.nombres import nombre
from ..socle.references import citer
from ..socle.suivi import Garde, Suivi
from .atelier import Atelier
from .image import Annonce


class Grille(Atelier):
    """Cochez ce que votre réponse contient ; les cases cochées sont gardées dans le suivi.

    `attendus` : le tableau de `registre.attendus`.
    """

    def __init__(self, question: str, attendus: pd.DataFrame, suivi: Suivi):
        self.question, self.attendus, self.suivi = question, attendus, suivi
        self.garde = Garde(suivi, f"grille:{question}")
        connus = set(attendus["attendu_id"])
        deja = self.garde.lire([], lambda coches: [c for c in coches if c in connus])
        self.cases = [
            widgets.Checkbox(
                value=a.attendu_id in deja,
                indent=False,
                description=f"{a.attendu} ({nombre(a.points)} pt)",
                layout=widgets.Layout(width="auto"),
            )
            for a in attendus.itertuples()
        ]
        lignes = []
        for case, a in zip(self.cases, attendus.itertuples(), strict=True):
            preuve = Annonce(
                role="", html=f"<span class='cerdd-aide'>{escape(citer(a.preuves))}</span>"
            )
            boite = widgets.VBox([case, preuve])
            boite.add_class("cerdd-attendu")
            lignes.append(boite)
        self.score = Annonce()
        titre = Annonce(
            role="",
            html=f"<strong>Question {question} : que contient votre réponse ?</strong> "
            "<span class='cerdd-aide'>(barème proposé par la collection)</span>",
        )
        super().__init__([titre, *lignes, self.score])
        for case in self.cases:
            self.relier(case, "value")
        self._afficher()

    @property
    def coches(self) -> list[str]:
        """Les identifiants des points cochés."""
        return [
            a.attendu_id
            for case, a in zip(self.cases, self.attendus.itertuples(), strict=True)
            if case.value
        ]

    @property
    def points(self) -> float:
        """Le score : la somme des points cochés."""
        return float(
            self.attendus.loc[self.attendus["attendu_id"].isin(self.coches), "points"].sum()
        )

    def actualiser(self) -> None:
        self._afficher()
        self.garde.ecrire(self.coches)

    def _afficher(self) -> None:
        total = self.attendus["points"].sum()
        self.score.html = (
            f"<div class='conclusion'>Score : {nombre(self.points)} sur {nombre(total)}</div>"
        )

    def apercu(self) -> Illustration:
        lignes = [
            ("☑ " if case.value else "☐ ")
            + f"{a.attendu} ({nombre(a.points)} pt ; {citer(a.preuves)})"
            for case, a in zip(self.cases, self.attendus.itertuples(), strict=True)
        ]
        texte = "\n".join([f"Question {self.question} : points attendus (barème proposé)", *lignes])
        return _texte_en_image(texte)


def _texte_en_image(texte: str) -> Illustration:
    """Un texte comme aperçu fixe d'un atelier sans figure."""
    import textwrap

    lignes = [
        morceau
        for ligne in texte.split("\n")
        for morceau in textwrap.wrap(ligne, 112, subsequent_indent="    ") or [""]
    ]
    with style():
        figure = nouvelle_figure(10, 0.3 + 0.24 * len(lignes))
        figure.text(0.01, 0.98, "\n".join(lignes), va="top", fontsize=10.5, linespacing=1.45)
    return Illustration(figure, texte)
