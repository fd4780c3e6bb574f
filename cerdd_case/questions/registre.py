"""Les quatorze questions : énoncé, indices, points attendus, vérification d'une réponse.

Tout vient du registre `data/corrige/`, sauf les valeurs justes, qui sont calculées à partir
des annexes. Le barème est une proposition de la collection.
"""

import re
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from types import MethodType
from typing import Any

import pandas as pd

from ..donnees.contexte import Contexte, contexte
from ..donnees.description import sources
from ..donnees.fautes import CaseFausse, NomImprevu
from ..donnees.paquet import Donnees
from ..socle import dossier
from ..socle.erreurs import NomInconnu, proposer
from ..socle.nombres import nombre
from ..socle.references import citer, nommer, reference
from ..socle.typographie import majuscule, pluriel
from .controle import Controle
from .jugement import juger
from .verdict import Verdict

LECTURE = "lecture proposée"  # ce qui est de la collection, et non du sujet
MARQUE = f" ({majuscule(LECTURE)}.)"  # la même, au bout d'une phrase
COURS = "connaissance de cours, sans passage dans le sujet"
COMMUNE = " (commune à tous les dossiers)"
SANS_CONFUSION = "Comparez ce que vous avez choisi à sa définition."
FAIT_CITE = r"\{([A-Z][A-Z0-9]*-\d+)\}"  # dans un énoncé, le nombre d'un fait


class Registre(Donnees):
    """Les données d'un cas, et ce que ses dossiers en attendent et y ajoutent."""

    @cached_property
    def contexte(self) -> Contexte:
        """Ce que l'énoncé et les annexes de ce cas fixent ; voir `contexte.Contexte`."""
        return contexte(self)

    @cached_property
    def controles(self) -> dict[str, Controle]:
        """Les réponses chiffrées attendues de ce cas, par code.

        Lève `ErreurDonnees` si un point attendu compte sur un code qui n'existe pas.
        """
        connus = dossier.controles(self)
        for a in self.table("corrige-attendus").dropna(subset=["controles"]).itertuples():
            for code in a.controles.split():
                if code not in connus:
                    lieu = self.lieu("corrige-attendus", a.attendu_id, "controles")
                    raise NomImprevu(lieu, code, connus, "n'est pas celui d'une réponse chiffrée")
        return connus

    def __getattr__(self, nom: str) -> MethodType:
        """Une demande d'un dossier : `cas.projeter`, `cas.ecarts`… (voir `socle.dossier`)."""
        demandes = {} if nom.startswith("_") else dossier.demandes()
        if nom in demandes:
            return MethodType(demandes[nom], self)
        conseil = proposer(nom, [*dir(type(self)), *demandes], "écrire cas.{}")
        raise AttributeError(f"Le cas n'a pas de « {nom} ». {conseil}".rstrip())

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *dossier.demandes()]


def question(numero: str, donnees: Donnees) -> dict:
    """Une ligne de `data/corrige/questions.csv`, en dictionnaire.

    Dans l'énoncé, {D2-05} devient le nombre que porte ce fait. Lève `ErreurCas` si la question
    n'existe pas.
    """
    numero = str(numero)  # cas.indice(2.3), sans guillemets
    questions = donnees.table("corrige-questions").set_index("question", drop=False)
    if numero not in questions.index:
        raise NomInconnu(f"La question « {numero} » n'existe pas", numero, questions.index)
    q = questions.loc[numero].to_dict()
    ecrit = re.sub(FAIT_CITE, lambda trouve: nombre(donnees.fait(trouve[1])), q["enonce"])
    return q | {"enonce": ecrit}


