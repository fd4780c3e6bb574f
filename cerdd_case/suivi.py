"""Ce que l'élève a fait, gardé dans un fichier posé à côté de son carnet.

Le fichier s'appelle `.NOM_DU_CARNET.suivi.json` (caché). Il survit à l'arrêt du noyau ; il ne
contient que des cases cochées, des verdicts et des choix, jamais de donnée personnelle.
"""

import json
import os
from pathlib import Path

from .erreurs import ErreurCas


def carnet_ouvert() -> Path | None:
    """Le carnet dans lequel on travaille, ou None hors de Jupyter."""
    nom = os.environ.get("JPY_SESSION_NAME", "")
    chemin = Path(nom)
    if not nom.endswith(".ipynb"):
        return None
    return chemin if chemin.is_absolute() else Path.cwd() / chemin.name


class Suivi:
    """Un petit dossier de clés et de valeurs, écrit à chaque changement.

    `fichier` : où l'écrire ; par défaut à côté du carnet ouvert, et nulle part (en mémoire
    seulement) quand il n'y a pas de carnet.
    """

    def __init__(self, fichier: Path | None = None):
        carnet = carnet_ouvert()
        self.fichier = fichier or (
            carnet.with_name(f".{carnet.stem}.suivi.json") if carnet else None
        )
        self._contenu = self._charger()

    def _charger(self) -> dict:
        if self.fichier is None or not self.fichier.exists():
            return {}
        try:
            contenu = json.loads(self.fichier.read_text(encoding="utf-8"))
            if isinstance(contenu, dict):
                return contenu
        except (OSError, ValueError):
            pass
        # Un suivi abîmé n'est pas jeté : il est mis de côté, et l'on repart d'un suivi vide.
        garde = self.fichier.with_suffix(".abime.json")
        rang = 1
        while garde.exists():
            rang += 1
            garde = self.fichier.with_suffix(f".abime-{rang}.json")
        try:
            self.fichier.rename(garde)
        except OSError:  # dossier en lecture seule : on travaille en mémoire, sans rien écraser
            self.fichier = None
        return {}

    def lire(self, cle: str, defaut=None):
        """La valeur gardée sous cette clé."""
        return self._contenu.get(cle, defaut)

    def ecrire(self, cle: str, valeur) -> None:
        """Garde une valeur (texte, nombre, liste, dictionnaire) et l'enregistre aussitôt."""
        self._contenu[cle] = valeur
        if self.fichier is None:
            return
        provisoire = self.fichier.with_suffix(".provisoire")
        try:
            provisoire.write_text(
                json.dumps(self._contenu, ensure_ascii=False, indent=1), encoding="utf-8"
            )
            provisoire.replace(self.fichier)
        except OSError as erreur:
            raise ErreurCas(
                f"Votre avancement n'a pas pu être enregistré dans {self.fichier.name} "
                f"({erreur.strerror}). Vérifiez que le dossier du carnet accepte l'écriture."
            ) from None

    def cles(self, debut: str) -> list[str]:
        """Les clés gardées qui commencent ainsi."""
        return [cle for cle in self._contenu if cle.startswith(debut)]

    def avis(self) -> str:
        return ""
