"""La chaîne de l'information, dessinée."""

import textwrap
from collections.abc import Mapping

import pandas as pd

from ..figures import mise_en_page as page
from ..figures.vive import FigureVive

FONCTIONS = {"recueillir": "Recueillir", "traiter": "Traiter", "memoriser": "Mémoriser",
             "diffuser": "Diffuser"}  # fmt: skip
GAINS = {
    "efficacite": "Efficacité : atteindre ses objectifs",
    "efficience": "Efficience : bien employer ses moyens",
    "decision": "Décision : mieux choisir",
    "image": "Image : être connu et reconnu",
}


class FigureChaine(FigureVive):
    """Les missions placées dans les quatre fonctions du système d'information, et leurs gains.

    `missions` : le tableau de `missions_du_cas`, par `ordre`. `actualiser(reponses)` : celles
    de l'exercice `Chaine`.
    """

    PAS = 24.8  # d'une boîte à la suivante

    def __init__(self, missions: pd.DataFrame):
        self.missions = missions
        super().__init__()

    def construire(self) -> None:
        self.figure = page.nouvelle_figure(10, 4.7)
        self.axe = page.panneau(self.figure, (0, 0, 1, 1), (0, 100), (0, 47))
        titre = "Le système d'information du CERDD, et ce qu'il apporte"
        self.axe.text(1.5, 45.6, titre, fontsize=13, weight="bold", va="top")
        for i, nom in enumerate(FONCTIONS.values()):
            self._boite(i, 22.5, 19.7, f"{i + 1}. {nom}", page.BLEU)
            if i:
                x = 1.5 + i * self.PAS
                self._fleche((x - 2.6, 32), (x - 0.2, 32))
        for i, nom in enumerate(GAINS.values()):
            self._boite(i, 4.9, 13.9, _bref(nom), page.VERT)
        self._fleche((50, 22.3), (50, 18.9))
        self.axe.text(51.5, 20.7, "performance", fontsize=12, va="center", style="italic")

    def _boite(self, rang: int, y: float, hauteur: float, titre: str, couleur: str) -> None:
        x = 1.5 + rang * self.PAS
        place = (x, y, 22, hauteur)
        page.cadre(self.axe, place, 0.8, facecolor="white", edgecolor=couleur, lw=1.8)
        self.axe.text(x + 11, y + hauteur - 1.1, titre, ha="center", va="top", fontsize=12.5,
                      weight="bold", color=couleur)  # fmt: skip

    def _fleche(self, depart: tuple, arrivee: tuple) -> None:
        fleche = {"arrowstyle": "-|>", "color": page.ENCRE, "lw": 2}
        self.axe.annotate("", arrivee, depart, arrowprops=fleche)

    def actualiser(self, reponses: Mapping[str, str]) -> str:
        noms, arret, phrases = self.missions["mission"], reponses.get("arret"), []
        courts = noms.str.replace("Observation et mesure", "Observation")
        arrete = int(arret) if arret else None
        for i, (code, nom) in enumerate(FONCTIONS.items()):
            dedans = [o for o in noms.index if reponses.get(f"{o}-fonctions") == code]
            dits = "\n".join(f"{'✘' if o == arrete else '•'} {noms[o]}" for o in dedans)
            x = 1.5 + i * self.PAS
            self.texte(self.axe, x + 0.8, 38.4, dits, fontsize=11.5, va="top", linespacing=1.35)
            if dedans == [arrete]:
                self.texte(self.axe, x + 11, 23.3, "✘ plus rien ici", fontsize=11, ha="center",
                           va="bottom", color=page.ROUGE, weight="bold")  # fmt: skip
            phrases.append(f"{nom} : {_enumerer(noms[dedans])}")
        for i, (code, nom) in enumerate(GAINS.items()):
            actives = [o for o in noms.index if reponses.get(f"{o}-gains") == code and o != arrete]
            mots = textwrap.fill(", ".join(courts[actives]), 22) or "–"
            x = 2.5 + i * self.PAS
            self.texte(self.axe, x, 15, mots, fontsize=11, va="top", linespacing=1.25)
            phrases.append(f"{_bref(nom)} : {_enumerer(noms[actives])}")
        reste = [courts[o] for o in noms.index if not reponses.get(f"{o}-fonctions")]
        places = (reponses.get(f"{arrete}-{demande}") for demande in ("fonctions", "gains"))
        if arrete and all(places):
            bas, couleur = self.missions.at[arrete, "panne"], page.ROUGE
        elif arrete:
            bas = "Rangez d'abord cette mission, dans les deux colonnes : que change son arrêt ?"
            couleur = page.GRIS
        elif reste:
            bas, couleur = f"À placer : {', '.join(reste)}.", page.GRIS
        else:
            bas, couleur = "La chaîne est complète : chaque mission a sa fonction.", page.VERT
        self.texte(self.axe, 1.5, 2.2, bas, fontsize=12, weight="bold", color=couleur)
        return f"Chaîne de l'information. {' ; '.join(phrases)}. {bas}"


def _bref(gain: str) -> str:
    return gain.split(" :")[0]


def _enumerer(noms: pd.Series) -> str:
    return ", ".join(noms) or "aucune mission"
