"""Dossier 2 : écarts de 2014, budget de 2015, règles de bonne gestion, seuils.

Des fonctions pures sur les tableaux des annexes 3 à 6. Unités : `eur` (euros),
`keur` (milliers d'euros), `part` (0 à 1), `etp` (emplois à temps plein).
"""

from dataclasses import replace
from functools import cached_property

import numpy as np
import pandas as pd

from .contexte import PLAFOND_UE, PLAFOND_UE_EXCEPTIONNEL, Contexte
from .erreurs import ErreurHypothese
from .hypotheses import (
    CHARGES_INDEXABLES,
    LIMITES,
    TAUX_PAR_RECETTE,
    VARIABLES,
    Hypotheses,
    champs,
    ecrire,
)
from .nombres import MOIS, euros, lire_nombre, nombre, pourcent

# L'annexe 3 ne chiffre pas « dans la mesure du possible » : nous lisons « la majorité ».
MAJORITE = 0.5
# Sept lignes arrondies au centime pèsent moins de dix centimes sur un million d'euros.
TOLERANCE = 1e-7


# --- Les écarts de 2014 (question 2.1) --------------------------------------------------


def ecarts(prevu: pd.DataFrame, realise: pd.DataFrame) -> pd.DataFrame:
    """Compare le budget prévu (annexe 4, euros) au budget réalisé (annexe 5, k€).

    Renvoie une ligne par grandeur commune : `ressources`, `etat`, `autres_ressources`,
    `charges`, `personnel`, `autres_charges`, `resultat`. Colonnes :

    - `ligne`, `libelle`, `niveau` (« total » ou « dont ») ;
    - `prevu_eur`, `realise_eur`, `ecart_eur` = réalisé − prévu, en euros ;
    - `ecart_part` = écart / prévu (vide si le prévu est nul) ;
    - `favorable` : l'écart améliore le résultat (une recette plus forte, une charge plus faible) ;
    - `effet_resultat_eur` : ce que l'écart d'une ligne « dont » apporte au résultat ; la somme de
      ces effets est l'écart de résultat (vide pour les totaux).
    """
    p = prevu.set_index("poste")["montant_eur"]
    sens = prevu.groupby("nature")["montant_eur"].sum()
    r = realise.set_index("poste")["montant_keur"] * 1000
    lignes = [
        # ligne, libellé, niveau, prévu, réalisé, effet d'une hausse sur le résultat
        ("ressources", "Ressources", "total", sens["recette"], r["ressources"], 1),
        ("etat", "dont État", "dont", p["etat"], r["ressources_etat"], 1),
        ("autres_ressources", "dont autres ressources", "dont",
         sens["recette"] - p["etat"], r["autres_ressources"], 1),
        ("charges", "Charges", "total", sens["depense"], r["charges"], -1),
        ("personnel", "dont personnel", "dont", p["personnel"], r["charges_personnel"], -1),
        ("autres_charges", "dont autres charges", "dont",
         sens["depense"] - p["personnel"], r["charges"] - r["charges_personnel"], -1),
        ("resultat", "Résultat", "total", sens["recette"] - sens["depense"], r["resultat"], 1),
    ]  # fmt: skip
    tableau = pd.DataFrame(
        lignes, columns=["ligne", "libelle", "niveau", "prevu_eur", "realise_eur", "effet"]
    ).astype({"prevu_eur": float, "realise_eur": float})
    ecart = tableau["realise_eur"] - tableau["prevu_eur"]
    tableau["ecart_eur"] = ecart
    tableau["ecart_part"] = ecart / tableau["prevu_eur"].where(tableau["prevu_eur"] != 0)
    tableau["favorable"] = ecart * tableau["effet"] >= 0
    tableau["effet_resultat_eur"] = (ecart * tableau["effet"]).where(tableau["niveau"] == "dont")
    return tableau.drop(columns="effet")


