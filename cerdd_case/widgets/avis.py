"""Montrer un verdict dans un atelier : partout les mêmes signes, les mêmes classes de style."""

from html import escape

from ..questions.verdict import ETATS, Verdict
from ..socle.typographie import typographier

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
    """Un verdict comme la page le montre sous une liste ; `mot` : un nom d'état à dire avant."""
    texte = f"{mot}. {verdict.texte}" if mot else verdict.texte
    return {
        "juste": verdict.juste,
        "signe": signe(verdict),
        "classe": classe(verdict),
        "texte": typographier(texte),
    }


def conclusion(phrase: str) -> str:
    """La phrase à retenir d'un atelier, en HTML ; vide s'il n'y a rien à dire."""
    return f"<div class='conclusion'>{escape(phrase)}</div>" if phrase else ""
