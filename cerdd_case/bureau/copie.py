"""Ce que contient une copie : réponses, calculs, vérifications, auto-évaluation, indices ; sa page.

La page est un seul fichier HTML, sans ressource extérieure. Ce que l'élève a tapé y est dans des
éléments `data-tape`, signe pour signe, et c'est là que la remise le relit.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Any

from ..questions import avancement, registre
from ..questions.controle import Controle
from ..questions.jugement import juger
from ..questions.verdict import ETATS, JUGES
from ..socle import dossier
from ..socle.carnet import texte
from ..socle.identite import contenu_du_carnet, empreinte, notes
from ..socle.memoire import Memoire
from . import carnets
from .pages import composer

LIGNE = re.compile(r"^[ \t]*(\w+)[ \t]*=(?!=)[ \t]*(.*?)[ \t]*$", re.M)
QUESTION = re.compile(r"(\d+)\.\d+")
BILAN = {"bilan": "Ce que je retiens"}
# Aucune page n'en montre.
INTERDITS = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


@dataclass
class Calcul:
    """Un nombre demandé : ce qui est tapé (`tape`), et sa dernière vérification.

    `texte` : ce qui a été jugé ; `etat`, `diagnostic` : ce que l'on en a dit ; `essais` : les réponses
    fausses ; `montree` : la réponse proposée a été vue. `a_jour` : ce qui est tapé est bien ce qui a été
    jugé (None : cela ne se lit pas sans Python).
    """

    titre: str
    tape: str = ""
    lu: str = ""
    texte: str = ""
    etat: str | None = None
    diagnostic: str | None = None
    essais: int = 0
    montree: bool = False
    a_jour: bool | None = None

    @property
    def verdict(self) -> str:
        """Le verdict en toutes lettres, pour la page."""
        if self.etat is None:
            return "pas vérifié"
        dit = ETATS[self.etat][0] + (
            f" (lu : {self.texte})" if self.texte and self.etat in JUGES else ""
        )
        return f"changé depuis la vérification, qui disait : {dit}" if self.a_jour is False else dit


@dataclass
class Question:
    """Une question de la copie. `textes`, `calculs` : les cellules de réponse, telles que tapées."""

    numero: str
    titre: str = ""
    enonce: str = ""
    points: float = 0
    textes: list[str] = field(default_factory=list)
    calculs: list[str] = field(default_factory=list)
    controles: dict[str, Calcul] = field(default_factory=dict)
    coches: list[dict] = field(default_factory=list)
    indices: int = 0
    indices_en_tout: int = 0
    vue_sans_reponse: bool = False

    @property
    def repondue(self) -> bool:
        """Y a-t-il une réponse écrite ?"""
        return any(map(avancement.est_repondu, self.textes))

    @property
    def gagnes(self) -> float:
        """Les points que l'élève s'est donnés ; sans réponse écrite, ils ne comptent pas."""
        return sum(c["points"] for c in self.coches) if self.repondue else 0

    @property
    def redits(self) -> bool:
        """Le tableau des vérifications dit-il tout ce que les calculs disent ?"""
        lignes = [ligne for c in self.calculs for ligne in c.splitlines() if ligne.strip()]
        demandes = dossier.variables()
        codes = {
            demandes.get(lue[1])
            for lue in map(LIGNE.fullmatch, lignes)
            if lue and ("#" not in lue[2] or _entre_guillemets(lue[2]))
        }
        return len(codes) == len(lignes) and codes <= self.controles.keys()


def dossier_du_carnet(contenu: dict) -> int | None:
    """Le dossier d'un carnet, d'après ses cellules de réponse ; None s'il n'a rien à rendre."""
    for question, _, _ in avancement.cellules_de_reponse(contenu):
        if trouve := QUESTION.fullmatch(question):
            return int(trouve[1])
    return None


def questions(contenu: dict, memoire: Memoire, cas: registre.Registre) -> list[Question]:
    """Les questions du dossier de ce carnet, puis ce qu'il demande d'écrire d'autre (un bilan)."""
    numero = dossier_du_carnet(contenu)
    table = cas.table("corrige-questions")
    copie = {
        q: _question(q, memoire, cas) for q in table.loc[table["dossier"] == numero, "question"]
    }
    for q, genre, source in avancement.cellules_de_reponse(contenu):
        ici = copie.setdefault(q, Question(q, BILAN.get(q, f"Réponse {q}")))
        if genre == "calcul" and source.strip():
            ici.calculs.append(source)
        elif genre != "calcul" and (ecrit := avancement.texte_ecrit(source)).strip():
            ici.textes.append(ecrit)
    tapes = dict(LIGNE.findall("\n".join(c for q in copie.values() for c in q.calculs)))
    for nom, code in dossier.variables().items():
        sienne = copie.get(code[:3])
        if sienne and (nom in tapes or code not in sienne.controles):
            sienne.controles[code] = _calcul(cas.controles[code], tapes.get(nom, ""), memoire)
    return list(copie.values())


def _question(numero: str, memoire: Memoire, cas: registre.Registre) -> Question:
    q, coches = registre.question(numero, cas), avancement.points_coches(cas, memoire, numero)
    return Question(
        numero, q["titre"], q["enonce"], q["points"],
        coches=coches[["attendu_id", "attendu", "points"]].to_dict("records"),
        indices=memoire.lire(f"indices:{numero}", 0),
        indices_en_tout=len(registre.indices(numero, cas)),
        vue_sans_reponse=memoire.lire(f"grille_vue:{numero}", False),
    )  # fmt: skip


