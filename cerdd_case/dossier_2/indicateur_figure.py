"""La fiche d'un indicateur, dessinée à mesure qu'elle s'écrit."""

from collections.abc import Mapping
from textwrap import wrap

from ..figures import mise_en_page as page
from ..figures.vive import FigureVive

LARGEUR, LIGNES = 66, 2  # signes par ligne, lignes par champ
A_ECRIRE = "à écrire"


class FigureFiche(FigureVive):
    """Une rangée par champ : son nom, et ce que l'on en a écrit.

    `champs` : leur nom, par clé. `actualiser(ecrits)` : le texte des champs remplis, par clé.
    """

    def __init__(self, champs: Mapping[str, str], titre: str):
        self.champs, self.titre = champs, titre
        super().__init__()

    def construire(self) -> None:
        self.figure = page.nouvelle_figure(10, 4.2)
        self.axe = page.panneau(self.figure, (0.01, 0.02, 0.98, 0.88), (0, 100), (100, 0))
        page.titrer(self.figure, self.titre, y=0.93)
        self.pas = 100 / len(self.champs)
        for rang, nom in enumerate(self.champs.values()):
            self.axe.axhline(rang * self.pas, color=page.CLAIR, lw=1.5)
            self.axe.text(1, (rang + 0.5) * self.pas, nom, va="center", weight="bold",
                          color=page.BLEU)  # fmt: skip

    def actualiser(self, ecrits: Mapping[str, str]) -> str:
        for rang, cle in enumerate(self.champs):
            ecrit = ecrits.get(cle)
            texte = _en_lignes(ecrit) if ecrit else f"… {A_ECRIRE}"
            self.texte(self.axe, 30, (rang + 0.5) * self.pas, texte, fontsize=10.5,
                       color=page.ENCRE if ecrit else page.GRIS, parse_math=False)  # fmt: skip
        dits = " ; ".join(f"{nom} : {ecrits.get(c, A_ECRIRE)}" for c, nom in self.champs.items())
        return f"{self.titre}. {dits}."


def _en_lignes(texte: str) -> str:
    """Deux lignes au plus, sans les signes que la police de la figure n'a pas."""
    connu = "".join(c if c.isprintable() and ord(c) < 0x2E80 else "·" for c in texte)
    lignes = wrap(connu, LARGEUR)
    return "\n".join(lignes[:LIGNES]) + " …" * (len(lignes) > LIGNES)
