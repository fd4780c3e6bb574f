"""Ce que tous les ateliers partagent : le curseur, l'image vive, l'annonce, l'atelier."""

import re
import traceback
import unicodedata
from collections.abc import Callable
from html import escape
from pathlib import Path

import anywidget
import ipywidgets as widgets
import traitlets as t

from ..erreurs import ErreurCas
from ..figures.base import FigureVive, Illustration
from ..nombres import MOIS, Lecture, lire, mesure
from ..suivi import Suivi

PAGES = Path(__file__).parent / "pages"
PAS_UN_MOIS = "n'est pas un mois : tapez par exemple avril, ou 4."


def _sans_accent(texte: str) -> str:
    """Le texte en minuscules et sans accents : « Février » et « fevrier » y sont le même mot."""
    lettres = unicodedata.normalize("NFD", texte.casefold())
    return "".join(lettre for lettre in lettres if not unicodedata.combining(lettre))


class Curseur(anywidget.AnyWidget):
    """Un curseur avec son nom, sa phrase, son champ de saisie et le repère du sujet.

    - `valeur`, `minimum`, `maximum`, `pas` : dans l'unité du calcul (une part va de 0 à 1) ;
    - `unite` : nombre, entier, etp, part, points, eur ou mois (1 à 12) ;
    - `repere` : la valeur de référence, marquée d'un triangle ; None s'il n'y en a pas ;
    - `erreur` : la phrase montrée sous le champ ; la dernière valeur valable reste en place.

    Observez `valeur` ; une saisie refusée ne la change jamais.
    """

    _esm = PAGES / "curseur.js"
    _css = PAGES / "commun.css"

    libelle = t.Unicode().tag(sync=True)
    aide = t.Unicode().tag(sync=True)
    unite = t.Unicode("nombre").tag(sync=True)
    valeur = t.Float().tag(sync=True)
    minimum = t.Float(0.0).tag(sync=True)
    maximum = t.Float(1.0).tag(sync=True)
    pas = t.Float(0.01).tag(sync=True)
    repere = t.Float(None, allow_none=True).tag(sync=True)
    nom_repere = t.Unicode("sujet").tag(sync=True)
    erreur = t.Unicode("").tag(sync=True)
    actif = t.Bool(True).tag(sync=True)

    def __init__(self, libelle: str, valeur: float, **reglages):
        super().__init__(libelle=libelle, valeur=valeur, **reglages)
        self.on_msg(self._recevoir)

    def _recevoir(self, _, contenu, __):
        if "saisie" in contenu:
            self.saisir(contenu["saisie"])

    def saisir(self, texte: str) -> None:
        """Prend ce qu'une personne a tapé : une valeur valable, ou une phrase sous le champ."""
        try:
            valeur = self.lire(texte)
        except ErreurCas as erreur:
            self.erreur = str(erreur)
            return
        self.erreur = ""
        self.valeur = valeur
        self.send({"relire": True})

    def lire(self, texte: str) -> float:
        """La valeur tapée, dans l'unité du calcul ; lève `ErreurCas` si elle ne convient pas."""
        valeur = self._lire_mois(texte) if self.unite == "mois" else None
        if valeur is None:
            valeur = self._lire_nombre(texte)
        if not self.minimum - 1e-12 <= valeur <= self.maximum + 1e-12:
            raise ErreurCas(
                f"{self.ecrire(valeur)} est hors limites : de {self.ecrire(self.minimum)} "
                f"à {self.ecrire(self.maximum)}."
            )
        if self.unite == "mois" and valeur != int(valeur):
            raise ErreurCas(f"« {texte.strip()[:60]} » {PAS_UN_MOIS}")
        if self.unite == "entier" and valeur != int(valeur):
            raise ErreurCas(f"Un nombre entier est attendu, par exemple {self.exemple()}.")
        return valeur

    def _lire_nombre(self, texte: str) -> float:
        lecture = lire(texte)
        if lecture.etat == "vide":
            raise ErreurCas(f"Le champ est vide. Tapez une valeur, par exemple {self.exemple()}.")
        if lecture.etat != "lu":
            raise ErreurCas(lecture.phrase)
        if not self._convient(lecture.unite):
            quoi = {"part": "Un pourcentage", "eur": "Un montant en euros"}.get(
                lecture.unite, f"« {lecture.ecrit} »"
            )
            raise ErreurCas(f"{quoi} ne convient pas ici : tapez par exemple {self.exemple()}.")
        if self.unite in ("part", "points") and lecture.unite is None:
            return self._en_pourcentage(lecture)
        return lecture.valeur

    def _en_pourcentage(self, lecture: Lecture) -> float:
        """Le champ montre des pourcentages : « 2,5 » y dit 2,5 % ; « 0,025 » se demande."""
        valeur = lecture.valeur
        if 0 < abs(valeur) < 1:
            raise ErreurCas(
                f"« {lecture.ecrit} » peut se lire {self.ecrire(valeur / 100)} ou "
                f"{self.ecrire(valeur)} : ajoutez l'unité, comme dans « {self.exemple()} »."
            )
        return valeur / 100

    def _convient(self, unite: str | None) -> bool:
        """Vrai si l'unité tapée est celle du champ, ou un mot que son nom ou son aide emploie."""
        permises = {"part": {"part", "points"}, "points": {"part", "points"}}
        if unite is None or unite in permises.get(self.unite, {self.unite}):
            return True
        mots = re.findall(r"\w+", f"{self.libelle} {self.aide}".casefold())
        return self.unite in ("nombre", "entier") and unite in mots

    def _lire_mois(self, texte: str) -> float | None:
        """Le mois tapé par son nom, accents et fin du mot facultatifs ; None pour un chiffre."""
        tape = _sans_accent(texte).strip(" .\u00a0\u202f\n\t")
        if not tape or re.search(r"\d", tape):
            return None
        possibles = [
            rang for rang, mois in enumerate(MOIS, 1)
            if len(tape) >= 3 and _sans_accent(mois).startswith(tape)
        ]  # fmt: skip
        if len(possibles) == 1:
            return float(possibles[0])
        if possibles:
            noms = " ou ".join(MOIS[rang - 1] for rang in possibles)
            raise ErreurCas(f"« {texte.strip()} » peut se lire {noms} : tapez le mois en entier.")
        raise ErreurCas(f"« {texte.strip()[:60]} » {PAS_UN_MOIS}")

    def exemple(self) -> str:
        return self.ecrire(self.valeur if self.repere is None else self.repere)

    def ecrire(self, valeur: float) -> str:
        """La valeur comme le curseur l'affiche."""
        return mesure(valeur, self.unite)


