"""Les quatorze questions : énoncé, indices, points attendus, vérification d'une réponse.

Tout vient du registre `data/corrige/`, sauf les valeurs justes, qui sont calculées à partir
des annexes. Le barème est une proposition de la collection.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from html import escape

import pandas as pd

from .budget import Hypotheses, ecarts, etp_initial, projeter
from .chargement import Donnees
from .erreurs import ErreurCas
from .nombres import euros, lire_nombre, pourcent
from .references import reference

# --- Le registre ------------------------------------------------------------------------


def question(numero: str, donnees: Donnees | None = None) -> dict:
    """Une ligne de `data/corrige/questions.csv`, en dictionnaire.

    Lève `ErreurCas` si la question n'existe pas.
    """
    questions = (donnees or Donnees()).table("corrige-questions").set_index("question", drop=False)
    if numero not in questions.index:
        raise ErreurCas(
            f'La question « {numero} » n\'existe pas. Écrivez par exemple "2.3" ; questions '
            f"connues : {', '.join(questions.index)}."
        )
    return questions.loc[numero].to_dict()


def attendus(numero: str, donnees: Donnees | None = None) -> pd.DataFrame:
    """Les points attendus d'une question : `attendu_id, attendu, points, preuves, mots_cles`."""
    question(numero, donnees)
    tableau = (donnees or Donnees()).table("corrige-attendus")
    return tableau[tableau["question"] == numero].sort_values("rang").reset_index(drop=True)


def indices(numero: str, donnees: Donnees | None = None) -> list[str]:
    """Les indices d'une question, du plus léger au plus précis."""
    question(numero, donnees)
    tableau = (donnees or Donnees()).table("corrige-indices")
    return list(tableau[tableau["question"] == numero].sort_values("rang")["indice"])


def enonce_markdown(numero: str, donnees: Donnees | None = None) -> str:
    """L'énoncé d'une question, en Markdown : numéro, titre, question, annexes, points proposés."""
    q = question(numero, donnees)
    annexes = [
        {"introduction": "introduction", "enonce_dossier_2": "énoncé du dossier 2"}.get(a, a)
        for a in q["annexes"].split()
    ]
    numeros = [a for a in annexes if a.isdigit()]
    autres = [a for a in annexes if not a.isdigit()]
    appui = [f"annexe{'s' * (len(numeros) > 1)} {', '.join(numeros)}"] * bool(numeros) + autres
    points = f"{q['points']:g}".replace(".", ",")
    return (
        f"## Question {numero} — {q['titre']}\n\n> {q['enonce']}\n\n"
        f"*À utiliser : {', '.join(appui)}. Barème proposé : {points} points sur 100.*"
    )


# --- La vérification d'une réponse chiffrée ---------------------------------------------


@dataclass(frozen=True)
class Verdict:
    """Ce que `verifier` répond.

    - `juste` : True, False, ou None tant que la réponse n'est pas donnée ;
    - `message` : une phrase ;
    - `erreur` : le code stable de l'erreur reconnue, ou None.
    """

    question: str
    juste: bool | None
    message: str
    erreur: str | None = None

    SIGNES = {True: "✔ Juste", False: "✘ À revoir", None: "… À compléter"}
    COULEURS = {True: ("#14663c", "#e8f5ec"), False: ("#8f1d16", "#fdecea"),
                None: ("#374151", "#f3f4f6")}  # fmt: skip

    def __str__(self):
        return f"{self.SIGNES[self.juste]} — question {self.question} : {self.message}"

    __repr__ = __str__

    def _repr_html_(self):
        encre, fond = self.COULEURS[self.juste]
        return (
            f'<div role="status" style="border-left:6px solid {encre};background:{fond};'
            f'color:{encre};padding:8px 12px"><strong>{self.SIGNES[self.juste]}</strong> '
            f"— question {self.question} : {escape(self.message)}</div>"
        )


@dataclass(frozen=True)
class Controle:
    """Une réponse chiffrée à vérifier et les erreurs que l'on sait reconnaître."""

    intitule: str
    valeur: float
    unite: str = "eur"
    juste: str = ""
    tolerance: float = 1.0
    variantes: list[tuple[float, str]] = field(default_factory=list)
    erreurs: list[tuple[str, float, str]] = field(default_factory=list)

    def ecrire(self, valeur: float) -> str:
        return pourcent(valeur) if self.unite == "part" else euros(valeur)

    def egale(self, donnee: float, valeur: float) -> bool:
        return abs(donnee - valeur) <= self.tolerance + 1e-9


