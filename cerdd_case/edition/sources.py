"""Lire une source de carnet : cellules, marques du corrigé, calculs entre ⟦ ⟧."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..questions.avancement import INVITE
from . import images
from .execution import ErreurConstruction, outil

ETIQUETTES = {"corrige", "eleve", "masquer"}
META_CONNUES = {"tags", "slideshow", "reponse", "editable", "deletable"}
MARQUES = {
    "code": {"# >>> CORRIGÉ": "CORRIGÉ", "# >>> ÉLÈVE": "ÉLÈVE", "# >>> FIN": "FIN"},
    "markdown": {"<!-- CORRIGÉ -->": "CORRIGÉ", "<!-- ÉLÈVE -->": "ÉLÈVE", "<!-- FIN -->": "FIN"},
}
TOUTES_LES_MARQUES = {m for marques in MARQUES.values() for m in marques}
PRESQUE_UNE_MARQUE = re.compile(
    r"#\s*>{2,}|<!--\W*(corrig[ée]s?|[ée]l[èe]ves?|fin)\W*$", re.IGNORECASE
)
CODE_A_COMPLETER = "# Écrivez votre code ici."


@dataclass
class Cellule:
    """Une cellule d'une source, ses deux textes et son lieu (« fichier, cellule n »)."""

    genre: str  # « code » ou « markdown »
    corrige: str | None  # le texte de la version corrigée ; None : la cellule n'y est pas
    eleve: str | None
    secret: list[str]  # les textes que seul le corrigé doit contenir
    identifiant: str
    metadonnees: dict
    lieu: str


def texte_a_completer(question: str) -> str:
    """Le texte d'une cellule de réponse dans la version élève."""
    return f"<!-- réponse {question} : écrivez sous cette ligne -->\n\n{INVITE}"


def identifiant_de_reponse(question: str, genre: str = "markdown") -> str:
    """L'identifiant stable d'une cellule de réponse : `reponse-2-1`, `reponse-2-3-code`."""
    base = "reponse-" + re.sub(r"[^0-9A-Za-z]+", "-", question).strip("-")
    return base if genre == "markdown" else f"{base}-code"


def dossier_des_sources() -> Path:
    """Le dossier `notebooks/sources/`, qui n'existe que dans le dossier du projet."""
    sources = Path(__file__).resolve().parents[2] / "notebooks" / "sources"
    if not sources.is_dir():
        raise ErreurConstruction(
            "Les sources des carnets ne sont pas installées : « construire » ne marche que dans "
            "le dossier du projet, celui qui contient pyproject.toml et notebooks/sources/."
        )
    return sources


def en_python(valeur: float) -> str:
    """Un nombre tel qu'on le tape dans une cellule de code : `1040450`, `12.5`, `92502.35`."""
    return f"{round(float(valeur), 6):.15g}"


def contexte(cas) -> dict:
    """Les noms utilisables entre `⟦` et `⟧` dans une source ; `cas` : le `Cas` dont elle parle."""
    from ..donnees.hypotheses import ecrire
    from ..questions.registre import enonce_markdown
    from ..socle.nombres import euros, milliers, nombre, pourcent

    return {
        "euros": euros,
        "pourcent": pourcent,
        "nombre": nombre,
        "milliers": milliers,
        "ecrire": ecrire,
        "en_python": en_python,
        "cas": cas,
        "enonce": lambda numero: enonce_markdown(numero, cas),
    }


def lire_source(chemin: Path) -> tuple[str, list[Cellule]]:
    """Le titre d'une source et ses cellules, contrôlées, séparées, pas encore calculées."""
    nom = f"notebooks/sources/{chemin.name}"
    try:
        carnet = outil("jupytext").reads(chemin.read_text(encoding="utf-8"), fmt="md:myst")
    except UnicodeDecodeError:
        raise ErreurConstruction(f"{nom} n'est pas en UTF-8. Enregistrez-le en UTF-8.") from None
    except Exception as erreur:
        raise ErreurConstruction(
            f"{nom} n'est pas un carnet MyST lisible ({erreur}). "
            "Vérifiez l'en-tête, les lignes « +++ » et les blocs ```{code-cell}."
        ) from None
    titre = carnet.metadata.get("title")
    if not titre:
        raise ErreurConstruction(f"{nom} : ajoutez « title: … » dans l'en-tête entre « --- ».")
    cellules = []
    pris: dict[str, str] = {}
    for numero, brute in enumerate(carnet.cells, start=1):
        lieu = f"{nom}, cellule {numero} (« {images.debut(brute)} »)"
        controler(brute.cell_type, brute.source, brute.metadata, lieu)
        controler_images(brute, chemin.parent.parent / "corriges", lieu)
        cellule = separer(brute.cell_type, brute.source, dict(brute.metadata), lieu)
        cellule.identifiant = identifiant(cellule, pris)
        pris[cellule.identifiant] = lieu
        cellules.append(cellule)
    return titre, cellules


