"""Le serveur dit à chaque noyau quel carnet il sert, même renommé, déplacé ou enregistré ailleurs.

Jupyter ne le dit au noyau qu'à son démarrage (`JPY_SESSION_NAME`). Une fiche posée à côté du
fichier de connexion du noyau donne le chemin du moment et, quand un pupitre est ouvert, le fichier où
tenir l'avancement ; `carnet_ouvert` la lit.
"""

import asyncio
import os
from pathlib import Path
from typing import Any

from jupyter_server.services.sessions.sessionmanager import SessionManager

from ...socle.fichiers import ecrire_fichiers


class Seances(SessionManager):
    """Le gestionnaire de séances de Jupyter, qui tient ces fiches à jour."""

    async def save_session(
        self, session_id: str, path: str | None = None, name: str | None = None,
        type: str | None = None, kernel_id: str | None = None,
    ) -> dict:  # fmt: skip
        """Ouvre une séance, et pose sa fiche."""
        modele = await super().save_session(session_id, path, name, type, kernel_id)
        self._annoncer(modele)
        return modele

    async def update_session(self, session_id: str, **changements: Any) -> None:
        """Change une séance, et sa fiche."""
        await super().update_session(session_id, **changements)
        self._annoncer(await self.get_session(session_id=session_id))

    async def delete_session(self, session_id: str) -> None:
        """Ferme une séance, et retire sa fiche."""
        modele = await self.get_session(session_id=session_id)
        fiche = self._fiche(modele)
        await super().delete_session(session_id)
        fiche.unlink(missing_ok=True)

    async def suivre(self, ancien: str, nouveau: str) -> None:
        """Après un changement de nom : les séances du carnet, ou du dossier, sont à jour."""
        for modele in await self.list_sessions():
            path = modele["path"]
            if path == ancien or path.startswith(f"{ancien}/"):
                path = nouveau + path[len(ancien) :]
                await self.update_session(modele["id"], path=path, name=path.rsplit("/", 1)[-1])

    async def fermer(self, dossier: str) -> None:
        """Ferme les séances des carnets d'un dossier (« eleves/ »), ensemble : un noyau est lent à finir."""
        siennes = [m for m in await self.list_sessions() if m["path"].startswith(dossier)]
        await asyncio.gather(*(self.delete_session(m["id"]) for m in siennes))

    async def annoncer(self, path: str) -> None:
        """Redit aux noyaux d'un carnet où il est, et où tenir son avancement."""
        for modele in await self.list_sessions():
            if modele["path"] == path:
                self._annoncer(modele)

    def _annoncer(self, modele: dict) -> None:
        if modele["path"].endswith(".ipynb"):  # une console sur le même noyau n'est pas un carnet
            carnet = Path(self.contents_manager.root_dir) / modele["path"]
            travail = self.contents_manager.travail(modele["path"])
            dit = os.fsencode(f"{carnet}\0{travail or ''}")
            try:
                fiche = self._fiche(modele)
                if not fiche.exists() or fiche.read_bytes() != dit:
                    ecrire_fichiers({fiche: dit})  # d'un coup : le noyau la lit à tout moment
            except OSError as erreur:
                self.log.warning("Le noyau ne saura pas où est son carnet : %s", erreur)

    def _fiche(self, modele: dict) -> Path:
        noyau = self.kernel_manager.get_kernel(modele["kernel"]["id"])
        return Path(noyau.connection_file).with_suffix(".carnet")
