"""La page d'accueil : par où entrer, où l'on en est, quel carnet reprendre.

Le côté de l'élève ne connaît que `eleves/` : aucun lien n'y mène à un corrigé.
"""

from dataclasses import dataclass
from pathlib import Path

from ..questions.avancement import (
    avancement,
    compte_des_questions,
    points_du_bareme,
    points_obtenus,
)
from ..questions.registre import Registre
from ..socle import identite
from ..socle.carnet import du_genre
from ..socle.memoire import Memoire
from ..socle.nombres import heures
from . import carnets, copie, pages, relais, remise

DUREE_DE_L_EPREUVE = "EP-03"  # le fait qui la donne, en heures
PAS = 5  # minutes : une durée n'est pas plus précise


@dataclass
class Ligne:
    """Un carnet de la liste : son `titre`, son `adresse`, `ou` l'on en est, s'il a été `ouvert`."""

    titre: str
    adresse: str
    faites: int = 0
    total: int = 0
    duree: str = ""
    ouvert: float = 0.0

    @property
    def ou(self) -> str:
        """« 2 questions faites sur 4, environ 1 h 10 » ; vide si le carnet n'a pas de question."""
        if not self.total:
            return ""
        return f"{compte_des_questions(self.faites, self.total)}, environ {self.duree}"


def a_des_corriges(racine: Path) -> bool:
    """Y a-t-il des corrigés dans ce dossier de travail ?"""
    return bool(carnets.carnets(racine / "corriges"))


def page_d_accueil(cote: str, racine: Path, base: str) -> str:
    """La page d'un côté (`porte`, `eleve` ou `enseignant`) d'un serveur ouvert sur `racine`.

    `base` : le début de ses adresses.
    """

    def adresse(partie: str, chemin: Path) -> str:
        return pages.adresse(base, partie, chemin.relative_to(racine))

    valeurs: dict = {"titre": "Le cas CERDD", "base": base}
    if cote == "eleve":
        valeurs["liste"] = [
            _ligne(c, adresse("doc/tree", c)) for c in carnets.carnets(racine / "eleves")
        ]
        valeurs["suite"] = max(valeurs["liste"], key=lambda c: c.ouvert, default=None)
        valeurs["gardes"] = [
            (quand, [Ligne(_titre(c), adresse("doc/tree", c)) for c in siens])
            for quand, siens in relais.gardes(racine / "eleves")
        ]
        valeurs["points"] = points_du_cas(racine / "eleves", pages.registre())
        valeurs["total"] = points_du_bareme(pages.registre())
    elif cote == "enseignant":
        rendues = racine / "eleves" / remise.DOSSIER
        valeurs["copies"] = adresse("lab/tree", rendues) * rendues.is_dir()
        valeurs["liste"] = [
            Ligne(_titre(c), adresse("lab/tree", c)) for c in carnets.carnets(racine / "corriges")
        ]
    return pages.composer("accueil.html", cote=cote, **valeurs)


def _titre(carnet: Path) -> str:
    """Le titre d'un carnet ; le nom de son fichier s'y ajoute si ce n'est pas celui qui est livré."""
    contenu = identite.contenu_du_carnet(carnet) or {}
    titre = str(du_genre(dict, contenu.get("metadata")).get("title") or carnet.stem)
    livre = carnets.dossier_des_carnets() / "eleves" / carnet.name
    return titre if livre.exists() or carnet.stem == titre else f"{titre} ({carnet.stem})"


def _ligne(carnet: Path, adresse: str) -> Ligne:
    """Où en est un carnet d'élève. Le serveur donne une identité à celui que l'on ouvre."""
    ligne = Ligne(_titre(carnet), adresse)
    if identite.identite(carnet) is not None:
        ligne.ouvert = carnet.stat().st_mtime
    contenu = identite.contenu_du_carnet(carnet)
    numero = copie.dossier_du_carnet(contenu) if contenu else None
    if numero is not None:
        faites = avancement(pages.registre(), Memoire.du_carnet(carnet), carnet, numero)["fait"]
        ligne.faites, ligne.total = int(faites.sum()), len(faites)
        ligne.duree = duree(points_du_bareme(pages.registre(), numero), pages.registre())
    return ligne


def points_du_cas(dossier: Path, cas: Registre) -> float:
    """Les points qu'un élève s'est donnés dans tous les carnets d'un dossier.

    Deux carnets du même dossier d'examen (une copie à côté) ne comptent qu'une fois : le meilleur.
    """
    meilleurs: dict[int, float] = {}
    for carnet in carnets.carnets(dossier):
        numero = copie.dossier_du_carnet(identite.contenu_du_carnet(carnet) or {"cells": []})
        if numero is not None:
            obtenus = points_obtenus(cas, Memoire.du_carnet(carnet), carnet, numero)
            meilleurs[numero] = max(obtenus, meilleurs.get(numero, 0))
    return sum(meilleurs.values())


def duree(points: float, cas: Registre) -> str:
    """Le temps que valent ces points à l'examen, à proportion : « 1 h 10 »."""
    part = points / points_du_bareme(cas)
    return heures(PAS * round(part * cas.fait(DUREE_DE_L_EPREUVE) * 60 / PAS) / 60)
