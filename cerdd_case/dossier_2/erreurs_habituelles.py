"""Les erreurs habituelles du dossier 2 : un code, le paragraphe à rouvrir, une phrase, des exemples.

Un exemple va avec le code d'une question : c'est le calcul faux, écrit comme un élève l'écrirait. Sa
valeur est celle que l'on reconnaît. Entre accolades, les nombres du cas, au nom de leur ligne :
`{personnel}` est le montant prévu pour 2014, `{personnel_2015}` celui de 2015, `{charges_k}` le
réalisé en milliers d'euros, `{indice}` 1 + la hausse des charges (voir `controles`). Rien ici ne
dépend des chiffres du sujet. `{a_tort}` est la hausse d'une ou plusieurs des dépenses que l'annexe 6
laisse stables.
"""

# (code, paragraphe à rouvrir, phrase, ((question, exemple), …))
Erreur = tuple[str, str, str, tuple[tuple[str, str], ...]]

ERREURS: tuple[Erreur, ...] = (
    # --- 2.1, les écarts et le résultat de 2014
    ("resultat_prevu", "A5", "C'est le résultat prévu ; on attend celui qui a été réalisé.",
     (("2.1", "0 €"),)),
    ("difference_des_ecarts", "A5",
     "Les deux écarts ne s'ajoutent pas tels quels : demandez-vous ce que chacun fait au résultat. "
     "Des charges plus faibles l'améliorent.",
     (("2.1", "({ressources_k} k€ − {total} €) + ({charges_k} k€ − {total} €)"),)),
    ("realise_2014", "A4",
     "C'est le montant réalisé ; l'écart est la différence entre le réalisé et le prévu.",
     (("2.1.ressources", "{ressources_k} k€"), ("2.1.charges", "{charges_k} k€"))),
    ("prevu_2014", "A5",
     "C'est le montant prévu ; l'écart est la différence entre le réalisé et le prévu.",
     (("2.1.ressources", "{total} €"), ("2.1.charges", "{total} €"))),
    ("unites_melangees", "A5",
     "Les unités sont mélangées : l'annexe 5 est en milliers d'euros, l'annexe 4 en euros.",
     (("2.1.ressources", "{ressources_k} − {total}"), ("2.1.charges", "{charges_k} − {total}"))),
    ("autre_ecart", "A5", "C'est l'autre écart : relisez la question.",
     (("2.1.ressources", "{charges_k} k€ − {total} €"),
      ("2.1.charges", "{ressources_k} k€ − {total} €"))),
    # --- 2.3, les charges de personnel
    ("hausse_seule", "A4",
     "C'est seulement l'augmentation : ajoutez la dépense de départ pour obtenir le total.",
     (("2.3", "{personnel_2015} − {personnel}"),)),
    ("embauches_toute_l_annee", "D2§6",
     "Vous avez compté les embauches toute l'année : elles ne sont payées que {mois_payes} mois sur "
     "douze.", (("2.3", "{personnel} / {etp} × ({etp} + {embauches}) × {salaire}"),)),
    ("hausse_de_salaire_oubliee", "D2§6",
     "Vous avez gardé le salaire de 2014 : relisez ce que l'énoncé dit de son évolution.",
     (("2.3", "{personnel} / {etp} × ({etp} + {embauches} × {mois_payes}/12)"),)),
    ("mois_et_hausse_oublies", "D2§6",
     "Vous avez compté les embauches toute l'année, et gardé le salaire de 2014 : relisez ces deux "
     "points.", (("2.3", "{personnel} / {etp} × ({etp} + {embauches})"),)),
    ("effectif_en_salaries", "INT§7",
     "Vous avez compté {salaries} emplois : le mi-temps ne vaut qu'un demi, l'effectif de départ "
     "est en équivalents temps plein (ETP).",
     (("2.3", "{personnel} / {salaries} × ({salaries} + {embauches})"),)),
    ("emplois_lus_en_pourcentage", "D2§5",
     "{embauches} est un nombre d'emplois, pas un pourcentage : rapportez ces emplois à l'effectif "
     "de départ.", (("2.3", "{personnel} × (1 + {embauches}/100)"),)),
    ("emplois_lus_en_dizaines", "D2§5",
     "{embauches} est un nombre d'emplois : ce n'est pas une hausse que l'on lit telle quelle. "
     "Rapportez ces emplois à l'effectif de départ.",
     (("2.3", "{personnel} × (1 + {embauches}/10)"),)),
    ("realise_2014", "A4",
     "Vous êtes parti du réalisé de 2014 ; l'énoncé demande de partir du budget prévisionnel.",
     (("2.3", "{charges_personnel_k} k€ × ({etp} + {embauches}) / {etp}"),)),
    ("realise_2014", "A4",
     "C'est la dépense réalisée en 2014 ; l'énoncé demande de partir du budget prévisionnel, puis "
     "d'ajouter les embauches.", (("2.3", "{charges_personnel_k} k€"),)),
    ("personnel_indexe", "A6§1",
     "Vous avez ajouté la hausse de {indexation} : elle ne concerne pas le personnel.",
     (("2.3", "{personnel_2015} × {indice}"),)),
    ("indexation_seule", "D2§5",
     "{indexation} est la hausse des autres charges ; ici, c'est l'effectif qui augmente.",
     (("2.3", "{personnel} × {indice}"),)),
    ("sans_embauche", "D2§5", "C'est la dépense de 2014, avant les embauches.",
     (("2.3", "{personnel}"),)),
    ("valeur_de_secours", "D2§5",
     "C'est la valeur de secours de l'énoncé, réservée à la question suivante : tentez le calcul.",
     (("2.3", "{secours} €"),)),
    ("emplois_seuls", "D2§6",
     "C'est le coût moyen d'un emploi : multipliez-le par le nouvel effectif.",
     (("2.3", "{personnel} ÷ {etp}"),)),
    ("embauches_seules", "D2§5",
     "Vous avez multiplié toute la dépense par le nombre d'embauches : cherchez d'abord ce que "
     "coûte un emploi.", (("2.3", "{personnel} × {embauches}"),)),
    # --- 2.4, des recettes hors Union européenne à la part
    ("etat_indexe", "A6§2",
     "Vous avez ajouté {indexation} aux financements de l'État : relisez ce que l'annexe 6 dit d'eux.",
     (("2.4.hors_ue", "{hors_ue_2015} − {etat_2015} + {etat} × {indice}"),
      ("2.4.ue", "{ue_2015} + {etat_2015} − {etat} × {indice}"),
      ("2.4", "({ue_2015} + {etat_2015} − {etat} × {indice}) / {total_2015}"))),
    ("ue_indexee", "A6§4",
     "Vous avez compté les crédits européens : laissez-les de côté pour l'instant.",
     (("2.4.hors_ue", "{hors_ue_2015} + {ue} × {indice}"),)),
    ("ue_2014", "A6§4",
     "Vous avez compté les crédits européens de 2014 : laissez-les de côté pour l'instant.",
     (("2.4.hors_ue", "{hors_ue_2015} + {ue}"),)),
    ("recettes_stables", "A6§3", "Ce sont les recettes de 2014 : {stables}.",
     (("2.4.hors_ue", "{etat} + {collectivites} + {autres}"),)),
    ("autres_oubliees", "A4", "Il manque une ligne : les autres financements (adhésions…).",
     (("2.4.hors_ue", "{etat_2015} + {collectivites_2015}"),)),
    ("base_hors_ue", "A3§2",
     "Vous avez divisé par les recettes hors Union européenne : le plafond porte sur tout le budget.",
     (("2.4", "{ue_2015} / {hors_ue_2015}"),
      ("2.4", "({secours} + {total_2015} − {personnel_2015} − {hors_ue_2015}) / {hors_ue_2015}"))),
    ("ue_indexee", "A6§4",
     "Vous avez ajouté {indexation} aux crédits européens : ils ne sont pas indexés, c'est le solde "
     "qui équilibre le budget.",
     (("2.4.ue", "{ue} × {indice}"),
      ("2.4", "{ue} × {indice} / {total_2015}"),
      ("2.4", "{ue} × {indice} / ({ue} × {indice} + {hors_ue_2015})"))),
    ("ue_2014", "A6§4",
     "Vous avez gardé les crédits européens de 2014 : ce sont eux qui changent pour équilibrer le "
     "budget.", (("2.4.ue", "{ue} €"), ("2.4", "{ue} / {total_2015}"))),
    ("part_2014", "A6§4", "C'est la part de 2014.", (("2.4", "{ue} / {total}"),)),
    ("base_2014", "A3§2",
     "Vous avez divisé par le total de 2014 : comparez deux montants de la même année.",
     (("2.4", "{ue_2015} / {total}"),)),
    ("personnel_indexe", "A6§1",
     "Vous avez ajouté {indexation} au personnel : cette hausse ne vaut que pour les autres charges.",
     (("2.4.total", "{total_2015} + {personnel_2015} × ({indice} − 1)"),
      ("2.4.ue", "{ue_2015} + {personnel_2015} × ({indice} − 1)"),
      ("2.4", "({ue_2015} + {personnel_2015} × ({indice} − 1)) / "
              "({total_2015} + {personnel_2015} × ({indice} − 1))"))),
    ("sans_embauche", "D2§5",
     "Le personnel est resté à son montant de 2014 : reportez le résultat de la question 2.3.",
     (("2.4.total", "{total_2015} − {personnel_2015} + {personnel}"),
      ("2.4.ue", "{ue_2015} − {personnel_2015} + {personnel}"),
      ("2.4", "({ue_2015} − {personnel_2015} + {personnel}) / "
              "({total_2015} − {personnel_2015} + {personnel})"))),
    ("hausse_seule", "A6§4",
     "C'est seulement la hausse par rapport à 2014 : donnez le montant total.",
     (("2.4.ue", "{ue_2015} − {ue}"),)),
    ("part_francaise", "A3§2", "C'est la part des financements français.",
     (("2.4", "{hors_ue_2015} / {total_2015}"),)),
    ("tout_indexe", "A6§1",
     "Vous avez ajouté {indexation} à tout le budget : traitez le personnel à part.",
     (("2.4.total", "{total} × {indice}"),)),
    ("charges_stables", "A6§1",
     "Les charges autres que celles de personnel augmentent de {indexation}.",
     (("2.4.total", "{personnel_2015} + {fonctionnement} + {prestations} + {investissement} + "
                    "{projets_exceptionnels}"),)),
    ("total_2014", "A6§1", "C'est le total de 2014.", (("2.4.total", "{total} €"),)),
    ("ligne_indexee_a_tort", "A6§1",
     "Vous avez ajouté {indexation} à une dépense que l'annexe 6 ne fait pas augmenter.",
     (("2.4.total", "{total_2015} + {a_tort}"),
      ("2.4.ue", "{ue_2015} + {a_tort}"),
      ("2.4", "({ue_2015} + {a_tort}) / ({total_2015} + {a_tort})"))),
)  # fmt: skip
