"""Dossier 2 : les valeurs du sujet, calculées à la main, et les identités comptables."""

from dataclasses import FrozenInstanceError, fields, replace
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cerdd_case import Cas, Hypotheses, ecarts, projeter, regles, seuil
from cerdd_case.donnees.hypotheses import LIMITES, VARIABLES
from cerdd_case.dossier_2.projection import RECETTES_FRANCAISES
from cerdd_case.dossier_2.regles import conclure, ecrire_part
from cerdd_case.socle.erreurs import ErreurCas, ErreurHypothese
from cerdd_case.socle.nombres import MOIS

CAS = Cas()
CONTEXTE = CAS.contexte
PREVU, REALISE = CAS.annexe(4), CAS.annexe(5)
CENTIME = 0.005


# --- Les valeurs du sujet ---------------------------------------------------------------


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


def test_effectif_de_depart():
    assert CONTEXTE.etp_initial == 12.5  # 12 temps pleins et un mi-temps


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


def test_les_hypotheses_par_defaut_sont_celles_des_annexes():
    h = CAS.hypotheses()
    annexe = CAS.annexe(6).set_index("hypothese")["taux"]
    enonce = CAS.annexe("enonce_dossier_2").set_index("fait_id")["valeur"]
    assert h.taux_charges == annexe["charges_hors_personnel"]
    assert h.taux_etat == annexe["recettes_etat"]
    assert h.taux_collectivites == h.taux_autres == annexe["autres_recettes"]
    assert h.etp_ajoutes == enonce["D2-09"]
    assert h.mois_embauche == 1 and h.taux_salaire == 0  # dès le début 2015, salaire stable
    assert h.charges_personnel_eur is None and h.projet_exceptionnel_eur == 0
    assert CONTEXTE.etp_initial == enonce["D2-07"]
    assert h.etp_ajoutes / CONTEXTE.etp_initial == enonce["D2-10"]


def test_les_postes_indexes_sont_ceux_de_l_annexe_6():
    """Chaque taux ne touche que les postes que l'annexe 6 lui donne."""
    annexe = CAS.annexe(6).set_index("hypothese")["postes"]
    sans = projeter(PREVU, CAS.hypotheses(taux_charges=0, taux_collectivites=0, taux_autres=0))
    avec = projeter(PREVU, CAS.hypotheses())
    touches = {p for p in PREVU["poste"] if p != "ue" and avec.montant(p) != sans.montant(p)}
    attendus = (annexe["charges_hors_personnel"] + " " + annexe["autres_recettes"]).split()
    assert touches == set(attendus)


# --- Les identités comptables -------------------------------------------------------------


def taux(minimum, maximum):
    return st.floats(minimum, maximum, allow_nan=False, width=32)


HYPOTHESES = st.builds(
    CAS.hypotheses,
    etp_ajoutes=st.floats(0, 100),
    mois_embauche=st.integers(1, 12),
    taux_salaire=taux(-0.5, 1),
    taux_charges=taux(-0.5, 1),
    taux_etat=taux(-1, 1),
    taux_collectivites=taux(-1, 1),
    taux_autres=taux(-1, 1),
    charges_personnel_eur=st.none() | st.floats(0, 10_000_000),
    projet_exceptionnel_eur=st.just(0.0) | st.floats(0, 10_000_000),
    investissement_indexe=st.booleans(),
)


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


@given(HYPOTHESES)
def test_les_regles_se_contredisent_jamais(h):
    p = projeter(PREVU, h)
    t = regles(p, CONTEXTE).set_index("regle")["respectee"]
    projet = h.projet_exceptionnel_eur >= CENTIME
    assert t["equilibre"] == (p.ue_eur >= 0)
    assert pd.isna(t["plafond_ue_exceptionnel"]) == (p.montant("projets_exceptionnels") == 0)
    if p.montant("projets_exceptionnels") == 0:
        assert not projet and not pd.isna(t["plafond_ue"])
    if pd.isna(t["plafond_ue"]):
        assert p.part_ue > 0.20
    phrase = conclure(p, CONTEXTE)
    if p.excedentaire:
        assert "négatif" in phrase
    else:
        plafond = "plafond_ue_exceptionnel" if p.montant("projets_exceptionnels") else "plafond_ue"
        assert ("n'est pas respectée" in phrase) == (not t[plafond])


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


def test_la_projection_ne_touche_pas_au_budget_de_depart():
    avant = PREVU.copy()
    p = projeter(PREVU, CAS.hypotheses())
    p.lignes["montant_eur"] = 0
    assert PREVU.equals(avant)


