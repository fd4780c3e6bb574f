"""La tornade, la carte de deux hypothèses, l'effet prix et l'effet volume."""

from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator

from ..donnees.contexte import Contexte
from ..donnees.hypotheses import Hypotheses, ecrire
from ..figures.mise_en_page import (
    BLEU,
    ENCRE,
    GRIS,
    ORANGE,
    ROUGE,
    Illustration,
    nouvelle_figure,
    style,
)
from ..figures.vive import FigureVive
from ..socle.nombres import euros, nombre, pourcent
from .projection import projeter
from .regles import plafond_applique, sous_plafond
from .scenarios import balayer
from .scenarios_figure import FOND_DE_TEXTE

NOMS = {
    "etp_ajoutes": "ETP ajoutés",
    "mois_embauche": "Mois d'embauche",
    "taux_salaire": "Salaire moyen",
    "taux_charges": "Autres charges",
    "taux_etat": "Crédits de l'État",
    "taux_collectivites": "Crédits des collectivités",
    "taux_autres": "Autres financements",
}


class FigureTornade(FigureVive):
    """La part de l'UE quand une seule hypothèse varie d'un pas, la plus influente en haut."""

    def construire(self):
        self.figure = nouvelle_figure(10, 3.9)
        self.axe = axe = self.figure.add_axes((0.30, 0.14, 0.66, 0.74))
        rangs = range(len(NOMS))
        self.moins = axe.barh(rangs, [0] * len(NOMS), 0.6, facecolor="white", edgecolor=ORANGE,
                              hatch="////", lw=1.5)  # fmt: skip
        self.plus = axe.barh(rangs, [0] * len(NOMS), 0.6, color=BLEU)
        self.noms = [
            axe.text(-0.015, r, "", va="center", ha="right", transform=axe.get_yaxis_transform())
            for r in rangs
        ]
        self.gauche, self.droite = (
            [
                axe.text(0, r, "", va="center", ha=cote, fontsize=10, bbox=FOND_DE_TEXTE)
                for r in rangs
            ]
            for cote in ("right", "left")
        )
        self.centre = axe.axvline(0, color=ENCRE, lw=1.4)
        self.plafond = axe.axvline(0, color=ROUGE, lw=1.6, ls="--")
        self.nom_plafond = axe.text(0, -0.72, "", color=ROUGE, ha="center", fontsize=10)
        axe.set_ylim(len(NOMS) - 0.4, -0.6)
        axe.set_yticks([])
        axe.xaxis.set_major_formatter(lambda v, _: pourcent(v, 0))
        axe.set_xlabel("Part de l'Union européenne")
        axe.legend(
            handles=[
                Patch(facecolor="white", edgecolor=ORANGE, hatch="////", label="un pas de moins"),
                Patch(facecolor=BLEU, label="un pas de plus"),
            ],
            loc="lower right", frameon=False, fontsize=10,
        )  # fmt: skip
        self.mobiles += [axe.xaxis, self.plafond, self.nom_plafond, *self.moins, *self.plus, *self.noms,
                         *self.gauche, *self.droite, self.centre]  # fmt: skip

    def actualiser(self, sensibilite: pd.DataFrame, part: float, plafond: float) -> str:
        demi = max(0.03, 1.35 * float(sensibilite["amplitude"].max()))
        bornes = round(part - demi, 2), round(part + demi, 2)
        self.axe.set_xlim(*bornes)
        phrases = []
        for i, ligne in enumerate(sensibilite.itertuples()):
            ecarts = []
            for barre, valeur in (
                (self.moins[i], ligne.part_moins),
                (self.plus[i], ligne.part_plus),
            ):
                connu = not np.isnan(valeur)
                barre.set_visible(connu)
                barre.set_x(part)
                barre.set_width(valeur - part if connu else 0)
                if connu:
                    ecarts.append(valeur - part)
            for texte, ecart in ((self.gauche[i], min(ecarts, default=0)),
                                 (self.droite[i], max(ecarts, default=0))):  # fmt: skip
                visible = ecart < 0 if texte in self.gauche else ecart > 0
                texte.set_visible(visible)
                texte.set_x(part + ecart + (-1 if ecart < 0 else 1) * demi * 0.012)
                texte.set_text(points(ecart))
            unite = {"etp_ajoutes": "±\u00a00,5 ETP", "mois_embauche": "±\u00a01 mois"}
            pas = unite.get(ligne.hypothese, "±\u00a01 pt")
            self.noms[i].set_text(f"{NOMS[ligne.hypothese]} {pas}")
            phrases.append(f"{NOMS[ligne.hypothese]} : {', '.join(points(e) for e in ecarts)}")
        self.centre.set_xdata([part, part])
        dedans = bornes[0] < plafond < bornes[1]
        self.plafond.set_visible(dedans)
        self.plafond.set_xdata([plafond, plafond])
        self.nom_plafond.set_visible(dedans)
        self.nom_plafond.set_x(plafond)
        self.nom_plafond.set_text(f"plafond {pourcent(plafond, None)}")
        return (
            f"Sensibilité autour de {pourcent(part)}, de la plus influente à la moins influente. "
            + " ; ".join(phrases)
            + "."
        )


