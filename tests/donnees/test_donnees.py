"""Les données : conformes à leur description, complètes, et refusées en français si abîmées.

Les nombres attendus sont ceux que l'on compte ou lit dans le sujet, annexe par annexe.
"""

import csv
import io
import json
import re
import shutil
import unicodedata
from pathlib import Path

import frictionless
import pandas as pd
import pytest
from frictionless import system
from hypothesis import given, settings
from hypothesis import strategies as st

from cerdd_case import Cas
from cerdd_case.donnees.controles import CONTROLES
from cerdd_case.donnees.lettres import lettres_perdues
from cerdd_case.donnees.paquet import Donnees, dossier_des_donnees
from cerdd_case.questions.registre import attendus, indices, question
from cerdd_case.socle.erreurs import ErreurCas, ErreurDonnees
from cerdd_case.socle.references import citer, reference

DONNEES = Donnees()
RESSOURCES = {r["name"]: r for r in DONNEES.ressources}
CHAMPS = [(nom, champ) for nom, r in RESSOURCES.items() for champ in r["schema"]["fields"]]


LIGNES = {
    nom: list(csv.reader((dossier_des_donnees() / r["path"]).open(encoding="utf-8", newline="")))
    for nom, r in RESSOURCES.items()
}


# --- La description ---------------------------------------------------------------------


def test_frictionless_valide_tous_les_tableaux():
    with system.use_context(trusted=True):
        rapport = frictionless.validate(str(dossier_des_donnees() / "datapackage.json"))
    assert len(rapport.tasks) == len(RESSOURCES)
    fautes = rapport.flatten(["title", "rowNumber", "fieldName", "message"])
    assert rapport.valid, fautes


@pytest.mark.parametrize(
    ("nom", "champ"), CHAMPS, ids=lambda v: v if isinstance(v, str) else v["name"]
)
def test_chaque_champ_est_decrit(nom, champ):
    for cle in ("title", "description", "type", "cas:source"):
        assert champ.get(cle, "").strip(), f"{nom}, {champ['name']} : {cle} manque"
    if champ["type"] in ("integer", "number"):
        assert champ.get("cas:unite"), f"{nom}, {champ['name']} : cas:unite manque"


@pytest.mark.parametrize("nom", RESSOURCES)
def test_chaque_tableau_est_decrit(nom):
    ressource = RESSOURCES[nom]
    assert ressource["encoding"] == "utf-8" and ressource["mediatype"] == "text/csv"
    assert ressource["title"] and ressource["description"] and ressource["sources"][0]["title"]
    cle = ressource["schema"]["primaryKey"]
    assert set(cle) <= {c["name"] for c in ressource["schema"]["fields"]}
    if "cas:annexe" in ressource or "cas:document" in ressource:
        assert ressource["cas:table"] and ressource["cas:nature"] and ressource["cas:dossiers"]


@pytest.mark.parametrize("nom", RESSOURCES)
def test_chaque_tableau_se_lit_avec_les_types_annonces(nom):
    tableau = DONNEES.table(nom)
    genres = {"string": "OTU", "integer": "i", "number": "f", "boolean": "b"}
    assert len(tableau)
    for champ in RESSOURCES[nom]["schema"]["fields"]:
        serie = tableau[champ["name"]]
        assert serie.dtype.kind in genres[champ["type"]], champ["name"]
        if champ.get("constraints", {}).get("required"):
            assert serie.notna().all(), champ["name"]
        for code, unite in champ.get("cas:indispensables", {}).items():
            if "unite" in tableau:  # la description dit l'unité que le sujet donne
                trouvee = tableau.set_index(champ["name"]).at[code, "unite"]
                assert trouvee == unite or (pd.isna(trouvee) and not unite), code


# --- Ce que le sujet contient -----------------------------------------------------------


@pytest.mark.parametrize(
    ("annexe", "table", "lignes"),
    [
        (1, "droits_de_vote", 3),  # État, Région, collectivités
        (3, None, 4),  # équilibre, cœur du projet, 20 %, 30 %
        (4, None, 9),  # cinq dépenses et quatre recettes
        (4, "totaux", 2),
        (5, None, 6),
        (6, None, 4),
        (8, "supports", 4),
        (9, None, 23),  # 3 + 5 + 3 à optimiser, 2 + 7 + 3 à créer
        (9, "missions", 7),
        (11, "web_2_0", 12),
        ("notes", None, 5),
    ],
)
def test_le_nombre_de_lignes_est_celui_du_sujet(annexe, table, lignes):
    assert len(DONNEES.annexe(annexe, table)) == lignes


@pytest.mark.parametrize("numero", [*range(1, 12), "introduction"])
def test_chaque_annexe_se_lit_par_son_numero(numero):
    tableau = Cas().annexe(numero)
    assert len(tableau) and tableau.attrs["titre"] and "page" in tableau.attrs["source"]
    assert Cas().annexe(str(numero)).equals(tableau)


def test_droits_de_vote():
    droits = DONNEES.annexe(1, "droits_de_vote").set_index("membre")["part"]
    assert droits.to_dict() == {"etat": 0.4, "region": 0.4, "collectivites": 0.2}


def test_plan_de_communication_colonne_par_rubrique():
    plan = DONNEES.annexe(9)
    assert plan.groupby(["colonne", "rubrique"]).size().to_dict() == {
        ("optimiser", "positionnement"): 3,
        ("optimiser", "methodes"): 5,
        ("optimiser", "productions"): 3,
        ("creer_ou_developper", "positionnement"): 2,
        ("creer_ou_developper", "methodes"): 7,
        ("creer_ou_developper", "productions"): 3,
    }


def test_budget_previsionnel_et_totaux_imprimes():
    budget = DONNEES.annexe(4).set_index("poste")
    assert budget["montant_eur"].to_dict() == {
        "personnel": 636097, "fonctionnement": 132502, "prestations": 260851,
        "investissement": 11000, "projets_exceptionnels": 0,
        "etat": 361000, "collectivites": 507300, "ue": 132000, "autres": 40150,
    }  # fmt: skip
    # 636 097 + 132 502 + 260 851 + 11 000 = 361 000 + 507 300 + 132 000 + 40 150 = 1 040 450
    totaux = DONNEES.annexe(4, "totaux").set_index("nature")["montant_eur"]
    assert totaux.to_dict() == {"depense": 1040450, "recette": 1040450}
    assert budget.groupby("nature")["montant_eur"].sum().to_dict() == totaux.to_dict()


def test_les_pourcentages_imprimes_font_100_et_suivent_les_montants():
    budget = DONNEES.annexe(4)
    assert budget.groupby("nature")["part"].sum().round(9).to_dict() == {"depense": 1, "recette": 1}
    # Le sujet imprime 48 % là où le calcul donne 48,76 % : tout le reste est à un demi-point près.
    ecart = (budget["part"] - budget["montant_eur"] / 1040450).abs()
    assert budget.loc[ecart > 0.005, "poste"].tolist() == ["collectivites"]
    assert ecart.max() == pytest.approx(507300 / 1040450 - 0.48)


def test_budget_realise():
    realise = DONNEES.annexe(5).set_index("poste")["montant_keur"].to_dict()
    assert realise == {
        "ressources": 1050, "ressources_etat": 366, "autres_ressources": 684,
        "charges": 1036, "charges_personnel": 632, "resultat": 14,
    }  # fmt: skip


