"""Lire les tableaux de `data/` et refuser, en français, ceux qui sont abîmés.

`data/datapackage.json` (Frictionless Data Package) décrit chaque tableau : colonnes,
types, contraintes, unités, source dans le sujet. Ce module ne connaît aucun calcul.
"""

import csv
import json
import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import pandas as pd

from .erreurs import ErreurDonnees
from .nombres import euros, milliers, pourcent

TYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}
NOMS_DES_TYPES = {
    "integer": "un nombre entier",
    "number": "un nombre",
    "boolean": "true ou false",
}


def dossier_des_donnees() -> Path:
    """Le dossier `data/` : celui du projet, ou celui que le paquet installé transporte."""
    paquet = Path(__file__).resolve().parent
    for dossier in (paquet / "data", paquet.parent / "data"):
        if (dossier / "datapackage.json").is_file():
            return dossier
    raise ErreurDonnees(
        f"data/datapackage.json est introuvable (cherché à côté de {paquet}). "
        "Réinstallez la collection ou remettez le dossier data/ à sa place."
    )


class Donnees:
    """Les tableaux du cas, lus et contrôlés à la demande.

    `dossier` : un autre dossier de données (il contient un `datapackage.json`) ;
    par défaut, celui de la collection.
    """

    def __init__(self, dossier: str | Path | None = None):
        self.dossier = Path(dossier).absolute() if dossier is not None else dossier_des_donnees()

    @cached_property
    def ressources(self) -> list[dict]:
        """La description de chaque tableau, dans l'ordre de `datapackage.json`."""
        chemin = self.dossier / "datapackage.json"
        try:
            ressources = json.loads(chemin.read_text(encoding="utf-8-sig"))["resources"]
            for rang, ressource in enumerate(ressources, start=1):
                _controler_description(ressource, f"{chemin}, tableau n° {rang}")
        except FileNotFoundError:
            raise ErreurDonnees(
                f"{chemin} est introuvable. Remettez le fichier d'origine."
            ) from None
        except json.JSONDecodeError as erreur:
            raise ErreurDonnees(
                f"{chemin}, ligne {erreur.lineno}, colonne {erreur.colno} : ce n'est pas du JSON. "
                "Vérifiez les virgules et les guillemets, ou remettez le fichier d'origine."
            ) from None
        except UnicodeDecodeError:
            raise ErreurDonnees(
                f"{chemin} n'est pas enregistré en UTF-8. Remettez le fichier d'origine."
            ) from None
        except (OSError, KeyError, TypeError, AttributeError):
            raise ErreurDonnees(
                f"{chemin} ne décrit pas les tableaux (clé « resources »). "
                "Remettez le fichier d'origine."
            ) from None
        return ressources

    def annexe(self, numero: int | str, table: str | None = None) -> pd.DataFrame:
        """Le tableau principal d'une annexe, ou un autre de ses tableaux.

        `numero` : 1 à 11, ou « introduction ». `table` : voir la colonne `tables` de
        `catalogue()`. Les colonnes, leurs unités et leur source sont décrites dans
        `data/datapackage.json` ; `attrs["source"]` du tableau rappelle l'annexe et la page.

        Lève `ErreurDonnees` : annexe ou tableau inconnu, fichier absent, colonne manquante,
        valeur d'un mauvais type, total qui ne tombe pas juste.
        """
        return self._table("cas:annexe", numero, table, "annexe")

    def document(self, code: str, table: str | None = None) -> pd.DataFrame:
        """Le tableau principal d'un document complémentaire du dossier 4, ou un autre."""
        return self._table("cas:document", code, table, "document")

    def table(self, nom: str) -> pd.DataFrame:
        """Un tableau par le nom de sa ressource, par exemple `corrige-questions`."""
        for ressource in self.ressources:
            if ressource["name"] == nom:
                return self._lire(ressource)
        raise ErreurDonnees(
            f"Aucun tableau ne s'appelle « {nom} ». Tableaux connus : "
            + ", ".join(r["name"] for r in self.ressources)
            + "."
        )

    def fait(self, identifiant: str) -> float:
        """La valeur chiffrée d'un fait, par son identifiant (« INT-52 », « D2-09 »)."""
        for ressource in self.ressources:
            champs = {champ["name"]: champ for champ in ressource["schema"]["fields"]}
            motif = champs.get("fait_id", {}).get("constraints", {}).get("pattern", "")
            if "valeur" in champs and re.fullmatch(motif, identifiant):
                valeurs = self._lire(ressource).set_index("fait_id")["valeur"]
                if identifiant in valeurs:
                    return float(valeurs[identifiant])
        raise ErreurDonnees(f"Le fait {identifiant} manque. Remettez la ligne supprimée.")

    def champs(self, nom: str) -> list[dict]:
        """Les champs d'un tableau (nom, titre, description, unité, source)."""
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
            if numero is None:
                continue
            ligne = lignes.setdefault(
                numero,
                {
                    "numero": numero,
                    "titre": r["title"],
                    "nature": r["cas:nature"],
                    "tables": [],
                    "dossiers": r["cas:dossiers"],
                    "page": r.get("cas:page"),
                },
            )
            ligne["tables"].append(r["cas:table"])
        tableau = pd.DataFrame(lignes.values())
        tableau["tables"] = tableau["tables"].map(", ".join)
        tableau["dossiers"] = tableau["dossiers"].map(lambda d: ", ".join(map(str, d)))
        return tableau.astype({"page": "Int64"})

    def _table(self, cle: str, numero, table: str | None, genre: str) -> pd.DataFrame:
        if isinstance(numero, str) and numero.strip().isdecimal():
            numero = int(numero)
        trouvees = [r for r in self.ressources if cle in r and r[cle] == numero]
        if not trouvees:
            connus = list(dict.fromkeys(str(r[cle]) for r in self.ressources if cle in r))
            article = "L'annexe" if genre == "annexe" else "Le document"
            raise ErreurDonnees(
                f"{article} « {numero} » n'existe pas. Choisissez parmi : {', '.join(connus)}."
            )
        for r in trouvees:
            if r["cas:table"] == (table or "principale"):
                return self._lire(r)
        noms = ", ".join(r["cas:table"] for r in trouvees)
        raise ErreurDonnees(
            f"{trouvees[0]['title']} : pas de tableau « {table} ». Choisissez : {noms}."
        )

    def _lire(self, ressource: dict) -> pd.DataFrame:
        schema = ressource["schema"]
        tableau = lire_csv(
            self.dossier / ressource["path"], schema["fields"], schema.get("primaryKey", ())
        )
        tableau.attrs["titre"] = ressource["title"]
        tableau.attrs["source"] = ressource["sources"][0]["title"]
        controle = CONTROLES.get(ressource["name"])
        if controle:
            controle(self, tableau, f"data/{ressource['path']}")
        return tableau


