"""Le budget 2015 : les valeurs du sujet, calculées à la main, et les identités comptables."""

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from outils import HYPOTHESES

from cerdd_case import Cas, projeter
from cerdd_case.dossier_2.projection import RECETTES_FRANCAISES
from cerdd_case.socle.erreurs import ErreurHypothese

CAS = Cas()
CONTEXTE = CAS.contexte
PREVU, REALISE = CAS.annexe(4), CAS.annexe(5)
CENTIME = 0.005


def test_effectif_de_depart():
    assert CONTEXTE.hypotheses.etp_initial == 12.5  # 12 temps pleins et un mi-temps


def test_budget_2015_du_sujet():
    p = projeter(PREVU, CAS.hypotheses())
    assert {poste: p.montant(poste) for poste in p.lignes["poste"]} == {
        "personnel": 763316.40,  # 636 097 ÷ 12,5 × 15
        "fonctionnement": 135152.04,  # 132 502 × 1,02
        "prestations": 266068.02,  # 260 851 × 1,02
        "investissement": 11220.00,  # 11 000 × 1,02
        "projets_exceptionnels": 0,
        "etat": 361000,
        "collectivites": 517446.00,  # 507 300 × 1,02
        "ue": 256357.46,  # 1 175 756,46 − 919 399
        "autres": 40953.00,  # 40 150 × 1,02
    }
    assert p.total_eur == 1175756.46 and p.ue_eur == 256357.46
    assert p.part_ue == 256357.46 / 1175756.46  # 21,8 %
    assert p.total_2014_eur == 1040450 and p.evolution_eur == 135306.46
    assert p.evolution_part == pytest.approx(0.13005, abs=5e-6)
    assert not p.excedentaire and p.hypotheses == CAS.hypotheses()


def test_valeur_de_secours():
    p = projeter(PREVU, CAS.hypotheses(charges_personnel_eur=750_000))
    assert p.montant("personnel") == 750_000
    assert p.total_eur == 1162440.06  # 750 000 + 135 152,04 + 266 068,02 + 11 220
    assert p.ue_eur == 243041.06
    assert p.part_ue == pytest.approx(0.20908, abs=5e-6)


def test_la_valeur_de_secours_l_emporte_sur_l_embauche():
    impose = {"charges_personnel_eur": 750_000}
    assert (
        projeter(PREVU, CAS.hypotheses(**impose, etp_ajoutes=9, mois_embauche=7)).total_eur
        == projeter(PREVU, CAS.hypotheses(**impose)).total_eur
    )


def test_investissement_non_indexe():
    p = projeter(PREVU, CAS.hypotheses(investissement_indexe=False))
    assert p.montant("investissement") == 11000
    assert p.ue_eur == 256137.46  # 220 € de moins
    assert p.part_ue == pytest.approx(0.21789, abs=5e-6)


def test_embauche_au_prorata():
    # 2,5 ETP payés 9 mois sur 12 : 12,5 + 1,875 = 14,375 ETP × 50 887,76 €
    p = projeter(PREVU, CAS.hypotheses(mois_embauche=4))
    assert p.montant("personnel") == 731511.55
    # en décembre, un mois sur douze : 12,5 + 2,5 ÷ 12 ETP
    p = projeter(PREVU, CAS.hypotheses(mois_embauche=12))
    assert p.montant("personnel") == pytest.approx(50887.76 * (12.5 + 2.5 / 12), abs=CENTIME)


def test_salaire_moyen():
    p = projeter(PREVU, CAS.hypotheses(taux_salaire=0.01))
    assert p.montant("personnel") == 770949.56  # 763 316,40 × 1,01 = 770 949,564


def test_forme_de_la_projection():
    p = projeter(PREVU, CAS.hypotheses())
    assert list(p.lignes) == ["nature", "poste", "libelle", "montant_eur", "part"]
    assert p.lignes["poste"].tolist() == PREVU["poste"].tolist()
    comparaison = p.comparaison.set_index("poste")
    assert comparaison.loc["ue", "ecart_eur"] == 124357.46  # 256 357,46 − 132 000
    assert comparaison.loc["personnel", "ecart_part"] == pytest.approx(0.20)
    assert comparaison.loc["etat", "ecart_part"] == 0
    assert pd.isna(comparaison.loc["projets_exceptionnels", "ecart_part"])


def en_centimes(montants) -> int:
    """La somme, en centimes entiers : chaque montant doit déjà être au centime."""
    total = 0
    for montant in montants:
        centimes = Decimal(repr(float(montant))) * 100
        assert centimes == int(centimes), montant
        total += int(centimes)
    return total


@given(HYPOTHESES)
def test_recettes_et_depenses_sont_egales_au_centime(h):
    p = projeter(PREVU, h)
    lignes = p.lignes.groupby("nature")["montant_eur"]
    depenses, recettes = (en_centimes(lignes.get_group(n)) for n in ("depense", "recette"))
    assert depenses == recettes == en_centimes([p.total_eur])
    assert en_centimes([p.montant("ue")]) == en_centimes([p.ue_eur])


@given(HYPOTHESES)
def test_la_part_de_l_ue_est_le_solde_sur_le_total(h):
    p = projeter(PREVU, h)
    assert p.part_ue * p.total_eur == pytest.approx(p.ue_eur, abs=1e-6)
    ue = p.lignes.set_index("poste").loc["ue"]
    assert ue["part"] == pytest.approx(p.part_ue)
    assert p.lignes.groupby("nature")["part"].sum().tolist() == pytest.approx([1, 1])
    assert p.excedentaire == (p.ue_eur < 0)


@given(HYPOTHESES)
def test_l_evolution_est_la_somme_des_ecarts_de_depenses(h):
    p = projeter(PREVU, h)
    ecart = p.comparaison.groupby("nature")["ecart_eur"].sum()
    assert ecart["depense"] == pytest.approx(p.evolution_eur, abs=0.001)
    assert ecart["recette"] == pytest.approx(p.evolution_eur, abs=0.001)


def test_la_projection_ne_touche_pas_au_budget_de_depart():
    avant = PREVU.copy()
    p = projeter(PREVU, CAS.hypotheses())
    p.lignes["montant_eur"] = 0
    assert PREVU.equals(avant)


@pytest.mark.parametrize(
    ("abimer", "attendu"),
    [
        (lambda b: b[b["poste"] != "ue"], "pas de ligne ue"),
        (lambda b: b[~b["poste"].isin(RECETTES_FRANCAISES)], "pas de ligne etat, collectivites"),
        (lambda b: pd.concat([b, b.head(1)]), "en double ou en trop"),
        (lambda b: pd.concat([b, b.head(1).assign(poste="primes")]), "en double ou en trop"),
    ],
)
def test_un_budget_incomplet_est_refuse(abimer, attendu):
    with pytest.raises(ErreurHypothese, match=attendu) as refus:
        projeter(abimer(PREVU), CAS.hypotheses())
    assert "annexe 4" in str(refus.value)
