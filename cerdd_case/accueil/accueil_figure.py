"""La figure de l'accueil : qui paie, qui agit, pour qui, et les quatre dossiers."""

from matplotlib.patches import FancyBboxPatch

from ..donnees.paquet import Donnees
from ..figures.mise_en_page import (
    BLEU,
    ENCRE,
    GRIS,
    ORANGE,
    VERT,
    Illustration,
    nouvelle_figure,
    style,
)
from ..socle.nombres import nombre, pourcent

DOSSIERS = (
    ("Dossier 1", "Qui est-il,\nque vaut-il ?"),
    ("Dossier 2", "Que peut-il\nse payer ?"),
    ("Dossier 3", "Comment\ns'accorde-t-il ?"),
    ("Dossier 4", "Comment\nse fait-il entendre ?"),
)
FINANCEURS = {"etat": "État", "collectivites": "Régions, collectivités",
              "ue": "Union européenne", "autres": "Autres (adhésions…)"}  # fmt: skip
PUBLICS = ("Collectivités", "Associations", "Entreprises", "Éducation, recherche", "…")


def carte_du_cas(donnees: Donnees) -> Illustration:
    """Le CERDD en une image : financeurs de 2014 (annexe 4), identité (introduction), publics."""
    recettes = donnees.annexe(4).set_index("poste").loc[list(FINANCEURS), "montant_eur"]
    parts = recettes / recettes.sum()
    annee, salaries = int(donnees.fait("INT-02")), nombre(donnees.fait("INT-51"))
    with style():
        figure = nouvelle_figure(10, 5.2)
        axe = figure.add_axes((0, 0, 1, 1))
        axe.set_axis_off()
        axe.set_xlim(0, 1)
        axe.set_ylim(0, 1)
        axe.text(0.15, 0.955, "Qui finance ? (2014)", fontsize=13, weight="bold", ha="center",
                 va="center")  # fmt: skip
        axe.text(0.85, 0.955, "Pour qui ?", fontsize=13, weight="bold", ha="center", va="center")
        for i, (poste, nom) in enumerate(FINANCEURS.items()):
            y = 0.80 - 0.145 * i
            _cadre(axe, 0.01, y, 0.285, 0.12, ORANGE, "-")
            axe.text(0.022, y + 0.06, nom, fontsize=10.5, va="center")
            axe.text(0.285, y + 0.06, pourcent(parts[poste]), fontsize=13, weight="bold",
                     va="center", ha="right")  # fmt: skip
        for i, nom in enumerate(PUBLICS):
            y = 0.82 - 0.115 * i
            _cadre(axe, 0.72, y, 0.27, 0.095, VERT, "--")
            axe.text(0.855, y + 0.047, nom, fontsize=11, va="center", ha="center")
        _cadre(axe, 0.38, 0.46, 0.25, 0.41, BLEU, "-", fond=BLEU)
        axe.text(0.505, 0.79, "Le CERDD", color="white", fontsize=17, weight="bold", ha="center",
                 va="center")  # fmt: skip
        axe.text(0.505, 0.61, f"né en {annee}\n{salaries} salariés\ngroupement d'intérêt public\n"
                 "mission : le développement\ndurable", color="white", fontsize=10.5, ha="center",
                 va="center", linespacing=1.45)  # fmt: skip
        for depart, arrivee in ((0.305, 0.372), (0.638, 0.712)):
            axe.annotate("", (arrivee, 0.655), (depart, 0.655),
                         arrowprops={"arrowstyle": "-|>", "color": ENCRE, "lw": 3})  # fmt: skip
        for i, (nom, question) in enumerate(DOSSIERS):
            x = 0.01 + 0.248 * i
            _cadre(axe, x, 0.03, 0.236, 0.23, GRIS, "-")
            axe.text(x + 0.118, 0.215, nom, fontsize=12, weight="bold", ha="center", va="center",
                     color=BLEU)  # fmt: skip
            axe.text(x + 0.118, 0.11, question, fontsize=12, ha="center", va="center",
                     linespacing=1.3)  # fmt: skip
    payeurs = ", ".join(f"{nom} {pourcent(parts[p])}" for p, nom in FINANCEURS.items())
    questions = " ; ".join(f"{nom} : {question}" for nom, question in DOSSIERS).replace("\n", " ")
    return Illustration(
        figure,
        f"Le cas en une image. Financeurs du budget prévu pour 2014 : {payeurs}. Le CERDD, né en "
        f"{annee}, {salaries} salariés, groupement d'intérêt public. Publics : "
        f"{', '.join(PUBLICS[:-1]).lower()}. {questions}",
    )


def _cadre(axe, x, y, largeur, hauteur, bord, trait, fond="white"):
    axe.add_patch(
        FancyBboxPatch(
            (x, y), largeur, hauteur, facecolor=fond, edgecolor=bord, lw=2, ls=trait,
            boxstyle="round,pad=0,rounding_size=0.015", mutation_aspect=1.9,
        )
    )  # fmt: skip
