"""Présenter un dossier en classe : les diapositives d'un carnet validé, et leurs notes.

Le découpage est écrit dans les sources, cellule par cellule (`slideshow: {slide_type: …}`) :

- `slide`, `subslide` : une nouvelle diapositive ; `fragment` : la suite de la même, ensuite ;
- `skip` : absente des diapositives (mais exécutée) ; `notes` : réservée à l'enseignant ;
- rien : la cellule accompagne celle qui précède.

Un texte trop long pour un écran est coupé entre deux paragraphes, en parts égales (`couper`) :
corriger une phrase dans une source ne demande pas de refaire le découpage à la main.

`preparer` écrit une copie du carnet, seule à être ouverte : le carnet livré n'est jamais modifié.
"""

import copy
import itertools
import json
import math
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from ..bureau import carnets
from ..socle import fichiers
from ..socle.erreurs import ErreurCas, NomInconnu
from .images import attacher, html_de_la_cellule, incorporer
from .lecture_carnet import lire_carnet, situer

GENRES = {"slide", "subslide", "fragment", "skip", "notes"}
EXTENSION = Path(__file__).resolve().parent / "presentation"
PUCE = r"(?:[-*+]|\d+[.)]) "
SIGNES_PAR_LIGNE = 88  # aux réglages de presentation.css, sur un écran 16/9
LIGNES_PAR_ECRAN = 15.5


@dataclass
class Diapositive:
    """Une diapositive : son titre, ses cellules, ses arrêts (début et fragments), ses notes."""

    rang: int
    titre: str
    cellules: list[int] = field(default_factory=list)
    arrets: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def carnet_du_dossier(numero: str) -> Path:
    """Le carnet d'un dossier, par son numéro ; lève `NomInconnu` s'il n'existe pas."""
    connus = carnets_des_dossiers()
    cle = re.sub(r"^(dossier)?[\s_-]*0*", "", numero.strip().casefold())
    if cle not in connus:
        raise NomInconnu(f"Il n'y a pas de dossier « {numero} »", cle, connus)
    return connus[cle]


def carnets_des_dossiers() -> dict[str, Path]:
    """Les carnets validés, par numéro de dossier (« 1 » à « 4 »)."""
    dossier = carnets.dossier_des_carnets() / "corriges"
    trouves = {n: c for c in carnets.carnets(dossier) if (n := numero_du_carnet(c))}
    if not trouves:
        raise ErreurCas(f"Aucun carnet dans {dossier}. Réinstallez la collection.")
    return trouves


def numero_du_carnet(chemin: Path) -> str:
    """Le numéro de dossier d'un carnet ou d'une source, d'après son nom ; vide s'il n'en a pas."""
    trouve = re.match(r"0*([1-9]\d*)_", chemin.name)
    return trouve[1] if trouve else ""


def carnet_a_editer(chemin: Path) -> dict:
    """Un carnet construit et ses images, prêt à quitter son dossier ; lève `ErreurCas`."""
    carnet = lire_carnet(chemin)
    with situer(f"{chemin.parent.name}/{chemin.name}, "):
        for cellule in carnet["cells"]:
            if cellule["cell_type"] == "markdown":
                attacher(cellule, chemin.parent)
    return carnet


def genre(cellule: dict) -> str | None:
    """Le rôle d'une cellule dans les diapositives, ou rien."""
    trouve = cellule["metadata"].get("slideshow", {}).get("slide_type")
    return trouve if trouve in GENRES else None


def au_tableau(cellule: dict) -> bool:
    """Cette cellule n'existe-t-elle que pour les diapositives ?"""
    return "tableau" in cellule["metadata"].get("tags", [])


# --- Couper les textes longs ------------------------------------------------------------


def blocs(markdown: str) -> list[str]:
    """Les blocs d'un texte Markdown qu'une coupure peut séparer : paragraphes, titres, puces."""
    resultat: list[str] = []
    for paragraphe in re.split(r"\n\s*\n", markdown.strip("\n")):
        puces = re.split(rf"\n(?={PUCE})", paragraphe)
        liste = re.match(PUCE, puces[-1]) and not paragraphe.startswith("|")
        resultat += puces if liste else [paragraphe]
    return [b for b in resultat if b.strip()]


def hauteur(bloc: str) -> float:
    """La place d'un bloc à l'écran, en lignes."""
    if bloc.startswith("|"):
        return 1.3 * len(bloc.splitlines())
    texte = re.sub(r"[*`]", "", bloc)
    lignes = sum(max(1, math.ceil(len(li) / SIGNES_PAR_LIGNE)) for li in texte.splitlines())
    return lignes * 1.6 + 0.6 if texte.startswith("#") else lignes + 0.4


def couper(markdown: str) -> list[str]:
    """Un texte en autant de parts qu'il en faut pour tenir à l'écran, les plus égales possible."""
    morceaux = blocs(markdown)
    tailles = [hauteur(b) for b in morceaux]
    if sum(tailles) <= LIGNES_PAR_ECRAN:
        return [markdown]
    parts: list[list[str]] = []
    restant = sum(tailles)
    while morceaux:
        visee = restant / math.ceil(restant / LIGNES_PAR_ECRAN)
        pris, n = tailles[0], 1
        while n < len(morceaux) and (
            pris + tailles[n] / 2 <= visee
            and pris + tailles[n] <= LIGNES_PAR_ECRAN
            or _tete(morceaux[n - 1])
        ):
            pris += tailles[n]
            n += 1
        parts.append(morceaux[:n])
        restant -= pris
        morceaux, tailles = morceaux[n:], tailles[n:]
    return [_rassembler(part) for part in parts]


