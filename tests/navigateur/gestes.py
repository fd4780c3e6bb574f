"""Ce que les essais du navigateur partagent : le serveur, le carnet ouvert, les gestes, les attentes.

Aucune attente n'a de durée fixée : on attend un état de la page ou du noyau.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # lancés à la main aussi

from outils import attendre_le_serveur

from cerdd_case.socle.typographie import typographier

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


@contextlib.contextmanager
def lancer_chromium():
    """Le Chromium de la machine, le temps d'un bloc."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as pilote:
        chrome = pilote.chromium.launch(executable_path=chromium(), args=OPTIONS)
        yield chrome
        chrome.close()


class Serveur:
    """Un JupyterLab lancé par `cerdd` ; ses réglages et son journal sont dans `donnees`."""

    def __init__(self, donnees: Path, *mots: str):
        marche = donnees / "marche"
        environnement = {
            **os.environ,
            "JUPYTER_DATA_DIR": str(donnees),
            "JUPYTER_RUNTIME_DIR": str(marche),
            "PYTHONUNBUFFERED": "1",
        }
        with (donnees / "journal.txt").open("wb") as journal:
            self.processus = subprocess.Popen(
                [sys.executable, "-m", "cerdd_case.bureau.commande", *mots, "--sans-navigateur"],
                stdout=journal, stderr=subprocess.STDOUT, env=environnement,
            )  # fmt: skip
        serveur = attendre_le_serveur(marche, self.processus)
        self.adresse, self.jeton = serveur["url"].rstrip("/"), serveur["token"]

    def arreter_les_noyaux(self):
        """La prochaine page part d'un noyau neuf, sans les curseurs de la précédente."""
        for noyau in json.load(self._demander("GET", "")):
            self._demander("DELETE", f"/{noyau['id']}").close()

    def redemarrer_le_noyau(self):
        """Redémarre le noyau, comme un autre programme le ferait."""
        (noyau,) = json.load(self._demander("GET", ""))
        self._demander("POST", f"/{noyau['id']}/restart").close()

    def _demander(self, methode: str, noyau: str):
        adresse = f"{self.adresse}/api/kernels{noyau}?token={self.jeton}"
        return urllib.request.urlopen(urllib.request.Request(adresse, method=methode), timeout=60)

    def arreter(self):
        self.processus.terminate()
        self.processus.wait(timeout=30)


class Lab(Serveur):
    """`cerdd ouvrir` sur une copie des carnets."""

    def __init__(self, dossier: Path, donnees: Path):
        self.dossier, self.eleves = dossier, dossier / "eleves"
        super().__init__(donnees, "ouvrir", "--dossier", str(dossier))
        # D'autres essais écrivent dans ces carnets : on les garde comme ils étaient.
        self.neufs = {livre.stem: livre.read_bytes() for livre in self.eleves.glob("*.ipynb")}

    def copie_neuve(self, nom: str) -> Path:
        """Le carnet d'élève de ce nom, tel qu'on le reçoit, dans une copie à lui."""
        copie = self.eleves / f"essai_{nom}.ipynb"
        copie.write_bytes(self.neufs[nom])
        return copie


# JupyterLab peut se montrer aux scripts de la page (`window.jupyterapp`) : ses propres promesses
# disent quand une exécution est finie. Le réglage est dans la page, lu après ce changement.
MONTRER_JUPYTERLAB = """document.addEventListener("readystatechange", () => {
  const reglages = document.getElementById("jupyter-config-data");
  if (reglages && document.readyState === "interactive") {
    reglages.textContent = reglages.textContent.replace(
      '"exposeAppInBrowser": false', '"exposeAppInBrowser": true');
  }
});"""
PRET = """() => {
  const panneau = window.jupyterapp?.shell.currentWidget;
  return panneau?.context?.isReady && panneau.sessionContext.isReady
    && panneau.sessionContext.session?.kernel?.status === "idle";
}"""
# Aucun message sans réponse, sur plusieurs images de suite : un curseur groupe ses envois.
AU_REPOS = """() => {
  const noyau = jupyterapp.shell.currentWidget.sessionContext.session?.kernel;
  if (!noyau) return false;
  // Une sortie garde sa demande d'exécution ; celles des curseurs partent une fois répondues.
  const attendues = [...noyau._futures.values()].filter(
    (f) => f.msg.header.msg_type !== "execute_request");
  const occupe = noyau.status !== "idle" || attendues.length
    || [...document.querySelectorAll(".jp-InputPrompt")].some((e) => e.textContent.includes("*"));
  window.essaiCalme = occupe ? 0 : window.essaiCalme + 1;
  return window.essaiCalme > 5;
}"""
RANG = """(texte) => jupyterapp.shell.currentWidget.content.widgets.findIndex(
  (c) => c.model.type === "code" && c.model.sharedModel.getSource().includes(texte))"""
