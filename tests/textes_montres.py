"""Tous les textes que l'on montre, pour les essais d'orthographe et de grammaire.

Chaque source donne des couples (lieu, phrases) ; ce qui n'est pas du français (code, adresses,
balises) n'y est plus, ce qu'un programme insère y est remplacé par un nom neutre.
"""

import ast
import csv
import html
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.edition import documents

RACINE = Path(__file__).resolve().parent.parent
# Les colonnes des tableaux qui ne sont pas des phrases.
CODES = {"diapositives", "controles", "preuves", "limites", "gains", "fonctions", "postes", "admis",
         "annexes", "reference", "exemples", "faits"}  # fmt: skip
CONSTRUITS = {
    RACINE / "cerdd_case/edition/presentation/servi/gestionnaire.js"
}  # des mots d'ailleurs
INSERE = "CERDD"  # à la place de ce qu'un programme insère : un nom qui s'accorde avec tout
BLOC = re.compile(r"</?(?:p|li|ul|ol|t[dhr]|table|h\d|div|section|summary|details|br|label|button|"
                  r"option|caption|span|header|main|title|style|body|head)\b[^>]*>|</b>(?=\w)")  # fmt: skip
A_OTER = re.compile(
    r"<style.*?</style>|<script.*?</script>|```.*?```|\$[^$\n]*\$|<!--.*?-->|^:?::.*?$|https?://[^\s)]+",
    re.S | re.M,
)
A_REMPLACER = re.compile(
    r"`[^`\n]*`|\b[\w.-]+\.(?:ca|eu|fr|com|org)\b|\b\w*_\w*\b(?:\(\))?|\b\w+\.(?:csv|json|py|md|ipynb|html|pdf|txt|js)\b"
    r"|\B--\w[\w-]*|\b[\w.()]*\(…?\)|\b\w+(?:/\w+)*/(?!\w)"
)
FIN = re.compile(r"(?<=[.!?…])[ \u00a0]+(?=[A-ZÀÂÉÈÊÎÔŒ«])")
CHAINE = re.compile(
    r"(?P<rien>//[^\n]*|/\*.*?\*/|(?<=[(,=])\s*/(?:\\.|\[(?:\\.|[^\]])*\]|[^/\n\\])+/[gimsuy]*"
    r"|(?:\bun|Selector(?:All)?)\(\"[^\"]*\")"
    r'|"(?P<simple>(?:\\.|[^"\\\n])*)"|`(?P<gabarit>(?:\\.|\$\{(?:[^{}`]|`[^`]*`|\{[^}]*\})*\}|[^`\\])*)`',
    re.S,
)

CODE_PYTHON = re.compile(r"[\\|^]|\(\?|:\s*[\w#]+;|[{}=]|/[A-Z][a-z]")
CODE_DE_PAGE = re.compile(r"[{};=>]|\b(?:cerdd|pup|jp|widget)-|DejaVu|Segoe|calc\(")
ATTRIBUT = re.compile(r'(?:aria-label|title|placeholder)="([^"]*)"')


def phrases(texte: str) -> list[str]:
    """Les phrases d'un texte HTML ou Markdown, sans balises, code ni espaces insécables."""
    texte = A_OTER.sub(" ", texte.replace("\u00a0", " ").replace("\u202f", " ")).replace("’", "'")
    texte = html.unescape(re.sub(r"<[^>]*>", "", BLOC.sub("\n", texte)))
    texte = A_REMPLACER.sub(
        INSERE, re.sub(r"(?<=\])\([^)]*\)|[*\[\]]", "", texte).replace("|", "\n")
    )
    texte = re.sub(rf"{INSERE}(?:[^\S\n]*{INSERE})+", INSERE, texte)
    texte = re.sub(rf"(?<=\w){INSERE}|{INSERE}(?=\w)", "", texte)
    texte = re.sub(r"^\s*(?:[-•#>☐☑]+|\d+\.)\s", "", texte, flags=re.M)
    lignes = (re.sub(r"[ \t]+", " ", ligne).strip() for ligne in texte.splitlines())
    return [p for ligne in lignes for p in FIN.split(ligne) if re.search(r"[^\W\d_]{2}", p)]


def des_donnees() -> Iterator[tuple[str, str]]:
    """Les phrases des tableaux (une colonne de texte a des espaces) et les textes des annexes."""
    for fichier in sorted((RACINE / "data").rglob("*.csv")):
        with fichier.open(encoding="utf-8", newline="") as ouvert:
            for rang, ligne in enumerate(csv.DictReader(ouvert), 2):
                for colonne, case in ligne.items():
                    if colonne not in CODES and " " in case:
                        yield (
                            f"{fichier.name}, ligne {rang}, {colonne}",
                            re.sub(r"\{[^}]*\}", INSERE, case),
                        )
    for fichier in sorted((RACINE / "data" / "textes").glob("*.md")):
        for rang, ligne in enumerate(fichier.read_text(encoding="utf-8").splitlines(), 1):
            if not ligne.startswith("{{ tableau "):  # la place d'un tableau
                yield f"{fichier.name}, ligne {rang}", ligne


