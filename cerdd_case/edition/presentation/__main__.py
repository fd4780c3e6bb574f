"""Le serveur de présentation : Jupyter sans JupyterLab. `cerdd presenter` le lance."""

from jupyter_server.serverapp import ServerApp

MODULE = "cerdd_case.edition.presentation.serveur"


def servir() -> None:
    """Sert la page jusqu'à Ctrl+C ; les options sont celles de Jupyter."""
    serveur = ServerApp.instance()
    serveur.jpserver_extensions = {MODULE: True}
    serveur.initialize(find_extensions=False)  # ni JupyterLab, ni ce qu'un autre y a ajouté
    serveur.log.addFilter(lambda trace: "To access the server" not in str(trace.msg))
    serveur.start()


if __name__ == "__main__":
    servir()
