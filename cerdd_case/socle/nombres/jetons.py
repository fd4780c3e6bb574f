"""Du texte tapé aux jetons : nettoyer les signes, puis reconnaître nombres, unités et opérations.

Chaque jeton garde sa place dans le texte d'origine : on peut montrer le signe qui arrête la
lecture. Un nombre reste ici une suite de chiffres et de séparateurs ; `suites.py` la comprend.
"""

import html
import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

# --- Nettoyer -----------------------------------------------------------------------------

BALISE_OU_SIGNE = re.compile(
    r"&(?:(?:#\d{1,6}|#x[0-9a-f]{1,6}|[a-z]{2,10});|nbsp|euro)|</?[a-z][^<>]*>|.", re.I | re.S
)
COUPURE = re.compile(r"</?(?:br|p|div|li|ul|td|th|tr|h\d)\b", re.I)
TRAITS, PLUS = "‐‑‒–—―−﹣－⁻˗➖", "＋﹢➕"
APOSTROPHES = "’‘ʼ′´`‛＇"
FINES = "\u00a0\u202f\u2009\u2007\u2006\u2008\u200a"  # celles qui tiennent un nombre ensemble
LIGNES = "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"  # passent d'une case ou d'une ligne à l'autre
INVISIBLE = "\u200b"
SIMPLES = {
    **dict.fromkeys(TRAITS, "-"),
    **dict.fromkeys(PLUS, "+"),
    **dict.fromkeys(APOSTROPHES, "'"),
    **dict.fromkeys(FINES, "\u202f"),
    **dict.fromkeys(LIGNES, "\n"),
    **dict.fromkeys("﹪٪", "%"),
    "٫": ",",
    "٬": "'",
    "﹒": ".",
    "﹐": ",",
}


def _simple(signe: str) -> str:
    """Le signe ordinaire que ce signe remplace : chiffre, trait, espace, lettre sans accent."""
    if signe in SIMPLES:
        return SIMPLES[signe]
    categorie = unicodedata.category(signe)
    if categorie == "Nd":
        return str(unicodedata.decimal(signe))
    if categorie == "Cf":
        return INVISIBLE
    if categorie in ("Mn", "Me"):  # un accent séparé de sa lettre, un sélecteur de dessin
        return ""
    if categorie == "Zs":
        return " "
    if "\uff01" <= signe <= "\uff5e":  # les formes pleine chasse du clavier asiatique
        return chr(ord(signe) - 0xFEE0)
    if categorie.startswith("L"):
        return unicodedata.normalize("NFD", signe)[0]
    return signe


def nettoyer(texte: str) -> tuple[str, list[int]]:
    """Le texte en signes ordinaires, et la place de chacun dans le texte d'origine (puis la fin).

    Un signe invisible entre deux chiffres compte pour une espace fine ; ailleurs il disparaît.
    """
    signes: list[tuple[str, int]] = []
    for trouve in BALISE_OU_SIGNE.finditer(texte):
        clair = trouve[0]
        if clair[0] == "&" and len(clair) > 1:
            clair = html.unescape(clair.rstrip(";") + ";")
        elif clair[0] == "<" and len(clair) > 1:
            clair = "\n" if COUPURE.match(clair) else ""
        for signe in clair:
            signes += [(simple, trouve.start()) for simple in _simple(signe)]
    visibles: list[tuple[str, int]] = []
    for rang, (signe, place) in enumerate(signes):
        if signe != INVISIBLE:
            visibles.append((signe, place))
            continue
        suite = signes[rang + 1][0] if rang + 1 < len(signes) else ""
        if visibles and visibles[-1][0].isdecimal() and suite.isdecimal():
            visibles.append(("\u202f", place))
    return "".join(s for s, _ in visibles), [*(p for _, p in visibles), len(texte)]


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
        """Ce que « % », « k€ » ou « mille » multiplient."""
        return Fraction(self.valeur)


