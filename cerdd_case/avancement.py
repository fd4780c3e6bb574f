"""Où en est l'élève : ce qui est répondu, vérifié, auto-évalué, question par question."""

import json
import re
from html import escape
from pathlib import Path

import pandas as pd

from . import exercices
from .chargement import Donnees
from .nombres import nombre
from .suivi import Suivi

INVITE = "*Double-cliquez ici pour écrire votre réponse.*"
A_FAIRE, SANS_OBJET = "… à faire", "–"


def texte_ecrit(source: str) -> str:
    """Ce que l'élève a écrit dans une cellule de réponse, sans l'invite ni les repères."""
    return re.sub(r"<!--.*?-->", "", source, flags=re.DOTALL).replace(INVITE, "").strip()


def reponses_ecrites(carnet: Path | None) -> set[str] | None:
    """Les questions auxquelles le carnet enregistré répond en texte ; None si on ne peut pas lire.

    Une cellule de réponse se reconnaît à sa métadonnée `reponse`, ou à son repère
    `<!-- réponse 2.1 … -->` si elle a été recopiée.
    """
    if carnet is None:
        return None
    try:
        cellules = json.loads(carnet.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError):
        return None
    trouvees = set()
    for cellule in cellules:
        source = cellule.get("source", "")
        source = source if isinstance(source, str) else "".join(source)
        repere = re.search(r"<!-- réponse ([1-4]\.[1-5])", source)
        question = cellule.get("metadata", {}).get("reponse") or (repere and repere.group(1))
        if cellule.get("cell_type") == "markdown" and question and texte_ecrit(source):
            trouvees.add(question)
    return trouvees


def avancement(
    donnees: Donnees, suivi: Suivi, carnet: Path | None, dossier: int | None = None
) -> pd.DataFrame:
    """Une ligne par question : `question, titre, reponse, verification, evaluation, fait`.

    `reponse` vient du dernier enregistrement du carnet ; `verification` des réponses chiffrées ;
    `evaluation` de la grille. `fait` : tout ce que la question demande est fait.
    """
    ecrites = reponses_ecrites(carnet)
    lignes = []
    for q in donnees.table("corrige-questions").itertuples():
        if dossier not in (None, q.dossier):
            continue
        reponse = (
            SANS_OBJET if ecrites is None else "✔ écrite" if q.question in ecrites else A_FAIRE
        )
        verification = _verification(donnees, q.question, suivi)
        coches = suivi.lire(f"grille:{q.question}")
        evaluation = A_FAIRE if coches is None else _score(donnees, q, coches)
        etapes = (reponse, verification, evaluation)
        fait = all(e not in (A_FAIRE,) and not e.startswith(("✘", "… ")) for e in etapes)
        lignes.append((q.question, q.titre, *etapes, fait))
    colonnes = ["question", "titre", "reponse", "verification", "evaluation", "fait"]
    return pd.DataFrame(lignes, columns=colonnes)


def _verification(donnees, question: str, suivi: Suivi) -> str:
    codes = [c for c in donnees.controles if c[:3] == question]
    if not codes:
        return SANS_OBJET
    verdicts = [suivi.lire(f"verdict:{c}") for c in codes]
    justes = sum(v == "juste" for v in verdicts)
    if all(v is None for v in verdicts):
        return A_FAIRE
    if any(v not in (None, "juste") for v in verdicts):
        return f"✘ à revoir ({justes} juste{'s' * (justes > 1)} sur {len(codes)})"
    if justes < len(codes):
        return f"… {justes} juste{'s' * (justes > 1)} sur {len(codes)}"
    return "✔ juste"


def _score(donnees: Donnees, q, coches: list) -> str:
    attendus = exercices.attendus(q.question, donnees)
    points = attendus.loc[attendus["attendu_id"].isin(coches), "points"].sum()
    return f"✔ {nombre(points)} sur {nombre(q.points)} pt"


class Avancement:
    """L'avancement, prêt à lire : une barre de progression et un tableau."""

    def __init__(self, lignes: pd.DataFrame, enregistre: bool):
        self.lignes, self.enregistre = lignes, enregistre

    @property
    def barre(self) -> str:
        """La progression en toutes lettres : `▰▰▱▱ 2 questions faites sur 4`."""
        faites, total = int(self.lignes["fait"].sum()), len(self.lignes)
        pluriel = "s" * (faites > 1)
        return (
            "▰" * faites + "▱" * (total - faites)
            + f" {faites} question{pluriel} faite{pluriel} sur {total}"
        )  # fmt: skip

    @property
    def note(self) -> str:
        if self.enregistre:
            return "Les réponses écrites sont celles du dernier enregistrement (Ctrl+S)."
        return "Les réponses écrites ne se voient qu'en ouvrant le carnet dans JupyterLab."

    def __str__(self):
        lignes = [
            f"{r.question} {r.titre} : réponse {r.reponse} ; vérification {r.verification} ; "
            f"auto-évaluation {r.evaluation}"
            for r in self.lignes.itertuples()
        ]
        return "\n".join([self.barre, *lignes, self.note])

    __repr__ = __str__

    def _repr_html_(self):
        from .lecture import Tableau

        tableau = Tableau(
            self.lignes.drop(columns="fait"),
            titres={"question": "Question", "titre": "Titre", "reponse": "Réponse",
                    "verification": "Vérification", "evaluation": "Auto-évaluation"},
        )  # fmt: skip
        return (
            f"<p style='font-size:1.2em'><strong>{escape(self.barre)}</strong></p>"
            f"{tableau._repr_html_()}<p style='color:#4b5563'>{escape(self.note)}</p>"
        )
