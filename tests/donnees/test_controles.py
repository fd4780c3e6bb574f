"""Les égalités d'un tableau à l'autre."""

import pytest

from cerdd_case.donnees.controles import CONTROLES
from cerdd_case.donnees.paquet import Donnees

DONNEES = Donnees()
RESSOURCES = {r["name"]: r for r in DONNEES.ressources}


def test_l_effectif_et_le_resultat_se_retrouvent_d_un_texte_a_l_autre():
    """Vérifié sur les données livrées seulement : un cas où l'on change un chiffre reste un cas."""
    fait = DONNEES.fait
    assert fait("INT-52") + fait("INT-53") / 2 == fait("D2-07")
    assert fait("D2-09") / fait("D2-07") == fait("D2-10")
    realise = DONNEES.annexe(5).set_index("poste")["montant_keur"]
    assert realise["resultat"] * 1000 == fait("D2-05")


@pytest.mark.parametrize("nom", CONTROLES)
def test_chaque_controle_designe_un_tableau(nom):
    assert nom in RESSOURCES
