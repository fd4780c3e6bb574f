"""Imprimer les documents en PDF avec le navigateur de la machine, sans rien écraser."""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

from ..bureau.provisoire import dossier_provisoire
from ..donnees.paquet import Donnees
from ..socle import fichiers
from .diapositives import carnet_du_dossier, carnets_des_dossiers
from .documents import ErreurImpression, document

JOURNAL = ".cerdd_export.json"  # l'empreinte de ce que « exporter » a écrit
PLACE_POUR_IMPRIMER = 20_000_000  # octets : le profil du navigateur et la page
DELAI_IMPRESSION = 180  # secondes
NAVIGATEURS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
               "microsoft-edge", "microsoft-edge-stable", "brave-browser", "chrome", "msedge")  # fmt: skip
EMPLACEMENTS = (
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
    r"%ProgramFiles%\Microsoft\Edge\Application\msedge.exe",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Brave Browser.app/Contents/MacOS/Brave Browser",
)


def trouver_navigateur() -> str | None:
    """Le navigateur qui imprimera : variable CHROMIUM, ou celui de la machine."""
    choisi = os.environ.get("CHROMIUM")
    for nom in (choisi, *NAVIGATEURS):
        if nom and (chemin := shutil.which(nom)):
            return chemin
    for emplacement in EMPLACEMENTS:
        chemin = os.path.expandvars(emplacement)
        if Path(chemin).is_file():
            return chemin
    return None


def imprimer(html: str, navigateur: str | None = None) -> bytes:
    """La page HTML, imprimée en PDF (A4, balisé, polices incorporées).

    Lève `ErreurImpression` si aucun navigateur convenable n'est là, ou s'il échoue.
    """
    navigateur = navigateur or trouver_navigateur()
    if navigateur is None:
        raise ErreurImpression(
            "Pour le PDF, il faut Edge, Chrome ou Chromium, et aucun n'a été trouvé. Installez "
            "l'un d'eux (ou donnez son chemin dans la variable CHROMIUM). Sans cela, "
            "« cerdd exporter --format html » marche : ouvrez la page et imprimez-la."
        )
    with dossier_provisoire() as provisoire:
        page, pdf = provisoire / "page.html", provisoire / "page.pdf"
        page.write_text(html, encoding="utf-8")
        commande = [
            navigateur, "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={provisoire / 'profil'}", "--no-pdf-header-footer",
            "--export-tagged-pdf", "--generate-pdf-document-outline",
            f"--print-to-pdf={pdf}", page.as_uri(),
        ]  # fmt: skip
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            commande.insert(1, "--no-sandbox")  # dans un conteneur, on n'est souvent que « root »
        try:
            subprocess.run(commande, capture_output=True, timeout=DELAI_IMPRESSION, check=False)
        except (OSError, subprocess.TimeoutExpired) as erreur:
            raise ErreurImpression(
                f"{navigateur} n'a pas imprimé la page ({type(erreur).__name__}). "
                "Essayez « cerdd exporter --format html », puis imprimez la page."
            ) from None
        if not pdf.is_file() or not pdf.stat().st_size:
            if shutil.disk_usage(provisoire).free < PLACE_POUR_IMPRIMER:
                raise ErreurImpression(
                    f"Il n'y a plus assez de place dans {provisoire.parent}, où le navigateur "
                    "travaille. Libérez-en, ou essayez « cerdd exporter --format html »."
                )
            raise ErreurImpression(
                f"{navigateur} n'a pas produit de PDF. Mettez-le à jour (version 131 ou plus "
                "récente), ou essayez « cerdd exporter --format html »."
            )
        return pdf.read_bytes()


def exporter(
    codes: list[str],
    numero: str,
    format_: str,
    destination: Path,
    donnees: Donnees,
    documents: bool = False,
) -> list[Path]:
    """Écrit les documents demandés dans `destination` et renvoie leurs chemins.

    Un fichier que la collection n'a pas écrit, ou qui a changé depuis, n'est jamais écrasé :
    lève `ErreurImpression` avant d'écrire quoi que ce soit.
    """
    if numero != "tout":
        carnet_du_dossier(numero)  # un dossier inconnu se dit tout de suite
        numero = next(
            n for n, c in carnets_des_dossiers().items() if c == carnet_du_dossier(numero)
        )
    base = "cas_complet" if numero == "tout" else f"dossier_{numero}"
    cibles = {code: destination / f"{base}_{code}.{format_}" for code in codes}
    journal = _lire_journal(destination)
    etrangers = [c.name for c in cibles.values() if not _est_a_nous(c, journal)]
    if etrangers:
        raise ErreurImpression(
            f"Dans {destination}, {', '.join(etrangers)} n'a pas été fait par cerdd, ou a changé "
            "depuis : rien n'a été écrit. Renommez ce fichier, ou choisissez un autre dossier "
            "avec --vers."
        )
    contenus = {}
    for code in codes:
        html = document(code, numero, donnees, documents)
        contenus[code] = imprimer(html) if format_ == "pdf" else html.encode("utf-8")
    # Le journal connaît le sceau en place et le nouveau avant que le document change : quel que soit
    # l'instant d'une coupure, ce qui est en place est reconnu.
    for code, cible in cibles.items():
        en_place = [_sceau(cible)] if cible.exists() else []
        journal[cible.name] = [*en_place, hashlib.sha256(contenus[code]).hexdigest()]
    try:
        destination.mkdir(parents=True, exist_ok=True)
        fichiers.ecrire({destination / JOURNAL: json.dumps(journal, indent=1)})
        fichiers.ecrire({cible: contenus[code] for code, cible in cibles.items()})
    except OSError as erreur:
        raise ErreurImpression(
            f"Impossible d'écrire dans {destination} : {fichiers.cause(erreur)}. Fermez le "
            "document s'il est ouvert, ou choisissez un autre dossier avec --vers."
        ) from None
    return list(cibles.values())


def _lire_journal(destination: Path) -> dict[str, list[str]]:
    """Les sceaux de ce que « exporter » a écrit là, par nom de fichier."""
    try:
        journal = json.loads((destination / JOURNAL).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(journal, dict):
        return {}
    return {n: s if isinstance(s, list) else [s] for n, s in journal.items()}


def _est_a_nous(cible: Path, journal: dict[str, list[str]]) -> bool:
    """Rien n'y est, ou bien ce que « exporter » y a écrit."""
    return not cible.exists() or (cible.is_file() and _sceau(cible) in journal.get(cible.name, []))


def _sceau(chemin: Path) -> str:
    return hashlib.sha256(chemin.read_bytes()).hexdigest()