def _controler_description(ressource: dict, lieu: str) -> None:
    """Ce qu'il faut pour lire un tableau : nom, fichier, titre, source et champs typés."""
    cles = ("name", "path", "title", "sources", "schema")
    manquantes = [cle for cle in cles if not ressource.get(cle)]
    if manquantes:
        raise ErreurDonnees(
            f"{lieu} ({ressource.get('name', 'sans nom')}) : il manque {', '.join(manquantes)}. "
            "Complétez sa description."
        )
    for champ in ressource["schema"]["fields"]:
        if champ["type"] not in TYPES:
            raise ErreurDonnees(
                f"{lieu} ({ressource['name']}), champ {champ['name']} : le type "
                f"« {champ['type']} » n'est pas prévu. Choisissez : {', '.join(TYPES)}."
            )


def lire_csv(chemin: Path, champs: list[dict], cle: Sequence[str] = ()) -> pd.DataFrame:
    """Un fichier CSV selon les champs d'un Table Schema, ou une `ErreurDonnees` précise."""
    nom = f"data/{chemin.name}" if chemin.parent.name == "data" else str(chemin)
    try:
        # utf-8-sig : les tableurs posent une marque invisible au début de leurs CSV UTF-8.
        with chemin.open(encoding="utf-8-sig", newline="") as fichier:
            lecteur = csv.DictReader(fichier, strict=True)
            entetes = lecteur.fieldnames or []
            manquantes = [c["name"] for c in champs if c["name"] not in entetes]
            if manquantes and ";" in "".join(entetes):
                raise ErreurDonnees(
                    f"{nom}, ligne 1 : les colonnes sont séparées par des points-virgules. "
                    "Enregistrez le fichier avec la virgule comme séparateur."
                )
            if manquantes:
                raise ErreurDonnees(
                    f"{nom}, ligne 1 : il manque la colonne {', '.join(manquantes)}. "
                    f"L'en-tête attendu est : {','.join(c['name'] for c in champs)}."
                )
            lignes = [(lecteur.line_num, ligne) for ligne in lecteur]
    except FileNotFoundError:
        raise ErreurDonnees(
            f"{nom} est introuvable. Remettez le fichier d'origine dans le dossier data/."
        ) from None
    except UnicodeDecodeError:
        raise ErreurDonnees(
            f"{nom} n'est pas enregistré en UTF-8. Enregistrez-le au format « CSV UTF-8 »."
        ) from None
    except OSError as erreur:
        raise ErreurDonnees(
            f"{nom} ne s'ouvre pas ({erreur.strerror}). S'il est ouvert dans un tableur, fermez-le."
        ) from None
    except csv.Error as erreur:
        raise ErreurDonnees(
            f"{nom}, vers la ligne {lecteur.line_num + 1} : le fichier CSV est abîmé ({erreur}). "
            "Vérifiez les guillemets ou remettez le fichier d'origine."
        ) from None
    if len(cle) > 1:
        _controler_cle(lignes, cle, nom)
    colonnes = {}
    for champ in champs:
        vues: set = set()
        valeurs = [
            _valeur(ligne, champ, f"{nom}, ligne {numero}, colonne {champ['name']}", vues)
            for numero, ligne in lignes
        ]
        colonnes[champ["name"]] = pd.Series(valeurs, dtype=TYPES[champ["type"]])
    for champ in champs:  # un entier jamais vide est un entier ordinaire
        serie = colonnes[champ["name"]]
        if champ["type"] in ("integer", "boolean") and serie.notna().all():
            colonnes[champ["name"]] = serie.astype(
                "int64" if champ["type"] == "integer" else "bool"
            )
    return pd.DataFrame(colonnes)


