"""L'extension du serveur : les connexions aux noyaux n'attendent plus pour envoyer."""

import asyncio
import json
import sys
from pathlib import Path

from cerdd_case.laboratoire.serveur import _load_jupyter_server_extension


def test_une_connexion_ouverte_n_attend_plus(monkeypatch):
    from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

    appels = []

    class Connexion:
        def set_nodelay(self, valeur):
            appels.append(("sans attente", valeur))

    async def ouvrir(connexion, noyau):
        appels.append(("ouvrir", noyau))

    monkeypatch.setattr(KernelWebsocketHandler, "open", ouvrir)
    _load_jupyter_server_extension(None)
    asyncio.run(KernelWebsocketHandler.open(Connexion(), "noyau-1"))
    assert appels == [("sans attente", True), ("ouvrir", "noyau-1")]


def test_l_extension_et_le_francais_sont_installes_dans_l_environnement():
    """Ce que l'installation pose dans l'environnement de la collection, et nulle part ailleurs."""
    racine = Path(sys.prefix)
    serveur = racine / "etc" / "jupyter" / "jupyter_server_config.d" / "cerdd.json"
    extensions = json.loads(serveur.read_text(encoding="utf-8"))["ServerApp"]["jpserver_extensions"]
    assert extensions == {"cerdd_case.laboratoire.serveur": True}
    reglages = racine / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    langue = json.loads(reglages.read_text(encoding="utf-8"))
    assert langue["@jupyterlab/translation-extension:plugin"]["locale"] == "fr_FR"
    assert langue["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
