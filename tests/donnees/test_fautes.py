"""Un fichier abîmé est refusé en français, à l'endroit de sa faute."""

import csv
import io
import shutil
from pathlib import Path

import pandas as pd
import pytest
from outils import BUDGET, message

from cerdd_case import Cas
from cerdd_case.donnees.paquet import Donnees

DONNEES = Donnees()
RESSOURCES = {r["name"]: r for r in DONNEES.ressources}
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
        texte = message(DONNEES.annexe, numero)
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
