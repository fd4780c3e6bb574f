"""Les dates de la convention et les présidences qui alternent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_1.calendrier import dates, presidences
from cerdd_case.socle.erreurs import ErreurCas

DONNEES = Donnees()


def test_dates_du_sujet():
    d = dates(DONNEES)
    assert d == {"creation": 2001, "audit": 2013, "debut": 2014, "fin": 2020,
                 "convention": 6, "presidence": 2}  # fmt: skip
    assert d["fin"] - d["debut"] == d["convention"]


def test_trois_presidences_par_convention():
    tableau = presidences(2014, 2020, 2, "region")
    assert [tuple(t) for t in tableau.values] == [
        (2014, 2016, "region"),
        (2016, 2018, "etat"),
        (2018, 2020, "region"),
    ]


@given(st.integers(1900, 2100), st.integers(1, 30), st.integers(1, 10),
       st.sampled_from(["etat", "region"]))  # fmt: skip
def test_les_presidences_couvrent_la_convention_et_alternent(debut, duree, tour, premier):
    tableau = presidences(debut, debut + duree, tour, premier)
    assert tableau["debut"].iloc[0] == debut and tableau["fin"].iloc[-1] == debut + duree
    assert list(tableau["fin"].iloc[:-1]) == list(tableau["debut"].iloc[1:])
    assert (tableau["fin"] - tableau["debut"]).between(1, tour).all()
    assert tableau["membre"].iloc[0] == premier
    assert (tableau["membre"] != tableau["membre"].shift()).all()


@pytest.mark.parametrize(
    ("arguments", "extrait"),
    [
        ((2014, 2014, 2), "De 2014 à 2014 par 2 ans"),
        ((2014, 2020, 0), "De 2014 à 2020 par 0 ans"),
        ((2014, 2020, 2, "collectivites"), "« collectivites » ne préside pas"),
    ],
)
def test_calendriers_refuses(arguments, extrait):
    with pytest.raises(ErreurCas, match=extrait):
        presidences(*arguments)
