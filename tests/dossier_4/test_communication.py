"""Le plan de communication : la matrice, ses comptes, les défis."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_4.communication import (
    CASES,
    PUBLICS,
    communication_du_cas,
    compter,
    defis,
    filtrer,
    matrice,
    verifier_defi,
)
from cerdd_case.socle.erreurs import ErreurCas

DONNEES = Donnees()
ELEMENTS = communication_du_cas(DONNEES)
DEFIS = defis(ELEMENTS, DONNEES)


def avec(nom, tableau):
    """Les données livrées, ce tableau-là excepté."""
    return SimpleNamespace(
        annexe=DONNEES.annexe, table=lambda n: tableau if n == nom else DONNEES.table(n)
    )


def test_le_plan_a_23_elements_dont_deux_figurent_deux_fois():
    plan = ELEMENTS[ELEMENTS["genre"] == "plan"]
    assert compter(plan) == 23
    assert compter(filtrer(plan, colonne="optimiser")) == 11
    assert compter(filtrer(plan, colonne="creer_ou_developper")) == 12
    doubles = DONNEES.annexe(9).groupby("item")["item_id"].agg(list)
    assert sorted(doubles[doubles.str.len() > 1]) == [["P9-05", "P9-19"], ["P9-10", "P9-20"]]
    assert compter(ELEMENTS) == 31  # 23 éléments du plan, 4 supports prioritaires, 4 en place


def test_la_matrice_compte_les_elements():
    comptes = matrice(ELEMENTS)
    assert list(comptes) == list(PUBLICS) and len(CASES) == 8
    assert comptes["partenaires"] == [1, 1, 0, 1, 1, 0, 0, 0]
    assert comptes["nouveaux_publics"] == [0, 1, 0, 1, 1, 0, 0, 0]
    assert comptes["tous"][list(CASES).index("creer_ou_developper/methodes")] == 4


@settings(deadline=None)
@given(
    st.sampled_from([None, *PUBLICS]),
    st.sampled_from([None, "optimiser", "creer_ou_developper", "prioritaire", "en_place"]),
    st.sampled_from([None, "positionnement", "methodes", "productions", "supports"]),
    st.sampled_from([None, "nomme", "deduit", "non_precise"]),
)
def test_filtrer_puis_compter_ne_depasse_jamais_le_tout(public, colonne, rubrique, appui):
    reste = filtrer(ELEMENTS, public=public, colonne=colonne, rubrique=rubrique, appui=appui)
    assert compter(reste) <= compter(filtrer(ELEMENTS, public=public)) <= compter(ELEMENTS)
    if public and colonne and rubrique and appui is None:
        attendu = dict(zip(CASES, matrice(ELEMENTS)[public], strict=True))
        assert compter(reste) == attendu.get(f"{colonne}/{rubrique}", 0)


def test_un_public_non_precise_ne_cotoie_pas_un_public_nomme():
    for _, groupe in ELEMENTS.groupby("element_id"):
        vides = groupe["public"] == "tous"
        assert vides.all() or not vides.any()
        assert ((groupe["appui"] == "non_precise") == vides).all()


def test_un_element_sans_public_est_signale():
    publics = DONNEES.table("corrige-communication-publics")
    reste = publics[publics["element_id"] != "P9-14"]
    with pytest.raises(ErreurCas, match="voyez P9-14"):
        communication_du_cas(avec("corrige-communication-publics", reste))


def test_les_defis_ont_les_comptes_faits_a_la_main():
    assert [d.reponse for d in DEFIS] == [21, 9, 4, 2, 2]


def test_la_matrice_fermee_ne_compte_pas_ce_que_demande_un_defi():
    """Ses cases, ses colonnes et ses totaux sont à l'écran avant tout essai."""
    plan, dits = filtrer(ELEMENTS, genre="plan"), [ELEMENTS, filtrer(ELEMENTS, genre="support")]
    dits += [plan, *(filtrer(ELEMENTS, case=case) for case in CASES)]
    montres = [frozenset(d["element_id"]) for d in dits]
    assert len(montres) == 11 and not {d.elements for d in DEFIS} & {*montres}


def test_une_premiere_erreur_pose_une_question():
    """Le jugement en trois temps : la question, l'erreur habituelle, la réponse proposée."""
    questions = [d.relance for d in DEFIS]
    assert all(q.endswith(" ?") for q in questions) and len({*questions}) == len(DEFIS)
    for defi in DEFIS:
        for faux in (99, *defi.erreurs):
            dits = [replace(verifier_defi(defi, faux), essai=n).texte for n in (1, 2, 3)]
            assert len({*dits}) == 3 and defi.relance in dits[0] and defi.lecture in dits[2]
            assert defi.lecture not in dits[0] + dits[1]


def test_un_defi_explique_l_erreur_habituelle():
    distincts = DEFIS[0]
    assert verifier_defi(distincts, "21").juste is True
    assert verifier_defi(distincts, "21,0").juste is True
    assert "compté deux fois" in verifier_defi(distincts, 23).phrase
    assert verifier_defi(distincts, 22.5).juste is False
    assert verifier_defi(distincts, "beaucoup").etat == "illisible"  # ce n'est pas une faute
    assert verifier_defi(distincts, "21 %").etat == "unite"
    assert verifier_defi(distincts, "  ").juste is None
    nommes = DEFIS[1]
    assert "qui nomme deux publics" in verifier_defi(nommes, 10).phrase
    # 23 − 9 sans public ; 1 + 1 avec les partenaires ; 1 + 2 vers les nouveaux publics ; 2 × 2
    for defi, faux, conseil in (
        (nommes, 14, "ceux qui ne nomment aucun public"),
        (DEFIS[2], 2, "que la colonne « à optimiser »"),
        (DEFIS[3], 3, "aussi la colonne « à optimiser »"),
        (DEFIS[4], 4, "vous avez compté les publics"),
    ):
        assert conseil in verifier_defi(defi, faux).phrase


@settings(deadline=None)
@given(st.one_of(st.text(max_size=20), st.integers(), st.none()))
def test_aucune_saisie_ne_casse_un_defi(saisie):
    for defi in DEFIS:
        assert verifier_defi(defi, saisie).phrase
