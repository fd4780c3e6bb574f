"""Les annexes et les documents tels qu'on les lit : des paragraphes, et à leur place les tableaux.

Un texte de `data/textes/` commence chaque paragraphe par `## § n` et attache chaque fait à ses mots,
`[une équipe restreinte](A7-01)`. Une référence s'ouvre donc sur le paragraphe, ses mots marqués.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape

import pandas as pd

from ..socle.erreurs import ErreurCas
from ..socle.references import PLAN, citer, nommer, reference, relever
from ..socle.typographie import majuscule, typographier
from .description import sources
from .fautes import CaseFausse, FichierFautif
from .paquet import Donnees
from .tableau import Tableau, lire_tableau, tableau_d_une_ressource

PARAGRAPHE = re.compile(r"^## (?:§ (\d+)|(.+))$")
TABLEAU = re.compile(r"^\{\{ tableau (\w+) \}\}$")
MARQUE = re.compile(r"\[([^\[\]]+)\]\(([^()]+)\)")
PARAGRAPHE_CSS = (
    "position:relative;max-width:65ch;padding-left:3.4em;margin:10px 0;line-height:1.55"
)
LIEN_CSS = "color:var(--jp-content-link-color, #1b5e9b)"  # celle des liens du thème
NUMERO_CSS = f"position:absolute;left:0;{LIEN_CSS}"
INTITULE_CSS = f"display:block;{LIEN_CSS}"
LIGNES_D_UN_PASSAGE = 3  # plus longue, une partie de tableau reste un tableau
NOMBRE = re.compile(r"(\d+(?:[ \u202f]\d{3})*(?:,\d+)?)(\u00a0millions?\b)?")
VERSION = re.compile(r"\d+\.\d+")  # « Web 2.0 »


@dataclass(frozen=True)
class Morceau:
    """Quelques mots d'un paragraphe, et les faits qu'ils portent."""

    texte: str
    faits: tuple[str, ...] = ()


@dataclass
class Paragraphe:
    """Un paragraphe : son numéro dans le sujet (aucun pour un résumé), ses morceaux."""

    numero: int | None
    intitule: str = ""
    morceaux: list[Morceau] = field(default_factory=list)

    @property
    def debut(self) -> str:
        """« § 2 », ou l'intitulé d'un résumé."""
        return f"§\u00a0{self.numero}" if self.numero else self.intitule

    @property
    def texte(self) -> str:
        """Tous ses mots, sans marque."""
        return "".join(m.texte for m in self.morceaux)

    def __str__(self) -> str:
        return f"{self.debut}. {self.texte}"

    def html(self, marques: Collection[str] = ()) -> str:
        """Ses mots ; ceux des faits `marques` sont surlignés."""
        return "".join(
            f"<mark>{escape(m.texte)}</mark>" if set(marques) & set(m.faits) else escape(m.texte)
            for m in self.morceaux
        )


@dataclass
class Page:
    """Une annexe ou un document : un titre, des paragraphes et des tableaux dans l'ordre."""

    cite: str
    titre: str
    source: str
    corps: list[Paragraphe | Tableau]
    changes: list[str] = field(default_factory=list)
    """Les faits que ce cas dit autrement que le texte."""

    @property
    def nom(self) -> str:
        """Ce qui se cite, et le titre : « Annexe 7 — … »."""
        return f"{self.cite} — {self.titre}" if self.cite else self.titre

    @property
    def paragraphes(self) -> list[Paragraphe]:
        """Les paragraphes, sans les tableaux."""
        return [p for p in self.corps if isinstance(p, Paragraphe)]

    def __str__(self) -> str:
        return "\n\n".join([self.nom, *map(str, self.corps), *self.changes, self.source])

    __repr__ = __str__

    def corps_html(self) -> str:
        """Les paragraphes, leur numéro dans la marge, les tableaux et la source."""
        corps = "".join(
            f"<p style='{PARAGRAPHE_CSS}'><b style='{NUMERO_CSS if p.numero else INTITULE_CSS}'>"
            f"{escape(p.debut)}</b>{p.html()}</p>"
            if isinstance(p, Paragraphe)
            else f"<div style='margin:12px 0;overflow-x:auto'>{p._repr_html_()}</div>"
            for p in self.corps
        )
        dits = "".join(f"<p style='{PARAGRAPHE_CSS}'>✎ {escape(c)}</p>" for c in self.changes)
        source = f"<p style='opacity:0.8;font-size:0.9em'>{escape(self.source)}</p>"
        return f"{corps}{dits}{source}"

    def _repr_html_(self) -> str:
        return typographier(
            f"<details class='cerdd-page'><summary><strong>{escape(self.nom)}</strong></summary>"
            f"{self.corps_html()}</details>"
        )


