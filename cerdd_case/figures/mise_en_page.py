"""Le style des figures : couleurs, réglages, image et texte de remplacement."""

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from matplotlib import RcParams, rcParams, rcParamsDefault
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from ..socle.typographie import typographier

# Couleurs lisibles par tous (contraste AA sur blanc, distinctes pour les daltoniens).
BLEU, ORANGE, GRIS, ENCRE = "#1b5e9b", "#b35309", "#6b7280", "#1f2937"
VERT, ROUGE, CLAIR = "#1a7f4b", "#b3261e", "#e5e7eb"
Aspect = dict[str, Any]  # ce que matplotlib reçoit pour dessiner : couleur, épaisseur, place…
STYLE: Aspect = {
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "axes.edgecolor": GRIS,
    "axes.labelcolor": ENCRE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titleweight": "bold",
    "axes.titlesize": 12.5,
    "text.color": ENCRE,
    "xtick.color": ENCRE,
    "ytick.color": ENCRE,
    "hatch.linewidth": 0.8,
}

# Ce qui ne se voit pas sur une figure et appartient à la session : on n'y touche pas.
REGLAGES_DE_SESSION = ("backend", "backend_fallback", "interactive", "toolbar", "timezone")
POINTS_PAR_POUCE = 100


# Tous les réglages de matplotlib : ceux d'origine, puis les nôtres. Validés une fois.
_TOUS = RcParams({**dict(dict.items(rcParamsDefault)), **STYLE})
_REGLAGES = {cle: v for cle, v in dict.items(_TOUS) if cle not in REGLAGES_DE_SESSION}


def nouvelle_figure(largeur: float = 10, hauteur: float = 4.3) -> Figure:
    """Une figure vierge au style de la collection (pouces ; 100 points par pouce).

    Elle n'est pas confiée à pyplot : rien n'est à fermer, rien ne s'accumule.
    """
    figure = Figure(figsize=(largeur, hauteur), dpi=POINTS_PAR_POUCE, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


@contextmanager
def style() -> Iterator[None]:
    """Contexte à ouvrir autour de la construction ou du dessin d'une figure.

    Tous les réglages de matplotlib y sont les nôtres : un style personnel (fichier matplotlibrc,
    `plt.style.use`, `rcParams`) ne change pas nos figures. Il est rendu intact à la sortie.
    `rc_context` revaliderait trois cents réglages à chaque pas de curseur : ceux-ci le sont déjà.
    """
    # `dict.items` lit sans passer par RcParams, qui chargerait pyplot pour choisir un moteur.
    avant = {cle: valeur for cle, valeur in dict.items(rcParams) if cle in _REGLAGES}
    dict.update(rcParams, _REGLAGES)
    try:
        yield
    finally:
        dict.update(rcParams, avant)


class Illustration:
    """Une figure et son texte de remplacement ; s'affiche d'elle-même dans un carnet."""

    def __init__(self, figure: Figure, alternative: str):
        self.figure = figure
        self.alternative = alternative
        self.lecture = (
            ""  # « Lecture proposée, d'après… », si ce qu'elle montre est de la collection
        )

    @property
    def metadonnees(self) -> dict:
        """Ce qui accompagne l'image : son texte de remplacement, et sa légende s'il en faut une."""
        legende = {"legende": self.lecture} if self.lecture else {}
        return {"image/png": {"alt": self.alternative, **legende}}

    def png(self, points_par_pouce: float = POINTS_PAR_POUCE) -> bytes:
        """L'image, en PNG."""
        tampon = io.BytesIO()
        with style():
            self.figure.savefig(tampon, format="png", dpi=points_par_pouce, facecolor="white")
        return tampon.getvalue()

    def _ipython_display_(self) -> None:
        from html import escape

        from IPython.display import display

        display(
            {"image/png": self.png(), "text/plain": self.alternative},
            metadata=self.metadonnees,
            raw=True,
        )
        display(
            {
                "text/html": f"<p>{typographier(escape(self.lecture))}</p>"
                * bool(self.lecture)
                + "<details><summary>Description de la figure</summary>"
                f"<p>{typographier(escape(self.alternative))}</p></details>",
                "text/plain": self.alternative,
            },
            raw=True,
        )


def panneau(figure: Figure, place: tuple, x: tuple = (0, 1), y: tuple = (1, 0)) -> Axes:
    """Une partie de la figure, sans cadre : `place` (gauche, bas, largeur, hauteur, en parts de la
    figure), puis les bornes de ses abscisses et de ses ordonnées (par défaut depuis le haut)."""
    axe = figure.add_axes(place)
    axe.set(xlim=x, ylim=y, xticks=[], yticks=[])
    axe.spines[:].set_visible(False)
    return axe


def rond(valeur: float, suite: tuple[float, ...] = (1, 2, 2.5, 5, 10)) -> float:
    """Le premier nombre de la suite (fois une puissance de dix) qui atteint la valeur."""
    rang = 10.0 ** math.floor(math.log10(valeur)) if valeur > 0 else 1.0
    return next(m * rang for m in suite if m * rang >= valeur - 1e-9)


def titrer(figure: Figure, titre: str, x: float = 0.01, y: float = 0.955) -> None:
    """Le titre d'une figure, ou d'une de ses parties."""
    figure.text(x, y, titre, fontsize=13, weight="bold")


def cadre(axe: Axes, place: tuple, rayon: float, **aspect: Any) -> None:
    """Un rectangle aux coins arrondis : `place` (gauche, bas, largeur, hauteur), `rayon` des coins."""
    gauche, bas, largeur, hauteur = place
    arrondi = f"round,pad=0,rounding_size={rayon}"
    axe.add_patch(FancyBboxPatch((gauche, bas), largeur, hauteur, boxstyle=arrondi, **aspect))
