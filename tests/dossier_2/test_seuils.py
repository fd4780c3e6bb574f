"""La valeur d'une hypothèse qui met l'UE exactement au plafond."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from outils import HYPOTHESES

from cerdd_case import Cas, projeter, regles, seuil
from cerdd_case.donnees.hypotheses import LIMITES, VARIABLES
from cerdd_case.dossier_2.regles import conclure
from cerdd_case.socle.erreurs import ErreurCas, ErreurHypothese
from cerdd_case.socle.nombres import MOIS

CAS = Cas()
CONTEXTE = CAS.contexte
PREVU, REALISE = CAS.annexe(4), CAS.annexe(5)


def test_seuils_du_sujet():
    """Au plafond, les recettes françaises font 80 % des dépenses.

    Recettes fixes 919 399 → dépenses 1 149 248,75 → personnel 736 808,69.
    Dépenses fixes 1 175 756,46 → recettes françaises 940 605,168.
    """
    h = CAS.hypotheses()
    assert seuil(PREVU, h, "charges_personnel_eur", CONTEXTE) == pytest.approx(736808.69, abs=0.01)
    assert seuil(PREVU, h, "etp_ajoutes", CONTEXTE) == pytest.approx(
        736808.69 / 50887.76 - 12.5, abs=1e-6
    )
    assert seuil(PREVU, h, "taux_salaire", CONTEXTE) == pytest.approx(
        736808.69 / 763316.40 - 1, abs=1e-7
    )
    # autres charges : 1 149 248,75 − 763 316,40 = 385 932,35 au lieu de 404 353
    assert seuil(PREVU, h, "taux_charges", CONTEXTE) == pytest.approx(
        385932.35 / 404353 - 1, abs=1e-7
    )
    assert seuil(PREVU, h, "taux_etat", CONTEXTE) == pytest.approx(
        382206.168 / 361000 - 1, abs=1e-6
    )
    assert seuil(PREVU, h, "taux_collectivites", CONTEXTE) == pytest.approx(
        538652.168 / 507300 - 1, abs=1e-6
    )
    assert seuil(PREVU, h, "taux_autres", CONTEXTE) == pytest.approx(
        62159.168 / 40150 - 1, abs=1e-6
    )
    # Un projet ouvre le plafond de 30 % : 919 399 / 0,7 = 1 313 427,142857 de dépenses.
    assert seuil(PREVU, h, "projet_exceptionnel_eur", CONTEXTE) == pytest.approx(
        1313427.142857 - 1175756.46, abs=1e-5
    )
    # À 20 %, un projet de plus ne peut qu'augmenter la part.
    assert seuil(PREVU, h, "projet_exceptionnel_eur", CONTEXTE, 0.20) is None


def test_premier_mois():
    # Il faut au plus 14,479 ETP payés : en mars 14,583, en avril 14,375.
    mois = seuil(PREVU, CAS.hypotheses(), "mois_embauche", CONTEXTE)
    assert mois == 4 and type(mois) is int and MOIS[mois - 1] == "avril"
    parts = [projeter(PREVU, CAS.hypotheses(mois_embauche=m)).part_ue for m in range(1, 13)]
    assert parts == sorted(parts, reverse=True) and parts[2] > 0.20 >= parts[3]


@pytest.mark.parametrize("variable", [v for v in VARIABLES if v != "mois_embauche"])
@given(h=HYPOTHESES, plafond=st.sampled_from([0.1, 0.2, 0.3, 0.4]))
def test_remettre_le_seuil_donne_le_plafond(variable, h, plafond):
    valeur = seuil(PREVU, h, variable, CONTEXTE, plafond)
    _, minimum, maximum, _ = LIMITES[variable]
    if valeur is None:
        bornes = [projeter(PREVU, replace(h, **{variable: v})) for v in (minimum, maximum)]
        manques = [p.ue_eur - plafond * p.total_eur for p in bornes]
        assume(min(map(abs, manques)) > 0.1)
        assert (manques[0] > 0) == (manques[1] > 0), "une valeur existait entre les bornes"
        return
    assert minimum <= valeur <= maximum
    p = projeter(PREVU, replace(h, **{variable: valeur}))
    assert abs(p.ue_eur - plafond * p.total_eur) < 0.10  # huit lignes arrondies au centime


@pytest.mark.parametrize("variable", [v for v in VARIABLES if v != "projet_exceptionnel_eur"])
def test_au_seuil_du_sujet_la_regle_est_dite_respectee(variable):
    h = replace(CAS.hypotheses(), **{variable: seuil(PREVU, CAS.hypotheses(), variable, CONTEXTE)})
    p = projeter(PREVU, h)
    assert regles(p, CONTEXTE).set_index("regle").loc["plafond_ue", "respectee"]
    assert "20\u202f% est respectée" in conclure(p, CONTEXTE)


@given(HYPOTHESES, st.sampled_from([0.1, 0.2, 0.3]))
def test_le_premier_mois_est_le_premier(h, plafond):
    mois = seuil(PREVU, h, "mois_embauche", CONTEXTE, plafond)
    parts = [projeter(PREVU, replace(h, mois_embauche=m)).part_ue for m in range(1, 13)]
    convenables = [m for m, part in enumerate(parts, start=1) if part <= plafond + 1e-7]
    assert mois == (convenables[0] if convenables else None)


def test_pas_de_seuil():
    impose = CAS.hypotheses(charges_personnel_eur=900_000)
    for variable in ("etp_ajoutes", "taux_salaire", "mois_embauche"):  # sans effet
        assert seuil(PREVU, impose, variable, CONTEXTE) is None
    # même en décembre, 60 ETP coûtent trop
    assert seuil(PREVU, CAS.hypotheses(etp_ajoutes=60), "mois_embauche", CONTEXTE) is None
    # sans embauche, janvier convient déjà
    assert seuil(PREVU, CAS.hypotheses(etp_ajoutes=0), "mois_embauche", CONTEXTE) == 1


def test_seuil_demande_de_travers():
    with pytest.raises(ErreurHypothese, match="« salaire » n'est pas une hypothèse chiffrée"):
        seuil(PREVU, CAS.hypotheses(), "salaire", CONTEXTE)
    with pytest.raises(ErreurHypothese, match="investissement_indexe"):
        seuil(PREVU, CAS.hypotheses(), "investissement_indexe", CONTEXTE)
    for part in (20, -0.1, 1.01):
        with pytest.raises(ErreurHypothese, match="une part de 0 à 1"):
            seuil(PREVU, CAS.hypotheses(), "taux_etat", CONTEXTE, part)
    with pytest.raises(ErreurCas):
        seuil(PREVU, CAS.hypotheses(), "taux_etat", CONTEXTE, "beaucoup")
    assert seuil(PREVU, CAS.hypotheses(), "taux_etat", CONTEXTE, "20 %") == seuil(
        PREVU, CAS.hypotheses(), "taux_etat", CONTEXTE
    )
