"""Une cellule de réponse : chaque ligne donne une réponse, que lit le lecteur de nombres.

Une cellule en est une si chacune de ses lignes est `nom = …` (ou une phrase, qui n'est pas du Python) et
que l'un au moins de ces noms est celui d'une réponse chiffrée. Le côté droit y est un texte (`14 000 €`),
jamais du Python qui se trouve être valide (`14.000`), sauf s'il calcule avec des noms
(`recettes_ue / total_depenses`) ; entre guillemets, c'est le même texte. Un nom qui n'est pas celui
d'une réponse est une étape : du Python d'abord. Toute autre cellule reste du Python.
"""

import ast
import builtins
import contextlib
import re
import warnings
from collections.abc import Collection
from difflib import get_close_matches
from typing import Any

from ..socle import dossier
from ..socle.nombres import ErreurSaisie, NombreSaisi, TexteSaisi, lire
from ..socle.typographie import minuscule
from .erreurs import en_clair

SANS_VALEUR = (
    "la cellule au-dessus n'a pas donné de valeur. Corrigez-la, exécutez-la, puis revenez ici."
)
RIEN = "il n'y a rien après le signe =. Écrivez-y votre réponse."
LIGNE = re.compile(r"\s*([^\W\d]\w*)\s*=(?!=)(.*)", re.DOTALL)
ENTRE_GUILLEMETS = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*(?:#.*)?""")
NOMBRE = re.compile(r"(?<![\w.])\d[\d.]*(?!\w)")
ILLISIBLE = (SyntaxError, ValueError, MemoryError, RecursionError)
# Ce que l'on tape dans un calcul, et que Python écrit autrement.
EN_PYTHON = ((r"[−–]", "-"), ("×", "*"), ("÷", "/"), ("€", ""), (r"(?<=\d)\s(?=\d{3}\b)", ""),
             (r"(?<=\d),(?=\d)", "."))  # fmt: skip


class EchecDesReponses(Exception):
    """Des lignes d'une cellule de réponse ont échoué : une phrase par ligne."""


def transformer(lignes: list[str]) -> list[str]:
    """Une cellule telle qu'IPython la donne ; une cellule de réponse devient un appel à `repondre`."""
    ecrites = affectations("".join(lignes), dossier.variables())
    if not ecrites:
        return lignes
    return [f"__import__({__name__!r}, fromlist=['']).repondre(globals(), {ecrites!r})\n"]


def affectations(cellule: str, voulus: Collection[str]) -> list[tuple[str, str]]:
    """Les noms et les côtés droits d'une cellule de réponse ; rien si ce n'en est pas une.

    Une ligne sans nom, qui n'est pas du Python (une phrase), est gardée sous le nom vide.
    """
    lignes = [li for li in cellule.split("\n") if li.strip() and not li.lstrip().startswith("#")]
    trouvees = [LIGNE.fullmatch(li) for li in lignes]
    if not any(t and t[1] in voulus for t in trouvees):
        return []
    arbre = _analyser(cellule, "exec")
    if isinstance(arbre, ast.Module) and (None in trouvees or len(arbre.body) != len(lignes)):
        return []  # du Python : une autre instruction, un appel sur plusieurs lignes
    seules = [li for li, t in zip(lignes, trouvees, strict=True) if not t]
    if seules and any(li[0].isspace() or li in seules and _analyser(li, "exec") for li in lignes):
        return []  # du Python qui se lit mal
    return [
        (t[1], t[2].strip()) if t else ("", li.strip())
        for li, t in zip(lignes, trouvees, strict=True)
    ]


def repondre(espace: dict[str, Any], ecrites: list[tuple[str, str]]) -> None:
    """Donne leur valeur à ces noms, dans l'ordre ; une ligne qui échoue n'empêche pas les autres.

    Une réponse lue est un `NombreSaisi` ; une réponse qui ne l'est pas, un `TexteSaisi`. Lève
    `EchecDesReponses` si un calcul échoue, sauf s'il attend seulement une autre réponse.
    """
    phrases: list[str] = []
    premiere: Exception | None = None
    for nom, ecrit in ecrites:
        if not nom:
            premiere = premiere or SyntaxError(ecrit)
            phrases.append(
                f"« {ecrit} » n'est pas une réponse : elle s'écrit après son nom et le signe =."
            )
            continue
        try:
            espace[nom] = _valeur(nom, ecrit, espace)
        except ErreurSaisie as attente:
            espace[nom] = TexteSaisi("", nom, minuscule(str(attente)))
        except Exception as erreur:
            espace[nom] = TexteSaisi("", nom, SANS_VALEUR)
            phrases.append(f"{nom} : {minuscule(en_clair(erreur, espace))}")
            premiere = premiere or erreur
    if premiere:
        raise EchecDesReponses("\n".join(phrases)) from premiere


def _valeur(nom: str, ecrit: str, espace: dict[str, Any]) -> Any:
    arbre = _analyser(ecrit, "eval")
    if arbre and nom not in dossier.variables():
        return eval(ecrit, espace)
    texte = ecrit.partition("#")[0].strip()
    if trouve := ENTRE_GUILLEMETS.fullmatch(ecrit):
        with contextlib.suppress(*ILLISIBLE):
            ecrit = texte = ast.literal_eval(trouve[1])
            arbre = _analyser(ecrit, "eval")
    if arbre is None or _est_une_suite(arbre):
        en_python = _traduire(texte)
        traduit = _analyser(en_python, "eval")
        if traduit and not _est_une_suite(traduit) and _connus(traduit, espace):
            ecrit, arbre = en_python, traduit
    if arbre is None or not _calcule(arbre, texte, espace):
        return _saisir(nom, texte)
    appelle = any(isinstance(n, ast.Call) for n in ast.walk(arbre))
    ambigu = None if appelle else next(filter(_est_ambigu, NOMBRE.findall(texte)), None)
    return _saisir(nom, ambigu) if ambigu else eval(ecrit, espace)


def _traduire(texte: str) -> str:
    for motif, signe in EN_PYTHON:
        texte = re.sub(motif, signe, texte)
    return texte.strip()


def _est_ambigu(nombre: str) -> bool:
    """« total - 14.000 » se demande, mais pas « charges * 1.025 », une hausse."""
    return lire(nombre).etat == "ambigu" and not re.match(r"1\.\d+$", nombre)


def _saisir(nom: str, texte: str) -> NombreSaisi | TexteSaisi:
    lecture = lire(texte)
    if lecture.valeur is None:
        return TexteSaisi(texte, nom, "" if texte.strip() else RIEN)
    return NombreSaisi(lecture.valeur, texte)


def _analyser(texte: str, mode: str) -> ast.AST | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # « 14\,000 »
        try:
            return ast.parse(texte, mode=mode)
        except ILLISIBLE:
            return None


def _est_une_suite(arbre: ast.AST) -> bool:
    """« charges * 1,2 » : une virgule décimale, et non deux valeurs."""
    return isinstance(arbre, ast.Expression) and isinstance(arbre.body, ast.Tuple)


def _noms(arbre: ast.AST) -> set[str]:
    trouves = [n for n in ast.walk(arbre) if isinstance(n, ast.Name)]
    return {n.id for n in trouves} - {n.id for n in trouves if isinstance(n.ctx, ast.Store)}


def _connus(arbre: ast.AST, espace: dict[str, Any]) -> set[str]:
    return {nom for nom in _noms(arbre) if nom in espace or hasattr(builtins, nom)}


def _calcule(arbre: ast.AST, texte: str, espace: dict[str, Any]) -> bool:
    """Ce côté droit calcule-t-il avec des noms, fût-ce un nom mal orthographié ?"""
    cites, connus = _noms(arbre), _connus(arbre, espace)
    if not cites or connus == cites:
        return bool(cites)
    proches = any(get_close_matches(nom, espace) for nom in cites)
    return lire(texte).valeur is None and bool(connus or proches)
