"""Du résultat prévu au résultat réalisé, en cascade."""

import pandas as pd
from matplotlib.patches import Patch

from ..figures.mise_en_page import (
    BLEU,
    ENCRE,
    GRIS,
    ROUGE,
    VERT,
    Illustration,
    nouvelle_figure,
    style,
)
from ..socle.nombres import euros, nombre


def cascade_resultat(ecarts: pd.DataFrame) -> Illustration:
    """Cascade des écarts de 2014 : du résultat prévu au résultat réalisé.

    `ecarts` : le tableau de `ecarts.ecarts`. Chaque marche est l'effet d'une ligne sur le
    résultat (`effet_resultat_eur`).
    """
    marches = ecarts[ecarts["niveau"] == "dont"]
    resultat = ecarts.set_index("ligne").loc["resultat"]
    noms = ["Résultat\nprévu", *_marches(marches), "Résultat\nréalisé"]
    with style():
        figure = nouvelle_figure(10, 4.4)
        axe = figure.add_axes((0.115, 0.17, 0.865, 0.70))
        niveau = float(resultat["prevu_eur"])
        sommets = [0, niveau]
        _marche(axe, 0, 0, niveau, BLEU, "", euros(niveau, 0))
        for i, effet in enumerate(marches["effet_resultat_eur"], start=1):
            favorable = effet >= 0
            _marche(axe, i, niveau, niveau + effet, VERT if favorable else ROUGE,
                    "//" if favorable else "xx", euros(effet, 0, signe=True))  # fmt: skip
            axe.plot([i - 0.6, i + 0.6], [niveau, niveau], color=GRIS, lw=0.8, ls=":")
            niveau += effet
            sommets.append(niveau)
        _marche(axe, len(noms) - 1, 0, float(resultat["realise_eur"]), BLEU, "",
                euros(resultat["realise_eur"], 0))  # fmt: skip
        axe.set_xticks(range(len(noms)), noms, fontsize=10.5)
        axe.tick_params(axis="x", length=0)
        axe.axhline(0, color=ENCRE, lw=1)
        bas, haut = min(sommets), max(sommets)
        etendue = (haut - bas) or 1
        axe.set_ylim(bas - 0.04 * etendue * (bas < 0), haut + 0.12 * etendue)
        axe.yaxis.set_major_formatter(lambda v, _: nombre(v, 0))
        axe.set_ylabel("euros")
        axe.set_title("D'où vient le résultat de 2014 ?", loc="left")
        axe.legend(
            handles=[
                Patch(facecolor="white", edgecolor=VERT, hatch="//", label="écart favorable"),
                Patch(facecolor="white", edgecolor=ROUGE, hatch="xx", label="écart défavorable"),
            ],
            loc="lower right", bbox_to_anchor=(1, 1), ncols=2, frameon=False, fontsize=10,
        )  # fmt: skip
    alternative = (
        f"Cascade : résultat prévu {euros(resultat['prevu_eur'], 0)} ; "
        + " ; ".join(
            f"{r.libelle.removeprefix('dont ')} {euros(r.effet_resultat_eur, 0, signe=True)}"
            for r in marches.itertuples()
        )
        + f" ; résultat réalisé {euros(resultat['realise_eur'], 0)}."
    )
    return Illustration(figure, alternative)


def _marches(marches: pd.DataFrame) -> list[str]:
    verbe = {"etat": "Ressources\nde l'État", "autres_ressources": "Autres\nressources",
             "personnel": "Charges\nde personnel", "autres_charges": "Autres\ncharges"}  # fmt: skip
    return [verbe[ligne] for ligne in marches["ligne"]]


def _marche(axe, x, bas, haut, couleur, hachure, etiquette):
    axe.bar(x, haut - bas, 0.62, bottom=bas, facecolor=couleur if not hachure else "white",
            edgecolor=couleur, hatch=hachure, lw=1.5)  # fmt: skip
    axe.annotate(etiquette, (x, max(bas, haut)), xytext=(0, 5), textcoords="offset points",
                 ha="center", fontweight="bold")  # fmt: skip
