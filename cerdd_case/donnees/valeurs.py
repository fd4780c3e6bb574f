"""D'une case de texte à sa valeur : texte, booléen, nombre, ou la phrase qui la refuse."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn

from ..socle.typographie import pluriel
from .description import Champ
from .fautes import CaseFausse, NomImprevu
from .feuilles import EN_UTF8
from .lettres import lettres_perdues

Valeur = str | bool | int | Decimal
NOMS_DES_TYPES = {
    "string": "un texte",
    "integer": "un nombre entier",
    "number": "un nombre",
    "boolean": "true ou false (VRAI ou FAUX dans un tableur)",
}
INVISIBLES = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
ENTIER = re.compile(r"[+-]?[0-9]+")
DECIMAL = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")  # ni « nan », ni « 1_000 », que Python accepte
NOMBRE_DE_TABLEUR = re.compile(  # « 12 500,50 », « 20,0 % », « 1 040 450 € »
    r"(?P<signe>[+\-−]?)(?P<entier>[0-9]{1,3}(?:[ \u00a0\u202f\u2009][0-9]{3})+|[0-9]+)"
    r"(?:(?P<marque>[.,])(?P<decimales>[0-9]+))?(?:\s*(?P<unite>%|€|k€|EUR|ETP))?",
    re.I,
)
UNITES_DE_TABLEUR = {"%": ("part", "pourcent"), "€": ("eur",), "eur": ("eur",), "k€": ("keur",),
                     "etp": ("etp",)}  # fmt: skip
MOIS_ABREGES = (
    "janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc|jan|feb|mar|apr|may|jun|jul|aug|dec"
)
# Ce qu'un logiciel écrit sans qu'une personne l'ait voulu, et le remède.
DATE = (
    rf"\d{{1,4}}[-/]\d{{1,2}}([-/]\d{{1,4}})?|\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}"
    rf"|\d{{1,2}}[-. ]({MOIS_ABREGES})\S*.*|({MOIS_ABREGES})\S*[-. ]\d+",
    "Le tableur en a sans doute fait une date : mettez la colonne au format Texte, puis récrivez",
)
TRACES = (
    (r"#+|#[A-Z/0]+[!?]?", "C'est une formule en erreur : écrivez la valeur elle-même"),
    (r"nan|<na>|none|null|nat|n/?a|[+-]?inf(inity)?|-+",
     "Un logiciel écrit cela quand il n'y a pas de valeur : écrivez-la, ou laissez la case vide si "
     "elle n'est pas obligatoire"),
)  # fmt: skip
TRACES_DANS_UN_NOMBRE = (
    *TRACES,
    (r"\D+", "Écrivez le nombre en chiffres, ou laissez la case vide si elle n'est pas obligatoire"),
    (r"'.*", "L'apostrophe en fait un texte : retirez-la"),
    (r"[+-]?\d+([.,]\d+)?e[+-]?\d+",
     "Le tableur a abrégé le nombre et perdu des chiffres : récrivez-le en entier"),
    DATE,
)  # fmt: skip


def montrer(texte: str) -> str:
    """Un texte à citer : court, et sans signe que l'on ne verrait pas."""
    texte = INVISIBLES.sub(lambda m: f"[U+{ord(m[0]):04X}]", texte.replace("\n", "⏎"))
    texte = "".join(s if s.isprintable() or s.isspace() else f"[U+{ord(s):04X}]" for s in texte)
    return texte if len(texte) <= 60 else texte[:59] + "…"


