"""Lire `datapackage.json` : ce que chaque tableau contient, et ce que ses cases ont le droit d'être.

C'est un Frictionless Data Package (Table Schema). Ce que ce module ne sait pas faire
respecter, il le refuse : une contrainte écrite n'est jamais ignorée.
"""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

from ..socle.erreurs import ErreurDonnees

TYPES = ("string", "integer", "number", "boolean")
VRAIS = ("true", "True", "TRUE", "1", "vrai", "Vrai", "VRAI")
FAUX = ("false", "False", "FALSE", "0", "faux", "Faux", "FAUX")
CONTRAINTES = {  # les types auxquels chacune s'applique
    "required": TYPES,
    "unique": TYPES,
    "enum": TYPES,
    "minimum": ("integer", "number"),
    "maximum": ("integer", "number"),
    "pattern": ("string",),
    "minLength": ("string",),
    "maxLength": ("string",),
}
# Ce que l'on peut écrire à chaque étage ; s'y ajoutent les propriétés de la collection (« cas: »).
RESSOURCE = ("name", "path", "title", "description", "$schema", "type", "format", "mediatype",
             "encoding", "sources", "licenses", "schema", "dialect")  # fmt: skip
SCHEMA = ("fields", "primaryKey", "foreignKeys", "missingValues", "$schema", "title", "description")
CHAMP = ("name", "title", "description", "type", "format", "constraints", "missingValues",
         "decimalChar", "trueValues", "falseValues", "example", "rdfType")  # fmt: skip
DIALECTE = ("delimiter", "quoteChar", "doubleQuote", "escapeChar", "skipInitialSpace", "header",
            "lineTerminator", "$schema")  # fmt: skip


def _numero(valeur: object) -> bool:
    return type(valeur) is int and 0 <= valeur < 1000


def _nom(valeur: object) -> bool:
    return isinstance(valeur, str) and valeur != ""


# La place d'un tableau dans le sujet : ce que l'on peut en écrire.
PLACE = {
    "cas:annexe": (lambda v: _numero(v) or _nom(v), "un numéro ou un nom"),
    "cas:document": (_nom, "un nom"),
    "cas:table": (_nom, "un nom"),
    "cas:nature": (_nom, "un nom"),
    "cas:dossiers": (
        lambda v: isinstance(v, list) and all(map(_numero, v)), "une liste de numéros"
    ),
    "cas:page": (_numero, "un numéro"),
}  # fmt: skip


@dataclass(frozen=True)
class Champ:
    """Une colonne : son nom, son type et ses contraintes, prêtes à servir."""

    nom: str
    genre: str
    unite: str = ""
    obligatoire: bool = False
    unique: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    liste: tuple | None = None
    motif: re.Pattern | None = None
    longueur_min: int = 0
    longueur_max: int | None = None
    vides: tuple[str, ...] = ("",)
    decimale: str = "."
    vrais: tuple[str, ...] = VRAIS
    faux: tuple[str, ...] = FAUX
    indispensables: dict[str, str] = field(default_factory=dict)  # code : unité lue par le code


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


def proposer(valeur: object, choix: Iterable) -> str:
    """« Vouliez-vous « depense » ? », si l'un des choix ressemble à la valeur."""
    ecrits, nombres = list(map(str, choix)), _nombres(str(valeur))
    # « annexe-6 » est l'annexe 06, pas la 09 : les mêmes nombres d'abord
    memes = [e for e in ecrits if nombres and _nombres(e)[: len(nombres)] == nombres]
    proches = get_close_matches(str(valeur), memes, n=1, cutoff=0.3)
    proches = proches or get_close_matches(str(valeur), ecrits, n=1, cutoff=0.6)
    return f"Vouliez-vous « {proches[0]} » ? " if proches else ""


def _nombres(texte: str) -> list[int]:
    return [int(chiffres) for chiffres in re.findall("[0-9]+", texte)]


