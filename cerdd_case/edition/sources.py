"""Lire une source de carnet : cellules, marques du corrigé, calculs entre ⟦ ⟧."""

import itertools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..questions.registre import Registre
from ..socle.erreurs import nommer_les_choix
from . import images
from .execution import ErreurConstruction, outil
from .lecture_carnet import empreinte_du_texte, lieu, situer
from .validation import REGLAGES

CONNUES = {"étiquette": {"corrige", "eleve", "masquer", "tableau"}, "métadonnée": REGLAGES}
# Ce que `diapo` dit d'une cellule : son nom dans les plans de séance, le minuteur qu'elle montre,
# si elle donne une réponse (`--sans-reponses` l'ôte), si ses puces se dévoilent une à une.
DIAPO: dict[str, Callable[[object], bool]] = {
    "nom": lambda v: isinstance(v, str) and bool(re.fullmatch(r"[a-z0-9][a-z0-9.-]*", v)),
    "minutes": lambda v: type(v) is int and 0 < v <= 55,
    "reponse": lambda v: v is True,
    "etapes": lambda v: v is True,
}
SEULES = {"corrige", "eleve", "tableau"}
MARQUES = {
    "code": {"# >>> CORRIGÉ": "CORRIGÉ", "# >>> ÉLÈVE": "ÉLÈVE", "# >>> FIN": "FIN"},
    "markdown": {"<!-- CORRIGÉ -->": "CORRIGÉ", "<!-- ÉLÈVE -->": "ÉLÈVE", "<!-- FIN -->": "FIN"},
}
TOUTES_LES_MARQUES = {m for marques in MARQUES.values() for m in marques}
PRESQUE_UNE_MARQUE = re.compile(
    r"#\s*>{2,}|<!--\W*(corrig[ée]s?|[ée]l[èe]ves?|fin)\W*$", re.IGNORECASE
)
# La marque en cours, et celles qui peuvent la suivre.
SUITES = {"": ("CORRIGÉ",), "CORRIGÉ": ("ÉLÈVE", "FIN"), "ÉLÈVE": ("FIN",)}
CODE_A_COMPLETER = "# Écrivez votre code ici."
CONSIGNE = "**Votre réponse.** Cliquez dans le cadre qui suit et écrivez sous sa première ligne."


@dataclass
class Cellule:
    """Une cellule d'une source, ses deux textes et son lieu (« fichier, cellule n »)."""

    genre: str  # « code » ou « markdown »
    corrige: str | None  # le texte de la version corrigée ; None : la cellule n'y est pas
    eleve: str | None
    secret: str  # le texte que seul le corrigé doit contenir
    metadonnees: dict
    lieu: str
    identifiant: str


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