@dataclass
class Case:
    """Une case et ce que sa colonne permet.

    `francaise` : un tableur réglé en français l'a écrite ; `voisines` : sa colonne, en exemple.
    """

    texte: str
    champ: Champ
    lieu: str
    unite: str
    francaise: bool
    voisines: Iterable[str]

    def refuser(self, faute: str, remede: str = "Corrigez la case") -> NoReturn:
        """Lève `CaseFausse` : où est la case, cette faute et que faire."""
        raise CaseFausse(self.lieu, faute, remede)

    @property
    def cite(self) -> str:
        """Ce que contient la case, entre guillemets, court et lisible."""
        return f"« {montrer(self.texte)} »"

    def lire(self) -> Valeur | None:
        """Rien, du texte, un entier, un `Decimal` ou un booléen, que le champ permet."""
        texte, champ = self.texte, self.champ
        if not INVISIBLES.sub("", texte).strip():
            if not texte and not champ.obligatoire:
                return None
            faute = "ne contient que des espaces" if texte else "est vide"
            remede = "Écrivez une valeur" if champ.obligatoire else "Videz-la"
            self.refuser(f"la case {faute}", remede)
        if perdues := lettres_perdues(texte):
            faute = f"{self.cite} a perdu des lettres (« {montrer(perdues)} »)"
            self.refuser(faute, f"Repartez du fichier d'origine. {EN_UTF8}")
        valeur = self._convertir()
        if champ.liste is not None and valeur not in champ.liste:
            if texte.strip() in champ.liste:
                self.refuser(f"une espace est de trop autour de « {texte.strip()} »", "Retirez-la")
            raise NomImprevu(self.lieu, montrer(texte), champ.liste)
        if isinstance(valeur, str):
            self._controler_texte()
        elif not Decimal(str(champ.minimum)) <= valeur <= Decimal(str(champ.maximum)):
            bornes = (("au moins", champ.minimum), ("au plus", champ.maximum))
            ecrites = " et ".join(f"{mot} {borne}" for mot, borne in bornes if math.isfinite(borne))
            self.refuser(f"{montrer(texte)} est hors limites ({ecrites})")
        return valeur

    def _convertir(self) -> Valeur:
        texte, champ, lu = self.texte, self.champ, self.texte.strip()
        if champ.genre == "string":
            if texte not in (champ.liste or ()) and _remede(texte, TRACES):
                self._refuser_le_type()
            return texte
        if champ.genre == "boolean":
            if texte not in (*champ.vrais, *champ.faux):
                self._refuser_le_type()
            return texte in champ.vrais
        n = NOMBRE_DE_TABLEUR.fullmatch(lu) if self.francaise else None
        if n and (not n["unite"] or self.unite in UNITES_DE_TABLEUR[n["unite"].lower()]):
            lu = self._recrire(n)
            lu = re.sub(r"\.0+$", "", lu) if champ.genre == "integer" else lu
        if not (ENTIER if champ.genre == "integer" else DECIMAL).fullmatch(lu):
            self._refuser_le_type()
        # au-delà de 15 chiffres, ni pandas ni un tableur ne gardent chacun d'un entier
        demesure = champ.genre == "integer" and len(lu.lstrip("+-0")) > 15
        if demesure or not math.isfinite(float(lu)):
            self.refuser(f"{montrer(texte)} est démesuré")
        return int(lu) if champ.genre == "integer" else Decimal(lu)

    def _recrire(self, n: re.Match) -> str:
        """Un nombre comme un tableur français l'affiche, récrit comme dans `data/`."""
        entier = re.sub(r"\D", "", n["entier"])
        if n["marque"] == "." and len(n["decimales"]) == 3 and len(entier) <= 3 and entier != "0":
            deux = f"{entier},{n['decimales']} ou {entier}{n['decimales']}"
            faute = f"« {self.texte.strip()} » peut vouloir dire {deux}"
            self.refuser(faute, "Écrivez-le sans point")
        decimales = f".{n['decimales']}" if n["decimales"] else ""
        valeur = Decimal(f"{n['signe'].replace('−', '-')}{entier}{decimales}")
        en_part = n["unite"] == "%" and self.unite == "part"
        return format(valeur.scaleb(-2) if en_part else valeur, "f")

    def _refuser_le_type(self) -> NoReturn:
        """Dit quel type est attendu, et comment l'écrire dans ce fichier."""
        genre = self.champ.genre
        traces = TRACES_DANS_UN_NOMBRE if genre in ("number", "integer") else TRACES
        remede = _remede(self.texte, traces)
        if genre == "number" and not remede:
            signe = "une virgule (12,5)" if self.francaise else "un point (12.5)"
            remede = f"La décimale s'y écrit avec {signe}, sans espace ni unité"
            n = NOMBRE_DE_TABLEUR.fullmatch(self.texte.strip())
            if n and n["unite"] and self.francaise:
                remede = f"L'unité de cette case est « {self.unite} » : retirez « {n['unite']} »"
            elif n and not n["unite"] and not self.francaise:
                remede += f". Écrivez {self._recrire(n)}"
        faute = f"{self.cite} ne convient pas ; {NOMS_DES_TYPES[genre]} est attendu"
        self.refuser(faute, remede or "Corrigez la case")

    def _controler_texte(self) -> None:
        """Sa longueur, puis sa forme, montrée par une autre case de la colonne."""
        texte, champ, signes = self.texte, self.champ, len(self.texte)
        bas, haut = champ.longueur_min, champ.longueur_max
        if haut == 0:
            self.refuser("la case doit rester vide", "Videz-la")
        dite = f"{signes} {pluriel('signe', signes)}"
        if signes < bas:
            self.refuser(
                f"{self.cite} est trop court ({dite}, {bas} au moins)", "Complétez le texte"
            )
        if signes > haut:
            self.refuser(f"{self.cite} est trop long ({dite}, {haut} au plus)", "Abrégez le texte")
        if re.fullmatch(champ.motif, texte):
            return
        nu = INVISIBLES.sub("", texte).strip(" \t\n\u00a0\u202f'’")
        if re.fullmatch(champ.motif, nu):
            faute = "une espace, une apostrophe ou un signe invisible est de trop dans"
            self.refuser(f"{faute} {self.cite}", "Retirez-le")
        exemple = next((autre for autre in self.voisines if re.fullmatch(champ.motif, autre)), None)
        comme = f"Écrivez comme « {montrer(exemple)} »" if exemple else "Corrigez la case"
        remede = _remede(texte, (DATE,)) or f"{comme} (motif {champ.motif})"
        self.refuser(f"{self.cite} n'a pas la forme attendue", remede)


def _remede(texte: str, traces: tuple[tuple[str, str], ...]) -> str | None:
    return next((r for motif, r in traces if re.fullmatch(motif, texte.strip(), re.I)), None)
