"""Les pages HTML du bureau : l'accueil, une annexe, une copie ; chacune complète en elle-même."""

import json
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..donnees.lecture import Paragraphe, feuille
from ..donnees.paquet import Donnees
from ..donnees.tableau import Tableau
from ..questions.registre import Registre
from ..socle.erreurs import ErreurCas
from ..socle.nombres import nombre
from ..socle.references import reference
from ..socle.typographie import imprimer, typographier

GABARITS = Path(__file__).resolve().parent / "gabarits"
SCRIPT = Path(__file__).resolve().parent.parent / "widgets" / "pages" / "page.js"
THEMES = ("clair", "sombre")


def composer(nom: str, **valeurs: Any) -> str:
    """La page de ce gabarit. Ce que l'on y met est échappé, sauf `raw`."""
    modele = _gabarits().load(nom)
    style = (GABARITS / "pages.css").read_text(encoding="utf-8")
    return modele.generate(style=style, typo=typo, nombre=nombre, **valeurs).decode()


@cache
def _gabarits() -> Any:
    from tornado.template import Loader

    return Loader(str(GABARITS), whitespace="all")


@cache
def registre() -> Registre:
    """Le cas de la collection, ouvert une fois pour tout le serveur."""
    return Registre()


def adresse(base: str, partie: str, chemin: Path) -> str:
    """L'adresse d'un fichier dans une partie du serveur (`files`, `lab/tree`, `doc/tree`)."""
    return f"{base}{partie}/{quote(chemin.as_posix())}"


def typo(texte: str) -> str:
    """Une phrase à nous en HTML, avec la typographie du papier."""
    return imprimer(escape(texte))


def annexe(donnees: Donnees, nom: str, passage: str = "", faits: str = "", theme: str = "") -> str:
    """La page d'une annexe ou d'un document : celle de `cas.lire`, en un fichier.

    `passage` : la référence à montrer (`A7§2`, `A9/missions§3`) ; `faits` : ceux dont les mots y sont
    marqués, séparés par une espace ; `theme` : « clair » ou « sombre » (sinon, celui de la machine).
    Lève `ErreurDonnees` si rien ne porte ce nom.
    """
    lue = feuille(donnees, nom)
    table, rang = _viser(donnees, nom, passage)
    parties = "".join(
        _partie(p, rang if _est_vise(p, lue.corps, table, rang) else None, faits.split())
        for p in lue.corps
    )
    pied = "".join(f"<p class='source'>{escape(d)}</p>" for d in (*lue.changes, lue.source))
    return composer(
        "annexe.html", titre=lue.nom, script=SCRIPT.read_text(encoding="utf-8"),
        vue=_json({"titre": lue.nom, "html": typographier(parties + pied)}),
        theme=theme if theme in THEMES else "",
    )  # fmt: skip


def _viser(donnees: Donnees, nom: str, passage: str) -> tuple[str, int | None]:
    """Le titre du tableau (vide : le texte d'abord) et le § d'une référence ; None : aucun."""
    try:
        genre, numero, table, rang = reference(passage)
        titre = donnees.ressource(genre, numero, table)["title"] if table else ""
    except ErreurCas:
        return "", None
    return titre, rang if str(numero) == nom else None


def _est_vise(partie: Paragraphe | Tableau, corps: list, table: str, rang: int | None) -> bool:
    """Est-ce là que mène un passage ? Le tableau nommé, sinon le paragraphe, sinon un tableau."""
    if isinstance(partie, Tableau):
        dans_le_texte = any(getattr(p, "numero", None) == rang for p in corps)
        return partie.titre == table if table else not dans_le_texte
    return not table and partie.numero == rang


def _partie(partie: Paragraphe | Tableau, vise: int | None, faits: list[str]) -> str:
    """Un paragraphe ou un tableau ; ce que le passage désigne a la classe `vise`, ses faits marqués."""
    if isinstance(partie, Paragraphe):
        classe = "paragraphe vise" if vise else "paragraphe"
        return f"<p class='{classe}'><b>{escape(partie.debut)}</b>{partie.html(faits if vise else ())}</p>"
    titre = escape(partie.titre)
    return (
        f"<div class='tableau' role='region' tabindex='0' aria-label='{titre}'>"
        f"<h2>{titre}</h2><table>{partie.en_table(vise)}</table></div>"
    )


def _json(valeur: object) -> str:
    """Une valeur, telle qu'un script d'une page la lit."""
    return json.dumps(valeur).replace("<", "\\u003c")
