"""Ce que le dossier 2 (le budget) apporte au cas ; voir `socle.dossier`."""

import pandas as pd

from ..donnees.hypotheses import Hypotheses, changer
from ..donnees.tableau import Tableau
from ..questions.controle import Controle
from . import ecarts as calcul_des_ecarts
from . import projection as calcul_du_budget
from . import regles as jugement
from . import risque as calcul_du_risque
from . import sensibilite as calcul_de_sensibilite
from . import seuils as calcul_du_seuil
from . import simulateur as demande
from . import tableaux


def controles(cas) -> dict[str, Controle]:
    """Les réponses chiffrées attendues du dossier 2, par code."""
    from .controles import controles_du_budget

    return controles_du_budget(cas.annexe(4), cas.annexe(5), cas.contexte)


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
    return Tableau(
        jugement.regles(projection, cas.contexte)[["libelle", "respectee", "conclusion"]],
        "Les règles de bonne gestion",
        titres={"libelle": "Règle"},
    )


def seuils(cas) -> Tableau:
    """Pour chaque hypothèse, la valeur qui ramène l'UE au plafond, les autres inchangées."""
    return tableaux.tableau_des_seuils(cas.annexe(4), cas.contexte)


def indicateurs(cas) -> Tableau:
    """Des indicateurs de performance : ce qu'ils mesurent, comment les relever."""
    champs = cas.champs("corrige-indicateurs")
    return Tableau(
        cas.table("corrige-indicateurs").drop(columns="rang"),
        titres={c["name"]: c["title"] for c in champs},
    )


def simulateur(cas):
    """Le simulateur du budget 2015 : un curseur par hypothèse."""
    return cas.atelier("simulateur")


def exercice_simulateur(cas) -> demande.Budget:
    """Le budget 2015 et ses règles."""
    return demande.Budget(cas.annexe(4), cas.contexte)


def exercice_sensibilite(cas) -> calcul_de_sensibilite.Sensibilite:
    """L'hypothèse qui pèse le plus."""
    return calcul_de_sensibilite.Sensibilite(cas.annexe(4), cas.contexte)


def exercice_risque(cas) -> calcul_du_risque.Risques:
    """La probabilité de dépasser le plafond."""
    return calcul_du_risque.Risques(cas.annexe(4), cas.contexte)


def atelier_simulateur(cas):
    """Le simulateur du budget 2015 : un curseur par hypothèse."""
    from .simulateur_atelier import Simulateur

    return Simulateur(cas.annexe(4), cas.contexte, cas.memoire)


def atelier_sensibilite(cas):
    """Quelle hypothèse pèse le plus sur la part européenne ? Tornade et carte."""
    from .sensibilite_atelier import AtelierSensibilite

    return AtelierSensibilite(cas.annexe(4), cas.contexte)


def atelier_risque(cas):
    """La probabilité de dépasser le plafond quand les taux sont incertains."""
    from .risque_atelier import AtelierRisque

    return AtelierRisque(cas.annexe(4), cas.contexte)


def figure_cascade(cas):
    """Du résultat prévu au résultat réalisé en 2014."""
    from .ecarts_figure import cascade_resultat

    return cascade_resultat(ecarts(cas))


def figure_budget(cas, projection):
    """Le budget 2014 et la projection 2015, et la part de l'Union européenne."""
    from .projection_figure import figure_budget

    return figure_budget(cas.annexe(4), cas.contexte, projection)


def figure_prix_volume(cas, **changements):
    """La hausse des charges de personnel, effet de l'effectif et effet du salaire."""
    from .sensibilite import prix_volume
    from .sensibilite_figure import figure_prix_volume

    return figure_prix_volume(prix_volume(cas.annexe(4), hypotheses(cas, **changements)))
