"""Une extension du serveur Jupyter : la page des diapositives, et son noyau.

Le carnet est exécuté une fois, ici, pendant que le navigateur s'ouvre ; les fenêtres n'exécutent
rien, elles reprennent les ateliers que le noyau tient (`servi/vivant.js`). Sous `cerdd/` :

- `GET diapositives` : la page ; `diapositives/<fichier>` : ses scripts et ses styles ;
- `GET diapositives/etat?vu=N` : où en sont les calculs, dès que cela change après le numéro N ;
- `POST diapositives/relancer` : `{generation}` ; refait tout dans un noyau neuf, si aucune autre
  fenêtre ne l'a demandé depuis cette génération.
"""

import asyncio
import contextlib
import json
import os
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web

from ...bureau.laboratoire.serveur import repondre_sans_attendre, suivre_la_commande
from ...socle.fichiers import depuis_json
from ..lecture_carnet import debut
from .page import SERVI, VIVANT, en_script

DOSSIER = "CERDD_PRESENTATION"  # la variable qui dit où sont la page et le carnet à exécuter
PAGE, CARNET = "page.html", "carnet.json"
COMMUN = Path(__file__).resolve().parents[2] / "widgets" / "pages"
DELAI_DU_NOYAU, DELAI_PAR_CELLULE, DELAI_DE_VEILLE = 60, 120, 20  # secondes
VUE = "application/vnd.jupyter.widget-view+json"

LENT = "Python ne démarre pas. Les images enregistrées restent ; relancez les calculs."
TROP_LONG = (
    "Un calcul dure trop longtemps (cellule « {} »). Les images enregistrées restent ; relancez les "
    "calculs."
)
ARRETE = "Python s'est arrêté : les ateliers ne bougent plus. Relancez les calculs."
INCIDENT = "Un calcul n'a pas abouti (cellule « {} ») : l'image enregistrée reste."
PANNE = "Les calculs n'ont pas pu se faire. Les images enregistrées restent ; relancez les calculs."


class Calculs:
    """Le noyau, l'exécution du carnet, et ce qu'il faut en dire aux fenêtres (`etat`).

    `phase` : « calcul », « pret » ou « arret » ; `vues` : par cellule, le modèle de chaque sortie
    vivante, selon son rang ; `generation` change à chaque exécution entière.
    """

    def __init__(self, serveur: Any, nom: str, cellules: list[dict]):
        self.serveur, self.nom, self.cellules = serveur, nom, cellules
        self.seance: dict | None = None
        self.tache: asyncio.Task | None = None
        self.change = asyncio.Condition()
        self.etat: dict[str, Any] = {"numero": 0, "generation": 0, "total": len(cellules)}

    async def dire(self, **nouveau: Any) -> None:
        """Change l'état, et réveille les fenêtres."""
        async with self.change:
            self.etat |= {**nouveau, "numero": self.etat["numero"] + 1}
            self.change.notify_all()

    async def attendre(self, vu: int) -> dict:
        """L'état, dès que son numéro n'est plus `vu`, ou après un temps de veille."""
        async with self.change:
            attente = self.change.wait_for(lambda: self.etat["numero"] != vu)
            with contextlib.suppress(TimeoutError):  # la fenêtre redemandera
                await asyncio.wait_for(attente, DELAI_DE_VEILLE)
        return self.etat

    async def relancer(self, generation: int) -> None:
        """Refait tout dans un noyau neuf, si c'est bien cette génération qui ne va plus."""
        if self.etat["generation"] != generation or self.etat.get("phase") == "calcul":
            return
        await self.dire(phase="calcul", faites=0, vues={}, phrase="", generation=generation + 1)
        self.tache = asyncio.create_task(self._derouler())

    async def _derouler(self) -> None:
        try:
            await self._demarrer()
        except TimeoutError:
            await self.dire(phase="arret", phrase=LENT)
        except Exception:
            self.serveur.log.exception("Les calculs de la présentation")
            await self.dire(phase="arret", phrase=PANNE)

    async def _demarrer(self) -> None:
        seances = self.serveur.session_manager
        if self.seance:
            await seances.delete_session(self.seance["id"])
        async with asyncio.timeout(DELAI_DU_NOYAU):
            self.seance = await seances.create_session(
                path=self.nom, name=self.nom, type="notebook", kernel_name="python3"
            )
            noyau = self.seance["kernel"]["id"]
            client = self.serveur.kernel_manager.get_kernel(noyau).client()
            client.start_channels()
            await client.wait_for_ready(timeout=DELAI_DU_NOYAU)
        for evenement in ("restart", "dead"):
            self.serveur.kernel_manager.add_restart_callback(
                noyau, lambda noyau=noyau: self._arret(noyau), evenement
            )
        try:
            await self._executer(client, noyau)
        finally:
            client.stop_channels()

    def _arret(self, noyau: str) -> None:
        """Le noyau s'est arrêté sans qu'on le demande."""
        if self.seance and self.seance["kernel"]["id"] == noyau:
            if self.tache:
                self.tache.cancel()
            self.tache = asyncio.ensure_future(self.dire(phase="arret", phrase=ARRETE))

    async def _executer(self, client: Any, noyau: str) -> None:
        vues: dict[str, dict[int, str]] = {}
        incident = ""
        for faites, cellule in enumerate(self.cellules):
            if faites % 5 == 0:
                await self.dire(faites=faites)
            sorties = Sorties()
            try:
                reponse = await client.execute_interactive(
                    cellule["source"], allow_stdin=False, stop_on_error=False,
                    timeout=DELAI_PAR_CELLULE, output_hook=sorties.recevoir,
                )  # fmt: skip
            except TimeoutError:
                await self.dire(phase="arret", phrase=TROP_LONG.format(debut(cellule)))
                return
            if reponse["content"]["status"] == "error":
                incident = incident or INCIDENT.format(debut(cellule))
            elif sorties.vues:
                vues[cellule["id"]] = sorties.vues
        await self.dire(
            phase="pret", faites=len(self.cellules), noyau=noyau, vues=vues, phrase=incident
        )


