"""Le noyau seul, d'un bout à l'autre : données, calculs, verdicts, indices, figures.

Rejoué aussi par `.ci/noyau_ancien`, depuis la roue de l'élève, avec pandas 2.2.0 et sans ipywidgets.
"""

import ast
from pathlib import Path

import pytest

import cerdd_case
from cerdd_case import Cas
from cerdd_case.socle.dossier import figures

CAS = Cas()
OPTIONS = {"classement": ["finalites"], "budget": [CAS.projeter()]}


def test_chaque_tableau_se_lit_et_se_montre():
    for ressource in CAS.ressources:
        assert len(CAS.table(ressource["name"])) > 0
    for numero in CAS.catalogue()["numero"]:
        assert str(CAS.lire(numero))


@pytest.mark.parametrize("nom", sorted(figures()))
def test_chaque_figure_se_dessine(nom):
    figure = CAS.figure(nom, *OPTIONS.get(nom, []))
    assert figure.png().startswith(b"\x89PNG") and len(figure.alternative) > 20


def test_le_budget_2015_a_la_main():
    """636 097 × 15 / 12,5 = 763 316,40 ; les autres charges × 1,02 ; les recettes × 1,02."""
    projection = CAS.projeter()
    assert projection.montant("personnel") == 763_316.40
    assert projection.total_eur == 1_175_756.46
    assert projection.ue_eur == 256_357.46
    assert CAS.verifier("2.3", "763 316,40 €").juste
    assert str(CAS.regles(projection)) and str(CAS.suivi(2)) and str(CAS.indice("2.3"))


# Des mots de Python ou de nous, que ces bibliothèques emploient aussi depuis peu.
SANS_RAPPORT = {
    "Callable", "Collection", "Expression", "annotation", "Iterable", "Sequence", "break_on_hyphens", "concat",
    "delimiter",
    "imag", "instance", "isascii", "isnan", "merge", "placeholder", "quantile", "query", "real", "resolve",
    "sha256", "to_dict", "total", "whitespace", "zeros",
}  # fmt: skip


def test_le_noyau_n_emploie_aucun_nom_plus_recent_que_ses_bibliotheques():
    """pandas 2.2.0 et matplotlib 3.5.2 suffisent : ce sont celles de pages Python en ligne."""
    lignes = Path(__file__).with_name("noms_recents.txt").read_text(encoding="utf-8").splitlines()
    recents = {nom for ligne in lignes if not ligne.startswith(("#", "[")) for nom in ligne.split()}
    assert len(recents) > 2000
    paquet = Path(cerdd_case.__file__).parent
    arbres = {c: ast.parse(c.read_text(encoding="utf-8")) for c in paquet.rglob("*.py")}
    noeuds = [n for arbre in arbres.values() for n in ast.walk(arbre)]
    a_nous = {n.name for n in noeuds if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    a_nous |= {n.arg for n in noeuds if isinstance(n, ast.arg)}
    a_nous |= {
        n.target.id for n in noeuds if isinstance(n, ast.AnnAssign) and hasattr(n.target, "id")
    }
    a_nous |= {
        n.attr for n in noeuds if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)
    }
    interdits, fautes = recents - a_nous - SANS_RAPPORT, []
    for chemin, arbre in arbres.items():
        piece = chemin.relative_to(paquet).parts[0]
        if piece in ("widgets", "bureau", "edition") or chemin.stem.endswith("_atelier"):
            continue
        for noeud in ast.walk(arbre):
            nom = getattr(noeud, "attr", None) if isinstance(noeud, ast.Attribute) else None
            nom = noeud.arg if isinstance(noeud, ast.keyword) else nom
            if nom in interdits:
                fautes.append(f"{chemin.relative_to(paquet)}, ligne {noeud.lineno} : {nom}")
    assert fautes == []
