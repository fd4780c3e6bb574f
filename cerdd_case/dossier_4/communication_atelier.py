"""Filtrer et compter les éléments de la communication."""

from html import escape
from pathlib import Path

import anywidget
import ipywidgets as widgets
import pandas as pd
import traitlets as t

from ..widgets.atelier import Atelier, liste, rangee
from ..widgets.avis import conclusion, en_html
from ..widgets.curseur import PAGES
from ..widgets.image import Annonce
from .communication import (
    APPUIS,
    CASES,
    COLONNES,
    PUBLICS,
    RUBRIQUES,
    compter,
    matrice,
    totaux,
    verifier_defi,
)
from .communication_exercice import Communication


class MatriceCliquable(anywidget.AnyWidget):
    """La matrice en tableau : chaque nombre et chaque titre est un bouton qui filtre."""

    _esm = Path(__file__).with_name("matrice.js")
    _css = PAGES / "commun.css"

    titre = t.Unicode("").tag(sync=True)
    groupes = t.List().tag(sync=True)
    lignes = t.List().tag(sync=True)
    choix = t.Dict({"public": "", "case": ""}).tag(sync=True)


class AtelierCommunication(Atelier):
    """Les éléments de communication par public, colonne et rubrique : filtrer, compter, vérifier."""

    BREFS = {"Positionnement": "Posit.", "Méthodes": "Méth.", "Productions": "Prod.",
             "prioritaires": "prior.", "en place": "place"}  # fmt: skip

    def __init__(self, exercice: Communication):
        self.exercice, elements = exercice, exercice.elements
        self.matrice = MatriceCliquable(
            titre="Pressez un nombre, une ligne ou une colonne : la liste en dessous se filtre.",
            groupes=self._groupes(),
        )
        plan = compter(elements[elements["genre"] == "plan"])
        genres = [("plan et supports", ""), (f"les {plan} éléments du plan", "plan"),
                  ("supports", "support")]  # fmt: skip
        self.genre = liste("Éléments", genres, "")
        self.appui = liste("Public", [("tous", ""), *[(nom, c) for c, nom in APPUIS.items()]], "")
        self.tout = widgets.Button(description="↺ Tout montrer")
        self.compte, self.liste = Annonce(), Annonce(role="")
        defis = [(f"{i}. {d.question}", i - 1) for i, d in enumerate(exercice.defis, 1)]
        self.defi = liste("Défi", defis, 0)
        self.saisie = widgets.Text(
            description="Votre compte", style={"description_width": "initial"},
            layout=widgets.Layout(width="220px"), continuous_update=False,
        )  # fmt: skip
        self.verifier = widgets.Button(description="Vérifier")
        self.verdict = Annonce()
        super().__init__(
            [
                self.matrice,
                rangee(self.genre, self.appui, self.tout),
                self.compte,
                self.liste,
                Annonce(role="", html="<h4 class='cerdd-titre'>Défis de comptage</h4>"),
                self.defi,
                rangee(self.saisie, self.verifier),
                self.verdict,
            ]
        )
        self.relier(self.matrice, "choix")
        self.relier(self.genre, "value")
        self.relier(self.appui, "value")
        self.au_clic(self.tout, self.tout_montrer)
        self.au_clic(self.verifier, self._verifier)
        self.defi.observe(lambda _: self.proteger(self._changer_de_defi), names="value")
        self.actualiser()

    def _groupes(self) -> list[dict]:
        groupes: dict[str, dict] = {}
        for colonne, rubrique in CASES:
            support = rubrique == "supports"
            titre = "Supports" if support else COLONNES[colonne]
            nom = COLONNES[colonne].removeprefix("Supports ") if support else RUBRIQUES[rubrique]
            groupe = groupes.setdefault(titre, {"titre": titre, "cases": []})
            groupe["cases"].append(
                {"code": f"{colonne}/{rubrique}", "nom": nom, "bref": self.BREFS[nom]}
            )
        return list(groupes.values())

    @property
    def reponses(self) -> dict[str, str]:
        """Les filtres, et le comptage tapé pour le défi montré."""
        filtres = {"genre": self.genre.value, "appui": self.appui.value, **self.matrice.choix}
        return self.exercice.depart | filtres | {f"defi_{self.defi.value + 1}": self.saisie.value}

    def tout_montrer(self) -> None:
        """Retire tous les filtres."""
        self.genre.value = self.appui.value = ""
        self.matrice.choix = {"public": "", "case": ""}

    def _changer_de_defi(self) -> None:
        self.saisie.value = ""
        self.verdict.html = ""

    def _verifier(self) -> None:
        verdict = verifier_defi(self.exercice.defis[self.defi.value], self.saisie.value)
        self.verdict.html = f"<p>{en_html(verdict)}</p>"

    def actualiser(self) -> None:
        visibles = self.exercice.visibles(self.reponses)
        comptes, total = matrice(visibles), totaux(visibles)
        self.matrice.lignes = [
            {
                "code": code,
                "nom": nom,
                "nombres": comptes.loc[code].tolist(),
                "total": total[code],
            }
            for code, nom in PUBLICS.items()
        ]
        self.compte.html = conclusion(self.exercice.juger(self.reponses)["filtre"].phrase)
        self.liste.html = tableau_des_elements(self.exercice.choisis(self.reponses))


def tableau_des_elements(elements: pd.DataFrame) -> str:
    """La liste des éléments en HTML, un élément par ligne, avec ses publics et leur appui."""
    if elements.empty:
        return "<p class='sans-objet'>Aucun élément : changez le filtre.</p>"
    groupes: dict[str, list] = {}
    for element in elements.itertuples():
        groupes.setdefault(element.element_id, []).append(element)
    lignes = []
    for groupe in groupes.values():
        e = groupe[0]
        publics = "<br>".join(
            f"{escape(PUBLICS[p.public])} <span class='sans-objet'>({APPUIS[p.appui]})</span>"
            if p.public != "tous"
            else f"<span class='sans-objet'>{APPUIS[p.appui]}</span>"
            for p in groupe
        )
        lignes.append(
            f"<tr><td>{escape(e.libelle)}<br><span class='cerdd-aide'>{escape(e.reference)}"
            f"</span></td><td>{publics}</td><td>{escape(' '.join(p.explication for p in groupe))}</td></tr>"
        )
    return (
        "<div style='max-height:19em;overflow-y:auto' tabindex='0' aria-label='Liste filtrée'>"
        "<table><thead><tr><th>Élément</th><th>Public</th><th>Pourquoi ce classement</th></tr>"
        f"</thead><tbody>{''.join(lignes)}</tbody></table></div>"
    )