def des_carnets() -> Iterator[tuple[str, str]]:
    """Les cellules de texte des carnets construits, et ce que les corrigés ont calculé."""
    for fichier in sorted((RACINE / "notebooks").glob("[ce]*/*.ipynb")):
        for rang, cellule in enumerate(json.loads(fichier.read_text(encoding="utf-8"))["cells"]):
            if cellule["cell_type"] != "code":
                yield f"{fichier.name}, cellule {rang}", "".join(cellule["source"])
            for sortie in cellule.get("outputs", []):
                for genre, contenu in sortie.get("data", {}).items():
                    if genre in ("text/html", "text/plain"):
                        texte = "".join(contenu)
                        if genre == "text/plain":  # un tableau : une case par ligne
                            texte = re.sub(r" {2,}", "\n", texte).replace("<", " ")
                        yield f"{fichier.name}, sortie de la cellule {rang}", texte


def des_documents() -> Iterator[tuple[str, str]]:
    """Les documents à imprimer du cas entier."""
    donnees = Donnees()
    for code in documents.DOCUMENTS:
        yield f"document « {code} »", documents.document(code, "tout", donnees)


def _texte(noeud: ast.AST) -> str:
    """Une chaîne du programme, ou une chaîne à trous ; vide pour le reste."""
    if isinstance(noeud, ast.JoinedStr):
        return "".join(_texte(p) if isinstance(p, ast.Constant) else INSERE for p in noeud.values)
    valeur = noeud.value if isinstance(noeud, ast.Constant) else ""
    return re.sub(r"\{\w*\}", INSERE, valeur) if isinstance(valeur, str) else ""


def des_messages() -> Iterator[tuple[str, str]]:
    """Les phrases du paquet, sans les docstrings ; celles à trous avec un nom dans chaque trou."""
    for fichier in sorted((RACINE / "cerdd_case").rglob("*.py")):
        noeuds = list(ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))))
        tus = {id(n.value) for n in noeuds if isinstance(n, ast.Expr)}
        tus |= {id(m) for n in noeuds if isinstance(n, ast.JoinedStr) for m in n.values}
        for noeud in noeuds:
            texte = "" if id(noeud) in tus else _texte(noeud)
            if texte.count(" ") > 1 and not CODE_PYTHON.search(texte):
                debut = INSERE + " " if texte.lstrip()[:1].islower() else ""
                yield f"{fichier.relative_to(RACINE)}, ligne {noeud.lineno}", debut + texte


def des_scripts() -> Iterator[tuple[str, str]]:
    """Les chaînes des scripts, celles à trous avec un nom dans chaque trou."""
    for fichier in sorted(
        s
        for s in (RACINE / "cerdd_case").rglob("*.js")
        if s not in CONSTRUITS and "node_modules" not in s.parts
    ):
        for trouve in CHAINE.finditer(fichier.read_text(encoding="utf-8")):
            texte = (trouve["simple"] or trouve["gabarit"] or "").replace("\\u00a0", "\u00a0")
            texte = re.sub(r"\$\{.*?\}+", INSERE, texte, flags=re.S)
            for phrase in (texte, *ATTRIBUT.findall(texte)):
                nue = re.sub(r"<[^>]*>", "", phrase).strip()
                if " " in nue and not CODE_DE_PAGE.search(nue):
                    yield str(fichier.relative_to(RACINE)), phrase


def des_pages() -> Iterator[tuple[str, str]]:
    """Les gabarits des documents, les mots de la commande, le guide."""
    for fichier in sorted((RACINE / "cerdd_case").rglob("*.j2")):
        texte = re.sub(r"\{%.*?%\}", "\n", fichier.read_text(encoding="utf-8"), flags=re.S)
        yield fichier.name, re.sub(r"\{\{.*?\}\}", INSERE, texte)
    for fichier in sorted((RACINE / "cerdd_case").rglob("*.po")):
        for phrase in re.findall(r'^msgstr "(.+)"', fichier.read_text(encoding="utf-8"), re.M):
            yield fichier.name, re.sub(r"%(?:\(\w+\))?[sdr]", INSERE, phrase)
    guide = (RACINE / "README.md").read_text(encoding="utf-8").partition("## Mesures")[0]
    guide = re.sub(r"^\*In English.*?\*$", "", guide, flags=re.S | re.M)
    yield "README.md", re.sub(r"\n(?!\s*(?:[-|#`<>*\d]|$)) *", " ", guide, flags=re.M)


SOURCES = (des_donnees, des_carnets, des_documents, des_messages, des_scripts, des_pages)


@cache
def lues(source: Callable[[], Iterator[tuple[str, str]]]) -> dict[str, str]:
    """Chaque phrase d'une source, et le premier endroit où on la lit."""
    lieux: dict[str, str] = {}
    for lieu, texte in source():
        for phrase in phrases(texte):
            lieux.setdefault(phrase, lieu)
    return lieux
