"""Filtrer et compter les éléments de la communication."""

from html import escape
from pathlib import Path

import anywidget
import ipywidgets as widgets
import pandas as pd
import traitlets as t

from ..figures.mise_en_page import Illustration
from ..widgets.a_completer import FEUILLE, liste
from ..widgets.atelier import Atelier
from ..widgets.avis import en_html
from ..widgets.image import Annonce
from .communication import (
    APPUIS,
    CASES,
    COLONNES,
    PUBLICS,
    RUBRIQUES,
    compter,
    defis,
    filtrer,
    matrice,
    totaux,
    verifier_defi,
)
from .communication_figure import matrice_communication


class MatriceCliquable(anywidget.AnyWidget):
    """La matrice en tableau : chaque nombre et chaque titre est un bouton qui filtre."""

    _esm = Path(__file__).with_name("matrice.js")
    _css = FEUILLE

    titre = t.Unicode("").tag(sync=True)
    groupes = t.List().tag(sync=True)
    lignes = t.List().tag(sync=True)
    choix = t.Dict({"public": "", "case": ""}).tag(sync=True)


class AtelierCommunication(Atelier):
    """Les éléments de communication par public, colonne et rubrique : filtrer, compter, vérifier.

    `elements` : le tableau de `information.elements_communication`.
    """

    BREFS = {"Positionnement": "Posit.", "Méthodes": "Méth.", "Productions": "Prod.",
             "prioritaires": "prior.", "en place": "place"}  # fmt: skip

    def __init__(self, elements: pd.DataFrame):
        self.elements = elements
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
        self.defis = defis(elements)
        self.defi = liste(
            "Défi", [(f"{i}. {d.question}", i - 1) for i, d in enumerate(self.defis, 1)], 0
        )
        self.saisie = widgets.Text(
            description="Votre compte", style={"description_width": "initial"},
            layout=widgets.Layout(width="220px"), continuous_update=False,
        )  # fmt: skip
        self.verifier = widgets.Button(description="Vérifier")
        self.verdict = Annonce()
        ligne = widgets.Layout(flex_flow="wrap")
        super().__init__(
            [
                self.matrice,
                widgets.HBox([self.genre, self.appui, self.tout], layout=ligne),
                self.compte,
                self.liste,
                Annonce(role="", html="<h4 class='cerdd-titre'>Défis de comptage</h4>"),
                self.defi,
                widgets.HBox([self.saisie, self.verifier], layout=ligne),
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
    def visibles(self) -> pd.DataFrame:
        """Les éléments que laissent passer les deux listes."""
        genre, appui = self.genre.value, self.appui.value
        garde = self.elements if not appui else filtrer(self.elements, appui=appui)
        return garde if not genre else garde[garde["genre"] == genre].reset_index(drop=True)

    @property
    def choisis(self) -> pd.DataFrame:
        """Les éléments que laissent passer les deux listes et la matrice."""
        public, case = self.matrice.choix.get("public"), self.matrice.choix.get("case")
        colonne, _, rubrique = (case or "").partition("/")
        return filtrer(
            self.visibles, public=public or None, colonne=colonne or None, rubrique=rubrique or None
        )

    def tout_montrer(self) -> None:
        """Retire tous les filtres."""
        self.genre.value = self.appui.value = ""
        self.matrice.choix = {"public": "", "case": ""}

    def _changer_de_defi(self) -> None:
        self.saisie.value = ""
        self.verdict.html = ""

    def _verifier(self) -> None:
        verdict = verifier_defi(self.defis[self.defi.value], self.saisie.value)
        self.verdict.html = f"<p>{en_html(verdict)}</p>"

    def actualiser(self) -> None:
        comptes, total = matrice(self.visibles), totaux(self.visibles)
        self.matrice.lignes = [
            {
                "code": code,
                "nom": nom,
                "nombres": comptes.loc[code].tolist(),
                "total": total[code],
            }
            for code, nom in PUBLICS.items()
        ]
        choisis = self.choisis
        combien = compter(choisis)
        mot = "éléments" if combien >= 2 else "élément"
        self.compte.html = (
            f"<div class='conclusion'>{combien} {mot} : {escape(self._filtre())}</div>"
        )
        self.liste.html = tableau_des_elements(choisis)

    def _filtre(self) -> str:
        public, case = self.matrice.choix.get("public"), self.matrice.choix.get("case")
        mots = []
        if case:
            colonne, _, rubrique = case.partition("/")
            mots.append(COLONNES[colonne])
            if rubrique != "supports":
                mots.append(RUBRIQUES[rubrique])
        if public:
            mots.append(PUBLICS[public])
        if self.genre.value:
            mots.append("plan" if self.genre.value == "plan" else "supports")
        if self.appui.value:
            mots.append(APPUIS[self.appui.value])
        return ", ".join(mots) if mots else "tout"

    def apercu(self) -> Illustration:
        public, case = self.matrice.choix.get("public"), self.matrice.choix.get("case")
        couple = tuple(case.split("/")) if case else None
        illustration = matrice_communication(self.visibles, public or None, couple)
        combien = compter(self.choisis)
        illustration.alternative += f" Filtre : {self._filtre()}, {combien} élément(s)."
        return illustration


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
