"""Dossier 3 : cohérence de l'organisation, coordination et taille, culture.

Des fonctions pures sur les annexes 2 et 7, l'introduction et les exercices de `data/corrige/`.
Les règles de cohérence et le rangement des faits sont des données, et des jugements de la
collection : le sujet ne donne ni barème ni réponse. Unités : `personnes`, `heures`, `part` (0 à 1).
"""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

import pandas as pd

from .chargement import Donnees
from .contexte import EMBAUCHES, SALARIES, TEMPS_PLEINS, etp_initial
from .erreurs import ErreurHypothese
from .nombres import lire_nombre, nombre, pourcent
from .verdict import Verdict

# --- Les faits, d'où qu'ils viennent ----------------------------------------------------


def faits_cites(donnees: Donnees) -> pd.DataFrame:
    """Les faits de l'introduction et des annexes 1, 2 et 7, par identifiant.

    Index : `fait_id` (« INT-51 », « A7-16 » ; pour une ligne de l'annexe 2, « A2: » et son
    code). Colonnes : `lieu` (« annexe 7, § 2 »), `fait`, `valeur`.
    """
    blocs = []
    for annexe in ("introduction", 1, 7):
        nom = annexe if annexe == "introduction" else f"annexe {annexe}"
        table = donnees.annexe(annexe)[["fait_id", "paragraphe", "fait", "valeur"]]
        blocs.append(table.assign(lieu=[f"{nom}, §\u00a0{p}" for p in table["paragraphe"]]))
    organes = donnees.annexe(2)
    parents = organes["rattachement"].map(organes.set_index("code")["libelle"])
    statuts = organes["statut_information"].map({"enonce": "énoncé", "deduit": "déduit"})
    blocs.append(
        pd.DataFrame(
            {
                "fait_id": "A2:" + organes["code"],
                "fait": organes["libelle"]
                + parents.map(lambda p: f" : rattachement à « {p} »", na_action="ignore").fillna("")
                + (" (" + statuts + ")."),
                "valeur": organes["effectif"].astype("float64"),
                "lieu": "annexe 2, reconstituée d'après " + organes["source"],
            }
        )
    )
    tableau = pd.concat(blocs, ignore_index=True).set_index("fait_id")
    return tableau[["lieu", "fait", "valeur"]]


def _joindre(table: pd.DataFrame, faits: pd.DataFrame) -> pd.DataFrame:
    """Ajoute `lieu` et `fait` à un tableau d'exercice."""
    return table.join(faits[["lieu", "fait"]], on="fait_id")


# --- La cohérence (question 3.1) --------------------------------------------------------

DIMENSIONS = {
    "structure": "Structure",
    "mecanisme": "Mécanisme de coordination",
    "decision": "Système de décision",
}
COUPLES = tuple(itertools.combinations(DIMENSIONS, 2))
# Notre convention : un choix est appuyé (ou contredit) quand les faits d'un côté sont au moins
# deux fois plus nombreux que ceux de l'autre.
NETTETE = 2
TENUES = {
    "forte": "Les trois choix se renforcent : l'ensemble est cohérent.",
    "souple": "Aucune tension, mais tout ne se renforce pas : l'ensemble tient, avec du jeu.",
    "tendue": "Une tension au moins : l'ensemble tire dans deux sens.",
}


