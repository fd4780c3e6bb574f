"""Des cases de texte aux valeurs : types, contraintes et clés, ou la phrase qui les refuse."""

from dataclasses import dataclass, replace
from difflib import get_close_matches

import pandas as pd

from ..socle.erreurs import ErreurDonnees
from .champ import Champ, enumerer, proposer
from .description import Description, Lien
from .feuilles import SEPARATEURS, Feuille
from .valeurs import INVISIBLES, convertir, mauvaise_forme, montrer

COLONNES_PANDAS = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}
SANS_TROU = {"integer": "int64", "boolean": "bool"}  # une colonne jamais vide est ordinaire


@dataclass(frozen=True)
class Table:
    """Un tableau lu : ses valeurs, et où chaque ligne se trouve dans son fichier."""

    description: Description
    feuille: Feuille
    valeurs: pd.DataFrame

    def ou(self, rang: int, *colonnes: str) -> str:
        return self.feuille.ou(self.feuille.numeros[rang], *colonnes)

    def colonne(self, nom: str) -> str:
        return self.feuille.ou(None, nom)


def lire_cases(feuille: Feuille, description: Description) -> Table:
    """Un tableau dont chaque case respecte sa description.

    Lève `ErreurDonnees` à la première case qui ne convient pas, ligne par ligne.
    """
    places = _colonnes(feuille, description)
    champs = description.champs
    colonnes: dict[str, list] = {c.nom: [] for c in champs}
    vues: dict[tuple[str, ...], dict] = {(c.nom,): {} for c in champs if c.unique}
    if description.cle:
        vues.setdefault(description.cle, {})
    for numero, ligne in zip(feuille.numeros, feuille.lignes, strict=True):
        _controler_largeur(ligne, feuille, numero)
        for champ in champs:
            lieu = feuille.ou(numero, champ.nom)
            if feuille.francaise and champ.nom == "valeur" and "unite" in places:
                champ = replace(champ, unite=ligne[places["unite"]].strip())
            valeur = convertir(ligne[places[champ.nom]], champ, lieu, feuille)
            if valeur is not None and champ.motif and not champ.motif.fullmatch(valeur):
                autres = [li[places[champ.nom]] for li in feuille.lignes if len(li) == len(ligne)]
                raise mauvaise_forme(valeur, champ, lieu, autres)
            colonnes[champ.nom].append(valeur)
        for cle, deja in vues.items():
            _controler_unicite(cle, deja, colonnes, feuille, numero, cle == description.cle)
    _controler_presence(colonnes, feuille, description)
    return Table(description, feuille, _tableau(colonnes, champs))


def controler_lien(table: Table, lien: Lien, cible: Table) -> None:
    """Les valeurs d'une clé étrangère existent dans le tableau qu'elle désigne."""
    permises = {v for v in _n_uplets(cible, lien.cibles) if None not in v}
    for rang, valeurs in enumerate(_n_uplets(table, lien.colonnes)):
        if valeurs in permises or set(valeurs) == {None}:
            continue
        fautive, *ecrites = (
            "/".join("" if v is None else str(v) for v in n_uplet)
            for n_uplet in (valeurs, *sorted(permises))
        )
        raise ErreurDonnees(
            f"{table.ou(rang, *lien.colonnes)} : « {montrer(fautive)} » n'existe pas dans "
            f"{cible.feuille.ou(None, *lien.cibles)}. "
            f"{proposer(fautive, ecrites)}Choisissez : {enumerer(ecrites)}."
        )


def _n_uplets(table: Table, colonnes: tuple[str, ...]) -> list[tuple]:
    objets = table.valeurs[list(colonnes)].astype(object)
    return list(objets.where(objets.notna(), None).itertuples(index=False, name=None))


def _tableau(colonnes: dict[str, list], champs: tuple[Champ, ...]) -> pd.DataFrame:
    series = {}
    for champ in champs:
        valeurs, genre = colonnes[champ.nom], COLONNES_PANDAS[champ.genre]
        if champ.genre == "number":
            valeurs = [v if v is None else float(v) for v in valeurs]
        if None not in valeurs:
            genre = SANS_TROU.get(champ.genre, genre)
        series[champ.nom] = pd.Series(valeurs, dtype=genre)
    return pd.DataFrame(series)


# --- L'en-tête et les lignes --------------------------------------------------------------


