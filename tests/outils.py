"""Ce que plusieurs essais partagent : un cas changé, des données à abîmer, un serveur prêt."""

import json
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import strategies as st

from cerdd_case import Cas, ErreurCas
from cerdd_case.donnees.paquet import Donnees, dossier_des_donnees
from cerdd_case.socle.erreurs import ErreurDonnees
from cerdd_case.socle.memoire import Memoire

Changements = dict[tuple[str, str, str], object]  # (colonne clé, ligne, colonne) → valeur


def tables_changees(changements: dict[str, Changements]) -> dict:
    """Les tableaux livrés, certaines cases changées."""
    livre, tables = Donnees(), {}
    for nom, cases in changements.items():
        tables[nom] = livre.table(nom)
        for (cle, ligne, colonne), valeur in cases.items():
            visees = tables[nom][cle] == ligne
            assert visees.sum() == 1, (nom, ligne)
            tables[nom].loc[visees, colonne] = valeur
    return tables


def cas_change(changements: dict[str, Changements]) -> Cas:
    """Un cas ouvert sur ces tableaux, sans carnet : rien n'est enregistré."""
    return Cas(tables_changees(changements), memoire=Memoire())


def programme(nom: str, sinon: str) -> str:
    """Le chemin d'un programme ; absent, l'essai est passé, et `sinon` dit ce qui n'a pas été essayé."""
    if (chemin := shutil.which(nom)) is None:
        pytest.skip(f"{nom} est absent : {sinon}")
    return chemin


def faire_la_roue(projet: Path, dossier: Path) -> Path:
    """Construit la roue d'un projet dans ce dossier, et dit où elle est."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(dossier)],
        cwd=projet, check=True, capture_output=True,
    )  # fmt: skip
    (chemin,) = dossier.glob("*.whl")
    return chemin


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


BUDGET = "annexe_04_budget_previsionnel.csv"
# Des noms que publient le sujet et les documents : sites, auteurs, personnes citées, entreprises.
NOMS_PUBLIES = {
    "4": ["CERDD (source citée par le sujet)"],
    "10": ["conceptart.ca"],
    "11": ["blog.c-marketing.eu"],
    "notes": ["economie.gouv.fr"],
    "blog_tic_pme": ["Yann Gourvennec", "Yolande Macias", "Brianna Sylver", "Betty Martini", "lh2.fr",
                     "Pascal Prévost", "Orange Business Services", "Suez-Lyonnaise", "cmit.info"],
    "culture_numerique": ["Thierry Jadot", "Marie Cheval", "Jean-Christophe Tortora", "iProspect",
                          "Hala Bavière", "La Netscouade", "gov.uk"],
    "marques_et_collaboration": ["Philippe Lemoine", "JWT Paris", "nvo.fr", "Second Life"],
    "marketing_relationnel": ["The Cluetrain Manifest"],
}  # fmt: skip


class Copie:
    """Une copie des données que l'on abîme."""

    def __init__(self, dossier: Path):
        self.dossier = dossier / "data"
        shutil.copytree(dossier_des_donnees(), self.dossier, ignore=shutil.ignore_patterns("local"))

    def changer(self, fichier: str, avant: str, apres: str):
        chemin = self.dossier / fichier
        texte = chemin.read_text(encoding="utf-8")
        assert texte.count(avant) >= 1, avant
        chemin.write_text(texte.replace(avant, apres, 1), encoding="utf-8", newline="\n")
        return self

    def decrire(self, changement):
        paquet = json.loads((self.dossier / "datapackage.json").read_text(encoding="utf-8"))
        changement(paquet)
        self.ecrire_description(paquet)
        return self

    def ecrire_description(self, paquet: dict):
        texte = json.dumps(paquet)
        (self.dossier / "datapackage.json").write_text(texte, encoding="utf-8")

    @property
    def cas(self):
        return Cas(self.dossier)


def message(action, *arguments) -> str:
    with pytest.raises(ErreurDonnees) as erreur:
        action(*arguments)
    assert isinstance(erreur.value, ErreurCas)
    texte = str(erreur.value)
    assert texte.endswith(".") and "Traceback" not in texte
    return texte


def _part(minimum: float):
    return st.floats(minimum, 1, allow_nan=False, width=32)


# N'importe quelles hypothèses du budget 2015, dans leurs limites.
HYPOTHESES = st.builds(
    Cas().hypotheses,
    etp_ajoutes=st.floats(0, 100),
    mois_embauche=st.integers(1, 12),
    taux_salaire=_part(-0.5),
    taux_charges=_part(-0.5),
    taux_etat=_part(-1),
    taux_collectivites=_part(-1),
    taux_autres=_part(-1),
    charges_personnel_eur=st.none() | st.floats(0, 10_000_000),
    projet_exceptionnel_eur=st.just(0.0) | st.floats(0, 10_000_000),
    investissement_indexe=st.booleans(),
)


def etat(simulateur) -> tuple:
    """Tout ce qui se voit du simulateur."""
    image = simulateur.image
    return (image.fond, image.devant, image.alternative, simulateur.conclusion.html,
            simulateur.tableau.html)  # fmt: skip


def lu(fichier):
    return json.loads(fichier.read_text(encoding="utf-8"))


def poser(chemin: Path, copie: str | None = None, place: str = "", texte: str = "livré") -> Path:
    """Un carnet livré, et l'identité que le serveur lui a donnée."""
    from cerdd_case.socle.identite import empreinte

    cellule = {"cell_type": "markdown", "metadata": {"reponse": "2.1"}, "source": "livré"}
    carnet = {"cells": [cellule], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    carnet["metadata"]["cerdd"] = {"empreinte": empreinte(carnet), "version": "eleves"}
    if copie:
        carnet["metadata"]["cerdd"] |= {"copie": copie, "place": place}
    cellule["source"] = texte
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.write_text(json.dumps(carnet), encoding="utf-8")
    return chemin