class ImageVive(anywidget.AnyWidget):
    """Une figure vive peinte par le navigateur, avec un texte de remplacement à jour.

    Les dimensions sont fixes : rien ne saute. `rang` compte les images envoyées.
    """

    _esm = PAGES / "image.js"
    _css = PAGES / "commun.css"

    fond = t.List().tag(sync=True)
    devant = t.List().tag(sync=True)
    alternative = t.Unicode("").tag(sync=True)
    taille = t.List([1000, 430]).tag(sync=True)
    rang = t.Int(0).tag(sync=True)

    def __init__(self, figure: FigureVive):
        self.figure_vive = figure
        super().__init__(taille=list(figure.figure.canvas.get_width_height()))

    def montrer(self, *donnees) -> None:
        """Déplace les éléments mobiles selon les données et envoie ce qui a changé, d'un coup."""
        alternative = self.figure_vive.actualiser(*donnees)
        with self.hold_sync():
            self.rang += 1
            self.alternative = alternative
            self.fond = self.figure_vive.fond()
            self.devant = self.figure_vive.devant()

    def close(self) -> None:
        """Rend aussi la figure et les images : IPython garde l'atelier dans son historique."""
        super().close()
        self.figure_vive, self.fond, self.devant = None, [], []


class Annonce(anywidget.AnyWidget):
    """Un texte HTML qui se met à jour ; les lecteurs d'écran annoncent le changement."""

    _esm = PAGES / "annonce.js"
    _css = PAGES / "commun.css"

    html = t.Unicode("").tag(sync=True)
    role = t.Unicode("status").tag(sync=True)


class Projection(anywidget.AnyWidget):
    """Agrandit textes, curseurs et figures pour toute la page (mode projecteur)."""

    _esm = PAGES / "projection.js"
    _css = PAGES / "commun.css"

    actif = t.Bool(True).tag(sync=True)

    def _repr_mimebundle_(self, **options):
        vue = super()._repr_mimebundle_(**options) or {}
        donnees, *reste = vue if isinstance(vue, tuple) else (vue,)
        return ({**donnees, "text/plain": "Mode projecteur."}, *reste, {})[:2]


