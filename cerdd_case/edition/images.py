"""Les images des cellules de texte : collées (`attachment:`), posées à côté, ou d'ailleurs.

Un document imprimé et une copie à projeter quittent le dossier du carnet : leurs images partent
avec eux, ou bien l'on dit laquelle manque. Rien ne devient un cadre vide sans un mot.
"""

import base64
import io
import itertools
import mimetypes
import re
from pathlib import Path
from urllib.parse import quote, unquote

from ..socle.erreurs import ErreurCas
from ..socle.typographie import typographier
from .lecture_carnet import texte

# L'adresse d'une image, en Markdown ou en HTML.
DANS_UN_TEXTE = re.compile(
    r"""!\[[^\]]*\]\(\s*(?:<([^>]*)>|([^)\s]+))|<img\b[^>]*?\bsrc\s*=\s*["']([^"']*)""",
    re.IGNORECASE,
)
DANS_UNE_PAGE = re.compile(r"""(<img\b[^>]*?\bsrc\s*=\s*)(["'])(.*?)\2""", re.IGNORECASE | re.S)
AILLEURS = re.compile(r"(?:https?|ftp|file):|//", re.IGNORECASE)
REMEDE = "Glissez l'image dans la cellule (elle s'y colle), ou retirez-la."


class ErreurImage(ErreurCas):
    """Une image que la cellule cite, et qu'on n'a pas."""


def debut(cellule: dict) -> str:
    """De quoi reconnaître une cellule : le début de sa première ligne."""
    return texte(cellule["source"]).strip().split("\n")[0][:50]


def est_une_image(octets: bytes) -> bool:
    """Ces octets se décodent-ils, jusqu'au bout, comme une image ?"""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(octets)) as image:
            image.load()
    except (OSError, ValueError, SyntaxError):  # tronquée, abîmée, ou tout autre chose
        return False
    return True


def adresses(markdown: str) -> list[str]:
    """Les adresses des images d'un texte, dans l'ordre."""
    return [next(filter(None, trouve.groups()), "") for trouve in DANS_UN_TEXTE.finditer(markdown)]


def attacher(cellule: dict, dossier: Path) -> None:
    """Joint à la cellule les images posées à côté du carnet ; lève `ErreurImage` s'il en manque."""
    jointes = cellule.get("attachments", {})
    for adresse in dict.fromkeys(adresses(cellule["source"])):
        if adresse.startswith("attachment:"):
            if unquote(adresse.removeprefix("attachment:")) not in jointes:
                raise ErreurImage(
                    f"cellule « {debut(cellule)} » : l'image collée « {adresse} » n'est plus "
                    f"dans le carnet. {REMEDE}"
                )
        elif not AILLEURS.match(adresse) and not adresse.startswith("data:"):
            rangs = (f"image-{rang}{Path(adresse).suffix}" for rang in itertools.count(1))
            nom = next(nom for nom in rangs if nom not in jointes)
            jointes[nom] = lire(dossier, adresse, f"cellule « {debut(cellule)} »")
            cellule["source"] = _citer(cellule["source"], adresse, f"attachment:{nom}")
    if jointes:
        cellule["attachments"] = jointes


def _citer(markdown: str, adresse: str, nouvelle: str) -> str:
    """Le texte, où l'image de cette adresse, et elle seule, est citée sous une autre."""

    def remplacer(trouve: re.Match) -> str:
        rang = next((r for r in (1, 2, 3) if trouve[r] == adresse), 0)
        if not rang:
            return trouve[0]
        debut, fin = (place - trouve.start() for place in trouve.span(rang))
        return trouve[0][:debut] + nouvelle + trouve[0][fin:]

    return DANS_UN_TEXTE.sub(remplacer, markdown)


def lire(dossier: Path, adresse: str, lieu: str) -> dict[str, str]:
    """Une image posée à côté d'un carnet, en base 64, sous son type ; lève `ErreurImage`."""
    chemin = dossier / unquote(adresse)
    genre = mimetypes.guess_type(chemin.name)[0] or ""
    try:
        octets = chemin.read_bytes()
    except (OSError, ValueError):
        octets = b""
    if not octets or not genre.startswith("image/"):
        raise ErreurImage(
            f"{lieu} : l'image « {adresse[:80]} » est introuvable à côté du carnet, ou n'est pas "
            f"une image. {REMEDE}"
        )
    return {genre: base64.b64encode(octets).decode("ascii")}


def _jointes(cellule: dict) -> dict[str, str]:
    """Les images jointes à une cellule, par l'adresse que son texte cite, en adresses `data:`."""
    trouvees = {}
    for nom, paquet in cellule.get("attachments", {}).items():
        genre = next((g for g in paquet if g.startswith("image/")), None)
        if genre:
            octets = texte(paquet[genre])
            if octets.lstrip().startswith("<"):  # un dessin SVG, rangé tel quel
                octets = base64.b64encode(octets.encode()).decode("ascii")
            octets = re.sub(r"\s", "", octets)
            for ecrit in (nom, quote(nom)):
                trouvees[f"attachment:{ecrit}"] = f"data:{genre};base64,{octets}"
    return trouvees


def _remplacer(markdown: str, adresses: dict[str, str]) -> str:
    for adresse in sorted(adresses, key=len, reverse=True):
        markdown = markdown.replace(adresse, adresses[adresse])
    return markdown


def incorporer(cellule: dict) -> str:
    """Le texte d'une cellule, ses images jointes écrites dedans."""
    return _remplacer(texte(cellule["source"]), _jointes(cellule))


def html_de_la_cellule(cellule: dict, niveau: int = 0) -> str:
    """Le HTML d'une cellule de texte, images comprises ; lève `ErreurImage` s'il en manque une."""
    jointes = _jointes(cellule)
    # Le temps de la conversion, un repère tient la place de chaque image.
    reperes = {adresse: f"cerdd-image-{rang}-" for rang, adresse in enumerate(jointes)}
    donnees = {repere: jointes[adresse] for adresse, repere in reperes.items()}

    def placer(trouve: re.Match) -> str:
        adresse = trouve[3]
        if adresse not in donnees and not adresse.startswith("data:image/"):
            raise ErreurImage(
                f"cellule « {debut(cellule)} » : une image n'est pas dans le carnet, ou ne "
                f"s'imprime pas. {REMEDE}"
            )
        return f"{trouve[1]}{trouve[2]}{donnees.get(adresse, adresse)}{trouve[2]}"

    html = en_html(_remplacer(texte(cellule["source"]), reperes), niveau)
    html = DANS_UNE_PAGE.sub(placer, html)
    for adresse, repere in reperes.items():  # un lien vers l'image, ou son adresse dans le texte
        html = html.replace(f'href="{repere}"', f'href="{jointes[adresse]}"')
        html = html.replace(repere, adresse)
    return html


def en_html(markdown: str, niveau: int = 0) -> str:
    """Le HTML d'un texte Markdown ; `niveau` abaisse les titres d'autant (`#` → `<h3>` pour 2)."""
    import mistune

    html = mistune.create_markdown(escape=False, plugins=["table"])(markdown)
    html = re.sub(r"(</?h)([1-6])", lambda m: f"{m[1]}{min(6, int(m[2]) + niveau)}", html)
    return typographier(html)
