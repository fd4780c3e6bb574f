"""Ce qu'un atelier demande : lire des réponses, les juger, les dessiner.

Le noyau s'y suffit. L'atelier y ajoute des réglages à l'écran ; là où il n'y en a pas, `Fiche`
montre la figure et les verdicts de réponses écrites dans la cellule.
"""

from base64 import b64encode
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache, cached_property, partial
from html import escape
from typing import Any

from ..donnees.lecture import passage
from ..donnees.paquet import Donnees
from ..socle.erreurs import ErreurCas, NomInconnu
from ..socle.memoire import Memoire
from ..socle.nombres import lire_nombre
from ..socle.typographie import typographier
from .essais import Reprises
from .verdict import Verdict


class Exercice:
    """Des réponses, par clé, à lire, à juger et à dessiner.

    Une classe fille donne `depart` (ce que vaut chaque réponse avant tout geste), `possibles` (les
    codes permis et leur texte, pour les réponses à choisir), `juger` et `figure`.
    """

    depart: Mapping[str, Any] = {}
    cle = ""  # sa place dans l'avancement ; vide s'il n'y garde rien
    lecture = ""  # « Lecture proposée, d'après… », si ses réponses sont de la collection

    @property
    def parties(self) -> "tuple[Exercice, ...]":
        """Les exercices dont les essais se comptent à part ; lui-même, ou aucun."""
        return (self,) if self.cle else ()

    @cached_property
    def possibles(self) -> Mapping[str, dict[str, str]]:
        """Pour chaque réponse à choisir, ses codes et leur texte."""
        return {}

    def juger(self, reponses: Mapping) -> dict[str, Verdict]:
        """Un verdict par chose jugée."""
        raise NotImplementedError

    def figure(self, reponses: Mapping) -> Any:
        """L'`Illustration` de ces réponses."""
        raise NotImplementedError

    def nommer(self, cle: str) -> str:
        """Le nom de ce que juge un verdict, pour un lecteur ; vide si sa phrase suffit."""
        return ""

    def lire(self, reponses: Mapping) -> dict:
        """Les réponses, complétées par `depart`.

        Un choix se donne par son code ou par son texte. Lève `ErreurCas`, avec le nom le plus
        proche, pour une clé ou un choix inconnus.
        """
        lues = dict(self.depart)
        for cle, valeur in reponses.items():
            if cle in self.possibles:
                codes = self.possibles[cle]
                par_texte = {texte: code for code, texte in codes.items()}
                lues[cle] = par_texte.get(str(valeur), str(valeur))
                if lues[cle] not in codes:
                    raise NomInconnu(f"{cle} : le choix « {valeur} » n'existe pas", valeur, codes)
            elif cle not in self.depart:
                connues = {**self.depart, **self.possibles}
                raise NomInconnu(f"La réponse « {cle} » n'existe pas", cle, connues)
            else:
                lues[cle] = _comme(self.depart[cle], cle, valeur)
        return lues

    def fiche(
        self, nom: str, reponses: Mapping[str, object] | None = None, **reglages: Any
    ) -> "Fiche":
        """Ces réponses jugées et dessinées ; `nom` : celui de l'atelier."""
        lues = self.lire({**reglages, **(reponses or {})})
        return Fiche(nom, self, lues, self.figure(lues))


