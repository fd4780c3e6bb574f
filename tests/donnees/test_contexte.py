"""Le cas croit son dossier : une autre équipe, d'autres plafonds, d'autres taux, d'autres embauches."""

import csv
import shutil
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outils import cas_change, tables_changees

from cerdd_case import Cas, ErreurCas, projeter, regles, seuil
from cerdd_case.donnees.hypotheses import LIMITES, VARIABLES
from cerdd_case.donnees.paquet import dossier_des_donnees
from cerdd_case.dossier_2.regles import conclure
from cerdd_case.dossier_2.risque import TAUX, risque
from cerdd_case.dossier_2.scenarios import balayer
from cerdd_case.socle.erreurs import ErreurDonnees, ErreurHypothese
from cerdd_case.socle.memoire import Memoire

FINE, INSECABLE = "\u202f", "\u00a0"
CHANGEMENTS = {
    # fichier: [(colonne clé, ligne, colonne, valeur)]
    "introduction.csv": [
        ("fait_id", "INT-52", "valeur", "14"),
        ("fait_id", "INT-51", "valeur", "15"),
    ],
    "annexe_03_regles.csv": [("regle", "plafond_ue", "seuil", "0.25")],
    "annexe_06_hypotheses.csv": [
        ("hypothese", "charges_hors_personnel", "taux", "0.05"),
        ("hypothese", "autres_recettes", "taux", "0.05"),
    ],
    "dossier_2_enonce.csv": [("fait_id", "D2-09", "valeur", "4")],
}


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    """Une copie de `data/` comme un enseignant la modifierait."""
    copie = tmp_path_factory.mktemp("cas") / "data"
    shutil.copytree(dossier_des_donnees(), copie, ignore=shutil.ignore_patterns("local"))
    for nom, cases in CHANGEMENTS.items():
        with (copie / nom).open(encoding="utf-8", newline="") as fichier:
            lignes = list(csv.DictReader(fichier))
        for cle, ligne, colonne, valeur in cases:
            (visee,) = [x for x in lignes if x[cle] == ligne]
            visee[colonne] = valeur
        with (copie / nom).open("w", encoding="utf-8", newline="") as fichier:
            ecrivain = csv.DictWriter(fichier, lignes[0], lineterminator="\n")
            ecrivain.writeheader()
            ecrivain.writerows(lignes)
    return copie


@pytest.fixture
def cas(dossier):
    return Cas(dossier, memoire=Memoire())


@pytest.fixture(scope="module")
def cas_livre():
    return Cas(memoire=Memoire())


# À la main : 14 + ½ = 14,5 ETP ; 636 097 × 18,5 ÷ 14,5 = 811 572,03
PERSONNEL = 811_572.03
# 811 572,03 + (132 502 + 260 851 + 11 000) × 1,05 = 811 572,03 + 424 570,65
TOTAL = 1_236_142.68
# 361 000 + (507 300 + 40 150) × 1,05 = 935 822,50
HORS_UE = 935_822.50
UE = 300_320.18  # 24,3 %


def test_la_projection_est_celle_du_dossier(cas):
    p = cas.projeter()
    assert (p.montant("personnel"), p.total_eur, p.ue_eur) == (PERSONNEL, TOTAL, UE)
    h = cas.hypotheses()
    assert (h.etp_initial, h.etp_ajoutes, h.taux_charges, h.taux_autres) == (14.5, 4, 0.05, 0.05)
    assert projeter(cas.annexe(4), h).total_eur == TOTAL


def test_les_regles_et_les_seuils_sont_ceux_du_dossier(cas):
    p = cas.projeter()
    t = regles(p, cas.contexte).set_index("regle")
    assert t.loc["plafond_ue", "seuil"] == 0.25 and t.loc["plafond_ue", "respectee"]
    assert f"25{FINE}%" in str(cas.regles(p)) and f"20{FINE}%" not in str(cas.regles(p))
    # Au plafond de 25 % : dépenses 935 822,50 ÷ 0,75 ; personnel 823 192,68
    attendu = (HORS_UE / 0.75 - 424_570.65) / (636_097 / 14.5) - 14.5
    assert cas.seuil("etp_ajoutes") == pytest.approx(attendu, abs=1e-6)
    assert cas.seuil("etp_ajoutes") == seuil(
        cas.annexe(4), cas.hypotheses(), "etp_ajoutes", cas.contexte
    )
    assert f"25{FINE}%" in str(cas.seuils())


