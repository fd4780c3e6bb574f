"""Le moteur de scénarios : il dit la même chose que `projeter`, point par point."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cerdd_case import Cas, ErreurCas, projeter
from cerdd_case.dossier_2.risque import risque
from cerdd_case.dossier_2.scenarios import BLOC, balayer
from cerdd_case.dossier_2.sensibilite import prix_volume, sensibilite
from cerdd_case.edition.sources import dossier_des_sources

CAS = Cas()
BUDGET, CONTEXTE = CAS.annexe(4), CAS.contexte

taux = st.floats(-0.3, 0.5)
hypotheses = st.builds(
    CAS.hypotheses,
    etp_ajoutes=st.floats(0, 20),
    mois_embauche=st.integers(1, 12),
    taux_salaire=taux,
    taux_charges=taux,
    taux_etat=taux,
    taux_collectivites=taux,
    taux_autres=taux,
    charges_personnel_eur=st.none() | st.floats(0, 2_000_000),
    projet_exceptionnel_eur=st.floats(0, 500_000),
    investissement_indexe=st.booleans(),
)


@settings(max_examples=200, deadline=None)
@given(hypotheses)
def test_chaque_point_est_celui_de_projeter(h):
    """Au centime : total, solde et part, pour n'importe quelles hypothèses admises."""
    champs = {n: getattr(h, n) for n in h.__dataclass_fields__ if n != "lignes_indexees"}
    champs = {n: v for n, v in champs.items() if v is not None}
    b, p = balayer(BUDGET, CONTEXTE, **champs), projeter(BUDGET, h)
    assert float(b.total_eur) == pytest.approx(p.total_eur, abs=0.004)
    assert float(b.ue_eur) == pytest.approx(p.ue_eur, abs=0.004)
    assert float(b.part_ue) == pytest.approx(p.part_ue, abs=1e-9)


def test_une_grille_croisee_a_la_forme_attendue_et_les_bonnes_valeurs():
    etp, mois = np.array([0.0, 1.0, 2.5]), np.arange(1, 13)
    b = balayer(BUDGET, CONTEXTE, etp_ajoutes=etp[:, None], mois_embauche=mois)
    assert b.part_ue.shape == (3, 12)
    for i, e in enumerate(etp):
        for j, m in enumerate(mois):
            attendu = projeter(BUDGET, CAS.hypotheses(etp_ajoutes=e, mois_embauche=int(m)))
            assert b.ue_eur[i, j] == pytest.approx(attendu.ue_eur, abs=0.004)
    assert b.total_eur.shape == b.ue_eur.shape == (3, 12)
    # À la main : 636 097 × 15 / 12,5 = 763 316,40 ; + 412 440,06 d'autres charges.
    assert b.total_eur[2, 0] == pytest.approx(1_175_756.46, abs=0.004)


def test_un_balayage_plus_long_qu_un_bloc_est_continu():
    """Le découpage en blocs ne se voit pas : comparé au même calcul en petits morceaux."""
    taux_etat = np.linspace(-0.1, 0.1, 50_001)
    assert len(taux_etat) > 3 * BLOC
    entier = balayer(BUDGET, CONTEXTE, taux_etat=taux_etat).ue_eur
    morceaux = np.concatenate(
        [balayer(BUDGET, CONTEXTE, taux_etat=m).ue_eur for m in np.array_split(taux_etat, 7)]
    )
    assert np.array_equal(entier, morceaux)


@pytest.mark.parametrize(
    ("grilles", "fragment"),
    [
        ({"taux_impot": 0.1}, "n'est pas une hypothèse"),
        ({"taux_charges": [0.0, 3.0]}, "sont attendues"),
        ({"taux_charges": [0.0, math.nan]}, "sont attendues"),
        ({"mois_embauche": [1.5]}, "entiers"),
        ({"taux_charges": []}, "vide"),
        ({"taux_charges": ["beaucoup"]}, "nombres"),
        ({"taux_charges": [0, 0.1], "taux_etat": [0, 0.1, 0.2]}, "ne se combinent pas"),
        ({"investissement_indexe": [True, False]}, "un seul choix"),
    ],
)
def test_les_grilles_absurdes_sont_refusees_en_francais(grilles, fragment):
    with pytest.raises(ErreurCas, match=fragment):
        balayer(BUDGET, CONTEXTE, **grilles)


@settings(max_examples=100, deadline=None)
@given(hypotheses.filter(lambda h: h.charges_personnel_eur is None))
def test_prix_et_volume_font_exactement_la_hausse(h):
    effets = prix_volume(BUDGET, h)
    hausse = projeter(BUDGET, h).montant("personnel") - 636_097
    assert round(effets["effectif"] + effets["salaire"], 2) == effets["total"]
    assert effets["total"] == pytest.approx(hausse, abs=0.004)


