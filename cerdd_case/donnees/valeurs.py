"""D'une case de texte à sa valeur : texte, booléen, nombre, ou la phrase qui la refuse."""

import math
import re
from collections.abc import Callable
from decimal import Decimal

from ..socle.erreurs import ErreurDonnees
from .champ import Champ, enumerer, proposer
from .feuilles import EN_UTF8, Feuille
from .lettres import lettres_perdues

NOMS_DES_TYPES = {
    "string": "un texte",
    "integer": "un nombre entier",
    "number": "un nombre",
    "boolean": "true ou false (VRAI ou FAUX dans un tableur)",
}


INVISIBLES = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


ENTIER = re.compile(r"[+-]?[0-9]+")


DECIMAL = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")  # ni « nan », ni « 1_000 », que Python accepte


NOMBRE_DE_TABLEUR = re.compile(  # « 12 500,50 », « 20,0 % », « 1 040 450 € »
    r"(?P<signe>[+\-−]?)(?P<entier>[0-9]{1,3}(?:[ \u00a0\u202f\u2009][0-9]{3})+|[0-9]+)"
    r"(?:(?P<marque>[.,])(?P<decimales>[0-9]+))?(?:\s*(?P<unite>%|€|k€|EUR|ETP))?",
    re.I,
)


UNITES_DE_TABLEUR = {"%": ("part", "pourcent"), "€": ("eur",), "eur": ("eur",), "k€": ("keur",),
                     "etp": ("etp",)}  # fmt: skip


MOIS = "janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc|jan|feb|mar|apr|may|jun|jul|aug|dec"


# Ce qu'un logiciel écrit sans qu'une personne l'ait voulu, et le remède.
DATE = (
    rf"\d{{1,4}}[-/]\d{{1,2}}([-/]\d{{1,4}})?|\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}"
    rf"|\d{{1,2}}[-. ]({MOIS})\S*.*|({MOIS})\S*[-. ]\d+",
    "Le tableur en a sans doute fait une date : mettez la colonne au format Texte, puis récrivez.",
)


TRACES = (
    (r"#+|#[A-Z/0]+[!?]?", "C'est une formule en erreur : écrivez la valeur elle-même."),
    (r"nan|<na>|none|null|nat|n/?a|[+-]?inf(inity)?|-+",
     "Un logiciel écrit cela quand il n'y a pas de valeur : écrivez-la, ou laissez la case vide si "
     "elle n'est pas obligatoire."),
)  # fmt: skip


TRACES_DANS_UN_NOMBRE = (
    *TRACES,
    (r"\D+", "Écrivez le nombre en chiffres, ou laissez la case vide si elle n'est pas obligatoire."),
    (r"'.*", "L'apostrophe en fait un texte : retirez-la."),
    (r"[+-]?\d+([.,]\d+)?e[+-]?\d+",
     "Le tableur a abrégé le nombre et perdu des chiffres : récrivez-le en entier."),
    DATE,
)  # fmt: skip


def montrer(texte: str) -> str:
    """Un texte à citer : court, et sans signe que l'on ne verrait pas."""
    texte = INVISIBLES.sub(lambda m: f"[U+{ord(m[0]):04X}]", texte.replace("\n", "⏎"))
    texte = "".join(s if s.isprintable() or s.isspace() else f"[U+{ord(s):04X}]" for s in texte)
    return texte if len(texte) <= 60 else texte[:59] + "…"