MONTRER = """async (rang) => {
  const carnet = jupyterapp.shell.currentWidget.content;
  carnet.deselectAll();
  carnet.activeCellIndex = rang;
  carnet.widgets[rang].node.dataset.essai = rang;
  carnet.scrollToItem(rang);
}"""
EXECUTER = """async () => {
  const limite = new Promise((_, rejeter) =>
    setTimeout(() => rejeter(new Error("l'exécution dure plus de deux minutes")), 120_000));
  await Promise.race([jupyterapp.commands.execute("notebook:run-cell"), limite]);
}"""
NUMEROS = "[...document.querySelectorAll('.jp-InputPrompt')].map((e) => e.textContent).join()"
# La suite des images d'un élément : rendue quand dix images de suite sont pareilles.
STABLE = """async (element) => {
  const etat = () => element.tagName === "CANVAS"
    ? element.dataset.rang + element.toDataURL()
    : JSON.stringify([...element.querySelectorAll("*")].map((e) => {
        const b = e.getBoundingClientRect();
        return [b.x, b.y, b.width, b.height, e.tagName !== "IMG" || e.complete];
      }));
  let avant = null;
  for (let image = 0, pareilles = 0; image < 1200; image++) {
    const ici = etat();
    pareilles = ici === avant ? pareilles + 1 : 0;
    if (pareilles === 10) return element.tagName === "CANVAS" ? element.toDataURL() : null;
    avant = ici;
    await new Promise(requestAnimationFrame);
  }
  throw new Error("l'image ne se stabilise pas");
}"""


def attendre_repos(page):
    """Attend que le noyau ait répondu à tout ce que la page lui a demandé."""
    page.evaluate("window.essaiCalme = 0")
    page.wait_for_function(AU_REPOS, timeout=120_000)


def attendre_mise_en_page(element):
    """Attend que plus rien ne bouge dans cet élément."""
    element.evaluate(STABLE)


def dessin(toile) -> str:
    """L'image d'une toile, une fois que plus rien ne change."""
    return toile.evaluate(STABLE)


def peinte(toile) -> str:
    """L'image d'une toile, une fois que le noyau a fini et que plus rien ne change."""
    attendre_repos(toile.page)
    return dessin(toile)


class Carnet:
    """Une page ouverte sur un carnet, et les gestes d'un utilisateur."""

    def __init__(self, page, lab: Lab, chemin: str):
        self.page, self.lab, self.chemin = page, lab, chemin
        self.demandes = []
        page.on("request", lambda demande: self.demandes.append(demande.url))
        page.add_init_script(MONTRER_JUPYTERLAB)
        page.goto(f"{lab.adresse}/lab/tree/{chemin}?token={lab.jeton}&reset")
        page.wait_for_function(PRET, timeout=120_000)
        attendre_repos(page)

    def tout_executer(self):
        """Exécute toutes les cellules (menu Exécution) et attend la fin."""
        avant = self.page.evaluate(NUMEROS)
        self.page.get_by_role("menuitem", name="Exécution", exact=True).click()
        self.page.get_by_role("menuitem", name="Exécuter toutes les cellules", exact=True).click()
        self.page.wait_for_function(f"(avant) => {NUMEROS} !== avant", arg=avant, timeout=20_000)
        self.attendre_repos()

    def attendre_repos(self):
        """Attend que le noyau ait tout exécuté."""
        attendre_repos(self.page)

    def executer_cellule(self, texte: str):
        """Exécute la cellule de code qui contient ce texte et renvoie son élément."""
        cellule = self.cellule(texte)
        self.page.evaluate(EXECUTER)
        return cellule

    def cellule(self, texte: str):
        """La cellule de code qui contient ce texte, amenée à l'écran et choisie."""
        rang = self.page.evaluate(RANG, texte)
        assert rang >= 0, f"Aucune cellule ne contient « {texte} »."
        self.page.evaluate(MONTRER, rang)
        cellule = self.page.locator(f".jp-CodeCell[data-essai='{rang}']")
        cellule.scroll_into_view_if_needed()
        return cellule

    def atelier(self, texte: str, repere: str = "canvas[data-rang]"):
        """Exécute la cellule d'un atelier et renvoie son cadre, quand `repere` y est dessiné."""
        atelier = self.executer_cellule(texte).locator(".cerdd-atelier")
        self.attendre_repos()  # l'atelier d'une exécution précédente vient d'être remplacé
        atelier.locator(repere).first.wait_for(timeout=30_000)
        return atelier

    def curseur(self, libelle: str):
        """Le curseur qui porte ce nom."""
        return self.page.get_by_role("slider", name=libelle, exact=True).first

    def champ(self, libelle: str):
        """Le champ de saisie d'un curseur."""
        return self.page.get_by_role(
            "textbox", name=f"{libelle} : valeur à taper", exact=True
        ).first


def touches(element, *noms):
    """Donne le focus à l'élément, puis tape ces touches ; une réponse du noyau en chemin pourrait
    redessiner l'élément entre les deux : on l'attend d'abord."""
    attendre_repos(element.page)
    element.focus()
    for nom in noms:
        element.page.keyboard.press(nom)


def attendre(atelier, texte):
    """Attend que ces mots se voient ; un passage fermé peut les contenir aussi."""
    atelier.get_by_text(texte).locator("visible=true").first.wait_for(timeout=20_000)


def attendre_figure(atelier, texte):
    """Attend que le texte de remplacement de la figure contienne ces mots."""
    atelier.locator(f'canvas[aria-label*="{typographier(texte)}"]').wait_for(timeout=20_000)


def debordent(atelier) -> list[str]:
    """Ce qui, dans un atelier au repos, dépasse de sa boîte ou du bord droit de l'atelier."""
    attendre_mise_en_page(atelier)
    return atelier.evaluate("""atelier => {
      const droite = atelier.getBoundingClientRect().right + 1;
      return [...atelier.querySelectorAll("*")].filter(e => {
        const b = e.getBoundingClientRect();
        if (!b.width || e.tagName === "OPTION" || !e.checkVisibility()) return false;  // replié
        const coupe = getComputedStyle(e).display !== "inline" && e.clientWidth
          && e.scrollWidth > e.clientWidth + 2;
        return b.right > droite || coupe;
      }).map(e => `${e.tagName}.${e.className} ${e.textContent.slice(0, 40)}`);
    }""")
