"""Le plan de communication et ses supports, élément par élément (annexes 9 et 10)."""

from dataclasses import dataclass, field

import pandas as pd

from ..donnees.paquet import Donnees
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
COLONNES = {
    "optimiser": "À optimiser",
    "creer_ou_developper": "À créer ou développer",
    "prioritaire": "Supports prioritaires",
    "en_place": "Supports en place",
}
RUBRIQUES = {
    "positionnement": "Positionnement",
    "methodes": "Méthodes",
    "productions": "Productions",
    "supports": "Supports",
}
APPUIS = {
    "nomme": "public nommé par le sujet",
    "deduit": "public déduit par la collection",
    "non_precise": "public non précisé",
}

# Les supports que l'introduction cite et que l'annexe 8 ne reprend pas.
SUPPORTS_EN_PLACE = {
    "INT-25": "Lettre d'information",
    "INT-27": "Outils collaboratifs",
    "INT-28": "Brochures",
    "INT-33": "Extranet",
}
ELEMENT_CIBLE = "P9-10"  # ajuster la communication à chaque cible
CASES = [
    ("optimiser", "positionnement"),
    ("optimiser", "methodes"),
    ("optimiser", "productions"),
    ("creer_ou_developper", "positionnement"),
    ("creer_ou_developper", "methodes"),
    ("creer_ou_developper", "productions"),
    ("prioritaire", "supports"),
    ("en_place", "supports"),
]


def elements_communication(
    plan: pd.DataFrame, supports: pd.DataFrame, introduction: pd.DataFrame, publics: pd.DataFrame
) -> pd.DataFrame:
    """Les éléments de communication et leurs publics, une ligne par couple.

    `plan` : annexe 9 ; `supports` : annexe 8, tableau `supports` ; `introduction` : ses faits ;
    `publics` : le tableau `corrige-communication-publics`.

    Colonnes : `element_id`, `genre` (« plan » ou « support »), `colonne` et `rubrique` (codes de
    `COLONNES` et `RUBRIQUES`), `libelle`, `reference` (pour un lecteur), `public` (code de
    `PUBLICS`), `appui` (code de `APPUIS`), `explication`.

    Lève `ErreurCas` si un élément n'a pas de public, ou si un public vise un élément inconnu.
    """
    lignes = [
        (e.item_id, "plan", e.colonne, e.rubrique, e.item, f"annexe 9, plan, §\u00a0{e.paragraphe}")
        for e in plan.itertuples()
    ]
    lignes += [
        (f"A8-S{s.ordre}", "support", "prioritaire", "supports", s.support,
         f"annexe 8, §\u00a0{s.paragraphe}")
        for s in supports.itertuples()
    ]  # fmt: skip
    faits = introduction.set_index("fait_id")["paragraphe"]
    lignes += [
        (code, "support", "en_place", "supports", nom, f"introduction, §\u00a0{faits[code]}")
        for code, nom in SUPPORTS_EN_PLACE.items()
    ]
    elements = pd.DataFrame(
        lignes, columns=["element_id", "genre", "colonne", "rubrique", "libelle", "reference"]
    )
    oublies = sorted(set(elements["element_id"]) ^ set(publics["element_id"]))
    if oublies:
        raise ErreurCas(
            "data/corrige/communication_publics.csv ne correspond pas aux annexes 8 et 9 : "
            f"voyez {', '.join(oublies)}. Chaque élément a au moins un public."
        )
    return elements.merge(publics, on="element_id")


def communication_du_cas(donnees: Donnees) -> pd.DataFrame:
    """Les éléments de communication du sujet : voir `elements_communication`."""
    return elements_communication(
        donnees.annexe(9),
        donnees.annexe(8, "supports"),
        donnees.annexe("introduction"),
        donnees.table("corrige-communication-publics"),
    )


def filtrer(
    elements: pd.DataFrame,
    *,
    public: str | None = None,
    colonne: str | None = None,
    rubrique: str | None = None,
    appui: str | None = None,
) -> pd.DataFrame:
    """Les couples (élément, public) qui répondent à tous les critères donnés."""
    garde = pd.Series(True, index=elements.index)
    for nom, valeur in (
        ("public", public),
        ("colonne", colonne),
        ("rubrique", rubrique),
        ("appui", appui),
    ):
        if valeur is not None:
            garde &= elements[nom] == valeur
    return elements[garde].reset_index(drop=True)


def compter(elements: pd.DataFrame) -> int:
    """Combien d'éléments de communication : un élément qui vise deux publics compte une fois."""
    return int(elements["element_id"].nunique())


def matrice(elements: pd.DataFrame) -> pd.DataFrame:
    """Le nombre d'éléments par public (lignes) et par case du plan (colonnes).

    Index : codes de `PUBLICS` ; colonnes : couples (colonne, rubrique) de `CASES`. Un élément
    qui vise deux publics compte dans deux lignes : la somme peut dépasser `compter`.
    """
    return pd.DataFrame(
        {
            case: {
                public: compter(filtrer(elements, public=public, colonne=case[0], rubrique=case[1]))
                for public in PUBLICS
            }
            for case in CASES
        }
    )


def doubles(plan: pd.DataFrame) -> dict[str, list[str]]:
    """Les éléments du plan qui figurent plusieurs fois : `{énoncé: [identifiants]}`."""
    groupes = plan.groupby("item", sort=False)["item_id"].agg(list)
    return {item: ids for item, ids in groupes.items() if len(ids) > 1}


@dataclass(frozen=True)
class Defi:
    """Un comptage à faire dans la matrice : sa réponse est calculée, jamais tapée."""

    question: str
    reponse: int
    lecture: str
    erreurs: dict[int, str] = field(default_factory=dict)


