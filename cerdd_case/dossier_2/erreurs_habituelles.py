"""Les erreurs habituelles du dossier 2 : une ligne chacune.

Une erreur habituelle est un code, la façon dont la valeur fausse naît des annexes, une phrase, le
paragraphe à rouvrir et un exemple de réponse, écrit comme un élève l'écrirait. Entre accolades, les
nombres du cas : rien ici ne dépend des chiffres du sujet.
"""

from collections.abc import Callable
from itertools import combinations

from ..donnees.hypotheses import CHARGES_INDEXABLES
from .chiffres import Chiffres, francaises
from .projection import Projection

# Sans hausse des charges, personne ne peut l'avoir mal employée.
D_INDEXATION = ("ue_indexee", "etat_indexe", "personnel_indexe", "indexation_seule", "tout_indexe",
                "ligne_indexee_a_tort")  # fmt: skip

# (code, comment la valeur fausse naît des annexes, phrase, paragraphe à rouvrir, exemple)
Erreur = tuple[str, Callable[[Chiffres], float], str, str, str]


def _lignes_a_tort(mesure: Callable[[Projection], float], exemple: str) -> tuple[Erreur, ...]:
    """Une ou plusieurs des dépenses que l'annexe 6 laisse stables, augmentées quand même."""
    return tuple(
        ("ligne_indexee_a_tort", lambda c, lignes=lignes: mesure(c.augmenter(lignes)),
         "Vous avez ajouté {indexation} à une dépense que l'annexe 6 ne fait pas augmenter.", "A6§1",
         exemple.replace("{a_tort}", "({" + "} + {".join(lignes) + "}) × ({indice} − 1)"))
        for combien in range(1, len(CHARGES_INDEXABLES) + 1)
        for lignes in combinations(CHARGES_INDEXABLES, combien)
    )  # fmt: skip


PERSONNEL: tuple[Erreur, ...] = (
    ("hausse_seule", lambda c: c.personnel - c.prevu["personnel"],
     "C'est seulement l'augmentation : ajoutez la dépense de départ pour obtenir le total.",
     "A4", "{personnel_2015} − {personnel}"),
    ("embauches_toute_l_annee", lambda c: c.toute_l_annee.montant("personnel"),
     "Vous avez compté les embauches toute l'année : elles ne sont payées que {mois_payes} mois sur "
     "douze.", "D2§6", "{personnel} / {etp} × ({etp} + {embauches}) × {salaire}"),
    ("hausse_de_salaire_oubliee", lambda c: c.sans_hausse.montant("personnel"),
     "Vous avez gardé le salaire de 2014 : relisez ce que l'énoncé dit de son évolution.", "D2§6",
     "{personnel} / {etp} × ({etp} + {embauches} × {mois_payes}/12)"),
    ("mois_et_hausse_oublies", lambda c: c.projeter(mois_embauche=1, taux_salaire=0).montant("personnel"),
     "Vous avez compté les embauches toute l'année, et gardé le salaire de 2014 : relisez ces deux "
     "points.", "D2§6", "{personnel} / {etp} × ({etp} + {embauches})"),
    ("effectif_en_salaries",
     lambda c: c.prevu["personnel"] / c.contexte.salaries * (c.contexte.salaries + c.embauches),
     "Vous avez compté {salaries} emplois : le mi-temps ne vaut qu'un demi, l'effectif de départ "
     "est en équivalents temps plein (ETP).", "INT§7",
     "{personnel} / {salaries} × ({salaries} + {embauches})"),
    ("emplois_lus_en_pourcentage", lambda c: c.prevu["personnel"] * (1 + c.embauches / 100),
     "{embauches} est un nombre d'emplois, pas un pourcentage : rapportez ces emplois à l'effectif "
     "de départ.", "D2§5", "{personnel} × (1 + {embauches}/100)"),
    ("emplois_lus_en_dizaines", lambda c: c.prevu["personnel"] * (1 + c.embauches / 10),
     "{embauches} est un nombre d'emplois : ce n'est pas une hausse que l'on lit telle quelle. "
     "Rapportez ces emplois à l'effectif de départ.", "D2§5",
     "{personnel} × (1 + {embauches}/10)"),
    ("realise_2014",
     lambda c: c.realise["charges_personnel"] * (1 + c.embauches / c.etp),
     "Vous êtes parti du réalisé de 2014 ; l'énoncé demande de partir du budget prévisionnel.",
     "A4", "{charges_personnel_k} k€ × ({etp} + {embauches}) / {etp}"),
    ("realise_2014", lambda c: c.realise["charges_personnel"],
     "C'est la dépense réalisée en 2014 ; l'énoncé demande de partir du budget prévisionnel, puis "
     "d'ajouter les embauches.", "A4", "{charges_personnel_k} k€"),
    ("personnel_indexe", lambda c: c.personnel * c.indice,
     "Vous avez ajouté la hausse de {indexation} : elle ne concerne pas le personnel.",
     "A6§1", "{personnel_2015} × {indice}"),
    ("indexation_seule", lambda c: c.prevu["personnel"] * c.indice,
     "{indexation} est la hausse des autres charges ; ici, c'est l'effectif qui augmente.",
     "D2§5", "{personnel} × {indice}"),
    ("sans_embauche", lambda c: c.prevu["personnel"],
     "C'est la dépense de 2014, avant les embauches.", "D2§5", "{personnel}"),
    ("valeur_de_secours", lambda c: c.contexte.secours_eur,
     "C'est la valeur de secours de l'énoncé, réservée à la question suivante : tentez le calcul.",
     "D2§5", "{secours} €"),
    ("emplois_seuls", lambda c: c.prevu["personnel"] / c.etp,
     "C'est le coût moyen d'un emploi : multipliez-le par le nouvel effectif.",
     "D2§6", "{personnel} ÷ {etp}"),
    ("embauches_seules", lambda c: c.prevu["personnel"] * c.embauches,
     "Vous avez multiplié toute la dépense par le nombre d'embauches : cherchez d'abord ce que "
     "coûte un emploi.", "D2§5", "{personnel} × {embauches}"),
)  # fmt: skip