def _tete(bloc: str) -> bool:
    """Ce bloc annonce-t-il le suivant ? (un titre, une ligne en gras, une fin en deux points)"""
    en_gras = re.fullmatch(r"\*\*[^*]+\*\*", bloc)
    return bool(en_gras) or bloc.startswith("#") or bloc.rstrip().endswith(":")


def _rassembler(part: list[str]) -> str:
    texte = part[0]
    for avant, apres in itertools.pairwise(part):
        texte += ("\n" if re.match(PUCE, avant) and re.match(PUCE, apres) else "\n\n") + apres
    return texte


def decouper(carnet: dict) -> dict:
    """Une copie du carnet où chaque texte trop long commence une diapositive à chaque coupure."""
    cellules = []
    for cellule in carnet["cells"]:
        parts = [cellule["source"]]
        if cellule["cell_type"] == "markdown" and genre(cellule) not in ("skip", "notes"):
            parts = couper(parts[0])
        for rang, part in enumerate(parts, start=1):
            morceau = copy.deepcopy(cellule) | {"source": part}
            if rang > 1:
                morceau["id"] = f"{cellule['id'][:56]}-s{rang}"
                morceau["metadata"]["slideshow"] = {"slide_type": "subslide", "suite": True}
            cellules.append(morceau)
    return {**carnet, "metadata": dict(carnet["metadata"]), "cells": cellules}


# --- Les diapositives -------------------------------------------------------------------


def diapositives(carnet: dict) -> list[Diapositive]:
    """Le découpage d'un carnet ; ce qui précède la première diapositive n'en fait pas partie."""
    resultat: list[Diapositive] = []
    groupe: list[Diapositive] = []  # les diapositives d'un même texte coupé : mêmes notes
    for indice, cellule in enumerate(carnet["cells"]):
        role = genre(cellule)
        if role in ("slide", "subslide"):
            nouvelle = Diapositive(len(resultat) + 1, "", [indice], [indice])
            resultat.append(nouvelle)
            suite = cellule["metadata"]["slideshow"].get("suite")
            groupe = [*groupe, nouvelle] if suite else [nouvelle]
        elif role == "skip" or not resultat:
            continue
        elif role == "notes":
            for diapositive in groupe:
                diapositive.notes.append(incorporer(cellule))
        else:
            resultat[-1].cellules.append(indice)
            if role == "fragment":
                resultat[-1].arrets.append(indice)
    _nommer(carnet, resultat)
    return resultat


def _nommer(carnet: dict, toutes: list[Diapositive]) -> None:
    """Donne un titre à chaque diapositive : le sien, précédé de la question en cours."""
    question = dernier = ""
    for diapositive in toutes:
        niveau, titre = _titre(carnet, diapositive)
        if trouve := re.match(r"Question\s\d+\.\d+", titre):
            question, diapositive.titre = trouve[0], titre
        elif titre and niveau <= 2:
            question, diapositive.titre = "", titre
        else:
            base = titre or re.sub(r"^Question\s[0-9.]+ — ", "", dernier) + " (suite)"
            diapositive.titre = f"{question} · {base}" if question else base
        dernier = titre or dernier


def _titre(carnet: dict, diapositive: Diapositive) -> tuple[int, str]:
    """Le premier titre d'une diapositive et son niveau, ou ses premiers mots en gras (niveau 7)."""
    cellules = (carnet["cells"][i] for i in diapositive.cellules)
    textes = [c["source"] for c in cellules if c["cell_type"] == "markdown"]
    for motif in (r"^(#+)\s+(.+)$", r"\A(\s*)\*\*(.+?)\*\*"):
        for trouve in filter(None, (re.search(motif, t, re.MULTILINE) for t in textes)):
            titre = re.sub(r"[*_`]", "", trouve[2]).strip().rstrip(".:")
            return trouve[1].count("#") or 7, titre
    return 7, ""


def preparer(chemin: Path, dossier: Path, noms: Collection[str] | None = None) -> Path:
    """Écrit dans `dossier` la copie à projeter d'un carnet ; renvoie son chemin.

    `noms` : les seules diapositives à montrer, celles d'une séance ; toutes, par défaut.
    """
    carnet, gardee = decouper(carnet_a_editer(chemin)), False
    for cellule in carnet["cells"]:
        meta = cellule["metadata"]
        if genre(cellule) in ("slide", "subslide") and not meta["slideshow"].get("suite"):
            gardee = noms is None or meta.get("diapo", {}).get("nom") in noms
        if not gardee:
            meta["slideshow"] = {"slide_type": "skip"}
    toutes = diapositives(carnet)
    if not toutes:
        raise ErreurCas(
            f"{chemin.name} n'est pas découpé en diapositives : il n'y a rien à présenter."
        )
    notes = (html_de_la_cellule({"source": "\n\n".join(d.notes)}) for d in toutes)
    carnet["metadata"]["cerdd_presentation"] = {
        "titre": carnet["metadata"]["title"],
        "diapositives": [
            {"titre": d.titre, "arrets": d.arrets, "notes": n}
            for d, n in zip(toutes, notes, strict=True)
        ],
    }
    dossier.mkdir(parents=True, exist_ok=True)
    copie = dossier / chemin.name
    fichiers.ecrire_fichiers({copie: json.dumps(carnet, ensure_ascii=False, indent=1) + "\n"})
    return copie
