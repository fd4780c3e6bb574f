"""Les faits pour ou contre le Web 2.0, et le plan que l'on en fait."""

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from ..donnees.lecture import feuille
from ..donnees.paquet import Donnees
from ..donnees.tableau import Tableau
from ..questions.verdict import Verdict
from ..socle.erreurs import ErreurCas
from ..socle.nombres import nombre
from ..socle.references import reference, relever
from ..socle.typographie import minuscule, pluriel
from .communication import COLONNES, RUBRIQUES

PARTIES = {
    "constat": "Ce qui change avec le Web 2.0",
    "apports": "Ce qu'il apporte à l'intelligence collective",
    "limites": "Ses limites",
    "conditions": "Les conditions pour réussir",
}
PARTIE_PAR_DEFAUT = {"pour": "apports", "contre": "limites"}
LIMITES_DU_SUJET = {
    "infobesite": "infobésité",
    "qualite": "qualité inégale",
    "auteurs": "peu d'auteurs",
    "accessibilite": "accessibilité",
}
LIMITES_DES_DOCUMENTS = {"donnees": "protection des données"}
APPORTS = {
    "pour": "une raison",
    "contre": "une limite",
}  # ce qu'un argument personnel peut apporter
PERSO = "PERSO-"
IDENTIFIANT = re.compile(rf"{PERSO}\d+|(?!{PERSO}).+", re.DOTALL)


def preuves(donnees: Donnees) -> dict[str, Any]:
    """Les faits que l'on peut invoquer pour la question 4.3, par identifiant : ceux que `cas.lire` montre.

    Chacun a : `preuve_id` ; `source` (l'annexe ou le document, pour un lecteur) ; `reference`
    (source et paragraphe) ; `texte` ; `sens` (pour, contre, neutre, ou <NA> : non classé) ;
    `partie` (code de `PARTIES`, ou <NA>) ; `limites` (codes de `LIMITES_DU_SUJET` ou de
    `LIMITES_DES_DOCUMENTS`, séparés par une espace) ; `explication` ; `selection` (vrai pour les
    faits que la collection conseille).
    """
    colonnes = ["preuve_id", "source", "reference", "texte", "sens", "explication"]
    faits = pd.DataFrame(_faits(donnees), columns=colonnes).set_index("preuve_id")
    choisies = donnees.table("corrige-arguments").set_index("preuve_id")
    inconnues = choisies.index.difference(faits.index)
    if len(inconnues):
        raise ErreurCas(
            "data/corrige/arguments.csv cite des faits qui n'existent pas, ou dont data/textes ne montre "
            f"pas le paragraphe : {', '.join(inconnues)}. Corrigez la colonne preuve_id."
        )
    tableau = choisies.combine_first(faits).reindex(faits.index).reset_index()
    tableau["limites"] = tableau["limites"].fillna("")
    tableau["selection"] = tableau["partie"].notna()
    return {preuve.preuve_id: preuve for preuve in tableau.itertuples(index=False)}


