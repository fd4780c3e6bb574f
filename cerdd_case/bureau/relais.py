"""Laisser la place à la personne suivante : les carnets commencés sont gardés, des neufs les remplacent."""

import re
from datetime import datetime
from pathlib import Path

from ..socle import identite
from ..socle.fichiers import EcritureRefusee, ecrire_fichiers
from ..socle.nombres import MOIS
from . import carnets

DOSSIER = "carnets_gardes"
MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)_(\d\d)h(\d\d)-(\d\d)")


def passer(eleves: Path) -> Path | None:
    """Range les carnets commencés de ce dossier, et met des carnets neufs à leur place.

    Renvoie le dossier où ils sont, `carnets_gardes/` et le moment ; None : personne n'avait commencé.
    Lève `EcritureRefusee` ; recommencer finit alors le travail.
    """
    livres = carnets.dossier_des_carnets() / "eleves"
    commences = [
        c for c in carnets.carnets(eleves) if identite.identite(c) or identite.est_travaille(c)
    ]
    if not commences:
        return None
    garde = eleves / DOSSIER / f"{datetime.now():%Y-%m-%d_%Hh%M-%S}"
    try:
        garde.mkdir(parents=True)
        for carnet in commences:
            range_la = garde / carnet.name
            carnet.rename(range_la)
            place = range_la.relative_to(eleves.parent).as_posix()
            identite.suivre_le_carnet(carnet, range_la, place)
            if (livre := livres / carnet.name).is_file():
                ecrire_fichiers({carnet: livre.read_bytes()})
    except OSError as erreur:
        raise EcritureRefusee(eleves, erreur, "Appelez votre enseignant") from None
    return garde


def gardes(eleves: Path) -> dict[str, list[Path]]:
    """Les carnets gardés, par moment (« 28 novembre, 14 h 05 »), le plus récent d'abord."""
    dossiers = sorted((eleves / DOSSIER).glob("*/"), reverse=True)
    trouves = {moment: d for d in dossiers if (moment := _moment(d.name))}
    return {moment: carnets.carnets(d) for moment, d in trouves.items()}


def _moment(nom: str) -> str:
    lu = MOMENT.fullmatch(nom)
    if lu is None:
        return ""
    _, mois, jour, heure, minute, seconde = map(int, lu.groups())
    if not 1 <= mois <= len(MOIS):
        return ""
    return f"{jour} {MOIS[mois - 1]}, {heure} h {minute:02} min {seconde:02} s"
