"""L'arborescence des organes et des postes."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_1.structure import arborescence
from cerdd_case.socle.erreurs import ErreurCas

DONNEES = Donnees()


def test_arborescence_de_l_annexe_2():
    arbre = arborescence(DONNEES.annexe(2)).set_index("code")
    assert arbre.loc["decideurs_strategiques", "niveau"] == 0
    assert arbre.loc["services", "niveau"] == 5
    # Le directeur est au milieu de ses deux subordonnés directs.
    assert arbre.loc["directeur", "place"] == (
        (arbre.loc["adjointe", "place"] + arbre.loc["equipe", "place"]) / 2
    )
    # La présidence, dont tout dépend ensuite, a des voisines des deux côtés.
    voisines = arbre.loc[["etat", "collectivites"], "place"]
    assert voisines.iloc[0] < arbre.loc["presidence", "place"] < voisines.iloc[1]
    feuilles = arbre[~arbre.index.isin(arbre["rattachement"])]
    assert sorted(feuilles["place"]) == list(range(len(feuilles)))


@given(st.lists(st.integers(0, 30), max_size=12))
def test_dans_tout_arbre_deux_cases_d_un_niveau_ne_se_touchent_pas(choix):
    codes = [f"c{i}" for i in range(len(choix) + 1)]
    parents = [None, *(codes[c % (i + 1)] for i, c in enumerate(choix))]
    arbre = arborescence(pd.DataFrame({"code": codes, "rattachement": parents}))
    for _, cases in arbre.groupby("niveau"):
        ecarts = cases["place"].sort_values().diff().dropna()
        assert (ecarts >= 1).all()


@pytest.mark.parametrize(
    ("parents", "extrait"),
    [([None, "absent"], "pas dans le tableau"), (["b", "a"], "revient sur lui")],
)
def test_arbres_refuses(parents, extrait):
    with pytest.raises(ErreurCas, match=extrait):
        arborescence(pd.DataFrame({"code": ["a", "b"], "rattachement": parents}))