def _controler_cle(lignes: list[tuple[int, dict]], cle: Sequence[str], nom: str) -> None:
    """Une clé faite de plusieurs colonnes ne se répète pas."""
    vues: set = set()
    for numero, ligne in lignes:
        valeurs = tuple(ligne[colonne] for colonne in cle)
        if valeurs in vues:
            raise ErreurDonnees(
                f"{nom}, ligne {numero}, colonnes {', '.join(cle)} : "
                f"« {', '.join(map(str, valeurs))} » figure déjà plus haut. Supprimez le doublon."
            )
        vues.add(valeurs)


def _valeur(ligne: dict, champ: dict, lieu: str, vues: set):
    """La valeur d'une cellule, convertie et contrôlée."""
    texte = ligne[champ["name"]]
    contraintes = champ.get("constraints", {})
    if None in ligne or texte is None:
        raise ErreurDonnees(
            f"{lieu.rsplit(',', 1)[0]} : la ligne n'a pas autant de valeurs que l'en-tête. "
            "Une virgule manque, ou un texte qui en contient n'est pas entre guillemets."
        )
    if texte == "":
        if contraintes.get("required"):
            raise ErreurDonnees(f"{lieu} : la case est vide. Écrivez une valeur.")
        return None
    valeur = _convertir(texte, champ["type"], lieu)
    if "enum" in contraintes and valeur not in contraintes["enum"]:
        raise ErreurDonnees(
            f"{lieu} : « {texte} » n'est pas prévu. "
            f"Choisissez : {', '.join(map(str, contraintes['enum']))}."
        )
    if valeur < contraintes.get("minimum", valeur) or valeur > contraintes.get("maximum", valeur):
        bornes = [
            f"{mot} {contraintes[cle]}"
            for cle, mot in (("minimum", "au moins"), ("maximum", "au plus"))
            if cle in contraintes
        ]
        raise ErreurDonnees(f"{lieu} : {texte} est hors limites ({' et '.join(bornes)}).")
    if contraintes.get("unique"):
        if valeur in vues:
            raise ErreurDonnees(
                f"{lieu} : « {texte} » figure déjà plus haut. Supprimez le doublon."
            )
        vues.add(valeur)
    return valeur