# --- Le budget de 2015 (questions 2.3 et 2.4) -------------------------------------------


class Projection:
    """Un budget 2015 et ce qui s'en déduit ; voir `projeter`.

    - `total_eur` : total des dépenses, et donc des recettes, en euros ;
    - `ue_eur` : recettes européennes qui équilibrent le budget ; négatif si les autres recettes
      dépassent déjà les dépenses ;
    - `part_ue` : part de l'UE dans le budget global (0 à 1) ; nan si le total est nul ;
    - `hypotheses` : celles qui ont servi.
    """

    def __init__(self, budget: pd.DataFrame, hypotheses: Hypotheses):
        self._budget, self.hypotheses = budget, hypotheses
        self._depart = bases(budget)
        calcules = montants_2015(self._depart, **champs(hypotheses))
        montants = {p: float(m) for p, m in calcules.items()}
        self._montants = montants
        self.total_eur = round(sum(montants[p] for p in DEPENSES), 2)
        self.ue_eur = round(self.total_eur - sum(montants[p] for p in RECETTES_FRANCAISES), 2)
        self.part_ue = self.ue_eur / self.total_eur if self.total_eur else float("nan")
        montants["ue"] = self.ue_eur

    def __repr__(self):
        return (
            f"Projection 2015 : total {euros(self.total_eur)}, Union européenne "
            f"{euros(self.ue_eur)}, soit {pourcent(self.part_ue)}"
        )

    @cached_property
    def lignes(self) -> pd.DataFrame:
        """Le budget 2015 dans la forme de l'annexe 4 : `nature, poste, libelle, montant_eur, part`."""
        lignes = self._budget[["nature", "poste", "libelle"]].copy()
        lignes["montant_eur"] = [self.montant(p) for p in lignes["poste"]]
        lignes["part"] = lignes["montant_eur"] / (self.total_eur or float("nan"))
        return lignes

    @cached_property
    def comparaison(self) -> pd.DataFrame:
        """Par poste : `montant_2014_eur, montant_2015_eur, ecart_eur, ecart_part`."""
        comparaison = self._budget[["nature", "poste", "libelle"]].copy()
        avant = self._budget["montant_eur"].astype(float)
        comparaison["montant_2014_eur"] = avant
        comparaison["montant_2015_eur"] = self.lignes["montant_eur"]
        comparaison["ecart_eur"] = (comparaison["montant_2015_eur"] - avant).round(2)
        comparaison["ecart_part"] = comparaison["ecart_eur"] / avant.where(avant != 0)
        return comparaison

    @cached_property
    def total_2014_eur(self) -> float:
        """Total des dépenses prévues pour 2014, en euros."""
        return round(sum(self._depart[p] for p in DEPENSES), 2)

    @property
    def evolution_eur(self) -> float:
        """Variation du total par rapport à 2014, en euros."""
        return round(self.total_eur - self.total_2014_eur, 2)

    @property
    def evolution_part(self) -> float:
        """Variation du total par rapport à 2014, en part."""
        return self.evolution_eur / self.total_2014_eur if self.total_2014_eur else float("nan")

    @property
    def excedentaire(self) -> bool:
        """Vrai si les recettes françaises dépassent seules les dépenses (solde négatif)."""
        return self.ue_eur < 0

    def montant(self, poste: str) -> float:
        """Le montant 2015 d'un poste de l'annexe 4, en euros."""
        return self._montants[poste]


def projeter(budget_previsionnel: pd.DataFrame, hypotheses: Hypotheses) -> Projection:
    """Projette le budget prévisionnel 2014 (annexe 4) en 2015 selon des hypothèses.

    Chaque ligne est arrondie au centime ; l'Union européenne est le solde, exact au centime :
    total des dépenses − autres recettes. Un solde négatif est rendu tel quel.

    Lève `ErreurHypothese` si le budget n'a pas les postes de l'annexe 4.
    """
    return Projection(budget_previsionnel, hypotheses)


