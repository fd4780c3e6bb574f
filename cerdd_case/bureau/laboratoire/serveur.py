"""Une extension du serveur Jupyter, chargée seulement par ce que `cerdd` lance.

- Chaque copie de carnet garde son avancement quand elle change de nom ou de place (`contenus`), et
  chaque noyau sait quel carnet il sert (`seances`).
- Les réponses du noyau partent sans attendre. Un pas de curseur fait revenir plusieurs petits
  messages. Par défaut, le système les retient pour les grouper (algorithme de Nagle) : un pas sur
  deux arrive alors trente millisecondes trop tard. Jupyter ne règle pas cela pour ses connexions
  aux noyaux ; nous le faisons à leur ouverture.
"""


def _link_jupyter_server_extension(serveur):
    from .contenus import Contenus
    from .seances import Seances

    serveur.contents_manager_class = Contenus
    serveur.session_manager_class = Seances


def _load_jupyter_server_extension(serveur):
    from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

    ouvrir = KernelWebsocketHandler.open

    async def ouvrir_sans_attente(connexion, *arguments, **options):
        connexion.set_nodelay(True)
        return await ouvrir(connexion, *arguments, **options)

    KernelWebsocketHandler.open = ouvrir_sans_attente


def _jupyter_server_extension_points():
    return [{"module": "cerdd_case.bureau.laboratoire.serveur"}]