def convertir(texte: str, champ: Champ, lieu: str, feuille: Feuille):
    """La valeur d'une case : rien, du texte, un entier, un `Decimal` ou un booléen."""
    if texte in champ.vides:
        if champ.obligatoire:
            raise ErreurDonnees(f"{lieu} : la case est vide. Écrivez une valeur.")
        return None
    if not INVISIBLES.sub("", texte).strip():
        consigne = "Écrivez une valeur" if champ.obligatoire else "Videz-la"
        raise ErreurDonnees(f"{lieu} : la case ne contient que des espaces. {consigne}.")
    if perdues := lettres_perdues(texte):
        raise ErreurDonnees(
            f"{lieu} : « {montrer(texte)} » a perdu des lettres (« {montrer(perdues)} »). "
            f"Repartez du fichier d'origine. {EN_UTF8}."
        )
    valeur = CONVERSIONS[champ.genre](texte, champ, lieu, feuille)
    if champ.liste is not None and valeur not in champ.liste:
        if texte.strip() in champ.liste:
            raise ErreurDonnees(
                f"{lieu} : une espace est de trop autour de « {texte.strip()} ». Retirez-la."
            )
        raise ErreurDonnees(
            f"{lieu} : « {montrer(texte)} » n'est pas prévu. {proposer(texte, champ.liste)}"
            f"Choisissez : {enumerer(champ.liste)}."
        )
    _controler_bornes(texte, valeur, champ, lieu)
    return valeur


def _controler_bornes(texte: str, valeur, champ: Champ, lieu: str) -> None:
    bornes = [
        f"{mot} {borne}"
        for borne, mot in ((champ.minimum, "au moins"), (champ.maximum, "au plus"))
        if borne is not None
    ]
    if (champ.minimum is not None and valeur < champ.minimum) or (
        champ.maximum is not None and valeur > champ.maximum
    ):
        raise ErreurDonnees(
            f"{lieu} : {montrer(texte)} est hors limites ({' et '.join(bornes)}). Corrigez la case."
        )
    if champ.genre == "string" and len(valeur) < champ.longueur_min:
        raise ErreurDonnees(
            f"{lieu} : « {montrer(texte)} » est trop court ({len(valeur)} signes, "
            f"{champ.longueur_min} au moins). Complétez le texte."
        )
    if champ.longueur_max is not None and len(valeur) > champ.longueur_max:
        if champ.longueur_max == 0:
            raise ErreurDonnees(f"{lieu} : la case doit rester vide. Videz-la.")
        raise ErreurDonnees(
            f"{lieu} : « {montrer(texte)} » est trop long ({len(valeur)} signes, "
            f"{champ.longueur_max} au plus). Abrégez le texte."
        )


def mauvaise_forme(valeur: str, champ: Champ, lieu: str, autres: list[str]) -> ErreurDonnees:
    """Ce qu'attend un motif : montré par une autre case de la colonne, si l'une convient."""
    if champ.motif.fullmatch(INVISIBLES.sub("", valeur).strip(" \t\n\u00a0\u202f'’")):
        return ErreurDonnees(
            f"{lieu} : une espace, une apostrophe ou un signe invisible est de trop dans "
            f"« {montrer(valeur)} ». Retirez-le."
        )
    if remede := _remede(valeur, (DATE,)):
        return ErreurDonnees(f"{lieu} : « {montrer(valeur)} » n'a pas la forme attendue. {remede}")
    exemple = next((texte for texte in autres if champ.motif.fullmatch(texte)), None)
    comme = f"Écrivez comme « {montrer(exemple)} »" if exemple else "Corrigez la case"
    return ErreurDonnees(
        f"{lieu} : « {montrer(valeur)} » n'a pas la forme attendue. {comme} "
        f"(motif {champ.motif.pattern})."
    )


def _remede(texte: str, traces: tuple[tuple[str, str], ...]) -> str | None:
    return next((r for motif, r in traces if re.fullmatch(motif, texte.strip(), re.I)), None)


