"""La comparaison du Web 1.0 et du Web 2.0, en tableau."""

import pandas as pd

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
from ..questions.verdict import ETATS
from .web import GENERATIONS


def comparaison_web(correction: pd.DataFrame) -> Illustration:
    """La comparaison des deux Web, telle qu'elle est remplie, avec un signe par case corrigée.

    `correction` : le tableau de `web.verifier_comparaison`.
    """
    criteres = list(dict.fromkeys(correction["critere"]))
    cases = correction.set_index(["critere", "web"])
    phrases = []
    with style():
        figure = nouvelle_figure(10, 0.75 + 0.43 * len(criteres))
        axe = figure.add_axes((0.01, 0.01, 0.98, 0.98))
        axe.set_xlim(0, 100)
        axe.set_ylim(len(criteres) + 0.1, -1.25)
        _sans_cadre(axe)
        for x, titre, couleur in ((25, "Web 1.0", BLEU), (62.5, "Web 2.0", ORANGE)):
            axe.text(x, -0.72, titre, fontsize=14, fontweight="bold", color=couleur, va="center")
        axe.plot([0, 100], [-0.3, -0.3], color=ENCRE, lw=1.5)
        for y, critere in enumerate(criteres):
            axe.axhline(y + 0.65, color=CLAIR, lw=1)
            libelle = cases.loc[(critere, GENERATIONS[0]), "libelle"]
            axe.text(0, y + 0.17, libelle, fontsize=11, fontweight="bold", va="center")
            dits = []
            for x, web in zip((25, 62.5), GENERATIONS, strict=True):
                case = cases.loc[(critere, web)]
                texte, couleur = _case_comparee(case)
                axe.text(x, y + 0.17, texte, fontsize=11, va="center", color=couleur)
                dits.append(f"Web {web}, {texte}")
            phrases.append(f"{libelle} : {' ; '.join(dits)}")
    return Illustration(figure, f"Comparaison du Web 1.0 et du Web 2.0. {'. '.join(phrases)}.")


def _case_comparee(case: pd.Series) -> tuple[str, str]:
    etat = case["verdict"].etat
    if etat == "a_completer":
        return "… à compléter", GRIS
    return f"{ETATS[etat][0][0]} {case['option']}", ENCRE if etat == "juste" else ROUGE
