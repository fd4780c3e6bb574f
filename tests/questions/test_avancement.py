"""L'avancement : ce qui est écrit, vérifié, auto-évalué, et ce qu'il en reste après un arrêt."""

import json

import pytest

from cerdd_case import Cas, ErreurCas
from cerdd_case.questions.avancement import (
    INCONNU,
    INVITE,
    Avancement,
    avancement,
    est_repondu,
    points_obtenus,
    reponses,
    texte_ecrit,
)
from cerdd_case.socle.memoire import Memoire


def reponses_ecrites(chemin):
    return {question for question, ecrite in reponses(chemin).items() if ecrite}


def carnet(tmp_path, **reponses):
    cellules = [
        {
            "cell_type": "markdown",
            "metadata": {"reponse": question.replace("_", ".").removeprefix("q")},
            "source": f"{INVITE.format(question)}\n{texte}",
        }
        for question, texte in reponses.items()
    ]
    chemin = tmp_path / "carnet.ipynb"
    chemin.write_text(json.dumps({"cells": cellules}), encoding="utf-8")
    return chemin


def test_l_invite_n_est_pas_une_reponse(tmp_path):
    chemin = carnet(tmp_path, q2_1="\u200b\n", q2_2="Non, car le CERDD ne cherche pas le profit.")
    assert reponses_ecrites(chemin) == {"2.2"}


def test_une_cellule_recopiee_se_reconnait_a_son_repere(tmp_path):
    chemin = tmp_path / "carnet.ipynb"
    source = [f"{INVITE.format('2.1')}\n", "Un budget voté à l'équilibre."]
    cellules = [{"cell_type": "markdown", "metadata": {}, "source": source}]
    chemin.write_text(json.dumps({"cells": cellules}), encoding="utf-8")
    assert reponses_ecrites(chemin) == {"2.1"}


# La forme que chaque outil donne au carnet qu'il enregistre, d'après leur documentation.
def vs_code(c):
    return {**c, "metadata": {**c["metadata"], "vscode": {"languageId": "raw"}}}


def colab(c):
    """Les identifiants passent dans les métadonnées, les nôtres se perdent, le texte brut se met en forme."""
    genre = "markdown" if c["cell_type"] == "raw" else c["cell_type"]
    return {k: v for k, v in c.items() if k != "id"} | {
        "cell_type": genre, "metadata": {"id": "xYz123"}, "source": "".join(c["source"]).splitlines(True),
    }  # fmt: skip


def basthon(c):
    """Un format d'avant les identifiants, sans métadonnées, le texte d'un seul bloc."""
    return {k: v for k, v in c.items() if k != "id"} | {
        "metadata": {},
        "source": "".join(c["source"]),
    }


@pytest.mark.parametrize("forme", [vs_code, colab, basthon])
def test_les_reponses_se_retrouvent_dans_un_carnet_enregistre_ailleurs(tmp_path, forme):
    chemin = carnet(tmp_path, **{"2.1": "Écrit ailleurs, en entier.", "2.2": ""})
    contenu = json.loads(chemin.read_bytes())
    brutes = [{**c, "id": "reponse", "cell_type": "raw"} for c in contenu["cells"]]
    contenu |= {"cells": [*map(forme, brutes)], "metadata": {}, "nbformat_minor": 2}
    chemin.write_text(json.dumps(contenu), encoding="utf-8")
    assert reponses_ecrites(chemin) == {"2.1"}


def test_un_carnet_illisible_n_arrete_rien(tmp_path):
    chemin = tmp_path / "carnet.ipynb"
    chemin.write_text("pas du json", encoding="utf-8")
    assert reponses(chemin) == reponses(tmp_path / "absent.ipynb") == reponses(None) == {}


