"""Choisir dans des listes, garder ses choix, les vérifier quand on veut."""

from pathlib import Path
from typing import Any

import anywidget
import traitlets as t

from ..figures.mise_en_page import Illustration
from ..questions.essais import Reprises
from ..questions.exercice import Listes
from ..questions.verdict import Verdict
from ..socle.appels import verifier_appel
from ..socle.memoire import Garde, Memoire
from .atelier import Atelier
from .avis import conclusion, en_avis
from .curseur import PAGES, avec_commun
from .image import Annonce, ImageVive
from .texte import Texte, Textes


class PageARemplir(anywidget.AnyWidget):
    """Ce que l'on remplit dans une page, et ce que l'on en demande.

    - `choix` : ce qui est répondu, par clé ; `avis` : `{cle: …}`, comme l'écrit `avis.en_avis` ;
    - `demande` : `[geste, rang]`, le dernier bouton pressé (verifier, effacer, retablir, proposer), ou
      `["reveler", rang, cle]` pour voir une réponse proposée. Elle voyage avec les choix : la
      vérification ne peut pas arriver avant eux ;
    - `retablissable` : un effacement peut encore être annulé.

    La page ne connaît pas les réponses.
    """

    _css: Path | str = PAGES / "commun.css"

    choix = t.Dict().tag(sync=True)
    avis = t.Dict().tag(sync=True)
    demande: t.List = t.List(["", 0]).tag(sync=True)
    retablissable = t.Bool(False).tag(sync=True)


class ListesAChoisir(PageARemplir):
    """Des listes déroulantes, un avis sous chacune, des boutons.

    - `lignes` : voir `exercice.ligne` ; avec des `entetes`, elles se présentent en tableau ;
    - `proposable` : la proposition peut se montrer.

    Les listes sont celles du navigateur : le clavier suffit.
    """

    _esm = avec_commun(PAGES / "listes.js")

    titre = Texte("").tag(sync=True)
    entetes = Textes().tag(sync=True)
    lignes = Textes().tag(sync=True)
    proposable = t.Bool(False).tag(sync=True)


