"""Laisser la place à la personne suivante : les carnets commencés sont gardés, des neufs les remplacent."""

import contextlib
from datetime import datetime
from pathlib import Path

from ..socle import identite
from ..socle.fichiers import EcritureRefusee, ecrire_fichiers
from ..socle.nombres import moment
from . import carnets

DOSSIER = "carnets_gardes"
NOM = "%Y-%m-%d_%Hh%M-%S"  # celui de chaque dossier gardé : quand


def passer(eleves: Path) -> Path | None:
    """Range les carnets commencés de ce dossier, et met des carnets neufs à leur place.

    Renvoie le dossier où ils sont, `carnets_gardes/` et le moment ; None : personne n'avait commencé.
    Lève `EcritureRefusee` ; recommencer finit alors le travail.
    """
    livres = carnets.dossier_des_carnets() / "eleves"
    ouverts = [c for c in carnets.carnets(eleves) if identite.identite(c)]
    commences = [c for c in carnets.carnets(eleves) if _est_commence(c)]
    garde = eleves / DOSSIER / datetime.now().strftime(NOM)
    try:
        for carnet in commences:
            garde.mkdir(parents=True, exist_ok=True)
            range_la = garde / carnet.name
            carnet.rename(range_la)
            place = range_la.relative_to(eleves.parent).as_posix()
            identite.suivre_le_carnet(carnet, range_la, place)
        for carnet in {*ouverts, *commences}:
            if (livre := livres / carnet.name).is_file():
                ecrire_fichiers({carnet: livre.read_bytes()})
    except OSError as erreur:
        raise EcritureRefusee(eleves, erreur, "Appelez votre enseignant") from None
    return garde if commences else None


def _est_commence(carnet: Path) -> bool:
    """Quelqu'un y a-t-il laissé quelque chose : un texte, un choix, une case cochée ?"""
    qui = identite.identite(carnet)
    a_cote = qui and identite.fichier_par_identite(carnet, qui.copie).exists()
    return bool(identite.est_travaille(carnet) or identite.progres(carnet) or a_cote)


def gardes(eleves: Path) -> list[tuple[str, list[Path]]]:
    """Ce qui est gardé, le plus récent d'abord : le moment (`28 novembre 2026 à 14 h 05`), les carnets."""
    trouves = []
    for dossier in sorted((eleves / DOSSIER).glob("*/"), reverse=True):
        with contextlib.suppress(ValueError):  # un dossier qui n'est pas d'ici
            date = datetime.strptime(dossier.name, NOM)
            trouves.append((moment(date), carnets.carnets(dossier)))
    return trouves


def dossier_de_l_eleve(carnet: Path) -> Path:
    """Le dossier des carnets d'élèves, même pour un carnet gardé."""
    garde = carnet.parent.parent
    return garde.parent if garde.name == DOSSIER else carnet.parent
