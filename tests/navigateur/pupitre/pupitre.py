"""Les gestes communs aux essais du pupitre."""

import json
import time

from ecrans import PRET
from gestes import RANG, attendre_repos
from playwright.sync_api import expect

from cerdd_case.socle.identite import contenu_du_carnet


def ouvrir(page, lab, nom: str) -> None:
    page.goto(f"{lab.adresse}/doc/tree/eleves/{nom}?token={lab.jeton}")
    page.wait_for_function(PRET, timeout=120_000)


def reponse(fichier, question: str = "2.1") -> str:
    cellules = json.loads(fichier.read_bytes())["cells"]
    zones = [c for c in cellules if c["metadata"].get("reponse") == question]
    return "".join(next(c for c in zones if c["cell_type"] == "raw")["source"])


def attendre_l_enregistrement(page) -> None:
    """Le dernier texte tapé est dans le fichier."""
    page.wait_for_function("document.body.dataset.cerddEnregistre === 'oui'", timeout=20_000)
    attendre_repos(page)


def zone(page, question: str = "2.1"):
    return page.locator(".pup-reponse", has_text=f"question\u00a0{question}")


def progres(fichier) -> dict:
    """L'avancement que contient le carnet ; vide aussi pendant qu'il s'écrit."""
    contenu = contenu_du_carnet(fichier)
    return contenu["metadata"]["cerdd"].get("progres", {}) if contenu else {}


def a_cote(fichier) -> list[str]:
    """Les fichiers d'avancement posés à côté de ce carnet."""
    copie = json.loads(fichier.read_bytes())["metadata"]["cerdd"]["copie"]
    noms = [f".{copie}.suivi.json", f".{fichier.stem}.suivi.json"]
    return [nom for nom in noms if fichier.with_name(nom).exists()]


def cases(page):
    """Les cases de la grille 2.1, que l'on ouvre s'il le faut."""
    rang = page.evaluate(RANG, 'cas.grille("2.1")')
    page.evaluate(
        "rang => jupyterapp.shell.currentWidget.content.widgets[rang].node.dataset.essai = 'grille'",
        rang,
    )
    grille = page.locator("[data-essai=grille] .cerdd-atelier")
    quand_meme = grille.get_by_role("button", name="Voir quand même")
    quand_meme.or_(grille.get_by_role("checkbox").first).first.wait_for(timeout=30_000)
    if quand_meme.is_visible():
        quand_meme.click()
        grille.get_by_role("checkbox").first.wait_for(timeout=30_000)
    return grille.get_by_role("checkbox")


def cocher(page, fichier, rang: int) -> None:
    """Coche, puis attend que la page ait enregistré d'elle-même : la case est dans le carnet."""
    case = cases(page).nth(rang)
    case.click()
    expect(case).to_be_checked()
    limite = time.monotonic() + 30
    while f"2.1-{rang + 1}" not in progres(fichier).get("grille:2.1", []):
        assert time.monotonic() < limite, f"la case {rang} n'est pas dans le carnet"
        page.evaluate("new Promise(requestAnimationFrame)")
