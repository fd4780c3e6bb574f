"""Classer les faits du dossier 1 : forces et faiblesses, finalités, preuves de performance."""

from html import escape

import ipywidgets as widgets
import pandas as pd

from ..donnees.paquet import Donnees
from ..figures.mise_en_page import Illustration
from ..questions.verdict import Verdict
from ..socle.suivi import Garde, Suivi
from ..socle.typographie import typographier
from ..widgets.atelier import Atelier
from ..widgets.avis import classe, compter, signe
from ..widgets.image import ImageVive, Texte, _boutons
from ..widgets.liste_a_verifier import AtelierListe, _phrase_du_bilan
from .classement import categories, faits_a_classer, verifier_classement, verifier_preuve
from .diagnostic_figure import (
    DITS,
    TITRE_ETAGES,
    FigureEtages,
    FigureForcesFaiblesses,
    FigurePreuves,
)
from .vote_atelier import LARGE


class AtelierDiagnostic(Atelier):
    """Un fait après l'autre : force, faiblesse, ou ni l'une ni l'autre ? Puis le tableau.

    Les choix et les vérifications sont gardés dans le suivi.
    """

    CLE = "classement:diagnostic"

    def __init__(self, donnees: Donnees, suivi: Suivi):
        self.suivi = suivi
        self.tous = faits_a_classer("diagnostic", donnees)
        cat = categories("diagnostic", donnees)
        self.domaines = categories("domaines", donnees)
        self.libelles = dict(zip(cat["categorie"], cat["libelle"], strict=True))
        self.garde = Garde(suivi, self.CLE)
        garde = self.garde.lire({}, self._connus)
        self.reponses, self.verifies = garde["reponses"], set(garde["verifies"])
        courte = int((self.tous["serie"] == 1).sum())
        self.serie = widgets.ToggleButtons(
            options=[(f"{courte} faits", 1), (f"tous les faits ({len(self.tous)})", 2)],
            description="Série",
            style=LARGE | {"button_width": "auto"},
        )
        definitions = "".join(
            f"<li><strong>{escape(c.libelle)}</strong> : {escape(c.definition)}</li>"
            for c in cat.itertuples()
        )
        self.consigne = Texte(role="", html=f"<ul class='cerdd-definitions'>{definitions}</ul>")
        self.fiche, self.avis, self.bilan = Texte(), Texte(), Texte()
        self.choix = widgets.ToggleButtons(
            options=[(libelle, code) for code, libelle in self.libelles.items()],
            value=None,
            style=LARGE | {"button_width": "auto"},
        )
        self.choix.add_class("cerdd-choix")
        self.precedent = widgets.Button(description="◀ Fait précédent")
        self.verifier = widgets.Button(description="Vérifier ce fait")
        self.suivant = widgets.Button(description="Fait suivant ▶")
        self.recommencer = widgets.Button(description="↺ Tout recommencer")
        self.image = ImageVive(FigureForcesFaiblesses(self.domaines))
        self.rang = 0
        self._suspendu = False
        super().__init__(
            [
                self.serie,
                self.consigne,
                self.fiche,
                self.choix,
                self.avis,
                _boutons(self.precedent, self.verifier, self.suivant, self.recommencer),
                self.bilan,
                self.image,
            ]
        )
        self.relier(self.serie, "value")
        self.choix.observe(lambda _: self.proteger(self._choisir), names="value")
        self.au_clic(self.precedent, lambda: self._aller(-1))
        self.au_clic(self.suivant, lambda: self._aller(1))
        self.au_clic(self.verifier, self._verifier)
        self.au_clic(self.recommencer, self._recommencer)
        self.actualiser()

    def _connus(self, garde: dict) -> dict:
        """Ce qu'une autre version de la collection a gardé, sans ce que celle-ci ne montre pas."""
        faits = set(self.tous["fait_id"])
        reponses = {
            f: c for f, c in garde.get("reponses", {}).items() if f in faits and c in self.libelles
        }
        verifies = sorted(f for f in set(garde.get("verifies", [])) if f in reponses)
        return {"reponses": reponses, "verifies": verifies}

    @property
    def faits(self) -> pd.DataFrame:
        """Les faits de la série choisie."""
        return self.tous[self.tous["serie"] <= self.serie.value].reset_index(drop=True)

    @property
    def classement(self) -> pd.DataFrame:
        """Les faits, la réponse donnée et son verdict ; voir `verifier_classement`."""
        return verifier_classement(self.reponses, self.faits)

    @property
    def courant(self) -> str:
        """L'identifiant du fait affiché."""
        return self.faits["fait_id"].iloc[self.rang]

    def _aller(self, pas: int) -> None:
        self.rang = (self.rang + pas) % len(self.faits)
        self.actualiser()

    def _choisir(self) -> None:
        if self._suspendu or self.choix.value is None:
            return
        if self.reponses.get(self.courant) != self.choix.value:
            self.reponses[self.courant] = self.choix.value
            self.verifies.discard(self.courant)
        self.actualiser()
        self._garder()

    def _verifier(self) -> None:
        if self.courant in self.reponses:
            self.verifies.add(self.courant)
        self.actualiser()
        self._garder()

    def _recommencer(self) -> None:
        self.reponses, self.verifies, self.rang = {}, set(), 0
        self.actualiser()
        self._garder()

    def _garder(self) -> None:
        self.garde.ecrire({"reponses": self.reponses, "verifies": sorted(self.verifies)})

    def actualiser(self) -> None:
        if self._suspendu:
            return
        classement = self.classement
        self.rang = min(self.rang, len(classement) - 1)
        fait = classement.iloc[self.rang]
        self.fiche.html = (
            f"<div class='cerdd-fiche'><span class='cerdd-aide'>Fait {self.rang + 1} sur "
            f"{len(classement)} · {escape(fait['reference'])}</span>"
            f"<p class='conclusion'>{escape(fait['fait'])}</p></div>"
        )
        self._suspendu = True
        try:
            self.choix.value = fait["reponse"] or None
        finally:
            self._suspendu = False
        self.verifier.disabled = not fait["reponse"]
        self.avis.html = self._avis(classement.iloc[[self.rang]])
        verifies = classement[classement["fait_id"].isin(self.verifies)]
        self.bilan.html = self._bilan(classement, verifies)
        self.image.montrer(classement, self.verifies)

    def _avis(self, ligne: pd.DataFrame) -> str:
        fait = next(ligne.itertuples())
        if fait.fait_id not in self.verifies:
            etat = "Choix noté : vérifiez, ou passez au suivant." if fait.reponse else (
                "À vous : force, faiblesse, ou ni l'une ni l'autre ?"
            )  # fmt: skip
            return f"<div class='cerdd-avis sans-objet'>{etat}</div>"
        verdict = fait.verdict
        return (
            f"<div class='cerdd-avis {classe(verdict)}'>{signe(verdict)} "
            f"{DITS[verdict.etat].capitalize()}. {escape(verdict.phrase)}</div>"
        )

    def _bilan(self, classement: pd.DataFrame, verifies: pd.DataFrame) -> str:
        classes = len(classement) - compter(classement["verdict"], "a_completer")
        phrase = f"Faits classés : {classes} sur {len(classement)}. "
        if len(verifies):
            phrase += _phrase_du_bilan(list(verifies["verdict"]), len(classement))
        if len(verifies) == len(classement):
            phrase += " Le tableau est complet : servez-vous-en pour rédiger."
        return f"<div class='conclusion'>{escape(phrase)}</div>"

    def apercu(self) -> Illustration:
        return FigureForcesFaiblesses(self.domaines).illustration(self.classement, self.verifies)


