"""Dossier 4 : communication, Web 1.0 et 2.0, circulation de l'information, tableau de preuves.

Des fonctions pures sur les tableaux des annexes 8 à 11 et des documents complémentaires, ou sur
des nombres. Les classements (public visé, pour ou contre, partie du plan) sont des propositions
de la collection, rangées dans `data/corrige/` ; le modèle de réseau est le nôtre : le sujet ne
donne aucun chiffre sur les partenaires ni sur leurs contributions.
"""

from dataclasses import dataclass, field, replace

import pandas as pd

from .chargement import Donnees
from .coordination import heures
from .erreurs import ErreurCas
from .jugement import a_completer
from .nombres import lire, lire_nombre, nombre, pourcent
from .references import citer
from .verdict import Verdict

# --- La chaîne de l'information (question 4.1) ------------------------------------------

FONCTIONS = {
    "recueillir": "Recueillir",
    "traiter": "Traiter",
    "memoriser": "Mémoriser",
    "diffuser": "Diffuser",
}
GAINS = {
    "efficacite": "Efficacité : atteindre ses objectifs",
    "efficience": "Efficience : économiser ses moyens",
    "decision": "Décision : mieux choisir",
    "image": "Image : être connu et reconnu",
}


def missions_du_systeme(missions: pd.DataFrame, classement: pd.DataFrame) -> pd.DataFrame:
    """Les missions du plan et leur place dans la chaîne de l'information.

    `missions` : annexe 9, tableau `missions` ; `classement` : `corrige-information-missions`.
    Colonnes : celles des missions, puis `fonctions` et `gains` (listes de codes acceptés, le
    plus attendu d'abord), `explication_fonction`, `explication_gain`, `panne`.

    Lève `ErreurCas` si une mission n'est pas classée.
    """
    tableau = missions.merge(classement, on="ordre", how="outer")
    if len(tableau) != len(missions) or tableau[["mission", "fonctions"]].isna().any(axis=None):
        raise ErreurCas(
            "data/corrige/information_missions.csv ne correspond pas aux missions de l'annexe 9 : "
            "une ligne par mission est attendue."
        )
    for colonne in ("fonctions", "gains"):
        tableau[colonne] = tableau[colonne].str.split()
    return tableau


def missions_du_cas(donnees: Donnees) -> pd.DataFrame:
    """Les missions du sujet, rangées : voir `missions_du_systeme`."""
    return missions_du_systeme(
        donnees.annexe(9, "missions"), donnees.table("corrige-information-missions")
    )


def verifier_mission(mission: pd.Series, demande: str, choix: str | None) -> Verdict:
    """Corrige une case de la chaîne. `demande` : « fonctions » ou « gains » ; `choix` : un code."""
    if not choix:
        return Verdict("chaine", "a_completer", "À compléter.")
    explication = mission["explication_fonction" if demande == "fonctions" else "explication_gain"]
    if choix not in mission[demande]:
        return Verdict("chaine", "faux", "Ce n'est pas ce que nous attendons. " + (
            "Que devient l'information pendant cette mission ?" if demande == "fonctions"
            else "Si cette mission s'arrêtait, que perdrait le CERDD en premier ?"
        ))  # fmt: skip
    noms = FONCTIONS if demande == "fonctions" else GAINS
    autres = [noms[c].split(" :")[0].casefold() for c in mission[demande] if c != choix]
    aussi = f" Accepté aussi : {', '.join(autres)}." if autres else ""
    return Verdict("chaine", "juste", explication + aussi)


# --- La matrice de communication (question 4.2) -----------------------------------------

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


# --- Web 1.0 et Web 2.0 (question 4.3) --------------------------------------------------

GENERATIONS = ("1.0", "2.0")


def solution_comparaison(options: pd.DataFrame) -> dict[tuple[str, str], str]:
    """La bonne proposition de chaque case : `{(critere, génération): option_id}`.

    `options` : le tableau `corrige-web-comparaison`. Quand aucune proposition ne décrit une
    génération, la bonne est « L'annexe ne le dit pas ».
    """
    bonnes = {}
    for critere, groupe in options.groupby("critere", sort=False):
        ids = groupe.set_index("convient")["option_id"]
        for web in GENERATIONS:
            bonnes[critere, web] = ids[web] if web in ids.index else ids["silence"]
    return bonnes


