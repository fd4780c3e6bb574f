"""Le début et la fin de chaque séance, dans les carnets et au tableau ; les pages de l'examen.

Ces cellules sont écrites par la construction, depuis les plans : mêmes mots chez l'élève et au tableau,
et dans le corrigé seul, une note pour l'enseignant.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..donnees.controles_des_seances import EXAMEN
from ..donnees.paquet import Donnees
from ..socle.typographie import INSECABLE, insecables, majuscule
from .diapositives import carnet_a_editer, carnet_du_dossier, numero_du_carnet
from .seances import (
    PAGE_D_EXAMEN,
    Seance,
    controler_le_carnet,
    controler_le_decoupage,
    lire_les_seances,
    placer_les_questions,
    suivante,
)

AU_TABLEAU = {"slideshow": {"slide_type": "slide"}}
CONDITIONS = ("EP-03", "EP-04", "EP-05", "EP-06", "EP-07", "EP-08")  # data/epreuve.csv


def marquer_les_seances(versions: Mapping[str, Any], chemin: Path, donnees: Donnees) -> None:
    """Place dans les deux versions d'un carnet le début et la fin de ses séances, et contrôle leurs plans.

    `chemin` : la source ou le carnet, dont le nom donne le dossier. Lève `ErreurCas`.
    """
    toutes = lire_les_seances(donnees)
    numero, nom = numero_du_carnet(chemin), f"corriges/{chemin.stem}.ipynb"
    siennes = [s for s in toutes.values() if s.numerotee and s.dossier == numero]
    for version, carnet in versions.items() if siennes else ():
        places = placer_les_questions(carnet, siennes, nom)
        debuts = [places[s.questions[0]] for s in siennes]
        coupes = zip(siennes, debuts, [*debuts[1:], len(carnet.cells)], strict=True)
        cellules = carnet.cells[: debuts[0]]
        for seance, debut, fin in coupes:
            avant, apres = _autour(seance, toutes, version)
            cellules += [*avant, *carnet.cells[debut:fin], *apres]
        carnet.cells = cellules
    for controler in (controler_le_carnet, controler_le_decoupage):
        controler(versions["corriges"], chemin.with_suffix(".ipynb"), toutes)


def ouverture(seance: Seance, toutes: Mapping[str, Seance]) -> str:
    """Ce que la classe lit au début : durée, questions, objectifs, ce qu'elle rendra."""
    combien = len([s for s in toutes.values() if s.numerotee])
    place = f" · séance {seance.code} sur {combien}" if seance.numerotee else ""
    objectifs = "\n".join(f"- {majuscule(o)}" for o in seance.objectifs)
    return (
        f"## {seance.nom} — {seance.titre}\n\n"
        f"{seance.duree} · {seance.portee}{place}\n\n{objectifs}\n\n"
        f"**À la fin, rendez :** {seance.production}."
    )


def fermeture(seance: Seance, toutes: Mapping[str, Seance]) -> str:
    """Ce que la classe lit à la fin : ce qu'elle rend, ce qu'elle prépare, la prochaine séance."""
    return (
        f"## Fin de la {seance.nom[0].lower()}{seance.nom[1:]}\n\n"
        f"**Rendez :** {seance.production}.\n\n"
        f"**À la maison :** {seance.a_la_maison}\n\n"
        f"**La prochaine fois :** {prochaine(seance, toutes)}"
    )


def prochaine(seance: Seance, toutes: Mapping[str, Seance]) -> str:
    """La séance qui suit, en une phrase."""
    if apres := suivante(seance, toutes):
        change = f" (dossier {apres.dossier})" if apres.dossier != seance.dossier else ""
        return f"séance {apres.code}, {apres.titre}{change}."
    if seance.code == EXAMEN:
        return "la correction, avec le barème proposé."
    return "le sujet entier, en temps limité : le parcours est terminé."


def _autour(seance: Seance, toutes: Mapping[str, Seance], version: str) -> tuple[list, list]:
    """Les cellules qui ouvrent et ferment une séance, avec leurs notes dans un corrigé."""
    phases = "\n".join(f"- {p.debut}–{p.fin} min : {p.activite}" for p in seance.phases)
    conduite = (
        f"{majuscule(seance.lieu)}.\n\n{phases}\n\nSi le temps manque : {seance.si_le_temps_manque}"
    )
    ramasser = "Faites lire cette page à voix haute, puis ramassez ce qui est à rendre."
    return (
        _repere(seance.debut, ouverture(seance, toutes), conduite, version),
        _repere(seance.fin, fermeture(seance, toutes), ramasser, version),
    )


def _repere(nom: str, texte: str, note: str, version: str) -> list[Any]:
    """Une cellule d'élève, verrouillée ; ou la diapositive du corrigé et sa note."""
    from nbformat import v4

    if version == "eleves":
        meta: dict = {"deletable": False, "editable": False, **AU_TABLEAU}
        return [v4.new_markdown_cell(insecables(texte), id=nom, metadata=meta)]
    meta = {**AU_TABLEAU, "diapo": {"nom": nom}}
    notes = {"tags": ["corrige"], "slideshow": {"slide_type": "notes"}}
    pour_lui = insecables(f"**Pour l'enseignant.** {note}")
    return [
        v4.new_markdown_cell(insecables(texte), id=nom, metadata=meta),
        v4.new_markdown_cell(pour_lui, id=f"{nom}-notes", metadata=notes),
    ]


# --- Présenter ----------------------------------------------------------------------------


def carnet_de(seance: Seance, donnees: Donnees) -> dict:
    """Le carnet où sont les `diapositives_de` cette séance : le corrigé de son dossier.

    La découverte n'y a ni début ni fin : on les lui ajoute. L'examen, qui n'a pas de dossier, a son
    carnet : les conditions de l'épreuve, puis une page par phase.
    """
    carnet: dict = {"cells": [], "metadata": {"title": f"{seance.nom} — {seance.titre}"}}
    if seance.dossier:
        carnet = carnet_a_editer(carnet_du_dossier(seance.dossier))
    if not seance.numerotee:
        avant, apres = _autour(seance, lire_les_seances(donnees), "corriges")
        milieu = carnet["cells"] or list(_pages_de_l_examen(seance, donnees))
        carnet["cells"] = [*map(dict, avant), *milieu, *map(dict, apres)]
    return carnet


def _pages_de_l_examen(seance: Seance, donnees: Donnees) -> Iterator[dict]:
    """Une page par phase, avec son minuteur ; la première rappelle les conditions de l'épreuve."""
    faits = donnees.annexe("epreuve").set_index("fait_id")["fait"]
    regles = "\n".join(f"- {faits[f]}" for f in CONDITIONS)
    for p in seance.phases:
        texte = f"## De {_heure(p.debut)} à {_heure(p.fin)}\n\n{p.activite}"
        texte += f"\n\n{regles}" * (p.debut == 0)
        notes = " ".join(filter(None, (p.a_surveiller, p.imprevu)))
        page, note = map(dict, _repere(PAGE_D_EXAMEN.format(p.debut), texte, notes, "corriges"))
        page["metadata"]["diapo"]["minutes"] = p.minutes
        yield page
        yield note


def _heure(minutes: int) -> str:
    """« 1 h 05 » depuis le début de la séance."""
    return f"{minutes // 60}{INSECABLE}h{INSECABLE}{minutes % 60:02}"
