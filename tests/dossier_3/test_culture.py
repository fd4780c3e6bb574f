"""La culture : la carte des faits, et ce qu'elle fait à la performance."""

import pytest

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_3.coherence_exercice import Coherence
from cerdd_case.dossier_3.coherence_figure import FigureCoherence
from cerdd_case.dossier_3.croissance import (
    SEMAINE,
    Equipe,
)
from cerdd_case.dossier_3.croissance_figure import FigureCroissance
from cerdd_case.dossier_3.culture import (
    Culture,
    Ranger,
    composantes,
    effets_de_la_culture,
    faits_de_culture,
)
from cerdd_case.dossier_3.culture_figure import leviers
from cerdd_case.socle.erreurs import ErreurCas


@pytest.fixture(scope="module")
def donnees():
    return Donnees()


@pytest.fixture(scope="module")
def coherence(donnees):
    return Coherence(donnees)


def test_les_composantes_disent_ce_que_le_sujet_tait(donnees):
    tableau = composantes(donnees)
    assert tableau["composante"].tolist() == [
        "valeurs", "rites", "symboles", "langage", "histoire", "aucune",
    ]  # fmt: skip
    assert tableau["silence"].notna().tolist() == [True] * 5 + [False]


def test_les_faits_de_la_carte_existent_et_remplissent_chaque_composante(donnees):
    faits = faits_de_culture(donnees)
    assert faits["fait"].notna().all()
    assert set(faits["composante"]) == set(composantes(donnees)["composante"])
    assert faits.groupby("composante").size().max() <= 6  # la carte a six lignes par composante
    a_classer = faits[faits["a_classer"]]
    assert set(a_classer["composante"]) == set(composantes(donnees)["composante"])
    assert (faits["aussi"] != faits["composante"]).all()


def test_ce_que_le_sujet_ne_dit_pas_est_une_lecture(donnees):
    """Le sujet ne nomme aucun symbole ni aucun langage : tout y est une interprétation."""
    faits = faits_de_culture(donnees)
    couverture = composantes(donnees).set_index("composante")["couverture"]
    deduites = {"symboles", "langage"}
    assert set(couverture.index[couverture == "deduit"]) == deduites
    for composante, groupe in faits.groupby("composante"):
        if composante in deduites:
            assert set(groupe["statut"]) == {"deduit"}
        else:
            assert "dit" in set(groupe["statut"])


def test_un_rangement_est_corrige_fait_par_fait(donnees):
    verdicts = Ranger(donnees).juger({"A7-48": "rites", "A7-47": "histoire", "A7-19": "valeurs"})
    etats = {fait: verdict.etat for fait, verdict in verdicts.items()}
    assert etats["A7-48"] == "juste"
    assert etats["A7-47"] == "faux"
    assert etats["A7-19"] == "presque"  # l'autre rangement admis
    assert list(etats.values()).count("a_completer") == len(etats) - 3


def test_le_rangement_propose_est_juste(donnees):
    ranger, faits = Ranger(donnees), faits_de_culture(donnees)
    propose = faits[faits["a_classer"]].set_index("fait_id")["composante"].to_dict()
    assert ranger.solution() == propose
    # `all` passerait sur les valeurs absentes : les treize faits sont jugés, et jugés justes.
    assert [v.etat for v in ranger.juger(propose).values()] == ["juste"] * 13


def test_un_rangement_etrange_est_refuse(donnees):
    culture = Culture(donnees)
    with pytest.raises(ErreurCas, match="La réponse « A7-99 » n'existe pas.*A7-48"):
        culture.fiche("culture", {"A7-99": "rites"})
    with pytest.raises(ErreurCas, match="A7-48 : le choix « mythes » n'existe pas.*rites"):
        culture.fiche("culture", {"A7-48": "mythes"})


def test_chaque_maillon_vers_la_performance_a_sa_preuve(donnees):
    effets = effets_de_la_culture(donnees)
    for maillon in ("trait", "conduite", "effet"):
        assert effets[f"lieu_{maillon}"].notna().all()
        assert effets[maillon].is_unique  # une seule bonne suite par trait
    assert effets["limite"].notna().all()
    assert set(effets["dimension"]) == {"organisationnelle", "sociale", "service rendu"}


def test_les_figures_ont_un_texte_de_remplacement_et_une_image(donnees, coherence):
    illustrations = [
        FigureCoherence().illustration(coherence.evaluer("projets", "procedes", "consultatif")),
        FigureCroissance(200, SEMAINE).illustration(Equipe(200)),
        FigureCroissance(200, SEMAINE).illustration(Equipe(47, taille_equipe=7)),
        leviers(effets_de_la_culture(donnees)),
    ]
    for illustration in illustrations:
        assert illustration.png().startswith(b"\x89PNG")
        assert len(illustration.alternative) > 100
