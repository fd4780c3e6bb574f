"""Ce que contient la roue de l'élève : tout le paquet sauf l'édition, et aucun corrigé.

Les tableaux de `data/corrige/` (points attendus, classements…) y sont comprimés : le paquet en a
besoin pour juger une réponse, mais on ne les lit pas en ouvrant un fichier. Ce n'est pas un secret.
"""

import shutil
import zlib
from pathlib import Path
from tempfile import mkdtemp

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PROJET = Path(__file__).resolve().parent.parent
RESERVEES = {"edition", "__pycache__"}  # les pièces de l'enseignant


class RoueDeLEleve(BuildHookInterface):
    def initialize(self, version, build_data):
        contenu = build_data["force_include"]
        for piece in (PROJET / "cerdd_case").iterdir():
            if piece.name not in RESERVEES:
                contenu[str(piece)] = f"cerdd_case/{piece.name}"
        for carnet in (PROJET / "notebooks" / "eleves").glob("*.ipynb"):
            contenu[str(carnet)] = f"cerdd_case/notebooks/eleves/{carnet.name}"
        self.comprimes = comprimes = Path(mkdtemp(prefix="cerdd_roue_"))
        for fichier in (PROJET / "data").rglob("*"):
            chemin = fichier.relative_to(PROJET / "data")
            if not fichier.is_file() or chemin.parts[0] == "local":
                continue
            if chemin.parts[0] == "corrige":
                range_ = comprimes / f"{fichier.name}.z"
                range_.write_bytes(zlib.compress(fichier.read_bytes(), 9))
                fichier, chemin = range_, chemin.with_name(range_.name)
            contenu[str(fichier)] = f"cerdd_case/data/{chemin.as_posix()}"
        for licence in ("LICENSE", "LICENSE-CONTENUS"):
            contenu[str(PROJET / licence)] = f"cerdd_case/{licence}"

    def finalize(self, version, build_data, artifact_path):
        shutil.rmtree(self.comprimes)
