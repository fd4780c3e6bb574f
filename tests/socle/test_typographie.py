"""La typographie d'un texte : ce qui ne se sépare pas, ce qui s'accorde."""

import pytest

from cerdd_case.socle.typographie import insecables, pluriel, typographier


@pytest.mark.parametrize(
    "ecrit",
    ["annexe~4", "Annexes~1 et 2", "question~2.3", "dossier~1", "DOSSIER~1", "annexe~7, §~2"],
)
def test_un_numero_ne_quitte_pas_son_mot(ecrit):
    for rendre in (typographier, insecables):
        assert rendre(ecrit.replace("~", " ")) == ecrit.replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("combien", "attendu"),
    [(0, "fait utile"), (1, "fait utile"), (1.9, "fait utile"), (2, "faits utiles")],
)
def test_le_pluriel_commence_a_deux(combien, attendu):
    assert pluriel("fait utile", combien) == attendu


def test_un_mot_qui_finit_par_s_ne_change_pas():
    assert (pluriel("mois", 3), pluriel("avis", 2), pluriel("prix", -2)) == ("mois", "avis", "prix")
