"""Les erreurs de Python les plus courantes, en français : ce qui ne va pas, et que faire."""

import builtins
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from ..socle.erreurs import ErreurCas
from ..socle.nombres import lire

A_RELIRE = "Corrigez la ligne, puis exécutez de nouveau la cellule."
PREMIERE_CELLULE = (
    "n'est pas encore connu : exécutez la première cellule de code du carnet, puis revenez ici."
)
# Ce que Python dit d'un mauvais type, et ce que l'on en dit ; le premier qui convient.
TYPES = (
    (r"ellipsis", "Une réponse n'a encore que ses points de suspension : répondez d'abord à leur place."),
    (r"'tuple'", "Pour Python, la virgule sépare deux valeurs : écrivez la décimale avec un point."),
    (r"not callable", "Il y a des parenthèses après un nom qui ne désigne pas une commande. Pour "
     "multiplier, écrivez le signe * devant la parenthèse."),
    (r"argument", "Cette commande n'a pas reçu ce qu'elle attend entre ses parenthèses."),
    (r"'NoneType'", "Une des valeurs est vide : exécutez d'abord la cellule qui la donne."),
    (r"'str'|concatenate", "Ce calcul mêle un nombre et un texte. Un nombre s'écrit sans guillemets."),
)  # fmt: skip
SYNTAXES = (
    (r"unterminated|EOL while", "Des guillemets ne sont pas refermés."),
    (r"never closed|unexpected EOF|incomplete", "Une parenthèse n'est pas refermée."),
    (r"unmatched|does not match", "Une parenthèse est en trop, ou n'est pas de la bonne forme."),
    (r"[“”«»‘’]", 'Les guillemets de Python sont droits : "texte".'),
    (r"[−×÷]", "Python écrit les opérations - * et /, au clavier."),
    (r"indent", "Une ligne commence par une espace de trop, ou il lui en manque."),
    (r"cannot assign", "À gauche du signe =, il faut un seul nom, sans espace ni calcul."),
    (r"Maybe you meant '=='", "Le signe = donne une valeur à un nom ; pour comparer, écrivez ==."),
)  # fmt: skip


def en_clair(erreur: BaseException, espace: Mapping[str, Any]) -> str:
    """La phrase à montrer à la place de cette erreur ; `espace` : les noms que le carnet connaît."""
    if isinstance(erreur, ErreurCas):
        return str(erreur)
    if isinstance(erreur, SyntaxError):
        return f"{_syntaxe(erreur)} {A_RELIRE}"
    if isinstance(erreur, NameError):
        return _nom(erreur, espace)
    if isinstance(erreur, AttributeError):
        return f"{_attribut(erreur, espace)} {A_RELIRE}"
    if isinstance(erreur, ZeroDivisionError):
        return f"C'est une division par zéro : vérifiez le nombre après le signe /. {A_RELIRE}"
    if isinstance(erreur, KeyboardInterrupt):
        return "Le calcul est arrêté. S'il ne finissait pas, relisez la condition de sa boucle (while, for)."
    if isinstance(erreur, TypeError):
        phrases = (p for motif, p in TYPES if re.search(motif, str(erreur)))
        phrase = next(phrases, "Cette opération ne convient pas à cette sorte de valeur.")
        return f"{phrase} {A_RELIRE}"
    return (
        f"Python n'a pas pu exécuter cette ligne ({type(erreur).__name__} : {erreur}). {A_RELIRE}"
    )


def _proche(nom: str | None, connus: Iterable[str]) -> str | None:
    publics = [c for c in connus if not c.startswith("_")]
    return next(iter(get_close_matches(nom or "", publics, 1, 0.7)), None)


def _nom(erreur: NameError, espace: Mapping[str, Any]) -> str:
    nom = erreur.name or next(iter(re.findall("'(.+?)'", str(erreur))), "")
    if nom in ("cas", "Cas"):
        return f"« {nom} » {PREMIERE_CELLULE}"
    if proche := _proche(nom, [*espace, *dir(builtins)]):
        return f"« {nom} » n'existe pas. Vouliez-vous écrire « {proche} » ? {A_RELIRE}"
    return (
        f"« {nom} » n'existe pas encore : vérifiez son orthographe, ou exécutez d'abord la cellule qui "
        "lui donne une valeur."
    )


def _attribut(erreur: AttributeError, espace: Mapping[str, Any]) -> str:
    objet = next((n for n, v in espace.items() if v is erreur.obj and n[0] != "_"), "")
    avant = f"{objet}." if objet else ""
    proche = _proche(erreur.name, dir(erreur.obj))
    conseil = f"Vouliez-vous écrire « {avant}{proche} » ?" if proche else ""
    return f"« {avant}{erreur.name} » n'existe pas. {conseil}".strip()


def _syntaxe(erreur: SyntaxError) -> str:
    ligne = (erreur.text or "").strip()
    ou = f"Ligne {erreur.lineno}, « {ligne} ». Python ne la comprend pas." if ligne else ""
    if ligne.endswith("="):
        return f"{ou} Il manque une valeur après le signe =."
    dit = next((p for motif, p in SYNTAXES if re.search(motif, erreur.msg)), "")
    _, egal, droite = ligne.rpartition("=")
    if not dit and lire(droite).valeur is not None:
        dit = (
            'Ici, un nombre s\'écrit sans espace ni unité, avec un point : 1040.50.' if egal
            else "Une réponse s'écrit après son nom et le signe =."
        )  # fmt: skip
    return f"{ou} {dit}".strip() or "Python ne comprend pas cette cellule."
