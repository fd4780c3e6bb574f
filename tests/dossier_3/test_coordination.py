"""Dossier 3 : cohérence, croissance, culture. Les valeurs attendues sont posées à la main."""

import itertools
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_3.coherence import DIMENSIONS, faits_cites, juger
from cerdd_case.dossier_3.coherence_exercice import Coherence
from cerdd_case.dossier_3.croissance import (
    EFFECTIF_MAXIMAL,
    SEMAINE,
    Croissance,
    Equipe,
    effectifs_du_cas,
    liens,
)
from cerdd_case.dossier_3.culture import (
    Culture,
    Ranger,
    composantes,
    effets_de_la_culture,
    faits_de_culture,
)
from cerdd_case.socle.erreurs import ErreurCas, ErreurHypothese
from cerdd_case.socle.nombres import heures


@pytest.fixture(scope="module")
def donnees():
    return Donnees()


@pytest.fixture(scope="module")
def coherence(donnees):
    return Coherence(donnees)


# --- Les faits --------------------------------------------------------------------------


def test_un_fait_dit_ou_il_se_trouve(donnees):
    faits = faits_cites(donnees)
    assert faits.at["A7-16", "lieu"] == "annexe 7, §\u00a02"
    assert faits.at["INT-51", "lieu"] == "introduction, §\u00a07"
    assert faits.at["INT-51", "valeur"] == 13
    assert faits.at["A2:equipe", "lieu"].startswith("annexe 2, reconstituée d'après annexe 1")
    assert faits.index.is_unique


# --- La cohérence -----------------------------------------------------------------------


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


# --- La croissance ----------------------------------------------------------------------


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


# --- La culture -------------------------------------------------------------------------


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


# --- Les ateliers, sans navigateur ------------------------------------------------------


def test_l_atelier_de_coherence_suit_ses_listes(donnees):
    from cerdd_case.dossier_3.coherence_atelier import AtelierCoherence

    atelier = AtelierCoherence(Coherence(donnees))
    rang = atelier.image.rang
    assert "Mais ce n'est pas le cas du CERDD" in unescape(atelier.conclusion.html)
    assert "Deux à deux" in atelier.detail.html
    for dimension, option in (
        ("structure", "projets"),
        ("mecanisme", "ajustement_mutuel"),
        ("decision", "participatif"),
    ):
        atelier.listes[dimension].value = option
    assert "appuient chacun des trois choix" in atelier.conclusion.html
    assert atelier.image.rang == rang + 3
    assert "6 pour, 2 contre" in atelier.image.alternative
    atelier.vue.value = "mecanisme"
    assert "Chacun consulte tous ceux que le travail concerne." in atelier.detail.html
    assert "annexe 7, §\u00a02" in atelier.detail.html
    assert atelier.incident.html == ""


def test_l_atelier_de_coherence_accepte_un_depart(donnees):
    from cerdd_case.dossier_3.coherence_atelier import AtelierCoherence

    assert (
        AtelierCoherence(Coherence(donnees), structure="projets").reponses["structure"] == "projets"
    )
    with pytest.raises(ErreurCas, match="structure : le choix « reseau » n'existe pas"):
        AtelierCoherence(Coherence(donnees), structure="reseau")


def test_l_atelier_de_croissance_suit_ses_curseurs(donnees):
    from cerdd_case.dossier_3.croissance_atelier import AtelierCroissance

    atelier = AtelierCroissance(Croissance(donnees))
    assert atelier.reseau.effectif == 13
    atelier.boutons[-1].click()
    assert "19\u202f900 liens" in atelier.conclusion.html
    assert "impossible" in atelier.image.alternative
    atelier.decoupe.value = True
    assert atelier.taille.actif
    assert "nouveau niveau hiérarchique" in atelier.conclusion.html
    atelier.effectif.saisir("8")
    assert "rien ne change" in atelier.conclusion.html
    atelier.effectif.saisir("trop")
    assert atelier.effectif.erreur and atelier.reseau.effectif == 8
    assert atelier.incident.html == ""


