"""L'identité d'une copie de carnet : ce qui la fait reconnaître sous un autre nom, ailleurs.

Le serveur que lance `cerdd` écrit dans les métadonnées d'une copie de travail, jamais dans un
carnet livré :

    metadata.cerdd.copie   un identifiant tiré au hasard
    metadata.cerdd.place   où elle était la dernière fois, depuis le dossier du serveur
    metadata.cerdd.progres l'avancement, quand le pupitre est ouvert (voir `rangement`)

Hors du pupitre, l'avancement est à côté du carnet, dans `.IDENTIFIANT.suivi.json` (caché), ou, sans
identité, dans `.NOM_DU_CARNET.suivi.json` (voir `rangement`). Deux carnets de même identité se
distinguent par leur place : celui qui est chez lui est l'original, l'autre est un double.
"""

import hashlib
import json
import os
import re
import shutil
import uuid
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from .fichiers import depuis_json, ecarter, ecrire_fichiers, insister, signature

VERSIONS = ("corriges", "eleves")
DE_LA_COPIE = ("copie", "place", "progres")  # ce qu'une copie porte de plus qu'un carnet livré
IDENTIFIANT = re.compile(r"[0-9a-f]{32}")


class Identite(NamedTuple):
    """L'identifiant d'une copie et sa dernière place connue (vide : inconnue)."""

    copie: str
    place: str


# --- Lire -------------------------------------------------------------------------------


def contenu_du_carnet(chemin: Path | None) -> dict | None:
    """Le contenu d'un carnet enregistré ; None s'il est absent, illisible ou autre chose."""
    try:
        return analyser(insister(chemin.read_bytes)) if chemin else None
    except OSError:
        return None


def analyser(octets: bytes) -> dict | None:
    """Le contenu d'un carnet ; None si ce n'en est pas un, ou s'il en manque une partie."""
    contenu = depuis_json(octets)
    return contenu if contenu and isinstance(contenu.get("cells"), list) else None


def notes(contenu: dict | None) -> dict | None:
    """Les métadonnées que la collection écrit dans ses carnets ; None : il n'est pas d'elle."""
    for cle in ("metadata", "cerdd"):
        contenu = contenu.get(cle) if isinstance(contenu, dict) else None
    return contenu if isinstance(contenu, dict) else None


def identite_ecrite(contenu: dict | None) -> Identite | None:
    """L'identité que porte un contenu de carnet, si elle est bien formée."""
    cerdd = notes(contenu) or {}
    copie, place = cerdd.get("copie"), cerdd.get("place")
    if not isinstance(copie, str) or not IDENTIFIANT.fullmatch(copie):
        return None
    if not isinstance(place, str) or re.search(r"\0|^/|(^|/)\.\.(/|$)", place):
        place = ""
    return Identite(copie, place)


class _Lu(NamedTuple):
    identite: Identite | None
    livree: str | None  # l'empreinte du texte livré, notée à la construction
    presente: str | None  # celle de son texte
    progres: object


def _examiner(contenu: dict | None) -> _Lu:
    cerdd = notes(contenu) or {}
    try:
        presente = empreinte(contenu or {})
    except (KeyError, TypeError, ValueError):
        presente = None
    return _Lu(identite_ecrite(contenu), cerdd.get("empreinte"), presente, cerdd.get("progres"))


@lru_cache(maxsize=1024)
def _connu(chemin: Path, etat: tuple | None) -> _Lu:
    return _examiner(contenu_du_carnet(chemin))


def _lu(chemin: Path) -> _Lu:
    """Ce qu'on sait du carnet enregistré à cet endroit ; relu seulement s'il a changé."""
    return _connu(chemin, signature(chemin))


def identite(chemin: Path) -> Identite | None:
    """L'identité du carnet enregistré à cet endroit ; None s'il n'en a pas ou n'est plus là."""
    return _lu(chemin).identite


def est_travaille(chemin: Path) -> bool | None:
    """Quelqu'un a-t-il écrit dans ce carnet depuis sa livraison ? None : on ne peut pas le dire."""
    lu = _lu(chemin)
    return None if lu.livree is None else lu.livree != lu.presente