@dataclass(frozen=True)
class Assemblage:
    """Une structure, un mécanisme et un mode de décision, confrontés aux règles et aux faits."""

    choix: dict[str, str]
    """Le code de l'option retenue dans chaque dimension."""
    libelles: dict[str, str]
    """Le nom de l'option retenue dans chaque dimension."""
    liens: pd.DataFrame
    """Les trois couples : `dimension_a, dimension_b, accord, explication`."""
    indices: pd.DataFrame
    """Les faits confrontés : `dimension, fait_id, sens, lecture, lieu, fait`."""
    soutien: pd.DataFrame
    """Par dimension : `pour`, `contre` (nombre de faits) et `jugement`."""

    @property
    def tenue(self) -> str:
        """« forte », « souple » ou « tendue » : les trois choix vont-ils ensemble ?"""
        accords = set(self.liens["accord"])
        if "tension" in accords:
            return "tendue"
        return "forte" if accords == {"renforce"} else "souple"

    @property
    def appui(self) -> str:
        """« appuyé », « partagé » ou « contredit » : est-ce ce que disent les faits ?"""
        jugements = set(self.soutien["jugement"])
        if "contredit" in jugements:
            return "contredit"
        return "partagé" if "partagé" in jugements else "appuyé"

    @property
    def conclusion(self) -> str:
        """Deux phrases : la cohérence, puis les faits."""
        return f"{TENUES[self.tenue]} {self._ce_que_disent_les_faits()}"

    def _ce_que_disent_les_faits(self) -> str:
        if self.appui == "appuyé":
            return "Et les faits appuient chacun des trois choix."
        par_jugement = {
            jugement: [self.libelles[d] for d in groupe.index]
            for jugement, groupe in self.soutien.groupby("jugement")
        }
        debut = "Mais ce n'est pas le CERDD" if self.tenue == "forte" else "Au CERDD"
        if self.appui == "contredit":
            return f"{debut} : les faits contredisent {_lister(par_jugement['contredit'])}."
        return f"Au CERDD, les faits sont partagés sur {_lister(par_jugement['partagé'])}."


class Coherence:
    """Les options, les faits et les règles de l'atelier de cohérence, lus une fois.

    Les structures et les mécanismes viennent de la typologie de Mintzberg, les styles de
    décision de celle de Likert. Lève `ErreurDonnees` si un tableau est abîmé.
    """

    def __init__(self, donnees: Donnees):
        self.options = donnees.table("corrige-coherence-options").sort_values(
            ["dimension", "rang"], ignore_index=True
        )
        self.indices = _joindre(donnees.table("corrige-coherence-indices"), faits_cites(donnees))
        self.regles = donnees.table("corrige-coherence-regles").set_index(["option_a", "option_b"])

    def choix_possibles(self, dimension: str) -> pd.DataFrame:
        """Les options d'une dimension : `option, libelle, definition`, dans l'ordre."""
        if dimension not in DIMENSIONS:
            raise ErreurHypothese(
                f"« {dimension} » n'est pas une dimension. Choisissez : {', '.join(DIMENSIONS)}."
            )
        lignes = self.options[self.options["dimension"] == dimension]
        return lignes[["option", "libelle", "definition"]].reset_index(drop=True)

    def evaluer(self, structure: str, mecanisme: str, decision: str) -> Assemblage:
        """Confronte trois choix aux règles de cohérence et aux faits du sujet.

        Lève `ErreurHypothese` si une option n'existe pas.
        """
        choix = {"structure": structure, "mecanisme": mecanisme, "decision": decision}
        libelles = {}
        for dimension, option in choix.items():
            possibles = self.choix_possibles(dimension).set_index("option")["libelle"]
            if option not in possibles:
                raise ErreurHypothese(
                    f"« {option} » n'est pas une option ({DIMENSIONS[dimension].lower()}). "
                    f"Choisissez : {', '.join(possibles.index)}."
                )
            libelles[dimension] = possibles[option]
        liens = pd.DataFrame(
            [
                (a, b, *self.regles.loc[(choix[a], choix[b]), ["accord", "explication"]])
                for a, b in COUPLES
            ],
            columns=["dimension_a", "dimension_b", "accord", "explication"],
        )
        retenus = self.indices[self.indices["option"].isin(choix.values())]
        compte = pd.crosstab(retenus["dimension"], retenus["sens"]).reindex(
            index=list(DIMENSIONS), columns=["pour", "contre"], fill_value=0
        )
        compte["jugement"] = [juger(p, c) for p, c in compte[["pour", "contre"]].to_numpy()]
        colonnes = ["dimension", "fait_id", "sens", "lecture", "lieu", "fait"]
        return Assemblage(choix, libelles, liens, retenus[colonnes].reset_index(drop=True), compte)

    def tous(self) -> pd.DataFrame:
        """Tous les assemblages possibles : les trois options, `tenue` et `appui`."""
        listes = [self.choix_possibles(d)["option"] for d in DIMENSIONS]
        lignes = []
        for choix in itertools.product(*listes):
            assemblage = self.evaluer(*choix)
            lignes.append((*choix, assemblage.tenue, assemblage.appui))
        return pd.DataFrame(lignes, columns=[*DIMENSIONS, "tenue", "appui"])


