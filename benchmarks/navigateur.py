"""De la touche à l'image, dans JupyterLab : le simulateur face à un `interact` qui redessine tout.

Les deux sont dans la même page, avec le même noyau. On mesure dans la page, de l'appui sur la
flèche du curseur à la nouvelle image peinte (la nôtre) ou décodée (l'image PNG d'`interact`).

    uv run python benchmarks/navigateur.py [--json]
"""

import json
import sys
import tempfile
from pathlib import Path

from commun import RACINE, mesure, publier, resume
from simulateur import CODE

sys.path.insert(0, str(RACINE / "tests" / "navigateur"))
from outils import OPTIONS, Carnet, Lab, chromium

PAS = 20

# Le dernier changement d'image dans la seconde qui suit la touche : ni une image en retard du pas
# précédent, ni une étape intermédiaire ne peuvent être prises pour la bonne.
GUETTER = """
([choix, genre]) => new Promise((fini) => {
  const boite = document.querySelector(choix);
  const etat = () => genre === "toile" ? boite.dataset.rang : boite.querySelector("img")?.src;
  let debut = null, dernier = null, vu = etat();
  document.addEventListener("keydown", () => { debut = performance.now(); },
    { capture: true, once: true });
  const observateur = new MutationObserver(async () => {
    const ici = etat();
    if (debut === null || !ici || ici === vu) return;
    vu = ici;
    if (genre !== "toile") await boite.querySelector("img")?.decode().catch(() => {});
    dernier = performance.now();
  });
  observateur.observe(boite, { childList: true, subtree: true, attributes: true });
  setTimeout(() => {
    observateur.disconnect();
    fini(dernier === null || debut === null ? null : dernier - debut);
  }, 1100);
})
"""


def carnet_de_mesure(dossier: Path) -> str:
    import nbformat

    carnet = nbformat.v4.new_notebook()
    carnet.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    carnet.cells = [
        nbformat.v4.new_code_cell(CODE),
        nbformat.v4.new_code_cell("notre"),
        nbformat.v4.new_code_cell("naif"),
    ]
    (dossier / "mesure.ipynb").write_text(nbformat.writes(carnet), encoding="utf-8")
    return "mesure.ipynb"


def principal() -> None:
    chemin = chromium()
    if chemin is None:
        sys.exit("Chromium est absent : cette mesure demande un navigateur.")
    # Tout ce qui est écrit l'est dans un dossier provisoire, effacé à la fin.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as provisoire:
        nos, leurs = mesurer_dans(Path(provisoire), chemin)
    n, r = resume(nos), resume(leurs)
    publier(
        "De la touche à l'image, dans JupyterLab",
        {
            "touche_a_image_mediane": mesure(n["mediane"], r["mediane"], "ms"),
            "touche_a_image_p95": mesure(n["p95"], r["p95"], "ms"),
        },
        [f"{len(nos)} appuis pour le simulateur, {len(leurs)} pour la référence, en alternance."],
    )


def mesurer_dans(provisoire: Path, chemin: str) -> tuple[list[float], list[float]]:
    """Les durées du simulateur et de la référence, mesurées en alternance dans une page."""
    from playwright.sync_api import sync_playwright

    donnees, dossier = provisoire / "jupyter", provisoire / "carnets"
    donnees.mkdir()
    dossier.mkdir()
    nom = carnet_de_mesure(dossier)
    lab = Lab(dossier, donnees)
    try:
        with sync_playwright() as pilote:
            chrome = pilote.chromium.launch(executable_path=chemin, args=OPTIONS)
            page = chrome.new_page(viewport={"width": 1400, "height": 2400}, locale="fr-FR")
            carnet = Carnet(page, lab, nom)
            carnet.tout_executer()
            page.locator(".widget-interact img").wait_for()
            nos, leurs = [], []
            for _ in range(4):
                nos += mesurer(page, ".cerdd-atelier canvas", "toile",
                               carnet.curseur("ETP ajoutés"), PAS)  # fmt: skip
                leurs += mesurer(page, ".widget-interact", "image",
                                 page.locator(".widget-interact .noUi-handle").first, PAS // 2)  # fmt: skip
            chrome.close()
            return nos, leurs
    finally:
        lab.arreter()


def mesurer(page, boite: str, genre: str, curseur, fois: int) -> list[float]:
    """Durées, en secondes, de `fois` appuis sur une flèche, un à la fois."""
    curseur.focus()
    durees = []
    for i in range(fois):
        page.evaluate(f"void (window.attente = ({GUETTER})({json.dumps([boite, genre])}))")
        page.keyboard.press("ArrowRight" if i % 8 < 4 else "ArrowLeft")
        duree = page.evaluate("window.attente")
        if duree is not None:  # une touche perdue par le curseur ne produit pas d'image
            durees.append(duree / 1000)
    return durees


if __name__ == "__main__":
    principal()