def controler(genre: str, source: str, meta: dict, lieu: str) -> None:
    """Refuse une cellule brute ou vide, une étiquette ou une métadonnée inconnue."""
    if genre not in MARQUES:
        raise ErreurConstruction(
            f"{lieu} : une cellule est en Markdown ou en code, pas « {genre} »."
        )
    if not source.strip():
        raise ErreurConstruction(f"{lieu} : la cellule est vide. Supprimez-la.")
    etiquettes = set(meta.get("tags", []))
    for inconnus, mot, connus in (
        (etiquettes - ETIQUETTES, "étiquette", ETIQUETTES),
        (set(meta) - META_CONNUES, "métadonnée", META_CONNUES),
    ):
        if inconnus:
            raise ErreurConstruction(
                f"{lieu} : {mot} inconnue « {', '.join(sorted(inconnus))} ». "
                f"Choisissez parmi : {', '.join(sorted(connus))}."
            )
    if {"corrige", "eleve"} <= etiquettes:
        raise ErreurConstruction(
            f"{lieu} : une cellule est « corrige » ou « eleve », pas les deux. "
            "Sans étiquette, elle figure dans les deux versions."
        )
    if "masquer" in etiquettes and genre != "code":
        raise ErreurConstruction(f"{lieu} : « masquer » ne s'applique qu'à une cellule de code.")


def controler_images(cellule: dict, dossier: Path, lieu: str) -> None:
    """Refuse une image collée (une source n'en garde que le nom), absente, ou prise sur Internet."""
    if cellule["cell_type"] != "markdown":
        return
    for adresse in images.adresses(cellule["source"]):
        if adresse.startswith("data:image/") or "⟦" in adresse:
            continue
        if images.AILLEURS.match(adresse) or adresse.startswith("attachment:"):
            raise ErreurConstruction(
                f"{lieu} : l'image « {adresse[:80]} » n'est pas dans la source. Enregistrez-la "
                "dans un fichier du projet, et citez ce fichier depuis notebooks/corriges/."
            )
        images.lire(dossier, adresse, lieu)


def separer(genre: str, source: str, meta: dict, lieu: str) -> Cellule:
    """La cellule avec ses deux textes ; lève `ErreurConstruction` si une marque est mal placée."""
    etiquettes = set(meta.get("tags", []))
    corrige, eleve, secret, marquee = decouper(genre, source, lieu)
    est_reponse = "reponse" in meta
    if marquee and (etiquettes & {"corrige", "eleve"} or (est_reponse and genre == "markdown")):
        raise ErreurConstruction(
            f"{lieu} : la cellule entière est déjà une réponse ou l'affaire d'une seule version ; "
            "retirez les marques CORRIGÉ, ÉLÈVE et FIN, ou bien l'étiquette."
        )
    if est_reponse and etiquettes & {"corrige", "eleve"}:
        raise ErreurConstruction(
            f"{lieu} : une cellule de réponse figure dans les deux versions ; retirez l'étiquette."
        )
    if est_reponse and genre == "code" and not marquee:
        raise ErreurConstruction(
            f"{lieu} : une réponse en code doit placer sa solution entre « # >>> CORRIGÉ » "
            "et « # >>> FIN »."
        )
    if est_reponse and genre == "markdown":
        eleve, secret = texte_a_completer(str(meta["reponse"])), [source]
    if "corrige" in etiquettes:
        eleve, secret = None, [source]
    if "eleve" in etiquettes:
        corrige = None
    if eleve == "":
        eleve = CODE_A_COMPLETER if genre == "code" else None
    return Cellule(genre, corrige or None, eleve, secret, "", meta, lieu)


def decouper(genre: str, source: str, lieu: str) -> tuple[str, str, list[str], bool]:
    """Suit les marques ligne à ligne : texte corrigé, texte élève, solution, « a des marques »."""
    corrige, eleve, secret = [], [], []
    ouverte = None  # la marque en cours : None, « CORRIGÉ » ou « ÉLÈVE »
    marquee = False
    for ligne in source.split("\n"):
        marque = _marque(genre, ligne, lieu)
        if marque is not None:
            marquee = True
            attendues = {None: ("CORRIGÉ",), "CORRIGÉ": ("ÉLÈVE", "FIN"), "ÉLÈVE": ("FIN",)}
            if marque not in attendues[ouverte]:
                situation = "hors de toute solution" if ouverte is None else f"après {ouverte}"
                raise ErreurConstruction(
                    f"{lieu} : marque {marque} {situation}. "
                    f"Ici, seule convient : {' ou '.join(attendues[ouverte])}."
                )
            ouverte = None if marque == "FIN" else marque
        elif ouverte is None:
            corrige.append(ligne)
            eleve.append(ligne)
        elif ouverte == "CORRIGÉ":
            corrige.append(ligne)
            secret.append(ligne)
        else:
            eleve.append(_sans_diese(ligne, lieu) if genre == "code" else ligne)
    if ouverte is not None:
        raise ErreurConstruction(
            f"{lieu} : la marque {ouverte} n'est pas fermée. Ajoutez la marque FIN sur sa ligne."
        )
    return "\n".join(corrige).strip("\n"), "\n".join(eleve).strip("\n"), secret, marquee