def a_completer(reponse: object) -> bool:
    """Vrai pour une réponse encore vide : `...`, None ou un texte vide."""
    return reponse is None or reponse is ... or (isinstance(reponse, str) and not reponse.strip())


def verifier(code: str, reponse: object, donnees: Donnees | None = None) -> Verdict:
    """Compare une réponse chiffrée à la valeur calculée sur les annexes.

    `code` : « 2.3 », « 2.4 », ou une étape comme « 2.4.total » (voir `codes()`).
    `reponse` : un nombre, ou un texte français (`« 763 316,40 € »`, `« 21,8 % »`).

    Lève `ErreurCas` si le code n'existe pas ; jamais pour une réponse, même étrange.
    """
    controles = _controles(donnees)
    code = str(code)
    if code not in controles:
        raise ErreurCas(
            f"« {code} » n'a pas de réponse chiffrée à vérifier. Codes connus : "
            f"{', '.join(controles)}."
        )
    controle = controles[code]
    try:
        if a_completer(reponse):
            return Verdict(
                code, None, f"écrivez votre réponse à la place des points ({controle.intitule})."
            )
        if isinstance(reponse, tuple):  # 763316,40 sans guillemets : deux nombres pour Python
            return Verdict(code, False, "pour Python, la virgule sépare deux nombres : écrivez la "
                           "décimale avec un point, 1040.50, ou mettez le nombre entre guillemets, "
                           "\"1040,50\".", "virgule")  # fmt: skip
        donnee = _lire(reponse, controle)
    except ErreurCas as erreur:
        return Verdict(code, False, str(erreur), "illisible")
    except Exception:  # un objet quelconque venu d'un carnet : ni plantage, ni point
        return Verdict(code, False, "cette réponse n'est pas un nombre.", "illisible")
    if controle.egale(donnee, controle.valeur):
        return Verdict(code, True, f"{controle.intitule} : {controle.ecrire(controle.valeur)}. "
                       f"{controle.juste}".strip())  # fmt: skip
    for valeur, message in controle.variantes:
        if controle.egale(donnee, valeur):
            return Verdict(code, True, message)
    acceptees = (controle.valeur, *(valeur for valeur, _ in controle.variantes))
    if controle.unite == "eur" and any(abs(donnee * 1000 - v) <= 500 for v in acceptees):
        return Verdict(code, False, "l'ordre de grandeur est bon, mais la réponse est en milliers "
                       "d'euros : donnez-la en euros.", "milliers")  # fmt: skip
    for nom, valeur, message in controle.erreurs:
        if controle.egale(donnee, valeur):
            return Verdict(code, False, message, nom)
    if controle.unite == "eur" and any(abs(donnee - v) <= 500 for v in acceptees):
        return Verdict(code, False, "c'est presque cela, mais trop arrondi : donnez le montant à "
                       "l'euro près.", "arrondi")  # fmt: skip
    if controle.unite == "part" and abs(donnee) > 10:
        return Verdict(code, False, "une part est attendue, en pourcentage du budget total, et "
                       "non un montant en euros.", "montant")  # fmt: skip
    ecrite = controle.ecrire(donnee) if abs(donnee) < 1e15 else "cette réponse"
    return Verdict(
        code,
        False,
        f"{ecrite} n'est pas la valeur attendue. Reprenez le calcul pas à pas, "
        f'ou demandez un indice : cas.indice("{code[:3]}").',
        "autre",
    )


def _lire(reponse: object, controle: Controle) -> float:
    """La réponse en euros ou en part ; 21,8 se lit comme 21,8 % quand on attend une part."""
    valeur = lire_nombre(reponse)
    pourcentage = isinstance(reponse, str) and "%" in reponse
    if controle.unite == "part" and not pourcentage and abs(valeur) > 1:
        valeur /= 100
    return valeur


def codes(donnees: Donnees | None = None) -> list[str]:
    """Les codes que `verifier` connaît."""
    return list(_controles(donnees))


def _controles(donnees: Donnees | None) -> dict[str, Controle]:
    if donnees is None:
        return _controles_du_sujet()
    return _dossier_2(donnees)


@cache
def _controles_du_sujet() -> dict[str, Controle]:
    return _dossier_2(Donnees())


