"""JupyterLab, lancé par `cerdd`, dans un vrai Chromium piloté par Playwright.

Sans Chromium, ces essais sont sautés, et la fin de la suite le dit ; en intégration continue, ils
échouent (voir `tests/conftest.py`).
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def chromium() -> str | None:
    """Le Chromium de la machine : variable CHROMIUM, ou celui du système."""
    for nom in (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"):
        if nom and (chemin := shutil.which(nom)):
            return chemin
    return None


@pytest.fixture(scope="session")
def navigateur():
    chemin = chromium()
    if chemin is None:
        raison = (
            "Chromium est absent : les essais dans le navigateur n'ont pas été faits "
            "(installez-le, ou donnez son chemin dans la variable CHROMIUM)."
        )
        pytest.skip(raison)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as pilote:
        chrome = pilote.chromium.launch(executable_path=chemin, args=OPTIONS)
        yield chrome
        chrome.close()


class Lab:
    """Un JupyterLab lancé par `cerdd ouvrir` sur une copie des carnets."""

    def __init__(self, dossier: Path, donnees: Path):
        self.dossier = dossier
        environnement = {**os.environ, "JUPYTER_DATA_DIR": str(donnees), "PYTHONUNBUFFERED": "1"}
        self.journal = donnees / "journal.txt"
        self.serveur = subprocess.Popen(
            [sys.executable, "-m", "cerdd_case.commande", "ouvrir", "--sans-navigateur",
             "--dossier", str(dossier)],
            stdout=self.journal.open("wb"), stderr=subprocess.STDOUT, env=environnement,
        )  # fmt: skip
        self.adresse, self.jeton = self._attendre_adresse(donnees)

    def _attendre_adresse(self, donnees: Path) -> tuple[str, str]:
        import json

        for _ in range(240):
            for fiche in donnees.glob("runtime/jpserver-*.json"):
                try:
                    serveur = json.loads(fiche.read_text(encoding="utf-8"))
                    return serveur["url"].rstrip("/"), serveur["token"]
                except ValueError:
                    pass  # la fiche est en cours d'écriture : on la relira
            if self.serveur.poll() is not None:
                break
            time.sleep(0.25)
        journal = self.journal.read_text(encoding="utf-8", errors="replace")
        raise AssertionError(f"JupyterLab ne démarre pas :\n{journal}")

    def arreter(self):
        self.serveur.terminate()
        self.serveur.wait(timeout=30)


@pytest.fixture(scope="session")
def lab(navigateur, tmp_path_factory):
    donnees = tmp_path_factory.mktemp("jupyter")
    dossier = tmp_path_factory.mktemp("carnets")
    os.environ["JUPYTER_RUNTIME_DIR"] = str(donnees / "runtime")
    lab = Lab(dossier, donnees)
    del os.environ["JUPYTER_RUNTIME_DIR"]
    yield lab
    lab.arreter()


class Carnet:
    """Une page ouverte sur un carnet, et les gestes d'un utilisateur."""

    def __init__(self, page, lab: Lab, chemin: str):
        self.page, self.lab, self.chemin = page, lab, chemin
        page.goto(f"{lab.adresse}/lab/tree/{chemin}?token={lab.jeton}&reset")
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=120_000)
        # Le noyau doit être prêt avant d'exécuter quoi que ce soit.
        page.wait_for_function(
            "() => document.querySelector('.jp-Notebook-ExecutionIndicator')"
            "?.dataset.status === 'idle'",
            timeout=120_000,
        )
        # L'indicateur dit « idle » avant même que le noyau existe ; la barre d'état attend, elle.
        page.locator("#jp-main-statusbar").get_by_text("| Inactif").wait_for(timeout=120_000)

    def tout_executer(self):
        """Exécute toutes les cellules (menu Exécution) et attend la fin."""

        def lancer():
            self.page.locator(".jp-Notebook").first.click(position={"x": 5, "y": 5})
            self.page.get_by_role("menuitem", name="Exécution", exact=True).click()
            self.page.get_by_role(
                "menuitem", name="Exécuter toutes les cellules", exact=True
            ).click()

        self._jusqu_au_depart(lancer, self.page.locator(".jp-Notebook"))
        self.attendre_repos()

    def _jusqu_au_depart(self, lancer, zone):
        """Recommence tant que rien ne part : JupyterLab perd un ordre donné trop tôt au noyau."""
        numeros = (
            """e => [...e.querySelectorAll('.jp-InputPrompt')].map(x => x.textContent).join()"""
        )
        avant = zone.first.evaluate(numeros)
        for _ in range(6):
            lancer()
            for _ in range(15):
                if zone.first.evaluate(numeros) != avant:
                    return
                self.page.wait_for_timeout(200)
        raise AssertionError("L'exécution ne part pas.")

    def attendre_repos(self):
        """Attend que le noyau ait tout exécuté : au repos, sans cellule en attente, durablement."""
        occupe = "e => e?.dataset.status !== 'idle'"
        indicateur = "document.querySelector('.jp-Notebook-ExecutionIndicator')"
        en_attente = "[...document.querySelectorAll('.jp-InputPrompt')].some(e => e.textContent.includes('*'))"
        calmes = tours = 0
        while calmes < 5:
            self.page.wait_for_timeout(250)
            actif = self.page.evaluate(f"(({occupe})({indicateur})) || {en_attente}")
            calmes = 0 if actif else calmes + 1
            tours += 1
            assert tours < 900, "Le noyau n'a pas fini d'exécuter les cellules."

    def executer_cellule(self, texte: str):
        """Exécute la cellule de code qui contient ce texte et renvoie son élément."""
        cellule = self.cellule(texte)

        def lancer():
            cellule.locator(".cm-content").first.click()
            self.page.keyboard.press("Control+Enter")

        self._jusqu_au_depart(lancer, cellule)
        self.attendre_repos()
        return cellule

    def cellule(self, texte: str):
        """La cellule de code qui contient ce texte, amenée à l'écran."""
        self._faire_defiler_jusqu_a(texte)
        cellule = self.page.locator(".jp-CodeCell", has_text=texte).first
        cellule.scroll_into_view_if_needed()
        return cellule

    def _faire_defiler_jusqu_a(self, texte: str):
        """JupyterLab ne dessine que les cellules visibles : on les fait défiler."""
        panneau = self.page.locator(".jp-WindowedPanel-outer").first
        for pas in range(120):
            if self.page.locator(".jp-CodeCell", has_text=texte).count():
                return
            panneau.evaluate("(e, y) => e.scrollTo(0, y)", pas * 400)
            self.page.wait_for_timeout(60)
        raise AssertionError(f"Aucune cellule ne contient « {texte} ».")

    def curseur(self, libelle: str):
        """Le curseur qui porte ce nom."""
        return self.page.get_by_role("slider", name=libelle, exact=True).first

    def champ(self, libelle: str):
        """Le champ de saisie d'un curseur."""
        return self.page.get_by_role(
            "textbox", name=f"{libelle} : valeur à taper", exact=True
        ).first


@pytest.fixture
def ouvrir(navigateur, lab):
    """Ouvre un carnet dans une page neuve : `ouvrir("corriges/02_budget.ipynb", largeur=1400)`."""
    contextes = []

    def _ouvrir(chemin: str, largeur: int = 1400, hauteur: int = 900) -> Carnet:
        contexte = navigateur.new_context(
            viewport={"width": largeur, "height": hauteur}, locale="fr-FR"
        )
        contextes.append(contexte)
        return Carnet(contexte.new_page(), lab, chemin)

    yield _ouvrir
    for contexte in contextes:
        contexte.close()
