"""Le budget 2015 à remplir : lire, additionner, juger chaque case, garder ce qui est tapé."""

import json
import re

import pytest
from outils import cas_change

from cerdd_case import Cas
from cerdd_case.dossier_2.projection import POSTES
from cerdd_case.dossier_2.tableau_exercice import Tableau2015
from cerdd_case.socle.erreurs import ErreurCas
from cerdd_case.socle.memoire import Memoire

EXERCICE = Tableau2015(Cas(memoire=Memoire()))
# 636 097 ÷ 12,5 × 15 ; 2 % de plus pour trois dépenses et deux recettes ; 1 175 756,46 − 919 399
JUSTES = {
    "personnel": "636 097 × 1,2", "fonctionnement": "135 152,04 €", "prestations": "266068,02",
    "investissement": "11 220", "projets_exceptionnels": "0", "etat": "361 000 €",
    "collectivites": "507 300 × 1,02", "autres": "40 953", "ue": "256 357,46",
}  # fmt: skip


def ordinaire(texte: str) -> str:
    return texte.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")


def etats(**tapees) -> dict[str, str]:
    return {p: v.etat for p, v in EXERCICE.juger(tapees).items() if v.etat != "a_completer"}


@pytest.fixture
def cas(tmp_path):
    return Cas(memoire=Memoire(tmp_path / "carnet.suivi.json"))


# --- Les verdicts -----------------------------------------------------------------------


def test_le_budget_du_sujet_est_juste_case_par_case():
    assert etats(**JUSTES) == dict.fromkeys(POSTES, "juste")
    assert EXERCICE.totaux(JUSTES) == {"depense": 1175756.46, "recette": 1175756.46}
    assert ordinaire(EXERCICE.equilibre(JUSTES)) == "Dépenses − recettes = 0 €."
    assert EXERCICE.juger(EXERCICE.solution())["ue"].etat == "juste"


def test_un_arrondi_a_l_euro_est_juste_et_dit_le_centime():
    verdict = EXERCICE.juger({"fonctionnement": "135 152"})["fonctionnement"]
    assert verdict.etat == "juste" and verdict.lu == 135152
    assert ordinaire(verdict.phrase) == "Lu : 135 152 €. Au centime : 135 152,04 €."


@pytest.mark.parametrize(
    ("poste", "tape", "etat", "diagnostic", "relire"),
    [
        ("personnel", "636 097 €", "faux", "sans_embauche", "D2§5"),
        ("personnel", "636 097 / 13 × 15,5", "faux", "effectif_en_salaries", "INT§7"),
        ("personnel", "763 361,40", "presque", "chiffres_inverses", "D2§5"),
        ("fonctionnement", "132 502", "faux", "montant_de_2014", "A6§1"),
        ("fonctionnement", "132 502 × 0,02", "faux", "hausse_seule", "A4"),
        ("fonctionnement", "132 502 × 1,2", "faux", "hausse_dix_fois_trop", "A6§1"),
        ("fonctionnement", "135,152 k€", "juste", None, None),
        ("fonctionnement", "135 200", "presque", "arrondi", "A6§1"),
        ("fonctionnement", "134 489", "faux", "autre", "A6§1"),  # 1,5 % : plus qu'un arrondi
        ("fonctionnement", "135,15", "faux", "milliers", "A6§1"),
        ("fonctionnement", "12 %", "unite", "pourcentage", "A6§1"),
        ("fonctionnement", "beaucoup", "illisible", None, None),
        ("fonctionnement", "132.502", "ambigu", None, None),
        ("investissement", "11 150", "faux", "autre", "A6§1"),
        ("projets_exceptionnels", "1", "faux", "autre", "A4"),
        ("etat", "368 220", "faux", "etat_indexe", "A6§2"),
        ("collectivites", "507 300", "faux", "montant_de_2014", "A6§3"),
        ("autres", "40 950", "presque", "arrondi", "A6§3"),
        ("autres", "40 150 × 1,2", "faux", "hausse_dix_fois_trop", "A6§3"),
        ("ue", "132 000", "faux", "ue_2014", "A6§4"),
        ("ue", "132 000 × 1,02", "faux", "ue_indexee", "A6§4"),
    ],
)
def test_une_case_dit_ce_qui_ne_va_pas_et_quoi_relire(poste, tape, etat, diagnostic, relire):
    verdict = EXERCICE.juger({poste: tape})[poste]
    assert (verdict.etat, verdict.diagnostic) == (etat, diagnostic), verdict
    assert verdict.paragraphe == relire and "{" not in verdict.texte
    if etat in ("presque", "faux"):  # la bonne valeur n'est jamais donnée
        juste = EXERCICE.cases[poste].ecrire(EXERCICE.cases[poste].valeur)
        assert poste == "projets_exceptionnels" or juste not in verdict.phrase