def enumerer(valeurs: Iterable, combien: int = 20) -> str:
    """Une liste à lire, coupée quand elle est trop longue."""
    ecrites = list(dict.fromkeys(map(str, valeurs)))
    suite = f"… ({len(ecrites)} en tout)" if len(ecrites) > combien else ""
    return ", ".join(ecrites[:combien]) + suite


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
        _exiger(
            description.nom not in descriptions, lieu, "ce nom sert déjà. Donnez-lui-en un autre"
        )
        descriptions[description.nom] = description
        for cle in ("cas:annexe", "cas:document"):
            if cle in ressource:
                place = (cle, str(ressource[cle]), ressource["cas:table"])
                deja = places.setdefault(place, description.nom)
                _exiger(
                    deja == description.nom,
                    lieu,
                    f"{deja} est déjà le tableau « {place[2]} » de {cle} {place[1]}. "
                    "Changez cas:table",
                )
    for rang, description in enumerate(descriptions.values(), start=1):
        lieu = f"{chemin}, tableau n° {rang} ({description.nom}), foreignKeys"
        for lien in description.liens:
            _connaitre(lien.table, descriptions, lieu)
            colonnes = [c.nom for c in descriptions[lien.table].champs]
            for colonne in lien.cibles:
                _connaitre(colonne, colonnes, f"{lieu}, {lien.table}")
    return ressources, descriptions


