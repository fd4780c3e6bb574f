"""Sous une réponse du corrigé, les passages qu'elle cite s'ouvrent."""

import re
from pathlib import Path

import pytest

from cerdd_case import Cas, ErreurCas
from cerdd_case.bureau.carnets import carnets
from cerdd_case.edition.lecture_carnet import lire_carnet
from cerdd_case.edition.passages import passages_cites
from cerdd_case.socle.references import relever

RACINE = Path(__file__).resolve().parents[2]
CAS = Cas()


def test_chaque_reponse_du_corrige_donne_ses_passages():
    suivies = 0
    for chemin in carnets(RACINE / "notebooks" / "corriges"):
        cellules = lire_carnet(chemin)["cells"]
        for cellule, suivante in zip(cellules, cellules[1:], strict=False):
            question = cellule["metadata"].get("reponse")
            cites = relever(cellule["source"], str(question)[0]) if question else []
            suivies += len(cites)
            if cites:
                assert suivante["source"].startswith("<details>"), (chemin.name, question)
                assert suivante["source"].count("<blockquote>") == len(cites)
                assert suivante["metadata"]["slideshow"] == {"slide_type": "skip"}
    assert suivies > 100


def test_aucune_reference_des_carnets_ne_mene_nulle_part():
    """Tout le texte des sources, réponses ou non : chaque § cité existe."""
    for source in (RACINE / "notebooks" / "sources").glob("*.md"):
        texte = source.read_text(encoding="utf-8")
        assert passages_cites(texte, f"{source.name[1]}.1", CAS) or source.name.startswith("00")


def test_les_passages_sont_ceux_des_annexes():
    html = passages_cites("… (annexe 7, § 2 ; introduction, § 8).", "3.1", CAS)
    assert "2 passages" in html and re.search(r"annexe\u00a07, §\u00a02</summary>", html)
    assert "organigramme" in html and "\n" not in html
    assert passages_cites("Rien de cité.", "3.1", CAS) == ""


def test_un_passage_qui_n_existe_pas_se_dit():
    with pytest.raises(ErreurCas, match="annexe 7, §\u00a099"):
        passages_cites("(annexe 7, § 99)", "3.1", CAS)
