"""Les espaces insécables de tout ce qu'un atelier montre, jusqu'aux étiquettes et aux scripts."""

import ipywidgets as widgets
import pytest
from textes_montres import des_scripts

from cerdd_case import Cas
from cerdd_case.socle.typographie import typographier
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