def _dossier_2(donnees: Donnees) -> dict[str, Controle]:
    """Les réponses chiffrées du dossier 2 et leurs erreurs habituelles."""
    prevu, realise = donnees.annexe(4), donnees.annexe(5)
    enonce = donnees.annexe("enonce_dossier_2").set_index("fait_id")["valeur"]
    return {
        **_controles_ecarts(ecarts(prevu, realise)),
        "2.3": _controle_personnel(donnees, prevu, realise, enonce),
        **_controles_budget(prevu, enonce),
    }


def _controles_ecarts(tableau: pd.DataFrame) -> dict[str, Controle]:
    t = tableau.set_index("ligne")
    keur = 500  # l'annexe 5 est en k€ : on accepte l'arrondi au millier

    def ecart(ligne: str, libelle: str, autre: str) -> Controle:
        valeur, prevu, reel = t.loc[ligne, ["ecart_eur", "prevu_eur", "realise_eur"]]
        return Controle(
            f"écart sur {libelle}", valeur, tolerance=keur,
            juste="C'est un écart favorable.",
            erreurs=[
                ("signe", -valeur, "le montant est bon, mais pas le signe : un écart se calcule "
                 "« réalisé moins prévu »."),
                ("realise_2014", reel, "c'est le montant réalisé ; l'écart est la différence "
                 "entre le réalisé et le prévu."),
                ("prevu_2014", prevu, "c'est le montant prévu ; l'écart est la différence "
                 "entre le réalisé et le prévu."),
                ("unites_melangees", reel / 1000 - prevu, "les unités sont mélangées : l'annexe 5 "
                 "est en milliers d'euros, l'annexe 4 en euros."),
                ("autre_ecart", t.loc[autre, "ecart_eur"], "c'est l'autre écart : relisez la "
                 "question."),
            ],
        )  # fmt: skip

    resultat = t.loc["resultat", "realise_eur"]
    return {
        "2.1": Controle(
            "résultat de 2014",
            resultat,
            tolerance=keur,
            juste="C'est la somme de deux écarts favorables.",
            erreurs=[
                (
                    "resultat_prevu",
                    t.loc["resultat", "prevu_eur"],
                    "c'est le résultat prévu ; on attend celui qui a été réalisé.",
                ),
                (
                    "difference_des_ecarts",
                    t.loc["ressources", "ecart_eur"] + t.loc["charges", "ecart_eur"],
                    "les deux écarts améliorent le résultat : des "
                    "charges plus faibles s'ajoutent à des ressources plus fortes.",
                ),
            ],
        ),
        "2.1.ressources": ecart("ressources", "les ressources", "charges"),
        "2.1.charges": ecart("charges", "les charges", "ressources"),
    }


def _controle_personnel(donnees, prevu, realise, enonce) -> Controle:
    base = _montant(prevu, "personnel")
    reel = float(realise.set_index("poste").loc["charges_personnel", "montant_keur"]) * 1000
    etp, ajout = etp_initial(), enonce["D2-09"]
    salaries = donnees.annexe("introduction").set_index("fait_id")["valeur"]["INT-51"]
    indexation = Hypotheses().taux_charges
    juste = projeter(prevu).montant("personnel")
    return Controle(
        "charges de personnel 2015", juste,
        juste="L'effectif et la dépense augmentent dans la même proportion.",
        erreurs=[
            ("hausse_seule", juste - base, "c'est seulement l'augmentation : ajoutez la dépense "
             "de départ pour obtenir le total."),
            ("effectif_13_salaries", base / salaries * (salaries + ajout),
             f"vous avez compté {salaries:g} emplois : le mi-temps ne vaut qu'un demi, "
             "l'effectif de départ est en équivalents temps plein (ETP)."),
            ("taux_2_5", base * (1 + ajout / 100), "2,5 est un nombre d'emplois, pas un "
             "pourcentage : rapportez ces emplois à l'effectif de départ."),
            ("realise_2014", reel * (1 + ajout / etp), "vous êtes parti du réalisé de 2014 ; "
             "l'énoncé demande de partir du budget prévisionnel (annexe 4)."),
            ("realise_2014", reel, "c'est la dépense réalisée en 2014 ; l'énoncé demande de partir "
             "du budget prévisionnel (annexe 4), puis d'ajouter les embauches."),
            ("personnel_indexe", juste * (1 + indexation), "vous avez ajouté la hausse de "
             f"{pourcent(indexation, 0)} : elle ne concerne pas le personnel."),
            ("indexation_seule", base * (1 + indexation), f"{pourcent(indexation, 0)} est la "
             "hausse des autres charges ; ici, c'est l'effectif qui augmente."),
            ("sans_embauche", base, "c'est la dépense de 2014, avant les embauches."),
            ("valeur_de_secours", enonce["D2-15"], "c'est la valeur de secours de l'énoncé, "
             "réservée à la question suivante : tentez le calcul."),
            ("emplois_seuls", base / etp, "c'est le coût moyen d'un emploi : multipliez-le par "
             "le nouvel effectif."),
        ],
    )  # fmt: skip