def test_la_valeur_de_secours_et_l_investissement_inchange_sont_admis():
    # 750 000 + 412 440,06 − 919 399 ; 220 € de moins si l'investissement reste à 11 000 €
    assert etats(personnel="750 000 €", ue="243 041,06") == {"personnel": "juste", "ue": "juste"}
    assert etats(investissement="11 000", ue="256 137,46") == {
        "investissement": "juste", "ue": "juste",
    }  # fmt: skip
    phrase = EXERCICE.juger({"investissement": "11 000"})["investissement"].phrase
    assert "n'est pas une charge" in phrase
    deux = JUSTES | {"personnel": "750 k€", "investissement": "11 000", "ue": "242 821,06"}
    assert set(etats(**deux).values()) == {"juste"}


def test_le_solde_suit_les_lignes_de_l_eleve():
    """Le solde d'une autre lecture n'équilibre pas ce budget ; sans autre ligne, tous se défendent."""
    assert etats(ue="243 041,06") == etats(ue="242 821,06") == {"ue": "juste"}
    verdict = EXERCICE.juger({"personnel": "750 000", "ue": "256 357,46"})["ue"]
    assert (verdict.etat, verdict.diagnostic) == ("faux", "autre_lecture")
    assert etats(personnel="700 000", ue="256 357,46")["ue"] == "juste"


def test_un_solde_bien_calcule_sur_une_ligne_fausse_est_presque_juste():
    # l'État indexé à tort : 361 000 × 1,02 = 368 220, et 249 137,46 pour l'équilibre
    tapees = JUSTES | {"etat": "368 220", "ue": "249 137,46"}
    verdict = EXERCICE.juger(tapees)["ue"]
    assert (verdict.etat, verdict.diagnostic) == ("presque", "solde_reporte")
    assert "solde de vos lignes" in verdict.phrase
    # un solde qui n'équilibre pas ces lignes reçoit son erreur
    assert EXERCICE.juger(tapees | {"ue": "132 000"})["ue"].diagnostic == "ue_2014"


def test_le_solde_de_lignes_arrondies_est_juste():
    """Tronquées à l'euro, les dépenses font 1 175 756 ; sans 0,46 €, l'Europe verse 256 357 €."""
    tapees = JUSTES | {"personnel": "763 316,45", "prestations": "266 068,06", "ue": "256357,55"}
    assert etats(**tapees)["ue"] == "juste"


def test_les_attendus_suivent_les_donnees_du_cas():
    autre = cas_change(
        {
            "annexe-06-hypotheses": {
                ("hypothese", "charges_hors_personnel", "taux"): 0.05,
                ("hypothese", "autres_recettes", "taux"): 0.01,
                ("hypothese", "recettes_etat", "taux"): 0.03,
                ("hypothese", "recettes_etat", "genre"): "taux",
            }
        }
    )
    exercice = Tableau2015(autre)
    tapees = {"fonctionnement": "132 502 × 1,05", "etat": "361 000 × 1,03", "autres": "40 551,50"}
    verdicts = exercice.juger(tapees)
    assert all(verdicts[poste].etat == "juste" for poste in tapees)
    assert exercice.juger(JUSTES)["fonctionnement"].etat == "faux"
    for poste, case in exercice.cases.items():
        for d in case.diagnostics:
            verdict = exercice.juger({poste: d.exemple})[poste]
            assert (verdict.etat, verdict.diagnostic) == ("faux", d.code), (poste, d.exemple)
    depart = exercice.juger({"etat": "361 000"})["etat"]
    assert depart.etat == "faux" and depart.paragraphe == "A6§2"


