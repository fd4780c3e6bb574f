"""Les réponses chiffrées du dossier 2 et leurs erreurs habituelles : une ligne chacune.

Une erreur habituelle est un code, la façon dont la valeur fausse naît des annexes, une phrase, le
paragraphe à rouvrir et un exemple de réponse, écrit comme un élève l'écrirait. Entre accolades, les
nombres du cas : rien ici ne dépend des chiffres du sujet.
"""

from collections.abc import Callable
from functools import cached_property

import pandas as pd

from ..donnees.contexte import Contexte
from ..donnees.hypotheses import changer
from ..questions.jugement import Controle, Diagnostic
from ..socle.nombres import euros, nombre, pourcent
from .ecarts import ecarts
from .postes import RECETTES_FRANCAISES
from .projection import Projection, projeter
from .regles import sous_plafond


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
    def charges_stables(self) -> Projection:
        return self.projeter(taux_charges=0)

    @cached_property
    def personnel(self) -> float:
        """Les charges de personnel de 2015, réponse de la question 2.3."""
        return self.sujet.montant("personnel")

    @property
    def ue_indexee(self) -> float:
        return self.prevu["ue"] * self.indice

    @cached_property
    def mots(self) -> dict[str, str]:
        """Les nombres que les phrases et les exemples citent, écrits comme on les tape."""
        mots = {poste: nombre(montant) for poste, montant in self.prevu.items()}
        mots |= {f"{p}_k": nombre(montant / 1000) for p, montant in self.realise.items()}
        return mots | {
            "salaries": nombre(self.contexte.salaries),
            "etp": taper(self.etp),
            "embauches": taper(self.embauches),
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


# Sans hausse des charges, personne ne peut l'avoir mal employée.
D_INDEXATION = ("ue_indexee", "etat_indexe", "personnel_indexe", "indexation_seule", "tout_indexe")

# (code, comment la valeur fausse naît des annexes, phrase, paragraphe à rouvrir, exemple)
Erreur = tuple[str, Callable[[Chiffres], float], str, str, str]

PERSONNEL: tuple[Erreur, ...] = (
    ("hausse_seule", lambda c: c.personnel - c.prevu["personnel"],
     "C'est seulement l'augmentation : ajoutez la dépense de départ pour obtenir le total.",
     "A4", "{personnel_2015} − {personnel}"),
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
     "Ce sont les recettes de 2014 : seules celles de l'État sont stables.", "A6§3",
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


def _ecart(ligne: str, autre: str) -> tuple[Erreur, ...]:
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


def controles_du_budget(
    prevu: pd.DataFrame, realise: pd.DataFrame, contexte: Contexte
) -> dict[str, Controle]:
    """Les réponses chiffrées du dossier 2, par code.

    `prevu` : annexe 4 (euros) ; `realise` : annexe 5 (k€) ; `contexte` : énoncé, annexes 3 et 6.
    """
    c = Chiffres(prevu, realise, contexte)
    resultat = c.ecarts.loc["resultat", "realise_eur"]

    def controle(code, intitule, valeur, erreurs, paragraphe, unite="eur", **reste) -> Controle:
        diagnostics = tuple(
            Diagnostic(nom, float(calcul(c)), phrase.format_map(c.mots), ou,
                       exemple.format_map(c.mots))
            for nom, calcul, phrase, ou, exemple in erreurs
            if c.contexte.indexation or nom not in D_INDEXATION
        )  # fmt: skip
        return Controle(
            code, intitule, float(valeur), unite, paragraphe, diagnostics=diagnostics, **reste
        )

    def variantes(mesure: Callable[[Projection], float], ecrire: Callable) -> tuple:
        return tuple(
            (mesure(projection), f"{ecrire(mesure(projection))} : juste, {lecture}.")
            for projection, lecture in (
                (c.secours, "avec la valeur de secours de l'énoncé pour le personnel"),
                (c.autre_lecture, "dans la lecture où l'investissement, qui n'est pas une charge, "
                 "n'augmente pas"),
                (c.secours_autre_lecture, "avec la valeur de secours et l'investissement inchangé"),
            )
        )  # fmt: skip

    signe = "Le montant est bon, mais pas le signe : un écart se calcule « réalisé moins prévu »."
    controles = (
        controle("2.1", "résultat de 2014", resultat, RESULTAT, "A5", au_millier=True,
                 juste=_sens_du_resultat(c)),
        *(
            controle(f"2.1.{ligne}", f"écart sur {nom}", c.ecarts.loc[ligne, "ecart_eur"],
                     _ecart(ligne, autre), "A5", au_millier=True, signe=signe,
                     juste=_sens_de_l_ecart(c, ligne))
            for ligne, nom, autre in (("ressources", "les ressources", "charges"),
                                      ("charges", "les charges", "ressources"))
        ),
        controle("2.3", "charges de personnel 2015", c.personnel, PERSONNEL, "D2§5",
                 juste=_sens_du_personnel(c)),
        controle("2.4.total", "total des dépenses 2015", c.sujet.total_eur, TOTAL, "A6§1",
                 variantes=variantes(lambda p: p.total_eur, euros)),
        controle("2.4.hors_ue", "recettes hors Union européenne 2015", francaises(c.sujet),
                 HORS_UE, "A6§3"),
        controle("2.4.ue", "recettes européennes 2015", c.sujet.ue_eur, SOLDE, "A6§4",
                 variantes=variantes(lambda p: p.ue_eur, euros)),
        controle("2.4", "part de l'Union européenne dans le budget 2015", c.sujet.part_ue, PART,
                 "A3§2", unite="part", au_point=True, juste=_sens_de_la_part(c),
                 variantes=variantes(lambda p: p.part_ue, pourcent)),
    )  # fmt: skip
    return {controle.code: controle for controle in controles}


def _sens_du_personnel(c: Chiffres) -> str:
    h = c.contexte.hypotheses
    if h.etp_ajoutes and h.mois_embauche == 1 and not h.taux_salaire:
        return "L'effectif et la dépense augmentent dans la même proportion."
    return ""


def _sens_de_l_ecart(c: Chiffres, ligne: str) -> str:
    if not c.ecarts.loc[ligne, "ecart_eur"]:
        return "Le réalisé est égal au prévu."
    favorable = c.ecarts.loc[ligne, "favorable"]
    return f"C'est un écart {'favorable' if favorable else 'défavorable'}."


def _sens_du_resultat(c: Chiffres) -> str:
    favorables = int(c.ecarts.loc[["ressources", "charges"], "favorable"].sum())
    return {
        2: "C'est la somme de deux écarts favorables.",
        1: "Un écart est favorable, l'autre non.",
        0: "C'est la somme de deux écarts défavorables.",
    }[favorables]


def _sens_de_la_part(c: Chiffres) -> str:
    projet = c.sujet.montant("projets_exceptionnels") > 0
    nom = "exceptionnel" if projet else "ordinaire"
    if sous_plafond(c.sujet.part_ue, c.contexte.plafond(projet)):
        return f"Elle ne dépasse pas le plafond {nom} : la règle est respectée."
    return f"Elle dépasse le plafond {nom} : la règle n'est pas respectée."
