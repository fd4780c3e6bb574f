"""Les faits pour ou contre le Web 2.0, et le plan que l'on en fait."""

import pandas as pd

from ..donnees.paquet import Donnees
from ..socle.erreurs import ErreurCas
from ..socle.nombres import nombre
from .communication import COLONNES, RUBRIQUES

PARTIES = {
    "constat": "Ce qui change avec le Web 2.0",
    "apports": "Ce qu'il apporte à l'intelligence collective",
    "limites": "Ses limites",
    "conditions": "Les conditions pour réussir",
}
PARTIE_PAR_DEFAUT = {"pour": "apports", "contre": "limites"}
LIMITES_ATTENDUES = {
    "infobesite": "trop d'informations (infobésité)",
    "qualite": "qualité inégale",
    "auteurs": "peu d'auteurs",
    "accessibilite": "accessibilité",
    "donnees": "protection des données",
}
DOCUMENTS = {
    "culture_numerique": "Culture numérique",
    "marketing_relationnel": "Marketing relationnel",
    "blog_tic_pme": "Blog de 2008",
    "marques_et_collaboration": "Marques et collaboration",
}
PERSO = "PERSO-"


def preuves(donnees: Donnees) -> pd.DataFrame:
    """Tous les faits que l'on peut invoquer pour la question 4.3, une ligne par fait.

    Colonnes : `preuve_id` ; `source` (l'annexe ou le document, pour un lecteur) ; `reference`
    (source et paragraphe) ; `texte` ; `sens` (pour, contre, neutre, ou <NA> : non classé) ;
    `partie` (code de `PARTIES`, ou <NA>) ; `limites` (codes de `LIMITES_ATTENDUES`, séparés par
    une espace) ; `explication` ; `selection` (vrai pour les faits que la collection conseille).
    """
    lignes = [
        *_preuves_des_annexes_8_a_11(donnees),
        *_faits(donnees, ("introduction", "Introduction"), (1, "Annexe 1"), (7, "Annexe 7")),
        *_preuves_des_documents(donnees),
    ]
    tableau = pd.DataFrame(
        lignes, columns=["preuve_id", "source", "reference", "texte", "sens", "explication"]
    ).astype({"sens": "str"})
    choisies = donnees.table("corrige-arguments")
    inconnues = sorted(set(choisies["preuve_id"]) - set(tableau["preuve_id"]))
    if inconnues:
        raise ErreurCas(
            "data/corrige/arguments.csv cite des faits qui n'existent pas : "
            f"{', '.join(inconnues)}. Corrigez la colonne preuve_id."
        )
    fusion = tableau.merge(choisies, on="preuve_id", how="left", suffixes=("", "_choisi"))
    tableau["sens"] = fusion["sens_choisi"].fillna(fusion["sens"])
    tableau["explication"] = fusion["explication_choisi"].fillna(fusion["explication"])
    tableau["partie"] = fusion["partie"]
    tableau["limites"] = fusion["limites"].fillna("")
    tableau["selection"] = fusion["partie"].notna()
    return tableau


def _faits(donnees: Donnees, *annexes: tuple[int | str, str]):
    for numero, nom in annexes:
        for f in donnees.annexe(numero).itertuples():
            yield f.fait_id, nom, _ou(nom, f), f.fait, None, None


def _preuves_des_annexes_8_a_11(donnees: Donnees):
    yield from _faits(donnees, (8, "Annexe 8"))
    for s in donnees.annexe(8, "supports").itertuples():
        texte = f"Support prioritaire : {_minuscule(s.support)} — {s.contenu}"
        yield f"A8-S{s.ordre}", "Annexe 8", _ou("Annexe 8", s), texte, None, None
    for e in donnees.annexe(9).itertuples():
        texte = f"{COLONNES[e.colonne]}, {RUBRIQUES[e.rubrique].casefold()} — {e.item}."
        yield e.item_id, "Annexe 9", _ou("Annexe 9, plan", e), texte, None, None
    for m in donnees.annexe(9, "missions").itertuples():
        texte = f"Mission à développer : {_minuscule(m.mission)} — {m.specificites}."
        yield f"A9-M{m.ordre}", "Annexe 9", _ou("Annexe 9, missions", m), texte, None, None
    for u in donnees.annexe(10).itertuples():
        yield f"A10-{u.ordre:02d}", "Annexe 10", _ou("Annexe 10", u), u.description, None, None
    yield from _faits(donnees, (11, "Annexe 11"))
    for t in donnees.annexe(11, "web_2_0").itertuples():
        texte = f"Le Web 2.0, {_minuscule(t.libelle)} — {t.contenu}"
        yield f"A11-T{t.ordre:02d}", "Annexe 11", _ou("Annexe 11, tableau", t), texte, None, None


