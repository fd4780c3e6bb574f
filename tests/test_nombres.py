"""Les nombres à la française, dans les deux sens."""

import datetime
import math
import warnings
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cerdd_case.erreurs import ErreurCas, ErreurNombre
from cerdd_case.nombres import euros, lire_nombre, milliers, nombre, pourcent

FINE, INSECABLE, MOINS = "\u202f", "\u00a0", "\u2212"


# --- Écrire -----------------------------------------------------------------------------


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


# --- Lire -------------------------------------------------------------------------------

ESPACES = {
    "ordinaire": " ",
    "insécable": "\u00a0",
    "fine insécable": "\u202f",
    "fine": "\u2009",
    "de chiffre": "\u2007",
    "demi-cadratin": "\u2002",
    "cadratin": "\u2003",
    "idéographique": "\u3000",
    "tabulation": "\t",
    "de largeur nulle": "\u200b",
    "gluon": "\u2060",
    "marque d'ordre": "\ufeff",
    "marque de sens": "\u200e",
}


@pytest.mark.parametrize("espace", ESPACES.values(), ids=ESPACES)
def test_toutes_les_espaces_se_lisent(espace):
    assert lire_nombre(f"763{espace}316,40{espace}€") == 763316.4
    assert lire_nombre(f"{espace}1{espace}040{espace}450{espace}") == 1040450
    assert lire_nombre(f"21,8{espace}%") == 0.218


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("763316.4", 763316.4),
        ("763316,4", 763316.4),
        ("763 316", 763316),
        ("763'316,40", 763316.4),
        ("763 k€", 763000),
        ("763,3164 kEUR", 763316.4),
        ("12 euros", 12),
        ("12 EUR", 12),
        ("2,5 ETP", 2.5),
        ("21,8 %", 0.218),
        ("21.8%", 0.218),
        ("-1,5 %", -0.015),
        ("-4450", -4450),
        ("−4 450 €", -4450),
        ("–4 450 €", -4450),
        ("+9 550", 9550),
        (",5", 0.5),
        ("5,", 5),
        ("007", 7),
    ],
)
def test_lire_un_texte(texte, attendu):
    assert lire_nombre(texte) == attendu


@pytest.mark.parametrize(
    ("objet", "attendu"),
    [
        (763316, 763316),
        (763316.4, 763316.4),
        (np.float64(763316.4), 763316.4),
        (np.int64(7), 7),
        (np.array(7.5), 7.5),
        (np.str_("7,5"), 7.5),
        (Decimal("763316.40"), 763316.4),
        (Fraction(1, 4), 0.25),
    ],
)
def test_lire_un_nombre_de_python_ou_de_numpy(objet, attendu):
    lu = lire_nombre(objet)
    assert lu == attendu and type(lu) is float


class Explosif:
    """Un objet qui se défend contre tout."""

    def __float__(self):
        raise RuntimeError("non")

    def __str__(self):
        raise RuntimeError("non plus")

    __repr__ = __str__


REFUSES = [
    "", "   ", "\u200b", "abc", "douze", "12 chevaux", "1e5", "nan", "inf", "-inf", "1_000",
    "1,040,450", "1.040,50", "1.040.450", "12,5,", "--5", "5-", "5 %%", "% 5", "%", "€", "k€", "-",
    ",", ".", "+", "½", "²", "0x10", "12;5", "1/2", "2+2", "5 € 6", "(5)", "9" * 400, "9" * 200_000,
    "a" * 100_000, "\x00", "5\x00", "12 k€ %",
    True, False, np.True_, None, ..., [], [5], (763316, 40), {}, {5}, b"12", object(), Explosif(),
    math.nan, math.inf, -math.inf, Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), 10**400,
    3 + 0j, np.array([5.0]), np.array([]), np.array([[1, 2], [3, 4]]), np.nan, pd.NA, pd.NaT,
    pd.Series([5.0]), pd.DataFrame({"a": [5.0]}), datetime.date(2015, 1, 1), float, lambda: 5,
]  # fmt: skip


@pytest.mark.parametrize("saisie", REFUSES, ids=lambda s: type(s).__name__)
def test_ce_qui_n_est_pas_un_nombre_est_refuse_en_une_phrase(saisie):
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # NumPy et pandas avertissent avant d'accepter par accident
        with pytest.raises(ErreurNombre) as refus:
            lire_nombre(saisie)
    message = str(refus.value)
    assert "nombre" in message and message.endswith(".") and len(message) < 200
    assert isinstance(refus.value, ErreurCas) and refus.value.__cause__ is None


@given(st.text())
def test_un_texte_quelconque_donne_un_nombre_fini_ou_un_refus(texte):
    try:
        lu = lire_nombre(texte)
    except ErreurNombre:
        lu = 0.0
    assert math.isfinite(lu)


# --- Aller et retour --------------------------------------------------------------------

CENTIMES = st.integers(-(10**13), 10**13).map(lambda n: n / 100)


@given(CENTIMES, st.booleans())
def test_aller_et_retour_en_euros(montant, signe):
    assert lire_nombre(euros(montant, signe=signe)) == montant


@given(CENTIMES, st.booleans())
def test_aller_et_retour_d_un_nombre(valeur, signe):
    assert lire_nombre(nombre(valeur, signe=signe)) == valeur


@given(st.integers(-(10**7), 10**7), st.booleans())
def test_aller_et_retour_d_un_pourcentage(dixiemes, signe):
    assert lire_nombre(pourcent(dixiemes / 1000, 1, signe=signe)) == dixiemes / 1000


@given(st.integers(-(10**9), 10**9), st.booleans())
def test_aller_et_retour_en_milliers(keur, signe):
    assert lire_nombre(milliers(keur, signe=signe)) == keur * 1000
