"""Un carnet validé est-il entier ? Ce que la construction y a noté, comparé à ce qu'on y trouve.

nbval ne compare que les cellules qui portent un numéro d'exécution : un corrigé aux sorties
effacées lui paraît juste. Ces contrôles passent donc avant lui, et avant toute impression.
"""

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from .images import debut, est_une_image
from .lecture_carnet import ErreurCarnet, lire_carnet, sceau, sceaux

VUE_DE_WIDGET = "application/vnd.jupyter.widget-view+json"
IMAGES = ("image/png", "image/jpeg")
REGLAGES = {"tags", "slideshow", "reponse", "editable", "deletable"}  # ceux d'une source
ORDINAIRES = ({}, [], "", None, True)  # ce qu'un outil écrit là où la source ne dit rien


def natures(sorties: Iterable[dict]) -> list[str]:
    """Ce que des sorties montrent, sans leur valeur : « stdout », « image/png », « text/html »…

    Un même flux coupé en deux, ou la vue d'un widget, n'y change rien.
    """
    flux, reste = set(), []
    for sortie in sorties:
        if sortie.get("output_type") == "stream":
            flux.add(str(sortie.get("name")))
        elif sortie.get("output_type") == "error":
            reste.append("error")
        else:
            reste += set(sortie.get("data", {})) - {VUE_DE_WIDGET}
    return sorted([*flux, *reste])


def marque(carnet: dict) -> dict:
    """Ce que la construction note dans un corrigé : le texte, les réglages et les sorties."""
    return {
        "titre": carnet["metadata"]["title"],
        "cellules": [f"{c['id']} {sceau(c)}" for c in carnet["cells"]],
        "reglages": {c["id"]: r for c in carnet["cells"] if (r := reglages(c))},
        "sorties": {
            c["id"]: {
                "natures": natures(c["outputs"]),
                "textes": sceau_des_sorties(c["outputs"], images=False),
                "images": sceau_des_sorties(c["outputs"], images=True),
            }
            for c in carnet["cells"]
            if c["cell_type"] == "code" and c["outputs"]
        },
    }


def reglages(cellule: dict) -> dict:
    """Les réglages d'une cellule et ses images collées, sans ce que les outils y ajoutent."""
    jointes = cellule.get("attachments")
    contenu = json.dumps(jointes, sort_keys=True).encode()
    return ({"jointes": hashlib.sha256(contenu).hexdigest()[:12]} if jointes else {}) | {
        cle: valeur
        for cle, valeur in cellule["metadata"].items()
        if cle in REGLAGES and valeur not in ORDINAIRES
    }


