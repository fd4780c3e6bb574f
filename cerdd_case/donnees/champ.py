"""Un champ de datapackage.json : son type, ses contraintes, et ce qui les refuse."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches

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


CHAMP = ("name", "title", "description", "type", "format", "constraints", "missingValues",
         "decimalChar", "trueValues", "falseValues", "example", "rdfType")  # fmt: skip


def par_un_numero(valeur: object) -> bool:
    return type(valeur) is int and 0 <= valeur < 1000


def par_un_nom(valeur: object) -> bool:
    return isinstance(valeur, str) and valeur != ""


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


def objet(paires: list[tuple]) -> dict:
    doubles = [cle for cle, n in Counter(cle for cle, _ in paires).items() if n > 1]
    if doubles:
        raise ErreurDonnees(
            f"« {doubles[0]} » est écrit deux fois entre les mêmes accolades. "
            "Gardez une seule des deux valeurs."
        )
    return dict(paires)


def exiger(condition: bool, lieu: str, faute: str) -> None:
    if not condition:
        raise ErreurDonnees(f"{lieu} : {faute}.")


def connaitre(nom: object, connus: Collection[str], lieu: str) -> None:
    if not (isinstance(nom, str) and nom in connus):
        raise ErreurDonnees(
            f"{lieu} : « {nom} » n'est pas prévu. {proposer(nom, connus)}"
            f"Choisissez : {enumerer(connus)}."
        )


def proprietes(objet: object, connues: Collection[str], lieu: str) -> dict:
    exiger(isinstance(objet, dict), lieu, "une description entre accolades est attendue")
    for cle in objet:
        if not cle.startswith("cas:"):
            connaitre(cle, connues, lieu)
    return objet


def textes(valeur: object, lieu: str, vide: bool = False) -> tuple[str, ...]:
    """Un texte ou une liste de textes, comme Table Schema l'admet pour une clé."""
    liste = [valeur] if isinstance(valeur, str) else valeur
    exiger(
        isinstance(liste, list)
        and (vide or bool(liste))
        and all(isinstance(texte, str) for texte in liste)
        and len(set(liste)) == len(liste),
        lieu,
        "une liste de textes tous différents est attendue",
    )
    return tuple(liste)


def lire_champ(fiche: object, vides: tuple[str, ...], lieu: str) -> Champ:
    exiger(isinstance(fiche, dict), lieu, "un champ se décrit entre accolades")
    nom = fiche.get("name")
    exiger(isinstance(nom, str) and nom.strip() == nom != "", lieu, "un champ n'a pas de nom")
    lieu = f"{lieu}, champ {nom}"
    proprietes(fiche, CHAMP, lieu)
    genre = fiche.get("type")
    exiger(
        isinstance(genre, str) and genre in TYPES,
        lieu,
        f"le type « {genre} » n'est pas prévu. Choisissez : {', '.join(TYPES)}",
    )
    exiger(
        fiche.get("format", "default") == "default",
        f"{lieu}, format", "ce format n'est pas contrôlé. Supprimez-le",
    )  # fmt: skip
    exiger(
        fiche.get("decimalChar", ".") in (".", ","),
        f"{lieu}, decimalChar", "un point ou une virgule est attendu",
    )  # fmt: skip
    decimale = fiche.get("decimalChar", ".")
    contraintes = proprietes(fiche.get("constraints", {}), CONTRAINTES, f"{lieu}, constraints")
    lues = {cle: _contrainte(cle, v, genre, lieu) for cle, v in contraintes.items()}
    unite = fiche.get("cas:unite", "")
    exiger(isinstance(unite, str), f"{lieu}, cas:unite", "un texte est attendu")
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
        vides=textes(fiche["missingValues"], f"{lieu}, missingValues", vide=True)
        if "missingValues" in fiche
        else vides,
        decimale=decimale,
        vrais=textes(fiche.get("trueValues", list(VRAIS)), f"{lieu}, trueValues"),
        faux=textes(fiche.get("falseValues", list(FAUX)), f"{lieu}, falseValues"),
        indispensables=_unites(fiche.get("cas:indispensables", {}), f"{lieu}, cas:indispensables"),
    )


def _unites(valeur: object, lieu: str) -> dict[str, str]:
    exiger(
        isinstance(valeur, dict) and all(isinstance(u, str) for u in valeur.values()),
        lieu,
        "chaque ligne s'écrit avec l'unité de son nombre, vide s'il n'en faut pas",
    )
    return valeur


def _contrainte(cle: str, valeur: object, genre: str, lieu: str):
    """La valeur d'une contrainte, du type de la colonne et prête à servir."""
    lieu = f"{lieu}, {cle}"
    exiger(
        genre in CONTRAINTES[cle],
        lieu,
        f"cette contrainte ne s'applique pas au type « {genre} ». Supprimez-la",
    )
    if cle in ("required", "unique"):
        exiger(isinstance(valeur, bool), lieu, "true ou false est attendu")
        return valeur
    if cle in ("minLength", "maxLength"):
        exiger(
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
        exiger(isinstance(valeur, list) and bool(valeur), lieu, "une liste de valeurs est attendue")
        return tuple(_du_type(v, genre, lieu) for v in valeur)
    return _du_type(valeur, genre, lieu)


def _du_type(valeur: object, genre: str, lieu: str):
    attendus = {"string": str, "boolean": bool, "integer": int, "number": (int, float)}
    exiger(
        isinstance(valeur, attendus[genre])
        and (genre == "boolean" or not isinstance(valeur, bool)),
        lieu,
        f"« {valeur} » n'est pas du type « {genre} ». Corrigez la contrainte",
    )
    return Decimal(str(valeur)) if genre in ("integer", "number") else valeur
