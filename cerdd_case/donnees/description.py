"""Lire `datapackage.json` : ce que chaque tableau contient, et ce que ses cases ont le droit d'être.

C'est un Frictionless Data Package (Table Schema). Ce que ce module ne sait pas faire
respecter, il le refuse : une contrainte écrite n'est jamais ignorée.
"""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from ..socle.erreurs import ErreurDonnees
from .champ import (
    Champ,
    connaitre,
    exiger,
    lire_champ,
    objet,
    par_un_nom,
    par_un_numero,
    proprietes,
    textes,
)

# Ce que l'on peut écrire à chaque étage ; s'y ajoutent les propriétés de la collection (« cas: »).
RESSOURCE = ("name", "path", "title", "description", "$schema", "type", "format", "mediatype",
             "encoding", "sources", "licenses", "schema", "dialect")  # fmt: skip
SCHEMA = ("fields", "primaryKey", "foreignKeys", "missingValues", "$schema", "title", "description")
DIALECTE = ("delimiter", "quoteChar", "doubleQuote", "escapeChar", "skipInitialSpace", "header",
            "lineTerminator", "$schema")  # fmt: skip


# La place d'un tableau dans le sujet : ce que l'on peut en écrire.
PLACE = {
    "cas:annexe": (lambda v: par_un_numero(v) or par_un_nom(v), "un numéro ou un nom"),
    "cas:document": (par_un_nom, "un nom"),
    "cas:table": (par_un_nom, "un nom"),
    "cas:nature": (par_un_nom, "un nom"),
    "cas:dossiers": (
        lambda v: isinstance(v, list) and all(map(par_un_numero, v)), "une liste de numéros"
    ),
    "cas:page": (par_un_numero, "un numéro"),
}  # fmt: skip


@dataclass(frozen=True)
class Lien:
    """Une clé étrangère : les valeurs de `colonnes` existent dans `cibles` du tableau `table`."""

    colonnes: tuple[str, ...]
    table: str
    cibles: tuple[str, ...]


@dataclass(frozen=True)
class Description:
    """Un tableau : son fichier, ses colonnes, sa clé, ses liens et la forme de son CSV."""

    nom: str
    chemin: str
    titre: str
    source: str
    champs: tuple[Champ, ...]
    cle: tuple[str, ...]
    liens: tuple[Lien, ...]
    dialecte: dict

    def champ(self, nom: str) -> Champ:
        return next(c for c in self.champs if c.nom == nom)


def lire_paquet(chemin: Path) -> tuple[list[dict], dict[str, Description]]:
    """Les ressources d'un `datapackage.json`, telles qu'écrites et prêtes à servir.

    Lève `ErreurDonnees` : fichier absent ou illisible, description incomplète, contradictoire
    ou qui demande ce que la collection ne sait pas contrôler.
    """
    ressources = _lire_json(chemin)
    descriptions: dict[str, Description] = {}
    places: dict[tuple, str] = {}
    for rang, ressource in enumerate(ressources, start=1):
        lieu = f"{chemin}, tableau n° {rang}"
        if isinstance(ressource.get("name"), str):
            lieu += f" ({ressource['name']})"
        description = _decrire(ressource, lieu)
        exiger(
            description.nom not in descriptions, lieu, "ce nom sert déjà. Donnez-lui-en un autre"
        )
        descriptions[description.nom] = description
        for cle in ("cas:annexe", "cas:document"):
            if cle in ressource:
                place = (cle, str(ressource[cle]), ressource["cas:table"])
                deja = places.setdefault(place, description.nom)
                exiger(
                    deja == description.nom,
                    lieu,
                    f"{deja} est déjà le tableau « {place[2]} » de {cle} {place[1]}. "
                    "Changez cas:table",
                )
    for rang, description in enumerate(descriptions.values(), start=1):
        lieu = f"{chemin}, tableau n° {rang} ({description.nom}), foreignKeys"
        for lien in description.liens:
            connaitre(lien.table, descriptions, lieu)
            colonnes = [c.nom for c in descriptions[lien.table].champs]
            for colonne in lien.cibles:
                connaitre(colonne, colonnes, f"{lieu}, {lien.table}")
    return ressources, descriptions


