"""La typographie française d'un texte HTML ou Markdown : espaces insécables, apostrophes."""

import re

FINE, INSECABLE = "\u202f", "\u00a0"
# (motif, remplacement) appliqués aux textes, jamais aux balises.
REGLES = (
    (re.compile(r"[ \u00a0\u202f]+([;!?%])"), FINE + r"\1"),
    (re.compile(r"[ \u00a0\u202f]+([:»€])"), INSECABLE + r"\1"),
    (re.compile(r"«[ \u00a0\u202f]*"), "«" + INSECABLE),
    (re.compile(r"(?<=[^\s\u00a0])»"), INSECABLE + "»"),
    (re.compile(r"(?<=\w)(?:'|&#x27;|&#39;)(?=[\w«*])"), "’"),
    (re.compile(r"(§|\bp\.|n°) (?=\d)"), r"\1" + INSECABLE),
    (re.compile(r"(?<=\d) (?=\d{3}\b)"), FINE),
    (re.compile(r"(?<=\d) (?=(?:ETP|k€|points?|pts?|mois|ans)\b)"), INSECABLE),
)
INTACTS = re.compile(r"(<(?:code|pre|style|script)\b.*?</(?:code|pre|style|script)>|<[^>]*>)", re.S)

# Ce que l'on ne touche pas dans du Markdown : code, balises, adresses, alignements d'un tableau.
INTACTS_EN_MARKDOWN = re.compile(
    r"(```.*?```|`[^`\n]*`|<[^>]*>|\]\([^)]*\)|^[ |:-]+$|[ \t]*!\[)", re.S | re.M
)


def insecables(markdown: str) -> str:
    """Le même Markdown, avec les espaces insécables du français ; les apostrophes restent droites."""
    morceaux = INTACTS_EN_MARKDOWN.split(markdown)
    for rang in range(0, len(morceaux), 2):
        for motif, remplacement in REGLES:
            if "'" not in motif.pattern:
                morceaux[rang] = motif.sub(remplacement, morceaux[rang])
    return "".join(morceaux)


def majuscule(texte: str) -> str:
    """Le texte, sa première lettre en majuscule ; le reste ne change pas."""
    return texte[:1].upper() + texte[1:]


def minuscule(texte: str) -> str:
    """Le texte, sa première lettre en minuscule ; un sigle garde la sienne."""
    premier = texte.split(" ", 1)[0]
    return texte if premier.isupper() and len(premier) > 1 else texte[:1].lower() + texte[1:]


def typographier(html: str) -> str:
    """Le même HTML, avec les espaces insécables et les apostrophes du français."""
    morceaux = INTACTS.split(html)
    for rang in range(0, len(morceaux), 2):
        for motif, remplacement in REGLES:
            morceaux[rang] = motif.sub(remplacement, morceaux[rang])
    return "".join(morceaux)
