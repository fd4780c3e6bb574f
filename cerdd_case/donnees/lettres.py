"""Reconnaître un texte dont les lettres accentuées se sont perdues d'un logiciel à l'autre.

Un même fichier passe par Windows, un Mac, de vieilles pages de codes, une page Web, un courrier :
« développement » devient « dÃ©veloppement », « d‚veloppement », « dÈveloppement »,
« d?veloppement », « d=C3=A9veloppement ». Une seule règle pour les pages de codes : un mot que le
français n'écrit pas, mais qui devient du français relu dans une autre page, a perdu ses lettres.
Un nom étranger (Škoda, São Paulo) ne devient rien de tel.
"""

import re
import string
from functools import cache
from html.entities import html5

PAGES_RELUES = ("cp1252", "mac_roman", "cp850", "cp437", "cp1250", "cp1251", "cp1253", "cp1254",
                "iso8859_2", "iso8859_15")  # fmt: skip
PAGES_ECRITES = ("cp1252", "mac_roman", "cp850", "iso8859_15")
# Les signes du français, plus ceux que laisse un texte abîmé deux fois (Ã, â, marque, �).
SIGNES = "àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ«»‘’“”–—…€§°·×÷±≈≤≥−‰½²³№Ãâ\u00a0\u202f\ufeff\ufffd"
TRACES = re.compile(
    # signes de commande, de remplacement, ou réservés : aucun texte n'en contient
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffc\ufffd\ufffe\uffff\ud800-\udfff\ue000-\uf8ff]"
    # ce qu'une vieille page de codes montre à la place d'une lettre, et que personne n'écrit
    "|[‚¤¦¨¬¯´¸ˆ˜˚˘˙\u2320\u2321\u2500-\u259f\u25a1]"
    # un « ? » à la place d'une lettre ou d'une espace insécable : il ne finit pas un mot
    r"|\?(?=[^\W_]|[:;%€°])|(?<=\d)\?(?= ?[%€°])|«\?|(?<=\w['’])[?…](?=\w)|o–t(?=s?\b)"
    # récrit pour un courrier, une adresse, un programme, LaTeX
    r"|=(?:C[23]|E2)=[89AB][0-9A-F]|(?<=[a-z])=[C-F][0-9A-F]|=[C-F][0-9A-F](?=[a-z])"
    r"|%(?:C[23]|E2)%[89AB][0-9A-F]|(?<=[a-z])%[EF][0-9A-F]|%[EF][0-9A-F](?=[a-z])"
    r"|[\\%]u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\[0-3][0-7]{2}|U\+[0-9A-F]{4}"
    r"|\\['`^\"]\{?[A-Za-z]|\+A[A-P][0-9A-Za-z+/]-",
)
ENTITE = re.compile(r"&(#[0-9]+|#[xX][0-9A-Fa-f]+|\w{2,});")
ADRESSE = re.compile(r"\S*(?:://|www\.)\S*")
DOUTEUX = re.compile(r"[^\w\s!\"'()*,./:;<>\[\]_{|}§«»€-]|[^\x00-\x7f]|\d_")
# Un mot : sans ce qui le borde toujours, et sans les signes qui touchent rarement une lettre.
MOT = re.compile(r"[^\s\x00-\x40\x5b-\x60\x7b-\x7e’–—‑]+")
BORDS = "«»“”„‘…€×÷±≈≤≥≠−‰°§²³¹·•→←↔½¼¾®©™†√∞"
FRANCAIS = re.compile(  # où le français place ses accents
    "à|là|çà|déjà|voilà|holà|delà|où|(?:[a-z]"
    "|^é(?=[bcdfglmnpqrstv][aeiouyéèrlhpq])|(?<=\\w)é|^è(?=(?:re|ve|ze|bre)s?$|s$)"
    "|(?<=\\w)è(?=(?:[bcdfgjlmnpqrstvz]|[bcdfgptv][rl]|ch|gn|ph|th|qu|gu)e|s$)|^ê(?=t(?:re|es))"
    "|(?<=\\w)ê(?=(?:[tlmnpv]|ch|qu)(?:[aeiouyéèr]|s?$))|â(?=[bcglmnpstv])|^î(?=l)|(?<=\\w)î(?=[clmnt])"
    "|^ô(?=t)|(?<=\\w)ô(?=[lmnpst])|(?<=[bdelmors])û(?=[clmnrt]|$)|ç(?=[aouâô])"
    "|(?<=[aoeu])ë|(?<=[aou])ï(?![aeiouy])|œ(?=u|il))+"
)
# Une majuscule accentuée au milieu d'un mot : « rÈseau », « DÈpenses ».
MAJUSCULE_PERDUE = re.compile(
    "(?<=[a-zß-öø-ÿœ])[À-ÖØ-ÞŒŠŸŽĂĄĆČĎĐĘĚŁŃŇŐŔŘŚŞŤŮŰŹŻ]|(?<=[A-Z])[À-ÖØ-Þ](?=[a-zß-öø-ÿ])"
)
# Ce qu'écrivent les noms étrangers les plus courants (Göteborg, São Paulo, Øresund).
COURANTES = frozenset(string.ascii_letters + "öüßãåøíóõòéçæëïÖÜÅØ")