def test_regles_et_hypotheses():
    seuils = DONNEES.annexe(3).set_index("regle")["seuil"]
    assert seuils["plafond_ue"] == 0.20 and seuils["plafond_ue_exceptionnel"] == 0.30
    hypotheses = DONNEES.annexe(6).set_index("hypothese")
    assert hypotheses["genre"].to_dict() == {
        "charges_hors_personnel": "taux", "recettes_etat": "stabilite",
        "autres_recettes": "taux", "recettes_ue": "solde",
    }  # fmt: skip
    assert hypotheses["taux"].dropna().tolist() == [0.02, 0.0, 0.02]


def test_introduction_effectif_et_creation():
    valeurs = set(DONNEES.annexe("introduction")["valeur"].dropna())
    assert {2001, 13, 12, 1} <= valeurs


def test_l_annexe_2_dit_ce_qui_est_deduit():
    organes = DONNEES.annexe(2)
    assert set(organes["statut_information"]) == {"enonce", "deduit"}
    assert organes["source"].str.contains("annexe|introduction").all()


@pytest.mark.parametrize(
    ("annexe", "paragraphes"),
    [("introduction", 10), (1, 16), (6, 4), (7, 5)],  # blocs et puces comptés dans le sujet
)
def test_tous_les_paragraphes_sont_la(annexe, paragraphes):
    vus = {
        int(p)
        for nom, r in RESSOURCES.items()
        if r.get("cas:annexe") == annexe
        for p in DONNEES.table(nom)["paragraphe"]
    }
    assert vus == set(range(1, paragraphes + 1))


def test_catalogue():
    catalogue = Cas().catalogue()
    assert list(catalogue) == ["numero", "titre", "nature", "tables", "dossiers", "page"]
    par_numero = catalogue.set_index("numero")
    assert par_numero.index.is_unique and {"introduction", *range(1, 12)} <= set(par_numero.index)
    # Table des matières du sujet.
    pages = {1: 5, 2: 6, 3: 7, 4: 7, 5: 7, 6: 8, 7: 8, 8: 9, 9: 9, 10: 10, 11: 11}
    assert par_numero.loc[list(pages), "page"].to_dict() == pages
    dossiers = {1: "1", 2: "1, 3", 3: "2", 4: "2", 5: "2", 6: "2", 7: "3",
                8: "4", 9: "4", 10: "4", 11: "4"}  # fmt: skip
    assert par_numero.loc[list(dossiers), "dossiers"].to_dict() == dossiers
    assert par_numero.loc[9, "tables"] == "principale, faits, missions"
    for numero, tables in par_numero["tables"].items():
        lire = DONNEES.annexe if "cas:annexe" in _ressource(numero) else DONNEES.document
        for table in tables.split(", "):
            assert len(lire(numero, table))


def _ressource(numero):
    return next(
        r for r in DONNEES.ressources if numero in (r.get("cas:annexe"), r.get("cas:document"))
    )


# --- Les erreurs, sur une copie abîmée ----------------------------------------------------


class Copie:
    """Une copie des données que l'on abîme."""

    def __init__(self, dossier: Path):
        self.dossier = dossier / "data"
        shutil.copytree(dossier_des_donnees(), self.dossier, ignore=shutil.ignore_patterns("local"))

    def changer(self, fichier: str, avant: str, apres: str):
        chemin = self.dossier / fichier
        texte = chemin.read_text(encoding="utf-8")
        assert texte.count(avant) >= 1, avant
        chemin.write_text(texte.replace(avant, apres, 1), encoding="utf-8", newline="\n")
        return self

    def decrire(self, changement):
        paquet = json.loads((self.dossier / "datapackage.json").read_text(encoding="utf-8"))
        changement(paquet)
        self.ecrire_description(paquet)
        return self

    def ecrire_description(self, paquet: dict):
        texte = json.dumps(paquet)
        (self.dossier / "datapackage.json").write_text(texte, encoding="utf-8")

    @property
    def cas(self):
        return Cas(self.dossier)


@pytest.fixture
def copie(tmp_path):
    return Copie(tmp_path)


@pytest.fixture(scope="module")
def copie_du_module(tmp_path_factory):
    return Copie(tmp_path_factory.mktemp("hasard"))


def message(action, *arguments) -> str:
    with pytest.raises(ErreurDonnees) as erreur:
        action(*arguments)
    assert isinstance(erreur.value, ErreurCas)
    texte = str(erreur.value)
    assert texte.endswith(".") and "Traceback" not in texte
    return texte


BUDGET = "annexe_04_budget_previsionnel.csv"


FAUTES = sorted((Path(__file__).parent / "fautes").glob("*.csv"))
FICHIERS = {Path(r["path"]).stem: nom for nom, r in RESSOURCES.items()}


@pytest.mark.parametrize("faute", FAUTES, ids=lambda f: f.stem)
def test_chaque_faute_donne_sa_phrase(copie, faute):
    nom = FICHIERS[faute.name.split(".")[0]]
    shutil.copyfile(faute, copie.dossier / RESSOURCES[nom]["path"])
    attendue = faute.with_suffix(".txt").read_text(encoding="utf-8").removesuffix("\n")
    assert message(copie.cas.table, nom) == attendue


def test_chaque_phrase_a_sa_faute():
    assert len(FAUTES) > 50
    assert {f.with_suffix(".txt") for f in FAUTES} == set(FAUTES[0].parent.glob("*.txt"))


def test_fichier_absent(copie):
    (copie.dossier / BUDGET).unlink()
    texte = message(copie.cas.annexe, 4)
    assert texte.startswith(f"data/{BUDGET} est introuvable. Remettez")


def test_dossier_a_la_place_du_fichier(copie):
    (copie.dossier / BUDGET).unlink()
    (copie.dossier / BUDGET).mkdir()
    assert "ne s'ouvre pas" in message(copie.cas.annexe, 4)


def test_csv_d_un_tableur_francais(copie):
    chemin = copie.dossier / BUDGET
    lignes = list(csv.reader(chemin.read_text(encoding="utf-8").splitlines()))
    lignes[1:] = [[*li[:3], f"{float(li[3]):,.2f}".replace(",", "\u202f").replace(".", ","),
                   f"{float(li[4]):.0%}".replace("%", " %")] for li in lignes[1:]]  # fmt: skip
    assert lignes[1][3:] == ["636\u202f097,00", "61 %"]
    texte = io.StringIO()
    csv.writer(texte, delimiter=";").writerows(lignes)
    chemin.write_text("sep=;\n" + texte.getvalue(), encoding="utf-8-sig", newline="")
    pd.testing.assert_frame_equal(copie.cas.annexe(4), DONNEES.annexe(4))


def test_la_marque_d_ordre_et_les_fins_de_ligne_d_un_tableur_sont_acceptees(copie):
    chemin = copie.dossier / BUDGET
    contenu = chemin.read_text(encoding="utf-8").replace("\n", "\r\n")
    chemin.write_bytes(contenu.encode("utf-8-sig"))
    assert copie.cas.annexe(4).equals(DONNEES.annexe(4))


def test_numero_ou_tableau_inconnu():
    cas = Cas()
    for numero in (12, 0, -1, "douze", "²", None, 4.5, [4]):
        texte = message(cas.annexe, numero)
        assert "n'existe pas. Choisissez parmi : introduction, 1, 2," in texte
    texte = message(cas.annexe, 9, "mission")
    assert "« mission »" in texte and "Choisissez : principale, faits, missions." in texte
    assert "Le document « truc » n'existe pas" in message(cas.document, "truc")
    assert "« truc »" in message(cas.table, "truc") and "corrige-questions" in message(
        cas.table, "x"
    )


