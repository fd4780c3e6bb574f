"""Imprimer un dossier : la feuille de l'élève, le corrigé, le barème proposé, les notes.

Chaque document est une page HTML qui se suffit à elle-même (aucun fichier à côté, aucun réseau),
mise en page pour l'A4 ; le PDF est cette même page, imprimée par le navigateur de la machine :
Chromium, Chrome ou Edge, que tout Windows possède déjà. Rien n'est exécuté : les réponses, les
tableaux et les figures viennent des carnets validés, le reste du registre `data/corrige/`.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

import pandas as pd

from . import fichiers
from .chargement import Donnees
from .erreurs import ErreurCas
from .exercices import attendus
from .images import ErreurImage, html_de_la_cellule
from .lecture import lire
from .nombres import nombre
from .presentation import (
    carnet_a_editer,
    carnet_du_dossier,
    carnets_des_dossiers,
    decouper,
    diapositives,
    genre,
    source,
)
from .provisoire import dossier_provisoire
from .references import citer
from .typographie import typographier
from .validation import fautes_d_execution

GABARITS = Path(__file__).resolve().parent / "gabarits"
DOCUMENTS = {
    "sujet": "Sujet de l'élève",
    "corrige": "Corrigé proposé",
    "bareme": "Barème proposé",
    "notes": "Notes de l'enseignant",
}
AVERTISSEMENTS = {
    "corrige": "Ce corrigé est une proposition de la collection : d'autres réponses, appuyées sur "
    "le sujet, sont recevables.",
    "bareme": "Ce barème est une proposition de la collection : aucun barème officiel n'accompagne "
    "le sujet dont nous disposons. Adaptez-le à votre classe.",
}
JOURNAL = ".cerdd_export.json"  # l'empreinte de ce que « exporter » a écrit
PLACE_POUR_IMPRIMER = 20_000_000  # octets : le profil du navigateur et la page
DELAI_IMPRESSION = 180  # secondes
LIGNES_PAR_POINT = 2.4
NAVIGATEURS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
               "microsoft-edge", "microsoft-edge-stable", "brave-browser", "chrome", "msedge")  # fmt: skip
EMPLACEMENTS = (
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
    r"%ProgramFiles%\Microsoft\Edge\Application\msedge.exe",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Brave Browser.app/Contents/MacOS/Brave Browser",
)


class ErreurImpression(ErreurCas):
    """Un document qui ne peut pas être imprimé, ou pas écrit là où on le demande."""


# --- Les annexes ------------------------------------------------------------------------


def annexes_du_dossier(numero: str, donnees: Donnees, documents: bool = False) -> list[str]:
    """Les annexes d'un dossier (« tout » : toutes), en HTML, dans l'ordre du sujet.

    `documents` : aussi les documents complémentaires du dossier 4, qui sont longs.
    """
    questions = donnees.table("corrige-questions")
    citees = set()
    for ligne in questions.itertuples():
        if numero in ("tout", str(ligne.dossier)):
            citees |= set(ligne.annexes.split())
    blocs, titres = [], set()
    for r in donnees.ressources:
        cle = r.get("cas:annexe", r.get("cas:document"))
        if cle is None or ("cas:document" in r and not documents):
            continue
        utile = numero == "tout" or int(numero) in r.get("cas:dossiers", [])
        if utile or str(cle) in citees:
            premier = cle not in titres
            titres.add(cle)
            blocs.append(_annexe(donnees, cle, r, premier))
    return blocs


def _annexe(donnees: Donnees, cle, ressource: dict, premier: bool) -> str:
    tableau = lire(donnees, cle, ressource["cas:table"])
    if {"fait", "paragraphe"} <= set(tableau.donnees.columns):
        corps = _table_des_faits(tableau.donnees, ressource["title"])
    else:
        garder = [  # ni identifiant ni rang : la feuille se cite par son §
            i
            for i, c in enumerate(tableau.donnees.columns)
            if not c.endswith("_id") and c != "ordre"
        ]
        corps = _table(
            [tableau.colonnes[i] for i in garder],
            [[ligne[i] for i in garder] for ligne in tableau.lignes],
            [tableau.chiffres[i] for i in garder],
            ressource["title"],
        )
    titre = (
        f"<h3>{escape(ressource['title'])}</h3>"
        if premier
        else f"<h4>{escape(ressource['title'])}</h4>"
    )
    origine = f"<p class='source'>{escape(tableau.source)}</p>" if tableau.source else ""
    return typographier(f"<section class='annexe'>{titre}{corps}{origine}</section>")


def _table_des_faits(faits: pd.DataFrame, legende: str) -> str:
    """Les faits d'une annexe, un paragraphe par ligne : on les lit et on les cite d'un regard."""
    lignes = []
    for paragraphe, groupe in faits.groupby("paragraphe", sort=True):
        texte = " ".join(map(str, groupe["fait"]))
        lignes.append(f"<tr><td class='para'>§ {int(paragraphe)}</td><td>{escape(texte)}</td></tr>")
    return (
        f"<table><caption class='cache'>{escape(legende)}</caption><thead><tr>"
        "<th scope='col'>§</th><th scope='col'>Ce que dit le texte</th></tr></thead>"
        f"<tbody>{''.join(lignes)}</tbody></table>"
    )


def _table(colonnes, lignes, chiffres, legende: str) -> str:
    def cases(balise, valeurs, attribut=""):
        return "".join(
            f"<{balise}{attribut}{' class=nombre' if c else ''}>{escape(v)}</{balise}>"
            for v, c in zip(valeurs, chiffres, strict=True)
        )

    corps = "".join(f"<tr>{cases('td', ligne)}</tr>" for ligne in lignes)
    tete = cases("th", colonnes, " scope='col'")
    return (
        f"<table><caption class='cache'>{escape(legende)}</caption>"
        f"<thead><tr>{tete}</tr></thead><tbody>{corps}</tbody></table>"
    )


# --- Ce que les carnets donnent ---------------------------------------------------------


def situation(carnet: dict) -> str:
    """La situation d'un dossier : le début de sa première cellule, avant ses objectifs."""
    premiere = carnet["cells"][0]
    texte = source(premiere)
    texte = re.split(r"^\*\*Ce que vous allez", texte, maxsplit=1, flags=re.M)[0]
    texte = re.sub(r"^#\s.*\n", "", texte, count=1)
    texte = re.sub(r"\*\*La situation\.?\*\*\s*", "", texte)
    return html_de_la_cellule({**premiere, "source": texte})


