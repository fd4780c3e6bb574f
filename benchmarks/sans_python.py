"""De la touche à l'image, dans le simulateur sans Python ouvert d'un fichier, et le poids de ce fichier.

On mesure dans la page, de l'appui sur la flèche du curseur à la fin de la nouvelle image peinte.

    uv run python benchmarks/sans_python.py [FICHIER.html] [--json]

Avec un fichier (un diaporama, un corrigé exporté) : le premier simulateur qui s'y trouve.
"""

import sys
import tempfile
from pathlib import Path

from commun import RACINE, publier, resume

sys.path.insert(0, str(RACINE / "tests" / "navigateur"))
from gestes import lancer_chromium

PAS = 60
# Dans un diaporama, on va d'abord à la diapositive du simulateur.
ALLER = """bloc => {
  const rang = [...document.querySelectorAll(".diapo")].indexOf(bloc.closest(".diapo"));
  if (rang >= 0) cerddDiaporama.aller({ rang, etape: 0 });
}"""
GUETTER = """bloc => {
  window.durees = [];
  const toile = bloc.querySelector("canvas");
  let debut = 0;
  bloc.addEventListener("keydown", () => { debut = performance.now(); }, { capture: true });
  new MutationObserver(() => { if (debut) durees.push(performance.now() - debut); debut = 0; })
    .observe(toile, { attributes: true, attributeFilter: ["data-rang"] });
}"""


def ecrire_le_simulateur(dossier: Path) -> Path:
    from cerdd_case import Cas
    from cerdd_case.dossier_2.simulateur_autonome import simulateur_autonome

    fichier = dossier / "simulateur.html"
    bloc = simulateur_autonome(Cas())
    fichier.write_text(f'<!DOCTYPE html><meta charset="utf-8">{bloc}', encoding="utf-8")
    return fichier


def principal() -> None:
    donnes = [Path(mot) for mot in sys.argv[1:] if mot.endswith(".html")]
    with tempfile.TemporaryDirectory() as dossier, lancer_chromium() as chrome:
        fichier = donnes[0] if donnes else ecrire_le_simulateur(Path(dossier))
        poids = fichier.stat().st_size / 1000
        page = chrome.new_context(offline=True, viewport={"width": 1280, "height": 720}).new_page()
        page.goto(fichier.absolute().as_uri())
        bloc = page.locator(".cerdd-autonome[data-vivant]").first
        bloc.locator("canvas[data-rang]").wait_for(state="attached")
        bloc.evaluate(ALLER)
        premiere = page.evaluate(
            "() => performance.getEntriesByType('paint').find(p => p.name === 'first-paint').startTime"
        )
        curseur = bloc.locator("input[type=range]").first
        curseur.press("Home")
        bloc.evaluate(GUETTER)
        for rang in range(PAS):
            page.keyboard.press("ArrowLeft" if rang // 12 % 2 else "ArrowRight")
            page.wait_for_function("n => durees.length === n", arg=rang + 1)
        durees = resume([d / 1000 for d in page.evaluate("durees")])

    def seule(valeur: float, unite: str) -> dict:
        return {"ours": valeur, "reference": None, "ratio": None, "unit": unite}

    publier(
        "Le simulateur sans Python",
        {
            "touche_image_mediane": seule(durees["mediane"], "ms"),
            "touche_image_p95": seule(durees["p95"], "ms"),
            "premiere_image": seule(premiere, "ms"),
            "poids": seule(poids, "ko"),
        },
        [f"{PAS} pas de curseur au clavier ; fichier ouvert de file://, réseau coupé."],
    )


if __name__ == "__main__":
    principal()
