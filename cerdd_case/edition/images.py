"""Les images des cellules de texte : collées (`attachment:`), posées à côté, ou d'ailleurs.

Un document imprimé et une copie à projeter quittent le dossier du carnet : leurs images partent
avec eux, ou bien l'on dit laquelle manque.
"""

import base64
import itertools
import mimetypes
import re
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

from ..socle.carnet import texte
from ..socle.erreurs import ErreurCas
from ..socle.typographie import typographier
from .lecture_carnet import debut, situer

# L'adresse d'une image, en Markdown ou en HTML.
DANS_UN_TEXTE = re.compile(
    r"""!\[[^\]]*\]\(\s*(?:<([^>]*)>|([^)\s]+))|<img\b[^>]*?\bsrc\s*=\s*["']([^"']*)""",
    re.IGNORECASE,
)
DANS_UNE_PAGE = re.compile(
    r"""(<(img|a)\b[^>]*?\b(?:src|href)\s*=\s*)(["'])(.*?)\3""", re.IGNORECASE | re.S
)
AILLEURS = re.compile(r"(?:https?|ftp|file):|//", re.IGNORECASE)
COLLEE = "attachment:"
REMEDE = "Glissez l'image dans la cellule (elle s'y colle), ou retirez-la."


class ErreurImage(ErreurCas):
    """Une image que la cellule cite, et qu'on n'a pas."""


def attacher(cellule: dict, dossier: Path) -> None:
    """Joint à la cellule les images posées à côté du carnet ; lève `ErreurImage` s'il en manque."""
    jointes = cellule.get("attachments", {})
    noms: dict[str, str] = {}

    def joindre(trouve: re.Match) -> str:
        groupe = trouve.lastindex or 0
        adresse = trouve[groupe]
        if adresse.startswith(COLLEE) and unquote(adresse.removeprefix(COLLEE)) not in jointes:
            raise ErreurImage(f"l'image collée « {adresse} » n'est plus dans le carnet. {REMEDE}")
        if adresse.startswith((COLLEE, "data:")) or AILLEURS.match(adresse):
            return trouve[0]
        if adresse not in noms:
            rangs = (f"image-{rang}{Path(adresse).suffix}" for rang in itertools.count(1))
            noms[adresse] = next(nom for nom in rangs if nom not in jointes)
            jointes[noms[adresse]] = lire_image(dossier, adresse)
        avant, apres = (place - trouve.start() for place in trouve.span(groupe))
        return trouve[0][:avant] + COLLEE + noms[adresse] + trouve[0][apres:]

    with situer(f"cellule « {debut(cellule)} » : "):
        cellule["source"] = DANS_UN_TEXTE.sub(joindre, cellule["source"])
    if jointes:
        cellule["attachments"] = jointes


def lire_image(dossier: Path, adresse: str) -> dict[str, str]:
    """Une image posée à côté d'un carnet, en base 64, sous son type ; lève `ErreurImage`."""
    chemin = dossier / unquote(adresse)
    genre = mimetypes.guess_type(chemin.name)[0] or ""
    try:
        octets = chemin.read_bytes()
    except (OSError, ValueError):
        octets = b""
    if not octets or not genre.startswith("image/"):
        raise ErreurImage(
            f"l'image « {adresse[:80]} » est introuvable à côté du carnet, ou n'est pas une "
            f"image. {REMEDE}"
        )
    return {genre: base64.b64encode(octets).decode("ascii")}


def _jointes(cellule: dict) -> dict[str, str]:
    """Les images jointes à une cellule, par leur nom, en adresses `data:`."""
    trouvees = {}
    for nom, paquet in cellule.get("attachments", {}).items():
        for genre in [g for g in paquet if g.startswith("image/")][:1]:
            octets = texte(paquet[genre])
            if octets.lstrip().startswith("<"):  # un dessin SVG, rangé tel quel
                octets = base64.b64encode(octets.encode()).decode("ascii")
            trouvees[nom] = f"data:{genre};base64,{''.join(octets.split())}"
    return trouvees


def incorporer(cellule: dict) -> str:
    """Le texte d'une cellule, ses images jointes écrites dedans."""
    markdown, jointes = texte(cellule["source"]), _jointes(cellule)
    noms = {COLLEE + ecrit: nom for nom in jointes for ecrit in (nom, quote(nom))}
    for adresse in sorted(noms, key=len, reverse=True):
        markdown = markdown.replace(adresse, jointes[noms[adresse]])
    return markdown


def html_de_la_cellule(cellule: dict, niveau: int = 0) -> str:
    """Le HTML d'une cellule de texte, images comprises ; lève `ErreurImage` s'il en manque une."""
    jointes = _jointes(cellule)

    def placer(trouve: re.Match) -> str:
        avant, balise, guillemet, adresse = trouve.groups()
        collee = unquote(unescape(adresse)).removeprefix(COLLEE)
        adresse = jointes.get(collee, adresse) if adresse.startswith(COLLEE) else adresse
        if balise.lower() == "img" and not adresse.startswith("data:image/"):
            raise ErreurImage(
                f"cellule « {debut(cellule)} » : une image n'est pas dans le carnet, ou ne "
                f"s'imprime pas. {REMEDE}"
            )
        return f"{avant}{guillemet}{adresse}{guillemet}"

    return DANS_UNE_PAGE.sub(placer, markdown_en_html(texte(cellule["source"]), niveau))


def markdown_en_html(markdown: str, niveau: int = 0) -> str:
    """Le HTML d'un texte Markdown ; `niveau` abaisse les titres d'autant (`#` → `<h3>` pour 2)."""
    import mistune

    rendu = mistune.HTMLRenderer(escape=False, allow_harmful_protocols=[COLLEE, "data:image/"])
    html = str(mistune.create_markdown(renderer=rendu, plugins=["table"])(markdown))
    html = re.sub(r"(</?h)([1-6])", lambda m: f"{m[1]}{min(6, int(m[2]) + niveau)}", html)
    return typographier(html)
