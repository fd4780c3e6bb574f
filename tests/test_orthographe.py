"""L'orthographe de tout ce qui se montre : annexes, questions, carnets, messages.

Le dictionnaire est celui d'`hunspell` ; `tests/mots.txt` y ajoute les nôtres, un par ligne.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from textes_montres import SOURCES, lues

MOTS = Path(__file__).with_name("mots.txt")
MOT = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def inconnus(textes: dict[str, str]) -> dict[str, str]:
    """Les mots que le dictionnaire ne connaît pas, et le premier endroit où on les lit."""
    lieux: dict[str, str] = {}
    for phrase, lieu in textes.items():
        for mot in MOT.findall(re.sub(r"\b\w*\d\w*\b", " ", phrase)):
            lieux.setdefault(mot, lieu)
    nos_mots = set(MOTS.read_text(encoding="utf-8").split())
    essai = subprocess.run(
        ["hunspell", "-d", "fr_FR", "-i", "utf-8", "-l"],
        input="\n".join(sorted(lieux)), capture_output=True, text=True, encoding="utf-8",
        check=True, timeout=120,
    )  # fmt: skip
    refuses = set(essai.stdout.split()) - nos_mots
    return {
        mot: lieu for mot, lieu in lieux.items()
        if {mot, mot.split("'")[-1]} & refuses and not {mot, mot.split("'")[-1]} & nos_mots
    }  # fmt: skip


@pytest.fixture(autouse=True)
def dictionnaire():
    if shutil.which("hunspell") is None:
        pytest.skip(
            "hunspell et son dictionnaire français sont absents : l'orthographe n'a pas été lue."
        )


@pytest.mark.parametrize("source", SOURCES)
def test_tout_est_bien_ecrit(source):
    assert inconnus(lues(source)) == {}


def test_une_faute_se_voit():
    assert list(inconnus({"Le bénéfisse est de 14 000 €.": "ici"})) == ["bénéfisse"]


def test_nos_mots_servent_tous():
    """Un mot qui ne se lit plus nulle part quitte la liste."""
    textes = " ".join(phrase for source in SOURCES for phrase in lues(source))
    lus = set(MOT.findall(textes))
    lus |= {mot.split("'")[-1] for mot in lus}
    assert sorted(set(MOTS.read_text(encoding="utf-8").split()) - lus) == []
