"""`Cas` : tout ce qu'un carnet demande à la collection, en une ligne à chaque fois.

Les figures et les ateliers sont chargés au premier appel : `import cerdd_case` reste léger.
"""

from dataclasses import replace
from functools import cached_property
from html import escape
from pathlib import Path

import pandas as pd

from . import exercices
from .chargement import Donnees
from .jugement import Controle
from .lecture import Tableau, glossaire, lire, sommaire, tableau_des_seuils, tableau_du_budget
from .suivi import Suivi, carnet_ouvert
from .verdict import Verdict


class Indice:
    """Un indice : `rang` sur `total`, et son `texte`."""

    def __init__(self, question: str, rang: int, total: int, texte: str):
        self.question, self.rang, self.total, self.texte = question, rang, total, texte

    def __str__(self):
        return f"Indice {self.rang} sur {self.total} : {self.texte} {self._suite()}"

    __repr__ = __str__

    def _suite(self) -> str:
        if self.rang == self.total:
            return "(C'était le dernier indice.)"
        return "(Relancez la cellule pour l'indice suivant.)"

    def _repr_html_(self):
        return (
            '<div role="status" style="border-left:6px solid #1b5e9b;background:#eaf2fa;'
            'color:#1f2937;padding:8px 12px">'
            f"<strong>Indice {self.rang} sur {self.total}</strong> — {escape(self.texte)} "
            f"<em>{self._suite()}</em></div>"
        )


class Phrase(str):
    """Une phrase qui s'affiche sans guillemets au bout d'une cellule."""

    __repr__ = str.__str__


