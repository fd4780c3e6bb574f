"""Un carnet validé est-il entier ? Ce que la construction y a noté, comparé à ce qu'on y trouve.

nbval ne compare que les cellules qui portent un numéro d'exécution : un corrigé aux sorties
effacées lui paraît juste. Ces contrôles passent donc avant lui, et avant toute impression.
"""

import base64
import copy
import io
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from .lecture_carnet import (
    ErreurCarnet,
    du_genre,
    empreinte_du_texte,
    lieu,
    lire_carnet,
    sceau,
    sceaux,
)

VUE_DE_WIDGET = "application/vnd.jupyter.widget-view+json"
IMAGES = ("image/png", "image/jpeg")
# Ceux d'une source.
REGLAGES = {"tags", "slideshow", "diapo", "reponse", "editable", "deletable", "sans_pupitre"}
ORDINAIRES: tuple = ({}, [], "", None, True)  # ce qu'un outil écrit là où la source ne dit rien


def rejoindre_les_flux(sorties: Iterable[dict]) -> list[dict]:
    """Les mêmes sorties : un flux que la lenteur de la machine a coupé en deux est recollé."""
    jointes: list[dict] = []
    for sortie in sorties:
        if "name" in sortie and jointes and jointes[-1].get("name") == sortie["name"]:
            jointes[-1]["text"] += sortie["text"]
        else:
            jointes.append(copy.copy(sortie))
    return jointes


def note_des_sorties(sorties: Iterable[dict]) -> dict:
    """Ce que la construction note des sorties d'une cellule : leurs natures, et deux sceaux.

    « textes » change avec un texte ou l'ordre, « images » avec une image. La vue d'un widget, qui
    change à chaque exécution, ne compte pas.
    """
    flux, natures, textes, images = set(), [], [], []
    for sortie in rejoindre_les_flux(sorties):
        if sortie.get("output_type") == "stream":
            flux.add(str(sortie.get("name")))
            textes.append([sortie.get("name"), sortie.get("text", "")])
        elif sortie.get("output_type") == "error":
            natures.append("error")
        for nature, valeur in sorted(sortie.get("data", {}).items()):
            if nature != VUE_DE_WIDGET:
                natures.append(nature)
                details = sortie.get("metadata", {}).get(nature, {})
                if nature in IMAGES:
                    images.append([nature, "".join(str(valeur).split()), details])
                else:
                    textes.append([nature, valeur, details])
    sceaux = (
        empreinte_du_texte(json.dumps(m, ensure_ascii=False, sort_keys=True))
        for m in (textes, images)
    )
    return {"natures": sorted([*flux, *natures])} | dict(
        zip(("textes", "images"), sceaux, strict=True)
    )


SANS_SORTIE = note_des_sorties([])


def marque(carnet: dict) -> dict:
    """Ce que la construction note dans un corrigé : le texte, les réglages et les sorties."""
    return {
        "titre": carnet["metadata"]["title"],
        "cellules": [f"{c['id']} {sceau(c)}" for c in carnet["cells"]],
        "reglages": {c["id"]: r for c in carnet["cells"] if (r := reglages(c))},
        "sorties": {
            c["id"]: note_des_sorties(c["outputs"]) for c in carnet["cells"] if c.get("outputs")
        },
    }


def reglages(cellule: dict) -> dict:
    """Les réglages d'une cellule et ses images collées, sans ce que les outils y ajoutent."""
    meta, jointes = cellule["metadata"], cellule.get("attachments")
    choisis = {c: v for c, v in meta.items() if c in REGLAGES and v not in ORDINAIRES}
    if jointes:
        choisis["jointes"] = empreinte_du_texte(json.dumps(jointes, sort_keys=True))
    return choisis


def _notes(carnet: dict) -> dict:
    """Les notes de la construction ; vides dans un carnet qu'elle n'a pas fait."""
    return du_genre(dict, carnet["metadata"].get("cerdd"))


def _sorties_notees(carnet: dict) -> dict[str, dict]:
    notes = du_genre(dict, _notes(carnet).get("sorties")).items()
    return {i: n for i, n in notes if isinstance(n, dict) and SANS_SORTIE.keys() <= n.keys()}


