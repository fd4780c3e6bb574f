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
import json
import math
import re
from dataclasses import dataclass, field
from pathlib import Path

from ..bureau import carnets
from ..socle import fichiers
from ..socle.erreurs import ErreurCas
from .images import ErreurImage, attacher, html_de_la_cellule, incorporer
from .lecture_carnet import lire_carnet, texte

GENRES = {"slide", "subslide", "fragment", "skip", "notes"}
EXTENSION = Path(__file__).resolve().parent / "presentation"
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


def carnet_du_dossier(numero: str | int, version: str = "corriges") -> Path:
    """Le carnet d'un dossier, par son numéro ; lève `ErreurCas` s'il n'existe pas."""
    connus = carnets_des_dossiers(version)
    cle = re.sub(r"^(dossier)?[\s_-]*0*", "", str(numero).strip().casefold())
    if cle not in connus:
        raise ErreurCas(
            f"Il n'y a pas de dossier « {numero} ». Choisissez parmi : {', '.join(connus)}. "
            "Par exemple : cerdd presenter 2"
        )
    return connus[cle]


def carnets_des_dossiers(version: str = "corriges") -> dict[str, Path]:
    """Les carnets construits, par numéro de dossier (« 1 » à « 4 »)."""
    dossier = carnets.dossier_des_carnets() / version
    trouves = {}
    for chemin in carnets.carnets(dossier):
        numero = re.match(r"0*(\d+)_", chemin.name)
        if numero and numero[1] != "0":
            trouves[numero[1]] = chemin
    if not trouves:
        raise ErreurCas(f"Aucun carnet dans {dossier}. Réinstallez la collection.")
    return trouves


def carnet_a_editer(chemin: Path) -> dict:
    """Un carnet construit et ses images, prêt à quitter son dossier ; lève `ErreurCas`."""
    carnet = lire_carnet(chemin)
    for cellule in carnet["cells"]:
        if cellule["cell_type"] == "markdown":
            try:
                attacher(cellule, chemin.parent)
            except ErreurImage as erreur:
                raise ErreurCas(f"{chemin.parent.name}/{chemin.name}, {erreur}") from None
    return carnet


def genre(cellule: dict) -> str | None:
    """Le rôle d'une cellule dans les diapositives, ou rien."""
    trouve = cellule["metadata"].get("slideshow", {}).get("slide_type")
    return trouve if trouve in GENRES else None


def source(cellule: dict) -> str:
    """Le texte d'une cellule."""
    return texte(cellule["source"])


# --- Couper les textes longs ------------------------------------------------------------


def blocs(markdown: str) -> list[str]:
    """Les blocs d'un texte Markdown qu'une coupure peut séparer : paragraphes, titres, puces."""
    resultat: list[str] = []
    for paragraphe in re.split(r"\n\s*\n", markdown.strip("\n")):
        puces = re.split(r"\n(?=(?:[-*+]|\d+[.)]) )", paragraphe)
        if re.match(r"(?:[-*+]|\d+[.)]) ", puces[-1]) and not paragraphe.startswith("|"):
            resultat += puces
        else:
            resultat.append(paragraphe)
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
    return (
        bloc.startswith("#")
        or bool(re.fullmatch(r"\*\*[^*]+\*\*", bloc))
        or bloc.rstrip().endswith(":")
    )


def _rassembler(part: list[str]) -> str:
    texte = part[0]
    for avant, apres in zip(part, part[1:], strict=False):
        puce = r"(?:[-*+]|\d+[.)]) "
        texte += ("\n" if re.match(puce, avant) and re.match(puce, apres) else "\n\n") + apres
    return texte


def decouper(carnet: dict) -> dict:
    """Une copie du carnet où chaque texte trop long commence une diapositive à chaque coupure."""
    carnet = copy.deepcopy(carnet)
    cellules: list[dict] = []
    for cellule in carnet["cells"]:
        role = genre(cellule)
        parts = [source(cellule)]
        if cellule["cell_type"] == "markdown" and role not in ("skip", "notes"):
            parts = couper(parts[0])
        for rang, part in enumerate(parts):
            morceau = copy.deepcopy(cellule)
            morceau["source"] = part
            if rang:
                morceau["id"] = f"{cellule['id'][:56]}-s{rang + 1}"
                morceau["metadata"]["slideshow"] = {"slide_type": "subslide", "suite": True}
            cellules.append(morceau)
    carnet["cells"] = cellules
    return carnet


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
        titre = _titre(carnet, diapositive)
        if trouve := re.match(r"Question \d+\.\d+", titre):
            question = trouve[0]
            diapositive.titre = titre
        elif titre and _niveau(carnet, diapositive) <= 2:
            question = ""
            diapositive.titre = titre
        else:
            base = titre or (f"{re.sub(r'^Question [0-9.]+ — ', '', dernier)} (suite)")
            diapositive.titre = f"{question} · {base}" if question else base
        dernier = titre or dernier


def _niveau(carnet: dict, diapositive: Diapositive) -> int:
    """Le niveau du premier titre (1 à 6) ; 7 quand il n'y en a pas."""
    for indice in diapositive.cellules:
        cellule = carnet["cells"][indice]
        if cellule["cell_type"] == "markdown" and (
            trouve := re.search(r"^(#+)\s", source(cellule), re.MULTILINE)
        ):
            return len(trouve[1])
    return 7


def _titre(carnet: dict, diapositive: Diapositive) -> str:
    """Le premier titre d'une diapositive, ou ses premiers mots en gras."""
    for motif in (r"^#+\s+(.+)$", r"\A\s*\*\*(.+?)\*\*"):
        for indice in diapositive.cellules:
            cellule = carnet["cells"][indice]
            if cellule["cell_type"] == "markdown" and (
                trouve := re.search(motif, source(cellule), re.MULTILINE)
            ):
                return re.sub(r"[*_`]", "", trouve[1]).strip().rstrip(".:")
    return ""


def plan(carnet: dict) -> dict:
    """Ce que la page de présentation a besoin de savoir, prêt pour les métadonnées du carnet."""
    return {
        "titre": carnet["metadata"]["title"],
        "diapositives": [
            {
                "titre": d.titre,
                "arrets": d.arrets,
                "notes": html_de_la_cellule({"source": "\n\n".join(d.notes)}),
            }
            for d in diapositives(carnet)
        ],
    }


def preparer(chemin: Path, dossier: Path) -> Path:
    """Écrit dans `dossier` la copie à projeter d'un carnet ; renvoie son chemin."""
    carnet = decouper(carnet_a_editer(chemin))
    for cellule in carnet["cells"]:
        if genre(cellule) in ("slide", "subslide"):
            break
        cellule["metadata"]["slideshow"] = {"slide_type": "skip"}
    projet = plan(carnet)
    if not projet["diapositives"]:
        raise ErreurCas(
            f"{chemin.name} n'est pas découpé en diapositives : il n'y a rien à présenter."
        )
    carnet["metadata"]["cerdd_presentation"] = projet
    dossier.mkdir(parents=True, exist_ok=True)
    copie = dossier / chemin.name
    fichiers.ecrire({copie: json.dumps(carnet, ensure_ascii=False, indent=1) + "\n"})
    return copie
