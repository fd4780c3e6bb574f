"""Reconnaître un texte dont les lettres accentuées se sont perdues d'un logiciel à l'autre.

Un même fichier passe par Windows, un Mac, de vieilles pages de codes : « développement »
devient « dÃ©veloppement », « d‚veloppement », « dÈveloppement » ou « d?veloppement ».
"""

import re
from functools import cache

PAGES_DE_CODES = ("cp1252", "latin-1", "mac_roman", "cp850", "cp437")
# Les signes du français, plus ceux que laisse un texte abîmé deux fois (Ã, â, marque, �).
SIGNES = "àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ«»‘’“”–—…€°·×−½²³Ãâ\u00a0\u202f\ufeff\ufffd"
MINUSCULE, ACCENTUEE = "a-zß-öø-ÿœ", "À-ÖØ-ÞŠŽŒŸ"
MOTIFS = re.compile(
    # signes de commande, de remplacement, ou réservés : aucun texte n'en contient
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff\ud800-\udfff\ue000-\uf8ff]"
    # une vieille page de codes relue dans une autre : « ‚quipe », « trŠs », « dÈveloppement »
    f"|[‚ˆ¯]|(?<=[{MINUSCULE}])[{ACCENTUEE}þ]|þ(?=[{MINUSCULE}])"
    f"|(?<=[^\\W\\d_])[‡ƒ‰“™¶¹¨‹](?=[{MINUSCULE}])|(?<=[{MINUSCULE}])[\u0370-\u03ff⌠⌡]"
    # une lettre devenue « ? », ou écrite pour une page Web
    f"|(?<=[^\\W\\d_])\\?(?=[{MINUSCULE}])"
    "|&(?:#\\d+|#x[0-9A-Fa-f]+|[a-z]+);"
)


def lettres_perdues(texte: str) -> str | None:
    """Les premiers signes d'un texte qui trahissent des lettres perdues, ou rien."""
    if "://" in texte:  # une adresse contient légitimement des « ? » et des « & »
        texte = re.sub(r"\S*://\S*", " ", texte)
    doubles = _utf8_relu_de_travers()
    for rang, signe in enumerate(texte):
        if signe in doubles:
            for suite in doubles[signe]:
                if texte.startswith(suite, rang):
                    return suite
    trouve = MOTIFS.search(texte)
    return trouve[0] if trouve else None


@cache
def _utf8_relu_de_travers() -> dict[str, list[str]]:
    """Ce que deviennent les signes d'un texte UTF-8 lu dans une autre page, par premier signe."""
    suites: dict[str, list[str]] = {}
    for page in PAGES_DE_CODES:
        for signe in SIGNES:
            suite = "".join(_signe(octet, page) for octet in signe.encode("utf-8"))
            suites.setdefault(suite[0], []).append(suite)
    return suites


def _signe(octet: int, page: str) -> str:
    try:
        return bytes([octet]).decode(page)
    except UnicodeDecodeError:  # une place vide de la page : le signe de commande de ce rang
        return chr(octet)