class Listes(Exercice):
    """Des listes à choisir, que l'on vérifie quand on veut.

    - `consigne` : du HTML ; `titre` : le nom de l'ensemble ;
    - `entetes` : les noms des colonnes s'il se présente en tableau, rien s'il se lit en lignes ;
    - `lignes` : voir `ligne` ;
    - `mots` : le mot à dire devant un verdict, par état ;
    - `source` : les données où ouvrir la référence d'un verdict, quand sa ligne ne le fait pas ;
    - `proposable` : la proposition peut se montrer sans toucher aux réponses ; `bilan_propose` le dit.

    Une classe fille donne aussi `solution`, `juger`, `bilan` et, pour la figure, `dessin` et
    `donnees` (ou `figure`).
    """

    consigne = ""
    titre: str
    entetes: tuple[str, ...] = ()
    source: Donnees | None = None
    lignes: list[dict]
    mots: dict[str, str] = {}
    proposable = False
    bilan_propose = ""

    @cached_property
    def possibles(self) -> Mapping[str, dict[str, str]]:
        return {x["cle"]: dict(x["options"]) for li in self.lignes for x in li["listes"]}

    @property
    def cles(self) -> list[str]:
        """Les clés de toutes les listes, dans l'ordre."""
        return [x["cle"] for li in self.lignes for x in li["listes"]]

    def nommer(self, cle: str) -> str:
        for rang in self.lignes:
            for i, liste in enumerate(rang["listes"], 1):
                if liste["cle"] == cle:
                    nom = self.entetes[i] if self.entetes else liste["nom"]
                    return f"{rang['texte']}, {nom}" if nom else rang["texte"]
        return ""

    def connues(self, reponses: Mapping) -> dict[str, str]:
        """Ces réponses, sans ce que l'exercice ne sait pas montrer (une autre version l'a écrit)."""
        return {c: v for c, v in reponses.items() if v in self.possibles.get(c, ())}

    def solution(self) -> dict[str, str]:
        """Les réponses que propose la collection. Lève `ErreurCas` si elle n'en propose pas."""
        raise ErreurCas("Cet atelier n'a pas de réponse proposée à montrer : à vous de le remplir.")

    def ouvrir(self, verdict: Verdict) -> Verdict:
        """Ce verdict, avec le passage que cite sa référence, si l'exercice a une `source`."""
        if self._passage is None or not verdict.paragraphe:
            return verdict
        passages = (self._passage(p, verdict.faits) for p in verdict.paragraphe.split())
        return replace(verdict, passage="".join(passages))

    @cached_property
    def _passage(self) -> Callable[[str, tuple[str, ...]], str] | None:
        return cache(partial(passage, self.source)) if self.source else None

    def bilan(self, choisis: int, verdicts: list[Verdict]) -> str:
        """Où l'on en est, en une phrase : le nombre de réponses, les verdicts de la vérification."""
        raise NotImplementedError

    def dessin(self) -> Any:
        """Une `FigureVive` neuve ; None si rien ne se dessine à mesure."""
        return None

    def donnees(self, reponses: Mapping, verifies: Collection[str]) -> tuple:
        """Ce que le dessin reçoit ; `verifies` : les clés dont le verdict se montre."""
        raise NotImplementedError

    def proposition(self) -> tuple:
        """Ce que le dessin reçoit pour montrer la proposition."""
        return self.donnees(self.solution(), set(self.cles))

    def figure(self, reponses: Mapping, verifies: Collection[str] | None = None) -> Any:
        verifies = set(reponses) if verifies is None else verifies
        return self.dessin().illustration(*self.donnees(reponses, verifies))

    def figure_proposee(self) -> Any:
        """L'`Illustration` de la proposition."""
        return self.dessin().illustration(*self.proposition())

    def fiche(
        self,
        nom: str,
        reponses: Mapping[str, object] | None = None,
        complete: bool = False,
        **reglages: Any,
    ) -> "Fiche":
        """Ces réponses ; avec `complete=True`, celles de la proposition."""
        if complete:
            return Fiche(nom, self, self.solution(), self.figure_proposee())
        return super().fiche(nom, reponses, **reglages)


class Saisies(Listes):
    """Des cases où l'on tape : une `Listes` dont chaque réponse est un texte (ou un choix, si
    `possibles` en donne pour sa clé).

    `depart` donne les clés, chacune avec un texte vide. Une classe fille donne aussi `nommer`.
    """

    lignes: list[dict] = []

    @property
    def cles(self) -> list[str]:
        return list(self.depart)

    def connues(self, reponses: Mapping) -> dict[str, str]:
        ecrites = {c: v for c, v in reponses.items() if c in self.depart and v and type(v) is str}
        return {c: v for c, v in ecrites.items() if v in self.possibles.get(c, (v,))}


def a_choisir(cle: str, options: Mapping | Iterable[tuple[str, str]], nom: str = "") -> dict:
    """Une liste à choisir : `options` associe chaque code à son texte."""
    return {"cle": cle, "nom": nom, "options": [list(o) for o in dict(options).items()]}


def ligne(texte: str, *listes: dict, detail: str = "", passage: str = "") -> dict:
    """Une ligne d'un exercice : un texte, des listes, un détail (une précision).

    `passage` : le HTML du passage que ce détail cite ; un clic sur le détail l'ouvre.
    """
    return {"texte": texte, "detail": detail, "passage": passage, "listes": list(listes)}


