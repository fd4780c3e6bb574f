"""L'organigramme d'après l'annexe 2."""

from pathlib import Path
from textwrap import wrap

from matplotlib.patches import Rectangle

from ..figures.mise_en_page import (
    BLEU,
    ENCRE,
    ORANGE,
    Illustration,
    nouvelle_figure,
    panneau,
    style,
    titrer,
)
from ..socle.erreurs import ErreurCas
from .structure import arborescence

# Ce que les justifications de l'annexe 2 disent non donné, case par case.
MANQUES = {"equipe": "taille ?", "charge_de_mission": "combien ?", "services": "lesquels ?"}


@style()
def figure_organigramme(cas) -> Illustration:
    """La structure d'après l'annexe 2, ou l'image posée dans `data/local/`.

    Trait plein : dit par le sujet ; tirets : déduit ; point d'interrogation : non donné. Le
    dessin d'origine n'est pas dans la transcription du sujet.
    """
    for genre in ("png", "jpg", "jpeg"):
        chemin = cas.dossier / "local" / f"organigramme.{genre}"
        if chemin.is_file():
            return image_organigramme(chemin)
    arbre = arborescence(cas.annexe(2)).set_index("code")
    figure = nouvelle_figure(10, 6.3)
    axe = panneau(figure, (0.005, 0.01, 0.99, 0.93), (-0.55, arbre["place"].max() + 0.55),
                  (arbre["niveau"].max() + 0.45, -0.4))  # fmt: skip
    for code, case in arbre.iterrows():
        enonce = case["statut_information"] == "enonce"
        parent = case["rattachement"]
        if isinstance(parent, str):
            _lien(axe, arbre.loc[parent], case, enonce)
        texte = "\n".join(wrap(case["libelle"], 13))
        if code in MANQUES:
            texte += f"\n? {MANQUES[code]}"
        _case(axe, case["place"], case["niveau"], texte, enonce, case["genre"] == "poste")
    titrer(figure, "La structure du CERDD, d'après le texte du sujet", y=0.96)
    _legende_organigramme(axe)
    morceaux = []
    for code, case in arbre.iterrows():
        parent = case["rattachement"]
        statut = "énoncé" if case["statut_information"] == "enonce" else "déduit"
        lien = f", sous « {arbre.loc[parent, 'libelle']} »" if isinstance(parent, str) else ""
        manque = f" ; non donné : {MANQUES[code].removesuffix(' ?')}" if code in MANQUES else ""
        morceaux.append(f"{case['libelle']}{lien} ({statut}{manque})")
    return Illustration(
        figure,
        "Arbre de la structure, d'après le texte du sujet (le dessin d'origine n'est pas "
        f"transcrit). {' ; '.join(morceaux)}.",
    )


LARGEUR_CASE, HAUTEUR_CASE = 0.94, 0.62
TIRETS = (0, (4, 3))


def _case(axe, x, y, texte, enonce: bool, poste: bool):
    axe.add_patch(
        Rectangle((x - LARGEUR_CASE / 2, y - HAUTEUR_CASE / 2), LARGEUR_CASE, HAUTEUR_CASE,
                  facecolor="white" if poste else "#eef3f8", edgecolor=BLEU if enonce else ORANGE,
                  lw=2, ls="-" if enonce else TIRETS, zorder=2)
    )  # fmt: skip
    axe.text(x, y, texte, ha="center", va="center", fontsize=10.5, linespacing=1.15, zorder=3)


def _lien(axe, haut, bas, enonce: bool):
    coude = bas["niveau"] - 0.5
    axe.plot([bas["place"], bas["place"], haut["place"], haut["place"]],
             [bas["niveau"] - HAUTEUR_CASE / 2, coude, coude, haut["niveau"] + HAUTEUR_CASE / 2],
             color=ENCRE, lw=1.3, ls="-" if enonce else TIRETS, zorder=1)  # fmt: skip


def _legende_organigramme(axe):
    """En bas à gauche, là où l'arbre laisse de la place."""
    for i, (modele, enonce, poste, sens) in enumerate((
        ("organe", True, False, "trait plein : dit par le sujet"),
        ("organe", False, False, "tirets : déduit de ce que dit le sujet"),
        ("poste", True, True, "fond blanc : un poste"),
    )):  # fmt: skip
        _case(axe, -0.02, 2.95 + 0.75 * i, modele, enonce, poste)
        axe.text(0.55, 2.95 + 0.75 * i, sens, fontsize=11, va="center")
    axe.text(-0.5, 5.15, "?  ce que le sujet ne donne pas\nLe dessin d'origine manque dans la "
             "transcription.", fontsize=11, va="center", linespacing=1.5)  # fmt: skip


def image_organigramme(chemin: Path) -> Illustration:
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
    figure = nouvelle_figure(10, min(max(10 * image.height / image.width, 2), 14))
    axe = figure.add_axes((0, 0, 1, 1))
    axe.axis("off")
    axe.imshow(image)
    return Illustration(
        figure,
        f"Organigramme d'origine fourni par l'enseignant (data/local/{chemin.name}) ; l'image "
        "n'est pas décrite en texte.",
    )
