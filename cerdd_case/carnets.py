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

import ast
import copy
import hashlib
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from . import fichiers, images, validation
from .avancement import INVITE
from .erreurs import ErreurCas
from .execution import ErreurConstruction, executer, outil
from .identite import VERSIONS, empreinte
from .lecture_carnet import NOYAU, ErreurCarnet, lire_brut, lire_carnet, sans_identifiants
from .provisoire import dossier_provisoire
from .validation import VUE_DE_WIDGET

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
LIGNE_REVELATRICE = 25  # une ligne plus longue, venue du corrigé, ne se retrouve pas par hasard
COPIE = re.compile(r"\.ma-copie-\d+$")
EXECUTIONS = 2  # avant d'enregistrer un corrigé : la seconde doit redonner la première
EXECUTIONS_D_UN_ENSEMBLE = 6  # l'ordre d'un petit ensemble peut se répéter par hasard


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


def fautes_des_corriges(livres: Path) -> list[str]:
    """Ce qui manque aux carnets validés de `livres`, une phrase par faute ; vide : tout est entier.

    Les carnets attendus sont ceux qui ont une source ; hors du projet, une version élève.
    """
    presents = {c.stem: c for c in carnets(livres / "corriges")}
    sources = (livres / "sources").glob("*.md")
    attendus = {s.stem for s in sources} or {c.stem for c in carnets(livres / "eleves")}
    fautes = [f"corriges/{nom}.ipynb manque." for nom in sorted(attendus - presents.keys())]
    for nom, chemin in presents.items():
        fautes += validation.fautes_du_carnet(chemin, nom in attendus)
    return fautes


# --- Lire une source --------------------------------------------------------------------


def en_python(valeur: float) -> str:
    """Un nombre tel qu'on le tape dans une cellule de code : `1040450`, `12.5`, `92502.35`."""
    return f"{round(float(valeur), 6):.15g}"


def contexte(cas) -> dict:
    """Les noms utilisables entre `⟦` et `⟧` dans une source ; `cas` : le `Cas` dont elle parle."""
    from .exercices import enonce_markdown
    from .hypotheses import ecrire
    from .nombres import euros, milliers, nombre, pourcent

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


# --- Assembler une version --------------------------------------------------------------