def test_description_absente_ou_abimee(copie):
    chemin = copie.dossier / "datapackage.json"
    contenu = chemin.read_text(encoding="utf-8")
    for abime, attendu in (
        (contenu[:-40], "ce n'est pas du JSON"),
        ("", "ligne 1, colonne 1"),
        ("[]", "ne décrit pas les tableaux"),
        ("{}", "ne décrit pas les tableaux"),
        ('{"resources": 5}', "ne décrit pas les tableaux"),
        ('{"resources": [5]}', "ne décrit pas les tableaux"),
    ):
        chemin.write_text(abime, encoding="utf-8")
        texte = message(copie.cas.annexe, 4)
        assert str(chemin) in texte and attendu in texte
    chemin.write_bytes(contenu.encode("utf-16"))
    assert "UTF-8" in message(copie.cas.annexe, 4)
    chemin.unlink()
    assert "est introuvable. Remettez" in message(copie.cas.annexe, 4)


@pytest.mark.parametrize("cle", ["name", "path", "title", "sources", "schema"])
def test_description_incomplete(copie, cle):
    copie.decrire(lambda paquet: paquet["resources"][0].pop(cle))
    texte = message(copie.cas.annexe, 4)
    assert "tableau n° 1" in texte and f"il manque {cle}" in texte


def test_description_d_un_type_inconnu(copie):
    def changer(paquet):
        paquet["resources"][0]["schema"]["fields"][0]["type"] = "duration"

    texte = message(copie.decrire(changer).cas.annexe, 4)
    assert "« duration »" in texte and "Choisissez : string, integer, number, boolean." in texte


def test_le_tableau_rendu_n_est_pas_partage():
    cas = Cas()
    tableau = cas.annexe(4)
    tableau["montant_eur"] = 0
    assert cas.annexe(4).loc[0, "montant_eur"] == 636097


def test_un_dossier_relatif_survit_a_un_changement_de_dossier(copie, monkeypatch, tmp_path):
    monkeypatch.chdir(copie.dossier.parent)
    cas = Cas("data")
    monkeypatch.chdir(tmp_path.parent)
    assert len(cas.annexe(4)) == 9


# --- Ce que les tableurs écrivent et que l'on lit ------------------------------------------

BRUT = (dossier_des_donnees() / BUDGET).read_text(encoding="utf-8")


def en_tabulations(texte: str) -> str:
    sortie = io.StringIO()
    csv.writer(sortie, delimiter="\t").writerows(csv.reader(texte.splitlines()))
    return sortie.getvalue()


@pytest.mark.parametrize(
    "octets",
    [
        pytest.param(BRUT.replace("\n", "\r\n").encode("utf-8-sig"), id="marque et fins Windows"),
        pytest.param(BRUT.replace("\n", "\r").encode(), id="fins de ligne d'un ancien Mac"),
        pytest.param(en_tabulations(BRUT).encode("utf-16"), id="texte Unicode d'Excel"),
        pytest.param(BRUT.encode("utf-32"), id="UTF-32 avec sa marque"),
        pytest.param(en_tabulations(BRUT).encode(), id="collé depuis un tableur"),
        pytest.param(b"sep=,\r\n" + BRUT.encode(), id="sep"),
        pytest.param(BRUT.replace("\n", ",,\n").encode(), id="colonnes vides à droite"),
        pytest.param(f"\n,,,,\n{BRUT}\n,,,,\n".encode(), id="lignes vides autour"),
        pytest.param(BRUT.replace("recette,etat", "\n \nrecette,etat").encode(), id="ligne vide"),
        pytest.param(BRUT.replace("poste,lib", " poste ,\u200b\ufefflib").encode(), id="en-tête"),
        pytest.param(unicodedata.normalize("NFD", BRUT).encode(), id="accents séparés d'un Mac"),
        pytest.param(BRUT.replace("636097", " 636097 ").encode(), id="espaces autour d'un nombre"),
    ],
)  # fmt: skip
def test_un_fichier_de_tableur_est_lu(copie, octets):
    (copie.dossier / BUDGET).write_bytes(octets)
    pd.testing.assert_frame_equal(copie.cas.annexe(4), DONNEES.annexe(4))


def test_l_ordre_des_colonnes_est_libre(copie):
    tableau = DONNEES.annexe(4)
    tableau[tableau.columns[::-1]].to_csv(copie.dossier / BUDGET, index=False)
    pd.testing.assert_frame_equal(copie.cas.annexe(4), DONNEES.annexe(4))


@pytest.mark.parametrize(
    ("vrai", "faux"),
    [("VRAI", "FAUX"), ("Vrai", "Faux"), ("TRUE", "FALSE"), ("True", "False"), ("1", "0")],
)
def test_les_booleens_des_tableurs(copie, vrai, faux):
    regles = DONNEES.annexe(3)
    ecrits = regles["a_titre_exceptionnel"].map({True: vrai, False: faux})
    regles.assign(a_titre_exceptionnel=ecrits).to_csv(
        copie.dossier / "annexe_03_regles.csv", index=False
    )
    assert copie.cas.annexe(3).equals(regles)
    with system.use_context(trusted=True):
        paquet = frictionless.Package(str(copie.dossier / "datapackage.json"))
        assert paquet.get_resource("annexe-03-regles").validate().valid


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [("12500,50", 12500.5), ("12 500,50", 12500.5), ("12\u202f500", 12500.0), ("12,500", 12.5),
     ("12\u00a0500,50 €", 12500.5), ("-5", -5.0), ("−5,25", -5.25), ("12.5", 12.5), ("0.125", 0.125),
     ("007", 7.0)],
)  # fmt: skip
def test_les_nombres_d_un_tableur_francais(copie, ecrit, lu):
    fichier = "dossier_2_enonce.csv"
    libre = {"constraints": {}, "cas:unite": "eur"}
    copie.decrire(lambda p: champ(p, fichier, "valeur").update(libre))
    lignes = [list(li) for li in LIGNES["dossier-2-enonce"]]
    place = next(li for li in lignes if li[0] == "D2-05")
    place[lignes[0].index("valeur")] = ecrit
    with (copie.dossier / fichier).open("w", encoding="utf-8", newline="") as sortie:
        csv.writer(sortie, delimiter=";").writerows(lignes)
    assert copie.cas.fait("D2-05") == lu


@pytest.mark.parametrize(
    ("nom", "ligne", "colonne", "ecrit", "lu"),
    [("dossier-2-enonce", "D2-15", "valeur", "750 000,00 €", 750_000),
     ("dossier-2-enonce", "D2-10", "valeur", "20,0 %", 0.2),
     ("dossier-2-enonce", "D2-09", "valeur", "2,5 ETP", 2.5),
     ("annexe-06-hypotheses", "autres_recettes", "taux", "2,0 %", 0.02),
     ("annexe-03-regles", "plafond_ue", "seuil", "20 %", 0.2),
     ("annexe-05-budget-realise", "ressources", "montant_keur", "1 050,00 k€", 1050),
     ("annexe-04-totaux", "recette", "montant_eur", "1\u202f040\u202f450\u00a0€", 1_040_450),
     ("annexe-04-budget-previsionnel", "personnel", "part", "61 %", 0.61),
     ("document-blog-tic-pme", "BT-062", "valeur", "25 %", 25)],
)  # fmt: skip
def test_une_unite_de_tableur_se_lit_dans_toutes_les_colonnes(
    copie, nom, ligne, colonne, ecrit, lu
):
    lignes = [list(li) for li in LIGNES[nom]]
    place = next(li for li in lignes if ligne in li)
    place[lignes[0].index(colonne)] = ecrit
    for separateur in ";\t":
        with (copie.dossier / RESSOURCES[nom]["path"]).open("w", encoding="utf-8", newline="") as f:
            csv.writer(f, delimiter=separateur).writerows(lignes)
        tableau = copie.cas.table(nom)
        cle = RESSOURCES[nom]["schema"]["primaryKey"][0]
        assert tableau.set_index(cle).at[ligne, colonne] == lu


