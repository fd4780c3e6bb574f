"""La figure de l'accueil : qui paie, qui agit, pour qui, et les quatre dossiers."""

from functools import partial

from ..figures import mise_en_page as page
from ..questions.registre import Registre
from ..socle.nombres import nombre, pourcent

DOSSIERS = {
    "Dossier 1": "Qui est-il,\nque vaut-il ?",
    "Dossier 2": "Que peut-il\nse payer ?",
    "Dossier 3": "Comment\ns'accorde-t-il ?",
    "Dossier 4": "Comment\nse fait-il entendre ?",
}
FINANCEURS = {"etat": "État", "collectivites": "Régions, collectivités",
              "ue": "Union européenne", "autres": "Autres (adhésions…)"}  # fmt: skip
PUBLICS = ("Collectivités", "Associations", "Entreprises", "Éducation, recherche", "…")


@page.style()
def figure_cas(cas: Registre) -> page.Illustration:
    """Qui finance, qui agit, pour qui, et la question de chaque dossier.

    Financeurs de 2014 (annexe 4), identité (introduction), publics.
    """
    recettes = cas.annexe(4).set_index("poste").loc[list(FINANCEURS), "montant_eur"]
    parts = (recettes / recettes.sum()).map(pourcent)
    annee, salaries = int(cas.fait("INT-02")), nombre(cas.fait("INT-51"))
    figure = page.nouvelle_figure(10, 5.2)
    axe = page.panneau(figure, (0, 0, 1, 1), y=(0, 1))
    cadre = partial(page.cadre, axe, rayon=0.015, lw=2, mutation_aspect=1.9, facecolor="white")
    milieu: page.Aspect = {"ha": "center", "va": "center"}
    gras: page.Aspect = {"weight": "bold"}
    axe.text(0.15, 0.955, "Qui finance ? (2014)", fontsize=13, **gras, **milieu)
    axe.text(0.85, 0.955, "Pour qui ?", fontsize=13, **gras, **milieu)
    for i, (poste, nom) in enumerate(FINANCEURS.items()):
        y = 0.80 - 0.145 * i
        cadre((0.01, y, 0.285, 0.12), edgecolor=page.ORANGE)
        axe.text(0.022, y + 0.06, nom, fontsize=10.5, va="center")
        axe.text(0.285, y + 0.06, parts[poste], fontsize=13, va="center", ha="right", **gras)
    for i, nom in enumerate(PUBLICS):
        y = 0.82 - 0.115 * i
        cadre((0.72, y, 0.27, 0.095), edgecolor=page.VERT, ls="--")
        axe.text(0.855, y + 0.047, nom, fontsize=11, **milieu)
    cadre((0.38, 0.46, 0.25, 0.41), edgecolor=page.BLEU, facecolor=page.BLEU)
    axe.text(0.505, 0.79, "Le CERDD", color="white", fontsize=17, **gras, **milieu)
    axe.text(0.505, 0.61, f"né en {annee}\n{salaries} salariés\ngroupement d'intérêt public\n"
             "mission : le développement\ndurable", color="white", fontsize=10.5,
             linespacing=1.45, **milieu)  # fmt: skip
    for depart, arrivee in ((0.305, 0.372), (0.638, 0.712)):
        axe.annotate("", (arrivee, 0.655), (depart, 0.655),
                     arrowprops={"arrowstyle": "-|>", "color": page.ENCRE, "lw": 3})  # fmt: skip
    for i, (nom, question) in enumerate(DOSSIERS.items()):
        x = 0.01 + 0.248 * i
        cadre((x, 0.03, 0.236, 0.23), edgecolor=page.GRIS)
        axe.text(x + 0.118, 0.215, nom, fontsize=12, color=page.BLEU, **gras, **milieu)
        axe.text(x + 0.118, 0.11, question, fontsize=12, linespacing=1.3, **milieu)
    payeurs = ", ".join(f"{nom} {parts[p]}" for p, nom in FINANCEURS.items())
    questions = " ; ".join(f"{nom} : {dit}" for nom, dit in DOSSIERS.items()).replace("\n", " ")
    return page.Illustration(
        figure,
        f"Le cas en une image. Financeurs du budget prévu pour 2014 : {payeurs}. Le CERDD, né en "
        f"{annee}, {salaries} salariés, groupement d'intérêt public. Publics : "
        f"{', '.join(PUBLICS[:-1]).lower()}. {questions}",
    )
