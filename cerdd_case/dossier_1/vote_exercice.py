"""Des voix et une majorité à régler, un pari à tenir."""

from collections.abc import Mapping
from fractions import Fraction

from ..donnees.paquet import Donnees
from ..questions.exercice import Exercice
from ..questions.verdict import Verdict
from ..socle.nombres import lire_nombre, pourcent
from . import vote
from .vote_figure import FigurePouvoir


class Vote(Exercice):
    """Des voix et une majorité à régler, pour voir qui pèse dans le vote.

    On parie d'abord sur le pouvoir des collectivités.

    Réponses : les voix de chaque membre (par son nom), `majorite` (part) et `pari` (part du
    pouvoir, ou None).
    """

    def __init__(self, donnees: Donnees):
        membres = vote.droits_de_vote(donnees)
        self.sujet = {**membres, "partenaire": 0.0}
        self.paris = paris(membres)
        self.mesure = vote.pouvoir(membres).set_index("membre").at[vote.OBSERVE, "shapley"]
        self.depart = {**self.sujet, "majorite": vote.SIMPLE, "pari": None}

    def voix(self, reponses: Mapping[str, float]) -> dict[str, float]:
        """Les voix de chaque membre."""
        return {membre: reponses[membre] for membre in self.sujet}

    def juger(self, reponses: Mapping[str, float]) -> dict[str, Verdict]:
        conclusion = vote.conclure_vote(self.voix(reponses), reponses["majorite"])
        phrase = f"Il faut {vote.majorite_requise(reponses['majorite'])}. {conclusion}"
        return {"pari": self.juger_pari(reponses["pari"]),
                "vote": Verdict("vote", "constat", phrase)}  # fmt: skip

    def juger_pari(self, pari: float | None) -> Verdict:
        """Le verdict du pari, avec les voix du sujet et à la majorité simple.

        Lève `ErreurVote` si le pari n'est pas un nombre.
        """
        if pari is None:
            return Verdict("vote", "a_completer", "Pariez d'abord.")
        try:
            gagne = abs(lire_nombre(pari) - self.mesure) < 1e-3
        except ValueError as erreur:
            raise vote.ErreurVote(f"pari : {erreur}") from None
        phrase = (
            f"Pari {'gagné' if gagne else 'perdu'} : avec les voix du sujet et à la majorité "
            f"simple, elles ont {pourcent(self.mesure)} du pouvoir. Essayez maintenant les deux tiers."
        )
        return Verdict("vote", "juste" if gagne else "faux", phrase, pari)

    def figure(self, reponses: Mapping[str, float]):
        voix, seuil = self.voix(reponses), reponses["majorite"]
        illustration = FigurePouvoir().illustration(voix, seuil)
        illustration.alternative = f"{vote.conclure_vote(voix, seuil)} {illustration.alternative}"
        return illustration


def paris(voix: Mapping[str, float]) -> dict[float, str]:
    """Les parts de pouvoir entre lesquelles parier, pour le membre `OBSERVE`.

    La bonne à la majorité simple, celle de ses voix et quelques autres, de la plus petite à la plus
    grande : `{part: en mots}`.
    """
    mesure = vote.pouvoir(voix).set_index("membre")
    proposees = (0, 1 / 3, 1 / 2, *mesure.loc[vote.OBSERVE, ["part", "shapley"]])
    uniques = {Fraction(p).limit_denominator(1000) for p in proposees}
    return {float(p): vote.en_fraction(float(p)) for p in sorted(uniques)}
