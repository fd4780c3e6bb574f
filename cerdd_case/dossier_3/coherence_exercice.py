"""Assembler trois choix d'organisation."""

from collections.abc import Mapping
from itertools import combinations, product
from typing import Any

import pandas as pd

from ..donnees.lecture import ouvrir
from ..donnees.paquet import Donnees
from ..figures.mise_en_page import Illustration
from ..questions.exercice import Exercice, Fiche
from ..questions.verdict import Verdict
from .coherence import DIMENSIONS, Assemblage, faits_cites
from .coherence_figure import FigureCoherence


class Coherence(Exercice):
    """Assembler structure, mécanisme de coordination et système de décision.

    Réponses : une option par dimension. `options`, `regles`, `indices` : les tableaux de
    l'atelier, lus une fois.

    `confronte` : faux à l'ouverture, où l'on ne dit que l'accord des trois choix ; ce qu'en disent
    les faits se demande, ou vient avec une réponse. `a_ranger` : ceux que l'élève range d'abord (voir
    `notions.Notions`).

    Les structures et les mécanismes viennent de la typologie de Mintzberg, les styles de
    décision de celle de Likert. Lève `ErreurDonnees` si un tableau est abîmé.
    """

    depart = {"structure": "simple", "mecanisme": "supervision_directe", "decision": "autoritaire"}

    def __init__(self, donnees: Donnees):
        self.confronte = False
        self.options = options = donnees.table("corrige-coherence-options").sort_values("rang")
        self.definitions = dict(options[["option", "definition"]].to_numpy())
        self.possibles = {
            d: dict(options.loc[options["dimension"] == d, ["option", "libelle"]].to_numpy())
            for d in DIMENSIONS
        }
        faits = faits_cites(donnees)[["lieu", "fait"]]
        self.indices = donnees.table("corrige-coherence-indices").join(faits, on="fait_id")
        lieux = zip(self.indices["lieu"], self.indices["fait_id"], strict=True)
        self.indices["renvoi"] = [ouvrir(donnees, lieu, [fait]) for lieu, fait in lieux]
        self.a_ranger = set(donnees.table("corrige-coherence-faits")["fait_id"])
        self.faits = {o: list(ici.itertuples()) for o, ici in self.indices.groupby("option")}
        regles = donnees.table("corrige-coherence-regles")
        self.regles = regles.set_index(["option_a", "option_b"])
        self.accords = {r.Index: (r.accord, r.explication) for r in self.regles.itertuples()}

    def juger(self, reponses: Mapping[str, str]) -> dict[str, Verdict]:
        assemblage = self.evaluer(**reponses)
        phrase = assemblage.conclusion if self.confronte else assemblage.accord
        return {"assemblage": Verdict("coherence", "constat", phrase)}

    def figure(self, reponses: Mapping[str, str]) -> Illustration:
        return FigureCoherence().illustration(self.evaluer(**reponses), self.confronte)

    def fiche(
        self,
        nom: str,
        reponses: Mapping[str, object] | None = None,
        complete: bool = False,
        **reglages: Any,
    ) -> Fiche:
        self.confronte = self.confronte or complete or bool(reponses or reglages)
        return super().fiche(nom, reponses, **reglages)

    def evaluer(self, structure: str, mecanisme: str, decision: str) -> Assemblage:
        """Confronte trois choix aux règles de cohérence et aux faits du sujet.

        Lève `ErreurCas` si une option n'existe pas.
        """
        choix = self.lire({"structure": structure, "mecanisme": mecanisme, "decision": decision})
        return Assemblage(
            choix,
            {d: self.possibles[d][option] for d, option in choix.items()},
            [(a, b, *self.accords[choix[a], choix[b]]) for a, b in combinations(DIMENSIONS, 2)],
            {d: self.faits.get(option, []) for d, option in choix.items()},
        )

    def tous(self) -> pd.DataFrame:
        """Tous les assemblages possibles : les trois options, `tenue` et `appui`."""
        assemblages = [self.evaluer(*choix) for choix in product(*self.possibles.values())]
        return pd.DataFrame([{**a.choix, "tenue": a.tenue, "appui": a.appui} for a in assemblages])

    def coherents(self) -> pd.DataFrame:
        """Les assemblages dont les trois choix se renforcent, en toutes lettres.

        Colonnes : `structure, mecanisme, decision` (libellés) et `appui` (« appuyé », « partagé »,
        « contredit »), ce qu'en disent les faits.
        """
        forts = self.tous().query("tenue == 'forte'").drop(columns="tenue").reset_index(drop=True)
        return forts.assign(**{d: forts[d].map(self.possibles[d]) for d in DIMENSIONS})
