"""Garder des réglages du simulateur sous un nom, et les emporter en CSV."""

import base64
from collections.abc import Callable
from dataclasses import replace
from html import escape

import ipywidgets as widgets

from ..donnees.hypotheses import LIMITES, VARIABLES, Hypotheses
from ..socle.csv_francais import decimal, en_csv
from ..socle.erreurs import ErreurHypothese
from ..socle.nombres import euros, pourcent
from ..socle.suivi import Garde, Suivi
from ..widgets.atelier import LARGE, intitule
from ..widgets.image import Annonce, ImageVive
from .projection import Projection, projeter
from .scenarios_figure import FigureScenarios


class Scenarios(widgets.VBox):
    """Des réglages gardés sous un nom, comparés côte à côte et emportés en CSV."""

    def __init__(self, simulateur, suivi: Suivi):
        self.simulateur, self.garde = simulateur, Garde(suivi, "scenarios")
        sujet, secours_eur = simulateur.contexte.hypotheses, simulateur.contexte.secours_eur
        self.prets = {
            "Le sujet": sujet,
            "Valeur de secours": replace(sujet, charges_personnel_eur=secours_eur),
            # La moitié des embauches en janvier, l'autre en juillet : neuf mois en moyenne.
            "Embauches étalées": replace(sujet, mois_embauche=4),
        }
        self._relire()
        self.nom = widgets.Text(placeholder="par exemple : deux ETP", description="Nom", **LARGE)
        self.garder = widgets.Button(description="Garder ces réglages")
        self.choix = widgets.Dropdown(options=[], description="Scénario", **LARGE)
        self.charger = widgets.Button(description="Reprendre ses réglages")
        self.retirer = widgets.Button(description="Retirer")
        self.boutons_prets = [
            widgets.Button(description=f"+ {nom}", tooltip=f"Ajouter le scénario « {nom} »")
            for nom in self.prets
        ]
        self.message = Annonce()
        self.image = ImageVive(FigureScenarios(simulateur.contexte))
        self.tableau = Annonce(role="")
        rang = widgets.Layout(flex_flow="row wrap")
        super().__init__(
            [
                intitule(f"Comparer des scénarios (jusqu'à {FigureScenarios.PLACES})"),
                widgets.HBox([self.nom, self.garder, *self.boutons_prets], layout=rang),
                Annonce(role="", html="<span class='cerdd-aide'>Embauches étalées : la moitié en "
                        "janvier, l'autre en juillet ; pour le budget 2015, cela revient à tout "
                        "embaucher en avril.</span>"),
                self.message,
                self.image,
                self.tableau,
                widgets.HBox([self.choix, self.charger, self.retirer], layout=rang),
            ]
        )  # fmt: skip
        self.actualiser()

    def _relire(self) -> None:
        """Reprend les scénarios enregistrés, y compris depuis un autre onglet."""
        sujet = self.simulateur.contexte.hypotheses
        self.gardes, self._illisibles = _relire(self.garde.lire({}), sujet)

    def ajouter(self, nom: str, hypotheses: Hypotheses) -> None:
        """Garde des hypothèses sous un nom ; le dit si c'est impossible."""
        self._relire()
        nom = " ".join(nom.split())[:60]
        if not nom:
            nom = next(n for n in (f"Scénario {i}" for i in range(1, 99)) if n not in self.gardes)
        if nom in self.gardes:
            return self._dire(f"« {nom} » existe déjà : choisissez un autre nom.", faute=True)
        if len(self.gardes) >= FigureScenarios.PLACES:
            return self._dire(
                f"{FigureScenarios.PLACES} scénarios au plus : retirez-en un d'abord.", faute=True
            )
        self.gardes[nom] = hypotheses
        self.nom.value = ""
        self._enregistrer()
        self._dire(f"« {nom} » est gardé.")

    def oter(self) -> None:
        """Retire le scénario choisi."""
        nom = self.choix.value
        self._relire()
        if nom in self.gardes:
            del self.gardes[nom]
            self._enregistrer()
            self._dire(f"« {nom} » est retiré.")

    def reprendre(self) -> None:
        """Remet les curseurs sur le scénario choisi."""
        if self.choix.value in self.gardes:
            self.simulateur.appliquer(self.gardes[self.choix.value])

    def _dire(self, phrase: str, faute: bool = False) -> None:
        classe, signe = ("non", "✘ ") if faute else ("oui", "✔ ")
        self.message.html = f"<span class='{classe}'>{signe}{escape(phrase)}</span>"

    def _enregistrer(self) -> None:
        lisibles = {
            nom: {champ: getattr(h, champ) for champ in GARDES} for nom, h in self.gardes.items()
        }
        self.actualiser()
        self.garde.ecrire({**self._illisibles, **lisibles})

    def projections(self) -> list[tuple[str, Projection]]:
        """Le budget 2015 de chaque scénario gardé."""
        return [(nom, projeter(self.simulateur.budget, h)) for nom, h in self.gardes.items()]

    def actualiser(self) -> None:
        projections = self.projections()
        self.image.montrer(projections)
        self.image.layout.display = None if projections else "none"
        choisi = self.choix.value
        self.choix.options = list(self.gardes)
        if self.gardes:
            self.choix.value = choisi if choisi in self.gardes else list(self.gardes)[-1]
        for element in (self.choix, self.charger, self.retirer):
            element.layout.display = None if projections else "none"
        self.tableau.html = self._tableau(projections) if projections else ""

    def _tableau(self, projections) -> str:
        lignes = "".join(
            f"<tr><td>{escape(nom)}</td><td class='nombre'>{euros(p.montant('personnel'), 0)}</td>"
            f"<td class='nombre'>{euros(p.total_eur, 0)}</td>"
            f"<td class='nombre'>{euros(p.ue_eur, 0)}</td>"
            f"<td class='nombre'>{pourcent(p.part_ue)}</td>"
            f"<td>{_lien(scenarios_en_csv([(nom, p)]), f'{nom}.csv', 'CSV')}</td></tr>"
            for nom, p in projections
        )
        return (
            "<table><thead><tr><th>Scénario</th><th class='nombre'>Personnel</th>"
            "<th class='nombre'>Budget total</th><th class='nombre'>Union européenne</th>"
            "<th class='nombre'>Part</th><th>Emporter</th></tr></thead>"
            f"<tbody>{lignes}</tbody></table>"
            + _lien(scenarios_en_csv(projections), "scenarios.csv", "Emporter la comparaison (CSV)")
        )


