"""Une extension du serveur Jupyter, chargée seulement par ce que `cerdd` lance.

- Chaque copie de carnet garde son avancement quand elle change de nom ou de place (`contenus`), et
  chaque noyau sait quel carnet il sert (`seances`).
- Les réponses du noyau partent sans attendre. Un pas de curseur fait revenir plusieurs petits
  messages. Par défaut, le système les retient pour les grouper (algorithme de Nagle) : un pas sur
  deux arrive alors trente millisecondes trop tard.
- Il a d'autres pages : l'accueil, les annexes, la remise d'une copie (`adresses`).
- Le serveur s'arrête, ses noyaux avec lui, quand la commande `cerdd` qui l'a lancé est tuée net.
  Lancé autrement (Binder), il n'a personne à suivre.
"""

import atexit
import os
import threading
import time
from typing import Any

PROCESSUS_A_SUIVRE = "CERDD_PROCESSUS"  # la variable qui porte le numéro de la commande
PAUSE = 1.0  # seconde
ACCUEIL = "/cerdd/"  # ce qui s'ouvre en premier


def _link_jupyter_server_extension(serveur):
    from .contenus import Contenus
    from .seances import Seances

    serveur.contents_manager_class = Contenus
    serveur.session_manager_class = Seances


def _load_jupyter_server_extension(serveur):
    from . import adresses

    repondre_sans_attendre()
    serveur.web_app.add_handlers(".*$", adresses.routes(serveur.base_url))
    atexit.register(lambda: serveur.contents_manager.liberer())  # celui du moment
    suivre_la_commande(serveur)


def repondre_sans_attendre() -> None:
    """Fait partir aussitôt ce que le serveur envoie d'un noyau à une page."""
    from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

    ouvrir = KernelWebsocketHandler.open

    async def ouvrir_sans_attente(connexion, *arguments, **options):
        connexion.set_nodelay(True)
        return await ouvrir(connexion, *arguments, **options)

    KernelWebsocketHandler.open = ouvrir_sans_attente


def suivre_la_commande(serveur: Any) -> None:
    """Arrête le serveur quand la commande qui l'a lancé, si l'on en connaît une, n'est plus là."""
    if numero := os.environ.get(PROCESSUS_A_SUIVRE):
        threading.Thread(target=suivre, args=(int(numero), serveur), daemon=True).start()


def suivre(numero: int, serveur: Any) -> None:
    """Attend la fin d'un processus, puis arrête le serveur."""
    import psutil

    while psutil.pid_exists(numero):
        time.sleep(PAUSE)
    serveur.stop(from_signal=True)


def _jupyter_server_extension_points():
    return [{"module": __name__}]
