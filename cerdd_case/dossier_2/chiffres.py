"""Les nombres d'un cas d'où naissent les bonnes et les mauvaises réponses du dossier 2."""

from functools import cached_property

import pandas as pd

from ..donnees.contexte import Contexte
from ..donnees.hypotheses import TAUX_PAR_RECETTE, changer
from ..socle.nombres import nombre, pourcent
from .ecarts import ecarts
from .postes import RECETTES_FRANCAISES
from .projection import Projection, projeter

NOMS_DES_RECETTES = {
    "etat": "de l'État", "collectivites": "des collectivités", "autres": "des autres financeurs",
}  # fmt: skip


class Chiffres:
    """Les nombres d'un cas d'où naissent les bonnes et les mauvaises réponses."""

    def __init__(self, prevu: pd.DataFrame, realise: pd.DataFrame, contexte: Contexte):
        self.budget, self.contexte = prevu, contexte
        self.prevu = prevu.set_index("poste")["montant_eur"].astype(float).to_dict()
        self.realise = (realise.set_index("poste")["montant_keur"] * 1000.0).to_dict()
        self.ecarts = ecarts(prevu, realise).set_index("ligne")
        self.etp, self.embauches = contexte.etp_initial, contexte.hypotheses.etp_ajoutes
        self.indice = 1 + contexte.indexation
        self.total_2014 = self.sujet.total_2014_eur

    def projeter(self, **changements) -> Projection:
        return projeter(self.budget, changer(self.contexte.hypotheses, **changements))

    @cached_property
    def sujet(self) -> Projection:
        return self.projeter()

    @cached_property
    def secours(self) -> Projection:
        return self.projeter(charges_personnel_eur=self.contexte.secours_eur)

    @cached_property
    def autre_lecture(self) -> Projection:
        """L'investissement, qui n'est pas une charge, n'est pas augmenté."""
        return self.projeter(investissement_indexe=False)

    @cached_property
    def secours_autre_lecture(self) -> Projection:
        return self.projeter(
            charges_personnel_eur=self.contexte.secours_eur, investissement_indexe=False
        )

    @cached_property
    def etat_indexe(self) -> Projection:
        return self.projeter(taux_etat=self.contexte.indexation)

    @cached_property
    def personnel_indexe(self) -> Projection:
        return self.projeter(charges_personnel_eur=self.personnel * self.indice)

    @cached_property
    def sans_embauche(self) -> Projection:
        return self.projeter(charges_personnel_eur=self.prevu["personnel"])

    @cached_property
    def toute_l_annee(self) -> Projection:
        return self.projeter(mois_embauche=1)

    @cached_property
    def sans_hausse(self) -> Projection:
        return self.projeter(taux_salaire=0)

    def augmenter(self, lignes: tuple[str, ...]) -> Projection:
        """La projection où ces dépenses augmentent aussi."""
        hypotheses = self.contexte.hypotheses
        return self.projeter(
            lignes_indexees=(*hypotheses.lignes_indexees, *lignes),
            investissement_indexe=hypotheses.investissement_indexe or "investissement" in lignes,
        )

    @cached_property
    def charges_stables(self) -> Projection:
        return self.projeter(taux_charges=0)

    @cached_property
    def personnel(self) -> float:
        """Les charges de personnel de 2015, réponse de la question 2.3."""
        return self.sujet.montant("personnel")

    @property
    def ue_indexee(self) -> float:
        return self.prevu["ue"] * self.indice

    @property
    def stables(self) -> str:
        """Les recettes françaises que l'annexe 6 laisse à leur montant de 2014, pour une phrase."""
        hypotheses = self.contexte.hypotheses
        noms = [
            nom
            for poste, nom in NOMS_DES_RECETTES.items()
            if not getattr(hypotheses, TAUX_PAR_RECETTE[poste])
        ]
        return f"seules celles {' et '.join(noms)} sont stables" if noms else "aucune n'est stable"

    @cached_property
    def mots(self) -> dict[str, str]:
        """Les nombres que les phrases et les exemples citent, écrits comme on les tape."""
        mots = {poste: nombre(montant) for poste, montant in self.prevu.items()}
        mots |= {f"{p}_k": nombre(montant / 1000) for p, montant in self.realise.items()}
        return mots | {
            "salaries": nombre(self.contexte.salaries),
            "etp": taper(self.etp),
            "embauches": taper(self.embauches),
            "mois_payes": str(13 - self.contexte.hypotheses.mois_embauche),
            "salaire": taper(1 + self.contexte.hypotheses.taux_salaire),
            "stables": self.stables,
            "secours": nombre(self.contexte.secours_eur),
            "indice": taper(self.indice),
            "etat_2015": nombre(self.sujet.montant("etat")),
            "collectivites_2015": nombre(self.sujet.montant("collectivites")),
            "indexation": pourcent(self.contexte.indexation, None),
            "total": nombre(self.total_2014),
            "personnel_2015": nombre(self.personnel),
            "total_2015": nombre(self.sujet.total_eur),
            "ue_2015": nombre(self.sujet.ue_eur),
            "hors_ue_2015": nombre(francaises(self.sujet)),
        }


def taper(valeur: float) -> str:
    """Un nombre comme on le tape, avec toutes ses décimales : `12,5`, `1,025`."""
    return f"{round(valeur, 6):.15g}".replace(".", ",")


def francaises(projection: Projection) -> float:
    """Les recettes hors Union européenne d'une projection, en euros."""
    return sum(projection.montant(poste) for poste in RECETTES_FRANCAISES)
