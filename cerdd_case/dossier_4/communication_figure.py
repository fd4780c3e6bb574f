"""La matrice de communication, et les publics que le plan nomme."""

import pandas as pd
from matplotlib.patches import FancyBboxPatch

from ..figures.mise_en_page import (
    BLEU,
    CLAIR,
    ENCRE,
    GRIS,
    ORANGE,
    ROUGE,
    Illustration,
    _sans_cadre,
    nouvelle_figure,
    style,
)
from .communication import APPUIS, CASES, COLONNES, PUBLICS, RUBRIQUES, filtrer, matrice, totaux


def matrice_communication(
    elements: pd.DataFrame,
    public: str | None = None,
    case: tuple[str, str] | None = None,
) -> Illustration:
    """Le nombre d'éléments par public et par case du plan ; un disque par case, un nombre dedans.

    `elements` : le tableau de `communication.elements_communication`. `public`, `case` : la ligne
    ou la colonne choisie, entourée.
    """
    comptes, total = matrice(elements), totaux(elements)
    with style():
        figure = nouvelle_figure(10, 4.8)
        axe = figure.add_axes((0.25, 0.02, 0.745, 0.72))
        axe.set_xlim(-0.5, len(CASES) + 0.5)
        axe.set_ylim(len(PUBLICS) - 0.5, -0.5)
        _sans_cadre(axe)
        for y, (code, nom) in enumerate(PUBLICS.items()):
            axe.axhline(y + 0.5, color=CLAIR, lw=1)
            axe.text(-0.6, y, nom, ha="right", va="center", fontsize=11.5,
                     fontweight="bold" if code == public else "normal")  # fmt: skip
            for x, couple in enumerate(CASES):
                _disque(axe, x, y, int(comptes.loc[code, couple]), couple[0])
            axe.text(len(CASES), y, str(total[code]), ha="center", va="center", fontsize=12.5,
                     fontweight="bold")  # fmt: skip
        _entetes(axe)
        if public is not None:
            rang = list(PUBLICS).index(public)
            _entourer(axe, -0.45, rang - 0.45, len(CASES) - 0.1, 0.9)
        if case is not None:
            _entourer(axe, CASES.index(case) - 0.45, -0.45, 0.9, len(PUBLICS) - 0.1)
        figure.text(0.012, 0.965, "À qui s'adressent les éléments de communication du CERDD ?",
                    fontsize=13, fontweight="bold", va="top")  # fmt: skip
    alternative = "Nombre d'éléments de communication par public. " + " ; ".join(
        f"{nom} : {total[code]}" for code, nom in PUBLICS.items()
    )
    return Illustration(figure, f"{alternative}. Un élément peut viser plusieurs publics.")


def _disque(axe, x, y, valeur, colonne):
    if not valeur:
        axe.text(x, y, "·", ha="center", va="center", fontsize=13, color=GRIS)
        return
    couleur = {"optimiser": BLEU, "creer_ou_developper": ORANGE}.get(colonne, ENCRE)
    axe.scatter([x], [y], s=260 + 190 * valeur, color=couleur, zorder=2)
    axe.text(x, y, str(valeur), ha="center", va="center", color="white", fontsize=12.5,
             fontweight="bold", zorder=3)  # fmt: skip


def _entetes(axe):
    noms = {
        "positionnement": "Position-\nnement",
        "prioritaire": "prioritaires",
        "en_place": "en place",
    }
    for x, (colonne, rubrique) in enumerate(CASES):
        nom = noms.get(rubrique) or noms.get(colonne) or RUBRIQUES[rubrique]
        axe.text(x, -0.6, nom, ha="center", va="bottom", fontsize=9.4)
    for debut, fin, nom, couleur in (
        (0, 2, COLONNES["optimiser"], BLEU),
        (3, 5, COLONNES["creer_ou_developper"], ORANGE),
        (6, 7, "Supports", ENCRE),
    ):
        axe.text((debut + fin) / 2, -1.48, nom, ha="center", va="bottom", fontsize=11.5,
                 fontweight="bold", color=couleur)  # fmt: skip
        axe.plot([debut - 0.42, fin + 0.42], [-1.4, -1.4], color=couleur, lw=2, clip_on=False)
    axe.text(len(CASES), -0.6, "Total", ha="center", va="bottom", fontsize=10, fontweight="bold")


def _entourer(axe, x, y, largeur, hauteur):
    axe.add_patch(
        FancyBboxPatch((x, y), largeur, hauteur, boxstyle="round,pad=0,rounding_size=0.1",
                       facecolor="none", edgecolor=ROUGE, lw=2.5, zorder=4, clip_on=False)
    )  # fmt: skip


def publics_nommes(elements: pd.DataFrame) -> Illustration:
    """Parmi les éléments du plan : public nommé, déduit, ou non précisé, dans chaque colonne."""
    plan = elements[elements["genre"] == "plan"]
    noms = {"optimiser": "À optimiser", "creer_ou_developper": "À créer\nou développer"}
    decors = {"nomme": (BLEU, ""), "deduit": ("white", "///"), "non_precise": (CLAIR, "")}
    phrases = []
    with style():
        figure = nouvelle_figure(10, 2.7)
        axe = figure.add_axes((0.15, 0.19, 0.83, 0.53))
        for y, colonne in enumerate(noms):
            gauche = 0
            for appui, (fond, hachure) in decors.items():
                # Un élément compte une fois : au plus précis de ses appuis.
                ids = _appuis_principaux(filtrer(plan, colonne=colonne))
                valeur = int((ids == appui).sum())
                axe.barh(y, valeur, 0.62, left=gauche, color=fond, hatch=hachure, edgecolor=BLEU,
                         lw=1.3, label=APPUIS[appui] if not y else None)  # fmt: skip
                if valeur:
                    boite = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
                    axe.text(gauche + valeur / 2, y, str(valeur), ha="center", va="center",
                             fontsize=14, fontweight="bold",
                             color="white" if appui == "nomme" else ENCRE,
                             bbox=boite if hachure else None)  # fmt: skip
                gauche += valeur
                phrases.append(f"{COLONNES[colonne]}, {APPUIS[appui]} : {valeur}")
        axe.set_yticks(range(len(noms)), noms.values(), fontsize=11.5)
        axe.invert_yaxis()
        axe.tick_params(axis="y", length=0)
        axe.set_xlabel("éléments du plan")
        axe.xaxis.set_major_locator(_entiers())
        figure.legend(loc="upper left", bbox_to_anchor=(0.14, 0.87), ncol=3, frameon=False,
                      fontsize=10.5, handlelength=1.4, columnspacing=1.6)  # fmt: skip
        figure.text(0.012, 0.96, "Le plan dit-il à qui il s'adresse ?", fontsize=13,
                    fontweight="bold", va="top")  # fmt: skip
    return Illustration(figure, f"Éléments du plan selon leur public. {' ; '.join(phrases)}.")


def _appuis_principaux(elements: pd.DataFrame) -> pd.Series:
    """L'appui le plus précis de chaque élément."""
    ordre = list(APPUIS)
    return elements.groupby("element_id")["appui"].agg(lambda a: min(a, key=ordre.index))


def _entiers():
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(integer=True)
