"""Ranger les faits mêlés de l'entretien : structure, coordination ou décision ?"""

from collections.abc import Collection, Mapping
from html import escape
from typing import Any

from ..donnees.lecture import passages
from ..donnees.paquet import Donnees
from ..figures import mise_en_page as page
from ..figures.mise_en_page import Illustration
from ..questions.exercice import Listes, a_choisir, ligne
from ..questions.registre import confusions
from ..questions.verdict import ETATS, Verdict
from ..socle.references import citer
from .coherence import DIMENSIONS

QUESTIONS = {
    "structure": "comment le travail et les responsabilités sont répartis",
    "mecanisme": "comment les efforts de chacun s'accordent",
    "decision": "qui tranche, et comment",
}


class Notions(Listes):
    """Ranger les faits de l'annexe 7 : structure, coordination ou décision ?

    Réponses : une dimension par fait ; celui qui sert à deux est accepté aux deux. `complete=True` : tout
    est rangé. L'atelier de la cohérence ne montre que les faits rangés ici.
    """

    cle, titre = "notions", "Faits à ranger"
    RELANCE = "Ce fait dit-il comment l'on répartit, comment l'on s'accorde, ou qui tranche ?"

    def __init__(self, donnees: Donnees):
        faits = donnees.annexe(7).set_index("fait_id")[["fait", "paragraphe"]]
        self.faits = donnees.table("corrige-coherence-faits").join(faits, on="fait_id")
        self.faits["preuve"] = [f"A7§{p}" for p in self.faits["paragraphe"]]
        self.confusion = confusions("notions", donnees)
        self.lignes = [
            ligne(
                f.fait, a_choisir(f.fait_id, DIMENSIONS), detail=citer(f.preuve),
                passage=passages(donnees, citer(f.preuve), [f.fait_id]),
            )
            for f in self.faits.itertuples()
        ]  # fmt: skip
        puces = "".join(
            f"<li><strong>{escape(nom)}</strong> : {escape(QUESTIONS[code])}</li>"
            for code, nom in DIMENSIONS.items()
        )
        self.consigne = f"<p>Que dit chaque fait ?</p><ul class='cerdd-definitions'>{puces}</ul>"

    def solution(self) -> dict[str, str]:
        return dict(self.faits[["fait_id", "dimension"]].to_numpy())

    def juger(self, reponses: Mapping[str, str]) -> dict[str, Verdict]:
        return {f.fait_id: self._juger(f, reponses.get(f.fait_id)) for f in self.faits.itertuples()}

    def _juger(self, fait: Any, choix: str | None) -> Verdict:
        if not choix:
            return Verdict(self.cle, "a_completer", "À ranger.")
        if choix in (fait.dimension, fait.admis):
            return Verdict(self.cle, "juste", fait.lecture)
        return Verdict(
            self.cle, "faux", self.confusion(choix, fait.dimension, fait.fait_id),
            paragraphe=fait.preuve, relance=self.RELANCE,
            proposee=f"Réponse proposée : « {DIMENSIONS[fait.dimension]} ». {fait.lecture}",
        )  # fmt: skip

    def bilan(self, choisis: int, verdicts: list[Verdict]) -> str:
        total = len(self.cles)
        if not verdicts:
            return f"Rangés : {choisis} sur {total}.{' Pressez « Vérifier ».' * bool(choisis)}"
        justes = sum(v.etat == "juste" for v in verdicts)
        return f"Vérifiés : {len(verdicts)} sur {total}, dont {justes} bien rangés."

    @page.style()
    def figure(
        self, reponses: Mapping[str, str], verifies: Collection[str] | None = None
    ) -> Illustration:
        """Les faits et la colonne où l'élève les range, avec un signe par fait vérifié."""
        figure = page.nouvelle_figure(10, 0.8 + 0.29 * len(self.faits))
        bornes = (len(self.faits) - 0.4, -1.7)
        axe = page.panneau(figure, (0.01, 0.01, 0.98, 0.98), (0, 100), bornes)
        milieu: page.Aspect = {"ha": "center", "va": "center"}
        places = dict(zip(DIMENSIONS, (66, 80, 93), strict=True))
        for code, x in places.items():
            nom = DIMENSIONS[code].replace(" de ", "\nde ")
            axe.text(x, -1.1, nom, fontsize=10.5, weight="bold", color=page.BLEU, **milieu)
        verdicts, phrases = self.juger(reponses), []
        for y, f in enumerate(self.faits.itertuples()):
            axe.axhline(y - 0.5, color=page.CLAIR, lw=1)
            axe.text(0, y, f.fait, fontsize=9.5, va="center")
            if choix := reponses.get(f.fait_id):
                verifie = verifies is None or f.fait_id in verifies
                signe, encre, _ = ETATS[verdicts[f.fait_id].etat if verifie else "a_completer"]
                axe.text(places[choix], y, signe[0], fontsize=13, color=encre, **milieu)
                phrases.append(f"{signe[0]} {f.fait} {DIMENSIONS[choix]}.")
        dits = " ".join(phrases) or "Aucun fait rangé."
        return page.Illustration(figure, f"Les faits de l'annexe 7, par notion. {dits}")

    def figure_proposee(self) -> Illustration:
        return self.figure(self.solution())