def _preuves_des_documents(donnees: Donnees):
    nom = DOCUMENTS["culture_numerique"]
    for p in donnees.document("culture_numerique").itertuples():
        yield (f"CN-P{p.numero}", nom, _ou(nom, p), f"Proposition {p.numero} — {p.idee}.",
               None, f"Pour le CERDD, nous imaginons : {_minuscule(p.pour_le_cerdd)}.")  # fmt: skip
    for i, e in enumerate(donnees.document("culture_numerique", "enquete").itertuples(), 1):
        part = f"{nombre(e.part * 100)}\u202f%"
        texte = f"Enquête auprès de jeunes pousses — {e.reponse} : {part}."
        yield f"CN-E{i}", nom, _ou(nom, e), texte, None, None
    for table in ("faits", "obstacles"):
        for f in donnees.document("culture_numerique", table).itertuples():
            yield f.fait_id, nom, _ou(nom, f), f.fait, f.pour_ou_contre, None
    nom = DOCUMENTS["marketing_relationnel"]
    for f in donnees.document("marketing_relationnel", "faits").itertuples():
        yield f.fait_id, nom, _ou(nom, f), f.fait, f.pour_ou_contre, None
    for c in donnees.document("marketing_relationnel", "cluetrain").itertuples():
        yield (f"MR-C{c.numero}", nom, _ou(nom, c), f"{c.idee}.", None,
               f"Pour le CERDD, nous imaginons : {_minuscule(c.portee)}.")  # fmt: skip
    nom = DOCUMENTS["marques_et_collaboration"]
    for f in donnees.document("marques_et_collaboration").itertuples():
        yield f.fait_id, nom, _ou(nom, f), f.fait, f.pour_ou_contre, None
    exemples = donnees.document("marques_et_collaboration", "exemples")
    for i, e in enumerate(exemples.itertuples(), 1):
        texte = f"Exemple — {e.exemple} : {_minuscule(e.apport)}."
        yield f"MC-E{i:02d}", nom, _ou(nom, e), texte, None, None
    nom = DOCUMENTS["blog_tic_pme"]
    for f in donnees.document("blog_tic_pme").itertuples():
        yield f.fait_id, nom, _ou(nom, f), f.fait, f.pour_ou_contre, None


def _ou(nom: str, ligne) -> str:
    return f"{nom}, §\u00a0{ligne.paragraphe}"


def _minuscule(texte: str) -> str:
    """La première lettre en minuscule, sauf au début d'un sigle ou d'un nom propre évident."""
    premier = texte.split(" ", 1)[0]
    return texte if premier.isupper() and len(premier) > 1 else texte[:1].lower() + texte[1:]


# Un choix est un dictionnaire : `preuve` (preuve_id, ou PERSO-n pour un argument personnel),
# `sens` (pour ou contre), `partie` (code de PARTIES), `note`, `texte` (argument personnel) et
# `cote` (vrai : mis de côté, hors du plan mais jamais perdu).
def lire_choix(brut: object) -> list[dict]:
    """Les choix gardés dans le suivi, débarrassés de ce qui serait illisible ; [] si rien."""
    lus: dict[str, dict] = {}
    for c in brut if isinstance(brut, list) else []:
        if not isinstance(c, dict):
            continue
        preuve, sens, partie = (str(c.get(cle, "")) for cle in ("preuve", "sens", "partie"))
        if sens not in PARTIE_PAR_DEFAUT:
            continue
        if preuve.startswith(PERSO) and not preuve.removeprefix(PERSO).isdecimal():
            continue
        if preuve and partie in PARTIES:
            lus[preuve] = {"preuve": preuve, "sens": sens, "partie": partie,
                           "note": str(c.get("note", "")), "texte": str(c.get("texte", "")),
                           "cote": bool(c.get("cote"))}  # fmt: skip
    return list(lus.values())


