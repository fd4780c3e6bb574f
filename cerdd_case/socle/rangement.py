"""Où l'avancement est rangé : dans le carnet, à côté, ou dans le fichier de travail du pupitre.

Le pupitre ne l'écrit que dans le carnet, sous `metadata.cerdd.progres`, avec le texte. Entre deux
enregistrements, le noyau le tient dans un fichier de travail, chez le serveur. Partout ailleurs (VS
Code, un JupyterLab ordinaire), il est dans un fichier caché à côté du carnet.

Ces deux fichiers partent de ce que le carnet contient, et en gardent le cachet : c'est ce qui dit lequel
est en avance sur l'autre, et s'il faut les réunir. Ce qu'un arrêt brutal n'a pas laissé enregistrer est
encore dans le fichier de travail : l'ouverture suivante l'y reprend.
"""

import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple

from . import identite
from .carnet_ouvert import PREMIERES
from .fichiers import (
    PATIENCE,
    depuis_json,
    ecarter,
    ecrire_fichiers,
    insister,
    nom_libre,
    signature,
    verrou,
)
from .fusion import fusionner

PROGRES = "progres"
# Des clés qui ne sont pas celles d'un atelier. `DEPARTS` : combien de fois on est reparti de zéro.
A_PART, DEPARTS = "a_part", "departs"
# Celles d'un fichier, qui ne vont pas dans le carnet. `CACHET` : de quel avancement du carnet il part ;
# `REUNI` : la signature du fichier d'à côté qu'un fichier de travail a déjà repris.
MODIFIE, CACHET, REUNI = "carnet_modifie", "carnet_lu", "fichier_lu"
LONGUEUR, PROFONDEUR = 1_000_000, 20  # signes, étages : un avancement n'en approche pas


class Rangement(NamedTuple):
    """Où se lit et s'écrit l'avancement d'un carnet.

    `fichier` : où il s'écrit ; `depart` : le fichier qui en tient lieu tant qu'il n'existe pas ;
    `progres` : ce que le carnet contient ; `a_cote` : le fichier d'à côté.
    """

    fichier: Path
    depart: Path
    progres: dict
    a_cote: Path

    @property
    def travail(self) -> bool:
        """Est-ce le pupitre qui le tient ?"""
        return self.fichier != self.a_cote

    def lire(self, patience: float = PATIENCE) -> dict | None:
        """L'avancement, avec les clés du fichier ; None : le fichier est abîmé. Lève `OSError`."""
        existe = self.fichier.exists()
        lu = lire_fichier(self.fichier if existe else self.depart, patience)
        if lu is None or (self.travail and existe):
            return lu
        modifie = {MODIFIE: True} if MODIFIE in lu else {}
        return rejoindre(self.progres, lu) | modifie | _cacheter(self.progres)


def lieux(carnet: Path, travail: Path | None = None) -> Rangement:
    """La place de l'avancement d'un carnet ; `travail` : le fichier où le tient le pupitre."""
    trouvee, nomme = identite.identite(carnet), identite.fichier_par_chemin(carnet)
    if trouvee is None:
        copie = PREMIERES.get(carnet) if not carnet.exists() else None
        ici, source = identite.fichier_par_identite(carnet, copie) if copie else nomme, None
    else:
        double, source = identite.provenance(carnet, trouvee, carnet.parents)
        ici = nomme if double else identite.fichier_par_identite(carnet, trouvee.copie)
    brut = identite.progres(carnet)
    progres = brut if isinstance(brut, dict) and admissible(brut) else {}
    return Rangement(travail or ici, travail or source or ici, progres, ici)


# --- Réunir -----------------------------------------------------------------------------


def utiles(contenu: dict) -> dict:
    """L'avancement lui-même, sans les clés du fichier."""
    return {cle: v for cle, v in contenu.items() if cle not in (MODIFIE, CACHET, REUNI)}


def departs(contenu: dict) -> int:
    """Combien de fois on y est reparti de zéro."""
    nombre = contenu.get(DEPARTS)
    return nombre if type(nombre) is int else 0


def cachet(progres: dict) -> str:
    """Ce qui change dès que l'avancement change."""
    return hashlib.sha256(json.dumps(_pour_un_carnet(progres), sort_keys=True).encode()).hexdigest()