def assemblages_coherents(donnees: Donnees) -> pd.DataFrame:
    """Les assemblages dont les trois choix se renforcent, en toutes lettres.

    Colonnes : `structure, mecanisme, decision` (libellés) et `appui` (« appuyé », « partagé »,
    « contredit »), ce qu'en disent les faits.
    """
    modele = Coherence(donnees)
    noms = modele.options.set_index("option")["libelle"]
    tous = modele.tous()
    forts = tous[tous["tenue"] == "forte"].drop(columns="tenue").reset_index(drop=True)
    return forts.assign(**{d: forts[d].map(noms) for d in DIMENSIONS})


def _lister(noms: list[str]) -> str:
    """« A », « B » et « C »."""
    *debut, dernier = (f"« {nom} »" for nom in noms)
    return f"{', '.join(debut)} et {dernier}" if debut else dernier


def juger(pour: int, contre: int) -> str:
    """« appuyé », « contredit » ou « partagé », selon la convention `NETTETE`.

    Compter des faits n'est pas prouver : tous ne pèsent pas autant.
    """
    if pour >= NETTETE * contre and pour > 0:
        return "appuyé"
    if contre >= NETTETE * pour and contre > 0:
        return "contredit"
    return "partagé"


# --- La taille et la communication (question 3.1) ---------------------------------------

SEMAINE = 35.0  # heures ; durée légale du travail en France, hypothèse pour tous les salariés
EFFECTIF_MAXIMAL = 1000
EFFECTIF_EXCLU = "A7-04"  # l'effectif que le CERDD n'atteindra jamais


def liens(effectif: int) -> int:
    """Le nombre de liens deux à deux dans un groupe : n(n−1)/2.

    Lève `ErreurHypothese` si l'effectif n'est pas un nombre entier de 1 à 1 000.
    """
    n = _effectif(effectif)
    return n * (n - 1) // 2


def _effectif(valeur: object, libelle: str = "l'effectif", minimum: int = 1) -> int:
    try:
        lu = lire_nombre(valeur)
    except ValueError as erreur:
        raise ErreurHypothese(f"{libelle} : {erreur}") from None
    if lu != int(lu) or not minimum <= lu <= EFFECTIF_MAXIMAL:
        raise ErreurHypothese(
            f"{libelle} vaut {nombre(lu)} ; un nombre entier de {minimum} à "
            f"{nombre(EFFECTIF_MAXIMAL)} est attendu."
        )
    return int(lu)


def decouper(effectif: int, taille: int) -> list[int]:
    """Partage un effectif en équipes égales à une personne près, d'au plus `taille` personnes."""
    n, t = _effectif(effectif), _effectif(taille, "la taille d'une équipe", 2)
    equipes = ceil(n / t)
    base, reste = divmod(n, equipes)
    return [base + 1] * reste + [base] * (equipes - reste)


@dataclass(frozen=True)
class Reseau:
    """Qui doit parler à qui, et le temps que cela prend ; voir `reseau`."""

    effectif: int
    equipes: list[int]
    """La taille de chaque équipe ; une seule quand tout le monde s'ajuste à tout le monde."""
    liens: int
    """Le nombre total de liens à entretenir."""
    liens_par_personne: int
    """Les liens de la personne la plus chargée (le référent, s'il y a plusieurs équipes)."""
    heures: float
    """Heures par semaine que la personne la plus chargée passe à se coordonner."""
    part: float
    """Les mêmes heures, en part de la semaine de travail."""
    verdict: str
    """« tient », « déborde » ou « impossible »."""


