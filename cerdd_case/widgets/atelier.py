"""Ce que tous les ateliers ont en commun."""

import traceback
from collections.abc import Callable, Sequence
from html import escape
from typing import Any, Generic, TypeVar

import ipywidgets as widgets
from traitlets import Bunch

from ..figures.mise_en_page import Illustration
from ..questions.exercice import Exercice
from ..socle.appels import verifier_appel
from ..socle.erreurs import ErreurCas
from ..socle.memoire import Memoire
from ..socle.typographie import typographier
from .image import Annonce

Reglage = TypeVar("Reglage", bound=widgets.Widget)
E = TypeVar("E", bound=Exercice)


class Atelier(widgets.VBox, Generic[E]):
    """Un atelier : des réglages, une figure ou un tableau, une conclusion.

    `exercice` : ce que l'on demande, juge et dessine ; `memoire` : ce qui se garde. Une classe fille
    définit :

    - `composer(...)` : crée ses éléments et les renvoie, de haut en bas ; les options de
      `cas.atelier` lui arrivent ;
    - `actualiser()` : relit les réglages et met à jour figure et textes ;
    - `reponses`.

    Une erreur pendant `actualiser` s'affiche dans l'atelier, puis remonte : rien n'est avalé. Un
    avancement qui ne peut pas s'enregistrer se dit au même endroit, une fois.

    Relancer une cellule ferme les ateliers que son exécution précédente montrait.
    """

    _rappel = ""  # où l'avancement se dit gardé en mémoire, tant qu'il l'est

    def __init__(self, exercice: E, memoire: Memoire | None = None, **options: Any):
        self.exercice, self.memoire = exercice, memoire or Memoire()
        self._suspendu = False
        self.incident = Annonce(role="alert")
        verifier_appel("Cet atelier", type(self).composer, self, **options)
        lecture = exercice.lecture if exercice else ""
        dite = f"<p class='sans-objet'>{escape(lecture)}</p>"
        signature = [Annonce(role="", html=dite)] if lecture else []
        super().__init__(children=[*self.composer(**options), *signature, self.incident])
        self.add_class("cerdd-atelier")
        self.actualiser()

    def composer(self) -> list:
        """Crée les éléments de l'atelier, et les rend de haut en bas."""
        raise NotImplementedError

    def actualiser(self) -> None:
        """Relit les réglages, et met à jour ce qui se montre."""
        raise NotImplementedError

    @property
    def reponses(self) -> dict:
        """Ce que disent les réglages, tel que l'exercice le lit."""
        raise NotImplementedError

    def apercu(self) -> Illustration:
        """La figure de l'état actuel, pour qui lit le carnet sans le lancer."""
        return self.exercice.figure(self.reponses)

    def relier(
        self, element: Reglage, action: Callable[[], None] | None = None, trait: str = ""
    ) -> Reglage:
        """Rend ce réglage, dont chaque changement appelle `action` (`actualiser`, sinon)."""

        def agir(_: Bunch) -> None:
            if not self._suspendu:
                self.proteger(action or self.actualiser)

        element.observe(agir, names=trait or _trait(element))
        return element

    def bouton(self, texte: str, action: Callable[[], None], aide: str = "") -> widgets.Button:
        """Un bouton qui appelle `action` ; `aide` : ce qui se lit quand on le survole."""
        bouton = widgets.Button(description=typographier(texte), tooltip=typographier(aide) or None)
        bouton.on_click(lambda _: self.proteger(action))
        return bouton

    def placer(self, *places: tuple) -> None:
        """Donne à des réglages leur valeur (`(réglage, valeur)`…) et n'actualise qu'une fois."""
        self._suspendu = True
        try:
            for element, valeur in places:
                if _trait(element) == "valeur":
                    element.erreur, valeur = "", float(valeur)
                setattr(element, _trait(element), valeur)
        finally:
            self._suspendu = False
        self.actualiser()

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
        if self.memoire.en_memoire:
            self._rappel = self.memoire.avis(sans_carnet=True) or self._rappel
        else:
            self._rappel = ""
        self.incident.html = (
            f"<p class='sans-objet'>{escape(self._rappel)}</p>" if self._rappel else ""
        )

    def fermer(self) -> None:
        """Ferme cet atelier et tout ce qu'il contient, jusqu'aux styles : plus rien n'en reste."""
        for element in _contenus(self):
            element.close()

    def fixe(self) -> tuple[dict, dict]:
        """Ce qui se lit sans l'interactivité : l'image et son texte, avec leurs métadonnées."""
        apercu = self.apercu()
        apercu.lecture = self.exercice.lecture if self.exercice else ""
        return {"image/png": apercu.png(), "text/plain": apercu.alternative}, apercu.metadonnees

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict, dict]:
        """La vue interactive, avec une image et un texte pour qui n'a pas l'interactivité."""
        remplacer_les_precedents(self)
        donnees, metadonnees = self.fixe()
        vue = super()._repr_mimebundle_(**options) or {}
        return {**vue, **donnees}, metadonnees


def _trait(element: widgets.Widget) -> str:
    return "valeur" if hasattr(element, "valeur") else "value"


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

    demande: dict = getattr(getattr(get_ipython(), "kernel", None), "get_parent", dict)()
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


LARGE = {"style": {"description_width": "initial"}, "layout": {"width": "auto"}}


def grille(*enfants: widgets.Widget) -> widgets.Box:
    """Range des réglages en colonnes, autant que la largeur en permet."""
    boite = widgets.Box(children=list(enfants))
    boite.add_class("cerdd-grille")
    return boite


def rangee(*enfants: widgets.Widget) -> widgets.Box:
    """Range des boutons ou des listes sur une ligne, ou plusieurs s'il le faut."""
    boite = widgets.Box(list(enfants), layout=widgets.Layout(flex_flow="row wrap"))
    boite.add_class("cerdd-boutons")
    return boite


def liste(
    description: str, options: Sequence[tuple[str, object]], valeur: object
) -> widgets.Dropdown:
    """Une liste déroulante dont le nom et les choix restent entiers."""
    options = [(typographier(nom), code) for nom, code in options]
    description = typographier(description)
    choix = widgets.Dropdown(description=description, options=options, value=valeur, **LARGE)
    choix.add_class("cerdd-liste")
    return choix


def bascule(
    description: str, options: Sequence[tuple[str, object]], valeur: object = None
) -> widgets.ToggleButtons:
    """Des boutons dont un seul est pressé."""
    return widgets.ToggleButtons(
        description=typographier(description),
        options=[(typographier(nom), code) for nom, code in options],
        value=valeur,
        style={"description_width": "initial", "button_width": "auto"},
    )  # fmt: skip


def case(description: str, valeur: bool = False) -> widgets.Checkbox:
    """Une case à cocher dont le nom reste entier."""
    return widgets.Checkbox(
        value=valeur,
        indent=False,
        description=typographier(description),
        layout=widgets.Layout(width="auto"),
    )


def intitule(texte: str) -> Annonce:
    """Un petit titre à l'intérieur d'un atelier."""
    return Annonce(role="", html=f"<p class='intitule'>{escape(texte)}</p>")
