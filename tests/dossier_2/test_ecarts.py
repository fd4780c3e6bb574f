"""Les écarts de 2014, et le résultat qu'ils expliquent."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cerdd_case import Cas, ecarts

CAS = Cas()
PREVU, REALISE = CAS.annexe(4), CAS.annexe(5)


def test_ecarts_de_2014():
    """Réalisé − prévu, en euros : 1 050 000 − 1 040 450 = 9 550, et ainsi de suite."""
    t = ecarts(PREVU, REALISE).set_index("ligne")
    assert t["prevu_eur"].to_dict() == {
        "ressources": 1040450, "etat": 361000, "autres_ressources": 679450,
        "charges": 1040450, "personnel": 636097, "autres_charges": 404353, "resultat": 0,
    }  # fmt: skip
    assert t["realise_eur"].to_dict() == {
        "ressources": 1050000, "etat": 366000, "autres_ressources": 684000,
        "charges": 1036000, "personnel": 632000, "autres_charges": 404000, "resultat": 14000,
    }  # fmt: skip
    assert t["ecart_eur"].to_dict() == {
        "ressources": 9550, "etat": 5000, "autres_ressources": 4550,
        "charges": -4450, "personnel": -4097, "autres_charges": -353, "resultat": 14000,
    }  # fmt: skip
    assert t["favorable"].all()
    assert t["effet_resultat_eur"].dropna().to_dict() == {
        "etat": 5000, "autres_ressources": 4550, "personnel": 4097, "autres_charges": 353,
    }  # fmt: skip
    assert t.loc["etat", "ecart_part"] == pytest.approx(5000 / 361000)
    assert pd.isna(t.loc["resultat", "ecart_part"])  # rien n'était prévu : pas de pourcentage


def test_un_ecart_defavorable():
    moins = REALISE.assign(montant_keur=[1030, 356, 674, 1045, 640, -15])
    t = ecarts(PREVU, moins).set_index("ligne")
    assert not t["favorable"].any()
    assert t.loc["personnel", "effet_resultat_eur"] == -3903  # 636 097 − 640 000


MONTANTS = st.integers(0, 5_000_000)
KEUR = st.integers(0, 5_000)


@given(st.lists(MONTANTS, min_size=9, max_size=9), KEUR, KEUR, KEUR, KEUR)
def test_le_resultat_est_la_somme_des_effets_des_ecarts(montants, etat, autres, personnel, reste):
    prevu = PREVU.assign(montant_eur=montants)
    realise = REALISE.assign(
        montant_keur=[etat + autres, etat, autres, personnel + reste, personnel,
                      etat + autres - personnel - reste]
    )  # fmt: skip
    t = ecarts(prevu, realise).set_index("ligne")
    assert t["effet_resultat_eur"].sum() == pytest.approx(t.loc["resultat", "ecart_eur"], abs=1e-6)
    assert (t["ecart_eur"] == t["realise_eur"] - t["prevu_eur"]).all()
    e = t["ecart_eur"]
    assert e["etat"] + e["autres_ressources"] == e["ressources"]
    assert e["personnel"] + e["autres_charges"] == e["charges"]
    assert t["favorable"].to_dict() == {
        ligne: (
            e[ligne] <= 0 if ligne in ("charges", "personnel", "autres_charges") else e[ligne] >= 0
        )
        for ligne in t.index
    }
