"""Les figures du budget : texte de remplacement, image vive fidèle, étiquettes lisibles."""

import copy
import io
import random

import numpy as np
import pytest
from matplotlib.text import Text
from PIL import Image

from cerdd_case import Cas, Hypotheses, projeter
from cerdd_case.dossier_2.ecarts import ecarts
from cerdd_case.dossier_2.ecarts_figure import figure_cascade
from cerdd_case.dossier_2.projection_figure import COURTS, FigureBudget, figure_budget
from cerdd_case.dossier_2.simulateur_atelier import REGLAGES
from cerdd_case.figures.mise_en_page import STYLE, Illustration
from cerdd_case.figures.vive import FigureVive
from cerdd_case.socle.dossier import ateliers
from cerdd_case.widgets.atelier import _contenus
from cerdd_case.widgets.image import ImageVive

CAS = Cas()
PREVU, REALISE = CAS.annexe(4), CAS.annexe(5)


def extremes() -> dict[str, Hypotheses]:
    """Le sujet, puis chaque curseur à chacun de ses bords, puis tous ensemble."""
    cas = {"sujet": CAS.hypotheses()}
    for champ, (_, _, _, minimum, maximum, _) in REGLAGES.items():
        cas[f"{champ} au minimum"] = CAS.hypotheses(**{champ: minimum})
        cas[f"{champ} au maximum"] = CAS.hypotheses(**{champ: maximum})
    depenses = ("etp_ajoutes", "taux_salaire", "taux_charges", "projet_exceptionnel_eur")
    recettes = ("taux_etat", "taux_collectivites", "taux_autres")
    haut = {c: REGLAGES[c][4] for c in depenses} | {c: REGLAGES[c][3] for c in recettes}
    bas = {c: REGLAGES[c][3] for c in depenses} | {c: REGLAGES[c][4] for c in recettes}
    cas["tout pour l'UE"], cas["solde négatif"] = CAS.hypotheses(**haut), CAS.hypotheses(**bas)
    return cas


EXTREMES = extremes()


def pixels(illustration: Illustration) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(illustration.png())).convert("RGB"))


# --- Le texte de remplacement -------------------------------------------------------------


def test_la_cascade_dit_ses_nombres():
    alternative = figure_cascade(CAS, ecarts(PREVU, REALISE)).alternative
    propre = alternative.replace("\u202f", " ").replace("\u00a0", " ")
    for morceau in (
        "résultat prévu 0 €", "État +5 000 €", "autres ressources +4 550 €",
        "personnel +4 097 €", "autres charges +353 €", "résultat réalisé 14 000 €",
    ):  # fmt: skip
        assert morceau in propre, morceau


def test_le_budget_dit_ses_nombres():
    alternative = figure_budget(CAS, projeter(PREVU, CAS.hypotheses())).alternative
    propre = alternative.replace("\u202f", " ").replace("\u00a0", " ")
    for morceau in (
        "total 1 175 756,46 €", "+13,0 %", "Personnel 763 316,40 €", "Fonctionnement 135 152,04 €",
        "Prestations extérieures 266 068,02 €", "Investissement 11 220 €", "État 361 000 €",
        "Collectivités 517 446 €", "Union européenne 256 357,46 €", "Autres financements 40 953 €",
        "Part de l'Union européenne : 21,8 %",
    ):  # fmt: skip
        assert morceau in propre, morceau


@pytest.mark.parametrize("nom", ["cascade", "budget"])
def test_la_figure_s_affiche_avec_son_texte(nom, monkeypatch):
    envois = []
    monkeypatch.setattr("IPython.display.display", lambda *a, **k: envois.append((a, k)))
    figure = CAS.figure("cascade") if nom == "cascade" else CAS.figure("budget", CAS.projeter())
    figure._ipython_display_()
    (image,), options = envois[0]
    assert image["image/png"].startswith(b"\x89PNG")
    assert options["metadata"]["image/png"]["alt"] == figure.alternative == image["text/plain"]
    (texte,), _ = envois[1]
    assert "<details>" in texte["text/html"] and "Description de la figure" in texte["text/html"]


def test_tous_les_postes_ont_un_nom_court():
    assert list(COURTS) == PREVU["poste"].tolist()


# --- La figure vive ------------------------------------------------------------------------


