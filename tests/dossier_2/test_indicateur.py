"""La fiche d'un indicateur : ce qui manque, les questions, le texte à recopier."""

import json

import pytest

from cerdd_case import Cas
from cerdd_case.dossier_2.indicateur_exercice import CHAMPS, Indicateur
from cerdd_case.socle.erreurs import ErreurCas
from cerdd_case.socle.memoire import Memoire

EXERCICE = Indicateur(Cas(memoire=Memoire()))
REMPLIE = {
    "nom": "Taux de rotation du personnel", "mesure": "Les départs de l'année rapportés à l'effectif",
    "dimension": "sociale", "source": "Le registre tenu par l'adjointe",
    "frequence": "Chaque année en janvier", "limite": "Personne ne part, mais est-on content ?",
}  # fmt: skip


@pytest.fixture
def cas(tmp_path):
    return Cas(memoire=Memoire(tmp_path / "carnet.suivi.json"))


def test_une_fiche_vide_pose_une_question_par_champ():
    generale, *questions = EXERCICE.juger({}).values()
    assert [v.phrase for v in questions] == [champ.vide for champ in CHAMPS.values()]
    assert {v.etat for v in questions} == {"a_completer"} and generale.etat == "constat"
    assert generale.phrase.startswith(
        "Il manque : le nom, ce qu'il mesure, la dimension, la source"
    )
    assert all(v.phrase.endswith("?") for v in questions)


def test_une_fiche_remplie_ne_demande_plus_rien():
    verdicts = EXERCICE.juger(REMPLIE)
    assert list(verdicts) == [""] and "Recopiez-la" in verdicts[""].phrase
    assert not {v.etat for v in verdicts.values()} & {"juste", "presque", "faux"}  # rien n'est jugé


@pytest.mark.parametrize(
    "vague", ["motivation", "la satisfaction", "  taux   horaire ", "- ?", "l'eau"]
)
def test_moins_de_trois_mots_appellent_une_question(vague):
    verdicts = EXERCICE.juger(REMPLIE | {"nom": vague, "limite": ""})
    assert verdicts["nom"].phrase == CHAMPS["nom"].vague and verdicts["nom"].etat == "constat"
    assert verdicts["limite"].phrase == CHAMPS["limite"].vide
    assert verdicts[""].phrase.startswith(
        "Il manque : la limite. À préciser : le nom. Est-ce une part"
    )


def test_les_dimensions_sont_celles_de_la_performance():
    dimensions = EXERCICE.possibles["dimension"]
    assert list(dimensions)[:5] == ["efficacite", "efficience", "sociale", "societale", "duree"]
    assert "limite" not in dimensions and dimensions["financiere"] == "Performance financière"
    assert "dimension" not in EXERCICE.juger({"dimension": "sociale"})  # un mot y suffit


def test_la_fiche_se_recopie():
    lignes = EXERCICE.texte(REMPLIE | {"limite": " "}).replace("\u00a0", " ").split("\n")
    assert lignes[0] == "Nom de l'indicateur : Taux de rotation du personnel"
    assert lignes[2] == "Dimension de la performance : Performance sociale"
    assert lignes[5] == "Limite : …" and len(lignes) == 6


@pytest.mark.parametrize(
    "hostile",
    [
        "x" * 300,
        "LA PART DES ÉLUS SATISFAITS " * 9,
        "$a$ b $",
        "<b>gras</b> et plus",
        "💶 " * 40,
        "\x00",
    ],
)
def test_un_texte_hostile_se_dessine(hostile):
    figure = EXERCICE.figure({"nom": hostile, "mesure": hostile})
    assert figure.png().startswith(b"\x89PNG")
    rendu = figure.figure.canvas.get_renderer()
    for texte in figure.figure.findobj(lambda a: hasattr(a, "get_text")):
        assert texte.get_window_extent(rendu).x1 <= figure.figure.bbox.x1 + 1, texte.get_text()


def test_sans_reglages_a_l_ecran():
    texte = str(
        Cas().atelier("indicateur", reponses={"nom": "satisfaction", "dimension": "Efficacité"})
    )
    assert "À préciser : le nom. Est-ce une part" in texte and "Efficacité" in texte
    assert "À remplir : nom (Nom de l'indicateur)" in texte and "Au choix : efficacite" in texte
    with pytest.raises(ErreurCas, match="le choix « sportive » n'existe pas"):
        Cas().atelier("indicateur", reponses={"dimension": "sportive"})
    with pytest.raises(ErreurCas, match='Vouliez-vous écrire "source"'):
        Cas().atelier("indicateur", reponses={"sources": "le blog"})


@pytest.mark.entiere
def test_l_ecran_questionne_garde_efface_et_retablit(cas):
    atelier = cas.atelier("indicateur")
    assert set(atelier.liste.questions) == set(CHAMPS) and "Il manque" in atelier.bilan.html
    assert CHAMPS["nom"].vide[:20] not in atelier.bilan.html  # la question est déjà sous son champ
    atelier.liste.choix = REMPLIE
    assert atelier.liste.questions == {} and "Performance sociale" in atelier.liste.fiche
    assert "Taux de rotation" in atelier.image.alternative
    assert Memoire(cas.memoire.fichier).lire("atelier:indicateur") == REMPLIE
    repris = Cas(memoire=Memoire(cas.memoire.fichier)).atelier("indicateur")
    assert repris.liste.choix == REMPLIE and repris.liste.fiche == atelier.liste.fiche
    repris.liste.demande = ["effacer", 1]
    assert repris.liste.choix == {} and repris.liste.retablissable
    repris.liste.demande = ["retablir", 2]
    assert repris.liste.choix == REMPLIE


@pytest.mark.entiere
def test_un_avancement_d_une_autre_version_ne_casse_rien(tmp_path):
    fichier = tmp_path / "s.json"
    garde = {"nom": "Coût", "dimension": "ancienne", "autre": "x"}
    fichier.write_text(json.dumps({"atelier:indicateur": garde}), encoding="utf-8")
    assert Cas(memoire=Memoire(fichier)).atelier("indicateur").liste.choix == {"nom": "Coût"}
