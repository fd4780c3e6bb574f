"""Ce que les ateliers du dossier 2 font varier : le nom, la phrase et l'étendue de chaque hypothèse."""

# champ: (libellé, phrase, unité, minimum, maximum, pas)
REGLAGES = {
    "etp_ajoutes": ("ETP ajoutés", "Emplois créés, en équivalents temps plein.", "etp", 0, 6, 0.5),
    "mois_embauche": ("Mois d'embauche", "Arrivée au 1er du mois : salaires au prorata.",
                      "mois", 1, 12, 1),
    "taux_salaire": ("Salaire moyen", "Hausse du salaire moyen de toute l'équipe.",
                     "part", -0.05, 0.10, 0.005),
    "taux_charges": ("Autres charges", "Hausse des charges hors personnel.",
                     "part", -0.10, 0.10, 0.005),
    "taux_etat": ("Crédits de l'État", "Hausse des crédits de l'État et de l'ADEME.",
                  "part", -0.20, 0.20, 0.005),
    "taux_collectivites": ("Crédits des collectivités",
                           "Hausse des crédits des régions, départements…",
                           "part", -0.20, 0.20, 0.005),
    "taux_autres": ("Autres financements", "Hausse des adhésions et recettes propres.",
                    "part", -0.5, 1.0, 0.01),
    "projet_exceptionnel_eur": ("Projet exceptionnel",
                                "Dépense hors du cœur du projet ; elle ouvre le second plafond.",
                                "eur", 0, 300_000, 5_000),
    "charges_personnel_eur": ("Charges imposées",
                              "Montant qui remplace le calcul, si la case est cochée.",
                              "eur", 600_000, 1_000_000, 1_000),
}  # fmt: skip

EN_VUE = ("etp_ajoutes", "mois_embauche", "taux_collectivites")  # ce que les défis font bouger
RETOUR, DEPART = "↺ Revenir aux valeurs du sujet", "Budget de 2014"
IMPOSE, INVESTISSEMENT = "Imposer les charges de personnel", "Augmenter aussi l'investissement"

# Celles dont on étudie l'effet, et de combien on les change : un demi-ETP, un mois ou un point.
PAS = {"etp_ajoutes": 0.5, "mois_embauche": 1} | {c: 0.01 for c in REGLAGES if c[:4] == "taux"}
NOMS = {champ: REGLAGES[champ][0] for champ in PAS}


def bornes(champ: str, *valeurs: float) -> tuple[float, float]:
    """L'étendue d'un curseur ; elle s'élargit si ces valeurs (celle du sujet…) n'y tiennent pas."""
    minimum, maximum = REGLAGES[champ][3:5]
    return min(minimum, *valeurs), max(maximum, *valeurs)
