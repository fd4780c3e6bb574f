"""La grille d'auto-évaluation d'une question : une case par point attendu, un score."""

import textwrap
from collections.abc import Iterable

import ipywidgets as widgets
import pandas as pd

from ..figures.mise_en_page import Illustration, nouvelle_figure, style
from ..socle.memoire import Garde, Memoire
from ..socle.nombres import nombre
from ..socle.references import citer
from .atelier import Atelier, case
from .avis import conclusion
from .image import Annonce


class Grille(Atelier):
    """Cochez ce que votre réponse contient ; les cases cochées sont gardées dans le suivi.

    `attendus` : le tableau de `registre.attendus` ; `preuves` : pour chacun, ses références en HTML,
    qui s'ouvrent sur leur passage.
    """

    def __init__(
        self, question: str, attendus: pd.DataFrame, memoire: Memoire, preuves: Iterable[str]
    ):
        self.question, self.attendus, self.preuves = question, attendus, list(preuves)
        self.garde = Garde(memoire, f"grille:{question}")
        super().__init__(memoire=memoire)

    def composer(self) -> list:
        connus = set(self.attendus["attendu_id"])
        deja = self.garde.lire([], lambda coches: [c for c in coches if c in connus])
        self.cases, lignes = [], []
        for a, preuve in zip(self.attendus.itertuples(), self.preuves, strict=True):
            coche = case(f"{a.attendu} ({nombre(a.points)} pt)", a.attendu_id in deja)
            self.cases.append(self.relier(coche, self._garder))
            lignes.append(widgets.VBox([coche, Annonce(role="", html=preuve)]))
            lignes[-1].add_class("cerdd-attendu")
        titre = Annonce(
            role="",
            html=f"<strong>Question {self.question} : que contient votre réponse ?</strong> "
            "<span class='cerdd-aide'>(barème proposé par la collection)</span>",
        )
        self.score = Annonce()
        return [titre, *lignes, self.score]

    @property
    def coches(self) -> list[str]:
        """Les identifiants des points cochés."""
        paires = zip(self.attendus["attendu_id"], self.cases, strict=True)
        return [attendu for attendu, case in paires if case.value]

    @property
    def points(self) -> float:
        """Le score : la somme des points cochés."""
        coches = self.attendus["attendu_id"].isin(self.coches)
        return float(self.attendus.loc[coches, "points"].sum())

    def actualiser(self) -> None:
        total = nombre(self.attendus["points"].sum())
        self.score.html = conclusion(f"Score : {nombre(self.points)} sur {total}")

    def _garder(self) -> None:
        self.actualiser()
        self.garde.ecrire(self.coches)

    def apercu(self) -> Illustration:
        lignes = [
            f"{'☑' if case.value else '☐'} {a.attendu} ({nombre(a.points)} pt ; {citer(a.preuves)})"
            for case, a in zip(self.cases, self.attendus.itertuples(), strict=True)
        ]
        texte = "\n".join([f"Question {self.question} : points attendus (barème proposé)", *lignes])
        return _texte_en_image(texte)


def _texte_en_image(texte: str) -> Illustration:
    """Un texte comme aperçu fixe d'un atelier sans figure."""
    lignes = [
        morceau
        for ligne in texte.split("\n")
        for morceau in textwrap.wrap(ligne, 112, subsequent_indent="    ") or [""]
    ]
    with style():
        figure = nouvelle_figure(10, 0.3 + 0.24 * len(lignes))
        figure.text(0.01, 0.98, "\n".join(lignes), va="top", fontsize=10.5, linespacing=1.45)
    return Illustration(figure, texte)