@pytest.mark.parametrize(
    "ecrit", ["1.040.450", "12 50", "1 2345", "12,5,5", "20 %", "12 k€", "(12)", "12,", "", "1e3"]
)
def test_un_nombre_douteux_d_un_tableur_francais_est_refuse(copie, ecrit):
    texte = BRUT.replace('"Financements des collectivités (régions, départements…)"', "Coll.")
    texte = texte.replace(",", ";").replace("636097", ecrit)
    (copie.dossier / BUDGET).write_text(texte, encoding="utf-8")
    assert "ligne 2, colonne montant_eur" in message(copie.cas.annexe, 4)


TEXTES_SAINS = [
    "Où ? Là-bas : « développé » — 48 % ; R&D, l’œuvre, ÉTÉ, CHÂTEAU, Île-de-France…",
    "«\u00a0à\u00a0», 12\u202f500\u00a0€, 3 × 2, 20 °C, m², n° 1, A2:equipe, J.-C., e.g. [1]",
    "São Paulo, Ångström, Škoda, Łódź, Ελλάδα, https://ex.fr/a?b=c&amp;d, l'Été, J’É",
    "Qui ? Quoi ? « Vraiment ? » (Pourquoi ?) Quoi ?! Pourquoi? parce que… À quoi bon ?…",
    "± 5 %, ≈ 3 ≤ 4 ≥ 2, 3 × 4 ÷ 2, 10 ‰, 5 m³, CO₂, Windows®, № 4, → ✔ 😀, µm, Δ, “libre” et ‘simple’",
    "R&D; AT&T, Total=95, x=12, C:\\donnees, 50%EUR, mot–clé, Paris–Lille, 5€, www.ex.fr/a?b=%C3%A9",
    "Čapek, Dvořák, Janáček, Žižek, Djoković, Göteborg, Schäfer, señor, piñata, città, Øresund, Straße",
    "Noël, maïs, Saône, août, sûr, ÇA, Ève, Ère, Anaïs, Gaël, Besançon, Nîmes, L'Haÿ, gageüre, cœur",
    "bâtiment, dégât, extrême, forêt, boîte, huître, hôpital, impôt, brûlure, évènement, où, c'est-à-dire",
]


@pytest.mark.parametrize("texte", TEXTES_SAINS)
def test_un_texte_sain_n_a_pas_perdu_ses_lettres(texte):
    assert lettres_perdues(texte) is None


@pytest.mark.parametrize(
    ("ecrit", "relu"),
    [(e, r) for e in ("utf-8", "cp1252", "mac_roman", "cp850")
     for r in ("utf-8", "cp1252", "latin-1", "mac_roman", "cp850", "cp437") if e != r],
)  # fmt: skip
def test_une_phrase_relue_dans_une_autre_page_se_voit(ecrit, relu):
    phrase = "L’équipe très motivée a développé le réseau à côté de l'hôtel."
    octets = phrase.encode(ecrit, errors="replace")
    assert lettres_perdues(octets.decode(relu, errors="replace"))


TEXTES = sorted({case for lignes in LIGNES.values() for li in lignes for case in li})


def test_les_textes_livres_relus_dans_une_autre_page_se_voient():
    """Un par un ; restent ceux dont le seul accent est « à », devenu un signe ordinaire."""
    for ecrit, relus in {
        "utf-8": (
            "ascii",
            "cp1252",
            "mac_roman",
            "cp850",
            "cp437",
            "cp1250",
            "cp1251",
            "iso8859_2",
        ),
        "cp1252": ("ascii", "utf-8", "mac_roman", "cp850", "cp437", "cp1250", "cp1251", "cp1253"),
        "mac_roman": ("ascii", "utf-8", "cp1252", "cp850", "cp437", "cp1250"),
        "cp850": ("ascii", "utf-8", "cp1252", "mac_roman", "cp1250"),
    }.items():
        for relu in relus:
            gates = [
                (texte, gate)
                for texte in TEXTES
                if re.search("[àâçèéêëîïôùûœ]", texte)
                and (octets := texte.encode(ecrit, "replace")).decode(ecrit)
                != (gate := octets.decode(relu, "replace"))
            ]
            vus = [gate for _, gate in gates if lettres_perdues(gate)]
            assert len(vus) > 0.96 * len(gates), (ecrit, relu, set(g for _, g in gates) - set(vus))
    assert [texte for texte in TEXTES if lettres_perdues(texte)] == []


@pytest.mark.parametrize(
    "texte",
    ["?quilibre", "l'?tat", "l’?tat", "raison?: oui", "d?veloppement", "12?500 €", "20?%", "«?mot", "cr??e",
     "trčs", "Aprčs", "oů", "ętre", "ŕ", "Žquipe", "rÚseau", "rΘseau", "rйseau", "trŠs", "‚quipe",
     "l'=C3=A9tat", "=E9tat", "d=E9j=E0", "%C3%A9tat", "\\u00e9tat", "\\xe9tat", "&eacute;tat", "&Eacute;tat",
     "&#233;", "&nbsp;", "\ufffdtat", "Ã©tat", "ÃƒÂ©tat", "√©tat", "├®tat", "Ă©tat", "l\\'etat", "+AOk-tat"],
)  # fmt: skip
def test_des_lettres_perdues_se_voient(texte):
    assert lettres_perdues(texte)


# --- La description, que rien ne doit contredire ------------------------------------------


def tableau_decrit(paquet: dict, fichier: str) -> dict:
    return next(r for r in paquet["resources"] if r["path"] == fichier)


def champ(paquet: dict, fichier: str, nom: str) -> dict:
    fiches = tableau_decrit(paquet, fichier)["schema"]["fields"]
    return next(f for f in fiches if f["name"] == nom)


def contrainte(cle, valeur, nom="montant_eur"):
    return lambda p: champ(p, BUDGET, nom).setdefault("constraints", {}).update({cle: valeur})


def ressource(cle, valeur):
    return lambda p: tableau_decrit(p, BUDGET).update({cle: valeur})


def schema(cle, valeur):
    return lambda p: tableau_decrit(p, BUDGET)["schema"].update({cle: valeur})


def lien(colonnes, table, cibles):
    reference = {"resource": table, "fields": cibles}
    return schema("foreignKeys", [{"fields": colonnes, "reference": reference}])


