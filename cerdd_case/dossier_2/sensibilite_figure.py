"""La tornade, la carte de deux hypothèses, l'effet prix et l'effet volume."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from ..donnees.contexte import Contexte
from ..donnees.hypotheses import Hypotheses, ecrire
from ..figures import mise_en_page as page
from ..figures.vive import FigureVive
from ..questions.registre import Registre
from ..socle.nombres import euros, nombre, pourcent
from .projection import projeter
from .projection_figure import FOND_DE_TEXTE
from .reglages import NOMS, bornes
from .regles import plafond_applique, sous_plafond
from .scenarios import Balayage, balayer
from .sensibilite import prix_volume

UNITES = {"etp_ajoutes": "0,5 ETP", "mois_embauche": "1 mois"}


class FigureTornade(FigureVive):
    """La part de l'UE quand une seule hypothèse varie d'un pas, la plus influente en haut.

    `actualiser(sensibilite, part, plafond)` : le tableau de `sensibilite.sensibilite`, la part de
    l'UE dont il part et le plafond qui vaut.
    """

    MOINS = page.Aspect(facecolor="white", edgecolor=page.ORANGE, hatch="////", lw=1.5)
    PLUS = page.Aspect(facecolor=page.BLEU, lw=0)
    PAS = MaxNLocator(9, steps=[1, 2, 2.5, 5, 10])

    def construire(self) -> None:
        self.figure = page.nouvelle_figure(10, 3.9)
        hauteurs = len(NOMS) - 0.4, -0.6
        self.noms = page.panneau(self.figure, (0, 0.14, 0.2901, 0.74), y=hauteurs)
        self.axe = axe = self.figure.add_axes((0.30, 0.14, 0.66, 0.74))
        axe.set(ylim=hauteurs, xticks=[], yticks=[], xlabel="Part de l'Union européenne")
        axe.xaxis.set_label_coords(0.5, -0.105875)  # sous les repères de `graduer`
        axe.legend(
            handles=[Patch(label="un pas de moins", **self.MOINS),
                     Patch(label="un pas de plus", **self.PLUS)],
            loc="lower right", frameon=False, fontsize=10,
        )  # fmt: skip

    def actualiser(self, sensibilite: pd.DataFrame, part: float, plafond: float) -> str:
        demi = max(0.03, 1.35 * float(sensibilite["amplitude"].max()))
        gauche, droite = round(part - demi, 2), round(part + demi, 2)
        self.axe.set_xlim(gauche, droite)
        reperes = [v for v in self.PAS.tick_values(gauche, droite) if gauche <= v <= droite]
        self.graduer(self.axe, {v: pourcent(v, 0) for v in reperes})
        barres: tuple[list, list] = [], []  # un pas de moins, un pas de plus
        etiquettes, phrases = [], []
        for rang, ligne in enumerate(sensibilite.itertuples()):
            ecarts = []
            for valeur, places in zip((ligne.part_moins, ligne.part_plus), barres, strict=True):
                if not math.isnan(valeur):
                    ecarts.append(valeur - part)
                    places.append((part, rang - 0.3, valeur - part, 0.6))
            etiquettes += [(rang, min(ecarts), "right", -1), (rang, max(ecarts), "left", 1)]
            nom = NOMS[ligne.hypothese]
            pas = UNITES.get(ligne.hypothese, "1 pt").replace(" ", "\u00a0")
            self.texte(self.noms, 1, rang, f"{nom} ±\u00a0{pas}", ha="right")
            phrases.append(f"{nom} : {', '.join(map(points, ecarts))}")
        for places, aspect in zip(barres, (self.MOINS, self.PLUS), strict=True):
            self.barres(self.axe, places, **aspect)
        self.trait(self.axe, [part, part], self.axe.get_ylim(), color=page.ENCRE, lw=1.4)
        if gauche < plafond < droite:
            self.trait(self.axe, [plafond, plafond], self.axe.get_ylim(), color=page.ROUGE, lw=1.6,
                       ls="--")  # fmt: skip
            self.texte(self.axe, plafond, -0.72, f"plafond {pourcent(plafond, None)}", ha="center",
                       va="baseline", color=page.ROUGE, fontsize=10)  # fmt: skip
        for rang, ecart, cote, sens in etiquettes:
            if ecart * sens > 0:
                x = part + ecart + sens * demi * 0.012
                fond = FOND_DE_TEXTE if abs(x - plafond) < demi / 4 else None  # il cache la ligne
                self.texte(self.axe, x, rang, points(ecart), ha=cote, fontsize=10, bbox=fond)
        return (
            f"Sensibilité autour de {pourcent(part)}, de la plus influente à la moins influente. "
            f"{' ; '.join(phrases)}."
        )


def points(ecart: float) -> str:
    """Un écart entre deux parts, en points de pourcentage : `+1,8 pt`."""
    return nombre(ecart * 100, 1, signe=True) + "\u00a0pt"


class FigureCarte(FigureVive):
    """La part de l'UE selon deux hypothèses, avec les lignes des deux plafonds.

    `actualiser(x, y, hypotheses)` : les deux hypothèses étudiées, puis les réglages.
    """

    MAILLES = 24
    BORD = "#9ca3af"
    TRAIT: page.Aspect = {"color": page.ENCRE, "lw": 2.5}
    SUJET: page.Aspect = {"marker": "D", "ms": 8, "color": page.ENCRE}
    ICI: page.Aspect = {"marker": "o", "ms": 11, "mfc": "white", "mec": page.ENCRE, "mew": 2.5}
    ZONES = ("#cfe3f5", ""), ("#fbe3c8", "//"), ("#f3b8b0", "xx")  # du respect au double excès

    def __init__(self, budget: pd.DataFrame, contexte: Contexte):
        self.budget, self.contexte = budget, contexte
        super().__init__()

    def construire(self) -> None:
        self.figure = page.nouvelle_figure(10, 4.3)
        self.axe = self.figure.add_axes((0.13, 0.15, 0.60, 0.76), facecolor=self.ZONES[0][0])
        ordinaire, exceptionnel = (pourcent(p, None) for p in self.contexte.plafonds)
        sens = "plafond respecté", f"au-dessus de {ordinaire}", f"au-dessus de {exceptionnel}"
        self.legende = page.panneau(self.figure, (0.75, 0.15, 0.24, 0.76))
        self.legende.legend(
            handles=[
                Line2D([], [], label=f"part = {ordinaire}", **self.TRAIT),
                Line2D([], [], label=f"part = {exceptionnel}", ls="--", **self.TRAIT),
                *(Patch(label=dit, facecolor=fond, edgecolor=page.GRIS, hatch=hachure)
                  for (fond, hachure), dit in zip(self.ZONES, sens, strict=True)),
                Line2D([], [], label="le sujet", ls="", **self.SUJET | {"ms": 6}),
                Line2D([], [], label="vos réglages", ls="", **self.ICI | {"ms": 10, "mew": 2}),
            ],
            loc="upper left", frameon=False, fontsize=10.5,
        )  # fmt: skip
        self.axe.set(xticks=[], yticks=[])
        self.axe.spines[["top", "right"]].set(visible=True, color=self.BORD)

    def actualiser(self, x: str, y: str, hypotheses: Hypotheses) -> str:
        # Les deux axes balaient leurs hypothèses : ce que les réglages en disent ne compte pas.
        sujet = self.contexte.hypotheses
        autres = replace(hypotheses, **{x: getattr(sujet, x), y: getattr(sujet, y)})
        xs, ys = self._valeurs(x), self._valeurs(y, finesse=3)
        balayage = balayer(self.budget, autres, **{x: xs[None, :], y: ys[:, None]})
        self.axe.set(xlim=xs[[0, -1]], ylim=ys[[0, -1]])
        self.graduer(self.axe, self._reperes(x, 2))
        self.graduer(self.axe, self._reperes(y), debout=True)
        self.texte(self.figure, 0.43, 0.05, NOMS[x], ha="center", color=page.ENCRE)
        self.texte(self.figure, 0.02, 0.53, NOMS[y], ha="center", rotation=90, color=page.ENCRE)
        ordinaire, exceptionnel = self.contexte.plafonds
        plafonds = ordinaire, max(ordinaire, exceptionnel)
        for plafond, (fond, hachure), trait in zip(
            plafonds, self.ZONES[1:], ("-", "--"), strict=True
        ):
            ligne, fin = frontiere(balayage, xs, ys, plafond)
            aspect: page.Aspect = {"facecolor": fond, "hatch": hachure, "edgecolor": self.BORD}
            self.forme(self.axe, np.vstack([ligne, fin]), **aspect)
            self.trait(self.axe, *ligne.T, ls=trait, **self.TRAIT)
        # Le losange ne dit vrai que si les autres hypothèses sont, elles aussi, celles du sujet.
        marques = [(sujet, self.SUJET)] if autres == sujet else []
        for h, aspect in (*marques, (hypotheses, self.ICI)):
            self.trait(self.axe, [getattr(h, x)], [getattr(h, y)], ls="", **aspect)
        parts = balayage.part_ue[:: 1 if y == "mois_embauche" else 3]
        plafond = plafond_applique(projeter(self.budget, autres), self.contexte)
        return (
            f"Carte de la part de l'Union européenne selon {NOMS[x]} (horizontal) et {NOMS[y]} "
            f"(vertical) : elle va de {pourcent(parts.min())} à {pourcent(parts.max())} ; "
            f"{pourcent(float(sous_plafond(parts, plafond).mean()), 0)} de la carte respecte le "
            f"plafond de {pourcent(plafond, None)}."
        )

    def _valeurs(self, champ: str, finesse: int = 1) -> np.ndarray:
        """Les valeurs étudiées d'une hypothèse : les douze mois, ou l'étendue du curseur."""
        if champ == "mois_embauche":
            return np.arange(1, 13.0)
        debut, fin = bornes(champ, getattr(self.contexte.hypotheses, champ))
        return np.linspace(debut, fin, self.MAILLES * finesse + 1)

    def _reperes(self, champ: str, pas: int = 1) -> dict[float, str]:
        """Ce qui se lit le long d'un axe : un mois sur `pas`, ou cinq valeurs."""
        valeurs = self._valeurs(champ)
        mois = champ == "mois_embauche"
        valeurs = valeurs[::pas] if mois else np.linspace(valeurs[0], valeurs[-1], 5)
        return {v: ecrire(champ, round(v, 6)) for v in valeurs}