PHRASE_ETAT = "Vous avez ajouté {indexation} aux financements de l'État : relisez ce que l'annexe 6 dit d'eux."
PHRASE_PERSONNEL = (
    "Vous avez ajouté {indexation} au personnel : cette hausse ne vaut que pour les autres charges."
)
PHRASE_SANS_EMBAUCHE = (
    "Le personnel est resté à son montant de 2014 : reportez le résultat de la question 2.3."
)
PHRASE_UE_INDEXEE = (
    "Vous avez ajouté {indexation} aux crédits européens : ils ne sont pas indexés, c'est le solde "
    "qui équilibre le budget."
)
PHRASE_UE_2014 = (
    "Vous avez gardé les crédits européens de 2014 : ce sont eux qui changent pour équilibrer le "
    "budget."
)
PHRASE_HORS_UE = (
    "Vous avez divisé par les recettes hors Union européenne : le plafond porte sur tout le budget."
)

TOTAL: tuple[Erreur, ...] = (
    ("personnel_indexe", lambda c: c.personnel_indexe.total_eur, PHRASE_PERSONNEL, "A6§1",
     "{total_2015} + {personnel_2015} × ({indice} − 1)"),
    ("sans_embauche", lambda c: c.sans_embauche.total_eur, PHRASE_SANS_EMBAUCHE, "D2§5",
     "{total_2015} − {personnel_2015} + {personnel}"),
    ("tout_indexe", lambda c: c.total_2014 * c.indice,
     "Vous avez ajouté {indexation} à tout le budget : traitez le personnel à part.", "A6§1",
     "{total} × {indice}"),
    ("charges_stables", lambda c: c.charges_stables.total_eur,
     "Les charges autres que celles de personnel augmentent de {indexation}.", "A6§1",
     "{personnel_2015} + {fonctionnement} + {prestations} + {investissement} + "
     "{projets_exceptionnels}"),
    ("total_2014", lambda c: c.total_2014, "C'est le total de 2014.", "A6§1", "{total} €"),
    *_lignes_a_tort(lambda p: p.total_eur, "{total_2015} + {a_tort}"),
)  # fmt: skip

HORS_UE: tuple[Erreur, ...] = (
    ("etat_indexe", lambda c: francaises(c.etat_indexe), PHRASE_ETAT, "A6§2",
     "{hors_ue_2015} − {etat_2015} + {etat} × {indice}"),
    ("ue_indexee", lambda c: francaises(c.sujet) + c.ue_indexee,
     "Vous avez compté les crédits européens : laissez-les de côté pour l'instant.", "A6§4",
     "{hors_ue_2015} + {ue} × {indice}"),
    ("ue_2014", lambda c: francaises(c.sujet) + c.prevu["ue"],
     "Vous avez compté les crédits européens de 2014 : laissez-les de côté pour l'instant.",
     "A6§4", "{hors_ue_2015} + {ue}"),
    ("recettes_stables", lambda c: c.total_2014 - c.prevu["ue"],
     "Ce sont les recettes de 2014 : {stables}.", "A6§3",
     "{etat} + {collectivites} + {autres}"),
    ("autres_oubliees", lambda c: francaises(c.sujet) - c.sujet.montant("autres"),
     "Il manque une ligne : les autres financements (adhésions…).", "A4",
     "{etat_2015} + {collectivites_2015}"),
)  # fmt: skip

SOLDE: tuple[Erreur, ...] = (
    ("ue_indexee", lambda c: c.ue_indexee, PHRASE_UE_INDEXEE, "A6§4", "{ue} × {indice}"),
    ("ue_2014", lambda c: c.prevu["ue"], PHRASE_UE_2014, "A6§4", "{ue} €"),
    ("etat_indexe", lambda c: c.etat_indexe.ue_eur, PHRASE_ETAT, "A6§2",
     "{ue_2015} + {etat_2015} − {etat} × {indice}"),
    ("personnel_indexe", lambda c: c.personnel_indexe.ue_eur, PHRASE_PERSONNEL, "A6§1",
     "{ue_2015} + {personnel_2015} × ({indice} − 1)"),
    ("sans_embauche", lambda c: c.sans_embauche.ue_eur, PHRASE_SANS_EMBAUCHE, "D2§5",
     "{ue_2015} − {personnel_2015} + {personnel}"),
    ("hausse_seule", lambda c: c.sujet.ue_eur - c.prevu["ue"],
     "C'est seulement la hausse par rapport à 2014 : donnez le montant total.", "A6§4",
     "{ue_2015} − {ue}"),
    *_lignes_a_tort(lambda p: p.ue_eur, "{ue_2015} + {a_tort}"),
)  # fmt: skip