@pytest.mark.parametrize(
    ("changement", "attendu"),
    [
        (contrainte("minimun", 0), "« minimun » n'est pas prévu. Vouliez-vous « minimum » ?"),
        (contrainte("exclusiveMinimum", 0), "« exclusiveMinimum » n'est pas prévu"),
        (contrainte("pattern", "[0-9]"), "d'un « number » : « pattern » n'est pas prévu"),
        (contrainte("minimum", 0, "libelle"), "d'un « string » : « minimum » n'est pas prévu"),
        (contrainte("minimum", "0"), "minimum : « 0 » ne convient pas. Écrivez un nombre"),
        (contrainte("minimum", True), "« True » ne convient pas. Écrivez un nombre"),
        (contrainte("maximum", 10**400), "ne convient pas. Écrivez un nombre entier ou un nombre"),
        (contrainte("required", "oui"), "required : « oui » ne convient pas. Écrivez true ou false"),
        (contrainte("pattern", "[a-", "libelle"), "« [a- » n'est pas un motif. Corrigez"),
        (contrainte("minLength", 1.5, "libelle"), "minLength : « 1.5 » ne convient pas. Écrivez un no"),
        (contrainte("enum", [], "libelle"), "enum : « [] » ne convient pas. Écrivez une liste"),
        (contrainte("enum", [1], "libelle"), "enum n° 1 : « 1 » ne convient pas. Écrivez un texte"),
        (lambda p: champ(p, BUDGET, "part").update(constraints=[]), "entre accolades"),
        (lambda p: champ(p, BUDGET, "part").update(type="any"), "type : « any » n'est pas prévu"),
        (lambda p: champ(p, BUDGET, "part").pop("type"), "champ n° 5 (part) : il manque type"),
        (lambda p: champ(p, BUDGET, "part").update(format="email"), "« format » n'est pas prévu"),
        (lambda p: champ(p, BUDGET, "part").update(groupChar=" "), "« groupChar » n'est pas prévu"),
        (lambda p: champ(p, BUDGET, "part").update(decimalChar=","), "decimalChar : « , » ne convient"),
        (lambda p: champ(p, BUDGET, "part").update(name="poste"), "« poste » est décrit deux fois"),
        (lambda p: champ(p, BUDGET, "part").update(name=5), "(5), name : « 5 » ne convient pas"),
        (lambda p: champ(p, BUDGET, "part").update({"cas:indispensables": ["ue"]}),
         "cas:indispensables : « ['ue'] » ne convient pas. Écrivez une desc"),
        (schema("fields", []), "champ : « [] » ne convient pas. Écrivez une liste"),
        (schema("fields", ["poste"]), "« poste » ne convient pas. Écrivez une description entre acc"),
        (schema("primaryKey", ["postes"]), "« postes » n'est pas prévu. Vouliez-vous « poste » ?"),
        (schema("primaryKey", []), "primaryKey : « [] » ne convient pas. Écrivez une liste"),
        (schema("uniqueKeys", [["poste"]]), "« uniqueKeys » n'est pas prévu"),
        (schema("missingValues", [""]), "« missingValues » n'est pas prévu"),
        (schema("foreignKeys", {}), "foreignKeys : « {} » ne convient pas. Écrivez une liste"),
        (lien(["poste"], "annexe-04-total", ["nature"]), "Vouliez-vous « annexe-04-totaux » ?"),
        (lien(["poste"], "", ["postes"]), "« postes » n'est pas prévu. Vouliez-vous « poste »"),
        (lien(["poste", "nature"], "", ["poste"]), "autant de champs sont attendus des deux côtés"),
        (ressource("schema", "schema.json"), "Écrivez une description entre accolades"),
        (ressource("encoding", "latin-1"), "« latin-1 » ne convient pas. Écrivez « utf-8 »."),
        (ressource("format", "xlsx"), "format : « xlsx » ne convient pas. Écrivez « csv »."),
        (ressource("data", []), "« data » n'est pas prévu"),
        (ressource("dialect", {"delimiter": ";"}), "« dialect » n'est pas prévu"),
        (ressource("sources", ["sujet"]), "sources n° 1 : « sujet » ne convient pas"),
        (ressource("sources", [{}]), "sources n° 1 : il manque title"),
        (ressource("name", "notes"), "le nom « notes » est déjà celui du tableau n° "),
        (ressource("cas:annexe", 5), "le tableau « principale » de cas:annexe 5 est déjà celui du"),
        (ressource("cas:page", "cinq"), "cas:page : « cinq » ne convient pas. Écrivez un nombre"),
        (lambda p: tableau_decrit(p, BUDGET).pop("cas:table"), "il manque cas:table"),
        (ressource("path", ["a.csv", "b.csv"]), "path : « ['a.csv', 'b.csv'] » ne convient pas"),
    ],
)  # fmt: skip
def test_une_description_fausse_est_refusee(copie, changement, attendu):
    copie.decrire(changement)
    for nom in ("annexe-04-budget-previsionnel", "introduction"):
        texte = message(copie.cas.table, nom)
        assert str(copie.dossier / "datapackage.json") in texte and "tableau n° " in texte
        assert attendu in texte, texte


@pytest.mark.parametrize(
    "chemin", ["../x.csv", "corrige/../../x.csv", "/etc/passwd", "a\0b", "https://ex.fr/x", ""]
)
def test_un_chemin_qui_sort_du_dossier_est_refuse(copie, chemin):
    texte = message(copie.decrire(ressource("path", chemin)).cas.annexe, 4)
    assert "dossier" in texte and "Remettez" in texte, texte


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 10**20) | st.floats(allow_nan=False)
    | st.sampled_from(["", "poste", "string", "number", "..", "0"]) | st.text(max_size=4),
    lambda enfants: st.lists(enfants, max_size=2)
    | st.dictionaries(st.sampled_from(["name", "type", "fields"]), enfants, max_size=2),
    max_leaves=4,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_une_description_gatee_au_hasard_est_lue_ou_refusee(copie_du_module, data):
    ressources = json.loads(
        json.dumps([r for r in RESSOURCES.values() if r.get("cas:annexe") == 4])
    )
    place = {"resources": ressources}
    while True:
        cle = data.draw(st.sampled_from(
            sorted(place) if isinstance(place, dict) else list(range(len(place)))
        ))  # fmt: skip
        if isinstance(place[cle], dict | list) and place[cle] and data.draw(st.integers(0, 3)):
            place = place[cle]
        else:
            place[cle] = data.draw(JSON)
            break
    copie_du_module.ecrire_description({"resources": ressources})
    cas = copie_du_module.cas
    try:
        cas.catalogue()
        cas.annexe(4)
    except ErreurDonnees as erreur:
        assert str(erreur).endswith(".")
    finally:
        copie_du_module.ecrire_description({"resources": list(RESSOURCES.values())})


def test_une_cle_json_en_double_est_refusee(copie):
    copie.changer("datapackage.json", '"required": true', '"required": true, "required": false')
    assert "« required » est écrit deux fois" in message(copie.cas.annexe, 4)


def test_un_raccourci_qui_sort_du_dossier_est_refuse(copie, tmp_path):
    dehors = tmp_path / "dehors.csv"
    dehors.write_text(BRUT, encoding="utf-8")
    (copie.dossier / BUDGET).unlink()
    try:
        (copie.dossier / BUDGET).symlink_to(dehors)
    except OSError:
        pytest.skip("ce système ne permet pas de créer un lien")
    assert "mène hors du dossier des données" in message(copie.cas.annexe, 4)
    (tmp_path / "ailleurs").symlink_to(copie.dossier, target_is_directory=True)
    assert len(Cas(tmp_path / "ailleurs").annexe(5)) == 6  # le dossier lui-même peut en être un


def test_des_liens_qui_se_renvoient_l_un_a_l_autre_se_lisent(copie):
    def decrire(paquet):
        lien(["nature"], "annexe-04-totaux", ["nature"])(paquet)
        reference = {"resource": "annexe-04-budget-previsionnel", "fields": ["nature"]}
        tableau_decrit(paquet, "annexe_04_totaux.csv")["schema"]["foreignKeys"] = [
            {"fields": ["nature"], "reference": reference}
        ]

    cas = copie.decrire(decrire).cas
    assert len(cas.annexe(4)) == 9 and len(cas.annexe(4, "totaux")) == 2