def frontiere(
    balayage: Balayage, x: np.ndarray, y: np.ndarray, seuil: float
) -> tuple[np.ndarray, list]:
    """Les points où la part vaut `seuil`, un par rangée ; puis ceux qui ferment la zone au-dessus.

    Deux points par rangée suffisent (voir `Balayage.exces`). Hors de la carte, la ligne s'arrête à
    trois largeurs.
    """
    debut, fin = x.min(), x.max()
    exces = balayage.exces(seuil)
    depart, pente = exces[:, 0], (exces[:, -1] - exces[:, 0]) / (fin - debut)
    sens = 1 if pente.sum() >= 0 else -1  # de quel côté la part augmente
    plate = abs(pente) * (fin - debut) < 1e-3  # moins d'un centime : l'arrondi seul
    nulle_part = np.where(depart > 0, -sens, sens) * np.inf
    racines = np.where(plate, nulle_part, debut - depart / np.where(plate, 1, pente))
    loin_a_gauche, loin_a_droite = 4 * debut - 3 * fin, 4 * fin - 3 * debut
    ligne = np.column_stack([np.clip(racines, loin_a_gauche, loin_a_droite), y])
    coin = loin_a_droite if sens > 0 else loin_a_gauche
    return ligne, [(coin, ligne[-1, 1]), (coin, ligne[0, 1]), ligne[0]]


