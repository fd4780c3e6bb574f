"""L'avancement : ce qui est écrit, vérifié, auto-évalué, et ce qu'il en reste après un arrêt."""

import json

from cerdd_case import Cas
from cerdd_case.avancement import INVITE, avancement, reponses_ecrites, texte_ecrit
from cerdd_case.suivi import Suivi


def carnet(tmp_path, **reponses):
    cellules = [
        {
            "cell_type": "markdown",
            "metadata": {"reponse": question.replace("_", ".").removeprefix("q")},
            "source": f"<!-- réponse : écrivez sous cette ligne -->\n\n{texte}",
        }
        for question, texte in reponses.items()
    ]
    chemin = tmp_path / "carnet.ipynb"
    chemin.write_text(json.dumps({"cells": cellules}), encoding="utf-8")
    return chemin


def test_l_invite_n_est_pas_une_reponse(tmp_path):
    assert texte_ecrit(f"<!-- réponse 2.1 : écrivez\nsous cette ligne -->\n\n{INVITE}") == ""
    chemin = carnet(tmp_path, q2_1=INVITE, q2_2="Non, car le CERDD ne cherche pas le profit.")
    assert reponses_ecrites(chemin) == {"2.2"}


def test_une_cellule_recopiee_se_reconnait_a_son_repere(tmp_path):
    chemin = tmp_path / "carnet.ipynb"
    source = ["<!-- réponse 2.1 : écrivez sous cette ligne -->\n", "Un budget voté à l'équilibre."]
    cellules = [{"cell_type": "markdown", "metadata": {}, "source": source}]
    chemin.write_text(json.dumps({"cells": cellules}), encoding="utf-8")
    assert reponses_ecrites(chemin) == {"2.1"}


def test_un_carnet_illisible_n_arrete_rien(tmp_path):
    chemin = tmp_path / "carnet.ipynb"
    chemin.write_text("pas du json", encoding="utf-8")
    assert reponses_ecrites(chemin) is None
    assert reponses_ecrites(tmp_path / "absent.ipynb") is None


def test_l_avancement_suit_le_travail_et_survit(tmp_path):
    fichier = tmp_path / "essai.json"
    cas = Cas(suivi=Suivi(fichier))
    chemin = carnet(tmp_path, q2_3="Je multiplie par 15 ETP.")
    cas.verifier("2.3", 127_219.40)

    def ligne(question):
        tableau = avancement(cas, Suivi(fichier), chemin, 2).set_index("question")
        return tableau.loc[question]

    assert "✘ à revoir" in ligne("2.3")["verification"] and not ligne("2.3")["fait"]
    cas.verifier("2.3", 763_316.40)
    cas.grille("2.3").cases[0].value = True
    assert ligne("2.3")["reponse"] == "✔ écrite"
    assert ligne("2.3")["verification"] == "✔ juste"
    assert ligne("2.3")["evaluation"].startswith("✔ 1 sur 5")
    assert ligne("2.3")["fait"] and not ligne("2.1")["fait"]
    cas.verifier("2.1.ressources", 9550)
    assert ligne("2.1")["verification"].startswith("… 1 juste sur")


def test_la_barre_et_le_tableau_disent_la_meme_chose():
    suivi = Cas().suivi(2)
    assert suivi.barre == "▱▱▱▱ 0 question faite sur 4"
    assert suivi.barre in str(suivi) and suivi.barre in suivi._repr_html_()
    assert len(Cas().suivi().lignes) == 14