# --- Les règles de l'annexe 3 ---------------------------------------------------------------


def test_regles_du_sujet():
    t = regles(projeter(PREVU, CAS.hypotheses()), CONTEXTE).set_index("regle")
    assert list(t) == ["libelle", "valeur", "seuil", "respectee", "conclusion"]
    assert t.index.tolist() == CAS.annexe(3)["regle"].tolist()
    assert bool(t.loc["equilibre", "respectee"]) and t.loc["equilibre", "valeur"] == 0
    # 919 399 ÷ 1 175 756,46 = 78,2 % de crédits français
    assert bool(t.loc["coeur_du_projet", "respectee"])
    assert t.loc["coeur_du_projet", "valeur"] == pytest.approx(0.78196, abs=5e-6)
    assert not t.loc["plafond_ue", "respectee"] and t.loc["plafond_ue", "seuil"] == 0.20
    assert pd.isna(t.loc["plafond_ue_exceptionnel", "respectee"])
    assert "21,8" in t.loc["plafond_ue", "conclusion"]
    assert CONTEXTE.plafonds == (0.20, 0.30)


def test_projet_exceptionnel_et_plafond_de_30():
    # 100 000 € de plus : (256 357,46 + 100 000) ÷ 1 275 756,46 = 27,9 %
    p = projeter(PREVU, CAS.hypotheses(projet_exceptionnel_eur=100_000))
    t = regles(p, CONTEXTE).set_index("regle")["respectee"]
    assert p.part_ue == pytest.approx(0.27933, abs=5e-6)
    assert pd.isna(t["plafond_ue"]) and t["plafond_ue_exceptionnel"]
    assert "30\u202f% est respectée" in conclure(p, CONTEXTE)
    # 150 000 € : 406 357,46 ÷ 1 325 756,46 = 30,65 %
    p = projeter(PREVU, CAS.hypotheses(projet_exceptionnel_eur=150_000))
    assert p.part_ue == pytest.approx(0.30651, abs=5e-6)
    assert not regles(p, CONTEXTE).set_index("regle").loc["plafond_ue_exceptionnel", "respectee"]
    assert "30\u202f% n'est pas respectée" in conclure(p, CONTEXTE)


def test_solde_negatif_dit_et_non_efface():
    # État et collectivités doublés : 722 000 + 1 014 600 + 40 953 = 1 777 553 de recettes
    p = projeter(PREVU, CAS.hypotheses(taux_etat=1, taux_collectivites=1))
    assert p.ue_eur == -601796.54 and p.excedentaire  # 1 175 756,46 − 1 777 553
    assert p.lignes.set_index("poste").loc["ue", "montant_eur"] == -601796.54
    t = regles(p, CONTEXTE).set_index("regle")
    assert not t.loc["equilibre", "respectee"] and "négatif" in t.loc["equilibre", "conclusion"]
    assert "négatif" in conclure(p, CONTEXTE) and "601" in conclure(p, CONTEXTE)


def test_le_coeur_du_projet_est_francais_a_plus_de_la_moitie():
    # 60 ETP : 50 887,76 × 72,5 + 412 440,06 = 4 101 802,66 ; 919 399 n'en font que 22,4 %
    t = regles(CAS.projeter(etp_ajoutes=60), CONTEXTE).set_index("regle")
    assert t.loc["coeur_du_projet", "valeur"] == pytest.approx(0.22415, abs=5e-6)
    assert not t.loc["coeur_du_projet", "respectee"]
    # 20 ETP : 50 887,76 × 32,5 + 412 440,06 = 2 066 292,26 ; 44,5 %
    # 17 ETP : 50 887,76 × 29,5 + 412 440,06 = 1 913 628,98 ; 48,0 % ; 16 ETP : 49,4 % ; 15 : 50,8 %
    for etp, respectee in ((16, False), (15, True)):
        t = regles(CAS.projeter(etp_ajoutes=etp), CONTEXTE).set_index("regle")
        assert bool(t.loc["coeur_du_projet", "respectee"]) is respectee
    # Un projet exceptionnel n'est pas du cœur : 919 399 ÷ 1 175 756,46, toujours
    t = regles(CAS.projeter(projet_exceptionnel_eur=1_000_000), CONTEXTE).set_index("regle")
    assert t.loc["coeur_du_projet", "valeur"] == pytest.approx(0.78196, abs=5e-6)