PART: tuple[Erreur, ...] = (
    ("base_hors_ue", lambda c: c.sujet.ue_eur / francaises(c.sujet), PHRASE_HORS_UE, "A3§2",
     "{ue_2015} / {hors_ue_2015}"),
    ("base_hors_ue", lambda c: c.secours.ue_eur / francaises(c.secours), PHRASE_HORS_UE, "A3§2",
     "({secours} + {total_2015} − {personnel_2015} − {hors_ue_2015}) / {hors_ue_2015}"),
    ("ue_indexee", lambda c: c.ue_indexee / c.sujet.total_eur, PHRASE_UE_INDEXEE, "A6§4",
     "{ue} × {indice} / {total_2015}"),
    ("ue_indexee", lambda c: c.ue_indexee / (c.ue_indexee + francaises(c.sujet)),
     PHRASE_UE_INDEXEE, "A6§4", "{ue} × {indice} / ({ue} × {indice} + {hors_ue_2015})"),
    ("ue_2014", lambda c: c.prevu["ue"] / c.sujet.total_eur, PHRASE_UE_2014, "A6§4",
     "{ue} / {total_2015}"),
    ("part_2014", lambda c: c.prevu["ue"] / c.total_2014, "C'est la part de 2014.", "A6§4",
     "{ue} / {total}"),
    ("base_2014", lambda c: c.sujet.ue_eur / c.total_2014,
     "Vous avez divisé par le total de 2014 : comparez deux montants de la même année.", "A3§2",
     "{ue_2015} / {total}"),
    ("etat_indexe", lambda c: c.etat_indexe.part_ue, PHRASE_ETAT, "A6§2",
     "({ue_2015} + {etat_2015} − {etat} × {indice}) / {total_2015}"),
    ("personnel_indexe", lambda c: c.personnel_indexe.part_ue, PHRASE_PERSONNEL, "A6§1",
     "({ue_2015} + {personnel_2015} × ({indice} − 1)) / "
     "({total_2015} + {personnel_2015} × ({indice} − 1))"),
    ("sans_embauche", lambda c: c.sans_embauche.part_ue, PHRASE_SANS_EMBAUCHE, "D2§5",
     "({ue_2015} − {personnel_2015} + {personnel}) / ({total_2015} − {personnel_2015} + {personnel})"),
    ("part_francaise", lambda c: 1 - c.sujet.part_ue, "C'est la part des financements français.",
     "A3§2", "{hors_ue_2015} / {total_2015}"),
    *_lignes_a_tort(lambda p: p.part_ue, "({ue_2015} + {a_tort}) / ({total_2015} + {a_tort})"),
)  # fmt: skip

RESULTAT: tuple[Erreur, ...] = (
    ("resultat_prevu", lambda c: c.ecarts.at["resultat", "prevu_eur"],
     "C'est le résultat prévu ; on attend celui qui a été réalisé.", "A5", "0 €"),
    ("difference_des_ecarts",
     lambda c: c.ecarts.at["ressources", "ecart_eur"] + c.ecarts.at["charges", "ecart_eur"],
     "Les deux écarts ne s'ajoutent pas tels quels : demandez-vous ce que chacun fait au résultat. "
     "Des charges plus faibles l'améliorent.", "A5",
     "({ressources_k} k€ − {total} €) + ({charges_k} k€ − {total} €)"),
)  # fmt: skip


def de_l_ecart(ligne: str, autre: str) -> tuple[Erreur, ...]:
    keur = "{" + ligne + "_k}"
    return (
        ("realise_2014", lambda c: c.ecarts.at[ligne, "realise_eur"],
         "C'est le montant réalisé ; l'écart est la différence entre le réalisé et le prévu.",
         "A4", f"{keur} k€"),
        ("prevu_2014", lambda c: c.ecarts.at[ligne, "prevu_eur"],
         "C'est le montant prévu ; l'écart est la différence entre le réalisé et le prévu.",
         "A5", "{total} €"),
        ("unites_melangees",
         lambda c: c.ecarts.at[ligne, "realise_eur"] / 1000 - c.ecarts.at[ligne, "prevu_eur"],
         "Les unités sont mélangées : l'annexe 5 est en milliers d'euros, l'annexe 4 en euros.",
         "A5", f"{keur} − {{total}}"),
        ("autre_ecart", lambda c: c.ecarts.at[autre, "ecart_eur"],
         "C'est l'autre écart : relisez la question.", "A5",
         "{" + autre + "_k} k€ − {total} €"),
    )  # fmt: skip
