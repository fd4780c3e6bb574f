"""Régler le réseau et lire ce que chacun reçoit et lit."""

from html import escape

import ipywidgets as widgets

from ..socle.nombres import heures, nombre, pourcent
from ..widgets.atelier import Atelier, case, grille
from ..widgets.avis import conclusion, tableau
from ..widgets.curseur import Curseur
from ..widgets.image import Annonce, ImageVive
from . import reseau as calcul
from .reseau_exercice import Circuler
from .reseau_figure import FigureReseau

# champ: (libellé, phrase, unité, maximum, pas) ; le minimum est celui du modèle
REGLAGES_RESEAU = {
    "partenaires": ("Partenaires", "Organisations reliées au CERDD.", "entier", 300, 1),
    "part_auteurs": ("Part d'auteurs", "Partenaires qui publient ; les autres lisent seulement.",
                     "part", 1, 0.05),
    "contributions": ("Contributions par auteur", "Contenus publiés par semaine.", "nombre", 5, 0.5),
    "publications_cerdd": ("Publications du CERDD", "Contenus publiés par semaine.", "nombre", 10, 1),
    "part_utile": ("Contributions utiles", "Part des contributions qui méritent d'être lues.",
                   "part", 1, 0.05),
    "minutes_lecture": ("Lire un contenu", "Minutes pour un contenu.", "nombre", 20, 1),
    "minutes_disponibles": ("Temps de lecture", "Minutes par partenaire et par semaine.",
                            "nombre", 300, 10),
    "minutes_tri": ("Trier une contribution", "Minutes que le CERDD y passe, s'il trie.",
                    "nombre", 30, 1),
}  # fmt: skip


class AtelierReseau(Atelier[Circuler]):
    """Faire circuler l'information dans les deux Web, jusqu'à la surcharge."""

    def composer(self) -> list:
        self.curseurs = {}
        for champ, (libelle, aide, unite, maximum, pas) in REGLAGES_RESEAU.items():
            _, bas, haut = calcul.LIMITES_RESEAU[champ]
            if champ == "partenaires":  # jusqu'au réseau réel, à comparer au modèle
                maximum = max(maximum, min(self.exercice.du_blog, haut))
            depart = float(self.exercice.depart[champ])
            self.curseurs[champ] = self.relier(Curseur(
                libelle, depart, aide=aide, unite=unite, minimum=bas, maximum=maximum, pas=pas,
                repere=depart, nom_repere="départ",
            ))  # fmt: skip
        self.tri = self.relier(case("Le CERDD trie les contributions"))
        places = [*((c, c.repere) for c in self.curseurs.values()), (self.tri, False)]
        self.retour = self.bouton("↺ Revenir aux valeurs de départ", lambda: self.placer(*places))
        self.image = ImageVive(FigureReseau())
        self.conclusion, self.tableau = Annonce(), Annonce(role="")
        points = "".join(f"<li>{escape(h)}</li>" for h in calcul.HYPOTHESES_RESEAU)
        titre = "<strong>Les hypothèses de ce modèle</strong>"
        reglages = grille(*self.curseurs.values(), widgets.VBox([self.tri, self.retour]))
        hypotheses = Annonce(role="", html=f"{titre}<ul class='cerdd-hypotheses'>{points}</ul>")
        return [self.conclusion, self.image, reglages, self.tableau, hypotheses]

    @property
    def reponses(self) -> dict:
        """Les champs de `Reseau` que montrent les curseurs."""
        valeurs = {champ: curseur.valeur for champ, curseur in self.curseurs.items()}
        return {**valeurs, "tri": self.tri.value}

    @property
    def reseau(self) -> calcul.Reseau:
        """Les réglages actuels."""
        return calcul.Reseau(**self.reponses)

    def actualiser(self) -> None:
        self.curseurs["minutes_tri"].actif = self.tri.value
        self.image.montrer(self.reseau)
        self.conclusion.html = conclusion(self.exercice.juger(self.reponses)["reseau"].phrase)
        self.tableau.html = tableau_du_reseau(self.reseau)


def tableau_du_reseau(reseau: calcul.Reseau) -> str:
    """Les deux modes côte à côte, en HTML, et ce que l'on sait du seuil de surcharge."""
    mesures = {
        "Liens possibles": lambda c: nombre(c.liens),
        "Ceux qui publient, CERDD compris": lambda c: nombre(c.auteurs),
        "Contenus publiés": lambda c: nombre(c.contenus),
        "Portée : lectures possibles": lambda c: nombre(c.lectures_possibles),
        "Contenus reçus par un partenaire": lambda c: nombre(round(c.recus, 1)),
        "Temps qu'il faudrait pour tout lire": lambda c: heures(c.minutes_demandees / 60),
        "Part lue": lambda c: ("✘ " if c.surcharge else "✔ ") + pourcent(c.part_lue, 0),
        "Contenus utiles lus": lambda c: nombre(round(c.utiles_lus, 1)),
        "Partenaires qui lisent un contenu du CERDD": lambda c: nombre(round(c.lecteurs_du_cerdd)),
        "Temps de tri pour le CERDD": lambda c: heures(c.minutes_de_tri / 60),
    }
    modes = calcul.circuler(reseau)
    lignes = [(escape(nom), *map(ecrire, modes)) for nom, ecrire in mesures.items()]
    noms = (escape(nom).replace(" (", "<br>(") for nom in calcul.MODES)
    phrase = escape(calcul.lire_seuil(reseau))
    return f"{tableau(('En une semaine', *noms), lignes, '.nn')}<p>{phrase}</p>"
