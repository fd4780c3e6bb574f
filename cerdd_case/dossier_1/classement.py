"""Les faits à classer du dossier 1, et le verdict d'un classement."""

from collections.abc import Iterable, Mapping

import pandas as pd

from ..donnees.paquet import Donnees
from ..questions.verdict import Verdict
from ..socle.erreurs import ErreurCas

# état d'un `Verdict`: son nom dans un classement
DITS = {"juste": "juste", "presque": "à discuter", "faux": "à revoir", "a_completer": "à vérifier"}


def textes_des_faits(donnees: Donnees) -> pd.DataFrame:
    """Le texte et la source de chaque fait à classer, indexés par `fait_id`.

    Colonnes : `fait` (une phrase, ou un élément du plan de l'annexe 9) et `reference`
    (« annexe 1, § 15 »).
    """
    morceaux = []
    for numero in ("introduction", 1, 7, 9):
        tableau = donnees.annexe(numero).rename(columns={"item_id": "fait_id", "item": "fait"})
        nom = numero if numero == "introduction" else f"annexe {numero}"
        tableau["reference"] = [f"{nom}, §\u00a0{p}" for p in tableau["paragraphe"]]
        morceaux.append(tableau[["fait_id", "fait", "reference"]])
    return pd.concat(morceaux).set_index("fait_id")


def faits_a_classer(exercice: str, donnees: Donnees, serie_courte: bool = False) -> pd.DataFrame:
    """Les faits d'un exercice de classement, dans l'ordre de présentation.

    `exercice` : « finalites », « diagnostic » ou « performance » (voir
    `data/corrige/tris_dossier_1.csv`). Colonnes : celles de ce tableau, plus `attendue` (le nom de
    sa catégorie), `fait` et `reference`. `serie_courte` ne garde que les faits de la
    première série.

    Lève `ErreurCas` si l'exercice n'existe pas.
    """
    tris = donnees.table("corrige-tris-dossier-1")
    choisis = tris[tris["exercice"] == exercice]
    if choisis.empty:
        raise ErreurCas(
            f"« {exercice} » n'est pas un classement. Choisissez : "
            f"{', '.join(tris['exercice'].unique())}."
        )
    if serie_courte:
        choisis = choisis[choisis["serie"] == 1]
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
    donnees = [reponses.get(fait) for fait in faits["fait_id"]]
    verdicts = [
        _verdict_du_classement(fait, reponse)
        for reponse, fait in zip(donnees, faits.itertuples(), strict=True)
    ]
    return faits.assign(
        reponse=pd.Series(donnees, dtype=object, index=faits.index),
        verdict=pd.Series(verdicts, dtype=object, index=faits.index),
    )


def _verdict_du_classement(fait, reponse: str | None) -> Verdict:
    etat = _etat(fait, reponse)
    if etat == "a_completer":
        return Verdict(fait.exercice, etat, "À classer.")
    debut = {
        "juste": "",
        "presque": f"Cela se défend. Nous avons retenu « {fait.attendue} ». ",
        "faux": f"Plutôt « {fait.attendue} ». ",
    }[etat]
    return Verdict(fait.exercice, etat, debut + fait.explication)


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
    etat = _etat(fait, dimension)
    deja = list(deja)
    if deja and etat == "presque":
        phrase = f"Fait déjà employé pour : {', '.join(deja)}. Trouvez-en un autre."
        return Verdict("performance", "faux", phrase)
    phrase = f"« {fait.fait} » ({fait.reference}). {fait.explication}"
    if etat == "faux":
        phrase = f"Ce fait parle plutôt de : {fait.attendue}. {phrase}"
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
    comptes = {e: sum(v.etat == e for v in verdicts) for e in ("juste", "presque", "faux")}
    morceaux = [
        f"{combien} {DITS[etat]}{'s' * (etat == 'juste' and combien > 1)}"
        for etat, combien in comptes.items()
    ]
    return f"Vérifiés : {len(verdicts)} sur {total} — {', '.join(morceaux)}."