def test_les_verdicts_et_les_diagnostics_sont_ceux_du_dossier(cas):
    assert cas.verifier("2.3", PERSONNEL).etat == "juste"
    assert cas.verifier("2.3", 763_316.40).etat == "faux"  # la réponse du sujet d'origine
    assert cas.verifier("2.4.total", TOTAL).etat == "juste"
    juste = cas.verifier("2.4", UE / TOTAL)
    assert juste.etat == "juste" and "plafond" in juste.phrase and juste.phrase.count("?") == 1
    assert "la règle" not in juste.phrase  # la conclusion reste à écrire
    verdict = cas.verifier("2.3", 636_097 * 19 / 15)
    assert verdict.diagnostic == "effectif_en_salaries" and "15 emplois" in verdict.phrase
    verdict = cas.verifier("2.3", 636_097 * 1.05)
    assert verdict.diagnostic == "indexation_seule" and f"5{FINE}%" in verdict.phrase
    assert cas.verifier("2.3", 636_097 * 1.02).diagnostic == "autre"


@pytest.mark.entiere
def test_le_simulateur_est_celui_du_dossier(cas):
    simulateur = cas.simulateur()
    assert simulateur.projection.total_eur == cas.projeter().total_2014_eur
    simulateur.retour.click()
    assert simulateur.projection.total_eur == TOTAL
    assert simulateur.curseurs["etp_ajoutes"].repere == 4
    assert simulateur.curseurs["taux_charges"].repere == 0.05
    assert f"25{FINE}%" in simulateur.conclusion.html and f"25{FINE}%" in simulateur.tableau.html
    simulateur.curseurs["etp_ajoutes"].valeur = 1
    simulateur.retour.click()
    assert simulateur.projection.total_eur == TOTAL
    assert simulateur.seuils.plafond.value == 0.25
    simulateur.scenarios.boutons_prets[0].click()
    assert simulateur.scenarios.projections()[0][1].total_eur == TOTAL
    assert f"part = 25{FINE}%" in [t.get_text() for t in textes(cas.atelier("sensibilite").carte)]
    assert f"Risque de dépasser 25{FINE}%" in cas.atelier("risque").lecture.html


def textes(image):
    return image.figure_vive.legende.get_legend().get_texts()


@pytest.mark.entiere
def test_une_valeur_du_sujet_hors_du_curseur_l_elargit(tmp_path):
    cas = cas_change({"dossier-2-enonce": {("fait_id", "D2-09", "valeur"): 8}})
    curseur = cas.simulateur().curseurs["etp_ajoutes"]
    assert (curseur.valeur, curseur.repere, curseur.maximum) == (0, 8, 8)


@pytest.mark.entiere
def test_les_lignes_indexees_sont_celles_de_l_annexe_6():
    cle = ("hypothese", "charges_hors_personnel", "postes")
    cas = cas_change({"annexe-06-hypotheses": {cle: "fonctionnement prestations"}})
    p = cas.projeter()
    assert p.montant("investissement") == 11_000 and p.montant("fonctionnement") == 135_152.04
    assert cas.simulateur().investissement.value is False
    assert cas.projeter(investissement_indexe=True).montant("investissement") == 11_220
    cle = ("hypothese", "autres_recettes", "postes")
    etat = ("hypothese", "recettes_etat", "postes")
    cas = cas_change({"annexe-06-hypotheses": {cle: "etat collectivites", etat: "autres"}})
    p = cas.projeter()
    assert (p.montant("etat"), p.montant("autres")) == (368_220, 40_150)  # 361 000 × 1,02


@pytest.mark.parametrize(
    ("ligne", "colonne", "valeur", "attendu"),
    [
        ("charges_hors_personnel", "postes", "personnel", "« personnel » ne convient pas"),
        (
            "autres_recettes",
            "postes",
            "etat collectivites autres",
            "« etat » figure déjà dans l.hypothèse",
        ),
        ("recettes_ue", "postes", "projets_exceptionnels", "« projets_exceptionnels » ne convient"),
        ("charges_hors_personnel", "taux", float("nan"), "a un taux. Écrivez-le"),
    ],
)
def test_une_annexe_6_contradictoire_est_refusee(ligne, colonne, valeur, attendu):
    cas = cas_change({"annexe-06-hypotheses": {("hypothese", ligne, colonne): valeur}})
    with pytest.raises(ErreurDonnees, match=attendu):
        cas.projeter()