def corriges(carnet: dict) -> dict[str, str]:
    """Le corrigé de chaque question, en HTML ; sous la clé « suite », ce qui vient après."""
    morceaux: dict[str, list[str]] = {"suite": []}
    ici = None
    for cellule in carnet["cells"]:
        etiquettes = cellule["metadata"].get("tags", [])
        texte = source(cellule)
        if cellule["cell_type"] == "markdown":
            trouve = re.match(r"##\s+(?:Question (\d+\.\d+))?", texte)
            if trouve:
                ici = trouve[1] or ("suite" if len(morceaux) > 1 else None)
        if ici is None or genre(cellule) == "notes":
            continue
        bloc = morceaux.setdefault(ici, [])
        if cellule["cell_type"] == "code":
            if "corrige" in etiquettes:
                bloc.append(_sorties(cellule))
        elif "corrige" in etiquettes or "reponse" in cellule["metadata"]:
            # Une ligne toute en gras annonce la suite : c'est un titre, à ne pas laisser seul.
            texte = re.sub(r"^\*\*([^*\n]+)\*\*$", r"### \1", texte, flags=re.M)
            bloc.append(html_de_la_cellule({**cellule, "source": texte}, niveau=1))
        elif ici == "suite" and re.match(r"##\s+À retenir", texte):
            bloc.append(html_de_la_cellule(cellule, niveau=2))
    return {cle: "\n".join(bloc) for cle, bloc in morceaux.items()}


