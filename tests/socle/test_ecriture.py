"""Écrire un nombre à la française."""

import json
import math
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from cerdd_case.socle.nombres import (
    euros,
    lire_nombre,
    mesure,
    milliers,
    moment,
    nombre,
    pourcent,
    taux,
)

TABLES = Path(__file__).parent / "nombres"
FINE, INSECABLE, MOINS = "\u202f", "\u00a0", "\u2212"


@pytest.mark.parametrize(
    ("ecrit", "attendu"),
    [
        (euros(1040450), f"1{FINE}040{FINE}450{INSECABLE}€"),
        (euros(763316.4), f"763{FINE}316,40{INSECABLE}€"),
        (euros(763316.4, 0), f"763{FINE}316{INSECABLE}€"),
        (euros(-4450, signe=True), f"{MOINS}4{FINE}450{INSECABLE}€"),
        (euros(9550, signe=True), f"+9{FINE}550{INSECABLE}€"),
        (euros(0, signe=True), f"0{INSECABLE}€"),
        (milliers(1036), f"1{FINE}036{INSECABLE}k€"),
        (milliers(-14), f"{MOINS}14{INSECABLE}k€"),
        (pourcent(0.218), f"21,8{FINE}%"),
        (pourcent(0.2, 0), f"20{FINE}%"),
        (pourcent(0.48758, 2), f"48,76{FINE}%"),
        (pourcent(0.13, signe=True), f"+13,0{FINE}%"),
        (nombre(12.5), "12,5"),
        (nombre(15.0), "15"),
        (nombre(1040450), f"1{FINE}040{FINE}450"),
        (nombre(999), "999"),
    ],
)
def test_ecrire(ecrit, attendu):
    assert ecrit == attendu


@pytest.mark.parametrize(
    ("valeur", "decimales", "attendu"),
    [(2.5, 0, "3"), (3.5, 0, "4"), (0.125, 2, "0,13"), (-2.5, 0, f"{MOINS}3"), (2.675, 2, "2,68")],
)
def test_l_arrondi_est_celui_que_l_on_apprend(valeur, decimales, attendu):
    """5 s'arrondit vers le haut, et non au chiffre pair comme Python le fait."""
    assert nombre(valeur, decimales) == attendu


@pytest.mark.parametrize("valeur", [0.001, -0.001, 0.0, -0.0])
def test_zero_n_a_pas_de_signe(valeur):
    assert nombre(valeur) == nombre(valeur, signe=True) == "0"
    assert euros(valeur, signe=True) == f"0{INSECABLE}€"


@pytest.mark.parametrize("valeur", [math.nan, math.inf, -math.inf])
def test_ce_qui_n_a_pas_de_valeur_s_ecrit_d_un_tiret(valeur):
    assert nombre(valeur) == "–"
    assert euros(valeur) == f"–{INSECABLE}€"
    assert pourcent(valeur) == f"–{FINE}%"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_tout_nombre_fini_s_ecrit(valeur):
    texte = euros(valeur, 2)
    assert texte.endswith(f",{texte[-4:-2]}{INSECABLE}€") and texte[-4:-2].isdigit()


@given(st.floats(-1e15, 1e15), st.sampled_from([None, 0, 1, 2, 5]))
def test_les_nombres_s_ecrivent_comme_ceux_de_babel(valeur, decimales):
    motif = "#,##0.##" if decimales is None else "#,##0" + ("." + "0" * decimales) * (decimales > 0)
    rang = Decimal(1).scaleb(-(2 if decimales is None else decimales))
    arrondi = Decimal(repr(valeur)).quantize(rang, "ROUND_HALF_UP")
    signe = MOINS if arrondi < 0 else ""
    assert nombre(valeur, decimales) == signe + format_decimal(abs(arrondi), motif, locale="fr_FR")


ECRITURES = json.loads((TABLES / "ecritures.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("cas", ECRITURES, ids=lambda c: f"{c['valeur']} {c['unite']}")
def test_la_mesure_d_un_reglage(cas):
    assert mesure(cas["valeur"], cas["unite"]) == cas["texte"]


@given(st.integers(-(10**7), 10**7))
def test_un_taux_montre_la_valeur_employee(milliemes):
    """Jusqu'au millième de point, ce qui s'affiche se relit exactement."""
    part = milliemes / 100_000
    assert lire_nombre(taux(part)) == part
    assert taux(part)[:-2].partition(",")[2] != ""


@pytest.mark.parametrize(
    ("date", "attendu"),
    [
        (datetime(2026, 11, 28, 14, 5), f"28 novembre 2026 à 14{INSECABLE}h{INSECABLE}05"),
        (datetime(2027, 3, 1, 8, 0), f"1er mars 2027 à 8{INSECABLE}h{INSECABLE}00"),
    ],
)
def test_un_moment(date, attendu):
    assert moment(date) == attendu
