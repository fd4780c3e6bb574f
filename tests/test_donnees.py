"""Les données : conformes à leur description, complètes, et refusées en français si abîmées.

Les nombres attendus sont ceux que l'on compte ou lit dans le sujet, annexe par annexe.
"""

import csv
import io
import json
import shutil
from pathlib import Path

import frictionless
import pandas as pd
import pytest
from frictionless import system

from cerdd_case import Cas
from cerdd_case.chargement import Donnees, dossier_des_donnees
from cerdd_case.erreurs import ErreurCas, ErreurDonnees
from cerdd_case.exercices import attendus, indices, preuves_introuvables, question
from cerdd_case.references import citer, reference

DONNEES = Donnees()
RESSOURCES = {r["name"]: r for r in DONNEES.ressources}
CHAMPS = [(nom, champ) for nom, r in RESSOURCES.items() for champ in r["schema"]["fields"]]


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
        chemin = self.dossier / "datapackage.json"
        paquet = json.loads(chemin.read_text(encoding="utf-8"))
        changement(paquet)
        chemin.write_text(json.dumps(paquet), encoding="utf-8")
        return self

    @property
    def cas(self):
        return Cas(self.dossier)


@pytest.fixture
def copie(tmp_path):
    return Copie(tmp_path)


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
    q = question(numero)
    assert len(q["titre"]) > 5 and len(q["enonce"]) > 30 and q["notions"]
    assert q["genre"] in ("prose", "calcul", "mixte")
    for annexe in q["annexes"].split():
        assert len(DONNEES.annexe(annexe))
    points = attendus(numero)
    assert 4 <= len(points) <= 9
    assert points["rang"].tolist() == list(range(1, len(points) + 1))
    assert points["attendu_id"].tolist() == [f"{numero}-{r}" for r in points["rang"]]
    assert points["points"].sum() == q["points"]
    assert (points["points"] > 0).all() and (points["points"] % 0.5 == 0).all()
    assert points["attendu"].str.strip().str.len().min() > 20
    assert points["mots_cles"].notna().all() and points["preuves"].str.strip().str.len().min() > 1
    textes = indices(numero)
    assert 2 <= len(textes) <= 4 and len(set(textes)) == len(textes) and min(map(len, textes)) > 20


def test_chaque_preuve_mene_quelque_part():
    assert preuves_introuvables(DONNEES) == []
    for preuve in " ".join(DONNEES.table("corrige-attendus")["preuves"]).split():
        assert citer(preuve)


def test_une_preuve_introuvable_est_signalee(copie):
    chemin = "corrige/attendus.csv"
    preuve = DONNEES.table("corrige-attendus").loc[0, "preuves"].split()[0]
    copie.changer(chemin, preuve, "A1§999")
    assert preuves_introuvables(copie.cas) == ["1.1-1 : A1§999"]


@pytest.mark.parametrize("preuve", ["", "A", "B1§2", "A1§", "A1§x", "§3", "DOC:", "A1 §2"])
def test_une_reference_mal_ecrite_est_refusee(preuve):
    with pytest.raises(ErreurCas, match="n'est pas une référence"):
        reference(preuve)


def test_citer():
    assert citer("A1§12 INT§2 D2§5") == (
        "annexe 1, §\u00a012 ; introduction, §\u00a02 ; énoncé du dossier 2, §\u00a05"
    )
    assert citer("A9/missions§3 A4") == "annexe 9, missions, §\u00a03 ; annexe 4"
    assert citer("DOC:culture_numerique§4") == "document « culture numérique », §\u00a04"


def test_chaque_annexe_sert_a_une_question():
    utilisees = set(" ".join(QUESTIONS["annexes"]).split())
    assert {*map(str, range(1, 12)), "introduction", "enonce_dossier_2"} <= utilisees


def test_une_question_s_appuie_sur_les_annexes_qu_elle_annonce():
    """Une preuve vient d'une annexe annoncée par l'énoncé, d'un document ou de l'introduction."""
    for numero in NUMEROS:
        annoncees = set(question(numero)["annexes"].split()) | {"introduction", "enonce_dossier_2"}
        citees = {
            str(n)
            for preuve in " ".join(attendus(numero)["preuves"]).split()
            for genre, n, *_ in [reference(preuve)]
            if genre == "annexe"
        }
        assert citees & annoncees, numero


def test_question_inconnue():
    for numero in ("5.1", "2", "", None, 2.35):
        with pytest.raises(ErreurCas, match=r"n'existe pas. Écrivez par exemple"):
            question(numero)
