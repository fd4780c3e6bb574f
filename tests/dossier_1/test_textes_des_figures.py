"""Les textes des figures du dossier 1 tiennent, ne se chevauchent pas, et se disent sans image."""

import re

import pytest
from matplotlib.text import Text

from cerdd_case import Cas
from cerdd_case.dossier_1.calendrier import figure_calendrier
from cerdd_case.dossier_1.classement import EXERCICES, categories, faits_a_classer
from cerdd_case.dossier_1.diagnostic_figure import (
    FigureEtages,
    FigureForcesFaiblesses,
    FigurePreuves,
)
from cerdd_case.dossier_1.financement_figure import FigureRecettes
from cerdd_case.dossier_1.structure import figure_organigramme
from cerdd_case.dossier_1.vote import DEUX_TIERS, SIMPLE, UNANIMITE, droits_de_vote
from cerdd_case.dossier_1.vote_figure import FigurePouvoir, figure_majorites, figure_pouvoir
from cerdd_case.questions.verdict import Verdict
from cerdd_case.socle.memoire import Memoire

CAS = Cas()
VOIX = droits_de_vote(CAS)
PREUVES = faits_a_classer("performance", donnees=CAS)


@pytest.fixture
def cas(tmp_path):
    """Un cas dont la mémoire s'écrit dans un fichier provisoire."""
    return Cas(memoire=Memoire(tmp_path / "carnet.suivi.json"))


def textes(figure):
    """Les textes visibles d'une figure et leur cadre, en points."""
    figure.canvas.draw()
    rendu = figure.canvas.get_renderer()
    trouves = {
        t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()
    }  # fmt: skip
    return [(t.get_text(), t.get_window_extent(rendu)) for t in trouves]


def controler(illustration):
    cadre = illustration.figure.bbox
    vus = textes(illustration.figure)
    assert len(vus) > 3
    for texte, boite in vus:
        assert boite.x0 >= -1 and boite.x1 <= cadre.x1 + 1, f"« {texte} » sort de la figure"
        assert boite.y0 >= -1 and boite.y1 <= cadre.y1 + 1, f"« {texte} » sort de la figure"
    for i, (un, a) in enumerate(vus):
        for autre, b in vus[i + 1 :]:
            largeur = min(a.x1, b.x1) - max(a.x0, b.x0)
            hauteur = min(a.y1, b.y1) - max(a.y0, b.y0)
            assert not (largeur > 1 and hauteur > 2), f"« {un} » et « {autre} » se chevauchent"


def classe(exercice, reponse=None):
    """Le classement proposé, ou tous les faits dans une seule catégorie."""
    faits = faits_a_classer(exercice, donnees=CAS)
    return EXERCICES[exercice](CAS).classer(
        {f.fait_id: reponse or f.categorie for f in faits.itertuples()}
    )


@pytest.mark.parametrize(
    "voix",
    [
        VOIX,
        {**VOIX, "partenaire": 10},
        {"etat": 100, "region": 100, "collectivites": 100, "partenaire": 100},
        {"etat": 99, "region": 1, "collectivites": 0},
        {"etat": 1, "region": 0, "collectivites": 0},
    ],
)
@pytest.mark.parametrize("seuil", [SIMPLE, DEUX_TIERS, 0.95, UNANIMITE])
@pytest.mark.parametrize("montrer", [True, False])
def test_les_textes_du_pouvoir_tiennent(voix, seuil, montrer):
    controler(FigurePouvoir().illustration(voix, seuil, montrer))


@pytest.mark.parametrize("reponse", [None, "force", "faiblesse", "aucune"])
def test_les_textes_du_diagnostic_tiennent(reponse):
    figure = FigureForcesFaiblesses(categories("domaines", CAS))
    controler(figure.illustration(classe("diagnostic", reponse)))


@pytest.mark.parametrize("reponse", [None, "finalite", "mission", "objectif", "moyen"])
def test_les_textes_des_etages_tiennent(reponse):
    figure = FigureEtages(categories("finalites", CAS), "Du pourquoi au comment")
    controler(figure.illustration(classe("finalites", reponse)))


