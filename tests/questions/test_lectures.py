"""Les phrases que l'on conclut d'un calcul : écrites dans les données, remplies par le calcul."""

import re
from pathlib import Path

import pytest
from outils import tables_changees

import cerdd_case
from cerdd_case.donnees.paquet import Donnees
from cerdd_case.questions.lectures import remplir
from cerdd_case.socle.erreurs import ErreurDonnees

PAQUET = Path(cerdd_case.__file__).parent


def avec(lecture: str, phrase: str) -> Donnees:
    return Donnees(tables_changees({"corrige-lectures": {("lecture", lecture, "phrase"): phrase}}))


def test_une_phrase_se_remplit():
    assert remplir(Donnees(), "defi_partenaire_gagne", gagne="10 %").startswith(
        "oui, 10 % du pouvoir"
    )


def test_un_enseignant_change_une_phrase_et_deplace_un_mot():
    donnees = avec("defi_partenaire_gagne", "Avec dix voix : {gagne}.")
    assert remplir(donnees, "defi_partenaire_gagne", gagne="10 %") == "Avec dix voix : 10 %."


@pytest.mark.parametrize("phrase", ["{perd} du pouvoir", "{gagne du pouvoir", "{} du pouvoir"])
def test_un_mot_inconnu_entre_accolades_se_dit(phrase):
    with pytest.raises(
        ErreurDonnees, match="ligne 20, colonne phrase.*accolades, seulement : gagne"
    ):
        remplir(avec("defi_partenaire_gagne", phrase), "defi_partenaire_gagne", gagne="10 %")


def test_chaque_phrase_sert():
    """Un code se lit en entier dans le code, ou son début, si le calcul en choisit la fin."""
    code = "\n".join(c.read_text(encoding="utf-8") for c in PAQUET.rglob("*.py"))
    debuts = [d for d in re.findall(r'f"([a-z_]+_)\{', code)]
    for lecture in Donnees().table("corrige-lectures")["lecture"]:
        choisie = any(lecture.startswith(debut) for debut in debuts)
        assert f'"{lecture}"' in code or choisie, lecture
