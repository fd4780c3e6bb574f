"""Les séances : leurs plans, les diapositives qu'elles projettent, et ce qui les refuse.

Un plan est dans `data/corrige/seances.csv` et `phases.csv` ; les données contrôlent ses minutes et ses
questions. Ici, on le rapproche des carnets : chaque diapositive d'un dossier est nommée et appartient
à une séance numérotée, une seule, dans l'ordre du carnet.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, chain
from pathlib import Path
from typing import Any

import pandas as pd

from ..bureau import carnets
from ..donnees.controles_des_seances import EXAMEN
from ..donnees.fautes import CaseFausse, Doublon, EnDesaccord, NomImprevu
from ..donnees.paquet import Donnees
from ..socle.erreurs import NomInconnu
from ..socle.typographie import INSECABLE, pluriel
from .diapositives import numero_du_carnet
from .lecture_carnet import lieu, lire_carnet

SEANCES, PHASES = "corrige-seances", "corrige-phases"
DECOUVERTE = "decouverte"
FORMES = {"seul": "seul", "binome": "à deux", "groupe": "en groupe", "classe": "la classe"}
PAGE_D_EXAMEN = "examen-{}"  # la minute où elle commence
ENONCE = re.compile(r"## Question\s(\d\.\d)\b")


@dataclass(frozen=True)
class Phase:
    """Un moment d'une séance ; `debut` et `minutes` en minutes, `ou` : son fichier et sa ligne."""

    debut: int
    minutes: int
    forme: str
    activite: str
    diapositives: tuple[str, ...]
    a_surveiller: str
    imprevu: str
    ou: str

    @property
    def fin(self) -> int:
        """La minute où elle finit."""
        return self.debut + self.minutes


@dataclass(frozen=True)
class Seance:
    """Une séance et ses phases ; `dossier` : vide pour l'examen, `ou` : son fichier et sa ligne."""

    code: str
    dossier: str
    titre: str
    objectifs: tuple[str, ...]
    questions: tuple[str, ...]
    production: str
    lieu: str
    si_le_temps_manque: str
    a_la_maison: str
    phases: tuple[Phase, ...]
    ou: str

    @property
    def numerotee(self) -> bool:
        """Est-elle du parcours ? (la découverte et l'examen, non)"""
        return self.code.isdecimal()

    @property
    def nom(self) -> str:
        """« Séance 3 », « Séance de découverte », « Séance d'examen »."""
        autres = {DECOUVERTE: "Séance de découverte", EXAMEN: "Séance d'examen"}
        return autres.get(self.code, f"Séance {self.code}")

    @property
    def minutes(self) -> int:
        """Sa durée."""
        return sum(p.minutes for p in self.phases)

    @property
    def duree(self) -> str:
        """« 55 minutes », « 4 heures »."""
        heures, reste = divmod(self.minutes, 60)
        return f"{self.minutes}{INSECABLE}minutes" if reste else f"{heures}{INSECABLE}heures"

    @property
    def debut(self) -> str:
        """Le nom de la diapositive (et de la cellule) qui l'ouvre."""
        return f"seance-{self.code}-debut"

    @property
    def fin(self) -> str:
        """Le nom de la diapositive (et de la cellule) qui la ferme."""
        return f"seance-{self.code}-fin"

    @property
    def portee(self) -> str:
        """Ce sur quoi elle porte : « dossier 2, questions 2.1 et 2.2 »."""
        if not self.dossier:
            return "le sujet entier"
        return f"dossier {self.dossier}, {pluriel('question', len(self.questions))} {self.liste}"

    @property
    def liste(self) -> str:
        """Ses questions : « 2.1 et 2.2 »."""
        *debut, derniere = self.questions
        return f"{', '.join(debut)} et {derniere}" if debut else derniere


class SeanceInconnue(NomInconnu):
    """Une séance qui n'est pas dans `data/corrige/seances.csv`."""

    def __init__(self, code: str, connues: Mapping[str, Seance]):
        super().__init__(f"Il n'y a pas de séance « {code} »", code, connues)


# --- Lire ---------------------------------------------------------------------------------


