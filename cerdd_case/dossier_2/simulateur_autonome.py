"""Le simulateur du budget 2015 sans Python : un bloc de page, qui vit seul, même sans réseau.

`projection.js` et `projection_figure.js` refont la formule, les phrases et la partie mobile de la
figure ; `curseur.js`, `image.js` et `annonce.js` sont ceux des carnets. Ici s'écrit une fois ce qui est
donnée : montants, plafonds, noms, limites des curseurs, fond de la figure et places. Ne s'y trouvent
pas : la recherche d'un seuil et les scénarios gardés.
"""

import json
import re
from pathlib import Path

from matplotlib.axes import Axes

from ..donnees.contexte import Contexte
from ..donnees.hypotheses import CHARGES_INDEXABLES, TAUX_PAR_RECETTE, Hypotheses, champs
from ..figures.mise_en_page import ENCRE, ROUGE
from ..questions.registre import MARQUE, Registre
from ..socle.erreurs import NomInconnu
from ..socle.typographie import typographier
from . import reglages
from .budget_exercice import Budget
from .projection import Projection, en_centimes, projeter
from .projection_figure import COURTS, VERDICTS, FigureBudget, couleur
from .regles import MAJORITE, TOLERANCE

ICI = Path(__file__).parent
PAGES = ICI.parent / "widgets" / "pages"
CHIFFRES = "0123456789,−–%€\u00a0\u202f"


def simulateur_autonome(cas: Registre, depart: str = "2014") -> str:
    """Le simulateur, en HTML : un bloc à placer dans une page, styles et scripts compris.

    `depart` : ce que montrent d'abord les curseurs, « 2014 » (le budget de 2014, comme partout où un élève
    le reçoit) ou « sujet ». Lève `ErreurHypothese` si le budget n'a pas les postes de l'annexe 4.
    """
    donnees = json.dumps(exporter(cas, depart), ensure_ascii=False, separators=(",", ":"))
    donnees = donnees.replace("<", "\\u003c")
    styles = (PAGES / nom for nom in ("commun.css", "hote.css"))
    return (
        '<section class="cerdd-autonome" aria-label="Simulateur du budget 2015">\n'
        "<p>Ce simulateur s'ouvre dans un navigateur où les scripts sont permis.</p>\n"
        f'<script type="application/json">{donnees}</script>\n</section>\n'
        f"<style>\n{''.join(s.read_text(encoding='utf-8') for s in styles)}</style>\n"
        f"<script>\n{script()}</script>\n"
    )


def script() -> str:
    """Tous les scripts du simulateur, en un seul que la page exécute tel quel."""
    morceaux = [
        _constante("annonce", PAGES / "annonce.js"),
        _constante("peinture", PAGES / "image.js"),
    ]
    partages = {
        PAGES: ("curseur.js", "hote.js"),
        ICI: ("projection.js", "projection_figure.js", "simulateur.js"),
    }
    for dossier, noms in partages.items():
        for nom in noms:
            texte = (dossier / nom).read_text(encoding="utf-8")
            texte = re.sub(r"^export default ", "const curseur = ", texte, flags=re.M)
            morceaux.append(re.sub(r"^export ", "", texte, flags=re.M))
    return f'(() => {{\n"use strict";\n{"".join(morceaux)}}})();\n'


def _constante(nom: str, chemin: Path) -> str:
    """Un script des carnets, enfermé : ses noms ne se mêlent pas à ceux des autres."""
    texte = re.sub(r"^export default ", "return ", chemin.read_text(encoding="utf-8"), flags=re.M)
    texte = re.sub(r"^export ", "", texte, flags=re.M)
    return f"const {nom} = (() => {{\n{texte}}})();\n"


