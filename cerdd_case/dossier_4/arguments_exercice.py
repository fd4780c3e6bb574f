"""Choisir des faits pour ou contre le Web 2.0 et en faire un plan."""

from collections import Counter
from collections.abc import Mapping
from functools import reduce
from typing import Any

from matplotlib.ticker import MaxNLocator

from ..donnees.lecture import passages
from ..donnees.paquet import Donnees
from ..figures import mise_en_page as page
from ..figures.mise_en_page import Illustration
from ..questions.exercice import Exercice, Fiche
from ..questions.verdict import Verdict
from ..socle.nombres import nombre
from ..socle.typographie import pluriel
from .arguments import PARTIE_PAR_DEFAUT, choisir, plan_texte, preuves, relire_plan


class Arguments(Exercice):
    """Choisir des faits pour ou contre le Web 2.0 et en faire un plan.

    Réponses : « pour » ou « contre », par fait. Les faits que la collection conseille ne se montrent
    qu'avec elles (`complete=True` : tout de suite).
    """

    def __init__(self, donnees: Donnees):
        self.preuves = preuves(donnees)
        self.source = donnees
        self.possibles = dict.fromkeys(self.preuves, {sens: sens for sens in PARTIE_PAR_DEFAUT})

    def nommer(self, cle: str) -> str:
        return self.preuves[cle].texte if cle in self.preuves else ""

    def passage(self, preuve: str) -> str:
        """Le passage que cite un fait, en HTML ; vide si ce fait n'existe pas."""
        fait = self.preuves.get(preuve)
        return passages(self.source, fait.reference, [preuve]) if fait else ""

    def plan(self, reponses: Mapping[str, str]) -> list[dict]:
        """Le plan que font ces réponses ; voir `choisir`."""
        return reduce(lambda choix, reponse: choisir(choix, *reponse), reponses.items(), [])

    def juger(self, reponses: Mapping[str, str]) -> dict[str, Verdict]:
        return {str(i): v for i, v in enumerate(relire_plan(self.plan(reponses), self.preuves))}

    def figure(self, reponses: Mapping[str, str]) -> Illustration:
        return self.figure_du_plan(self.plan(reponses), bool(reponses))

    def fiche(
        self,
        nom: str,
        reponses: Mapping[str, object] | None = None,
        complete: bool = False,
        **reglages: Any,
    ) -> Fiche:
        lues = self.lire({**reglages, **(reponses or {})})
        return Fiche(nom, self, lues, self.figure_du_plan(self.plan(lues), complete or bool(lues)))

    @property
    def conseilles(self) -> list[str]:
        """Les faits que la collection conseille."""
        return [code for code, preuve in self.preuves.items() if preuve.selection]

    @page.style()
    def figure_du_plan(self, choix: list[dict], relu: bool = True) -> Illustration:
        """La balance des faits d'un plan, par source, et le plan en texte ; s'il est `relu`, avec les faits
        conseillés."""
        gardes = [(self.preuves.get(c["preuve"]), c["sens"]) for c in choix if not c["cote"]]
        choisis = Counter((preuve.source, sens) for preuve, sens in gardes if preuve)
        conseil = Counter((p.source, p.sens) for p in self.preuves.values() if relu and p.selection)
        sources = list(dict.fromkeys(p.source for p in self.preuves.values()))
        figure, phrases = page.nouvelle_figure(10, 4.7), []
        axe = figure.add_axes((0.24, 0.11, 0.74, 0.72))
        for y, nom in enumerate(sources):
            for sens, cote, couleur in (("pour", 1, page.VERT), ("contre", -1, page.ORANGE)):
                propose, pris = conseil[nom, sens], choisis[nom, sens]
                axe.barh(y, cote * propose, 0.72, facecolor="white", edgecolor=couleur,
                         hatch="////" if cote > 0 else "....", lw=1.2)  # fmt: skip
                axe.barh(y, cote * pris, 0.4, color=couleur, edgecolor=page.ENCRE)
                if pris:
                    axe.text(cote * (max(pris, propose) + 0.15), y, str(pris), va="center",
                             ha="left" if cote > 0 else "right", weight="bold")  # fmt: skip
                conseilles = f"{propose} {pluriel('conseillé', propose)}, " * relu
                phrases.append(f"{nom}, {sens} : {conseilles}{pris} {pluriel('choisi', pris)}")
        axe.axvline(0, color=page.ENCRE, lw=1.2)
        axe.set_yticks(range(len(sources)), sources, fontsize=11)
        axe.invert_yaxis()
        axe.tick_params(axis="y", length=0)
        axe.spines["left"].set_visible(False)
        borne = max(3, *(abs(v) for v in axe.get_xlim())) + 0.4
        axe.set_xlim(-borne, borne)
        axe.xaxis.set_major_locator(MaxNLocator(integer=True))
        axe.xaxis.set_major_formatter(lambda v, _: nombre(abs(v), 0))
        legende = " — hachuré : conseillés ; plein : choisis dans le plan"
        axe.set_xlabel(f"nombre de faits{legende if relu else ' choisis dans le plan'}")
        for x, nom, couleur, bord in ((0.02, "◀ contre, ou limites", page.ORANGE, "left"),
                                      (0.98, "pour ▶", page.VERT, "right")):  # fmt: skip
            axe.text(x, 1.02, nom, transform=axe.transAxes, color=couleur, fontsize=12,
                     weight="bold", ha=bord, va="bottom")  # fmt: skip
        figure.text(0.012, 0.965, "Où trouver des arguments pour la question 4.3 ?", fontsize=13,
                    weight="bold", va="top")  # fmt: skip
        suite = f"\n\n{plan_texte(choix, self.preuves)}" if choix else ""
        alternative = f"Arguments par source. {' ; '.join(phrases)}.{suite}"
        return page.Illustration(figure, alternative)