def _pour_un_carnet(progres: dict) -> dict:
    """Un avancement que le format des carnets accepte : ni demi-caractère, ni nombre infini."""
    octets = json.dumps(progres, ensure_ascii=False).encode("utf-8", "replace")
    return json.loads(octets, parse_constant=lambda _: None)


def rejoindre(progres: dict, fichier: dict) -> dict:
    """L'avancement d'un carnet et celui d'un fichier qui en part : le plus avancé, ou les deux réunis."""
    siens = utiles(fichier)
    depart = fichier.get(CACHET, cachet({}))
    if depart == cachet(progres):
        return siens
    if depart == cachet(siens):
        return progres
    if departs(siens) != departs(progres):
        return max(siens, progres, key=departs)
    return fusionner({}, siens, progres)  # type: ignore[return-value]


def _cacheter(progres: dict) -> dict:
    return {CACHET: cachet(progres)} if progres else {}


# --- Lire et écrire un fichier ----------------------------------------------------------


def lire_fichier(fichier: Path, patience: float = PATIENCE) -> dict | None:
    """Le contenu d'un fichier d'avancement ; {} s'il n'existe pas, None s'il est abîmé.

    Lève `OSError` s'il est là et ne se lit pas pour l'instant.
    """
    if fichier.is_dir():
        return None
    try:
        contenu = depuis_json(insister(fichier.read_bytes, patience))
    except FileNotFoundError:
        return {}
    return contenu if contenu is not None and admissible(contenu) else None


def admissible(valeur: Any) -> bool:
    """Est-ce un avancement qu'un carnet peut contenir, ni trop long ni trop profond ?"""
    if not isinstance(valeur, dict) or _depasse(valeur, PROFONDEUR):
        return False
    return len(json.dumps(valeur)) <= LONGUEUR


def _depasse(valeur: Any, etages: int) -> bool:
    dedans = valeur.values() if isinstance(valeur, dict) else valeur
    return isinstance(valeur, dict | list) and (
        not etages or any(_depasse(v, etages - 1) for v in dedans)
    )


def poser(
    fichier: Path, contenu: dict, travaille: bool | None = None, patience: float = PATIENCE
) -> None:
    """Remplace le fichier ; `travaille` : note si l'on a écrit dans le carnet (None : on l'ignore)."""
    if travaille is not None:
        contenu = {cle: valeur for cle, valeur in contenu.items() if cle != MODIFIE}
        contenu |= {MODIFIE: True} if travaille else {}
    ecrire_fichiers({fichier: json.dumps(contenu, indent=1)}, patience)


def garder_a_part(a_cote: Path, contenu: object, mot: str) -> Path:
    """Écrit à côté du carnet un avancement que l'on remplace ; renvoie le nom donné."""
    garde = nom_libre(a_cote, mot)
    ecrire_fichiers({garde: json.dumps(contenu, indent=1)})
    return garde


def ecarter_si_besoin(fichier: Path, travaille: bool | None) -> str:
    """Met de côté un fichier abîmé, ou celui d'un carnet remplacé par un neuf ; lève `OSError`.

    `travaille` : a-t-on écrit dans le carnet (None : on l'ignore) ? Renvoie le nom que prend
    l'avancement du carnet remplacé, ou "".
    """
    contenu = lire_fichier(fichier)
    neuf = contenu is not None and MODIFIE in contenu and travaille is False
    if contenu is not None and not neuf:
        return ""
    with verrou(fichier):
        if lire_fichier(fichier) != contenu:  # quelqu'un l'a refait entre-temps
            return ""
        garde = ecarter(fichier, "avant" if neuf else "abime")
    return garde.name if neuf else ""


def noter_le_travail(carnet: Path) -> None:
    """Note dans le fichier d'à côté, à chaque enregistrement, si l'on a écrit ; lève `OSError`.

    Un carnet que l'on retrouve à son texte d'origine sans être passé par là est un carnet neuf, posé
    à la place ; celui que l'élève y ramène elle-même reste le sien.
    """
    trouvee = identite.identite(carnet)
    fichier = identite.fichier_par_identite(carnet, trouvee.copie) if trouvee else None
    travaille = bool(identite.est_travaille(carnet))
    if fichier and fichier.is_file() and (MODIFIE in (lire_fichier(fichier) or {})) != travaille:
        with verrou(fichier):
            if contenu := lire_fichier(fichier):
                poser(fichier, contenu, travaille)


