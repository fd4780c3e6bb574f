"""L'atelier des arguments, sans navigateur ; chaque atelier du dossier s'y lit aussi sans réglages."""

import re

import pandas as pd
import pytest

from cerdd_case import Cas
from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_4.arguments import (
    preuves,
)
from cerdd_case.dossier_4.arguments_atelier import AtelierArguments
from cerdd_case.dossier_4.arguments_exercice import Arguments
from cerdd_case.dossier_4.chaine_exercice import Chaine
from cerdd_case.dossier_4.web_exercice import Web
from cerdd_case.socle.memoire import Memoire

DONNEES = Donnees()
PAR_NUMERO = preuves(DONNEES)
PREUVES = pd.DataFrame(PAR_NUMERO.values())
CHAINE, WEB, ARGUMENTS = Chaine(DONNEES), Web(DONNEES), Arguments(DONNEES)


@pytest.fixture
def memoire(tmp_path):
    return Memoire(tmp_path / "copie.suivi.json")


def test_atelier_arguments_garde_chaque_geste(memoire):
    atelier = AtelierArguments(ARGUMENTS, memoire)
    assert len(atelier.page.preuves) == len(PREUVES)
    assert "sens" not in atelier.page.preuves[0]  # le classement ne se lit pas avant de choisir
    for message in (
        {"geste": "choisir", "preuve": "A11-28", "sens": "contre"},
        {"geste": "choisir", "preuve": "P9-18", "sens": "pour"},
        {"geste": "modifier", "preuve": "P9-18", "note": "cœur de l'argument"},
        {"geste": "ajouter", "texte": "Protéger les données.", "sens": "contre"},
        {"geste": "deplacer", "preuve": "PERSO-1", "pas": -1},
        {"geste": "modifier", "preuve": "A11-28", "partie": "conditions"},
        {"geste": "modifier", "preuve": "P9-18", "cote": True},
        {"geste": "inconnu"},
    ):
        atelier.recevoir(message)
    assert [c["preuve"] for c in atelier.choix] == ["PERSO-1", "P9-18", "A11-28"]
    relance = AtelierArguments(ARGUMENTS, Memoire(memoire.fichier))
    assert relance.choix == atelier.choix
    assert relance.plan == atelier.plan
    assert "Mis de côté\u00a0:" in relance.page.plan
    relance.recevoir({"geste": "modifier", "preuve": "P9-18", "cote": False})
    assert "Ma note : cœur de l'argument" in relance.plan
    assert relance.plan in relance.apercu().alternative


def test_rien_de_conseille_avant_de_relire_un_plan(memoire):
    """Ni figure, ni texte, ni liste : choisir des faits est le travail."""
    atelier = AtelierArguments(ARGUMENTS, memoire)

    def dits() -> list[bool]:
        apercu = atelier.apercu()
        lus = (apercu.alternative, apercu.figure.axes[0].get_xlabel(), str(atelier.page.conseils))
        return ["conseill" in lu or "A11-" in lu for lu in lus]

    assert dits() == [False] * 3 and atelier.relecture.html == ""
    atelier.relire_le_plan.click()
    assert dits() == [False] * 3 and "Aucun argument choisi" in atelier.relecture.html
    atelier.recevoir({"geste": "choisir", "preuve": "P9-18", "sens": "pour"})
    assert dits() == [False] * 3
    atelier.relire_le_plan.click()
    assert dits() == [True] * 3 and "1 argument pour" in atelier.relecture.html
    assert len(atelier.page.conseils) == PREUVES["selection"].sum()
    atelier.recevoir({"geste": "choisir", "preuve": "A11-28", "sens": "contre"})
    assert "1 argument contre" in atelier.relecture.html  # relu à chaque geste, désormais
    assert "conseill" in AtelierArguments(ARGUMENTS, Memoire(), complete=True).apercu().alternative


def test_sans_reglages_les_conseilles_viennent_avec_un_choix():
    for options, dits in (
        ({}, False),
        ({"reponses": {"A11-28": "contre"}}, True),
        ({"complete": True}, True),
    ):
        fiche = ARGUMENTS.fiche("arguments", **options)
        assert (re.search(r"\d conseillé", str(fiche)) is not None) == dits


def test_un_argument_vide_est_refuse_sans_casser_l_atelier(memoire):
    atelier = AtelierArguments(ARGUMENTS, memoire)
    envois = []
    atelier.page.send = envois.append
    atelier.recevoir({"geste": "ajouter", "texte": "  ", "sens": "pour"})
    assert atelier.choix == [] and "vide" in envois[0]["refus"]


@pytest.mark.parametrize("nom", ["chaine", "communication", "web", "reseau", "arguments"])
def test_chaque_atelier_se_lit_aussi_sans_widget(nom):
    donnees, metadonnees = Cas().atelier(nom)._repr_mimebundle_()
    assert donnees["image/png"].startswith(b"\x89PNG")
    assert metadonnees["image/png"]["alt"] == donnees["text/plain"] != ""