class Atelier(widgets.VBox):
    """Un atelier : des réglages, une figure ou un tableau, une conclusion.

    Une classe fille compose ses éléments, appelle `super().__init__(enfants)`, relie ses
    réglages par `self.relier(curseur, "valeur")`, et définit :

    - `actualiser()` : relit les réglages et met à jour figure et textes ;
    - `apercu()` : l'`Illustration` de l'état actuel, pour qui lit le carnet sans le lancer.

    Une erreur pendant `actualiser` s'affiche dans l'atelier, puis remonte : rien n'est avalé. Un
    avancement qui ne peut pas s'enregistrer se dit au même endroit, une fois.

    Relancer une cellule ferme les ateliers que son exécution précédente montrait.
    """

    suivi: Suivi | None = None
    _rappel = ""  # où l'avancement se dit gardé en mémoire, tant qu'il l'est

    def __init__(self, enfants: list):
        self.incident = Annonce(role="alert")
        super().__init__(children=[*enfants, self.incident])
        self.add_class("cerdd-atelier")

    def actualiser(self) -> None:
        raise NotImplementedError

    def apercu(self) -> Illustration:
        raise NotImplementedError

    def relier(self, element, *noms: str) -> None:
        """Appelle `actualiser` chaque fois qu'un de ces traits change."""
        element.observe(lambda _: self.proteger(self.actualiser), names=list(noms))

    def au_clic(self, bouton: widgets.Button, action: Callable[[], None]) -> None:
        """Appelle `action` quand on presse le bouton."""
        bouton.on_click(lambda _: self.proteger(action))

    def proteger(self, action: Callable[[], None]) -> None:
        """Exécute une action ; une erreur s'affiche en clair dans l'atelier, puis remonte."""
        try:
            action()
        except Exception as erreur:
            texte = str(erreur) if isinstance(erreur, ErreurCas) else traceback.format_exc(limit=-2)
            self.incident.html = (
                "<p class='non'>✘ L'atelier a rencontré un problème. Relancez la cellule ; si le "
                f"problème revient, montrez ce texte à votre enseignant.</p><pre>{escape(texte)}</pre>"
            )
            raise
        if self.suivi and not self.suivi.en_memoire:
            self._rappel = ""
        elif self.suivi:
            self._rappel = self.suivi.avis(sans_carnet=True) or self._rappel
        self.incident.html = (
            f"<p class='sans-objet'>{escape(self._rappel)}</p>" if self._rappel else ""
        )

    def fermer(self) -> None:
        """Ferme cet atelier et tout ce qu'il contient, jusqu'aux styles : plus rien n'en reste."""
        for element in _contenus(self):
            element.close()

    def _repr_mimebundle_(self, **options):
        """La vue interactive, avec une image et un texte pour qui n'a pas l'interactivité."""
        remplacer_les_precedents(self)
        apercu = self.apercu()
        vue = super()._repr_mimebundle_(**options) or {}
        return (
            {**vue, "image/png": apercu.png(), "text/plain": apercu.alternative},
            {"image/png": {"alt": apercu.alternative}},
        )


def _contenus(racine: widgets.Widget) -> list[widgets.Widget]:
    """Un widget et tous ceux qu'il tient : enfants, styles, et ceux que ses attributs gardent."""
    trouves: dict[int, widgets.Widget] = {}
    a_voir = [racine]
    while a_voir:
        objet = a_voir.pop()
        if isinstance(objet, dict):
            a_voir += objet.values()
        elif isinstance(objet, list | tuple):
            a_voir += objet
        elif isinstance(objet, widgets.Widget) and id(objet) not in trouves:
            trouves[id(objet)] = objet
            a_voir += [vars(objet), *(getattr(objet, nom) for nom in objet.keys)]
    return list(trouves.values())


# Pour chaque cellule : l'exécution la plus récente, et les ateliers qu'elle a montrés.
_MONTRES: dict[tuple, tuple[str, list[Atelier]]] = {}


def _execution() -> tuple[tuple, str] | None:
    """La cellule en cours d'exécution et le numéro de cette exécution ; None hors d'un noyau.

    Une page qui ne nomme pas ses cellules les fait reconnaître à leur texte. Deux pages ouvertes
    sur le même noyau montrent chacune leurs ateliers.
    """
    from IPython import get_ipython

    demande = getattr(getattr(get_ipython(), "kernel", None), "get_parent", dict)()
    texte = demande.get("content", {}).get("code")
    if texte is None:
        return None
    cellule = demande.get("metadata", {}).get("cellId") or texte
    return (demande["header"]["session"], cellule), demande["header"]["msg_id"]


def remplacer_les_precedents(atelier: Atelier) -> None:
    """Note que la cellule montre cet atelier, et ferme ceux de son exécution précédente.

    Un atelier que montre encore une autre cellule reste ouvert.
    """
    execution = _execution()
    if execution is None:
        return
    cellule, numero = execution
    ancien, ateliers = _MONTRES.get(cellule, (numero, []))
    if ancien == numero:
        _MONTRES[cellule] = numero, [*ateliers, atelier]
        return
    _MONTRES[cellule] = numero, [atelier]
    montres = [a for _, autres in _MONTRES.values() for a in autres]
    for precedent in ateliers:
        if not any(precedent is a for a in montres):
            precedent.fermer()


def grille(*enfants) -> widgets.Box:
    """Range des réglages en colonnes, autant que la largeur en permet."""
    boite = widgets.Box(children=list(enfants))
    boite.add_class("cerdd-grille")
    return boite


def intitule(texte: str) -> Annonce:
    """Un petit titre à l'intérieur d'un atelier."""
    return Annonce(role="", html=f"<p class='intitule'>{escape(texte)}</p>")
