"""Du texte tapé aux jetons : nettoyer les signes, puis reconnaître nombres, unités et opérations.

Chaque jeton garde sa place dans le texte d'origine : on peut montrer le signe qui arrête la
lecture. Un nombre reste ici une suite de chiffres et de séparateurs ; `suites.py` la comprend.
"""

import csv
import html
import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from ..typographie import FINE

# --- Nettoyer -----------------------------------------------------------------------------

BALISE_OU_SIGNE = re.compile(
    r"&(?:(?:#\d{1,6}|#x[0-9a-f]{1,6}|[a-z]{2,10});|nbsp|euro)|</?[a-z][^<>]*>|.", re.I | re.S
)
COUPURE = re.compile(r"</?(?:br|p|div|li|ul|td|th|tr|h\d)\b", re.I)
INVISIBLE = "\u200b"
SIMPLES = {
    **dict.fromkeys("‐‑‒–—―−﹣⁻˗➖", "-"),
    **dict.fromkeys("’‘ʼ′´`‛", "'"),
    # celles-ci tiennent un nombre ensemble
    **dict.fromkeys("\u00a0\u202f\u2009\u2007\u2006\u2008\u200a", FINE),
    # celles-là passent d'une case ou d'une ligne à l'autre
    **dict.fromkeys("\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029", "\n"),
    **{"﹢": "+", "➕": "+", "﹪": "%", "٪": "%", "﹐": ",", "٫": ",", "٬": "'", "﹒": "."},
}


def _simple(signe: str) -> str:
    """Le signe ordinaire que ce signe remplace : chiffre, trait, espace, lettre sans accent."""
    if signe in SIMPLES:
        return SIMPLES[signe]
    if unicodedata.decomposition(signe).startswith("<wide>"):  # d'un clavier asiatique
        return unicodedata.normalize("NFKC", signe)
    match unicodedata.category(signe):
        case "Nd":
            return str(unicodedata.decimal(signe))
        case "Cf":
            return INVISIBLE
        case "Mn" | "Me":  # un accent séparé de sa lettre, un sélecteur de dessin
            return ""
        case "Zs":
            return " "
        case "Lu" | "Ll" | "Lt" | "Lm" | "Lo":
            return unicodedata.normalize("NFD", signe)[0]
    return signe


def simplifier(texte: str) -> tuple[str, list[int]]:
    """Le texte en signes ordinaires, et la place de chacun dans le texte d'origine (puis la fin).

    Un signe invisible entre deux chiffres compte pour une espace fine ; ailleurs il disparaît.
    """
    signes: list[str] = []
    places: list[int] = []
    for trouve in BALISE_OU_SIGNE.finditer(texte):
        clair = trouve[0]
        if clair[0] == "&" and len(clair) > 1:
            clair = html.unescape(clair.rstrip(";") + ";")
        elif clair[0] == "<" and len(clair) > 1:
            clair = "\n" if COUPURE.match(clair) else ""
        simples = "".join(map(_simple, clair))
        signes += simples
        places += [trouve.start()] * len(simples)
    propre = re.sub(rf"(?<=\d){INVISIBLE}(?={INVISIBLE}*\d)", FINE, "".join(signes))
    gardes = [rang for rang, signe in enumerate(propre) if signe != INVISIBLE]
    return propre.replace(INVISIBLE, ""), [*(places[rang] for rang in gardes), len(texte)]


# --- Reconnaître --------------------------------------------------------------------------


@dataclass(frozen=True)
class Jeton:
    """Un morceau du texte : `genre` et `valeur` (voir `LEXIQUE`), et sa place dans l'original."""

    genre: str
    texte: str
    debut: int
    fin: int
    valeur: str = ""
    rang: int = 0  # sa place dans le texte nettoyé

    @property
    def facteur(self) -> Fraction:
        """Ce que « % », « k€ » ou « mille » multiplient ; 1 pour une autre unité."""
        return Fraction(self.valeur if self.valeur[:1].isdecimal() else 1)

    @property
    def unite(self) -> str:
        """L'unité que dit le jeton : « eur », « part », « etp »…"""
        return {"millier_d_euros": "eur", "unite": self.valeur}.get(self.genre, self.genre)