def attendus(numero: str, donnees: Donnees) -> pd.DataFrame:
    """Les points attendus d'une question : `attendu_id, attendu, points, preuves`, `faits` (ceux
    dont les mots prouvent le point), `cours` (ce qu'aucun passage ne dit), `lecture_proposee` (vrai : la
    collection l'attend, le sujet n'y oblige pas).

    Lève `ErreurDonnees` si une preuve ne mène à aucun paragraphe.
    """
    tableau = _lignes("corrige-attendus", numero, donnees).fillna({"faits": "", "cours": ""})
    for ligne in tableau.itertuples():
        for preuve in ligne.preuves.split():
            genre, code, table, paragraphe = reference(preuve)
            if paragraphe not in (None, *_paragraphes(donnees, genre, code, table)):
                lieu = donnees.lieu("corrige-attendus", ligne.attendu_id, "preuves")
                faute = f"« {preuve} » ne mène à aucun paragraphe"
                raise CaseFausse(lieu, faute, "Corrigez le numéro")
    return tableau


def faits_d_une_reponse(numero: str, donnees: Donnees) -> list[str]:
    """Les faits dont les mots prouvent une réponse : ceux de ses points attendus, et quelques autres."""
    cites = [*attendus(numero, donnees)["faits"], question(numero, donnees)["faits"]]
    return " ".join(f for f in cites if isinstance(f, str)).split()


def indices(numero: str, donnees: Donnees) -> list[str]:
    """Les indices d'une question, du plus léger au plus précis."""
    return list(_lignes("corrige-indices", numero, donnees)["indice"])


def confusions(exercice: str, donnees: Donnees) -> Callable[[str, str, str], str]:
    """L'erreur habituelle d'un classement : (catégorie choisie, celle que l'on attend, fait) → phrase.

    Celle de ce fait s'il en a une, sinon celle de tous (voir `data/corrige/confusions.csv`).
    """
    tableau = donnees.table("corrige-confusions")
    siennes = tableau[tableau["exercice"] == exercice].set_index(["choisie", "attendue", "fait_id"])
    phrases = siennes["phrase"].to_dict()

    def dire(choisie: str, attendue: str, fait: str) -> str:
        commune = phrases.get((choisie, attendue, "tous"), SANS_CONFUSION)
        return phrases.get((choisie, attendue, fait), commune)

    return dire


def signer(donnees: Donnees, tables: Collection[str], nom: str = "") -> str:
    """« Lecture proposée, d'après l'annexe 11. », si ce que l'on montre n'est pas tout entier du sujet.

    `data/datapackage.json` le dit d'un de ces tableaux (`cas:lecture_proposee`), ou le dossier de
    l'atelier ou de la figure de ce nom (`LECTURES`). Là où seules des lignes sont de nous, une colonne.
    """
    decrites = donnees.ressources if tables else []
    siennes = [r for r in decrites if r["name"] in tables and r.get("cas:lecture_proposee")]
    dites = [
        sources(r).replace("Proposition de la collection", majuscule(LECTURE)) for r in siennes
    ]
    if origine := dossier.origines().get(nom):
        dites.append(f"{majuscule(LECTURE)}, d'après {origine}")
    return f"{dites[0]}." if dites else ""


def numero_du_dossier(dossier: object, donnees: Donnees) -> int | None:
    """Le numéro d'un dossier (2 ou « 2 ») ; None pour tous. Lève `ErreurCas` s'il n'existe pas."""
    if dossier is None:
        return None
    connus = sorted(set(donnees.table("corrige-questions")["dossier"]))
    for connu in connus:
        if str(dossier).strip() == str(connu):
            return int(connu)
    raise NomInconnu(f"Il n'y a pas de dossier « {dossier} »", dossier, connus)


def grille_en_texte(numero: str, donnees: Donnees, ouverte: bool) -> str:
    """La grille d'auto-évaluation en texte ; fermée, elle dit d'écrire d'abord."""
    if not ouverte:
        return (
            "Écrivez d'abord votre réponse et enregistrez, puis relancez la cellule : la grille "
            f's\'ouvrira. Pour la voir quand même : cas.grille("{numero}", ouverte=True).'
        )
    return points_en_texte(numero, attendus(numero, donnees))


