"""Le plan de communication et ses supports, élément par élément (annexes 9 et 10)."""

from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

import pandas as pd

from ..donnees.paquet import Donnees
from ..questions import lectures
from ..questions.jugement import a_completer
from ..questions.verdict import Verdict
from ..socle.erreurs import ErreurCas
from ..socle.nombres import lire, nombre

PUBLICS = {
    "acteurs_locaux": "Acteurs locaux",
    "partenaires": "Partenaires et institutions",
    "innovateurs": "Acteurs de l'innovation",
    "nouveaux_publics": "Nouveaux publics, jeunes",
    "medias": "Médias",
    "tous": "Tous, ou non précisé",
}
COLONNES = {"optimiser": "À optimiser", "creer_ou_developper": "À créer ou développer",
            "prioritaire": "Supports prioritaires", "en_place": "Supports en place"}  # fmt: skip
A_TROUVER = {"": "Publics à trouver"}  # la seule ligne, tant que l'élève n'a rien essayé
RUBRIQUES = {
    "positionnement": "Positionnement", "methodes": "Méthodes", "productions": "Productions"
}  # fmt: skip
APPUIS = {
    "nomme": "public nommé par le sujet",
    "deduit": "public déduit par la collection",
    "non_precise": "public non précisé",
}
CASES = {  # colonne et rubrique ; les supports n'ont pas de rubrique
    f"{colonne}/{rubrique}": f"{COLONNES[colonne]}, {RUBRIQUES[rubrique]}"
    for colonne in ("optimiser", "creer_ou_developper")
    for rubrique in RUBRIQUES
} | {f"{colonne}/supports": COLONNES[colonne] for colonne in ("prioritaire", "en_place")}
# Les supports que l'introduction cite et que l'annexe 8 ne reprend pas.
SUPPORTS_EN_PLACE = {"INT-25": "Lettre d'information", "INT-27": "Outils collaboratifs",
                     "INT-28": "Brochures", "INT-33": "Extranet"}  # fmt: skip
ELEMENT_CIBLE = "P9-10"  # ajuster la communication à chaque cible


def communication_du_cas(donnees: Donnees) -> pd.DataFrame:
    """Les éléments de communication et leurs publics, une ligne par couple.

    Colonnes : `element_id`, `genre` (« plan » ou « support »), `colonne`, `rubrique` et `case`
    (codes de `COLONNES`, de `RUBRIQUES` et de `CASES`), `libelle`, `reference` (pour un lecteur),
    `public` (code de `PUBLICS`), `appui` (code de `APPUIS`), `explication`.

    Lève `ErreurCas` si un élément n'a pas de public, ou si un public vise un élément inconnu.
    """
    faits = donnees.annexe("introduction").set_index("fait_id")["paragraphe"]
    lignes = [
        *((e.item_id, "plan", e.colonne, e.rubrique, e.item, "annexe 9, plan", e.paragraphe)
          for e in donnees.annexe(9).itertuples()),
        *((f"A8-S{s.ordre}", "support", "prioritaire", "supports", s.support, "annexe 8",
           s.paragraphe) for s in donnees.annexe(8, "supports").itertuples()),
        *((code, "support", "en_place", "supports", nom, "introduction", faits[code])
          for code, nom in SUPPORTS_EN_PLACE.items()),
    ]  # fmt: skip
    colonnes = ["element_id", "genre", "colonne", "rubrique", "libelle", "ou", "paragraphe"]
    elements = pd.DataFrame(lignes, columns=colonnes)
    elements["case"] = elements["colonne"] + "/" + elements["rubrique"]
    elements["reference"] = elements["ou"] + ", §\u00a0" + elements["paragraphe"].astype(str)
    publics = donnees.table("corrige-communication-publics")
    oublies = sorted(set(elements["element_id"]) ^ set(publics["element_id"]))
    if oublies:
        raise ErreurCas(
            "data/corrige/communication_publics.csv ne correspond pas aux annexes 8 et 9 : "
            f"voyez {', '.join(oublies)}. Chaque élément a au moins un public."
        )
    return elements.merge(publics, on="element_id")


def filtrer(elements: pd.DataFrame, **criteres: str | None) -> pd.DataFrame:
    """Les couples (élément, public) qui ont ces codes dans ces colonnes ; sans code, tous."""
    for colonne, code in criteres.items():
        if code:
            elements = elements[elements[colonne] == code]
    return elements


def compter(elements: pd.DataFrame, **criteres: str | None) -> int:
    """Combien d'éléments, une fois filtrés : celui qui vise deux publics compte une fois."""
    return filtrer(elements, **criteres)["element_id"].nunique()


def sans_publics(elements: pd.DataFrame) -> pd.DataFrame:
    """Les éléments, un par ligne, dont le public reste à trouver."""
    return elements.drop_duplicates("element_id").assign(public="")


def lignes_de_la_matrice(elements: pd.DataFrame) -> dict[str, str]:
    """Les publics de la matrice ; une seule ligne quand ils restent à trouver."""
    return A_TROUVER if (elements["public"] == "").any() else PUBLICS


def matrice(elements: pd.DataFrame) -> dict[str, list[int]]:
    """Le nombre d'éléments par public (voir `lignes_de_la_matrice`), dans chacune des `CASES`.

    Un élément qui vise deux publics compte dans deux lignes : la somme peut dépasser `compter`.
    """
    comptes = Counter(zip(elements["public"], elements["case"], strict=True))
    return {
        public: [comptes[public, case] for case in CASES]
        for public in lignes_de_la_matrice(elements)
    }