DEPENSES = ("personnel", *CHARGES_INDEXABLES)
RECETTES_FRANCAISES = tuple(TAUX_PAR_RECETTE)
POSTES = (*DEPENSES, *RECETTES_FRANCAISES, "ue")


def bases(budget: pd.DataFrame) -> dict[str, float]:
    """Les montants de départ par poste, après avoir vérifié que les postes sont bien là."""
    montants = {p: float(m) for p, m in zip(budget["poste"], budget["montant_eur"], strict=True)}
    manquants = [p for p in POSTES if p not in montants]
    if manquants or len(montants) != len(budget) or len(montants) != len(POSTES):
        faute = (
            f"Le budget n'a pas de ligne {', '.join(manquants)}"
            if manquants
            else "Le budget a une ligne en double ou en trop"
        )
        raise ErreurHypothese(f"{faute}. Partez de l'annexe 4 : Cas().annexe(4).")
    return montants


def arrondir(montant):
    """Au centime ; nombre ou tableau NumPy."""
    return np.round(montant, 2)


def montants_2015(
    base: dict[str, float],
    *,
    etp_initial,
    etp_ajoutes,
    mois_embauche,
    taux_salaire,
    taux_charges,
    taux_etat,
    taux_collectivites,
    taux_autres,
    lignes_indexees,
    charges_personnel_eur,
    projet_exceptionnel_eur,
    investissement_indexe,
) -> dict:
    """Les montants 2015 par poste, UE exceptée ; chaque hypothèse : un nombre ou un tableau.

    C'est la seule formule du budget : la projection et les balayages s'en servent.
    """
    if charges_personnel_eur is None:
        etp_payes = etp_initial + etp_ajoutes * ((13 - mois_embauche) / 12)
        charges_personnel_eur = base["personnel"] / etp_initial * etp_payes * (1 + taux_salaire)
    indices = {ligne: 1 + taux_charges for ligne in lignes_indexees}
    indices["investissement"] = 1 + taux_charges if investissement_indexe else 1
    charges = {ligne: base[ligne] * indices.get(ligne, 1) for ligne in CHARGES_INDEXABLES}
    charges["projets_exceptionnels"] = charges["projets_exceptionnels"] + projet_exceptionnel_eur
    return {
        "personnel": arrondir(charges_personnel_eur),
        **{ligne: arrondir(montant) for ligne, montant in charges.items()},
        "etat": arrondir(base["etat"] * (1 + taux_etat)),
        "collectivites": arrondir(base["collectivites"] * (1 + taux_collectivites)),
        "autres": arrondir(base["autres"] * (1 + taux_autres)),
    }


def parts_ue(base: dict[str, float], **champs):
    """La part de l'UE, pour des hypothèses données en nombres ou en tableaux."""
    montants = montants_2015(base, **champs)
    depenses = sum(montants[p] for p in DEPENSES)
    return 1 - sum(montants[p] for p in RECETTES_FRANCAISES) / depenses


# --- Les règles de bonne gestion (annexe 3) ---------------------------------------------


def sous_plafond(part_ue: float, plafond: float) -> bool:
    """Vrai si la part ne dépasse pas le plafond, à l'arrondi des lignes au centime près."""
    return part_ue <= plafond + TOLERANCE


def ecrire_part(part: float, plafond: float) -> str:
    """La part en pourcentage, avec assez de décimales pour se distinguer du plafond."""
    for decimales in (1, 2, 3):
        if sous_plafond(part, plafond) or pourcent(part, decimales) != pourcent(plafond, decimales):
            return pourcent(part, decimales)
    return pourcent(part, 5)