@pytest.mark.entiere
def test_deux_cas_ouverts_ensemble_ne_se_voient_pas(cas):
    livre = Cas(memoire=Memoire())
    for _ in range(2):
        assert livre.projeter().total_eur == 1_175_756.46 and cas.projeter().total_eur == TOTAL
        assert livre.verifier("2.3", 763_316.40).juste and cas.verifier("2.3", PERSONNEL).juste
        assert livre.contexte.plafonds == (0.20, 0.30) and cas.contexte.plafonds == (0.25, 0.30)
        simulateurs = livre.simulateur(), cas.simulateur()
        assert f"20{FINE}%" in simulateurs[0].conclusion.html
        assert f"25{FINE}%" in simulateurs[1].conclusion.html


def test_les_calculs_n_ouvrent_aucun_fichier(cas, monkeypatch):
    budget, c, controles = cas.annexe(4), cas.contexte, cas.controles
    projection = projeter(budget, c.hypotheses)

    def interdit(*_, **__):
        raise AssertionError("un calcul a ouvert un fichier")

    monkeypatch.setattr("builtins.open", interdit)
    monkeypatch.setattr("pathlib.Path.open", interdit)
    monkeypatch.setattr("pathlib.Path.read_text", interdit)
    monkeypatch.setattr("pathlib.Path.read_bytes", interdit)
    regles(projection, c)
    seuil(budget, c.hypotheses, "taux_etat", c)
    balayer(budget, c, etp_ajoutes=[0, 1, 2])
    risque(budget, c, {"taux_etat": (-0.1, 0, 0.1)}, tirages=100)
    from cerdd_case.questions.jugement import juger

    assert juger(controles["2.3"], PERSONNEL).juste


def test_le_contexte_et_les_tableaux_rendus_ne_se_modifient_pas(cas):
    with pytest.raises(FrozenInstanceError):
        cas.contexte.secours_eur = 0
    budget = cas.annexe(4)
    budget["montant_eur"] = 0
    assert cas.projeter().total_eur == TOTAL


def test_une_hypothese_inconnue_propose_la_plus_proche(cas):
    with pytest.raises(ErreurHypothese, match="Vouliez-vous écrire etp_ajoutes"):
        cas.hypotheses(etp_ajoute=1)
    with pytest.raises(ErreurCas):
        cas.projeter(charges=1)


@pytest.mark.entiere
def test_le_carnet_du_dossier_2_parle_du_dossier(cas):
    """Les textes calculés suivent : l'équipe, le plafond, les taux, la conclusion."""
    from cerdd_case.edition import sources
    from cerdd_case.edition.construction import assembler

    source = sources.dossier_des_sources() / "02_budget.md"
    titre, cellules = sources.lire_source(source)
    for version in ("corriges", "eleves"):
        carnet = assembler(
            titre, cellules, version, sources.calculateur(sources.noms_du_texte(cas))
        )
        texte = "\n".join(c.source for c in carnet.cells).replace("\u00a0ETP", " ETP")
        for absent in ("12,5", "12.5", f"21,8{FINE}%", "763", "1.02", f"20{FINE}% est", "15 ETP"):
            assert absent not in texte, absent
        if version == "corriges":
            for present in ("14,5 ETP", "18,5 ETP", "811\u202f572,03", "* 1.05", f"24,3{FINE}%",
                            f"le plafond de 25{FINE}% est respecté"):  # fmt: skip
                assert present in texte, present


def test_un_projet_exceptionnel_change_le_plafond_de_la_conclusion_aussi():
    """40 000 € de projet, pris sur le fonctionnement : le plafond de 30 % vaut, ici et là."""
    cle = "annexe-04-budget-previsionnel"
    cas = cas_change(
        {
            cle: {
                ("poste", "projets_exceptionnels", "montant_eur"): 40_000,
                ("poste", "projets_exceptionnels", "part"): 0.04,
                ("poste", "fonctionnement", "montant_eur"): 92_502,
                ("poste", "fonctionnement", "part"): 0.09,
            }
        }
    )
    verdict = cas.verifier("2.4", cas.projeter().part_ue)
    assert verdict.juste and "À quel plafond" in verdict.phrase
    assert f"30{FINE}% est respectée" in conclure(cas.projeter(), cas.contexte)
    t = regles(cas.projeter(), cas.contexte).set_index("regle")
    assert t.loc["plafond_ue_exceptionnel", "respectee"]


