"""Ce qui est de la collection, et non du sujet, se dit : dans les données, à l'écran et sur papier."""

import pandas as pd
import pytest

from cerdd_case import Cas
from cerdd_case.donnees.paquet import Donnees
from cerdd_case.socle import dossier

DONNEES = Donnees()
# Ce qui aide sans interpréter une annexe : rien n'y est à prendre pour le sujet.
AIDES = {"indices", "erreurs", "confusions", "lectures", "glossaire"}


def test_ce_qui_est_de_nous_est_marque_par_une_colonne_ou_pour_tout_le_tableau():
    """Une colonne qui serait toujours vraie ne distingue rien : c'est le tableau qui le dit."""
    for r in DONNEES.ressources:
        nom = r["name"].removeprefix("corrige-")
        marques = DONNEES.table(r["name"]).get("lecture_proposee", pd.Series(dtype=bool))
        entier = r.get("cas:lecture_proposee", False)
        assert set(marques) in (set(), {True, False}) and not (entier and len(marques)), nom
        if nom != r["name"]:
            assert (entier or len(marques)) != (nom in AIDES), nom


DE_NOUS = {"finalites", "strategie", "diagnostic", "performance", "indicateur", "coherence",
           "notions", "croissance", "culture", "chaine", "communication", "web", "arguments",
           "vote", "financeurs", "sensibilite", "risque", "reseau"}  # fmt: skip
FIGURES_DE_NOUS = {"classement", "leviers", "chaine", "publics", "pouvoir", "majorites", "calendrier",
                   "organigramme", "prix_volume", "reseau"}  # fmt: skip


@pytest.mark.entiere
@pytest.mark.parametrize("nom", dossier.ateliers())
def test_un_atelier_de_la_collection_le_dit_a_l_ecran(nom):
    atelier = Cas().atelier(nom)
    dits = [getattr(a, "html", "") for a in atelier.children]
    image = atelier.fixe()[1]["image/png"]
    de_nous = [any("Lecture proposée, d" in d for d in dits), "legende" in image]
    assert de_nous == [nom in DE_NOUS] * 2


@pytest.mark.parametrize("nom", dossier.ateliers())
def test_un_atelier_de_la_collection_le_dit_sans_reglages(nom):
    fiche = Cas().atelier(nom, reponses={})
    for dit in (str(fiche), fiche._repr_html_()):
        assert ("Lecture proposée, d" in dit) == (nom in DE_NOUS)


@pytest.mark.parametrize("nom", dossier.figures())
def test_une_figure_de_la_collection_le_dit(nom):
    figure = Cas().figure(nom, *["finalites"] * (nom == "classement"))
    assert ("legende" in figure.metadonnees["image/png"]) == (nom in FIGURES_DE_NOUS)


def test_un_tableau_de_la_collection_le_dit():
    for tableau in (Cas().indicateurs(), Cas().assemblages_coherents()):
        assert str(tableau).splitlines()[-1].startswith("Lecture proposée, d'après ")