def reseau(
    effectif: int,
    minutes: float = 15,
    part_acceptee: float = 0.20,
    taille_equipe: int | None = None,
) -> Reseau:
    """Le réseau de communication d'un groupe et le temps qu'y passe chacun.

    - `minutes` : temps par semaine pour entretenir un lien, hypothèse à discuter ;
    - `part_acceptee` : part de la semaine que l'on accepte d'y passer, hypothèse à discuter ;
    - `taille_equipe` : si elle est donnée, le groupe est découpé en équipes ; chacun s'ajuste
      dans la sienne, et un référent par équipe s'ajuste avec les autres référents.

    `verdict` : « tient » (le temps ne dépasse pas la part acceptée), « déborde », « impossible »
    (plus que la semaine). Ce modèle est une règle de pouce : il ignore qu'une réunion réunit
    plusieurs liens à la fois, que tous les liens ne servent pas, que les outils aident.

    Lève `ErreurHypothese` si une valeur sort de ses limites.
    """
    n = _effectif(effectif)
    m = _hypothese(minutes, "le temps par lien", 1, 120)
    acceptee = _hypothese(part_acceptee, "la part acceptée", 0.01, 1)
    equipes = [n] if taille_equipe is None else decouper(n, taille_equipe)
    referents = len(equipes)
    total = sum(liens(e) for e in equipes) + liens(referents)
    charge = max(equipes) - 1 + referents - 1
    heures = charge * m / 60
    part = heures / SEMAINE
    verdict = "tient" if part <= acceptee + 1e-12 else "déborde" if part <= 1 else "impossible"
    return Reseau(n, equipes, total, charge, heures, part, verdict)


def _hypothese(valeur: object, libelle: str, minimum: float, maximum: float) -> float:
    try:
        lue = lire_nombre(valeur)
    except ValueError as erreur:
        raise ErreurHypothese(f"{libelle} : {erreur}") from None
    if not minimum <= lue <= maximum:
        raise ErreurHypothese(
            f"{libelle} vaut {nombre(lue)} ; une valeur de {nombre(minimum)} à {nombre(maximum)} "
            "est attendue."
        )
    return lue


def effectif_limite(
    minutes: float = 15, part_acceptee: float = 0.20, taille_equipe: int | None = None
) -> int:
    """Le plus grand effectif pour lequel la coordination tient, sous ces hypothèses.

    Vaut `EFFECTIF_MAXIMAL` si elle tient encore à cette taille. Avec des équipes, la charge peut
    redescendre quand une équipe de plus se forme ; c'est bien le plus grand effectif qui tient.
    """
    if taille_equipe is None:
        m = _hypothese(minutes, "le temps par lien", 1, 120)
        acceptee = _hypothese(part_acceptee, "la part acceptée", 0.01, 1)
        return min(1 + int(acceptee * SEMAINE * 60 / m + 1e-9), EFFECTIF_MAXIMAL)
    tenables = (
        n
        for n in range(EFFECTIF_MAXIMAL, 0, -1)
        if reseau(n, minutes, part_acceptee, taille_equipe).verdict == "tient"
    )
    return next(tenables, 1)


def effectifs_du_cas(donnees: Donnees) -> pd.DataFrame:
    """Les effectifs à comparer et d'où ils viennent : `effectif`, `libelle`, `origine`.

    Index : `temps_pleins` et `salaries` (introduction), `apres` les embauches de 2015 (énoncé du
    dossier 2, en équivalents temps plein, arrondis à la personne), `double` (notre hypothèse : deux
    fois plus), `jamais` (annexe 7).

    Lève `ErreurDonnees` si l'un de ces faits manque.
    """
    lieux = faits_cites(donnees)["lieu"]
    emplois = etp_initial(donnees) + donnees.fait(EMBAUCHES)
    apres = ceil(emplois)
    arrondi = "" if emplois == apres else ", arrondis"
    lignes = {
        "temps_pleins": (donnees.fait(TEMPS_PLEINS), "les salariés à temps plein",
                         lieux[TEMPS_PLEINS]),
        "salaries": (donnees.fait(SALARIES), "tous les salariés", lieux[SALARIES]),
        "apres": (apres, f"après les embauches de 2015, en équivalents temps plein{arrondi}",
                  f"{lieux[TEMPS_PLEINS]}, et énoncé du dossier 2"),
        "double": (2 * apres, "deux fois plus", "notre hypothèse"),
        "jamais": (donnees.fait(EFFECTIF_EXCLU), "ce que le CERDD ne sera jamais",
                   lieux[EFFECTIF_EXCLU]),
    }  # fmt: skip
    tableau = pd.DataFrame.from_dict(
        lignes, orient="index", columns=["effectif", "libelle", "origine"]
    )
    return tableau.astype({"effectif": int})


