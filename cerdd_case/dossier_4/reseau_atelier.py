"""Régler le réseau et lire ce que chacun reçoit et lit."""

from html import escape

import ipywidgets as widgets

from ..socle.erreurs import ErreurCas
from ..socle.nombres import heures, nombre, pourcent
from ..widgets.atelier import Atelier, case, grille
from ..widgets.avis import conclusion
from ..widgets.curseur import Curseur
from ..widgets.image import Annonce, ImageVive
from .reseau import (
    HYPOTHESES_RESEAU,
    LIMITES_RESEAU,
    MODES,
    PLUSIEURS_VERS_PLUSIEURS,
    Circuler,
    Reseau,
    auteurs_avant_surcharge,
    circuler,
)
from .reseau_figure import FigureReseau

# champ: (libellé, phrase, unité, minimum, maximum, pas)
REGLAGES_RESEAU = {
    "partenaires": ("Partenaires", "Organisations reliées au CERDD.", "entier", 2, 300, 1),
    "part_auteurs": ("Part d'auteurs", "Partenaires qui publient ; les autres lisent seulement.",
                     "part", 0, 1, 0.05),
    "contributions": ("Contributions par auteur", "Contenus publiés par semaine.",
                      "nombre", 0, 5, 0.5),
    "publications_cerdd": ("Publications du CERDD", "Contenus publiés par semaine.",
                           "nombre", 0, 10, 1),
    "part_utile": ("Contributions utiles", "Part des contributions qui méritent d'être lues.",
                   "part", 0, 1, 0.05),
    "minutes_lecture": ("Lire un contenu", "Minutes pour un contenu.", "nombre", 1, 20, 1),
    "minutes_disponibles": ("Temps de lecture", "Minutes par partenaire et par semaine.",
                            "nombre", 0, 300, 10),
    "minutes_tri": ("Trier une contribution", "Minutes que le CERDD y passe, s'il trie.",
                    "nombre", 0, 30, 1),
}  # fmt: skip


class AtelierReseau(Atelier):
    """Faire circuler l'information dans les deux Web, jusqu'à la surcharge.

    `reseau` : les réglages actuels, à lire ; `appliquer(...)` les change. `a_essayer` : un nombre de
    partenaires que le curseur doit pouvoir atteindre.
    """

    def __init__(self, exercice: Circuler, a_essayer: int = 0):
        self.exercice = exercice
        depart = Reseau()
        self.curseurs = {}
        for champ, (libelle, aide, unite, minimum, maximum, pas) in REGLAGES_RESEAU.items():
            if champ == "partenaires":
                maximum = max(maximum, min(a_essayer, LIMITES_RESEAU[champ][2]))
            bas, haut = LIMITES_RESEAU[champ][1:]
            if not bas <= minimum <= maximum <= haut:
                raise ErreurCas(f"Le curseur {champ} sort des limites du modèle.")
            self.curseurs[champ] = Curseur(
                libelle, float(getattr(depart, champ)), aide=aide, unite=unite, minimum=minimum,
                maximum=maximum, pas=pas, repere=float(getattr(depart, champ)),
                nom_repere="départ",
            )  # fmt: skip
        self.tri = case("Le CERDD trie les contributions")
        self.retour = widgets.Button(description="↺ Revenir aux valeurs de départ")
        self.image = ImageVive(FigureReseau())
        self.conclusion, self.tableau = Annonce(), Annonce(role="")
        points = "".join(f"<li>{escape(h)}</li>" for h in HYPOTHESES_RESEAU)
        hypotheses = Annonce(
            role="",
            html="<strong>Les hypothèses de ce modèle</strong>"
            f"<ul class='cerdd-hypotheses'>{points}</ul>",
        )
        self._suspendu = False
        super().__init__(
            [
                self.conclusion,
                self.image,
                grille(*self.curseurs.values(), widgets.VBox([self.tri, self.retour])),
                self.tableau,
                hypotheses,
            ]
        )
        for element in self.curseurs.values():
            self.relier(element, "valeur")
        self.relier(self.tri, "value")
        self.au_clic(self.retour, lambda: self.appliquer(Reseau()))
        self.actualiser()

    @property
    def reponses(self) -> dict:
        """Les champs de `Reseau` que montrent les curseurs."""
        valeurs = {champ: element.valeur for champ, element in self.curseurs.items()}
        return {**valeurs, "tri": self.tri.value}

    @property
    def reseau(self) -> Reseau:
        return Reseau(**self.reponses)

    def appliquer(self, reseau: Reseau) -> None:
        """Place les curseurs sur ces réglages ; la figure est redessinée une seule fois."""
        self._suspendu = True
        try:
            for champ, element in self.curseurs.items():
                element.erreur = ""
                element.valeur = float(getattr(reseau, champ))
            self.tri.value = reseau.tri
        finally:
            self._suspendu = False
        self.actualiser()

    def actualiser(self) -> None:
        if self._suspendu:
            return
        self.curseurs["minutes_tri"].actif = self.tri.value
        reseau = self.reseau
        self.image.montrer(reseau)
        self.conclusion.html = conclusion(self.exercice.juger(self.reponses)["reseau"].phrase)
        self.tableau.html = tableau_du_reseau(reseau)


def tableau_du_reseau(reseau: Reseau) -> str:
    """Les deux modes côte à côte, en HTML, et le seuil de surcharge."""
    modes = {mode: circuler(reseau, mode) for mode in MODES}
    mesures = [
        ("Liens possibles", lambda c: nombre(c.liens)),
        ("Ceux qui publient, CERDD compris", lambda c: nombre(c.auteurs)),
        ("Contenus publiés", lambda c: nombre(c.contenus)),
        ("Portée : lectures possibles", lambda c: nombre(c.lectures_possibles)),
        ("Contenus reçus par un partenaire", lambda c: nombre(round(c.recus, 1))),
        ("Temps qu'il faudrait pour tout lire", lambda c: heures(c.minutes_demandees / 60)),
        ("Part lue", lambda c: ("✘ " if c.surcharge else "✔ ") + pourcent(c.part_lue, 0)),
        ("Contenus utiles lus", lambda c: nombre(round(c.utiles_lus, 1))),
        (
            "Partenaires qui lisent un contenu du CERDD",
            lambda c: nombre(round(c.lecteurs_du_cerdd)),
        ),
        ("Temps de tri pour le CERDD", lambda c: heures(c.minutes_de_tri / 60)),
    ]
    tete = "".join(
        f"<th class='nombre'>{escape(nom).replace(' (', '<br>(')}</th>" for nom in MODES.values()
    )
    corps = "".join(
        f"<tr><td>{escape(nom)}</td>"
        + "".join(f"<td class='nombre'>{ecrire(c)}</td>" for c in modes.values())
        + "</tr>"
        for nom, ecrire in mesures
    )
    seuil = auteurs_avant_surcharge(reseau)
    if seuil is None:
        phrase = "Avec ces réglages, il n'y a jamais surcharge, même si tous publient."
    else:
        mot = "auteurs" if seuil >= 2 else "auteur"
        phrase = (
            f"La surcharge commence à {nombre(seuil)} {mot} sur {nombre(reseau.partenaires)} "
            f"partenaires ({pourcent(seuil / reseau.partenaires, 0)}) ; "
            f"vous en avez {nombre(modes[PLUSIEURS_VERS_PLUSIEURS].auteurs - 1)}."
        )
    return (
        f"<table><thead><tr><th>En une semaine</th>{tete}</tr></thead>"
        f"<tbody>{corps}</tbody></table><p>{phrase}</p>"
    )