LETTRE = r"[^\W\d_]"
EURO = "(?:€uros?⟩|€|(?:euros?|eur|e)⟩)"
# Ce que remplacent, dans les motifs d'ici et de `mots.csv`, quelques signes et noms entre accolades.
MARQUES = {
    # Les verbes qui donnent un résultat : « les charges s'élèvent à », « la part sera de ».
    "{verbe}": r"⟨(?:est␠de|(?:est␠|sont␠)?egale?s?(?:␠a)?|est|sont|vaut|valent|donne|font|fait|atteint"
               r"|represente(?:nt)?|ser(?:a|ont|ait|aient)|s'elev(?:e|ent|era|eront|erait|eraient)␠a"
               r"|correspond(?:ent)?␠a)⟩",
    "{unite}": rf"(?:%|k␣{EURO}|{EURO}|(?:milliers?|millions?|pourcentages?)⟩)",
    "{euro}": EURO,
    "{an}": r"(?:19|20)\d\d",
    "{dix}": r"10(?=\^|\*\*|[⁰¹²³⁴-⁹])",  # une puissance de dix
    "⟨": f"(?<!{LETTRE})", "⟩": f"(?!{LETTRE})", "␣": "[ \u202f]?", "␠": "[ \u202f]+",
}  # fmt: skip
# Une suite de chiffres et de séparateurs ; deux espaces de suite ne tiennent que « 1  000 », et
# une virgule suivie d'une espace, que des décimales suivies de leur unité.
SUITE = (
    r"(?:\d+|(?=[.,]\d))(?:(?:␣[.,]|[ \u202f'_]|·(?=\d{3}(?!\d)))(?!{dix})\d+|␠0\d\d(?!\d)"
    r"|,␠\d{1,2}(?=␣(?:%|€|eur|pour))|␠virgule␠\d+)*"  # 21, 8 % ; 21 virgule 8
    r"(?:(?:e[+-]?|␠e[+-])\d+(?!\w))?"  # 7,63E+05
    r"(?:[.,]␣--?(?!␣[\d(]))?"  # 1 050.- : « sans centimes »
)
# Ce qui ne commence pas par une lettre, dans l'ordre où on l'essaie (`mots.csv` a les mots) : genre,
# motif, signe ou unité ou facteur. Les accents sont déjà ôtés.
SIGNES = (
    ("code", r"0x[0-9a-f]+", ""),
    ("rubrique", r"^␣(?:{an}|[1-9]\.[1-9])␣:(?=␣\d)", ""),  # « 2015 : », « 2.1 : »
    ("sans_effet", r"/␣an⟩", ""),
    ("date", r"\d{1,2}/\d{1,2}/\d{2,4}(?!\d)|{an}-\d\d?-\d\d?(?!\d)", ""),
    ("annees", r"{an}␣[-/]␣{an}(?![\d.,])", ""),
    ("part", "‰", "1/1000"),
    ("part", "%", "1/100"),
    ("operation", r"\.(?={dix})", "×"),  # 1,05.10^6
    ("suite", SUITE, ""),
    ("eur", "€(?:uros?⟩)?", ""),
    ("egal", r"[-=]*[-=]>|=+|[→⇒⟹➔➜⮕⇨]", ""),
    ("compare", r"[<>]␣=?|[≤≥≠⩽⩾]|!=", ""),
    ("plus_ou_moins", r"[±∓]|\+␣/␣-", ""),
    ("code", r"(?<=\d)~(?=\d)|~~+|\\(?:[a-z]+|.)?|[{}]", ""),
    ("environ", "[~≈≃≅∼⩰≒]=?", ""),
    ("devise", "[$£¥₣₤¢₽₿]", ""),
    ("etoiles", r"\*{3,}", ""),
    ("operation", r"\*\*|\^", "^"),
    ("operation", "[×*✕✖⨯·∙⋅∗•]", "×"),
    ("operation", "[÷/⁄∕:]", "/"),
    ("operation", r"\+", "+"),
    ("operation", "-", "-"),
    ("exposant", "[⁰¹²³⁴⁵⁶⁷⁸⁹]+", ""),
    ("ouvre", r"\(", ""),
    ("ferme", r"\)", ""),
    ("separe", r"\n|[;,|&]", ""),
    ("ponctuation", r"\.+|…|[!?]+", ""),
    ("sans_effet", "__+", ""),
    ("signe", r"_(?=␣\d)", ""),  # devant un nombre, un moins manqué
    ("sans_effet", r"[][\"«»“”„‹›'_]", ""),
)


