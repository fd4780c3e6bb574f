"""Les composantes de la culture, les faits qui les montrent, leurs effets."""

from collections.abc import Mapping

import pandas as pd

from ..donnees.paquet import Donnees
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