def _faits(donnees: Donnees) -> Iterator[tuple]:
    """Les faits dans l'ordre des annexes et des documents, tels que les range `preuves`."""

    def fait(f: Any) -> tuple:
        return f.fait_id, f.fait, getattr(f, "pour_ou_contre", None)

    def imaginer(idee: str) -> str:
        return f"Pour le CERDD, nous imaginons : {minuscule(idee)}."

    # source, précision, tableau, puis ce qu'une ligne dit : identifiant, texte, sens, explication
    for source, precision, table, dire in (
        ("Annexe 8", "", "principale", fait),
        ("Annexe 8", "", "supports", lambda s: (
            f"A8-S{s.ordre}", f"Support prioritaire : {minuscule(s.support)} — {s.contenu}")),
        ("Annexe 9", ", plan", "principale", lambda e: (
            e.item_id, f"{COLONNES[e.colonne]}, {RUBRIQUES[e.rubrique].casefold()} — {e.item}.")),
        ("Annexe 9", ", missions", "missions", lambda m: (
            f"A9-M{m.ordre}",
            f"Mission à développer : {minuscule(m.mission)} — {m.specificites}.")),
        ("Annexe 10", "", "principale", lambda u: (f"A10-{u.ordre:02d}", u.description)),
        ("Annexe 11", "", "principale", fait),
        ("Annexe 11", ", tableau", "web_2_0", lambda t: (
            f"A11-T{t.ordre:02d}", f"Le Web 2.0, {minuscule(t.libelle)} — {t.contenu}")),
        ("Introduction", "", "principale", fait),
        ("Annexe 1", "", "principale", fait),
        ("Annexe 7", "", "principale", fait),
        ("Culture numérique", "", "principale", lambda p: (
            f"CN-P{p.numero}", f"Proposition {p.numero} — {p.idee}.", None,
            imaginer(p.pour_le_cerdd))),
        ("Culture numérique", "", "enquete", lambda e: (
            f"CN-E{e.Index + 1}", f"Enquête auprès de jeunes pousses — {e.reponse} : "
            f"{nombre(e.part * 100)}\u202f%.")),
        ("Culture numérique", "", "faits", fait),
        ("Culture numérique", "", "obstacles", fait),
        ("Marketing relationnel", "", "faits", fait),
        ("Marketing relationnel", "", "cluetrain", lambda c: (
            f"MR-C{c.numero}", f"{c.idee}.", None, imaginer(c.portee))),
        ("Marques et collaboration", "", "principale", fait),
        ("Marques et collaboration", "", "exemples",
         lambda e: (f"MC-E{e.Index + 1:02d}", f"Exemple — {e.exemple} : {minuscule(e.apport)}.")),
        ("Blog de 2008", "", "principale", fait),
    ):  # fmt: skip
        for ligne in _montrees(donnees, source, table).itertuples():
            code, texte, sens, explication = (*dire(ligne), None, None)[:4]
            reference = f"{source}{precision}, §\u00a0{ligne.paragraphe}"
            yield code, source, reference, texte, sens, explication


def _montrees(donnees: Donnees, source: str, table: str) -> pd.DataFrame:
    """Les lignes d'un tableau que `cas.lire` montre : toutes s'il y est, sinon celles que la prose dit."""
    genre, cle, *_ = reference(relever(f"{source}, § 1")[0])
    lue, ressource = feuille(donnees, cle), donnees.ressource(genre, cle, table)
    lignes = donnees.table(ressource["name"])
    if any(isinstance(t, Tableau) and t.titre == ressource["title"] for t in lue.corps):
        return lignes
    return lignes[lignes["paragraphe"].isin([p.numero for p in lue.paragraphes])]


# Un choix est un dictionnaire : `preuve` (preuve_id, ou PERSO-n pour un argument personnel),
# `sens` (pour ou contre), `partie` (code de PARTIES), `note`, `texte` (argument personnel) et
# `cote` (vrai : mis de côté, hors du plan mais jamais perdu).
def lire_choix(brut: object) -> list[dict]:
    """Les choix gardés dans la mémoire, débarrassés de ce qui serait illisible ; [] si rien."""
    lus: dict[str, dict] = {}
    for c in brut if isinstance(brut, list) else []:
        if not isinstance(c, dict):
            continue
        textes = {k: str(c.get(k, "")) for k in ("preuve", "sens", "partie", "note", "texte")}
        preuve, sens, partie, *_ = textes.values()
        if IDENTIFIANT.fullmatch(preuve) and sens in PARTIE_PAR_DEFAUT and partie in PARTIES:
            lus[preuve] = {**textes, "cote": bool(c.get("cote"))}
    return list(lus.values())


