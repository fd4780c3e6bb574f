"""Les plans de séance : leurs minutes, leurs questions, leur ordre, et la phrase de chaque faute."""

import csv

import pytest
from outils import message

from cerdd_case.donnees.paquet import Donnees

pytestmark = pytest.mark.entiere

DONNEES = Donnees()
SEANCES, PHASES = (DONNEES.table(f"corrige-{nom}") for nom in ("seances", "phases"))
QUESTIONS = DONNEES.table("corrige-questions")


def numero(fichier, seance, rang=None):
    """La ligne d'une séance, ou d'une de ses phases, dans son fichier."""
    table = (SEANCES if fichier == "seances" else PHASES).reset_index(drop=True)
    choisies = table[
        (table["seance"] == seance) & (True if rang is None else table["rang"] == rang)
    ]
    return choisies.index[0] + 2


@pytest.fixture
def changer(copie):
    """Récrit une case d'un plan, désignée par sa séance et son rang ; renvoie les données."""

    def _changer(fichier, seance, colonne, valeur, rang=None):
        chemin = copie.dossier / "corrige" / f"{fichier}.csv"
        lignes = list(csv.DictReader(chemin.read_text(encoding="utf-8").splitlines()))
        lignes[numero(fichier, seance, rang) - 2][colonne] = valeur
        with chemin.open("w", encoding="utf-8", newline="") as flux:
            sortie = csv.DictWriter(flux, list(lignes[0]), lineterminator="\n")
            sortie.writeheader()
            sortie.writerows(lignes)
        return copie.cas

    return _changer


def test_les_minutes_d_une_seance_font_55_et_celles_de_l_examen_la_duree_de_l_epreuve():
    sommes = PHASES.groupby("seance")["minutes"].sum().to_dict()
    assert sommes.pop("examen") == 60 * DONNEES.fait("EP-03")
    assert sommes == dict.fromkeys(set(SEANCES["seance"]) - {"examen"}, 55)


def test_le_parcours_prend_chaque_question_une_fois_dans_l_ordre_du_sujet():
    parcours = SEANCES[SEANCES["seance"].str.isdecimal()].sort_values("rang")
    assert parcours["seance"].tolist() == [str(n) for n in range(1, len(parcours) + 1)]
    assert " ".join(parcours["questions"]).split() == QUESTIONS["question"].tolist()
    assert 8 <= len(parcours) <= 11
    assert {"decouverte", "examen"} < set(SEANCES["seance"])


@pytest.mark.parametrize(
    "fichier, seance, colonne, valeur, rang, faute",
    [
        ("phases", "4", "minutes", "50", 1, "les phases de la séance « 4 » font "),
        ("phases", "examen", "minutes", "5", 1, "les phases de la séance « examen » font "),
        ("phases", "4", "minutes", "0", 1, "0 est hors limites (au moins 1)"),
        ("phases", "4", "forme", "trio", 1, "« trio » n'est pas prévu"),
        ("phases", "4", "seance", "44", 1, "« 44 » n'a pas la forme attendue"),
        ("phases", "examen", "diapositives", "ouverture", 1, "l'examen ne projette aucune"),
        ("phases", "4", "diapositives", "Deux mots", 1, "n'a pas la forme attendue"),
        ("seances", "4", "questions", "2.9", None, "la question « 2.9 » n'existe pas"),
        ("seances", "4", "questions", "3.1", None, "la question 3.1 n'est pas du dossier 2"),
        ("seances", "4", "questions", "", None, "or la séance « 4 » porte sur un dossier"),
        ("seances", "4", "rang", "40", None, "la séance 4 a le rang 40"),
        ("seances", "4", "dossier", "", None, "or la séance « 4 » porte sur un dossier"),
        ("seances", "examen", "dossier", "2", None, "l'examen porte sur le sujet entier"),
        ("seances", "4", "production", "", None, "la case est vide"),
    ],
)  # fmt: skip
def test_un_plan_faux_se_dit_avec_son_fichier_et_sa_ligne(
    changer, fichier, seance, colonne, valeur, rang, faute
):
    cas = changer(fichier, seance, colonne, valeur, rang)
    phrase = message(cas.table, f"corrige-{fichier}")
    ligne = numero(fichier, seance, rang)
    if "font" in faute:  # la dernière phase de la séance
        ligne += (PHASES["seance"] == seance).sum() - 1
    assert phrase.startswith(f"data/corrige/{fichier}.csv, ligne {ligne}, colonne {colonne}")
    assert faute in phrase


def test_une_question_prise_deux_fois_ou_oubliee_se_dit(changer):
    avant, apres = SEANCES[SEANCES["dossier"] == 2].sort_values("rang").head(2).itertuples()
    derniere = avant.questions.split()[-1]
    cas = changer("seances", apres.seance, "questions", f"{derniere} {apres.questions}")
    phrase = message(cas.table, "corrige-seances")
    assert f"« {derniere} » figure déjà dans la séance {avant.seance}" in phrase
    cas = changer("seances", apres.seance, "questions", apres.questions.split()[0])
    assert "aucune séance numérotée ne prend" in message(cas.table, "corrige-seances")


def test_une_seance_sans_phase_se_dit():
    phases = PHASES[PHASES["seance"] != "4"]
    phrase = message(Donnees({"corrige-phases": phases}).table, "corrige-phases")
    assert "la séance « 4 » n'a aucune phase" in phrase
