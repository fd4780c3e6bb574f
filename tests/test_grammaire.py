"""La grammaire de tout ce qui se montre, lue par grammalecte en un seul appel, phrase par phrase.

Ce qu'il voit à tort est dans `tests/grammaire_admise.csv` : le passage, et pourquoi il est juste.
"""

import csv
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from textes_montres import SOURCES, lues

ADMIS = Path(__file__).with_name("grammaire_admise.csv")
# Les règles coupées, et pourquoi : `apos`, l'écran garde l'apostrophe du clavier ; `esp`, `nbsp`,
# `num`, `unit`, `typo`, les espaces et les signes sont posés par `socle/typographie` et contrôlés
# dans les pages construites ; `latex`, `md`, il n'y a plus ni formule ni balise dans ces phrases.
COUPEES = ("apos", "esp", "nbsp", "num", "unit", "typo", "latex", "md")


def fautes(textes: list[str], dossier: Path) -> list[tuple[str, str, int, int]]:
    """Les fautes : la phrase, le message, le début et la fin du passage fautif."""
    (dossier / "textes.txt").write_text("\n".join(textes), encoding="utf-8")
    lecture = subprocess.run(
        ["grammalecte-cli", "-f", "textes.txt", "-j", "-owe", "-off", *COUPEES],
        capture_output=True, cwd=dossier, check=True, timeout=300,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return [
        (textes[p["iParagraph"] - 1], f["sMessage"], f["nStart"], f["nEnd"])
        for p in json.loads(lecture.stdout)["data"] for f in p["lGrammarErrors"]
    ]  # fmt: skip


def admis() -> list[str]:
    with ADMIS.open(encoding="utf-8", newline="") as ouvert:
        return [ligne["passage"] for ligne in csv.DictReader(ouvert)]


@pytest.fixture(autouse=True)
def grammaire():
    if shutil.which("grammalecte-cli") is None:
        pytest.skip("grammalecte est absent : la grammaire n'a pas été lue.")


def test_tout_est_en_bon_francais(tmp_path):
    """Aucune faute hors des passages admis ; un passage admis qui ne sert plus quitte la liste."""
    lieux = {p: lieu for source in SOURCES for p, lieu in lues(source).items() if p.count(" ") > 1}
    restent, servis = [], set()
    for phrase, message, debut, fin in fautes(list(lieux), tmp_path):
        passages = [p for p in admis() if phrase[debut:fin] in p and p in phrase]
        servis |= set(passages)
        if not passages:
            avant, apres = phrase[max(debut - 40, 0) : debut], phrase[fin : fin + 40]
            restent.append(f"{lieux[phrase]} : {avant}[{phrase[debut:fin]}]{apres}\n  {message}")
    assert not restent, "\n".join(restent)
    assert sorted(set(admis()) - servis) == []


def test_une_faute_se_voit(tmp_path):
    fausses = ["Les recettes est insuffisantes.", "Le directeur a décider d'embaucher.",
               "Chaque membres vote à son tour.", "Il manque 2 réponse dans ce tableau."]  # fmt: skip
    trouvees = fautes(["Le budget est voté.", *fausses], tmp_path)
    assert list(dict.fromkeys(f[0] for f in trouvees)) == fausses
