"""Filtrer et compter les éléments de la communication."""

from html import escape
from itertools import groupby
from pathlib import Path

import anywidget
import ipywidgets as widgets
import pandas as pd
import traitlets as t

from ..questions.essais import Reprises
from ..widgets.atelier import Atelier, liste, rangee
from ..widgets.avis import VOIR, conclusion, en_html, tableau
from ..widgets.curseur import avec_commun
from ..widgets.image import Annonce
from ..widgets.texte import Texte, Textes
from . import communication as calcul
from .communication_exercice import Communication


class MatriceCliquable(anywidget.AnyWidget):
    """La matrice en tableau : chaque nombre et chaque titre est un bouton qui filtre."""

    _esm = Path(__file__).with_name("matrice.js")
    _css = avec_commun(Path(__file__).with_name("matrice.css"))

    titre = Texte("").tag(sync=True)
    groupes = Textes().tag(sync=True)
    lignes = Textes().tag(sync=True)
    choix = t.Dict({"public": "", "case": ""}).tag(sync=True)


class AtelierCommunication(Atelier[Communication]):
    """Les éléments de communication par public, colonne et rubrique : filtrer, compter, vérifier.

    Les publics ne se montrent qu'après un défi juste ou trois erreurs, ou sur demande, ce qui est noté.
    """

    BREFS = {"Positionnement": "Posit.", "Méthodes": "Méth.", "Productions": "Prod.",
             "prioritaires": "prior.", "en place": "place"}  # fmt: skip

    def composer(self) -> list:
        self.matrice = self.relier(MatriceCliquable(
            titre="Pressez un nombre, une ligne ou une colonne : la liste en dessous se filtre.",
            groupes=self._groupes(),
        ), trait="choix")  # fmt: skip
        plan = f"les {calcul.compter(self.exercice.elements, genre='plan')} éléments du plan"
        genres = [("plan et supports", ""), (plan, "plan"), ("supports", "support")]
        self.genre = self.relier(liste("Éléments", genres, ""))
        appuis = [("tous", ""), *((nom, code) for code, nom in calcul.APPUIS.items())]
        self.appui = self.relier(liste("Public", appuis, ""))
        self.tout = self.bouton("↺ Tout montrer", self.tout_montrer)
        self.publics = self.bouton("Voir quand même les publics proposés", self.voir_les_publics)
        self.compte, self.liste, self.verdict = Annonce(), Annonce(role=""), Annonce()
        defis = [
            (f"{i}. {d.question}", i - 1) for i, d in enumerate(self.exercice.defis.values(), 1)
        ]
        self.defi = self.relier(liste("Défi", defis, 0), self._changer_de_defi)
        self.saisie = widgets.Text(
            description="Votre compte", style={"description_width": "initial"},
            layout=widgets.Layout(width="220px"), continuous_update=False,
        )  # fmt: skip
        self.verifier = self.bouton("Vérifier", self._verifier)
        self.voir = self.bouton(VOIR, self._voir)
        self.voir.layout.display = "none"
        self.reprises = Reprises(self.memoire, self.exercice.cle)
        titre = Annonce(role="", html="<h4 class='cerdd-titre'>Défis de comptage</h4>")
        return [
            self.matrice, rangee(self.genre, self.appui, self.tout, self.publics), self.compte, self.liste,
            titre, self.defi, rangee(self.saisie, self.verifier, self.voir), self.verdict,
        ]  # fmt: skip

    def _groupes(self) -> list[dict]:
        groupes: dict[str, list] = {}
        for code, nom in calcul.CASES.items():
            titre, _, nom = nom.partition(" " if code.endswith("supports") else ", ")
            case = {"code": code, "nom": nom, "bref": self.BREFS[nom]}
            groupes.setdefault(titre, []).append(case)
        return [{"titre": titre, "cases": cases} for titre, cases in groupes.items()]

    @property
    def reponses(self) -> dict[str, str]:
        filtres = {"genre": self.genre.value, "appui": self.appui.value, **self.matrice.choix}
        return {**self.exercice.depart, **filtres, self.defi_montre: self.saisie.value}

    def tout_montrer(self) -> None:
        """Retire tous les filtres."""
        self.matrice.choix = {"public": "", "case": ""}
        self.placer((self.genre, ""), (self.appui, ""))

    def voir_les_publics(self) -> None:
        """Montre les publics sans avoir relevé de défi."""
        self.reprises.montrer("publics")
        self.actualiser()

    def _changer_de_defi(self) -> None:
        self.saisie.value = self.verdict.html = ""
        self.voir.layout.display = "none"

    def _verifier(self) -> None:
        cle = self.defi_montre
        self.reprises.noter({cle: self.exercice.juger(self.reponses)[cle]}, self.reponses)
        self.actualiser()
        self._montrer_verdict()

    def _voir(self) -> None:
        self.reprises.montrer(self.defi_montre)
        self._montrer_verdict()

    def _montrer_verdict(self) -> None:
        cle = self.defi_montre
        verdict = self.reprises.dater({cle: self.exercice.juger(self.reponses)[cle]})[cle]
        self.voir.layout.display = None if verdict.a_demander else "none"
        self.verdict.html = f"<p>{en_html(verdict)}</p>"

    @property
    def defi_montre(self) -> str:
        """La clé du défi montré."""
        return f"defi_{self.defi.value + 1}"

    def actualiser(self) -> None:
        self.exercice.ouverte = ouverte = self.exercice.ouverte or self.reprises.acquises
        self.appui.layout.display = None if ouverte else "none"
        self.publics.layout.display = "none" if ouverte else None
        visibles = self.exercice.visibles(self.reponses)
        comptes = calcul.matrice(visibles)
        self.matrice.lignes = [
            {"code": code, "nom": nom, "nombres": comptes[code], "total": sum(comptes[code])}
            for code, nom in calcul.lignes_de_la_matrice(visibles).items()
        ]
        self.compte.html = conclusion(self.exercice.juger(self.reponses)["filtre"].phrase)
        self.liste.html = tableau_des_elements(self.exercice.choisis(self.reponses))


def tableau_des_elements(elements: pd.DataFrame) -> str:
    """La liste des éléments en HTML, un par ligne : ses publics et leur appui, ou, s'ils sont à
    trouver, sa place dans le plan."""
    if elements.empty:
        return "<p class='sans-objet'>Aucun élément : changez le filtre.</p>"
    lignes: list[tuple[str, ...]] = []
    if (elements["public"] == "").any():
        for e in elements.itertuples():
            lignes.append((f"{escape(e.libelle)}<br>{e.renvoi}", escape(calcul.CASES[e.case])))
        return _defiler(tableau(("Élément", "Place dans le plan"), lignes))
    for _, groupe in groupby(elements.itertuples(), key=lambda e: e.element_id):
        couples, publics = list(groupe), []
        for e in couples:
            nom, appui = escape(calcul.PUBLICS[e.public]), calcul.APPUIS[e.appui]
            debut, dit = ("", appui) if e.public == "tous" else (f"{nom} ", f"({appui})")
            publics.append(f"{debut}<span class='sans-objet'>{dit}</span>")
        libelle = f"{escape(e.libelle)}<br>{e.renvoi}"
        raisons = escape(" ".join(e.explication for e in couples))
        lignes.append((libelle, "<br>".join(publics), raisons))
    return _defiler(tableau(("Élément", "Public", "Pourquoi ce classement"), lignes))


def _defiler(corps: str) -> str:
    defile = "style='max-height:19em;overflow-y:auto' tabindex='0' aria-label='Liste filtrée'"
    return f"<div {defile}>{corps}</div>"
