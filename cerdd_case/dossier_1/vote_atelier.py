"""Régler des voix et une majorité, et voir qui pèse dans le vote."""

from functools import partial
from html import escape

import ipywidgets as widgets

from ..questions.essais import Reprises
from ..socle.nombres import pourcent
from ..widgets.atelier import Atelier, bascule, grille, rangee
from ..widgets.avis import VOIR, conclusion, en_html, tableau
from ..widgets.curseur import Curseur
from ..widgets.image import Annonce, ImageVive
from . import vote
from .vote_exercice import VOIX_A_REGLER, Vote
from .vote_figure import FigurePouvoir


class AtelierVote(Atelier[Vote]):
    """Des voix et une majorité à régler : coalitions gagnantes, membres décisifs, pouvoir.

    - `voix` et `seuil` : l'état des curseurs, à lire ; `appliquer(voix, seuil)` le change ;
    - le pouvoir reste caché tant que le pari sur celui des collectivités n'est pas juste, ou que la
      réponse n'est pas montrée.
    """

    MAJORITES = (
        ("Majorité simple", vote.SIMPLE),
        ("Deux tiers", vote.DEUX_TIERS),
        ("Unanimité", vote.UNANIMITE),
    )

    AIDES = {
        "etat": "Il vote pour l'État : c'est l'un des deux fondateurs.",
        "region": "Elle est l'autre fondatrice.",
        "collectivites": "Nous les comptons comme un seul bloc, qui vote d'une seule voix.",
        "partenaire": "L'audit conseille d'en chercher. Et si on lui donnait des voix ?",
    }

    def composer(self) -> list:
        self.sujet = sujet = self.exercice.sujet
        entieres = all(v == int(v) for v in sujet.values())
        unite, pas = ("entier", 1) if entieres else ("nombre", 0.1)
        self.curseurs = {
            m: self.relier(Curseur(f"Voix : {vote.nom(m)}", v, aide=self.AIDES[m], unite=unite,
                                   pas=pas, minimum=0, maximum=VOIX_A_REGLER, repere=v))
            for m, v in sujet.items()
        }  # fmt: skip
        self.majorite = self.relier(Curseur(
            "Majorité exigée", vote.SIMPLE, unite="part", minimum=vote.SIMPLE, maximum=1, pas=0.01,
            aide="À 50\u202f% : majorité simple, plus de la moitié. Au-dessus : au moins cette "
            "part. Le sujet ne dit pas laquelle s'applique.",
        ))  # fmt: skip
        part = pourcent(sujet[vote.OBSERVE] / sum(sujet.values()), 0)
        question = Annonce(
            role="",
            html="<strong>Pariez avant de regarder.</strong> À la majorité simple, les "
            f"collectivités ont {part} des voix. Quelle part du pouvoir ont-elles ?",
        )
        paris = [(dit, p) for p, dit in self.exercice.paris.items()]
        self.pari = self.relier(bascule("", paris), self._parier)
        self.voir = self.bouton(VOIR, self._voir)
        self.reprises = Reprises(self.memoire, self.exercice.cle)
        self.boutons = [
            self.bouton(dit, partial(self.placer, (self.majorite, seuil)))
            for dit, seuil in self.MAJORITES
        ]
        self.retour = self.bouton(
            "↺ Revenir aux voix du sujet", lambda: self.appliquer(sujet, vote.SIMPLE)
        )
        self.calcul = self.relier(widgets.ToggleButton(description="Montrer le calcul pas à pas"))
        self.image = ImageVive(FigurePouvoir())
        self.conclusion, self.verdict, self.detail = Annonce(), Annonce(), Annonce(role="")
        return [
            question, self.pari, self.verdict, self.voir,
            grille(self.majorite, rangee(*self.boutons, self.retour)),
            self.conclusion, self.image, grille(*self.curseurs.values()),
            rangee(self.calcul), self.detail,
        ]  # fmt: skip

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
        """Place les curseurs."""
        voix_placees = [(curseur, voix[membre]) for membre, curseur in self.curseurs.items()]
        self.placer(*voix_placees, (self.majorite, seuil))

    def _parier(self) -> None:
        self.reprises.noter({"pari": self.exercice.juger_pari(self.pari.value)}, self.reponses)
        self.actualiser()

    def _voir(self) -> None:
        self.reprises.montrer("pari")
        self.actualiser()

    def actualiser(self) -> None:
        pari = self.exercice.juger_pari(self.pari.value)
        pari = self.reprises.dater({"pari": pari})["pari"]
        self.exercice.montre = bool(pari.montre)
        parie = self.exercice.se_montre(pari)
        self.verdict.html = f"<p>{en_html(pari)}</p>" if pari.juste is not None else ""
        self.voir.layout.display = None if pari.a_demander else "none"
        self.calcul.disabled = not parie
        try:
            phrase = self.exercice.juger(self.reponses)["vote"].phrase
        except vote.ErreurVote as erreur:  # toutes les voix à zéro : la dernière image reste
            self.conclusion.html = f"<div class='non'>✘ {escape(str(erreur))}</div>"
            self.detail.html = ""
            return
        self.image.montrer(self.voix, self.seuil, parie)
        self.conclusion.html = conclusion(phrase)
        self.detail.html = self._calcul() if parie and self.calcul.value else ""

    def _calcul(self) -> str:
        voix = {m: v for m, v in self.voix.items() if v > 0}
        mesure, ordres = vote.peser(voix, self.seuil), vote.ordres_de_ralliement(voix, self.seuil)
        decisions = sum(m.decisif for m in mesure)
        lignes = [
            (escape(vote.nom(m.membre)), pourcent(m.part),
             f"{m.decisif} sur {decisions}",
             pourcent(m.banzhaf), f"{m.ordres} sur {len(ordres)}", pourcent(m.shapley))
            for m in mesure
        ]  # fmt: skip
        entetes = ("Membre", "Voix", "Décisif", "Banzhaf", "Bascules", "Shapley")
        noms = {m: escape(vote.nom(m)) for m in voix}
        suites = ""
        for o in ordres.itertuples():
            etoile = {o.pivot: f"<strong>★ {noms[o.pivot]}</strong>"}
            suites += f"<li>{' → '.join((noms | etoile)[m] for m in o.ordre)}</li>"
        return (
            "<p><strong>Banzhaf</strong> compte les étoiles de la figure : les fois où un membre "
            "est décisif. <strong>Shapley</strong> fait entrer les membres un par un, dans tous "
            "les ordres, et compte les bascules : les fois où un membre fait atteindre la majorité "
            f"(★).</p>{tableau(entetes, lignes, '.nnnnn')}"
            f"<p>Les {len(ordres)} ordres possibles :</p><ol class='cerdd-ordres'>{suites}</ol>"
        )