def choisir(choix: list[dict], preuve: str, sens: str, partie: str | None = None) -> list[dict]:
    """Ajoute une preuve au plan, ou change le sens d'une preuve déjà choisie (note gardée)."""
    if sens not in PARTIE_PAR_DEFAUT:
        raise ErreurCas(f"« {sens} » n'est pas un sens. Choisissez : pour ou contre.")
    ancien = next((c for c in choix if c["preuve"] == preuve), None)
    if ancien is None:
        nouveau = {"preuve": preuve, "sens": sens, "partie": partie or PARTIE_PAR_DEFAUT[sens],
                   "note": "", "texte": "", "cote": False}  # fmt: skip
        return [*choix, nouveau]
    change = {**ancien, "sens": sens, "cote": False}
    if ancien["sens"] != sens or partie:
        change["partie"] = partie or PARTIE_PAR_DEFAUT[sens]
    return [change if c is ancien else c for c in choix]


def ajouter_personnel(choix: list[dict], texte: str, sens: str) -> list[dict]:
    """Ajoute un argument écrit par l'élève : une connaissance générale, sans annexe."""
    propre = " ".join(texte.split())
    if not propre:
        raise ErreurCas("L'argument est vide. Écrivez une phrase, puis ajoutez-la.")
    rangs = [int(c["preuve"].removeprefix(PERSO)) for c in choix if c["preuve"].startswith(PERSO)]
    identifiant = f"{PERSO}{max(rangs, default=0) + 1}"
    nouveau = choisir(choix, identifiant, sens)
    nouveau[-1]["texte"] = propre
    return nouveau


def modifier(choix: list[dict], preuve: str, **changements) -> list[dict]:
    """Change la note, la partie ou le sens d'un choix, ou le met de côté (`cote=True`)."""
    permis = {"note", "partie", "cote", "texte"}
    if not set(changements) <= permis:
        raise ErreurCas(f"On ne peut changer que : {', '.join(sorted(permis))}.")
    if changements.get("partie", "constat") not in PARTIES:
        raise ErreurCas(f"Partie inconnue. Choisissez : {', '.join(PARTIES)}.")
    return [{**c, **changements} if c["preuve"] == preuve else c for c in choix]


def deplacer(choix: list[dict], preuve: str, pas: int) -> list[dict]:
    """Fait monter (−1) ou descendre (+1) un choix parmi ceux de sa partie ; rien ne se perd."""
    rang = next((i for i, c in enumerate(choix) if c["preuve"] == preuve), None)
    if rang is None:
        return list(choix)
    voisins = [
        i for i, c in enumerate(choix) if c["partie"] == choix[rang]["partie"] and not c["cote"]
    ]
    if rang not in voisins:
        return list(choix)
    place = voisins.index(rang) + pas
    if not 0 <= place < len(voisins):
        return list(choix)
    autre = voisins[place]
    nouveau = list(choix)
    nouveau[rang], nouveau[autre] = nouveau[autre], nouveau[rang]
    return nouveau


def par_numero(tableau: pd.DataFrame) -> dict:
    """Les lignes du tableau de `preuves`, par `preuve_id`."""
    return {preuve.preuve_id: preuve for preuve in tableau.itertuples()}


def texte_du_choix(choix: dict, preuves: dict) -> tuple[str, str]:
    """Le texte et la référence d'un choix : ceux du fait, ou « connaissance générale ».

    `preuves` : celles de `par_numero`.
    """
    if choix["preuve"].startswith(PERSO):
        return choix["texte"], "connaissance générale, absente du sujet"
    preuve = preuves.get(choix["preuve"])
    if preuve is None:  # un choix ancien, dont le fait a changé de nom : on ne le perd pas
        return choix["texte"] or f"Fait {choix['preuve']}", "référence introuvable"
    return preuve.texte, preuve.reference
