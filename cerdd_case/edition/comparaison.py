"""Comparer un carnet reconstruit à celui qui est livré."""

import json
import re
from pathlib import Path

from .lecture_carnet import ErreurCarnet, lire_brut, lire_carnet, sans_identifiants


def comparer(reconstruit: Path, livre: Path, nom: str) -> list[str]:
    """Les différences entre un carnet reconstruit et le carnet livré.

    Tout compte (identifiants, textes, métadonnées, sorties) sauf les octets des images, qui
    changent avec les polices et la version de matplotlib.
    """
    try:
        brut_a, brut_b = (lire_brut(c) for c in (reconstruit, livre))
        a, b = (lire_carnet(c) for c in (reconstruit, livre))
    except ErreurCarnet as erreur:
        return [f"{nom} {erreur.faute}."]
    differences = []
    for cle in sorted(brut_a.keys() | brut_b.keys()):
        if cle != "cells" and _hors_images(brut_a.get(cle)) != _hors_images(brut_b.get(cle)):
            differences.append(f"{nom} : « {cle} » du carnet diffère.")
    if sans_identifiants(brut_b):
        return [
            *differences,
            f"{nom} : des cellules n'ont plus leur identifiant (un autre outil l'a enregistré).",
        ]
    ids_a, ids_b = ([c["id"] for c in carnet["cells"]] for carnet in (a, b))
    if ids_a != ids_b:
        en_trop = [i for i in ids_b if i not in ids_a]
        manquantes = [i for i in ids_a if i not in ids_b]
        details = []
        if manquantes:
            details.append(f"il manque {', '.join(manquantes)}")
        if en_trop:
            details.append(f"{', '.join(en_trop)} en trop")
        ordre = "elles ne sont pas dans le même ordre"
        differences.append(f"{nom} : les cellules diffèrent ({' ; '.join(details) or ordre}).")
    par_id = {c["id"]: c for c in b["cells"]}
    for cellule in a["cells"]:
        if cellule["id"] in par_id:
            differences += _comparer_cellules(
                cellule, par_id[cellule["id"]], f"{nom}, cellule {cellule['id']}"
            )
    return differences


def _hors_images(meta):
    """Les métadonnées d'un carnet, sans les sceaux de ses images."""
    if not isinstance(meta, dict):
        return meta
    return {cle: _hors_images(valeur) for cle, valeur in meta.items() if cle != "images"}


def _comparer_cellules(a: dict, b: dict, lieu: str) -> list[str]:
    differences = []
    for cle, mot in (
        ("cell_type", "le genre"),
        ("source", "le texte"),
        ("metadata", "les métadonnées"),
        ("execution_count", "le numéro d'exécution"),
    ):
        if a.get(cle) != b.get(cle):
            differences.append(f"{lieu} : {mot} diffère.{premier_ecart(a.get(cle), b.get(cle))}")
    sorties_a, sorties_b = (sans_images(c.get("outputs", [])) for c in (a, b))
    if sorties_a != sorties_b:
        differences.append(f"{lieu} : la sortie diffère.{premier_ecart(sorties_a, sorties_b)}")
    return differences


def sans_images(valeur):
    """La même valeur, où chaque image est remplacée par le mot « image »."""

    def texte(v) -> bool:  # entier ou coupé en lignes
        return isinstance(v, str) or isinstance(v, list) and all(isinstance(x, str) for x in v)

    if isinstance(valeur, dict):
        return {
            cle: "image" if cle in ("image/png", "image/jpeg") and texte(v) else sans_images(v)
            for cle, v in valeur.items()
        }
    if isinstance(valeur, list):
        if valeur and texte(valeur):
            return sans_images("".join(valeur))
        return [sans_images(v) for v in valeur]
    if isinstance(valeur, str):
        return re.sub(r"data:image/[\w+.-]+;base64,[\w+/=\s]+", "image", valeur)
    return valeur


def premier_ecart(a, b) -> str:
    """« Reconstruit : … / Livré : … » pour la première ligne qui n'est pas la même."""
    lignes_a, lignes_b = (_lignes(v) for v in (a, b))
    for rang in range(max(len(lignes_a), len(lignes_b))):
        x, y = ("".join(lignes[rang : rang + 1]).strip() for lignes in (lignes_a, lignes_b))
        if x != y:
            return f" Reconstruit : « {x[:120]} ». Livré : « {y[:120]} »."
    return ""


def _lignes(valeur) -> list[str]:
    if isinstance(valeur, list) and all(isinstance(v, str) for v in valeur):
        return "".join(valeur).split("\n")
    if isinstance(valeur, str):
        return valeur.split("\n")
    return json.dumps(valeur, ensure_ascii=False, indent=0, sort_keys=True).split("\n")