def page(donnees: Donnees, numero: int | str) -> Page | None:
    """Une annexe ou un document en entier ; None si ce n'est qu'un tableau, sans texte ni faits.

    `numero` : 1 à 11, « introduction » ou le code d'un document. Lève `ErreurDonnees` : annexe
    inconnue, texte qui ne se lit pas, fait ou tableau qu'il nomme et qui n'existe pas.
    """
    genre, cle, chemin = _place(donnees, numero)
    principale = donnees.ressource(genre, cle)
    de_faits = any(c["name"] == "fait" for c in principale["schema"]["fields"])
    return _page(donnees, genre, cle) if chemin.is_file() or de_faits else None


def feuille(donnees: Donnees, numero: int | str) -> Page:
    """Comme `page`, pour la montrer ou l'imprimer : un tableau seul en est alors tout le corps."""
    if lue := page(donnees, numero):
        return lue
    tableau = lire_tableau(donnees, numero)
    return Page("", tableau.titre, tableau.source, [tableau])


@lru_cache(maxsize=32)
def _page(donnees: Donnees, genre: str, cle: int | str) -> Page:
    principale = donnees.ressource(genre, cle)
    lire = _lire if _place(donnees, cle)[2].is_file() else _reunir
    titre, corps = lire(donnees, genre, cle)
    faits = faits_d_un_texte(donnees, genre, cle)
    return Page(
        majuscule(nommer(genre, cle)), titre, sources(principale), corps,
        _changes(corps, faits),
    )  # fmt: skip


def passage(donnees: Donnees, preuve: str, faits: Collection[str] = ()) -> str:
    """Le passage que désigne `A7§2` ou `A9/missions§3`, en HTML, les mots de `faits` marqués.

    Ses attributs `data-…` disent d'où il vient : une page peut ouvrir l'annexe à cet endroit. Lève
    `ErreurCas` si ce passage n'existe pas.
    """
    genre, numero, table, rang = reference(preuve)
    trouves, texte = "", page(donnees, numero)
    places = [p.titre for p in texte.corps if isinstance(p, Tableau)] if texte else []
    nomme = donnees.ressource(genre, numero, table)["title"] if table else None
    tabulaire = nomme in places if nomme else numero == PLAN  # sinon, la page le dit en prose
    for paragraphe in texte.paragraphes if texte and not tabulaire else ():
        if rang and paragraphe.numero == rang:
            trouves += f"<p>{paragraphe.html(faits)}</p>"
    for ressource in donnees.ressources:
        if ressource.get(f"cas:{genre}") != numero or table not in (None, ressource["cas:table"]):
            continue
        contenu = donnees.table(ressource["name"])
        if trouves and (ressource["title"] not in places or ressource["cas:table"] != "principale"):
            continue  # le texte le dit déjà
        if rang:
            contenu = contenu[contenu.get("paragraphe", pd.Series(0, contenu.index)) == rang]
        if "fait" in contenu and len(contenu):
            trouves += f"<p>{escape(' '.join(contenu['fait']))}</p>"
        elif len(contenu):
            tableau = tableau_d_une_ressource(ressource, contenu, replie=False)
            etroit = rang and len(contenu) <= LIGNES_D_UN_PASSAGE
            trouves += tableau.en_lignes() if etroit else tableau._repr_html_()
    if not trouves:
        raise ErreurCas(f"{citer(preuve)} n'existe pas. Corrigez la référence {preuve}.")
    lieu = f"data-annexe='{numero}' data-passage='{preuve}' data-faits='{' '.join(faits)}'"
    return f"<div {lieu}>{trouves}</div>"


def renvoi(donnees: Donnees, preuves: str, faits: Collection[str] = ()) -> str:
    """Des références qui s'ouvrent sur leur passage, en HTML ; vide s'il n'y en a pas."""
    return " ".join(
        f"<details class='cerdd-renvoi'><summary>{escape(citer(p))}</summary>"
        f"<blockquote>{passage(donnees, p, faits)}</blockquote></details>"
        for p in preuves.split()
    )


def passages(donnees: Donnees, citation: str, faits: Collection[str] = ()) -> str:
    """Les passages que cite « annexe 7, § 2 et 3 », en HTML ; vide si elle n'en désigne aucun."""
    return "".join(passage(donnees, p, faits) for p in relever(citation))


def ouvrir(donnees: Donnees, citation: str, faits: Collection[str] = ()) -> str:
    """La citation, qui s'ouvre sur ses passages, en HTML."""
    dedans = passages(donnees, citation, faits)
    if not dedans:
        return f"<span class='cerdd-aide'>{escape(citation)}</span>"
    return (
        f"<details class='cerdd-renvoi'><summary>{escape(citation)}</summary>"
        f"<blockquote>{dedans}</blockquote></details>"
    )