@pytest.mark.parametrize("nom", EXTREMES)
def test_la_figure_vive_apres_des_gestes_est_celle_que_l_on_dessine_de_neuf(nom):
    projection = projeter(PREVU, EXTREMES[nom])
    hasard = random.Random(nom)
    vive, neuve = FigureBudget(PREVU, CAS.contexte), FigureBudget(PREVU, CAS.contexte)
    for autre in hasard.sample(list(EXTREMES.values()), 4):
        vive.actualiser(projeter(PREVU, autre))
        vive.devant()
    assert vive.actualiser(projection) == neuve.actualiser(projection)
    assert vive.fond() == neuve.fond()
    assert vive.devant() == neuve.devant()


@pytest.mark.parametrize("nom", ateliers())
def test_chaque_atelier_repeint_ce_que_l_on_dessinerait_de_neuf(nom, monkeypatch):
    """Après chaque geste, fond et devant sont ceux d'une figure construite avec ces données."""
    montrees = []
    montrer = ImageVive.montrer

    def noter(image, *donnees):
        montrees.append((image.figure_vive, donnees))
        montrer(image, *donnees)

    monkeypatch.setattr(ImageVive, "montrer", noter)
    atelier = Cas().atelier(nom)
    for reglage in [e for e in _contenus(atelier) if hasattr(e, "value") or hasattr(e, "minimum")]:
        for trait, valeur in gestes(reglage):
            montrees.clear()
            setattr(reglage, trait, valeur)
            for vive, donnees in montrees[-2:]:
                neuve = copy.copy(vive)
                FigureVive.__init__(neuve)
                assert neuve.actualiser(*donnees)
                assert vive.fond() == neuve.fond(), (reglage, valeur)
                assert vive.devant() == neuve.devant(), (reglage, valeur)


def gestes(reglage) -> list[tuple]:
    """Des valeurs à donner à un réglage : ses bords, puis sa valeur de départ."""
    if hasattr(reglage, "minimum"):
        depart, bords = reglage.valeur, (reglage.minimum, reglage.maximum)
        return [("valeur", v) for v in (*bords, depart)]
    if isinstance(reglage.value, bool):
        return [("value", not reglage.value)]
    return [("value", o) for _, o in getattr(reglage, "_options_full", None) or ()][-2:]


@pytest.mark.parametrize("nom", ["sujet", "tout pour l'UE", "solde négatif"])
def test_l_image_apres_des_gestes_est_identique_au_pixel(nom):
    projection = projeter(PREVU, EXTREMES[nom])
    vive = FigureBudget(PREVU, CAS.contexte)
    for autre in EXTREMES.values():
        vive.actualiser(projeter(PREVU, autre))
    apres = pixels(vive.illustration(projection))
    neuve = pixels(figure_budget(CAS, projection))
    assert apres.shape == neuve.shape and (apres == neuve).all()


def test_deux_projections_differentes_donnent_deux_images():
    vive = FigureBudget(PREVU, CAS.contexte)
    vive.actualiser(projeter(PREVU, CAS.hypotheses()))
    fond, avant = vive.fond(), list(vive.devant())
    vive.actualiser(projeter(PREVU, CAS.hypotheses(etp_ajoutes=0)))
    assert vive.devant() != avant
    assert vive.fond() is fond  # ce qui ne bouge pas n'est pas refait


def test_le_fond_est_refait_sur_demande():
    vive = FigureBudget(PREVU, CAS.contexte)
    fond = vive.fond()
    vive.fond_change()
    assert vive.fond() is not fond and vive.fond() == fond


@pytest.mark.parametrize("nom", EXTREMES)
def test_la_figure_vive_dessine_ce_que_dit_la_projection(nom):
    projection = projeter(PREVU, EXTREMES[nom])
    vive = FigureBudget(PREVU, CAS.contexte)
    figure = vive.illustration(projection).figure
    axe, jauge = figure.axes
    barres = axe.patches[-len(PREVU) :]
    for poste, barre in zip(PREVU["poste"], barres, strict=True):
        montant = projection.montant(poste)
        if -150_000 <= montant <= 1_050_000:  # au-delà, la barre s'arrête et le nombre parle
            assert barre.get_width() == montant
        assert (barre.get_width() < 0) == (montant < 0)
    verdict = jauge.texts[-1].get_text()
    if projection.part_ue < 0:
        assert verdict == "✘ solde négatif"
    elif projection.part_ue <= 0.20:
        assert verdict == "✔ sous le plafond"
    elif projection.montant("projets_exceptionnels") and projection.part_ue <= 0.30:
        assert verdict == "✔ projet exceptionnel"
    else:
        assert verdict == "✘ plafond dépassé"


# --- Les étiquettes ------------------------------------------------------------------------


