"""Imprimer une page HTML en PDF avec le navigateur de la machine : copies rendues, documents."""

import os
import shutil
import subprocess

from ..socle.erreurs import ErreurCas
from .provisoire import dossier_provisoire

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


class ErreurImpression(ErreurCas):
    """Un document qui ne peut pas être imprimé, ou pas écrit là où on le demande."""


def est_root() -> bool:
    """Dans un conteneur, on n'est souvent que « root » : JupyterLab et Chromium veulent le savoir."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def trouver_navigateur() -> str | None:
    """Le navigateur qui imprimera : variable CHROMIUM, ou celui de la machine."""
    noms = map(os.path.expandvars, filter(None, (os.environ.get("CHROMIUM"), *NAVIGATEURS)))
    return next(filter(None, map(shutil.which, noms)), None)


def imprimer(html: str, navigateur: str | None = None, delai: float = DELAI_IMPRESSION) -> bytes:
    """La page HTML, imprimée en PDF (A4, balisé, polices incorporées).

    `delai` : secondes laissées au navigateur. Lève `ErreurImpression` si aucun navigateur convenable
    n'est là, ou s'il échoue.
    """
    navigateur = navigateur or trouver_navigateur()
    if navigateur is None:
        raise ErreurImpression(
            "Pour le PDF, il faut Edge, Chrome ou Chromium, et aucun n'a été trouvé. Installez "
            "l'un d'eux (ou donnez son chemin dans la variable CHROMIUM)."
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
            subprocess.run(commande, capture_output=True, timeout=delai, check=False)
        except (OSError, subprocess.TimeoutExpired) as erreur:
            raise ErreurImpression(
                f"{navigateur} n'a pas imprimé la page ({type(erreur).__name__})."
            ) from None
        if pdf.is_file() and pdf.stat().st_size:
            return pdf.read_bytes()
        if shutil.disk_usage(provisoire).free < PLACE_POUR_IMPRIMER:
            raise ErreurImpression(
                f"Il n'y a plus assez de place dans {provisoire.parent}, où le navigateur "
                "travaille. Libérez-en."
            )
        raise ErreurImpression(
            f"{navigateur} n'a pas produit de PDF. Mettez-le à jour (version 131 ou plus récente)."
        )
