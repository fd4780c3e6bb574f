"""Citer une source pour un lecteur."""

from cerdd_case.socle.references import citer


def test_citer_pour_un_lecteur():
    assert citer("A11/web_2_0§6 A10§1") == "annexe 11, tableau, §\u00a06 ; annexe 10, §\u00a01"
