"""Les valeurs d'un carnet se lisent, quel que soit l'outil qui l'a enregistré."""

import pytest

from cerdd_case.socle.carnet import compte, du_genre, identifiant_valide, pieces_jointes, texte


@pytest.mark.parametrize(
    ("valeur", "lu"),
    [
        ("a\nb", "a\nb"),
        (["a\n", "b"], "a\nb"),
        (["a", 1, None], "a"),
        (None, ""),
        (3, ""),
        ({}, ""),
    ],
)
def test_un_texte_est_d_un_bloc_ou_en_lignes(valeur, lu):
    assert texte(valeur) == lu


def test_ce_qui_n_est_pas_du_genre_attendu_est_vide():
    assert du_genre(dict, {"a": 1}) == {"a": 1} and du_genre(dict, [1]) == {}
    assert du_genre(list, None) == []


def test_un_identifiant_a_de_1_a_64_signes_simples():
    assert all(map(identifiant_valide, ("a", "reponse-2-3-code", "x" * 64)))
    assert not any(map(identifiant_valide, ("", "é", "a b", "x" * 65, None, 3)))


@pytest.mark.parametrize(("note", "lu"), [(3, 3), (0, 0), (-1, None), (True, None), ("3", None)])
def test_un_numero_d_execution_est_un_entier(note, lu):
    assert compte({"execution_count": note}) == lu
    assert compte({}) is None


def test_une_piece_jointe_illisible_ne_compte_pas():
    image = {"image/png": "AAAA"}
    assert pieces_jointes({"attachments": {"a.png": image, "b.png": "x"}}) == {"a.png": image}
    assert pieces_jointes({"attachments": None}) == {}
