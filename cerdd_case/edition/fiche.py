"""La fiche d'une séance, sur une page : en HTML, en PDF ou en .docx, d'après le même plan.

Le .docx est rempli d'après un modèle, `gabarits/fiche.docx`, que l'enseignant peut copier et restyler
dans son traitement de texte : les balises (`{{ fiche.titre }}`…) y restent, tout le reste est à lui.
"""

import io
import re
from collections.abc import Mapping
from math import ceil, sqrt
from pathlib import Path
from typing import Any

from ..donnees.paquet import Donnees
from ..socle.erreurs import ErreurCas, proposer
from ..socle.typographie import imprimer, majuscule, minuscule
from .documents import GABARITS, moteur_des_gabarits
from .reperes_de_seance import carnet_de, prochaine
from .seances import FORMES, Seance, diapositives_de, lire_les_seances, projetees

MODELE = GABARITS / "fiche.docx"
BOUCLES = (
    "for fiche in fiches", "for objectif in fiche.objectifs", "for phase in fiche.phases",
)  # fmt: skip
BALISES = {
    "fiche.surtitre", "fiche.titre", "fiche.duree", "fiche.portee", "fiche.lieu", "fiche.production",
    "objectif", "phase.minutes", "phase.forme", "phase.activite", "phase.projete",
    "phase.a_surveiller", "phase.imprevu", "fiche.si_le_temps_manque", "fiche.a_la_maison",
    "fiche.prochaine", "fiche.parcours",
}  # fmt: skip
CORPS, CORPS_MAXIMAL = 9.6, 10.5  # en points
LIGNES, MARGE = 36, 0.7  # ce qui tient sur la page à ce corps ; ce qu'une rangée y ajoute
BALISE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}|\{%\s*([^{}]*?)\s*%\}")


class ErreurModele(ErreurCas):
    """Un modèle de fiche qui ne se remplit pas : lequel, sa balise, et que faire."""

    def __init__(self, modele: Path, faute: str, conseil: str = ""):
        super().__init__(
            f"{modele} : {faute}. {conseil}Corrigez le modèle, ou repartez d'une copie du nôtre : "
            f"{MODELE}."
        )


def fiche(seance: Seance, toutes: Mapping[str, Seance], donnees: Donnees) -> dict:
    """Ce qu'une fiche dit d'une séance, en textes : mêmes clés que les balises du modèle."""
    minuteurs = {
        diapo["nom"]: diapo.get("minutes")
        for cellule in carnet_de(seance, donnees)["cells"]
        if "nom" in (diapo := cellule["metadata"].get("diapo", {}))
    }
    rangs = {nom: rang for rang, nom in enumerate(diapositives_de(seance), start=1)}
    phases = [
        {
            "minutes": f"{p.debut}–{p.fin}",
            "duree": p.minutes,
            "forme": majuscule(FORMES[p.forme]),
            "activite": p.activite,
            "projete": _projete([rangs[n] for n in noms], any(minuteurs.get(n) for n in noms)),
            "a_surveiller": p.a_surveiller,
            "imprevu": p.imprevu and f"Imprévu : {minuscule(p.imprevu)}",
        }
        for p, noms in zip(seance.phases, projetees(seance), strict=True)
    ]
    numerotees = [s for s in toutes.values() if s.numerotee]
    return {
        "code": seance.code, "nom": seance.nom,
        "surtitre": f"Le cas CERDD · parcours de {len(numerotees)} séances",
        "titre": f"{seance.nom} — {seance.titre}", "duree": seance.duree,
        "portee": majuscule(seance.portee), "lieu": seance.lieu, "production": seance.production,
        "objectifs": [majuscule(o) for o in seance.objectifs], "phases": phases,
        "si_le_temps_manque": seance.si_le_temps_manque, "a_la_maison": seance.a_la_maison,
        "prochaine": majuscule(prochaine(seance, toutes)),
        "parcours": parcours(seance, numerotees), "etapes": numerotees, "corps": _corps(seance),
    }  # fmt: skip


def _corps(seance: Seance) -> str:
    """La taille du texte qui fait tenir la fiche sur une page A4, d'après ses lignes."""
    lignes = 0.0
    for p in seance.phases:
        a_droite = len(p.a_surveiller) + len(p.imprevu) + 10 * bool(p.imprevu)
        lignes += max(ceil((len(p.activite) + 10) / 46), ceil(a_droite / 46), 1) + MARGE
    suites = (seance.si_le_temps_manque, seance.a_la_maison, "")
    lignes += max(ceil(len(t) / 34) for t in suites) + len(seance.objectifs)
    return f"{min(CORPS_MAXIMAL, CORPS * sqrt(LIGNES / lignes)):.2f}pt"


