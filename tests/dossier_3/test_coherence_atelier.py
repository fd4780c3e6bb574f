"""L'atelier de la cohérence, sans navigateur."""

from html import unescape

import pytest

from cerdd_case import Cas
from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_3.coherence_atelier import AtelierCoherence
from cerdd_case.dossier_3.coherence_exercice import Coherence
from cerdd_case.dossier_3.notions import Notions
from cerdd_case.socle.erreurs import ErreurCas
from cerdd_case.socle.memoire import Memoire
from cerdd_case.socle.typographie import typographier
from cerdd_case.widgets.listes import AtelierListes


@pytest.fixture(scope="module")
def donnees():
    return Donnees()


def ranger(donnees, *faits, fichier=None, **mal) -> Memoire:
    """L'avancement d'un élève qui a rangé ces faits (tous, sans précision), et vérifié."""
    notions, memoire = Notions(donnees), Memoire(fichier)
    bien = {c: v for c, v in notions.solution().items() if c in faits or not (faits or mal)}
    tri = AtelierListes(notions, memoire)
    tri.repondre(bien | {c.replace("_", "-"): v for c, v in mal.items()})
    tri.verifier()
    return memoire


def test_l_atelier_de_coherence_suit_ses_listes(donnees, tmp_path):
    memoire = ranger(donnees, fichier=tmp_path / "copie.suivi.json")
    atelier = AtelierCoherence(Coherence(donnees), memoire)
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
    cas = Cas(memoire=ranger(donnees))
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


def test_confronter_demande_un_fait_range_par_dimension(donnees):
    atelier = AtelierCoherence(Coherence(donnees), ranger(donnees, "A7-25", "A7-19"))
    for geste in (atelier.demande.click, lambda: setattr(atelier.listes["decision"], "value", "participatif"),
                  lambda: setattr(atelier.vue, "value", "decision")):  # fmt: skip
        geste()
        assert dits(atelier) == [], geste
        assert "Il en manque un pour\u00a0: système de décision." in atelier.conclusion.html
    faux = AtelierCoherence(
        Coherence(donnees), ranger(donnees, "A7-25", "A7-19", A7_41="structure")
    )
    faux.demande.click()
    assert dits(faux) == []
    pret = AtelierCoherence(Coherence(donnees), ranger(donnees, "A7-25", "A7-19", "A7-41"))
    pret.demande.click()
    assert "contredi" in dits(pret)


def test_un_onglet_ne_montre_que_les_faits_ranges(donnees):
    """« Notre lecture » ne trie rien à la place de l'élève : ni faits d'une autre annexe, ni faits faux."""
    exercice = Coherence(donnees)

    def montres(memoire, dimension, **choix) -> set[str]:
        atelier = AtelierCoherence(Coherence(donnees), memoire)
        for d, option in choix.items():
            atelier.listes[d].value = option
        atelier.vue.value = dimension
        lu = unescape(atelier.detail.html)
        assert ("Rangez d'abord les faits" in lu) == (memoire is not tout)
        ici = exercice.faits[atelier.listes[dimension].value]
        return {f.fait_id for f in ici if typographier(f.lecture) in lu}

    tout = ranger(donnees)
    for dimension, options in exercice.possibles.items():
        for option in options:
            assert montres(Memoire(), dimension, **{dimension: option}) == set(), option
            tous = {f.fait_id for f in exercice.faits[option]}
            assert montres(tout, dimension, **{dimension: option}) == tous
    partiel = ranger(donnees, "A7-25", "A7-15", A7_23="decision")
    assert montres(partiel, "structure", structure="projets") == {"A7-25"}
    assert montres(partiel, "decision", decision="participatif") == {"A7-15"}


def test_un_assemblage_donne_ou_complet_dit_tout_range(donnees):
    for options in ({"structure": "projets"}, {"complete": True}):
        atelier = Cas(memoire=Memoire()).atelier("coherence", **options)
        atelier.demande.click()
        atelier.vue.value = "structure"
        assert "contredi" in dits(atelier) or "partag" in dits(atelier)
        assert "Rangez" not in atelier.detail.html