def faits_d_un_texte(donnees: Donnees, genre: str, cle: int | str) -> dict[str, tuple[str, float]]:
    """La phrase et la valeur (NaN s'il n'en a pas) de chaque fait d'une annexe, par identifiant."""
    trouves: dict[str, tuple[str, float]] = {}
    for r in donnees.ressources:
        if r.get(f"cas:{genre}") == cle and r["schema"]["fields"][0]["name"] == "fait_id":
            table = donnees.table(r["name"])
            trouves |= {f.fait_id: (f.fait, f.valeur) for f in table.itertuples()}
    return trouves


def _place(donnees: Donnees, numero: int | str) -> tuple:
    """Le genre d'un texte, son numéro ou son code, et son fichier."""
    if isinstance(numero, str) and numero.strip().isdecimal():
        numero = int(numero)
    connus = {r.get("cas:document") for r in donnees.ressources}
    genre = "document" if numero in connus else "annexe"
    nom = f"{genre}_{numero:02d}" if isinstance(numero, int) else numero
    nom = f"document_{numero}" if genre == "document" else nom
    return genre, numero, donnees.dossier / "textes" / f"{nom}.md"


def _lire(donnees: Donnees, genre: str, cle: int | str) -> tuple[str, list]:
    """Le titre d'un texte, puis ses paragraphes et ses tableaux."""
    _, _, chemin = _place(donnees, cle)
    try:
        lignes = chemin.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        remede = "Enregistrez-le en UTF-8, ou remettez le fichier d'origine"
        raise FichierFautif(chemin, "ne se lit pas", remede) from None
    titre = ""
    corps: list[Paragraphe | Tableau] = []
    for rang, ligne in enumerate(lignes, 1):
        if not ligne.strip():
            continue
        if ligne.startswith("# "):
            titre = ligne[2:].strip()
        elif debut := PARAGRAPHE.match(ligne):
            numero = int(debut[1]) if debut[1] else None
            corps.append(Paragraphe(numero, debut[2] or ""))
        elif table := TABLEAU.match(ligne):
            ressource = donnees.ressource(genre, cle, table[1])
            contenu = donnees.table(ressource["name"])
            corps.append(tableau_d_une_ressource(ressource, contenu, replie=False))
        elif corps and isinstance(corps[-1], Paragraphe):
            corps[-1].morceaux += _morceaux((" " if corps[-1].morceaux else "") + ligne.strip())
        else:
            faute = "ce texte n'est dans aucun paragraphe"
            remede = "Écrivez au-dessus une ligne comme « ## § 1 »"
            raise CaseFausse(f"{chemin}, ligne {rang}", faute, remede)
    return titre, corps


def _reunir(donnees: Donnees, genre: str, cle: int | str) -> tuple[str, list]:
    """Sans texte : les phrases des faits, réunies par paragraphe."""
    ressource = donnees.ressource(genre, cle)
    paragraphes: dict[int, Paragraphe] = {}
    for f in donnees.table(ressource["name"]).itertuples():
        ici = paragraphes.setdefault(f.paragraphe, Paragraphe(f.paragraphe))
        marque = " (lecture proposée) " if getattr(f, "lecture_proposee", False) else " "
        ici.morceaux += [Morceau(f.fait, (f.fait_id,)), Morceau(marque)]
    return ressource["title"], [paragraphes[n] for n in sorted(paragraphes)]


def _morceaux(texte: str) -> Iterator[Morceau]:
    fin = 0
    for marque in MARQUE.finditer(texte):
        yield Morceau(texte[fin : marque.start()])
        yield Morceau(marque[1], tuple(marque[2].split()))
        fin = marque.end()
    yield Morceau(texte[fin:])


def _changes(corps: list, faits: dict[str, tuple[str, float]]) -> list[str]:
    """Les faits dont le nombre n'est plus celui que le texte écrit : d'autres données le disent."""
    dits = []
    for paragraphe in corps:
        for morceau in getattr(paragraphe, "morceaux", ()):
            ecrits = _nombres(morceau.texte)
            for fait in morceau.faits:
                phrase, valeur = faits.get(fait, ("", float("nan")))
                attendus = {round(valeur, 6), round(valeur * 100, 6)}
                redit = phrase == morceau.texte or pd.isna(valeur)
                if ecrits and not redit and not ecrits & attendus:
                    dits.append(f"Dans ce cas (§\u00a0{paragraphe.numero}) : {phrase}")
    return dits


def _nombres(texte: str) -> set[float]:
    """Les nombres d'un texte ; « Web 2.0 » n'en est pas un, « 50 millions » s'écrit 50 000 000."""
    return {
        float(re.sub(r"[ \u202f]", "", n).replace(",", ".")) * (1e6 if millions else 1)
        for n, millions in NOMBRE.findall(VERSION.sub("", texte))
    }