def lire_les_seances(donnees: Donnees) -> dict[str, Seance]:
    """Les séances du cas, par code (« 1 », « decouverte »…), dans l'ordre du parcours.

    Lève `ErreurDonnees`, avec le fichier et la ligne : minutes, questions ou rangs qui ne vont pas.
    """
    phases: dict[str, list[Any]] = {}
    tableau = donnees.table(PHASES).assign(ou=donnees.lieux(PHASES, "diapositives"))
    for phase in tableau.fillna("").sort_values("rang").itertuples():
        phases.setdefault(phase.seance, []).append(phase)
    tableau = donnees.table(SEANCES).assign(ou=donnees.lieux(SEANCES, "questions"))
    return {
        s.seance: Seance(
            s.seance, "" if pd.isna(s.dossier) else str(s.dossier), s.titre, _couper(s.objectifs),
            () if pd.isna(s.questions) else tuple(s.questions.split()), s.production, s.lieu,
            s.si_le_temps_manque, s.a_la_maison, tuple(_enchainer(phases[s.seance])), s.ou,
        )
        for s in tableau.sort_values("rang").itertuples()
    }  # fmt: skip


def _couper(objectifs: str) -> tuple[str, ...]:
    return tuple(o.strip(" .\u00a0\u202f") for o in objectifs.split(";"))


def _enchainer(lignes: list[Any]) -> Iterator[Phase]:
    debuts = accumulate((p.minutes for p in lignes), initial=0)
    for debut, p in zip(debuts, lignes, strict=False):
        noms = tuple(p.diapositives.split())
        yield Phase(debut, p.minutes, p.forme, p.activite, noms, p.a_surveiller, p.imprevu, p.ou)


def trouver(code: str, donnees: Donnees) -> Seance:
    """Une séance par son code, écrit comme on l'écrit : « 3 », « séance 3 », « découverte ».

    Lève `SeanceInconnue`, qui propose la plus proche.
    """
    connues = lire_les_seances(donnees)
    nu = code.strip().casefold().translate(str.maketrans("éèê", "eee"))
    nu = re.sub(r"^seance[\s_-]*(?:d['’]|de )?", "", nu).lstrip("0")
    if nu not in connues:
        raise SeanceInconnue(code, connues)
    return connues[nu]


def suivante(seance: Seance, toutes: Mapping[str, Seance]) -> Seance | None:
    """La séance numérotée qui vient ensuite ; après la découverte, la première de son dossier."""
    numerotees = [s for s in toutes.values() if s.numerotee]
    if seance.code == DECOUVERTE:
        return next((s for s in numerotees if s.dossier == seance.dossier), None)
    return toutes.get(str(int(seance.code) + 1)) if seance.numerotee else None


def diapositives_de(seance: Seance) -> tuple[str, ...]:
    """Les noms des diapositives qu'une séance projette, dans l'ordre ; voir `carnet_de`."""
    return tuple(chain.from_iterable(projetees(seance)))


def projetees(seance: Seance) -> list[tuple[str, ...]]:
    """Les diapositives de chaque phase ; celles qui ouvrent et ferment la séance en sont."""
    phases = [p.diapositives for p in seance.phases]
    if seance.code == EXAMEN:  # une page par phase
        phases = [(PAGE_D_EXAMEN.format(p.debut),) for p in seance.phases]
    phases[0] = (seance.debut, *phases[0])
    phases[-1] = (*phases[-1], seance.fin)
    return phases


# --- Contrôler ----------------------------------------------------------------------------


def controler_les_plans(donnees: Donnees, numero: str = "tout", decoupage: bool = False) -> None:
    """Lève `ErreurCas`, fichier et ligne dans la phrase, si un plan ne va pas avec les carnets validés.

    `numero` : celui d'un dossier ; `decoupage` : aussi ce que dit `controler_le_decoupage`.
    """
    toutes = lire_les_seances(donnees)
    for chemin in carnets.carnets(carnets.dossier_des_carnets() / "corriges"):
        if (cle := numero_du_carnet(chemin)) and numero in ("tout", cle):
            carnet = lire_carnet(chemin)
            controler_le_carnet(carnet, chemin, toutes)
            if decoupage:
                controler_le_decoupage(carnet, chemin, toutes)