def _calcul(controle: Controle, droite: str, memoire: Memoire) -> Calcul:
    tape = _en_clair(droite)
    essai = memoire.lire(f"essais:{controle.code}", {})
    actuel = juger(controle, tape or ...)
    texte, lu = essai.get("texte", ""), actuel.echo.removeprefix("Lu : ").removesuffix(".")
    juge = juger(controle, texte.rpartition("=")[2])
    etat, a_jour = memoire.lire(f"verdict:{controle.code}"), None
    # Un texte que rien ne lit ne se vérifie pas : c'est ce que l'on en dit.
    illisible = actuel.juste is None and _entre_guillemets(droite) is not None
    if texte and (illisible or actuel.etat == "a_completer"):
        a_jour = False
    elif texte and actuel.juste is not None:
        a_jour = texte == lu or actuel.lu is not None and actuel.lu == juge.lu
    elif etat is None and illisible and tape:
        etat, texte = actuel.etat, tape
    return Calcul(
        controle.etape or controle.intitule, tape, lu, texte, etat,
        essai.get("diagnostic"), essai.get("nombre", 0), essai.get("montree", False), a_jour,
    )  # fmt: skip


def _entre_guillemets(droite: str) -> str | None:
    """Le texte que Python lirait à droite du signe = ; None si ce n'est pas un texte."""
    try:
        valeur = ast.literal_eval(droite)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return valeur if isinstance(valeur, str) else None


def _en_clair(droite: str) -> str:
    """Ce qui est écrit à droite du signe =, sans les guillemets de Python ; vide pour des points."""
    texte = _entre_guillemets(droite)
    sans_note = droite.partition("#")[0].strip()
    return ("" if sans_note == "..." else sans_note) if texte is None else texte


def textes_des_cellules(contenu: dict) -> Iterator[str]:
    """Le texte de chaque cellule, d'un bloc."""
    for cellule in contenu["cells"]:
        if isinstance(cellule, dict):
            yield texte(cellule.get("source"))


def ailleurs(contenu: dict) -> list[str]:
    """Ce que l'élève a écrit hors des cellules de réponse : cellules ajoutées ou changées.

    Vide si le carnet livré dont il part n'est plus là : on ne sait pas ce qui est de lui.
    """
    livree = (notes(contenu) or {}).get("empreinte")
    livres = map(contenu_du_carnet, carnets.carnets(carnets.dossier_des_carnets() / "eleves"))
    livre = next((c for c in livres if c and empreinte(c) == livree), None)
    if livre is None:
        return []
    connus = {
        *textes_des_cellules(livre),
        *(s for _, _, s in avancement.cellules_de_reponse(contenu)),
    }
    return [s for s in textes_des_cellules(contenu) if s.strip() and s not in connus]


def tapes(contenu: dict) -> list[str]:
    """Tout ce que l'élève a tapé dans ce carnet : chaque réponse, chaque calcul, et le reste."""
    reponses = (
        source if genre == "calcul" else avancement.texte_ecrit(source)
        for _, genre, source in avancement.cellules_de_reponse(contenu)
    )  # fmt: skip
    return [t for t in reponses if t.strip()] + ailleurs(contenu)


def en_page(liste: list[Question], autres: list[str], **entete: Any) -> str:
    """La page HTML d'une copie. `entete` : `eleve`, `classe`, `date`, `dossier`, `titre`."""
    return composer("copie.html", questions=liste, autres=autres, tape=_tape, **entete)


def _tape(texte: str) -> str:
    """Ce que l'élève a tapé, en HTML : un retour seul n'est pas perdu en route."""
    return escape(montrable(texte)).replace("\r", "&#13;")


def montrable(texte: str) -> str:
    """Le même texte ; un signe qu'aucune page ne peut porter (moitié de signe, commande) devient « � »."""
    entier = texte.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return INTERDITS.sub("\ufffd", entier)


class _Relecture(HTMLParser):
    """Les textes des éléments `data-tape` d'une page."""

    def __init__(self) -> None:
        super().__init__()
        self.textes: list[str] = []
        self.dedans = False

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.dedans = "data-tape" in dict(attrs)
        if self.dedans:
            self.textes.append("")

    def handle_endtag(self, tag: str) -> None:
        self.dedans = False

    def handle_data(self, data: str) -> None:
        if self.dedans:
            self.textes[-1] += data


def tapes_de_la_page(html: str) -> list[str]:
    """Ce que la page d'une copie montre de ce que l'élève a tapé, dans l'ordre."""
    relecture = _Relecture()
    relecture.feed(html)
    relecture.close()
    return relecture.textes


def en_metadonnees(liste: list[Question]) -> dict:
    """Ce qu'une copie garde pour qui la corrige : `controles` par code, `questions` par numéro."""
    return {
        "controles": {
            code: {cle: v for cle, v in asdict(calcul).items() if cle != "titre"}
            for q in liste for code, calcul in q.controles.items()
        },
        "questions": {
            q.numero: {
                "indices": q.indices,
                "grille": [c["attendu_id"] for c in q.coches],
                "points": q.gagnes,
                "grille_vue_sans_reponse": q.vue_sans_reponse,
            }
            for q in liste if q.enonce
        },
    }  # fmt: skip
