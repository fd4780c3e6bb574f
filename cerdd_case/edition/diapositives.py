"""Les diapositives d'un dossier : le modèle que la page, le fichier unique et les notes reçoivent.

Le découpage est écrit dans les sources, cellule par cellule (`slideshow: {slide_type: …}`) :

- `slide`, `subslide` : une nouvelle diapositive ; `fragment` : la suite de la même, à l'étape
  suivante ;
- `skip` : absente des diapositives (mais exécutée) ; `notes` : réservée à l'enseignant ;
- rien : la cellule accompagne celle qui précède.

La métadonnée `diapo` de la première cellule donne à la diapositive son nom, ses minutes, et dit si
elle donne une réponse ; `{"etapes": true}`, sur une cellule de texte, dévoile ses puces une à une.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from ..bureau import carnets
from ..socle.erreurs import ErreurCas, NomInconnu
from ..socle.typographie import minuscule
from .images import attacher, html_de_la_cellule
from .lecture_carnet import lire_carnet, situer
from .validation import IMAGES

GENRES = {"slide", "subslide", "fragment", "skip", "notes"}
ETAPE = 'class="etape"'
POUR_L_ENSEIGNANT = re.compile(r"^\*\*Pour l'enseignant\.?\*\*\s*")
TITRE = re.compile(r"^(#+)[ \t]+(.+?)[ \t]*$\n*", re.MULTILINE)
EN_GRAS = re.compile(r"\A\s*\*\*(.+?)\*\*")
ANNEXE = re.compile(
    r"<details class='cerdd-page'><summary><strong>(.*?)</strong></summary>(.*)</details>", re.S
)
FIN = ".:\u00a0\u202f "
DESCRIPTION = re.compile(r"<details><summary>Description de la figure</summary>.*?</details>", re.S)


@dataclass
class Diapositive:
    """Une diapositive, telle qu'elle se projette.

    `nom` : celui des plans de séance ; `minutes` : le temps de travail qu'elle annonce, ou rien ;
    `reponse` : donne-t-elle une réponse ? ; `notes` et `html` : en HTML, le titre à part ; `etapes` :
    combien d'éléments de classe `etape` s'y dévoilent un à un ; `rang` : sa place dans le dossier.
    """

    rang: int
    nom: str
    titre: str
    minutes: int | None = None
    reponse: bool = False
    notes: str = ""
    html: str = ""
    etapes: int = 0
    cellules: list[str] = field(default_factory=list)


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


def diaporama(
    chemin: Path, noms: Collection[str] | None = None, sans_reponses: bool = False
) -> list[Diapositive]:
    """Les diapositives d'un carnet validé ; voir `a_projeter`."""
    return a_projeter(diapositives(carnet_a_editer(chemin)), chemin.name, noms, sans_reponses)


def a_projeter(
    toutes: list[Diapositive],
    quoi: str,
    noms: Collection[str] | None = None,
    sans_reponses: bool = False,
) -> list[Diapositive]:
    """Celles qu'on projette, parmi celles de `quoi`.

    `noms` : seulement celles-là, dans cet ordre ; `sans_reponses` : sans celles qui en donnent une.
    Lève `ErreurCas` si un nom est inconnu, ou s'il ne reste rien à présenter.
    """
    if noms is not None:
        connues = {d.nom: d for d in toutes}
        for nom in noms:
            if nom not in connues:
                raise NomInconnu(f"{quoi} n'a pas de diapositive « {nom} »", nom, connues)
        toutes = [connues[nom] for nom in noms]
    gardees = [d for d in toutes if not (sans_reponses and d.reponse)]
    if not gardees:
        raise ErreurCas(f"{quoi} n'a aucune diapositive à projeter : il n'y a rien à présenter.")
    return gardees


def diapositives(carnet: dict) -> list[Diapositive]:
    """Le découpage d'un carnet ; ce qui précède la première diapositive n'en fait pas partie."""
    resultat = [_composer(rang, groupe) for rang, groupe in enumerate(_groupes(carnet), start=1)]
    _completer_les_titres(resultat)
    return resultat


def _groupes(carnet: dict) -> list[list[dict]]:
    """Les cellules projetées et les notes, diapositive par diapositive."""
    groupes: list[list[dict]] = []
    for cellule in carnet["cells"]:
        role = genre(cellule)
        if role in ("slide", "subslide"):
            groupes.append([cellule])
        elif role != "skip" and groupes:
            groupes[-1].append(cellule)
    return groupes


def _composer(rang: int, groupe: list[dict]) -> Diapositive:
    """Une diapositive et ses notes ; son titre est retiré du texte : la page le met en tête."""
    montrees = [c for c in groupe if genre(c) != "notes"]
    diapo = groupe[0]["metadata"].get("diapo", {})
    titre, textes = _titrer(montrees)
    html = "\n".join(filter(None, map(_html, montrees, textes)))
    donnees = (c for c in montrees if "corrige" in c["metadata"].get("tags", []))
    return Diapositive(
        rang,
        nom=diapo.get("nom", groupe[0]["id"]),
        titre=titre,
        minutes=diapo.get("minutes"),
        reponse=bool(
            diapo.get("reponse")
            or any(donnees)
            or any("reponse" in c["metadata"] for c in montrees)
        ),
        notes="\n".join(
            html_de_la_cellule({**c, "source": POUR_L_ENSEIGNANT.sub("", c["source"])}, niveau=1)
            for c in groupe
            if genre(c) == "notes"
        ),
        html=html,
        etapes=html.count(ETAPE),
        cellules=[c["id"] for c in montrees],
    )


