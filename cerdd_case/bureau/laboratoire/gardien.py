"""Une extension du serveur Jupyter : il s'arrête avec la commande `cerdd` qui l'a lancé.

`cerdd` arrête d'ordinaire son serveur. Tuée net, elle ne le peut pas : le serveur le voit et
s'arrête de lui-même, ses noyaux avec lui. Lancé autrement (Binder), il n'a personne à suivre.
"""

import os
import threading
import time

VARIABLE = "CERDD_PROCESSUS"  # le numéro de la commande à suivre
PAUSE = 1.0  # seconde


def _load_jupyter_server_extension(serveur):
    numero = os.environ.get(VARIABLE)
    if numero:
        threading.Thread(target=suivre, args=(int(numero), serveur), daemon=True).start()


def suivre(numero: int, serveur) -> None:
    """Attend la fin d'un processus, puis arrête le serveur."""
    import psutil

    while psutil.pid_exists(numero):
        time.sleep(PAUSE)
    serveur.stop(from_signal=True)


def _jupyter_server_extension_points():
    return [{"module": "cerdd_case.bureau.laboratoire.gardien"}]