def assembler(titre: str, cellules: list[Cellule], version: str, calculer):
    """Le carnet (nbformat) d'une version : `corriges` ou `eleves`, pas encore exécuté."""
    from nbformat import v4

    carnet = v4.new_notebook(
        metadata={
            "kernelspec": NOYAU,
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


def executer_et_confirmer(corrige, nom: str, executions: int) -> None:
    """Exécute le corrigé ; une sortie qui change à l'exécution suivante arrête la construction.

    `executions` : 1 pour seulement exécuter. Un carnet qui se sert d'un ensemble (`set`) est
    exécuté plus souvent, car son ordre peut se répéter par hasard.
    """
    vierge = copy.deepcopy(corrige)
    if executions > 1 and any(_construit_un_ensemble(c.source) for c in vierge.cells):
        executions = EXECUTIONS_D_UN_ENSEMBLE
    for numero in range(1, executions + 1):
        carnet = corrige if numero == 1 else copy.deepcopy(vierge)
        with dossier_provisoire() as dossier:
            executer(carnet, dossier, nom, numero)
        nettoyer(carnet, nom)
        controler_stabilite(corrige, carnet, nom)


def _construit_un_ensemble(code: str) -> bool:
    try:
        noeuds = list(ast.walk(ast.parse(code)))
    except SyntaxError:  # du texte, ou une commande d'IPython
        return False
    return any(
        isinstance(n, (ast.Set, ast.SetComp))
        or (isinstance(n, ast.Name) and n.id in ("set", "frozenset"))
        for n in noeuds
    )


def controler_stabilite(premier, suivant, nom: str) -> None:
    """Refuse une cellule dont la sortie n'est pas la même aux deux exécutions, images comprises."""
    for numero, (a, b) in enumerate(zip(premier.cells, suivant.cells, strict=True), start=1):
        if a.get("outputs") != b.get("outputs"):
            ecart = _premier_ecart(_sans_images(a.outputs), _sans_images(b.outputs))
            ecart = ecart.replace("Reconstruit", "Une fois").replace("Livré", "Une autre fois")
            raise ErreurConstruction(
                f"{nom}, cellule {numero} (« {images.debut(a)} ») : la sortie change d'une "
                f"exécution à l'autre.{ecart} Fixez la graine du hasard, triez ce qui vient d'un "
                "ensemble, n'affichez ni heure, ni durée, ni chemin."
            )


def nettoyer(carnet, nom: str) -> None:
    """Ne garde que ce qu'une nouvelle exécution redonnera, lisible sans widget."""
    carnet.metadata.pop("widgets", None)
    carnet.metadata["language_info"] = {"name": "python"}
    carnet.metadata["kernelspec"] = NOYAU
    rang = 0
    for numero, cellule in enumerate(carnet.cells, start=1):
        cellule.metadata.pop("execution", None)
        if cellule.cell_type != "code":
            continue
        lieu = f"{nom}, cellule {numero} (« {images.debut(cellule)} »)"
        rang += 1
        cellule.execution_count = rang
        cellule.outputs = _rejoindre_les_flux(cellule.outputs)
        controler_sorties(cellule.outputs, lieu)
        for sortie in cellule.outputs:
            if "execution_count" in sortie:
                sortie["execution_count"] = rang
            sortie.get("data", {}).pop(VUE_DE_WIDGET, None)
            sortie.get("metadata", {}).pop(VUE_DE_WIDGET, None)


def _rejoindre_les_flux(sorties: list) -> list:
    """Les mêmes sorties : un flux que la lenteur de la machine a coupé en deux est recollé."""
    jointes: list = []
    for sortie in sorties:
        precedente = jointes[-1] if jointes else {}
        if "name" in sortie and precedente.get("name") == sortie["name"]:
            precedente["text"] += sortie["text"]
        else:
            jointes.append(sortie)
    return jointes


def controler_sorties(sorties: list, lieu: str) -> None:
    """Refuse ce qui dépend de la machine ou de l'instant, et un widget sans image fixe."""
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
        if ensemble := _ensemble_affiche(sortie):
            raise ErreurConstruction(
                f"{lieu} : l'ordre de l'ensemble « {ensemble[:80]} » change à chaque exécution. "
                "Affichez sorted(…)."
            )
        if chemin := next((c for c in _chemins_de_la_machine() if c in _texte(sortie)), None):
            raise ErreurConstruction(
                f"{lieu} : « {chemin} » n'existe que sur cette machine. N'affichez pas de chemin."
            )
    fixe = [s for s in sorties if _est_fixe(s)]
    if not fixe and any(VUE_DE_WIDGET in s.get("data", {}) for s in sorties):
        raise ErreurConstruction(
            f"{lieu} : sans widgets (aperçu, impression), cette cellule ne montre rien. "
            "Ajoutez une image ou un texte fixe à ce que le widget affiche."
        )


def _texte(sortie: dict) -> str:
    return str(sortie.get("text", "")) + str(sortie.get("data", {}).get("text/plain", ""))


def _ensemble_affiche(sortie: dict) -> str | None:
    """Un ensemble de plusieurs textes, imprimé par `print` dans un ordre de hasard."""
    for trouve in re.finditer(r"\{[^{}:]*,[^{}:]*\}", str(sortie.get("text", ""))):
        try:
            valeur = ast.literal_eval(trouve[0])
        except (ValueError, SyntaxError):
            continue
        if isinstance(valeur, set) and len(valeur) > 1 and any(isinstance(v, str) for v in valeur):
            return trouve[0]
    return None


def _chemins_de_la_machine() -> list[str]:
    """Les dossiers d'ici : celui de la personne, de Python, du projet, des fichiers provisoires."""
    dossiers = [Path.home(), Path(sys.prefix), Path(__file__).resolve().parents[1]]
    dossiers += [Path(tempfile.gettempdir())]
    return [f"{d}{sep}" for d in map(str, dossiers) if len(d) > 1 for sep in "/\\"]


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


def construire_un(source: Path, noms: dict, executions: int) -> dict:
    """Les deux versions d'une source, exécutées et contrôlées : `{version: carnet}`."""
    titre, cellules = lire_source(source)
    calculer = calculateur(noms)
    corrige = assembler(titre, cellules, "corriges", calculer)
    eleve = assembler(titre, cellules, "eleves", calculer)
    controler_fuites(eleve, cellules, calculer)
    nom = f"corriges/{source.stem}.ipynb"
    executer_et_confirmer(corrige, nom, executions)
    corrige.metadata["cerdd"] |= validation.marque(corrige)
    return {"corriges": corrige, "eleves": eleve}


def construire(
    sources: Path | None = None,
    destination: Path | None = None,
    noms: dict | None = None,
    executions: int = EXECUTIONS,
) -> Iterator[str]:
    """Construit tous les carnets et raconte, phrase par phrase, ce qui a été fait.

    `sources` : `notebooks/sources/` par défaut ; `destination` : le dossier qui contient
    `corriges/` et `eleves/` ; `noms` : à la place de `contexte(Cas())` ; `executions` : combien de fois
    un corrigé est exécuté, pour voir qu'il redonne la même chose.

    Un carnet modifié à la main depuis sa construction est d'abord copié à côté. Lève
    `ErreurConstruction` sans rien écrire de la source fautive.
    """
    sources = sources or dossier_des_sources()
    destination = destination or sources.parent
    chemins = sorted(sources.glob("*.md"))
    if not chemins:
        raise ErreurConstruction(f"Aucune source de carnet (*.md) dans {sources}.")
    if noms is None:
        from .cas import Cas

        noms = contexte(Cas())
    try:
        for version in VERSIONS:
            (destination / version).mkdir(parents=True, exist_ok=True)
        for source in chemins:
            yield from _installer(construire_un(source, noms, executions), destination, source.stem)
    except OSError as erreur:
        raise ErreurConstruction(
            f"Impossible d'écrire dans {destination} : {fichiers.cause(erreur)}. "
            "Les carnets déjà en place sont entiers ; relancez la construction ensuite."
        ) from None


def _installer(versions: dict, destination: Path, nom: str) -> Iterator[str]:
    """Met en place, ensemble, les versions d'un carnet ; garde à côté ce qui avait été modifié."""
    import nbformat

    textes = {}
    for version, carnet in versions.items():
        nbformat.validate(carnet)
        textes[destination / version / f"{nom}.ipynb"] = nbformat.writes(carnet).rstrip("\n") + "\n"
    for chemin in textes:
        if copie := mettre_de_cote(chemin):
            yield (
                f"{chemin.parent.name}/{chemin.name} avait été modifié : "
                f"votre version est gardée dans {copie.name}."
            )
    fichiers.ecrire(textes)
    yield f"{nom} : corrigé et version élève construits."


def a_ete_modifie(chemin: Path) -> bool:
    """Quelqu'un a-t-il écrit dans ce carnet depuis sa construction ? Illisible : oui, peut-être."""
    try:
        carnet = lire_carnet(chemin)
        return carnet["metadata"]["cerdd"]["empreinte"] != empreinte(carnet)
    except (ErreurCarnet, KeyError, TypeError):
        return True


def mettre_de_cote(chemin: Path) -> Path | None:
    """Copie à côté un carnet modifié à la main ; renvoie la copie, ou rien s'il est intact."""
    if not chemin.exists() or not a_ete_modifie(chemin):
        return None
    numero = 1
    while (copie := chemin.with_name(f"{chemin.stem}.ma-copie-{numero}.ipynb")).exists():
        numero += 1
    fichiers.ecrire({copie: chemin.read_bytes()})
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
    with dossier_provisoire() as destination:
        for _ in construire(sources, destination, noms, executions=1):
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
        brut_a, brut_b = (lire_brut(c) for c in (reconstruit, livre))
        a, b = (lire_carnet(c) for c in (reconstruit, livre))
    except ErreurCarnet as erreur:
        return [f"{nom} {erreur.faute}."]
    differences = []
    for cle in sorted(brut_a.keys() | brut_b.keys()):
        if cle != "cells" and _hors_images(brut_a.get(cle)) != _hors_images(brut_b.get(cle)):
            differences.append(f"{nom} : « {cle} » du carnet diffère.")
    if sans_identifiants(brut_b):
        return [
            *differences,
            f"{nom} : des cellules n'ont plus leur identifiant (un autre outil l'a enregistré).",
        ]
    ids_a, ids_b = ([c["id"] for c in carnet["cells"]] for carnet in (a, b))
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


def _hors_images(meta):
    """Les métadonnées d'un carnet, sans les sceaux de ses images."""
    if not isinstance(meta, dict):
        return meta
    return {cle: _hors_images(valeur) for cle, valeur in meta.items() if cle != "images"}


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
