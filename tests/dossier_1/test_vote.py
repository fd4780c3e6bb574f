"""Le vote : droits, coalitions, pouvoir et paliers, comptés à la main puis sur des votes au hasard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_1.vote import (
    DEUX_TIERS,
    SIMPLE,
    UNANIMITE,
    ErreurVote,
    coalitions,
    conclure_vote,
    droits_de_vote,
    majorite_requise,
    ordres_de_ralliement,
    paliers,
    pouvoir,
)

DONNEES = Donnees()
SUJET = {"etat": 40, "region": 40, "collectivites": 20}
voix = st.dictionaries(
    st.sampled_from(["a", "b", "c", "d", "e"]), st.integers(0, 60), min_size=1
).filter(lambda v: sum(v.values()) > 0)
seuils = st.one_of(
    st.sampled_from([SIMPLE, DEUX_TIERS, 0.75, UNANIMITE]),
    st.integers(50, 100).map(lambda p: p / 100),
)


def parts(tableau, colonne):
    return dict(zip(tableau["membre"], tableau[colonne], strict=True))


def test_droits_de_vote_du_sujet():
    assert droits_de_vote(DONNEES) == SUJET


def test_majorite_simple_vingt_pour_cent_pesent_un_tiers():
    mesure = pouvoir(SUJET, SIMPLE)
    for colonne in ("banzhaf", "shapley"):
        assert parts(mesure, colonne) == pytest.approx(dict.fromkeys(SUJET, 1 / 3))
    assert list(mesure["decisif"]) == [2, 2, 2]
    assert set(mesure["situation"]) == {"ordinaire"}


def test_deux_tiers_vingt_pour_cent_ne_pesent_rien():
    mesure = pouvoir(SUJET, DEUX_TIERS)
    attendu = {"etat": 0.5, "region": 0.5, "collectivites": 0.0}
    assert parts(mesure, "banzhaf") == attendu == parts(mesure, "shapley")
    assert list(mesure["situation"]) == ["droit de veto", "droit de veto", "sans pouvoir"]


def test_coalitions_du_sujet_a_la_majorite_simple():
    tableau = coalitions(SUJET)
    gagnantes = tableau[tableau["gagnante"]]
    assert list(gagnantes["coalition"]) == [
        ("etat", "region"),
        ("etat", "collectivites"),
        ("region", "collectivites"),
        ("etat", "region", "collectivites"),
    ]
    assert list(gagnantes["voix"]) == [80, 60, 60, 100]
    assert list(gagnantes["decisifs"])[-1] == ()  # à trois, personne n'est indispensable


@pytest.mark.parametrize(
    ("seuil", "gagne"), [(0.6, True), (0.61, False), (0.59, True), (SIMPLE, True)]
)
def test_une_coalition_a_60_voix_gagne_jusqu_a_60_pour_cent_compris(seuil, gagne):
    tableau = coalitions(SUJET, seuil).set_index("coalition")
    assert tableau.loc[[("etat", "collectivites")], "gagnante"].item() is gagne


def test_a_la_majorite_simple_la_moitie_ne_suffit_pas():
    tableau = coalitions({"a": 50, "b": 50})
    assert list(tableau["gagnante"]) == [False, False, True]


def test_parts_decimales_lues_dans_un_tableau():
    # 0,4 + 0,2 ne fait pas 0,6 en binaire : le calcul doit pourtant l'atteindre.
    tableau = coalitions({"a": 0.4, "b": 0.2, "c": 0.4}, 0.6)
    assert list(tableau["gagnante"]) == [False, False, False, True, True, True, True]


def test_exemple_de_manuel_un_gros_et_trois_petits():
    # 4, 2, 1, 1 : le gros gagne avec n'importe qui et ne perd que seul.
    mesure = pouvoir({"a": 4, "b": 2, "c": 1, "d": 1})
    assert parts(mesure, "banzhaf") == pytest.approx({"a": 0.7, "b": 0.1, "c": 0.1, "d": 0.1})
    assert parts(mesure, "shapley") == pytest.approx(
        {"a": 3 / 4, "b": 1 / 12, "c": 1 / 12, "d": 1 / 12}
    )


def test_conseil_europeen_de_1958():
    # Voix 4, 4, 4, 2, 2, 1 et 12 voix exigées sur 17 : résultats publiés, le plus petit n'a rien.
    mesure = pouvoir({"F": 4, "D": 4, "I": 4, "B": 2, "N": 2, "L": 1}, 12 / 17)
    assert list(mesure["shapley"]) == pytest.approx([14 / 60] * 3 + [9 / 60] * 2 + [0])
    assert list(mesure["banzhaf"]) == pytest.approx([5 / 21] * 3 + [3 / 21] * 2 + [0])


def test_seul_maitre_et_sans_voix():
    mesure = pouvoir({"a": 51, "b": 49, "c": 0})
    assert list(mesure["situation"]) == ["seul maître", "sans pouvoir", "sans pouvoir"]
    assert list(mesure["shapley"]) == [1, 0, 0]


@given(voix, seuils)
def test_les_deux_indices_font_un(v, seuil):
    mesure = pouvoir(v, seuil)
    assert mesure["banzhaf"].sum() == pytest.approx(1)
    assert mesure["shapley"].sum() == pytest.approx(1)


@given(voix, seuils)
def test_shapley_est_le_compte_des_ordres_de_ralliement(v, seuil):
    pivots = ordres_de_ralliement(v, seuil)["pivot"].value_counts()
    mesure = pouvoir(v, seuil)
    assert list(mesure["ordres"]) == [pivots.get(m, 0) for m in mesure["membre"]]


@given(voix, seuils)
def test_plus_de_voix_ne_donne_jamais_moins_de_pouvoir(v, seuil):
    mesure = pouvoir(v, seuil).sort_values("voix")
    for colonne in ("banzhaf", "shapley"):
        assert mesure[colonne].diff().dropna().ge(-1e-12).all()
    for _, egaux in mesure.groupby("voix"):
        assert egaux["shapley"].max() - egaux["shapley"].min() < 1e-12


@given(voix, seuils, st.integers(2, 50))
def test_seul_le_rapport_des_voix_compte(v, seuil, facteur):
    ici = coalitions(v, seuil)
    la = coalitions({m: x * facteur for m, x in v.items()}, seuil)
    assert ici["gagnante"].equals(la["gagnante"])


@given(voix, seuils)
def test_deux_camps_opposes_ne_gagnent_jamais_ensemble(v, seuil):
    gagnantes = {
        frozenset(c) for c, g in coalitions(v, seuil)[["coalition", "gagnante"]].values if g
    }
    assert frozenset(v) in gagnantes
    assert not any(frozenset(v) - c in gagnantes for c in gagnantes)


@given(voix, seuils)
def test_un_membre_est_decisif_si_et_seulement_si_il_a_du_pouvoir(v, seuil):
    tableau = coalitions(v, seuil)
    decisifs = {m for d in tableau["decisifs"] for m in d}
    mesure = pouvoir(v, seuil)
    assert set(mesure.loc[mesure["shapley"] > 0, "membre"]) == decisifs
    assert set(mesure.loc[mesure["banzhaf"] > 0, "membre"]) == decisifs


def test_paliers_du_sujet():
    tableau = paliers(SUJET)
    assert [tuple(t) for t in tableau[["seuil_min", "seuil_max"]].values] == [
        (0.5, 0.6),
        (0.6, 0.8),
        (0.8, 1.0),
    ]
    assert list(tableau["collectivites"]) == pytest.approx([1 / 3, 0, 1 / 3])


@given(voix, seuils)
def test_le_pouvoir_est_constant_sur_un_palier(v, seuil):
    tableau = paliers(v)
    assert tableau["seuil_min"].iloc[0] == SIMPLE and tableau["seuil_max"].iloc[-1] == 1
    assert list(tableau["seuil_max"].iloc[:-1]) == list(tableau["seuil_min"].iloc[1:])
    palier = tableau[(tableau["seuil_max"] > seuil - 1e-9)].iloc[0]
    for membre, mesure in parts(pouvoir(v, seuil), "shapley").items():
        assert palier[membre] == pytest.approx(mesure)


@pytest.mark.parametrize(
    ("v", "seuil", "extrait"),
    [
        ({}, 0.5, "1 à 8 membres"),
        (dict.fromkeys("abcdefghi", 1), 0.5, "1 à 8 membres"),
        ({"a": 0, "b": 0}, 0.5, "Personne n'a de voix"),
        ({"a": -1, "b": 2}, 0.5, "−1 voix"),
        ({"a": "beaucoup", "b": 2}, 0.5, "« a »"),
        ({"a": float("nan")}, 0.5, "« a »"),
        ({"a": 1}, 0.4, "de 50"),
        ({"a": 1}, 1.01, "de 50"),
        ({"a": 1}, None, "Majorité exigée"),
    ],
)
def test_voix_et_seuils_refuses(v, seuil, extrait):
    with pytest.raises(ErreurVote, match=extrait):
        coalitions(v, seuil)


@pytest.mark.parametrize(
    ("v", "seuil", "phrase"),
    [
        (SUJET, SIMPLE, "Personne ne décide seul et personne ne peut bloquer seul. Les collectivités "
         "ont 20 % des voix et 33,3 % du pouvoir, plus que leur part des voix."),
        # L'État fait basculer 4 ordres sur 6, la Région et les collectivités 1 chacune.
        ({"etat": 50, "region": 30, "collectivites": 20}, SIMPLE, "Rien ne passe sans l'État. Les "
         "collectivités ont 20 % des voix et 16,7 % du pouvoir, moins que leur part des voix."),
        (SUJET, DEUX_TIERS, "Rien ne passe sans l'État ni sans la Région. Les collectivités ont 20 % "
         "des voix mais aucun pouvoir : aucun vote n'en dépend."),
        ({"etat": 50, "region": 50}, SIMPLE, "Tout le monde doit être d'accord : chacun peut bloquer. "
         "L'État a 50 % des voix et exactement autant de pouvoir."),
        ({"etat": 9, "region": 91}, SIMPLE, "La Région décide toute seule : les voix des autres ne "
         "changent rien."),
        ({"etat": 9, "collectivites": 91}, SIMPLE, "Les collectivités décident toutes seules : les "
         "voix des autres ne changent rien."),
        ({"etat": 51, "region": 49}, SIMPLE, "L'État décide tout seul : les voix des autres ne "
         "changent rien."),
    ],
)  # fmt: skip
def test_la_conclusion_d_un_vote(v, seuil, phrase):
    assert conclure_vote(v, seuil).replace("\u202f", " ") == phrase


def test_majorite_en_mots():
    assert majorite_requise(0.5) == "plus de 50\u202f% des voix"
    assert majorite_requise(DEUX_TIERS) == "au moins 66,67\u202f% des voix"
    assert majorite_requise(1) == "au moins 100\u202f% des voix"
