"""Garder des réglages du simulateur sous un nom, et les emporter en CSV."""

import base64
from dataclasses import replace
from functools import partial
from html import escape

import ipywidgets as widgets

from ..donnees.hypotheses import LIMITES, VARIABLES, Hypotheses
from ..socle.csv_francais import decimal, en_csv
from ..socle.erreurs import ErreurHypothese
from ..socle.memoire import Garde
from ..socle.nombres import euros, pourcent
from ..socle.typographie import majuscule
from ..widgets.atelier import LARGE, Atelier, intitule, liste, rangee
from ..widgets.avis import tableau
from ..widgets.image import Annonce, ImageVive
from .projection import Projection, projeter
from .projection_figure import FigureScenarios

GARDES = (*VARIABLES, "investissement_indexe")  # ce qu'un scénario règle
PLACES = FigureScenarios.PLACES
AJOUTER = "Ajouter le scénario « {} »"
AIDE = (
    "<span class='cerdd-aide'>Embauches étalées : la moitié en janvier, l'autre en juillet. Pour le "
    "budget 2015, à quel mois d'embauche unique cela revient-il ?</span>"
)


class Scenarios(widgets.VBox):
    """Des réglages gardés sous un nom, comparés côte à côte et emportés en CSV."""

    def __init__(self, simulateur: Atelier):
        self.simulateur, self.garde = simulateur, Garde(simulateur.memoire, "scenarios")
        sujet, secours_eur = simulateur.contexte.hypotheses, simulateur.contexte.secours_eur
        prets = {
            "Le sujet": sujet,
            "Valeur de secours": replace(sujet, charges_personnel_eur=secours_eur),
            # La moitié des embauches en janvier, l'autre en juillet : neuf mois en moyenne.
            "Embauches étalées": replace(sujet, mois_embauche=4),
        }
        self.nom = widgets.Text(
            placeholder="par exemple\u00a0: deux ETP", description="Nom", **LARGE
        )
        self.garder = simulateur.bouton(
            "Garder ces réglages", lambda: self.ajouter(self.nom.value, simulateur.hypotheses)
        )
        self.boutons_prets = [
            simulateur.bouton(f"+ {n}", partial(self.ajouter, n, h), AJOUTER.format(n))
            for n, h in prets.items()
        ]
        self.choix = liste("Scénario", [], None)
        self.charger = simulateur.bouton("Reprendre ses réglages", self.reprendre)
        self.retirer = simulateur.bouton("Retirer", self.oter)
        self.reglages = rangee(self.choix, self.charger, self.retirer)
        self.message, self.tableau = Annonce(), Annonce(role="")
        self.image = ImageVive(FigureScenarios(simulateur.contexte))
        titre = intitule(f"Comparer des scénarios (jusqu'à {PLACES})")
        ajouts = rangee(self.nom, self.garder, *self.boutons_prets)
        aide = Annonce(role="", html=AIDE)
        super().__init__(
            [titre, ajouts, aide, self.message, self.image, self.tableau, self.reglages]
        )
        self._relire()
        self.actualiser()

    def _relire(self) -> None:
        """Reprend les scénarios enregistrés, y compris depuis un autre onglet."""
        self.gardes: dict[str, Hypotheses] = {}
        self._illisibles = {}  # ceux qui ne se lisent plus restent enregistrés
        for nom, valeurs in self.garde.lire({}).items():
            try:
                self.gardes[nom] = replace(self.simulateur.contexte.hypotheses, **valeurs)
            except (TypeError, ErreurHypothese):
                self._illisibles[nom] = valeurs

    def ajouter(self, nom: str, hypotheses: Hypotheses) -> None:
        """Garde des hypothèses sous un nom ; le dit si c'est impossible."""
        self._relire()
        nom = " ".join(nom.split())[:60]
        if not nom:
            nom = next(n for n in (f"Scénario {i}" for i in range(1, 99)) if n not in self.gardes)
        if nom in self.gardes:
            return self._dire(f"« {nom} » existe déjà : choisissez un autre nom.", faute=True)
        if len(self.gardes) >= PLACES:
            return self._dire(f"{PLACES} scénarios au plus : retirez-en un d'abord.", faute=True)
        self.gardes[nom] = hypotheses
        self.nom.value = ""
        self._enregistrer(f"« {nom} » est gardé.")

    def oter(self) -> None:
        """Retire le scénario choisi."""
        nom = self.choix.value
        self._relire()
        if self.gardes.pop(nom, None):
            self._enregistrer(f"« {nom} » est retiré.")

    def reprendre(self) -> None:
        """Remet les curseurs sur le scénario choisi."""
        if self.choix.value in self.gardes:
            self.simulateur.appliquer(self.gardes[self.choix.value])

    def _dire(self, phrase: str, faute: bool = False) -> None:
        classe, signe = ("non", "✘ ") if faute else ("oui", "✔ ")
        self.message.html = f"<span class='{classe}'>{signe}{escape(phrase)}</span>"

    def _enregistrer(self, phrase: str) -> None:
        self.actualiser()
        lisibles = {n: {c: getattr(h, c) for c in GARDES} for n, h in self.gardes.items()}
        self.garde.ecrire({**self._illisibles, **lisibles})
        self._dire(phrase)

    def projections(self) -> list[tuple[str, Projection]]:
        """Le budget 2015 de chaque scénario gardé."""
        return [(nom, projeter(self.simulateur.budget, h)) for nom, h in self.gardes.items()]

    def actualiser(self) -> None:
        """Remontre les scénarios gardés : figure, tableau, liste."""
        projections, choisi = self.projections(), self.choix.value
        self.image.montrer(projections)
        for element in (self.image, self.reglages):
            element.layout.display = None if projections else "none"
        self.choix.options = list(self.gardes)
        if self.gardes:
            self.choix.value = choisi if choisi in self.gardes else list(self.gardes)[-1]
        self.tableau.html = tableau_des_scenarios(projections) if projections else ""


