"""La convention, les présidences et l'action de la direction, sur une frise (annexe 1)."""

from collections.abc import Mapping

from ..figures.mise_en_page import (
    BLEU,
    ENCRE,
    GRIS,
    ORANGE,
    VERT,
    Illustration,
    nouvelle_figure,
    style,
    titrer,
)
from .calendrier import dates as lire_les_dates
from .calendrier import presidences
from .vote import nom


@style()
def figure_calendrier(cas, annees: Mapping[str, int] | None = None) -> Illustration:
    """La convention, la présidence qui alterne et l'action de la direction.

    `annees` : celles du sujet, ou d'autres (voir `calendrier.dates`). Le sujet ne dit pas qui
    préside en premier : les deux lectures possibles sont dessinées.
    """
    dates = annees or lire_les_dates(cas)
    debut, fin, tour = dates["debut"], dates["fin"], dates["presidence"]
    couleurs = {"etat": ("#dbe8f4", BLEU, ""), "region": ("#dcefe4", VERT, "..")}
    noms = {"etat": "État\n(préfet)", "region": "Région\n(son président)"}
    rangees = ["Convention\nà trois parties", "Présidence,\nsi l'État commence",
               "Présidence,\nsi la Région commence", "Direction"]  # fmt: skip
    figure = nouvelle_figure(10, 4.7)
    axe = figure.add_axes((0.19, 0.11, 0.80, 0.74))
    _bande(axe, 0, debut, fin, ("#f7e3d0", ORANGE, ""),
           f"Grandes orientations fixées pour {_ans(dates['convention'])}\n"
           "État, Région, collectivités territoriales")  # fmt: skip
    recit = []
    for rangee, premier in ((1, "etat"), (2, "region")):
        tableau = presidences(debut, fin, tour, premier)
        for p in tableau.itertuples():
            _bande(axe, rangee, p.debut, p.fin, couleurs[p.membre], noms[p.membre])
        recit.append(
            ", ".join(f"{nom(p.membre)} de {p.debut} à {p.fin}" for p in tableau.itertuples())
        )
    axe.annotate("", (fin + 0.6, 3), (debut - 0.05, 3),
                 arrowprops={"arrowstyle": "-|>", "lw": 3, "color": ENCRE})  # fmt: skip
    axe.text((debut + fin) / 2, 2.8,
             "applique la convention, décide en chemin au contact du terrain",
             ha="center", va="bottom", fontsize=11)  # fmt: skip
    axe.text((debut + fin) / 2, 3.2, "puis justifie ses choix devant les décideurs",
             ha="center", va="top", fontsize=11)  # fmt: skip
    premiere = min(dates["audit"], debut)
    gauche = premiere - 1.15  # l'axe est coupé après la création
    for x, quoi in ((gauche, "création"), (dates["audit"], "audit")):
        axe.plot([x, x], [-0.5, 3.5], color=GRIS, lw=1, ls=":")
        axe.text(x, -0.58, quoi, ha="center", va="bottom", fontsize=11)
        axe.plot([x], [3.5], "D", color=ENCRE, ms=8, clip_on=False)
    axe.text((gauche + premiere) / 2, 3.5, "//", ha="center", va="center",
             fontsize=15, weight="bold",
             bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})  # fmt: skip
    annees = list(range(premiere, max(fin, dates["audit"]) + 1))
    axe.set_xticks([gauche, *annees], [dates["creation"], *annees], fontsize=12)
    axe.set_yticks(range(4), rangees, fontsize=10.5)
    axe.tick_params(axis="y", length=0)
    axe.set_ylim(3.5, -0.5)
    axe.set_xlim(gauche - 0.35, annees[-1] + 0.75)
    axe.spines["left"].set_visible(False)
    titrer(figure, f"Un cap pour {_ans(dates['convention'])}, une présidence qui tourne", y=0.95)
    return Illustration(
        figure,
        f"Frise : création en {dates['creation']}, audit en {dates['audit']}, convention à trois "
        f"parties de {debut} à {fin}. La présidence change {_tous_les(tour)}. Le sujet ne dit "
        f"pas qui commence ; si l'État commence : {recit[0]} ; si la Région commence : {recit[1]}. "
        "Pendant toute la période, le directeur applique la convention, décide en chemin et "
        "justifie ses choix.",
    )


def _ans(duree: int) -> str:
    return f"{duree} an{'s' * (duree > 1)}"


def _tous_les(duree: int) -> str:
    return f"tous les {duree} ans" if duree > 1 else "tous les ans"


def _bande(axe, rangee, debut, fin, couleur, texte):
    fond, bord, hachure = couleur
    axe.barh(rangee, fin - debut, 0.66, left=debut, facecolor=fond, edgecolor=bord, lw=2,
             hatch=hachure)  # fmt: skip
    axe.text((debut + fin) / 2, rangee, texte, ha="center", va="center", fontsize=11,
             bbox={"facecolor": fond, "edgecolor": "none", "pad": 1.5})  # fmt: skip