def _projete(rangs: list[int], minuteur: bool) -> str:
    """« diapos 2 à 4, minuteur », d'après les numéros de `cerdd presenter --seance`."""
    if not rangs:
        return ""
    suite = len(rangs) > 2 and rangs == list(range(rangs[0], rangs[-1] + 1))
    ecrits = f"{rangs[0]} à {rangs[-1]}" if suite else ", ".join(map(str, rangs))
    return f"diapo{'s' * (len(rangs) > 1)} {ecrits}{', minuteur' * minuteur}"


def parcours(seance: Seance, numerotees: list[Seance]) -> str:
    """« Dossier 1 : 1, 2 · Dossier 2 : [3], 4 » ; entre crochets, la séance de la fiche."""
    dossiers: dict[str, list[str]] = {}
    for s in numerotees:
        ici = s.code == seance.code
        dossiers.setdefault(s.dossier, []).append(f"[{s.code}]" if ici else s.code)
    return " · ".join(f"Dossier {d} : {', '.join(codes)}" for d, codes in dossiers.items())


def fiches(seance: Seance | None, donnees: Donnees) -> list[dict]:
    """La fiche d'une séance, ou celles de toutes (None), dans l'ordre du parcours."""
    toutes = lire_les_seances(donnees)
    return [fiche(s, toutes, donnees) for s in ([seance] if seance else toutes.values())]


def fiches_en_html(liste: list[dict]) -> str:
    """Les fiches en une page HTML qui se suffit, une fiche par page imprimée."""
    gabarit = moteur_des_gabarits().get_template("fiche.html.j2")
    style = (GABARITS / "fiche.css").read_text(encoding="utf-8")
    return imprimer(gabarit.render(fiches=liste, style=style))


def fiches_en_docx(liste: list[dict], modele: Path = MODELE) -> bytes:
    """Les fiches en un document .docx, d'après un modèle ; lève `ErreurModele`."""
    import jinja2
    from docxtpl import DocxTemplate

    gabarit = DocxTemplate(modele)
    try:
        gabarit.init_docx()
    except Exception:  # absent, fermé, abîmé : chacun sa bibliothèque, chacune son exception
        faute = "n'est pas un document .docx" if modele.exists() else "ce fichier n'existe pas"
        raise ErreurModele(modele, faute) from None
    controler_les_balises(gabarit.patch_xml(gabarit.get_xml()), modele)
    moteur = jinja2.Environment(undefined=jinja2.StrictUndefined)
    try:
        gabarit.render({"fiches": _typographier(liste)}, moteur, autoescape=True)
    except jinja2.TemplateError:
        faute = (
            "une balise n'est plus à sa place : « for … » et « endfor » entourent ce qui se répète"
        )
        raise ErreurModele(modele, faute) from None
    titre = liste[0]["titre"] if len(liste) == 1 else "Fiches de séance"
    gabarit.docx.core_properties.title = imprimer(titre)
    flux = io.BytesIO()
    gabarit.save(flux)
    return flux.getvalue()


def controler_les_balises(xml: str, modele: Path) -> None:
    """Lève `ErreurModele` et nomme la balise du modèle qui est abîmée, inconnue ou perdue."""
    texte = re.sub(r"<[^>]*>", "", xml.replace("</w:p>", "\n"))
    if abimee := re.search(r".{0,25}(?:\{\{|\}\}|\{%|%\}).{0,25}", BALISE.sub("", texte)):
        raise ErreurModele(modele, f"la balise « {abimee[0].strip()} » est abîmée")
    trouvees = BALISE.findall(texte)
    champs, boucles = {c for c, _ in trouvees if c}, [b for _, b in trouvees if b]
    connues = BALISES | {*BOUCLES, "endfor"}
    if inconnues := sorted({*champs, *boucles} - connues):
        faute = f"la balise « {inconnues[0]} » est inconnue"
        raise ErreurModele(modele, faute, proposer(inconnues[0], connues))
    if perdues := sorted(connues - {*champs, *boucles}):
        raise ErreurModele(modele, f"la balise « {perdues[0]} » manque")
    if (fins := boucles.count("endfor")) != len(BOUCLES):
        faute = f"la balise « endfor » y est {fins} fois, il en faut {len(BOUCLES)}, une par boucle"
        raise ErreurModele(modele, faute)


def _typographier(valeur: Any) -> Any:
    """Les mêmes textes, en typographie d'imprimé."""
    if isinstance(valeur, dict):
        return {cle: _typographier(v) for cle, v in valeur.items() if cle != "etapes"}
    if isinstance(valeur, list):
        return [_typographier(v) for v in valeur]
    return imprimer(valeur) if isinstance(valeur, str) else valeur
