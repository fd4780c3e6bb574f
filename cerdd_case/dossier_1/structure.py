"""L'arborescence des organes et des postes, et l'organigramme (annexe 2)."""

from itertools import count
from pathlib import Path
from statistics import fmean
from textwrap import wrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..donnees.paquet import Donnees
from ..figures import mise_en_page as page
from ..socle.erreurs import ErreurCas

# Ce que les justifications de l'annexe 2 disent non donné, case par case.
MANQUES = {"equipe": "taille ?", "charge_de_mission": "combien ?", "services": "lesquels ?"}
LARGEUR_CASE, HAUTEUR_CASE = 0.94, 0.62
TIRETS = (0, (4, 3))


def arborescence(postes: pd.DataFrame) -> pd.DataFrame:
    """Où dessiner chaque organe et chaque poste de l'annexe 2.

    Ajoute au tableau les colonnes `niveau` (0 pour le sommet) et `place` : les cases sans
    subordonné se suivent (0, 1, 2…), une case qui en a se place au milieu d'eux, et celle qui en a
    le plus au milieu de ses voisines. Les lignes restent dans l'ordre du tableau.

    Lève `ErreurCas` si une case dépend d'une case absente ou, par un détour, d'elle-même.
    """
    parents = {
        r.code: r.rattachement if isinstance(r.rattachement, str) else None
        for r in postes.itertuples()
    }
    niveaux: dict[str, int] = {}
    places: dict[str, float] = {}
    feuilles = count()

    def placer(code: str, niveau: int) -> None:
        enfants = _le_plus_grand_au_milieu(code, parents)
        for enfant in enfants:
            placer(enfant, niveau + 1)
        bords = [places[enfant] for enfant in enfants[:1] + enfants[-1:]]
        niveaux[code], places[code] = niveau, fmean(bords or [next(feuilles)])

    for code, haut in parents.items():
        if haut is None:
            placer(code, 0)
        elif haut not in parents:
            raise ErreurCas(
                f"Annexe 2 : « {code} » dépend de « {haut} », qui n'est pas dans le tableau."
            )
    for code, haut in parents.items():
        if code not in niveaux:
            raise ErreurCas(f"Annexe 2 : « {code} » dépend de « {haut} », qui revient sur lui.")
    return postes.assign(niveau=postes["code"].map(niveaux), place=postes["code"].map(places))