def empreintes(chemin: Path) -> tuple[str | None, str | None]:
    """L'empreinte notée à la construction du carnet et celle de son texte ; None : inconnue."""
    return _lu(chemin)[1:3]


def progres(chemin: Path) -> object:
    """L'avancement que ce carnet contient (`metadata.cerdd.progres`), tel quel : ne pas le modifier."""
    return _lu(chemin).progres


def empreinte(carnet: dict) -> str:
    """Ce qui change dès qu'une personne tape, ajoute, déplace ou supprime quelque chose.

    La cellule vide que JupyterLab ajoute après la dernière exécutée n'est rien de tapé.
    """
    textes = [[c["cell_type"], "".join(c["source"])] for c in carnet["cells"]]
    textes = [t for t in textes if t[1].strip()]
    return hashlib.sha256(json.dumps(textes, ensure_ascii=False).encode()).hexdigest()


def chercher(dossier: Path, copie: str) -> list[Path]:
    """Les carnets de ce dossier qui portent cette identité."""
    return [c for c in sorted(dossier.glob("*.ipynb")) if _porte(c, copie)]


def _porte(chemin: Path, copie: str) -> bool:
    trouvee = identite(chemin)
    return trouvee is not None and trouvee.copie == copie


# --- Où est l'avancement ----------------------------------------------------------------


def fichier_par_identite(carnet: Path, copie: str) -> Path:
    """Le fichier d'avancement d'une copie, à côté de son carnet."""
    return carnet.with_name(f".{copie}.suivi.json")


def fichier_par_chemin(carnet: Path) -> Path:
    """Celui d'un carnet sans identité : il porte le nom du carnet."""
    return carnet.with_name(f".{carnet.stem}.suivi.json")


def provenance(carnet: Path, qui: Identite, racines: Iterable[Path]) -> tuple[bool, Path | None]:
    """Ce carnet est-il un double, et de quel fichier d'avancement part-il ?

    `racines` : les dossiers depuis lesquels sa place a pu être notée.
    """
    ici = fichier_par_identite(carnet, qui.copie)
    places = [racine / qui.place for racine in racines if qui.place]
    if any(_memes(place, carnet) for place in places):
        return False, ici
    for original in places:
        if _porte(original, qui.copie):
            copie_avec_lui = ici.exists() and not _memes(original.parent, carnet.parent)
            return True, ici if copie_avec_lui else fichier_par_identite(original, qui.copie)
    jumeaux = [c for c in chercher(carnet.parent, qui.copie) if c.name != carnet.name]
    if jumeaux:
        # Un jumeau qui est chez lui n'est pas forcément celui dont ce carnet a été copié.
        chez_lui = any(PurePosixPath(i.place).name == j.name for j in jumeaux if (i := identite(j)))
        return True, None if chez_lui else ici
    for place in places:
        ancien = fichier_par_identite(place, qui.copie)
        if ancien.exists() and not _memes(place.parent, carnet.parent):
            return False, ancien
    return False, ici


def _memes(a: Path, b: Path) -> bool:
    try:
        return os.path.samefile(a, b)
    except OSError:
        return False


def est_livre(carnet: Path) -> bool:
    """Ce carnet est-il de ceux que la collection livre (et que git suit), et non une copie ?"""
    paquet = Path(__file__).resolve().parent.parent
    return any(
        d == paquet or (d.name in VERSIONS and (d.parent / "sources").is_dir())
        for d in carnet.resolve().parents
    )


# --- Donner une identité, la suivre -----------------------------------------------------


def rattacher(contenu: dict, chemin: Path, place: str, racine: Path) -> bool:
    """Écrit dans ce contenu l'identité du carnet qui est, ou va être, à `chemin`.

    `place` : son chemin depuis `racine`, avec des « / ». Un carnet nouveau ou un double reçoit une
    identité neuve ; l'avancement d'un double part de celui qu'il copie ; celui d'un carnet déplacé
    le rejoint. Renvoie vrai si le contenu a changé.
    """
    cerdd = notes(contenu)
    if cerdd is None or est_livre(chemin) or est_rendue(contenu):
        return False
    qui = identite_ecrite(contenu)
    if qui is not None and qui.place == place:
        return False
    copie, reprendre = uuid.uuid4().hex, imiter
    if qui is None:  # un carnet neuf, posé à la place d'un autre, ne reprend pas son avancement
        lu = _examiner(contenu)
        source = fichier_par_chemin(chemin) if lu.livree != lu.presente else None
    else:
        double, source = provenance(chemin, qui, [racine])
        if not double:
            copie, reprendre = qui.copie, emporter
    if source is not None:
        reprendre(source, fichier_par_identite(chemin, copie))
    cerdd.update(copie=copie, place=place)
    return True


