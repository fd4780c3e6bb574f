"""De la saisie au verdict : `tests/socle/nombres/jugements.csv`, et ce qui vaut de toute saisie.

Jamais « juste » pour une valeur fausse, jamais « faux » pour une réponse juste ou qui ne se lit pas.
"""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cerdd_case import Cas
from cerdd_case.socle.memoire import Memoire
from cerdd_case.socle.nombres import euros, lire

CAS = Cas(memoire=Memoire())
TABLE = Path(__file__).parents[1] / "socle" / "nombres" / "jugements.csv"
with TABLE.open(encoding="utf-8", newline="") as fichier:
    LIGNES = [{**c, "saisie": json.loads(c["saisie_json"])} for c in csv.DictReader(fichier)]


def simple(texte: str) -> str:
    return texte.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize("cas", LIGNES, ids=lambda c: f"{c['question']} {c['saisie_json']}")
def test_chaque_saisie_recoit_son_verdict(cas):
    verdict = CAS.verifier(cas["question"], cas["saisie"])
    assert (verdict.etat, verdict.diagnostic or "") == (cas["etat"], cas["diagnostic"]), verdict
    assert verdict.lu == (pytest.approx(float(cas["lu"]), abs=1e-8) if cas["lu"] else None)
    assert (lire(cas["saisie"]).proposition or "") == cas["proposition"]


@pytest.mark.parametrize(
    ("question", "saisie", "echo"),
    [
        ("2.1", "1050 - 1036 = 14 k€", "Lu : 1 050 − 1 036 = 14 k€, soit 14 000 €."),
        ("2.1", "(1050 - 1036) k€", "Lu : (1 050 − 1 036) k€ = 14 000 €."),
        ("2.1", "14 000 = 9 550 + 4 450", "Lu : 9 550 + 4 450 = 14 000 €."),
        ("2.1", "14 000 € (9 550 + 4 450)", "Lu : 9 550 + 4 450 = 14 000 €."),
        ("2.1", "+".join("1" * 60), "Lu : un calcul dont le résultat est 60 €."),
        ("2.3", "636 097 × 1,2 ≈ 763 316", "Lu : 636 097 × 1,2 ≈ 763 316 €."),
        ("2.3", "environ 763 k€ soit 763 316,40 €", "Lu : 763 316,40 €."),
        ("2.4", "256357", "Lu : 256 357."),
        ("2.4", "1001", "Lu : 1 001."),
        ("2.4", "218", "Lu : 218."),
        ("2.4", "1000 + 1", "Lu : 1 000 + 1 = 1 001."),
        ("2.4", "(20 + 1,8) %", "Lu : (20 + 1,8) % = 21,8 %."),
        ("2.1", "0,014", "Lu : 0,014 €."),
        ("2.1", "13 999,996", "Lu : 13 999,996 €."),
        ("2.1", "14 000,0000004", "Lu : 14 000,0000004 €."),
        ("2.1", 4666.666666666667 * 3, "Lu : 14 000 €."),
        ("2.3", "763.3164", "Lu : 763,3164 €."),
        ("2.3", 636097 * 1.2, "Lu : 763 316,40 €."),
        ("2.4", "21,80361 %", "Lu : 21,80361 %."),
        ("2.4", "21,80361", "Lu : 21,80361 %."),
        ("2.4", 256357 / 1175756, "Lu : 21,803588 %."),
        ("2.4", "1175756/256357", "Lu : 1 175 756 ÷ 256 357 ≈ 4,59, soit 458,6401 %."),
        ("2.3", "15 ETP x 50 887,76", "Lu : 15 ETP × 50 887,76 = 763 316,40 €."),
        ("2.3", "636 097 € ÷ 1 an", "Lu : 636 097 € ÷ 1 an = 636 097 €."),
        ("2.3", "15 ans", "Lu : 15 ans."),
    ],
)
def test_l_echo_dit_ce_qui_a_ete_lu(question, saisie, echo):
    assert simple(CAS.verifier(question, saisie).phrase).startswith(echo)


@pytest.mark.parametrize(
    ("question", "saisie", "dits"),
    [
        ("2.1", -14, ["en milliers d'euros", "signe"]),
        ("2.1", -14_000_000, ["mille fois trop", "signe"]),
        ("2.1.ressources", 4450, ["l'autre écart", "signe"]),
        ("2.1.ressources", -1050, ["le montant réalisé", "en milliers d'euros", "signe"]),
        ("2.3", 127.2, ["seulement l'augmentation", "en milliers d'euros"]),
        ("2.4", "-0,218 %", ["une part écrite comme un pourcentage", "signe"]),
        ("2.4", "0,127 %", ["la part de 2014", "une part écrite comme un pourcentage"]),
    ],
)
def test_deux_fautes_a_la_fois_sont_nommees_toutes_deux(question, saisie, dits):
    verdict = CAS.verifier(question, saisie)
    assert verdict.etat == "faux" and all(dit in verdict.phrase for dit in dits), verdict