def _lire_json(chemin: Path) -> list[dict]:
    remettre = "Remettez le fichier d'origine"
    try:
        paquet = json.loads(
            chemin.read_text(encoding="utf-8-sig"),
            object_pairs_hook=objet,
            parse_constant=_constante,
        )
        ressources = paquet.get("resources") if isinstance(paquet, dict) else None
        if isinstance(ressources, list) and all(isinstance(r, dict) for r in ressources):
            return ressources
    except FileNotFoundError:
        raise ErreurDonnees(f"{chemin} est introuvable. {remettre}.") from None
    except OSError as erreur:
        raise ErreurDonnees(f"{chemin} ne s'ouvre pas ({erreur.strerror}). {remettre}.") from None
    except json.JSONDecodeError as erreur:
        raise ErreurDonnees(
            f"{chemin}, ligne {erreur.lineno}, colonne {erreur.colno} : ce n'est pas du JSON. "
            "Vérifiez les virgules et les guillemets, ou remettez le fichier d'origine."
        ) from None
    except UnicodeDecodeError:
        raise ErreurDonnees(f"{chemin} n'est pas enregistré en UTF-8. {remettre}.") from None
    except ErreurDonnees as erreur:
        raise ErreurDonnees(f"{chemin} : {erreur}") from None
    except (RecursionError, ValueError):  # imbriqué sans fin, nombre démesuré
        raise ErreurDonnees(f"{chemin} n'est pas lisible. {remettre}.") from None
    raise ErreurDonnees(f"{chemin} ne décrit pas les tableaux (clé « resources »). {remettre}.")


def _constante(texte: str):
    raise ErreurDonnees(f"« {texte} » n'est pas un nombre. Écrivez un nombre ordinaire.")


def _decrire(ressource: dict, lieu: str) -> Description:
    manquantes = [c for c in ("name", "path", "title", "sources", "schema") if not ressource.get(c)]
    exiger(not manquantes, lieu, f"il manque {', '.join(manquantes)}. Complétez sa description")
    proprietes(ressource, RESSOURCE, lieu)
    for cle in ("name", "title"):
        exiger(isinstance(ressource[cle], str), f"{lieu}, {cle}", "un texte est attendu")
    for cle, prevu in (("format", "csv"), ("encoding", "utf-8"), ("type", "table")):
        exiger(
            ressource.get(cle, prevu) == prevu,
            f"{lieu}, {cle}",
            f"« {ressource.get(cle)} » n'est pas prévu. Écrivez « {prevu} »",
        )
    try:
        source = ressource["sources"][0]["title"]
    except (LookupError, TypeError):
        source = None
    exiger(isinstance(source, str), f"{lieu}, sources", "il manque le titre de la source")
    if "cas:annexe" in ressource or "cas:document" in ressource:
        absentes = [c for c in ("cas:table", "cas:nature", "cas:dossiers") if c not in ressource]
        exiger(not absentes, lieu, f"il manque {', '.join(absentes)}. Complétez sa description")
    for cle, (convient, attendu) in PLACE.items():
        exiger(
            cle not in ressource or convient(ressource[cle]), f"{lieu}, {cle}",
            f"« {ressource.get(cle)} » ne convient pas. Écrivez {attendu}",
        )  # fmt: skip
    schema = proprietes(ressource["schema"], SCHEMA, f"{lieu}, schema")
    fiches = schema.get("fields")
    exiger(isinstance(fiches, list) and bool(fiches), lieu, "il manque la liste « fields »")
    vides = textes(schema.get("missingValues", [""]), f"{lieu}, missingValues", vide=True)
    champs = tuple(lire_champ(fiche, vides, lieu) for fiche in fiches)
    noms = [c.nom for c in champs]
    doubles = [nom for nom, n in Counter(n.casefold() for n in noms).items() if n > 1]
    exiger(not doubles, lieu, f"le champ « {', '.join(doubles)} » est décrit deux fois")
    cle = ()
    if "primaryKey" in schema:
        cle = textes(schema["primaryKey"], f"{lieu}, primaryKey")
    liens = schema.get("foreignKeys", [])
    exiger(isinstance(liens, list), f"{lieu}, foreignKeys", "une liste est attendue")
    liens = tuple(_lien(lien, ressource["name"], f"{lieu}, foreignKeys") for lien in liens)
    for colonnes in (cle, *(lien.colonnes for lien in liens)):
        for colonne in colonnes:
            connaitre(colonne, noms, lieu)
    return Description(
        nom=ressource["name"],
        chemin=_chemin(ressource["path"], f"{lieu}, path"),
        titre=ressource["title"],
        source=source,
        champs=champs,
        cle=cle,
        liens=liens,
        dialecte=_dialecte(ressource.get("dialect", {}), f"{lieu}, dialect"),
    )


