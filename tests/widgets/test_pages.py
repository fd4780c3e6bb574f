"""Les scripts des éléments : leurs parties pures, essayées par Node sans navigateur."""

import json
import re
import subprocess
from pathlib import Path

from outils import programme

import cerdd_case
from cerdd_case.widgets.curseur import PAGES as PAGES_DU_PAQUET
from cerdd_case.widgets.curseur import avec_commun

PAQUET = Path(cerdd_case.__file__).parent
PAGES = Path(__file__).parent / "pages"
DOSSIERS = (
    PAGES,
    PAGES.parents[1] / "bureau" / "pupitre",
    PAGES.parents[1] / "edition" / "presentation",
)


def test_les_scripts_tiennent_leurs_promesses():
    node = programme("node", "les scripts des éléments n'ont pas été essayés à part.")
    fichiers = sorted(f for dossier in DOSSIERS for f in dossier.glob("*.test.mjs"))
    essai = subprocess.run(
        [node, "--test", *fichiers],
        capture_output=True, text=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert essai.returncode == 0, essai.stdout[-3000:] + essai.stderr[-1000:]
    promesses = sum(f.read_text(encoding="utf-8").count("\ntest(") for f in fichiers)
    lances = re.search(r"^# tests (\d+)$", essai.stdout, re.M)
    ecritures = json.loads(
        (PAGES.parents[1] / "socle" / "nombres" / "ecritures.json").read_text(encoding="utf-8")
    )
    assert lances and int(lances[1]) == promesses + len(ecritures)


def test_une_feuille_de_style_part_avec_son_script_apres_la_commune():
    commune = (PAGES_DU_PAQUET / "commun.css").read_text(encoding="utf-8")
    feuilles = sorted(PAQUET.glob("dossier_*/*.css"))
    assert len(feuilles) == 4
    for feuille in feuilles:
        assert feuille.with_suffix(".js").is_file()
        assert avec_commun(feuille) == commune + feuille.read_text(encoding="utf-8")
        ecrans = "".join(f.read_text(encoding="utf-8") for f in feuille.parent.glob("*_atelier.py"))
        assert f'_css = avec_commun(Path(__file__).with_name("{feuille.name}"))' in ecrans