def choisir(choix: list[dict], preuve: str, sens: str) -> list[dict]:
    """Ajoute une preuve au plan, ou change le sens d'une preuve déjà choisie (note gardée)."""
    if sens not in PARTIE_PAR_DEFAUT:
        raise ErreurCas(f"« {sens} » n'est pas un sens. Choisissez : pour ou contre.")
    place = {"sens": sens, "partie": PARTIE_PAR_DEFAUT[sens]}
    if all(c["preuve"] != preuve for c in choix):
        return [*choix, {"preuve": preuve, **place, "note": "", "texte": "", "cote": False}]
    return [
        {**c, **(place if c["sens"] != sens else {}), "cote": False} if c["preuve"] == preuve else c
        for c in choix
    ]


def ajouter_personnel(choix: list[dict], texte: str, sens: str) -> list[dict]:
    """Ajoute un argument écrit par l'élève : une connaissance générale, sans annexe."""
    propre = " ".join(texte.split())
    if not propre:
        raise ErreurCas("L'argument est vide. Écrivez une phrase, puis ajoutez-la.")
    rangs = [int(c["preuve"].removeprefix(PERSO)) for c in choix if c["preuve"].startswith(PERSO)]
    preuve = f"{PERSO}{max(rangs, default=0) + 1}"
    return modifier(choisir(choix, preuve, sens), preuve, texte=propre)


def modifier(choix: list[dict], preuve: str, **changements: object) -> list[dict]:
    """Change la note, la partie ou le texte d'un choix, ou le met de côté (`cote=True`)."""
    permis = {"note", "partie", "cote", "texte"}
    if not set(changements) <= permis:
        raise ErreurCas(f"On ne peut changer que : {', '.join(sorted(permis))}.")
    if changements.get("partie", "constat") not in PARTIES:
        raise ErreurCas(f"Partie inconnue. Choisissez : {', '.join(PARTIES)}.")
    return [{**c, **changements} if c["preuve"] == preuve else c for c in choix]


def deplacer(choix: list[dict], preuve: str, pas: int) -> list[dict]:
    """Fait monter (−1) ou descendre (+1) un choix parmi ceux de sa partie ; rien ne se perd."""
    nouveau, rangs = list(choix), {c["preuve"]: i for i, c in enumerate(choix) if not c["cote"]}
    if preuve in rangs:
        ici = rangs[preuve]
        voisins = [i for i in rangs.values() if choix[i]["partie"] == choix[ici]["partie"]]
        place = voisins.index(ici) + pas
        if 0 <= place < len(voisins):
            autre = voisins[place]
            nouveau[ici], nouveau[autre] = choix[autre], choix[ici]
    return nouveau


def texte_du_choix(choix: dict, preuves: dict) -> tuple[str, str]:
    """Le texte et la référence d'un choix : ceux du fait, ou « connaissance générale »."""
    if choix["preuve"].startswith(PERSO):
        return choix["texte"], "connaissance générale, absente du sujet"
    preuve = preuves.get(choix["preuve"])
    if preuve is None:  # un choix ancien, dont le fait a changé de nom : on ne le perd pas
        return choix["texte"] or f"Fait {choix['preuve']}", "référence introuvable"
    return preuve.texte, preuve.reference


def plan_texte(choix: list[dict], preuves: dict) -> str:
    """Le plan de la réponse à la question 4.3, en texte simple, prêt à copier.

    `preuves` : les faits, par identifiant. Chaque argument porte son sens, sa référence et sa note ;
    les parties vides restent, pour rappeler ce qui manque ; ce qui est mis de côté suit.
    """

    def citer(signe: str, c: dict) -> str:
        texte, reference = texte_du_choix(c, preuves)
        return f"   {signe} {texte} ({minuscule(reference)})"

    lignes = ["PLAN — Question 4.3 : le Web 2.0 au service de l'intelligence collective", ""]
    lignes += ["Introduction : définir le Web 2.0 et l'intelligence collective.", ""]
    for rang, (code, titre) in enumerate(PARTIES.items(), start=1):
        lignes.append(f"{rang}. {titre}")
        dedans = [c for c in choix if c["partie"] == code and not c["cote"]]
        for c in dedans:
            lignes.append(citer("+" if c["sens"] == "pour" else "−", c))
            if c["note"].strip():
                lignes.append(f"     Ma note : {' '.join(c['note'].split())}")
        lignes += [""] if dedans else ["   (rien pour l'instant)", ""]
    lignes.append("Conclusion : prendre position, sous quelles conditions.")
    cote = [citer("·", c) for c in choix if c["cote"]]
    return "\n".join([*lignes, *(["", "Mis de côté :", *cote] if cote else [])]) + "\n"