def _chemin(chemin: object, lieu: str) -> str:
    """Un fichier du dossier des données : ni ailleurs, ni plusieurs, ni une adresse."""
    exiger(isinstance(chemin, str), lieu, "un seul nom de fichier, entre guillemets, est attendu")
    morceaux = chemin.split("/")
    exiger(
        not any(signe in chemin for signe in "\\:\0") and not {"", ".", ".."} & set(morceaux),
        lieu,
        f"« {chemin} » sort du dossier des données. "
        "Écrivez un nom relatif à ce dossier, comme corrige/questions.csv",
    )
    return chemin


def _dialecte(dialecte: object, lieu: str) -> dict:
    """Les options que le lecteur CSV de Python comprend."""
    proprietes(dialecte, DIALECTE, lieu)
    exiger(dialecte.get("header", True) is True, f"{lieu}, header", "true est attendu")
    exiger(
        dialecte.get("lineTerminator", "\n") in ("\n", "\r\n"),
        f"{lieu}, lineTerminator", "une fin de ligne ordinaire est attendue",
    )  # fmt: skip
    options = {}
    for cle, option in (("delimiter", "delimiter"), ("quoteChar", "quotechar"),
                        ("escapeChar", "escapechar")):  # fmt: skip
        if cle in dialecte:
            signe = dialecte[cle]
            exiger(
                isinstance(signe, str) and len(signe) == 1 and not signe.isalnum()
                and signe not in "\r\n\0",
                f"{lieu}, {cle}", "un seul signe est attendu",
            )  # fmt: skip
            options[option] = signe
    roles = [options.get("delimiter", ","), options.get("quotechar", '"')]
    if "escapechar" in options:
        roles.append(options["escapechar"])
    exiger(len(set(roles)) == len(roles), lieu, "deux rôles sont donnés au même signe")
    for cle, option in (("doubleQuote", "doublequote"), ("skipInitialSpace", "skipinitialspace")):
        if cle in dialecte:
            exiger(isinstance(dialecte[cle], bool), f"{lieu}, {cle}", "true ou false est attendu")
            options[option] = dialecte[cle]
    return options


def _lien(lien: object, nom: str, lieu: str) -> Lien:
    proprietes(lien, ("fields", "reference"), lieu)
    reference = proprietes(lien.get("reference"), ("resource", "fields"), f"{lieu}, reference")
    colonnes = textes(lien.get("fields"), lieu)
    cibles = textes(reference.get("fields"), f"{lieu}, reference")
    exiger(
        len(colonnes) == len(cibles), lieu, "autant de champs sont attendus des deux côtés du lien"
    )
    table = reference.get("resource", "")
    exiger(isinstance(table, str), lieu, "le nom d'un tableau est attendu dans resource")
    return Lien(colonnes, table or nom, cibles)
