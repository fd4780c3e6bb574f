"""Ce que le dossier 2 (le budget) apporte au cas ; voir `socle.dossier`."""

import pandas as pd

from ..donnees.hypotheses import LIMITES, VARIABLES, Hypotheses, changer, ecrire
from ..donnees.tableau import Tableau
from ..questions.registre import Registre, signer
from ..socle.nombres import pourcent
from ..socle.typographie import majuscule
from . import ecarts as calcul_des_ecarts
from . import projection as calcul_du_budget
from . import regles as calcul_des_regles
from . import seuils as calcul_du_seuil
from .controles import controles as controles

ATELIERS = {
    "indicateur": (".indicateur_exercice:Indicateur", ".indicateur_atelier:AtelierIndicateur"),
    "tableau_2015": (".tableau_exercice:Tableau2015", ".tableau_atelier:AtelierTableau"),
    "simulateur": (".budget_exercice:Budget", ".simulateur_atelier:Simulateur"),
    "sensibilite": (".budget_exercice:Sensibilite", ".sensibilite_atelier:AtelierSensibilite"),
    "risque": (".budget_exercice:Risques", ".risque_atelier:AtelierRisque"),
}
FIGURES = {
    "cascade": ".ecarts_figure:figure_cascade",
    "budget": ".projection_figure:figure_budget",
    "prix_volume": ".sensibilite_figure:figure_prix_volume",
}
AUTONOMES = {"simulateur": (".simulateur_autonome:simulateur_autonome", "budget")}
LECTURES = {
    **dict.fromkeys(("sensibilite", "risque"), "les annexes 3, 4 et 6"),
    "prix_volume": "l'annexe 4",
}
REPONSES = {
    "ecart_ressources": "2.1.ressources", "ecart_charges": "2.1.charges", "resultat_2014": "2.1",
    "charges_personnel_2015": "2.3", "total_depenses": "2.4.total", "recettes_hors_ue": "2.4.hors_ue",
    "recettes_ue": "2.4.ue", "part_ue": "2.4",
}  # fmt: skip


def ecarts(cas: Registre) -> pd.DataFrame:
    """Les écarts de 2014 entre le prévu (annexe 4) et le réalisé (annexe 5)."""
    return calcul_des_ecarts.ecarts(cas.annexe(4), cas.annexe(5))


def hypotheses(cas: Registre, **changements: object) -> Hypotheses:
    """Les hypothèses du sujet, ou les mêmes changées : `cas.hypotheses(etp_ajoutes=2)`.

    Voir `hypotheses.Hypotheses`. Lève `ErreurHypothese` : nom inconnu, valeur hors limites.
    """
    return changer(cas.contexte.hypotheses, **changements)


def projeter(cas: Registre, **changements: object) -> calcul_du_budget.Projection:
    """Le budget 2015 ; sans rien préciser, celui du sujet. Voir `projection.projeter`."""
    return calcul_du_budget.projeter(cas.annexe(4), hypotheses(cas, **changements))


def seuil(
    cas: Registre, variable: str, part_ue: float | str | None = None, **changements: object
) -> float | None:
    """La valeur d'une hypothèse qui met l'UE exactement au plafond ; voir `seuils.seuil`."""
    choisies = hypotheses(cas, **changements)
    return calcul_du_seuil.seuil(cas.annexe(4), choisies, variable, cas.contexte, part_ue)


def comparer(cas: Registre, projection: calcul_du_budget.Projection) -> Tableau:
    """Le budget 2014 et une projection 2015, ligne par ligne, avec les totaux."""
    comparaison = projection.comparaison.assign(part=projection.lignes["part"])
    blocs = []
    for nature, total in (("depense", "Total des dépenses"), ("recette", "Total des recettes")):
        lignes = comparaison[comparaison["nature"] == nature]
        avant, apres = lignes[["montant_2014_eur", "montant_2015_eur"]].sum().round(2)
        somme = {"libelle": [total], "montant_2014_eur": [avant], "montant_2015_eur": [apres],
                 "ecart_eur": [round(apres - avant, 2)], "ecart_part": [(apres - avant) / avant],
                 "part": [1.0]}  # fmt: skip
        blocs += [lignes[list(somme)], pd.DataFrame(somme)]
    titres = {"ecart_part": "Évolution", "part": "Part de 2015"}
    return Tableau(pd.concat(blocs, ignore_index=True), "Budget prévisionnel 2015", titres=titres)


def plafond_respecte(cas: Registre, projection: calcul_du_budget.Projection) -> bool:
    """Vrai si la part européenne reste sous le plafond qui vaut pour ce budget (annexe 3, § 2)."""
    plafond = calcul_des_regles.plafond_applique(projection, cas.contexte)
    return calcul_des_regles.sous_plafond(projection.part_ue, plafond)


def regles(cas: Registre, projection: calcul_du_budget.Projection) -> Tableau:
    """Les règles de l'annexe 3 face à une projection, prêtes à lire."""
    jugees = calcul_des_regles.regles(projection, cas.contexte)[
        ["libelle", "respectee", "conclusion"]
    ]
    return Tableau(jugees, "Les règles de bonne gestion", titres={"libelle": "Règle"})


def seuils(cas: Registre) -> Tableau:
    """Pour chaque hypothèse, la valeur qui ramène l'UE au plafond, les autres inchangées."""
    budget, sujet, contexte = cas.annexe(4), cas.contexte.hypotheses, cas.contexte
    plafond = calcul_des_regles.plafond_applique(projeter(cas), contexte)
    lignes = []
    for champ in VARIABLES:
        libelle, valeur, trouve = LIMITES[champ][0], getattr(sujet, champ), seuil(cas, champ)
        vise = calcul_du_seuil.plafond_vise(budget, sujet, champ, contexte)
        suffit = "aucune valeur ne suffit" if trouve is None else ecrire(champ, trouve)
        autre = f" (plafond de {pourcent(vise, None)})" if vise != plafond else ""
        depart = "calculé" if valeur is None else ecrire(champ, valeur)
        lignes.append((majuscule(libelle), depart, suffit + autre))
    titres = {"hypothese": "Hypothèse changée seule", "sujet": "Sujet",
              "seuil": f"Valeur pour {pourcent(plafond, None)} d'UE"}  # fmt: skip
    return Tableau(pd.DataFrame(lignes, columns=list(titres)), titres=titres)


def indicateurs(cas: Registre) -> Tableau:
    """Des indicateurs de performance : ce qu'ils mesurent, comment les relever."""
    titres = {champ["name"]: champ["title"] for champ in cas.champs("corrige-indicateurs")}
    lus, source = cas.table("corrige-indicateurs"), signer(cas, ["corrige-indicateurs"])
    return Tableau(lus.drop(columns="rang"), source=source, titres=titres)


def simulateur(cas: Registre) -> object:
    """Le simulateur du budget 2015 : un curseur par hypothèse."""
    return cas.atelier("simulateur")