def points(ecart: float) -> str:
    """Un écart entre deux parts, en points de pourcentage : `+1,8 pt`."""
    return nombre(ecart * 100, 1, signe=True) + "\u00a0pt"


class FigureCarte(FigureVive):
    """La part de l'UE selon deux hypothèses, avec les lignes des deux plafonds."""

    FINESSE = 25

    def __init__(
        self, budget: pd.DataFrame, contexte: Contexte, bornes: dict[str, tuple[float, float]]
    ):
        self.budget, self.contexte, self.bornes = budget, contexte, bornes
        super().__init__()

    def construire(self):
        self._axes = self._dessinee = None
        self._zones: list = []
        self.figure = nouvelle_figure(10, 4.3)
        self.axe = self.figure.add_axes((0.13, 0.15, 0.60, 0.76))
        self.ici = self.axe.plot([], [], "o", ms=11, mfc="white", mec=ENCRE, mew=2.5)[0]
        self.sujet = self.axe.plot([], [], "D", ms=8, color=ENCRE)[0]
        self.legende = self.figure.add_axes((0.75, 0.15, 0.24, 0.76))
        self.legende.axis("off")
        ordinaire, exceptionnel = (pourcent(p, None) for p in self.contexte.plafonds)
        self.legende.legend(
            handles=[
                Line2D([], [], color=ENCRE, lw=2.5, label=f"part = {ordinaire}"),
                Line2D([], [], color=ENCRE, lw=2.5, ls="--", label=f"part = {exceptionnel}"),
                Patch(facecolor="#cfe3f5", edgecolor=GRIS, label="plafond respecté"),
                Patch(facecolor="#fbe3c8", edgecolor=GRIS, hatch="//",
                      label=f"au-dessus de {ordinaire}"),
                Patch(facecolor="#f3b8b0", edgecolor=GRIS, hatch="xx",
                      label=f"au-dessus de {exceptionnel}"),
                Line2D([], [], ls="", marker="D", color=ENCRE, label="le sujet"),
                Line2D([], [], ls="", marker="o", ms=10, mfc="white", mec=ENCRE, mew=2,
                       label="vos réglages"),
            ],
            loc="upper left", frameon=False, fontsize=10.5,
        )  # fmt: skip
        self.mobiles += [self.sujet, self.ici]

    def actualiser(self, x: str, y: str, hypotheses: Hypotheses) -> str:
        # Les deux axes balaient leurs hypothèses : ce que les réglages en disent ne compte pas.
        sujet = self.contexte.hypotheses
        autres = replace(hypotheses, **{x: getattr(sujet, x), y: getattr(sujet, y)})
        if (x, y) != self._axes:
            self._graduer(x, y)
            self._axes = (x, y)
        if (x, y, autres) != self._dessinee:
            self._dessiner(x, y, autres)
            self._dessinee = (x, y, autres)
        self.sujet.set_data([getattr(sujet, x)], [getattr(sujet, y)])
        self.ici.set_data([getattr(hypotheses, x)], [getattr(hypotheses, y)])
        plafond = plafond_applique(projeter(self.budget, autres), self.contexte)
        sous = float(sous_plafond(self.parts, plafond).mean())
        return (
            f"Carte de la part de l'Union européenne selon {NOMS[x]} (horizontal) et {NOMS[y]} "
            f"(vertical) : elle va de {pourcent(self.parts.min())} à {pourcent(self.parts.max())} ; "
            f"{pourcent(sous, 0)} de la carte respecte le plafond de {pourcent(plafond, None)}."
        )

    def _valeurs(self, champ: str) -> np.ndarray:
        """Les valeurs étudiées d'une hypothèse : les douze mois, ou l'étendue du curseur."""
        if champ == "mois_embauche":
            return np.arange(1, 13.0)
        return np.linspace(*self.bornes[champ], self.FINESSE)

    def _graduer(self, x: str, y: str) -> None:
        for axe, champ, pas in ((self.axe.xaxis, x, 2), (self.axe.yaxis, y, 1)):
            valeurs = self._valeurs(champ)
            reperes = (
                valeurs[::pas]
                if champ == "mois_embauche"
                else np.linspace(valeurs[0], valeurs[-1], 5)
            )
            axe.set_major_locator(FixedLocator(list(reperes)))
            axe.set_major_formatter(lambda v, _, champ=champ: ecrire(champ, round(v, 6)))
            axe.set_label_text(NOMS[champ])
        self.axe.set_xlim(*self._valeurs(x)[[0, -1]])
        self.axe.set_ylim(*self._valeurs(y)[[0, -1]])
        self.fond_change()

    def _dessiner(self, x: str, y: str, autres: Hypotheses) -> None:
        ax, ay = self._valeurs(x), self._valeurs(y)
        contexte = replace(self.contexte, hypotheses=autres)
        grille = {x: ax[None, :], y: ay[:, None]}
        self.parts = balayer(self.budget, contexte, **grille).part_ue
        ordinaire, exceptionnel = contexte.plafonds
        exceptionnel = max(exceptionnel, ordinaire + 1e-9)  # les niveaux d'un contour croissent
        for zone in self._zones:
            zone.remove()
        with style():
            zones = self.axe.contourf(
                ax, ay, self.parts, levels=[-10, ordinaire, exceptionnel, 10],
                colors=["#cfe3f5", "#fbe3c8", "#f3b8b0"], hatches=["", "//", "xx"],
            )  # fmt: skip
            zones.set_edgecolor("#9ca3af")
            lignes = self.axe.contour(
                ax, ay, self.parts, levels=[ordinaire, exceptionnel], colors=ENCRE,
                linestyles=["-", "--"], linewidths=2.5,
            )  # fmt: skip
        self._zones = [zones, lignes]
        for zone in self._zones:
            zone.set_animated(True)
        self.mobiles[:] = [*self._zones, self.sujet, self.ici]