def verifier_comparaison(
    options: pd.DataFrame, reponses: dict[tuple[str, str], str | None]
) -> pd.DataFrame:
    """Corrige une comparaison, case par case.

    `reponses` : `{(critere, génération): option_id}` ; une case absente, vide ou inconnue est
    laissée « à compléter ». Colonnes : `critere`, `libelle`, `web`, `option_id`, `option` et
    `verdict`, un `Verdict`.
    """
    bonnes = solution_comparaison(options)
    par_id = options.set_index("option_id", drop=False)
    lignes = []
    for (critere, web), bonne in bonnes.items():
        libelle = par_id.loc[bonne, "libelle"]
        choix = reponses.get((critere, web))
        if choix not in par_id.index or par_id.loc[choix, "critere"] != critere:
            verdict = Verdict("web", "a_completer", "À compléter.")
            lignes.append((critere, libelle, web, None, None, verdict))
            continue
        option = par_id.loc[choix]
        verdict = _commenter(option, par_id.loc[bonne])
        lignes.append((critere, libelle, web, choix, option["option"], verdict))
    return pd.DataFrame(
        lignes, columns=["critere", "libelle", "web", "option_id", "option", "verdict"]
    )


def _commenter(option: pd.Series, bonne: pd.Series) -> Verdict:
    """Ce que l'atelier répond à un choix : l'explication, ou une piste vers le bon paragraphe."""
    explication = option["explication"]
    if not pd.isna(option["reference"]):
        explication = f"{explication.removesuffix('.')} ({citer(option['reference'])})."
    if option["option_id"] == bonne["option_id"]:
        return Verdict("web", "juste", explication)
    if option["convient"] in GENERATIONS:
        explication = f"Cela décrit le Web {option['convient']}. {explication}"
    relire = None if bonne["convient"] == "silence" else bonne["reference"]
    return Verdict("web", "faux", explication, paragraphe=relire)


# --- La circulation de l'information (question 4.3) -------------------------------------

LIMITES_RESEAU = {
    # champ: (libellé, minimum, maximum)
    "partenaires": ("le nombre de partenaires", 2, 1000),
    "part_auteurs": ("la part d'auteurs", 0, 1),
    "contributions": ("les contributions de chaque auteur par semaine", 0, 10),
    "publications_cerdd": ("les publications du CERDD par semaine", 0, 20),
    "minutes_lecture": ("les minutes de lecture par contenu", 1, 60),
    "minutes_disponibles": ("les minutes de lecture disponibles par semaine", 0, 600),
    "part_utile": ("la part de contributions utiles", 0, 1),
    "minutes_tri": ("les minutes de tri par contribution", 0, 60),
}
HYPOTHESES_RESEAU = (
    "Une semaine de fonctionnement. Tous les nombres sont les nôtres : le sujet n'en donne aucun.",
    "Un vers plusieurs (Web 1.0) : le CERDD publie seul, chaque partenaire reçoit tout.",
    "Plusieurs vers plusieurs (Web 2.0) : le CERDD publie, une part des partenaires aussi, et "
    "chacun reçoit tout ce que les autres publient.",
    "Chaque partenaire lit dans l'ordre où les contenus arrivent, jusqu'à épuiser son temps de "
    "lecture : ce qui dépasse n'est pas lu. C'est la surcharge, ou infobésité.",
    "Les contenus du CERDD sont tous utiles ; ceux des partenaires ne le sont qu'en partie.",
    "Si le CERDD trie, il écarte toute contribution inutile, et ce tri lui coûte du temps.",
)
PARTENAIRES_DU_BLOG = "BT-179"  # un réseau réel, à comparer au modèle
UN_VERS_PLUSIEURS, PLUSIEURS_VERS_PLUSIEURS = "un_vers_plusieurs", "plusieurs_vers_plusieurs"
MODES = {
    UN_VERS_PLUSIEURS: "Un vers plusieurs (Web 1.0)",
    PLUSIEURS_VERS_PLUSIEURS: "Plusieurs vers plusieurs (Web 2.0)",
}


