"""Lire les tableaux de `data/` et refuser, en français, ceux qui sont abîmés.

`data/datapackage.json` décrit chaque tableau (`description`) ; un fichier ou un tableau pandas
devient des cases (`feuilles`), les cases des valeurs (`cases`), et les égalités entre elles sont
vérifiées (`controles`). Aucun de ces modules ne connaît de calcul.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import pandas as pd

from ..socle.erreurs import ErreurDonnees, enumerer, nommer_les_choix
from .cases import Table, controler_lien, lire_cases
from .controles import controler
from .description import Description, lire_paquet
from .fautes import CaseVide, FichierFautif, LigneAbsente
from .feuilles import Feuille, feuille_d_un_tableau, lire_feuille

Source = str | Path | Mapping[str, pd.DataFrame] | None


def dossier_des_donnees() -> Path:
    """Le dossier `data/` : celui du projet, ou celui que le paquet installé transporte."""
    paquet = Path(__file__).resolve().parent.parent
    for dossier in (paquet / "data", paquet.parent / "data"):
        if (dossier / "datapackage.json").is_file():
            return dossier
    faute = f"est introuvable (cherché à côté de {paquet})"
    remede = "Réinstallez la collection ou remettez le dossier data/ à sa place"
    raise FichierFautif("data/datapackage.json", faute, remede)


class Donnees:
    """Les tableaux du cas, lus et contrôlés à la demande, une fois chacun.

    `source` : un autre dossier de données (il contient un `datapackage.json`), ou des tableaux
    pandas qui remplacent ceux de la collection, par nom de ressource, par exemple
    `{"annexe-06-hypotheses": tableau}`. Par défaut, les données de la collection. Un tableau
    pandas passe les mêmes contrôles qu'un fichier ; le modifier ensuite ne change pas le cas.
    """

    def __init__(self, source: Source = None):
        self._lues: dict[str, Table] = {}
        self._controlees: set[str] = set()
        self._consultes: set[str] = set()
        self._remplacees: dict[str, Feuille] = {}
        if source is None or isinstance(source, Mapping):
            self.dossier = dossier_des_donnees()
        elif isinstance(source, str | os.PathLike):
            self.dossier = Path(source).absolute()
        else:
            raise ErreurDonnees(
                f"Les données ne se lisent pas dans un objet {type(source).__name__}. Donnez un "
                'dossier, ou des tableaux pandas : {"annexe-06-hypotheses": tableau}.'
            )
        for nom, tableau in source.items() if isinstance(source, Mapping) else ():
            entiers = [c.nom for c in self._description(nom).champs if c.genre == "integer"]
            self._remplacees[nom] = feuille_d_un_tableau(tableau, nom, entiers)

    @cached_property
    def _paquet(self) -> tuple[list[dict], dict[str, Description]]:
        fichier = self.dossier / "datapackage.json"
        if self.dossier.exists() and not self.dossier.is_dir():
            remede = "Donnez celui qui contient datapackage.json"
            raise FichierFautif(self.dossier, "n'est pas un dossier", remede)
        if not fichier.exists():
            remede = "Remettez ce fichier, ou donnez une copie entière du dossier data/"
            raise FichierFautif(fichier, "est introuvable", remede)
        return lire_paquet(fichier)

    @property
    def ressources(self) -> list[dict]:
        """La description de chaque tableau, dans l'ordre de `datapackage.json`."""
        return self._paquet[0]

    def annexe(self, numero: int | str, table: str | None = None) -> pd.DataFrame:
        """Le tableau principal d'une annexe, ou un autre de ses tableaux.

        `numero` : 1 à 11, ou « introduction ». `table` : voir la colonne `tables` de
        `catalogue()`. Les colonnes, leurs unités et leur source sont décrites dans
        `data/datapackage.json` ; `attrs["source"]` du tableau rappelle l'annexe et la page.

        Lève `ErreurDonnees` : annexe ou tableau inconnu, fichier absent, colonne manquante,
        valeur d'un mauvais type, total qui ne tombe pas juste.
        """
        return self.table(self.ressource("annexe", numero, table)["name"])

    def document(self, code: int | str, table: str | None = None) -> pd.DataFrame:
        """Le tableau principal d'un document complémentaire, ou un autre."""
        return self.table(self.ressource("document", code, table)["name"])

    def ressource(self, genre: str, numero: int | str, table: str | None = None) -> dict:
        """Ce que `datapackage.json` dit d'un tableau ; `genre` : « annexe » ou « document »."""
        if isinstance(numero, str) and numero.strip().isdecimal():
            numero = int(numero)
        placees = [r for r in self.ressources if f"cas:{genre}" in r]
        trouvees = [r for r in placees if r[f"cas:{genre}"] == numero]
        if not trouvees:
            article = "L'annexe" if genre == "annexe" else "Le document"
            connus = enumerer((r[f"cas:{genre}"] for r in placees), len(placees))
            raise ErreurDonnees(f"{article} « {numero} » n'existe pas. Choisissez : {connus}.")
        for r in trouvees:
            if r["cas:table"] == (table or "principale"):
                return r
        faute = f"{trouvees[0]['title']} : pas de tableau « {table} »"
        raise ErreurDonnees(nommer_les_choix(faute, table, [r["cas:table"] for r in trouvees]))

    def table(self, nom: str) -> pd.DataFrame:
        """Un tableau par le nom de sa ressource, par exemple `corrige-questions`."""
        table = self._controlee(nom)
        self._consultes.add(nom)
        tableau = table.valeurs.copy()
        tableau.attrs["titre"] = table.description.titre
        tableau.attrs["source"] = table.description.source
        return tableau

    @contextmanager
    def noter_les_tables(self) -> Iterator[set[str]]:
        """Les tableaux consultés tant que dure ce bloc, par leur nom."""
        avant, self._consultes = self._consultes, set()
        try:
            yield self._consultes
        finally:
            self._consultes = avant | self._consultes

    def fait(self, code: str) -> float:
        """Le nombre que porte un fait, par exemple `fait("D2-09")` : 2,5.

        Son unité est dans la colonne `unite` de la même ligne. Lève `ErreurDonnees` : code
        inconnu, ligne supprimée ou valeur vide, avec le fichier à compléter.
        """
        lieu, valeur = self._trouver(code)
        if pd.isna(valeur):
            raise CaseVide(lieu, f"le cas a besoin du nombre du fait {code}", "Écrivez-le")
        return float(valeur)

    def lieu_du_fait(self, code: str) -> str:
        """« data/dossier_2_enonce.csv, ligne 10, colonne valeur », pour parler d'un nombre."""
        return self._trouver(code)[0]

    def lieu(self, nom: str, cle: str | int, colonne: str) -> str:
        """La case d'un tableau, par sa clé : fichier, ligne et colonne."""
        return self._controlee(nom).case(cle, colonne)[0]

    def lieux(self, nom: str, colonne: str) -> list[str]:
        """Le fichier et la ligne de chaque rangée d'un tableau, dans son ordre, à cette colonne."""
        table = self._controlee(nom)
        return [table.ou(rang, colonne) for rang in range(len(table.valeurs))]

    def _trouver(self, code: str) -> tuple[str, float]:
        """Où est le nombre d'un fait, et sa valeur."""
        candidats = [
            nom for nom, d in self._paquet[1].items()
            if d.cle == ("fait_id",) and "valeur" in d.noms
            and isinstance(code, str) and re.fullmatch(d.champ("fait_id").motif, code)
        ]  # fmt: skip
        for nom in candidats:
            if code in set(self._controlee(nom).valeurs["fait_id"]):
                return self._controlee(nom).case(code, "valeur")
        if not candidats:
            raise ErreurDonnees(
                f"« {code} » ne désigne aucun fait. Écrivez un code comme INT-51, A1-40 ou D2-09."
            )
        lieux = " ou ".join(self._lue(nom).colonne("fait_id") for nom in candidats)
        raise LigneAbsente(lieux, [code])

    def champs(self, nom: str) -> list[dict]:
        """Les champs d'un tableau (nom, titre, description, unité, source)."""
        self._description(nom)
        return next(r["schema"]["fields"] for r in self.ressources if r["name"] == nom)

    def catalogue(self) -> pd.DataFrame:
        """Ce que la collection contient, une ligne par annexe ou document.

        Colonnes : `numero` (1 à 11, « introduction » ou code du document), `titre`,
        `nature`, `tables` (noms à passer à `annexe` ou `document`), `dossiers` qui
        l'utilisent, `page` du sujet (vide pour un document complémentaire).
        """
        lignes: dict = {}
        for r in self.ressources:
            numero = r.get("cas:annexe", r.get("cas:document"))
            if numero is not None:
                dossiers = ", ".join(map(str, r["cas:dossiers"]))
                ligne = [numero, r["title"], r["cas:nature"], "", dossiers, r.get("cas:page")]
                lignes.setdefault(numero, ligne)[3] += f", {r['cas:table']}"
        colonnes = ["numero", "titre", "nature", "tables", "dossiers", "page"]
        tableau = pd.DataFrame(lignes.values(), columns=colonnes).astype({"page": "Int64"})
        return tableau.assign(tables=tableau["tables"].str.removeprefix(", "))

    def _description(self, nom: str) -> Description:
        descriptions = self._paquet[1]
        if not isinstance(nom, str) or nom not in descriptions:
            faute = f"Aucun tableau ne s'appelle « {nom} »"
            raise ErreurDonnees(nommer_les_choix(faute, nom, descriptions, len(descriptions)))
        return descriptions[nom]

    def _lue(self, nom: str) -> Table:
        """Un tableau dont chaque case convient, sans regarder les autres : jamais de boucle."""
        if nom not in self._lues:
            description = self._description(nom)
            feuille = self._remplacees.get(nom) or self._feuille(description)
            self._lues[nom] = lire_cases(feuille, description)
        return self._lues[nom]

    def _controlee(self, nom: str) -> Table:
        """Un tableau lu, dont les liens avec les autres et les égalités sont vérifiés."""
        table = self._lue(nom)
        if nom not in self._controlees:
            for lien in table.description.liens:
                controler_lien(table, lien, self._lue(lien.table))
            controler(table, self._lue)
            self._controlees.add(nom)
        return table

    def _feuille(self, description: Description) -> Feuille:
        lieu = f"{self.dossier.name}/{description.chemin}"
        chemin = self.dossier / description.chemin
        try:
            dedans = chemin.resolve().is_relative_to(self.dossier.resolve())
        except (OSError, RuntimeError, ValueError):  # un lien qui tourne en rond, un octet nul
            dedans = False
        if not dedans:
            remede = "Remettez le fichier lui-même à la place du raccourci"
            raise FichierFautif(lieu, "mène hors du dossier des données", remede)
        return lire_feuille(chemin, lieu, description.noms)