class Defi(NamedTuple):
    """Un comptage à faire dans le plan : sa réponse est calculée, jamais tapée.

    `elements` : les identifiants de ceux que l'on compte ; `relance` : ce que l'on en demande à la
    première erreur ; `erreurs` : l'erreur habituelle derrière un nombre.
    """

    question: str
    elements: frozenset[str]
    relance: str
    lecture: str
    erreurs: Mapping[float, str]

    @property
    def reponse(self) -> int:
        """Combien d'éléments il faut trouver."""
        return len(self.elements)


def defis(elements: pd.DataFrame, donnees: Donnees) -> list[Defi]:
    """Les comptages proposés sur le plan de l'annexe 9, avec la lecture de chaque résultat.

    Aucun n'est celui d'une case de la matrice fermée. `donnees` : où ces lectures sont écrites (voir
    `questions.lectures`).
    """
    dire, plan = partial(lectures.remplir, donnees), filtrer(elements, genre="plan")

    def trouver(**criteres: str) -> frozenset[str]:
        return frozenset(filtrer(plan, **criteres)["element_id"])

    total, nommes = compter(plan), trouver(appui="nomme")
    distincts = frozenset(plan.drop_duplicates("libelle")["element_id"])
    couples = plan[plan["element_id"].duplicated(keep=False)]
    doubles = total - len(distincts)
    repetes = "doubles" if doubles > 1 else "un_double" if doubles else "sans_double"
    peu = "peu_" * (2 * len(nommes) < total)
    partenaires, nouveaux = "partenaires", "nouveaux_publics"
    return [
        Defi("Combien d'éléments différents le plan contient-il ?", distincts,
             "Qu'ont en commun les deux colonnes du plan ?",
             dire(f"defi_{repetes}", total=total, doubles=doubles),
             {total: "vous avez compté deux fois ceux qui figurent dans les deux colonnes."}),
        Defi("Combien d'éléments du plan nomment leur public ?", nommes,
             "Dans chaque élément, quels mots désignent quelqu'un à qui l'on s'adresse ?",
             dire(f"defi_{peu}nommes", nommes=len(nommes), total=total),
             {total - len(nommes): "vous avez compté ceux qui ne nomment aucun public.",
              len(filtrer(plan, appui="nomme")): "un élément qui nomme deux publics compte une "
              "seule fois."}),
        Defi("Combien d'éléments du plan s'appuient sur les partenaires et les institutions ?",
             trouver(public=partenaires), "Lesquels s'adressent à eux, ou leur demandent d'agir ?",
             dire("defi_partenaires"),
             {compter(plan, public=partenaires, colonne="optimiser"): "vous n'avez compté que la "
              "colonne « à optimiser »."}),
        Defi("Combien d'éléments à créer ou développer visent des publics nouveaux ?",
             trouver(public=nouveaux, colonne="creer_ou_developper"),
             "Qui le CERDD ne touche-t-il pas encore, et dans quelle colonne le chercher ?",
             dire("defi_nouveaux_publics"),
             {compter(plan, public=nouveaux): "vous avez compté aussi la colonne « à optimiser »."}),
        Defi("Combien d'éléments du plan visent deux publics à la fois ?",
             frozenset(couples["element_id"]), "Lesquels citent un destinataire, puis un autre ?",
             dire("defi_deux_publics"),
             {len(couples): "vous avez compté les publics ; comptez les éléments."}),
    ]  # fmt: skip


def verifier_defi(defi: Defi, saisie: object) -> Verdict:
    """Compare un nombre tapé à la réponse d'un défi ; ce qui ne se lit pas n'est pas une faute."""
    lecture = lire(saisie)
    if a_completer(saisie) or lecture.etat == "vide":
        return Verdict("communication", "a_completer", "Comptez, puis tapez un nombre.")
    if lecture.etat != "lu":
        return Verdict("communication", lecture.etat, lecture.phrase)
    if lecture.unite in ("eur", "part", "etp"):
        phrase = f"Lu : {lecture.ecrit}. Un nombre d'éléments est attendu, sans cette unité."
        return Verdict("communication", "unite", phrase)
    donnee = lecture.sure
    if donnee == defi.reponse:
        phrase = f"{nombre(defi.reponse)}. {defi.lecture}"
        return Verdict("communication", "juste", phrase, donnee)
    faux = f"{nombre(donnee)} n'est pas le bon nombre."
    erreur = defi.erreurs.get(donnee)
    phrase = (
        f"{nombre(donnee)} : {erreur}" if erreur else f"{faux} Reprenez la liste, ligne à ligne."
    )
    proposee = f"Réponse proposée : {nombre(defi.reponse)}. {defi.lecture}"
    return Verdict(
        "communication", "faux", phrase, donnee, relance=f"{faux} {defi.relance}", proposee=proposee
    )


def lire_publics(elements: pd.DataFrame, donnees: Donnees) -> str:
    """Ce que le plan dit de ses publics, en deux ou trois phrases ; voir `figure_publics`."""
    plan = filtrer(elements, genre="plan")
    peu = 2 * compter(plan, appui="nomme") < compter(plan)
    debut = lectures.remplir(donnees, "publics_moins" if peu else "publics_plus")
    cible = filtrer(plan, element_id=ELEMENT_CIBLE)["libelle"].iloc[0]
    deux_fois = filtrer(plan, libelle=cible)["colonne"].nunique() > 1
    return lectures.remplir(donnees, f"publics_{'deux' if deux_fois else 'une'}_fois", debut=debut)