@dataclass(frozen=True)
class Reseau:
    """Un réseau de partenaires autour du CERDD, pendant une semaine (modèle de la collection).

    - `partenaires` (personnes ou organisations, 2 à 1 000) ;
    - `part_auteurs` (part) : les partenaires qui publient, arrondis au nombre entier ;
    - `contributions` et `publications_cerdd` (contenus par semaine) ;
    - `minutes_lecture` (minutes par contenu), `minutes_disponibles` (minutes par semaine) ;
    - `part_utile` (part) : les contributions de partenaires qui méritent d'être lues ;
    - `tri` : le CERDD écarte les autres, en `minutes_tri` (minutes par contribution).

    Lève `ErreurCas` si une valeur n'est pas un nombre ou sort de ses limites.
    """

    partenaires: int = 40
    part_auteurs: float = 0.10
    contributions: float = 1.0
    publications_cerdd: float = 3.0
    minutes_lecture: float = 5.0
    minutes_disponibles: float = 60.0
    part_utile: float = 0.6
    tri: bool = False
    minutes_tri: float = 5.0

    def __post_init__(self):
        for champ, (libelle, minimum, maximum) in LIMITES_RESEAU.items():
            try:
                valeur = lire_nombre(getattr(self, champ))
            except ErreurCas as erreur:
                raise ErreurCas(f"{champ}, {libelle} : {erreur}") from None
            if not minimum <= valeur <= maximum:
                raise ErreurCas(
                    f"{champ}, {libelle}, vaut {nombre(valeur)} ; une valeur de {nombre(minimum)} "
                    f"à {nombre(maximum)} est attendue."
                )
            if champ == "partenaires":
                if valeur != int(valeur):
                    raise ErreurCas(f"{champ}, {libelle} : un nombre entier est attendu.")
                valeur = int(valeur)
            object.__setattr__(self, champ, valeur)

    @property
    def auteurs(self) -> int:
        """Le nombre de partenaires qui publient, au plus proche (une moitié compte pour un)."""
        return int(self.partenaires * self.part_auteurs + 0.5 + 1e-9)

    @property
    def capacite(self) -> float:
        """Le nombre de contenus qu'un partenaire a le temps de lire dans la semaine."""
        return self.minutes_disponibles / self.minutes_lecture


@dataclass(frozen=True)
class Circulation:
    """Ce qui circule en une semaine, dans un mode donné ; voir `circuler`."""

    mode: str
    liens: int
    """Relations possibles : du CERDD vers chacun, ou entre deux membres quelconques."""
    auteurs: int
    """Ceux qui publient, CERDD compris."""
    contenus: float
    """Contenus publiés par semaine, avant tri."""
    recus: float
    """Contenus qu'un partenaire qui n'écrit pas reçoit par semaine, après tri."""
    lus: float
    """Contenus qu'il a le temps de lire."""
    utiles_lus: float
    """Parmi eux, contenus utiles."""
    lectures_possibles: float
    """Portée : un contenu, lu par un partenaire ou par le CERDD, compte pour une lecture."""
    minutes_demandees: float
    """Minutes qu'il faudrait à ce partenaire pour tout lire."""
    minutes_de_tri: float
    """Minutes que le tri coûte au CERDD par semaine."""

    partenaires: int
    """Partenaires du réseau, sans le CERDD."""

    @property
    def lecteurs_du_cerdd(self) -> float:
        """Partenaires qui lisent, en moyenne, un contenu publié par le CERDD."""
        return self.part_lue * self.partenaires

    @property
    def part_lue(self) -> float:
        """La part des contenus reçus qui est lue (1 si rien n'arrive)."""
        return self.lus / self.recus if self.recus else 1.0

    @property
    def surcharge(self) -> bool:
        """Vrai si le partenaire reçoit plus qu'il ne peut lire."""
        return self.recus > self.lus + 1e-9


def circuler(reseau: Reseau, mode: str) -> Circulation:
    """Fait circuler l'information pendant une semaine, dans l'un des deux `MODES`.

    Un vers plusieurs, n partenaires : n liens, tous partant du CERDD. Plusieurs vers plusieurs :
    n + 1 membres, donc n (n + 1) / 2 relations possibles. Chaque contenu a n lecteurs possibles,
    tous les membres sauf son auteur.

    Lève `ErreurCas` si le mode est inconnu.
    """
    if mode not in MODES:
        raise ErreurCas(f"« {mode} » n'est pas un mode. Choisissez : {', '.join(MODES)}.")
    n = reseau.partenaires
    collectif = mode == PLUSIEURS_VERS_PLUSIEURS
    auteurs = reseau.auteurs if collectif else 0
    contributions = auteurs * reseau.contributions
    utiles = contributions * reseau.part_utile
    contenus = reseau.publications_cerdd + contributions
    recus = reseau.publications_cerdd + (utiles if reseau.tri else contributions)
    lus = min(recus, reseau.capacite)
    # Sans tri, l'utile et l'inutile arrivent mêlés : on en lit dans la même proportion.
    part_utile = (reseau.publications_cerdd + utiles) / recus if recus else 0.0
    return Circulation(
        mode=mode,
        liens=n * (n + 1) // 2 if collectif else n,
        auteurs=auteurs + 1,
        contenus=contenus,
        recus=recus,
        lus=lus,
        utiles_lus=lus * part_utile,
        lectures_possibles=recus * n,
        minutes_demandees=recus * reseau.minutes_lecture,
        minutes_de_tri=contributions * reseau.minutes_tri if reseau.tri else 0.0,
        partenaires=n,
    )


