"""Remplir la fiche d'un indicateur à l'écran, et la recopier."""

from pathlib import Path

import traitlets as t

from ..questions.verdict import Verdict
from ..socle.typographie import typographier
from ..widgets.avis import conclusion
from ..widgets.curseur import avec_commun
from ..widgets.image import Annonce
from ..widgets.listes import AtelierListes, PageARemplir
from ..widgets.texte import Texte, Textes
from .indicateur_exercice import CHAMPS, Indicateur


class FicheARemplir(PageARemplir):
    """Des champs de texte et une liste ; sous chacun, une question s'il est vide ou vague.

    - `champs` : leur clé, leur nom, leurs choix (aucun pour un texte) ; `choix` : ce qui est écrit ;
    - `questions` : la question à poser, par clé ; `fiche` : le texte à recopier.
    """

    _esm = avec_commun(Path(__file__).with_name("indicateur.js"))
    _css = avec_commun(Path(__file__).with_name("indicateur.css"))

    champs = Textes().tag(sync=True)
    questions = t.Dict().tag(sync=True)
    fiche = Texte("").tag(sync=True)


class AtelierIndicateur(AtelierListes):
    """Écrire un indicateur, répondre aux questions qu'il pose, recopier la fiche."""

    exercice: Indicateur

    def composer(self) -> list:
        possibles = self.exercice.possibles
        self.liste = FicheARemplir(
            champs=[
                {"cle": cle, "nom": champ.nom,
                 "options": [list(o) for o in possibles.get(cle, {}).items()]}
                for cle, champ in CHAMPS.items()
            ],
            choix=self.reponses,
        )  # fmt: skip
        self.relier(self.liste, self._choisir, "choix")
        self.relier(self.liste, self._demander, "demande")
        return [Annonce(role="", html=self.exercice.consigne), self.liste, self.bilan, self.image]

    def actualiser(self) -> None:
        self.montrer(self.exercice.questions(self.reponses))

    def montrer(self, verdicts: dict[str, Verdict]) -> None:
        with self.liste.hold_sync():
            self.liste.choix = dict(self.reponses)
            self.liste.questions = {c: typographier(v.phrase) for c, v in verdicts.items()}
            self.liste.retablissable = self.retablissable
            self.liste.fiche = self.exercice.texte(self.reponses)
        self.bilan.html = conclusion(self.exercice.manques(verdicts))
        self.dessiner()
