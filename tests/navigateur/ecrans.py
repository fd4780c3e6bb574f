"""Tous les écrans du pupitre : chaque carnet d'élève, à chaque taille, dans les deux thèmes.

    python tests/navigateur/ecrans.py DOSSIER

Ouvre les grilles et les indices, descend la page écran par écran, enregistre une image de chacun dans
DOSSIER, et mesure : lettres d'au moins 12 px, contrastes, textes coupés, mots brisés. Les défauts
s'affichent ; le code de sortie dit s'il y en a. Un essai en joue une partie (`pupitre/test_pupitre_lire.py`).
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from gestes import MONTRER_JUPYTERLAB, Lab, lancer_chromium

CARNETS = ("00_accueil", "01_organisation", "02_budget", "03_coordination", "04_information")
TAILLES = ((1400, 900), (1024, 768), (700, 450))  # la dernière : la première, agrandie deux fois
THEMES = {"clair": "JupyterLab Light", "sombre": "JupyterLab Dark"}
MESURES = Path(__file__).with_name("mesures_du_pupitre.js").read_text(encoding="utf-8")
PRET = "document.body.dataset.cerddPupitre === 'pret'"
PAGE = "document.querySelector('.jp-WindowedPanel-outer')"


def habiller(page, theme: str) -> None:
    """Met la page dans un thème."""
    page.evaluate(
        "theme => jupyterapp.commands.execute('apputils:change-theme', { theme })", THEMES[theme]
    )
    clair = "true" if theme == "clair" else "false"
    page.wait_for_function(f"document.body.dataset.jpThemeLight === '{clair}'")


def tout_ouvrir(page) -> None:
    """Ouvre chaque grille, un indice par question et chaque partie repliée."""
    for nom in ("Voir quand même", "Voir l'indice 1"):
        boutons = page.get_by_role("button", name=nom)
        while boutons.count():
            avant = boutons.count()
            boutons.first.click()
            page.wait_for_function(
                "([nom, n]) => [...document.querySelectorAll('button')]"
                ".filter((b) => b.textContent.startsWith(nom)).length < n",
                arg=[nom, avant],
            )
    page.evaluate(
        "document.querySelectorAll('.jp-Notebook details:not(.cerdd-renvoi)')"
        ".forEach((d) => (d.open = true))"
    )


def ecrans(page) -> Iterator[int]:
    """Descend la page, un écran à la fois."""
    haut, fin = 0, page.evaluate(f"{PAGE}.scrollHeight")
    while haut < fin:
        page.evaluate(f"{PAGE}.scrollTop = {haut}")
        page.evaluate(
            "() => new Promise((f) => requestAnimationFrame(() => requestAnimationFrame(f)))"
        )
        yield haut
        haut += page.evaluate(f"{PAGE}.clientHeight") - 60


def principal(vers: Path) -> int:
    """Joue tout ; renvoie le nombre de défauts."""
    vers.mkdir(parents=True, exist_ok=True)
    lab = Lab(Path(tempfile.mkdtemp()), Path(tempfile.mkdtemp()))
    defauts: dict[str, set[str]] = {}
    images = 0
    with lancer_chromium() as chrome:
        for carnet in CARNETS:
            page = chrome.new_context(locale="fr-FR").new_page()
            page.add_init_script(MONTRER_JUPYTERLAB)
            page.goto(f"{lab.adresse}/doc/tree/eleves/{carnet}.ipynb?token={lab.jeton}")
            page.wait_for_function(PRET, timeout=120_000)
            tout_ouvrir(page)
            for largeur, hauteur in TAILLES:
                page.set_viewport_size({"width": largeur, "height": hauteur})
                for theme in THEMES:
                    habiller(page, theme)
                    for rang, _ in enumerate(ecrans(page)):
                        page.screenshot(path=vers / f"{carnet}_{largeur}_{theme}_{rang:02d}.png")
                        images += 1
                    for defaut in page.evaluate(MESURES):
                        defauts.setdefault(defaut, set()).add(f"{carnet} {largeur} {theme}")
            page.close()
            lab.arreter_les_noyaux()
    lab.arreter()
    for defaut, ou in sorted(defauts.items()):
        print(f"{defaut}\n    {', '.join(sorted(ou))}")
    print(f"{images} écrans dans {vers}, {len(defauts)} défauts.")
    return len(defauts)


if __name__ == "__main__":
    raise SystemExit(bool(principal(Path(sys.argv[1]))))