def auteurs_avant_surcharge(reseau: Reseau) -> int | None:
    """Le plus petit nombre d'auteurs partenaires qui provoque la surcharge.

    None si elle n'arrive jamais, même quand tous les partenaires publient.
    """
    for auteurs in range(reseau.partenaires + 1):
        essai = replace(reseau, part_auteurs=auteurs / reseau.partenaires)
        if circuler(essai, PLUSIEURS_VERS_PLUSIEURS).surcharge:
            return auteurs
    return None


def balayer_auteurs(reseau: Reseau) -> pd.DataFrame:
    """Ce que reçoit et lit un partenaire, de zéro auteur à tous les partenaires.

    Colonnes : `auteurs` (partenaires qui publient), `part_auteurs` (part), `recus`, `lus`,
    `utiles_lus` (contenus par semaine).
    """
    lignes = []
    for auteurs in range(reseau.partenaires + 1):
        part = auteurs / reseau.partenaires
        c = circuler(replace(reseau, part_auteurs=part), PLUSIEURS_VERS_PLUSIEURS)
        lignes.append((auteurs, part, c.recus, c.lus, c.utiles_lus))
    return pd.DataFrame(lignes, columns=["auteurs", "part_auteurs", "recus", "lus", "utiles_lus"])


def essais_reseau(depart: Reseau | None = None) -> pd.DataFrame:
    """Quelques réglages à comparer, une ligne par essai, dans le Web 2.0 sauf le premier.

    Colonnes : `essai`, `recus`, `lus`, `utiles_lus` (contenus par partenaire et par semaine),
    `lecteurs` (partenaires qui lisent un contenu du CERDD), `tri` (durée, en texte).
    """
    r = depart or Reseau()
    moitie, tous = replace(r, part_auteurs=0.5), replace(r, part_auteurs=1)
    lignes = []
    for essai, reseau, mode in (
        ("Web 1.0", r, UN_VERS_PLUSIEURS),
        ("Web 2.0 sans auteurs", replace(r, part_auteurs=0), PLUSIEURS_VERS_PLUSIEURS),
        (f"Web 2.0, {pourcent(r.part_auteurs, 0)} d'auteurs", r, PLUSIEURS_VERS_PLUSIEURS),
        ("Web 2.0, la moitié d'auteurs", moitie, PLUSIEURS_VERS_PLUSIEURS),
        ("Web 2.0, tous auteurs", tous, PLUSIEURS_VERS_PLUSIEURS),
        ("Tous auteurs, et le CERDD trie", replace(tous, tri=True), PLUSIEURS_VERS_PLUSIEURS),
    ):
        c = circuler(reseau, mode)
        lignes.append((essai, round(c.recus, 1), round(c.lus, 1), round(c.utiles_lus, 1),
                       round(c.lecteurs_du_cerdd), heures(c.minutes_de_tri / 60)))  # fmt: skip
    colonnes = ["essai", "recus", "lus", "utiles_lus", "lecteurs", "tri"]
    return pd.DataFrame(lignes, columns=colonnes)


def lire_reseau(reseau: Reseau) -> str:
    """Une ou deux phrases qui lisent la simulation : ce que l'on gagne, ce que l'on perd."""
    avant = circuler(reseau, UN_VERS_PLUSIEURS)
    apres = circuler(reseau, PLUSIEURS_VERS_PLUSIEURS)
    gain = apres.utiles_lus - avant.utiles_lus
    if apres.auteurs == 1:
        return (
            "Aucun partenaire n'écrit : l'outil est ouvert à tous, mais rien ne change. "
            "Un Web 2.0 sans auteurs reste un Web 1.0."
        )
    if abs(gain) < 0.05:
        bilan = "Chaque partenaire lit à peu près autant de contenus utiles qu'avec le Web 1.0"
    else:
        mot = "de plus" if gain > 0 else "de moins"
        bilan = (
            f"Chaque partenaire lit {_contenus(abs(gain))} utile{'s' * (abs(gain) >= 2)} {mot} "
            "par semaine qu'avec le Web 1.0"
        )
    if apres.surcharge:
        suite = (
            f", mais il ne lit que {pourcent(apres.part_lue, 0)} de ce qu'il reçoit : "
            "c'est l'infobésité."
        )
    else:
        suite = ", et il a le temps de tout lire."
    tri = (
        f" Trier coûte au CERDD {heures(apres.minutes_de_tri / 60)} par semaine."
        if reseau.tri
        else ""
    )
    return bilan + suite + tri