def _le_plus_grand_au_milieu(code: str, parents: dict[str, str | None]) -> list[str]:
    """Ce qui dépend de cette case ; ce qui a le plus de subordonnés, s'il en a, au milieu."""
    enfants = [enfant for enfant, haut in parents.items() if haut == code]
    hauts = [*parents.values()]
    if any(enfant in hauts for enfant in enfants):
        grand = max(enfants, key=hauts.count)
        enfants.remove(grand)
        enfants.insert((len(enfants) + 1) // 2, grand)
    return enfants


@page.style()
def figure_organigramme(cas: Donnees) -> page.Illustration:
    """La structure d'après l'annexe 2, ou l'image posée dans `data/local/`.

    Trait plein : dit par le sujet ; tirets : déduit ; point d'interrogation : non donné. Le
    dessin d'origine n'est pas dans la transcription du sujet.
    """
    for genre in ("png", "jpg", "jpeg"):
        chemin = cas.dossier / "local" / f"organigramme.{genre}"
        if chemin.is_file():
            return image_organigramme(chemin)
    arbre = arborescence(cas.annexe(2)).set_index("code")
    figure = page.nouvelle_figure(10, 6.3)
    axe = page.panneau(figure, (0.005, 0.01, 0.99, 0.93), (-0.55, arbre["place"].max() + 0.55),
                  (arbre["niveau"].max() + 0.45, -0.4))  # fmt: skip
    morceaux = []
    for code, case in arbre.iterrows():
        enonce, lien, manque = case["statut_information"] == "enonce", "", ""
        texte = "\n".join(wrap(case["libelle"], 13))
        if isinstance(case["rattachement"], str):
            parent = arbre.loc[case["rattachement"]]
            _lien(axe, parent, case, enonce)
            lien = f", sous « {parent['libelle']} »"
        if code in MANQUES:
            texte += f"\n? {MANQUES[code]}"
            manque = f" ; non donné : {MANQUES[code].removesuffix(' ?')}"
        _case(axe, case["place"], case["niveau"], texte, enonce, case["genre"] == "poste")
        statut = "énoncé" if enonce else "déduit"
        morceaux.append(f"{case['libelle']}{lien} ({statut}{manque})")
    page.titrer(figure, "La structure du CERDD, d'après le texte du sujet", y=0.96)
    _legende_organigramme(axe)
    return page.Illustration(
        figure,
        "Arbre de la structure, d'après le texte du sujet (le dessin d'origine n'est pas "
        f"transcrit). {' ; '.join(morceaux)}.",
    )


def _case(axe: Axes, x: float, y: float, texte: str, enonce: bool, poste: bool) -> None:
    fond = "white" if poste else "#eef3f8"
    bord, trait = (page.BLEU, "-") if enonce else (page.ORANGE, TIRETS)
    coin = (x - LARGEUR_CASE / 2, y - HAUTEUR_CASE / 2)
    axe.add_patch(Rectangle(coin, LARGEUR_CASE, HAUTEUR_CASE, facecolor=fond, edgecolor=bord,
                            ls=trait, lw=2, zorder=2))  # fmt: skip
    axe.text(x, y, texte, ha="center", va="center", fontsize=10.5, linespacing=1.15, zorder=3)


def _lien(axe: Axes, haut: pd.Series, bas: pd.Series, enonce: bool) -> None:
    debut, fin = bas["niveau"] - HAUTEUR_CASE / 2, haut["niveau"] + HAUTEUR_CASE / 2
    x = [bas["place"], bas["place"], haut["place"], haut["place"]]
    y = [debut, bas["niveau"] - 0.5, bas["niveau"] - 0.5, fin]
    axe.plot(x, y, color=page.ENCRE, lw=1.3, ls="-" if enonce else TIRETS, zorder=1)


def _legende_organigramme(axe: Axes) -> None:
    """En bas à gauche, là où l'arbre laisse de la place."""
    for y, modele, enonce, sens in (
        (2.95, "organe", True, "trait plein : dit par le sujet"),
        (3.70, "organe", False, "tirets : déduit de ce que dit le sujet"),
        (4.45, "poste", True, "fond blanc : un poste"),
    ):
        _case(axe, -0.02, y, modele, enonce, modele == "poste")
        axe.text(0.55, y, "\n".join(wrap(sens, 22)), fontsize=11, va="center")
    axe.text(-0.5, 5.15, "?  ce que le sujet ne donne pas\nLe dessin d'origine manque dans la "
             "transcription.", fontsize=11, va="center", linespacing=1.5)  # fmt: skip


def image_organigramme(chemin: Path) -> page.Illustration:
    """L'organigramme d'origine, quand l'enseignant a posé l'image dans `data/local/`.

    Lève `ErreurCas` si le fichier n'est pas une image lisible.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(chemin) as ouverte:
            image = ouverte.convert("RGB")
    except (UnidentifiedImageError, OSError) as erreur:
        raise ErreurCas(
            f"data/local/{chemin.name} ne s'ouvre pas comme une image ({type(erreur).__name__}). "
            "Remplacez le fichier par une image PNG ou JPEG, ou retirez-le."
        ) from None
    figure = page.nouvelle_figure(10, min(max(10 * image.height / image.width, 2), 14))
    axe = figure.add_axes((0, 0, 1, 1))
    axe.axis("off")
    axe.imshow(image)
    return page.Illustration(
        figure,
        f"Organigramme d'origine fourni par l'enseignant (data/local/{chemin.name}) ; l'image "
        "n'est pas décrite en texte.",
    )
