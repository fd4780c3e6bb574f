"""Ce que plusieurs essais partagent : un cas dont quelques cases des annexes ont changé."""

from cerdd_case import Cas
from cerdd_case.donnees.paquet import Donnees
from cerdd_case.socle.memoire import Memoire

Cases = dict[tuple[str, str, str], object]  # (colonne clé, ligne, colonne) → valeur


def tables_changees(changements: dict[str, Cases]) -> dict:
    """Les tableaux livrés, certaines cases changées."""
    livre, tables = Donnees(), {}
    for nom, cases in changements.items():
        tables[nom] = livre.table(nom)
        for (cle, ligne, colonne), valeur in cases.items():
            visees = tables[nom][cle] == ligne
            assert visees.sum() == 1, (nom, ligne)
            tables[nom].loc[visees, colonne] = valeur
    return tables


def cas_change(changements: dict[str, Cases]) -> Cas:
    """Un cas ouvert sur ces tableaux, sans carnet : rien n'est enregistré."""
    return Cas(tables_changees(changements), memoire=Memoire())