def croissance_du_cas(
    donnees: Donnees,
    minutes: float = 15,
    part_acceptee: float = 0.20,
    taille_equipe: int | None = None,
) -> pd.DataFrame:
    """Les effectifs du cas et le réseau de chacun : `effectifs_du_cas` et `croissance` réunis."""
    effectifs = effectifs_du_cas(donnees)
    calcul = croissance(effectifs["effectif"], minutes, part_acceptee, taille_equipe)
    return effectifs.join(calcul.drop(columns="effectif").set_axis(effectifs.index))


def croissance(
    effectifs: Iterable[int],
    minutes: float = 15,
    part_acceptee: float = 0.20,
    taille_equipe: int | None = None,
) -> pd.DataFrame:
    """Une ligne par effectif : les champs de `Reseau`, sauf le détail des équipes."""
    reseaux = [reseau(n, minutes, part_acceptee, taille_equipe) for n in effectifs]
    champs = ["effectif", "liens", "liens_par_personne", "heures", "part", "verdict"]
    return pd.DataFrame([[getattr(r, c) for c in champs] for r in reseaux], columns=champs)


def heures(valeur: float) -> str:
    """Écrit une durée : `45 min`, `3 h`, `3 h 30`."""
    minutes = round(valeur * 60)
    h, m = divmod(minutes, 60)
    if not h:
        return f"{m}\u00a0min"
    return f"{nombre(h)}\u00a0h" + (f"\u00a0{m:02d}" if m else "")


def phrase_croissance(r: Reseau, part_acceptee: float) -> str:
    """Ce qu'il faut retenir d'un réseau, en une ou deux phrases."""
    temps = f"{heures(r.heures)} par semaine ({pourcent(r.part, 0)} du temps de travail)"
    qui = "chacun" if len(r.equipes) == 1 else "un référent"
    fin = {
        "tient": f"C'est dans la limite de {pourcent(part_acceptee, 0)} que vous avez fixée.",
        "déborde": f"C'est plus que les {pourcent(part_acceptee, 0)} que vous avez fixés.",
        "impossible": "C'est plus que la semaine entière : il n'y a plus de temps pour travailler.",
    }[r.verdict]
    debut = f"À {nombre(r.effectif)}, {nombre(r.liens)} lien{'s' * (r.liens > 1)}"
    if len(r.equipes) > 1:
        debut += f" en {len(r.equipes)} équipes"
    return f"{debut} : {qui} y passe {temps}. {fin}"


# --- La culture (question 3.2) ----------------------------------------------------------


def composantes(donnees: Donnees) -> pd.DataFrame:
    """Les composantes d'une culture, dans l'ordre, et ce que le sujet tait de chacune.

    Colonnes : `composante, libelle, definition, couverture, silence, silence_court`. La dernière
    ligne, « aucune », accueille les faits qui ne décrivent pas la culture.
    """
    tableau = donnees.table("corrige-culture-composantes")
    return tableau.sort_values("rang").drop(columns="rang").reset_index(drop=True)


def faits_de_culture(donnees: Donnees) -> pd.DataFrame:
    """Les faits de la carte : `fait_id, composante, aussi, statut, a_classer, etiquette, lecture`,
    avec leur `lieu` et le `fait` lui-même.

    `statut` : « dit » (le sujet le présente ainsi) ou « deduit » (c'est notre lecture).
    """
    return _joindre(donnees.table("corrige-culture-faits"), faits_cites(donnees))


