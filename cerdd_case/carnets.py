"""Construire les carnets : une source, deux versions.

    notebooks/sources/*.md  →  notebooks/corriges/*.ipynb  (exécutés, sorties comprises)
                            →  notebooks/eleves/*.ipynb    (ni solution, ni sortie)

Une source est un carnet Jupytext (Markdown MyST). Chaque fonction fait une transformation :
lire, contrôler, calculer un texte, séparer les versions, exécuter, nettoyer, comparer. Une marque
mal placée arrête la construction en donnant le fichier, la cellule et la marque.

Dans une cellule, ce qui se calcule s'écrit `⟦ euros(1000) ⟧` : aucun chiffre n'est tapé deux fois.
Ces crochets ne se confondent ni avec LaTeX, ni avec les accolades et les crochets de Python.
Les blocs Jinja2 s'écrivent `⟦% if … %⟧`, les commentaires `⟦# … #⟧`.
"""

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .avancement import INVITE
from .erreurs import ErreurCas
from .identite import VERSIONS, empreinte

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
DELAI_PAR_CELLULE = 300  # secondes
LIGNE_REVELATRICE = 25  # une ligne plus longue, venue du corrigé, ne se retrouve pas par hasard
COPIE = re.compile(r"\.ma-copie-\d+$")
VUE_DE_WIDGET = "application/vnd.jupyter.widget-view+json"


class ErreurConstruction(ErreurCas):
    """Une source de carnet mal écrite, ou un carnet qui ne s'exécute pas."""


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


# --- Où sont les carnets ----------------------------------------------------------------


def dossier_des_carnets() -> Path:
    """Le dossier `notebooks/` : celui du projet, ou celui que le paquet installé transporte."""
    paquet = Path(__file__).resolve().parent
    for dossier in (paquet.parent / "notebooks", paquet / "notebooks"):
        if (dossier / "corriges").is_dir():
            return dossier
    raise ErreurCas(
        f"Les carnets sont introuvables (cherchés à côté de {paquet}). Réinstallez la collection."
    )


def dossier_des_sources() -> Path:
    """Le dossier `notebooks/sources/`, qui n'existe que dans le dossier du projet."""
    sources = Path(__file__).resolve().parent.parent / "notebooks" / "sources"
    if not sources.is_dir():
        raise ErreurConstruction(
            "Les sources des carnets ne sont pas installées : « construire » ne marche que dans "
            "le dossier du projet, celui qui contient pyproject.toml et notebooks/sources/."
        )
    return sources


def carnets(dossier: Path) -> list[Path]:
    """Les carnets construits d'un dossier, sans les copies mises de côté."""
    return sorted(c for c in dossier.glob("*.ipynb") if not COPIE.search(c.stem))


def _outil(nom: str):
    """Un module du groupe de dépendances `construction`, importé au dernier moment."""
    import importlib

    try:
        return importlib.import_module(nom)
    except ImportError:
        raise ErreurConstruction(
            f"Pour construire les carnets, il manque « {nom} ». Installez le groupe de dépendances "
            "« construction » : uv sync --group construction"
        ) from None


# --- Lire une source --------------------------------------------------------------------


def contexte() -> dict:
    """Les noms utilisables entre `⟦` et `⟧` dans une source."""
    from .cas import Cas
    from .exercices import enonce_markdown
    from .nombres import euros, milliers, nombre, pourcent

    return {
        "euros": euros,
        "pourcent": pourcent,
        "nombre": nombre,
        "milliers": milliers,
        "cas": Cas(),
        "enonce": enonce_markdown,
    }


def lire_source(chemin: Path) -> tuple[str, list[Cellule]]:
    """Le titre d'une source et ses cellules, contrôlées, séparées, pas encore calculées."""
    nom = f"notebooks/sources/{chemin.name}"
    try:
        carnet = _outil("jupytext").reads(chemin.read_text(encoding="utf-8"), fmt="md:myst")
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
        lieu = f"{nom}, cellule {numero} (« {_debut(brute.source)} »)"
        controler(brute.cell_type, brute.source, brute.metadata, lieu)
        cellule = separer(brute.cell_type, brute.source, dict(brute.metadata), lieu)
        cellule.identifiant = identifiant(cellule, pris)
        pris[cellule.identifiant] = lieu
        cellules.append(cellule)
    return titre, cellules