def _sorties(cellule: dict) -> str:
    """Les tableaux et les figures qu'une cellule affiche, sans leur code."""
    html = []
    for sortie in cellule.get("outputs", []):
        donnees = sortie.get("data", {})
        genre_image = next((g for g in ("image/png", "image/jpeg") if g in donnees), None)
        if genre_image:
            details = sortie.get("metadata", {}).get(genre_image)
            texte = details.get("alt") if isinstance(details, dict) else None
            texte = texte or donnees.get("text/plain", "")
            image = donnees[genre_image].replace("\n", "")
            html.append(
                f'<figure><img src="data:{genre_image};base64,{image}" alt="{escape(texte)}">'
                "</figure>"
            )
        elif "text/html" in donnees:
            brut = donnees["text/html"]
            if "<summary>Description de la figure" not in brut:
                html.append(typographier(_sans_style(brut)))
    return "\n".join(html)


def _sans_style(html: str) -> str:
    """Un tableau de carnet, rendu à la feuille de style de l'impression."""
    html = re.sub(r"(<t[hd])\b[^>]*text-align:\s*right[^>]*>", r'\1 class="nombre">', html)
    html = re.sub(r'\s(?:style|role)="[^"]*"', "", html)
    html = re.sub(r"<th(?=[\s>])", '<th scope="col"', html)
    html = re.sub(r"</?details[^>]*>", "", html)
    return re.sub(r"<(/?)summary[^>]*>", r"<\1p>", html)


# --- Les documents ----------------------------------------------------------------------


def dossier_a_imprimer(numero: str, code: str, donnees: Donnees) -> dict:
    """Ce qu'un gabarit demande pour un dossier ; lève `ErreurCas` si le carnet n'est pas entier."""
    chemin = carnet_du_dossier(numero)
    carnet = carnet_a_editer(chemin)
    if code == "corrige" and (fautes := fautes_d_execution(carnet, chemin.name)):
        raise ErreurImpression(
            f"Le corrigé du dossier {numero} ne peut pas être imprimé : son carnet n'est pas "
            "entier. " + " ".join(fautes[:5]) + " Refaites-le : cerdd construire (ou exécutez "
            "tout le carnet, puis enregistrez-le)."
        )
    try:
        return _remplir(carnet, numero, code, donnees)
    except ErreurImage as erreur:
        raise ErreurImpression(f"corriges/{chemin.name}, {erreur}") from None


def _remplir(carnet: dict, numero: str, code: str, donnees: Donnees) -> dict:
    dossier = {"numero": numero, "titre": typographier(escape(carnet["metadata"]["title"]))}
    if code == "notes":
        dossier["diapositives"] = list(_notes(carnet))
        return dossier
    questions = donnees.table("corrige-questions")
    questions = questions[questions["dossier"] == int(numero)].sort_values("rang")
    reponses = corriges(carnet) if code == "corrige" else {}
    manquantes = [q for q in questions["question"] if code == "corrige" and not reponses.get(q)]
    if manquantes:
        raise ErreurImpression(
            f"Le carnet validé du dossier {numero} n'a pas de réponse à : {', '.join(manquantes)}. "
            "Reconstruisez les carnets : cerdd construire"
        )
    dossier["situation"] = situation(carnet)
    dossier["suite"] = reponses.get("suite", "")
    dossier["points"] = _points(questions["points"].sum())
    dossier["questions"] = [
        {
            "question": q.question,
            "titre": typographier(escape(q.titre)),
            "enonce": typographier(escape(q.enonce)),
            "points": _points(q.points),
            "points_nombre": nombre(q.points),
            "appui": typographier(_appui(q.annexes)),
            "lignes": min(24, round(q.points * LIGNES_PAR_POINT) + 2),
            "corrige": reponses.get(q.question, ""),
            "attendus": [
                {
                    "attendu": typographier(escape(a.attendu)),
                    "points": nombre(a.points),
                    "preuves": typographier(escape(citer(a.preuves))),
                }
                for a in attendus(q.question, donnees).itertuples()
            ],
        }
        for q in questions.itertuples()
    ]
    return dossier


