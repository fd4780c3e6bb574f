"""Comparer le Web 1.0 et le Web 2.0."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_4.arguments_exercice import Arguments
from cerdd_case.dossier_4.chaine_exercice import Chaine
from cerdd_case.dossier_4.web_exercice import GENERATIONS, Web

DONNEES = Donnees()
OPTIONS = DONNEES.table("corrige-web-comparaison")
CHAINE, WEB, ARGUMENTS = Chaine(DONNEES), Web(DONNEES), Arguments(DONNEES)


def test_une_seule_proposition_convient_a_chaque_case():
    assert OPTIONS.groupby("critere").size().eq(4).all()
    for critere, groupe in OPTIONS.groupby("critere"):
        convient = list(groupe["convient"])
        assert convient.count("2.0") == 1, critere
        assert convient.count("silence") == 1, critere
        assert convient.count("1.0") == (0 if critere == "relation" else 1)


def test_la_comparaison_juste_est_toute_juste():
    verdicts = WEB.juger(WEB.solution())
    assert len(verdicts) == 18
    assert {v.etat for v in verdicts.values()} == {"juste"}
    silence = WEB.solution()["relation|1.0"]
    assert WEB.possibles["relation|1.0"][silence] == "L'annexe ne le dit pas"


def test_une_generation_prise_pour_l_autre_est_expliquee():
    verdicts = WEB.juger(
        {"nature|1.0": "nature-1", "flux|1.0": "flux-4", "flux|2.0": "inconnu",
         "limites|2.0": "nature-1"}
    )  # fmt: skip
    verdict = verdicts["nature|1.0"]
    assert verdict.etat == "faux" and verdict.phrase.startswith("Cela décrit le Web 2.0.")
    assert verdict.paragraphe == "A11§3"  # où cette proposition se lit
    assert verdict.texte.endswith("À relire : annexe 11, §\u00a03.")
    assert verdict.proposee.startswith("Réponse proposée : « ")
    assert "cela se déduit" in verdicts["flux|1.0"].phrase
    assert verdicts["flux|2.0"].juste is None
    assert verdicts["limites|2.0"].juste is None  # option d'un autre critère


@settings(deadline=None)
@given(st.data())
def test_corriger_ne_compte_que_les_cases_remplies(data):
    reponses = {}
    for critere, groupe in OPTIONS.groupby("critere"):
        for web in GENERATIONS:
            choix = data.draw(st.sampled_from([None, *groupe["option_id"]]))
            reponses[f"{critere}|{web}"] = choix
    etats = [v.etat for v in WEB.juger(reponses).values()]
    remplies = sum(v is not None for v in reponses.values())
    assert len(etats) - etats.count("a_completer") == remplies
    bonnes = WEB.solution()
    assert etats.count("juste") == sum(reponses[c] == bonnes[c] for c in bonnes)
