"""Combien de fois une réponse chiffrée a été essayée : l'avancement le garde, le verdict s'en sert.

Sous `essais:2.3` : `nombre` (les réponses fausses, la même relancée ne comptant qu'une fois), `texte`
(ce qui a été lu la dernière fois), `etat` et `diagnostic` (ce que l'on en a dit).
"""

from ..socle.memoire import Memoire
from .verdict import Verdict


def noter(memoire: Memoire, verdict: Verdict) -> int | None:
    """Garde ce verdict ; rend le rang de cet essai, ou None si la réponse n'en est pas un.

    Seule une réponse fausse compte : ce qui ne se lit pas, se lit de deux façons, n'est pas dans
    l'unité demandée ou n'est qu'à un arrondi près se dit aussitôt.
    """
    cle = f"essais:{verdict.question}"
    avant = memoire.lire(cle, {})
    texte = verdict.echo.removeprefix("Lu : ").removesuffix(".")
    faux = verdict.etat == "faux"
    relancee = (avant.get("texte"), avant.get("etat")) == (texte, "faux")
    nombre = avant.get("nombre", 0) + (faux and not relancee)
    essai = {"nombre": nombre, "texte": texte, "etat": verdict.etat}
    if verdict.diagnostic:
        essai["diagnostic"] = verdict.diagnostic
    if essai != avant:
        memoire.ecrire(cle, essai)
    return nombre if faux else None
