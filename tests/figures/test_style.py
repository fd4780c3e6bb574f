"""Un style personnel de matplotlib ne change pas nos figures, et nos figures ne le changent pas."""

import os
import subprocess
import sys
from functools import partial

import matplotlib
import pytest
from matplotlib import pyplot, rcParams
from matplotlib.text import Text

from cerdd_case import Cas
from cerdd_case.dossier_2.projection_figure import FigureBudget
from cerdd_case.figures.mise_en_page import Illustration, style
from cerdd_case.figures.vive import FigureVive
from cerdd_case.socle.dossier import ateliers, figures

CAS = Cas()
PERSONNELS = {
    "styles": lambda: (
        pyplot.style.use("dark_background"), pyplot.xkcd(), rcParams.update({"text.usetex": True})
    ),
    "réglages": lambda: rcParams.update(
        {
            "font.family": "Police qui n'existe pas",
            "font.sans-serif": ["Absente"],
            "figure.dpi": 37,
            "savefig.dpi": 37,
            "savefig.transparent": True,
            "savefig.bbox": "tight",
            "savefig.facecolor": "black",
            "axes.prop_cycle": matplotlib.cycler(color=["yellow"]),
            "axes.grid": True,
            "axes.unicode_minus": False,
            "axes.formatter.use_locale": True,
            "xtick.labelsize": 30,
            "lines.linewidth": 9,
            "figure.autolayout": True,
            "figure.constrained_layout.use": True,
            "patch.force_edgecolor": True,
            "legend.frameon": True,
            "path.simplify": False,
        }
    ),
}  # fmt: skip


# Tout ce que `Cas` dessine : figures fixes et ateliers.
ARGUMENTS = {"classement": ["finalites"], "budget": [CAS.projeter()]}
FIGURES = {f"atelier {nom}": partial(CAS.atelier, nom) for nom in ateliers()} | {
    f"figure {nom}": partial(CAS.figure, nom, *ARGUMENTS.get(nom, [])) for nom in figures()
}


def dessin(nom: str):
    """L'image fixe d'une figure ou d'un atelier, et les commandes que le navigateur repeint."""
    resultat = FIGURES[nom]()
    if isinstance(resultat, Illustration):
        return resultat.png(), None
    image = getattr(resultat, "image", None)
    vive = (image.fond, image.devant) if hasattr(image, "fond") else None
    return resultat.apercu().png(), vive


@pytest.fixture(scope="module")
def attendus():
    with matplotlib.rc_context(matplotlib.rcParamsDefault):
        return {nom: dessin(nom) for nom in FIGURES}


def test_les_figures_sont_toutes_la():
    assert len(FIGURES) >= 20


@pytest.mark.entiere
@pytest.mark.parametrize("personnel", PERSONNELS)
def test_un_style_personnel_ne_change_aucune_figure(attendus, personnel):
    with matplotlib.rc_context():
        PERSONNELS[personnel]()
        changees = [nom for nom in FIGURES if dessin(nom) != attendus[nom]]
    assert changees == []


def test_un_style_choisi_apres_coup_ne_change_ni_l_image_ni_les_pas_suivants():
    budget = CAS.annexe(4)
    neuve, vive = FigureBudget(budget, CAS.contexte), FigureBudget(budget, CAS.contexte)
    hypotheses = [CAS.projeter(etp_ajoutes=n) for n in (0, 2.5, 4)]
    attendu = [(neuve.actualiser(h), neuve.fond(), neuve.devant()) for h in hypotheses]
    illustration = CAS.figure("cascade")
    avant = illustration.png()
    with matplotlib.rc_context():
        for personnel in PERSONNELS.values():
            personnel()
        assert illustration.png() == avant
        assert [(vive.actualiser(h), vive.fond(), vive.devant()) for h in hypotheses] == attendu


def test_les_reglages_de_la_personne_lui_sont_rendus():
    with matplotlib.rc_context():
        rcParams["lines.linewidth"] = 9
        avant = dict(dict.items(rcParams))
        CAS.figure("cascade").png()
        vive = FigureBudget(CAS.annexe(4), CAS.contexte)
        vive.actualiser(CAS.projeter())
        vive.devant()
        assert dict(dict.items(rcParams)) == avant
        with pytest.raises(RuntimeError), style():
            raise RuntimeError
        assert dict(dict.items(rcParams)) == avant


def test_une_figure_vive_s_actualise_a_notre_style():
    class Essai(FigureVive):
        def construire(self):
            self.epaisseurs = [rcParams["lines.linewidth"]]

        def actualiser(self):
            self.epaisseurs.append(rcParams["lines.linewidth"])

    with matplotlib.rc_context({"lines.linewidth": 9}):
        figure = Essai()
        figure.actualiser()
    assert figure.epaisseurs == [matplotlib.rcParamsDefault["lines.linewidth"]] * 2


def test_un_fichier_de_reglages_personnel_ne_change_rien(tmp_path):
    """Le fichier `matplotlibrc` de la personne, lu dès l'importation, dans un Python neuf."""
    (tmp_path / "matplotlibrc").write_text(
        "backend: TkAgg\nfont.size: 30\nfigure.facecolor: black\nsavefig.dpi: 20\n"
        "text.usetex: True\nlines.linewidth: 7\n",
        encoding="utf-8",
    )
    code = (
        "import hashlib; from cerdd_case import Cas\n"
        "print(hashlib.sha256(Cas().figure('cascade').png()).hexdigest())"
    )
    sceaux = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True, text=True, check=True, env={**os.environ, **reglages},
        ).stdout
        for reglages in (
            {"MPLBACKEND": "agg"},
            {"MATPLOTLIBRC": str(tmp_path), "MPLBACKEND": "module://absent"},
        )
    }  # fmt: skip
    assert len(sceaux) == 1


DANS_LA_PAGE = 916  # px : la largeur d'une figure au pupitre, sur un écran de 1024


@pytest.mark.entiere
@pytest.mark.parametrize("nom", FIGURES)
def test_les_lettres_d_une_figure_font_au_moins_douze_pixels(nom):
    resultat = FIGURES[nom]()
    figure = (resultat if isinstance(resultat, Illustration) else resultat.apercu()).figure
    pixels = DANS_LA_PAGE / figure.get_figwidth() / 72
    ecrits = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    assert [t.get_text() for t in ecrits if t.get_fontsize() * pixels < 12] == [] and ecrits
