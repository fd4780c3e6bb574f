"""Faire grandir l'équipe, la découper, et voir le seuil bouger."""

from html import escape

import ipywidgets as widgets

from ..socle.nombres import heures, nombre
from ..widgets.atelier import Atelier, case, grille, rangee
from ..widgets.avis import conclusion
from ..widgets.curseur import Curseur
from ..widgets.image import ImageVive, Texte
from .croissance import SEMAINE, Croissance, Reseau, croissance, reseau
from .croissance_figure import VERDICTS, FigureCroissance


class AtelierCroissance(Atelier):
    """Faire grandir l'équipe et voir jusqu'où chacun peut s'ajuster à chacun.

    `reseau` : le réseau que montrent les réglages.
    """

    def __init__(self, exercice: Croissance):
        self.exercice, self.effectifs = exercice, exercice.effectifs
        salaries = exercice.depart["effectif"]
        self.effectif = Curseur(
            "Effectif", salaries, unite="entier", minimum=2, maximum=exercice.maximum, pas=1,
            repere=salaries,
            nom_repere="aujourd'hui", aide="Nombre de personnes qui doivent s'accorder.",
        )  # fmt: skip
        self.minutes = Curseur(
            "Temps par lien", 15, unite="entier", minimum=1, maximum=60, pas=1, repere=15,
            nom_repere="notre hypothèse",
            aide="Minutes par semaine pour rester accordé avec un collègue.",
        )  # fmt: skip
        self.part = Curseur(
            "Part acceptée", 0.20, unite="part", minimum=0.05, maximum=0.60, pas=0.05, repere=0.20,
            nom_repere="notre hypothèse",
            aide=f"Part de la semaine de {nombre(SEMAINE)}\u00a0h que l'on accepte d'y passer.",
        )  # fmt: skip
        self.taille = Curseur(
            "Taille d'équipe", 10, unite="entier", minimum=3, maximum=30, pas=1, actif=False,
            aide="Au plus, si l'on découpe. Chaque équipe a un référent.",
        )  # fmt: skip
        self.decoupe = case("Découper en équipes, avec un référent chacune")
        self.boutons = []
        for e in self.effectifs.itertuples():
            bouton = widgets.Button(description=nombre(e.effectif), tooltip=e.libelle)
            bouton.add_class("cerdd-effectif")
            self.boutons.append(bouton)
        self.image = ImageVive(FigureCroissance(exercice.maximum))
        self.conclusion, self.tableau = Texte(), Texte(role="")
        raccourcis = rangee(Texte(role="", html="<strong>Aller à :</strong>"), *self.boutons)
        super().__init__(
            [
                self.conclusion,
                self.image,
                raccourcis,
                grille(self.effectif, self.minutes, self.part,
                       widgets.VBox([self.decoupe, self.taille])),
                self.tableau,
            ]
        )  # fmt: skip
        for curseur in (self.effectif, self.minutes, self.part, self.taille):
            self.relier(curseur, "valeur")
        self.relier(self.decoupe, "value")
        for bouton, n in zip(self.boutons, self.effectifs["effectif"], strict=True):
            self.au_clic(bouton, lambda n=n: self.aller(n))
        self.actualiser()

    def aller(self, effectif: int) -> None:
        """Place le curseur de l'effectif."""
        self.effectif.erreur = ""
        self.effectif.valeur = float(effectif)

    @property
    def reponses(self) -> dict:
        """Les arguments de `croissance.reseau` que montrent les réglages."""
        return {
            "effectif": int(self.effectif.valeur),
            "minutes": self.minutes.valeur,
            "part_acceptee": self.part.valeur,
            "taille_equipe": int(self.taille.valeur) if self.decoupe.value else None,
        }

    @property
    def reseau(self) -> Reseau:
        return reseau(**self.reponses)

    def actualiser(self) -> None:
        self.taille.actif = self.decoupe.value
        _, *reglages = self.reponses.values()
        self.image.montrer(self.reseau, *reglages)
        verdicts = self.exercice.juger(self.reponses)
        self.conclusion.html = (
            f"{conclusion(verdicts['reseau'].phrase)}<p>{escape(verdicts['limite'].phrase)}</p>"
        )
        self.tableau.html = self._tableau(*reglages)

    def _tableau(self, minutes: float, part: float, taille: int | None) -> str:
        calcul = croissance(self.effectifs["effectif"], minutes, part, taille)
        lignes = "".join(
            f"<tr><td class='nombre'>{nombre(r.effectif)}</td>"
            f"<td>{escape(e.libelle)} <span class='cerdd-aide'>({escape(e.origine)})</span></td>"
            f"<td class='nombre'>{nombre(r.liens)}</td>"
            f"<td class='nombre'>{heures(r.heures)}</td>"
            f"<td class='{dict(tient='oui', impossible='non').get(r.verdict, '')}'>"
            f"{VERDICTS[r.verdict][0][0]}\u00a0{r.verdict}</td></tr>"
            for r, e in zip(calcul.itertuples(), self.effectifs.itertuples(), strict=True)
        )
        reperes = "".join(
            f"<li><strong>{nombre(r.effectif)}</strong> — {escape(r.libelle)} "
            f"({escape(r.nature)}). {escape(r.precaution)}</li>"
            for r in self.exercice.reperes.itertuples()
        )
        qui = "chacun" if taille is None else "le plus chargé"
        return (
            "<table><thead><tr><th class='nombre'>Effectif</th><th>D'où il vient</th>"
            f"<th class='nombre'>Liens</th><th class='nombre'>Heures ({qui})</th><th>Verdict</th>"
            f"</tr></thead><tbody>{lignes}</tbody></table>"
            "<details><summary>Ce que ce modèle oublie, et les repères que l'on cite</summary>"
            "<p>Une réunion entretient plusieurs liens à la fois ; tous les liens ne servent pas ; "
            "les outils aident ; les gens ne se ressemblent pas. Le sujet ne chiffre rien de tout "
            f"cela : les minutes et la part acceptée sont nos hypothèses.</p><ul>{reperes}</ul>"
            "</details>"
        )