def corriger_rangement(rangement: Mapping[str, str | None], donnees: Donnees) -> pd.DataFrame:
    """Compare un rangement (`fait_id` → composante) à celui de la collection.

    Une ligne par fait à classer : les colonnes de `faits_de_culture`, plus `choix` (vide si le
    fait n'est pas rangé) et `verdict`, un `Verdict` : `juste`, `presque` (un second rangement
    défendable, `aussi`), `faux` ou `a_completer`.

    Lève `ErreurHypothese` pour un fait ou une composante inconnus.
    """
    tableau = faits_de_culture(donnees)
    tableau = tableau[tableau["a_classer"]].reset_index(drop=True)
    inconnus = set(rangement) - set(tableau["fait_id"])
    if inconnus:
        raise ErreurHypothese(
            f"Fait inconnu : {', '.join(sorted(inconnus))}. "
            f"Faits à ranger : {', '.join(tableau['fait_id'])}."
        )
    cases = composantes(donnees).set_index("composante")
    for choix in rangement.values():
        if choix is not None and choix not in cases.index:
            raise ErreurHypothese(
                f"« {choix} » n'est pas une composante. Choisissez : {', '.join(cases.index)}."
            )
    choisis = [rangement.get(f) for f in tableau["fait_id"]]
    verdicts = [
        _verdict_du_rangement(fait, choix, cases)
        for fait, choix in zip(tableau.itertuples(), choisis, strict=True)
    ]
    tableau["choix"] = pd.Series(choisis, dtype="str")
    tableau["verdict"] = pd.Series(verdicts, dtype=object)
    return tableau


def _verdict_du_rangement(fait, choix: str | None, cases: pd.DataFrame) -> Verdict:
    if choix is None:
        return Verdict("culture", "a_completer", "À ranger.")
    if choix == fait.composante:
        return Verdict("culture", "juste", fait.lecture)
    if choix == fait.aussi:
        retenu = cases.at[fait.composante, "libelle"]
        phrase = f"Défendable ; nous avons choisi « {retenu} ». {fait.lecture}"
        return Verdict("culture", "presque", phrase)
    nom, definition = cases.loc[choix, ["libelle", "definition"]]
    phrase = f"{nom} : {definition[0].lower()}{definition[1:-1]}. Vraiment ?"
    return Verdict("culture", "faux", phrase)


def effets_de_la_culture(donnees: Donnees) -> pd.DataFrame:
    """De la culture à la performance, un enchaînement par ligne.

    Colonnes : `trait`, `conduite`, `effet`, avec `lieu_trait`, `lieu_conduite`, `lieu_effet`
    (où est la preuve), `dimension` de la performance et `limite`. Les « donc » entre les maillons
    et les limites sont un raisonnement de la collection.
    """
    faits = faits_cites(donnees)
    tableau = donnees.table("corrige-culture-effets").sort_values("rang", ignore_index=True)
    for maillon in ("trait", "conduite", "effet"):
        tableau[f"lieu_{maillon}"] = tableau[f"preuve_{maillon}"].map(faits["lieu"])
    return tableau


def corriger_liaisons(liaisons: Mapping[str, str], effets: pd.DataFrame) -> dict[str, Verdict]:
    """Compare des enchaînements choisis à ceux de la collection.

    `liaisons` : `{"rang:maillon": rang choisi}`, où le maillon est « conduite » ou « effet » ;
    `effets` : le tableau de `effets_de_la_culture`. Renvoie un verdict par liaison.
    """
    verdicts = {}
    for cle, choisi in liaisons.items():
        rang, maillon = cle.split(":")
        effet = effets.loc[int(rang)]
        if choisi == rang:
            phrase = f"« {effet[maillon]} » : {effet[f'lieu_{maillon}']}."
            verdicts[cle] = Verdict("culture", "juste", phrase)
        else:
            phrase = (
                f"« {effets.loc[int(choisi), maillon]} » se défend peut-être ; dans notre "
                "proposition, c'est la suite d'un autre trait."
            )
            verdicts[cle] = Verdict("culture", "faux", phrase)
    return verdicts
