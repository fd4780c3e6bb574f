"""Ce que l'annexe 11 dit du Web 1.0 et du Web 2.0."""

from collections.abc import Collection, Mapping

import pandas as pd

from ..questions.exercice import Listes, ligne, liste
from ..questions.verdict import Verdict
from ..socle.references import citer
from .chaine import avancement

GENERATIONS = ("1.0", "2.0")


def solution_comparaison(options: pd.DataFrame) -> dict[tuple[str, str], str]:
    """La bonne proposition de chaque case : `{(critere, génération): option_id}`.

    `options` : le tableau `corrige-web-comparaison`. Quand aucune proposition ne décrit une
    génération, la bonne est « L'annexe ne le dit pas ».
    """
    bonnes = {}
    for critere, groupe in options.groupby("critere", sort=False):
        ids = groupe.set_index("convient")["option_id"]
        for web in GENERATIONS:
            bonnes[critere, web] = ids[web] if web in ids.index else ids["silence"]
    return bonnes


def verifier_comparaison(
    options: pd.DataFrame, reponses: dict[tuple[str, str], str | None]
) -> pd.DataFrame:
    """Corrige une comparaison, case par case.

    `reponses` : `{(critere, génération): option_id}` ; une case absente, vide ou inconnue est
    laissée « à compléter ». Colonnes : `critere`, `libelle`, `web`, `option_id`, `option` et
    `verdict`, un `Verdict`.
    """
    bonnes = solution_comparaison(options)
    par_id = options.set_index("option_id", drop=False)
    lignes = []
    for (critere, web), bonne in bonnes.items():
        libelle = par_id.loc[bonne, "libelle"]
        choix = reponses.get((critere, web))
        if choix not in par_id.index or par_id.loc[choix, "critere"] != critere:
            verdict = Verdict("web", "a_completer", "À compléter.")
            lignes.append((critere, libelle, web, None, None, verdict))
            continue
        option = par_id.loc[choix]
        verdict = _commenter(option, par_id.loc[bonne])
        lignes.append((critere, libelle, web, choix, option["option"], verdict))
    return pd.DataFrame(
        lignes, columns=["critere", "libelle", "web", "option_id", "option", "verdict"]
    )


def _commenter(option: pd.Series, bonne: pd.Series) -> Verdict:
    """Ce que l'atelier répond à un choix : l'explication, ou une piste vers le bon paragraphe."""
    explication = option["explication"]
    if not pd.isna(option["reference"]):
        explication = f"{explication.removesuffix('.')} ({citer(option['reference'])})."
    if option["option_id"] == bonne["option_id"]:
        return Verdict("web", "juste", explication)
    if option["convient"] in GENERATIONS:
        explication = f"Cela décrit le Web {option['convient']}. {explication}"
    relire = None if bonne["convient"] == "silence" else bonne["reference"]
    return Verdict("web", "faux", explication, paragraphe=relire)


class Web(Listes):
    """La comparaison du Web 1.0 et du Web 2.0, à compléter. Réponses : `nature|1.0`…"""

    cle = "atelier:web"
    titre = "Choisissez ce que dit l'annexe 11 ; elle peut se taire."
    entetes = ("Critère", *(f"Web {web}" for web in GENERATIONS))

    def __init__(self, options: pd.DataFrame):
        self.options, self.lignes = options, []
        for critere, groupe in options.groupby("critere", sort=False):
            propositions = dict(zip(groupe["option_id"], groupe["option"], strict=True))
            listes = (liste(f"{critere}|{web}", propositions) for web in GENERATIONS)
            self.lignes.append(ligne(groupe["libelle"].iloc[0], *listes))

    def correction(self, reponses: Mapping[str, str]) -> pd.DataFrame:
        """Le tableau de `verifier_comparaison` pour ces réponses."""
        par_case = {tuple(cle.split("|")): code for cle, code in reponses.items()}
        return verifier_comparaison(self.options, par_case)

    def solution(self) -> dict[str, str]:
        return {f"{c}|{web}": o for (c, web), o in solution_comparaison(self.options).items()}

    def juger(self, reponses: Mapping[str, str]) -> dict[str, Verdict]:
        return {f"{c.critere}|{c.web}": c.verdict for c in self.correction(reponses).itertuples()}

    def bilan(self, choisis: int, verdicts: list[Verdict]) -> str:
        return avancement(choisis, len(self.cles), verdicts)

    def figure(self, reponses: Mapping[str, str], verifies: Collection[str] | None = None):
        from .web_figure import comparaison_web

        return comparaison_web(self.correction(reponses))

    def figure_proposee(self):
        return self.figure(self.solution())
