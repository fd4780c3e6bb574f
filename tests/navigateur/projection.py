"""Une projection dans Chromium : le serveur de `cerdd presenter`, ses fenêtres, ses mesures."""

import re
from pathlib import Path

import psutil
from gestes import Serveur, attendre_mise_en_page

from cerdd_case.edition import diapositives
from cerdd_case.edition.presentation import page as pages

DOSSIERS = diapositives.carnets_des_dossiers()
ECRANS = [(1280, 720), (1920, 1080)]
ICI = Path(__file__).parent
MESURES = (ICI / "mesures.js").read_text(encoding="utf-8")
ECRITS = (ICI / "ecrits.js").read_text(encoding="utf-8")
PHASE = "document.documentElement.dataset.cerddPhase"


class Projection(Serveur):
    """Un serveur lancé par `cerdd presenter`, et ses fenêtres."""

    def __init__(self, numero: str, donnees: Path, *options: str):
        super().__init__(donnees, "presenter", numero, *options)
        self.page = f"{self.adresse}/cerdd/diapositives?token={self.jeton}"

    def fenetre(self, contexte, place: str = ""):
        """Une fenêtre de plus ; `journal` : ses erreurs, `ailleurs` : ce qu'elle demande hors d'ici."""
        page = contexte.new_page()
        ecouter(page)
        page.on(
            "request",
            lambda r: (
                page.ailleurs.append(r.url)
                if r.url.startswith(("http:", "https:")) and not r.url.startswith(self.adresse)
                else None
            ),
        )
        page.goto(self.page + place)
        return page

    def noyau(self) -> psutil.Process:
        """Le programme qui calcule."""
        enfants = psutil.Process(self.processus.pid).children(recursive=True)
        return next(e for e in enfants if "ipykernel_launcher" in " ".join(e.cmdline()))


# Les ateliers et figures projetés qui n'ont pas encore tout à 24 points, ou que l'on fait défiler. Une
# diapositive qui n'a plus de défaut en sort ; aucune autre n'y entre sans qu'on le décide.
A_REPRENDRE = {
    "1": {"1.1-atelier", "1.2-atelier", "1.2-figure", "1.3-vote", "1.3-strategie", "1.4-atelier",
          "1.5-atelier"},
    "2": {"2.2-atelier", "2.4-atelier", "simulateur", "plus-loin-sensibilite", "plus-loin-risque"},
    "3": {"3.1-atelier", "3.1-figure", "3.1-croissance", "3.2-atelier", "3.2-proposee"},
    "4": {"4.1-atelier", "4.2-atelier", "4.3-reseau", "4.3-essais", "4.3-preuves"},
}  # fmt: skip


def a_juger(numero: str, defauts: list[str]) -> tuple[list[str], set[str]]:
    """Les défauts des diapositives qui n'en ont pas le droit ; celles d'`A_REPRENDRE` qui n'en ont plus."""
    nom = re.compile(r"\d+ : \d+\. ([^ ]+) : ")
    fautives = {trouve[1] for d in defauts if (trouve := nom.match(d))}
    permises = A_REPRENDRE[numero]
    graves = [d for d in defauts if not (trouve := nom.match(d)) or trouve[1] not in permises]
    return graves, permises - fautives


def ecouter(page) -> None:
    """Retient les erreurs de la page."""
    page.journal, page.ailleurs = [], []
    page.on("pageerror", lambda erreur: page.journal.append(str(erreur)))
    page.on("console", lambda m: page.journal.append(m.text) if m.type == "error" else None)


def contexte(navigateur, largeur: int = 1280, hauteur: int = 720):
    """Un contexte en français, à cette taille ; ses toiles retiennent leurs textes."""
    ouvert = navigateur.new_context(viewport={"width": largeur, "height": hauteur}, locale="fr-FR")
    ouvert.add_init_script(ECRITS)
    return ouvert


def attendre_la_phase(page, *phases: str) -> None:
    """Attend que les ateliers vivent (« pret »), ou ce que l'on dit."""
    page.wait_for_function(f"(phases) => phases.includes({PHASE})", arg=list(phases or ["pret"]),
                           timeout=120_000)  # fmt: skip


def page_seule(toutes: list, titre: str = "Essai") -> str:
    """La page en un seul fichier, sans serveur : le moteur et ses styles dedans."""
    moteur, style = (
        (pages.SERVI / f"moteur.{g}").read_text(encoding="utf-8") for g in ("js", "css")
    )
    return pages.page_entiere(
        titre, toutes, f"<style>{style}</style>", f'<script type="module">{moteur}</script>'
    )


def place(page) -> str:
    """L'adresse de la place où l'on est."""
    return page.evaluate("location.hash")


def defauts_de_toutes(page, ecrans=ECRANS, captures: Path | None = None) -> list[str]:
    """Ce qui ne va pas, diapositive par diapositive, à chaque taille, toutes étapes dévoilées."""
    noms = page.evaluate("cerddDiaporama.diapositives.map((d) => d.nom)")
    defauts = []
    for largeur, hauteur in ecrans:
        page.set_viewport_size({"width": largeur, "height": hauteur})
        for rang, nom in enumerate(noms):
            page.evaluate(
                "(rang) => cerddDiaporama.aller({ rang, etape: cerddDiaporama.etapes[rang] })", rang
            )
            attendre_mise_en_page(page.locator(".diapo:not([hidden])"))
            trouves = page.evaluate(MESURES)
            defauts += [f"{hauteur} : {rang + 1}. {nom} : {d}" for d in trouves]
            if captures:
                page.screenshot(path=str(captures / f"{hauteur}_{rang + 1:02d}_{nom}.png"))
    return defauts