class AtelierListes(Atelier[Listes]):
    """Choisir, garder, vérifier : changer une réponse efface son verdict, qui ne vaut plus.

    - `exercice` : ce que l'on demande ; `reponses` : ce qui est choisi, par clé ;
    - `verifies` : les clés dont la réponse actuelle est vérifiée ;
    - `propose` : la figure est celle de la proposition.

    Montré complet, avec les réponses de la collection, l'atelier ne touche pas au travail gardé.
    Une classe fille peut composer d'autres éléments : voir `composer` et `montrer`.
    """

    reponses: dict = {}

    def __init__(self, exercice: Listes, memoire: Memoire, complete: bool = False, **options: Any):
        verifier_appel("Cet atelier", AtelierListes.__init__, self, exercice, memoire, complete)
        self.complete, self.propose = complete, complete and exercice.proposable
        self.garde = Garde(memoire, exercice.cle)
        self.reprises = Reprises(memoire, exercice.cle)
        self._effacees: tuple[dict, dict] = ({}, {})
        if complete:  # ce qui se propose à part se montre sans remplir les listes
            self.reponses = {} if self.propose else exercice.solution()
            self._jugees = dict(self.reponses)
        else:
            self.reponses, self._jugees = self._reprendre(exercice)
        self.bilan = Annonce()
        dessin = exercice.dessin()
        self.image = ImageVive(dessin) if dessin else None
        super().__init__(exercice, memoire, **options)

    def composer(self) -> list:
        e = self.exercice
        self.liste = ListesAChoisir(
            titre=e.titre, entetes=list(e.entetes), lignes=e.lignes, choix=self.reponses
        )  # fmt: skip
        self.relier(self.liste, self._choisir, "choix")
        self.relier(self.liste, self._demander, "demande")
        consigne = [Annonce(role="", html=e.consigne)] if e.consigne else []
        return [*consigne, self.liste, self.bilan, *([self.image] if self.image else [])]

    # --- Ce que l'on fait des réponses ----------------------------------------------------

    @property
    def verifies(self) -> set[str]:
        """Les clés dont la réponse est vérifiée, et n'a pas changé depuis."""
        return {cle for cle, v in self._jugees.items() if self.reponses.get(cle) == v}

    @property
    def retablissable(self) -> bool:
        """Vrai si ce qui vient d'être effacé peut encore revenir."""
        return bool(self._effacees[0]) and not self.reponses

    @property
    def proposable(self) -> bool:
        """Vrai si la proposition peut se montrer : il faut d'abord avoir vérifié une réponse."""
        return self.exercice.proposable and bool(self._jugees)

    def repondre(self, reponses: dict) -> None:
        """Prend ces réponses à la place des précédentes."""
        self.reponses = self.exercice.connues(reponses)
        self._changer()

    def verifier(self, *cles: str) -> None:
        """Vérifie ces réponses, ou toutes."""
        jugees = {c: v for c, v in self.reponses.items() if c in cles or not cles}
        verdicts = self.exercice.juger(self.reponses)
        self.reprises.noter({c: verdicts[c] for c in jugees if c in verdicts}, jugees)
        self._jugees |= jugees
        self._changer()

    def reveler(self, cle: str) -> None:
        """Montre la réponse proposée à la place d'une réponse fausse, sans attendre la troisième."""
        if cle in self.verifies:
            self.reprises.montrer(cle)
            self.actualiser()

    def effacer(self) -> None:
        """Efface tout ; `retablir` peut le rendre."""
        self._effacees, self.reponses, self._jugees = (self.reponses, self._jugees), {}, {}
        self._changer()

    def retablir(self) -> None:
        """Rend ce qui vient d'être effacé."""
        if self.retablissable:
            self.reponses, self._jugees = self._effacees
            self._changer()

    def proposer(self) -> None:
        """Montre la figure de la proposition, après une vérification, sans toucher aux réponses."""
        if self.proposable:
            self.propose = True
            self.actualiser()

    def _choisir(self) -> None:
        if self.liste.choix != self.reponses:
            self.repondre(self.liste.choix)

    def _demander(self) -> None:
        self.reponses = self.exercice.connues(self.liste.choix)
        geste, _, *cles = self.liste.demande
        getattr(self, geste)(*cles)

    def _changer(self) -> None:
        self.actualiser()
        if not self.complete:
            self.garde.ecrire(self._a_garder())

    def _reprendre(self, exercice: Listes) -> tuple[dict, dict]:
        """Les réponses gardées, et celles qui étaient vérifiées."""
        return self.garde.lire({}, exercice.connues), {}

    def _a_garder(self) -> dict:
        return self.reponses

    # --- Ce que l'on en montre ------------------------------------------------------------

    def actualiser(self) -> None:
        tous = self.exercice.juger(self.reponses)
        verdicts = {c: v for c, v in tous.items() if c in self.verifies}
        self.montrer(verdicts if self.complete else self.reprises.dater(verdicts))

    def montrer(self, verdicts: dict[str, Verdict]) -> None:
        """Affiche les réponses et ces verdicts, ceux qui sont vérifiés."""
        mots = self.exercice.mots
        with self.liste.hold_sync():
            self.liste.choix = dict(self.reponses)
            self.liste.avis = {
                c: en_avis(self.exercice.ouvrir(v), mots.get(v.etat, ""))
                for c, v in verdicts.items()
            }
            self.liste.retablissable = self.retablissable
            self.liste.proposable = self.proposable
        phrase = self.exercice.bilan(len(self.reponses), list(verdicts.values()))
        self.bilan.html = conclusion(self.exercice.bilan_propose if self.propose else phrase)
        self.dessiner()

    @property
    def visibles(self) -> dict:
        """Les réponses que la figure montre."""
        return self.reponses

    def dessiner(self) -> None:
        """Met la figure à jour, s'il y en a une."""
        if self.image:
            e = self.exercice
            propose = e.proposition() if self.propose else e.donnees(self.visibles, self.verifies)
            self.image.montrer(*propose)

    def apercu(self) -> Illustration:
        if self.propose:
            return self.exercice.figure_proposee()
        return self.exercice.figure(self.visibles, self.verifies)