def _notes(carnet: dict) -> Iterator[dict]:
    """Les notes, avec le numéro des diapositives telles qu'elles sont projetées."""
    toutes = [d for d in diapositives(decouper(carnet)) if d.notes]
    for notes, groupe in groupby(toutes, key=lambda d: d.notes):
        memes = list(groupe)
        rangs = dict.fromkeys([memes[0].rang, memes[-1].rang])
        textes = [re.sub(r"^\*\*Pour l'enseignant\.?\*\*\s*", "", n) for n in notes]
        yield {
            "rang": "–".join(map(str, rangs)),
            "titre": typographier(escape(memes[0].titre)),
            "notes": html_de_la_cellule({"source": "\n\n".join(textes)}),
        }


def _points(valeur: float) -> str:
    return f"{nombre(valeur)}\u00a0point{'s' if valeur >= 2 else ''}"


def _appui(annexes: str) -> str:
    noms = {"introduction": "introduction", "enonce_dossier_2": "données de l'énoncé"}
    return ", ".join(noms.get(a, f"annexe {a}") for a in annexes.split())


def document(code: str, numero: str, donnees: Donnees, documents: bool = False) -> str:
    """Un document complet, en HTML : `code` est une clé de `DOCUMENTS`, `numero` ou « tout »."""
    import jinja2

    numeros = list(carnets_des_dossiers()) if numero == "tout" else [numero]
    dossiers = [dossier_a_imprimer(n, code, donnees) for n in numeros]
    titre = dossiers[0]["titre"] if len(dossiers) == 1 else "Le cas CERDD, les quatre dossiers"
    moteur = jinja2.Environment(
        loader=jinja2.FileSystemLoader(GABARITS, encoding="utf-8"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # tout ce qui entre est déjà du HTML (escape ou en_html)
    )
    page = moteur.get_template(f"{code}.html.j2").render(
        code=code,
        titre=titre,
        titre_css=titre.replace("\\", "").replace('"', "”"),
        genre=typographier(DOCUMENTS[code]),
        surtitre=typographier("Concours général des lycées 2015, STMG : le cas CERDD"),
        avertissement=typographier(AVERTISSEMENTS.get(code, "")),
        style=(GABARITS / "impression.css").read_text(encoding="utf-8"),
        dossiers=dossiers,
        annexes=annexes_du_dossier(numero, donnees, documents) if code == "sujet" else [],
    )
    return typographier(page)  # les mots des gabarits aussi


# --- Le PDF -----------------------------------------------------------------------------


def trouver_navigateur() -> str | None:
    """Le navigateur qui imprimera : variable CHROMIUM, ou celui de la machine."""
    choisi = os.environ.get("CHROMIUM")
    for nom in (choisi, *NAVIGATEURS):
        if nom and (chemin := shutil.which(nom)):
            return chemin
    for emplacement in EMPLACEMENTS:
        chemin = os.path.expandvars(emplacement)
        if Path(chemin).is_file():
            return chemin
    return None


def imprimer(html: str, navigateur: str | None = None) -> bytes:
    """La page HTML, imprimée en PDF (A4, balisé, polices incorporées).

    Lève `ErreurImpression` si aucun navigateur convenable n'est là, ou s'il échoue.
    """
    navigateur = navigateur or trouver_navigateur()
    if navigateur is None:
        raise ErreurImpression(
            "Pour le PDF, il faut Edge, Chrome ou Chromium, et aucun n'a été trouvé. Installez "
            "l'un d'eux (ou donnez son chemin dans la variable CHROMIUM). Sans cela, "
            "« cerdd exporter --format html » marche : ouvrez la page et imprimez-la."
        )
    with dossier_provisoire() as provisoire:
        page, pdf = provisoire / "page.html", provisoire / "page.pdf"
        page.write_text(html, encoding="utf-8")
        commande = [
            navigateur, "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={provisoire / 'profil'}", "--no-pdf-header-footer",
            "--export-tagged-pdf", "--generate-pdf-document-outline",
            f"--print-to-pdf={pdf}", page.as_uri(),
        ]  # fmt: skip
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            commande.insert(1, "--no-sandbox")  # dans un conteneur, on n'est souvent que « root »
        try:
            subprocess.run(commande, capture_output=True, timeout=DELAI_IMPRESSION, check=False)
        except (OSError, subprocess.TimeoutExpired) as erreur:
            raise ErreurImpression(
                f"{navigateur} n'a pas imprimé la page ({type(erreur).__name__}). "
                "Essayez « cerdd exporter --format html », puis imprimez la page."
            ) from None
        if not pdf.is_file() or not pdf.stat().st_size:
            if shutil.disk_usage(provisoire).free < PLACE_POUR_IMPRIMER:
                raise ErreurImpression(
                    f"Il n'y a plus assez de place dans {provisoire.parent}, où le navigateur "
                    "travaille. Libérez-en, ou essayez « cerdd exporter --format html »."
                )
            raise ErreurImpression(
                f"{navigateur} n'a pas produit de PDF. Mettez-le à jour (version 131 ou plus "
                "récente), ou essayez « cerdd exporter --format html »."
            )
        return pdf.read_bytes()


# --- Écrire -----------------------------------------------------------------------------


def exporter(
    codes: list[str],
    numero: str,
    format_: str,
    destination: Path,
    donnees: Donnees,
    documents: bool = False,
) -> list[Path]:
    """Écrit les documents demandés dans `destination` et renvoie leurs chemins.

    Un fichier que la collection n'a pas écrit, ou qui a changé depuis, n'est jamais écrasé :
    lève `ErreurImpression` avant d'écrire quoi que ce soit.
    """
    if numero != "tout":
        carnet_du_dossier(numero)  # un dossier inconnu se dit tout de suite
        numero = next(
            n for n, c in carnets_des_dossiers().items() if c == carnet_du_dossier(numero)
        )
    base = "cas_complet" if numero == "tout" else f"dossier_{numero}"
    cibles = {code: destination / f"{base}_{code}.{format_}" for code in codes}
    journal = _lire_journal(destination)
    etrangers = [c.name for c in cibles.values() if not _est_a_nous(c, journal)]
    if etrangers:
        raise ErreurImpression(
            f"Dans {destination}, {', '.join(etrangers)} n'a pas été fait par cerdd, ou a changé "
            "depuis : rien n'a été écrit. Renommez ce fichier, ou choisissez un autre dossier "
            "avec --vers."
        )
    contenus = {}
    for code in codes:
        html = document(code, numero, donnees, documents)
        contenus[code] = imprimer(html) if format_ == "pdf" else html.encode("utf-8")
    # Le journal connaît le sceau en place et le nouveau avant que le document change : quel que soit
    # l'instant d'une coupure, ce qui est en place est reconnu.
    for code, cible in cibles.items():
        en_place = [_sceau(cible)] if cible.exists() else []
        journal[cible.name] = [*en_place, hashlib.sha256(contenus[code]).hexdigest()]
    try:
        destination.mkdir(parents=True, exist_ok=True)
        fichiers.ecrire({destination / JOURNAL: json.dumps(journal, indent=1)})
        fichiers.ecrire({cible: contenus[code] for code, cible in cibles.items()})
    except OSError as erreur:
        raise ErreurImpression(
            f"Impossible d'écrire dans {destination} : {fichiers.cause(erreur)}. Fermez le "
            "document s'il est ouvert, ou choisissez un autre dossier avec --vers."
        ) from None
    return list(cibles.values())


def _lire_journal(destination: Path) -> dict[str, list[str]]:
    """Les sceaux de ce que « exporter » a écrit là, par nom de fichier."""
    try:
        journal = json.loads((destination / JOURNAL).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(journal, dict):
        return {}
    return {n: s if isinstance(s, list) else [s] for n, s in journal.items()}


def _est_a_nous(cible: Path, journal: dict[str, list[str]]) -> bool:
    """Rien n'y est, ou bien ce que « exporter » y a écrit."""
    return not cible.exists() or (cible.is_file() and _sceau(cible) in journal.get(cible.name, []))


def _sceau(chemin: Path) -> str:
    return hashlib.sha256(chemin.read_bytes()).hexdigest()
