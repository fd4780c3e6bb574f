"""Lancer la projection : écrire la page et le carnet à exécuter, puis le serveur."""

import ast
import json
import subprocess
from collections.abc import Collection
from pathlib import Path

from ...bureau.jupyterlab import attendre, commande_jupyter, environnement_jupyterlab
from ...bureau.provisoire import dossier_provisoire
from ..diapositives import Diapositive, diaporama
from ..lecture_carnet import lire_carnet
from .page import page_servie
from .serveur import CARNET, DOSSIER, PAGE

ADRESSE = "/cerdd/diapositives"
FIXES = {
    "lire",
    "figure",
    "indice",
    "grille",
    "verifier",
}  # ce que `cas` montre et qui ne se règle pas


def lancer_presentation(
    titre: str,
    chemin: Path,
    noms: Collection[str] | None = None,
    sans_reponses: bool = False,
    port: int | None = None,
    navigateur: bool = True,
) -> int:
    """Projette les diapositives d'un carnet validé ; renvoie le code du serveur, une fois arrêté.

    `titre` : ce que le pied de page dit (« Séance 3 · Budget ») ; `noms` et `sans_reponses` : voir
    `diaporama`, dont les erreurs remontent. Le carnet livré n'est ni ouvert ni changé : tout se passe
    dans un dossier provisoire.
    """
    diapositives = diaporama(chemin, noms, sans_reponses)
    with dossier_provisoire() as provisoire:
        preparer(provisoire / "diapositives", titre, chemin, diapositives)
        commande = commande_jupyter(
            __package__, provisoire / "diapositives", port, navigateur,
            [f"--ServerApp.default_url={ADRESSE}"],
        )  # fmt: skip
        environnement = environnement_jupyterlab(provisoire / "jupyter")
        environnement[DOSSIER] = str(provisoire / "diapositives")
        print(
            f"Projection : {titre}. Le carnet livré ne change pas.\n"
            "Dans le navigateur : flèches pour avancer, F pour le plein écran, H pour les touches.\n"
            "Pour arrêter : Ctrl+C dans cette fenêtre.",
            flush=True,
        )
        return attendre(subprocess.Popen(commande, env=environnement))


def preparer(dossier: Path, titre: str, chemin: Path, diapositives: list[Diapositive]) -> None:
    """Écrit dans `dossier` la page, et les cellules à exécuter pour que ses ateliers vivent."""
    code = [c for c in lire_carnet(chemin)["cells"] if c["cell_type"] == "code"]
    dossier.mkdir(parents=True, exist_ok=True)
    a_faire = {"nom": chemin.name, "cellules": a_executer(code, diapositives)}
    (dossier / CARNET).write_text(json.dumps(a_faire), encoding="utf-8")
    (dossier / PAGE).write_text(page_servie(titre, diapositives), encoding="utf-8")


def a_executer(code: list[dict], diapositives: list[Diapositive]) -> list[dict[str, str]]:
    """Les cellules dont les ateliers projetés ont besoin : identifiant et source.

    Ce qui suit la dernière cellule projetée n'y est pas, ni une cellule qui ne fait que montrer une
    page ou une image : la page les a déjà, telles que le carnet les a enregistrées.
    """
    montrees = {nom for d in diapositives for nom in d.cellules}
    vivantes = [rang for rang, c in enumerate(code, start=1) if c["id"] in montrees]
    return [
        {"id": c["id"], "source": c["source"]}
        for c in code[: max(vivantes, default=0)]
        if not _fixe(c["source"])
    ]


def _fixe(source: str) -> bool:
    """Cette cellule ne fait-elle que montrer ce qui ne bouge pas ?"""
    match ast.parse(source).body:
        case [ast.Expr(ast.Call(ast.Attribute(ast.Name("cas"), methode)))]:
            return methode in FIXES
    return False