def _colonnes(feuille: Feuille, description: Description) -> dict[str, int]:
    """La place de chaque champ : l'ordre des colonnes est libre, pas leur nom."""
    titres = [INVISIBLES.sub("", t).strip() for t in feuille.entete]
    attendus = [c.nom for c in description.champs]
    lieu = feuille.ou(feuille.numero_entete)
    rappel = f"L'en-tête attendu est : {','.join(attendus)}."
    manquants = [nom for nom in attendus if nom not in titres]
    if manquants:
        _controler_titre(feuille, titres, attendus, rappel)
    plies = [t.casefold() for t in titres]
    for rang, titre in enumerate(titres):
        premier = plies.index(plies[rang])
        if titre and premier < rang:
            raise ErreurDonnees(
                f"{lieu} : la colonne {titre} figure deux fois (n° {premier + 1} et {rang + 1}). "
                "Supprimez celle qui est en trop."
            )
    if manquants:
        en_trop = {t.casefold(): t for t in titres if t and t not in attendus}
        proches = get_close_matches(manquants[0].casefold(), en_trop, n=1)
        indice = "" if titres else "Il est vide : remettez celui d'origine. "
        if proches:
            indice = f"Renommez « {montrer(en_trop[proches[0]])} », qui lui ressemble. "
        raise ErreurDonnees(
            f"{lieu} : il manque la colonne {', '.join(manquants)}. {indice}{rappel}"
        )
    for rang, titre in enumerate(titres):
        if titre not in attendus:
            quoi = (
                f"{montrer(titre)} n'est pas prévue" if titre else f"n° {rang + 1} n'a pas de titre"
            )
            raise ErreurDonnees(f"{lieu} : la colonne {quoi}. Supprimez-la. {rappel}")
    if not feuille.lignes:
        raise ErreurDonnees(
            f"{feuille.lieu} : il n'y a aucune ligne sous l'en-tête. Remettez celles qui manquent."
        )
    return {nom: titres.index(nom) for nom in attendus}


def _controler_titre(feuille: Feuille, titres: list[str], attendus: list[str], rappel: str) -> None:
    """Une ligne écrite au-dessus de l'en-tête, ou un en-tête perdu : dire ce qu'elle contient."""
    ligne, contenu = feuille.numero_entete, montrer(", ".join(filter(None, titres)))
    for numero, cases in zip(feuille.numeros[:20], feuille.lignes, strict=False):
        reconnus = set(attendus) & {INVISIBLES.sub("", c).strip() for c in cases}
        if 2 * len(reconnus) > len(attendus):
            raise ErreurDonnees(
                f"{feuille.ou(ligne)} : « {contenu} » n'est pas l'en-tête, qui se trouve à la ligne "
                f"{numero}. Supprimez ce qui est au-dessus de lui."
            )
    if titres and not {t.casefold() for t in titres} & set(attendus):
        raise ErreurDonnees(
            f"{feuille.ou(ligne)} : « {contenu} » n'est pas l'en-tête du tableau. Remettez-le au "
            f"début. {rappel}"
        )


def _controler_largeur(ligne: list[str], feuille: Feuille, numero: int) -> None:
    if len(ligne) != len(feuille.entete):
        signe = SEPARATEURS.get(feuille.separateur, "un séparateur")
        raise ErreurDonnees(
            f"{feuille.ou(numero)} : la ligne n'a pas autant de valeurs que l'en-tête "
            f"({len(ligne)} au lieu de {len(feuille.entete)}). Il y a {signe} de trop ou de moins, "
            "ou un texte qui en contient n'est pas entre guillemets."
        )
    if ligne == feuille.entete:
        raise ErreurDonnees(f"{feuille.ou(numero)} : l'en-tête est répété. Supprimez cette ligne.")


def _controler_unicite(
    cle: tuple[str, ...], deja: dict, colonnes: dict[str, list], feuille: Feuille, numero: int,
    primaire: bool,
) -> None:  # fmt: skip
    valeurs = tuple(colonnes[nom][-1] for nom in cle)
    if None in valeurs:
        if primaire:
            raise ErreurDonnees(
                f"{feuille.ou(numero, cle[valeurs.index(None)])} : la case est vide, or elle "
                "désigne la ligne. Écrivez une valeur."
            )
        return
    if valeurs in deja:
        raise ErreurDonnees(
            f"{feuille.ou(numero, *cle)} : "
            f"« {montrer('/'.join(map(str, valeurs)))} » figure déjà ligne {deja[valeurs]}. "
            "Supprimez le doublon."
        )
    deja[valeurs] = numero


def _controler_presence(
    colonnes: dict[str, list], feuille: Feuille, description: Description
) -> None:
    """Les lignes dont le cas a besoin sont là : une clé prise dans une liste la remplit toute."""
    for champ in description.champs:
        attendues = champ.indispensables
        if description.cle == (champ.nom,) and champ.liste:
            attendues = champ.liste
        absentes = [str(v) for v in attendues if v not in colonnes[champ.nom]]
        if absentes:
            raise ErreurDonnees(
                f"{feuille.ou(None, champ.nom)} : il manque la ligne {', '.join(absentes)}. "
                "Remettez la ligne supprimée."
            )
