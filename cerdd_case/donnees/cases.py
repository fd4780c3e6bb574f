"""Des cases de texte aux valeurs : types, contraintes et clés, ou la phrase qui les refuse."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import pandas as pd

from .description import Description, Lien
from .fautes import CaseFausse, CaseVide, Doublon, LigneAbsente, NomImprevu
from .feuilles import SEPARATEURS, Feuille
from .valeurs import INVISIBLES, Case, montrer

COLONNES_PANDAS = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}
SANS_TROU = {"integer": "int64", "boolean": "bool"}  # une colonne jamais vide est ordinaire


@dataclass(frozen=True)
class Table:
    """Un tableau lu : ses valeurs, et où chaque ligne se trouve dans son fichier."""

    description: Description
    feuille: Feuille
    valeurs: pd.DataFrame

    def ou(self, rang: int, *colonnes: str) -> str:
        """Le fichier, la ligne de ce rang (depuis 0) et les colonnes, pour un lecteur."""
        return self.feuille.ou(self.feuille.numeros[rang], *colonnes)

    def colonne(self, *noms: str) -> str:
        """Le fichier et les colonnes, pour un lecteur."""
        return self.feuille.ou(None, *noms)

    def case(self, code: str | int, colonne: str) -> tuple[str, Any]:
        """Où est la case d'une ligne, désignée par sa clé, et ce qu'elle vaut."""
        rang = self.valeurs[self.description.cle[0]].tolist().index(code)
        return self.ou(rang, colonne), self.valeurs.at[rang, colonne]


def lire_cases(feuille: Feuille, description: Description) -> Table:
    """Un tableau dont chaque case respecte sa description.

    Lève `ErreurDonnees` à la première case qui ne convient pas, ligne par ligne.
    """
    places, champs = _places(feuille, description.noms), description.champs
    lues: list[dict] = []
    vues: dict[tuple[str, ...], dict] = {(c.nom,): {} for c in champs if c.unique}
    vues.setdefault(description.cle, {})
    for numero, ligne in zip(feuille.numeros, feuille.lignes, strict=True):
        _controler_largeur(ligne, feuille, numero)
        lue = {}
        for champ in champs:
            place, unite = places[champ.nom], champ.unite
            if champ.nom == "valeur" and "unite" in places:
                unite = ligne[places["unite"]].strip()
            voisines = (li[place] for li in feuille.lignes if len(li) == len(ligne))
            lieu = feuille.ou(numero, champ.nom)
            case = Case(ligne[place], champ, lieu, unite, feuille.francaise, voisines)
            lue[champ.nom] = case.lire()
        lues.append(lue)
        for cle, deja in vues.items():
            valeurs = tuple(lue[nom] for nom in cle)
            if None in valeurs and cle == description.cle:
                lieu = feuille.ou(numero, cle[valeurs.index(None)])
                raise CaseVide(lieu, "elle désigne la ligne")
            if None not in valeurs and deja.setdefault(valeurs, numero) != numero:
                nom = montrer("/".join(map(str, valeurs)))
                raise Doublon(feuille.ou(numero, *cle), nom, f"ligne {deja[valeurs]}")
    colonnes = {champ.nom: [lue[champ.nom] for lue in lues] for champ in champs}
    for champ in champs:  # une clé prise dans une liste la remplit toute
        pleine = description.cle == (champ.nom,) and champ.liste
        absentes = [str(v) for v in pleine or champ.indispensables if v not in colonnes[champ.nom]]
        if absentes:
            raise LigneAbsente(feuille.ou(None, champ.nom), absentes)
    series = {champ.nom: _colonne(colonnes[champ.nom], champ.genre) for champ in champs}
    return Table(description, feuille, pd.DataFrame(series))


def _colonne(valeurs: list, genre: str) -> pd.Series:
    types = COLONNES_PANDAS if None in valeurs else COLONNES_PANDAS | SANS_TROU
    if genre == "number":
        valeurs = [v if v is None else float(v) for v in valeurs]
    return pd.Series(valeurs, dtype=types[genre])


def controler_lien(table: Table, lien: Lien, cible: Table) -> None:
    """Les valeurs d'une clé étrangère existent dans le tableau qu'elle désigne."""
    permises = {v for v in _n_uplets(cible, lien.cibles) if None not in v}
    for rang, valeurs in enumerate(_n_uplets(table, lien.colonnes)):
        if valeurs not in permises and set(valeurs) != {None}:
            fautive, *ecrites = (
                "/".join("" if v is None else str(v) for v in n_uplet)
                for n_uplet in (valeurs, *sorted(permises))
            )
            faute = f"n'existe pas dans {cible.colonne(*lien.cibles)}"
            raise NomImprevu(table.ou(rang, *lien.colonnes), montrer(fautive), ecrites, faute)


def _n_uplets(table: Table, colonnes: Sequence[str]) -> list[tuple]:
    objets = table.valeurs[list(colonnes)].astype(object)
    return list(objets.where(objets.notna(), None).itertuples(index=False, name=None))


# --- L'en-tête et les lignes --------------------------------------------------------------


def _places(feuille: Feuille, attendus: list[str]) -> dict[str, int]:
    """La place de chaque champ : l'ordre des colonnes est libre, pas leur nom."""
    titres = [_nu(titre) for titre in feuille.entete]
    plies = [titre.casefold() for titre in titres]
    lieu = feuille.ou(feuille.numero_entete)
    rappel = f". L'en-tête attendu est : {','.join(attendus)}"
    manquants = [nom for nom in attendus if nom not in titres]
    if manquants:
        _chercher_l_entete(feuille, titres, attendus, rappel)
    for rang, titre in enumerate(titres):
        if titre and plies.index(plies[rang]) < rang:
            raise Doublon(lieu, titre, f"dans la colonne n° {plies.index(plies[rang]) + 1}")
    if manquants:
        en_trop = {t.casefold(): t for t in titres if t and t not in attendus}
        proches = get_close_matches(manquants[0].casefold(), en_trop, n=1)
        indice = "Remettez-la" if titres else "Il est vide : remettez celui d'origine"
        if proches:
            indice = f"Renommez « {montrer(en_trop[proches[0]])} », qui lui ressemble"
        raise CaseFausse(lieu, f"il manque la colonne {', '.join(manquants)}", indice + rappel)
    for rang, titre in enumerate(titres, start=1):
        if titre not in attendus:
            quoi = f"{montrer(titre)} n'est pas prévue" if titre else f"n° {rang} n'a pas de titre"
            raise CaseFausse(lieu, f"la colonne {quoi}", "Supprimez-la" + rappel)
    if not feuille.lignes:
        faute = "il n'y a aucune ligne sous l'en-tête"
        raise CaseFausse(feuille.lieu, faute, "Remettez celles qui manquent")
    return {nom: titres.index(nom) for nom in attendus}


