"""Imprimer les documents en PDF avec le navigateur de la machine, sans rien écraser."""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

from ..bureau.jupyterlab import est_root
from ..bureau.provisoire import dossier_provisoire
from ..donnees.paquet import Donnees
from ..socle import fichiers
from .diapositives import carnet_du_dossier, carnets_des_dossiers
from .documents import ErreurImpression, document

JOURNAL = ".cerdd_export.json"  # l'empreinte de ce que « exporter » a écrit
PLACE_POUR_IMPRIMER = 20_000_000  # octets : le profil du navigateur et la page
DELAI_IMPRESSION = 180  # secondes
NAVIGATEURS = (  # des commandes, puis les emplacements habituels de Windows et de macOS
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge",
    "microsoft-edge-stable", "brave-browser", "chrome", "msedge",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
    r"%ProgramFiles%\Microsoft\Edge\Application\msedge.exe",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Brave Browser.app/Contents/MacOS/Brave Browser",
)  # fmt: skip


def trouver_navigateur() -> str | None:
    """Le navigateur qui imprimera : variable CHROMIUM, ou celui de la machine."""
    noms = map(os.path.expandvars, filter(None, (os.environ.get("CHROMIUM"), *NAVIGATEURS)))
    return next(filter(None, map(shutil.which, noms)), None)


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
        if est_root():
            commande.insert(1, "--no-sandbox")
        try:
            subprocess.run(commande, capture_output=True, timeout=DELAI_IMPRESSION, check=False)
        except (OSError, subprocess.TimeoutExpired) as erreur:
            raise ErreurImpression(
                f"{navigateur} n'a pas imprimé la page ({type(erreur).__name__}). "
                "Essayez « cerdd exporter --format html », puis imprimez la page."
            ) from None
        if pdf.is_file() and pdf.stat().st_size:
            return pdf.read_bytes()
        if shutil.disk_usage(provisoire).free < PLACE_POUR_IMPRIMER:
            raise ErreurImpression(
                f"Il n'y a plus assez de place dans {provisoire.parent}, où le navigateur "
                "travaille. Libérez-en, ou essayez « cerdd exporter --format html »."
            )
        raise ErreurImpression(
            f"{navigateur} n'a pas produit de PDF. Mettez-le à jour (version 131 ou plus "
            "récente), ou essayez « cerdd exporter --format html »."
        )


def exporter(
    codes: list[str],
    numero: str,
    format_: str,
    destination: Path,
    donnees: Donnees,
) -> list[Path]:
    """Écrit les documents demandés dans `destination` et renvoie leurs chemins.

    Un fichier que la collection n'a pas écrit, ou qui a changé depuis, n'est jamais écrasé :
    lève `ErreurImpression` avant d'écrire quoi que ce soit.
    """
    if numero != "tout":
        carnet = carnet_du_dossier(numero)
        numero = next(n for n, c in carnets_des_dossiers().items() if c == carnet)
    base = "cas_complet" if numero == "tout" else f"dossier_{numero}"
    cibles = {code: destination / f"{base}_{code}.{format_}" for code in codes}
    journal = _lire_journal(destination)
    en_place = {c: _sceaux(c) for c in cibles.values()}
    etrangers = [c.name for c, s in en_place.items() if not set(s) <= {*journal.get(c.name, [])}]
    if etrangers:
        raise ErreurImpression(
            f"Dans {destination}, {', '.join(etrangers)} n'a pas été fait par cerdd, ou a changé "
            "depuis : rien n'a été écrit. Renommez ce fichier, ou choisissez un autre dossier "
            "avec --vers."
        )
    contenus = {}
    for code, cible in cibles.items():
        html = document(code, numero, donnees)
        contenus[cible] = imprimer(html) if format_ == "pdf" else html.encode("utf-8")
    # Le journal connaît le sceau en place et le nouveau avant que le document change : quel que soit
    # l'instant d'une coupure, ce qui est en place est reconnu.
    for cible, contenu in contenus.items():
        journal[cible.name] = [*en_place[cible], hashlib.sha256(contenu).hexdigest()]
    try:
        destination.mkdir(parents=True, exist_ok=True)
        fichiers.ecrire_fichiers({destination / JOURNAL: json.dumps(journal, indent=1)})
        fichiers.ecrire_fichiers(contenus)
    except OSError as erreur:
        raise ErreurImpression(
            f"Impossible d'écrire dans {destination} : {fichiers.cause(erreur)}. Fermez le "
            "document s'il est ouvert, ou choisissez un autre dossier avec --vers."
        ) from None
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