def noms_du_texte(cas: Registre) -> dict:
    """Les noms utilisables entre `⟦` et `⟧` dans une source ; `cas` : le `Cas` dont elle parle."""
    from ..donnees.hypotheses import ecrire
    from ..questions.registre import enonce_markdown
    from ..socle.nombres import euros, milliers, nombre, pourcent

    fonctions = (euros, pourcent, nombre, milliers, ecrire, en_python)
    return {f.__name__: f for f in fonctions} | {
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
    cellules: list[Cellule] = []
    for rang, brute in enumerate(carnet.cells, start=1):
        genre, texte, meta = brute.cell_type, brute.source, dict(brute.metadata)
        ici = lieu(nom, rang, brute)
        with situer(f"{ici} : "):
            controler_source(genre, texte, meta)
            if genre == "markdown":
                controler_images(texte, chemin.parent.parent / "corriges")
            textes = separer(genre, texte, meta)
            pris = {c.identifiant: c.lieu for c in cellules}
            noms = {c.metadonnees.get("diapo", {}).get("nom"): c.lieu for c in cellules}
            if (diapo := meta.get("diapo", {}).get("nom")) and diapo in noms:
                raise ErreurConstruction(
                    f"la diapositive « {diapo} » existe déjà ({noms[diapo]}). Donnez-lui un autre nom."
                )
            cellules.append(
                Cellule(genre, *textes, meta, ici, identifiant(genre, textes[:2], meta, pris))
            )
    return titre, cellules


def controler_source(genre: str, source: str, meta: dict) -> None:
    """Refuse une cellule brute ou vide, une étiquette ou une métadonnée inconnue."""
    etiquettes = set(meta.get("tags", []))
    ErreurConstruction.si({
        f"une cellule est en Markdown ou en code, pas « {genre} ».": genre not in MARQUES,
        "la cellule est vide. Supprimez-la.": not source.strip(),
    })  # fmt: skip
    for mot, noms in (("étiquette", etiquettes), ("métadonnée", set(meta))):
        if inconnus := sorted(noms - CONNUES[mot]):
            faute = f"{mot} inconnue « {', '.join(inconnus)} »"
            raise ErreurConstruction(nommer_les_choix(faute, inconnus[0], sorted(CONNUES[mot])))
    ErreurConstruction.si({
        "une cellule est « corrige », « eleve » ou « tableau », une seule fois. Sans étiquette, elle "
        "figure dans les deux versions.": len(SEULES & etiquettes) > 1,
        "« masquer » ne s'applique qu'à une cellule de code.": "masquer" in etiquettes
        and genre != "code",
    })  # fmt: skip
    controler_diapo(meta)


def controler_diapo(meta: dict) -> None:
    """Refuse ce que `diapo` ne sait pas dire, ou dit ailleurs qu'au début d'une diapositive."""
    diapo = meta.get("diapo", {})
    if not isinstance(diapo, dict) or any(
        c not in DIAPO or not DIAPO[c](v) for c, v in diapo.items()
    ):
        raise ErreurConstruction(
            f"« diapo » ne se lit pas : {json.dumps(diapo, ensure_ascii=False)}. Écrivez par exemple "
            '{"nom": "2.1-tache", "minutes": 5} ; pour une réponse, {"nom": "2.1-reponse", '
            '"reponse": true, "etapes": true}.'
        )
    ouvre = meta.get("slideshow", {}).get("slide_type") in ("slide", "subslide")
    if diapo.keys() & {"nom", "minutes", "reponse"} and not ouvre:
        raise ErreurConstruction(
            "« diapo » nomme une diapositive ; placez-le sur sa première cellule (slide, subslide)."
        )


def controler_images(source: str, dossier: Path) -> None:
    """Refuse une image collée (une source n'en garde que le nom), absente, ou prise sur Internet."""
    for trouve in images.DANS_UN_TEXTE.finditer(source):
        adresse = trouve[trouve.lastindex or 0]
        if adresse.startswith("data:image/") or "⟦" in adresse:
            continue
        if images.AILLEURS.match(adresse) or adresse.startswith(images.COLLEE):
            raise ErreurConstruction(
                f"l'image « {adresse[:80]} » n'est pas dans la source. Enregistrez-la dans un "
                "fichier du projet, et citez ce fichier depuis notebooks/corriges/."
            )
        images.lire_image(dossier, adresse)


def separer(genre: str, source: str, meta: dict) -> tuple[str | None, str | None, str]:
    """Le texte de chaque version (None : la cellule n'y est pas), et celui de la solution."""
    lignes = separer_les_versions(genre, source)
    marquee = any(partie == "marque" for partie, _ in lignes)
    seule = SEULES & set(meta.get("tags", []))
    reponse = genre if "reponse" in meta else None
    ErreurConstruction.si({
        "la cellule entière est déjà une réponse ou l'affaire d'une seule version ; retirez les "
        "marques CORRIGÉ, ÉLÈVE et FIN, ou bien l'étiquette.": marquee
        and (seule or reponse == "markdown"),
        "une cellule de réponse figure dans les deux versions ; retirez l'étiquette.":
        reponse == "code" and seule or reponse and seule - {"eleve"},
        "une réponse en code doit placer sa solution entre « # >>> CORRIGÉ » et « # >>> FIN ».":
        reponse == "code" and not marquee,
    })  # fmt: skip
    corrige, eleve, secret = (
        "\n".join(ligne for partie, ligne in lignes if partie in parties)
        for parties in (("", "CORRIGÉ"), ("", "ÉLÈVE"), ("CORRIGÉ",))
    )
    if reponse == "markdown":  # à l'élève, la construction donne une zone où écrire
        consigne = source.strip("\n") if seule else CONSIGNE
        return None if seule else source.strip("\n"), consigne, "" if seule else source
    if "tableau" in seule:  # une consigne projetée redit l'énoncé ; une réponse, non
        donne = {"reponse", "etapes"} & set(meta.get("diapo", {}))
        return corrige.strip("\n") or None, None, source if donne else ""
    if "corrige" in seule:
        return corrige.strip("\n") or None, None, source
    eleve = eleve.strip("\n") or (CODE_A_COMPLETER if genre == "code" else "")
    return None if seule else corrige.strip("\n") or None, eleve or None, secret


def separer_les_versions(genre: str, source: str) -> list[tuple[str, str]]:
    """Chaque ligne et sa partie : « CORRIGÉ », « ÉLÈVE », rien (les deux), ou « marque »."""
    lignes, ouverte = [], ""
    for ligne in source.split("\n"):
        mot = ligne.strip()
        marque = MARQUES[genre].get(mot)
        if marque is None:
            if PRESQUE_UNE_MARQUE.match(mot) or any(m in mot for m in TOUTES_LES_MARQUES):
                raise ErreurConstruction(
                    f"« {mot} » ressemble à une marque, mais n'est pas celle d'une cellule de ce "
                    f"genre ({genre}). Écrivez exactement, seule sur sa ligne : "
                    f"{', '.join(MARQUES[genre])}."
                )
            if ouverte == "ÉLÈVE" and genre == "code":
                ligne = _sans_diese(ligne)
            lignes.append((ouverte, ligne))
        elif marque in SUITES[ouverte]:
            lignes.append(("marque", ligne))
            ouverte = "" if marque == "FIN" else marque
        else:
            situation = f"après {ouverte}" if ouverte else "hors de toute solution"
            raise ErreurConstruction(
                f"marque {marque} {situation}. Ici, seule convient : "
                f"{' ou '.join(SUITES[ouverte])}."
            )
    if ouverte:
        raise ErreurConstruction(
            f"la marque {ouverte} n'est pas fermée. Ajoutez la marque FIN sur sa ligne."
        )
    return lignes


def _sans_diese(ligne: str) -> str:
    """Une ligne de code destinée à l'élève, sans le `# ` qui la neutralise dans la source."""
    trouve = re.fullmatch(r"(\s*)(?:#(?: (.*))?)?", ligne)
    if trouve is None:
        raise ErreurConstruction(
            "entre ÉLÈVE et FIN, chaque ligne de code commence par « # » et une espace ; "
            f"« {ligne.strip()} » n'en a pas."
        )
    return trouve[1] + trouve[2] if trouve[2] else ""


def identifiant(genre: str, textes: tuple, meta: dict, pris: dict[str, str]) -> str:
    """Un identifiant qui ne dépend que du texte vu par l'élève, ou `reponse-2-1`, `reponse-2-3-code`.

    Corriger la solution, un chiffre calculé ou une autre cellule ne le change pas : deux copies
    rendues à des moments différents restent comparables.
    """
    corrige, eleve = textes
    if "reponse" in meta:
        numero = re.sub(r"[^0-9A-Za-z]+", "-", str(meta["reponse"])).strip("-")
        nom = f"reponse-{numero}{'-code' if genre == 'code' else ''}"
        if nom in pris:
            raise ErreurConstruction(
                f"la réponse « {meta['reponse']} » existe déjà ({pris[nom]}). "
                "Donnez-lui un autre numéro."
            )
        return nom
    base = empreinte_du_texte(f"{genre}\n{corrige if eleve is None else eleve}")
    rangs = (f"{base}-{rang}" for rang in itertools.count(2))
    return next(nom for nom in itertools.chain([base], rangs) if nom not in pris)


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
    )

    def calculer(texte: str, lieu: str) -> str:
        try:
            resultat = moteur.from_string(texte).render(noms)
        except jinja2.UndefinedError as erreur:
            connus = ", ".join(sorted(noms))
            faute = f" : entre ⟦ et ⟧, un nom est inconnu ({erreur}). Noms connus : {connus}."
        except jinja2.TemplateSyntaxError as erreur:
            faute = f", ligne {erreur.lineno} : ce qui est entre ⟦ et ⟧ est mal écrit ({erreur})."
        except Exception as erreur:
            faute = f" : le calcul entre ⟦ et ⟧ a échoué ({type(erreur).__name__} : {erreur})."
        else:
            if "⟦" not in resultat and "⟧" not in resultat:
                return resultat
            faute = " : un crochet ⟦ ou ⟧ reste seul. Fermez-le."
        raise ErreurConstruction(lieu + faute)

    return calculer


def metadonnees(cellule: Cellule, version: str) -> dict:
    """Les métadonnées d'une cellule construite : celles de la source, et ce qu'elles entraînent."""
    meta = json.loads(json.dumps(cellule.metadonnees))
    if "masquer" in meta.get("tags", []):
        meta["jupyter"] = {"source_hidden": True}
    if version == "eleves" and cellule.genre == "code":
        # « Tout exécuter » passe une cellule fausse
        meta["tags"] = [*meta.get("tags", []), "raises-exception"]
    if "reponse" in meta:
        meta["reponse"] = str(meta["reponse"])
    if version == "eleves":
        meta.pop("diapo", None)  # l'affaire de l'enseignant
        meta["deletable"] = False  # une cellule supprimée par mégarde est une réponse perdue
        if "reponse" not in meta:  # ce qui n'est pas à remplir ne se change pas
            meta.setdefault("editable", False)
    return dict(sorted(meta.items()))