@pytest.mark.parametrize("poste", POSTES)
def test_chaque_erreur_habituelle_recoit_son_nom(poste):
    for d in EXERCICE.cases[poste].diagnostics:
        verdict = EXERCICE.juger({poste: d.exemple})[poste]
        assert (verdict.etat, verdict.diagnostic) == ("faux", d.code), d.exemple
        assert d.phrase in verdict.phrase


# --- Ce qui est lu pendant que l'on tape ------------------------------------------------


def test_ce_qui_est_lu_se_redit_et_se_totalise():
    tapees = {"personnel": "636 097 × 1,2", "etat": "361 k€", "fonctionnement": "12 %",
              "prestations": "260 851 ×", "ue": "5 000 €", "autres": "40150"}  # fmt: skip
    lus = {
        poste: (ordinaire(lu["texte"]), lu["faute"]) for poste, lu in EXERCICE.lus(tapees).items()
    }
    assert lus["personnel"] == ("= 763 316,40 €", False) and lus["etat"] == ("= 361 000 €", False)
    assert lus["fonctionnement"] == ("Un montant en euros est attendu.", True)
    assert lus["prestations"][1] and "il manque un nombre" in lus["prestations"][0]
    assert lus["autres"] == ("= 40 150 €", False) and "ue" not in lus  # déjà écrit ainsi
    assert EXERCICE.totaux(tapees) == {"depense": 763316.4, "recette": 406150.0}


@pytest.mark.parametrize(
    ("changees", "dit"),
    [
        ({"ue": ""}, "= 256 357,46 € ; 1 case n'est pas encore comptée."),
        ({"ue": "", "etat": "???"}, "= 617 357,46 € ; 2 cases ne sont pas encore comptées."),
        ({"ue": "256 357"}, "= 0,46 € : un reste d'arrondi."),
        ({"ue": "200 000"}, "= 56 357,46 €. Un budget prévisionnel peut-il se terminer ainsi"),
        ({"ue": "300 000"}, "= −43 642,54 €. Un budget prévisionnel peut-il se terminer ainsi"),
    ],
)
def test_l_ecart_se_dit(changees, dit):
    assert dit in ordinaire(EXERCICE.equilibre(JUSTES | changees))


def test_rien_de_tape_ne_dit_rien():
    assert EXERCICE.equilibre({}) == EXERCICE.equilibre({"ue": "euh"}) == ""


@pytest.mark.parametrize(
    "hostile", ["9" * 199, "<b>1</b>", "\x00", "1e999", "nan", "💶", "1" * 300]
)
def test_une_saisie_hostile_n_arrete_rien(hostile):
    assert set(EXERCICE.juger({"etat": hostile})) == set(POSTES)
    assert EXERCICE.figure({"etat": hostile}).png().startswith(b"\x89PNG")
    assert EXERCICE.lus({"etat": hostile}) is not None and isinstance(EXERCICE.equilibre({}), str)


# --- Sans réglages à l'écran ------------------------------------------------------------


def test_des_reponses_ecrites_dans_la_cellule_se_jugent():
    fiche = Cas().atelier("tableau_2015", reponses={"etat": 361000, "ue": "132 000"})
    texte = ordinaire(str(fiche))
    assert "✔ Juste — Financements de l'État (dont ADEME) : Lu : 361 000 €." in texte
    assert "✘ À revoir — Financements de l'Union européenne" in texte
    assert "2 cases remplies sur 9" in texte and "Personnel 636 097 € en 2014, à remplir" in texte
    assert "reponses={'personnel': '…'}" in texte and "À remplir : personnel (Dépenses" in texte
    with pytest.raises(ErreurCas, match='Vouliez-vous écrire "autres"'):
        Cas().atelier("tableau_2015", reponses={"autre": 1})


def test_la_figure_ne_montre_que_les_cases_remplies():
    avant, rempli = (len(EXERCICE.figure(r).figure.axes[0].patches) for r in ({}, JUSTES))
    assert (avant, rempli) == (9, 18)


# --- À l'écran --------------------------------------------------------------------------