def _controles_budget(prevu, enonce) -> dict[str, Controle]:
    def cas(**hypotheses):
        return projeter(prevu, Hypotheses(**hypotheses))

    sujet = cas()
    indexation = Hypotheses().taux_charges
    personnel = sujet.montant("personnel")
    secours = cas(charges_personnel_eur=float(enonce["D2-15"]))
    sans_invest = cas(investissement_indexe=False)
    secours_sans = cas(charges_personnel_eur=float(enonce["D2-15"]), investissement_indexe=False)
    etat_indexe = cas(taux_etat=indexation)
    personnel_indexe = cas(charges_personnel_eur=personnel * (1 + indexation))
    sans_embauche = cas(etp_ajoutes=0)
    ue_2014, total_2014 = _montant(prevu, "ue"), sujet.total_2014_eur
    francais_2014 = total_2014 - ue_2014
    ue_indexee = ue_2014 * (1 + indexation)

    def francaises(p):
        return p.total_eur - p.ue_eur

    def variantes(mesure: Callable, ecrire: Callable) -> list[tuple[float, str]]:
        return [
            (mesure(secours), f"{ecrire(mesure(secours))} : juste, avec la valeur de secours de "
             "l'énoncé pour le personnel."),
            (mesure(sans_invest), f"{ecrire(mesure(sans_invest))} : juste, dans la lecture où "
             "l'investissement, qui n'est pas une charge, n'augmente pas."),
            (mesure(secours_sans), f"{ecrire(mesure(secours_sans))} : juste, avec la valeur de "
             "secours et l'investissement inchangé."),
        ]  # fmt: skip

    deux = pourcent(indexation, 0)
    communes = {
        "etat_indexe": f"vous avez ajouté {deux} aux financements de l'État : l'annexe 6 les "
        "suppose stables.",
        "personnel_indexe": f"vous avez ajouté {deux} au personnel : cette hausse ne vaut que "
        "pour les autres charges.",
        "sans_embauche": "le personnel est resté à son montant de 2014 : reportez le résultat de "
        "la question 2.3.",
        "ue_indexee": f"vous avez ajouté {deux} aux crédits européens : ils ne sont pas indexés, "
        "c'est le solde qui équilibre le budget.",
        "ue_2014": "vous avez gardé les crédits européens de 2014 : ce sont eux qui changent pour "
        "équilibrer le budget.",
    }
    return {
        "2.4.total": Controle(
            "total des dépenses 2015", sujet.total_eur,
            variantes=variantes(lambda p: p.total_eur, euros),
            erreurs=[
                ("personnel_indexe", personnel_indexe.total_eur, communes["personnel_indexe"]),
                ("sans_embauche", sans_embauche.total_eur, communes["sans_embauche"]),
                ("tout_indexe", total_2014 * (1 + indexation), f"vous avez ajouté {deux} à tout "
                 "le budget : traitez le personnel à part."),
                ("charges_stables", cas(taux_charges=0).total_eur, "les charges autres que celles "
                 f"de personnel augmentent de {deux} (annexe 6)."),
                ("total_2014", total_2014, "c'est le total de 2014."),
            ],
        ),
        "2.4.hors_ue": Controle(
            "recettes hors Union européenne 2015", francaises(sujet),
            erreurs=[
                ("etat_indexe", francaises(etat_indexe), communes["etat_indexe"]),
                ("ue_indexee", francaises(sujet) + ue_indexee, "vous avez compté les crédits "
                 "européens : laissez-les de côté pour l'instant."),
                ("ue_2014", francaises(sujet) + ue_2014, "vous avez compté les crédits européens "
                 "de 2014 : laissez-les de côté pour l'instant."),
                ("recettes_stables", francais_2014, "ce sont les recettes de 2014 : seules celles "
                 "de l'État sont stables."),
                ("autres_oubliees", francaises(sujet) - sujet.montant("autres"), "il manque une "
                 "ligne : les autres financements (adhésions…)."),
            ],
        ),
        "2.4.ue": Controle(
            "recettes européennes 2015", sujet.ue_eur,
            variantes=variantes(lambda p: p.ue_eur, euros),
            erreurs=[
                ("ue_indexee", ue_indexee, communes["ue_indexee"]),
                ("ue_2014", ue_2014, communes["ue_2014"]),
                ("etat_indexe", etat_indexe.ue_eur, communes["etat_indexe"]),
                ("personnel_indexe", personnel_indexe.ue_eur, communes["personnel_indexe"]),
                ("sans_embauche", sans_embauche.ue_eur, communes["sans_embauche"]),
                ("hausse_seule", sujet.ue_eur - ue_2014, "c'est seulement la hausse par rapport à "
                 "2014 : donnez le montant total."),
            ],
        ),
        "2.4": Controle(
            "part de l'Union européenne dans le budget 2015", sujet.part_ue, unite="part",
            tolerance=0.0005,
            juste="Elle dépasse le plafond ordinaire : la règle n'est pas respectée.",
            variantes=[
                *variantes(lambda p: p.part_ue, pourcent),
                (round(sujet.part_ue, 2), f"{pourcent(sujet.part_ue)} : juste, arrondi au point."),
            ],
            erreurs=[
                ("base_hors_ue", sujet.ue_eur / francaises(sujet), "vous avez divisé par les "
                 "recettes hors Union européenne : le plafond porte sur le budget total."),
                ("base_hors_ue", secours.ue_eur / francaises(secours), "vous avez divisé par les "
                 "recettes hors Union européenne : le plafond porte sur le budget total."),
                ("ue_indexee", ue_indexee / sujet.total_eur, communes["ue_indexee"]),
                ("ue_indexee", ue_indexee / (ue_indexee + francaises(sujet)),
                 communes["ue_indexee"]),
                ("ue_2014", ue_2014 / sujet.total_eur, communes["ue_2014"]),
                ("part_2014", ue_2014 / total_2014, "c'est la part de 2014."),
                ("base_2014", sujet.ue_eur / total_2014, "vous avez divisé par le total de 2014 : "
                 "comparez deux montants de la même année."),
                ("etat_indexe", etat_indexe.part_ue, communes["etat_indexe"]),
                ("personnel_indexe", personnel_indexe.part_ue, communes["personnel_indexe"]),
                ("sans_embauche", sans_embauche.part_ue, communes["sans_embauche"]),
                ("part_francaise", 1 - sujet.part_ue, "c'est la part des financements français."),
            ],
        ),
    }  # fmt: skip


