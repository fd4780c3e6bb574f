"""Lire `datapackage.json` : ce que chaque tableau contient, et ce que ses cases ont le droit d'être.

C'est un Frictionless Data Package (Table Schema). Ce que la collection ne sait pas faire respecter
n'est pas dans `RESSOURCE`, et se refuse : une contrainte écrite n'est jamais ignorée.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, get_args

from ..socle.erreurs import ErreurDonnees
from .fautes import CaseFausse, Doublon, EnDesaccord, FichierFautif, NomImprevu, ValeurRefusee

# Une forme : {propriété: forme} (« ? » : facultative), [forme de chaque élément], le genre d'une
# valeur, un texte à écrire tel quel, ou None : ce que l'on veut.
GENRES = {
    str: "un texte", bool: "true ou false", int: "un nombre entier", float: "un nombre décimal",
    dict: "une description entre accolades", list: "une liste, qui ne soit pas vide",
}  # fmt: skip
TOUTES = {"required?": bool, "unique?": bool}
CONTRAINTES: dict[str, dict] = {
    "string": TOUTES | {"enum?": [str], "pattern?": str, "minLength?": int, "maxLength?": int},
    "integer": TOUTES | {"enum?": [int], "minimum?": int, "maximum?": int},
    "number": TOUTES | {"minimum?": int | float, "maximum?": int | float},
    "boolean": TOUTES,
}
CHAMP = {
    "name": str, "type": str, "constraints?": dict, "decimalChar?": ".", "trueValues?": [str],
    "falseValues?": [str], "title?": None, "description?": None, "cas:unite?": str,
    "cas:indispensables?": dict,
}  # fmt: skip
LIEN = {"fields": [str], "reference": {"resource?": str, "fields": [str]}}
RESSOURCE = {
    "name": str, "path": str, "title": str, "sources": [{"title": str, "path?": None}],
    "schema": {"fields": [CHAMP], "primaryKey": [str], "foreignKeys?": [LIEN]},
    "type?": "table", "format?": "csv", "encoding?": "utf-8", "mediatype?": None,
    "description?": None, "$schema?": None, "licenses?": None, "cas:lecture_proposee?": bool,
}  # fmt: skip
DU_SUJET = RESSOURCE | {  # d'une annexe ou d'un document
    "cas:annexe?": int | str, "cas:document?": str, "cas:table": str, "cas:nature": str,
    "cas:dossiers": [int], "cas:page?": int,
}  # fmt: skip
EN_FRANCAIS = {  # ce que devient une propriété, dans un `Champ`
    "required": "obligatoire", "unique": "unique", "minimum": "minimum", "maximum": "maximum",
    "enum": "liste", "pattern": "motif", "minLength": "longueur_min", "maxLength": "longueur_max",
    "trueValues": "vrais", "falseValues": "faux", "cas:unite": "unite",
    "cas:indispensables": "indispensables",
}  # fmt: skip


def _suivre(valeur: Any, forme: Any, lieu: str) -> None:
    """Lève `ErreurDonnees` là où une description ne suit pas sa forme ; « cas: » reste libre."""
    admis = get_args(forme) or (forme if isinstance(forme, type) else type(forme),)
    convient = type(valeur) in admis and valeur != []
    attendu = " ou ".join(GENRES.get(genre, "") for genre in admis)
    if isinstance(forme, str):
        attendu, convient = f"« {forme} »", valeur == forme
    elif type(valeur) in (int, float):
        convient = convient and abs(valeur) < 1e15
    if forme is not None and not convient:
        raise ValeurRefusee(lieu, str(valeur)[:60], "", f"Écrivez {attendu}")
    if isinstance(forme, dict):
        if manquantes := [cle for cle in forme if not cle.endswith("?") and cle not in valeur]:
            raise CaseFausse(lieu, f"il manque {', '.join(manquantes)}", "Complétez sa description")
        formes = {cle.removesuffix("?"): suite for cle, suite in forme.items()}
        for cle, contenu in valeur.items():
            if cle in formes or not cle.startswith("cas:"):
                NomImprevu.si_absent(cle, formes, lieu)
                _suivre(contenu, formes[cle], f"{lieu}, {'champ' if cle == 'fields' else cle}")
    elif isinstance(forme, list):
        for rang, contenu in enumerate(valeur, start=1):
            _suivre(contenu, forme[0], f"{lieu} n° {rang}{_nom(contenu)}")


def _nom(fiche: Any) -> str:
    return f" ({fiche['name']})" if isinstance(fiche, dict) and fiche.get("name") else ""


# --- Les tableaux --------------------------------------------------------------------------


@dataclass(frozen=True)
class Champ:
    """Une colonne : son nom, son type et ses contraintes, prêtes à servir."""

    nom: str
    genre: str
    unite: str = ""
    obligatoire: bool = False
    unique: bool = False
    minimum: float = -math.inf
    maximum: float = math.inf
    liste: Sequence | None = None
    motif: str = "(?s:.*)"
    longueur_min: int = 0
    longueur_max: float = math.inf
    vrais: Sequence[str] = ("true",)
    faux: Sequence[str] = ("false",)
    indispensables: dict[str, str] = field(default_factory=dict)  # code d'une ligne : unité lue


class Lien(NamedTuple):
    """Une clé étrangère : les valeurs de `colonnes` existent dans `cibles` du tableau `table`."""

    colonnes: Sequence[str]
    table: str
    cibles: Sequence[str]


@dataclass(frozen=True)
class Description:
    """Un tableau : son fichier, ses colonnes, sa clé et ses liens."""

    nom: str
    chemin: str
    titre: str
    source: str
    champs: tuple[Champ, ...]
    cle: tuple[str, ...]
    liens: tuple[Lien, ...]

    @property
    def noms(self) -> list[str]:
        """Les noms des colonnes, dans l'ordre."""
        return [champ.nom for champ in self.champs]

    def champ(self, nom: str) -> Champ:
        """La colonne de ce nom ; lève `ValueError` si elle n'existe pas."""
        return self.champs[self.noms.index(nom)]