def figure_prix_volume(effets: pd.DataFrame) -> Illustration:
    """La hausse des charges de personnel : effet de l'effectif et effet du salaire moyen.

    `effets` : le tableau de `sensibilite.prix_volume`.
    """
    e = effets.set_index("effet")["effet_eur"]
    with style():
        figure = nouvelle_figure(10, 2.2)
        axe = figure.add_axes((0.30, 0.26, 0.62, 0.60))
        depart = 0.0
        for rang, (code, couleur, hachure) in enumerate(
            (("effectif", BLEU, ""), ("salaire", ORANGE, "//"), ("total", ENCRE, ""))
        ):
            gauche = 0.0 if code == "total" else depart
            axe.barh(rang, e[code], 0.6, left=gauche, facecolor="white" if hachure else couleur,
                     edgecolor=couleur, hatch=hachure)  # fmt: skip
            axe.annotate(euros(e[code], signe=True), (max(gauche, gauche + e[code]), rang),
                         xytext=(6, 0), textcoords="offset points", va="center",
                         fontweight="bold")  # fmt: skip
            depart += 0 if code == "total" else e[code]
        axe.set_yticks(range(3), effets["libelle"])
        axe.invert_yaxis()
        axe.axvline(0, color=ENCRE, lw=1)
        axe.set_xlim(min(0, e.min()) * 1.35, max(e.max(), 1) * 1.35)
        axe.xaxis.set_major_formatter(lambda v, _: nombre(v / 1000, 0) + "\u00a0k€")
    alternative = "Hausse des charges de personnel : " + " ; ".join(
        f"{r.libelle} {euros(r.effet_eur, signe=True)}" for r in effets.itertuples()
    )
    return Illustration(figure, alternative)
