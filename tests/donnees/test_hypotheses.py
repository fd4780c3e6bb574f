"""Les hypothèses du budget 2015 : celles des annexes, leurs limites, leur écriture."""

from dataclasses import FrozenInstanceError, fields

import numpy as np
import pytest

from cerdd_case import Cas, Hypotheses, projeter
from cerdd_case.donnees.hypotheses import LIMITES
from cerdd_case.socle.erreurs import ErreurHypothese

CAS = Cas()
CONTEXTE = CAS.contexte
PREVU, REALISE = CAS.annexe(4), CAS.annexe(5)


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
    assert CONTEXTE.hypotheses.etp_initial == enonce["D2-07"]
    assert h.etp_ajoutes / CONTEXTE.hypotheses.etp_initial == enonce["D2-10"]


def test_les_postes_indexes_sont_ceux_de_l_annexe_6():
    """Chaque taux ne touche que les postes que l'annexe 6 lui donne."""
    annexe = CAS.annexe(6).set_index("hypothese")["postes"]
    sans = projeter(PREVU, CAS.hypotheses(taux_charges=0, taux_collectivites=0, taux_autres=0))
    avec = projeter(PREVU, CAS.hypotheses())
    touches = {p for p in PREVU["poste"] if p != "ue" and avec.montant(p) != sans.montant(p)}
    attendus = (annexe["charges_hors_personnel"] + " " + annexe["autres_recettes"]).split()
    assert touches == set(attendus)


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
