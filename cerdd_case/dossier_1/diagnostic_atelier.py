"""Classer les faits du diagnostic, un après l'autre."""

from html import escape

import pandas as pd

from ..questions.exercice import Listes
from ..questions.verdict import Verdict
from ..widgets.atelier import bascule, rangee
from ..widgets.avis import VOIR, classe, conclusion, signe
from ..widgets.image import Annonce
from ..widgets.listes import AtelierListes
from .classement import DITS, DiagnosticInterne, phrase_du_bilan


class AtelierDiagnostic(AtelierListes):
    """Un fait après l'autre : force, faiblesse, ou ni l'une ni l'autre ? Puis le tableau.

    Les choix et les vérifications sont gardés dans la mémoire.
    """

    exercice: DiagnosticInterne

    def composer(self) -> list:
        tous = self.exercice.faits
        courte = tous[tous["serie"] == 1].reset_index(drop=True)
        self.series = {1: courte, 2: tous}
        self.serie = bascule(
            "Série", [(f"{len(courte)} faits", 1), (f"tous les faits ({len(tous)})", 2)], 1
        )
        self.fiche, self.avis = Annonce(), Annonce()
        self.choix = bascule("", [(nom, code) for code, nom in self.exercice.libelles.items()])
        self.choix.add_class("cerdd-choix")
        gestes = {
            "◀ Fait précédent": lambda: self._aller(-1),
            "Vérifier ce fait": lambda: self.verifier(self.courant),
            "Fait suivant ▶": lambda: self._aller(1),
            "Tout effacer": self.effacer,
            VOIR: lambda: self.reveler(self.courant),
            "↺ Rétablir ce qui vient d'être effacé": self.retablir,
        }
        self.boutons = {nom: self.bouton(nom, geste) for nom, geste in gestes.items()}
        _, self.bouton_verifier, *_, self.bouton_voir, self.bouton_retablir = self.boutons.values()
        self.rang = 0
        self.relier(self.serie)
        self.relier(self.choix, self._classer)
        consigne = Annonce(role="", html=self.exercice.consigne)
        return [self.serie, consigne, self.fiche, self.choix, self.avis,
                rangee(*self.boutons.values()), self.bilan, self.image]  # fmt: skip

    @property
    def faits(self) -> pd.DataFrame:
        """Les faits de la série choisie."""
        return self.series[self.serie.value]

    @property
    def courant(self) -> str:
        """L'identifiant du fait affiché."""
        return self.faits["fait_id"].iloc[self.rang]

    def _aller(self, pas: int) -> None:
        self.rang = (self.rang + pas) % len(self.faits)
        self.actualiser()

    def _classer(self) -> None:
        if self.choix.value not in (None, self.reponses.get(self.courant)):
            self.repondre({**self.reponses, self.courant: self.choix.value})

    def effacer(self) -> None:
        self.rang = 0
        super().effacer()

    def _reprendre(self, exercice: Listes) -> tuple[dict, dict]:
        def connus(garde: dict) -> dict:
            reponses = exercice.connues(garde.get("reponses", {}))
            verifies = sorted(f for f in set(garde.get("verifies", [])) if f in reponses)
            return {"reponses": reponses, "verifies": verifies}

        garde = self.garde.lire({}, connus)
        return garde["reponses"], {c: garde["reponses"][c] for c in garde["verifies"]}

    def _a_garder(self) -> dict:
        return {"reponses": self.reponses, "verifies": sorted(self.verifies)}

    def montrer(self, verdicts: dict[str, Verdict]) -> None:
        faits = self.faits
        self.rang = min(self.rang, len(faits) - 1)
        fait, reponse = faits.iloc[self.rang], self.reponses.get(self.courant)
        self.fiche.html = (
            f"<div class='cerdd-fiche'><span class='cerdd-aide'>Fait {self.rang + 1} sur "
            f"{len(faits)}</span><p class='conclusion'>{escape(fait['fait'])}</p>"
            f"<details class='cerdd-renvoi'><summary>{escape(fait['reference'])}</summary>"
            f"<blockquote>{self.exercice.passages[self.courant]}</blockquote></details></div>"
        )
        self.choix.value = reponse
        self.bouton_verifier.disabled = reponse is None
        self.bouton_retablir.layout.display = None if self.retablissable else "none"
        verdict = verdicts.get(self.courant)
        self.avis.html = self._avis(reponse, verdict)
        self.bouton_voir.layout.display = None if verdict and verdict.a_demander else "none"
        ici = self.visibles
        phrase = f"Faits classés : {len(ici)} sur {len(faits)}. "
        vus = [verdicts[f] for f in ici if f in verdicts]
        if vus:
            phrase += phrase_du_bilan(vus, len(faits))
        if len(vus) == len(faits):
            phrase += " Le tableau est complet : servez-vous-en pour rédiger."
        self.bilan.html = conclusion(phrase)
        self.dessiner()

    @property
    def visibles(self) -> dict:
        return {f: self.reponses[f] for f in self.faits["fait_id"] if f in self.reponses}

    @staticmethod
    def _avis(reponse: str | None, verdict: Verdict | None) -> str:
        if verdict is not None:
            dit = f"{signe(verdict)} {DITS[verdict.etat].capitalize()}. {escape(verdict.texte)}"
            return f"<div class='cerdd-avis {classe(verdict)}'>{dit}</div>"
        attente = (
            "Choix noté : vérifiez, ou passez au suivant." if reponse
            else "À vous : force, faiblesse, ou ni l'une ni l'autre ?"
        )  # fmt: skip
        return f"<div class='cerdd-avis sans-objet'>{attente}</div>"