# --- Le fichier de travail du pupitre ---------------------------------------------------


def prendre_en_charge(carnet: Path, travail: Path) -> bool:
    """Réunit dans `travail` l'avancement du carnet et, une fois, celui d'à côté ; lève `OSError`.

    Vrai : il est en avance sur le carnet, qui est à enregistrer.
    """
    a_cote = lieux(carnet).a_cote
    ecarter_si_besoin(a_cote, identite.est_travaille(carnet))
    ecarter_si_besoin(travail, None)
    with verrou(travail):
        avant = present = lire_fichier(travail) or {}
        vu = list(signature(a_cote) or ())
        brut, progres = identite.progres(carnet), lieux(carnet).progres
        if CACHET in avant and brut is None:  # un carnet neuf, de même identité, posé à la place
            garder_a_part(a_cote, utiles(avant), "avant")
            avant = {}
        base = utiles(avant) if brut is not None and not admissible(brut) else progres
        fichier = lire_fichier(a_cote) or {} if vu != avant.get(REUNI, []) else {}
        reuni = fusionner(base, rejoindre(base, fichier), rejoindre(base, avant))
        assert isinstance(reuni, dict)
        apres = reuni | _cacheter(progres) | ({REUNI: vu} if vu else {})
        if apres != present:
            poser(travail, apres)
    return cachet(reuni) != cachet(progres)


def inscrire(contenu: dict, carnet: Path, travail: Path | None) -> dict:
    """Met l'avancement dans un contenu qui va être enregistré à `carnet` ; lève `OSError`.

    La page n'en a que ce qu'elle a lu à l'ouverture : le fichier de travail l'emporte, sinon ce qui est
    sur le disque. Renvoie ce fichier, tel qu'il a été inscrit ; vide : il n'y en a pas.
    """
    cerdd = identite.notes(contenu)
    if cerdd is None:
        return {}
    if identite.est_livre(carnet):
        cerdd.pop(PROGRES, None)
        return {}
    inscrit = (lire_fichier(travail) if travail else None) or {}
    brut = identite.progres(carnet)
    if inscrit:
        if brut is not None and not admissible(brut):
            garder_a_part(lieux(carnet).a_cote, brut, "abime")
        brut = _pour_un_carnet(utiles(inscrit)) or None
    elif identite.identite(carnet) is None:
        return {}
    cerdd.pop(PROGRES, None)
    if brut is not None:
        cerdd[PROGRES] = brut
    return inscrit


def confirmer(carnet: Path, travail: Path, inscrit: dict) -> None:
    """Une fois le carnet enregistré : le fichier de travail le note, et celui d'à côté est retiré.

    Lève `OSError`.
    """
    place = lieux(carnet)
    if not inscrit or cachet(place.progres) != cachet(utiles(inscrit)):
        return
    if inscrit.get(CACHET, cachet({})) != cachet(place.progres):
        with verrou(travail):
            if present := lire_fichier(travail):
                poser(travail, present | _cacheter(place.progres))
    if REUNI in inscrit and place.a_cote.exists():
        with verrou(place.a_cote):
            if list(signature(place.a_cote) or ()) != inscrit[REUNI]:
                return
            if departs(lire_fichier(place.a_cote) or {}) < departs(inscrit):
                ecarter(place.a_cote, "avant")  # repris, puis laissé en repartant de zéro
            else:
                place.a_cote.unlink()


def liberer(carnet: Path, travail: Path) -> None:
    """Quand le serveur s'arrête : ce qui restait à enregistrer l'est, et le fichier est retiré.

    Lève `OSError` ; le fichier de travail reste alors, pour la prochaine ouverture.
    """
    contenu, place = identite.contenu_du_carnet(carnet), lieux(carnet)
    if contenu is None or not travail.is_file():
        return
    inscrit = inscrire(contenu, carnet, travail)
    if cachet(utiles(inscrit)) != cachet(place.progres):
        identite.ecrire_carnet(contenu, carnet)
    confirmer(carnet, travail, inscrit)
    if cachet(lieux(carnet).progres) == cachet(utiles(lire_fichier(travail) or {})):
        travail.unlink()
