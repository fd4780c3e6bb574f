"""Le noyau seul, d'un bout à l'autre : données, calculs, verdicts, indices, figures.

Rejoué aussi par `.ci/noyau_ancien`, depuis la roue de l'élève, avec pandas 2.2.0 et sans ipywidgets.
"""

import pytest

from cerdd_case import Cas
from cerdd_case.socle.dossier import apports

CAS = Cas()
OPTIONS = {"classement": ["finalites"], "budget": [CAS.projeter()]}


def test_chaque_tableau_se_lit_et_se_montre():
    for ressource in CAS.ressources:
        assert len(CAS.table(ressource["name"])) > 0
    for numero in CAS.catalogue()["numero"]:
        assert str(CAS.lire(numero))


@pytest.mark.parametrize("nom", sorted(apports("figure")))
def test_chaque_figure_se_dessine(nom):
    figure = CAS.figure(nom, *OPTIONS.get(nom, []))
    assert figure.png().startswith(b"\x89PNG") and len(figure.alternative) > 20


def test_le_budget_2015_a_la_main():
    """636 097 × 15 / 12,5 = 763 316,40 ; les autres charges × 1,02 ; les recettes × 1,02."""
    projection = CAS.projeter()
    assert projection.montant("personnel") == 763_316.40
    assert projection.total_eur == 1_175_756.46
    assert projection.ue_eur == 256_357.46
    assert CAS.verifier("2.3", "763 316,40 €").juste
    assert str(CAS.regles(projection)) and str(CAS.suivi(2)) and str(CAS.indice("2.3"))
