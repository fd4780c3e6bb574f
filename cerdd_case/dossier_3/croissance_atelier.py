"""Faire grandir l'équipe, la découper, et voir le seuil bouger."""

from html import escape

import ipywidgets as widgets

from ..donnees.paquet import Donnees
from ..figures.mise_en_page import Illustration
from ..socle.nombres import nombre
from ..socle.typographie import typographier
from ..widgets.atelier import Atelier, grille
from ..widgets.curseur import Curseur
from ..widgets.image import Annonce, ImageVive
from .coherence_atelier import _conclusion
from .croissance import (
    SEMAINE,
    Reseau,
    croissance,
    effectif_limite,
    effectifs_du_cas,
    heures,
    phrase_croissance,
    reseau,
)
from .croissance_figure import VERDICTS, FigureCroissance


class AtelierCroissance(Atelier):
    """Faire grandir l'équipe et voir jusqu'où chacun peut s'ajuster à chacun.

    `reseau` : le réseau que montrent les réglages.
    """

    def __init__(self, donnees: Donnees):
        self.effectifs = effectifs_du_cas(donnees)
        self.reperes = donnees.table("corrige-croissance-reperes")
        salaries = int(self.effectifs.loc["salaries", "effectif"])
        self.maximum = int(self.effectifs["effectif"].max())
        self.effectif = Curseur(
            "Effectif", salaries, unite="entier", minimum=2, maximum=self.maximum, pas=1,
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
        self.decoupe = widgets.Checkbox(
            value=False,
            indent=False,
            description="Découper en équipes, avec un référent chacune",
            layout=widgets.Layout(width="auto"),
        )
        self.boutons = []
        for e in self.effectifs.itertuples():
            bouton = widgets.Button(description=nombre(e.effectif), tooltip=e.libelle)
            bouton.add_class("cerdd-effectif")
            self.boutons.append(bouton)
        self.image = ImageVive(FigureCroissance(self.maximum))
        self.conclusion = Annonce()
        self.tableau = Annonce(role="")
        raccourcis = widgets.HBox(
            [Annonce(role="", html="<strong>Aller à :</strong>"), *self.boutons],
            layout=widgets.Layout(flex_flow="row wrap", align_items="center"),
        )
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
    def reglages(self) -> dict:
        """Les hypothèses que montrent les réglages, pour `coordination.reseau`."""
        return {
            "minutes": self.minutes.valeur,
            "part_acceptee": self.part.valeur,
            "taille_equipe": int(self.taille.valeur) if self.decoupe.value else None,
        }

    @property
    def reseau(self) -> Reseau:
        return reseau(int(self.effectif.valeur), **self.reglages)

    def actualiser(self) -> None:
        reglages = self.reglages
        self.taille.actif = self.decoupe.value
        r = self.reseau
        self.image.montrer(r, *reglages.values())
        self.conclusion.html = _conclusion(phrase_croissance(r, self.part.valeur)) + typographier(
            f"<p>{escape(self._limite())}</p>"
        )
        self.tableau.html = typographier(self._tableau(reglages))

    def _limite(self) -> str:
        reglages = self.reglages
        n = effectif_limite(**reglages)
        if reglages["taille_equipe"] is None:
            return (
                f"Avec ces hypothèses, tout le monde peut s'ajuster à tout le monde jusqu'à "
                f"{nombre(n)} personnes. Changez une hypothèse : le seuil bouge. Ce n'est donc pas "
                "une loi."
            )
        suite = (
            "L'ajustement mutuel survit dans chaque équipe, mais les référents forment un nouvel "
            "étage : la structure n'est plus tout à fait plate."
            if len(self.reseau.equipes) > 1
            else "Ici, une seule équipe suffit : rien ne change."
        )
        return f"En équipes, la limite passe à {nombre(n)} personnes. {suite}"

    def _tableau(self, reglages: dict) -> str:
        calcul = croissance(self.effectifs["effectif"], **reglages)
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
            for r in self.reperes.itertuples()
        )
        qui = "chacun" if reglages["taille_equipe"] is None else "le plus chargé"
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

    def apercu(self) -> Illustration:
        figure = FigureCroissance(self.maximum)
        return figure.illustration(self.reseau, *self.reglages.values())
