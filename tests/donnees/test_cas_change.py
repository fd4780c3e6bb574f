"""Un cas ouvert sur une autre copie de `data/` parle de cette copie, et d'elle seule."""

import csv
import re
import shutil
from types import SimpleNamespace

import pytest

from cerdd_case import Cas
from cerdd_case.donnees import paquet as chargement
from cerdd_case.dossier_1.vote_exercice import paris
from cerdd_case.dossier_1.vote_lecture import LectureDuVote
from cerdd_case.dossier_4.communication import communication_du_cas, defis, lire_publics
from cerdd_case.edition import construction, sources
from cerdd_case.socle.erreurs import ErreurDonnees
from cerdd_case.socle.memoire import Memoire

# fichier, colonne de l'identifiant, {identifiant: {colonne: nouvelle valeur}}
CHANGEMENTS = (
    ("annexe_01_droits_de_vote.csv", "membre", {
        "etat": {"part": "0.5"}, "region": {"part": "0.3"}, "collectivites": {"part": "0.2"},
    }),
    ("annexe_01_faits.csv", "fait_id", {
        "A1-01": {"fait": "Le ministère audite le CERDD en 2015.", "valeur": "2015"},
        "A1-05": {"fait": "Le CERDD reçoit 4 missions principales.", "valeur": "4"},
        "A1-40": {"fait": "La présidence change de main tous les 3 ans.", "valeur": "3"},
        "A1-42": {"fait": "La convention tripartite vaut pour 9 ans.", "valeur": "9"},
        "A1-43": {"fait": "La dernière convention est signée en 2016.", "valeur": "2016"},
        "A1-44": {"fait": "La dernière convention prend fin en 2025.", "valeur": "2025"},
        "A1-62": {"fait": "La stratégie porte sur les 9 années à venir.", "valeur": "9"},
    }),
    ("introduction.csv", "fait_id", {
        "INT-02": {"fait": "Le CERDD naît en 1998.", "valeur": "1998"},
        "INT-51": {"fait": "Le CERDD emploie 15 salariés.", "valeur": "15"},
        "INT-52": {"fait": "Parmi les salariés, 14 sont à temps plein.", "valeur": "14"},
    }),
    ("dossier_2_enonce.csv", "fait_id", {"D2-09": {"valeur": "3.5"}}),
    ("annexe_04_budget_previsionnel.csv", "poste", {
        "personnel": {"montant_eur": "640000", "part": "0.64"},
        "fonctionnement": {"montant_eur": "150000", "part": "0.15"},
        "prestations": {"montant_eur": "190000", "part": "0.19"},
        "investissement": {"montant_eur": "20000", "part": "0.02"},
        "etat": {"montant_eur": "420000", "part": "0.42"},
        "collectivites": {"montant_eur": "310000", "part": "0.31"},
        "ue": {"montant_eur": "180000", "part": "0.18"},
        "autres": {"montant_eur": "90000", "part": "0.09"},
    }),
    ("annexe_04_totaux.csv", "nature", {
        "depense": {"montant_eur": "1000000"}, "recette": {"montant_eur": "1000000"},
    }),
    ("annexe_05_budget_realise.csv", "poste", {
        "ressources": {"montant_keur": "1020"}, "ressources_etat": {"montant_keur": "425"},
        "autres_ressources": {"montant_keur": "595"}, "charges": {"montant_keur": "990"},
        "charges_personnel": {"montant_keur": "630"}, "resultat": {"montant_keur": "30"},
    }),
    ("annexe_07_faits.csv", "fait_id", {
        "A7-04": {"fait": "Le CERDD ne comptera jamais 320 collaborateurs.", "valeur": "320"},
        "A7-12": {"fait": "Le directeur gagne moins de 3 fois un chargé de mission.",
                  "valeur": "3"},
    }),
    ("annexe_09_faits.csv", "fait_id", {
        "A9-02": {"fait": "Le projet stratégique commence en 2016.", "valeur": "2016"},
        "A9-03": {"fait": "Le projet stratégique se termine en 2025.", "valeur": "2025"},
    }),
    ("annexe_11_evolution.csv", "fait_id", {
        "A11-14": {"fait": "La bulle Internet éclate en 2003.", "valeur": "2003"},
    }),
    ("documents/culture_numerique_enquete.csv", "reponse_id", {
        "total_favorable": {"part": "0.875"}, "indispensable": {"part": "0.3"},
        "favorable": {"part": "0.575"},
    }),
    ("documents/blog_tic_pme.csv", "fait_id", {
        "BT-179": {"fait": "Le bilan 2007 compte 420 partenaires.", "valeur": "420"},
    }),
)  # fmt: skip