def _contenus(valeur: float) -> str:
    return f"{nombre(round(valeur, 1))} contenu{'s' * (valeur >= 2)}"


# --- Le tableau de preuves (question 4.3) -----------------------------------------------

PARTIES = {
    "constat": "Ce qui change avec le Web 2.0",
    "apports": "Ce qu'il apporte à l'intelligence collective",
    "limites": "Ses limites",
    "conditions": "Les conditions pour réussir",
}
PARTIE_PAR_DEFAUT = {"pour": "apports", "contre": "limites"}
LIMITES_ATTENDUES = {
    "infobesite": "trop d'informations (infobésité)",
    "qualite": "qualité inégale",
    "auteurs": "peu d'auteurs",
    "accessibilite": "accessibilité",
    "donnees": "protection des données",
}
DOCUMENTS = {
    "culture_numerique": "Culture numérique",
    "marketing_relationnel": "Marketing relationnel",
    "blog_tic_pme": "Blog de 2008",
    "marques_et_collaboration": "Marques et collaboration",
}
PERSO = "PERSO-"


def preuves(donnees: Donnees) -> pd.DataFrame:
    """Tous les faits que l'on peut invoquer pour la question 4.3, une ligne par fait.

    Colonnes : `preuve_id` ; `source` (l'annexe ou le document, pour un lecteur) ; `reference`
    (source et paragraphe) ; `texte` ; `sens` (pour, contre, neutre, ou <NA> : non classé) ;
    `partie` (code de `PARTIES`, ou <NA>) ; `limites` (codes de `LIMITES_ATTENDUES`, séparés par
    une espace) ; `explication` ; `selection` (vrai pour les faits que la collection conseille).
    """
    lignes = [
        *_preuves_des_annexes_8_a_11(donnees),
        *_faits(donnees, ("introduction", "Introduction"), (1, "Annexe 1"), (7, "Annexe 7")),
        *_preuves_des_documents(donnees),
    ]
    tableau = pd.DataFrame(
        lignes, columns=["preuve_id", "source", "reference", "texte", "sens", "explication"]
    ).astype({"sens": "str"})
    choisies = donnees.table("corrige-arguments")
    inconnues = sorted(set(choisies["preuve_id"]) - set(tableau["preuve_id"]))
    if inconnues:
        raise ErreurCas(
            "data/corrige/arguments.csv cite des faits qui n'existent pas : "
            f"{', '.join(inconnues)}. Corrigez la colonne preuve_id."
        )
    fusion = tableau.merge(choisies, on="preuve_id", how="left", suffixes=("", "_choisi"))
    tableau["sens"] = fusion["sens_choisi"].fillna(fusion["sens"])
    tableau["explication"] = fusion["explication_choisi"].fillna(fusion["explication"])
    tableau["partie"] = fusion["partie"]
    tableau["limites"] = fusion["limites"].fillna("")
    tableau["selection"] = fusion["partie"].notna()
    return tableau


def _faits(donnees: Donnees, *annexes: tuple[int | str, str]):
    for numero, nom in annexes:
        for f in donnees.annexe(numero).itertuples():
            yield f.fait_id, nom, _ou(nom, f), f.fait, None, None