def textes_visibles(figure) -> dict:
    """Chaque texte de la figure et sa boîte, en pixels, légèrement rognée."""
    peintre = figure.canvas.get_renderer()
    figure.draw(peintre)
    boites = {}
    for texte in figure.findobj(Text):
        if texte.get_visible() and texte.get_text().strip():
            boites[texte] = texte.get_window_extent(peintre).padded(-1)
    return boites


def controler_etiquettes(figure):
    boites = list(textes_visibles(figure).items())
    largeur, hauteur = figure.canvas.get_width_height()
    assert len(boites) > 8
    for i, (texte, boite) in enumerate(boites):
        nom = texte.get_text()
        dedans = boite.x0 >= 0 and boite.y0 >= 0 and boite.x1 <= largeur and boite.y1 <= hauteur
        assert dedans, f"« {nom} » sort de l'image"
        for autre, autre_boite in boites[:i]:
            if autre.get_text() != nom or not np.allclose(boite.bounds, autre_boite.bounds):
                assert not boite.overlaps(autre_boite), f"« {nom} » couvre « {autre.get_text()} »"


@pytest.mark.parametrize("nom", EXTREMES)
def test_les_etiquettes_du_budget_ne_se_couvrent_pas(nom):
    controler_etiquettes(figure_budget(CAS, projeter(PREVU, EXTREMES[nom])).figure)


@pytest.mark.parametrize(
    "realise",
    [
        pytest.param([1050, 366, 684, 1036, 632, 14], id="le sujet"),
        pytest.param([1030, 356, 674, 1045, 640, -15], id="tout est défavorable"),
        pytest.param([1100, 420, 680, 1036, 632, 64], id="l'État domine"),
        pytest.param([1050, 366, 684, 1100, 700, -50], id="charges dépassées"),
        pytest.param([1000, 311, 689, 950, 550, 50], id="hauts et bas"),
        pytest.param([1041, 361, 680, 1040, 636, 1], id="presque rien"),
    ],
)
def test_les_etiquettes_de_la_cascade_ne_se_couvrent_pas(realise):
    figure = figure_cascade(CAS, ecarts(PREVU, REALISE.assign(montant_keur=realise))).figure
    controler_etiquettes(figure)


def test_la_cascade_va_du_prevu_au_realise():
    figure = figure_cascade(CAS, ecarts(PREVU, REALISE)).figure
    barres = figure.axes[0].patches
    bords = [(b.get_y(), b.get_y() + b.get_height()) for b in barres]
    # 0 → 5 000 → 9 550 → 13 647 → 14 000, puis le résultat réalisé
    assert [haut for _, haut in bords] == pytest.approx([0, 5000, 9550, 13647, 14000, 14000])
    assert [bas for bas, _ in bords] == pytest.approx([0, 0, 5000, 9550, 13647, 0])


# --- Le reste ------------------------------------------------------------------------------


def luminance(couleur: str) -> float:
    canaux = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, v, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux)
    return 0.2126 * r + 0.7152 * v + 0.0722 * b


@pytest.mark.parametrize("nom", ["BLEU", "ORANGE", "GRIS", "ENCRE", "VERT", "ROUGE"])
def test_les_couleurs_se_lisent_sur_blanc(nom):
    import cerdd_case.figures.mise_en_page as base

    assert 1.05 / (luminance(getattr(base, nom)) + 0.05) >= 4.5  # WCAG AA


def test_rien_n_est_confie_a_pyplot():
    """Sans pyplot, aucune figure ne s'accumule en mémoire."""
    import subprocess
    import sys

    code = (
        "import sys; from cerdd_case import Cas; c = Cas(); c.figure('cascade').png(); "
        "c.figure('budget', c.projeter()).png(); print('matplotlib.pyplot' in sys.modules)"
    )
    sortie = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert sortie.stdout.strip() == "False"


def test_le_style_ne_deborde_pas():
    from matplotlib import rc_context, rcParams, rcParamsDefault

    # Remis d'abord à ceux de matplotlib : une figure d'un essai précédent a pu déborder déjà.
    origine = {cle: rcParamsDefault[cle] for cle in STYLE}
    assert origine != STYLE
    with rc_context(origine):
        CAS.figure("cascade").png()
        CAS.figure("budget", CAS.projeter()).png()
        assert {cle: rcParams[cle] for cle in STYLE} == origine


def test_une_figure_vive_incomplete_le_dit():
    with pytest.raises(NotImplementedError):
        FigureVive()
