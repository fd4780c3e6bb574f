"""Les règles de l'annexe 3 face à une projection."""

import pandas as pd
import pytest
from hypothesis import given
from outils import HYPOTHESES

from cerdd_case import Cas, projeter, regles
from cerdd_case.dossier_2.regles import conclure, ecrire_part

CAS = Cas()
CONTEXTE = CAS.contexte
PREVU, REALISE = CAS.annexe(4), CAS.annexe(5)
CENTIME = 0.005


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