def _titrer(cellules: list[dict]) -> tuple[str, list[str]]:
    """Le titre d'une diapositive (vide, si elle n'en a pas) et les textes qui restent.

    C'est le premier titre Markdown ; à défaut, les premiers mots en gras, qui restent dans le texte
    s'ils y commencent une phrase.
    """
    textes = [c["source"] if c["cell_type"] == "markdown" else "" for c in cellules]
    for i, texte in enumerate(textes):
        if trouve := TITRE.search(texte):
            textes[i] = texte[: trouve.start()] + texte[trouve.end() :]
            return _nu(trouve[2]), textes
    for i, texte in enumerate(textes):
        if trouve := EN_GRAS.match(texte):
            reste = texte[trouve.end() :]
            if not reste.strip() or reste.startswith("\n") or trouve[1][-1] in ".?!:":
                textes[i] = reste.lstrip()
            return _nu(trouve[1]).rstrip(FIN), textes
    return "", textes


def _nu(texte: str) -> str:
    return re.sub(r"[*_`]", "", texte).strip()


def _completer_les_titres(toutes: Iterable[Diapositive]) -> None:
    """Une diapositive sans titre continue la précédente ; une réponse dit à quelle question."""
    question = dernier = ""
    for diapositive in toutes:
        if trouve := re.match(r"Question\s\d+\.\d+", diapositive.titre):
            question = trouve[0]
        elif question and diapositive.titre.startswith("Réponse proposée"):
            diapositive.titre = f"{question} · {minuscule(diapositive.titre)}"
        if diapositive.titre:
            dernier = diapositive.titre
        else:
            diapositive.titre = f"{dernier} (suite)" if dernier else diapositive.nom


# --- Le HTML d'une cellule ---------------------------------------------------------------


def _html(cellule: dict, texte: str) -> str:
    """Une cellule, ses étapes marquées."""
    if cellule["cell_type"] == "code":
        html = _sorties(cellule)
    elif not texte.strip():
        return ""
    else:
        html = html_de_la_cellule({**cellule, "source": texte})
        if cellule["metadata"].get("diapo", {}).get("etapes"):
            dites = etapes(html)
            if ETAPE in dites:
                return dites
    return f"<div {ETAPE}>{html}</div>" if html and genre(cellule) == "fragment" else html


def etapes(html: str) -> str:
    """Le même HTML, où chaque puce ou ligne numérotée, hors des listes imbriquées, est une étape."""
    profondeur = 0

    def marquer(balise: re.Match) -> str:
        nonlocal profondeur
        if balise[2] != "li":
            profondeur += -1 if balise[1] else 1
        return f"<li {ETAPE}>" if balise[0] == "<li>" and profondeur == 1 else balise[0]

    return re.sub(r"<(/?)(ul|ol|li)\b[^>]*>", marquer, html)


def _sorties(cellule: dict) -> str:
    """Ce qu'une cellule affiche, tel qu'enregistré ; le noyau remplace ce qui vit (`data-rang`)."""
    rendues = "".join(_rendu(rang, s) for rang, s in enumerate(cellule["outputs"]))
    if not rendues:
        return ""
    code = f'<pre class="code" hidden>{escape(cellule["source"])}</pre>'
    return f'<div class="sortie" data-cellule="{escape(cellule["id"])}">{code}{rendues}</div>'


def _rendu(rang: int, sortie: dict) -> str:
    """Une sortie enregistrée ; une annexe devient un bouton, qui l'ouvre par-dessus la diapositive."""
    contenu = "".join(_contenu(sortie))
    if not contenu:
        return ""
    if annexe := ANNEXE.fullmatch(contenu):
        return (
            f'<button type="button" class="annexe">{annexe[1]}</button>'
            f'<template class="annexe">{annexe[2]}</template>'
        )
    return f'<div class="rendu" data-rang="{rang}">{contenu}</div>'


def _contenu(sortie: dict) -> Iterator[str]:
    donnees = sortie.get("data", {})
    html = DESCRIPTION.sub("", donnees.get("text/html", ""))
    if image := next((g for g in IMAGES if g in donnees), None):
        details = sortie.get("metadata", {}).get(image)
        details = details if isinstance(details, dict) else {}
        texte = escape(details.get("alt") or donnees.get("text/plain", ""))
        adresse = f"data:{image};base64,{donnees[image]}".replace("\n", "")
        yield f'<img class="figure" src="{adresse}" alt="{texte}">'
    elif "text/html" in donnees:
        yield html
    elif texte := donnees.get("text/plain") or sortie.get("text", ""):
        yield f"<pre>{escape(texte)}</pre>"
