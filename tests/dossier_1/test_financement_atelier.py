"""L'atelier des financeurs, sans navigateur."""

from cerdd_case import Cas
from cerdd_case.dossier_1.financement_atelier import AtelierFinanceurs
from cerdd_case.dossier_1.financement_exercice import Financeurs

CAS = Cas()


def test_financeurs():
    atelier = AtelierFinanceurs(Financeurs(CAS))
    assert "aucune recette" in atelier.conclusion.html
    for poste, part in (("etat", "34,7"), ("collectivites", "83,5"), ("ue", "96,1"),
                        ("autres", "100,0")):  # fmt: skip
        atelier.cases[poste].value = True
        assert f"{part}\u202f%" in atelier.conclusion.html
    assert "100,0" in atelier.image.alternative
