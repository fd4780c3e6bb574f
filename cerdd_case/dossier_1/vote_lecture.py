"""Ce que disent les droits de vote, en phrases qui suivent les données."""

from collections.abc import Mapping
from functools import partial

from ..donnees.paquet import Donnees
from ..questions import lectures
from ..socle.nombres import nombre, pourcent
from ..socle.typographie import minuscule
from . import vote
from .vote import OBSERVE, SUJETS


class LectureDuVote:
    """Ce qui se conclut d'un partage des voix : un autre partage donne d'autres phrases.

    `donnees` : où elles sont écrites (voir `questions.lectures`).

    - `titre` : les voix et le pouvoir du membre `OBSERVE` ;
    - `majorites` : qui pèse quoi à la majorité simple, aux deux tiers, à l'unanimité ;
    - `decideurs` : si un membre décide seul, et ce que pèsent les collectivités ;
    - `defis` : les réponses aux trois défis. À partir de quelle majorité les collectivités
      perdent tout pouvoir ; ce que gagne un partenaire à qui l'on donne dix voix ; qui profite d'une
      voix enlevée à la Région.
    """

    def __init__(self, voix: Mapping[str, float], donnees: Donnees):
        self._dire = partial(lectures.remplir, donnees)
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
        pouvoir = self._simple[OBSERVE]
        suite = "pouvoir" if self._nuls.empty else "pouvoir_ou_rien"
        lecture = f"vote_{suite}" if pouvoir else "vote_sans_pouvoir"
        return self._dire(lecture, part=self._part, pouvoir=vote.en_fraction(pouvoir))

    def _lire_majorites(self) -> str:
        egale = 1 / len(self._voix)
        if self._egaux and self._tiers[OBSERVE] == 0:
            return self._dire(
                "vote_majorites", egale=pourcent(egale), fraction=vote.en_fraction(egale),
                tiers=pourcent(self._tiers["etat"], 0),
            )  # fmt: skip
        conclusions = {
            "À la majorité simple": vote.conclure_vote(self._voix, vote.SIMPLE),
            "Aux deux tiers": vote.conclure_vote(self._voix, vote.DEUX_TIERS),
            "À l'unanimité": vote.conclure_vote(self._voix, vote.UNANIMITE),
        }
        return " ".join(f"{quand}, {minuscule(c)}" for quand, c in conclusions.items())

    def _lire_decideurs(self) -> str:
        debut = self._dire("vote_entente")
        maitres = self._mesure[self._mesure["part"] > vote.SIMPLE]
        for membre, part in maitres["part"].items():
            sujet, verbe, _ = SUJETS[membre]
            debut = self._dire("vote_maitre", part=_en_pourcent(part), sujet=sujet, verbe=verbe)
        avant, apres, voix = self._simple[OBSERVE], self._tiers[OBSERVE], self._mesure["voix"]
        dits = {
            "debut": debut,
            "avant": pourcent(avant),
            "apres": pourcent(apres),
            "part": self._part,
        }
        if not self._egaux:
            return self._dire("vote_inegaux", **dits)
        moins = voix[OBSERVE] < voix.drop(OBSERVE).min()
        sens = "moins" if apres < avant else "plus" if apres > avant else "autant"
        suite = self._dire(f"vote_suite_{sens}", **dits)
        malgre = self._dire("vote_malgre") if moins else ""
        return self._dire("vote_egaux", **dits, malgre=malgre, suite=suite)

    def _defi_des_collectivites(self) -> str:
        if self._nuls.empty:
            return self._dire("defi_vote_jamais")
        debut, fin = self._nuls.iloc[0][["seuil_min", "seuil_max"]]
        quand = "des_la_moitie" if debut <= vote.SIMPLE else "au_dessus"
        retour = "sans_retour" if fin >= vote.UNANIMITE else "retour"
        return self._dire(
            "defi_vote_nul",
            quand=self._dire(f"defi_vote_{quand}", seuil=_en_pourcent(debut)),
            retour=self._dire(f"defi_vote_{retour}", seuil=_en_pourcent(fin)),
        )

    def _defi_du_partenaire(self) -> str:
        gagne = _pouvoirs({**self._voix, "partenaire": 10.0})["partenaire"]
        return self._dire(f"defi_partenaire_{'gagne' if gagne else 'rien'}", gagne=pourcent(gagne))

    def _defi_de_la_region(self) -> str:
        apres = _pouvoirs({**self._voix, "region": max(self._voix["region"] - 1, 0.0)})
        gains = [
            f"{SUJETS[m][0]}, de {pourcent(avant)} à {pourcent(apres[m])}"
            for m, avant in self._simple.items()
            if apres[m] > avant + 1e-9
        ]
        qui = "gagnants" if gains else "personne"
        return self._dire(f"defi_region_{qui}", gagnants=" ; ".join(gains))


def _pouvoirs(voix: Mapping[str, float], seuil: float = vote.SIMPLE) -> dict[str, float]:
    mesures = vote.pouvoir(voix, seuil)
    return dict(zip(mesures["membre"], mesures["shapley"], strict=True))


def _en_pourcent(part: float) -> str:
    """Une part sans décimale inutile : « 20 % », « 37,5 % »."""
    return f"{nombre(part * 100)}\u202f%"
