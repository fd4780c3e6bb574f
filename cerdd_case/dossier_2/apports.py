"""Ce que le dossier 2 (le budget) apporte au cas ; voir `socle.dossier`."""

import pandas as pd

from ..donnees.hypotheses import Hypotheses, changer
from ..donnees.tableau import Tableau
from . import ecarts as calcul_des_ecarts
from . import projection as calcul_du_budget
from . import regles as jugement
from . import seuils as calcul_du_seuil
from . import tableaux
from .controles import controles as controles

ATELIERS = {
    "simulateur": (".budget_exercice:Budget", ".simulateur_atelier:Simulateur"),
    "sensibilite": (".budget_exercice:Sensibilite", ".sensibilite_atelier:AtelierSensibilite"),
    "risque": (".budget_exercice:Risques", ".risque_atelier:AtelierRisque"),
}
FIGURES = {
    "cascade": ".ecarts_figure:figure_cascade",
    "budget": ".projection_figure:figure_budget",
    "prix_volume": ".sensibilite_figure:figure_prix_volume",
}


def ecarts(cas) -> pd.DataFrame:
    """Les écarts de 2014 entre le prévu (annexe 4) et le réalisé (annexe 5)."""
    return calcul_des_ecarts.ecarts(cas.annexe(4), cas.annexe(5))


def hypotheses(cas, **changements) -> Hypotheses:
    """Les hypothèses du sujet, ou les mêmes changées : `cas.hypotheses(etp_ajoutes=2)`.

    Voir `hypotheses.Hypotheses`. Lève `ErreurHypothese` : nom inconnu, valeur hors limites.
    """
    return changer(cas.contexte.hypotheses, **changements)


def projeter(cas, **changements) -> calcul_du_budget.Projection:
    """Le budget 2015 ; sans rien préciser, celui du sujet. Voir `projection.projeter`."""
    return calcul_du_budget.projeter(cas.annexe(4), hypotheses(cas, **changements))


def seuil(cas, variable: str, part_ue: float | None = None, **changements) -> float:
    """La valeur d'une hypothèse qui met l'UE exactement au plafond ; voir `seuils.seuil`."""
    choisies = hypotheses(cas, **changements)
    return calcul_du_seuil.seuil(cas.annexe(4), choisies, variable, cas.contexte, part_ue)


def comparer(cas, projection) -> Tableau:
    """Le budget 2014 et une projection 2015, ligne par ligne, avec les totaux."""
    return tableaux.tableau_du_budget(projection)


def regles(cas, projection) -> Tableau:
    """Les règles de l'annexe 3 face à une projection, prêtes à lire."""
    jugees = jugement.regles(projection, cas.contexte)[["libelle", "respectee", "conclusion"]]
    return Tableau(jugees, "Les règles de bonne gestion", titres={"libelle": "Règle"})


def seuils(cas) -> Tableau:
    """Pour chaque hypothèse, la valeur qui ramène l'UE au plafond, les autres inchangées."""
    return tableaux.tableau_des_seuils(cas.annexe(4), cas.contexte)


def indicateurs(cas) -> Tableau:
    """Des indicateurs de performance : ce qu'ils mesurent, comment les relever."""
    titres = {champ["name"]: champ["title"] for champ in cas.champs("corrige-indicateurs")}
    return Tableau(cas.table("corrige-indicateurs").drop(columns="rang"), titres=titres)


def simulateur(cas):
    """Le simulateur du budget 2015 : un curseur par hypothèse."""
    return cas.atelier("simulateur")
