"""Les composantes de la culture, les faits qui les montrent, leurs effets."""

from collections.abc import Collection, Mapping
from functools import cached_property
from html import escape

import pandas as pd

from ..donnees.paquet import Donnees
from ..questions.exercice import Exercice, Listes, ligne, liste
from ..questions.verdict import Verdict
from ..socle.erreurs import ErreurHypothese
from .coherence import _joindre, faits_cites


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

    `statut` : « dit » (le sujet le présente ainsi) ou « deduit » (c'est notre lecture).
    """
    return _joindre(donnees.table("corrige-culture-faits"), faits_cites(donnees))


def corriger_rangement(rangement: Mapping[str, str | None], donnees: Donnees) -> pd.DataFrame:
    """Compare un rangement (`fait_id` → composante) à celui de la collection.

    Une ligne par fait à classer : les colonnes de `faits_de_culture`, plus `choix` (vide si le
    fait n'est pas rangé) et `verdict`, un `Verdict` : `juste`, `presque` (un second rangement
    défendable, `aussi`), `faux` ou `a_completer`.

    Lève `ErreurHypothese` pour un fait ou une composante inconnus.
    """
    tableau = faits_de_culture(donnees)
    tableau = tableau[tableau["a_classer"]].reset_index(drop=True)
    inconnus = set(rangement) - set(tableau["fait_id"])
    if inconnus:
        raise ErreurHypothese(
            f"Fait inconnu : {', '.join(sorted(inconnus))}. "
            f"Faits à ranger : {', '.join(tableau['fait_id'])}."
        )
    cases = composantes(donnees).set_index("composante")
    for choix in rangement.values():
        if choix is not None and choix not in cases.index:
            raise ErreurHypothese(
                f"« {choix} » n'est pas une composante. Choisissez : {', '.join(cases.index)}."
            )
    choisis = [rangement.get(f) for f in tableau["fait_id"]]
    verdicts = [
        _verdict_du_rangement(fait, choix, cases)
        for fait, choix in zip(tableau.itertuples(), choisis, strict=True)
    ]
    tableau["choix"] = pd.Series(choisis, dtype="str")
    tableau["verdict"] = pd.Series(verdicts, dtype=object)
    return tableau


def _verdict_du_rangement(fait, choix: str | None, cases: pd.DataFrame) -> Verdict:
    if choix is None:
        return Verdict("culture", "a_completer", "À ranger.")
    if choix == fait.composante:
        return Verdict("culture", "juste", fait.lecture)
    if choix == fait.aussi:
        retenu = cases.at[fait.composante, "libelle"]
        phrase = f"Défendable ; nous avons choisi « {retenu} ». {fait.lecture}"
        return Verdict("culture", "presque", phrase)
    nom, definition = cases.loc[choix, ["libelle", "definition"]]
    phrase = f"{nom} : {definition[0].lower()}{definition[1:-1]}. Vraiment ?"
    return Verdict("culture", "faux", phrase)


def effets_de_la_culture(donnees: Donnees) -> pd.DataFrame:
    """De la culture à la performance, un enchaînement par ligne.

    Colonnes : `trait`, `conduite`, `effet`, avec `lieu_trait`, `lieu_conduite`, `lieu_effet`
    (où est la preuve), `dimension` de la performance et `limite`. Les « donc » entre les maillons
    et les limites sont un raisonnement de la collection.
    """
    faits = faits_cites(donnees)
    tableau = donnees.table("corrige-culture-effets").sort_values("rang", ignore_index=True)
    for maillon in ("trait", "conduite", "effet"):
        tableau[f"lieu_{maillon}"] = tableau[f"preuve_{maillon}"].map(faits["lieu"])
    return tableau


def corriger_liaisons(liaisons: Mapping[str, str], effets: pd.DataFrame) -> dict[str, Verdict]:
    """Compare des enchaînements choisis à ceux de la collection.

    `liaisons` : `{"rang:maillon": rang choisi}`, où le maillon est « conduite » ou « effet » ;
    `effets` : le tableau de `effets_de_la_culture`. Renvoie un verdict par liaison.
    """
    verdicts = {}
    for cle, choisi in liaisons.items():
        rang, maillon = cle.split(":")
        effet = effets.loc[int(rang)]
        if choisi == rang:
            phrase = f"« {effet[maillon]} » : {effet[f'lieu_{maillon}']}."
            verdicts[cle] = Verdict("culture", "juste", phrase)
        else:
            phrase = (
                f"« {effets.loc[int(choisi), maillon]} » se défend peut-être ; dans notre "
                "proposition, c'est la suite d'un autre trait."
            )
            verdicts[cle] = Verdict("culture", "faux", phrase)
    return verdicts


def _bilan(choisis: int, total: int, nom: str, verdicts: list[Verdict]) -> str:
    if not verdicts:
        suite = " Pressez « Vérifier »." if choisis else ""
        return f"{choisis} {nom}{'s' * (choisis > 1)} sur {total}.{suite}"
    etats = [v.etat for v in verdicts]
    defendables = etats.count("presque")
    fin = (
        "Corrigez ce qui porte une croix, puis vérifiez à nouveau."
        if "faux" in etats
        else "Tout est en place : affichez la proposition et comparez."
        if len(etats) == total
        else f"Il en reste {total - len(etats)}."
    )
    aussi = f", {defendables} à discuter" if defendables else ""
    return f"{etats.count('juste')} sur {total} comme dans la proposition{aussi}. {fin}"


class Ranger(Listes):
    """Les faits à ranger dans les composantes de la culture."""

    cle, titre, proposable = "culture:rangement", "Faits à ranger", True
    bilan_propose = (
        "Carte proposée par la collection. En pointillés : ce que le sujet ne dit pas lui-même."
    )

    def __init__(self, donnees: Donnees):
        self.donnees_du_cas = donnees
        self.composantes, self.faits = composantes(donnees), faits_de_culture(donnees)
        self.a_classer = self.faits[self.faits["a_classer"]].sort_values("etiquette")
        noms = dict(self.composantes[["composante", "libelle"]].to_numpy())
        self.lignes = [
            ligne(f.fait, liste(f.fait_id, noms), detail=f.lieu)
            for f in self.a_classer.itertuples()
        ]
        puces = "".join(
            f"<li><strong>{escape(c.libelle)}</strong> : {escape(c.definition)}</li>"
            for c in self.composantes.itertuples()
        )
        self.consigne = (
            "<p>Dans quelle composante de la culture rangez-vous chaque fait ? La carte se remplit "
            f"à mesure.</p><details><summary>Les composantes</summary><ul>{puces}</ul></details>"
        )

    def solution(self) -> dict[str, str]:
        return dict(self.a_classer[["fait_id", "composante"]].to_numpy())

    def juger(self, reponses: Mapping[str, str]) -> dict[str, Verdict]:
        corrige = corriger_rangement(reponses, self.donnees_du_cas)
        return dict(zip(corrige["fait_id"], corrige["verdict"], strict=True))

    def bilan(self, choisis: int, verdicts: list[Verdict]) -> str:
        return _bilan(choisis, len(self.lignes), "fait", verdicts)

    def dessin(self):
        from .culture_figure import FigureCulture

        return FigureCulture(self.composantes)

    def donnees(self, reponses: Mapping[str, str], verifies: Collection[str]) -> tuple:
        """Les faits à montrer sur la carte, et s'il faut écrire les silences du sujet."""
        verdicts = self.juger(reponses)
        places = self.faits[self.faits["fait_id"].isin(reponses)].reset_index(drop=True)
        places["etat"] = [
            verdicts[f].etat if f in verifies else "attente" for f in places["fait_id"]
        ]
        return places.assign(composante=places["fait_id"].map(reponses)), False

    def proposition(self) -> tuple:
        return self.faits.assign(etat=self.faits["statut"]), True


class Relier(Listes):
    """Les traits de la culture à relier à la performance, maillon par maillon."""

    cle, titre, proposable = "culture:leviers", "Traits à relier à la performance", True
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

    def __init__(self, donnees: Donnees):
        self.effets = effets_de_la_culture(donnees)
        self.lignes = [
            ligne(
                e.trait,
                *(
                    liste(f"{e.Index}:{maillon}", self._suites(maillon), mot)
                    for maillon, mot in self.MAILLONS.items()
                ),
                detail=e.lieu_trait,
            )
            for e in self.effets.itertuples()
        ]

    def _suites(self, maillon: str) -> list[tuple[str, str]]:
        suites = ((str(rang), texte) for rang, texte in self.effets[maillon].items())
        return sorted(suites, key=lambda s: s[1])

    def solution(self) -> dict[str, str]:
        return {f"{r}:{maillon}": str(r) for r in self.effets.index for maillon in self.MAILLONS}

    def juger(self, reponses: Mapping[str, str]) -> dict[str, Verdict]:
        vides = dict.fromkeys(self.cles, Verdict("culture", "a_completer", "À relier."))
        return vides | corriger_liaisons(reponses, self.effets)

    def bilan(self, choisis: int, verdicts: list[Verdict]) -> str:
        return _bilan(choisis, len(self.cles), "maillon", verdicts)

    def figure(self, reponses: Mapping[str, str], verifies: Collection[str] | None = None):
        """Les enchaînements choisis ; les revers ne viennent qu'avec la proposition."""
        from .culture_figure import leviers

        effets = self.effets.assign(limite="à chercher", dimension="performance")
        for maillon in self.MAILLONS:
            rangs = [reponses.get(f"{r}:{maillon}") for r in effets.index]
            for colonne, vide in ((maillon, "à choisir"), (f"lieu_{maillon}", "…")):
                effets[colonne] = [
                    vide if r is None else self.effets.at[int(r), colonne] for r in rangs
                ]
        return leviers(effets)

    def figure_proposee(self):
        from .culture_figure import leviers

        return leviers(self.effets)


class Culture(Exercice):
    """Les deux étapes réunies : ranger les faits, puis les relier à la performance."""

    def __init__(self, donnees: Donnees):
        self.etapes = Ranger(donnees), Relier(donnees)

    @cached_property
    def possibles(self) -> dict[str, dict[str, str]]:
        ranger, relier = self.etapes
        return ranger.possibles | relier.possibles

    def nommer(self, cle: str) -> str:
        return "".join(etape.nommer(cle) for etape in self.etapes)

    def juger(self, reponses: Mapping[str, str]) -> dict[str, Verdict]:
        ranger, relier = self.etapes
        return ranger.juger(ranger.connues(reponses)) | relier.juger(relier.connues(reponses))

    def figure(self, reponses: Mapping[str, str]):
        """La carte, ou les enchaînements dès que l'on en choisit un."""
        ranger, relier = self.etapes
        liens = relier.connues(reponses)
        return relier.figure(liens) if liens else ranger.figure(ranger.connues(reponses))

    def fiche(self, nom: str, reponses: Mapping | None = None, complete: bool = False):
        if complete:
            return self.etapes[0].fiche(nom, complete=True)
        return super().fiche(nom, reponses)
