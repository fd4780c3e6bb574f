"""Choisir des faits, les ranger dans un plan, le relire."""

from collections.abc import Callable
from pathlib import Path

import anywidget
import pandas as pd
import traitlets as t

from ..figures.mise_en_page import Illustration
from ..socle.erreurs import ErreurCas
from ..socle.memoire import Garde
from ..widgets.atelier import Atelier
from ..widgets.avis import en_html
from ..widgets.curseur import avec_commun
from ..widgets.image import Annonce
from ..widgets.texte import Texte, Textes
from . import arguments as calcul
from .arguments_exercice import Arguments


class TableauDePreuves(anywidget.AnyWidget):
    """Les faits et le plan, côte à côte ; les gestes de la page vont à `AtelierArguments`."""

    _esm = avec_commun(Path(__file__).with_name("preuves.js"))
    _css = avec_commun(Path(__file__).with_name("preuves.css"))

    preuves = Textes().tag(sync=True)
    conseils: t.List = t.List().tag(sync=True)
    sources = Textes().tag(sync=True)
    parties = Textes().tag(sync=True)
    choix: t.List = t.List().tag(sync=True)
    plan = Texte("").tag(sync=True)


class AtelierArguments(Atelier[Arguments]):
    """Choisir des faits pour ou contre le Web 2.0 et en faire le plan de la réponse 4.3.

    - `choix` : le plan en cours, gardé dans la mémoire à chaque geste ; mettre de côté ne perd rien ;
    - `plan` : le plan en texte ;
    - `relu` : vrai une fois qu'un plan est relu (ou avec `complete=True`) ; les faits conseillés se
      montrent alors.
    """

    GESTES: dict[str, Callable[..., list]] = {"choisir": calcul.choisir, "ajouter": calcul.ajouter_personnel,
              "modifier": calcul.modifier, "deplacer": calcul.deplacer}  # fmt: skip

    def composer(self, complete: bool = False) -> list:
        self.relu = complete
        self.garde = Garde(self.memoire, "atelier:arguments")
        self.choix, faits = self.garde.lire([], calcul.lire_choix), self.exercice.preuves.values()
        self.page = TableauDePreuves(
            preuves=[
                {"id": p.preuve_id, "source": p.source, "reference": p.reference, "texte": p.texte}
                for p in faits
            ],
            sources=list(dict.fromkeys(p.source for p in faits)),
            parties=[{"code": code, "titre": titre} for code, titre in calcul.PARTIES.items()],
        )  # fmt: skip
        self.page.on_msg(lambda _, contenu, __: self.proteger(lambda: self.recevoir(contenu)))
        self.relecture = Annonce()
        consigne = Annonce(
            role="",
            html="Lisez un fait, puis décidez : argument pour, ou contre ? Rangez-le dans le plan, puis "
            "relisez-le. L'avis de la collection n'apparaît qu'après votre choix, et il se discute.",
        )
        self.relire_le_plan = self.bouton("Relire mon plan", self.relire)
        return [consigne, self.page, self.relire_le_plan, self.relecture]

    @property
    def plan(self) -> str:
        """Le plan en texte, prêt à copier."""
        return calcul.plan_texte(self.choix, self.exercice.preuves)

    def recevoir(self, message: dict) -> None:
        """Un geste de la page : un nom de `GESTES`, et ce qu'attend la fonction."""
        demande = dict(message)
        geste = demande.pop("geste")
        if geste == "lire":
            code = demande["preuve"]
            passage = self.exercice.passage(code)
            self.page.send({"fait": geste, "preuve": code, "passage": passage})
        if geste not in self.GESTES:
            return
        try:
            self.choix = self.GESTES[geste](self.choix, **demande)
        except ErreurCas as erreur:
            self.page.send({"refus": str(erreur)})
            return
        self.actualiser()
        self.garde.ecrire(self.choix)
        self.page.send({"fait": geste})

    def relire(self) -> None:
        """Relit le plan, maintenant et après chaque geste ; s'il contient un fait, montre les conseillés."""
        self.relu = self.relu or not all(c["cote"] for c in self.choix)
        self.actualiser()
        self._dire()

    def actualiser(self) -> None:
        with self.page.hold_sync():
            self.page.choix = [self._enrichir(c) for c in self.choix]
            self.page.plan = self.plan
            self.page.conseils = self.exercice.conseilles if self.relu else []
        if self.relu:
            self._dire()

    def _dire(self) -> None:
        verdicts = calcul.relire_plan(self.choix, self.exercice.preuves)
        self.relecture.html = "<strong>Relecture de votre plan</strong>" + "".join(
            f"<div>{en_html(v)}</div>" for v in verdicts
        )

    def _enrichir(self, choix: dict) -> dict:
        """Un choix tel que la page le montre."""
        texte, reference = calcul.texte_du_choix(choix, self.exercice.preuves)
        preuve = self.exercice.preuves.get(choix["preuve"])
        avis = "" if preuve is None or pd.isna(preuve.explication) else preuve.explication
        return {**choix, "libelle": texte, "reference": reference, "explication": avis}

    def apercu(self) -> Illustration:
        return self.exercice.figure_du_plan(self.choix, self.relu)
