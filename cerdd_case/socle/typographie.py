"""La typographie française d'un texte HTML ou Markdown.

À l'écran, les espaces insécables ; l'apostrophe y est partout celle du clavier. Sur papier, l'apostrophe
typographique en plus.
"""

import re
import unicodedata
from collections.abc import Iterable

FINE, INSECABLE = "\u202f", "\u00a0"
# (motif, remplacement) appliqués aux textes, jamais aux balises.
REGLES = (
    (re.compile(r"[ \u00a0\u202f]+([;!?%])"), FINE + r"\1"),
    (re.compile(r"[ \u00a0\u202f]+([:»€])"), INSECABLE + r"\1"),
    (re.compile(r"«[ \u00a0\u202f]*"), "«" + INSECABLE),
    (re.compile(r"(?<=[^\s\u00a0])»"), INSECABLE + "»"),
    (re.compile(r"(§|\bp\.|n°|\b(?i:annexe|dossier|question)s?) (?=\d)"), r"\1" + INSECABLE),
    (re.compile(r"(?<=\d) (?=\d{3}\b)"), FINE),
    (re.compile(r"(?<=\d) (?=(?:ETP|k€|points?|pts?|mois|ans)\b)"), INSECABLE),
)
APOSTROPHE = re.compile(r"(?<=\w)(?:'|&#x27;|&#39;)(?=[\w«*])")
INTACTS = re.compile(r"(<(?:code|pre|style|script)\b.*?</(?:code|pre|style|script)>|<[^>]*>)", re.S)

# Ce que l'on ne touche pas dans du Markdown : code, balises, adresses, alignements d'un tableau.
INTACTS_EN_MARKDOWN = re.compile(
    r"(```.*?```|`[^`\n]*`|<[^>]*>|\]\([^)]*\)|^[ |:-]+$|[ \t]*!\[)", re.S | re.M
)


def insecables(markdown: str) -> str:
    """Le même Markdown, avec les espaces insécables du français."""
    return _appliquer(REGLES, markdown, INTACTS_EN_MARKDOWN)


def visible(texte: str) -> str:
    """Le texte tel qu'on peut le montrer : les signes sans dessin prennent une forme."""
    dessins = {"\n": "⏎", "\t": "⇥", " ": " ", INSECABLE: INSECABLE, FINE: FINE}
    return "".join(
        dessins.get(s) or ("□" if unicodedata.category(s)[0] in "CZ" else s) for s in texte
    )


def majuscule(texte: str) -> str:
    """Le texte, sa première lettre en majuscule ; le reste ne change pas."""
    return texte[:1].upper() + texte[1:]


def minuscule(texte: str) -> str:
    """Le texte, sa première lettre en minuscule ; un sigle garde la sienne."""
    premier = texte.split(" ", 1)[0]
    return texte if premier.isupper() and len(premier) > 1 else texte[:1].lower() + texte[1:]


def pluriel(mots: str, combien: float) -> str:
    """Les mots accordés à ce nombre : « fait conseillé », « faits conseillés » à partir de deux."""
    if abs(combien) < 2:
        return mots
    return " ".join(m if m[-1] in "sxz" else m + "s" for m in mots.split(" "))


def typographier(html: str) -> str:
    """Le même HTML, avec les espaces insécables du français."""
    return _appliquer(REGLES, html, INTACTS)


def imprimer(html: str) -> str:
    """Le même HTML pour le papier, avec aussi les apostrophes typographiques."""
    return _appliquer((*REGLES, (APOSTROPHE, "’")), html, INTACTS)


def _appliquer(regles: Iterable[tuple], texte: str, intacts: re.Pattern) -> str:
    morceaux = intacts.split(texte)
    for rang in range(0, len(morceaux), 2):
        for motif, remplacement in regles:
            morceaux[rang] = motif.sub(remplacement, morceaux[rang])
    return "".join(morceaux)
