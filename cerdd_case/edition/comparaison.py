"""Comparer un carnet reconstruit à celui qui est livré."""

import json
import re
from itertools import zip_longest
from pathlib import Path
from typing import Any

from .lecture_carnet import ErreurCarnet, lire_brut, lire_carnet, sans_identifiants

IMAGE = re.compile(  # dans un texte JSON : une sortie, ou une image écrite dans une page
    r'(?<="image/png": ")[^"]*|(?<="image/jpeg": ")[^"]*'
    r"|data:image/[\w+.-]+;base64,(?:[\w+/=\s]|\\[nrt])+"
)


def comparer_les_carnets(reconstruit: Path, livre: Path, nom: str) -> list[str]:
    """Les différences entre un carnet reconstruit et le carnet livré.

    Tout compte (identifiants, textes, métadonnées, sorties) sauf les octets des images, qui
    changent avec les polices et la version de matplotlib.
    """
    try:
        brut_a, brut_b = map(lire_brut, (reconstruit, livre))
        a, b = ({c["id"]: c for c in lire_carnet(k)["cells"]} for k in (reconstruit, livre))
    except ErreurCarnet as erreur:
        return [f"{nom} {erreur.faute}."]
    differences = [
        f"{nom} : « {cle} » du carnet diffère."
        for cle in sorted((brut_a.keys() | brut_b.keys()) - {"cells"})
        if _sans_sceaux(brut_a.get(cle)) != _sans_sceaux(brut_b.get(cle))
    ]
    if sans_identifiants(brut_b):
        perdus = "des cellules n'ont plus leur identifiant (un autre outil l'a enregistré)."
        return [*differences, f"{nom} : {perdus}"]
    if list(a) != list(b):
        manquantes, en_trop = (", ".join(i for i in x if i not in y) for x, y in ((a, b), (b, a)))
        details = [manquantes and f"il manque {manquantes}", en_trop and f"{en_trop} en trop"]
        detail = " ; ".join(filter(None, details)) or "elles ne sont pas dans le même ordre"
        differences.append(f"{nom} : les cellules diffèrent ({detail}).")
    for i in filter(b.__contains__, a):
        for (mot, x), y in zip(_aspects(a[i]).items(), _aspects(b[i]).values(), strict=True):
            if x != y:
                differences.append(f"{nom}, cellule {i} : {mot} diffère.{premier_ecart(x, y)}")
    return differences


def _aspects(cellule: dict) -> dict:
    return {
        "le genre": cellule["cell_type"],
        "le texte": cellule["source"],
        "les métadonnées": cellule["metadata"],
        "le numéro d'exécution": cellule.get("execution_count"),
        "la sortie": sans_images(cellule.get("outputs", [])),
    }


def _sans_sceaux(meta: Any) -> Any:
    """Les métadonnées d'un carnet, sans les sceaux de ses images."""

    def trier(objet: dict) -> dict:
        return {cle: v for cle, v in objet.items() if cle != "images"}

    return json.loads(json.dumps(meta), object_hook=trier)


def sans_images(valeur: Any) -> Any:
    """La même valeur, où chaque image est remplacée par le mot « image »."""
    return json.loads(IMAGE.sub("image", json.dumps(valeur)))


def premier_ecart(a: Any, b: Any) -> str:
    """« Reconstruit : … / Livré : … » pour la première ligne qui n'est pas la même."""
    textes = (
        v if isinstance(v, str) else json.dumps(v, ensure_ascii=False, indent=0, sort_keys=True)
        for v in (a, b)
    )
    lignes = (map(str.strip, texte.split("\n")) for texte in textes)
    for x, y in zip_longest(*lignes, fillvalue=""):
        if x != y:
            return f" Reconstruit : « {x[:120]} ». Livré : « {y[:120]} »."
    return ""
