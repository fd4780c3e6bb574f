"""La page des diapositives, en HTML : ce qu'elle montre, avec ou sans noyau."""

import json
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from ...socle.typographie import imprimer
from ..diapositives import Diapositive

SERVI = Path(__file__).resolve().parent / "servi"
VIVANT = "<!-- vivant -->"  # là où le serveur écrit de quoi joindre le noyau


def corps(diapositives: Iterable[Diapositive]) -> str:
    """Les diapositives, une section chacune : un titre, un corps."""
    return "\n".join(
        f'<section class="diapo" data-nom="{escape(d.nom)}" hidden>'
        f'<h1>{imprimer(escape(d.titre, quote=False))}</h1>\n<div class="corps">{imprimer(d.html)}</div>'
        "</section>"
        for d in diapositives
    )


def donnees(titre: str, diapositives: Iterable[Diapositive]) -> str:
    """Ce que le moteur sait de chaque diapositive, en JSON, à placer dans un script de la page."""
    lignes = [
        {"nom": d.nom, "titre": imprimer(d.titre), "minutes": d.minutes, "etapes": d.etapes,
         "notes": imprimer(d.notes)}
        for d in diapositives
    ]  # fmt: skip
    return en_script({"titre": imprimer(titre), "diapositives": lignes})


def en_script(valeur: Any) -> str:
    """Une valeur en JSON, qu'un script de la page contient sans se fermer."""
    return json.dumps(valeur, ensure_ascii=False).replace("<", "\\u003c")


def page_entiere(
    titre: str, diapositives: Sequence[Diapositive], tete: str = "", pied: str = ""
) -> str:
    """La page entière ; `tete` : ses styles, `pied` : ses scripts."""
    return f"""<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{imprimer(escape(titre))}</title>
<link rel="icon" href="data:,">
{tete}
</head>
<body>
<main id="scene">
{corps(diapositives)}
</main>
<script type="application/json" id="cerdd-donnees">{donnees(titre, diapositives)}</script>
{pied}
</body>
</html>
"""


def page_servie(titre: str, diapositives: Sequence[Diapositive]) -> str:
    """La page que le serveur de présentation donne : ses styles et ses scripts sont à côté d'elle."""
    styles = ("gestionnaire.css", "commun.css", "moteur.css", "ateliers.css")
    return page_entiere(
        titre,
        diapositives,
        "\n".join(f'<link rel="stylesheet" href="diapositives/{nom}">' for nom in styles),
        f'{VIVANT}\n<script type="module" src="diapositives/moteur.js"></script>\n'
        '<script type="module" src="diapositives/vivant.js"></script>',
    )