class Cas(Donnees):
    """Le cas CERDD : ses annexes, ses questions, ses figures et ses ateliers.

    `Cas()` lit les données de la collection ; `Cas(dossier)` celles d'un autre dossier.
    Voir `annexe`, `document` et `catalogue` pour les données.
    """

    def __init__(self, dossier: str | Path | None = None, suivi: Suivi | None = None):
        super().__init__(dossier)
        self._suivi = suivi or Suivi()
        self._indices_donnes: dict[str, int] = {}

    # --- Les questions ------------------------------------------------------------------

    def question(self, numero: str) -> dict:
        """L'énoncé d'une question et ce qui la concerne ; voir `exercices.question`."""
        return exercices.question(numero, self)

    @cached_property
    def controles(self) -> dict[str, Controle]:
        """Les réponses chiffrées attendues de ce cas, par code."""
        from .controles_budget import controles_du_budget

        return controles_du_budget(self.annexe(4), self.annexe(5), self.contexte)

    def verifier(self, code: str, reponse: object = ...) -> Verdict:
        """Lit une réponse chiffrée, la redit, la juge et explique l'erreur habituelle.

        `code` : « 2.3 », ou une étape comme « 2.4.total » ; `reponse` : un nombre, un calcul, ou un
        texte français. Lève `ErreurCas` si le code n'existe pas.
        """
        verdict = exercices.verifier(code, reponse, self.controles)
        if verdict.juste is None:
            return verdict
        self._suivi.ecrire(f"verdict:{verdict.question}", verdict.etat)
        avis = self._suivi.avis()
        return replace(verdict, phrase=f"{verdict.phrase} ({avis})") if avis else verdict

    def indice(self, question: str) -> Indice:
        """L'indice suivant d'une question ; chaque appel en donne un, le dernier se répète."""
        textes = exercices.indices(question, self)
        rang = min(self._indices_donnes.get(question, 0) + 1, len(textes))
        self._indices_donnes[question] = rang
        return Indice(question, rang, len(textes), textes[rang - 1])

    def grille(self, question: str):
        """La grille d'auto-évaluation : une case par point attendu, et le score."""
        from .ateliers.grille import Grille

        return Grille(question, exercices.attendus(question, self), self._suivi)

    def suivi(self, dossier: int | None = None):
        """Où vous en êtes : ce qui est répondu, vérifié, auto-évalué (d'un dossier, ou de tous)."""
        from .avancement import Avancement, avancement

        carnet = carnet_ouvert()
        return Avancement(avancement(self, self._suivi, carnet, dossier), carnet is not None)

    def recommencer(self) -> str:
        """Repart d'un avancement vide ; celui d'avant est gardé dans un fichier, qu'elle nomme."""
        self._indices_donnes.clear()
        return Phrase(self._suivi.recommencer())

    # --- Lire une annexe dans un carnet ---------------------------------------------------

    def lire(self, numero, table: str | None = None, **filtres):
        """Un tableau d'annexe ou de document mis en forme pour la lecture, avec sa source.

        `filtres` : une colonne et la valeur ou les valeurs à garder, par exemple
        `cas.lire(1, theme=["gouvernance", "pilotage"])`.
        """
        return lire(self, numero, table, **filtres)

    def montrer(self, donnees: pd.DataFrame, titre: str = "", colonnes: list[str] | None = None):
        """Un tableau de calcul mis en forme pour la lecture : unités, pourcentages, signes."""
        return Tableau(donnees[colonnes] if colonnes else donnees, titre)

    # --- Dossier 1 : l'organisation -------------------------------------------------------

    def atelier_finalites(self):
        """Atelier : finalité, mission, objectif ou moyen ? Des phrases des annexes à classer."""
        from .ateliers.organisation import AtelierFinalites

        return AtelierFinalites(self, self._suivi)

    def atelier_financeurs(self):
        """Atelier : quelle part des recettes de 2014 est de l'argent public ?"""
        from .ateliers.organisation import AtelierFinanceurs

        return AtelierFinanceurs(self)

    def part_publique(self, *postes: str) -> float:
        """La part (0 à 1) des recettes de 2014 versée par ces financeurs ; voir
        `organisation.part_publique`. Sans rien préciser : État, collectivités et Europe."""
        from .organisation import PUBLIQUES, part_publique

        return part_publique(self.annexe(4), postes or PUBLIQUES)

    def pouvoir(self, seuil: float = 0.5) -> pd.DataFrame:
        """Le pouvoir de chaque membre à la majorité donnée (part) ; voir `organisation.pouvoir`."""
        from .organisation import droits_de_vote, pouvoir

        return pouvoir(droits_de_vote(self), seuil)

    def lire_le_vote(self):
        """Ce que disent les droits de vote, en phrases ; voir `organisation.LectureDuVote`."""
        from .organisation import droits_de_vote, lire_le_vote

        return lire_le_vote(droits_de_vote(self))

    def atelier_gouvernance(self):
        """Atelier : des voix et une majorité à régler, pour voir qui pèse dans le vote."""
        from .ateliers.organisation import AtelierGouvernance

        return AtelierGouvernance(self)

    def atelier_diagnostic(self):
        """Atelier : force, faiblesse, ou ni l'une ni l'autre ? Les faits des annexes à classer."""
        from .ateliers.organisation import AtelierDiagnostic

        return AtelierDiagnostic(self, self._suivi)

    def atelier_performance(self):
        """Atelier : une preuve pour chaque dimension de la performance, et une limite."""
        from .ateliers.organisation import AtelierPerformance

        return AtelierPerformance(self, self._suivi)

    def figure_pouvoir(self, seuil: float = 0.5):
        """Figure : les coalitions et le pouvoir de chacun, à la majorité donnée (part)."""
        from .figures.organisation import figure_pouvoir
        from .organisation import droits_de_vote

        return figure_pouvoir(droits_de_vote(self), seuil)

    def figure_majorites(self):
        """Figure : le pouvoir de chaque membre selon la majorité exigée."""
        from .figures.organisation import figure_majorites
        from .organisation import droits_de_vote

        return figure_majorites(droits_de_vote(self))

    def figure_calendrier(self):
        """Figure : la convention, la présidence qui alterne et l'action de la direction."""
        from .figures.organisation import figure_calendrier
        from .organisation import dates

        return figure_calendrier(dates(self))

    def organigramme(self):
        """Figure : la structure d'après l'annexe 2, ou l'image posée dans `data/local/`."""
        from .figures.organisation import figure_organigramme, image_organigramme

        for genre in ("png", "jpg", "jpeg"):
            chemin = self.dossier / "local" / f"organigramme.{genre}"
            if chemin.is_file():
                return image_organigramme(chemin)
        return figure_organigramme(self.annexe(2))

    def figure_classement(self, exercice: str):
        """Figure : le classement proposé par la collection pour un des ateliers du dossier 1.

        `exercice` : « finalites », « diagnostic » ou « performance ».
        """
        from .figures.organisation import figure_classement
        from .organisation import categories, faits_a_classer

        cadre = categories("domaines" if exercice == "diagnostic" else exercice, self)
        return figure_classement(faits_a_classer(exercice, self), cadre)

    # --- Dossier 2 : le budget ------------------------------------------------------------

    def ecarts(self) -> pd.DataFrame:
        """Les écarts de 2014 entre le prévu (annexe 4) et le réalisé (annexe 5)."""
        from .budget import ecarts

        return ecarts(self.annexe(4), self.annexe(5))

    @cached_property
    def contexte(self):
        """Ce que l'énoncé et les annexes de ce cas fixent ; voir `contexte.Contexte`."""
        from .contexte import contexte

        return contexte(self)

    def hypotheses(self, **changements):
        """Les hypothèses du sujet, ou les mêmes changées : `cas.hypotheses(etp_ajoutes=2)`.

        Voir `hypotheses.Hypotheses`. Lève `ErreurHypothese` : nom inconnu, valeur hors limites.
        """
        from .hypotheses import changer

        return changer(self.contexte.hypotheses, **changements)

    def projeter(self, **changements):
        """Le budget 2015 ; sans rien préciser, celui du sujet. Voir `budget.projeter`."""
        from .budget import projeter

        return projeter(self.annexe(4), self.hypotheses(**changements))

    def seuil(self, variable: str, part_ue: float | None = None, **changements):
        """La valeur d'une hypothèse qui met l'UE exactement au plafond ; voir `budget.seuil`."""
        from .budget import seuil

        hypotheses = self.hypotheses(**changements)
        return seuil(self.annexe(4), hypotheses, variable, self.contexte, part_ue)

    def comparer(self, projection) -> Tableau:
        """Le budget 2014 et une projection 2015, ligne par ligne, avec les totaux."""
        return tableau_du_budget(projection)

    def regles(self, projection) -> Tableau:
        """Les règles de l'annexe 3 face à une projection, prêtes à lire."""
        from .budget import regles

        return Tableau(
            regles(projection, self.contexte)[["libelle", "respectee", "conclusion"]],
            "Les règles de bonne gestion",
            titres={"libelle": "Règle"},
        )

    def seuils(self) -> Tableau:
        """Pour chaque hypothèse, la valeur qui ramène l'UE au plafond, les autres inchangées."""
        return tableau_des_seuils(self.annexe(4), self.contexte)

    def indicateurs(self) -> Tableau:
        """Des indicateurs de performance : ce qu'ils mesurent, comment les relever."""
        champs = self.champs("corrige-indicateurs")
        return Tableau(
            self.table("corrige-indicateurs").drop(columns="rang"),
            titres={c["name"]: c["title"] for c in champs},
        )

    def cascade(self):
        """Figure : du résultat prévu au résultat réalisé en 2014."""
        from .figures.budget import cascade_resultat

        return cascade_resultat(self.ecarts())

    def figure_budget(self, projection):
        """Figure : le budget 2014 et la projection 2015, et la part de l'Union européenne."""
        from .figures.budget import figure_budget

        return figure_budget(self.annexe(4), self.contexte, projection)

    def simulateur(self):
        """Le simulateur du budget 2015 : un curseur par hypothèse."""
        from .ateliers.budget import Simulateur

        return Simulateur(self.annexe(4), self.contexte, self._suivi)

    def sensibilite(self):
        """Quelle hypothèse pèse le plus sur la part européenne ? Tornade et carte."""
        from .ateliers.scenarios import AtelierSensibilite

        return AtelierSensibilite(self.annexe(4), self.contexte)

    def risque(self):
        """La probabilité de dépasser le plafond quand les taux sont incertains."""
        from .ateliers.scenarios import AtelierRisque

        return AtelierRisque(self.annexe(4), self.contexte)

    def prix_volume(self, **changements):
        """Figure : la hausse des charges de personnel, effet de l'effectif et effet du salaire."""
        from .balayage import prix_volume
        from .figures.scenarios import figure_prix_volume

        return figure_prix_volume(prix_volume(self.annexe(4), self.hypotheses(**changements)))

    # --- Dossier 3 : la coordination et la culture ------------------------------------------

    def atelier_coherence(self, **choix: str):
        """Atelier : assembler structure, mécanisme de coordination et système de décision.

        `choix` : l'assemblage de départ (`structure`, `mecanisme`, `decision`).
        """
        from .ateliers.coordination import AtelierCoherence

        return AtelierCoherence(self, **choix)

    def assemblages_coherents(self) -> Tableau:
        """Les assemblages dont les trois choix se renforcent, et ce qu'en disent les faits."""
        from .coordination import DIMENSIONS, assemblages_coherents

        return Tableau(
            assemblages_coherents(self),
            "Les assemblages où tout se renforce",
            titres={**DIMENSIONS, "appui": "Les faits du CERDD"},
        )

    def atelier_croissance(self):
        """Atelier : faire grandir l'équipe et voir jusqu'où l'ajustement mutuel tient."""
        from .ateliers.coordination import AtelierCroissance

        return AtelierCroissance(self)

    def croissance(self) -> pd.DataFrame:
        """Les effectifs à comparer et le réseau de chacun ; voir `coordination.croissance_du_cas`."""
        from .coordination import croissance_du_cas

        return croissance_du_cas(self)

    def carte_culture(self, complete: bool = False):
        """Atelier : la carte de la culture à remplir ; `complete=True` montre la proposition."""
        from .ateliers.coordination import CarteCulture

        return CarteCulture(self, self._suivi, complete)

    def leviers_culture(self):
        """Figure : de la culture à la performance, et le revers de chaque trait."""
        from .coordination import effets_de_la_culture
        from .figures.coordination import leviers

        return leviers(effets_de_la_culture(self))

    # --- Dossier 4 : l'information et le Web 2.0 --------------------------------------------

    def atelier_systeme_information(self, complete: bool = False):
        """Atelier : ranger les missions dans la chaîne de l'information, puis en arrêter une."""
        from .ateliers.information import AtelierChaine
        from .information import missions_du_cas

        return AtelierChaine(missions_du_cas(self), self._suivi, complete)

    def chaine_information(self):
        """Figure : les missions dans la chaîne de l'information, classement proposé."""
        from .figures.information import chaine_information
        from .information import missions_du_cas

        return chaine_information(missions_du_cas(self))

    def atelier_communication(self):
        """Atelier : la matrice de communication, à filtrer et à compter."""
        from .ateliers.information import AtelierCommunication
        from .information import communication_du_cas

        return AtelierCommunication(communication_du_cas(self))

    def publics_nommes(self):
        """Figure : le plan de communication dit-il à qui il s'adresse ?"""
        from .figures.information import publics_nommes
        from .information import communication_du_cas

        return publics_nommes(communication_du_cas(self))

    def lire_publics(self) -> str:
        """Ce que le plan de communication dit de ses publics, en deux ou trois phrases."""
        from .information import communication_du_cas, lire_publics

        return lire_publics(communication_du_cas(self))

    def atelier_web(self, complete: bool = False):
        """Atelier : comparer le Web 1.0 et le Web 2.0 ; `complete=True` montre la proposition."""
        from .ateliers.information import AtelierWeb

        return AtelierWeb(self.table("corrige-web-comparaison"), self._suivi, complete)

    def atelier_reseau(self):
        """Atelier : faire circuler l'information dans un réseau, jusqu'à la surcharge."""
        from .ateliers.information import AtelierReseau
        from .information import PARTENAIRES_DU_BLOG

        return AtelierReseau(int(self.fait(PARTENAIRES_DU_BLOG)))

    def figure_reseau(self, **reglages):
        """Figure : les deux réseaux et la surcharge, pour des réglages d'`information.Reseau`."""
        from .figures.information import figure_reseau
        from .information import Reseau

        return figure_reseau(Reseau(**reglages))

    def essais_reseau(self) -> Tableau:
        """Six essais du réseau côte à côte : contenus reçus, lus, utiles, et coût du tri."""
        from .information import essais_reseau

        titres = {"essai": "Essai", "recus": "Contenus reçus", "lus": "Lus", "utiles_lus":
                  "Utiles lus", "lecteurs": "Lecteurs d'un contenu du CERDD",
                  "tri": "Temps de tri"}  # fmt: skip
        return Tableau(essais_reseau(), "Par partenaire et par semaine", titres=titres)

    def atelier_arguments(self):
        """Atelier : choisir des faits pour ou contre le Web 2.0 et en faire un plan."""
        from .ateliers.information import AtelierArguments
        from .information import preuves

        return AtelierArguments(preuves(self), self._suivi)

    # --- L'accueil --------------------------------------------------------------------------

    def verifier_installation(self):
        """Tout est-il en place sur cet ordinateur ? Voir `installation.verifier_installation`."""
        from .installation import verifier_installation

        return verifier_installation(self)

    def essai(self):
        """Un curseur d'essai : s'il répond, les ateliers répondront."""
        from .ateliers.accueil import Essai

        return Essai()

    def carte_du_cas(self):
        """Figure : qui finance, qui agit, pour qui, et la question de chaque dossier."""
        from .figures.accueil import carte_du_cas

        return carte_du_cas(self)

    def sommaire(self) -> Tableau:
        """Les annexes et les documents : titre, dossiers qui s'en servent, page du sujet."""
        return sommaire(self)

    def glossaire(self, mot: str = "") -> Tableau:
        """Les notions du cas et leur définition ; `mot` ne garde que celles qui le contiennent."""
        return glossaire(self, mot)

    # --- La salle de classe ---------------------------------------------------------------

    def projection(self, actif: bool = True):
        """Le mode projecteur : agrandit tout pour la session ; `cas.projection(False)` l'arrête."""
        from .ateliers.base import Projection

        return Projection(actif=actif)