def _preuves_des_annexes_8_a_11(donnees: Donnees):
    yield from _faits(donnees, (8, "Annexe 8"))
    for s in donnees.annexe(8, "supports").itertuples():
        texte = f"Support prioritaire : {_minuscule(s.support)} — {s.contenu}"
        yield f"A8-S{s.ordre}", "Annexe 8", _ou("Annexe 8", s), texte, None, None
    for e in donnees.annexe(9).itertuples():
        texte = f"{COLONNES[e.colonne]}, {RUBRIQUES[e.rubrique].casefold()} — {e.item}."
        yield e.item_id, "Annexe 9", _ou("Annexe 9, plan", e), texte, None, None
    for m in donnees.annexe(9, "missions").itertuples():
        texte = f"Mission à développer : {_minuscule(m.mission)} — {m.specificites}."
        yield f"A9-M{m.ordre}", "Annexe 9", _ou("Annexe 9, missions", m), texte, None, None
    for u in donnees.annexe(10).itertuples():
        yield f"A10-{u.ordre:02d}", "Annexe 10", _ou("Annexe 10", u), u.description, None, None
    yield from _faits(donnees, (11, "Annexe 11"))
    for t in donnees.annexe(11, "web_2_0").itertuples():
        texte = f"Le Web 2.0, {_minuscule(t.libelle)} — {t.contenu}"
        yield f"A11-T{t.ordre:02d}", "Annexe 11", _ou("Annexe 11, tableau", t), texte, None, None


def _preuves_des_documents(donnees: Donnees):
    nom = DOCUMENTS["culture_numerique"]
    for p in donnees.document("culture_numerique").itertuples():
        yield (f"CN-P{p.numero}", nom, _ou(nom, p), f"Proposition {p.numero} — {p.idee}.",
               None, f"Pour le CERDD, nous imaginons : {_minuscule(p.pour_le_cerdd)}.")  # fmt: skip
    for i, e in enumerate(donnees.document("culture_numerique", "enquete").itertuples(), 1):
        part = f"{nombre(e.part * 100)}\u202f%"
        texte = f"Enquête auprès de jeunes pousses — {e.reponse} : {part}."
        yield f"CN-E{i}", nom, _ou(nom, e), texte, None, None
    for table in ("faits", "obstacles"):
        for f in donnees.document("culture_numerique", table).itertuples():
            yield f.fait_id, nom, _ou(nom, f), f.fait, f.pour_ou_contre, None
    nom = DOCUMENTS["marketing_relationnel"]
    for f in donnees.document("marketing_relationnel", "faits").itertuples():
        yield f.fait_id, nom, _ou(nom, f), f.fait, f.pour_ou_contre, None
    for c in donnees.document("marketing_relationnel", "cluetrain").itertuples():
        yield (f"MR-C{c.numero}", nom, _ou(nom, c), f"{c.idee}.", None,
               f"Pour le CERDD, nous imaginons : {_minuscule(c.portee)}.")  # fmt: skip
    nom = DOCUMENTS["marques_et_collaboration"]
    for f in donnees.document("marques_et_collaboration").itertuples():
        yield f.fait_id, nom, _ou(nom, f), f.fait, f.pour_ou_contre, None
    exemples = donnees.document("marques_et_collaboration", "exemples")
    for i, e in enumerate(exemples.itertuples(), 1):
        texte = f"Exemple — {e.exemple} : {_minuscule(e.apport)}."
        yield f"MC-E{i:02d}", nom, _ou(nom, e), texte, None, None
    nom = DOCUMENTS["blog_tic_pme"]
    for f in donnees.document("blog_tic_pme").itertuples():
        yield f.fait_id, nom, _ou(nom, f), f.fait, f.pour_ou_contre, None


def _ou(nom: str, ligne) -> str:
    return f"{nom}, §\u00a0{ligne.paragraphe}"


def _minuscule(texte: str) -> str:
    """La première lettre en minuscule, sauf au début d'un sigle ou d'un nom propre évident."""
    premier = texte.split(" ", 1)[0]
    return texte if premier.isupper() and len(premier) > 1 else texte[:1].lower() + texte[1:]


# Un choix est un dictionnaire : `preuve` (preuve_id, ou PERSO-n pour un argument personnel),
# `sens` (pour ou contre), `partie` (code de PARTIES), `note`, `texte` (argument personnel) et
# `cote` (vrai : mis de côté, hors du plan mais jamais perdu).


def lire_choix(brut: object) -> list[dict]:
    """Les choix gardés dans le suivi, débarrassés de ce qui serait illisible ; [] si rien."""
    lus: dict[str, dict] = {}
    for c in brut if isinstance(brut, list) else []:
        if not isinstance(c, dict):
            continue
        preuve, sens, partie = (str(c.get(cle, "")) for cle in ("preuve", "sens", "partie"))
        if sens not in PARTIE_PAR_DEFAUT:
            continue
        if preuve.startswith(PERSO) and not preuve.removeprefix(PERSO).isdecimal():
            continue
        if preuve and partie in PARTIES:
            lus[preuve] = {"preuve": preuve, "sens": sens, "partie": partie,
                           "note": str(c.get("note", "")), "texte": str(c.get("texte", "")),
                           "cote": bool(c.get("cote"))}  # fmt: skip
    return list(lus.values())


