"""Les carnets vus par le serveur que lance `cerdd` : chaque copie garde son avancement.

À l'ouverture, à l'enregistrement, au renommage et à la copie, `identite` et `rangement` décident ; ici,
on ne fait que les appeler au bon moment. Un disque qui refuse laisse le carnet sans identité : son
avancement se range alors à son nom, à côté.
"""

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_runtime_dir
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

from ...socle import identite, rangement
from .. import relais


class Contenus(AsyncLargeFileManager):
    """Le gestionnaire de fichiers de Jupyter, qui donne une identité aux copies et la suit."""

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self._tour, self._enregistrement = asyncio.Lock(), asyncio.Lock()
        self._places: dict[str, str] = {}  # où est chaque identité rencontrée
        self._prises: set[str] = set()  # celles dont un pupitre tient l'avancement

    async def get(
        self, path: str, content: bool = True, type: str | None = None, **options: Any
    ) -> dict:
        """Ouvre un fichier ; un carnet y reçoit d'abord son identité."""
        if content and type in (None, "notebook") and path.endswith(".ipynb"):
            await self._essayer(identite.accueillir, self._lieu(path), *self._place(path))
            self._retenir(path)
        return await super().get(path, content=content, type=type, **options)

    async def save(self, model: dict, path: str = "") -> dict:
        """Enregistre un fichier ; un carnet y garde son identité, et son avancement la suit."""
        if model.get("type") != "notebook" or not isinstance(model.get("content"), dict):
            return await super().save(model, path)
        contenu, lieu = model["content"], self._lieu(path)
        page = identite.identite_ecrite(contenu)
        await self._essayer(identite.maintenir, contenu, lieu, *self._place(path), self._places)
        async with self._enregistrement:
            # « Enregistrer sous » : le double part du travail de l'original.
            travail = self.travail(path) or (self._travail(page) if not lieu.exists() else None)
            inscrit = await self._essayer(rangement.inscrire, contenu, lieu, travail)
            enregistre = await super().save(model, path)
            self._retenir(path)
            await self._essayer(rangement.noter_le_travail, lieu)
            if inscrit and self.travail(path):
                await self._essayer(rangement.confirmer, lieu, travail, inscrit)
        return enregistre

    async def prendre_en_charge(self, path: str) -> bool:
        """Le pupitre ouvert sur ce carnet n'écrit l'avancement que dans le carnet.

        Vrai : il y a là de quoi l'enregistrer. Un carnet sans identité garde le fichier d'à côté.
        """
        lieu = self._lieu(path)
        qui = identite.identite(lieu)
        if qui is None or identite.est_livre(lieu):
            return False
        travail = self._fichier_de_travail(qui.copie)
        async with self._enregistrement:  # ni avant, ni après, mais pas pendant
            en_avance = await self._essayer(rangement.prendre_en_charge, lieu, travail)
        if en_avance is not None:
            self._prises.add(qui.copie)
        return bool(en_avance)

    def travail(self, path: str) -> Path | None:
        """Le fichier où un pupitre tient l'avancement de ce carnet ; None : il est à côté."""
        return self._travail(identite.identite(self._lieu(path)))

    def liberer(self) -> None:
        """Le serveur s'arrête : chaque carnet contient son avancement, et rien ne reste ailleurs."""
        for copie in self._prises & self._places.keys():
            with contextlib.suppress(OSError):
                lieu = self._lieu(self._places[copie])
                rangement.liberer(lieu, self._fichier_de_travail(copie))

    async def passer_le_relais(self, dossier: str) -> Path | None:
        """Range les carnets commencés d'un dossier, chacun avec son avancement ; voir `relais.passer`."""
        async with self._tour, self._enregistrement:
            await asyncio.to_thread(self.liberer)
            self._prises.clear()
            self._places.clear()
            return await asyncio.to_thread(relais.passer, self._lieu(dossier))

    async def rename_file(self, old_path: str, new_path: str) -> None:
        """Renomme un fichier ; l'avancement et les séances d'un carnet le suivent."""
        await super().rename_file(old_path, new_path)
        if old_path.endswith(".ipynb") and new_path.endswith(".ipynb"):
            lieux = self._lieu(old_path), self._lieu(new_path)
            await self._essayer(identite.suivre_le_carnet, *lieux, self._place(new_path)[0])
            self._retenir(new_path)
        if self.parent is not None:
            await self.parent.session_manager.suivre(old_path.strip("/"), new_path.strip("/"))

    async def copy(self, from_path: str, to_path: str | None = None) -> dict:
        """Copie un fichier ; un carnet copié reçoit une identité et un avancement à lui."""
        modele = await super().copy(from_path, to_path)
        if from_path.endswith(".ipynb") and modele["path"].endswith(".ipynb"):
            await self._essayer(identite.doubler, *map(self._lieu, (from_path, modele["path"])))
        return modele

    async def _essayer(self, action: Callable, *arguments: Any) -> Any:
        """Fait l'action hors de la boucle du serveur, une à la fois ; note un refus (rend None)."""
        async with self._tour:
            try:
                return await asyncio.to_thread(action, *arguments)
            except OSError as erreur:
                self.log.warning("L'avancement d'un carnet n'a pas pu le suivre : %s", erreur)
                return None

    def _travail(self, qui: identite.Identite | None) -> Path | None:
        return self._fichier_de_travail(qui.copie) if qui and qui.copie in self._prises else None

    def _fichier_de_travail(self, copie: str) -> Path:
        """Chez Jupyter, dans un dossier de la personne seule qui survit à un arrêt brutal."""
        dossier = Path(jupyter_runtime_dir())
        dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
        return dossier / f"{copie}.suivi.json"

    def _retenir(self, path: str) -> None:
        qui = identite.identite(self._lieu(path))
        if qui is not None:
            self._places[qui.copie] = self._place(path)[0]

    def _lieu(self, path: str) -> Path:
        return Path(self._get_os_path(path.strip("/")))

    def _place(self, path: str) -> tuple[str, Path]:
        """Le chemin noté dans le carnet, et le dossier d'où il part."""
        return path.strip("/"), Path(self.root_dir)
