"""Dossier 1 : pouvoir de vote, argent public, calendrier, structure, classements."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_1.calendrier import dates, presidences
from cerdd_case.dossier_1.classement import (
    EXERCICES,
    Diagnostic,
    Performance,
    Strategie,
    categories,
    faits_a_classer,
    textes_des_faits,
)
from cerdd_case.dossier_1.financement import PUBLIQUES_FRANCAISES, part_publique
from cerdd_case.dossier_1.structure import arborescence
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
from cerdd_case.socle.erreurs import ErreurCas

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


# --- Le pouvoir de vote -----------------------------------------------------------------


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


# --- L'argent public --------------------------------------------------------------------


def test_part_publique_de_l_annexe_4():
    budget = DONNEES.annexe(4)
    # (361 000 + 507 300) / 1 040 450, puis avec 132 000 d'Europe.
    assert part_publique(budget, PUBLIQUES_FRANCAISES) == pytest.approx(868_300 / 1_040_450)
    assert part_publique(budget) == pytest.approx(1_000_300 / 1_040_450)
    assert part_publique(budget, []) == 0
    assert part_publique(budget, ["etat", "etat"]) == part_publique(budget, ["etat"])


@given(st.sets(st.sampled_from(["etat", "collectivites", "ue", "autres"])))
def test_public_et_reste_font_le_tout(postes):
    budget = DONNEES.annexe(4)
    reste = {"etat", "collectivites", "ue", "autres"} - postes
    assert part_publique(budget, postes) + part_publique(budget, reste) == pytest.approx(1)


def test_une_depense_n_est_pas_une_recette():
    with pytest.raises(ErreurCas, match="personnel"):
        part_publique(DONNEES.annexe(4), ["etat", "personnel"])


# --- Le calendrier ----------------------------------------------------------------------


def test_dates_du_sujet():
    d = dates(DONNEES)
    assert d == {"creation": 2001, "audit": 2013, "debut": 2014, "fin": 2020,
                 "convention": 6, "presidence": 2}  # fmt: skip
    assert d["fin"] - d["debut"] == d["convention"]


def test_trois_presidences_par_convention():
    tableau = presidences(2014, 2020, 2, "region")
    assert [tuple(t) for t in tableau.values] == [
        (2014, 2016, "region"),
        (2016, 2018, "etat"),
        (2018, 2020, "region"),
    ]


@given(st.integers(1900, 2100), st.integers(1, 30), st.integers(1, 10),
       st.sampled_from(["etat", "region"]))  # fmt: skip
def test_les_presidences_couvrent_la_convention_et_alternent(debut, duree, tour, premier):
    tableau = presidences(debut, debut + duree, tour, premier)
    assert tableau["debut"].iloc[0] == debut and tableau["fin"].iloc[-1] == debut + duree
    assert list(tableau["fin"].iloc[:-1]) == list(tableau["debut"].iloc[1:])
    assert (tableau["fin"] - tableau["debut"]).between(1, tour).all()
    assert tableau["membre"].iloc[0] == premier
    assert (tableau["membre"] != tableau["membre"].shift()).all()


@pytest.mark.parametrize(
    ("arguments", "extrait"),
    [
        ((2014, 2014, 2), "De 2014 à 2014 par 2 ans"),
        ((2014, 2020, 0), "De 2014 à 2020 par 0 ans"),
        ((2014, 2020, 2, "collectivites"), "« collectivites » ne préside pas"),
    ],
)
def test_calendriers_refuses(arguments, extrait):
    with pytest.raises(ErreurCas, match=extrait):
        presidences(*arguments)


# --- La structure -----------------------------------------------------------------------


def test_arborescence_de_l_annexe_2():
    arbre = arborescence(DONNEES.annexe(2)).set_index("code")
    assert arbre.loc["decideurs_strategiques", "niveau"] == 0
    assert arbre.loc["services", "niveau"] == 5
    # Le directeur est au milieu de ses deux subordonnés directs.
    assert arbre.loc["directeur", "place"] == (
        (arbre.loc["adjointe", "place"] + arbre.loc["equipe", "place"]) / 2
    )
    feuilles = arbre[~arbre.index.isin(arbre["rattachement"])]
    assert sorted(feuilles["place"]) == list(range(len(feuilles)))


@given(st.lists(st.integers(0, 30), max_size=12))
def test_dans_tout_arbre_deux_cases_d_un_niveau_ne_se_touchent_pas(choix):
    codes = [f"c{i}" for i in range(len(choix) + 1)]
    parents = [None, *(codes[c % (i + 1)] for i, c in enumerate(choix))]
    arbre = arborescence(pd.DataFrame({"code": codes, "rattachement": parents}))
    for _, cases in arbre.groupby("niveau"):
        ecarts = cases["place"].sort_values().diff().dropna()
        assert (ecarts >= 1).all()


@pytest.mark.parametrize(
    ("parents", "extrait"),
    [([None, "absent"], "pas dans le tableau"), (["b", "a"], "revient sur lui")],
)
def test_arbres_refuses(parents, extrait):
    with pytest.raises(ErreurCas, match=extrait):
        arborescence(pd.DataFrame({"code": ["a", "b"], "rattachement": parents}))


# --- Les classements --------------------------------------------------------------------


@pytest.mark.parametrize("exercice", EXERCICES)
def test_les_classements_se_tiennent(exercice):
    faits = faits_a_classer(exercice, donnees=DONNEES)
    connues = set(categories(exercice, DONNEES)["categorie"])
    assert set(faits["categorie"]) == connues
    assert faits["fait"].notna().all() and faits["fait_id"].is_unique
    assert list(faits["rang"]) == list(range(1, len(faits) + 1))
    for ligne in faits.itertuples():
        admis = ligne.admis.split() if isinstance(ligne.admis, str) else []
        assert set(admis) <= connues - {ligne.categorie}
    assert faits["court"].is_unique


def test_le_diagnostic_a_une_serie_courte_et_des_domaines():
    complete = faits_a_classer("diagnostic", donnees=DONNEES)
    courte = complete[complete["serie"] == 1]
    assert len(courte) == 12 and set(courte["fait_id"]) < set(complete["fait_id"])
    assert set(courte["categorie"]) == {"force", "faiblesse", "aucune"}
    juges = complete[complete["categorie"] != "aucune"]
    assert set(juges["domaine"]) == set(categories("domaines", DONNEES)["categorie"])
    # Les annexes 1 et 7 servent toutes les deux.
    assert {f[:2] for f in complete["fait_id"]} == {"A1", "A7"}


def test_reference_d_un_fait():
    assert textes_des_faits(DONNEES).loc["A1-85", "reference"] == "annexe 1, §\u00a015"
    assert textes_des_faits(DONNEES).loc["INT-02", "reference"] == "introduction, §\u00a01"


def test_verdicts_d_un_classement():
    reponses = {"A1-85": "force", "A7-11": "force", "A7-01": "faiblesse", "A1-88": ""}
    verdicts = Diagnostic(DONNEES).juger(reponses)
    assert verdicts["A1-85"].juste is True
    assert verdicts["A7-11"].etat == "faux"
    assert "« Force », c'est : une ressource" in verdicts["A7-11"].phrase
    assert verdicts["A7-11"].proposee.startswith("Réponse proposée : « Faiblesse ». ")
    assert "Faiblesse" not in verdicts["A7-11"].phrase + verdicts["A7-11"].relance
    assert verdicts["A7-01"].etat == "presque" and "se défend" in verdicts["A7-01"].phrase
    assert verdicts["A1-88"].etat == verdicts["A1-79"].etat == "a_completer"


@pytest.mark.parametrize("exercice", EXERCICES)
def test_le_corrige_se_juge_juste_lui_meme(exercice):
    classement = EXERCICES[exercice](DONNEES)
    assert {v.etat for v in classement.juger(classement.solution()).values()} == {"juste"}


def test_verdict_d_une_preuve():
    performance = Performance(DONNEES)
    assert performance.juger({"sociale": "A1-84"})["sociale"].etat == "juste"
    assert performance.juger({"duree": "A1-79"})["duree"].etat == "presque"
    deja = performance.juger({"duree": "A1-79", "efficience": "A1-79"})["duree"]
    assert deja.etat == "faux" and "déjà employé pour : Efficience" in deja.phrase
    assert performance.juger({"societale": "A1-84"})["societale"].etat == "faux"
    trois = performance.juger(dict.fromkeys(("societale", "duree", "limite"), "A1-84"))
    assert all("déjà employé" in trois[c].phrase for c in ("societale", "duree", "limite"))
    assert performance.juger({})["societale"].etat == "a_completer"


def test_strategie_deliberee_ou_emergente():
    strategie = Strategie(DONNEES)
    assert len(strategie.cles) == 10 and {f[:2] for f in strategie.cles} == {"A1", "A7"}
    verdicts = strategie.juger(
        {"A1-41": "deliberee", "A1-47": "deliberee", "A1-51": "emergente", "A7-33": "discute",
         "A1-46": "deliberee"}
    )  # fmt: skip
    attendus = {"A1-41": "juste", "A1-47": "faux", "A1-51": "presque", "A7-33": "presque",
                "A1-46": "faux", "A1-50": "a_completer"}  # fmt: skip
    assert {fait: verdicts[fait].etat for fait in attendus} == attendus
    assert "« Émergente ». Celui qui devait appliquer" in verdicts["A1-47"].proposee
    assert "Nous avons retenu « Les deux se discutent »" in verdicts["A1-51"].phrase


def test_exercice_inconnu():
    with pytest.raises(ErreurCas, match="diagnostic, finalites, performance, strategie"):
        faits_a_classer("swot", donnees=DONNEES)