def defis(elements: pd.DataFrame) -> list[Defi]:
    """Les comptages proposés sur le plan de l'annexe 9, avec la lecture de chaque résultat."""
    plan = elements[elements["genre"] == "plan"]
    total = compter(plan)
    differents = plan["libelle"].nunique()
    nommes = compter(filtrer(plan, appui="nomme"))
    nouveaux = filtrer(plan, public="nouveaux_publics", colonne="creer_ou_developper")
    relais = filtrer(plan, public="partenaires")
    creer = filtrer(plan, colonne="creer_ou_developper")
    methodes = compter(filtrer(creer, rubrique="methodes"))
    autres = [
        compter(filtrer(plan, colonne=colonne, rubrique=rubrique))
        for colonne, rubrique in CASES
        if (colonne, rubrique) != ("creer_ou_developper", "methodes")
    ]
    return [
        Defi(
            "Combien d'éléments différents le plan contient-il ?",
            differents,
            f"{total} éléments imprimés, et tous sont différents."
            if total == differents
            else f"{total} éléments imprimés, mais {_figurent(total - differents)} dans les deux "
            "colonnes : à optimiser et à créer à la fois. Le sujet ne dit pas pourquoi ; ce sont "
            "peut-être les priorités.",
            {total: "vous avez compté deux fois ceux qui figurent dans les deux colonnes."},
        ),
        Defi(
            "Combien d'éléments du plan nomment leur public ?",
            nommes,
            f"{nommes} sur {total} : plus de la moitié n'en nomme aucun. Ajuster la communication "
            "à chaque cible est donc un vrai progrès à faire, et le plan le demande."
            if 2 * nommes < total
            else f"{nommes} sur {total} : la plupart disent à qui ils s'adressent. Le plan demande "
            "pourtant d'ajuster encore la communication à chaque cible.",
            {
                total - nommes: "vous avez compté ceux qui ne nomment aucun public.",
                int(filtrer(plan, appui="nomme").shape[0]): "un élément qui nomme deux publics "
                "compte une seule fois.",
            },
        ),
        Defi(
            "Combien d'éléments du plan s'appuient sur les partenaires et les institutions ?",
            compter(relais),
            "Les partenaires relaient, écrivent et reconnaissent le CERDD : ils sont un public et "
            "un moyen de communication. C'est déjà l'idée du Web 2.0.",
            {compter(filtrer(elements, public="partenaires", colonne="optimiser")): "vous n'avez "
             "compté que la colonne « à optimiser »."},
        ),
        Defi(
            "Combien d'éléments à créer ou développer visent des publics nouveaux ?",
            compter(nouveaux),
            "L'élargissement est voulu, et un public est cité en particulier : les jeunes.",
            {compter(filtrer(plan, public="nouveaux_publics")): "vous avez compté aussi la colonne "
             "« à optimiser »."},
        ),
        Defi(
            "Combien de méthodes sont à créer ou développer ?",
            methodes,
            "C'est la case la plus remplie du plan : le CERDD veut d'abord changer sa façon de "
            "communiquer, plus que son image."
            if methodes > max(autres)
            else "Une autre case du plan est au moins aussi remplie : les méthodes ne sont pas la "
            "seule priorité.",
            {compter(filtrer(plan, rubrique="methodes")): "vous avez compté les méthodes des deux "
             "colonnes."},
        ),
    ]  # fmt: skip


def _figurent(combien: int) -> str:
    return f"{combien} figure{'nt' * (combien > 1)}"


def verifier_defi(defi: Defi, saisie: object) -> Verdict:
    """Compare un nombre tapé à la réponse d'un défi ; ce qui ne se lit pas n'est pas une faute."""
    if a_completer(saisie):
        phrase = "Tapez un nombre : filtrez la matrice, puis comptez."
        return Verdict("communication", "a_completer", phrase)
    lecture = lire(saisie)
    if lecture.etat != "lu":
        etat = "a_completer" if lecture.etat == "vide" else lecture.etat
        return Verdict("communication", etat, lecture.phrase)
    if lecture.unite in ("eur", "part", "etp"):
        phrase = f"Lu : {lecture.ecrit}. Un nombre d'éléments est attendu, sans cette unité."
        return Verdict("communication", "unite", phrase)
    donnee = lecture.valeur
    if donnee == defi.reponse:
        phrase = f"{nombre(defi.reponse)}. {defi.lecture}"
        return Verdict("communication", "juste", phrase, donnee)
    conseil = defi.erreurs.get(donnee)
    phrase = (
        f"{nombre(donnee)} : {conseil}" if conseil
        else f"{nombre(donnee)} n'est pas le compte. Filtrez la matrice pour vérifier."
    )  # fmt: skip
    return Verdict("communication", "faux", phrase, donnee)


def lire_publics(elements: pd.DataFrame) -> str:
    """Ce que le plan dit de ses publics, en deux ou trois phrases ; voir `publics_nommes`."""
    plan = elements[elements["genre"] == "plan"]
    combien = "Moins" if 2 * compter(filtrer(plan, appui="nomme")) < compter(plan) else "Plus"
    debut = f"{combien} de la moitié des éléments du plan nomment leur public."
    places = plan.drop_duplicates("element_id").set_index("element_id")
    cible = places.loc[ELEMENT_CIBLE, "libelle"]
    colonnes = set(places.loc[places["libelle"] == cible, "colonne"])
    if len(colonnes) > 1:
        return (
            f"{debut} Le plan en est conscient : ajuster la communication à chaque cible y figure "
            "deux fois, dans les deux colonnes. Le sujet n'explique pas cette répétition."
        )
    return f"{debut} Le plan demande d'ajuster la communication à chaque cible."
