"""Ce que plusieurs essais partagent : un cas dont quelques cases ont changé, un serveur prêt."""

import json
import socket
import time
from pathlib import Path

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


def attendre_le_serveur(marche: Path, processus) -> dict:
    """Ce que le serveur écrit de lui-même une fois prêt (adresse, jeton)."""
    for _ in range(600):
        for fiche in marche.glob("jpserver-*.json"):
            try:
                trouve = json.loads(fiche.read_text(encoding="utf-8"))
                socket.create_connection(("localhost", trouve["port"]), 5).close()
                return trouve
            except (ValueError, OSError):
                pass  # en cours d'écriture, ou pas encore à l'écoute
        assert processus.poll() is None, processus.communicate()
        time.sleep(0.1)
    raise AssertionError("le serveur n'a pas démarré")
