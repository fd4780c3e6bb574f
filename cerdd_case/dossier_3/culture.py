"""La culture : ranger les faits dans ses composantes, les relier à la performance."""

from collections.abc import Collection, Mapping
from html import escape
from typing import Any

import pandas as pd

from ..donnees.lecture import passages
from ..donnees.paquet import Donnees
from ..figures.mise_en_page import Illustration
from ..questions.exercice import Exercice, Fiche, Listes, a_choisir, ligne
from ..questions.registre import confusions
from ..questions.verdict import Verdict
from ..socle.typographie import pluriel
from .coherence import faits_cites
from .culture_figure import FigureCulture, leviers


def composantes(donnees: Donnees) -> pd.DataFrame:
    """Les composantes d'une culture, dans l'ordre, et ce que le sujet tait de chacune.

    Colonnes : `composante, libelle, definition, couverture, silence, silence_court`. La dernière
    ligne, « aucune », accueille les faits qui ne décrivent pas la culture.
    """
    tableau = donnees.table("corrige-culture-composantes")
    return tableau.sort_values("rang").drop(columns="rang").reset_index(drop=True)


def faits_de_culture(donnees: Donnees) -> pd.DataFrame:
    """Les faits de la carte : `fait_id, composante, aussi, statut, a_classer, etiquette, lecture`,
    avec leur `lieu` et le `fait` lui-même.

    `aussi` : un second rangement défendable ; `statut` : « dit » (le sujet le présente ainsi) ou
    « deduit » (c'est notre lecture).
    """
    faits = faits_cites(donnees)[["lieu", "fait"]]
    return donnees.table("corrige-culture-faits").join(faits, on="fait_id")


def effets_de_la_culture(donnees: Donnees) -> pd.DataFrame:
    """De la culture à la performance, un enchaînement par ligne.

    Colonnes : `trait`, `conduite`, `effet`, avec `lieu_trait`, `lieu_conduite`, `lieu_effet`
    (où est la preuve), `dimension` de la performance et `limite`. Les « donc » entre les maillons
    et les limites sont un raisonnement de la collection.
    """
    lieux = faits_cites(donnees)["lieu"]
    tableau = donnees.table("corrige-culture-effets").sort_values("rang", ignore_index=True)
    for maillon in ("trait", "conduite", "effet"):
        tableau[f"lieu_{maillon}"] = tableau[f"preuve_{maillon}"].map(lieux)
    return tableau


class Etape(Listes):
    """Une étape ; `objet` : ce que l'on y choisit, `a_faire` : ce que l'on en dit d'abord."""

    proposable = True
    objet: str
    a_faire: str

    def juger(self, reponses: Mapping[str, str]) -> dict[str, Verdict]:
        vide = Verdict("culture", "a_completer", self.a_faire)
        return {c: self._juger(c, reponses[c]) if c in reponses else vide for c in self.solution()}

    def _juger(self, cle: str, choix: str) -> Verdict:
        """Le verdict d'un seul choix."""
        raise NotImplementedError

    def bilan(self, choisis: int, verdicts: list[Verdict]) -> str:
        total, etats = len(self.cles), [v.etat for v in verdicts]
        if not etats:
            suite = " Pressez « Vérifier »." if choisis else ""
            return f"{choisis} {pluriel(self.objet, choisis)} sur {total}.{suite}"
        fin = (
            "Corrigez ce qui porte une croix, puis vérifiez à nouveau."
            if "faux" in etats
            else "Tout est en place : affichez la proposition et comparez."
            if len(etats) == total
            else f"Il en reste {total - len(etats)}."
        )
        defendables = etats.count("presque")
        aussi = f", {defendables} à discuter" if defendables else ""
        return f"{etats.count('juste')} sur {total} comme dans la proposition{aussi}. {fin}"


class Ranger(Etape):
    """Les faits à ranger dans les composantes de la culture."""

    cle, titre, objet, a_faire = "culture:rangement", "Faits à ranger", "fait", "À ranger."
    bilan_propose = (
        "Carte proposée par la collection. En pointillés : ce que le sujet ne dit pas lui-même."
    )

    def __init__(self, donnees: Donnees):
        self.composantes, self.faits = composantes(donnees), faits_de_culture(donnees)
        self.a_classer = self.faits[self.faits["a_classer"]].set_index("fait_id")
        self.cases = self.composantes.set_index("composante")
        self.confusion = confusions("culture", donnees)
        self.lignes = [
            ligne(
                f.fait, a_choisir(f.Index, self.cases["libelle"]), detail=f.lieu,
                passage=passages(donnees, f.lieu, [f.Index]),
            )
            for f in self.a_classer.sort_values("etiquette").itertuples()
        ]  # fmt: skip
        puces = "".join(
            f"<li><strong>{escape(c.libelle)}</strong> : {escape(c.definition)}</li>"
            for c in self.composantes.itertuples()
        )
        self.consigne = (
            "<p>Dans quelle composante de la culture rangez-vous chaque fait ? La carte se remplit "
            f"à mesure.</p><details><summary>Les composantes</summary><ul>{puces}</ul></details>"
        )

    def solution(self) -> dict[str, str]:
        return dict(self.a_classer["composante"])

    def _juger(self, cle: str, choix: str) -> Verdict:
        fait = self.a_classer.loc[cle]
        retenu = f"« {self.cases.at[fait.composante, 'libelle']} ». {fait.lecture}"
        if choix == fait.composante:
            return Verdict("culture", "juste", fait.lecture)
        if choix == fait.aussi:
            return Verdict("culture", "presque", f"Défendable ; nous avons choisi {retenu}")
        return Verdict(
            "culture", "faux", self.confusion(choix, fait.composante, cle),
            relance=f"Relisez le passage ({fait.lieu}) : que montre-t-il des habitudes de l'équipe ?",
            proposee=f"Réponse proposée : {retenu}",
        )  # fmt: skip

    def dessin(self) -> FigureCulture:
        return FigureCulture(self.composantes)

    def donnees(self, reponses: Mapping[str, str], verifies: Collection[str]) -> tuple:
        """Les faits à montrer sur la carte, et s'il faut écrire les silences du sujet."""
        verdicts = self.juger(reponses)
        places = self.faits[self.faits["fait_id"].isin(reponses)]
        etats = [verdicts[f].etat if f in verifies else "attente" for f in places["fait_id"]]
        return places.assign(composante=places["fait_id"].map(reponses), etat=etats), False

    def proposition(self) -> tuple:
        return self.faits.assign(etat=self.faits["statut"]), True