def _convertir(texte: str, genre: str, lieu: str):
    if genre == "string":
        return texte
    if genre == "boolean" and texte in ("true", "false"):
        return texte == "true"
    if genre == "integer" and re.fullmatch(r"[+-]?[0-9]+", texte):
        return int(texte)
    if genre == "number" and re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", texte):
        return float(texte)  # ni « nan », ni « 1_000 », que Python accepterait
    conseil = (
        "Dans data/, la décimale s'écrit avec un point (12.5), sans espace ni unité."
        if genre == "number"
        else "Corrigez la case."
    )
    raise ErreurDonnees(
        f"{lieu} : « {texte} » ne convient pas ; {NOMS_DES_TYPES[genre]} est attendu. {conseil}"
    )


# --- Les totaux qui doivent tomber juste ------------------------------------------------


def _exiger(codes: tuple[str, ...], presents, nom: str, colonne: str) -> None:
    absents = [code for code in codes if code not in presents]
    if absents:
        raise ErreurDonnees(
            f"{nom}, colonne {colonne} : il manque la ligne {', '.join(absents)}. "
            "Remettez la ligne supprimée."
        )


def _controler_droits_de_vote(donnees: Donnees, droits: pd.DataFrame, nom: str) -> None:
    total = droits["part"].sum()
    if abs(total - 1) > 1e-9:
        raise ErreurDonnees(
            f"{nom}, colonne part : les droits de vote font {pourcent(total)} "
            "au lieu de 100\u202f%. Corrigez l'une des parts."
        )


def _controler_budget_previsionnel(donnees: Donnees, budget: pd.DataFrame, nom: str) -> None:
    totaux = donnees.annexe(4, "totaux").set_index("nature")["montant_eur"]
    sommes = budget.groupby("nature")["montant_eur"].sum()
    _exiger(("depense", "recette"), totaux.index, "data/annexe_04_totaux.csv", "nature")
    _exiger(("depense", "recette"), sommes.index, nom, "nature")
    for nature, somme in sommes.items():
        if abs(somme - totaux[nature]) > 0.005:
            raise ErreurDonnees(
                f"{nom}, colonne montant_eur : les lignes « {nature} » font {euros(somme)}, "
                f"le total imprimé est {euros(totaux[nature])}. Corrigez la ligne fausse."
            )


def _controler_budget_realise(donnees: Donnees, realise: pd.DataFrame, nom: str) -> None:
    m = realise.set_index("poste")["montant_keur"]
    postes = ("ressources", "ressources_etat", "autres_ressources", "charges",
              "charges_personnel", "resultat")  # fmt: skip
    _exiger(postes, m.index, nom, "poste")
    for formule, obtenu, attendu in (
        ("ressources_etat + autres_ressources", m["ressources_etat"] + m["autres_ressources"],
         m["ressources"]),
        ("ressources − charges", m["ressources"] - m["charges"], m["resultat"]),
    ):  # fmt: skip
        if abs(obtenu - attendu) > 1e-6:
            raise ErreurDonnees(
                f"{nom}, colonne montant_keur : {formule} donne {milliers(obtenu)} "
                f"au lieu de {milliers(attendu)}. Corrigez la ligne fausse."
            )


def _controler_enquete(donnees: Donnees, enquete: pd.DataFrame, nom: str) -> None:
    for total in enquete.loc[enquete["niveau"] == "total"].itertuples():
        somme = enquete.loc[enquete["rattachement"] == total.reponse_id, "part"].sum()
        if abs(somme - total.part) > 1e-9:
            raise ErreurDonnees(
                f"{nom}, colonne part : les réponses comprises dans « {total.reponse_id} » font "
                f"{pourcent(somme)} au lieu de {pourcent(total.part)}. Corrigez la part fausse."
            )


CONTROLES = {
    "document-culture-numerique-enquete": _controler_enquete,
    "annexe-01-droits-de-vote": _controler_droits_de_vote,
    "annexe-04-budget-previsionnel": _controler_budget_previsionnel,
    "annexe-05-budget-realise": _controler_budget_realise,
}