def conclure(projection: Projection, contexte: Contexte) -> str:
    """Une phrase : les hypothèses d'embauche, la part de l'UE et le verdict du plafond."""
    h = projection.hypotheses
    if h.charges_personnel_eur is None:
        debut = f"Avec {ecrire('etp_ajoutes', h.etp_ajoutes)} dès {MOIS[h.mois_embauche - 1]}"
    else:
        debut = f"Avec {euros(h.charges_personnel_eur)} de charges de personnel"
    if projection.excedentaire:
        return (
            f"{debut}, les recettes françaises dépassent les dépenses de "
            f"{euros(-projection.ue_eur)} : le solde européen serait négatif, ce budget est à revoir."
        )
    plafond = contexte.plafond(projection.montant("projets_exceptionnels") > 0)
    part = projection.part_ue
    verdict = "est respectée" if sous_plafond(part, plafond) else "n'est pas respectée"
    return (
        f"{debut}, les fonds européens atteignent {ecrire_part(part, plafond)} : "
        f"la règle des {pourcent(plafond, None)} {verdict}."
    )


def regles(projection: Projection, contexte: Contexte) -> pd.DataFrame:
    """Confronte une projection aux règles du contexte (annexe 3), une ligne par règle.

    Colonnes : `regle` (code), `libelle`, `valeur` et `seuil` (parts ; euros pour l'équilibre),
    `respectee` (True, False, ou <NA> quand la règle est sans objet) et `conclusion`,
    une phrase. Le plafond exceptionnel ne vaut qu'en présence d'un projet exceptionnel.
    """
    tableau = pd.DataFrame(
        juger(projection, contexte),
        columns=["regle", "libelle", "valeur", "seuil", "respectee", "conclusion"],
    )
    return tableau.astype({"respectee": "boolean", "valeur": float})


def juger(projection: Projection, contexte: Contexte) -> list[tuple]:
    """Les lignes de `regles`, sans tableau : pour ce qui doit être instantané."""
    lignes = []
    for regle in contexte.regles:
        valeur, respectee, conclusion = REGLES[regle.code](projection, regle.seuil)
        lignes.append((regle.code, regle.libelle, valeur, regle.seuil, respectee, conclusion))
    return lignes


def _equilibre(p: Projection, seuil: float):
    recettes = sum(p.montant(poste) for poste in (*RECETTES_FRANCAISES, "ue"))
    ecart = round(recettes - p.total_eur, 2)
    if p.excedentaire:
        return ecart, False, (
            f"Sans l'Europe, les recettes dépassent déjà les dépenses de {euros(-p.ue_eur)} : "
            "le solde européen serait négatif, ce budget est à revoir."
        )  # fmt: skip
    return ecart, ecart == seuil, (
        f"Recettes et dépenses sont égales : {euros(p.total_eur)}."
        if ecart == seuil
        else f"Recettes et dépenses diffèrent de {euros(abs(ecart))}."
    )  # fmt: skip


def _coeur_du_projet(p: Projection, seuil: float):
    coeur = p.total_eur - p.montant("projets_exceptionnels")
    francais = sum(p.montant(poste) for poste in RECETTES_FRANCAISES)
    part = francais / coeur if coeur else float("nan")
    fixe = not pd.isna(seuil)
    respectee = bool(part >= seuil if fixe else part > MAJORITE) if coeur else pd.NA
    return part, respectee, (
        f"Les crédits français couvrent {pourcent(part)} des dépenses hors projets exceptionnels. "
        + (
            f"L'annexe en demande au moins {pourcent(seuil, None)}."
            if fixe
            else "L'annexe ne fixe pas de seuil ; nous lisons : plus de la moitié."
        )
        if coeur
        else "Sans objet : aucune dépense hors projets exceptionnels."
    )  # fmt: skip


