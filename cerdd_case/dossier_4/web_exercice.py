"""Comparer le Web 1.0 et le Web 2.0 d'après l'annexe 11."""

from collections.abc import Collection, Mapping

import pandas as pd

from ..donnees.paquet import Donnees
from ..figures import mise_en_page as page
from ..figures.mise_en_page import Illustration
from ..questions.exercice import a_choisir, ligne
from ..questions.verdict import ETATS, Verdict
from ..socle.references import citer
from .chaine_exercice import Cases

GENERATIONS = ("1.0", "2.0")


class Web(Cases):
    """Comparer le Web 1.0 et le Web 2.0 ; `complete=True` montre la proposition.

    Réponses : une proposition de l'annexe par case (`nature|1.0`…). Quand aucune ne décrit une
    génération, la bonne est « L'annexe ne le dit pas ».
    """

    cle = "atelier:web"
    titre = "Choisissez ce que dit l'annexe 11. Parfois, elle ne dit rien."
    entetes = ("Critère", *(f"Web {web}" for web in GENERATIONS))

    RELANCE = "L'annexe le dit-elle, et de quel Web ?"

    def __init__(self, donnees: Donnees):
        options = donnees.table("corrige-web-comparaison")
        self.source = donnees
        self.options, self.lignes = options.set_index("option_id"), []
        self.bonnes: dict[str, str] = {}
        for critere, groupe in options.groupby("critere", sort=False):
            textes = dict(zip(groupe["option_id"], groupe["option"], strict=True))
            bonnes: dict[str, str] = dict(zip(groupe["convient"], groupe["option_id"], strict=True))
            cases = {f"{critere}|{web}": bonnes.get(web, bonnes["silence"]) for web in GENERATIONS}
            self.bonnes.update(cases)
            listes = (a_choisir(case, textes) for case in cases)
            self.lignes.append(ligne(groupe["libelle"].iloc[0], *listes))

    def solution(self) -> dict[str, str]:
        return dict(self.bonnes)

    def commenter(self, case: str, choix: str) -> Verdict:
        """L'explication du choix ; s'il est faux, ce qui se reprend en trois temps."""
        option, bonne = self.options.loc[choix], self.options.loc[self.bonnes[case]]
        phrase = _expliquer(option)
        if choix == self.bonnes[case]:
            return Verdict("web", "juste", phrase)
        if option["convient"] in GENERATIONS:
            phrase = f"Cela décrit le Web {option['convient']}. {phrase}"
        proposee = f"Réponse proposée : « {bonne['option']} ». {_expliquer(bonne)}"
        relire = option["reference"] if not pd.isna(option["reference"]) else bonne["reference"]
        faits = () if pd.isna(option["faits"]) else tuple(option["faits"].split())
        return Verdict(
            "web", "faux", phrase, paragraphe=relire, faits=faits, relance=self.RELANCE,
            proposee=proposee,
        )  # fmt: skip

    @page.style()
    def figure(
        self, reponses: Mapping[str, str], verifies: Collection[str] | None = None
    ) -> Illustration:
        """La comparaison telle qu'elle est remplie, avec un signe par case corrigée."""
        figure = page.nouvelle_figure(10, 0.75 + 0.43 * len(self.lignes))
        bornes = (len(self.lignes) + 0.1, -1.25)
        axe = page.panneau(figure, (0.01, 0.01, 0.98, 0.98), (0, 100), bornes)
        for x, titre, couleur in ((25, "Web 1.0", page.BLEU), (62.5, "Web 2.0", page.ORANGE)):
            axe.text(x, -0.72, titre, fontsize=14, weight="bold", color=couleur, va="center")
        axe.plot([0, 100], [-0.3, -0.3], color=page.ENCRE, lw=1.5)
        verdicts, phrases = self.juger(reponses), []
        for y, rang in enumerate(self.lignes):
            axe.axhline(y + 0.65, color=page.CLAIR, lw=1)
            axe.text(0, y + 0.17, rang["texte"], fontsize=11, weight="bold", va="center")
            dits = []
            for x, web, case in zip((25, 62.5), GENERATIONS, rang["listes"], strict=True):
                etat = verdicts[case["cle"]].etat
                texte, couleur = "… à compléter", page.GRIS
                if etat != "a_completer":
                    option = self.possibles[case["cle"]][reponses[case["cle"]]]
                    texte = f"{ETATS[etat][0][0]} {option}"
                    couleur = page.ENCRE if etat == "juste" else page.ROUGE
                axe.text(x, y + 0.17, texte, fontsize=11, va="center", color=couleur)
                dits.append(f"Web {web} : {texte}")
            phrases.append(f"{rang['texte']}, {' ; '.join(dits)}")
        alternative = f"Comparaison du Web 1.0 et du Web 2.0. {'. '.join(phrases)}."
        return page.Illustration(figure, alternative)

    def figure_proposee(self) -> Illustration:
        return self.figure(self.solution())


def _expliquer(option: pd.Series) -> str:
    """L'explication d'une proposition, et sa référence."""
    phrase, reference = option["explication"], option["reference"]
    return phrase if pd.isna(reference) else f"{phrase.removesuffix('.')} ({citer(reference)})."
