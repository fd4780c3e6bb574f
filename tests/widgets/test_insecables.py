"""Les espaces insécables de tout ce qu'un atelier montre, jusqu'aux étiquettes et aux scripts."""

import json

import ipywidgets as widgets
import pytest
from textes_montres import RACINE, des_scripts

from cerdd_case import Cas
from cerdd_case.socle.typographie import insecables, typographier
from cerdd_case.widgets.atelier import _contenus
from cerdd_case.widgets.curseur import Curseur

CAS = Cas()
# Ce qui n'est pas un texte montré : scripts, styles, tracés, codes et saisies.
TUS = {"fond", "devant", "choix", "value"}


def textes(valeur):
    if isinstance(valeur, str):
        yield valeur
    elif isinstance(valeur, dict | list | tuple):
        for v in valeur.values() if isinstance(valeur, dict) else valeur:
            yield from textes(v)


def secables(atelier: widgets.Widget) -> set[tuple[str, str, str]]:
    """Les textes des réglages où une espace ordinaire pourrait couper la ligne."""
    return {
        (type(element).__name__, trait, texte)
        for element in _contenus(atelier)
        for trait in element.keys
        if not trait.startswith("_") and trait not in TUS
        for texte in textes(getattr(element, trait))
        if typographier(texte) != texte
    }


@pytest.mark.parametrize("nom", CAS.ateliers().donnees["nom"])
def test_un_atelier_ne_coupe_pas_un_signe(nom):
    assert secables(CAS.atelier(nom)) == set()


def test_ni_les_indices_la_grille_une_page():
    for montre in (
        CAS.indice("2.3"),
        CAS.grille("2.3"),
        CAS.grille("2.3", ouverte=True),
        CAS.lire(7),
    ):
        assert secables(montre) == set()


def test_une_espace_secable_se_voit():
    boite = widgets.VBox([widgets.Button(description="Voix : État"), Curseur("Voix : État", 1)])
    assert secables(boite) == {("Button", "description", "Voix : État")}


def test_les_scripts_non_plus():
    assert [(lieu, t) for lieu, t in des_scripts() if typographier(t) != t] == []


def montrees():
    """Ce que les corrigés et les copies d'élève construits montrent : textes et sorties."""
    for fichier in sorted(RACINE.glob("notebooks/[ce]*/*.ipynb")):
        for cellule in json.loads(fichier.read_text(encoding="utf-8"))["cells"]:
            if cellule["cell_type"] == "markdown":
                yield fichier.name, insecables, "".join(cellule["source"])
            for sortie in cellule.get("outputs", []):
                yield (
                    fichier.name,
                    typographier,
                    "".join(sortie.get("data", {}).get("text/html", "")),
                )


def test_les_carnets_construits_non_plus():
    assert [(f, texte[:200]) for f, rendre, texte in montrees() if rendre(texte) != texte] == []


def test_ni_une_figure_ni_une_page_sans_reglages():
    fixes = [CAS.lire(7).page, CAS.indice("2.3").indices, CAS.montrer(CAS.ecarts())]
    assert [h for h in (f._repr_html_() for f in fixes) if typographier(h) != h] == []
