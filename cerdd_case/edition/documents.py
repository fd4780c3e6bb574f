"""Les documents à imprimer, en HTML : sujet, livret d'annexes, corrigé, barème, notes.

Ici, ce qu'ils disent ; leur mise en page est dans `gabarits/`.
"""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from ..bureau.impression import ErreurImpression
from ..donnees.lecture import Page, feuille
from ..donnees.paquet import Donnees
from ..questions.registre import (
    LECTURE,
    Registre,
    appui,
    attendus,
    du_cours,
    faits_d_une_reponse,
    question,
)
from ..socle.nombres import nombre
from ..socle.references import relever
from ..socle.typographie import imprimer, pluriel
from .diapositives import (
    au_tableau,
    carnet_a_editer,
    carnet_du_dossier,
    carnets_des_dossiers,
    diapositives,
    genre,
)
from .images import ErreurImage, html_de_la_cellule
from .lecture_carnet import lire_carnet, situer
from .passages import Imprimes, sans_style
from .validation import IMAGES, fautes_d_execution, fautes_de_texte
from .vivants import atelier_vivant

GABARITS = Path(__file__).resolve().parent / "gabarits"
DOCUMENTS = {
    "sujet": "Sujet de l'élève",
    "annexes": "Livret d'annexes",
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


def annexes_du_dossier(numero: str, donnees: Donnees) -> list[Page]:
    """Les annexes d'un dossier (« tout » : toutes), dans l'ordre du sujet.

    Les documents complémentaires viennent à la fin, en entier : n'en garder que ce que cite le
    corrigé donnerait la réponse.
    """
    questions = donnees.table("corrige-questions")
    siennes = questions[(numero == "tout") | (questions["dossier"].astype(str) == numero)]
    citees = set(" ".join(siennes["annexes"]).split())
    cles = dict.fromkeys(
        cle
        for r in donnees.ressources
        if (cle := r.get("cas:annexe") or r.get("cas:document"))
        and (numero in ("tout", *map(str, r.get("cas:dossiers", []))) or str(cle) in citees)
    )
    return [feuille(donnees, cle) for cle in cles]


def situation(carnet: dict) -> str:
    """La situation d'un dossier : le début de sa première cellule, avant ses objectifs."""
    premiere = carnet["cells"][0]
    texte = re.split(r"^\*\*Ce que vous allez", premiere["source"], maxsplit=1, flags=re.M)[0]
    texte = re.sub(r"^#\s.*\n", "", texte, count=1)
    texte = re.sub(r"\*\*La situation\.?\*\*\s*", "", texte)
    return html_de_la_cellule({**premiere, "source": texte})


def corriges(carnet: dict, cas: Registre, a_l_ecran: bool = False) -> dict[str, str]:
    """Le corrigé de chaque question, en HTML ; sous la clé « suite », ce qui vient après.

    Un atelier qui vit sans Python y laisse sa figure ; `a_l_ecran` : et l'atelier lui-même.
    """
    morceaux: dict[str, list[str]] = {"suite": []}
    ici = None
    for cellule in carnet["cells"]:
        texte, en_code = cellule["source"], cellule["cell_type"] == "code"
        du_corrige = "corrige" in cellule["metadata"].get("tags", [])
        titre = re.match(r"##\s+(?:Question\s(\d+\.\d+))?", texte)
        if titre and cellule["cell_type"] == "markdown":
            ici = titre[1] or ("suite" if len(morceaux) > 1 else None)
        if ici is None or genre(cellule) == "notes" or au_tableau(cellule):
            continue
        bloc = morceaux.setdefault(ici, [])
        if en_code and du_corrige:
            bloc += _sorties(cellule)
        elif en_code and (vivant := atelier_vivant(cellule)):
            bloc.append(f"<h3>{vivant.titre}</h3>" + vivant.bloc(cas, "sujet") * a_l_ecran)
            figure = "".join(_sorties({"outputs": [vivant.sur_papier(cas)]}))
            bloc.append(f'<div class="sur-papier">{figure}</div>')
        elif not en_code and (du_corrige or "reponse" in cellule["metadata"]):
            # Une ligne toute en gras annonce la suite : c'est un titre, à ne pas laisser seul.
            texte = re.sub(r"^\*\*([^*\n]+)\*\*$", r"### \1", texte, flags=re.M)
            bloc.append(html_de_la_cellule({**cellule, "source": texte}, niveau=1))
        elif not en_code and ici == "suite" and re.match(r"##\s+À retenir", texte):
            bloc.append(html_de_la_cellule(cellule, niveau=2))
    return {cle: "\n".join(bloc) for cle, bloc in morceaux.items()}


def _sorties(cellule: dict) -> Iterator[str]:
    """Les tableaux et les figures qu'une cellule affiche, sans leur code."""
    for sortie in cellule["outputs"]:
        donnees = sortie.get("data", {})
        html = donnees.get("text/html", "")
        if image := next((g for g in IMAGES if g in donnees), None):
            details = sortie.get("metadata", {}).get(image)
            details = details if isinstance(details, dict) else {}
            texte = escape(details.get("alt") or donnees.get("text/plain", ""))
            legende = escape(details.get("legende", ""))
            legende = f"<figcaption>{legende}</figcaption>" if legende else ""
            adresse = f"data:{image};base64,{donnees[image]}".replace("\n", "")
            yield f'<figure><img src="{adresse}" alt="{texte}">{legende}</figure>'
        elif html and "<summary>Description de la figure" not in html:
            yield sans_style(html)


def dossier_a_imprimer(numero: str, code: str, donnees: Donnees, a_l_ecran: bool = False) -> dict:
    """Ce qu'un gabarit demande pour un dossier ; lève `ErreurCas` si le carnet n'est pas entier."""
    chemin = carnet_du_dossier(numero)
    carnet = carnet_a_editer(chemin)
    if code == "corrige" and (fautes := fautes_d_execution(carnet, chemin.name)):
        raise ErreurImpression(
            f"Le corrigé du dossier {numero} ne peut pas être imprimé : son carnet n'est pas "
            "entier. " + " ".join(fautes[:5]) + " Refaites-le : cerdd construire (ou exécutez "
            "tout le carnet, puis enregistrez-le)."
        )
    questions = donnees.table("corrige-questions")
    questions = questions[questions["dossier"] == int(numero)].sort_values("rang")
    dossier = {"titre": carnet["metadata"]["title"]}
    with situer(f"corriges/{chemin.name}, ", ErreurImage):
        if code == "notes":
            return {**dossier, "diapositives": list(_notes(carnet))}
        dossier["situation"] = situation(carnet)
        epreuve = donnees.annexe("epreuve").set_index("fait_id")["fait"]
        dossier["epreuve"] = " ".join(epreuve[["EP-03", "EP-04"]])
        cas = Registre(donnees.dossier)
        reponses = corriges(carnet, cas, a_l_ecran) if code == "corrige" else {}
    manquantes = [q for q in questions["question"] if code == "corrige" and not reponses.get(q)]
    if manquantes:
        raise ErreurImpression(
            f"Le carnet validé du dossier {numero} n'a pas de réponse à : {', '.join(manquantes)}. "
            "Reconstruisez les carnets : cerdd construire"
        )
    imprimes = Imprimes(donnees)
    lignes = [question(q, donnees) for q in questions["question"]]
    for q in lignes:
        cle = q["question"]
        if code == "bareme":
            q["attendus"] = [
                {"attendu": a.attendu, "points": a.points, "lecture": LECTURE * a.lecture_proposee,
                 "cours": du_cours(a),
                 "passages": imprimes.sous(cle, a.preuves.split(), a.faits.split())}
                for a in attendus(cle, donnees).itertuples()
            ]  # fmt: skip
        elif code == "corrige":
            preuves = relever(re.sub(r"<[^>]*>", "", reponses[cle]), numero)
            q["passages"] = imprimes.sous(cle, preuves, faits_d_une_reponse(cle, donnees))
            q["corrige"] = imprimes.lier(reponses[cle], cle)
    return dossier | {
        "suite": reponses.get("suite", ""),
        "points": questions["points"].sum(),
        "questions": lignes,
    }


def retouches(numero: str) -> list[str]:
    """Ce qui, dans les corrigés imprimés, n'est plus ce que la construction a fait."""
    toutes = carnets_des_dossiers().values()
    chemins = toutes if numero == "tout" else [carnet_du_dossier(numero)]
    return [f for c in chemins for f in fautes_de_texte(lire_carnet(c), c.name)]


def _notes(carnet: dict) -> Iterator[dict]:
    """Les notes, avec le numéro et les minutes des diapositives telles qu'elles sont projetées."""
    for d in diapositives(carnet):
        if d.notes:
            minutes = f" ({d.minutes} {pluriel('minute', d.minutes)})" if d.minutes else ""
            yield {"rang": d.rang, "titre": d.titre + minutes, "notes": d.notes}


def moteur_des_gabarits() -> Any:
    """Ce qui remplit les pages de `gabarits/` (une `jinja2.Environment`)."""
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(GABARITS, encoding="utf-8"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
    )


def document(code: str, numero: str, donnees: Donnees, a_l_ecran: bool = False) -> str:
    """Un document complet, en HTML : `code` est une clé de `DOCUMENTS`, `numero` ou « tout ».

    `a_l_ecran` : le corrigé contient aussi les ateliers qui vivent sans Python.
    """
    numeros = list(carnets_des_dossiers()) if numero == "tout" else [numero]
    dossiers = [dossier_a_imprimer(n, code, donnees, a_l_ecran) for n in numeros]
    titre = dossiers[0]["titre"] if len(dossiers) == 1 else "Le cas CERDD, tous les dossiers"
    moteur = moteur_des_gabarits()
    moteur.filters |= {"nombre": nombre, "appui": appui}
    moteur.filters["points"] = lambda valeur: f"{nombre(valeur)} {pluriel('point', valeur)}"
    imprimee = moteur.get_template(f"{code}.html.j2").render(
        code=code,
        titre=titre,
        titre_css=imprimer(titre).replace("\\", "").replace('"', "”"),
        genre=imprimer(DOCUMENTS[code]),
        avertissement=AVERTISSEMENTS.get(code, ""),
        style=(GABARITS / "impression.css").read_text(encoding="utf-8"),
        dossiers=dossiers,
        annexes=annexes_du_dossier(numero, donnees) if code == "annexes" else [],
        lignes_par_point=LIGNES_PAR_POINT,
    )
    return imprimer(imprimee)
