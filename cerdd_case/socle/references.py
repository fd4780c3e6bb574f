"""Les références du registre : `A1§12` dans les données, « annexe 1, § 12 » pour un lecteur."""

import re

from .erreurs import ErreurCas

REFERENCE = re.compile(
    r"(?P<annexe>INT|D2|A\d{1,2}|DOC:[a-z_]+)(?:/(?P<table>\w+))?(?:§(?P<paragraphe>\d+))?"
)
NUMEROS = {"INT": "introduction", "D2": "enonce_dossier_2"}


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
    return "annexe", NUMEROS.get(brut) or int(brut[1:]), table, rang


DOCUMENTS = {
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
        if genre == "document":
            texte = f"document « {DOCUMENTS[str(numero)]} »"
        elif numero == "enonce_dossier_2":
            texte = "énoncé du dossier 2"
        else:
            texte = str(numero) if numero == "introduction" else f"annexe {numero}"
        texte += ", plan" if numero == PLAN and not table else TABLES.get(table or "", "")
        phrases.append(texte + (f", §\u00a0{paragraphe}" if paragraphe else ""))
    return " ; ".join(phrases)
