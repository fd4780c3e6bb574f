"""Ce qu'un enseignant donne à ses élèves : un dossier et son archive, sans aucune solution.

La roue de l'élève se fait des fichiers du paquet, du projet ou installé : tout sauf l'édition et les
corrigés. Les tableaux de `data/corrige/` (points attendus, classements…) y sont comprimés : le paquet
en a besoin pour juger une réponse, mais on ne les lit pas en ouvrant un fichier. Ce n'est pas un secret.
"""

import base64
import hashlib
import io
import tomllib
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from ..bureau import carnets
from ..bureau.copies import DOSSIER_DES_COPIES
from ..donnees.paquet import dossier_des_donnees
from ..socle.erreurs import ErreurCas
from ..socle.fichiers import EcritureRefusee, FichierEtranger, ecrire_fichiers
from ..socle.identite import DE_LA_COPIE, notes, octets_du_carnet
from .lecture_carnet import lire_brut

PAQUET = Path(__file__).resolve().parent.parent
POUR_L_ELEVE = Path(__file__).resolve().parent / "pour_l_eleve"
NOM = "cas_cerdd_eleves"
PROJET, ELEVE = "cerdd-case", "cerdd-case-eleve"
A_PART = {"edition", "data", "notebooks"}  # ce qui est à l'enseignant, ou se trie plus bas
DE_L_ENSEIGNANT = ("nbval", "jinja2", "mistune", "docxtpl")
LICENCES = ("LICENSE", "LICENSE-CONTENUS")
MARQUE = b"cerdd distribuer"  # le commentaire d'une archive que l'on a faite
DATE = (2015, 1, 1, 0, 0, 0)  # la même partout : deux roues des mêmes fichiers sont égales


def distribuer(vers: Path) -> list[Path]:
    """Écrit dans `vers` le dossier des élèves et son archive ; renvoie les deux.

    Ce que la collection y avait écrit est remplacé ; ce qui a changé depuis, ou vient d'ailleurs, ne
    l'est jamais : lève `FichierEtranger` avant d'écrire quoi que ce soit.
    """
    dossier, archive = vers / NOM, vers / f"{NOM}.zip"
    contenu = contenu_du_dossier()
    anciens = _deja_la(dossier, archive)
    fichiers: dict[Path, str | bytes] = {dossier / nom: octets for nom, octets in contenu.items()}
    fichiers[archive] = _archiver({f"{NOM}/{n}": o for n, o in contenu.items()}, MARQUE)
    try:
        for chemin in fichiers:
            chemin.parent.mkdir(parents=True, exist_ok=True)
        ecrire_fichiers(fichiers)
        for chemin in anciens - fichiers.keys():  # une roue d'une autre version
            chemin.unlink()
    except OSError as erreur:
        remede = "Choisissez un autre dossier avec --vers"
        raise EcritureRefusee(vers, erreur, remede) from None
    return [dossier, archive]


def contenu_du_dossier() -> dict[str, bytes]:
    """Chaque fichier du dossier des élèves : sa place, son contenu."""
    contenu = {f.name: f.read_bytes() for f in POUR_L_ELEVE.iterdir() if f.is_file()}
    for carnet in carnets.carnets(carnets.dossier_des_carnets() / "eleves"):
        contenu[f"{DOSSIER_DES_COPIES}/eleves/{carnet.name}"] = _vierge(carnet)
    return contenu | {nom_de_la_roue(): roue_de_l_eleve()}


@cache
def projet() -> dict[str, Any]:
    """Ce que dit `pyproject.toml` : celui du projet, ou ce que la roue installée en a gardé."""
    fichier = PAQUET.parent / "pyproject.toml"
    if fichier.is_file():
        return tomllib.loads(fichier.read_text(encoding="utf-8"))["project"]
    try:
        dit = metadata.metadata(PROJET)
    except metadata.PackageNotFoundError:
        raise ErreurCas(
            "La collection n'est pas installée dans ce Python. Lancez la commande comme le dit le README."
        ) from None
    return {
        "version": dit["Version"], "license": dit["License-Expression"],
        "requires-python": dit["Requires-Python"], "dependencies": metadata.requires(PROJET) or [],
    }  # fmt: skip


def nom_de_la_roue() -> str:
    """Le nom de fichier de la roue de l'élève."""
    return f"cerdd_case_eleve-{projet()['version']}-py3-none-any.whl"


