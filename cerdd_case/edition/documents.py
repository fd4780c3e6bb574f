"""Les documents à imprimer, en HTML : sujet, corrigé, barème, notes."""

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

import pandas as pd

from ..donnees.paquet import Donnees
from ..donnees.tableau import lire
from ..questions.registre import attendus
from ..socle.erreurs import ErreurCas
from ..socle.nombres import nombre
from ..socle.references import citer
from ..socle.typographie import typographier
from .diapositives import (
    carnet_a_editer,
    carnet_du_dossier,
    carnets_des_dossiers,
    decouper,
    diapositives,
    genre,
    source,
)
from .images import ErreurImage, html_de_la_cellule
from .lecture_carnet import lire_carnet
from .validation import fautes_d_execution, fautes_de_texte

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
LIGNES_PAR_POINT = 2.4


class ErreurImpression(ErreurCas):
    """Un document qui ne peut pas être imprimé, ou pas écrit là où on le demande."""


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


def retouches(numero: str) -> list[str]:
    """Ce qui, dans les corrigés imprimés, n'est plus ce que la construction a fait."""
    toutes = carnets_des_dossiers().values()
    chemins = toutes if numero == "tout" else [carnet_du_dossier(numero)]
    return [f for c in chemins for f in fautes_de_texte(lire_carnet(c), c.name)]


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