def _debut(source: str) -> str:
    """De quoi reconnaître une cellule : le début de sa première ligne."""
    return source.strip().split("\n")[0][:50]


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


# --- Séparer la solution de l'énoncé ----------------------------------------------------


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


# --- Calculer les textes ----------------------------------------------------------------


def calculateur(noms: dict) -> Callable[[str, str], str]:
    """Une fonction (texte, lieu) → texte où chaque `⟦ … ⟧` est remplacé par sa valeur."""
    jinja2 = _outil("jinja2")
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


# --- Assembler une version --------------------------------------------------------------


def assembler(titre: str, cellules: list[Cellule], version: str, calculer):
    """Le carnet (nbformat) d'une version : `corriges` ou `eleves`, pas encore exécuté."""
    from nbformat import v4

    carnet = v4.new_notebook(
        metadata={
            "kernelspec": {
                "display_name": "Python 3 (ipykernel)",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
            "lang": "fr",
            "title": titre,
        }
    )
    for cellule in cellules:
        texte = cellule.corrige if version == "corriges" else cellule.eleve
        if texte is None:
            continue
        nouvelle = v4.new_code_cell if cellule.genre == "code" else v4.new_markdown_cell
        carnet.cells.append(
            nouvelle(
                calculer(texte, cellule.lieu),
                id=cellule.identifiant,
                metadata=metadonnees(cellule, version),
            )
        )
    carnet.metadata["cerdd"] = {"empreinte": empreinte(carnet), "version": version}
    return carnet


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


def controler_fuites(carnet, cellules: Iterable[Cellule], calculer) -> None:
    """Refuse un carnet d'élève qui contient une sortie ou une ligne de la solution."""
    textes = "\n".join(c.source for c in carnet.cells)
    for construite in carnet.cells:
        if construite.get("outputs") or construite.get("attachments"):
            raise ErreurConstruction(
                f"Carnet d'élève, cellule {construite.id} : il y a une sortie."
            )
    for cellule in cellules:
        for ligne in calculer("\n".join(cellule.secret), cellule.lieu).split("\n"):
            ligne = ligne.strip()
            if len(ligne) > LIGNE_REVELATRICE and set(ligne) - set("|-: ") and ligne in textes:
                raise ErreurConstruction(
                    f"{cellule.lieu} : la version élève contient une ligne de la solution, "
                    f"« {ligne} ». Sortez cette ligne de la solution, ou retirez-la de l'énoncé."
                )


# --- Exécuter et nettoyer ---------------------------------------------------------------


def executer(carnet, dossier: Path, nom: str, delai: int = DELAI_PAR_CELLULE) -> None:
    """Exécute le carnet dans `dossier` ; lève `ErreurConstruction` à la première erreur."""
    import os

    nbclient = _outil("nbclient")
    exceptions = _outil("nbclient.exceptions")
    preparer_polices()
    client = nbclient.NotebookClient(
        carnet,
        timeout=delai,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=["--IPKernelApp.log_level=40"],  # ses avertissements sont en anglais
        resources={"metadata": {"path": str(dossier)}},
    )
    # Des réglages d'IPython vides : ceux de la personne ne changent pas les carnets.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as reglages:
        try:
            client.execute(env={**os.environ, "IPYTHONDIR": reglages})
        except exceptions.CellExecutionError as erreur:
            raise ErreurConstruction(
                f"{_lieu_execute(carnet, nom)} : le code a échoué, {erreur.ename} : {erreur.evalue}"
            ) from None
        except exceptions.CellTimeoutError:
            raise ErreurConstruction(
                f"{nom} : une cellule a dépassé {delai} secondes. Cherchez une boucle sans fin."
            ) from None
        except exceptions.DeadKernelError:
            raise ErreurConstruction(
                f"{nom} : Python s'est arrêté pendant l'exécution (mémoire insuffisante ?)."
            ) from None


def preparer_polices() -> None:
    """Fait dresser à matplotlib sa liste de polices : sinon, il l'annonce dans le carnet."""
    import matplotlib.font_manager  # noqa: F401


def _lieu_execute(carnet, nom: str) -> str:
    for numero, cellule in enumerate(carnet.cells, start=1):
        if any(s.output_type == "error" for s in cellule.get("outputs", [])):
            return f"{nom}, cellule {numero} (« {_debut(cellule.source)} »)"
    return nom


def nettoyer(carnet, nom: str) -> None:
    """Ne garde que ce qu'une nouvelle exécution redonnera, lisible sans widget."""
    carnet.metadata.pop("widgets", None)
    carnet.metadata["language_info"] = {"name": "python"}
    rang = 0
    for numero, cellule in enumerate(carnet.cells, start=1):
        cellule.metadata.pop("execution", None)
        if cellule.cell_type != "code":
            continue
        lieu = f"{nom}, cellule {numero} (« {_debut(cellule.source)} »)"
        rang += 1
        cellule.execution_count = rang
        controler_sorties(cellule.outputs, lieu)
        for sortie in cellule.outputs:
            if "execution_count" in sortie:
                sortie["execution_count"] = rang
            sortie.get("data", {}).pop(VUE_DE_WIDGET, None)
            sortie.get("metadata", {}).pop(VUE_DE_WIDGET, None)


def controler_sorties(sorties: list, lieu: str) -> None:
    """Refuse une sortie d'erreur standard, une adresse mémoire, un widget sans image fixe."""
    for sortie in sorties:
        if sortie.get("name") == "stderr":
            raise ErreurConstruction(
                f"{lieu} : un avertissement s'affiche, « {sortie['text'].strip()[:300]} ». "
                "Corrigez sa cause : un carnet livré n'affiche aucun avertissement."
            )
        adresse = re.search(r"<[^<>\n]* at 0x[0-9a-f]+>", _texte(sortie))
        if adresse:
            raise ErreurConstruction(
                f"{lieu} : « {adresse[0]} » change à chaque exécution. Affichez une valeur, "
                "ou terminez la ligne par un point-virgule."
            )
    fixe = [s for s in sorties if _est_fixe(s)]
    if not fixe and any(VUE_DE_WIDGET in s.get("data", {}) for s in sorties):
        raise ErreurConstruction(
            f"{lieu} : sans widgets (aperçu, impression), cette cellule ne montre rien. "
            "Ajoutez une image ou un texte fixe à ce que le widget affiche."
        )


def _texte(sortie: dict) -> str:
    return str(sortie.get("text", "")) + str(sortie.get("data", {}).get("text/plain", ""))


def _est_fixe(sortie: dict) -> bool:
    """Cette sortie montre-t-elle quelque chose à qui n'a pas de widgets ?

    Le texte de secours d'un widget ordinaire, `VBox(children=…)`, ne montre rien.
    """
    donnees = sortie.get("data", {})
    if VUE_DE_WIDGET not in donnees:
        return bool(sortie.get("text") or donnees)
    if any(cle.startswith("image/") or cle in ("text/html", "text/markdown") for cle in donnees):
        return True
    secours = str(donnees.get("text/plain", ""))
    return bool(secours) and not re.match(r"[A-Za-z_]\w*\(", secours)


# --- Construire -------------------------------------------------------------------------


def construire_un(source: Path, dossier: Path, noms: dict) -> dict:
    """Les deux versions d'une source, exécutées et contrôlées : `{version: carnet}`."""
    titre, cellules = lire_source(source)
    calculer = calculateur(noms)
    corrige = assembler(titre, cellules, "corriges", calculer)
    eleve = assembler(titre, cellules, "eleves", calculer)
    controler_fuites(eleve, cellules, calculer)
    nom = f"corriges/{source.stem}.ipynb"
    executer(corrige, dossier, nom)
    nettoyer(corrige, nom)
    return {"corriges": corrige, "eleves": eleve}


def construire(
    sources: Path | None = None, destination: Path | None = None, noms: dict | None = None
) -> Iterator[str]:
    """Construit tous les carnets et raconte, phrase par phrase, ce qui a été fait.

    `sources` : `notebooks/sources/` par défaut ; `destination` : le dossier qui contient
    `corriges/` et `eleves/` ; `noms` : à la place de `contexte()`.

    Un carnet modifié à la main depuis sa construction est d'abord copié à côté. Lève
    `ErreurConstruction` sans rien écrire de la source fautive.
    """
    sources = sources or dossier_des_sources()
    destination = destination or sources.parent
    chemins = sorted(sources.glob("*.md"))
    if not chemins:
        raise ErreurConstruction(f"Aucune source de carnet (*.md) dans {sources}.")
    noms = contexte() if noms is None else noms
    for version in VERSIONS:
        (destination / version).mkdir(parents=True, exist_ok=True)
    for source in chemins:
        versions = construire_un(source, destination / "corriges", noms)
        for version, carnet in versions.items():
            chemin = destination / version / f"{source.stem}.ipynb"
            copie = mettre_de_cote(chemin)
            if copie:
                yield (
                    f"{version}/{chemin.name} avait été modifié : "
                    f"votre version est gardée dans {copie.name}."
                )
            ecrire(carnet, chemin)
        yield f"{source.stem} : corrigé et version élève construits."


def ecrire(carnet, chemin: Path) -> None:
    """Écrit un carnet en une fois : une coupure ne laisse pas un fichier à moitié écrit."""
    import nbformat

    nbformat.validate(carnet)
    provisoire = chemin.with_name(chemin.name + ".provisoire")
    texte = nbformat.writes(carnet)
    provisoire.write_text(texte.rstrip("\n") + "\n", encoding="utf-8", newline="\n")
    provisoire.replace(chemin)


def a_ete_modifie(chemin: Path) -> bool:
    """Quelqu'un a-t-il écrit dans ce carnet depuis sa construction ? Illisible : oui, peut-être."""
    try:
        carnet = json.loads(chemin.read_text(encoding="utf-8"))
        return carnet["metadata"]["cerdd"]["empreinte"] != empreinte(carnet)
    except (ValueError, KeyError, TypeError, AttributeError):
        return True


def mettre_de_cote(chemin: Path) -> Path | None:
    """Copie à côté un carnet modifié à la main ; renvoie la copie, ou rien s'il est intact."""
    if not chemin.exists() or not a_ete_modifie(chemin):
        return None
    numero = 1
    while (copie := chemin.with_name(f"{chemin.stem}.ma-copie-{numero}.ipynb")).exists():
        numero += 1
    shutil.copy2(chemin, copie)
    return copie


# --- Comparer ---------------------------------------------------------------------------


def verifier_construction(
    sources: Path | None = None, livres: Path | None = None, noms: dict | None = None
) -> list[str]:
    """Reconstruit dans un dossier provisoire et compare à ce qui est livré.

    Renvoie les différences, en français ; une liste vide : tout est à jour.
    """
    sources = sources or dossier_des_sources()
    livres = livres or sources.parent
    differences = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as provisoire:
        destination = Path(provisoire)
        for _ in construire(sources, destination, noms):
            pass
        for version in VERSIONS:
            attendus = {c.name: c for c in carnets(destination / version)}
            presents = {c.name: c for c in carnets(livres / version)}
            for nom in sorted(attendus.keys() | presents.keys()):
                ou = f"{version}/{nom}"
                if nom not in presents:
                    differences.append(f"{ou} n'est pas construit.")
                elif nom not in attendus:
                    differences.append(f"{ou} n'a plus de source. Supprimez-le.")
                else:
                    differences += comparer(attendus[nom], presents[nom], ou)
    return differences


def comparer(reconstruit: Path, livre: Path, nom: str) -> list[str]:
    """Les différences entre un carnet reconstruit et le carnet livré.

    Tout compte (identifiants, textes, métadonnées, sorties) sauf les octets des images, qui
    changent avec les polices et la version de matplotlib.
    """
    try:
        a, b = (json.loads(c.read_text(encoding="utf-8")) for c in (reconstruit, livre))
        ids_a, ids_b = ([c["id"] for c in carnet["cells"]] for carnet in (a, b))
    except (ValueError, KeyError, TypeError):
        return [f"{nom} est illisible."]
    differences = []
    for cle in sorted(a.keys() | b.keys()):
        if cle != "cells" and a.get(cle) != b.get(cle):
            differences.append(f"{nom} : « {cle} » du carnet diffère.")
    if ids_a != ids_b:
        en_trop = [i for i in ids_b if i not in ids_a]
        manquantes = [i for i in ids_a if i not in ids_b]
        details = []
        if manquantes:
            details.append(f"il manque {', '.join(manquantes)}")
        if en_trop:
            details.append(f"{', '.join(en_trop)} en trop")
        ordre = "elles ne sont pas dans le même ordre"
        differences.append(f"{nom} : les cellules diffèrent ({' ; '.join(details) or ordre}).")
    par_id = {c["id"]: c for c in b["cells"]}
    for cellule in a["cells"]:
        if cellule["id"] in par_id:
            differences += _comparer_cellules(
                cellule, par_id[cellule["id"]], f"{nom}, cellule {cellule['id']}"
            )
    return differences


def _comparer_cellules(a: dict, b: dict, lieu: str) -> list[str]:
    differences = []
    for cle, mot in (
        ("cell_type", "le genre"),
        ("source", "le texte"),
        ("metadata", "les métadonnées"),
        ("execution_count", "le numéro d'exécution"),
    ):
        if a.get(cle) != b.get(cle):
            differences.append(f"{lieu} : {mot} diffère.{_premier_ecart(a.get(cle), b.get(cle))}")
    sorties_a, sorties_b = (_sans_images(c.get("outputs", [])) for c in (a, b))
    if sorties_a != sorties_b:
        differences.append(f"{lieu} : la sortie diffère.{_premier_ecart(sorties_a, sorties_b)}")
    return differences


def _sans_images(valeur):
    """La même valeur, où chaque image est remplacée par le mot « image »."""

    def texte(v) -> bool:  # entier ou coupé en lignes
        return isinstance(v, str) or isinstance(v, list) and all(isinstance(x, str) for x in v)

    if isinstance(valeur, dict):
        return {
            cle: "image" if cle in ("image/png", "image/jpeg") and texte(v) else _sans_images(v)
            for cle, v in valeur.items()
        }
    if isinstance(valeur, list):
        if valeur and texte(valeur):
            return _sans_images("".join(valeur))
        return [_sans_images(v) for v in valeur]
    if isinstance(valeur, str):
        return re.sub(r"data:image/[\w+.-]+;base64,[\w+/=\s]+", "image", valeur)
    return valeur


def _premier_ecart(a, b) -> str:
    """« Reconstruit : … / Livré : … » pour la première ligne qui n'est pas la même."""
    lignes_a, lignes_b = (_lignes(v) for v in (a, b))
    for rang in range(max(len(lignes_a), len(lignes_b))):
        x, y = ("".join(lignes[rang : rang + 1]).strip() for lignes in (lignes_a, lignes_b))
        if x != y:
            return f" Reconstruit : « {x[:120]} ». Livré : « {y[:120]} »."
    return ""


def _lignes(valeur) -> list[str]:
    if isinstance(valeur, list) and all(isinstance(v, str) for v in valeur):
        return "".join(valeur).split("\n")
    if isinstance(valeur, str):
        return valeur.split("\n")
    return json.dumps(valeur, ensure_ascii=False, indent=0, sort_keys=True).split("\n")
