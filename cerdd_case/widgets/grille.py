"""La grille d'auto-évaluation d'une question : une case par point attendu, un score."""

import textwrap
from collections.abc import Callable, Iterable

import ipywidgets as widgets
import pandas as pd

from ..figures.mise_en_page import Illustration, nouvelle_figure, style
from ..questions.registre import points_en_texte, valeur
from ..socle.memoire import Garde, Memoire
from ..socle.nombres import nombre
from .atelier import Atelier, case, rangee
from .avis import conclusion
from .image import Annonce

FERMEE = (
    "Écrivez d'abord votre réponse, enregistrez (Ctrl\u00a0+\u00a0S), puis ouvrez la grille\u00a0: "
    "elle montre ce que l'on attendait."
)
RIEN_D_ECRIT = (
    "Votre réponse enregistrée est vide, ou n'a pas trois mots. Écrivez-la, enregistrez "
    "(Ctrl\u00a0+\u00a0S), puis cliquez de nouveau."
)

CARNET_INCONNU = (
    "Ici, la collection ne sait pas lire votre carnet enregistré. Si votre réponse est écrite, cliquez "
    "sur «\u00a0Voir quand même\u00a0»."
)


class Grille(Atelier):
    """Cochez ce que votre réponse contient ; les cases cochées sont gardées dans la mémoire.

    `attendus` : le tableau de `registre.attendus` ; `preuves` : pour chacun, ses références en HTML,
    qui s'ouvrent sur leur passage. `ecrite` : dit si la réponse est écrite (None : le carnet n'est
    pas connu) ; sans elle, la grille s'ouvre toujours.

    Fermée, elle n'envoie aucun point attendu à la page : un bouton relit le carnet, un autre l'ouvre
    quand même, ce que l'avancement note.
    """

    def __init__(
        self,
        question: str,
        attendus: pd.DataFrame,
        memoire: Memoire,
        preuves: Iterable[str],
        ecrite: Callable[[], bool | None] | None = None,
    ):
        self.question, self.attendus, self.preuves = question, attendus, list(preuves)
        self.garde, self.ecrite = Garde(memoire, f"grille:{question}"), ecrite
        self.cle_vue, self.cle_ouverte = f"grille_vue:{question}", f"grille_ouverte:{question}"
        deja = memoire.lire(self.cle_ouverte, False) and bool(ecrite and ecrite())
        self.ouverte = ecrite is None or memoire.lire(self.cle_vue, False) or deja
        super().__init__(None, memoire)

    def composer(self) -> list:
        return self._composer_ouverte() if self.ouverte else self._composer_fermee()

    def _composer_fermee(self) -> list:
        self.cases: list = []
        self.invite = Annonce(html=f"<p>{FERMEE}</p>")
        self.boutons = rangee(
            self.bouton("Ouvrir la grille", self.ouvrir),
            self.bouton("Voir quand même", self.voir_quand_meme),
        )
        return [self.invite, self.boutons]

    def ouvrir(self) -> None:
        """Relit le carnet enregistré : la grille s'ouvre si la réponse y est écrite."""
        ecrite = self.ecrite is None or self.ecrite()
        if ecrite:
            self.memoire.ecrire(self.cle_ouverte, True)
            self._ouvrir()
        else:
            self.invite.html = f"<p>{CARNET_INCONNU if ecrite is None else RIEN_D_ECRIT}</p>"

    def voir_quand_meme(self) -> None:
        """Ouvre la grille sans réponse ; l'avancement le note."""
        self.memoire.ecrire(self.cle_vue, True)
        self._ouvrir()

    def _ouvrir(self) -> None:
        self.ouverte = True
        self.children = [*self._composer_ouverte(), self.incident]
        self.actualiser()

    def _composer_ouverte(self) -> list:
        deja = self._deja()
        self.cases, lignes = [], []
        for a, preuve in zip(self.attendus.itertuples(), self.preuves, strict=True):
            coche = case(a.attendu, a.attendu_id in deja)
            self.cases.append(self.relier(coche, self._garder))
            points = Annonce(role="", html=f"<span class='cerdd-points'>{valeur(a)}</span>")
            lignes.append(widgets.Box([coche, points, Annonce(role="", html=preuve)]))
            lignes[-1].add_class("cerdd-attendu")
        tete = Annonce(
            role="",
            html=f"<div class='cerdd-tete'><strong>Question {self.question} : que contient votre "
            "réponse ?</strong><span class='cerdd-aide'>Barème proposé : vous cochez, le professeur "
            "décide.</span></div>",
        )
        self.score = Annonce()
        carte = widgets.VBox([tete, *lignes, self.score])
        carte.add_class("cerdd-attendus")
        return [carte]

    def _deja(self) -> list[str]:
        """Les points cochés que l'avancement garde."""
        connus = set(self.attendus["attendu_id"])
        return self.garde.lire([], lambda coches: [c for c in coches if c in connus])

    @property
    def coches(self) -> list[str]:
        """Les identifiants des points cochés."""
        if not self.ouverte:
            return self._deja()
        paires = zip(self.attendus["attendu_id"], self.cases, strict=True)
        return [attendu for attendu, case in paires if case.value]

    @property
    def points(self) -> float:
        """Le score : la somme des points cochés."""
        coches = self.attendus["attendu_id"].isin(self.coches)
        return float(self.attendus.loc[coches, "points"].sum())

    def actualiser(self) -> None:
        if not self.ouverte:
            return
        total = nombre(self.attendus["points"].sum())
        sans = self.ecrite is not None and self.ecrite() is False
        attente = " ; il compte quand une réponse est écrite et enregistrée" * sans
        self.score.html = conclusion(f"Score : {nombre(self.points)} sur {total}{attente}")

    def _garder(self) -> None:
        self.actualiser()
        self.garde.ecrire(self.coches)

    def apercu(self) -> Illustration:
        if not self.ouverte:
            return _texte_en_image(f"Question {self.question} : la grille est fermée. {FERMEE}")
        return _texte_en_image(points_en_texte(self.question, self.attendus, self.coches))


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
