"""Les passages que cite une réponse ou qui prouvent un point : à l'écran et sur papier."""

import re
from collections.abc import Iterable

from ..donnees.lecture import passage, renvoi
from ..donnees.paquet import Donnees
from ..questions.registre import faits_d_une_reponse
from ..socle.references import citations, citer, relever
from ..socle.typographie import pluriel, typographier


def passages_cites(texte: str, question: str, donnees: Donnees) -> str:
    """Du Markdown : les passages que cite la réponse à une question, fermés, les mots qui la prouvent
    marqués ; vide s'il n'y en a pas.

    Lève `ErreurCas` si l'un d'eux n'existe pas.
    """
    preuves = relever(texte, question.partition(".")[0])
    if not preuves:
        return ""
    ouverts = renvoi(donnees, " ".join(preuves), faits_d_une_reponse(question, donnees))
    ouverts = ouverts.replace("\n", " ").replace("&#x27;", "'")
    nombre = f"{len(preuves)} {pluriel('passage', len(preuves))}"
    return typographier(
        f"<details><summary>Les textes cités dans cette réponse ({nombre})</summary>{ouverts}</details>"
    )


class Imprimes:
    """Les passages qu'imprime un document : chacun une fois par question, un tableau une fois par dossier.

    Ce qui est déjà imprimé n'est plus qu'un lien vers sa place.
    """

    def __init__(self, donnees: Donnees):
        self.donnees = donnees
        self.dits: dict[str, list[str]] = {}

    def sous(self, question: str, preuves: Iterable[str], faits: Iterable[str] = ()) -> str:
        """Les passages à imprimer sous un point ou une réponse, en HTML.

        `faits` : ceux dont les mots prouvent ; il n'est alors imprimé que ces mots. Lève `ErreurCas`
        si un passage n'existe pas.
        """
        nouveaux, anciens = [], []
        for preuve in preuves:
            ancre, cite = _ancre(question, preuve), citer(preuve)
            deja = self.dits.get(ancre, [])
            textes = [t for t in _extraits(self.donnees, preuve, set(faits)) if t not in deja]
            if textes:
                ici = "" if deja else f" id='{ancre}'"
                dit = " […] ".join(textes)
                nouveaux.append(f"<div class='passage'{ici}><b>{cite}</b> {dit}</div>")
                self.dits[ancre] = deja + textes
            else:
                anciens.append(f"<a href='#{ancre}'>{cite}</a>")
        if anciens:
            nouveaux.append(f"<div class='passage'>Ci-dessus : {' ; '.join(anciens)}.</div>")
        return "".join(nouveaux)

    def lier(self, html: str, question: str) -> str:
        """Chaque référence d'un texte HTML devient un lien vers son passage, s'il est imprimé."""
        return "".join(
            morceau if morceau.startswith("<") else self._lier(morceau, question)
            for morceau in re.split(r"(<[^>]*>)", html)
        )

    def _lier(self, texte: str, question: str) -> str:
        lie, fin = "", 0
        for debut, suite, preuves in citations(texte, question.partition(".")[0]):
            ancres = [a for p in preuves if (a := _ancre(question, p)) in self.dits]
            cite = texte[debut:suite]
            lie += texte[fin:debut] + (f"<a href='#{ancres[0]}'>{cite}</a>" if ancres else cite)
            fin = suite
        return lie + texte[fin:]


def _ancre(question: str, preuve: str) -> str:
    """Le nom d'un passage dans la page ; celui d'un tableau entier vaut pour tout le dossier."""
    ici = question if "§" in preuve else question.partition(".")[0]
    return re.sub(r"\W+", "-", f"{ici}-{preuve}")


def _extraits(donnees: Donnees, preuve: str, faits: set[str]) -> list[str]:
    """Les mots des faits dans un passage, en HTML ; sans eux, le passage entier."""
    html = passage(donnees, preuve, faits)
    return re.findall(r"<mark>(.*?)</mark>", html) or [_pour_le_papier(html)]


def _pour_le_papier(html: str) -> str:
    """Un passage sans ce que l'écran y ajoute : son lieu, styles, titres et source d'un tableau."""
    html = re.sub(r"</?div[^>]*>", "", html)
    html = re.sub(r"<p[^>]*><strong>.*?</strong></p>|<p style=[^>]*>.*?</p>", "", html)
    return sans_style(re.sub(r"<em>[^<]*</em> ", "", html).replace("<br>", " — "))


def sans_style(html: str) -> str:
    """Un tableau d'écran, rendu à la feuille de style de l'impression ; son titre le suit."""
    html = re.sub(r"(<t[hd])\b[^>]*text-align:\s*right[^>]*>", r'\1 class="nombre">', html)
    html = re.sub(r'\s(?:style|role)="[^"]*"', "", html)
    html = re.sub(r"<th(?=[\s>])", '<th scope="col"', html)
    html = re.sub(r"</?details[^>]*>", "", html)
    html = re.sub(r"<(/?)summary[^>]*>", r"<\1p>", html)
    titre = r"<p>\s*<strong>([^<]*)</strong>\s*</p>\s*<table>"
    return re.sub(titre, r"<table><caption>\1</caption>", html)