def lettres_perdues(texte: str) -> str | None:
    """Les premiers signes d'un texte qui trahissent des lettres perdues, ou rien."""
    if not DOUTEUX.search(texte):
        return None
    if "://" in texte or "www." in texte:  # une adresse a le droit à « ? », « & » et « % »
        texte = ADRESSE.sub(" ", texte)
    if not texte.isascii() and (trouve := _utf8_relu_de_travers().search(texte)):
        return trouve[0]
    if trouve := TRACES.search(texte):
        return trouve[0]
    for trouve in ENTITE.finditer(texte) if "&" in texte else ():
        if trouve[1][0] == "#" or f"{trouve[1]};" in html5:
            return trouve[0]
    if not texte.isascii():
        if trouve := MAJUSCULE_PERDUE.search(texte):
            return trouve[0]
        return next((mot for mot in MOT.findall(texte) if _mot_relu_de_travers(mot)), None)
    return None


@cache
def _utf8_relu_de_travers() -> re.Pattern:
    """Ce que deviennent les signes d'un texte UTF-8 lu dans une autre page."""
    suites = {
        "".join(_signe(octet, page) for octet in signe.encode())
        for page in ("latin-1", *PAGES_RELUES)
        for signe in SIGNES
    }
    debuts = re.escape("".join(sorted({suite[0] for suite in suites})))
    return re.compile(f"(?=[{debuts}])(?:{'|'.join(map(re.escape, sorted(suites)))})")


@cache
def _mot_relu_de_travers(mot: str) -> bool:
    """Ce mot n'est pas français, et le devient relu dans une autre page de codes."""
    nu = mot.strip(BORDS)
    if nu.isascii() or _est_francais(nu):
        return False
    nom = nu[1:].replace("ä", "").replace("à", "") if nu[0].isupper() else nu
    if len(nu) > 1 and COURANTES.issuperset(nom) and nu[0] in COURANTES:
        return False
    for relue in PAGES_RELUES:
        octets = mot.encode(relue, "ignore")
        if len(octets) == len(mot):
            for ecrite in PAGES_ECRITES:
                relu = "".join(_signe(octet, ecrite) for octet in octets)
                if not relu.isascii() and _est_francais(relu):
                    return True
    return False


def _est_francais(mot: str) -> bool:
    """Chaque lettre accentuée est à une place où le français en met."""
    return FRANCAIS.fullmatch(mot.lower()) is not None and not MAJUSCULE_PERDUE.search(mot)


def _signe(octet: int, page: str) -> str:
    try:
        return bytes([octet]).decode(page)
    except UnicodeDecodeError:  # une place vide de la page : le signe de commande de ce rang
        return chr(octet)
