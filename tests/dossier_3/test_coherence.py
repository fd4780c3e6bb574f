"""La cohérence : structure, coordination et décision vont-elles ensemble ?"""

import itertools

import pytest

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_3.coherence import DIMENSIONS, faits_cites, juger
from cerdd_case.dossier_3.coherence_exercice import Coherence
from cerdd_case.socle.erreurs import ErreurCas


@pytest.fixture(scope="module")
def donnees():
    return Donnees()


@pytest.fixture(scope="module")
def coherence(donnees):
    return Coherence(donnees)


def test_un_fait_dit_ou_il_se_trouve(donnees):
    faits = faits_cites(donnees)
    assert faits.at["A7-16", "lieu"] == "annexe 7, §\u00a02"
    assert faits.at["INT-51", "lieu"] == "introduction, §\u00a07"
    assert faits.at["INT-51", "valeur"] == 13
    assert faits.at["A2:equipe", "lieu"].startswith("annexe 2, reconstituée d'après annexe 1")
    assert faits.index.is_unique


def test_chaque_couple_d_options_a_sa_regle(coherence):
    groupes = coherence.possibles
    attendus = {
        couple
        for a, b in itertools.combinations(DIMENSIONS, 2)
        for couple in itertools.product(groupes[a], groupes[b])
    }
    assert set(coherence.regles.index) == attendus
    assert len(coherence.regles) == 5 * 6 + 5 * 4 + 6 * 4
    dimension = coherence.options.set_index("option")["dimension"]
    for a, b in coherence.regles.index:
        regle = coherence.regles.loc[(a, b)]
        assert (regle["dimension_a"], regle["dimension_b"]) == (dimension[a], dimension[b])


def test_chaque_option_a_des_faits_pour_et_contre(coherence):
    compte = coherence.indices.groupby(["option", "sens"]).size().unstack(fill_value=0)
    assert set(compte.index) == set(coherence.options["option"])
    assert (compte > 0).all().all()
    dimension = coherence.options.set_index("option")["dimension"]
    assert (coherence.indices["option"].map(dimension) == coherence.indices["dimension"]).all()


def test_les_indices_de_coherence_existent_et_couvrent_l_annexe_2(coherence):
    assert coherence.indices["fait"].notna().all()
    assert coherence.indices["fait_id"].str.startswith("A2:").any()
    assert not coherence.indices.duplicated(["option", "fait_id"]).any()


def test_le_cerdd_est_le_seul_assemblage_coherent_et_appuye(coherence):
    tous = coherence.tous()
    assert len(tous) == 120
    retenus = tous[(tous["tenue"] == "forte") & (tous["appui"] == "appuyé")]
    assert retenus[list(DIMENSIONS)].to_numpy().tolist() == [
        ["projets", "ajustement_mutuel", "participatif"]
    ]


def test_d_autres_assemblages_sont_coherents_sans_etre_le_cerdd(coherence):
    assemblage = coherence.evaluer("simple", "supervision_directe", "autoritaire")
    assert assemblage.tenue == "forte"
    assert assemblage.appui == "contredit"
    assert [accord for _, _, accord, _ in assemblage.liens] == ["renforce"] * 3
    assert assemblage.soutien["mecanisme"] == (2, 4, "contredit")
    assert "Mais ce n'est pas le cas du CERDD" in assemblage.conclusion
    assert assemblage.conclusion.endswith(
        "« Supervision directe » et « Décision centralisée, style autoritaire »."
    )


def test_cinq_assemblages_se_renforcent_entierement(coherence):
    tableau = coherence.coherents()
    assert sorted(tableau["appui"]) == ["appuyé", "contredit", "contredit", "contredit", "partagé"]
    cerdd = tableau[tableau["appui"] == "appuyé"].iloc[0]
    assert cerdd["mecanisme"] == "Ajustement mutuel"


def test_une_tension_suffit_a_rompre_la_coherence(coherence):
    assemblage = coherence.evaluer("projets", "procedes", "participatif")
    assert {accord for _, _, accord, _ in assemblage.liens} == {"tension", "renforce"}
    assert assemblage.tenue == "tendue"


def test_des_choix_compatibles_tiennent_avec_du_jeu(coherence):
    assemblage = coherence.evaluer("projets", "normes", "participatif")
    assert (assemblage.tenue, assemblage.appui) == ("souple", "appuyé")


def test_une_option_inconnue_est_refusee_avec_la_liste(coherence):
    with pytest.raises(ErreurCas, match="structure : le choix « pyramide » n'existe pas.*simple"):
        coherence.evaluer("pyramide", "normes", "participatif")
    with pytest.raises(ErreurCas, match="mecanisme : le choix « participatif » n'existe pas"):
        coherence.evaluer("projets", "participatif", "normes")
    with pytest.raises(ErreurCas, match="La réponse « culture » n'existe pas"):
        coherence.lire({"culture": "projets"})


@pytest.mark.parametrize(
    ("pour", "contre", "attendu"),
    [(6, 2, "appuyé"), (4, 2, "appuyé"), (3, 2, "partagé"), (2, 2, "partagé"), (2, 3, "partagé"),
     (2, 4, "contredit"), (0, 1, "contredit"), (1, 0, "appuyé"), (0, 0, "partagé")],
)  # fmt: skip
def test_le_jugement_suit_la_regle_du_double(pour, contre, attendu):
    assert juger(pour, contre) == attendu
