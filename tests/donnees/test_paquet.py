"""Des tableaux à la place du dossier ; les faits et les lignes dont le cas a besoin."""

import re
from pathlib import Path

import pandas as pd
import pytest
from outils import message

from cerdd_case import Cas
from cerdd_case.donnees.paquet import Donnees, dossier_des_donnees

DONNEES = Donnees()
RESSOURCES = {r["name"]: r for r in DONNEES.ressources}
CHAMPS = [(nom, champ) for nom, r in RESSOURCES.items() for champ in r["schema"]["fields"]]


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


@pytest.mark.entiere
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
        (lambda t: t.assign(montant_eur=t["montant_eur"] + 1), "1 040 455 € au lieu de 1 040 450"),
        (lambda t: t.head(0), "il n'y a aucune ligne"),
        (lambda t: t.drop(columns="part"), "il manque la colonne part"),
        (lambda t: t.assign(note=1), "la colonne note n'est pas prévue"),
        (lambda t: pd.concat([t, t[["part"]]], axis=1), "« part » figure déjà dans la colonne n° 5"),
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
        assert "ne désigne aucun fait" in message(Donnees(copie.dossier).fait, code)


@pytest.mark.entiere
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