def _montant(budget: pd.DataFrame, poste: str) -> float:
    return float(budget.set_index("poste").loc[poste, "montant_eur"])


def preuves_introuvables(donnees: Donnees | None = None) -> list[str]:
    """Les références du registre qui ne mènent à rien ; vide quand tout est bon."""
    donnees = donnees or Donnees()
    absentes = []
    for ligne in donnees.table("corrige-attendus").itertuples():
        for preuve in ligne.preuves.split():
            genre, numero, table, paragraphe = reference(preuve)
            if paragraphe not in (None, *_paragraphes(donnees, genre, numero, table)):
                absentes.append(f"{ligne.attendu_id} : {preuve}")
    return absentes


def _paragraphes(donnees: Donnees, genre: str, numero, table: str | None) -> set[int]:
    """Les paragraphes d'une annexe ou d'un document, tous tableaux réunis si aucun n'est nommé."""
    cle = f"cas:{genre}"
    tables = [r["cas:table"] for r in donnees.ressources if r.get(cle) == numero]
    lire = donnees.annexe if genre == "annexe" else donnees.document
    trouves: set[int] = set()
    for nom in [table] if table else tables:
        contenu = lire(numero, nom)
        if "paragraphe" in contenu:
            trouves |= {int(p) for p in contenu["paragraphe"]}
    if not tables:
        lire(numero)  # lève l'erreur qui dit quelles annexes existent
    return trouves