class Fiche:
    """Des réponses, leur figure et leurs verdicts ; s'affiche d'elle-même dans un carnet."""

    def __init__(self, nom: str, exercice: Exercice, reponses: dict, figure: Any):
        self.nom, self.exercice, self.reponses, self.figure = nom, exercice, reponses, figure
        self.verdicts = exercice.juger(reponses)

    def compter(self, memoire: Memoire) -> "Fiche":
        """La même, dont chaque réponse fausse se reprend en trois temps ; `memoire` garde les essais."""
        for partie in self.exercice.parties:
            reprises = Reprises(memoire, partie.cle)
            verdicts = partie.juger(self.reponses)
            reprises.noter(verdicts, self.reponses)
            self.verdicts |= reprises.dater(verdicts)
        return self

    @property
    def _donnes(self) -> dict[str, Verdict]:
        return {c: v for c, v in self.verdicts.items() if v.etat != "a_completer"}

    def __str__(self) -> str:
        lignes = [v.dire(self.exercice.nommer(c)) for c, v in self._donnes.items()]
        lignes += [self.figure.alternative, *filter(None, [self.exercice.lecture])]
        return "\n".join([*lignes, *self._mode_d_emploi()])

    __repr__ = __str__

    def _mode_d_emploi(self) -> list[str]:
        """Comment répondre sans réglages à l'écran, et ce que l'on peut répondre."""
        depart, possibles = self.exercice.depart, self.exercice.possibles
        cles = [*possibles, *(c for c in depart if c not in possibles)]
        textes = [c for c, valeur in depart.items() if valeur == "" and c not in possibles]
        exemple = {c: "…" if c in textes else self.reponses.get(c, "…") for c in cles[:1]}
        lignes = [f'Pour répondre : cas.atelier("{self.nom}", reponses={exemple}).']
        restent = dict(possibles)
        while restent:
            codes = next(iter(restent.values()))
            memes = [c for c, autres in restent.items() if autres == codes]
            choix = ", ".join(f"{code} ({texte})" for code, texte in codes.items())
            noms = [f"{c} ({n})" if (n := self.exercice.nommer(c)) else c for c in memes]
            lignes.append(f"{' ; '.join(noms)}. Au choix : {choix}.")
            restent = {c: autres for c, autres in restent.items() if c not in memes}
        if textes:
            noms = [f"{c} ({n})" if (n := self.exercice.nommer(c)) else c for c in textes]
            lignes.append(f"À remplir : {' ; '.join(noms)}.")
        regles = [c for c in depart if c not in possibles and c not in textes]
        reglages = [f"{c} = {self.reponses.get(c)!r}" for c in regles]
        return [*lignes, *([f"Réglages : {', '.join(reglages)}."] if reglages else [])]

    def _repr_html_(self) -> str:
        verdicts = "".join(
            typographier(v.encadrer(self.exercice.nommer(c))) for c, v in self._donnes.items()
        )
        emploi = "".join(f"<p>{escape(p)}</p>" for p in self._mode_d_emploi())
        lecture = f"<p>{typographier(escape(self.exercice.lecture))}</p>" * bool(
            self.exercice.lecture
        )
        return (
            f"{verdicts}{image_html(self.figure)}{lecture}"
            f"<details><summary>Description de la figure</summary>"
            f"<p>{typographier(escape(self.figure.alternative))}</p></details>"
            f"<details{' open' * (not self._donnes)}><summary>Répondre, changer une réponse</summary>"
            f"{emploi}</details>"
        )


def image_html(illustration: Any) -> str:
    """Une illustration dans une page : l'image et son texte de remplacement."""
    donnees = b64encode(illustration.png()).decode("ascii")
    return (
        f"<img style='max-width:100%;height:auto' src='data:image/png;base64,{donnees}' "
        f"alt='{escape(illustration.alternative)}'>"
    )


def _comme(depart: object, cle: str, valeur: object) -> object:
    """La valeur d'un réglage, du même genre que celle de départ."""
    if isinstance(depart, bool) and not isinstance(valeur, bool):
        raise ErreurCas(f"{cle} : répondez True (oui) ou False (non).")
    if isinstance(depart, bool) or not isinstance(depart, int | float):
        return valeur
    try:
        return lire_nombre(valeur)
    except ValueError as erreur:
        raise ErreurCas(f"{cle} : {erreur}") from None