@pytest.mark.entiere
def test_l_avancement_suit_le_travail_et_survit(tmp_path):
    fichier = tmp_path / "essai.json"
    cas = Cas(memoire=Memoire(fichier))
    chemin = carnet(tmp_path, q2_3="Je multiplie par 15 ETP.")
    cas.verifier("2.3", 127_219.40)

    def ligne(question):
        tableau = avancement(cas, Memoire(fichier), chemin, 2).set_index("question")
        return tableau.loc[question]

    assert "✘ à revoir" in ligne("2.3")["verification"] and not ligne("2.3")["fait"]
    cas.verifier("2.3", 763_316.40)
    cas.grille("2.3", ouverte=True).cases[0].value = True
    assert ligne("2.3")["reponse"] == "✔ écrite"
    assert ligne("2.3")["verification"] == "✔ juste"
    assert ligne("2.3")["evaluation"].startswith("✔ 1 sur 5")
    assert ligne("2.3")["fait"] and not ligne("2.1")["fait"]
    chemin = carnet(tmp_path, q2_3="")
    assert ligne("2.3")["evaluation"] == (
        "… 1 sur 5 pt, compte avec une réponse écrite (grille vue sans réponse)"
    )
    assert not ligne("2.3")["fait"] and points_obtenus(cas, Memoire(fichier), chemin, 2) == 0
    chemin = carnet(tmp_path, q2_3="Je multiplie par 15 ETP.")
    assert points_obtenus(cas, Memoire(fichier), chemin, 2) == 1
    cas.verifier("2.1.ressources", 9550)
    assert ligne("2.1")["verification"].startswith("… 1 juste sur")


def cellule(source, genre="markdown", **reste):
    return {"cell_type": genre, "metadata": {"reponse": "2.1"}, "source": source} | reste


REPERE = INVITE.format("2.1") + "\n"
CODE = cellule("ecart_ressources = 9550\necart_charges = ...", "code", id="reponse-2-1-code")


@pytest.mark.parametrize("genre", ["markdown", "raw", "code"])
@pytest.mark.parametrize("debut", [REPERE, ""])
def test_une_cellule_changee_de_genre_compte_comme_les_autres(tmp_path, genre, debut):
    chemin = tmp_path / "carnet.ipynb"

    def ecrites(*cellules):
        chemin.write_text(json.dumps({"cells": [CODE, *cellules]}), encoding="utf-8")
        return reponses_ecrites(chemin)

    assert ecrites(cellule(f"{debut}Un budget voté à l'équilibre.", genre)) == {"2.1"}
    assert ecrites(cellule(f"{debut}\u200b\u00a0\n", genre)) == set()


@pytest.mark.parametrize("genre", ["markdown", "raw", "code"])
def test_la_cellule_des_nombres_n_est_jamais_une_reponse_ecrite(tmp_path, genre):
    """Même changée de genre par mégarde : JupyterLab lui donne alors un autre identifiant."""
    chemin = tmp_path / "carnet.ipynb"
    nombres = cellule(CODE["source"], genre, id="a1b2")
    chemin.write_text(json.dumps({"cells": [nombres, cellule(REPERE)]}), encoding="utf-8")
    assert reponses_ecrites(chemin) == set()


def test_le_repere_a_moitie_efface_n_est_pas_une_reponse():
    assert texte_ecrit("réponse 2.1 : écrivez sous cette") == ""
    assert texte_ecrit("réponse 2.1 : écrivez\nMa réponse.") == "Ma réponse."


def test_ce_qui_est_tape_reste_signe_pour_signe():
    tape = "- 4 450 €\n\n> 20 %\n# 2*3*4 `x` <b>\u202f\n"
    assert texte_ecrit(REPERE + tape) == tape


@pytest.mark.parametrize("tape", ["", "a", "oui", "…", "Oui, non", " \n"])
def test_une_lettre_ou_un_mot_n_est_pas_une_reponse(tape):
    assert not est_repondu(REPERE + tape) and est_repondu(f"{REPERE}{tape} parce qu'il le dit")


