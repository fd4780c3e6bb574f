"""Les figures et les ateliers du dossier 1, pilotés sans navigateur."""

import json
import re
from html import unescape

import pytest
from matplotlib.text import Text
from PIL import Image

from cerdd_case import Cas, ErreurCas
from cerdd_case.dossier_1.calendrier import figure_calendrier
from cerdd_case.dossier_1.classement import EXERCICES, categories, faits_a_classer
from cerdd_case.dossier_1.diagnostic_figure import (
    FigureEtages,
    FigureForcesFaiblesses,
    FigurePreuves,
)
from cerdd_case.dossier_1.financement_atelier import AtelierFinanceurs
from cerdd_case.dossier_1.financement_exercice import Financeurs
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
    """Un cas dont le suivi s'écrit dans un fichier provisoire."""
    return Cas(memoire=Memoire(tmp_path / "carnet.suivi.json"))


# --- Les textes des figures tiennent et ne se chevauchent pas ---------------------------


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
    controler(figure_organigramme(CAS))


# --- Les textes de remplacement ---------------------------------------------------------


def test_le_calendrier_donne_les_deux_lectures():
    alternative = figure_calendrier(CAS).alternative
    assert "État de 2014 à 2016, Région de 2016 à 2018, État de 2018 à 2020" in alternative
    assert "Région de 2014 à 2016, État de 2016 à 2018, Région de 2018 à 2020" in alternative
    assert "ne dit pas qui commence" in alternative


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


def test_sans_reglages_a_l_ecran_non_plus():
    for reponses in ({}, {"region": 39}, {"majorite": DEUX_TIERS}, {"pari": None}):
        fiche = CAS.atelier("vote", reponses=reponses)
        montre = f"{fiche}{fiche._repr_html_()}{fiche.figure.alternative}"
        assert "puis pariez" in montre and "reste caché" in montre
        assert not re.search(r"33,3|Banzhaf|du pouvoir, |aucun pouvoir|Rien ne passe", montre)
    parie = str(CAS.atelier("vote", reponses={"pari": 0.5}))
    assert "33,3\u202f% selon Banzhaf" in parie and "Personne ne décide seul" in parie


@pytest.mark.parametrize(
    ("voix", "dit"),
    [
        ("abc", "par membre"), (5, "par membre"), ([1, 2], "par membre"), ({3: 1}, "par membre"),
        ({"etat": -1}, "donnez 0 ou plus"), ({"etat": 10**9}, "ou moins"), ({"etat": "x"}, "x"),
        ({f"m{i}": 1 for i in range(10**4)}, "1 à 8 membres"), ({"etat": 0}, "Personne"),
    ],
)  # fmt: skip
def test_des_voix_absurdes_se_disent_en_une_phrase(voix, dit):
    with pytest.raises(ErreurCas, match=dit):
        CAS.figure("majorites", voix)


def test_les_indices_de_pouvoir_s_expliquent_sur_leur_figure():
    for figure in (figure_pouvoir(CAS).figure, figure_majorites(CAS).figure):
        ecrits = " ".join(t.get_text() for t in figure.findobj(Text))
        assert "part des ordres d'arrivée" in ecrits and "Shapley" in ecrits
    assert "part du pouvoir" in ecrits and "part du pouvoir (Shapley)" not in ecrits


# --- L'organigramme d'origine, quand l'enseignant le possède ----------------------------


def test_l_image_de_l_enseignant_remplace_l_arbre(tmp_path):
    (tmp_path / "local").mkdir()
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": []}), encoding="utf-8")
    image = tmp_path / "local" / "organigramme.png"
    Image.new("RGB", (300, 120), "white").save(image)
    illustration = Cas(tmp_path).figure("organigramme")
    assert "fourni par l'enseignant" in illustration.alternative
    largeur, hauteur = illustration.figure.get_size_inches()
    assert hauteur / largeur == pytest.approx(120 / 300)
    image.write_text("pas une image", encoding="utf-8")
    with pytest.raises(ErreurCas, match="organigramme.png"):
        Cas(tmp_path).figure("organigramme")


# --- La gouvernance ---------------------------------------------------------------------


def test_gouvernance_le_pari_ouvre_le_pouvoir():
    atelier = CAS.atelier("vote")
    assert "reste caché" in atelier.image.alternative and atelier.calcul.disabled
    atelier.pari.value = 0.5
    assert "✘ Pari perdu" in atelier.verdict.html and "33,3" in atelier.verdict.html
    assert "Banzhaf" in atelier.image.alternative and not atelier.calcul.disabled
    atelier.pari.value = 1 / 3
    assert "✔ Pari gagné" in atelier.verdict.html


def test_gouvernance_les_boutons_et_le_retour():
    atelier = CAS.atelier("vote")
    atelier.pari.value = 1 / 3
    atelier.boutons[1].click()
    assert atelier.seuil == DEUX_TIERS and "aucun pouvoir" in atelier.conclusion.html
    atelier.calcul.value = True
    assert atelier.detail.html.count("<li>") == 6
    atelier.curseurs["partenaire"].valeur = 10
    assert atelier.detail.html.count("<li>") == 24
    atelier.retour.click()
    assert atelier.voix == {**VOIX, "partenaire": 0} and atelier.seuil == SIMPLE


def test_gouvernance_sans_aucune_voix_le_dit_et_garde_l_image():
    atelier = CAS.atelier("vote")
    for curseur in atelier.curseurs.values():
        avant = atelier.image.alternative
        curseur.valeur = 0
    assert "Personne n'a de voix" in unescape(atelier.conclusion.html)
    assert atelier.image.alternative == avant
    assert atelier.incident.html == ""