def lire_paquet(chemin: Path) -> tuple[list[dict], dict[str, Description]]:
    """Les ressources d'un `datapackage.json`, telles qu'écrites et prêtes à servir.

    Lève `ErreurDonnees` : fichier illisible, description incomplète, contradictoire ou qui demande
    ce que la collection ne sait pas contrôler.
    """
    ressources = _lire_json(chemin)
    descriptions: dict[str, Description] = {}
    pris: dict[str, str] = {}
    for rang, ressource in enumerate(ressources, start=1):
        lieu = f"{chemin}, tableau n° {rang}{_nom(ressource)}"
        placees = [cle for cle in ("cas:annexe", "cas:document") if cle in ressource]
        _suivre(ressource, DU_SUJET if placees else RESSOURCE, lieu)
        noms = [f"le nom « {ressource['name']} »"]
        for cle in placees:
            noms.append(f"le tableau « {ressource['cas:table']} » de {cle} {ressource[cle]}")
        for nom in noms:
            if nom in pris:
                raise CaseFausse(lieu, f"{nom} est déjà celui du {pris[nom]}", "Changez-le")
            pris[nom] = f"tableau n° {rang}"
        descriptions[ressource["name"]] = _decrire(ressource, lieu)
    for description in descriptions.values():
        lieu = f"{chemin}, {pris[f'le nom « {description.nom} »']} ({description.nom}), foreignKeys"
        for lien in description.liens:
            NomImprevu.si_absent(lien.table, descriptions, lieu)
            for colonne in lien.cibles:
                NomImprevu.si_absent(
                    colonne, descriptions[lien.table].noms, f"{lieu}, {lien.table}"
                )
    return ressources, descriptions


def _lire_json(chemin: Path) -> list[dict]:
    def objet(paires: list[tuple]) -> dict:
        for cle, combien in Counter(cle for cle, _ in paires).items():
            if combien > 1:
                raise Doublon(chemin, cle, "entre les mêmes accolades")
        return dict(paires)

    faute = "ne décrit pas les tableaux (clé « resources »)"
    try:
        paquet = json.loads(chemin.read_text(encoding="utf-8-sig"), object_pairs_hook=objet)
        ressources = paquet.get("resources") if isinstance(paquet, dict) else None
        if ressources and isinstance(ressources, list) and {*map(type, ressources)} == {dict}:
            return ressources
    except json.JSONDecodeError as erreur:
        raise CaseFausse(
            f"{chemin}, ligne {erreur.lineno}, colonne {erreur.colno}", "ce n'est pas du JSON",
            "Vérifiez les virgules et les guillemets, ou remettez le fichier d'origine",
        ) from None  # fmt: skip
    except ErreurDonnees:
        raise
    except UnicodeDecodeError:
        faute = "n'est pas enregistré en UTF-8"
    except (OSError, ValueError, RecursionError):  # fermé, nombre démesuré, imbriqué sans fin
        faute = "n'est pas lisible"
    raise FichierFautif(chemin, faute)


def sources(ressource: dict) -> str:
    """D'où vient un tableau : le sujet ou le document, puis la source que le sujet cite lui-même."""
    return "\u202f; ".join(source["title"] for source in ressource["sources"])


def _decrire(ressource: dict, lieu: str) -> Description:
    schema = ressource["schema"]
    champs = tuple(_champ(fiche, f"{lieu}, champ {fiche['name']}") for fiche in schema["fields"])
    noms = [champ.nom for champ in champs]
    for nom, combien in Counter(nom.casefold() for nom in noms).items():
        if combien > 1:
            raise Doublon(lieu, nom, "parmi les champs")
    liens = tuple(
        Lien(lien["fields"], cible.get("resource") or ressource["name"], cible["fields"])
        for lien in schema.get("foreignKeys", ()) for cible in [lien["reference"]]
    )  # fmt: skip
    for lien in liens:
        if len(lien.colonnes) != len(lien.cibles):
            faute = "un lien n'a pas autant de champs des deux côtés"
            raise EnDesaccord(f"{lieu}, foreignKeys", faute)
    cle = tuple(schema["primaryKey"])
    for nom in (*cle, *(nom for lien in liens for nom in lien.colonnes)):
        NomImprevu.si_absent(nom, noms, lieu)
    nom, source = ressource["name"], sources(ressource)
    return Description(nom, ressource["path"], ressource["title"], source, champs, cle, liens)


def _champ(fiche: dict, lieu: str) -> Champ:
    NomImprevu.si_absent(genre := fiche["type"], CONTRAINTES, f"{lieu}, type")
    contraintes = fiche.get("constraints", {})
    _suivre(contraintes, CONTRAINTES[genre], f"{lieu}, constraints d'un « {genre} »")
    try:
        re.compile(motif := contraintes.get("pattern", ""))
    except (re.error, RecursionError, OverflowError):
        faute = f"« {motif} » n'est pas un motif"
        raise CaseFausse(f"{lieu}, pattern", faute, "Corrigez l'expression régulière") from None
    ecrites = (fiche | contraintes).items()
    lues = {EN_FRANCAIS[cle]: valeur for cle, valeur in ecrites if cle in EN_FRANCAIS}
    return Champ(nom=fiche["name"], genre=genre, **lues)
