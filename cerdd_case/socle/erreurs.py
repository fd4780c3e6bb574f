"""Les erreurs de la collection : une phrase en français, sans pile d'appels dans un carnet."""

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches


class ErreurCas(ValueError):
    """Ce qui ne va pas, où, et que faire.

    Dans Jupyter, seul le message s'affiche : une pile d'appels n'aide ni un élève
    ni un enseignant.
    """

    def _render_traceback_(self) -> list[str]:
        return [f"✘ {self}"]


class ErreurDonnees(ErreurCas):
    """Un fichier de `data/` manque ou contient une valeur qui ne convient pas."""


class ErreurNombre(ErreurCas):
    """Un texte où l'on attendait un nombre."""


class ErreurHypothese(ErreurCas):
    """Une hypothèse budgétaire hors de ses limites."""


class NomInconnu(ErreurCas):
    """Un atelier, une figure, une réponse, un code qui n'existe pas ; voir `nommer_les_choix`."""

    def __init__(self, faute: str, nom: object, connus: Collection):
        super().__init__(nommer_les_choix(faute, nom, connus, len(connus), 'écrire "{}"'))


def nommer_les_choix(
    faute: str, nom: object, connus: Collection, combien: int = 20, forme: str = "« {} »"
) -> str:
    """La phrase qui refuse un nom, propose le plus proche et dit ceux qui conviennent."""
    return f"{faute}. {proposer(nom, connus, forme)}Choisissez : {enumerer(connus, combien)}."


def proposer(nom: object, connus: Iterable, forme: str = "« {} »") -> str:
    """« Vouliez-vous « depense » ? », si l'un des noms connus ressemble à celui-ci."""

    def nombres(texte: str) -> list[int]:
        return [int(chiffres) for chiffres in re.findall("[0-9]+", texte)]

    ecrits, vus = list(map(str, connus)), nombres(str(nom))
    # « annexe-6 » est l'annexe 06, pas la 09 : les mêmes nombres d'abord
    memes = [e for e in ecrits if vus and nombres(e)[: len(vus)] == vus]
    proches = get_close_matches(str(nom), memes, n=1, cutoff=0.3)
    proches = proches or get_close_matches(str(nom).strip().casefold(), ecrits, n=1, cutoff=0.6)
    proches = proches or get_close_matches(str(nom), ecrits, n=1, cutoff=0.6)
    return f"Vouliez-vous {forme.format(proches[0])} ? " if proches else ""


def enumerer(valeurs: Iterable, combien: int = 20) -> str:
    """Une liste à lire, coupée quand elle est trop longue."""
    ecrites = list(dict.fromkeys(map(str, valeurs)))
    suite = f"… ({len(ecrites)} en tout)" if len(ecrites) > combien else ""
    return ", ".join(ecrites[:combien]) + suite