def choisir(choix: list[dict], preuve: str, sens: str, partie: str | None = None) -> list[dict]:
    """Ajoute une preuve au plan, ou change le sens d'une preuve déjà choisie (note gardée)."""
    if sens not in PARTIE_PAR_DEFAUT:
        raise ErreurCas(f"« {sens} » n'est pas un sens. Choisissez : pour ou contre.")
    ancien = next((c for c in choix if c["preuve"] == preuve), None)
    if ancien is None:
        nouveau = {"preuve": preuve, "sens": sens, "partie": partie or PARTIE_PAR_DEFAUT[sens],
                   "note": "", "texte": "", "cote": False}  # fmt: skip
        return [*choix, nouveau]
    change = {**ancien, "sens": sens, "cote": False}
    if ancien["sens"] != sens or partie:
        change["partie"] = partie or PARTIE_PAR_DEFAUT[sens]
    return [change if c is ancien else c for c in choix]


def ajouter_personnel(choix: list[dict], texte: str, sens: str) -> list[dict]:
    """Ajoute un argument écrit par l'élève : une connaissance générale, sans annexe."""
    propre = " ".join(texte.split())
    if not propre:
        raise ErreurCas("L'argument est vide. Écrivez une phrase, puis ajoutez-la.")
    rangs = [int(c["preuve"].removeprefix(PERSO)) for c in choix if c["preuve"].startswith(PERSO)]
    identifiant = f"{PERSO}{max(rangs, default=0) + 1}"
    nouveau = choisir(choix, identifiant, sens)
    nouveau[-1]["texte"] = propre
    return nouveau


def modifier(choix: list[dict], preuve: str, **changements) -> list[dict]:
    """Change la note, la partie ou le sens d'un choix, ou le met de côté (`cote=True`)."""
    permis = {"note", "partie", "cote", "texte"}
    if not set(changements) <= permis:
        raise ErreurCas(f"On ne peut changer que : {', '.join(sorted(permis))}.")
    if changements.get("partie", "constat") not in PARTIES:
        raise ErreurCas(f"Partie inconnue. Choisissez : {', '.join(PARTIES)}.")
    return [{**c, **changements} if c["preuve"] == preuve else c for c in choix]


def deplacer(choix: list[dict], preuve: str, pas: int) -> list[dict]:
    """Fait monter (−1) ou descendre (+1) un choix parmi ceux de sa partie ; rien ne se perd."""
    rang = next((i for i, c in enumerate(choix) if c["preuve"] == preuve), None)
    if rang is None:
        return list(choix)
    voisins = [
        i for i, c in enumerate(choix) if c["partie"] == choix[rang]["partie"] and not c["cote"]
    ]
    if rang not in voisins:
        return list(choix)
    place = voisins.index(rang) + pas
    if not 0 <= place < len(voisins):
        return list(choix)
    autre = voisins[place]
    nouveau = list(choix)
    nouveau[rang], nouveau[autre] = nouveau[autre], nouveau[rang]
    return nouveau


def texte_du_choix(choix: dict, tableau: pd.DataFrame) -> tuple[str, str]:
    """Le texte et la référence d'un choix : ceux du fait, ou « connaissance générale »."""
    if choix["preuve"].startswith(PERSO):
        return choix["texte"], "connaissance générale, absente du sujet"
    lignes = tableau[tableau["preuve_id"] == choix["preuve"]]
    if lignes.empty:  # un choix ancien, dont le fait a changé de nom : on ne le perd pas
        return choix["texte"] or f"Fait {choix['preuve']}", "référence introuvable"
    return lignes.iloc[0]["texte"], lignes.iloc[0]["reference"]