def test_la_carte_de_la_culture_se_remplit_et_se_garde(donnees, tmp_path):
    from cerdd_case.dossier_3.culture_atelier import AtelierCulture
    from cerdd_case.socle.memoire import Memoire

    fichier = tmp_path / "carnet.suivi.json"
    atelier = AtelierCulture(Culture(donnees), Memoire(fichier))
    assert "aucun fait rangé" in atelier.etape.image.alternative
    atelier.etapes["ranger"].liste.choix = {"A7-48": "rites", "A7-06": "valeurs"}
    assert "dîner ensemble, le soir, annexe 7" in atelier.etape.image.alternative
    atelier.etape.verifier()
    assert atelier.etapes["ranger"].liste.avis["A7-48"]["juste"]
    assert not atelier.etapes["ranger"].liste.avis["A7-06"]["juste"]
    assert "1 sur 13" in atelier.etape.bilan.html
    atelier.etapes["ranger"].liste.choix = {"A7-48": "rites", "A7-06": "aucune"}
    assert "A7-06" not in atelier.etapes["ranger"].liste.avis  # changé depuis : plus jugé
    atelier.choix.value = "relier"
    atelier.etapes["relier"].liste.choix = {"0:conduite": "0", "0:effet": "3"}
    atelier.etape.verifier()
    assert [a["juste"] for a in atelier.etapes["relier"].liste.avis.values()] == [True, False]

    retrouve = AtelierCulture(Culture(donnees), Memoire(fichier))
    assert retrouve.etapes["ranger"].liste.choix == {"A7-48": "rites", "A7-06": "aucune"}
    assert retrouve.etapes["relier"].liste.choix == {"0:conduite": "0", "0:effet": "3"}
    assert retrouve.etape.incident.html == ""


def test_un_suivi_etrange_ne_bloque_pas_la_carte(donnees, tmp_path):
    from cerdd_case.dossier_3.culture_atelier import AtelierCulture
    from cerdd_case.socle.memoire import Memoire

    memoire = Memoire(tmp_path / "carnet.suivi.json")
    memoire.ecrire("culture:rangement", {"A7-48": "mythes", "A7-47": "valeurs", "X": "rites"})
    memoire.ecrire("culture:leviers", ["abîmé"])
    atelier = AtelierCulture(Culture(donnees), memoire)
    assert atelier.etapes["ranger"].liste.choix == {"A7-47": "valeurs"}
    assert atelier.etapes["relier"].liste.choix == {}


def test_un_enregistrement_impossible_se_dit_et_la_carte_avance(donnees, tmp_path):
    from cerdd_case.dossier_3.culture_atelier import AtelierCulture
    from cerdd_case.socle.memoire import Memoire

    atelier = AtelierCulture(Culture(donnees), Memoire(tmp_path / "absent" / "carnet.suivi.json"))
    atelier.etapes["ranger"].liste.choix = {"A7-48": "rites"}
    assert "dîner ensemble, le soir, annexe 7" in atelier.etape.image.alternative
    assert "gardé en mémoire" in atelier.etape.incident.html


def test_la_proposition_ne_se_montre_que_si_on_la_demande(donnees):
    from cerdd_case.dossier_3.culture_atelier import AtelierCulture
    from cerdd_case.socle.memoire import Memoire

    atelier = AtelierCulture(Culture(donnees), Memoire())
    secret = "une région terrain d'essai"
    ranger, relier = atelier.etapes.values()
    for inutile in (ranger.proposer, ranger.verifier, ranger.proposer):  # rien n'est répondu
        inutile()
        assert secret not in atelier.apercu().alternative and not ranger.liste.proposable
    ranger.repondre({"A7-47": "rites"})
    assert not ranger.liste.proposable  # répondre ne suffit pas : il faut vérifier
    ranger.verifier()
    assert ranger.liste.proposable and not relier.liste.proposable
    ranger.proposer()
    assert secret in atelier.apercu().alternative
    assert not relier.propose and relier.leviers.html == ""  # l'autre étape attend la sienne
    assert "Aucun symbole n'est nommé" in atelier.apercu().alternative
    complete = AtelierCulture(Culture(donnees), Memoire(), complete=True)
    complete.choix.value = "relier"
    assert "Revers possible" in complete.apercu().alternative


def test_les_figures_ont_un_texte_de_remplacement_et_une_image(donnees, coherence):
    from cerdd_case.dossier_3.coherence_figure import FigureCoherence
    from cerdd_case.dossier_3.croissance_figure import FigureCroissance
    from cerdd_case.dossier_3.culture_figure import leviers

    illustrations = [
        FigureCoherence().illustration(coherence.evaluer("projets", "procedes", "consultatif")),
        FigureCroissance(200, SEMAINE).illustration(Equipe(200)),
        FigureCroissance(200, SEMAINE).illustration(Equipe(47, taille_equipe=7)),
        leviers(effets_de_la_culture(donnees)),
    ]
    for illustration in illustrations:
        assert illustration.png().startswith(b"\x89PNG")
        assert len(illustration.alternative) > 100