GARDES = (*VARIABLES, "investissement_indexe")  # ce qu'un scénario règle


def _relire(gardes: dict, sujet: Hypotheses) -> tuple[dict[str, Hypotheses], dict]:
    """Les scénarios d'une séance passée ; ceux qui ne se lisent plus sont conservés à part."""
    lisibles, illisibles = {}, {}
    for nom, valeurs in gardes.items():
        try:
            lisibles[nom] = replace(sujet, **valeurs)
        except (TypeError, ErreurHypothese):
            illisibles[nom] = valeurs
    return lisibles, illisibles


def scenarios_en_csv(projections: list[tuple[str, Projection]]) -> str:
    """Des scénarios pour un tableur français : une colonne chacun, hypothèses puis montants."""

    def ligne(titre: str, valeur: Callable[[Projection], float | None], decimales: int) -> list:
        valeurs = [valeur(p) for _, p in projections]
        return [titre, *("calculé" if v is None else decimal(v, decimales) for v in valeurs)]

    lignes = [["Ligne", *(nom for nom, _ in projections)]]
    for champ, (libelle, *_) in LIMITES.items():
        titre = libelle[0].upper() + libelle[1:]
        lignes.append(ligne(titre, lambda p, champ=champ: getattr(p.hypotheses, champ), 4))
    for poste in projections[0][1].lignes.itertuples():
        lignes.append(ligne(poste.libelle, lambda p, poste=poste: p.montant(poste.poste), 2))
    lignes.append(ligne("Budget total", lambda p: p.total_eur, 2))
    lignes.append(ligne("Part de l'UE", lambda p: p.part_ue, 4))
    return en_csv(lignes)


def _lien(contenu: str, fichier: str, texte: str) -> str:
    """Un lien qui télécharge ce texte (UTF-8 avec indicatif : Excel reconnaît les accents)."""
    donnees = base64.b64encode(contenu.encode("utf-8-sig")).decode("ascii")
    return (
        f'<a download="{escape(fichier, quote=True)}" '
        f'href="data:text/csv;charset=utf-8;base64,{donnees}">{escape(texte)}</a>'
    )
