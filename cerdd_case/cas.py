"""`Cas` : tout ce qu'un carnet demande à la collection, en une ligne à chaque fois.

Les figures et les ateliers sont chargés au premier appel : `import cerdd_case` reste léger.
"""

from html import escape
from pathlib import Path

import pandas as pd

from . import exercices
from .chargement import Donnees
from .lecture import Tableau, lire, tableau_des_seuils, tableau_du_budget
from .suivi import Suivi


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

    def verifier(self, code: str, reponse: object = ...) -> exercices.Verdict:
        """Compare une réponse chiffrée à la valeur attendue et explique l'erreur habituelle."""
        verdict = exercices.verifier(code, reponse)
        if verdict.juste is not None:
            self._suivi.ecrire(f"verdict:{code}", verdict.juste)
        return verdict

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

    # --- Dossier 2 : le budget ------------------------------------------------------------

    def ecarts(self) -> pd.DataFrame:
        """Les écarts de 2014 entre le prévu (annexe 4) et le réalisé (annexe 5)."""
        from .budget import ecarts

        return ecarts(self.annexe(4), self.annexe(5))

    def projeter(self, **hypotheses):
        """Le budget 2015 ; sans rien préciser, celui du sujet. Voir `budget.Hypotheses`."""
        from .budget import Hypotheses, projeter

        return projeter(self.annexe(4), Hypotheses(**hypotheses))

    def seuil(self, variable: str, part_ue: float | None = None, **hypotheses):
        """La valeur d'une hypothèse qui met l'UE exactement au plafond ; voir `budget.seuil`."""
        from .budget import Hypotheses, plafonds_ue, seuil

        plafond = plafonds_ue()[0] if part_ue is None else part_ue
        return seuil(self.annexe(4), Hypotheses(**hypotheses), variable, plafond)

    def comparer(self, projection) -> Tableau:
        """Le budget 2014 et une projection 2015, ligne par ligne, avec les totaux."""
        return tableau_du_budget(projection)

    def regles(self, projection) -> Tableau:
        """Les règles de l'annexe 3 face à une projection, prêtes à lire."""
        from .budget import regles

        return Tableau(
            regles(projection)[["libelle", "respectee", "conclusion"]],
            "Les règles de bonne gestion",
            titres={"libelle": "Règle"},
        )

    def seuils(self) -> Tableau:
        """Pour chaque hypothèse, la valeur qui ramène l'UE au plafond, les autres inchangées."""
        return tableau_des_seuils(self.annexe(4))

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

        return figure_budget(self.annexe(4), projection)

    def simulateur(self):
        """Le simulateur du budget 2015 : un curseur par hypothèse."""
        from .ateliers.budget import Simulateur

        secours = self.annexe("enonce_dossier_2").set_index("fait_id").loc["D2-15", "valeur"]
        return Simulateur(self.annexe(4), float(secours))

    # --- La salle de classe ---------------------------------------------------------------

    def projection(self, actif: bool = True):
        """Le mode projecteur : agrandit tout pour la session ; `cas.projection(False)` l'arrête."""
        from .ateliers.base import Projection

        return Projection(actif=actif)