@page.style()
def figure_prix_volume(cas: Registre, **changements: object) -> page.Illustration:
    """La hausse des charges de personnel, effet de l'effectif et effet du salaire."""
    effets = list(prix_volume(cas.annexe(4), cas.hypotheses(**changements)).values())
    noms = "Effet de l'effectif", "Effet du salaire moyen", "Hausse totale"
    figure = page.nouvelle_figure(10, 2.2)
    axe = figure.add_axes((0.30, 0.26, 0.62, 0.60))
    departs, couleurs = (0, effets[0], 0), (page.BLEU, page.ORANGE, page.ENCRE)
    for rang, (effet, depart, couleur) in enumerate(zip(effets, departs, couleurs, strict=True)):
        fond: page.Aspect = (
            {"facecolor": "white", "hatch": "//"} if rang == 1 else {"facecolor": couleur}
        )
        axe.barh(rang, effet, 0.6, left=depart, edgecolor=couleur, **fond)
        axe.annotate(euros(effet, signe=True), (max(depart, depart + effet), rang), xytext=(6, 0),
                     textcoords="offset points", va="center", fontweight="bold")  # fmt: skip
    axe.set_yticks(range(3), noms)
    axe.invert_yaxis()
    axe.axvline(0, color=page.ENCRE, lw=1)
    axe.set_xlim(min(0, *effets) * 1.35, max(1, *effets) * 1.35)
    axe.xaxis.set_major_formatter(lambda v, _: nombre(v / 1000, 0) + "\u00a0k€")
    dits = (f"{nom} {euros(e, signe=True)}" for nom, e in zip(noms, effets, strict=True))
    return page.Illustration(figure, f"Hausse des charges de personnel : {' ; '.join(dits)}")
