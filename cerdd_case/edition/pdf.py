"""Écrire les documents à imprimer, en PDF ou en HTML, sans rien écraser."""

import hashlib
import json
from pathlib import Path

from ..bureau.impression import ErreurImpression, imprimer
from ..donnees.paquet import Donnees
from ..socle import fichiers
from .diapositives import carnet_du_dossier, carnets_des_dossiers
from .documents import document

JOURNAL = ".cerdd_export.json"  # l'empreinte de ce que « exporter » a écrit
EN_HTML = "Sans PDF, « cerdd exporter --format html » marche : ouvrez la page et imprimez-la."


def exporter(
    codes: list[str], numero: str, format_: str, destination: Path, donnees: Donnees
) -> list[Path]:
    """Écrit les documents demandés dans `destination` et renvoie leurs chemins.

    Un fichier que la collection n'a pas écrit, ou qui a changé depuis, n'est jamais écrasé :
    lève `FichierEtranger` avant d'écrire quoi que ce soit.
    """
    if numero != "tout":
        carnet = carnet_du_dossier(numero)
        numero = next(n for n, c in carnets_des_dossiers().items() if c == carnet)
    base = "cas_complet" if numero == "tout" else f"dossier_{numero}"
    cibles = {code: destination / f"{base}_{code}.{format_}" for code in codes}
    journal = _lire_journal(destination)
    en_place = {c: _sceaux(c) for c in cibles.values()}
    etrangers = [c for c, s in en_place.items() if not set(s) <= {*journal.get(c.name, [])}]
    if etrangers:
        raise fichiers.FichierEtranger(etrangers)
    contenus = {}
    for code, cible in cibles.items():
        html = document(code, numero, donnees, a_l_ecran=format_ == "html")
        try:
            contenus[cible] = imprimer(html) if format_ == "pdf" else html.encode("utf-8")
        except ErreurImpression as erreur:
            raise ErreurImpression(f"{erreur} {EN_HTML}") from None
    # Le journal connaît le sceau en place et le nouveau avant que le document change : quel que soit
    # l'instant d'une coupure, ce qui est en place est reconnu.
    for cible, contenu in contenus.items():
        journal[cible.name] = [*en_place[cible], hashlib.sha256(contenu).hexdigest()]
    try:
        destination.mkdir(parents=True, exist_ok=True)
        fichiers.ecrire_fichiers({destination / JOURNAL: json.dumps(journal, indent=1)})
        fichiers.ecrire_fichiers(contenus)
    except OSError as erreur:
        remede = "Fermez le document s'il est ouvert, ou choisissez un autre dossier avec --vers"
        raise fichiers.EcritureRefusee(destination, erreur, remede) from None
    return list(contenus)


def _lire_journal(destination: Path) -> dict[str, list[str]]:
    """Les sceaux de ce que « exporter » a écrit là, par nom de fichier."""
    try:
        journal = json.loads((destination / JOURNAL).read_text(encoding="utf-8"))
        return {n: s if isinstance(s, list) else [s] for n, s in journal.items()}
    except (OSError, ValueError, AttributeError):  # absent, abîmé, ou autre chose
        return {}


def _sceaux(cible: Path) -> list[str]:
    """Le sceau de ce qui est là ; rien, s'il n'y a rien ; un dossier n'est jamais à nous."""
    if not cible.exists():
        return []
    return [hashlib.sha256(cible.read_bytes()).hexdigest() if cible.is_file() else "dossier"]
