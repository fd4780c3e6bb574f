"""Ce que demandent les ateliers du budget : des hypothèses, puis une projection, un pas, un risque."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from ..donnees.hypotheses import Hypotheses, champs, changer, sans_changement
from ..figures.mise_en_page import Illustration
from ..questions.exercice import Exercice
from ..questions.registre import Registre
from ..questions.verdict import Verdict
from ..socle.erreurs import ErreurHypothese
from ..socle.nombres import pourcent
from .projection import Projection, projeter
from .projection_figure import FigureBudget
from .reglages import NOMS
from .regles import conclure, juger, plafond_applique
from .risque import TAUX, Risque, risque
from .risque_figure import FigureRisque
from .sensibilite import sensibilite
from .sensibilite_figure import FigureTornade


class Budget(Exercice):
    """Le simulateur du budget 2015 : un curseur par hypothèse.

    Réponses : les champs d'`Hypotheses` ; ce qui n'est pas dit est celui du sujet. Avant toute
    réponse, c'est le budget de 2014 : le résultat du sujet est à chercher.
    """

    def __init__(self, cas: Registre):
        self.budget, self.contexte = cas.annexe(4), cas.contexte
        self.hypotheses_2014 = sans_changement(self.contexte.hypotheses)
        self.depart = champs(self.hypotheses_2014)

    def lire(self, reponses: Mapping) -> dict:
        sujet = self.contexte.hypotheses
        return champs(changer(sujet, **reponses) if reponses else self.hypotheses_2014)

    def projeter(self, reponses: Mapping) -> Projection:
        """Le budget 2015 sous ces hypothèses."""
        return projeter(self.budget, Hypotheses(**reponses))

    def juger(self, reponses: Mapping) -> dict[str, Verdict]:
        projection = self.projeter(reponses)
        verdicts = {"": Verdict("simulateur", "constat", conclure(projection, self.contexte))}
        for code, libelle, _, _, respectee, conclusion in juger(projection, self.contexte):
            etat = "constat" if respectee is pd.NA else "juste" if respectee else "faux"
            verdicts[code] = Verdict("simulateur", etat, f"{libelle}. {conclusion}")
        return verdicts

    def figure(self, reponses: Mapping) -> Illustration:
        projection, contexte = self.projeter(reponses), self.contexte
        image = FigureBudget(self.budget, contexte).illustration(projection)
        image.alternative = f"{conclure(projection, contexte)} {image.alternative}"
        return image


class Sensibilite(Budget):
    """Quelle hypothèse pèse le plus sur la part européenne ? Tornade et carte.

    Réponses : les champs d'`Hypotheses`.
    """

    def tornade(self, reponses: Mapping) -> tuple[pd.DataFrame, float, float]:
        """L'effet de chaque hypothèse, la part de l'UE, et le plafond qui vaut."""
        projection = self.projeter(reponses)
        plafond = plafond_applique(projection, self.contexte)
        return sensibilite(self.budget, projection.hypotheses), projection.part_ue, plafond

    def conclure(self, tornade: tuple) -> str:
        """L'hypothèse qui pèse le plus, en une phrase."""
        mesures, part, _ = tornade
        premiere = NOMS[mesures["hypothese"][0]]
        return f"Autour de {pourcent(part)}, l'hypothèse qui pèse le plus est : {premiere}."

    def juger(self, reponses: Mapping) -> dict[str, Verdict]:
        phrase = self.conclure(self.tornade(reponses))
        return {"premiere": Verdict("sensibilite", "constat", phrase)}

    def figure(self, reponses: Mapping) -> Illustration:
        return FigureTornade().illustration(*self.tornade(reponses))


class Risques(Exercice):
    """La probabilité de dépasser le plafond quand les taux sont incertains.

    Réponses : `etp_ajoutes`, `mois_embauche`, et pour chaque taux (`taux_salaire`…) de combien il
    peut s'écarter de la valeur du sujet (part). Avant toute réponse, personne n'est embauché.
    """

    DECISIONS = ("etp_ajoutes", "mois_embauche")

    def __init__(self, cas: Registre):
        self.budget, self.contexte = cas.annexe(4), cas.contexte
        decisions = {
            c: getattr(sans_changement(cas.contexte.hypotheses), c) for c in self.DECISIONS
        }
        self.depart = decisions | dict.fromkeys(TAUX, 0.02)

    def calculer(self, reponses: Mapping) -> Risque:
        """Le risque que donnent ces réponses ; voir `risque`."""
        h = replace(self.contexte.hypotheses, **{c: reponses[c] for c in self.DECISIONS})
        milieux = {c: getattr(h, c) for c in TAUX}
        for champ in TAUX:
            if not 0 <= reponses[champ] <= 1:
                raise ErreurHypothese(
                    f"{champ} : de combien ce taux peut-il s'écarter de sa valeur ? De 0 à 1, par "
                    "exemple 0.02 pour 2 points."
                )
        plages = {c: (m - reponses[c], m, m + reponses[c]) for c, m in milieux.items()}
        return risque(self.budget, self.contexte, plages, h)

    def conclure(self, resultat: Risque) -> str:
        """La probabilité et, si elle se voit une fois arrondie, son imprécision, en une phrase."""
        milieu, bas, haut = map(pourcent, (resultat.probabilite, *resultat.intervalle))
        bornes = f" (entre {bas} et {haut})" if {bas, haut} != {milieu} else ""
        return f"Risque de dépasser {pourcent(resultat.plafond, None)} : {milieu}{bornes}."

    def juger(self, reponses: Mapping) -> dict[str, Verdict]:
        phrase = self.conclure(self.calculer(reponses))
        return {"risque": Verdict("risque", "constat", phrase)}

    def figure(self, reponses: Mapping) -> Illustration:
        return FigureRisque(self.contexte).illustration(self.calculer(reponses))
