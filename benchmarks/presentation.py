"""Projeter le dossier 2 : notre page face à celle d'avant (jupyterlab-slideshow, au commit 3554553).

L'ancienne collection est sortie de git et installée par uv dans un environnement à elle. Les deux
côtés sont lancés par leur propre « cerdd presenter », en alternance, chacun avec un serveur, un noyau
et un navigateur neufs ; le temps court de l'ouverture de la page.

    uv run python benchmarks/presentation.py [--json] [--passages 3]
"""

import argparse
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import psutil
from commun import RACINE, mesure, publier
from navigateur import GUETTER

sys.path.insert(0, str(RACINE / "tests" / "navigateur"))
from gestes import OPTIONS, attendre_le_serveur, chromium

AVANT = "3554553"
APPUIS = 12
PHASE = "document.documentElement.dataset.cerddPhase === 'pret'"
PRETE = "document.documentElement.dataset.cerddPresentation === 'prete'"


class Nouveau:
    """La page d'aujourd'hui."""

    chemin = "cerdd/diapositives?token={jeton}"
    premiere, vivant = "document.querySelector('.diapo:not([hidden]) h1')", PHASE
    toile = ".diapo:not([hidden]) canvas.cerdd-image"
    aller = """() => cerddDiaporama.sauter(
      cerddDiaporama.diapositives.findIndex((d) => d.titre.startsWith("Le simulateur")) + 1)"""

    def __init__(self, provisoire: Path):
        self.commande = [sys.executable, "-m", "cerdd_case.bureau.commande"]
        self.environnement = {"PYTHONPATH": str(RACINE)}


class Ancien:
    """Les diapositives de JupyterLab ; elles ne se montrent qu'une fois tout calculé."""

    chemin = "lab/tree/02_budget.ipynb?token={jeton}&reset"
    premiere = vivant = PRETE
    toile = ".jp-deck-mod-visible canvas.cerdd-image"
    aller = """() => {
      const { arrets, diapositives } = cerddPresentation;
      cerddPresentation.decouvrir();
      cerddPresentation.aller(arrets.findIndex((a) => diapositives[a.rang].titre.startsWith("Le simulateur")));
    }"""

    def __init__(self, provisoire: Path):
        archive, dossier = provisoire / "avant.tar", provisoire / "avant"
        git = ["git", "-C", str(RACINE), "archive", "-o", str(archive), AVANT]
        subprocess.run(git, check=True)
        with tarfile.open(archive) as contenu:
            contenu.extractall(dossier, filter="data")
        uv, venv = os.environ.get("UV", "uv"), provisoire / "environnement"
        subprocess.run([uv, "venv", "-q", "--python", sys.executable, str(venv)], check=True)
        installer = [uv, "pip", "install", "-q", "--compile-bytecode", "--python", str(venv)]
        subprocess.run([*installer, str(dossier)], check=True)
        self.commande = [str(venv / ("Scripts" if os.name == "nt" else "bin") / "cerdd")]
        self.environnement = {"PYTHONPATH": ""}


