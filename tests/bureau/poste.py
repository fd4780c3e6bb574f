"""Un dossier de copies et le serveur qui le tient, pour les essais des carnets."""

import asyncio
import shutil
from pathlib import Path

from cerdd_case.bureau import carnets
from cerdd_case.bureau.laboratoire.contenus import Contenus
from cerdd_case.socle.identite import fichier_par_chemin, fichier_par_identite, identite
from cerdd_case.socle.memoire import Memoire

LIVRES = carnets.dossier_des_carnets()
PLACE = "eleves/02_budget.ipynb"


class Bureau:
    """Un dossier de copies, et ce que JupyterLab demande au serveur."""

    def __init__(self, racine: Path):
        self.racine = racine
        self.contenus = Contenus(root_dir=str(racine))
        (racine / "eleves").mkdir()
        shutil.copyfile(LIVRES / PLACE, racine / PLACE)

    def __getattr__(self, nom):
        return lambda *a, **o: asyncio.run(getattr(self.contenus, nom)(*a, **o))

    def ouvrir(self, place: str = PLACE) -> dict:
        return self.get(place)["content"]

    def enregistrer(self, contenu: dict, place: str = PLACE) -> None:
        self.save({"type": "notebook", "format": "json", "content": contenu}, place)

    def suivi(self, place: str = PLACE) -> Memoire:
        carnet = self.racine / place
        qui = identite(carnet)
        return Memoire(
            fichier_par_identite(carnet, qui.copie) if qui else fichier_par_chemin(carnet)
        )

    def cocher(self, *points: str, place: str = PLACE) -> None:
        self.suivi(place).ecrire("grille:2.1", list(points))

    def coches(self, place: str = PLACE) -> list[str] | None:
        return self.suivi(place).lire("grille:2.1")

    def ecrire_une_reponse(self, place: str = PLACE) -> None:
        contenu = self.ouvrir(place)
        for cellule in contenu["cells"]:
            if cellule["cell_type"] == "raw":
                cellule["source"] += "Ma réponse, en quatre mots."
        self.enregistrer(contenu, place)
