"""Un tableau dont chaque case est une liste, corrigée sur demande."""

import anywidget
import ipywidgets as widgets
import traitlets as t

from ..questions.verdict import Verdict
from ..socle.suivi import Garde, Suivi
from .atelier import Atelier
from .avis import compter as compter_verdicts
from .avis import en_avis
from .curseur import PAGES
from .image import Annonce

FEUILLE = PAGES / "information.css"


def liste(description: str, options: list[tuple[str, object]], valeur) -> widgets.Dropdown:
    """Une liste déroulante dont le nom et les choix restent entiers."""
    choix = widgets.Dropdown(
        description=description, options=options, value=valeur,
        style={"description_width": "initial"}, layout=widgets.Layout(width="auto"),
    )  # fmt: skip
    choix.add_class("cerdd-liste")
    return choix


def avancement(justes: int, repondus: int, total: int) -> str:
    """Le bilan d'une vérification, en une phrase."""
    fin = f" ; {total - repondus} à compléter" if repondus < total else ""
    accord = "s" * (justes >= 2)
    bravo = " Tout est juste." if justes == total else ""
    phrase = f"{justes} case{accord} juste{accord} sur {total}{fin}.{bravo}"
    return f"<div class='conclusion'>{phrase}</div>"


class TableauACompleter(anywidget.AnyWidget):
    """Un tableau dont chaque case est une liste déroulante, corrigée sur demande.

    - `lignes` : `[{libelle, detail, cases: [{cle, options: [{code, texte}]}]}]` ;
    - `choix` : `{cle: code}` ; `retours` : `{cle: verdict}`, comme l'écrit `verdicts.en_avis` ;
    - `demande` : `[geste, rang]`, le dernier bouton pressé (verifier, effacer ou retablir). Elle
      voyage avec les choix : la vérification ne peut pas arriver avant eux ;
    - `retablissable` : un effacement peut encore être annulé.
    """

    _esm = PAGES / "tableau.js"
    _css = FEUILLE

    titre = t.Unicode("").tag(sync=True)
    entetes = t.List().tag(sync=True)
    lignes = t.List().tag(sync=True)
    choix = t.Dict().tag(sync=True)
    retours = t.Dict().tag(sync=True)
    demande = t.List(["", 0]).tag(sync=True)
    retablissable = t.Bool(False).tag(sync=True)

    def montrer(self, verdicts: dict[str, Verdict]) -> None:
        """Affiche sous chaque case ce que la vérification en dit."""
        self.retours = {cle: en_avis(verdict) for cle, verdict in verdicts.items()}


class AtelierACompleter(Atelier):
    """Un tableau à compléter, gardé dans le suivi, que l'on vérifie quand on veut.

    Une classe fille définit `cle_suivi`, `corriger()`, qui renvoie un verdict par case, et
    `solution()`. Changer une case efface son ancien verdict : il ne vaut plus. Rempli avec la
    solution (`complete`), l'atelier ne touche pas au travail gardé.
    """

    cle_suivi: str

    def preparer(self, tableau: TableauACompleter, suivi: Suivi, complete: bool) -> None:
        self.tableau, self.suivi, self.complete = tableau, suivi, complete
        self.bilan = Annonce()
        self._effaces: dict = {}
        self._corriges: dict | None = None
        permis = {
            c["cle"]: {o["code"] for o in c["options"]} for r in tableau.lignes for c in r["cases"]
        }
        self.garde = Garde(suivi, self.cle_suivi)
        if not complete:
            tableau.choix = self.garde.lire(
                {}, lambda garde: {k: v for k, v in garde.items() if v in permis.get(k, ())}
            )

    def brancher(self) -> None:
        self.tableau.observe(lambda c: self.proteger(self._a_change), names="choix")
        self.tableau.observe(lambda c: self.proteger(self._a_la_demande), names="demande")
        if self.complete:
            self.remplir(self.solution())
            self.montrer_correction()

    def corriger(self) -> dict[str, Verdict]:
        raise NotImplementedError

    def solution(self) -> dict[str, str]:
        """Le tableau que propose la collection."""
        raise NotImplementedError

    def remplir(self, choix: dict[str, str]) -> None:
        """Remplit le tableau (une case absente reste vide)."""
        self.tableau.choix = dict(choix)

    def montrer_correction(self) -> None:
        """Corrige toutes les cases remplies et fait le bilan."""
        verdicts = self.corriger()
        remplis = {c: v for c, v in verdicts.items() if v.etat != "a_completer"}
        self._corriges = dict(self.tableau.choix)
        self.tableau.montrer(remplis)
        justes = compter_verdicts(remplis.values(), "juste")
        self.bilan.html = avancement(justes, len(remplis), len(verdicts))

    def _a_change(self) -> None:
        choix, corriges = self.tableau.choix, self._corriges or {}
        self.tableau.retours = {
            c: r for c, r in self.tableau.retours.items() if choix.get(c) == corriges.get(c)
        }
        if choix != self._corriges:
            self.bilan.html = ""
        if choix:
            self.tableau.retablissable = False
        self.actualiser()
        if not self.complete:
            self.garde.ecrire({c: v for c, v in choix.items() if v})

    def _a_la_demande(self) -> None:
        geste = self.tableau.demande[0]
        if geste == "verifier":
            self.montrer_correction()
        elif geste == "effacer":
            self._effaces = dict(self.tableau.choix)
            self.tableau.choix = {}
            self.tableau.retablissable = any(self._effaces.values())
        elif geste == "retablir":
            self.tableau.choix = self._effaces


def _options(codes: dict[str, str]) -> list[dict]:
    return [{"code": code, "texte": texte} for code, texte in codes.items()]
