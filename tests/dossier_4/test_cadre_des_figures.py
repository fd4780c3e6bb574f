"""Les figures du dossier 4 tiennent dans leur cadre et se racontent."""

import pytest

from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_4.arguments import (
    choisir,
)
from cerdd_case.dossier_4.arguments_exercice import Arguments
from cerdd_case.dossier_4.chaine_exercice import Chaine
from cerdd_case.dossier_4.communication import (
    communication_du_cas,
)
from cerdd_case.dossier_4.communication_figure import figure_matrice, figure_publics
from cerdd_case.dossier_4.reseau import (
    Reseau,
)
from cerdd_case.dossier_4.reseau_figure import FigureReseau
from cerdd_case.dossier_4.web_exercice import Web

DONNEES = Donnees()
ELEMENTS = communication_du_cas(DONNEES)
CHAINE, WEB, ARGUMENTS = Chaine(DONNEES), Web(DONNEES), Arguments(DONNEES)


def hors_cadre(figure):
    """Les textes qui dépassent de la figure, qui en contient."""
    figure.canvas.draw()
    textes = [*figure.texts, *[t for legende in figure.legends for t in legende.get_texts()]]
    for axe in figure.axes:
        textes += [*axe.texts, axe.title, axe._left_title, axe.xaxis.label, axe.yaxis.label]
        textes += axe.get_legend().get_texts() if axe.get_legend() else []
        for axis in (axe.xaxis, axe.yaxis):
            bas, haut = sorted(axis.get_view_interval())
            textes += [t.label1 for t in axis.get_major_ticks() if bas <= t.get_loc() <= haut]
    ecrits = [t for t in textes if t.get_text().strip()]
    assert len(ecrits) > 3
    return [t.get_text() for t in ecrits if not _dedans(t, figure.bbox)]


def _dedans(texte, cadre):
    b = texte.get_window_extent()
    return (
        b.x0 > cadre.x0 - 1 and b.x1 < cadre.x1 + 1 and b.y0 > cadre.y0 - 1 and b.y1 < cadre.y1 + 1
    )


TOUTES = {f"{o}-{d}": c for o in range(1, 8)
          for d, c in (("fonctions", "diffuser"), ("gains", "efficacite"))}  # fmt: skip
PLAN = choisir(choisir(choisir([], "P9-18", "pour"), "A11-28", "contre"), "BT-035", "contre")


def reseau(**reglages):
    return FigureReseau().illustration(Reseau(**reglages))


@pytest.mark.parametrize(
    "figure",
    [
        lambda: CHAINE.figure_proposee(),
        lambda: CHAINE.figure({}),
        lambda: CHAINE.figure({**TOUTES, "arret": "7"}),
        *[lambda o=o: CHAINE.figure({**CHAINE.solution(), "arret": str(o)}) for o in range(1, 8)],
        lambda: figure_matrice(ELEMENTS),
        lambda: figure_matrice(ELEMENTS, "nouveaux_publics", "creer_ou_developper/methodes"),
        lambda: figure_publics(DONNEES),
        lambda: WEB.figure({}),
        lambda: WEB.figure_proposee(),
        lambda: reseau(),
        lambda: reseau(partenaires=300, part_auteurs=0.5, tri=True),
        lambda: reseau(partenaires=2, minutes_disponibles=0),
        lambda: ARGUMENTS.figure_du_plan([]),
        lambda: ARGUMENTS.figure_du_plan(PLAN),
    ],
)
def test_chaque_figure_tient_dans_son_cadre_et_se_raconte(figure):
    illustration = figure()
    assert hors_cadre(illustration.figure) == []
    assert len(illustration.alternative) > 60
    assert illustration.png().startswith(b"\x89PNG")


def test_les_alternatives_disent_les_nombres():
    assert "Partenaires et institutions : 4" in figure_matrice(ELEMENTS).alternative
    assert "À optimiser, public nommé par le sujet : 4" in figure_publics(DONNEES).alternative
    assert "commence à 10 auteurs sur 40" in reseau(part_auteurs=0.5).alternative
    alternative = CHAINE.figure({**CHAINE.solution(), "arret": "5"}).alternative
    assert "Efficience : aucune mission" in alternative and "Sans mémoire" in alternative
    balance = ARGUMENTS.figure_du_plan(PLAN).alternative
    assert "Annexe 9, pour : 8 conseillés, 1 choisi ;" in balance
