"""Le CSV pour un tableur français : nombres à virgule, textes sans danger."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cerdd_case.socle.csv_francais import decimal, en_csv


def test_les_nombres_ont_une_virgule_et_gardent_leur_signe():
    assert en_csv([["Écart", decimal(-4450, 2), decimal(0.218, 4)]]) == "Écart;-4450,00;0,2180\r\n"


@pytest.mark.parametrize(
    "debut",
    [
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "＝",
        "＋",
        "－",
        "＠",
        "  =",
        "\u200b=",
        "\ufeff=",
        "\x00=",
        "\u202e=",
        "−",
        "﹢",
        "﹦",
    ],
)
def test_un_texte_ne_commence_jamais_une_formule(debut):
    (ligne,) = csv.reader(io.StringIO(en_csv([[debut + "1+1"]]), newline=""), delimiter=";")
    assert ligne == ["'" + debut + "1+1"]


@given(st.lists(st.text(alphabet="=+-@;\"'\n\r\t abé12", max_size=8), min_size=1, max_size=4))
def test_chaque_texte_se_retrouve(textes):
    """Rien ne se perd : ni point-virgule, ni guillemet, ni saut de ligne."""
    (relus,) = csv.reader(io.StringIO(en_csv([textes]), newline=""), delimiter=";")
    for relu, texte in zip(relus, textes, strict=True):
        assert relu in (texte, "'" + texte)
        assert relu[:1] not in tuple("=+-@\t\r\n") or relu == ""
