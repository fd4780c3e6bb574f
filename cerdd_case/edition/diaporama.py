"""Le diaporama en un fichier : une séance ou un dossier, projetés sans Python ni réseau.

Un atelier qui vit sans Python y vit ; les autres montrent leur figure enregistrée et disent où ils se
manipulent. La page et son moteur sont ceux de « cerdd presenter ».
"""

from collections.abc import Collection
from pathlib import Path

from ..donnees.paquet import Donnees
from ..questions.registre import Registre
from .diapositives import (
    a_projeter,
    carnet_a_editer,
    carnet_du_dossier,
    diapositives,
    numero_du_carnet,
)
from .pdf import deposer
from .presentation.page import SERVI, page_entiere
from .reperes_de_seance import carnet_de
from .seances import Seance, diapositives_de
from .vivants import atelier_montre, atelier_vivant

COMMUN = Path(__file__).resolve().parents[1] / "widgets" / "pages" / "commun.css"
# Un atelier vivant prend, comme avec un noyau, la place que le texte laisse.
STYLE = (
    ":is(.sortie, .rendu, .vivant):has(.cerdd-autonome), .cerdd-autonome "
    "{ flex: 1 1 0; min-height: 0; display: flex; flex-direction: column; }\n"
)
AILLEURS = (
    '<p class="ailleurs"><small>Cet atelier se manipule dans le carnet ou avec « cerdd presenter »'
    ".</small></p>"
)


def exporter_le_diaporama(
    seance: Seance | None, numero: str, sans_reponses: bool, destination: Path, donnees: Donnees
) -> list[Path]:
    """Écrit le diaporama d'une séance, ou d'un dossier (`numero`) si elle est None ; voir `deposer`."""
    if seance:
        carnet, titre = carnet_de(seance, donnees), f"{seance.nom} — {seance.titre}"
        nom, noms = f"seance_{seance.code}", diapositives_de(seance)
    else:
        chemin = carnet_du_dossier(numero)
        carnet, noms = carnet_a_editer(chemin), None
        nom, titre = f"dossier_{numero_du_carnet(chemin)}", carnet["metadata"]["title"]
    cas = Registre(donnees.dossier)

    def produire() -> bytes:
        return diaporama_en_un_fichier(titre, carnet, cas, noms, sans_reponses).encode("utf-8")

    suite = "_sans_reponses" if sans_reponses else ""
    return deposer(destination, {f"{nom}_diaporama{suite}.html": produire})


def diaporama_en_un_fichier(
    titre: str,
    carnet: dict,
    cas: Registre,
    noms: Collection[str] | None = None,
    sans_reponses: bool = False,
) -> str:
    """La page qui contient tout : diapositives, étapes, minuteur, notes, figures, simulateur vivant.

    `carnet` : un corrigé prêt à quitter son dossier (`carnet_a_editer`) ; `noms` et `sans_reponses` :
    voir `a_projeter`. Une diapositive ôtée n'y laisse ni texte ni notes.
    """
    gardees = a_projeter(diapositives(sans_noyau(carnet, cas)), titre, noms, sans_reponses)
    styles = (COMMUN, SERVI / "moteur.css", SERVI / "ateliers.css")
    tete = f"<style>\n{''.join(map(_lire, styles))}{STYLE}</style>"
    return page_entiere(
        titre, gardees, tete, f'<script type="module">\n{_lire(SERVI / "moteur.js")}</script>'
    )


def sans_noyau(carnet: dict, cas: Registre) -> dict:
    """Le même carnet, où chaque atelier vit sans Python, ou dit où il se manipule."""
    return {**carnet, "cells": [_sans_noyau(cellule, cas) for cellule in carnet["cells"]]}


def _sans_noyau(cellule: dict, cas: Registre) -> dict:
    if vivant := atelier_vivant(cellule):
        return {
            **cellule,
            "outputs": [_en_html(f'<div class="vivant">{vivant.bloc(cas, "2014")}</div>')],
        }
    if atelier_montre(cellule):
        return {**cellule, "outputs": [*cellule["outputs"], _en_html(AILLEURS)]}
    return cellule


def _en_html(html: str) -> dict:
    return {"output_type": "display_data", "metadata": {}, "data": {"text/html": html}}


def _lire(chemin: Path) -> str:
    return chemin.read_text(encoding="utf-8")