def controler_le_carnet(carnet: Any, chemin: Path, toutes: Mapping[str, Seance]) -> None:
    """Lève `ErreurCas` si une séance de ce dossier nomme ce que son corrigé n'a pas, ou deux fois."""
    nom, presentes = f"corriges/{chemin.name}", _places(carnet)
    siennes = _du_carnet(chemin, toutes)
    placer_les_questions(carnet, siennes, nom)
    prises: dict[tuple[bool, str], str] = {}  # la découverte reprend ce que d'autres projettent
    for seance in siennes:
        for phase in seance.phases:
            for diapositive in phase.diapositives:
                if diapositive not in presentes:
                    faute = f"n'est pas une diapositive de {nom}"
                    raise NomImprevu(phase.ou, diapositive, presentes, faute)
                cle = (seance.numerotee, diapositive)
                if cle in prises:
                    raise Doublon(phase.ou, diapositive, f"dans la séance {prises[cle]}")
                prises[cle] = seance.code
        if seance.numerotee and not {seance.debut, seance.fin} <= presentes.keys():
            faute = f"{nom} ne montre pas le début et la fin de la séance {seance.code}"
            raise CaseFausse(seance.ou, faute, "Reconstruisez les carnets : cerdd construire")


def controler_le_decoupage(carnet: Any, chemin: Path, toutes: Mapping[str, Seance]) -> None:
    """Lève `ErreurCas` si une diapositive n'a pas de nom, ou n'est pas dans la séance où elle se trouve.

    Les séances d'un dossier le découpent : chacune va de sa première question à la suivante.
    """
    nom, presentes = f"corriges/{chemin.name}", _places(carnet)
    siennes = [s for s in _du_carnet(chemin, toutes) if s.numerotee]
    if not siennes:
        return
    bornes = [presentes[s.debut] for s in siennes[1:]] + [len(carnet["cells"])]
    depart, prises = 0, set[str]()
    for seance, borne in zip(siennes, bornes, strict=True):
        prises |= set(diapositives_de(seance))
        for phase in seance.phases:
            for diapositive in phase.diapositives:
                if not depart <= presentes[diapositive] < borne:
                    faute = (
                        f"la diapositive « {diapositive} » n'est pas, dans {nom}, entre la première "
                        f"question de la séance {seance.code} et la suivante"
                    )
                    remede = "Déplacez-la dans la source, ou donnez-la à une autre séance"
                    raise EnDesaccord(phase.ou, faute, remede)
        depart = borne
    for rang, cellule in enumerate(carnet["cells"]):
        trouvee = _diapositive(cellule)
        if trouvee == "":
            remede = 'Ajoutez dans la source "diapo": {"nom": "…"}, et ce nom dans une phase'
            faute = "cette diapositive n'a pas de nom"
            raise CaseFausse(lieu(nom, rang + 1, cellule), faute, remede)
        if trouvee and trouvee not in prises:
            faute = f"« {trouvee} » ({lieu(nom, rang + 1, cellule)}) n'est dans aucune séance"
            remede = "Écrivez ce nom dans une phase de la séance où cette diapositive se trouve"
            raise CaseFausse("data/corrige/phases.csv, colonne diapositives", faute, remede)


def _du_carnet(chemin: Path, toutes: Mapping[str, Seance]) -> list[Seance]:
    """Les séances du dossier de ce carnet ; l'accueil n'en a pas."""
    numero = numero_du_carnet(chemin)
    return [s for s in toutes.values() if numero and s.dossier == numero]


def _places(carnet: Any) -> dict[str, int]:
    """Chaque diapositive nommée, et le rang de sa première cellule."""
    noms = ((_diapositive(c), rang) for rang, c in enumerate(carnet["cells"]))
    return {nom: rang for nom, rang in noms if nom}


def _diapositive(cellule: Any) -> str | None:
    """Le nom de la diapositive qu'une cellule commence, vide si elle n'en a pas ; None ailleurs."""
    meta = cellule["metadata"]
    if meta.get("slideshow", {}).get("slide_type") not in ("slide", "subslide"):
        return None
    return str(meta.get("diapo", {}).get("nom", ""))


def placer_les_questions(carnet: Any, seances: list[Seance], nom: str) -> dict[str, int]:
    """Où est l'énoncé de chaque question ; lève `ErreurCas` s'il en manque un aux séances."""
    places: dict[str, int] = {}
    for rang, cellule in enumerate(carnet["cells"]):
        if cellule["cell_type"] == "markdown" and (trouve := ENONCE.match(cellule["source"])):
            places.setdefault(trouve[1], rang)
    for seance in seances:
        for q in seance.questions:
            if q not in places:
                faute = f"la question {q} n'a pas d'énoncé dans {nom}"
                remede = f'Écrivez ⟦ enonce("{q}") ⟧ dans sa source, ou retirez-la de la séance'
                raise CaseFausse(seance.ou, faute, remede)
    return places