def test_une_part_juste_au_dessus_du_plafond_ne_s_ecrit_pas_comme_lui():
    """1,98 ETP donne 20,003 % : écrire « 20,0 % n'est pas respecté » troublerait une classe."""
    p = projeter(PREVU, CAS.hypotheses(etp_ajoutes=1.98))
    # 50 887,76 × 14,48 = 736 854,76 ; total 1 149 294,82 ; UE 229 895,82
    assert p.ue_eur == 229895.82
    assert "20,003\u202f%" in conclure(p, CONTEXTE) and "n'est pas respectée" in conclure(
        p, CONTEXTE
    )
    assert "20,003\u202f%" in regles(p, CONTEXTE).set_index("regle").loc["plafond_ue", "conclusion"]
    assert ecrire_part(0.2, 0.2) == "20,0\u202f%" and ecrire_part(0.218, 0.2) == "21,8\u202f%"


# --- Les seuils -----------------------------------------------------------------------------


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


# --- Les refus ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hypothese", "attendus"),
    [
        ({"etp_ajoutes": -1}, ["le nombre d'ETP ajoutés", "−1 ETP", "0 ETP à 100 ETP"]),
        ({"etp_ajoutes": "beaucoup"}, ["etp_ajoutes", "« beaucoup » n'est pas un nombre"]),
        ({"etp_ajoutes": None}, ["etp_ajoutes", "n'est pas un nombre"]),
        ({"etp_ajoutes": float("nan")}, ["fini"]),
        ({"etp_ajoutes": float("inf")}, ["fini"]),
        ({"etp_ajoutes": 10**400}, ["fini"]),
        ({"etp_ajoutes": True}, ["n'est pas un nombre"]),
        ({"mois_embauche": 0}, ["le mois d'embauche", "janvier à décembre"]),
        ({"mois_embauche": 13}, ["vaut 13", "janvier à décembre"]),
        ({"mois_embauche": 1.5}, ["vaut 1,5", "nombre entier", "12 (décembre)"]),
        ({"taux_salaire": -0.6}, ["la hausse du salaire moyen", "−60,0 %", "−50,0 % à 100,0 %"]),
        ({"taux_charges": 2}, ["200,0 %", "Pour 2 %, écrivez 0.02 ou « 2 % »"]),
        ({"taux_etat": -1.01}, ["financements de l'État", "−100,0 %"]),
        ({"taux_collectivites": "2 pour dix"}, ["« 2 ▸pour◂ dix »", "n'est pas une unité"]),
        ({"taux_autres": [0.02]}, ["n'est pas un nombre"]),
        ({"charges_personnel_eur": -1}, ["charges de personnel", "−1 €", "10 000 000 €"]),
        ({"projet_exceptionnel_eur": 1e9}, ["projet exceptionnel", "1 000 000 000 €"]),
        ({"etp_ajoutes": "20 %"}, ["« 20 % » n'est pas dans la bonne unité", "0 ETP"]),
        ({"taux_charges": "3 €"}, ["n'est pas dans la bonne unité", "« 0,0 % »"]),
        ({"lignes_indexees": None}, ["liste de lignes"]),
        ({"lignes_indexees": "fonctionnement"}, ["liste de lignes"]),
        ({"lignes_indexees": ["personnel"]}, ["« personnel »", "fonctionnement"]),
        ({"investissement_indexe": "oui"}, ["True (vrai) ou False (faux)"]),
        ({"investissement_indexe": 1}, ["True (vrai) ou False (faux)"]),
    ],
)
def test_une_hypothese_refusee_le_dit_en_francais(hypothese, attendus):
    with pytest.raises(ErreurHypothese) as refus:
        CAS.hypotheses(**hypothese)
    message = str(refus.value).replace("\u00a0", " ").replace("\u202f", " ")
    for attendu in attendus:
        assert attendu in message, message


@pytest.mark.parametrize("champ", LIMITES)
def test_les_bornes_sont_admises(champ):
    _, minimum, maximum, _ = LIMITES[champ]
    for borne in (minimum, maximum):
        p = projeter(PREVU, CAS.hypotheses(**{champ: borne}))
        assert np.isfinite(p.part_ue)


def test_les_textes_francais_sont_lus():
    h = CAS.hypotheses(etp_ajoutes="2,5", taux_charges="2 %", charges_personnel_eur="750 000 €")
    assert (h.etp_ajoutes, h.taux_charges, h.charges_personnel_eur) == (2.5, 0.02, 750_000)
    assert CAS.hypotheses(mois_embauche="4").mois_embauche == 4


def test_hypotheses_figees():
    with pytest.raises(FrozenInstanceError):
        CAS.hypotheses().etp_ajoutes = 3
    assert {f.name for f in fields(Hypotheses)} == {
        *LIMITES,
        "lignes_indexees",
        "investissement_indexe",
    }


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