def relire_plan(choix: list[dict], preuves: dict) -> list[Verdict]:
    """Ce que la collection remarque dans un plan : équilibre, sources, limites, désaccords.

    `preuves` : les faits, par identifiant. Les limites sont celles que portent les faits choisis ; un
    argument personnel ne se lit pas : à l'élève d'en juger. Un désaccord sur le sens d'un fait n'est pas
    une faute : il est signalé (`presque`) pour en discuter.
    """
    gardes = [c for c in choix if not c["cote"]]
    if not gardes:
        phrase = "Aucun argument choisi : lisez un fait, puis pressez Pour ou Contre."
        return [Verdict("arguments", "a_completer", phrase)]
    connus = [(c, preuves[c["preuve"]]) for c in gardes if c["preuve"] in preuves]
    pour = sum(c["sens"] == "pour" for c in gardes)
    contre = len(gardes) - pour
    camps = ((pour, "pour"), (contre, "contre"))
    comptes = ", ".join(f"{n} {pluriel('argument', n)} {sens}" for n, sens in camps)
    suite = (
        "le pour et le contre sont présents"
        if pour
        else "il manque des arguments pour justifier ce choix"
    )
    suite = suite if contre else "justifier, c'est aussi montrer les limites"
    sources = {preuve.source for _, preuve in connus}
    manquantes = ", ".join(f"annexe {n}" for n in (9, 10, 11) if f"Annexe {n}" not in sources)
    limites = {
        code
        for c, preuve in connus
        if c["sens"] == "contre" or c["partie"] in ("limites", "conditions")
        for code in preuve.limites.split()
    }
    dites, ajoutees = (
        [nom for code, nom in connues.items() if code in limites]
        for connues in (LIMITES_DU_SUJET, LIMITES_DES_DOCUMENTS)
    )
    en_plus = f" Au-delà du sujet : {', '.join(ajoutees)}." if ajoutees else ""
    prises = {c["partie"] for c in gardes}
    vides = " ; ".join(titre for code, titre in PARTIES.items() if code not in prises)
    constats = [
        (pour and contre, f"{comptes} : {suite}."),
        (not manquantes, f"Pas encore de fait de : {manquantes}." if manquantes
         else "Les annexes 9, 10 et 11 sont toutes citées."),
        (len(dites) == len(LIMITES_DU_SUJET),
         f"Limites du sujet que portent les faits choisis : {', '.join(dites) or 'aucune'} — "
         f"{len(dites)} sur {len(LIMITES_DU_SUJET)}.{en_plus}"),
        *([(False, f"Partie vide : {vides}.")] if vides else []),
    ]  # fmt: skip
    desaccords = [
        f"À discuter : « {preuve.texte} » Vous le rangez « {c['sens']} » ; la collection le lirait "
        f"« {preuve.sens} ».{'' if pd.isna(preuve.explication) else f' {preuve.explication}'}"
        for c, preuve in connus
        if {preuve.sens, c["sens"]} == {"pour", "contre"}
    ]
    personnels = [
        f"Argument personnel : « {c['texte']} » La collection ne le lit pas : à vous de juger "
        f"s'il apporte {APPORTS[c['sens']]} que le sujet ne donne pas."
        for c in gardes
        if c["preuve"].startswith(PERSO)
    ]
    return [
        *(Verdict("arguments", "juste" if tenu else "faux", dit) for tenu, dit in constats),
        *(Verdict("arguments", "constat", dit) for dit in personnels),
        *(Verdict("arguments", "presque", dit) for dit in desaccords),
    ]
