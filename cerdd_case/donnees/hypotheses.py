"""Les hypothèses du budget 2015 : leurs limites, leur écriture, leurs noms.

Celles du sujet viennent des annexes (voir `contexte`) : aucune valeur n'est tapée ici.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from ..socle.erreurs import ErreurHypothese, nommer_les_choix
from ..socle.nombres import lire, mesure, nombre

CHARGES_INDEXABLES = ("fonctionnement", "prestations", "investissement", "projets_exceptionnels")
TAUX_PAR_RECETTE = {r: f"taux_{r}" for r in ("etat", "collectivites", "autres")}
LIMITES = {
    # champ: (libellé, minimum, maximum, unité)
    "etp_initial": ("l'effectif de départ", 0.5, 1_000, "etp"),
    "etp_ajoutes": ("le nombre d'ETP ajoutés", 0, 100, "etp"),
    "mois_embauche": ("le mois d'embauche", 1, 12, "mois"),
    "taux_salaire": ("la hausse du salaire moyen", -0.5, 1, "part"),
    "taux_charges": ("la hausse des charges hors personnel", -0.5, 1, "part"),
    "taux_etat": ("la hausse des financements de l'État", -1, 1, "part"),
    "taux_collectivites": ("la hausse des financements des collectivités", -1, 1, "part"),
    "taux_autres": ("la hausse des autres financements", -1, 1, "part"),
    "charges_personnel_eur": ("le montant des charges de personnel", 0, 10_000_000, "eur"),
    "projet_exceptionnel_eur": ("le montant du projet exceptionnel", 0, 10_000_000, "eur"),
}
# Ce que la direction peut faire varier : l'effectif de départ, lui, est un fait.
VARIABLES = tuple(champ for champ in LIMITES if champ != "etp_initial")


class HypotheseInconnue(ErreurHypothese):
    """Un nom d'hypothèse qui n'existe pas, ou que l'on ne peut pas prendre ici."""

    def __init__(self, nom: object, connues: Collection[str], quoi: str = "une hypothèse"):
        faute = f"« {nom} » n'est pas {quoi}"
        super().__init__(nommer_les_choix(faute, nom, connues, forme="écrire {}"))


@dataclass(frozen=True)
class Hypotheses:
    """Les hypothèses du budget 2015. Celles du sujet : `Cas().hypotheses()`.

    - `etp_initial` (etp) : emplois fin 2014, introduction, § 7 ;
    - `etp_ajoutes` (etp) : embauches, énoncé du dossier 2, § 5 ;
    - `mois_embauche` (1 à 12) : embauche au 1er de ce mois, salaires au prorata (énoncé, § 6) ;
    - `taux_salaire` (part) : évolution du salaire moyen (énoncé, § 6) ;
    - `taux_charges`, `taux_etat`, `taux_collectivites`, `taux_autres` (part) : annexe 6 ;
    - `lignes_indexees` : les dépenses de l'annexe 4 que `taux_charges` augmente (annexe 6, § 1) ;
    - `charges_personnel_eur` (eur ou None) : impose les charges de personnel ; c'est la valeur
      de secours de l'énoncé, 750 000 €, pour qui n'a pas répondu à la question 2.3 ;
    - `projet_exceptionnel_eur` (eur) : dépense exceptionnelle, qui ouvre le plafond de 30 % ;
    - `investissement_indexe` : la lecture retenue pour l'investissement ; faux, il n'est pas
      augmenté, car il n'est pas une charge.

    Lève `ErreurHypothese` si une valeur n'est pas un nombre ou sort de ses limites.
    """

    etp_initial: float
    etp_ajoutes: float
    mois_embauche: int
    taux_salaire: float
    taux_charges: float
    taux_etat: float
    taux_collectivites: float
    taux_autres: float
    lignes_indexees: tuple[str, ...]
    charges_personnel_eur: float | None = None
    projet_exceptionnel_eur: float = 0.0
    investissement_indexe: bool = True

    def __post_init__(self) -> None:
        for champ in LIMITES:
            valeur = getattr(self, champ)
            if champ != "charges_personnel_eur" or valeur is not None:
                object.__setattr__(self, champ, valider(champ, valeur))
        if not isinstance(self.investissement_indexe, bool | np.bool_):
            raise ErreurHypothese("investissement_indexe vaut True (vrai) ou False (faux).")
        indexees = self.lignes_indexees
        if isinstance(indexees, str) or not isinstance(indexees, Iterable):
            raise ErreurHypothese(
                f"lignes_indexees est une liste de lignes, par exemple {CHARGES_INDEXABLES[:2]}."
            )
        indexees = tuple(dict.fromkeys(indexees))
        if inconnues := [str(ligne) for ligne in indexees if ligne not in CHARGES_INDEXABLES]:
            faute = f"lignes_indexees contient « {', '.join(inconnues)} »"
            raise ErreurHypothese(nommer_les_choix(faute, inconnues[0], CHARGES_INDEXABLES))
        object.__setattr__(self, "lignes_indexees", indexees)


