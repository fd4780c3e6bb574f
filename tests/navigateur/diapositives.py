"""Visite chaque diapositive des quatre dossiers, à 1280 × 720 et à 1920 × 1080, et la mesure.

Se lance à la main, avant de publier : `uv run python tests/navigateur/diapositives.py [DOSSIER]`, où
DOSSIER reçoit l'image de chaque diapositive. Un essai en joue une partie (`test_diapositives.py`). Le
code de sortie dit s'il y a des défauts.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from gestes import lancer_chromium
from projection import (
    A_REPRENDRE,
    DOSSIERS,
    Projection,
    a_juger,
    attendre_la_phase,
    contexte,
    defauts_de_toutes,
)


def principal() -> int:
    """Visite tout ; renvoie le nombre de défauts."""
    images = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp())
    trouves, connus = [], 0
    with lancer_chromium() as chrome:
        for numero in DOSSIERS:
            (captures := images / numero).mkdir(parents=True, exist_ok=True)
            projection = Projection(numero, Path(tempfile.mkdtemp()))
            page = projection.fenetre(contexte(chrome))
            attendre_la_phase(page)
            fautes = [*defauts_de_toutes(page, captures=captures), *page.journal, *page.ailleurs]
            graves, reprises = a_juger(numero, fautes)
            connus += len(fautes) - len(graves)
            trouves += [f"dossier {numero}, {faute}" for faute in graves]
            trouves += [
                f"dossier {numero}, {nom} : sans défaut : à ôter" for nom in sorted(reprises)
            ]
            page.context.close()
            projection.arreter()
    print(*trouves, sep="\n")
    genres = Counter(
        faute.split(" : ")[2].split(",")[0] for faute in trouves if faute.count(" : ") > 1
    )
    print(
        f"{len(DOSSIERS)} dossiers, {len(trouves)} défauts. {dict(genres)} ; {connus} dans les "
        f"{sum(map(len, A_REPRENDRE.values()))} diapositives à reprendre (A_REPRENDRE)."
    )
    return len(trouves)


if __name__ == "__main__":
    raise SystemExit(bool(principal()))