@pytest.mark.parametrize("reponse", [None, "deliberee", "emergente", "discute"])
def test_les_textes_de_la_strategie_tiennent(reponse):
    figure = FigureEtages(categories("strategie", CAS), "Du plan au terrain")
    controler(figure.illustration(classe("strategie", reponse)))


@pytest.mark.parametrize("rang", range(len(PREUVES)))
def test_les_textes_des_preuves_tiennent(rang):
    fait = PREUVES.iloc[rang]
    preuves = categories("performance", CAS).assign(
        court=fait["court"], reference=fait["reference"]
    )
    preuves["verdict"] = [Verdict("performance", "juste", "Bien.")] * len(preuves)
    controler(FigurePreuves(preuves).illustration(preuves))


@pytest.mark.parametrize("postes", [[], ["etat", "collectivites", "ue", "autres"]])
def test_les_textes_des_recettes_tiennent(postes):
    controler(FigureRecettes(CAS.annexe(4)).illustration(postes))


@pytest.mark.parametrize(
    "voix",
    [VOIX, {"etat": 50, "region": 30, "collectivites": 20},
     {"etat": 34, "region": 33, "collectivites": 33}],
)  # fmt: skip
def test_les_textes_des_majorites_tiennent(voix):
    controler(figure_majorites(CAS, voix))


def test_les_textes_du_calendrier_et_de_l_organigramme_tiennent():
    controler(figure_calendrier(CAS))
    controler(figure_calendrier(CAS, complete=True))
    controler(figure_organigramme(CAS))


def test_le_calendrier_donne_les_deux_lectures():
    alternative = figure_calendrier(CAS).alternative
    assert "État de 2014 à 2016, Région de 2016 à 2018, État de 2018 à 2020" in alternative
    assert "Région de 2014 à 2016, État de 2016 à 2018, Région de 2018 à 2020" in alternative
    assert "ne dit pas qui commence" in alternative


ANALYSE = ("orientations", "fixées", "applique", "terrain", "décide", "justifie", "choix")


def test_le_calendrier_ne_donne_que_les_faits_dates_sauf_au_corrige():
    """Ce que la convention fixe et ce que fait la direction sont à trouver (question 1.3)."""
    support, complet = figure_calendrier(CAS), figure_calendrier(CAS, complete=True)
    lus, dits = (
        " ".join([i.alternative, *(t for t, _ in textes(i.figure))]) for i in (support, complet)
    )
    assert [mot for mot in ANALYSE if mot in lus] == []
    assert [mot for mot in ANALYSE if mot not in dits] == []
    for date in ("2001", "2013", "de 2014 à 2020", "6 ans", "tous les 2 ans"):
        assert date in lus.replace("\u00a0", " "), date


def test_l_organigramme_dit_ce_qui_est_deduit_et_ce_qui_manque():
    alternative = figure_organigramme(CAS).alternative
    assert "Adjointe du directeur, sous « Directeur » (énoncé)" in alternative
    assert "Services, sous « Équipe du CERDD » (déduit ; non donné : lesquels)" in alternative
    for libelle in CAS.annexe(2)["libelle"]:
        assert libelle in alternative


def test_le_pouvoir_ne_se_lit_pas_avant_le_pari():
    cache = FigurePouvoir().illustration(VOIX, SIMPLE, False).alternative
    assert "Banzhaf" not in cache and "33,3" not in cache
    assert "33,3\u202f% selon Banzhaf" in figure_pouvoir(CAS).alternative


@pytest.mark.entiere
@pytest.mark.parametrize(
    "nom", ["vote", "financeurs", "diagnostic", "finalites", "performance", "strategie"]
)
def test_chaque_atelier_a_un_apercu_fixe(cas, nom):
    illustration = cas.atelier(nom).apercu()
    assert illustration.png().startswith(b"\x89PNG") and len(illustration.alternative) > 80


@pytest.mark.parametrize(
    ("exercice", "justes"),
    [("finalites", 12), ("diagnostic", 39), ("performance", 6), ("strategie", 10)],
)
def test_le_classement_propose_se_montre(exercice, justes):
    alternative = CAS.figure("classement", exercice).alternative
    assert len(re.findall(r"\bjuste\)", alternative)) == justes
    assert "à revoir" not in alternative