class AtelierFinalites(AtelierListe):
    """Finalité, mission, objectif ou moyen ? Des phrases des annexes à classer."""

    CLE = "classement:finalites"

    def __init__(self, donnees: Donnees, suivi: Suivi):
        self.faits = faits_a_classer("finalites", donnees)
        self.categories = categories("finalites", donnees)
        self.libelles = dict(
            zip(self.categories["categorie"], self.categories["libelle"], strict=True)
        )
        consigne = (
            "<p><strong>Pour chaque phrase, choisissez.</strong> Demandez-vous à quelle question "
            "elle répond : pourquoi ? quoi ? jusqu'où ? avec quoi ?</p>"
        )
        super().__init__(suivi, consigne, "Phrases à classer", self.nouvelle_figure())

    def nouvelle_figure(self):
        return FigureEtages(self.categories, TITRE_ETAGES)

    def lignes(self) -> list[dict]:
        options = [[code, libelle] for code, libelle in self.libelles.items()]
        return [
            {"texte": typographier(f.fait), "lieu": f.reference,
             "listes": [{"cle": f.fait_id, "libelle": "", "options": options}]}
            for f in self.faits.itertuples()
        ]  # fmt: skip

    def verdict(self, cle: str, choix: str) -> Verdict:
        jugee = verifier_classement({cle: choix}, self.faits)
        return jugee.set_index("fait_id").at[cle, "verdict"]

    def donnees_de_la_figure(self) -> tuple:
        return verifier_classement(self.liste.choix, self.faits), self.juges


class AtelierPerformance(AtelierListe):
    """Une preuve par dimension de la performance, et une limite : le plan de la réponse."""

    CLE = "classement:performance"

    def __init__(self, donnees: Donnees, suivi: Suivi):
        self.faits = faits_a_classer("performance", donnees)
        self.par_fait = self.faits.set_index("fait_id")
        self.categories = categories("performance", donnees)
        self.libelles = dict(
            zip(self.categories["categorie"], self.categories["libelle"], strict=True)
        )
        consigne = (
            "<p><strong>Pour chaque dimension, choisissez la preuve qui convient.</strong> Un même "
            "fait ne sert qu'une fois. La dernière ligne demande une limite.</p>"
        )
        super().__init__(suivi, consigne, "Preuves à choisir", self.nouvelle_figure())

    def nouvelle_figure(self):
        return FigurePreuves(self.categories)

    def lignes(self) -> list[dict]:
        tries = self.faits.sort_values("court")
        options = [[f.fait_id, f.court] for f in tries.itertuples()]
        return [
            {"texte": typographier(f"{c.libelle}. {c.definition}"), "lieu": "",
             "listes": [{"cle": c.categorie, "libelle": "", "options": options}]}
            for c in self.categories.itertuples()
        ]  # fmt: skip

    def verdict(self, cle: str, choix: str) -> Verdict:
        deja = [self.libelles[c] for c, f in self.liste.choix.items() if f == choix and c != cle]
        return verifier_preuve(cle, choix, self.faits, deja)

    def donnees_de_la_figure(self) -> tuple:
        lignes = []
        for c in self.categories.itertuples():
            choix = self.liste.choix.get(c.categorie)
            fait = self.par_fait.loc[choix] if choix else {"court": "", "reference": ""}
            juge = c.categorie in self.juges
            attente = verifier_preuve(c.categorie, None, self.faits)
            lignes.append(
                {
                    "categorie": c.categorie, "libelle": c.libelle, "definition": c.definition,
                    "court": fait["court"], "reference": fait["reference"],
                    "verdict": self.verdict(c.categorie, choix) if juge else attente,
                }
            )  # fmt: skip
        return (pd.DataFrame(lignes),)