@pytest.mark.parametrize("saisie", ["218 %", "121,8 %", "218", "1175756/256357"])
def test_une_part_de_plus_de_cent_pour_cent_n_est_pas_dite_un_montant(saisie):
    phrase = CAS.verifier("2.4", saisie).phrase
    assert "entre 0 et 100 %" in phrase and "montant" not in phrase


# --- Ce qui vaut de toute saisie --------------------------------------------------------------

MOTS_DEVANT = [
    "", "Résultat : ", "résultat = ", "écart de ", "Le résultat est de ", "donc ", "je pense que ",
    "je trouve ", "2.1 - ", "2.1 : ", "2.1/ ", "1/ ", "1) ", "1°) ", "a) ", "a - ", "Q2.1 - ", "2014 - ",
    "2014 : ", "En 2014, ", "Résultat - ", "gain de ", "déficit de ", "il faudrait ", "soit ",
    "Résultat (k€) : ", "en milliers d'euros : ", "environ ", "• ", "- ", "n°2 : ", "pas ",
]  # fmt: skip
MOTS_DERRIERE = [
    "", ".", " !", " (favorable)", " favorable", " d'excédent", " de déficit", " (bénéfice)", " positif",
    " en 2014", " (2014)", "/2014", " - 2014", ", c'est un gain", " chevaux", " kg", " $", " (",
    " environ", " HT", " de moins", " (euros)", " (k€)", " (arrondi)", " par mois", " )",
]  # fmt: skip
UNITES = {"": 1, " €": 1, "€": 1, " euros": 1, " k€": 1000, " milliers d'euros": 1000}
HABITS = st.tuples(
    st.sampled_from(MOTS_DEVANT),
    st.sampled_from(["", "-", "- ", "−", "+"]),
    st.integers(1, 99_999_999),
    st.sampled_from(list(UNITES)),
    st.sampled_from(MOTS_DERRIERE),
)


def milliers_de(devant: str, unite: str, derriere: str) -> set[float]:
    """Les multiples que l'habillage permet, écrits devant ou derrière le nombre."""
    facteurs = {UNITES[unite]}
    if "k€" in devant + derriere or "milliers" in devant:
        facteurs.add(1000)
    return facteurs


@settings(max_examples=600, deadline=None)
@given(HABITS)
def test_l_habit_ne_change_pas_le_nombre(habit):
    """Quels que soient les mots, l'année ou le numéro autour : on lit le nombre écrit, ou l'on demande."""
    devant, signe, centimes, unite, derriere = habit
    ecrit = simple(euros(centimes / 100)).removesuffix(" €")
    texte = f"{devant}{signe}{ecrit}{unite}{derriere}"
    sens = -1 if signe in ("-", "- ", "−") else 1
    if devant == "- " and signe == "":
        sens = -1
    possibles = {sens * f * centimes / 100 for f in milliers_de(devant, unite, derriere)}
    lecture = lire(texte)
    if lecture.etat == "lu":
        assert any(lecture.valeur == pytest.approx(p) for p in possibles), lecture
    if lecture.etat == "ambigu":
        assert any(abs(c) == pytest.approx(abs(p)) for c in lecture.candidats for p in possibles)
    if lecture.proposition is not None:
        relue = lire(lecture.proposition)
        assert relue.etat == "lu" and relue.proposition is None
        assert any(relue.valeur == pytest.approx(p) for p in possibles), lecture


@settings(max_examples=300, deadline=None)
@given(HABITS)
def test_une_proposition_garde_les_chiffres_ecrits(habit):
    devant, signe, centimes, unite, derriere = habit
    texte = f"{devant}{signe}{centimes}{unite}{derriere}"
    proposition = lire(texte).proposition
    if proposition is not None:
        assert "".join(filter(str.isdigit, proposition)) == str(centimes)


@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from(list(CAS.controles)),
    st.sampled_from([mot for mot in MOTS_DEVANT if "k€" not in mot and "milliers" not in mot]),
    st.sampled_from([mot for mot in MOTS_DERRIERE if mot not in (" (k€)", " (euros)")]),
)
def test_une_bonne_reponse_habillee_n_est_jamais_fausse_ni_une_fausse_juste(code, devant, derriere):
    controle = CAS.controles[code]
    if devant != "- ":  # un vrai signe moins
        bonne = simple(controle.ecrire(controle.valeur))
        verdict = CAS.verifier(code, f"{devant}{bonne}{derriere}")
        assert verdict.juste is not False, verdict
    fausse = simple(controle.ecrire(controle.valeur * 1.7))
    assert CAS.verifier(code, f"{devant}{fausse}{derriere}").juste is not True
