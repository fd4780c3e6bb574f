"""La matrice de communication, et les publics que le plan nomme."""

import pandas as pd
from matplotlib.ticker import MaxNLocator

from ..donnees.paquet import Donnees
from ..figures import mise_en_page as page
from . import communication as calcul

TITRE: page.Aspect = {"fontsize": 13, "weight": "bold", "va": "top"}


@page.style()
def figure_matrice(elements: pd.DataFrame, public: str = "", case: str = "") -> page.Illustration:
    """Le nombre d'éléments par public et par case du plan ; un disque par case, un nombre dedans.

    `elements` : le tableau de `communication_du_cas`, ou une partie. `public`, `case` (« optimiser/
    methodes ») : la ligne ou la colonne choisie, entourée.
    """
    publics, comptes = calcul.lignes_de_la_matrice(elements), calcul.matrice(elements)
    large, haut = len(calcul.CASES), len(calcul.PUBLICS)
    figure = page.nouvelle_figure(10, 4.8)
    axe = page.panneau(figure, (0.25, 0.02, 0.745, 0.72), (-0.5, large + 0.5), (haut - 0.5, -0.5))
    centre: page.Aspect = {"ha": "center", "va": "center", "fontsize": 12.5, "weight": "bold"}
    couleurs = [page.BLEU] * 3 + [page.ORANGE] * 3 + [page.ENCRE] * 2
    for y, (code, nom) in enumerate(publics.items()):
        axe.axhline(y + 0.5, color=page.CLAIR, lw=1)
        axe.text(-0.6, y, nom, ha="right", va="center", fontsize=11.5,
                 weight="bold" if code == public else "normal")  # fmt: skip
        for x, (valeur, couleur) in enumerate(zip(comptes[code], couleurs, strict=True)):
            if valeur:
                axe.scatter([x], [y], s=260 + 190 * valeur, color=couleur, zorder=2)
                axe.text(x, y, str(valeur), color="white", zorder=3, **centre)
            else:
                axe.text(x, y, "·", ha="center", va="center", fontsize=13, color=page.GRIS)
        axe.text(large, y, str(sum(comptes[code])), **centre)
    dessus: page.Aspect = {"ha": "center", "va": "bottom"}
    rubriques = ["Position-\nnement", "Méthodes", "Productions"]
    for x, nom in enumerate([*rubriques * 2, "prioritaires", "en place"]):
        axe.text(x, -0.6, nom, fontsize=9.5, **dessus)
    axe.text(large, -0.6, "Total", fontsize=10, weight="bold", **dessus)
    optimiser, creer, *_ = calcul.COLONNES.values()
    for debut, fin, nom in ((0, 2, optimiser), (3, 5, creer), (6, 7, "Supports")):
        axe.text((debut + fin) / 2, -1.48, nom, fontsize=11.5, weight="bold",
                 color=couleurs[debut], **dessus)  # fmt: skip
        bords = [debut - 0.42, fin + 0.42]
        axe.plot(bords, [-1.4, -1.4], color=couleurs[debut], lw=2, clip_on=False)
    entoure = {"facecolor": "none", "edgecolor": page.ROUGE, "lw": 2.5, "zorder": 4}
    if public:
        rang = list(comptes).index(public)
        page.cadre(axe, (-0.45, rang - 0.45, large - 0.1, 0.9), 0.1, clip_on=False, **entoure)
    if case:
        rang = list(calcul.CASES).index(case)
        page.cadre(axe, (rang - 0.45, -0.45, 0.9, haut - 0.1), 0.1, clip_on=False, **entoure)
    titre = "À qui s'adressent les éléments de communication du CERDD ?"
    figure.text(0.012, 0.965, titre, **TITRE)
    dits = " ; ".join(f"{nom} : {sum(comptes[code])}" for code, nom in publics.items())
    alternative = f"Nombre d'éléments de communication par public. {dits}."
    return page.Illustration(figure, f"{alternative} Un élément peut viser plusieurs publics.")


@page.style()
def figure_publics(cas: Donnees) -> page.Illustration:
    """Le plan de communication dit-il à qui il s'adresse ?

    Dans chaque colonne : public nommé, déduit, ou non précisé. Un élément compte une fois, au plus
    précis de ses appuis.
    """
    plan = calcul.filtrer(calcul.communication_du_cas(cas), genre="plan")
    rangs = {appui: rang for rang, appui in enumerate(calcul.APPUIS)}
    plan = plan.sort_values("appui", key=lambda appuis: appuis.map(rangs))
    comptes = plan.drop_duplicates("element_id")[["colonne", "appui"]].value_counts()
    decors = {"nomme": (page.BLEU, ""), "deduit": ("white", "///"), "non_precise": (page.CLAIR, "")}
    figure, phrases = page.nouvelle_figure(10, 2.7), []
    axe = figure.add_axes((0.15, 0.19, 0.83, 0.53))
    for y, colonne in enumerate(("optimiser", "creer_ou_developper")):
        gauche = 0
        for appui, (fond, hachure) in decors.items():
            valeur = int(comptes.get((colonne, appui), 0))
            axe.barh(y, valeur, 0.62, left=gauche, color=fond, hatch=hachure, edgecolor=page.BLEU,
                     lw=1.3, label=None if y else calcul.APPUIS[appui])  # fmt: skip
            if valeur:
                boite = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
                axe.text(gauche + valeur / 2, y, str(valeur), ha="center", va="center",
                         fontsize=14, weight="bold", bbox=boite if hachure else None,
                         color="white" if appui == "nomme" else page.ENCRE)  # fmt: skip
            gauche += valeur
            phrases.append(f"{calcul.COLONNES[colonne]}, {calcul.APPUIS[appui]} : {valeur}")
    axe.set_yticks(range(2), ["À optimiser", "À créer\nou développer"], fontsize=11.5)
    axe.invert_yaxis()
    axe.tick_params(axis="y", length=0)
    axe.set_xlabel("éléments du plan")
    axe.xaxis.set_major_locator(MaxNLocator(integer=True))
    figure.legend(loc="upper left", bbox_to_anchor=(0.14, 0.87), ncol=3, frameon=False,
                  fontsize=10.5, handlelength=1.4, columnspacing=1.6)  # fmt: skip
    figure.text(0.012, 0.96, "Le plan dit-il à qui il s'adresse ?", **TITRE)
    return page.Illustration(figure, f"Éléments du plan selon leur public. {' ; '.join(phrases)}.")
