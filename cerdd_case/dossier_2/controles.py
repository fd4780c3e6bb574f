"""Les réponses chiffrées du dossier 2, et les erreurs que ce cas permet de reconnaître."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pandas as pd

from ..donnees.contexte import Contexte
from ..questions.jugement import Controle, Diagnostic
from ..socle.nombres import euros, pourcent
from .chiffres import Chiffres, francaises
from .erreurs_habituelles import (
    D_INDEXATION,
    HORS_UE,
    PART,
    PERSONNEL,
    RESULTAT,
    SOLDE,
    TOTAL,
    de_l_ecart,
)
from .projection import Projection
from .regles import sous_plafond


def controles_du_budget(
    prevu: pd.DataFrame, realise: pd.DataFrame, contexte: Contexte
) -> dict[str, Controle]:
    """Les réponses chiffrées du dossier 2, par code.

    `prevu` : annexe 4 (euros) ; `realise` : annexe 5 (k€) ; `contexte` : énoncé, annexes 3 et 6.
    """
    c = Chiffres(prevu, realise, contexte)
    resultat = c.ecarts.loc["resultat", "realise_eur"]

    def controle(code, intitule, valeur, erreurs, paragraphe, unite="eur", **reste) -> Controle:
        possibles = (
            Diagnostic(nom, float(calcul(c)), phrase.format_map(c.mots), ou,
                       exemple.format_map(c.mots))
            for nom, calcul, phrase, ou, exemple in erreurs
            if c.contexte.indexation or nom not in D_INDEXATION
        )  # fmt: skip
        sans = Controle(code, intitule, float(valeur), unite, paragraphe, **reste)
        return replace(sans, diagnostics=_distincts(possibles, sans))

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
                     de_l_ecart(ligne, autre), "A5", au_millier=True, signe=signe,
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


def _distincts(diagnostics: Iterable[Diagnostic], controle: Controle) -> tuple[Diagnostic, ...]:
    """Ceux dont la valeur n'est, dans ce cas, ni une bonne réponse, ni celle d'une autre erreur."""
    precision = 0.005 if controle.unite == "eur" else 5e-8
    gardes: list[Diagnostic] = []
    for diagnostic in diagnostics:
        prises = (*controle.acceptees, *(garde.valeur for garde in gardes))
        if all(abs(diagnostic.valeur - prise) > precision for prise in prises):
            gardes.append(diagnostic)
    return tuple(gardes)


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