def changer(dossier, fichier, cle, valeurs):
    """Réécrit quelques cases d'un tableau de `data/`."""
    chemin = dossier / fichier
    with chemin.open(encoding="utf-8", newline="") as flux:
        lecteur = csv.DictReader(flux)
        lignes, colonnes = list(lecteur), lecteur.fieldnames
    assert set(valeurs) <= {ligne[cle] for ligne in lignes}
    for ligne in lignes:
        ligne.update(valeurs.get(ligne[cle], {}))
    with chemin.open("w", encoding="utf-8", newline="") as flux:
        ecrivain = csv.DictWriter(flux, colonnes, lineterminator="\n")
        ecrivain.writeheader()
        ecrivain.writerows(lignes)


def copie(dossier):
    shutil.copytree(chargement.dossier_des_donnees(), dossier)
    return dossier


@pytest.fixture(scope="module")
def autre(tmp_path_factory):
    """Le dossier d'une copie de `data/` où presque tous les chiffres ont changé."""
    dossier = copie(tmp_path_factory.mktemp("autre") / "data")
    for changement in CHANGEMENTS:
        changer(dossier, *changement)
    return dossier


@pytest.fixture
def change(autre, tmp_path):
    return Cas(autre, memoire=Memoire(tmp_path / "suivi.json"))


@pytest.fixture
def livre(tmp_path):
    return Cas(memoire=Memoire(tmp_path / "suivi_livre.json"))