def test_chaque_fichier_n_est_lu_qu_une_fois(copie, monkeypatch):
    lus = []
    octets = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: lus.append(self.name) or octets(self))
    cas = copie.cas
    for nom in [*RESSOURCES, *RESSOURCES]:
        cas.table(nom)
    assert sorted(lus) == sorted(Path(r["path"]).name for r in RESSOURCES.values())


# --- L'oracle et le hasard -----------------------------------------------------------------

LIEU = re.compile(r"[^,]+, ligne (\d+), colonnes? ([^:]+?) : ")
VALEURS = st.sampled_from(
    ["", "x", "-1", "0", "1.5", "99", "1e400", "VRAI", "true", "depense", "A1-02", "INT-99", "4.4"]
) | st.text("abcdéA 019.-_", min_size=1, max_size=300)


def fautes_selon_frictionless(nom: str, lignes: list[list[str]]) -> set[tuple[int, str]]:
    """Les lignes et colonnes que frictionless refuse dans un tableau, les autres étant intacts."""
    lies = {k["reference"].get("resource", "") for k in
            RESSOURCES[nom]["schema"].get("foreignKeys", ())} - {"", nom}  # fmt: skip
    paquet = frictionless.Package(
        resources=[
            frictionless.Resource(
                name=n, data=lignes if n == nom else LIGNES[n],
                schema=frictionless.Schema.from_descriptor(RESSOURCES[n]["schema"]),
            )
            for n in (nom, *lies)
        ]
    )  # fmt: skip
    fautes = set()
    for tache in paquet.get_resource(nom).validate().tasks:
        for e in tache.errors:
            colonnes = getattr(e, "field_name", None) or ", ".join(
                getattr(e, "field_names", RESSOURCES[nom]["schema"]["primaryKey"])
            )
            fautes.add((e.row_number, colonnes))
    return fautes


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_ce_que_frictionless_refuse_est_refuse_au_meme_endroit(data):
    nom = data.draw(st.sampled_from(sorted(RESSOURCES)))
    lignes = [list(ligne) for ligne in LIGNES[nom]]
    ligne = data.draw(st.integers(1, len(lignes) - 1))
    colonne = data.draw(st.integers(0, len(lignes[0]) - 1))
    voisine = st.sampled_from([li[colonne] for li in lignes[1:]])
    lignes[ligne][colonne] = data.draw(VALEURS | voisine)
    attendues = fautes_selon_frictionless(nom, lignes)
    donnees = Donnees({nom: pd.DataFrame(lignes[1:], columns=lignes[0], dtype="object")})
    try:
        donnees.table(nom)
    except ErreurDonnees as erreur:
        if attendues:
            trouve = LIEU.match(str(erreur))
            assert trouve, erreur
            # la table pandas n'a pas de ligne d'en-tête ; frictionless compte la sienne
            assert (int(trouve[1]) + 1, trouve[2]) in attendues, (erreur, attendues)
    else:
        assert not attendues


def test_l_oracle_voit_chaque_genre_de_faute():
    """Sans quoi le test précédent pourrait ne rien comparer."""
    for nom, ligne, colonne, valeur in (
        ("annexe-04-budget-previsionnel", 1, "montant_eur", "x"),
        ("dossier-2-enonce", 3, "fait_id", "D2-9"),
        ("corrige-culture-faits", 2, "etiquette", "e" * 33),
        ("corrige-attendus", 4, "question", "4.4"),
        ("document-culture-numerique-enquete", 2, "rattachement", "favorable"),
    ):
        lignes = [list(li) for li in LIGNES[nom]]
        lignes[ligne][lignes[0].index(colonne)] = valeur
        assert (ligne + 1, colonne) in fautes_selon_frictionless(nom, lignes)
    lignes = [*LIGNES["corrige-indices"], LIGNES["corrige-indices"][1]]
    assert (len(lignes), "question, rang") in fautes_selon_frictionless("corrige-indices", lignes)


def lire_ou_refuser(copie: Copie, nom: str, octets: bytes) -> None:
    chemin = copie.dossier / RESSOURCES[nom]["path"]
    origine = chemin.read_bytes()
    chemin.write_bytes(octets)
    try:
        tableau = Donnees(copie.dossier).table(nom)
        assert list(tableau) == [c["name"] for c in RESSOURCES[nom]["schema"]["fields"]]
    except ErreurDonnees as erreur:
        assert str(erreur).startswith("data/") and str(erreur).endswith(".")
    finally:
        chemin.write_bytes(origine)


@settings(max_examples=150, deadline=None)
@given(nom=st.sampled_from(sorted(RESSOURCES)), octets=st.binary(max_size=300))
def test_des_octets_au_hasard_sont_lus_ou_refuses(copie_du_module, nom, octets):
    lire_ou_refuser(copie_du_module, nom, octets)


@settings(max_examples=150, deadline=None)
@given(
    nom=st.sampled_from(sorted(RESSOURCES)),
    place=st.floats(0, 1),
    longueur=st.integers(0, 12),
    octets=st.binary(max_size=12) | st.sampled_from([b'"', b"\r", b";", b"\t", b"\n\n", b"\0"]),
)
def test_un_fichier_gate_au_hasard_est_lu_ou_refuse(copie_du_module, nom, place, longueur, octets):
    origine = (copie_du_module.dossier / RESSOURCES[nom]["path"]).read_bytes()
    debut = int(place * len(origine))
    lire_ou_refuser(copie_du_module, nom, origine[:debut] + octets + origine[debut + longueur :])


# --- Des tableaux à la place du dossier ----------------------------------------------------

NOM_BUDGET = "annexe-04-budget-previsionnel"


def test_des_tableaux_remplacent_ceux_de_la_collection():
    hypotheses = DONNEES.table("annexe-06-hypotheses")
    hypotheses.loc[0, "taux"] = 0.05
    cas = Cas({"annexe-06-hypotheses": hypotheses})
    hypotheses.loc[0, "taux"] = 0.99  # le tableau d'origine n'est plus celui du cas
    assert cas.annexe(6).loc[0, "taux"] == 0.05
    assert cas.annexe(6).attrs == DONNEES.annexe(6).attrs
    assert cas.annexe(4).equals(DONNEES.annexe(4))
    assert DONNEES.annexe(6).loc[0, "taux"] == 0.02
    assert Cas({}).annexe(4).equals(DONNEES.annexe(4))


@pytest.mark.parametrize("nom", RESSOURCES)
def test_chaque_tableau_de_la_collection_se_remplace_par_lui_meme(nom):
    tableau = DONNEES.table(nom)
    pd.testing.assert_frame_equal(Donnees({nom: tableau}).table(nom), tableau)


def test_un_tableau_relu_par_pandas_convient():
    """pandas lit « 1.1 » en nombre et un entier à trous en décimal."""
    for nom in ("corrige-indices", "annexe-02-organes-et-postes", "annexe-11-evolution"):
        relu = pd.read_csv(dossier_des_donnees() / RESSOURCES[nom]["path"])
        pd.testing.assert_frame_equal(Donnees({nom: relu}).table(nom), DONNEES.table(nom))


