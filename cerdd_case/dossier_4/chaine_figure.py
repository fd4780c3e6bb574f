"""La chaîne de l'information, dessinée."""

import textwrap

import pandas as pd
from matplotlib.patches import FancyBboxPatch

from ..figures.mise_en_page import (
    BLEU,
    ENCRE,
    GRIS,
    ROUGE,
    VERT,
    Illustration,
    _sans_cadre,
    nouvelle_figure,
)
from ..figures.vive import FigureVive
from .chaine import FONCTIONS, GAINS


class FigureChaine(FigureVive):
    """Les missions placées dans les quatre fonctions du système d'information, et leurs gains."""

    def __init__(self, missions: pd.DataFrame):
        self.missions = missions
        super().__init__()

    def construire(self):
        self.figure = nouvelle_figure(10, 4.7)
        axe = self.axe = self.figure.add_axes((0, 0, 1, 1))
        axe.set_xlim(0, 100)
        axe.set_ylim(0, 47)
        _sans_cadre(axe)
        axe.text(1.5, 45.6, "Le système d'information du CERDD, et ce qu'il apporte",
                 fontsize=13, fontweight="bold", va="top")  # fmt: skip
        self.textes, self.alertes = {}, {}
        for i, (code, nom) in enumerate(FONCTIONS.items()):
            x = 1.5 + i * 24.8
            self._boite(x, 22.5, 22, 19.7, f"{i + 1}. {nom}", BLEU)
            self.textes[code] = axe.text(
                x + 0.8, 38.4, "", fontsize=11.5, va="top", linespacing=1.35
            )
            self.alertes[code] = axe.text(x + 11, 23.3, "", fontsize=11, ha="center",
                                          va="bottom", color=ROUGE, fontweight="bold")  # fmt: skip
            if i:
                axe.annotate("", (x - 0.2, 32), (x - 2.6, 32),
                             arrowprops={"arrowstyle": "-|>", "color": ENCRE, "lw": 2})  # fmt: skip
        axe.annotate("", (50, 18.9), (50, 22.3),
                     arrowprops={"arrowstyle": "-|>", "color": ENCRE, "lw": 2})  # fmt: skip
        axe.text(51.5, 20.7, "performance", fontsize=12, va="center", style="italic")
        self.gains = {}
        for i, (code, nom) in enumerate(GAINS.items()):
            x = 1.5 + i * 24.8
            self._boite(x, 4.9, 22, 13.9, nom.split(" :")[0], VERT)
            self.gains[code] = axe.text(x + 1, 15.0, "", fontsize=11, va="top", linespacing=1.25)
        self.bas = axe.text(1.5, 2.2, "", fontsize=12, va="center", fontweight="bold")
        self.mobiles += [*self.textes.values(), *self.alertes.values(), *self.gains.values(),
                         self.bas]  # fmt: skip

    def _boite(self, x, y, largeur, hauteur, titre, couleur):
        self.axe.add_patch(
            FancyBboxPatch((x, y), largeur, hauteur, boxstyle="round,pad=0,rounding_size=0.8",
                           facecolor="white", edgecolor=couleur, lw=1.8)
        )  # fmt: skip
        self.axe.text(x + largeur / 2, y + hauteur - 1.1, titre, ha="center", va="top",
                      fontsize=12.5, fontweight="bold", color=couleur)  # fmt: skip

    def actualiser(
        self,
        fonctions: dict[int, str | None],
        gains: dict[int, str | None],
        arret: int | None = None,
    ) -> str:
        """`fonctions`, `gains` : code choisi par rang de mission ; `arret` : mission arrêtée."""
        noms = self.missions.set_index("ordre")["mission"]
        phrases = []
        for code, nom in FONCTIONS.items():
            dedans = [o for o in noms.index if fonctions.get(o) == code]
            self.textes[code].set_text(
                "\n".join(f"✘ {noms[o]}" if o == arret else f"• {noms[o]}" for o in dedans)
            )
            vide = arret in dedans and len(dedans) == 1
            self.alertes[code].set_text("✘ plus rien ici" if vide else "")
            phrases.append(f"{nom} : {_liste([noms[o] for o in dedans])}")
        for code, nom in GAINS.items():
            actives = [o for o in noms.index if gains.get(o) == code and o != arret]
            mots = ", ".join(_court(noms[o]) for o in actives)
            self.gains[code].set_text(textwrap.fill(mots, 22) if mots else "–")
            phrases.append(f"{nom.split(' :')[0]} : {_liste([noms[o] for o in actives])}")
        reste = [noms[o] for o in noms.index if not fonctions.get(o)]
        if arret is not None:
            panne = self.missions.set_index("ordre").loc[arret, "panne"]
            bas, couleur = panne, ROUGE
        elif reste:
            bas, couleur = f"À placer : {', '.join(_court(n) for n in reste)}.", GRIS
        else:
            bas, couleur = "La chaîne est complète : chaque mission a sa fonction.", VERT
        self.bas.set(text=bas, color=couleur)
        return f"Chaîne de l'information. {' ; '.join(phrases)}. {bas}"


def _court(mission: str) -> str:
    return mission.replace("Observation et mesure", "Observation")


def _liste(noms: list[str]) -> str:
    return ", ".join(noms) if noms else "aucune mission"


def chaine_information(
    missions: pd.DataFrame,
    fonctions: dict[int, str | None] | None = None,
    gains: dict[int, str | None] | None = None,
    arret: int | None = None,
) -> Illustration:
    """Les missions dans la chaîne de l'information ; sans précision, le classement proposé.

    `missions` : le tableau de `chaine.missions_du_systeme`.
    """
    if fonctions is None:
        fonctions = {m.ordre: m.fonctions[0] for m in missions.itertuples()}
    if gains is None:
        gains = {m.ordre: m.gains[0] for m in missions.itertuples()}
    return FigureChaine(missions).illustration(fonctions, gains, arret)