def fautes_d_execution(carnet: dict, nom: str) -> list[str]:
    """Une phrase par cellule de code dont l'exécution enregistrée manque ou est incomplète."""
    if _notes(carnet).get("version") == "eleves":
        return [f"{nom} est un carnet d'élève, pas un corrigé."]
    attendues, notes = _sorties_notees(carnet), sceaux(carnet["metadata"])
    cellules = {r: c for r, c in enumerate(carnet["cells"], start=1) if c["cell_type"] == "code"}
    # Un code changé puis exécuté donne, à bon droit, d'autres sorties ici et plus bas.
    meme_code = all(notes.get(c["id"]) == sceau(c) for c in cellules.values())
    fautes = []
    for rang, cellule in cellules.items():
        note = attendues.pop(cellule["id"], SANS_SORTIE)
        presentes = note_des_sorties(cellule["outputs"])
        perdues = Counter(note["natures"]) - Counter(presentes["natures"])
        possibles = {
            "aucune exécution n'est enregistrée.": cellule["execution_count"] is None,
            "une erreur est enregistrée à la place du résultat.": "error" in presentes["natures"],
            f"une sortie a disparu ({', '.join(sorted(perdues))}).": perdues,
            "une image enregistrée n'en est pas une.": not _images_lisibles(cellule["outputs"]),
            "une sortie a été retouchée depuis la construction.": meme_code
            and note["textes"] != presentes["textes"],
        }
        if cellule["source"].strip() or note["natures"]:
            fautes += _premiere(possibles, nom, rang, cellule)
    return fautes + [
        f"{nom} : une cellule de code a disparu avec ses sorties (« {identifiant} »)."
        for identifiant in attendues
    ]


def _premiere(possibles: dict[str, object], nom: str, rang: int, cellule: dict) -> list[str]:
    """La première faute dont la condition est vraie, et son lieu."""
    return [f"{lieu(nom, rang, cellule)} : {f}" for f, vraie in possibles.items() if vraie][:1]


def _images_lisibles(sorties: Iterable[dict]) -> bool:
    """Les images de ces sorties se décodent-elles toutes, jusqu'au bout ?"""
    from PIL import Image

    textes = (s["data"][genre] for s in sorties for genre in IMAGES if genre in s.get("data", {}))
    try:
        for texte in textes:
            octets = base64.b64decode("".join(str(texte).split()), validate=True)
            with Image.open(io.BytesIO(octets)) as image:
                image.load()
    except (OSError, ValueError, SyntaxError):  # tronquée, abîmée, ou tout autre chose
        return False
    return True


def fautes_de_texte(carnet: dict, nom: str) -> list[str]:
    """Une phrase par cellule tapée, réglée, redessinée, ajoutée, retirée ou déplacée depuis."""
    attendues = sceaux(carnet["metadata"])
    regles, sorties = du_genre(dict, _notes(carnet).get("reglages")), _sorties_notees(carnet)
    fautes = []
    for rang, cellule in enumerate(carnet["cells"], start=1):
        i, presentes = cellule["id"], note_des_sorties(cellule.get("outputs", []))
        possibles = {
            "cellule ajoutée depuis la construction.": i not in attendues,
            "le texte a changé depuis la construction.": attendues.get(i) != sceau(cellule),
            "ses étiquettes, ses réglages ou ses images collées ont changé.": regles.get(i, {})
            != reglages(cellule),
            "son image n'est pas celle de la construction.": presentes["images"]
            != sorties.get(i, SANS_SORTIE)["images"],
        }
        fautes += _premiere(possibles, nom, rang, cellule)
    if _notes(carnet).get("titre", "") != carnet["metadata"]["title"]:
        fautes.append(f"{nom} : le titre du carnet a changé depuis la construction.")
    ordre = [c["id"] for c in carnet["cells"]]
    retirees = [i for i in attendues if i not in ordre]
    fautes += [f"{nom} : la cellule « {i} » a été supprimée." for i in retirees]
    if not fautes and ordre != list(attendues):
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
    if not attendu or _notes(carnet).get("version") == "eleves":
        return fautes
    if not sceaux(carnet["metadata"]) or not isinstance(_notes(carnet).get("sorties"), dict):
        return [*fautes, f"{nom} ne porte plus la marque de sa construction."]
    return fautes + fautes_de_texte(carnet, nom)