@pytest.mark.parametrize(
    ("changement", "attendu"),
    [
        (lambda t: t.assign(montant_eur=t["montant_eur"].where(t["poste"] != "ue")),
         "table annexe-04-budget-previsionnel, ligne 8, colonne montant_eur : la case est vide"),
        (lambda t: t.assign(montant_eur=t["montant_eur"].replace(132000, float("inf"))),
         "ligne 8, colonne montant_eur : « inf » ne convient pas"),
        (lambda t: t.assign(montant_eur=-t["montant_eur"]), "ligne 1, colonne montant_eur"),
        (lambda t: t.assign(nature="dépense"), "ligne 1, colonne nature : « dépense »"),
        (lambda t: t.assign(part=True), "ligne 1, colonne part : « true » ne convient pas"),
        (lambda t: t.assign(libelle=[["a"]] * 9), None),
        (lambda t: t.assign(libelle="DÃ©penses"), "a perdu des lettres"),
        (lambda t: t.assign(libelle="a\ud800"), "a perdu des lettres (« [U+D800] »)"),
        (lambda t: pd.concat([t, t.head(1)]), "ligne 10, colonne poste : « personnel » figure déjà"),
        (lambda t: t.assign(montant_eur=t["montant_eur"] + 1), "le total imprimé est"),
        (lambda t: t.head(0), "il n'y a aucune ligne"),
        (lambda t: t.drop(columns="part"), "il manque la colonne part"),
        (lambda t: t.assign(note=1), "la colonne note n'est pas prévue"),
        (lambda t: pd.concat([t, t[["part"]]], axis=1), "la colonne part figure deux fois"),
        (lambda t: t.set_index("poste"), "« poste » est l'index du tableau"),
        (lambda t: t.to_dict(), "un tableau pandas est attendu, pas dict"),
        (lambda t: t["poste"], "un tableau pandas est attendu, pas Series"),
    ],
)  # fmt: skip
def test_un_tableau_passe_les_memes_controles(changement, attendu):
    def lire():
        return Cas({NOM_BUDGET: changement(DONNEES.table(NOM_BUDGET))}).annexe(4)

    if attendu is None:
        assert len(lire()) == 9
        return
    texte = message(lire).replace("\u00a0", " ").replace("\u202f", " ")
    assert texte.startswith("table annexe-04-budget-previsionnel") and attendu in texte, texte


def test_un_lien_vers_un_tableau_remplace_est_verifie():
    questions = DONNEES.table("corrige-questions").query("question != '4.3'")
    texte = message(Donnees({"corrige-questions": questions}).table, "corrige-attendus")
    assert "« 4.3 » n'existe pas dans table corrige-questions, colonne question" in texte


def test_une_source_qui_ne_convient_pas(tmp_path):
    tableau = DONNEES.annexe(6)
    for ecrit in ("annexe-6-hypotheses", "annexe-6", "annexe_06", "annexe 6", "Annexe-6"):
        assert "Vouliez-vous « annexe-06-hypotheses » ?" in message(Cas, {ecrit: tableau})
    assert "Vouliez-vous « annexe-11-" in message(Cas, {"annexe-11": tableau})
    assert "« 6 »" in message(Cas, {6: tableau})
    assert "objet list" in message(Cas, [tableau])
    assert "objet DataFrame" in message(Cas, tableau)
    fichier = tmp_path / "datapackage.json"
    fichier.write_text("{}", encoding="utf-8")
    assert "n'est pas un dossier" in message(Cas(fichier).annexe, 4)
    assert "est introuvable" in message(Cas(tmp_path / "absent").annexe, 4)
    assert "donnez une copie entière" in message(Cas(tmp_path.parent).annexe, 4)


def test_champs_d_un_tableau_inconnu():
    assert "« truc »" in message(DONNEES.champs, "truc")


# --- Les faits dont le cas a besoin --------------------------------------------------------


def test_un_fait_donne_son_nombre():
    assert (DONNEES.fait("D2-09"), DONNEES.fait("INT-51"), DONNEES.fait("A1-42")) == (2.5, 13, 6)
    assert DONNEES.fait("CN-13") == 2  # deux tableaux se partagent ces codes


def test_un_fait_absent_ou_vide_est_dit(copie):
    copie.changer("dossier_2_enonce.csv", ",2.5,etp", ",,")
    texte = message(copie.cas.fait, "D2-09")
    assert "data/dossier_2_enonce.csv, ligne 10, colonne valeur : la case est vide" in texte
    assert "annexe_01_faits.csv, ligne 3, colonne valeur" in message(copie.cas.fait, "A1-02")
    for code in ("D2-99", "CN-99"):
        assert f"il manque la ligne {code}. Remettez" in message(copie.cas.fait, code)
    for code in ("X-1", "", "d2-09", None, 9, "A1-01-02", "D2-09\n"):
        assert "ne désigne aucun fait" in message(copie.cas.fait, code)


def test_chaque_fait_nomme_par_le_code_est_indispensable():
    """La ligne qui manque est alors dite en français, avant tout calcul."""
    racine = Path(__file__).parents[2]
    cites = set()
    for chemin in [*racine.glob("cerdd_case/**/*.py"), *racine.glob("notebooks/sources/*.md")]:
        cites |= set(re.findall(r'"((?:INT|D2|A\d+)-\d\d)"', chemin.read_text(encoding="utf-8")))
    assert {"D2-09", "INT-51", "INT-25", "A7-04"} <= cites
    proteges = {code for _, champ in CHAMPS for code in champ.get("cas:indispensables", ())}
    assert cites <= proteges


@pytest.mark.parametrize("nom", [n for n, c in CHAMPS if "cas:indispensables" in c])
def test_une_ligne_indispensable_perdue_est_dite(nom):
    cle = next(c for n, c in CHAMPS if n == nom and "cas:indispensables" in c)
    for code in cle["cas:indispensables"]:
        reste = DONNEES.table(nom)
        reste = reste[reste[cle["name"]] != code]
        assert f"il manque la ligne {code}." in message(Donnees({nom: reste}).table, nom)


# --- Les égalités entre tableaux -----------------------------------------------------------


def test_l_effectif_et_le_resultat_se_retrouvent_d_un_texte_a_l_autre():
    """Vérifié sur les données livrées seulement : un cas où l'on change un chiffre reste un cas."""
    fait = DONNEES.fait
    assert fait("INT-52") + fait("INT-53") / 2 == fait("D2-07")
    assert fait("D2-09") / fait("D2-07") == fait("D2-10")
    realise = DONNEES.annexe(5).set_index("poste")["montant_keur"]
    assert realise["resultat"] * 1000 == fait("D2-05")


@pytest.mark.parametrize("nom", CONTROLES)
def test_chaque_controle_designe_un_tableau(nom):
    assert nom in RESSOURCES


# --- Le registre des questions ------------------------------------------------------------

QUESTIONS = DONNEES.table("corrige-questions")
NUMEROS = ["1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "2.3", "2.4",
           "3.1", "3.2", "4.1", "4.2", "4.3"]  # fmt: skip


def test_les_quatorze_questions_dans_l_ordre():
    assert QUESTIONS["question"].tolist() == NUMEROS
    assert QUESTIONS["dossier"].astype(str).tolist() == [n[0] for n in NUMEROS]
    assert QUESTIONS["rang"].astype(str).tolist() == [n[2] for n in NUMEROS]


def test_le_bareme_propose_fait_100():
    points = QUESTIONS.groupby("dossier")["points"].sum().to_dict()
    assert points == {1: 25, 2: 30, 3: 20, 4: 25}