def accueillir(chemin: Path, place: str, racine: Path) -> None:
    """Donne ou met à jour l'identité d'un carnet enregistré ; lève `OSError`."""
    contenu = contenu_du_carnet(chemin) if os.access(chemin, os.W_OK) else None
    if contenu is not None and rattacher(contenu, chemin, place, racine):
        ecrire_carnet(contenu, chemin)


def maintenir(
    contenu: dict, chemin: Path, place: str, racine: Path, connues: dict[str, str]
) -> None:
    """Écrit dans un contenu qui va être enregistré à `chemin` l'identité qu'il doit avoir.

    La page garde celle qu'elle a lue à l'ouverture ; celle du fichier est la bonne. Un fichier
    nouveau (« Enregistrer sous », une copie) reçoit la sienne. `connues` : où chaque identité est
    maintenant, si la page ne le sait plus.
    """
    cerdd, deja, qui = notes(contenu), identite(chemin), identite_ecrite(contenu)
    if deja is None:
        if cerdd and qui:
            cerdd["place"] = connues.get(qui.copie, qui.place)
        rattacher(contenu, chemin, place, racine)
    elif cerdd is not None and not est_livre(chemin):
        cerdd.update(copie=deja.copie, place=place)


def doubler(ancien: Path, nouveau: Path) -> None:
    """Après la copie d'un carnet sans identité : son double part du même avancement."""
    if identite(nouveau) is None:
        imiter(fichier_par_chemin(ancien), fichier_par_chemin(nouveau))


def ecrire_carnet(contenu: dict, chemin: Path) -> None:
    """Enregistre un carnet comme Jupyter l'écrit."""
    ecrire_fichiers({chemin: octets_du_carnet(contenu)})


def octets_du_carnet(contenu: dict) -> bytes:
    """Un carnet, tel que Jupyter l'écrit."""
    textes = (json.dumps(contenu, indent=1, sort_keys=True, ensure_ascii=a) for a in (False, True))
    try:
        return f"{next(textes)}\n".encode()
    except UnicodeEncodeError:  # un demi-caractère, que seul l'échappement de JSON conserve
        return f"{next(textes)}\n".encode()


def est_rendue(contenu: dict | None) -> bool:
    """Est-ce une copie rendue (voir `bureau.remise`) ? Elle ne change plus."""
    return "rendu_le" in (notes(contenu) or {})


def suivre_le_carnet(ancien: Path, nouveau: Path, place: str) -> None:
    """Après un changement de nom ou de dossier : l'avancement rejoint le carnet."""
    contenu = contenu_du_carnet(nouveau)
    qui = identite_ecrite(contenu)
    if contenu is None or qui is None:
        emporter(fichier_par_chemin(ancien), fichier_par_chemin(nouveau))
        return
    emporter(fichier_par_identite(ancien, qui.copie), fichier_par_identite(nouveau, qui.copie))
    if not est_livre(nouveau):
        contenu["metadata"]["cerdd"]["place"] = place
        ecrire_carnet(contenu, nouveau)


def emporter(source: Path, cible: Path) -> None:
    """Déplace un fichier d'avancement ; celui qu'il remplacerait est mis de côté."""
    if _memes(source, cible):
        return
    if cible.exists():
        ecarter(cible, "avant")
    if source.exists():
        shutil.move(source, cible)


def imiter(source: Path, cible: Path) -> None:
    """Copie un fichier d'avancement, s'il existe, sans rien remplacer."""
    if source.is_file() and not cible.exists():
        ecrire_fichiers({cible: source.read_bytes()})
