"""La convention et la présidence qui alterne, sur une frise (introduction et annexe 1)."""

from functools import partial

import pandas as pd
from matplotlib.axes import Axes

from ..donnees.fautes import CaseFausse
from ..donnees.paquet import Donnees
from ..figures import mise_en_page as page
from ..questions import lectures
from ..socle.erreurs import ErreurCas
from ..socle.nombres import nombre
from ..socle.typographie import minuscule, pluriel
from .vote import nom

DATES = {"creation": "INT-02", "audit": "A1-01", "debut": "A1-43", "fin": "A1-44",
         "convention": "A1-42", "presidence": "A1-40"}  # fmt: skip

A_TROUVER = ("Pendant ces années, que font le directeur et son adjointe ?",
             "À vous de le dire.")  # fmt: skip


def dates(donnees: Donnees) -> dict[str, int]:
    """Les années et durées de la gouvernance (introduction, § 1 ; annexe 1, § 1 et 12).

    Clés : `creation`, `audit`, `debut`, `fin` (années), `convention`, `presidence` (durées en
    années). Lève `ErreurDonnees` si l'un de ces faits manque ou n'est pas un nombre entier.
    """
    lues = {}
    for cle, fait in DATES.items():
        valeur = donnees.fait(fait)
        if valeur != int(valeur):
            faute = f"le fait {fait} vaut {nombre(valeur)}"
            raise CaseFausse(donnees.lieu_du_fait(fait), faute, "Écrivez un nombre entier d'années")
        lues[cle] = int(valeur)
    return lues


def presidences(debut: int, fin: int, duree: int, premier: str = "etat") -> pd.DataFrame:
    """Les présidences successives pendant une convention, si le premier président est connu.

    - `debut`, `fin` : années de la convention ; `duree` : années d'une présidence ;
    - `premier` : « etat » (le préfet de région) ou « region » (le président de la Région).

    Colonnes : `debut`, `fin` (années ; la dernière présidence s'arrête avec la convention) et
    `membre`. Le sujet ne dit ni qui commence, ni si les présidences suivent la convention :
    c'est une hypothèse de lecture, à annoncer comme telle.

    Lève `ErreurCas` si les années ou le premier président ne conviennent pas.
    """
    if premier not in ("etat", "region"):
        raise ErreurCas(f'« {premier} » ne préside pas. Écrivez "etat" ou "region".')
    if duree < 1 or fin <= debut:
        raise ErreurCas(
            f"De {debut} à {fin} par {duree} ans : donnez une fin après le début et une durée "
            "d'au moins un an."
        )
    tour = ["etat", "region"] if premier == "etat" else ["region", "etat"]
    lignes = [
        (annee, min(annee + duree, fin), tour[i % 2])
        for i, annee in enumerate(range(debut, fin, duree))
    ]
    return pd.DataFrame(lignes, columns=["debut", "fin", "membre"])


@page.style()
def figure_calendrier(cas: Donnees, complete: bool = False) -> page.Illustration:
    """La convention, la présidence et la direction : qui, et de quand à quand.

    Le sujet ne dit pas qui préside en premier : les deux lectures possibles sont dessinées.
    `complete` : ajoute ce que la convention fixe et ce que fait la direction, qui sont à trouver
    (question 1.3).
    """
    annees = dates(cas)
    debut, fin, tour = annees["debut"], annees["fin"], annees["presidence"]
    convention = f"{annees['convention']} {pluriel('an', annees['convention'])}"
    rythme = f"tous les {tour} ans" if tour > 1 else "tous les ans"
    couleurs = {"etat": ("#dbe8f4", page.BLEU, ""), "region": ("#dcefe4", page.VERT, "..")}
    noms = {"etat": "État\n(préfet)", "region": "Région\n(son président)"}
    rangees = ["Convention\nà trois parties", "Présidence,\nsi l'État commence",
               "Présidence,\nsi la Région commence", "Direction"]  # fmt: skip
    figure = page.nouvelle_figure(10, 4.7)
    axe = figure.add_axes((0.19, 0.11, 0.80, 0.74))
    dire = partial(lectures.remplir, cas)
    duree = dire("frise_convention", duree=convention) if complete else convention
    _bande(axe, 0, debut, fin, ("#f7e3d0", page.ORANGE, ""),
           f"{duree}\nÉtat, Région, collectivités territoriales")  # fmt: skip
    recit = []
    for rangee, premier in ((1, "etat"), (2, "region")):
        tableau = presidences(debut, fin, tour, premier)
        for p in tableau.itertuples():
            _bande(axe, rangee, p.debut, p.fin, couleurs[p.membre], noms[p.membre])
        recit.append(
            ", ".join(f"{nom(p.membre)} de {p.debut} à {p.fin}" for p in tableau.itertuples())
        )
    axe.annotate("", (fin + 0.6, 3), (debut - 0.05, 3),
                 arrowprops={"arrowstyle": "-|>", "lw": 3, "color": page.ENCRE})  # fmt: skip
    trouve = (dire("frise_action"), dire("frise_comptes"))
    dessus, dessous = trouve if complete else A_TROUVER
    axe.text((debut + fin) / 2, 2.8, dessus, ha="center", va="bottom", fontsize=11)
    axe.text((debut + fin) / 2, 3.2, dessous, ha="center", va="top", fontsize=11)
    premiere = min(annees["audit"], debut)
    gauche = premiere - 1.15  # l'axe est coupé après la création
    for x, quoi in ((gauche, "création"), (annees["audit"], "audit")):
        axe.plot([x, x], [-0.5, 3.5], color=page.GRIS, lw=1, ls=":")
        axe.text(x, -0.58, quoi, ha="center", va="bottom", fontsize=11)
        axe.plot([x], [3.5], "D", color=page.ENCRE, ms=8, clip_on=False)
    axe.text((gauche + premiere) / 2, 3.5, "//", ha="center", va="center",
             fontsize=15, weight="bold",
             bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})  # fmt: skip
    graduations = range(premiere, max(fin, annees["audit"]) + 1)
    axe.set_xticks(
        [gauche, *graduations], map(str, [annees["creation"], *graduations]), fontsize=12
    )
    axe.set_yticks(range(4), rangees, fontsize=10.5)
    axe.tick_params(axis="y", length=0)
    axe.set_ylim(3.5, -0.5)
    axe.set_xlim(gauche - 0.35, graduations[-1] + 0.75)
    axe.spines["left"].set_visible(False)
    titre = (
        dire("frise_titre", duree=convention)
        if complete
        else "La convention, la présidence et la direction"
    )
    page.titrer(figure, titre, y=0.95)
    direction = dire("frise_direction") if complete else " ".join(A_TROUVER)
    return page.Illustration(
        figure,
        f"Frise : création en {annees['creation']}, audit en {annees['audit']}, convention à trois "
        f"parties de {debut} à {fin} ({minuscule(duree)}). La présidence change "
        f"{rythme}. Le sujet ne dit pas qui commence ; si l'État commence : {recit[0]} ; "
        f"si la Région commence : {recit[1]}. " + direction,
    )


def _bande(
    axe: Axes, rangee: int, debut: int, fin: int, couleur: tuple[str, str, str], texte: str
) -> None:
    fond, bord, hachure = couleur
    axe.barh(rangee, fin - debut, 0.66, left=debut, facecolor=fond, edgecolor=bord, lw=2,
             hatch=hachure)  # fmt: skip
    axe.text((debut + fin) / 2, rangee, texte, ha="center", va="center", fontsize=11,
             bbox={"facecolor": fond, "edgecolor": "none", "pad": 1.5})  # fmt: skip