def tableau_des_scenarios(projections: list[tuple[str, Projection]]) -> str:
    """Ce que donne chaque scénario, en HTML, et de quoi l'emporter."""
    entetes = ("Scénario", "Personnel", "Budget total", "Union européenne", "Part", "Enregistrer")
    lignes = [
        (escape(nom), euros(p.montant("personnel"), 0), euros(p.total_eur, 0), euros(p.ue_eur, 0),
         pourcent(p.part_ue), _lien(scenarios_en_csv([(nom, p)]), f"{nom}.csv", "CSV"))
        for nom, p in projections
    ]  # fmt: skip
    ensemble = scenarios_en_csv(projections)
    lien = _lien(ensemble, "scenarios.csv", "Enregistrer la comparaison (CSV)")
    return tableau(entetes, lignes, ".nnnn") + lien


def scenarios_en_csv(projections: list[tuple[str, Projection]]) -> str:
    """Des scénarios pour un tableur français : une colonne chacun, hypothèses puis montants."""
    hypotheses = [majuscule(libelle) for libelle, *_ in LIMITES.values()]
    postes = projections[0][1].lignes["libelle"]
    colonnes = [["Ligne", *hypotheses, *postes, "Budget total", "Part de l'UE"]]
    for nom, p in projections:
        valeurs = [getattr(p.hypotheses, champ) for champ in LIMITES]
        montants = [*p.lignes["montant_eur"], p.total_eur]
        colonnes.append([
            nom, *("calculé" if v is None else decimal(v, 4) for v in valeurs),
            *(decimal(montant, 2) for montant in montants), decimal(p.part_ue, 4),
        ])  # fmt: skip
    return en_csv(zip(*colonnes, strict=True))


def _lien(contenu: str, fichier: str, texte: str) -> str:
    """Un lien qui télécharge ce texte (UTF-8 avec indicatif : Excel reconnaît les accents)."""
    donnees = base64.b64encode(contenu.encode("utf-8-sig")).decode("ascii")
    return (
        f'<a download="{escape(fichier, quote=True)}" '
        f'href="data:text/csv;charset=utf-8;base64,{donnees}">{escape(texte)}</a>'
    )
