"""Un curseur avec son champ de saisie, qui lit ce que l'on tape."""

import re
import unicodedata
from pathlib import Path
from typing import Any

import anywidget
import traitlets as t

from ..socle.erreurs import ErreurCas
from ..socle.nombres import MOIS, lire, mesure
from .texte import Texte

PAGES = Path(__file__).parent / "pages"


def avec_commun(chemin: Path) -> str:
    """Le script ou la feuille de style d'une page, précédé de ce que toutes partagent."""
    commun = PAGES / f"commun{chemin.suffix}"
    return "".join(c.read_text(encoding="utf-8") for c in (commun, chemin))


class PasUnMois(ErreurCas):
    """Une saisie qui ne dit pas un mois."""

    def __init__(self, texte: str):
        dit = texte.strip()[:60]
        super().__init__(f"« {dit} » n'est pas un mois : tapez par exemple avril, ou 4.")


def _sans_accent(texte: str) -> str:
    """Le texte en minuscules et sans accents : « Février » et « fevrier » y sont le même mot."""
    lettres = unicodedata.normalize("NFD", texte.casefold())
    return "".join(lettre for lettre in lettres if not unicodedata.combining(lettre))


class Curseur(anywidget.AnyWidget):
    """Un curseur avec son nom, sa phrase, son champ de saisie et le repère du sujet.

    - `valeur`, `minimum`, `maximum`, `pas` : dans l'unité du calcul (une part va de 0 à 1) ;
    - `unite` : nombre, entier, etp, part, points, eur ou mois (1 à 12) ;
    - `repere` : la valeur de référence, marquée d'un triangle ; None s'il n'y en a pas ;
    - `erreur` : la phrase montrée sous le champ ; la dernière valeur valable reste en place.

    Observez `valeur` ; une saisie refusée ne la change jamais.
    """

    _esm = PAGES / "curseur.js"
    _css = PAGES / "commun.css"

    libelle = Texte().tag(sync=True)
    aide = Texte().tag(sync=True)
    unite = t.Unicode("nombre").tag(sync=True)
    valeur = t.Float().tag(sync=True)
    minimum = t.Float(0.0).tag(sync=True)
    maximum = t.Float(1.0).tag(sync=True)
    pas = t.Float(0.01).tag(sync=True)
    repere = t.Float(None, allow_none=True).tag(sync=True)
    nom_repere = Texte("sujet").tag(sync=True)
    erreur = Texte("").tag(sync=True)
    actif = t.Bool(True).tag(sync=True)

    def __init__(self, libelle: str, valeur: float, **reglages: Any):
        super().__init__(libelle=libelle, valeur=valeur, **reglages)
        self.on_msg(self._recevoir)

    def _recevoir(self, _: Any, contenu: dict, __: Any) -> None:
        if "saisie" in contenu:
            self.saisir(contenu["saisie"])

    def saisir(self, texte: str) -> None:
        """Prend ce qu'une personne a tapé : une valeur valable, ou une phrase sous le champ."""
        try:
            valeur = self.lire(texte)
        except ErreurCas as erreur:
            self.erreur = str(erreur)
            return
        self.erreur = ""
        self.valeur = valeur
        self.send({"relire": True})

    def lire(self, texte: str) -> float:
        """La valeur tapée, dans l'unité du calcul ; lève `ErreurCas` si elle ne convient pas."""
        valeur = self._lire_mois(texte) if self.unite == "mois" else None
        if valeur is None:
            valeur = self._lire_nombre(texte)
        if not self.minimum - 1e-12 <= valeur <= self.maximum + 1e-12:
            raise ErreurCas(
                f"{self.ecrire(valeur)} est hors limites : de {self.ecrire(self.minimum)} "
                f"à {self.ecrire(self.maximum)}."
            )
        if self.unite == "mois" and valeur != int(valeur):
            raise PasUnMois(texte)
        if self.unite == "entier" and valeur != int(valeur):
            raise ErreurCas(f"Un nombre entier est attendu, par exemple {self.exemple()}.")
        return valeur

    def _lire_nombre(self, texte: str) -> float:
        lecture = lire(texte)
        if lecture.etat == "vide":
            raise ErreurCas(f"Le champ est vide. Tapez une valeur, par exemple {self.exemple()}.")
        if lecture.valeur is None:
            raise ErreurCas(lecture.phrase)
        if not self._convient(lecture.unite):
            noms = {"part": "Un pourcentage", "eur": "Un montant en euros"}
            quoi = noms.get(lecture.unite or "", f"« {lecture.ecrit} »")
            raise ErreurCas(f"{quoi} ne convient pas ici : tapez par exemple {self.exemple()}.")
        if self.unite in ("part", "points") and lecture.unite is None:
            return self._en_pourcentage(lecture.valeur, lecture.ecrit)
        return lecture.valeur

    def _en_pourcentage(self, valeur: float, ecrit: str) -> float:
        """Le champ montre des pourcentages : « 2,5 » y dit 2,5 % ; « 0,025 » se demande."""
        if 0 < abs(valeur) < 1:
            raise ErreurCas(
                f"« {ecrit} » peut se lire {self.ecrire(valeur / 100)} ou "
                f"{self.ecrire(valeur)} : ajoutez l'unité, comme dans « {self.exemple()} »."
            )
        return valeur / 100

    def _convient(self, unite: str | None) -> bool:
        """Vrai si l'unité tapée est celle du champ, ou un mot que son nom ou son aide emploie."""
        permises = {"part": {"part", "points"}, "points": {"part", "points"}}
        if unite is None or unite in permises.get(self.unite, {self.unite}):
            return True
        mots = re.findall(r"\w+", f"{self.libelle} {self.aide}".casefold())
        return self.unite in ("nombre", "entier") and unite in mots

    def _lire_mois(self, texte: str) -> float | None:
        """Le mois tapé par son nom, accents et fin du mot facultatifs ; None pour un chiffre."""
        tape = _sans_accent(texte).strip(" .\u00a0\u202f\n\t")
        if not tape or re.search(r"\d", tape):
            return None
        possibles = [
            rang for rang, mois in enumerate(MOIS, 1)
            if len(tape) >= 3 and _sans_accent(mois).startswith(tape)
        ]  # fmt: skip
        if len(possibles) == 1:
            return float(possibles[0])
        if possibles:
            noms = " ou ".join(MOIS[rang - 1] for rang in possibles)
            raise ErreurCas(f"« {texte.strip()} » peut se lire {noms} : tapez le mois en entier.")
        raise PasUnMois(texte)

    def exemple(self) -> str:
        """Une valeur à taper, écrite comme le curseur l'affiche."""
        return self.ecrire(self.valeur if self.repere is None else self.repere)

    def ecrire(self, valeur: float) -> str:
        """La valeur comme le curseur l'affiche."""
        return mesure(valeur, self.unite)