class Sorties:
    """Ce qu'une cellule affiche en s'exécutant ; n'en garde que le modèle de chaque vue, par rang."""

    def __init__(self) -> None:
        self.vues: dict[int, str] = {}
        self.rang, self.flux = 0, ""

    def recevoir(self, message: dict) -> None:
        """Un message du noyau ; un flux qui continue ne compte que pour une sortie."""
        genre, contenu = message["header"]["msg_type"], message["content"]
        if genre == "stream" and contenu["name"] == self.flux:
            return
        if genre in ("display_data", "execute_result", "stream", "error"):
            if vue := contenu.get("data", {}).get(VUE):
                self.vues[self.rang] = vue["model_id"]
            self.rang += 1
            self.flux = contenu.get("name", "")


class PageProjetee(JupyterHandler):
    """La page des diapositives."""

    def initialize(self, dossier: Path) -> None:
        """`dossier` : où elle est écrite."""
        self.dossier = dossier

    @web.authenticated
    def get(self) -> None:
        """La page, et de quoi joindre le noyau."""
        page = (self.dossier / PAGE).read_text(encoding="utf-8")
        vivant = en_script(
            {"jeton": self.settings["identity_provider"].token, "base": self.base_url}
        )
        script = f'<script type="application/json" id="cerdd-vivant">{vivant}</script>'
        self.set_header("Cache-Control", "no-store")
        self.finish(page.replace(VIVANT, script))


class Etat(APIHandler):
    """Où en sont les calculs."""

    def initialize(self, calculs: Calculs) -> None:
        """`calculs` : ceux de cette présentation."""
        self.calculs = calculs

    @web.authenticated
    async def get(self) -> None:
        """L'état, dès qu'il n'est plus celui que la fenêtre a vu."""
        vu = self.get_query_argument("vu", "")
        self.finish(await self.calculs.attendre(int(vu) if vu.isdecimal() else -1))


class Relancer(Etat):
    """Refaire les calculs."""

    @web.authenticated
    async def post(self) -> None:
        """Les relance, sauf si une autre fenêtre l'a déjà demandé."""
        await self.calculs.relancer(
            int((depuis_json(self.request.body) or {}).get("generation", -1))
        )
        self.finish({})


def _load_jupyter_server_extension(serveur: Any) -> None:
    dossier = Path(os.environ[DOSSIER])
    a_faire = json.loads((dossier / CARNET).read_text(encoding="utf-8"))
    calculs = Calculs(serveur, a_faire["nom"], a_faire["cellules"])
    repondre_sans_attendre()
    suivre_la_commande(serveur)
    racine = url_path_join(serveur.base_url, "cerdd/diapositives")
    serveur.web_app.add_handlers(
        ".*$",
        [
            (racine, PageProjetee, {"dossier": dossier}),
            (rf"{racine}/etat", Etat, {"calculs": calculs}),
            (rf"{racine}/relancer", Relancer, {"calculs": calculs}),
            (rf"{racine}/(commun\.css)", web.StaticFileHandler, {"path": COMMUN}),
            (rf"{racine}/([\w.]+)", web.StaticFileHandler, {"path": SERVI}),
        ],
    )
    serveur.io_loop.add_callback(calculs.relancer, 0)


def _jupyter_server_extension_points() -> list[dict]:
    return [{"module": __name__}]
