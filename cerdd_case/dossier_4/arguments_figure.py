"""La balance des faits retenus, pour et contre."""

import pandas as pd

from ..figures.mise_en_page import ENCRE, ORANGE, VERT, Illustration, nouvelle_figure, style
from ..socle.nombres import nombre
from .communication_figure import _entiers


def balance_des_preuves(tableau: pd.DataFrame, choix: list[dict] | None = None) -> Illustration:
    """Où sont les arguments : par source, la sélection de la collection et ce qui a été choisi.

    `tableau` : celui de `arguments.preuves` ; `choix` : le plan en cours.
    """
    gardes = [c for c in choix or [] if not c["cote"]]
    source = tableau.set_index("preuve_id")["source"]
    choisis = pd.DataFrame(
        [(source[c["preuve"]], c["sens"]) for c in gardes if c["preuve"] in source.index],
        columns=["source", "sens"],
    )
    conseil = tableau[tableau["selection"]]
    sources = list(dict.fromkeys(tableau["source"]))
    phrases = []
    with style():
        figure = nouvelle_figure(10, 4.7)
        axe = figure.add_axes((0.24, 0.11, 0.74, 0.72))
        for y, nom in enumerate(sources):
            for sens, cote, couleur in (("pour", 1, VERT), ("contre", -1, ORANGE)):
                propose = int(((conseil["source"] == nom) & (conseil["sens"] == sens)).sum())
                pris = int(((choisis["source"] == nom) & (choisis["sens"] == sens)).sum())
                axe.barh(y, cote * propose, 0.72, facecolor="white", edgecolor=couleur,
                         hatch="////" if cote > 0 else "....", lw=1.2)  # fmt: skip
                axe.barh(y, cote * pris, 0.4, color=couleur, edgecolor=ENCRE)
                if pris:
                    axe.text(cote * (max(pris, propose) + 0.15), y, str(pris), va="center",
                             ha="left" if cote > 0 else "right", fontweight="bold")  # fmt: skip
                phrases.append(f"{nom}, {sens} : {propose} conseillés, {pris} choisis")
        axe.axvline(0, color=ENCRE, lw=1.2)
        axe.set_yticks(range(len(sources)), sources, fontsize=11)
        axe.invert_yaxis()
        axe.tick_params(axis="y", length=0)
        axe.spines["left"].set_visible(False)
        borne = max(abs(v) for v in axe.get_xlim()) + 0.4
        axe.set_xlim(-borne, borne)
        axe.xaxis.set_major_locator(_entiers())
        axe.xaxis.set_major_formatter(lambda v, _: nombre(abs(v), 0))
        axe.set_xlabel("nombre de faits — hachuré : conseillés ; plein : choisis dans le plan")
        for x, nom, couleur, cote in ((0.02, "◀ contre, ou limites", ORANGE, "left"),
                                      (0.98, "pour ▶", VERT, "right")):  # fmt: skip
            axe.text(x, 1.02, nom, transform=axe.transAxes, color=couleur, fontsize=12,
                     fontweight="bold", ha=cote, va="bottom")  # fmt: skip
        figure.text(0.012, 0.965, "Où trouver des arguments pour la question 4.3 ?", fontsize=13,
                    fontweight="bold", va="top")  # fmt: skip
    return Illustration(figure, f"Arguments par source. {' ; '.join(phrases)}.")
