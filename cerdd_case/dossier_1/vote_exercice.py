"""Des voix et une majorité à régler, un pari à tenir."""

from collections.abc import Mapping
from fractions import Fraction

from ..donnees.paquet import Donnees
from ..figures.mise_en_page import Illustration
from ..questions.exercice import Exercice
from ..questions.verdict import Verdict
from ..socle.nombres import lire_nombre, pourcent
from . import vote
from .vote_figure import FigurePouvoir

VOIX_A_REGLER = 100  # le bout de chaque curseur
RELANCE = (
    "Pari à revoir : écrivez les groupes qui peuvent gagner. Dans lesquels les collectivités sont-elles "
    "indispensables, et les autres ?"
)
CONFUSIONS = (  # avoir repris la part des voix ; avoir dit trop peu ; avoir dit trop
    "Vous avez repris la part des voix : elle ne dit pas combien de fois un membre fait pencher le vote.",
    "Peu de voix ne veut pas dire peu de poids : que devient un groupe gagnant si elles le quittent ?",
    "C'est beaucoup : comptez aussi toutes les fois où un autre membre est indispensable.",
)


class Vote(Exercice):
    """Des voix et une majorité à régler, pour voir qui pèse dans le vote.

    On parie d'abord sur le pouvoir des collectivités : il reste caché tant que le pari n'est pas juste,
    ou que la réponse n'est pas montrée (`montre`).

    Réponses : les voix de chaque membre (par son nom, de 0 à 100), `majorite` (part) et `pari` (part
    du pouvoir, ou None).
    """

    cle = "vote"

    def __init__(self, donnees: Donnees):
        self.montre = False
        membres = vote.droits_de_vote(donnees)
        self.sujet = {**membres, "partenaire": 0.0}
        self.paris = paris(membres)
        mesures = vote.pouvoir(membres).set_index("membre")
        self.part, self.mesure = mesures.loc[vote.OBSERVE, ["part", "shapley"]]
        self.depart = {**self.sujet, "majorite": vote.SIMPLE, "pari": None}

    def lire(self, reponses: Mapping) -> dict:
        """Lève `ErreurVote` si un réglage sort de ses bornes."""
        lues = super().lire(reponses)
        for membre, voix in self.voix(lues).items():
            if not 0 <= voix <= VOIX_A_REGLER:
                raise vote.ErreurVote(f"{membre} : de 0 à {VOIX_A_REGLER} voix sont attendues.")
        # quelqu'un a des voix, la majorité convient
        vote.pouvoir(self.voix(lues), lues["majorite"])
        return lues

    def voix(self, reponses: Mapping[str, float]) -> dict[str, float]:
        """Les voix de chaque membre."""
        return {membre: reponses[membre] for membre in self.sujet}

    def juger(self, reponses: Mapping[str, float]) -> dict[str, Verdict]:
        pari = self.juger_pari(reponses["pari"])
        suite = vote.conclure_vote(self.voix(reponses), reponses["majorite"])
        if not self.se_montre(pari):
            suite = (
                "Cherchez d'abord qui peut gagner avec qui, puis pariez : quelle part du pouvoir ont "
                "les collectivités ? Le pouvoir de chacun apparaîtra."
            )
        phrase = f"Il faut {vote.majorite_requise(reponses['majorite'])}. {suite}"
        return {"pari": pari,
                "vote": Verdict("vote", "constat", phrase)}  # fmt: skip

    def juger_pari(self, pari: float | None) -> Verdict:
        """Le verdict du pari, avec les voix du sujet et à la majorité simple.

        Lève `ErreurVote` si le pari n'est pas une part.
        """
        if pari is None:
            return Verdict("vote", "a_completer", "Pariez d'abord.")
        try:
            part = lire_nombre(pari)
        except ValueError as erreur:
            raise vote.ErreurVote(f"pari : {erreur}") from None
        if not 0 <= part <= 1:
            raise vote.ErreurVote(
                f"pari : une part du pouvoir est attendue, de {pourcent(0, 0)} à {pourcent(1, 0)}, "
                "par exemple « 25 % »."
            )
        reponse = (
            f"avec les voix du sujet et à la majorité simple, elles ont {pourcent(self.mesure)} du "
            "pouvoir. Essayez maintenant les deux tiers."
        )
        if abs(part - self.mesure) < 1e-3:
            return Verdict("vote", "juste", f"Pari gagné : {reponse}", pari)
        rang = 0 if abs(part - self.part) < 1e-3 else 1 if part < self.mesure else 2
        return Verdict(
            "vote",
            "faux",
            CONFUSIONS[rang],
            pari,
            relance=RELANCE,
            proposee=f"Réponse proposée : {reponse}",
        )

    def se_montre(self, pari: Verdict) -> bool:
        """Le pouvoir de chacun se montre : le pari est juste, ou la réponse est déjà donnée."""
        return pari.juste is True or self.montre

    def figure(self, reponses: Mapping[str, float]) -> Illustration:
        voix, seuil = self.voix(reponses), reponses["majorite"]
        parie = self.se_montre(self.juger_pari(reponses["pari"]))
        conclusion = vote.conclure_vote(voix, seuil)
        illustration = FigurePouvoir().illustration(voix, seuil, parie)
        if parie:
            illustration.alternative = f"{conclusion} {illustration.alternative}"
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