def roue_de_l_eleve() -> bytes:
    """La roue qu'installe un élève ; la même, que le paquet soit celui du projet ou installé."""
    info = f"cerdd_case_eleve-{projet()['version']}.dist-info"
    contenu = {f"cerdd_case/{nom}": octets for nom, octets in sorted(_du_paquet().items())}
    contenu |= {
        f"{info}/METADATA": _metadonnees().encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: cerdd distribuer\nRoot-Is-Purelib: true\n"
        b"Tag: py3-none-any\n",
        f"{info}/entry_points.txt": b"[console_scripts]\ncerdd = cerdd_case.bureau.commande:principal\n",
    }
    lignes = []
    for nom, octets in contenu.items():
        sceau = base64.urlsafe_b64encode(hashlib.sha256(octets).digest()).decode().rstrip("=")
        lignes.append(f"{nom},sha256={sceau},{len(octets)}")
    contenu[f"{info}/RECORD"] = "\n".join([*lignes, f"{info}/RECORD,,", ""]).encode()
    return _archiver(contenu)


def _du_paquet() -> dict[str, bytes]:
    """Ce que la roue contient sous `cerdd_case/`."""
    contenu = {}
    for fichier in PAQUET.rglob("*"):
        chemin = fichier.relative_to(PAQUET)
        ecarte = chemin.parts[0] in A_PART or "__pycache__" in chemin.parts
        if fichier.is_file() and not ecarte:
            contenu[chemin.as_posix()] = fichier.read_bytes()
    for carnet in carnets.carnets(carnets.dossier_des_carnets() / "eleves"):
        contenu[f"notebooks/eleves/{carnet.name}"] = _vierge(carnet)
    donnees = dossier_des_donnees()
    for fichier in filter(Path.is_file, donnees.rglob("*")):
        chemin = fichier.relative_to(donnees)
        if chemin.parts[0] == "corrige":
            contenu[f"data/{chemin.as_posix()}.z"] = zlib.compress(fichier.read_bytes(), 9)
        elif chemin.parts[0] != "local":
            contenu[f"data/{chemin.as_posix()}"] = fichier.read_bytes()
    return contenu | {nom: _licence(nom) for nom in LICENCES}


def _licence(nom: str) -> bytes:
    if (PAQUET.parent / nom).is_file():
        return (PAQUET.parent / nom).read_bytes()
    trouvees = [f for f in metadata.files(PROJET) or () if f.name == nom]
    return trouvees[0].read_binary()


def _metadonnees() -> str:
    exigences = [e for e in projet()["dependencies"] if not e.startswith(DE_L_ENSEIGNANT)]
    lignes = {
        "Metadata-Version": "2.4", "Name": ELEVE, "Version": projet()["version"],
        "Summary": "Le cas CERDD (Concours général des lycées 2015, STMG) : les carnets de l'élève",
        "License-Expression": projet()["license"],
        "Requires-Python": projet()["requires-python"],
    }  # fmt: skip
    dites = [f"{cle}: {valeur}" for cle, valeur in lignes.items()]
    return "\n".join([*dites, *(f"Requires-Dist: {e}" for e in exigences), ""])


def _vierge(carnet: Path) -> bytes:
    """Un carnet d'élève tel que livré ; ni sortie, ni identité, ni avancement de personne."""
    contenu = lire_brut(carnet)
    for cle in DE_LA_COPIE:
        (notes(contenu) or {}).pop(cle, None)
    for cellule in contenu["cells"]:
        if cellule["cell_type"] == "code":
            cellule.update(outputs=[], execution_count=None)
    return octets_du_carnet(contenu)


def _archiver(contenu: Mapping[str, bytes], commentaire: bytes = b"") -> bytes:
    flux = io.BytesIO()
    with zipfile.ZipFile(flux, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = commentaire
        for nom, octets in contenu.items():
            entree = zipfile.ZipInfo(nom, DATE)
            entree.compress_type, entree.external_attr = zipfile.ZIP_DEFLATED, 0o100644 << 16
            archive.writestr(entree, octets)
    return flux.getvalue()


def _deja_la(dossier: Path, archive: Path) -> set[Path]:
    """Les fichiers d'une distribution d'avant ; lève `FichierEtranger` s'il y a là autre chose."""
    connus: dict[Path, bytes] = {}
    if archive.exists():
        try:
            with zipfile.ZipFile(archive) as avant:
                if avant.comment == MARQUE:
                    connus = {dossier.parent / nom: avant.read(nom) for nom in avant.namelist()}
        except (OSError, zipfile.BadZipFile):
            pass
    presents = {f for f in dossier.rglob("*") if not f.is_dir()} if dossier.is_dir() else set()
    etrangers = [f for f in presents if f.read_bytes() != connus.get(f)]
    etrangers += [f for f in (archive, dossier) if f.exists() and not connus]
    if etrangers:
        raise FichierEtranger(sorted(etrangers)[:1])
    return presents