def changer(hypotheses: Hypotheses, **changements: Any) -> Hypotheses:
    """Les mêmes hypothèses, certaines changées ; refuse un nom inconnu en proposant le plus proche."""
    connus = champs(hypotheses)
    for champ in (c for c in changements if c not in connus):
        raise HypotheseInconnue(champ, connus)
    return replace(hypotheses, **changements)


def sans_changement(sujet: Hypotheses) -> Hypotheses:
    """Le budget de 2014 reconduit : aucune embauche, aucune hausse, aucun projet."""
    nuls: dict[str, Any] = dict.fromkeys(
        ("etp_ajoutes", *(c for c in LIMITES if c.startswith("taux_"))), 0.0
    )
    return replace(sujet, **nuls, charges_personnel_eur=None, projet_exceptionnel_eur=0.0)


def valider(champ: str, valeur: object) -> float | int:
    """La valeur d'une hypothèse, ou une `ErreurHypothese` qui dit ses limites."""
    libelle, minimum, maximum, unite = LIMITES[champ]
    lecture = lire(valeur)
    if lecture.etat != "lu":
        raise ErreurHypothese(f"{champ}, {libelle} : {lecture.phrase}")
    if lecture.unite not in (None, unite):
        raise ErreurHypothese(
            f"{champ}, {libelle} : « {lecture.ecrit} » n'est pas dans la bonne unité. "
            f"Écrivez par exemple « {ecrire(champ, max(minimum, 0))} »."
        )
    lue = lecture.sure
    if champ == "mois_embauche" and lue != int(lue):
        raise ErreurHypothese(
            f"{champ} vaut {nombre(lue)} ; un nombre entier de 1 (janvier) à 12 (décembre) "
            "est attendu."
        )
    if not minimum <= lue <= maximum:
        conseil = ""
        if unite == "part" and abs(lue) > 1:
            conseil = f" Pour {nombre(lue)}\u202f%, écrivez {lue / 100:g} ou « {nombre(lue)} % »."
        raise ErreurHypothese(
            f"{champ}, {libelle}, vaut {ecrire(champ, lue)} ; une valeur de "
            f"{ecrire(champ, minimum)} à {ecrire(champ, maximum)} est attendue.{conseil}"
        )
    return int(lue) if champ == "mois_embauche" else lue


def ecrire(champ: str, valeur: float) -> str:
    """La valeur d'une hypothèse dans son unité : `2,5 ETP`, `janvier`, `2,25 %`, `750 000 €`."""
    return mesure(valeur, LIMITES[champ][3])


def champs(hypotheses: Hypotheses) -> dict:
    """Les hypothèses par nom de champ, en dictionnaire."""
    return {f.name: getattr(hypotheses, f.name) for f in fields(hypotheses)}
