"""L'atelier de la cohérence, sans navigateur."""

from html import unescape

import pytest

from cerdd_case import Cas
from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_3.coherence_atelier import AtelierCoherence
from cerdd_case.dossier_3.coherence_exercice import Coherence
from cerdd_case.socle.erreurs import ErreurCas


@pytest.fixture(scope="module")
def donnees():
    return Donnees()


def test_l_atelier_de_coherence_suit_ses_listes(donnees):
    atelier = AtelierCoherence(Coherence(donnees))
    atelier.demande.click()
    rang = atelier.image.rang
    assert "Mais ce n'est pas le cas du CERDD" in unescape(atelier.conclusion.html)
    assert "Deux à deux" in atelier.detail.html
    for dimension, option in (
        ("structure", "projets"),
        ("mecanisme", "ajustement_mutuel"),
        ("decision", "participatif"),
    ):
        atelier.listes[dimension].value = option
    assert "appuient chacun des trois choix" in atelier.conclusion.html
    assert atelier.image.rang == rang + 3
    assert "6 pour, 2 contre" in atelier.image.alternative
    atelier.vue.value = "mecanisme"
    assert "Chacun consulte tous ceux que le travail concerne." in atelier.detail.html
    assert "annexe\u00a07, §\u00a02" in atelier.detail.html
    assert atelier.incident.html == ""


def test_l_atelier_de_coherence_accepte_un_depart(donnees):
    assert (
        AtelierCoherence(Coherence(donnees), structure="projets").reponses["structure"] == "projets"
    )
    with pytest.raises(ErreurCas, match="structure : le choix « reseau » n'existe pas"):
        AtelierCoherence(Coherence(donnees), structure="reseau")


FAITS = ("contredi", "appui", "partag", "pour,", "d'après les faits", "pas le cas")


def dits(atelier) -> list[str]:
    """Ce que l'atelier dit des faits, dans sa phrase, son image et son aperçu."""
    texte = " ".join(
        [atelier.conclusion.html, atelier.image.alternative, atelier.apercu().alternative]
    )
    return [mot for mot in FAITS if mot in unescape(texte)]


def test_a_l_ouverture_seul_l_accord_des_trois_choix_se_dit(donnees):
    cas = Cas()
    atelier = cas.atelier("coherence")
    assert dits(atelier) == [] and "l'ensemble est cohérent" in unescape(atelier.conclusion.html)
    dessin = str(atelier.image.get_state())
    assert "d'après les faits" not in dessin and "à confronter aux faits" in dessin
    atelier.demande.click()
    assert "contredi" in dits(atelier) and atelier.demande.layout.display == "none"
    for geste in (lambda a: setattr(a.listes["decision"], "value", "participatif"),
                  lambda a: setattr(a.vue, "value", "decision")):  # fmt: skip
        atelier = cas.atelier("coherence")
        geste(atelier)
        assert "contredi" in dits(atelier)
    assert "contredi" in dits(cas.atelier("coherence", structure="simple"))


def test_sans_reglages_les_faits_viennent_avec_une_reponse(donnees):
    ouverte = Coherence(donnees).fiche("coherence")
    assert "Mais ce n'est pas" not in str(ouverte) and "cohérent" in str(ouverte)
    assert "Mais ce n'est pas" in str(
        Coherence(donnees).fiche("coherence", {"structure": "simple"})
    )
