"""Une liste de faits à ranger : une ou plusieurs listes déroulantes par ligne, et un avis."""

import anywidget
import traitlets as t

from .curseur import PAGES


class Rangement(anywidget.AnyWidget):
    """Des lignes de texte et, pour chacune, une ou plusieurs listes déroulantes.

    - `lignes` : dictionnaires `{"texte", "lieu", "listes"}` ; une liste est
      `{"cle", "libelle", "options": [[code, nom], …]}` ;
    - `choix` : `{cle: code}`, ce qui est choisi (une clé absente n'est pas rangée) ;
    - `avis` : `{cle: …}`, un verdict tel que l'écrit `verdicts.en_avis`, montré sous la ligne.

    Observez `choix`. Les listes sont celles du navigateur : le clavier suffit.
    """

    _esm = PAGES / "rangement.js"
    _css = PAGES / "rangement.css"

    legende = t.Unicode("").tag(sync=True)
    lignes = t.List([]).tag(sync=True)
    choix = t.Dict({}).tag(sync=True)
    avis = t.Dict({}).tag(sync=True)
    invite = t.Unicode("choisir…").tag(sync=True)

    @property
    def cles(self) -> list[str]:
        """Les clés de toutes les listes, dans l'ordre."""
        return [liste["cle"] for ligne in self.lignes for liste in ligne["listes"]]

    @property
    def restants(self) -> int:
        """Le nombre de listes où rien n'est encore choisi."""
        return sum(cle not in self.choix for cle in self.cles)
