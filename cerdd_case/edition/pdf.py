"""Écrire les documents à imprimer et les fiches de séance, sans rien écraser."""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from ..bureau.impression import ErreurImpression, imprimer
from ..donnees.paquet import Donnees
from ..socle import fichiers
from . import fiche
from .diapositives import carnet_du_dossier, carnets_des_dossiers
from .documents import document
from .seances import Seance

JOURNAL = ".cerdd_export.json"  # l'empreinte de ce que « exporter » a écrit
EN_HTML = "Sans PDF, « cerdd exporter --format html » marche : ouvrez la page et imprimez-la."


def exporter(
    codes: list[str], numero: str, format_: str, destination: Path, donnees: Donnees
) -> list[Path]:
    """Écrit les documents demandés dans `destination` et renvoie leurs chemins ; voir `deposer`."""
    if numero != "tout":
        carnet = carnet_du_dossier(numero)
        numero = next(n for n, c in carnets_des_dossiers().items() if c == carnet)
    base = "cas_complet" if numero == "tout" else f"dossier_{numero}"

    def produire(code: str) -> bytes:
        html = document(code, numero, donnees, format_ == "html")
        return en_pdf(html) if format_ == "pdf" else html.encode("utf-8")

    return deposer(destination, {f"{base}_{c}.{format_}": partial(produire, c) for c in codes})


def exporter_les_fiches(
    seance: Seance | None, format_: str, destination: Path, donnees: Donnees, modele: Path
) -> list[Path]:
    """Écrit la fiche d'une séance, ou toutes (None) en un document ; voir `deposer`.

    `modele` : celui du .docx. Lève `ErreurModele` s'il ne se remplit pas.
    """

    def produire() -> bytes:
        liste = fiche.fiches(seance, donnees)
        if format_ == "docx":
            return fiche.fiches_en_docx(liste, modele)
        html = fiche.fiches_en_html(liste)
        return en_pdf(html) if format_ == "pdf" else html.encode("utf-8")

    nom = f"seance_{seance.code}_fiche" if seance else "seances_fiches"
    return deposer(destination, {f"{nom}.{format_}": produire})


def en_pdf(html: str) -> bytes:
    """La page imprimée ; lève `ErreurImpression`, qui propose le HTML."""
    try:
        return imprimer(html)
    except ErreurImpression as erreur:
        raise ErreurImpression(f"{erreur} {EN_HTML}") from None


def deposer(destination: Path, produire: Mapping[str, Callable[[], bytes]]) -> list[Path]:
    """Écrit ensemble, dans `destination`, des documents produits à la demande, par nom de fichier.

    Un fichier que la collection n'a pas écrit, ou qui a changé depuis, n'est jamais écrasé :
    lève `FichierEtranger` avant d'écrire quoi que ce soit.
    """
    journal = _lire_journal(destination)
    en_place = {destination / nom: _sceaux(destination / nom) for nom in produire}
    etrangers = [c for c, s in en_place.items() if not set(s) <= {*journal.get(c.name, [])}]
    if etrangers:
        raise fichiers.FichierEtranger(etrangers)
    contenus = {destination / nom: faire() for nom, faire in produire.items()}
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