def test_gouvernance_une_part_des_deux_tiers_se_tape():
    atelier = CAS.atelier("vote")
    atelier.majorite.saisir("66,7 %")
    assert atelier.seuil == pytest.approx(0.667)
    atelier.majorite.saisir("30 %")
    assert "hors limites" in atelier.majorite.erreur and atelier.seuil == pytest.approx(0.667)


# --- Les financeurs ---------------------------------------------------------------------


def test_financeurs():
    atelier = AtelierFinanceurs(Financeurs(CAS))
    assert "aucune recette" in atelier.conclusion.html
    for poste, part in (("etat", "34,7"), ("collectivites", "83,5"), ("ue", "96,1"),
                        ("autres", "100,0")):  # fmt: skip
        atelier.cases[poste].value = True
        assert f"{part}\u202f%" in atelier.conclusion.html
    assert "100,0" in atelier.image.alternative


# --- Les classements --------------------------------------------------------------------


def test_diagnostic_classer_verifier_changer(cas):
    atelier = cas.atelier("diagnostic")
    assert atelier.courant == "A1-82" and atelier.bouton_verifier.disabled
    atelier.choix.value = "faiblesse"
    assert "Équipe très stable (à vérifier)" in atelier.image.alternative
    atelier.bouton_verifier.click()
    assert "✘ À revoir" in atelier.avis.html and "Est-ce dans l'organisation" in unescape(
        atelier.avis.html
    )
    atelier.choix.value = "force"  # changer d'avis efface la vérification
    assert "✘" not in atelier.avis.html
    atelier.bouton_verifier.click()
    assert "✔ Juste" in atelier.avis.html
    atelier.boutons["◀ Fait précédent"].click()
    assert atelier.courant == atelier.faits["fait_id"].iloc[-1]
    assert atelier.choix.value is None


def test_diagnostic_une_reponse_defendable(cas):
    atelier = cas.atelier("diagnostic")
    atelier.serie.value = 2
    atelier.rang = list(atelier.faits["fait_id"]).index("A7-01")
    atelier.actualiser()
    atelier.choix.value = "force"
    atelier.bouton_verifier.click()
    assert "≈ À discuter" in atelier.avis.html and "se défend" in atelier.avis.html


def test_diagnostic_tout_juste_puis_repris_puis_efface(cas):
    atelier = cas.atelier("diagnostic")
    for fait in atelier.faits.itertuples():
        atelier.choix.value = fait.categorie
        atelier.bouton_verifier.click()
        atelier.boutons["Fait suivant ▶"].click()
    assert "12 justes" in atelier.bilan.html and "complet" in atelier.bilan.html
    repris = Cas(memoire=Memoire(cas.memoire.fichier)).atelier("diagnostic")
    assert repris.reponses == atelier.reponses and repris.verifies == atelier.verifies
    repris.boutons["Tout effacer"].click()
    assert "Faits classés : 0" in repris.bilan.html.replace("\u00a0", " ")
    assert Memoire(cas.memoire.fichier).lire("classement:diagnostic")["reponses"] == {}
    repris.bouton_retablir.click()
    assert "12 justes" in repris.bilan.html


def test_un_suivi_d_une_autre_version_ne_casse_rien(tmp_path):
    memoire = Memoire(tmp_path / "s.json")
    reponses = {"A1-82": "opportunite", "Z9": "force", "A1-85": "force"}
    memoire.ecrire("classement:diagnostic", {"reponses": reponses, "verifies": list(reponses)})
    memoire.ecrire("classement:finalites", {"INT-06": "but", "Z9": "moyen", "A1-14": "mission"})
    diagnostic = Cas(memoire=memoire).atelier("diagnostic")
    assert (diagnostic.reponses, diagnostic.verifies) == ({"A1-85": "force"}, {"A1-85"})
    assert Cas(memoire=memoire).atelier("finalites").liste.choix == {"A1-14": "mission"}


@pytest.mark.parametrize(
    ("exercice", "lignes"), [("finalites", 12), ("performance", 6), ("strategie", 10)]
)
def test_les_listes_completes_et_justes(cas, exercice, lignes):
    atelier = cas.atelier(exercice)
    atelier.liste.choix = (
        dict(
            zip(atelier.exercice.faits["fait_id"], atelier.exercice.faits["categorie"], strict=True)
        )
        if exercice != "performance"
        else {f.categorie: f.fait_id for f in atelier.exercice.faits.itertuples()}
    )
    atelier.verifier()
    assert [a["juste"] for a in atelier.liste.avis.values()] == [True] * lignes
    assert "à revoir)" not in atelier.image.alternative
    bilan = f"Vérifiés\u00a0: {lignes} sur {lignes} — {lignes} justes, 0 à discuter, 0 à revoir."
    assert bilan in atelier.bilan.html
    atelier.effacer()
    assert atelier.liste.choix == {} == atelier.liste.avis and atelier.liste.retablissable
    atelier.retablir()
    assert bilan in atelier.bilan.html and len(atelier.liste.choix) == lignes


def test_une_preuve_ne_sert_qu_une_fois(cas):
    atelier = cas.atelier("performance")
    atelier.liste.choix = {"efficience": "A1-79", "duree": "A1-79"}
    atelier.verifier()
    assert atelier.liste.avis["efficience"]["juste"]
    assert not atelier.liste.avis["duree"]["juste"]
    assert "déjà employé" in atelier.liste.avis["duree"]["texte"]


def test_changer_un_choix_efface_son_avis(cas):
    atelier = cas.atelier("finalites")
    atelier.liste.choix = {"INT-06": "moyen", "A1-14": "mission"}
    atelier.verifier()
    atelier.liste.choix = {"INT-06": "finalite", "A1-14": "mission"}
    assert set(atelier.liste.avis) == {"A1-14"}


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