def exporter(cas: Registre, depart: str = "2014") -> dict:
    """Ce que les scripts reçoivent de Python : tout ce qui est du sujet, et rien d'autre."""
    exercice, contexte = Budget(cas), cas.contexte
    budget, hypotheses = (
        exercice.budget,
        {"sujet": contexte.hypotheses, "2014": exercice.hypotheses_2014},
    )
    if depart not in hypotheses:
        raise NomInconnu(f"Le simulateur ne part pas de « {depart} »", depart, hypotheses)
    au_depart = projeter(budget, hypotheses["2014"])
    return {
        "depart": en_centimes(budget),
        "total_2014": round(100 * au_depart.total_2014_eur),
        "charges": CHARGES_INDEXABLES,
        "taux": TAUX_PAR_RECETTE,
        "noms": {poste: typographier(nom) for poste, nom in COURTS.items()},
        "plafonds": contexte.plafonds,
        "majorite": MAJORITE,
        "tolerance": TOLERANCE,
        "regles": [
            {"code": r.code, "libelle": typographier(r.libelle), "marque": MARQUE * r.lecture_proposee,
             "seuil": None if r.seuil != r.seuil else r.seuil}
            for r in contexte.regles
        ],
        "hypotheses": {nom: champs(h) for nom, h in hypotheses.items()},
        "ouverture": depart,
        "curseurs": [_curseur(champ, contexte, hypotheses[depart]) for champ in reglages.REGLAGES],
        "en_vue": reglages.EN_VUE,
        "textes": {
            nom: typographier(texte)
            for nom, texte in (("retour", reglages.RETOUR), ("depart", reglages.DEPART),
                               ("impose", reglages.IMPOSE),
                               ("investissement", reglages.INVESTISSEMENT))
        },
        "figure": _figure(FigureBudget(budget, contexte), au_depart),
    }  # fmt: skip


def _curseur(champ: str, contexte: Contexte, depart: Hypotheses) -> dict:
    """Ce que montre le curseur d'une hypothèse, avec les noms que `curseur.js` lui donne."""
    libelle, aide, unite, _, _, pas = reglages.REGLAGES[champ]
    repere = getattr(contexte.hypotheses, champ)
    repere = contexte.secours_eur if repere is None else repere
    valeur = getattr(depart, champ)
    valeur = repere if valeur is None else valeur
    minimum, maximum = reglages.bornes(champ, valeur, repere)
    return {
        "champ": champ, "libelle": typographier(libelle), "aide": typographier(aide), "unite": unite,
        "valeur": valeur, "minimum": minimum, "maximum": maximum, "pas": pas, "repere": repere,
        "nom_repere": "sujet", "erreur": "", "actif": True,
    }  # fmt: skip


def _figure(figure: FigureBudget, projection: Projection) -> dict:
    """Le fond de la figure, et de quoi en dessiner le reste : repères, modèles, largeurs des textes."""
    figure.actualiser(projection)
    fond, devant = figure.fond(), figure.devant()
    hauteur = figure.figure.canvas.get_width_height()[1]
    niveau = 2 * len(figure.lignes)  # une barre et un texte par poste, puis la jauge

    def repere(axe: Axes) -> list[float]:
        """Des unités d'un axe aux points de la figure, comptés depuis le haut."""
        (x0, y0), (x1, y1) = axe.transData.transform([(0, 0), (1, 1)])
        return [x1 - x0, x0, y0 - y1, hauteur - y0]

    def texte(rang: int) -> dict:
        """Le modèle d'un texte, et la largeur de chaque signe qui peut s'y écrire."""
        _, _, _, bas, *modele, _, _ = figure.modele(rang, CHIFFRES)
        largeurs = {signe: figure.modele(rang, 100 * signe)[-1] / 100 for signe in CHIFFRES}
        return {"bas": round(bas - hauteur, 1), "modele": modele, "largeurs": largeurs}

    def verdict(dit: str, teinte: str) -> list:
        """La commande d'un verdict, à la place de celui que l'on voit."""
        _, dessine, x, y, *_ = devant[niveau + 2]
        _, _, x0, y0, *_ = figure.modele(niveau + 2, dessine)
        nature, _, x1, y1, *aspect, _, largeur = figure.modele(niveau + 2, dit)
        return [nature, dit, x + x1 - x0, y + y1 - y0, *aspect, teinte, largeur]

    postes, jauge = figure.postes, figure.jauge
    gauche, droite = postes.get_xlim()
    return {
        "taille": figure.figure.canvas.get_width_height(),
        "fond": fond,
        "couleurs": {"encre": ENCRE, "rouge": ROUGE},
        "postes": {
            "repere": repere(postes), "gauche": gauche, "droite": droite, "barre": devant[0][3:],
            "rangs": [[poste, rang, couleur(poste)] for poste, rang in figure.lignes],
            "texte": texte(1),
        },
        "jauge": {
            "repere": repere(jauge), "haut": figure.haut_de_jauge, "barre": devant[niveau][3:],
            "part": texte(niveau + 1),
            "verdicts": {cle: verdict(*dit) for cle, dit in VERDICTS.items()},
        },
        "dessus": devant[niveau + 3 :],
    }  # fmt: skip