def _mauvais_type(texte: str, champ: Champ, lieu: str, feuille: Feuille) -> ErreurDonnees:
    """La phrase qui dit quel type est attendu, et comment l'écrire dans ce fichier."""
    nombre = champ.genre in ("number", "integer")
    conseil = _remede(texte, TRACES_DANS_UN_NOMBRE if nombre else TRACES) or "Corrigez la case."
    if champ.genre == "number" and conseil == "Corrigez la case.":
        signe = (
            "une virgule (12,5)"
            if feuille.francaise or champ.decimale == ","
            else "un point (12.5)"
        )
        conseil = f"La décimale s'y écrit avec {signe}, sans espace ni unité."
        n = NOMBRE_DE_TABLEUR.fullmatch(texte.strip())
        if n and n["unite"] and feuille.francaise:
            conseil = f"L'unité de cette case est « {champ.unite} » : retirez « {n['unite']} »."
        elif n and not n["unite"] and not feuille.francaise and champ.decimale == ".":
            conseil += f" Écrivez {_recrire(n, texte, champ, lieu)}."
    return ErreurDonnees(
        f"{lieu} : « {montrer(texte)} » ne convient pas ; {NOMS_DES_TYPES[champ.genre]} est "
        f"attendu. {conseil}"
    )


def _texte(texte: str, champ: Champ, lieu: str, feuille: Feuille) -> str:
    if texte not in (champ.liste or ()) and _remede(texte, TRACES):
        raise _mauvais_type(texte, champ, lieu, feuille)
    return texte


def _booleen(texte: str, champ: Champ, lieu: str, feuille: Feuille) -> bool:
    if texte in champ.vrais or texte in champ.faux:
        return texte in champ.vrais
    raise _mauvais_type(texte, champ, lieu, feuille)


def _nombre(texte: str, champ: Champ, lieu: str, feuille: Feuille) -> Decimal:
    lu = texte.strip()
    if feuille.francaise:
        lu = _nombre_de_tableur(lu, champ, lieu) or lu
    elif champ.decimale == ",":
        lu = lu.translate(str.maketrans(",.", ".,"))
    if not DECIMAL.fullmatch(lu):
        raise _mauvais_type(texte, champ, lieu, feuille)
    valeur = Decimal(lu)
    if not math.isfinite(float(valeur)):
        raise ErreurDonnees(f"{lieu} : {montrer(texte)} est démesuré. Corrigez la case.")
    return valeur


def _nombre_de_tableur(texte: str, champ: Champ, lieu: str) -> str | None:
    """Un nombre comme un tableur français l'affiche, récrit comme dans `data/`."""
    n = NOMBRE_DE_TABLEUR.fullmatch(texte)
    if not n or (n["unite"] and champ.unite not in UNITES_DE_TABLEUR[n["unite"].lower()]):
        return None
    return _recrire(n, texte, champ, lieu)


def _recrire(n: re.Match, texte: str, champ: Champ, lieu: str) -> str:
    entier = re.sub(r"\D", "", n["entier"])
    if n["marque"] == "." and len(n["decimales"]) == 3 and len(entier) <= 3 and entier != "0":
        raise ErreurDonnees(
            f"{lieu} : « {texte} » peut vouloir dire {entier},{n['decimales']} ou "
            f"{entier}{n['decimales']}. Écrivez-le sans point."
        )
    decimales = f".{n['decimales']}" if n["decimales"] else ""
    valeur = Decimal(f"{n['signe'].replace('−', '-')}{entier}{decimales}")
    return format(valeur.scaleb(-2) if n["unite"] == "%" and champ.unite == "part" else valeur, "f")


def _entier(texte: str, champ: Champ, lieu: str, feuille: Feuille) -> int:
    lu = texte.strip()
    if feuille.francaise and (recrit := _nombre_de_tableur(lu, champ, lieu)):
        lu = re.sub(r"\.0+$", "", recrit)
    if not ENTIER.fullmatch(lu):
        raise _mauvais_type(texte, champ, lieu, feuille)
    if len(lu.lstrip("+-0")) > 15:  # au-delà, ni pandas ni un tableur ne gardent chaque chiffre
        raise ErreurDonnees(f"{lieu} : {montrer(texte)} est démesuré. Corrigez la case.")
    return int(lu)


CONVERSIONS: dict[str, Callable] = {
    "string": _texte, "boolean": _booleen, "number": _nombre, "integer": _entier,
}  # fmt: skip
