"""Régler des voix et une majorité, et voir qui pèse dans le vote."""

from html import escape

import ipywidgets as widgets

from ..socle.nombres import pourcent
from ..widgets.atelier import Atelier, bascule, grille, rangee
from ..widgets.avis import classe, conclusion, signe
from ..widgets.curseur import Curseur
from ..widgets.image import ImageVive, Texte
from .vote import (
    DEUX_TIERS,
    OBSERVE,
    SIMPLE,
    UNANIMITE,
    ErreurVote,
    majorite_requise,
    nom,
    ordres_de_ralliement,
    pouvoir,
)
from .vote_figure import FigurePouvoir
from .vote_lecture import Vote


class AtelierGouvernance(Atelier):
    """Des voix et une majorité à régler : coalitions gagnantes, membres décisifs, pouvoir.

    - `voix` et `seuil` : l'état des curseurs, à lire ; `appliquer(voix, seuil)` le change ;
    - le pouvoir reste caché tant que personne n'a parié sur celui des collectivités.
    """

    MAJORITES = (("Majorité simple", SIMPLE), ("Deux tiers", DEUX_TIERS), ("Unanimité", UNANIMITE))

    def __init__(self, exercice: Vote):
        self.exercice, self.sujet = exercice, exercice.sujet
        aides = {
            "etat": "Il vote pour l'État : c'est l'un des deux fondateurs.",
            "region": "Elle est l'autre fondatrice.",
            "collectivites": "Nous les comptons comme un seul bloc, qui vote d'une seule voix.",
            "partenaire": "L'audit conseille d'en chercher. Et si on lui donnait des voix ?",
        }
        entieres = all(v == int(v) for v in self.sujet.values())
        unite, pas = ("entier", 1) if entieres else ("nombre", 0.1)
        self.curseurs = {
            m: Curseur(f"Voix : {nom(m)}", v, aide=aides[m], unite=unite, minimum=0, maximum=100,
                       pas=pas, repere=v)
            for m, v in self.sujet.items()
        }  # fmt: skip
        self.majorite = Curseur(
            "Majorité exigée", SIMPLE, unite="part", minimum=SIMPLE, maximum=1, pas=0.01,
            aide="À 50\u202f% : majorité simple, plus de la moitié. Au-dessus : au moins cette "
            "part. Le sujet ne dit pas laquelle s'applique.",
        )  # fmt: skip
        part = self.sujet[OBSERVE] / sum(self.sujet.values())
        self.question = Texte(
            role="",
            html="<strong>Pariez avant de regarder.</strong> À la majorité simple, les "
            f"collectivités ont {pourcent(part, 0)} des voix. Quelle part du pouvoir ont-elles ?",
        )
        self.pari = bascule("", [(dit, p) for p, dit in exercice.paris.items()])
        self.boutons = [widgets.Button(description=dit) for dit, _ in self.MAJORITES]
        self.retour = widgets.Button(description="↺ Revenir aux voix du sujet")
        self.calcul = widgets.ToggleButton(description="Montrer le calcul pas à pas")
        self.image = ImageVive(FigurePouvoir())
        self.conclusion, self.verdict, self.detail = Texte(), Texte(), Texte(role="")
        self._suspendu = False
        super().__init__(
            [
                self.question,
                self.pari,
                self.verdict,
                grille(self.majorite, rangee(*self.boutons, self.retour)),
                self.conclusion,
                self.image,
                grille(*self.curseurs.values()),
                rangee(self.calcul),
                self.detail,
            ]
        )
        for element in (self.majorite, *self.curseurs.values()):
            self.relier(element, "valeur")
        self.relier(self.pari, "value")
        self.relier(self.calcul, "value")
        for bouton, (_, seuil) in zip(self.boutons, self.MAJORITES, strict=True):
            self.au_clic(bouton, lambda s=seuil: self.appliquer(self.voix, s))
        self.au_clic(self.retour, lambda: self.appliquer(self.sujet, SIMPLE))
        self.actualiser()

    @property
    def voix(self) -> dict[str, float]:
        """Les voix de chaque membre."""
        return {m: c.valeur for m, c in self.curseurs.items()}

    @property
    def seuil(self) -> float:
        """La majorité exigée (part)."""
        return self.majorite.valeur

    @property
    def reponses(self) -> dict:
        return {**self.voix, "majorite": self.seuil, "pari": self.pari.value}

    def appliquer(self, voix: dict[str, float], seuil: float) -> None:
        """Place les curseurs ; la figure est redessinée une seule fois."""
        self._suspendu = True
        try:
            for membre, curseur in self.curseurs.items():
                curseur.erreur = ""
                curseur.valeur = voix[membre]
            self.majorite.erreur = ""
            self.majorite.valeur = seuil
        finally:
            self._suspendu = False
        self.actualiser()

    def actualiser(self) -> None:
        if self._suspendu:
            return
        pari = self.exercice.juger_pari(self.pari.value)
        parie = pari.juste is not None
        self.verdict.html = (
            f"<div class='{classe(pari)}'>{signe(pari)} {pari.phrase}</div>" if parie else ""
        )
        self.calcul.disabled = not parie
        try:
            phrase = self.exercice.juger(self.reponses)["vote"].phrase
        except ErreurVote as erreur:  # toutes les voix à zéro : la dernière image reste
            self.conclusion.html = f"<div class='non'>✘ {escape(str(erreur))}</div>"
            self.detail.html = ""
            return
        self.image.montrer(self.voix, self.seuil, parie)
        if not parie:
            phrase = (
                f"Il faut {majorite_requise(self.seuil)}. Cherchez d'abord qui peut gagner avec "
                "qui, puis pariez : le pouvoir de chacun apparaîtra."
            )
        self.conclusion.html = conclusion(phrase)
        self.detail.html = self._calcul() if parie and self.calcul.value else ""

    def _calcul(self) -> str:
        voix = {m: v for m, v in self.voix.items() if v > 0}
        mesure, ordres = pouvoir(voix, self.seuil), ordres_de_ralliement(voix, self.seuil)
        lignes = "".join(
            f"<tr><td>{escape(nom(m.membre))}</td><td class='nombre'>{pourcent(m.part)}</td>"
            f"<td class='nombre'>{m.decisif} sur {mesure['decisif'].sum()}</td>"
            f"<td class='nombre'>{pourcent(m.banzhaf)}</td>"
            f"<td class='nombre'>{m.ordres} sur {len(ordres)}</td>"
            f"<td class='nombre'>{pourcent(m.shapley)}</td></tr>"
            for m in mesure.itertuples()
        )
        suites = "".join(
            "<li>"
            + " → ".join(
                f"<strong>★ {escape(nom(m))}</strong>" if m == o.pivot else escape(nom(m))
                for m in o.ordre
            )
            + "</li>"
            for o in ordres.itertuples()
        )
        return (
            "<p><strong>Banzhaf</strong> compte les étoiles de la figure : les fois où un membre "
            "est décisif. <strong>Shapley</strong> fait entrer les membres un par un, dans tous "
            "les ordres, et compte les bascules : les fois où un membre fait atteindre la majorité "
            "(★).</p>"
            "<table><thead><tr><th>Membre</th><th class='nombre'>Voix</th>"
            "<th class='nombre'>Décisif</th><th class='nombre'>Banzhaf</th>"
            "<th class='nombre'>Bascules</th><th class='nombre'>Shapley</th></tr>"
            f"</thead><tbody>{lignes}</tbody></table>"
            f"<p>Les {len(ordres)} ordres possibles :</p><ol class='cerdd-ordres'>{suites}</ol>"
        )