def sceau_des_sorties(sorties: Iterable[dict], images: bool) -> str:
    """Ce qui change dès qu'une image change, ou (`images=False`) un texte ou leur ordre.

    La vue d'un widget n'y compte pas : elle change à chaque exécution. Un flux coupé, non plus.
    """
    morceaux: list[list] = []
    for sortie in sorties:
        if sortie.get("output_type") == "stream":
            if morceaux and morceaux[-1][0] == sortie.get("name"):
                morceaux[-1][1] += sortie.get("text", "")
            else:
                morceaux.append([sortie.get("name"), sortie.get("text", "")])
            continue
        for genre, valeur in sorted(sortie.get("data", {}).items()):
            if genre != VUE_DE_WIDGET and (genre in IMAGES) == images:
                image = "".join(valeur.split()) if images else valeur
                morceaux.append([genre, image, sortie.get("metadata", {}).get(genre, {})])
    if images:
        morceaux = [m for m in morceaux if m[0] in IMAGES]
    contenu = json.dumps(morceaux, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(contenu.encode()).hexdigest()[:12]


def _note(carnet: dict, cle: str, genre: type):
    """Une note de la construction ; vide dans un carnet qu'elle n'a pas fait."""
    notes = carnet["metadata"].get("cerdd")
    valeur = notes.get(cle) if isinstance(notes, dict) else None
    return valeur if isinstance(valeur, genre) else genre()


SANS_SORTIE = {
    "natures": [],
    "textes": sceau_des_sorties([], images=False),
    "images": sceau_des_sorties([], images=True),
}


def fautes_d_execution(carnet: dict, nom: str) -> list[str]:
    """Une phrase par cellule de code dont l'exécution enregistrée manque ou est incomplète."""
    if _note(carnet, "version", str) == "eleves":
        return [f"{nom} est un carnet d'élève, pas un corrigé."]
    attendues = _sorties_notees(carnet)
    notes = sceaux(carnet["metadata"])
    # Un code changé puis exécuté donne, à bon droit, d'autres sorties ici et plus bas.
    meme_code = all(
        notes.get(c["id"]) == sceau(c) for c in carnet["cells"] if c["cell_type"] == "code"
    )
    fautes, vues = [], set()
    for rang, cellule in enumerate(carnet["cells"], start=1):
        if cellule["cell_type"] != "code":
            continue
        vues.add(cellule["id"])
        lieu = f"{nom}, cellule {rang} (« {debut(cellule)} »)"
        presentes = natures(cellule["outputs"])
        note = attendues.get(cellule["id"], SANS_SORTIE)
        prevues = note["natures"]
        perdues = Counter(prevues) - Counter(presentes)
        if not cellule["source"].strip() and not prevues:
            continue
        if cellule["execution_count"] is None:
            fautes.append(f"{lieu} : aucune exécution n'est enregistrée.")
        elif "error" in presentes:
            fautes.append(f"{lieu} : une erreur est enregistrée à la place du résultat.")
        elif perdues:
            fautes.append(f"{lieu} : une sortie a disparu ({', '.join(sorted(perdues))}).")
        elif not all(map(est_une_image, _images(cellule["outputs"]))):
            fautes.append(f"{lieu} : une image enregistrée n'en est pas une.")
        elif meme_code and note["textes"] != sceau_des_sorties(cellule["outputs"], False):
            fautes.append(f"{lieu} : une sortie a été retouchée depuis la construction.")
    fautes += [
        f"{nom} : une cellule de code a disparu avec ses sorties (« {identifiant} »)."
        for identifiant in attendues
        if identifiant not in vues
    ]
    return fautes


def _sorties_notees(carnet: dict) -> dict[str, dict]:
    return {
        identifiant: note
        for identifiant, note in _note(carnet, "sorties", dict).items()
        if isinstance(note, dict) and {"natures", "textes", "images"} <= set(note)
    }


def _images(sorties: Iterable[dict]) -> Iterable[bytes]:
    """Les images de ces sorties ; vides quand elles ne se décodent pas."""
    for sortie in sorties:
        for genre in IMAGES:
            if genre in sortie.get("data", {}):
                try:
                    yield base64.b64decode(
                        "".join(str(sortie["data"][genre]).split()), validate=True
                    )
                except ValueError:
                    yield b""


def fautes_de_texte(carnet: dict, nom: str) -> list[str]:
    """Une phrase par cellule tapée, réglée, redessinée, ajoutée, retirée ou déplacée depuis."""
    attendues = sceaux(carnet["metadata"])
    regles, sorties = _note(carnet, "reglages", dict), _sorties_notees(carnet)
    fautes = []
    for rang, cellule in enumerate(carnet["cells"], start=1):
        lieu = f"{nom}, cellule {rang} (« {debut(cellule)} »)"
        if cellule["id"] not in attendues:
            fautes.append(f"{lieu} : cellule ajoutée depuis la construction.")
        elif attendues[cellule["id"]] != sceau(cellule):
            fautes.append(f"{lieu} : le texte a changé depuis la construction.")
        elif regles.get(cellule["id"], {}) != reglages(cellule):
            fautes.append(
                f"{lieu} : ses étiquettes, ses réglages ou ses images collées ont changé."
            )
        elif cellule["cell_type"] == "code" and (
            sorties.get(cellule["id"], SANS_SORTIE)["images"]
            != sceau_des_sorties(cellule["outputs"], images=True)
        ):
            fautes.append(f"{lieu} : son image n'est pas celle de la construction.")
    if _note(carnet, "titre", str) != carnet["metadata"]["title"]:
        fautes.append(f"{nom} : le titre du carnet a changé depuis la construction.")
    presentes = [c["id"] for c in carnet["cells"]]
    retirees = [i for i in attendues if i not in presentes]
    fautes += [f"{nom} : la cellule « {i} » a été supprimée." for i in retirees]
    if not fautes and presentes != list(attendues):
        fautes.append(f"{nom} : les cellules ne sont plus dans le même ordre.")
    return fautes


def fautes_du_carnet(chemin: Path, attendu: bool) -> list[str]:
    """Les fautes d'un carnet de `corriges/` ; `attendu` : la construction en est l'auteur."""
    nom = chemin.name
    try:
        carnet = lire_carnet(chemin)
    except ErreurCarnet as erreur:
        return [str(erreur)]
    fautes = fautes_d_execution(carnet, nom)
    if attendu and _note(carnet, "version", str) != "eleves":
        notes = carnet["metadata"].get("cerdd")
        if not sceaux(carnet["metadata"]) or not isinstance(notes.get("sorties"), dict):
            fautes.append(f"{nom} ne porte plus la marque de sa construction.")
        else:
            fautes += fautes_de_texte(carnet, nom)
    return fautes
