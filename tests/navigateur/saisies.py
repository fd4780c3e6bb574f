"""Les nombres comme on les tape, au pupitre : chacun est lu comme l'annonce `nombres.csv`.

    python tests/navigateur/saisies.py

Tape chaque saisie de `tests/socle/nombres/nombres.csv` sur sa ligne (la colle, si une touche n'en donne
pas les signes), la vérifie, et compare le signe et le nombre redit à ce que dit la collection sans page.
Un essai en joue quelques-unes (`pupitre/test_pupitre_calculer.py`).
"""

import csv
import json
import tempfile
from pathlib import Path

from ecrans import PRET
from gestes import MONTRER_JUPYTERLAB, Lab, lancer_chromium

from cerdd_case import Cas
from cerdd_case.socle import dossier
from cerdd_case.socle.memoire import Memoire

CARNET = "eleves/02_budget.ipynb"
SAISIES = Path(__file__).resolve().parent.parent / "socle" / "nombres" / "nombres.csv"
AU_CLAVIER = set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789éèàçùê€ .,;:!?/*+-=()%'\"²<>_&@#"
)
SORTIE = """(code) => {
  const cellule = jupyterapp.shell.currentWidget.content.widgets.find(
    (c) => c.model.type === "code" && c.model.sharedModel.getSource().includes(`cas.verifier("${code}"`));
  const { outputs } = cellule.model;
  return outputs.length ? [outputs.get(0).data["text/plain"]].flat().join("") : "";
}"""


def saisies() -> list[tuple[str, str]]:
    """Chaque saisie, et le code de la question où elle se tape."""
    with SAISIES.open(encoding="utf-8", newline="") as lignes:
        return [(json.loads(li["saisie_json"]), li["question"]) for li in csv.DictReader(lignes)]


def champs(carnet: Path) -> dict[str, str]:
    """Le nom de la ligne où se tape la réponse de chaque code."""
    cellules = json.loads(carnet.read_bytes())["cells"]
    titres = {n: t for c in cellules for n, t in c["metadata"].get("champs", [])}
    return {code: titres[nom] for nom, code in dossier.variables().items() if nom in titres}


def saisir(page, titre: str, code: str, texte: str) -> str:
    """Tape ce texte sur sa ligne, le vérifie, et renvoie ce que la page en dit."""
    champ = page.get_by_role("textbox", name=titre, exact=True)
    champ.fill("")
    if set(texte) <= AU_CLAVIER:
        champ.press_sequentially(texte)
    else:
        page.evaluate("texte => navigator.clipboard.writeText(texte)", texte)
        champ.press("ControlOrMeta+v")
    assert page.evaluate(SORTIE, code) == ""  # un verdict ne survit pas à la frappe
    champ.press("Enter")
    page.wait_for_function(f"code => ({SORTIE})(code) !== ''", arg=code, timeout=30_000)
    return page.evaluate(SORTIE, code)


def attendu(code: str, texte: str) -> tuple[str, str]:
    """Le signe du verdict, et ce qu'il redit avoir lu."""
    verdict = Cas(memoire=Memoire()).verifier(code, texte)
    return str(verdict).strip()[0], verdict.echo


def defauts(page, titres: dict[str, str], essais: list[tuple[str, str]]) -> list[str]:
    """Ce que la page dit autrement que la collection."""
    trouves = []
    for texte, code in essais:
        if code not in titres:
            continue
        signe, echo = attendu(code, texte)
        dit = saisir(page, titres[code], code, texte)
        if dit.strip()[:1] != signe or echo not in dit:
            trouves.append(f"{texte!r} ({code}) : {signe} {echo!r} attendu, la page dit {dit!r}")
    return trouves


def principal() -> int:
    """Joue toutes les saisies ; renvoie le nombre de défauts."""
    lab = Lab(Path(tempfile.mkdtemp()), Path(tempfile.mkdtemp()))
    with lancer_chromium() as chrome:
        contexte = chrome.new_context(
            locale="fr-FR", permissions=["clipboard-read", "clipboard-write"]
        )
        page = contexte.new_page()
        page.add_init_script(MONTRER_JUPYTERLAB)
        page.goto(f"{lab.adresse}/doc/tree/{CARNET}?token={lab.jeton}")
        page.wait_for_function(PRET, timeout=120_000)
        trouves = defauts(page, champs(lab.dossier / CARNET), saisies())
    lab.arreter()
    print(*trouves, sep="\n")
    print(f"{len(saisies())} saisies, {len(trouves)} défauts.")
    return len(trouves)


if __name__ == "__main__":
    raise SystemExit(bool(principal()))