def _marque(genre: str, ligne: str, lieu: str) -> str | None:
    """La marque que porte une ligne, ou rien ; refuse une marque mal écrite ou déplacée."""
    texte = ligne.strip()
    if texte in MARQUES[genre]:
        return MARQUES[genre][texte]
    if texte in TOUTES_LES_MARQUES:
        raise ErreurConstruction(
            f"{lieu} : la marque « {texte} » n'est pas celle d'une cellule de ce genre ({genre}). "
            f"Écrivez : {', '.join(MARQUES[genre])}."
        )
    if PRESQUE_UNE_MARQUE.match(texte) or any(m in ligne for m in TOUTES_LES_MARQUES):
        raise ErreurConstruction(
            f"{lieu} : « {texte} » ressemble à une marque, mais n'en est pas une. "
            f"Écrivez exactement, seule sur sa ligne : {', '.join(MARQUES[genre])}."
        )
    return None


def _sans_diese(ligne: str, lieu: str) -> str:
    """Une ligne de code destinée à l'élève, sans le `# ` qui la neutralise dans la source."""
    trouve = re.fullmatch(r"(\s*)#(?: (.*)|)", ligne)
    if trouve:
        return trouve[1] + trouve[2] if trouve[2] else ""
    if not ligne.strip():
        return ""
    raise ErreurConstruction(
        f"{lieu} : entre ÉLÈVE et FIN, chaque ligne de code commence par « # » et une espace ; "
        f"« {ligne.strip()} » n'en a pas."
    )


def identifiant(cellule: Cellule, pris: dict[str, str]) -> str:
    """Un identifiant qui ne dépend que du texte vu par l'élève.

    Corriger la solution, un chiffre calculé ou une autre cellule ne le change pas : deux copies
    rendues à des moments différents restent comparables.
    """
    question = cellule.metadonnees.get("reponse")
    if question is not None:
        nom = identifiant_de_reponse(str(question), cellule.genre)
        if nom in pris:
            raise ErreurConstruction(
                f"{cellule.lieu} : la réponse « {question} » existe déjà ({pris[nom]}). "
                "Donnez-lui un autre numéro."
            )
        return nom
    texte = cellule.eleve if cellule.eleve is not None else cellule.corrige
    base = hashlib.sha256(f"{cellule.genre}\n{texte}".encode()).hexdigest()[:12]
    nom, rang = base, 1
    while nom in pris:
        rang += 1
        nom = f"{base}-{rang}"
    return nom


def calculateur(noms: dict) -> Callable[[str, str], str]:
    """Une fonction (texte, lieu) → texte où chaque `⟦ … ⟧` est remplacé par sa valeur."""
    jinja2 = outil("jinja2")
    moteur = jinja2.Environment(
        variable_start_string="⟦",
        variable_end_string="⟧",
        block_start_string="⟦%",
        block_end_string="%⟧",
        comment_start_string="⟦#",
        comment_end_string="#⟧",
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,  # une ligne qui ne porte qu'un bloc ne laisse pas de ligne vide
        lstrip_blocks=True,
        autoescape=False,
    )

    def calculer(texte: str, lieu: str) -> str:
        try:
            resultat = moteur.from_string(texte).render(noms)
        except jinja2.UndefinedError as erreur:
            raise ErreurConstruction(
                f"{lieu} : entre ⟦ et ⟧, un nom est inconnu ({erreur}). "
                f"Noms connus : {', '.join(sorted(noms))}."
            ) from None
        except jinja2.TemplateSyntaxError as erreur:
            raise ErreurConstruction(
                f"{lieu}, ligne {erreur.lineno} : ce qui est entre ⟦ et ⟧ est mal écrit ({erreur})."
            ) from None
        except Exception as erreur:
            raise ErreurConstruction(
                f"{lieu} : le calcul entre ⟦ et ⟧ a échoué ({type(erreur).__name__} : {erreur})."
            ) from erreur
        if "⟦" in resultat or "⟧" in resultat:
            raise ErreurConstruction(f"{lieu} : un crochet ⟦ ou ⟧ reste seul. Fermez-le.")
        return resultat

    return calculer


def metadonnees(cellule: Cellule, version: str) -> dict:
    """Les métadonnées d'une cellule construite : celles de la source, et ce qu'elles entraînent."""
    meta = json.loads(json.dumps(cellule.metadonnees))
    if "masquer" in meta.get("tags", []):
        meta["jupyter"] = {"source_hidden": True}
    if "reponse" in meta:
        meta["reponse"] = str(meta["reponse"])
        if version == "eleves":  # une cellule supprimée par mégarde est une réponse perdue
            meta["deletable"] = False
    return dict(sorted(meta.items()))