@pytest.mark.parametrize("numero", NUMEROS)
def test_chaque_question_est_complete(numero):
    q = question(numero, DONNEES)
    assert len(q["titre"]) > 5 and len(q["enonce"]) > 30 and q["notions"]
    assert q["genre"] in ("prose", "calcul", "mixte")
    for annexe in q["annexes"].split():
        assert len(DONNEES.annexe(annexe))
    points = attendus(numero, DONNEES)
    assert 4 <= len(points) <= 9
    assert points["rang"].tolist() == list(range(1, len(points) + 1))
    assert points["attendu_id"].tolist() == [f"{numero}-{r}" for r in points["rang"]]
    assert points["points"].sum() == q["points"]
    assert (points["points"] > 0).all() and (points["points"] % 0.5 == 0).all()
    assert points["attendu"].str.strip().str.len().min() > 20
    assert points["mots_cles"].notna().all() and points["preuves"].str.strip().str.len().min() > 1
    textes = indices(numero, DONNEES)
    assert 2 <= len(textes) <= 4 and len(set(textes)) == len(textes) and min(map(len, textes)) > 20


def test_chaque_preuve_mene_quelque_part():
    assert sum(len(attendus(numero, DONNEES)) for numero in NUMEROS) == len(
        DONNEES.table("corrige-attendus")
    )
    for preuve in " ".join(DONNEES.table("corrige-attendus")["preuves"]).split():
        assert citer(preuve)


def test_une_preuve_introuvable_est_signalee(copie):
    chemin = "corrige/attendus.csv"
    preuve = DONNEES.table("corrige-attendus").loc[0, "preuves"].split()[0]
    copie.changer(chemin, preuve, "A1§999")
    phrase = message(copie.cas.grille, "1.1")
    assert phrase.startswith("data/corrige/attendus.csv, ligne 2, colonne preuves : « A1§999 »")


def test_un_point_qui_compte_sur_un_code_inconnu_est_refuse(copie):
    copie.changer("corrige/attendus.csv", ",2.4.total\n", ",2.4.totaux\n")
    phrase = message(copie.cas.verifier, "2.3", "763 316,40")
    assert phrase.startswith("data/corrige/attendus.csv, ligne ") and "« 2.4.totaux »" in phrase


@pytest.mark.parametrize("preuve", ["", "A", "B1§2", "A1§", "A1§x", "§3", "DOC:", "A1 §2"])
def test_une_reference_mal_ecrite_est_refusee(preuve):
    with pytest.raises(ErreurCas, match="n'est pas une référence"):
        reference(preuve)


def test_citer():
    assert citer("A1§12 INT§2 D2§5") == (
        "annexe 1, §\u00a012 ; introduction, §\u00a02 ; énoncé du dossier 2, §\u00a05"
    )
    assert citer("A9/missions§3 A4") == "annexe 9, missions, §\u00a03 ; annexe 4"
    assert citer("A9§1 A9/faits§1 A4/totaux") == (
        "annexe 9, plan, §\u00a01 ; annexe 9, cadre du plan, §\u00a01 ; annexe 4, totaux"
    )
    assert citer("DOC:culture_numerique§4") == "document « culture numérique », §\u00a04"


def test_chaque_annexe_sert_a_une_question():
    utilisees = set(" ".join(QUESTIONS["annexes"]).split())
    assert {*map(str, range(1, 12)), "introduction", "enonce_dossier_2"} <= utilisees


# Ce que l'énoncé annonce, dossier par dossier, puis question par question au dossier 2.
ANNONCEES = {"1": {1, 2}, "2.1": {3, 4, 5}, "2.2": {3, 4, 5}, "2.3": {3, 4}, "2.4": {3, 4, 6},
             "3": {2, 7}, "4": {8, 9, 10, 11}}  # fmt: skip
LUES_PAR_TOUS = {"introduction", "enonce_dossier_2"}


def annonces(numero):
    """Les annexes qu'une question annonce, et celles que la collection y ajoute."""
    q = question(numero, DONNEES)
    ajoutees = set() if pd.isna(q["annexes_ajoutees"]) else set(q["annexes_ajoutees"].split())
    return set(q["annexes"].split()), ajoutees, q


def origines(preuves):
    return {str(n) for preuve in preuves.split() for _, n, *_ in [reference(preuve)]}


@pytest.mark.parametrize("numero", NUMEROS)
def test_une_question_s_appuie_sur_les_annexes_qu_elle_annonce(numero):
    """Toute preuve vient d'une annexe annoncée, introduction et documents compris."""
    for a in attendus(numero, DONNEES).itertuples():
        assert origines(a.preuves) <= annonces(numero)[0], a.attendu_id


@pytest.mark.parametrize("numero", NUMEROS)
def test_ce_qui_s_ajoute_aux_annexes_du_sujet_se_dit(numero):
    annoncees, ajoutees, q = annonces(numero)
    du_sujet = set(map(str, ANNONCEES.get(numero) or ANNONCEES[numero[0]]))
    assert annoncees - du_sujet - LUES_PAR_TOUS == ajoutees
    assert q["lecture_proposee"] == bool(ajoutees)


@pytest.mark.parametrize("numero", NUMEROS)
def test_le_sujet_seul_suffit_pour_tous_les_points(numero):
    """Chaque point a une preuve dans une annexe du sujet : aucun ne tient aux annexes ajoutées."""
    annoncees, ajoutees, _ = annonces(numero)
    for a in attendus(numero, DONNEES).itertuples():
        assert origines(a.preuves) & (annoncees - ajoutees), a.attendu_id


def test_une_annexe_ou_l_on_n_a_rien_ne_prouve_rien():
    """Le dessin de l'annexe 2 manque dans notre transcription."""
    assert not any("2" in origines(p) for p in DONNEES.table("corrige-attendus")["preuves"])


def test_un_enonce_ecrit_les_nombres_de_ses_faits(copie):
    assert "2,5 ETP" in question("2.3", DONNEES)["enonce"]
    assert "14\u202f000 €" in question("2.1", DONNEES)["enonce"]
    copie.changer("dossier_2_enonce.csv", ",2.5,etp", ",3,etp")
    assert "3 ETP" in copie.cas.question("2.3")["enonce"]


@pytest.mark.parametrize("numero", [1, 2, 3, 4])
def test_l_ouverture_de_chaque_dossier_se_lit(numero):
    faits = DONNEES.annexe(f"enonce_dossier_{numero}")
    assert faits["fait_id"].str.startswith(f"D{numero}-").all()
    assert "annexes" in set(faits["theme"])


def test_les_conditions_de_l_epreuve():
    epreuve = DONNEES.annexe("epreuve").set_index("fait_id")
    assert epreuve.loc["EP-03", ["valeur", "unite"]].tolist() == [4, "heures"]
    assert "calculatrice" in epreuve.loc["EP-04", "fait"]
    conseils = epreuve[epreuve["lecture_proposee"]]["fait"]
    assert len(conseils) and conseils.str.startswith("Nous conseillons").all()


def test_une_annexe_ne_montre_pas_de_code(copie):
    lu = str(copie.cas.lire(2, "principale"))
    assert "Décideurs stratégiques" in lu and "énoncé" in lu and "déduit" in lu
    assert not re.search(r"[a-z]_[a-z]|\benonce\b|\bdeduit\b", lu)
    assert "0\u202f%" not in str(copie.cas.lire(3, "principale")).replace("20\u202f%", "").replace(
        "30\u202f%", ""
    )


def test_ce_que_l_annexe_3_ne_dit_pas_est_marque():
    regles = DONNEES.annexe(3).set_index("regle")
    assert regles[regles["lecture_proposee"]].index.tolist() == ["equilibre", "coeur_du_projet"]
    assert regles["seuil"].notna().tolist() == [False, False, True, True]


def test_question_inconnue():
    for numero in ("5.1", "2", "", None, 2.35):
        with pytest.raises(ErreurCas, match=r"n'existe pas. Écrivez par exemple"):
            question(numero, DONNEES)