@pytest.mark.entiere
def test_la_page_ne_connait_pas_les_reponses(cas):
    etat = json.dumps(
        cas.atelier("tableau_2015").liste.get_state(), default=str, ensure_ascii=False
    )
    etat = re.sub(r"IPY_MODEL_\w+", "", etat)  # un nom tiré au hasard peut contenir 763
    assert "636\\u202f097" in etat or "636\u202f097" in etat
    for attendu in ("763", "135\u202f152", "266\u202f068", "11\u202f220", "517\u202f446", "256"):
        assert attendu not in etat, attendu


@pytest.mark.entiere
def test_les_groupes_suivent_l_annexe_4(cas):
    depenses, recettes = cas.atelier("tableau_2015").liste.groupes
    assert [li["poste"] for g in (depenses, recettes) for li in g["lignes"]] == [
        *Cas().annexe(4)["poste"]  # l'Europe n'y vient pas en dernier : le solde est à trouver
    ]
    assert ordinaire(depenses["avant"]) == ordinaire(recettes["avant"]) == "1 040 450 €"
    assert ordinaire(depenses["lignes"][0]["avant"]) == "636 097 €"


@pytest.mark.entiere
def test_taper_totalise_verifier_juge_et_changer_efface_le_verdict(cas):
    atelier = cas.atelier("tableau_2015")
    assert atelier.liste.avis == {} and atelier.liste.equilibre == ""
    atelier.liste.choix = {"personnel": "636 097 × 1,2", "etat": "368 220"}
    assert ordinaire(atelier.liste.totaux["depense"]) == "763 316,40 €"
    assert "Cases remplies : 2 sur 9." in ordinaire(atelier.bilan.html)
    assert atelier.liste.avis == {}
    atelier.liste.demande = ["verifier", 1]
    assert {p: a["juste"] for p, a in atelier.liste.avis.items()} == {
        "personnel": True,
        "etat": False,
    }
    assert atelier.liste.avis["etat"]["texte"].startswith("À revoir. Lu")
    assert atelier.liste.avis["etat"]["relire"] == "annexe 6, §\u00a02"
    assert atelier.liste.avis["etat"]["passage"].startswith("<div data-annexe=")
    assert "2 sur 9 — 1 juste, 1 à revoir." in ordinaire(atelier.bilan.html)
    atelier.liste.choix = {"personnel": "636 097 × 1,2", "etat": "361 000"}
    assert list(atelier.liste.avis) == ["personnel"]
    assert "État 361\u202f000" in atelier.image.alternative


@pytest.mark.entiere
def test_ce_qui_est_tape_est_garde_et_revient(cas):
    atelier = cas.atelier("tableau_2015")
    atelier.liste.choix = JUSTES
    assert Memoire(cas.memoire.fichier).lire("atelier:tableau_2015") == JUSTES
    repris = Cas(memoire=Memoire(cas.memoire.fichier)).atelier("tableau_2015")
    assert repris.liste.choix == JUSTES and repris.liste.avis == {}
    assert ordinaire(repris.liste.equilibre) == "Dépenses − recettes = 0 €."
    repris.liste.demande = ["effacer", 1]
    assert repris.liste.choix == {} and repris.liste.retablissable and repris.liste.equilibre == ""
    repris.liste.demande = ["retablir", 2]
    assert repris.liste.choix == JUSTES


@pytest.mark.entiere
def test_un_avancement_d_une_autre_version_ne_casse_rien(tmp_path):
    memoire = Memoire(tmp_path / "s.json")
    memoire.ecrire("atelier:tableau_2015", {"etat": "361 000", "ancien": "3", "ue": ""})
    assert Cas(memoire=memoire).atelier("tableau_2015").liste.choix == {"etat": "361 000"}


@pytest.mark.entiere
def test_montre_complet_il_ne_touche_pas_au_travail(cas):
    cas.atelier("tableau_2015").liste.choix = {"etat": "1"}
    complet = cas.atelier("tableau_2015", complete=True)
    assert [a["juste"] for a in complet.liste.avis.values()] == [True] * 9
    assert cas.atelier("tableau_2015").liste.choix == {"etat": "1"}
