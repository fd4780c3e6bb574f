"""Les références écrites pour un lecteur se relisent telles que les données les écrivent."""

import pytest

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.socle.references import citer, relever

PREUVES = [p for ligne in Donnees().table("corrige-attendus")["preuves"] for p in ligne.split()]


def test_relever_est_l_inverse_de_citer():
    passages = [p for p in dict.fromkeys(PREUVES) if "§" in p]
    assert len(passages) > 60
    for preuve in passages:
        assert relever(citer(preuve)) == [preuve]
    assert relever(citer(" ".join(passages))) == passages


@pytest.mark.parametrize(
    ("texte", "preuves"),
    [
        ("(annexe 9, plan, § 10 et 20)", "A9§10 A9§20"),
        ("les annexes 3, § 2, et 4", "A3§2"),  # l'annexe 4, sans §, n'est pas un passage
        ("annexe 10, § 1 ; annexe 11, tableau, § 6 et 7", "A10§1 A11/web_2_0§6 A11/web_2_0§7"),
        ("(introduction, § 6, note 1 ; annexe 1, § 1)", "INT§6 A1§1"),
        ("annexe 8, § 4 à 7", "A8§4 A8§5 A8§6 A8§7"),
        ("annexes 1, § 5 et 6, et 7, § 3", "A1§5 A1§6 A7§3"),
        ("énoncé,\u00a0§\u00a06 ; énoncé du dossier 3, § 1", "D2§6 D3§1"),
        ("document « Culture numérique », § 27 ; blog de 2008, § 68 et 104",
         "DOC:culture_numerique§27 DOC:blog_tic_pme§68 DOC:blog_tic_pme§104"),
        ("sans référence : § 3, page 7", ""),
    ],
)  # fmt: skip
def test_les_passages_que_cite_un_texte(texte, preuves):
    assert relever(texte, "2") == preuves.split()


def test_citer_pour_un_lecteur():
    assert citer("A11/web_2_0§6 A10§1") == "annexe 11, tableau, §\u00a06 ; annexe 10, §\u00a01"
