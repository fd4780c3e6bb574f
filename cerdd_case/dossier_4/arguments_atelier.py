"""Choisir des faits, les ranger dans un plan, le relire."""

from pathlib import Path

import anywidget
import pandas as pd
import traitlets as t

from ..figures.mise_en_page import Illustration
from ..socle.erreurs import ErreurCas
from ..socle.suivi import Garde, Suivi
from ..widgets.atelier import Atelier
from ..widgets.avis import en_html
from ..widgets.curseur import PAGES
from ..widgets.image import Annonce
from .arguments import (
    PARTIES,
    ajouter_personnel,
    choisir,
    deplacer,
    lire_choix,
    modifier,
    par_numero,
    texte_du_choix,
)
from .arguments_exercice import Arguments
from .plan import plan_texte, relire_plan


class TableauDePreuves(anywidget.AnyWidget):
    """Les faits et le plan, côte à côte ; les gestes de la page vont à `AtelierArguments`."""

    _esm = Path(__file__).with_name("preuves.js")
    _css = PAGES / "commun.css"

    preuves = t.List().tag(sync=True)
    sources = t.List().tag(sync=True)
    parties = t.List().tag(sync=True)
    choix = t.List().tag(sync=True)
    plan = t.Unicode("").tag(sync=True)


class AtelierArguments(Atelier):
    """Choisir des faits pour ou contre le Web 2.0 et en faire le plan de la réponse 4.3.

    - `choix` : le plan en cours, gardé dans le suivi à chaque geste ; mettre de côté ne perd rien ;
    - `plan` : le plan en texte.
    """

    cle_suivi = "atelier:arguments"

    def __init__(self, exercice: Arguments, suivi: Suivi):
        self.exercice, self.suivi = exercice, suivi
        self.preuves = tableau = exercice.preuves
        self.garde = Garde(suivi, self.cle_suivi)
        self.choix = self.garde.lire([], lire_choix)
        self.page = TableauDePreuves(
            preuves=[
                {"id": p.preuve_id, "source": p.source, "reference": p.reference,
                 "texte": p.texte, "conseil": bool(p.selection)}
                for p in tableau.itertuples()
            ],
            sources=list(dict.fromkeys(tableau["source"])),
            parties=[{"code": code, "titre": titre} for code, titre in PARTIES.items()],
        )  # fmt: skip
        self.explications = {
            p.preuve_id: p.explication for p in tableau.itertuples() if not pd.isna(p.explication)
        }
        self.relecture = Annonce()
        consigne = Annonce(
            role="",
            html="Lisez un fait, puis décidez : argument pour, ou contre ? Rangez-le dans le plan. "
            "L'avis de la collection n'apparaît qu'après votre choix, et il se discute.",
        )
        super().__init__([consigne, self.page, self.relecture])
        self.page.on_msg(lambda _, contenu, __: self.proteger(lambda: self.recevoir(contenu)))
        self.actualiser()

    @property
    def plan(self) -> str:
        """Le plan en texte, prêt à copier."""
        return plan_texte(self.choix, self.preuves)

    def recevoir(self, message: dict) -> None:
        """Un geste de la page : choisir, annoter, ranger, déplacer, mettre de côté, reprendre."""
        geste, preuve = message.get("geste"), str(message.get("preuve", ""))
        if geste == "choisir":
            self.garder(choisir(self.choix, preuve, message.get("sens")))
        elif geste == "personnel":
            try:
                nouveau = ajouter_personnel(self.choix, message.get("texte", ""), message["sens"])
            except ErreurCas as erreur:
                self.page.send({"refus": str(erreur)})
                return
            self.garder(nouveau)
            self.page.send({"personnel": "ajouté"})
        elif geste == "annoter":
            self.garder(modifier(self.choix, preuve, note=str(message.get("note", ""))))
        elif geste == "partie":
            self.garder(modifier(self.choix, preuve, partie=message.get("partie")))
        elif geste == "deplacer":
            self.garder(deplacer(self.choix, preuve, int(message.get("pas", 0))))
        elif geste in ("mettre_de_cote", "reprendre"):
            self.garder(modifier(self.choix, preuve, cote=geste == "mettre_de_cote"))

    def garder(self, choix: list[dict]) -> None:
        """Prend un nouvel état du plan et l'enregistre aussitôt."""
        self.choix = choix
        self.actualiser()
        self.garde.ecrire(choix)

    def actualiser(self) -> None:
        enrichis, preuves = [], par_numero(self.preuves)
        for c in self.choix:
            texte, reference = texte_du_choix(c, preuves)
            enrichis.append(
                {**c, "libelle": texte, "reference": reference,
                 "explication": self.explications.get(c["preuve"], "")}
            )  # fmt: skip
        with self.page.hold_sync():
            self.page.choix = enrichis
            self.page.plan = self.plan
        verdicts = relire_plan(self.choix, self.preuves)
        self.relecture.html = "<strong>Relecture de votre plan</strong>" + "".join(
            f"<div>{en_html(v)}</div>" for v in verdicts
        )

    def apercu(self) -> Illustration:
        return self.exercice.figure_du_plan(self.choix)