def plan_texte(choix: list[dict], tableau: pd.DataFrame) -> str:
    """Le plan de la réponse à la question 4.3, en texte simple, prêt à copier.

    `tableau` : celui de `preuves`. Chaque argument porte son sens, sa référence et sa note ;
    les parties vides restent, pour rappeler ce qui manque ; ce qui est mis de côté suit.
    """
    lignes = ["PLAN — Question 4.3 : le Web 2.0 au service de l'intelligence collective", ""]
    lignes += ["Introduction : définir le Web 2.0 et l'intelligence collective.", ""]
    for rang, (code, titre) in enumerate(PARTIES.items(), start=1):
        lignes.append(f"{rang}. {titre}")
        dedans = [c for c in choix if c["partie"] == code and not c["cote"]]
        if not dedans:
            lignes.append("   (rien pour l'instant)")
        for c in dedans:
            texte, reference = texte_du_choix(c, tableau)
            signe = "+" if c["sens"] == "pour" else "−"
            lignes.append(f"   {signe} {texte} ({reference[:1].lower() + reference[1:]})")
            if c["note"].strip():
                lignes.append(f"     Ma note : {' '.join(c['note'].split())}")
        lignes.append("")
    lignes.append("Conclusion : prendre position, sous quelles conditions.")
    cote = [c for c in choix if c["cote"]]
    if cote:
        lignes += ["", "Mis de côté :"]
        for c in cote:
            texte, reference = texte_du_choix(c, tableau)
            lignes.append(f"   · {texte} ({reference[:1].lower() + reference[1:]})")
    return "\n".join(lignes) + "\n"


def relire_plan(choix: list[dict], tableau: pd.DataFrame) -> list[Verdict]:
    """Ce que la collection remarque dans un plan : équilibre, sources, limites, désaccords.

    Un désaccord sur le sens d'un fait n'est pas une faute : il est signalé (`presque`) pour en
    discuter.
    """
    gardes = [c for c in choix if not c["cote"]]
    if not gardes:
        phrase = "Aucun argument choisi : lisez un fait, puis pressez Pour ou Contre."
        return [Verdict("arguments", "a_completer", phrase)]
    pour = sum(c["sens"] == "pour" for c in gardes)
    contre = len(gardes) - pour
    retours = [
        _constat(
            pour > 0 and contre > 0,
            f"{_compte(pour, 'argument')} pour, {_compte(contre, 'argument')} contre"
            + (
                " : justifier, c'est aussi montrer les limites."
                if not contre
                else " : il manque de quoi justifier le recours."
                if not pour
                else " : les deux côtés sont là."
            ),
        )
    ]
    par_id = tableau.set_index("preuve_id")
    connus = [c for c in gardes if c["preuve"] in par_id.index]
    annexes = {par_id.loc[c["preuve"], "source"] for c in connus}
    manquantes = [f"annexe {n}" for n in (9, 10, 11) if f"Annexe {n}" not in annexes]
    if manquantes:
        retours.append(_constat(False, f"Rien encore : {', '.join(manquantes)}."))
    else:
        retours.append(_constat(True, "Les annexes 9, 10 et 11 sont toutes citées."))
    vues = {
        code
        for c in connus
        if c["sens"] == "contre" or c["partie"] in ("limites", "conditions")
        for code in par_id.loc[c["preuve"], "limites"].split()
    }
    personnels = " ".join(c["texte"].casefold() for c in gardes if c["preuve"].startswith(PERSO))
    if any(mot in personnels for mot in ("donnée", "rgpd", "vie privée", "personnel")):
        vues.add("donnees")
    reste = [nom for code, nom in LIMITES_ATTENDUES.items() if code not in vues]
    total = len(LIMITES_ATTENDUES)
    retours.append(
        _constat(
            not reste,
            f"Limites présentes : {total - len(reste)} sur {total}"
            + (f" ; à chercher : {', '.join(reste)}." if reste else "."),
        )
    )
    vides = [
        titre for code, titre in PARTIES.items() if not any(c["partie"] == code for c in gardes)
    ]
    if vides:
        retours.append(_constat(False, f"Partie vide : {' ; '.join(vides)}."))
    for c in connus:
        ligne = par_id.loc[c["preuve"]]
        propose = ligne["sens"]
        if propose in ("pour", "contre") and propose != c["sens"]:
            raison = "" if pd.isna(ligne["explication"]) else f" {ligne['explication']}"
            retours.append(
                Verdict(
                    "arguments",
                    "presque",
                    f"À discuter : « {ligne['texte']} » Vous le rangez « {c['sens']} » ; la "
                    f"collection le lirait « {propose} ».{raison}",
                )
            )
    return retours


def _constat(tenu: bool, phrase: str) -> Verdict:
    return Verdict("arguments", "juste" if tenu else "faux", phrase)


def _compte(valeur: int, mot: str) -> str:
    return f"{valeur} {mot}{'s' * (valeur >= 2)}"
