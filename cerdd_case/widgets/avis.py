"""Montrer un verdict dans un atelier : partout les mêmes signes, les mêmes classes de style."""

from collections.abc import Iterable
from html import escape

from ..questions.verdict import ETATS, Verdict
from ..socle.references import citer
from ..socle.typographie import typographier

VOIR = "Voir la réponse"
CLASSES = {"juste": "oui", "presque": "discutable", "faux": "non", "unite": "non"}


def signe(verdict: Verdict) -> str:
    """Le signe d'un verdict : ✔, ≈, ✘, … ou ?"""
    return ETATS[verdict.etat][0][0]


def classe(verdict: Verdict) -> str:
    """Sa classe de style ; « sans-objet » quand rien n'a pu être jugé."""
    return CLASSES.get(verdict.etat, "sans-objet")


def en_html(verdict: Verdict) -> str:
    """Un verdict en une ligne : le signe, puis ce qui est dit."""
    return f"<span class='{classe(verdict)}'>{signe(verdict)}</span> {escape(verdict.texte)}"


def en_avis(verdict: Verdict, mot: str = "") -> dict:
    """Un verdict comme la page le montre sous une liste ; `mot` : un nom d'état à dire avant.

    Avec un `passage`, la référence à relire s'ouvre : elle et ce qui la suit se montrent à part.
    """
    texte = verdict.dit if verdict.passage else verdict.texte
    texte = f"{mot}. {texte}" if mot else texte
    return {
        "juste": verdict.juste,
        "signe": signe(verdict),
        "classe": classe(verdict),
        "texte": typographier(texte),
        "a_demander": verdict.a_demander,
        "passage": verdict.passage,
        "relire": citer(verdict.paragraphe or ""),
        "suite": typographier(verdict.montre) if verdict.passage else "",
    }


def conclusion(phrase: str) -> str:
    """La phrase à retenir d'un atelier, en HTML ; vide s'il n'y a rien à dire."""
    return f"<div class='conclusion'>{escape(phrase)}</div>" if phrase else ""


def tableau(entetes: Iterable[str], lignes: Iterable[Iterable[str]], nombres: str = "") -> str:
    """Un tableau HTML ; les cases sont déjà du HTML. `nombres` : « n » pour chaque colonne à
    aligner à droite, autre chose pour les autres (« .nn »)."""
    sortes = [" class='nombre'" if signe == "n" else "" for signe in nombres.ljust(99)]

    def rangee(cases: Iterable[str], balise: str) -> str:
        dedans = (f"<{balise}{s}>{c}</{balise}>" for c, s in zip(cases, sortes, strict=False))
        return f"<tr>{''.join(dedans)}</tr>"

    corps = "".join(rangee(ligne, "td") for ligne in lignes)
    return f"<table><thead>{rangee(entetes, 'th')}</thead><tbody>{corps}</tbody></table>"