class Relier(Etape):
    """Les traits de la culture à relier à la performance, maillon par maillon."""

    cle, objet, a_faire = "culture:leviers", "maillon", "À relier."
    titre = "Traits à relier à la performance"
    consigne = (
        "<p>Pour chaque trait, choisissez la conduite qu'il favorise, puis l'effet de cette "
        "conduite sur la performance. Plusieurs enchaînements se défendent : nous en proposons un, "
        "avec une preuve à chaque maillon.</p>"
    )
    bilan_propose = (
        "Enchaînements proposés par la collection. Les revers ne sont pas dans le sujet : ils sont "
        "à discuter."
    )
    MAILLONS = {"conduite": "donc…", "effet": "et donc…"}
    RELANCES = {
        "conduite": "Qui partage ce trait, que fait-il plus volontiers au travail ?",
        "effet": "Cette conduite aide-t-elle le service rendu, les moyens ou l'équipe elle-même ?",
    }

    def __init__(self, donnees: Donnees):
        self.effets = effets_de_la_culture(donnees)
        self.lignes = [
            ligne(
                e.trait, *self._suites(e.Index), detail=e.lieu_trait,
                passage=passages(donnees, e.lieu_trait, [e.preuve_trait]),
            )
            for e in self.effets.itertuples()
        ]  # fmt: skip

    def _suites(self, rang: int) -> list[dict]:
        return [
            a_choisir(f"{rang}:{maillon}", self.effets[maillon].sort_values().rename(str), mot)
            for maillon, mot in self.MAILLONS.items()
        ]

    def solution(self) -> dict[str, str]:
        return {cle: cle.split(":")[0] for cle in self.cles}

    def _juger(self, cle: str, choix: str) -> Verdict:
        rang, maillon = cle.split(":")
        mots, lieu = self.effets.loc[int(rang), [maillon, f"lieu_{maillon}"]]
        propose = f"« {mots} » : {lieu}."
        if choix == rang:
            return Verdict("culture", "juste", propose)
        return Verdict(
            "culture", "faux", self.effets.at[int(choix), f"confusion_{maillon}"],
            relance=self.RELANCES[maillon], proposee=f"Réponse proposée : {propose}",
        )  # fmt: skip

    def figure(
        self, reponses: Mapping[str, str], verifies: Collection[str] | None = None
    ) -> Illustration:
        """Les enchaînements choisis ; les revers ne viennent qu'avec la proposition."""
        effets = self.effets.assign(limite="à chercher", dimension="performance")
        for cle in self.cles:
            rang, maillon = cle.split(":")
            for colonne, vide in ((maillon, "à choisir"), (f"lieu_{maillon}", "…")):
                choisi = self.effets.at[int(reponses[cle]), colonne] if cle in reponses else vide
                effets.loc[int(rang), colonne] = choisi
        return leviers(effets)

    def figure_proposee(self) -> Illustration:
        return leviers(self.effets)


class Culture(Exercice):
    """La carte de la culture à remplir ; `complete=True` montre la proposition.

    Les réponses de ses deux `etapes`, ranger puis relier, réunies.
    """

    def __init__(self, donnees: Donnees):
        self.etapes = self.ranger, self.relier = Ranger(donnees), Relier(donnees)
        self.possibles = {**self.ranger.possibles, **self.relier.possibles}

    @property
    def parties(self) -> tuple[Etape, ...]:
        return self.etapes

    def nommer(self, cle: str) -> str:
        return "".join(etape.nommer(cle) for etape in self.etapes)

    def juger(self, reponses: Mapping[str, str]) -> dict[str, Verdict]:
        return self.ranger.juger(reponses) | self.relier.juger(reponses)

    def figure(self, reponses: Mapping[str, str]) -> Illustration:
        """La carte, ou les enchaînements dès que l'on en choisit un."""
        etape = self.relier if self.relier.connues(reponses) else self.ranger
        return etape.figure(reponses)

    def fiche(
        self,
        nom: str,
        reponses: Mapping[str, object] | None = None,
        complete: bool = False,
        **reglages: Any,
    ) -> Fiche:
        """Ces réponses ; avec `complete=True`, la carte de la proposition."""
        if complete:
            return self.ranger.fiche(nom, complete=True)
        return super().fiche(nom, reponses, **reglages)


def figure_leviers(cas: Donnees) -> Illustration:
    """De la culture à la performance, et le revers de chaque trait."""
    return leviers(effets_de_la_culture(cas))