def _lire_json(chemin: Path) -> list[dict]:
    remettre = "Remettez le fichier d'origine"
    try:
        paquet = json.loads(
            chemin.read_text(encoding="utf-8-sig"),
            object_pairs_hook=_objet,
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


def _objet(paires: list[tuple]) -> dict:
    doubles = [cle for cle, n in Counter(cle for cle, _ in paires).items() if n > 1]
    if doubles:
        raise ErreurDonnees(
            f"« {doubles[0]} » est écrit deux fois entre les mêmes accolades. "
            "Gardez une seule des deux valeurs."
        )
    return dict(paires)


def _constante(texte: str):
    raise ErreurDonnees(f"« {texte} » n'est pas un nombre. Écrivez un nombre ordinaire.")


def _exiger(condition: bool, lieu: str, faute: str) -> None:
    if not condition:
        raise ErreurDonnees(f"{lieu} : {faute}.")


def _connaitre(nom: object, connus: Collection[str], lieu: str) -> None:
    if not (isinstance(nom, str) and nom in connus):
        raise ErreurDonnees(
            f"{lieu} : « {nom} » n'est pas prévu. {proposer(nom, connus)}"
            f"Choisissez : {enumerer(connus)}."
        )


def _proprietes(objet: object, connues: Collection[str], lieu: str) -> dict:
    _exiger(isinstance(objet, dict), lieu, "une description entre accolades est attendue")
    for cle in objet:
        if not cle.startswith("cas:"):
            _connaitre(cle, connues, lieu)
    return objet


def _textes(valeur: object, lieu: str, vide: bool = False) -> tuple[str, ...]:
    """Un texte ou une liste de textes, comme Table Schema l'admet pour une clé."""
    liste = [valeur] if isinstance(valeur, str) else valeur
    _exiger(
        isinstance(liste, list)
        and (vide or bool(liste))
        and all(isinstance(texte, str) for texte in liste)
        and len(set(liste)) == len(liste),
        lieu,
        "une liste de textes tous différents est attendue",
    )
    return tuple(liste)


def _decrire(ressource: dict, lieu: str) -> Description:
    manquantes = [c for c in ("name", "path", "title", "sources", "schema") if not ressource.get(c)]
    _exiger(not manquantes, lieu, f"il manque {', '.join(manquantes)}. Complétez sa description")
    _proprietes(ressource, RESSOURCE, lieu)
    for cle in ("name", "title"):
        _exiger(isinstance(ressource[cle], str), f"{lieu}, {cle}", "un texte est attendu")
    for cle, prevu in (("format", "csv"), ("encoding", "utf-8"), ("type", "table")):
        _exiger(
            ressource.get(cle, prevu) == prevu,
            f"{lieu}, {cle}",
            f"« {ressource.get(cle)} » n'est pas prévu. Écrivez « {prevu} »",
        )
    try:
        source = ressource["sources"][0]["title"]
    except (LookupError, TypeError):
        source = None
    _exiger(isinstance(source, str), f"{lieu}, sources", "il manque le titre de la source")
    if "cas:annexe" in ressource or "cas:document" in ressource:
        absentes = [c for c in ("cas:table", "cas:nature", "cas:dossiers") if c not in ressource]
        _exiger(not absentes, lieu, f"il manque {', '.join(absentes)}. Complétez sa description")
    for cle, (convient, attendu) in PLACE.items():
        _exiger(
            cle not in ressource or convient(ressource[cle]), f"{lieu}, {cle}",
            f"« {ressource.get(cle)} » ne convient pas. Écrivez {attendu}",
        )  # fmt: skip
    schema = _proprietes(ressource["schema"], SCHEMA, f"{lieu}, schema")
    fiches = schema.get("fields")
    _exiger(isinstance(fiches, list) and bool(fiches), lieu, "il manque la liste « fields »")
    vides = _textes(schema.get("missingValues", [""]), f"{lieu}, missingValues", vide=True)
    champs = tuple(_champ(fiche, vides, lieu) for fiche in fiches)
    noms = [c.nom for c in champs]
    doubles = [nom for nom, n in Counter(n.casefold() for n in noms).items() if n > 1]
    _exiger(not doubles, lieu, f"le champ « {', '.join(doubles)} » est décrit deux fois")
    cle = ()
    if "primaryKey" in schema:
        cle = _textes(schema["primaryKey"], f"{lieu}, primaryKey")
    liens = schema.get("foreignKeys", [])
    _exiger(isinstance(liens, list), f"{lieu}, foreignKeys", "une liste est attendue")
    liens = tuple(_lien(lien, ressource["name"], f"{lieu}, foreignKeys") for lien in liens)
    for colonnes in (cle, *(lien.colonnes for lien in liens)):
        for colonne in colonnes:
            _connaitre(colonne, noms, lieu)
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
    _exiger(isinstance(chemin, str), lieu, "un seul nom de fichier, entre guillemets, est attendu")
    morceaux = chemin.split("/")
    _exiger(
        not any(signe in chemin for signe in "\\:\0") and not {"", ".", ".."} & set(morceaux),
        lieu,
        f"« {chemin} » sort du dossier des données. "
        "Écrivez un nom relatif à ce dossier, comme corrige/questions.csv",
    )
    return chemin


def _dialecte(dialecte: object, lieu: str) -> dict:
    """Les options que le lecteur CSV de Python comprend."""
    _proprietes(dialecte, DIALECTE, lieu)
    _exiger(dialecte.get("header", True) is True, f"{lieu}, header", "true est attendu")
    _exiger(
        dialecte.get("lineTerminator", "\n") in ("\n", "\r\n"),
        f"{lieu}, lineTerminator", "une fin de ligne ordinaire est attendue",
    )  # fmt: skip
    options = {}
    for cle, option in (("delimiter", "delimiter"), ("quoteChar", "quotechar"),
                        ("escapeChar", "escapechar")):  # fmt: skip
        if cle in dialecte:
            signe = dialecte[cle]
            _exiger(
                isinstance(signe, str) and len(signe) == 1 and not signe.isalnum()
                and signe not in "\r\n\0",
                f"{lieu}, {cle}", "un seul signe est attendu",
            )  # fmt: skip
            options[option] = signe
    roles = [options.get("delimiter", ","), options.get("quotechar", '"')]
    if "escapechar" in options:
        roles.append(options["escapechar"])
    _exiger(len(set(roles)) == len(roles), lieu, "deux rôles sont donnés au même signe")
    for cle, option in (("doubleQuote", "doublequote"), ("skipInitialSpace", "skipinitialspace")):
        if cle in dialecte:
            _exiger(isinstance(dialecte[cle], bool), f"{lieu}, {cle}", "true ou false est attendu")
            options[option] = dialecte[cle]
    return options


def _lien(lien: object, nom: str, lieu: str) -> Lien:
    _proprietes(lien, ("fields", "reference"), lieu)
    reference = _proprietes(lien.get("reference"), ("resource", "fields"), f"{lieu}, reference")
    colonnes = _textes(lien.get("fields"), lieu)
    cibles = _textes(reference.get("fields"), f"{lieu}, reference")
    _exiger(
        len(colonnes) == len(cibles), lieu, "autant de champs sont attendus des deux côtés du lien"
    )
    table = reference.get("resource", "")
    _exiger(isinstance(table, str), lieu, "le nom d'un tableau est attendu dans resource")
    return Lien(colonnes, table or nom, cibles)


def _champ(fiche: object, vides: tuple[str, ...], lieu: str) -> Champ:
    _exiger(isinstance(fiche, dict), lieu, "un champ se décrit entre accolades")
    nom = fiche.get("name")
    _exiger(isinstance(nom, str) and nom.strip() == nom != "", lieu, "un champ n'a pas de nom")
    lieu = f"{lieu}, champ {nom}"
    _proprietes(fiche, CHAMP, lieu)
    genre = fiche.get("type")
    _exiger(
        isinstance(genre, str) and genre in TYPES,
        lieu,
        f"le type « {genre} » n'est pas prévu. Choisissez : {', '.join(TYPES)}",
    )
    _exiger(
        fiche.get("format", "default") == "default",
        f"{lieu}, format", "ce format n'est pas contrôlé. Supprimez-le",
    )  # fmt: skip
    _exiger(
        fiche.get("decimalChar", ".") in (".", ","),
        f"{lieu}, decimalChar", "un point ou une virgule est attendu",
    )  # fmt: skip
    decimale = fiche.get("decimalChar", ".")
    contraintes = _proprietes(fiche.get("constraints", {}), CONTRAINTES, f"{lieu}, constraints")
    lues = {cle: _contrainte(cle, v, genre, lieu) for cle, v in contraintes.items()}
    unite = fiche.get("cas:unite", "")
    _exiger(isinstance(unite, str), f"{lieu}, cas:unite", "un texte est attendu")
    return Champ(
        nom=nom,
        genre=genre,
        unite=unite,
        obligatoire=lues.get("required", False),
        unique=lues.get("unique", False),
        minimum=lues.get("minimum"),
        maximum=lues.get("maximum"),
        liste=lues.get("enum"),
        motif=lues.get("pattern"),
        longueur_min=lues.get("minLength", 0),
        longueur_max=lues.get("maxLength"),
        vides=_textes(fiche["missingValues"], f"{lieu}, missingValues", vide=True)
        if "missingValues" in fiche
        else vides,
        decimale=decimale,
        vrais=_textes(fiche.get("trueValues", list(VRAIS)), f"{lieu}, trueValues"),
        faux=_textes(fiche.get("falseValues", list(FAUX)), f"{lieu}, falseValues"),
        indispensables=_unites(fiche.get("cas:indispensables", {}), f"{lieu}, cas:indispensables"),
    )


def _unites(valeur: object, lieu: str) -> dict[str, str]:
    _exiger(
        isinstance(valeur, dict) and all(isinstance(u, str) for u in valeur.values()),
        lieu,
        "chaque ligne s'écrit avec l'unité de son nombre, vide s'il n'en faut pas",
    )
    return valeur


def _contrainte(cle: str, valeur: object, genre: str, lieu: str):
    """La valeur d'une contrainte, du type de la colonne et prête à servir."""
    lieu = f"{lieu}, {cle}"
    _exiger(
        genre in CONTRAINTES[cle],
        lieu,
        f"cette contrainte ne s'applique pas au type « {genre} ». Supprimez-la",
    )
    if cle in ("required", "unique"):
        _exiger(isinstance(valeur, bool), lieu, "true ou false est attendu")
        return valeur
    if cle in ("minLength", "maxLength"):
        _exiger(
            isinstance(valeur, int) and not isinstance(valeur, bool) and valeur >= 0,
            lieu, "un nombre entier est attendu",
        )  # fmt: skip
        return valeur
    if cle == "pattern":
        try:
            return re.compile(valeur)
        except (re.error, TypeError, RecursionError, OverflowError):
            raise ErreurDonnees(
                f"{lieu} : « {valeur} » n'est pas un motif. Corrigez l'expression régulière."
            ) from None
    if cle == "enum":
        _exiger(
            isinstance(valeur, list) and bool(valeur), lieu, "une liste de valeurs est attendue"
        )
        return tuple(_du_type(v, genre, lieu) for v in valeur)
    return _du_type(valeur, genre, lieu)


def _du_type(valeur: object, genre: str, lieu: str):
    attendus = {"string": str, "boolean": bool, "integer": int, "number": (int, float)}
    _exiger(
        isinstance(valeur, attendus[genre])
        and (genre == "boolean" or not isinstance(valeur, bool)),
        lieu,
        f"« {valeur} » n'est pas du type « {genre} ». Corrigez la contrainte",
    )
    return Decimal(str(valeur)) if genre in ("integer", "number") else valeur