def test_prix_et_volume_a_la_main():
    """2,5 ETP au 1er janvier : 127 219,40 € d'effectif ; + 2 % sur 763 316,40 € de salaire."""
    effets = prix_volume(BUDGET, CAS.hypotheses(taux_salaire=0.02))
    assert effets["effectif"] == 127_219.40
    assert effets["salaire"] == 15_266.33
    assert prix_volume(BUDGET, CAS.hypotheses())["salaire"] == 0


def test_l_exemple_du_carnet_ne_calcule_pas_le_cout_d_un_emploi():
    """La question 2.3 le paie : l'exemple a un autre effectif que celui du sujet."""
    (appel,) = re.findall(
        r'^cas\.figure\("prix_volume", (.*)\)$',
        (dossier_des_sources() / "02_budget.md").read_text(encoding="utf-8"), re.M,
    )  # fmt: skip
    taux = {nom: float(valeur) for nom, valeur in re.findall(r"(\w+)=([\d.]+)", appel)}
    h, sujet = CAS.hypotheses(**taux), CAS.hypotheses()
    assert h.etp_initial != sujet.etp_initial and h.etp_ajoutes != sujet.etp_ajoutes
    cout = 636_097 / sujet.etp_initial
    assert all(
        abs(e / n - cout) > 500 for e in prix_volume(BUDGET, h).values() for n in (1, 2, 2.5, 3)
    )


def test_prix_et_volume_refusent_des_charges_imposees():
    with pytest.raises(ErreurCas, match="imposées"):
        prix_volume(BUDGET, CAS.hypotheses(charges_personnel_eur=750_000))


def test_la_sensibilite_est_celle_de_deux_projections():
    tableau = sensibilite(BUDGET, CAS.hypotheses()).set_index("hypothese")
    assert list(tableau["amplitude"]) == sorted(tableau["amplitude"], reverse=True)
    etat = tableau.loc["taux_etat"]
    assert etat["part_plus"] == projeter(BUDGET, CAS.hypotheses(taux_etat=0.01)).part_ue
    assert etat["part_moins"] == projeter(BUDGET, CAS.hypotheses(taux_etat=-0.01)).part_ue
    assert math.isnan(tableau.loc["mois_embauche", "part_moins"])  # rien avant janvier


def test_le_risque_sans_incertitude_est_zero_ou_un():
    plages = {"taux_charges": (0.02, 0.02, 0.02)}
    assert (
        risque(BUDGET, CONTEXTE, plages, tirages=1000).probabilite == 1
    )  # 21,8 % dépasse toujours
    assert (
        risque(BUDGET, CONTEXTE, plages, CAS.hypotheses(etp_ajoutes=1), tirages=1000).probabilite
        == 0
    )


def test_le_risque_suit_la_loi_triangulaire():
    """Un seul taux incertain : la probabilité exacte se calcule à la main.

    Avec 1,979 ETP, la part vaut 20 % quand les collectivités augmentent de 2 % ; au-dessous de
    2 % elle dépasse. Loi triangulaire symétrique autour de 2 % : une chance sur deux.
    """
    h = CAS.hypotheses(etp_ajoutes=1.9790945799146975)
    r = risque(BUDGET, CONTEXTE, {"taux_collectivites": (-0.02, 0.02, 0.06)}, h)
    assert r.probabilite == pytest.approx(0.5, abs=0.005)
    assert r.intervalle[0] < 0.5 < r.intervalle[1]
    # Plage dissymétrique 0 %, 2 %, 8 % : P(taux < 2 %) = (0,02 − 0) / (0,08 − 0) = 1/4.
    r = risque(BUDGET, CONTEXTE, {"taux_collectivites": (0.0, 0.02, 0.08)}, h)
    assert r.probabilite == pytest.approx(0.25, abs=0.005)


def test_le_risque_est_reproductible_et_son_intervalle_se_resserre():
    plages = {"taux_collectivites": (-0.02, 0.02, 0.06)}
    h = CAS.hypotheses(etp_ajoutes=2)
    a, b = risque(BUDGET, CONTEXTE, plages, h), risque(BUDGET, CONTEXTE, plages, h)
    assert np.array_equal(a.parts, b.parts)
    petit = risque(BUDGET, CONTEXTE, plages, h, tirages=1000)
    largeur = [r.intervalle[1] - r.intervalle[0] for r in (a, petit)]
    assert largeur[0] < largeur[1] / 5


@pytest.mark.parametrize(
    ("plages", "fragment"),
    [({"etp_ajoutes": (0, 1, 2)}, "n'est pas un taux"), ({"taux_etat": (0.2, 0.1, 0)}, "en ordre")],
)
def test_les_plages_absurdes_sont_refusees(plages, fragment):
    with pytest.raises(ErreurCas, match=fragment):
        risque(BUDGET, CONTEXTE, plages)
