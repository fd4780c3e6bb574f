"""Un carnet validé est-il entier ? Ce que la construction y a noté, comparé à ce qu'on y trouve.

nbval ne compare que les cellules qui portent un numéro d'exécution : un corrigé aux sorties
effacées lui paraît juste. Ces contrôles passent donc avant lui, et avant toute impression.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from .images import debut
from .lecture_carnet import ErreurCarnet, lire_carnet, sceau, sceaux

VUE_DE_WIDGET = "application/vnd.jupyter.widget-view+json"


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
    """Ce que la construction note dans un corrigé : le texte et les sorties de chaque cellule."""
    return {
        "cellules": [f"{c['id']} {sceau(c)}" for c in carnet["cells"]],
        "sorties": {
            c["id"]: " ".join(natures(c["outputs"]))
            for c in carnet["cells"]
            if c["cell_type"] == "code" and c["outputs"]
        },
    }


def _note(carnet: dict, cle: str, genre: type):
    """Une note de la construction ; vide dans un carnet qu'elle n'a pas fait."""
    notes = carnet["metadata"].get("cerdd")
    valeur = notes.get(cle) if isinstance(notes, dict) else None
    return valeur if isinstance(valeur, genre) else genre()


def fautes_d_execution(carnet: dict, nom: str) -> list[str]:
    """Une phrase par cellule de code dont l'exécution enregistrée manque ou est incomplète."""
    if _note(carnet, "version", str) == "eleves":
        return [f"{nom} est un carnet d'élève, pas un corrigé."]
    attendues = {i: str(n).split() for i, n in _note(carnet, "sorties", dict).items()}
    fautes, vues = [], set()
    for rang, cellule in enumerate(carnet["cells"], start=1):
        if cellule["cell_type"] != "code":
            continue
        vues.add(cellule["id"])
        lieu = f"{nom}, cellule {rang} (« {debut(cellule)} »)"
        presentes = natures(cellule["outputs"])
        prevues = attendues.get(cellule["id"], [])
        perdues = Counter(prevues) - Counter(presentes)
        if not cellule["source"].strip() and not prevues:
            continue
        if cellule["execution_count"] is None:
            fautes.append(f"{lieu} : aucune exécution n'est enregistrée.")
        elif "error" in presentes:
            fautes.append(f"{lieu} : une erreur est enregistrée à la place du résultat.")
        elif perdues:
            fautes.append(f"{lieu} : une sortie a disparu ({', '.join(sorted(perdues))}).")
    fautes += [
        f"{nom} : une cellule de code a disparu avec ses sorties (« {identifiant} »)."
        for identifiant in attendues
        if identifiant not in vues
    ]
    return fautes


def fautes_de_texte(carnet: dict, nom: str) -> list[str]:
    """Une phrase par cellule tapée, ajoutée, retirée ou déplacée depuis la construction."""
    attendues = sceaux(carnet["metadata"])
    fautes = []
    for rang, cellule in enumerate(carnet["cells"], start=1):
        lieu = f"{nom}, cellule {rang} (« {debut(cellule)} »)"
        if cellule["id"] not in attendues:
            fautes.append(f"{lieu} : cellule ajoutée depuis la construction.")
        elif attendues[cellule["id"]] != sceau(cellule):
            fautes.append(f"{lieu} : le texte a changé depuis la construction.")
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
        if not sceaux(carnet["metadata"]):
            fautes.append(f"{nom} ne porte plus la marque de sa construction.")
        else:
            fautes += fautes_de_texte(carnet, nom)
    return fautes
