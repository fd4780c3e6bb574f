"""Du résultat prévu au résultat réalisé, en cascade."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from ..figures import mise_en_page as page
from ..questions.registre import Registre
from ..socle.erreurs import ErreurCas
from ..socle.nombres import euros, nombre

MARCHES = {"etat": "Ressources\nde l'État", "autres_ressources": "Autres\nressources",
           "personnel": "Charges\nde personnel", "autres_charges": "Autres\ncharges"}  # fmt: skip
COLONNES = {"ligne", "niveau", "prevu_eur", "realise_eur", "effet_resultat_eur"}
FAVORABLE: page.Aspect = {"facecolor": "white", "edgecolor": page.VERT, "hatch": "//"}
DEFAVORABLE: page.Aspect = {"facecolor": "white", "edgecolor": page.ROUGE, "hatch": "xx"}
RESULTAT: page.Aspect = {"facecolor": page.BLEU, "edgecolor": page.BLEU}


@page.style()
def figure_cascade(cas: Registre, ecarts: pd.DataFrame | None = None) -> page.Illustration:
    """Du résultat prévu au résultat réalisé en 2014.

    `ecarts` : ceux du sujet, ou d'autres (voir `ecarts.ecarts`). Chaque marche est l'effet d'une
    ligne sur le résultat (`effet_resultat_eur`). Lève `ErreurCas` si ce tableau n'en est pas un.
    """
    ecarts = cas.ecarts() if ecarts is None else ecarts
    if not set(ecarts) >= COLONNES:
        raise ErreurCas("La cascade part d'un tableau d'écarts, comme celui que rend cas.ecarts().")
    effets = ecarts[ecarts["niveau"] == "dont"].set_index("ligne")["effet_resultat_eur"]
    resultat = ecarts.set_index("ligne").loc["resultat"]
    prevu, realise = float(resultat["prevu_eur"]), float(resultat["realise_eur"])
    figure = page.nouvelle_figure(10, 4.4)
    axe = figure.add_axes((0.115, 0.17, 0.865, 0.70))
    niveaux = [prevu + effets[:rang].sum() for rang in range(len(effets) + 1)]
    _marche(axe, 0, 0, prevu, RESULTAT, euros(prevu, 0))
    for i, effet in enumerate(effets, start=1):
        bas, aspect = niveaux[i - 1], FAVORABLE if effet >= 0 else DEFAVORABLE
        _marche(axe, i, bas, niveaux[i], aspect, euros(effet, 0, signe=True))
        axe.plot([i - 0.6, i + 0.6], [bas, bas], color=page.GRIS, lw=0.8, ls=":")
    _marche(axe, len(effets) + 1, 0, realise, RESULTAT, euros(realise, 0))
    noms = ["Résultat\nprévu", *(MARCHES[ligne] for ligne in effets.index), "Résultat\nréalisé"]
    axe.set_xticks(range(len(noms)), noms, fontsize=10.5)
    axe.tick_params(axis="x", length=0)
    axe.axhline(0, color=page.ENCRE, lw=1)
    bas, haut = min(0, *niveaux), max(0, *niveaux)
    etendue = (haut - bas) or 1
    axe.set(ylim=(bas - 0.04 * etendue * (bas < 0), haut + 0.12 * etendue), ylabel="euros")
    axe.yaxis.set_major_formatter(lambda v, _: nombre(v, 0))
    axe.set_title("D'où vient le résultat de 2014 ?", loc="left")
    axe.legend(
        handles=[Patch(label="écart favorable", **FAVORABLE),
                 Patch(label="écart défavorable", **DEFAVORABLE)],
        loc="lower right", bbox_to_anchor=(1, 1), ncols=2, frameon=False, fontsize=10,
    )  # fmt: skip
    libelles = ecarts.set_index("ligne")["libelle"].str.removeprefix("dont ")
    morceaux = [f"{libelles[ligne]} {euros(e, 0, signe=True)}" for ligne, e in effets.items()]
    return page.Illustration(
        figure,
        f"Cascade : résultat prévu {euros(prevu, 0)} ; {' ; '.join(morceaux)} ; "
        f"résultat réalisé {euros(realise, 0)}.",
    )


def _marche(
    axe: Axes, x: int, depart: float, arrivee: float, aspect: page.Aspect, etiquette: str
) -> None:
    axe.bar(x, arrivee - depart, 0.62, bottom=depart, lw=1.5, **aspect)
    axe.annotate(etiquette, (x, max(depart, arrivee)), xytext=(0, 5), ha="center",
                 textcoords="offset points", fontweight="bold")  # fmt: skip
