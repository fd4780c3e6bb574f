"""Combien de fois une réponse a été essayée : l'avancement le garde, le verdict s'en sert.

Un essai : `nombre` (les réponses fausses, la même relancée ne comptant qu'une fois), `texte` (ce qui a
été lu la dernière fois), `etat` et `diagnostic` (ce que l'on en a dit), `montree` (on a demandé à voir
la réponse proposée). Une question chiffrée garde le sien sous `essais:2.3` ; un exercice de listes ou de
cases, un par réponse, sous `reprises:` et la clé de l'exercice.
"""

from collections.abc import Mapping
from dataclasses import replace

from ..socle.memoire import Memoire
from .verdict import MONTREE, Verdict


def noter(memoire: Memoire, verdict: Verdict) -> int | None:
    """Garde ce verdict ; rend le rang de cet essai, ou None si la réponse n'en est pas un."""
    cle = f"essais:{verdict.question}"
    avant = memoire.lire(cle, {})
    texte = verdict.echo.removeprefix("Lu : ").removesuffix(".")
    essai = _suivant(avant, verdict, texte)
    if essai != avant:
        memoire.ecrire(cle, essai)
    return essai["nombre"] if verdict.etat == "faux" else None


def _suivant(avant: Mapping, verdict: Verdict, texte: str) -> dict:
    """L'essai, après ce verdict.

    Seule une réponse fausse compte : ce qui ne se lit pas, se lit de deux façons, n'est pas dans
    l'unité demandée ou n'est qu'à un arrondi près se dit aussitôt.
    """
    relancee = (avant.get("texte"), avant.get("etat")) == (texte, "faux")
    nombre = avant.get("nombre", 0) + (verdict.etat == "faux" and not relancee)
    essai = {"nombre": nombre, "texte": texte, "etat": verdict.etat}
    if verdict.diagnostic:
        essai["diagnostic"] = verdict.diagnostic
    return essai | ({"montree": True} if avant.get("montree") else {})


class Reprises:
    """Les essais d'un exercice, un par réponse. `cle` : celle de l'exercice."""

    def __init__(self, memoire: Memoire, cle: str):
        self.memoire, self.cle = memoire, f"reprises:{cle}"
        self._essais: dict = memoire.lire(self.cle, {})

    @property
    def acquises(self) -> bool:
        """Une réponse au moins est juste ou demandée, ou l'on s'est trompé trois fois en tout."""
        fausses = sum(essai.get("nombre", 0) for essai in self._essais.values())
        dites = any(e.get("montree") or e.get("etat") == "juste" for e in self._essais.values())
        return dites or fausses >= MONTREE

    @property
    def bonnes(self) -> dict[str, str]:
        """Les réponses justes à leur dernière vérification, par clé."""
        return {c: e["texte"] for c, e in self._essais.items() if e.get("etat") == "juste"}

    def noter(self, verdicts: Mapping[str, Verdict], reponses: Mapping[str, str]) -> None:
        """Garde ces verdicts ; `reponses` : ce qui a été jugé, par clé."""
        juges = {c: v for c, v in verdicts.items() if v.juste is not None}
        self._garder(
            {c: _suivant(self._essais.get(c, {}), v, str(reponses[c])) for c, v in juges.items()}
        )

    def montrer(self, cle: str) -> None:
        """Note que l'on a demandé à voir la réponse proposée."""
        self._garder({cle: self._essais.get(cle, {}) | {"montree": True}})

    def _garder(self, essais: dict) -> None:
        if {**self._essais, **essais} != self._essais:
            avant, self._essais = self._essais, self._essais | essais
            self.memoire.ecrire(self.cle, self._essais, avant)

    def dater(self, verdicts: Mapping[str, Verdict]) -> dict[str, Verdict]:
        """Ces verdicts, chacun à son essai : il règle ce qui s'en montre."""
        return {c: replace(v, essai=self._rang(c)) for c, v in verdicts.items()}

    def _rang(self, cle: str) -> int:
        essai = self._essais.get(cle, {})
        return MONTREE if essai.get("montree") else max(essai.get("nombre", 0), 1)
