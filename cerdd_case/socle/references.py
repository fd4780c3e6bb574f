"""Les références du registre : `A1§12` dans les données, « annexe 1, § 12 » pour un lecteur."""

import re

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
