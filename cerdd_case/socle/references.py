"""Les références du registre : `A1§12` dans les données, « annexe 1, § 12 » pour un lecteur."""

import re
from collections.abc import Iterator

from .erreurs import ErreurCas

REFERENCE = re.compile(
    r"(?P<annexe>INT|EP|D\d|A\d{1,2}|DOC:\w+)(?:/(?P<table>\w+))?(?:§(?P<paragraphe>\d+))?"
)
SIGLES = {"INT": "introduction", "EP": "epreuve"}
ENONCE = "enonce_dossier_"


def reference(preuve: str) -> tuple[str, int | str, str | None, int | None]:
    """Décompose `A9/missions§3` : genre (annexe ou document), numéro, tableau, paragraphe."""
    trouve = REFERENCE.fullmatch(preuve)
    if not trouve:
        raise ErreurCas(
            f"« {preuve} » n'est pas une référence. Écrivez A1§12, INT§2, D2§5 ou DOC:code§4."
        )
    brut, table, paragraphe = trouve.group("annexe", "table", "paragraphe")
    rang = int(paragraphe) if paragraphe else None
    if brut.startswith("DOC:"):
        return "document", brut[4:], table, rang
    numero = ENONCE + brut[1:] if brut[0] == "D" else SIGLES.get(brut) or int(brut[1:])
    return "annexe", numero, table, rang


def nommer(genre: str, numero: int | str) -> str:
    """« annexe 7 », « introduction », « énoncé du dossier 2 », « document « blog de 2008 » »."""
    nom = str(numero)
    if genre == "document":
        return f"document « {NOMS_DES_DOCUMENTS.get(nom, nom.replace('_', ' '))} »"
    if nom.startswith(ENONCE):
        return f"énoncé du dossier {nom.removeprefix(ENONCE)}"
    return {"epreuve": "épreuve", "introduction": nom}.get(nom, f"annexe {nom}")


NOMS_DES_DOCUMENTS = {
    "culture_numerique": "culture numérique",
    "marketing_relationnel": "marketing relationnel",
    "blog_tic_pme": "blog de 2008",
    "marques_et_collaboration": "marques et collaboration",
}
TABLES = {"missions": ", missions", "web_2_0": ", tableau", "supports": ", supports",
          "droits_de_vote": ", droits de vote", "faits": ", cadre du plan",
          "totaux": ", totaux"}  # fmt: skip
PLAN = 9  # les § de cette annexe numérotent le plan et son cadre : chacun porte son nom


def citer(preuves: str) -> str:
    """Écrit des références pour un lecteur : « annexe 1, § 12 ; annexe 9, missions, § 3 »."""
    phrases = []
    for preuve in preuves.split():
        genre, numero, table, paragraphe = reference(preuve)
        texte = nommer(genre, numero)
        texte += ", plan" if numero == PLAN and not table else TABLES.get(table or "", "")
        phrases.append(texte + (f", §\u00a0{paragraphe}" if paragraphe else ""))
    return " ; ".join(phrases)


_NOMS = "|".join(re.escape(nom) for nom in NOMS_DES_DOCUMENTS.values())
_TABLES = {dit.removeprefix(", "): table for table, dit in TABLES.items()}
_RANGS = r"\d+(?:(?:\ et\ |\ à\ |,\ )\d+)*"
CITATION = re.compile(
    rf"""(?:(?P<mot>introduction|énoncé)(?:\ du\ dossier\ (?P<dossier>\d))?
        |(?:document\ )?(?:«\ )?(?P<document>{_NOMS})(?:\ »)?
        |(?:annexes?\ |(?<=\d),?\ et\ |(?<=\d)\ ;\ )(?P<annexe>\d+))
        (?:,\ (?P<table>plan|{"|".join(map(re.escape, _TABLES))}))?,\ §\ (?P<rangs>{_RANGS})""",
    re.VERBOSE | re.IGNORECASE,
)


def citations(texte: str, dossier: str = "") -> Iterator[tuple[int, int, list[str]]]:
    """Chaque citation d'un texte : où elle commence et finit, et les passages qu'elle désigne.

    `dossier` : celui de la question, dont « énoncé, § 6 » parle. Une annexe citée sans § n'est pas
    un passage.
    """
    documents = {nom.casefold(): code for code, nom in NOMS_DES_DOCUMENTS.items()}
    for cite in CITATION.finditer(re.sub(r"\s", " ", texte)):
        mot, nom, annexe, table, rangs = cite.group("mot", "document", "annexe", "table", "rangs")
        if mot:
            ici = "INT" if mot.casefold() == "introduction" else f"D{cite['dossier'] or dossier}"
        else:
            ici = f"DOC:{documents[nom.casefold()]}" if nom else f"A{annexe}"
        code = _TABLES.get((table or "").casefold())
        ici += f"/{code}" if code else ""
        yield cite.start(), cite.end(), [f"{ici}§{r}" for r in _etendre(rangs)]


def relever(texte: str, dossier: str = "") -> list[str]:
    """Les passages que cite un texte (« annexe 9, plan, § 10 et 20 »), tels que `reference` les lit.

    L'inverse de `citer` ; voir `citations`.
    """
    trouves = [preuve for *_, preuves in citations(texte, dossier) for preuve in preuves]
    return list(dict.fromkeys(trouves))


def _etendre(rangs: str) -> list[int]:
    """« 1 à 3 et 7 » : 1, 2, 3, 7."""
    tous: list[int] = []
    for bout in re.split(r" et |, ", rangs):
        debut, _, fin = bout.partition(" à ")
        tous += range(int(debut), int(fin or debut) + 1)
    return tous
