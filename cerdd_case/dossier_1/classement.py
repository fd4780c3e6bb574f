"""Les faits à classer du dossier 1, et le verdict d'un classement."""

from collections.abc import Iterable, Mapping

import pandas as pd

from ..donnees.paquet import Donnees
from ..questions.verdict import Verdict
from ..socle.erreurs import ErreurCas
from ..socle.references import citer

# état d'un `Verdict`: son nom dans un classement
DITS = {"juste": "juste", "presque": "à discuter", "faux": "à revoir", "a_completer": "à vérifier"}


def textes_des_faits(donnees: Donnees) -> pd.DataFrame:
    """Le texte et la source de chaque fait à classer, indexés par `fait_id`.

    Colonnes : `fait` (une phrase, ou un élément du plan de l'annexe 9) et `reference`
    (« annexe 1, § 15 »).
    """
    morceaux = []
    for sigle, numero in (("INT", "introduction"), ("A1", 1), ("A7", 7), ("A9", 9)):
        tableau = donnees.annexe(numero).rename(columns={"item_id": "fait_id", "item": "fait"})
        tableau["reference"] = [citer(f"{sigle}§{p}") for p in tableau["paragraphe"]]
        morceaux.append(tableau[["fait_id", "fait", "reference"]])
    return pd.concat(morceaux).set_index("fait_id")


def faits_a_classer(exercice: str, donnees: Donnees) -> pd.DataFrame:
    """Les faits d'un exercice de classement, dans l'ordre de présentation.

    `exercice` : « finalites », « diagnostic » ou « performance » (voir
    `data/corrige/tris_dossier_1.csv`). Colonnes : celles de ce tableau, plus `attendue` (le nom de
    sa catégorie), `fait` et `reference`.

    Lève `ErreurCas` si l'exercice n'existe pas.
    """
    tris = donnees.table("corrige-tris-dossier-1")
    choisis = tris[tris["exercice"] == exercice]
    if choisis.empty:
        raise ErreurCas(
            f"« {exercice} » n'est pas un classement. Choisissez : "
            f"{', '.join(tris['exercice'].unique())}."
        )
    noms = categories(exercice, donnees).set_index("categorie")["libelle"]
    choisis = choisis.assign(attendue=choisis["categorie"].map(noms))
    return choisis.join(textes_des_faits(donnees), on="fait_id").reset_index(drop=True)


def categories(exercice: str, donnees: Donnees) -> pd.DataFrame:
    """Les catégories d'un classement, dans l'ordre : `categorie`, `libelle`, `definition`."""
    tableau = donnees.table("corrige-categories-dossier-1")
    choisies = tableau[tableau["exercice"] == exercice].sort_values("rang")
    return choisies[["categorie", "libelle", "definition"]].reset_index(drop=True)


def verifier_classement(reponses: Mapping[str, str], faits: pd.DataFrame) -> pd.DataFrame:
    """Compare un classement à celui que nous proposons.

    - `reponses` : catégorie choisie par `fait_id` ; un fait absent n'est pas classé ;
    - `faits` : le tableau de `faits_a_classer`.

    Renvoie `faits` avec `reponse` (vide si le fait n'est pas classé) et `verdict`, un `Verdict` :
    `juste`, `presque` (une autre réponse que l'on peut défendre), `faux` ou `a_completer`.
    """
    lues = [reponses.get(fait) for fait in faits["fait_id"]]
    verdicts = [_verdict(*paire) for paire in zip(faits.itertuples(), lues, strict=True)]
    return faits.assign(reponse=lues, verdict=verdicts)


def _verdict(fait, reponse: str | None) -> Verdict:
    etat = _etat(fait, reponse)
    debuts = {
        "juste": "",
        "presque": f"Cela se défend. Nous avons retenu « {fait.attendue} ». ",
        "faux": f"Plutôt « {fait.attendue} ». ",
    }
    phrase = debuts[etat] + fait.explication if etat in debuts else "À classer."
    return Verdict(fait.exercice, etat, phrase)


def verifier_preuve(
    dimension: str, fait_id: str | None, faits: pd.DataFrame, deja: Iterable[str] = ()
) -> Verdict:
    """Le verdict d'une preuve choisie pour une dimension de la performance.

    `faits` : le tableau de `faits_a_classer("performance", …)` ; `deja` : les noms des autres
    dimensions où le même fait sert déjà. Un fait ne sert qu'une fois : ailleurs qu'à sa place, il
    est alors à changer.
    """
    if not fait_id:
        return Verdict("performance", "a_completer", "Preuve à choisir.")
    fait = next(faits[faits["fait_id"] == fait_id].itertuples())
    etat, deja = _etat(fait, dimension), ", ".join(deja)
    if deja and etat == "presque":
        phrase = f"Fait déjà employé pour : {deja}. Trouvez-en un autre."
        return Verdict("performance", "faux", phrase)
    debut = f"Ce fait parle plutôt de : {fait.attendue}. " if etat == "faux" else ""
    phrase = f"{debut}« {fait.fait} » ({fait.reference}). {fait.explication}"
    return Verdict("performance", etat, phrase)


def _etat(fait, reponse: str | None) -> str:
    if not reponse:
        return "a_completer"
    if reponse == fait.categorie:
        return "juste"
    admises = fait.admis.split() if isinstance(fait.admis, str) else ()
    return "presque" if reponse in admises else "faux"


def phrase_du_bilan(verdicts: list[Verdict], total: int) -> str:
    """Combien de faits sont vérifiés, et ce que l'on en a dit."""
    etats = [v.etat for v in verdicts]
    morceaux = [
        f"{(n := etats.count(etat))} {DITS[etat]}{'s' * (etat == 'juste' and n > 1)}"
        for etat in ("juste", "presque", "faux")
    ]
    return f"Vérifiés : {len(verdicts)} sur {total} — {', '.join(morceaux)}."