class Motif:
    """Un motif écrit avec des `MARQUES`, compilé à son premier emploi : l'import reste court."""

    def __init__(self, motif: str):
        self.motif = motif

    def __getattr__(self, geste: str) -> Any:
        motif = self.motif
        for marque, sens in MARQUES.items():
            motif = motif.replace(marque, sens)
        setattr(self, geste, getattr(re.compile(motif, re.I | re.S), geste))
        return getattr(self, geste)


with (Path(__file__).parent / "mots.csv").open(encoding="utf-8", newline="") as _fichier:
    MOTS = [(ligne["genre"], ligne["mots"], ligne["valeur"]) for ligne in csv.DictReader(_fichier)]


def motif_des_mots(*genres: str) -> Motif:
    """Les mots de ces genres, entiers."""
    return Motif(f"⟨(?:{'|'.join(mots for genre, mots, _ in MOTS if genre in genres)})⟩")


# Un mot qui finit par une lettre n'en est pas suivi ; la casse ne compte que pour M (million).
MOTIFS = [
    (genre, Motif(motif), valeur)
    for genre, motif, valeur in (
        *SIGNES,
        *((genre, rf"⟨(?:{mots})(?:(?<!{LETTRE})|⟩)", valeur) for genre, mots, valeur in MOTS),
        ("mot", rf"{LETTRE}(?:[\w']*\w)?", ""),
        ("signe", ".", ""),
    )
    if genre not in ("annonce", "dit_un_signe", "change_le_sens", "en_lettres")
]
# Ce qui annonce la réponse : « Résultat : », « charges = », « Budget 2015 : », « a) », une puce.
ANNONCE = Motif(
    rf"\s*{LETTRE}[^\d=:≈~→⇒<>%€$£()+*/÷×\n]*(?:{{an}}|[1-9]\.[1-9](?:\.\w+)?|\d)?␣"
    r"(?:=>|[:=→⇒]|(?=[≈~]|{verbe}|\((?:en␠)?{unite}[^()]*\)␣[:=]))(?=.*\d)"
    r"|\s*[a-z]\)(?=.*\d)|\s*[•▪‣◦➢➤](?=\s)|\s*#+(?=\s)"
)
# Les seuls mots d'une annonce : un autre peut porter un signe, une unité, une négation.
MOTS_D_UNE_ANNONCE = motif_des_mots("annonce")
MOT = Motif(rf"{LETTRE}+")


def _annonce(texte: str) -> int:
    """Où commence la réponse, après ce qui l'annonce : « Résultat = produits - charges = »."""
    rang = 0
    while annonce := ANNONCE.match(texte, rang):
        if not all(MOTS_D_UNE_ANNONCE.fullmatch(mot) for mot in MOT.findall(annonce[0])):
            break
        rang = annonce.end()
    return rang


def en_jetons(texte: str) -> list[Jeton]:
    """Les jetons du texte, sans ce qui annonce la réponse, les espaces et les mots sans effet."""
    propre, places = simplifier(texte)
    rang = _annonce(propre)
    jetons = []
    while rang < len(propre):
        if propre[rang] in " \u202f":
            rang += 1
            continue
        genre, trouve, valeur = next(
            (genre, trouve, valeur)
            for genre, motif, valeur in MOTIFS
            if (trouve := motif.match(propre, rang)) and trouve.end() > rang
        )
        if genre != "sans_effet":
            jetons.append(Jeton(genre, trouve[0], places[rang], places[trouve.end()], valeur, rang))
        rang = trouve.end()
    return jetons
