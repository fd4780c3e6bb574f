"""Le réseau des partenaires : ce qui circule, ce qui se lit, ce qui déborde."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cerdd_case.dossier_4.reseau import (
    Circulation,
    Reseau,
    auteurs_avant_surcharge,
    balayer_auteurs,
    essais_reseau,
    lire_reseau,
)
from cerdd_case.socle.erreurs import ErreurCas


def test_une_semaine_comptee_a_la_main():
    # 40 partenaires, 4 auteurs à 1 contribution, 3 publications du CERDD, 5 min par contenu.
    avant = Circulation(Reseau(), False)
    assert (avant.liens, avant.auteurs, avant.contenus, avant.recus) == (40, 1, 3, 3)
    assert (avant.lectures_possibles, avant.minutes_demandees) == (120, 15)
    apres = Circulation(Reseau(), True)
    assert (apres.liens, apres.auteurs, apres.contenus, apres.recus) == (820, 5, 7, 7)
    assert apres.utiles_lus == pytest.approx(3 + 0.6 * 4)
    assert not apres.surcharge


def test_la_surcharge_commence_au_dixieme_auteur():
    # 12 contenus lisibles (60 min / 5 min), 3 du CERDD : neuf auteurs passent, dix non.
    assert auteurs_avant_surcharge(Reseau()) == 10
    assert auteurs_avant_surcharge(Reseau(tri=True)) == 16  # 3 + 0,6 × 15 = 12, encore lisible
    assert auteurs_avant_surcharge(Reseau(partenaires=8)) is None
    assert auteurs_avant_surcharge(Reseau(minutes_disponibles=0)) == 0
    moitie = Circulation(Reseau(part_auteurs=0.5), True)
    assert moitie.surcharge
    assert moitie.part_lue == pytest.approx(12 / 23)
    assert moitie.utiles_lus == pytest.approx(12 * 15 / 23)
    assert moitie.lecteurs_du_cerdd == pytest.approx(40 * 12 / 23)


def test_trier_coute_du_temps_et_rend_utile_tout_ce_qui_est_lu():
    c = Circulation(Reseau(part_auteurs=0.5, tri=True), True)
    assert c.recus == pytest.approx(15)
    assert c.utiles_lus == pytest.approx(c.lus) == pytest.approx(12)
    assert c.minutes_de_tri == 100
    # 20 auteurs et le CERDD publient 23 contenus ; 15 sont envoyés à chacun des 40.
    assert (c.contenus, c.lectures_possibles) == (23, 600)


RESEAUX = st.builds(
    Reseau,
    partenaires=st.integers(2, 60),
    part_auteurs=st.floats(0, 1),
    contributions=st.floats(0, 10),
    publications_cerdd=st.floats(0, 20),
    minutes_lecture=st.floats(1, 60),
    minutes_disponibles=st.floats(0, 600),
    part_utile=st.floats(0, 1),
    tri=st.booleans(),
    minutes_tri=st.floats(0, 60),
)


@settings(deadline=None)
@given(RESEAUX, st.booleans())
def test_on_ne_lit_pas_plus_que_l_on_ne_recoit(reseau, collectif):
    c = Circulation(reseau, collectif)
    assert 0 <= c.utiles_lus <= c.lus + 1e-9
    assert c.lus <= c.recus + 1e-9
    assert c.lus <= reseau.capacite + 1e-9
    assert 0 <= c.part_lue <= 1
    assert c.liens == len(
        list(itertools.combinations(range(reseau.partenaires + 1), 2))
        if collectif
        else range(reseau.partenaires)
    )
    assert lire_reseau(reseau).endswith(".")


@settings(deadline=None)
@given(RESEAUX)
def test_plus_d_auteurs_ne_fait_jamais_recevoir_moins(reseau):
    courbe = balayer_auteurs(reseau)
    assert len(courbe) == reseau.partenaires + 1
    recus = [c.recus for c in courbe]
    assert recus == sorted(recus)
    seuil = auteurs_avant_surcharge(reseau)
    surcharge = [i for i, c in enumerate(courbe) if c.recus > c.lus + 1e-9]
    assert surcharge == ([] if seuil is None else list(range(seuil, reseau.partenaires + 1)))


@given(st.integers(2, 300), st.integers(0, 300))
def test_le_nombre_d_auteurs_se_retrouve_par_sa_part(partenaires, auteurs):
    auteurs = min(auteurs, partenaires)
    assert Reseau(partenaires=partenaires, part_auteurs=auteurs / partenaires).auteurs == auteurs


def test_une_moitie_d_auteur_compte_pour_un():
    assert Reseau(partenaires=5, part_auteurs=0.5).auteurs == 3
    assert Reseau(partenaires=40, part_auteurs=0.11).auteurs == 4  # 4,4


@pytest.mark.parametrize(
    ("champ", "valeur", "mot"),
    [
        ("partenaires", 1, "de 2 à 1\u202f000"),
        ("partenaires", 40.5, "nombre entier"),
        ("part_auteurs", 1.2, "de 0 à 1"),
        ("minutes_lecture", 0, "de 1 à 60"),
        ("part_utile", "beaucoup", "n'est pas un nombre"),
    ],
)
def test_un_reglage_impossible_est_refuse_en_francais(champ, valeur, mot):
    with pytest.raises(ErreurCas, match=mot) as refus:
        Reseau(**{champ: valeur})
    assert champ in str(refus.value)


def test_la_phrase_lit_la_simulation():
    assert "sans auteurs reste un Web 1.0" in lire_reseau(Reseau(part_auteurs=0))
    assert lire_reseau(Reseau()) == (
        "Chaque partenaire lit 2,4 contenus utiles de plus par semaine qu'avec le Web 1.0, "
        "et il a le temps de tout lire."
    )
    assert "que 52\u202f% de ce qu'il reçoit" in lire_reseau(Reseau(part_auteurs=0.5))
    assert "Trier coûte au CERDD 1\u00a0h\u00a040 par" in lire_reseau(
        Reseau(part_auteurs=0.5, tri=True)
    )
    inutile = Reseau(part_auteurs=1, part_utile=0, minutes_disponibles=15)
    assert "contenus utiles de moins" in lire_reseau(inutile)


def test_les_essais_montrent_le_sommet_puis_la_baisse():
    essais = essais_reseau()
    assert list(essais["Utiles lus"]) == [3, 3, 5.4, 7.8, 7.5, 12]
    assert list(essais["Contenus reçus"]) == [3, 3, 7, 23, 43, 27]
    assert essais["Temps de tri"].iloc[-1] == "3\u00a0h\u00a020"
