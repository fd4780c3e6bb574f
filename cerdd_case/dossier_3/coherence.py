"""Structure, mécanisme de coordination et système de décision vont-ils ensemble ?"""

import pandas as pd

from ..donnees.paquet import Donnees
from ..socle.references import citer

DIMENSIONS = {
    "structure": "Structure",
    "mecanisme": "Mécanisme de coordination",
    "decision": "Système de décision",
}

# Notre convention : un choix est appuyé (ou contredit) quand les faits d'un côté sont au moins
# deux fois plus nombreux que ceux de l'autre.
NETTETE = 2
TENUES = {
    "forte": "Les trois choix se renforcent : l'ensemble est cohérent.",
    "souple": "Aucune tension, mais tout ne se renforce pas : l'ensemble est assez cohérent.",
    "tendue": "Une tension au moins : l'ensemble n'est pas cohérent.",
}


def faits_cites(donnees: Donnees) -> pd.DataFrame:
    """Les faits de l'introduction et des annexes 1, 2 et 7, par identifiant.

    Index : `fait_id` (« INT-51 », « A7-16 » ; pour une ligne de l'annexe 2, « A2: » et son
    code). Colonnes : `lieu` (« annexe 7, § 2 »), `fait`, `valeur`.
    """
    blocs = []
    for sigle, annexe in (("INT", "introduction"), ("A1", 1), ("A7", 7)):
        table = donnees.annexe(annexe)
        lieux = [citer(f"{sigle}§{paragraphe}") for paragraphe in table["paragraphe"]]
        blocs.append(table.assign(lieu=lieux))
    organes = donnees.annexe(2)
    parents = organes["rattachement"].map(organes.set_index("code")["libelle"])
    places = (" : rattachement à « " + parents + " »").fillna("")
    statuts = organes["statut_information"].map({"enonce": "énoncé", "deduit": "déduit"})
    blocs.append(
        organes.assign(
            fait_id="A2:" + organes["code"],
            fait=organes["libelle"] + places + " (" + statuts + ").",
            valeur=organes["effectif"].astype("float64"),
            lieu="annexe 2, reconstituée d'après " + organes["source"],
        )
    )
    return pd.concat(blocs).set_index("fait_id")[["lieu", "fait", "valeur"]]


class Assemblage:
    """Une structure, un mécanisme et un mode de décision, confrontés aux règles et aux faits.

    Par dimension : le code (`choix`) et le nom (`libelles`) de l'option retenue, les `faits`
    confrontés (`fait_id, sens, lecture, lieu, fait`). `liens` : les trois couples (une dimension,
    l'autre, « renforce », « compatible » ou « tension », pourquoi). Il s'en déduit :

    - `soutien` : par dimension, le nombre de faits pour, contre, et le jugement ;
    - `tenue` : « forte », « souple » ou « tendue » (les trois choix vont-ils ensemble ?) ;
    - `appui` : « appuyé », « partagé » ou « contredit » (est-ce ce que disent les faits ?) ;
    - `accord` : la première, en une phrase ; `conclusion` : les deux.
    """

    def __init__(self, choix: dict, libelles: dict, liens: list[tuple], faits: dict[str, list]):
        self.choix, self.libelles, self.liens, self.faits = choix, libelles, liens, faits
        self.soutien: dict[str, tuple[int, int, str]] = {}
        for dimension, cites in faits.items():
            sens = [fait.sens for fait in cites]
            pour, contre = sens.count("pour"), sens.count("contre")
            self.soutien[dimension] = (pour, contre, juger(pour, contre))
        accords = {accord for _, _, accord, _ in liens}
        sans_tension = "forte" if accords == {"renforce"} else "souple"
        self.tenue = "tendue" if "tension" in accords else sans_tension
        jugements = [jugement for _, _, jugement in self.soutien.values()]
        self.appui = next(j for j in ("contredit", "partagé", "appuyé") if j in jugements)
        vises = [d for d, (_, _, jugement) in self.soutien.items() if jugement == self.appui]
        *debut, dernier = (f"« {libelles[d]} »" for d in vises)
        noms = f"{', '.join(debut)} et {dernier}" if debut else dernier
        ou = "Mais ce n'est pas le cas du CERDD" if self.tenue == "forte" else "Au CERDD"
        dits = {
            "appuyé": "Et les faits appuient chacun des trois choix.",
            "partagé": f"Au CERDD, les faits sont partagés sur {noms}.",
            "contredit": f"{ou} : les faits contredisent {noms}.",
        }
        self.accord = TENUES[self.tenue]
        self.conclusion = f"{self.accord} {dits[self.appui]}"


def juger(pour: int, contre: int) -> str:
    """« appuyé », « contredit » ou « partagé », selon la convention `NETTETE`.

    Compter des faits n'est pas prouver : tous ne pèsent pas autant.
    """
    if pour >= NETTETE * contre and pour > 0:
        return "appuyé"
    return "contredit" if contre >= NETTETE * pour and contre > 0 else "partagé"