LETTRE = r"[^\W\d_]"
ESPACE = "[ \u202f]"
# Dans les motifs ci-dessous : ⟨ et ⟩ bornent un mot, ␣ est une espace ou rien, ␠ des espaces.
MARQUES = {"⟨": f"(?<!{LETTRE})", "⟩": f"(?!{LETTRE})", "␣": f"{ESPACE}?", "␠": f"{ESPACE}+"}
EURO = "(?:€uros?⟩|€|(?:euros?|eur|e)⟩)"
UN_AN = r"(?:19|20)\d\d"
UNITE = rf"(?:%|k␣{EURO}|{EURO}|(?:milliers?|millions?|pourcentages?)⟩)"
# Les verbes qui donnent un résultat : « les charges s'élèvent à », « la part sera de ».
VERBE = (
    r"⟨(?:est␠de|(?:est␠|sont␠)?egale?s?(?:␠a)?|est|sont|vaut|valent|donne|font|fait|atteint"
    r"|represente(?:nt)?|ser(?:a|ont|ait|aient)|s'elev(?:e|ent|era|eront|erait|eraient)␠a"
    r"|correspond(?:ent)?␠a)⟩"
)
PUISSANCE_DE_DIX = r"10(?=\^|\*\*|[⁰¹²³⁴-⁹])"
# Une suite de chiffres et de séparateurs ; deux espaces de suite ne tiennent que « 1  000 », et
# une virgule suivie d'une espace, que des décimales suivies de leur unité.
SUITE = (
    r"(?:\d+|(?=[.,]\d))(?:(?:␣[.,]|[ \u202f'_]|·(?=\d{3}(?!\d)))(?!"
    + PUISSANCE_DE_DIX
    + r")\d+|␠0\d\d(?!\d)"
    r"|,␠\d{1,2}(?=␣(?:%|€|eur|pour))|␠virgule␠\d+)*"  # 21, 8 % ; 21 virgule 8
    r"(?:(?:e[+-]?|␠e[+-])\d+(?!\w))?"  # 7,63E+05
    r"(?:[.,]␣--?(?!␣[\d(]))?"  # 1 050.- : « sans centimes »
)
# (genre, motif, signe ou unité ou facteur), dans l'ordre où on les essaie. Les accents sont déjà
# ôtés ; la casse ne compte pas, sauf pour M (million).
LEXIQUE = (
    ("code", r"0x[0-9a-f]+", ""),
    ("fonction", r"⟨(?:somme|sum|produit|moyenne|arrondi|round|int|float|str|print|decimal|np\.\w+)␣"
                 r"\(", ""),
    ("rubrique", rf"^␣(?:{UN_AN}|[1-4]\.[1-4])␣:(?=␣\d)", ""),  # « 2015 : », « 2.1 : »
    ("sans_effet", r"/␣an⟩", ""),
    ("date", rf"\d{{1,2}}/\d{{1,2}}/\d{{2,4}}(?!\d)|{UN_AN}-\d\d?-\d\d?(?!\d)", ""),
    ("annees", rf"{UN_AN}␣[-/]␣{UN_AN}(?![\d.,])", ""),
    ("sans_effet", rf"⟨(?:en|pour|fin|debut|durant)␠(?:l'␣(?:annee|exercice|an)␠)?{UN_AN}"
                   r"(?!␣[\d%€]|[.,]\d|␣k)", ""),
    ("sans_effet", rf"⟨en(?=␠{UNITE})", ""),  # 14 000 en euros
    ("part", r"⟨(?:pour␠mille|p\.␣1000|pour␠1␣000)⟩|‰", "1/1000"),
    ("part", r"%|⟨(?:pour[ \u202f-]?cents?|pourcentages?|percent|pct|pc|p\.␣c\.?|p\.␣cent)⟩"
             r"|⟨(?:p\.␣|pour␠)100(?!\d)", "1/100"),
    ("points", r"⟨(?:points?(?:␠de␠(?:pourcentages?|%))?|pts?\.?)⟩", "1/100"),
    ("operation", rf"\.(?={PUISSANCE_DE_DIX})", "×"),  # 1,05.10^6
    ("suite", SUITE, ""),
    ("millier_d_euros", rf"⟨(?:kilo|k)[ \u202f-]?{EURO}", "1e3"),
    ("millier_d_euros", rf"⟨(?:(?-i:M)|mio)␣{EURO}", "1e6"),
    ("millier_d_euros", rf"⟨(?:mds?|mrds?)␣{EURO}", "1e9"),
    ("multiple", r"⟨(?:k(?!\d)|kilo)⟩", "1e3"),
    ("multiple", r"⟨(?:(?-i:M)(?![\d²'])|mio)⟩", "1e6"),
    ("multiple", r"⟨(?:mds?|mrds?)⟩", "1e9"),
    ("mille", r"⟨(?:milles?|milliers?)⟩", "1e3"),
    ("mille", r"⟨dizaines?⟩", "10"),
    ("mille", r"⟨douzaines?⟩", "12"),
    ("mille", r"⟨centaines?⟩", "100"),
    ("mille", r"⟨millions?⟩", "1e6"),
    ("mille", r"⟨milliards?⟩", "1e9"),
    ("centimes", r"⟨(?:centimes?(?:␠d'␣euros?)?|cents?|cts?|c(?!'))⟩\.?", "1/100"),
    ("unite", r"⟨(?:e\.␣t\.␣p\.?|etpt?|equivalents?[ -]temps[ -]pleins?)⟩", "etp"),
    ("sans_effet", r"⟨(?:h\.␣t\.?|t\.␣t\.␣c\.?)", ""),
    ("eur", rf"(?:⟨(?:d'␣|de␠))?(?:⟨{EURO}|€)", ""),
    ("unite", r"⟨(?:m2(?!\d)|m²|metres?␠carres?)⟩", "m2"),
    ("unite", r"⟨mois⟩", "mois"),
    ("unite", r"⟨(?:ans?|annees?)⟩", "ans"),
    ("unite", r"⟨(?:jours?|j(?!'))⟩", "jours"),
    ("unite", r"⟨(?:heures?|h)⟩", "heures"),
    ("unite", r"⟨(?:minutes?|min|mn)⟩\.?", "minutes"),
    ("unite", r"⟨salarie(?:e|\(e\))?s?⟩", "salariés"),
    ("unite", r"⟨personnes?⟩", "personnes"),
    ("unite", r"⟨(?:emplois?|postes?)⟩", "emplois"),
    ("unite", r"⟨habitants?⟩", "habitants"),
    ("unite", r"⟨(?:km|kilometres?)⟩", "km"),
    ("unite", r"⟨voix⟩", "voix"),
    # Ce qui relie un calcul à son résultat : = → ⇒ « soit », « donc », « est égal à »…
    ("egal", r"[-=]*[-=]>|=+|[→⇒⟹➔➜⮕⇨]|⟨(?:soit|donc|alors|c'est␠a␠dire|c'est|ce␠qui␠fait"
             rf"|(?:ca|cela)␠(?:fait|donne))⟩|{VERBE}", ""),
    ("compare", r"[<>]␣=?|[≤≥≠⩽⩾]|!=|⟨(?:plus|moins)␠d(?:e⟩|')|⟨au␠(?:moins|plus)⟩"
                r"|⟨(?:sup|inf)erieure?s?(?:␠a)?⟩|⟨(?:maximum|minimum|jusqu'a)⟩", ""),
    ("plus_ou_moins", r"[±∓]|\+␣/␣-", ""),
    ("code", r"(?<=\d)~(?=\d)|~~+|\\(?:[a-z]+|.)?|[{}]", ""),
    ("environ", r"⟨arrondie?s?␠a(?=␣\d)", ""),
    ("environ", r"[~≈≃≅∼⩰≒]=?|⟨(?:environ|approximativement|a␠peu␠pres|a␠peu␠de␠choses␠pres"
                r"|pres␠de|presque|plus␠ou␠moins|autour␠de|aux␠alentours␠de|de␠l'ordre␠de|quelque|circa)⟩"
                r"|⟨(?:env|approx|ca)⟩\.?", ""),
    ("devise", r"(?:us|can)?\$|[£¥₣₤¢₽₿]|⟨(?:usd|gbp|chf|dollars?|livres?(?:␠sterling)?"
               r"|francs?(?:␠(?:suisses?|cfa))?|frs?|ff|f|yens?|dirhams?|dinars?|roubles?|couronnes?"
               r"|jpy|cad|xaf|xof|f?cfa|pesos?|roupies?|lires?|marks?|zlotys?|bitcoins?|btc)⟩", ""),
    ("etoiles", r"\*{3,}", ""),
    ("operation", r"\*\*|\^", "^"),
    ("operation", r"[×*✕✖⨯·∙⋅∗•]|⟨(?:x|fois|multiplie(?:e|r)?s?␠par)⟩", "×"),
    ("operation", r"[÷/⁄∕:]|⟨(?:divise(?:e|r)?s?␠par|sur)⟩", "/"),
    ("operation", r"\+|⟨plus⟩", "+"),
    ("operation", r"-|⟨moins⟩", "-"),
    ("exposant", "[⁰¹²³⁴⁵⁶⁷⁸⁹]+", ""),
    ("ouvre", r"\(", ""),
    ("ferme", r"\)", ""),
    ("separe", r"\n|[;,|&]|⟨(?:et|ou|a|ainsi␠que|puis|ni)⟩", ""),
    ("ponctuation", r"\.+|…|[!?]+", ""),
    ("de", r"⟨(?:de|du|des)⟩|⟨d'", ""),
    ("sans_effet", r"__+", ""),
    ("signe", r"_(?=␣\d)", ""),  # devant un nombre, un moins manqué
    ("sans_effet", r"[][\"«»“”„‹›'_]", ""),
    ("sans_effet", r"⟨(?:ht|ttc|nets?|nettes?|brute?s?|annuel(?:le)?s?|par␠an|en␠tout|au␠total|entre"
                   r"|la|le|les|un|une|on|je|nous|il␠y␠a|il|faut|ai|trouvee?|trouvons|obtiens|obtient"
                   r"|obtenons|reponses?|resultats?|montants?|totale?s?|totaux|somme|budgets?"
                   r"|charges|personnel|depenses?|recettes?|excedents?|benefices?"
                   r"|previsionnel(?:le)?s?|prevue?s?|realisee?s?|arrondie?s?|part|ue|europe|union|ecarts?)⟩"
                   r"|⟨[ljc]'", ""),
    ("mot", rf"{LETTRE}(?:[\w']*\w)?", ""),
    ("signe", r".", ""),
)  # fmt: skip


