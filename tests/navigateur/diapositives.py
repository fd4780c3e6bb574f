"""Visite chaque diapositive des quatre dossiers, à 1280 × 720 et à 1920 × 1080, et la mesure.

Se lance à la main, avant de publier : `uv run python tests/navigateur/diapositives.py [DOSSIER]`, où
DOSSIER reçoit l'image de chaque diapositive fautive. Un essai en joue une partie
(`test_diapositives.py`). Le code de sortie dit s'il y a des défauts.
"""

import sys
import tempfile
from pathlib import Path

from gestes import lancer_chromium
from test_diapositives import DOSSIERS, Seance, defauts_des_diapositives


def principal() -> int:
    """Visite tout ; renvoie le nombre de défauts."""
    images = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp())
    trouves = []
    with lancer_chromium() as chrome:
        for numero in DOSSIERS:
            (captures := images / numero).mkdir(parents=True, exist_ok=True)
            seance = Seance(numero, Path(tempfile.mkdtemp()))
            fautes = defauts_des_diapositives(seance, chrome, captures)
            trouves += [f"dossier {numero}, {faute}" for faute in fautes]
            seance.arreter()
    print(*trouves, sep="\n")
    print(f"{len(DOSSIERS)} dossiers, {len(trouves)} défauts.")
    return len(trouves)


if __name__ == "__main__":
    raise SystemExit(bool(principal()))
