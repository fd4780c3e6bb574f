"""La part publique des recettes de 2014."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_1.financement import PUBLIQUES_FRANCAISES, part_publique
from cerdd_case.socle.erreurs import ErreurCas

DONNEES = Donnees()


def test_part_publique_de_l_annexe_4():
    budget = DONNEES.annexe(4)
    # (361 000 + 507 300) / 1 040 450, puis avec 132 000 d'Europe.
    assert part_publique(budget, PUBLIQUES_FRANCAISES) == pytest.approx(868_300 / 1_040_450)
    assert part_publique(budget) == pytest.approx(1_000_300 / 1_040_450)
    assert part_publique(budget, []) == 0
    assert part_publique(budget, ["etat", "etat"]) == part_publique(budget, ["etat"])


@given(st.sets(st.sampled_from(["etat", "collectivites", "ue", "autres"])))
def test_public_et_reste_font_le_tout(postes):
    budget = DONNEES.annexe(4)
    reste = {"etat", "collectivites", "ue", "autres"} - postes
    assert part_publique(budget, postes) + part_publique(budget, reste) == pytest.approx(1)


def test_une_depense_n_est_pas_une_recette():
    with pytest.raises(ErreurCas, match="personnel"):
        part_publique(DONNEES.annexe(4), ["etat", "personnel"])