def lisse(texte):
    """Le texte sans balise, avec des espaces ordinaires."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", texte))


# Ce que montrent les dossiers 1, 3, 4 et l'accueil : une figure, ou l'aperçu fixe d'un atelier.
MONTRES = {
    "pouvoir": lambda cas: cas.figure("pouvoir"),
    "majorites": lambda cas: cas.figure("majorites"),
    "calendrier": lambda cas: cas.figure("calendrier"),
    "organigramme": lambda cas: cas.figure("organigramme"),
    "finalites": lambda cas: cas.figure("classement", "finalites"),
    "diagnostic": lambda cas: cas.figure("classement", "diagnostic"),
    "performance": lambda cas: cas.figure("classement", "performance"),
    "strategie": lambda cas: cas.figure("classement", "strategie"),
    "leviers": lambda cas: cas.figure("leviers"),
    "chaine": lambda cas: cas.figure("chaine"),
    "publics": lambda cas: cas.figure("publics"),
    "reseau": lambda cas: cas.figure("reseau"),
    "carte": lambda cas: cas.figure("cas"),
    "atelier_gouvernance": lambda cas: cas.atelier("vote").apercu(),
    "atelier_financeurs": lambda cas: cas.atelier("financeurs").apercu(),
    "atelier_finalites": lambda cas: cas.atelier("finalites").apercu(),
    "atelier_diagnostic": lambda cas: cas.atelier("diagnostic").apercu(),
    "atelier_performance": lambda cas: cas.atelier("performance").apercu(),
    "atelier_strategie": lambda cas: cas.atelier("strategie").apercu(),
    "atelier_coherence": lambda cas: cas.atelier("coherence", structure="simple").apercu(),
    "atelier_croissance": lambda cas: cas.atelier("croissance").apercu(),
    "atelier_culture": lambda cas: cas.atelier("culture", complete=True).apercu(),
    "atelier_chaine": lambda cas: cas.atelier("chaine", complete=True).apercu(),
    "atelier_communication": lambda cas: cas.atelier("communication").apercu(),
    "atelier_web": lambda cas: cas.atelier("web", complete=True).apercu(),
    "atelier_reseau": lambda cas: cas.atelier("reseau").apercu(),
    "atelier_arguments": lambda cas: cas.atelier("arguments").apercu(),
}


def dits(cas):
    """Ce que disent les figures et les ateliers, en texte."""
    return {nom: montrer(cas).alternative for nom, montrer in MONTRES.items()}


@pytest.fixture(scope="module")
def dits_livre():
    return dits(Cas(memoire=Memoire()))


@pytest.fixture(scope="module")
def dits_change(autre):
    """Les textes du cas changé, construits sans jamais pouvoir ouvrir les données livrées."""

    def interdit():
        raise AssertionError("les données livrées ont été ouvertes")

    with pytest.MonkeyPatch.context() as mp:
        mp.setattr(chargement, "dossier_des_donnees", interdit)
        cas = Cas(autre, memoire=Memoire())
        assert len(cas.croissance()) == 5 and cas.lire_publics() and cas.lire_le_vote()
        assert "Structure" in str(cas.assemblages_coherents())
        assert "Web 2.0" in str(cas.essais_reseau())
        return dits(cas)


# --- Les figures ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figure", "presents", "absents"),
    [
        ("pouvoir", ["État : 50 %", "Région : 30 %", "État + Région (80 %)", "16,7 %"],
         ["40 %", "33,3 %", "Région + Collectivités (50 %)"]),
        ("majorites", ["État 66,7 %", "de 50 % à 70 %"], ["de 50 % à 60 %"]),
        ("calendrier", ["1998", "2015", "de 2016 à 2025", "tous les 3 ans",
                        "État de 2016 à 2019, Région de 2019 à 2022"],
         ["2001", "2013", "2014", "2020", "tous les 2 ans"]),
        ("carte", ["État 42,0 %", "collectivités 31,0 %", "Union européenne 18,0 %", "né en 1998",
                   "15 salariés"], ["34,7 %", "48,8 %", "12,7 %", "2001", "13 salariés"]),
        ("diagnostic", ["Convention de longue durée"], ["six ans", "2013", "200", "13"]),
        ("performance", [], ["six ans", "13", "2020"]),
        ("strategie", ["Ambition des membres sur la durée"], ["6 ans", "six", "2020"]),
    ],
)  # fmt: skip
def test_les_figures_parlent_de_ce_dossier(dits_change, figure, presents, absents):
    texte = lisse(dits_change[figure])
    for attendu in presents:
        assert attendu in texte
    for livre in absents:
        assert livre not in texte


def test_l_image_du_calendrier_dit_la_duree_du_dossier(change):
    support, complet = (
        " ".join(
            t.get_text()
            for t in change.figure("calendrier", complete=complete).figure.findobj()
            if hasattr(t, "get_text")
        )
        for complete in (False, True)
    )
    assert "9 ans\nÉtat, Région, collectivités" in support
    assert "fixées pour 9 ans" in complet and "Des orientations fixées pour 9 ans" in complet
    assert not re.search(r"\b(6 ans|2001|2013|2014)\b", support + complet)


def test_un_audit_posterieur_a_la_convention_reste_sur_la_frise(livre, tmp_path):
    dossier = copie(tmp_path / "data")
    changer(dossier, "annexe_01_faits.csv", "fait_id", {"A1-01": {"valeur": "2017"}})
    axe = Cas(dossier).figure("calendrier").figure.axes[0]
    gauche, droite = axe.get_xlim()
    assert gauche < 2014 and droite > 2020
    assert [t.get_text() for t in axe.get_xticklabels()][:3] == ["2001", "2014", "2015"]


def test_une_duree_qui_n_est_pas_entiere_est_refusee(tmp_path):
    dossier = copie(tmp_path / "data")
    changer(dossier, "annexe_01_faits.csv", "fait_id", {"A1-40": {"valeur": "2.5"}})
    with pytest.raises(ErreurDonnees, match="A1-40.*2,5.*nombre entier"):
        Cas(dossier).figure("calendrier")


def test_un_membre_supprime_est_reclame(tmp_path):
    dossier = copie(tmp_path / "data")
    (dossier / "annexe_01_droits_de_vote.csv").write_text(
        "membre,libelle,part,paragraphe\netat,État,0.6,9\nregion,Région,0.4,10\n", encoding="utf-8"
    )
    with pytest.raises(ErreurDonnees, match="il manque la ligne collectivites"):
        Cas(dossier).atelier("vote")


# --- Les ateliers -----------------------------------------------------------------------


def test_l_atelier_de_gouvernance_parie_sur_ce_partage(change):
    atelier = change.atelier("vote")
    assert atelier.voix == {"etat": 50, "region": 30, "collectivites": 20, "partenaire": 0}
    assert [c.repere for c in atelier.curseurs.values()] == [50, 30, 20, 0]
    assert [dit for dit, _ in atelier.pari.options] == [
        "aucune", "un sixième", "un cinquième", "un tiers", "la moitié",
    ]  # fmt: skip
    assert atelier.exercice.juger(atelier.reponses)["pari"].etat == "a_completer"
    atelier.pari.value = 1 / 3
    assert (
        atelier.exercice.juger(atelier.reponses)["pari"].etat == "faux"
        and "Pari à revoir" in atelier.verdict.html
    )
    atelier.pari.value = 1 / 6
    assert (
        atelier.exercice.juger(atelier.reponses)["pari"].etat == "juste"
        and "16,7" in atelier.verdict.html
    )
    assert "Rien ne passe sans l'État" in atelier.apercu().alternative


def test_le_pari_du_sujet_propose_les_memes_reponses(livre):
    assert list(paris({"etat": 40.0, "region": 40.0, "collectivites": 20.0}).values()) == [
        "aucune", "un cinquième", "un tiers", "la moitié",
    ]  # fmt: skip
    assert livre.atelier("vote").curseurs["etat"].unite == "entier"


def test_des_voix_a_virgule_se_reglent(tmp_path):
    dossier = copie(tmp_path / "data")
    changer(dossier, "annexe_01_droits_de_vote.csv", "membre", {
        "etat": {"part": "0.375"}, "region": {"part": "0.375"}, "collectivites": {"part": "0.25"},
    })  # fmt: skip
    atelier = Cas(dossier).atelier("vote")
    assert atelier.voix["etat"] == 37.5
    atelier.curseurs["etat"].saisir("37,5")
    assert atelier.curseurs["etat"].erreur == ""
    assert Cas(dossier).lire_le_vote().titre.startswith("25")


def test_l_atelier_des_financeurs_compte_ces_recettes(change):
    atelier = change.atelier("financeurs")
    textes = lisse(" ".join(case.description for case in atelier.cases.values()))
    assert "420 000 €" in textes and "361 000" not in textes
    for poste in ("etat", "collectivites"):
        atelier.cases[poste].value = True
    assert "73,0 % des recettes" in lisse(atelier.conclusion.html)
    assert "73,0 %" in lisse(atelier.apercu().alternative)


def test_l_atelier_de_croissance_part_de_ces_effectifs(change):
    atelier = change.atelier("croissance")
    # 14 temps pleins, 15 salariés, 14,5 + 3,5 emplois, le double, et ce qui ne sera jamais atteint
    assert [b.description for b in atelier.boutons] == ["14", "15", "18", "36", "320"]
    assert atelier.effectif.valeur == atelier.effectif.repere == 15
    for bouton in atelier.boutons:
        bouton.click()
        assert atelier.incident.html == ""
    assert atelier.effectif.valeur == atelier.effectif.maximum == 320
    assert atelier.image.figure_vive.courbe.get_xlim()[1] == 320
    texte = lisse(atelier.tableau.html)
    assert "51 040" in texte  # 320 × 319 / 2
    assert "À 320, 51 040 liens" in lisse(atelier.apercu().alternative)


def test_des_emplois_qui_ne_sont_pas_entiers_sont_arrondis_et_le_disent(tmp_path):
    dossier = copie(tmp_path / "data")
    changer(dossier, "dossier_2_enonce.csv", "fait_id", {"D2-09": {"valeur": "4"}})
    tableau = Cas(dossier).croissance()
    assert tableau.loc["apres", "effectif"] == 17  # 12,5 + 4
    assert tableau.loc["apres", "libelle"].endswith("arrondis")
    assert tableau.loc["double", ["effectif", "liens"]].tolist() == [34, 561]


def test_l_atelier_du_reseau_atteint_le_nombre_du_document(change, livre):
    curseur = change.atelier("reseau").curseurs["partenaires"]
    curseur.saisir("420")
    assert curseur.erreur == "" and curseur.valeur == 420
    assert livre.atelier("reseau").curseurs["partenaires"].maximum == 300


def test_les_preuves_portent_les_parts_de_l_enquete(change):
    textes = " ".join(lisse(p["texte"]) for p in change.atelier("arguments").page.preuves)
    assert "87,5 %" in textes and "57,5 %" in textes and "420 partenaires" in textes
    assert not re.search(r"\b(95|27|68) %", textes)
    assert "2003" in textes and "éclate en 2000" not in textes


DITS_DU_CAS_LIVRE = re.compile(
    r"\b(2001|2013|2020|13 salariés|treize|sept missions|six ans|200 collaborateurs|250 partenaires"
    r"|361 000|507 300|1 040 450|à 13\b)",
    re.IGNORECASE,
)


def test_aucun_texte_ne_garde_un_chiffre_du_cas_livre(dits_change, dits_livre):
    for nom, texte in dits_change.items():
        assert not DITS_DU_CAS_LIVRE.search(lisse(texte)), nom
    assert DITS_DU_CAS_LIVRE.search(lisse(" ".join(dits_livre.values())))  # elle sait trouver


@pytest.mark.parametrize("table", ["attendus", "indices", "arguments", "coherence-indices",
                                   "coherence-faits", "culture-faits", "tris-dossier-1", "web-comparaison",
                                   "croissance-reperes", "information-missions"])  # fmt: skip
def test_le_registre_ne_retape_aucun_chiffre_des_annexes(livre, table):
    retape = re.compile(
        r"\b(2001|2013|2020|l'an 2000|200 collab|treize|sept missions|des sept|(pour )?six ans"
        r"|deux ans|moitié moins de voix|inférieur à deux|moins de dix)\b",
        re.IGNORECASE,
    )
    for ligne in livre.table(f"corrige-{table}").itertuples():
        for valeur in ligne:
            assert not retape.search(str(valeur)), valeur


# --- Deux cas côte à côte ---------------------------------------------------------------


def test_deux_cas_ne_se_voient_pas(change, livre, dits_change, dits_livre):
    assert dits_livre["pouvoir"] != dits_change["pouvoir"]
    for nom, montrer in MONTRES.items():  # l'un après l'autre, figure par figure
        assert montrer(livre).alternative == dits_livre[nom]
        assert montrer(change).alternative == dits_change[nom]


def test_deux_ateliers_ouverts_ensemble_gardent_chacun_leur_cas(change, livre):
    un, deux = livre.atelier("vote"), change.atelier("vote")
    un.pari.value, deux.pari.value = 1 / 3, 1 / 3
    assert un.exercice.juger(un.reponses)["pari"].juste is True
    assert deux.exercice.juger(deux.reponses)["pari"].juste is False
    un.majorite.valeur = deux.majorite.valeur = 0.75
    assert un.voix["etat"] == 40 and deux.voix["etat"] == 50
    deux.voir.click()
    assert "33,3" in un.verdict.html and "16,7" in deux.verdict.html


# --- Les carnets ------------------------------------------------------------------------

DU_LIVRE = {
    "00_accueil": ["2001", "13 salariés"],
    "01_organisation": ["2001", "40 %", "chacun a 33,3 %", "de 2014 à 2020", "6 ans", "tous les 2 ans",
                        "83,5 %", "96,1 %", "13 salariés", "sept missions", "compte 3",
                        "aussi décisives que les fondateurs", "Vingt pour cent",
                        "un tiers du pouvoir"],
    "03_coordination": ["2001", "13 salariés", "six ans", "6 ans", "78 liens", "19 900",
                        "De 15 à 30"],
    "04_information": ["de 2014 à 2020", "sept missions", "250 partenaires"],
}  # fmt: skip
DU_CHANGE = {
    "00_accueil": ["né en 1998", "15 salariés"],
    "01_organisation": ["1998", "50 % des voix", "30 %", "de 2016 à 2025", "pour 9 ans",
                        "tous les 3 ans", "73,0 %", "91,0 %", "15 salariés", "compte 4",
                        "un sixième du pouvoir… ou rien", "oui, 16,7 % du pouvoir",
                        "au-dessus de 70 % ; elles retrouvent du pouvoir au-dessus de 80 %",
                        "l'État, de 66,7 % à 100,0 % du pouvoir"],
    "03_coordination": ["15 salariés", "une convention de 9 ans", "105 liens à 15",
                        "51 040 à 320", "De 18 à 36 personnes", "une naissance en 1998"],
    "04_information": ["de 2016 à 2025", "420 partenaires"],
}  # fmt: skip


def texte_construit(source, cas, version):
    titre, cellules = sources.lire_source(sources.dossier_des_sources() / f"{source}.md")
    carnet = construction.assembler(
        titre, cellules, version, sources.calculateur(sources.noms_du_texte(cas))
    )
    return lisse("\n".join(cellule.source for cellule in carnet.cells))


@pytest.mark.parametrize("source", list(DU_LIVRE))
def test_un_carnet_construit_sur_ce_dossier_en_parle(source, change, livre):
    texte = texte_construit(source, change, "corriges")
    for attendu in DU_CHANGE[source]:
        assert attendu in texte
    for livre_ in DU_LIVRE[source]:
        assert livre_ not in texte
    assert "⟦" not in texte_construit(source, change, "eleves")


@pytest.mark.parametrize("source", list(DU_LIVRE))
def test_le_carnet_du_cas_livre_dit_ce_que_disent_ses_annexes(source, livre):
    texte = texte_construit(source, livre, "corriges")
    for attendu in set(DU_LIVRE[source]) - {"sept missions", "six ans", "Vingt pour cent"}:
        assert attendu in texte


# --- Les conclusions --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("voix", "attendus"),
    [
        # le partage du sujet
        ((40, 40, 20), ["Aucun n'a la majorité", "aussi décisives que les fondateurs, malgré",
                        "elles ne le seraient plus", "20 % des voix, un tiers du pouvoir… ou rien",
                        "deux membres quelconques suffisent", "au-dessus de 60 %", "personne."]),
        # un membre a la majorité à lui seul
        ((60, 20, 20), ["Avec 60 % des voix, l'État a la majorité sans les autres",
                        "l'État décide tout seul", "dès la majorité simple",
                        "20 % des voix, aucun pouvoir"]),
        # les collectivités décident : l'accord est au pluriel
        ((25, 20, 55), ["les collectivités ont la majorité sans les autres",
                        "55 % des voix, la totalité du pouvoir",
                        "pèsent toujours, quelle que soit la majorité"]),
        # égalité parfaite : elles restent décisives aux deux tiers, mais n'ont pas moins de voix
        ((32, 34, 34), ["aussi décisives que les fondateurs\u202f; aux deux tiers"]),
        # les collectivités sans voix
        ((50, 50, 0), ["0 % des voix, aucun pouvoir", "elles ne retrouvent jamais de pouvoir"]),
    ],
)  # fmt: skip
def test_les_phrases_du_vote_suivent_les_voix(voix, attendus):
    lu = LectureDuVote(
        dict(zip(("etat", "region", "collectivites"), map(float, voix), strict=True)), Cas()
    )
    texte = " ".join((lu.titre, lu.majorites, lu.decideurs, *lu.defis))
    for attendu in attendus:
        assert lisse(attendu) in lisse(texte)
    assert not re.search(r"\bnan\b", texte)


def plan_change(cas, renommer, appui=None):
    """Les éléments de communication d'un plan dont on a changé des énoncés ou des publics."""
    plan = cas.annexe(9)
    plan["item"] = [renommer.get(i, t) for i, t in zip(plan["item_id"], plan["item"], strict=True)]
    publics = cas.table("corrige-communication-publics")
    if appui:
        publics["appui"] = appui
    autre = SimpleNamespace(
        annexe=lambda numero, *table: plan if numero == 9 else cas.annexe(numero, *table),
        table=lambda nom: publics,
    )
    return communication_du_cas(autre)


def test_les_phrases_du_plan_suivent_le_plan(livre):
    assert livre.lire_publics().startswith("Moins de la moitié")
    assert "deux fois" in livre.lire_publics()
    sans_double = plan_change(livre, {"P9-19": "Réagir plus tôt", "P9-20": "Mesurer les publics"})
    assert "deux fois" not in lire_publics(sans_double, livre)
    premier = defis(sans_double, livre)[0]
    assert premier.reponse == 23 and "tous sont différents" in premier.lecture
    nommes = plan_change(livre, {}, appui="nomme")
    assert lire_publics(nommes, livre).startswith("Plus de la moitié")
    assert "plus de la moitié n'en nomme aucun" not in defis(nommes, livre)[1].lecture