def _nu(titre: str) -> str:
    return INVISIBLES.sub("", titre).strip()


def _chercher_l_entete(
    feuille: Feuille, titres: list[str], attendus: list[str], rappel: str
) -> None:
    """Une ligne écrite au-dessus de l'en-tête, ou un en-tête perdu : dire ce qu'elle contient."""
    lieu = feuille.ou(feuille.numero_entete)
    faute = f"« {montrer(', '.join(filter(None, titres)))} » n'est pas l'en-tête"
    for numero, cases in zip(feuille.numeros[:20], feuille.lignes, strict=False):
        if 2 * len({_nu(case) for case in cases}.intersection(attendus)) > len(attendus):
            ailleurs = f"{faute}, qui se trouve à la ligne {numero}"
            raise CaseFausse(lieu, ailleurs, "Supprimez ce qui est au-dessus de lui")
    if titres and not {titre.casefold() for titre in titres}.intersection(attendus):
        raise CaseFausse(lieu, f"{faute} du tableau", "Remettez-le au début" + rappel)


def _controler_largeur(ligne: list[str], feuille: Feuille, numero: int) -> None:
    if len(ligne) != len(feuille.entete):
        raise CaseFausse(
            feuille.ou(numero),
            "la ligne n'a pas autant de valeurs que l'en-tête "
            f"({len(ligne)} au lieu de {len(feuille.entete)})",
            f"Il y a {SEPARATEURS[feuille.separateur]} de trop ou de moins, ou un texte qui en "
            "contient n'est pas entre guillemets",
        )
    if ligne == feuille.entete:
        raise CaseFausse(feuille.ou(numero), "l'en-tête est répété", "Supprimez cette ligne")