@pytest.mark.parametrize(
    ("nom", "case", "valeur", "lieu"),
    [
        ("dossier-2-enonce", ("fait_id", "D2-09", "valeur"), 250, "ligne 9, colonne valeur"),
        ("dossier-2-enonce", ("fait_id", "D2-11", "valeur"), 1.5, "ligne 11, colonne valeur"),
        ("dossier-2-enonce", ("fait_id", "D2-12", "valeur"), 2, "ligne 12, colonne valeur"),
        ("dossier-2-enonce", ("fait_id", "D2-15", "valeur"), 750, "ligne 15, colonne valeur"),
        ("annexe-06-hypotheses", ("hypothese", "charges_hors_personnel", "taux"), -0.9,
         "ligne 1, colonne taux"),
        ("annexe-06-hypotheses", ("hypothese", "recettes_etat", "taux"), 0.05,
         "ligne 2, colonne taux"),
        ("annexe-06-hypotheses", ("hypothese", "autres_recettes", "postes"), "ue",
         "ligne 3, colonne postes"),
        ("annexe-03-regles", ("regle", "plafond_ue", "sens"), "minimum", "ligne 3, colonne sens"),
    ],
)  # fmt: skip
def test_chaque_refus_dit_la_table_et_la_ligne(nom, case, valeur, lieu, tmp_path):
    changement = {nom: {case: valeur}}
    with pytest.raises(ErreurDonnees, match=f"^table {nom}, {lieu} : "):
        _ = cas_change(changement).contexte
    copie = tmp_path / "data"
    shutil.copytree(dossier_des_donnees(), copie, ignore=shutil.ignore_patterns("local"))
    fichier = nom.replace("-", "_") + ".csv"
    tables_changees(changement)[nom].to_csv(copie / fichier, index=False)
    ligne = int(lieu.split()[1].rstrip(",")) + 1  # l'en-tête est une ligne du fichier
    with pytest.raises(ErreurDonnees, match=f"^data/{fichier}, ligne {ligne}, colonne "):
        _ = Cas(copie).contexte


def test_un_seuil_donne_au_coeur_du_projet_est_suivi():
    cas = cas_change({"annexe-03-regles": {("regle", "coeur_du_projet", "seuil"): 0.9}})
    coeur = regles(cas.projeter(), cas.contexte).set_index("regle").loc["coeur_du_projet"]
    assert not coeur["respectee"] and "L'annexe en demande au moins 90" in coeur["conclusion"]


TAUX_DE_L_ANNEXE_6 = {
    "charges_hors_personnel": "taux_charges",
    "recettes_etat": "taux_etat",
    "autres_recettes": "taux_autres",
}


@pytest.mark.entiere
@pytest.mark.parametrize("hypothese", TAUX_DE_L_ANNEXE_6)
@pytest.mark.parametrize("borne", [1, 2])
def test_un_taux_a_sa_limite_se_calcule_et_se_montre(hypothese, borne):
    valeur = LIMITES[TAUX_DE_L_ANNEXE_6[hypothese]][borne]
    cas = cas_change({"annexe-06-hypotheses": {
        ("hypothese", hypothese, "genre"): "taux", ("hypothese", hypothese, "taux"): valeur,
    }})  # fmt: skip
    assert cas.atelier("risque").incident.html == cas.atelier("sensibilite").incident.html == ""
    for variable in VARIABLES:
        cas.seuil(variable)


@pytest.mark.entiere
@pytest.mark.parametrize("plafonds", [(0, 0), (0.3, 0.3), (1, 1), (1, 0)])
def test_des_plafonds_extremes_se_montrent(plafonds):
    cas = cas_change({"annexe-03-regles": {
        ("regle", "plafond_ue", "seuil"): plafonds[0],
        ("regle", "plafond_ue_exceptionnel", "seuil"): plafonds[1],
    }})  # fmt: skip
    assert cas.atelier("sensibilite").incident.html == "" and cas.seuil("taux_etat") is not ...


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_aux_limites_tout_se_calcule(cas_livre, data):
    """Chaque hypothèse à une limite ou au hasard : projection, balayage, seuil et risque s'accordent."""
    bornes = {c: data.draw(st.sampled_from(LIMITES[c][1:3]) | st.none()) for c in LIMITES}
    changements = {c: v for c, v in bornes.items() if v is not None}
    h, budget, c = cas_livre.hypotheses(**changements), cas_livre.annexe(4), cas_livre.contexte
    p = projeter(budget, h)
    assert float(balayer(budget, c, **changements).total_eur) == pytest.approx(
        p.total_eur, abs=0.01
    )
    regles(p, c)
    for variable in VARIABLES:
        limite = seuil(budget, h, variable, c)
        assert limite is None or LIMITES[variable][1] <= limite <= LIMITES[variable][2]
    plages = {t: (getattr(h, t) - 0.05, getattr(h, t), getattr(h, t) + 0.05) for t in TAUX}
    assert 0 <= risque(budget, c, plages, h, tirages=50).probabilite <= 1