def _compiler(motif: str) -> re.Pattern:
    for marque, sens in MARQUES.items():
        motif = motif.replace(marque, sens)
    return re.compile(motif, re.I | re.S)


MOTIFS = [(genre, _compiler(motif), valeur) for genre, motif, valeur in LEXIQUE]
# Ce qui annonce la réponse : « Résultat : », « charges = », « Budget 2015 : », « a) », une puce.
ANNONCE = _compiler(
    rf"\s*{LETTRE}[^\d=:≈~→⇒<>%€$£()+*/÷×\n]*(?:{UN_AN}|[1-4]\.[1-4](?:\.\w+)?|\d)?␣"
    rf"(?:=>|[:=→⇒]|(?=[≈~]|{VERBE}|\((?:en␠)?{UNITE}[^()]*\)␣[:=]))(?=.*\d)"
    r"|\s*[a-z]\)(?=.*\d)|\s*[•▪‣◦➢➤](?=\s)|\s*#+(?=\s)"
)
# Les seuls mots d'une annonce : un autre peut porter un signe, une unité, une négation.
MOTS_D_UNE_ANNONCE = _compiler(
    r"(?:[a-z]|au|aux|le|la|les|de|du|des|un|une|on|nous|jai|ai|il|elle|est|sont|en|pour|sur|dans|et|donc|alors"
    r"|ma|mon|notre|votre|question|q|reponses?|rep|resultats?|res|calculs?|solution|valeurs?|montants?"
    r"|totale?s?|totaux|somme|trouvee?|trouve|trouvons|obtiens|obtient|obtenons|vaut|valent|egale?|a"
    r"|ecarts?|ressources|recettes|charges|depenses|personnel|budgets?|parts?|europe|union|europeenne"
    r"|ue|excedents?|benefices?|financements?|realisee?s?|prevue?s?|previsionnel(?:le)?s?|globale?"
    r"|salaires?|annuel(?:le)?s?|cerdd|elles|ils|cette|ce|produits?|annee|final|finale|nouveau|nouvelle|masse|salariale|cout|favorables?)"
)
MOT = _compiler(rf"{LETTRE}+")


def _annonce(texte: str) -> int:
    """Où commence la réponse, après ce qui l'annonce : « Résultat = produits - charges = »."""
    rang = 0
    while annonce := ANNONCE.match(texte, rang):
        if not all(MOTS_D_UNE_ANNONCE.fullmatch(mot) for mot in MOT.findall(annonce[0])):
            break
        rang = annonce.end()
    return rang


def decouper(texte: str) -> list[Jeton]:
    """Les jetons du texte, sans ce qui annonce la réponse, les espaces et les mots sans effet."""
    propre, places = nettoyer(texte)
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
