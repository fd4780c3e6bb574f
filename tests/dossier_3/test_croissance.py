"""La croissance : liens, temps de coordination, découpage en équipes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_3.croissance import (
    EFFECTIF_MAXIMAL,
    Croissance,
    Equipe,
    effectifs_du_cas,
    liens,
)
from cerdd_case.socle.erreurs import ErreurHypothese
from cerdd_case.socle.nombres import heures


@pytest.fixture(scope="module")
def donnees():
    return Donnees()


@pytest.mark.parametrize(
    ("effectif", "attendu"),
    [(1, 0), (2, 1), (12, 66), (13, 78), (15, 105), (30, 435), (200, 19900)],
)
def test_le_nombre_de_liens(effectif, attendu):
    assert liens(effectif) == attendu


@given(st.integers(2, EFFECTIF_MAXIMAL))
def test_une_personne_de_plus_ajoute_un_lien_avec_chacun(n):
    assert liens(n) - liens(n - 1) == n - 1


@pytest.mark.parametrize("faux", [0, -3, 2.5, 1001, "douze", None, True])
def test_un_effectif_etrange_est_refuse(faux):
    with pytest.raises(ErreurHypothese, match="effectif"):
        Equipe(faux)


def test_douze_personnes_a_quinze_minutes_par_lien():
    r = Equipe(12, minutes=15, part_acceptee=0.20)
    # 11 liens de 15 minutes font 165 minutes, soit 2,75 h sur 35.
    assert (r.liens, r.liens_par_personne, r.heures) == (66, 11, 2.75)
    assert r.part == pytest.approx(2.75 / 35)
    assert r.verdict == "tient"


def test_le_seuil_sous_nos_hypotheses():
    # 20 % de 35 h font 420 minutes, soit 28 liens de 15 minutes : 29 personnes.
    assert Equipe(1, 15, 0.20).effectif_limite == 29
    assert Equipe(29).verdict == "tient"
    assert Equipe(30).verdict == "déborde"
    assert Equipe(200).verdict == "impossible"


def test_la_limite_en_equipes_est_le_plus_grand_effectif_qui_tient():
    # Équipes de 10 : 9 liens chez soi, donc 19 autres référents au plus ; 20 équipes, 200 personnes.
    assert Equipe(1, 15, 0.20, taille_equipe=10).effectif_limite == 200


@given(st.integers(1, 120), st.floats(0.01, 1))
def test_la_limite_separe_ce_qui_tient_de_ce_qui_deborde(minutes, part):
    n = Equipe(1, minutes, part).effectif_limite
    assert n == 1 or Equipe(n, minutes, part).verdict == "tient"
    assert n == EFFECTIF_MAXIMAL or Equipe(n + 1, minutes, part).verdict != "tient"


@given(st.integers(1, EFFECTIF_MAXIMAL), st.integers(2, 60))
def test_un_decoupage_ne_perd_personne(n, taille):
    equipes = Equipe(n, taille_equipe=taille).equipes
    assert sum(equipes) == n
    assert max(equipes) <= taille
    assert max(equipes) - min(equipes) <= 1


def test_decouper_allege_la_charge_mais_ajoute_un_etage():
    # 30 personnes en 3 équipes de 10 : 3 × 45 liens, et 3 liens entre référents.
    r = Equipe(30, taille_equipe=10)
    assert r.equipes == [10, 10, 10]
    assert r.liens == 138
    assert r.liens_par_personne == 9 + 2
    assert r.verdict == "tient"


@given(st.integers(2, 400), st.integers(2, 30))
def test_une_seule_equipe_est_le_cas_ordinaire(n, taille):
    r = Equipe(n, taille_equipe=taille)
    assert r.liens <= liens(n)
    if n <= taille:
        seul = Equipe(n)
        assert (r.equipes, r.liens, r.heures) == (seul.equipes, seul.liens, seul.heures)
        assert (r.verdict, r.phrase) == (seul.verdict, seul.phrase)


def test_les_effectifs_du_cas_viennent_du_sujet(donnees):
    tableau = effectifs_du_cas(donnees)
    assert tableau["effectif"].tolist() == [12, 13, 15, 30, 200]
    assert tableau["origine"].tolist()[3] == "notre hypothèse"
    calcul = Croissance(donnees).comparer()
    assert calcul["verdict"].tolist() == ["tient", "tient", "tient", "déborde", "impossible"]


@pytest.mark.parametrize(
    ("valeur", "texte"),
    [(0.75, "45\u00a0min"), (3, "3\u00a0h"), (3.5, "3\u00a0h\u00a030"),
     (49.75, "49\u00a0h\u00a045"),
     (2.999, "3\u00a0h"), (1 + 5 / 60, "1\u00a0h\u00a005")],
)  # fmt: skip
def test_une_duree_s_ecrit_en_heures_et_minutes(valeur, texte):
    assert heures(valeur) == texte


def test_les_phrases_de_la_croissance():
    assert Equipe(13).phrase == (
        "À 13, 78 liens : chacun y passe 3\u00a0h par semaine (9\u202f% du temps de travail). "
        "C'est dans la limite de 20\u202f% que vous avez fixée."
    )
    assert "un référent y passe" in Equipe(200, taille_equipe=10).phrase
    assert "plus que la semaine entière" in Equipe(200).phrase


@pytest.mark.parametrize("reglage", [{"minutes": 0}, {"part_acceptee": 1.2}, {"taille_equipe": 1}])
def test_une_hypothese_hors_limites_est_refusee(reglage):
    with pytest.raises(ErreurHypothese, match="attendu"):
        Equipe(13, **reglage)
