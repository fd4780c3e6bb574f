"""Ce que disent les droits de vote, en phrases qui suivent les données."""

from collections.abc import Mapping

from ..socle.nombres import nombre, pourcent
from ..socle.typographie import minuscule
from . import vote
from .vote import OBSERVE, SUJETS


class LectureDuVote:
    """Ce qui se conclut d'un partage des voix : un autre partage donne d'autres phrases.

    - `titre` : les voix et le pouvoir du membre `OBSERVE` ;
    - `majorites` : qui pèse quoi à la majorité simple, aux deux tiers, à l'unanimité ;
    - `decideurs` : si un membre décide seul, et ce que pèsent les collectivités ;
    - `defis` : les réponses aux trois défis. À partir de quelle majorité les collectivités ne
      pèsent plus rien ; ce que gagne un partenaire à qui l'on donne dix voix ; qui profite d'une
      voix enlevée à la Région.
    """

    def __init__(self, voix: Mapping[str, float]):
        self._voix, self._mesure = voix, vote.pouvoir(voix).set_index("membre")
        self._simple, self._tiers = self._mesure["shapley"], _pouvoirs(voix, vote.DEUX_TIERS)
        self._paliers = vote.paliers(voix)
        self._nuls = self._paliers[self._paliers[OBSERVE] == 0]
        self._part = _en_pourcent(self._mesure.loc[OBSERVE, "part"])
        # À la majorité simple, tous les membres ont-ils le même pouvoir ?
        self._egaux = self._simple.max() - self._simple.min() < 1e-9
        self.titre = self._titrer()
        self.majorites = self._lire_majorites()
        self.decideurs = self._lire_decideurs()
        self.defis = (
            self._defi_des_collectivites(), self._defi_du_partenaire(), self._defi_de_la_region()
        )  # fmt: skip

    def __repr__(self) -> str:
        dits = ("titre", "majorites", "decideurs", "defis")
        return f"LectureDuVote({', '.join(f'{d}={getattr(self, d)!r}' for d in dits)})"

    def _titrer(self) -> str:
        if self._simple[OBSERVE] == 0:
            return f"{self._part} des voix, aucun pouvoir"
        fin = f"{vote.en_fraction(self._simple[OBSERVE])} du pouvoir"
        return f"{self._part} des voix, {fin}{'' if self._nuls.empty else '… ou rien'}"

    def _lire_majorites(self) -> str:
        part = 1 / len(self._voix)
        if self._egaux and self._tiers[OBSERVE] == 0:
            return (
                f"À la majorité simple, deux membres quelconques suffisent\u00a0: chacun a "
                f"{pourcent(part)} du pouvoir. Aux deux tiers, l'État et la Région suffisent et "
                f"sont indispensables\u00a0: {pourcent(self._tiers['etat'], 0)} chacun, rien pour les "
                f"collectivités. À l'unanimité, chacun peut bloquer\u00a0: de nouveau "
                f"{vote.en_fraction(part)}."
            )
        conclusions = {
            "À la majorité simple": vote.conclure_vote(self._voix, vote.SIMPLE),
            "Aux deux tiers": vote.conclure_vote(self._voix, vote.DEUX_TIERS),
            "À l'unanimité": vote.conclure_vote(self._voix, vote.UNANIMITE),
        }
        return " ".join(f"{quand}, {minuscule(c)}" for quand, c in conclusions.items())

    def _lire_decideurs(self) -> str:
        debut = "Aucun n'a la majorité\u00a0: il faut s'entendre à deux au moins."
        maitres = self._mesure[self._mesure["part"] > vote.SIMPLE]
        for membre, part in maitres["part"].items():
            sujet, verbe, _ = SUJETS[membre]
            debut = (
                f"Avec {_en_pourcent(part)} des voix, {sujet} {verbe} la majorité sans les autres."
            )
        avant, apres = self._simple[OBSERVE], self._tiers[OBSERVE]
        if not self._egaux:
            return (
                f"{debut} À la majorité simple, les collectivités ont {pourcent(avant)} du pouvoir "
                f"pour {self._part} des voix\u202f; aux deux tiers, elles en auraient "
                f"{pourcent(apres)}."
            )
        voix = self._mesure["voix"]
        moins = voix[OBSERVE] < voix.drop(OBSERVE).min()
        malgre = ", malgré leurs voix moins nombreuses" if moins else ""
        suite = (
            "ne le seraient plus" if apres < avant
            else f"auraient {pourcent(apres)} du pouvoir" if apres > avant
            else "le seraient encore"
        )  # fmt: skip
        return (
            f"{debut} À la majorité simple, les collectivités sont donc aussi décisives que les "
            f"fondateurs{malgre}\u202f; aux deux tiers, elles {suite}."
        )

    def _defi_des_collectivites(self) -> str:
        if self._nuls.empty:
            return "les collectivités pèsent toujours, quelle que soit la majorité exigée."
        debut, fin = self._nuls.iloc[0][["seuil_min", "seuil_max"]]
        quand = f"au-dessus de {_en_pourcent(debut)}"
        retour = f"elles retrouvent du pouvoir au-dessus de {_en_pourcent(fin)}"
        if debut <= vote.SIMPLE:
            quand = "dès la majorité simple"
        if fin >= vote.UNANIMITE:
            retour = "elles ne retrouvent jamais de pouvoir"
        return f"les collectivités ne pèsent plus rien {quand}\u202f; {retour}."

    def _defi_du_partenaire(self) -> str:
        gagne = _pouvoirs({**self._voix, "partenaire": 10.0})["partenaire"]
        if gagne == 0:
            return "rien à la majorité simple, car aucune coalition n'a besoin de lui."
        return f"oui, {pourcent(gagne)} du pouvoir à la majorité simple."

    def _defi_de_la_region(self) -> str:
        apres = _pouvoirs({**self._voix, "region": max(self._voix["region"] - 1, 0.0)})
        gains = [
            f"{SUJETS[m][0]}, de {pourcent(avant)} à {pourcent(apres[m])}"
            for m, avant in self._simple.items()
            if apres[m] > avant + 1e-9
        ]
        if not gains:
            return (
                "personne. Avec une voix de moins, les mêmes coalitions gagnent\u00a0: des voix "
                "peuvent bouger sans que le pouvoir bouge."
            )
        return f"{' ; '.join(gains)} du pouvoir. Une seule voix peut tout changer."


def _pouvoirs(voix: Mapping[str, float], seuil: float = vote.SIMPLE) -> dict[str, float]:
    mesures = vote.pouvoir(voix, seuil)
    return dict(zip(mesures["membre"], mesures["shapley"], strict=True))


def _en_pourcent(part: float) -> str:
    """Une part sans décimale inutile : « 20 % », « 37,5 % »."""
    return f"{nombre(part * 100)}\u202f%"
