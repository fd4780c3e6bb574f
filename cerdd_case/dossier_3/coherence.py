"""Structure, mécanisme de coordination et système de décision vont-ils ensemble ?"""

import itertools
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from ..donnees.paquet import Donnees
from ..questions.exercice import Exercice
from ..questions.verdict import Verdict
from ..socle.erreurs import ErreurHypothese


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
            jugement: [
                self.libelles[d] for d, j in self.soutien["jugement"].items() if j == jugement
            ]
            for jugement in set(self.soutien["jugement"])
        }
        debut = "Mais ce n'est pas le CERDD" if self.tenue == "forte" else "Au CERDD"
        if self.appui == "contredit":
            return f"{debut} : les faits contredisent {_lister(par_jugement['contredit'])}."
        return f"Au CERDD, les faits sont partagés sur {_lister(par_jugement['partagé'])}."


class Coherence(Exercice):
    """Les options, les faits et les règles de l'atelier de cohérence, lus une fois.

    Réponses : une option par dimension.

    Les structures et les mécanismes viennent de la typologie de Mintzberg, les styles de
    décision de celle de Likert. Lève `ErreurDonnees` si un tableau est abîmé.
    """

    depart = {"structure": "simple", "mecanisme": "supervision_directe", "decision": "autoritaire"}

    def __init__(self, donnees: Donnees):
        self.options = donnees.table("corrige-coherence-options").sort_values(
            ["dimension", "rang"], ignore_index=True
        )
        self.indices = _joindre(donnees.table("corrige-coherence-indices"), faits_cites(donnees))
        self.regles = donnees.table("corrige-coherence-regles").set_index(["option_a", "option_b"])
        self.accords = {r.Index: (r.accord, r.explication) for r in self.regles.itertuples()}
        self.libelles = {
            dimension: dict(zip(options["option"], options["libelle"], strict=True))
            for dimension, options in self.options.groupby("dimension")
        }
        self.possibles = {
            d: dict(self.choix_possibles(d)[["option", "libelle"]].to_numpy()) for d in DIMENSIONS
        }

    def juger(self, reponses: Mapping[str, str]) -> dict[str, Verdict]:
        phrase = self.evaluer(**reponses).conclusion
        return {"assemblage": Verdict("coherence", "constat", phrase)}

    def figure(self, reponses: Mapping[str, str]):
        from .coherence_figure import FigureCoherence

        return FigureCoherence().illustration(self.evaluer(**reponses))

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
            possibles = self.libelles[dimension]
            if option not in possibles:
                raise ErreurHypothese(
                    f"« {option} » n'est pas une option ({DIMENSIONS[dimension].lower()}). "
                    f"Choisissez : {', '.join(possibles)}."
                )
            libelles[dimension] = possibles[option]
        liens = pd.DataFrame(
            [(a, b, *self.accords[choix[a], choix[b]]) for a, b in COUPLES],
            columns=["dimension_a", "dimension_b", "accord", "explication"],
        )
        retenus = self.indices[self.indices["option"].isin(choix.values())]
        sens = Counter(zip(retenus["dimension"], retenus["sens"], strict=True))
        comptes = [(sens[d, "pour"], sens[d, "contre"]) for d in DIMENSIONS]
        compte = pd.DataFrame(
            [(pour, contre, juger(pour, contre)) for pour, contre in comptes],
            index=pd.Index(DIMENSIONS, name="dimension"), columns=["pour", "contre", "jugement"],
        )  # fmt: skip
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