def points_en_texte(numero: str, points: pd.DataFrame, coches: Collection[str] = ()) -> str:
    """Les points attendus d'une question (voir `attendus`), une ligne par point."""
    lignes = [
        f"{'☑' if a.attendu_id in coches else '☐'} {a.attendu} ({valeur(a)} ; {citer(a.preuves)}"
        f"{' ; ' * bool(a.cours)}{du_cours(a)})"
        for a in points.itertuples()
    ]
    return "\n".join([f"Question {numero} : points attendus (barème proposé)", *lignes])


def _lignes(nom: str, numero: str, donnees: Donnees) -> pd.DataFrame:
    question(numero, donnees)
    tableau = donnees.table(nom)
    return tableau[tableau["question"] == str(numero)].sort_values("rang", ignore_index=True)


def enonce_markdown(numero: str, donnees: Donnees) -> str:
    """L'énoncé d'une question, en Markdown : numéro, titre, question, annexes, points proposés."""
    q = question(numero, donnees)
    points = f"{nombre(q['points'])} {pluriel('point', q['points'])}"
    return (
        f"## Question {numero} — {q['titre']}\n\n> {q['enonce']}\n\n"
        f"*Le sujet annonce : {appui(q)}. Barème proposé : {points} sur 100.*"
    )


def appui(question: Mapping) -> str:
    """Les annexes que le sujet annonce ; à part, ce que tous lisent, et ce que la collection ajoute."""
    ajoutees, toutes = str(question["annexes_ajoutees"]).split(), question["annexes"].split()
    communes = [a for a in toutes if not a.isdigit()]
    noms = [nommer("annexe", a) + COMMUNE * (a == "introduction") for a in communes]
    en_plus = [a for a in toutes if a in ajoutees]
    return (
        _annexes([a for a in toutes if a not in (*communes, *ajoutees)])
        + (f" ; à lire aussi : {', '.join(noms)}" if noms else "")
        + (f" ; en plus ({LECTURE}) : {_annexes(en_plus)}" if en_plus else "")
    )


def _annexes(numeros: Collection[str]) -> str:
    """« annexes 1, 4 »."""
    return f"{pluriel('annexe', len(numeros))} {', '.join(numeros)}"


def valeur(attendu: Any) -> str:
    """Ce que vaut un point attendu (une ligne d'`attendus`) ; ce qui est nôtre est marqué."""
    return f"{nombre(attendu.points)} pt" + f", {LECTURE}" * bool(attendu.lecture_proposee)


def du_cours(attendu: Any) -> str:
    """Ce qu'un point attendu demande et qu'aucun passage ne dit ; vide si ses références suffisent."""
    return f"{COURS} : {attendu.cours}" if attendu.cours else ""


def juger_un_code(code: str, reponse: object, controles: dict[str, Controle]) -> Verdict:
    """Le verdict d'une réponse chiffrée ; voir `jugement.juger`.

    `code` : « 2.3 », « 2.4 », ou une étape comme « 2.4.total » ; `controles` : ceux du cas
    (`Cas().controles`).

    Lève `ErreurCas` si le code n'existe pas ; jamais pour une réponse, même étrange.
    """
    code = str(code).strip().replace(",", ".")  # cas.verifier("2,3", …)
    if code not in controles:
        raise NomInconnu(f"« {code} » n'a pas de réponse chiffrée à vérifier", code, controles)
    return juger(controles[code], reponse)


def _paragraphes(donnees: Donnees, genre: str, numero: int | str, table: str | None) -> set[int]:
    """Les paragraphes d'une annexe ou d'un document, tous tableaux réunis si aucun n'est nommé."""
    voulues = [
        r for r in donnees.ressources
        if r.get(f"cas:{genre}") == numero and table in (None, r["cas:table"])
    ]  # fmt: skip
    trouves: set[int] = set()
    for r in voulues or [donnees.ressource(genre, numero, table)]:  # dit quelles annexes existent
        trouves |= set(donnees.table(r["name"]).get("paragraphe", ()))
    return trouves
