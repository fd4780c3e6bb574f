"""Ce que le JupyterLab lancé par `cerdd` reçoit, et lui seul."""

import asyncio
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

from cerdd_case.bureau.laboratoire import serveur
from cerdd_case.edition import execution

FAUX_SERVEUR = SimpleNamespace(
    base_url="/",
    web_app=SimpleNamespace(add_handlers=lambda hote, routes: None),
    contents_manager=SimpleNamespace(liberer=lambda: None),
)


def test_une_connexion_ouverte_n_attend_plus(monkeypatch):
    from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

    appels = []

    class Connexion:
        def set_nodelay(self, valeur):
            appels.append(("sans attente", valeur))

    async def ouvrir(connexion, noyau):
        appels.append(("ouvrir", noyau))

    monkeypatch.setattr(KernelWebsocketHandler, "open", ouvrir)
    monkeypatch.delenv(serveur.PROCESSUS_A_SUIVRE, raising=False)
    serveur._load_jupyter_server_extension(FAUX_SERVEUR)
    ouverture = KernelWebsocketHandler.open(Connexion(), "noyau-1")
    # À part : un essai de navigateur laisse une boucle dans le fil principal de son processus.
    with ThreadPoolExecutor() as fil:
        fil.submit(asyncio.run, ouverture).result()
    assert appels == [("sans attente", True), ("ouvrir", "noyau-1")]


def test_le_serveur_suit_la_commande_qui_l_a_lance(monkeypatch):
    import psutil

    vivants = iter([True, True, False])
    monkeypatch.setattr(psutil, "pid_exists", lambda numero: next(vivants))
    monkeypatch.setattr(serveur, "PAUSE", 0)
    arrets = []

    class Serveur:
        def stop(self, from_signal):
            arrets.append(from_signal)

    serveur.suivre(12345, Serveur())
    assert arrets == [True]


def test_lance_autrement_le_serveur_ne_suit_personne(monkeypatch):
    from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

    monkeypatch.setattr(KernelWebsocketHandler, "open", None)
    monkeypatch.delenv(serveur.PROCESSUS_A_SUIVRE, raising=False)
    avant = threading.active_count()
    serveur._load_jupyter_server_extension(FAUX_SERVEUR)
    assert threading.active_count() == avant


def test_les_reglages_du_laboratoire_sont_lisibles():
    fichiers = sorted(execution.COMMUN.rglob("*.json"))
    assert [c.name for c in fichiers] == [
        "cerdd.json", "kernel.json", "default_setting_overrides.json"
    ]  # fmt: skip
    configuration, noyau, reglages = (json.loads(c.read_text(encoding="utf-8")) for c in fichiers)
    for module in configuration["ServerApp"]["jpserver_extensions"]:
        nom = Path(*module.split(".")[1:]).with_suffix(".py")
        assert (execution.COMMUN.parents[2] / nom).is_file()
    assert noyau["argv"][0] == "python" and noyau["language"] == "python"
    assert reglages["@jupyterlab/translation-extension:plugin"]["locale"] == "fr_FR"
    assert reglages["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