@pytest.mark.parametrize(
    "contenu",
    [[], None, {"cells": None}, {"cells": [None, 3, {"metadata": None}, {"source": None}]},
     {"cells": [{"metadata": [], "source": [1, None]}]}],
)  # fmt: skip
def test_un_carnet_etrange_n_arrete_rien(tmp_path, contenu):
    chemin = tmp_path / "carnet.ipynb"
    chemin.write_text(json.dumps(contenu), encoding="utf-8")
    lignes = avancement(
        Cas(memoire=Memoire(tmp_path / "s.json")), Memoire(tmp_path / "s.json"), chemin
    )
    assert set(lignes["reponse"]) == {INCONNU} and not lignes["fait"].any()


@pytest.mark.entiere
@pytest.mark.parametrize("chemin", [None, "absent.ipynb", "illisible.ipynb"])
def test_l_inconnu_n_est_jamais_fait(tmp_path, chemin):
    """Nombres vérifiés, une case cochée par grille, mais rien ne dit ce qui est écrit."""
    (tmp_path / "illisible.ipynb").write_bytes(b"\0\0")
    cas = Cas(memoire=Memoire(tmp_path / "s.json"))
    for code in cas.controles:
        cas.memoire.ecrire(f"verdict:{code}", "juste")
    for question in ("2.1", "2.2", "2.3", "2.4"):
        cas.grille(question, ouverte=True).cases[0].value = True
    carnet = tmp_path / chemin if chemin else None
    bilan = Avancement(avancement(cas, cas.memoire, carnet, 2), carnet is not None)
    assert bilan.barre == "▱▱▱▱ 0 question faite sur 4"
    assert set(bilan.lignes["reponse"]) == {INCONNU} and set(bilan.lignes["verification"]) == {
        "✔ juste", "–",
    }  # fmt: skip
    assert "inconnu" in str(bilan)
    assert ("illisible" if carnet else "gardé en mémoire") in bilan.note


def test_une_grille_sans_case_cochee_est_a_faire(tmp_path):
    cas = Cas(memoire=Memoire(tmp_path / "s.json"))
    for coches in ([], ["point d'une autre version"], 5):
        cas.memoire.ecrire("grille:2.1", coches)
        assert set(avancement(cas, cas.memoire, None, 2)["evaluation"]) == {"… à faire"}


@pytest.mark.parametrize("etat", ["presque", "faux", "unite"])
def test_une_verification_qui_n_est_pas_juste_est_a_revoir(tmp_path, etat):
    cas = Cas(memoire=Memoire(tmp_path / "s.json"))
    cas.memoire.ecrire("verdict:2.3", etat)
    lignes = avancement(cas, cas.memoire, None, 2).set_index("question")
    assert lignes.loc["2.3", "verification"] == "✘ à revoir (0 juste sur 1)"


def test_la_barre_et_le_tableau_disent_la_meme_chose():
    memoire = Cas().suivi(2)
    assert memoire.barre == "▱▱▱▱ 0 question faite sur 4"
    assert memoire.barre in str(memoire) and memoire.barre in memoire._repr_html_()
    assert len(Cas().suivi().lignes) == len(Cas().table("corrige-questions"))


def test_recommencer_repart_de_zero_et_garde_ce_qui_etait_fait(tmp_path):
    cas = Cas(memoire=Memoire(tmp_path / "essai.json"))
    cas.verifier("2.3", 763_316.40)
    assert cas.indice("2.3", 2).rang == 2 and "Indice 2" in str(cas.indice("2.3"))
    phrase = cas.recommencer()
    assert repr(phrase) == str(phrase) and "repart de zéro" in phrase
    assert Memoire(tmp_path / "essai.json").lire("verdict:2.3") is None
    assert "Indice 1" not in str(cas.indice("2.3"))
    (garde,) = tmp_path.glob("*avant*")
    assert "verdict:2.3" in garde.read_text(encoding="utf-8") and garde.name in phrase


def test_un_dossier_qui_n_existe_pas_se_dit():
    assert str(Cas().suivi("2")) == str(Cas().suivi(2))
    for dossier in (7, "deux", 0):
        with pytest.raises(ErreurCas, match="Il n'y a pas de dossier .* Choisissez : 1, 2, 3, 4"):
            Cas().suivi(dossier)
