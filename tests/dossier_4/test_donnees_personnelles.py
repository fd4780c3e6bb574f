"""La protection des données, reconnue dans des phrases écrites par qui n'avait pas vu la règle."""

import csv
from pathlib import Path

import pytest

from cerdd_case.dossier_4.donnees_personnelles import en_parle

TEXTE = Path(__file__).with_name("phrases_donnees.csv").read_text(encoding="utf-8")
PHRASES = [(ligne["phrase"], ligne["attendu"]) for ligne in csv.DictReader(TEXTE.splitlines())]


def test_chaque_reponse_a_au_moins_cinq_phrases():
    assert min([a for _, a in PHRASES].count(attendu) for attendu in ("oui", "non")) >= 5


@pytest.mark.parametrize(("phrase", "attendu"), PHRASES)
def test_une_phrase_en_parle_ou_non(phrase, attendu):
    assert en_parle(phrase) == (attendu == "oui")


@pytest.mark.parametrize(
    "phrase", ["", " ", "\u00a0", "RGPD", "La Vie Prive\u0301e", "C’est le R.G.P.D."]
)
def test_des_ecritures_extremes(phrase):
    assert en_parle(phrase) == bool(phrase.strip("\u00a0 "))