def _plafond(p: Projection, seuil: float):
    projet = p.montant("projets_exceptionnels") > 0
    part = ecrire_part(p.part_ue, seuil)
    if sous_plafond(p.part_ue, seuil):
        return p.part_ue, True, (
            f"L'Europe finance {part} du budget : au plus {pourcent(seuil, None)}, "
            "la règle est respectée."
        )  # fmt: skip
    if projet:
        return p.part_ue, pd.NA, (
            f"L'Europe finance {part} du budget : un projet exceptionnel permet "
            f"de dépasser {pourcent(seuil, None)}."
        )  # fmt: skip
    return p.part_ue, False, (
        f"L'Europe finance {part} du budget : plus de {pourcent(seuil, None)}, "
        "la règle n'est pas respectée."
    )  # fmt: skip


def _plafond_exceptionnel(p: Projection, seuil: float):
    if p.montant("projets_exceptionnels") <= 0:
        return p.part_ue, pd.NA, "Sans objet : aucun projet exceptionnel."
    respectee = sous_plafond(p.part_ue, seuil)
    return p.part_ue, respectee, (
        f"Avec un projet exceptionnel, l'Europe finance {ecrire_part(p.part_ue, seuil)} "
        "du budget : "
        + (
            f"au plus {pourcent(seuil, None)}, la règle est respectée."
            if respectee
            else f"plus de {pourcent(seuil, None)}, la règle n'est pas respectée."
        )
    )  # fmt: skip


REGLES = {  # ce que l'on sait juger
    "equilibre": _equilibre,
    "coeur_du_projet": _coeur_du_projet,
    PLAFOND_UE: _plafond,
    PLAFOND_UE_EXCEPTIONNEL: _plafond_exceptionnel,
}

# --- À partir de quelle valeur la règle est-elle respectée ? ----------------------------


def seuil(
    budget: pd.DataFrame,
    hypotheses: Hypotheses,
    variable: str,
    contexte: Contexte,
    part_ue: float | None = None,
) -> float | int | None:
    """La valeur d'une hypothèse pour laquelle l'UE finance exactement `part_ue` du budget.

    `part_ue` (part) : par défaut, le plafond ordinaire du contexte (annexe 3, § 2).

    Les autres hypothèses restent fixes. La part de l'UE vaut exactement s quand les recettes
    françaises R et les dépenses D vérifient R = (1 − s) D ; les deux côtés sont affines en
    chaque hypothèse, donc deux points suffisent à trouver la valeur.

    - `variable` : le nom d'un champ numérique d'`Hypotheses` ;
    - pour `mois_embauche`, le premier mois (1 à 12) où la part ne dépasse pas `part_ue` ;
    - None si aucune valeur admise ne convient.

    Lève `ErreurHypothese` si la variable ou le plafond ne conviennent pas.
    """
    if variable not in VARIABLES:
        raise ErreurHypothese(
            f"« {variable} » n'est pas une hypothèse chiffrée. Choisissez : {', '.join(VARIABLES)}."
        )
    plafond = contexte.plafond() if part_ue is None else lire_nombre(part_ue)
    if part_ue is not None and not 0 <= plafond < 1:
        raise ErreurHypothese(
            f"part_ue vaut {nombre(plafond)} ; une part de 0 à 1 est attendue (0.20 pour 20 %)."
        )
    if variable == "mois_embauche":
        mois = np.arange(1, 13)
        parts = parts_ue(bases(budget), **champs(hypotheses) | {"mois_embauche": mois})
        respectes = sous_plafond(np.broadcast_to(parts, mois.shape), plafond)
        return int(mois[respectes.argmax()]) if respectes.any() else None
    _, minimum, maximum, _ = LIMITES[variable]

    def manque(valeur: float) -> float:
        p = projeter(budget, replace(hypotheses, **{variable: valeur}))
        return p.total_eur * (1 - plafond) - (p.total_eur - p.ue_eur)

    # Deux points très écartés : l'arrondi au centime de chaque ligne n'y pèse plus rien.
    a, b = manque(minimum), manque(maximum)
    if a == b:
        return None
    racine = minimum - a * (maximum - minimum) / (b - a)
    return float(racine) if minimum <= racine <= maximum else None