def passer(cote, pilote) -> dict[str, float]:
    """Une projection, de son lancement à sa fin : durées en secondes, mémoires en Mio."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as donnees:
        marche = Path(donnees) / "marche"
        journal = (Path(donnees) / "journal.txt").open("wb")
        serveur = subprocess.Popen(
            [*cote.commande, "presenter", "2", "--sans-navigateur"],
            cwd=donnees, stdout=journal, stderr=subprocess.STDOUT,
            env={**os.environ, **cote.environnement, "JUPYTER_DATA_DIR": donnees,
                 "JUPYTER_RUNTIME_DIR": str(marche)},
        )  # fmt: skip
        try:
            try:
                fiche = attendre_le_serveur(marche, serveur)
            except AssertionError:
                sys.exit((Path(donnees) / "journal.txt").read_text(encoding="utf-8")[-2000:])
            chrome = pilote.chromium.launch(executable_path=chromium(), args=OPTIONS)
            mesures = regarder(
                cote, chrome, fiche["url"] + cote.chemin.format(jeton=fiche["token"])
            )
            arbre = [
                psutil.Process(serveur.pid),
                *psutil.Process(serveur.pid).children(recursive=True),
            ]
            mesures["memoire_programmes"] = sum(p.memory_info().rss for p in arbre) / 2**20
            chrome.close()
            return mesures
        finally:
            serveur.terminate()
            serveur.wait(timeout=60)
            journal.close()


def regarder(cote, chrome, adresse: str) -> dict[str, float]:
    """Ce que voit la personne, dans une fenêtre neuve."""
    page = chrome.new_page(viewport={"width": 1280, "height": 720}, locale="fr-FR")

    def chronometrer(geste) -> tuple[float, float]:
        debut = time.perf_counter()
        geste()
        durees = []
        for condition in (cote.premiere, cote.vivant):
            page.wait_for_function(condition, timeout=180_000)
            durees.append(time.perf_counter() - debut)
        return durees[0], durees[1]

    premiere, vivant = chronometrer(lambda: page.goto(adresse, wait_until="commit"))
    page.evaluate(cote.aller)
    toile = page.locator(cote.toile).first
    toile.wait_for()
    curseur = (
        page.get_by_role("slider", name="ETP ajoutés", exact=True).locator("visible=true").first
    )
    appuis = appuyer(page, cote.toile, curseur)
    console = page.context.new_cdp_session(page)
    console.send("HeapProfiler.collectGarbage")
    console.send("Performance.enable")
    lues = {m["name"]: m["value"] for m in console.send("Performance.getMetrics")["metrics"]}
    f5, f5_vivant = chronometrer(lambda: page.reload(wait_until="commit"))
    return {"premiere": premiere, "vivant": vivant, "f5": f5, "f5_vivant": f5_vivant,
            "touche": statistics.median(appuis), "memoire_page": lues["JSHeapUsedSize"] / 2**20}  # fmt: skip


def appuyer(page, toile: str, curseur) -> list[float]:
    """De la touche à l'image, en secondes, un appui à la fois."""
    curseur.focus()
    durees = []
    for i in range(APPUIS):
        page.evaluate(
            f"([choix, genre]) => void (window.attente = ({GUETTER})([choix, genre]))",
            [toile, "toile"],
        )
        page.keyboard.press("ArrowRight" if i % 8 < 4 else "ArrowLeft")
        if (duree := page.evaluate("window.attente")) is not None:
            durees.append(duree / 1000)
    return durees


def principal() -> None:
    analyseur = argparse.ArgumentParser(description=__doc__)
    analyseur.add_argument("--passages", type=int, default=3)
    passages = analyseur.parse_known_args()[0].passages
    if chromium() is None:
        sys.exit("Chromium est absent : cette mesure demande un navigateur.")
    from playwright.sync_api import sync_playwright

    relevees: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as provisoire,
        sync_playwright() as pilote,
    ):
        cotes = [genre(Path(provisoire)) for genre in (Ancien, Nouveau)]
        for _ in range(passages):
            for cote in cotes:
                for nom, valeur in passer(cote, pilote).items():
                    relevees[nom][type(cote).__name__].append(valeur)
    unites = {"touche": ("ms", 1000), "memoire_page": ("Mio", 1), "memoire_programmes": ("Mio", 1)}
    mesures = {}
    for nom, cotes_lus in relevees.items():
        unite, fois = unites.get(nom, ("s", 1))
        n, a = (statistics.median(cotes_lus[c]) * fois for c in ("Nouveau", "Ancien"))
        mesures[nom] = mesure(n, a, unite)
    notes = [
        "premiere, vivant : de l'ouverture de la page à la première diapositive, à tous les ateliers.",
        f"Médianes de {passages} passages, en alternance ; l'ancien côté : {AVANT}.",
    ]
    publier("Projeter le dossier 2", mesures, notes)


if __name__ == "__main__":
    principal()
