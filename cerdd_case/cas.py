"""`Cas` : tout ce qu'un carnet demande à la collection, en une ligne à chaque fois.

Les figures et les ateliers sont chargés au premier appel : `import cerdd_case` reste léger.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pandas as pd

from .donnees.lecture import page, renvoi
from .donnees.paquet import Source
from .donnees.tableau import Tableau, glossaire, lire_tableau, sommaire
from .questions import avancement, essais, registre
from .questions.indices import Indices
from .questions.verdict import MONTREE, Verdict
from .socle import dossier
from .socle.appels import en_francais, verifier_appel
from .socle.carnet_ouvert import carnet_ouvert
from .socle.erreurs import NomInconnu
from .socle.memoire import Memoire


class Phrase(str):
    """Une phrase qui s'affiche sans guillemets au bout d'une cellule."""

    __repr__ = str.__str__


class Cas(registre.Registre):
    """Le cas CERDD : ses annexes, ses questions, ses figures et ses ateliers.

    `Cas()` lit les données de la collection ; `Cas(dossier)` celles d'un autre dossier.
    Voir `annexe`, `document` et `catalogue` pour les données.
    """

    def __init__(self, dossier: Source = None, memoire: Memoire | None = None):
        super().__init__(dossier)
        self.memoire = memoire or Memoire()

    # --- Les questions ------------------------------------------------------------------

    def question(self, numero: str | float) -> dict:
        """L'énoncé d'une question et ce qui la concerne ; voir `registre.question`."""
        return registre.question(str(numero), self)

    def verifier(self, code: str | float, reponse: object = ..., montrer: bool = False) -> Verdict:
        """Lit une réponse chiffrée, la redit, la juge ; une erreur se reprend en trois temps.

        `code` : « 2.3 », ou une étape comme « 2.4.total » ; `reponse` : un nombre, un calcul, ou un
        texte français ; `montrer` : donne la réponse proposée sans attendre la troisième erreur (voir
        `questions.verdict`). Lève `ErreurCas` si le code n'existe pas.
        """
        verdict = registre.juger_un_code(str(code), reponse, self.controles)
        if verdict.paragraphe:
            faits = registre.faits_d_une_reponse(verdict.question[:3], self)
            verdict = replace(verdict, passage=renvoi(self, verdict.paragraphe, faits))
        if verdict.juste is None:
            return verdict
        self.memoire.ecrire(f"verdict:{verdict.question}", verdict.etat)
        essai = essais.noter(self.memoire, verdict)
        verdict = replace(verdict, essai=MONTREE if montrer else essai)
        avis = self.memoire.avis()
        return replace(verdict, phrase=f"{verdict.phrase} ({avis})", note=avis) if avis else verdict

    def indice(self, question: str | float, rang: int | None = None) -> Any:
        """Les indices d'une question : fermés, un bouton les ouvre un par un.

        `cas.indice("2.3", 1)` donne le premier, sans bouton. Ceux qui sont ouverts le restent.
        """
        question = str(question)
        indices = Indices(question, registre.indices(question, self), self.memoire, self)
        if rang is not None:
            return indices.ouvrir(rang)
        with _sans_widgets() as absents:
            from .widgets.indices import IndicesVifs
        return indices if absents else IndicesVifs(indices)

    def grille(self, question: str | float, ouverte: bool = False) -> Any:
        """La grille d'auto-évaluation : une case par point attendu, et le score.

        Elle s'ouvre d'un bouton, et reste fermée tant que le carnet enregistré n'a rien dans la zone de
        réponse, ou qu'il n'est pas connu ; `ouverte` : l'ouvre quand même, ce que l'avancement note. Là
        où les réglages à l'écran n'existent pas, ses points se lisent en texte.
        """
        question = str(question)
        attendus = registre.attendus(question, self)
        vue = f"grille_vue:{question}"
        if ouverte:
            self.memoire.ecrire(f"grille_ouverte:{question}" if _ecrite(question) else vue, True)
        with _sans_widgets() as absents:
            from .widgets.grille import Grille
        if absents:
            ouverte = ouverte or self.memoire.lire(vue, False) or bool(_ecrite(question))
            return Phrase(registre.grille_en_texte(question, self, ouverte))
        preuves = [
            f"{renvoi(self, a.preuves, a.faits.split())} "
            f"<span class='cerdd-aide'>{registre.du_cours(a)}</span>"
            for a in attendus.itertuples()
        ]
        return Grille(question, attendus, self.memoire, preuves, lambda: _ecrite(question))

    def suivi(self, dossier: int | str | None = None) -> avancement.Avancement:
        """Où vous en êtes : ce qui est répondu, vérifié, auto-évalué (d'un dossier, ou de tous).

        Lève `ErreurCas` si ce dossier n'existe pas.
        """
        dossier = registre.numero_du_dossier(dossier, self)
        carnet = carnet_ouvert()
        lignes = avancement.avancement(self, self.memoire, carnet, dossier)
        return avancement.Avancement(lignes, carnet is not None)

    def recommencer(self) -> str:
        """Repart d'un avancement vide ; celui d'avant est gardé dans un fichier, qu'elle nomme."""
        return Phrase(self.memoire.recommencer())

    # --- Lire une annexe dans un carnet ---------------------------------------------------

    def lire(self, numero: int | str, table: str | None = None, **filtres: object) -> Any:
        """Une annexe ou un document, à ouvrir et à lire ; ou un de ses tableaux.

        `cas.lire(7)` montre la page entière ; `cas.lire(9, "missions")`, un tableau seul.
        `filtres` : une colonne du tableau et la valeur ou les valeurs à garder.
        """
        texte = None if table or filtres else page(self, numero)
        if texte is None:
            return lire_tableau(self, numero, table, **filtres)
        with _sans_widgets() as absents:
            from .widgets.page import PageVive
        return texte if absents else PageVive(texte)

    def montrer(
        self, donnees: pd.DataFrame, titre: str = "", colonnes: list[str] | None = None
    ) -> Tableau:
        """Un tableau de calcul mis en forme pour la lecture : unités, pourcentages, signes."""
        if inconnues := [c for c in colonnes or [] if c not in donnees]:
            faute = f"Pas de colonne « {', '.join(inconnues)} » dans ce tableau"
            raise NomInconnu(faute, inconnues[0], donnees.columns)
        return Tableau(donnees[list(colonnes)] if colonnes else donnees, titre)

    # --- Les dossiers ---------------------------------------------------------------------

    def atelier(
        self, nom: str, reponses: Mapping[str, object] | None = None, **options: Any
    ) -> Any:
        """Un atelier, par son nom : `cas.atelier("vote")`. Voir `ateliers`.

        Avec `reponses`, ou là où les réglages à l'écran n'existent pas : leur figure, leurs verdicts.
        """
        with self.noter_les_tables() as consultes:
            exercice = dossier.exercice(nom)(self)
        exercice.lecture = registre.signer(self, consultes, nom)
        if reponses is None:
            with _sans_widgets():
                return dossier.ecran(nom)(exercice, self.memoire, **options)
        verifier_appel("Cet atelier", type(exercice).fiche, exercice, nom, reponses, **options)
        fiche = exercice.fiche(nom, reponses, **options)
        return fiche if reponses is None else fiche.compter(self.memoire)

    def figure(self, nom: str, *arguments: Any, **options: Any) -> Any:
        """Une figure, par son nom : `cas.figure("cascade")`. Voir `figures`."""
        figure = dossier.figure(nom)
        verifier_appel(f"La figure « {nom} »", figure, self, *arguments, **options)
        with self.noter_les_tables() as consultes:
            illustration = figure(self, *arguments, **options)
        illustration.lecture = registre.signer(self, consultes, nom)
        return illustration

    def ateliers(self) -> Tableau:
        """Les ateliers de la collection : leur nom et ce qu'on y fait."""
        return _inventaire(dossier.ateliers(), "Les ateliers")

    def figures(self) -> Tableau:
        """Les figures de la collection : leur nom et ce qu'elles montrent."""
        return _inventaire(dossier.figures(), "Les figures")

    # --- Se repérer -----------------------------------------------------------------------

    def sommaire(self) -> Tableau:
        """Les annexes et les documents : titre, dossiers qui s'en servent, page du sujet."""
        return sommaire(self)

    def glossaire(self, mot: str = "") -> Tableau:
        """Les notions du cas et leur définition ; `mot` ne garde que celles qui le contiennent."""
        return glossaire(self, mot)

    # --- La salle de classe ---------------------------------------------------------------

    def projecteur(self, actif: bool = True) -> Any:
        """Le mode projecteur : agrandit tout pour la session ; `cas.projecteur(False)` l'arrête."""
        with _sans_widgets() as absents:
            from .widgets.image import Projecteur
        if absents:
            return Phrase("Ici, agrandissez la page du navigateur : Ctrl et +.")
        return Projecteur(actif=actif)


for _nom, _methode in inspect.getmembers(Cas, inspect.isfunction):
    if not _nom.startswith("_"):
        setattr(Cas, _nom, en_francais(f"cas.{_nom}", _methode))


@contextmanager
def _sans_widgets() -> Iterator[list]:
    """Laisse passer l'absence d'ipywidgets, et la note dans la liste rendue."""
    absents: list[str] = []
    try:
        yield absents
    except ModuleNotFoundError as absente:
        if absente.name not in ("ipywidgets", "anywidget", "traitlets"):
            raise
        absents.append(absente.name)


def _ecrite(question: str) -> bool | None:
    """La réponse est-elle écrite dans le carnet enregistré ? None : il n'est pas connu."""
    carnet = carnet_ouvert()
    return None if carnet is None else avancement.reponses(carnet).get(question, False)


def _inventaire(apports: Mapping[str, Callable], titre: str) -> Tableau:
    lignes = [(nom, (apport.__doc__ or "").split("\n")[0]) for nom, apport in apports.items()]
    tableau = pd.DataFrame(lignes, columns=["nom", "contenu"])
    return Tableau(tableau, titre, titres={"nom": "Nom", "contenu": "Contenu"})
