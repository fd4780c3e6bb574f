"""D'un fichier CSV, ou d'un tableau pandas, aux cases : du texte, ligne par ligne.

Ce que les tableurs écrivent et que l'on reconnaît à coup sûr est lu : marque UTF-8 ou UTF-16,
points-virgules ou tabulations à la place des virgules, ligne « sep=; », lignes vides. Le reste
est refusé avec le remède. Le numéro d'une ligne est celui que montre un éditeur de texte.
"""

import csv
import io
import re
import unicodedata
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd

from ..socle.typographie import pluriel
from .fautes import CaseFausse, FichierFautif

NATURES = (  # ce qu'un fichier renommé en .csv est en vérité, d'après ses premiers octets
    (rb"PK\x03\x04|\xd0\xcf\x11\xe0", "un classeur"),  # .xlsx ou .ods, puis .xls
    (rb"\s*<\?xml(?s:.{0,300})(?:office|spreadsheet|Workbook)", "un classeur"),
    (rb"\s*<(?:\?xml|!doctype|html|table|head|body)\b", "une page Web"),
    (rb"%PDF-", "un document PDF"),
    (rb"\{\\rtf", "un document de traitement de texte"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8", "une image"),
    (rb"\x1f\x8b|BZh|7z\xbc\xaf|Rar!|\xfd7zXZ", "une archive"),
    (rb"SQLite format", "une base de données"),
)
MARQUES = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
EN_UTF8 = "Enregistrez-le au format « CSV UTF-8 »"
SEPARATEURS = {",": "une virgule", ";": "un point-virgule", "\t": "une tabulation",
               "|": "une barre"}  # fmt: skip
FAUTES_DE_CSV = (
    ("unexpected end of data", "un guillemet ouvert n'est jamais refermé"),
    ("field larger", "une case est démesurée, sans doute par un guillemet jamais refermé"),
    ("expected after", "un guillemet se referme au milieu d'une case"),
    ("", "le CSV est mal écrit"),
)


@dataclass(frozen=True)
class Feuille:
    """Des cases de texte, l'en-tête à part. `numeros` : la ligne où commence chaque ligne."""

    lieu: str
    entete: list[str]
    numero_entete: int | None  # None : un tableau pandas, dont l'en-tête n'est pas une ligne
    numeros: list[int]
    lignes: list[list[str]]
    separateur: str = ","

    @property
    def francaise(self) -> bool:
        """Un tableur réglé en français l'a écrite : virgule décimale, « 20 % »."""
        return self.separateur != ","

    def ou(self, numero: int | None, *colonnes: str) -> str:
        """« data/notes.csv, ligne 3, colonne note »."""
        ligne = f", ligne {numero}" if numero else ""
        mot = f", {pluriel('colonne', len(colonnes))} " if colonnes else ""
        return f"{self.lieu}{ligne}{mot}{', '.join(colonnes)}"


def lire_feuille(chemin: Path, lieu: str, attendues: Collection[str]) -> Feuille:
    """Les cases d'un fichier CSV. `attendues` : les colonnes qui aident à trouver l'en-tête.

    Lève `ErreurDonnees` : fichier absent, vide, dans un autre encodage ou mal écrit.
    """
    texte, decalage, essais = _texte(_octets(chemin, lieu), lieu), 0, [*SEPARATEURS]
    if annonce := re.match(r'"?sep=([,;|\t])"?(\r\n|\r|\n|$)', texte, re.I):
        texte, decalage, essais = texte[annonce.end() :], 1, [annonce[1]]
    separateur = max(essais, key=lambda signe: _reconnues(texte, signe, attendues))
    lues = _lignes(texte, separateur, lieu, decalage)
    if not lues:
        raise FichierFautif(lieu, "est vide")
    (numero, *numeros), (entete, *lignes) = zip(*lues, strict=True)
    # sans les colonnes tout à fait vides que les tableurs ajoutent autour d'un tableau
    if all(len(ligne) == len(entete) for ligne in lignes):
        gardees = [i for i, cases in enumerate(zip(entete, *lignes, strict=True)) if _pleine(cases)]
        entete, *lignes = ([ligne[i] for i in gardees] for ligne in (entete, *lignes))
    return Feuille(lieu, entete, numero, numeros, lignes, separateur)


def feuille_d_un_tableau(tableau: pd.DataFrame, nom: str, entiers: Collection[str]) -> Feuille:
    """Les cases d'un tableau pandas ; la ligne 1 est la première. `entiers` : ces colonnes."""
    lieu = f"table {nom}"
    if not isinstance(tableau, pd.DataFrame):
        faute = f"un tableau pandas est attendu, pas {type(tableau).__name__}"
        remede = "Donnez un DataFrame, par exemple celui de Cas().table(…) modifié"
        raise CaseFausse(lieu, faute, remede)
    entete = [str(c) for c in tableau.columns]
    for index in tableau.index.names:
        if index is not None and str(index) not in entete:
            faute = f"« {index} » est l'index du tableau et non une colonne"
            raise CaseFausse(lieu, faute, "Donnez tableau.reset_index()")
    colonnes = [
        [_en_texte(v, nom_colonne in entiers) for v in tableau.iloc[:, rang].tolist()]
        for rang, nom_colonne in enumerate(entete)
    ]
    lignes = [list(cases) for cases in zip(*colonnes, strict=True)]
    return Feuille(lieu, entete, None, list(range(1, len(lignes) + 1)), lignes)


def _en_texte(valeur: object, entier: bool) -> str:
    """La valeur comme on l'écrirait dans le CSV de la collection."""
    if isinstance(valeur, str):
        return unicodedata.normalize("NFC", valeur)
    if pd.api.types.is_scalar(valeur) and pd.isna(valeur):
        return ""
    if isinstance(valeur, bool | np.bool_):
        return "true" if valeur else "false"
    if isinstance(valeur, float | np.floating) and np.isfinite(valeur):
        if entier and float(valeur).is_integer():  # une colonne à trous, que pandas lit en décimal
            return str(int(valeur))
        return format(Decimal(repr(float(valeur))), "f")
    return str(valeur)


def _octets(chemin: Path, lieu: str) -> bytes:
    range_ = chemin.with_name(f"{chemin.name}.z")  # comprimé dans la roue de l'élève
    try:
        if chemin.exists() and not chemin.is_file():
            nature = "un dossier" if chemin.is_dir() else "autre chose qu'un fichier"
            raise FichierFautif(lieu, f"ne s'ouvre pas : c'est {nature}")
        if range_.is_file() and not chemin.exists():
            return zlib.decompress(range_.read_bytes())
        return chemin.read_bytes()
    except (FileNotFoundError, zlib.error):
        remede = "Remettez le fichier d'origine dans le dossier des données"
        raise FichierFautif(lieu, "est introuvable", remede) from None
    except OSError as erreur:
        remede = "S'il est ouvert dans un tableur, fermez-le"
        raise FichierFautif(lieu, f"ne s'ouvre pas ({erreur.strerror})", remede) from None


def _texte(octets: bytes, lieu: str) -> str:
    if nature := next((n for debut, n in NATURES if re.match(debut, octets, re.I)), None):
        remede = "Ouvrez le tableau dans votre tableur, puis « Enregistrer sous », « CSV UTF-8 »"
        raise FichierFautif(lieu, f"est {nature}, pas un fichier CSV", remede)
    # Les tableurs posent une marque invisible au début : elle dit l'encodage à coup sûr.
    encodage = next((e for marque, e in MARQUES if octets.startswith(marque)), "utf-8")
    if encodage == "utf-8" and b"\0" in octets:
        raise FichierFautif(lieu, _octets_nuls(octets), EN_UTF8)
    try:
        texte = octets.decode(encodage)
    except UnicodeDecodeError as erreur:
        if encodage.startswith("utf-8"):
            raise CaseFausse(
                f"{lieu}, ligne {_ligne(octets, erreur.start)}",
                "le fichier n'est pas enregistré en UTF-8, ses lettres accentuées seraient perdues",
                f"{EN_UTF8} (dans LibreOffice : jeu de caractères « Unicode (UTF-8) »)",
            ) from None
        faute = f"est un texte {encodage.upper()} abîmé"
        raise FichierFautif(lieu, faute, EN_UTF8) from None
    return unicodedata.normalize("NFC", texte)  # un Mac sépare parfois l'accent de sa lettre


def _octets_nuls(octets: bytes) -> str:
    """Un texte où un octet sur deux, ou trois sur quatre, est nul n'est pas abîmé."""
    nuls = octets.count(0) / len(octets)
    for encodage, part in (("UTF-16", 1 / 2), ("UTF-32", 3 / 4)):
        if abs(nuls - part) < 0.1:
            return f"est un texte {encodage} sans la marque qui le dit"
    return f"contient des octets nuls (ligne {_ligne(octets, octets.index(0))}) : il est abîmé"


def _ligne(octets: bytes, position: int) -> int:
    return len(re.findall(rb"\r\n|\r|\n", octets[:position])) + 1


def _reconnues(texte: str, separateur: str, attendues: Collection[str]) -> int:
    """Combien de colonnes attendues une ligne du début montre, avec ce séparateur."""
    debut = io.StringIO(texte, newline="").readlines(4096)[:20]
    try:
        lignes = list(csv.reader(debut, delimiter=separateur))
    except csv.Error:
        return 0
    return max(
        (len({c.strip() for c in ligne}.intersection(attendues)) for ligne in lignes), default=0
    )


def _lignes(texte: str, signe: str, lieu: str, decalage: int) -> list[tuple[int, list[str]]]:
    """Les lignes non vides et le numéro de la ligne du fichier où chacune commence."""
    lecteur = csv.reader(io.StringIO(texte, newline=""), strict=True, delimiter=signe)
    lignes, numero = [], decalage + 1
    try:
        for cases in lecteur:
            if _pleine(cases):
                lignes.append((numero, [re.sub(r"\r\n?", "\n", case) for case in cases]))
            numero = decalage + lecteur.line_num + 1
    except csv.Error as erreur:
        faute = next(f for mot, f in FAUTES_DE_CSV if mot in str(erreur))
        remede = "Vérifiez les guillemets ou remettez le fichier d'origine"
        raise CaseFausse(f"{lieu}, vers la ligne {numero}", faute, remede) from None
    return lignes


def _pleine(cases: Collection[str]) -> bool:
    return any(case.strip() for case in cases)
