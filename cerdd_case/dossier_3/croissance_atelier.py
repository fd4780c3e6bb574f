"""Faire grandir l'équipe, la découper, et voir le seuil bouger."""

from functools import partial
from html import escape

import ipywidgets as widgets

from ..socle.nombres import heures, nombre
from ..widgets.atelier import Atelier, case, grille, rangee
from ..widgets.avis import conclusion, tableau
from ..widgets.curseur import Curseur
from ..widgets.image import Annonce, ImageVive
from .croissance import SEMAINE, Croissance, Equipe
from .croissance_figure import VERDICTS


class AtelierCroissance(Atelier[Croissance]):
    """Faire grandir l'équipe et voir jusqu'où chacun peut s'ajuster à chacun.

    `reseau` : le réseau que montrent les réglages ; `essayes` : les effectifs déjà montrés, les seuls que
    le tableau compare.
    """

    def composer(self) -> list:
        salaries, minutes, part, _ = self.exercice.depart.values()
        self.essayes: set[int] = set()
        self.effectif = self.relier(Curseur(
            "Effectif", salaries, unite="entier", minimum=2, maximum=self.exercice.maximum, pas=1,
            repere=salaries, nom_repere="aujourd'hui",
            aide="Nombre de personnes qui doivent se coordonner.",
        ))  # fmt: skip
        self.minutes = self.relier(Curseur(
            "Temps par lien", minutes, unite="entier", minimum=1, maximum=60, pas=1,
            repere=minutes,
            nom_repere="notre hypothèse", aide="Minutes par semaine pour se coordonner avec un collègue.",
        ))  # fmt: skip
        self.part = self.relier(Curseur(
            "Part acceptée", part, unite="part", minimum=0.05, maximum=0.60, pas=0.05, repere=part,
            nom_repere="notre hypothèse",
            aide=f"Part de la semaine de {nombre(SEMAINE)}\u00a0h que l'on accepte d'y passer.",
        ))  # fmt: skip
        self.taille = self.relier(Curseur(
            "Taille d'équipe", 10, unite="entier", minimum=3, maximum=30, pas=1, actif=False,
            aide="Au plus, si l'on découpe. Chaque équipe a un référent.",
        ))  # fmt: skip
        self.decoupe = self.relier(case("Découper en équipes, avec un référent chacune"))
        self.effectifs = list(self.exercice.effectifs.itertuples())
        self.boutons = [
            self.bouton(nombre(e.effectif), partial(self.placer, (self.effectif, e.effectif)),
                        e.libelle)
            for e in self.effectifs
        ]  # fmt: skip
        self.image = ImageVive(self.exercice.dessin())
        self.conclusion, self.tableau = Annonce(), Annonce(role="")
        aller = Annonce(role="", html="<strong>Aller à :</strong>")
        decoupage = widgets.VBox([self.decoupe, self.taille])
        return [
            self.conclusion, self.image, rangee(aller, *self.boutons),
            grille(self.effectif, self.minutes, self.part, decoupage), self.tableau,
            Annonce(role="", html=self._nuancer()),
        ]  # fmt: skip

    @property
    def reponses(self) -> dict:
        """Les champs de `Equipe` que montrent les réglages."""
        return {
            "effectif": int(self.effectif.valeur),
            "minutes": self.minutes.valeur,
            "part_acceptee": self.part.valeur,
            "taille_equipe": int(self.taille.valeur) if self.decoupe.value else None,
        }

    @property
    def reseau(self) -> Equipe:
        """Le réseau que disent les réglages."""
        return Equipe(**self.reponses)

    def actualiser(self) -> None:
        self.taille.actif, reseau = self.decoupe.value, self.reseau
        self.essayes.add(reseau.effectif)
        self.image.montrer(reseau)
        self.conclusion.html = f"{conclusion(reseau.phrase)}<p>{escape(reseau.phrase_limite)}</p>"
        self.tableau.html = self._comparer()

    def _comparer(self) -> str:
        _, *hypotheses = self.reponses.values()
        classes = {"tient": "oui", "déborde": "", "impossible": "non"}
        lignes = []
        for e in self.effectifs:
            origine = f"<span class='cerdd-aide'>({escape(e.origine)})</span>"
            calcul = ("…", "…", "<span class='sans-objet'>… à essayer</span>")
            if e.effectif in self.essayes:
                r = Equipe(e.effectif, *hypotheses)
                dit = f"<span class='{classes[r.verdict]}'>{VERDICTS[r.verdict][0]}</span>"
                calcul = (nombre(r.liens), heures(r.heures), dit)
            lignes.append((nombre(e.effectif), f"{escape(e.libelle)} {origine}", *calcul))
        qui = "le plus chargé" if self.decoupe.value else "chacun"
        entetes = ("Effectif", "D'où il vient", "Liens", f"Heures ({qui})", "Verdict")
        return tableau(entetes, lignes, "n.nn.")

    def _nuancer(self) -> str:
        reperes = "".join(
            f"<li><strong>{nombre(r.effectif)}</strong> — {escape(r.libelle)} "
            f"({escape(r.nature)}). {escape(r.precaution)}</li>"
            for r in self.exercice.reperes.itertuples()
        )
        return (
            "<details><summary>Ce que ce modèle oublie, et les repères que l'on cite</summary>"
            "<p>Une réunion entretient plusieurs liens à la fois ; tous les liens ne servent pas ; "
            "les outils aident ; les gens ne se ressemblent pas. Le sujet ne chiffre rien de tout "
            f"cela : les minutes et la part acceptée sont nos hypothèses.</p><ul>{reperes}</ul>"
            "</details>"
        )
