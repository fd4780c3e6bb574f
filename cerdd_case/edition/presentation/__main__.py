"""Le serveur de présentation : Jupyter sans JupyterLab. `cerdd presenter` le lance."""

from jupyter_server.serverapp import ServerApp

MODULE = "cerdd_case.edition.presentation.serveur"


def servir() -> None:
    """Sert la page jusqu'à Ctrl+C ; les options sont celles de Jupyter."""
    serveur = ServerApp.instance()
    serveur.jpserver_extensions = {MODULE: True}
    serveur.initialize(find_extensions=False)  # ni JupyterLab, ni ce qu'un autre y a ajouté
    serveur.log.addFilter(lambda trace: not _adresse(serveur.connect_url, str(trace.msg)))
    serveur.start()


def _adresse(adresse: str, dite: str) -> bool:
    """Ce message de Jupyter donne-t-il l'adresse de la page ? La dit alors en français."""
    trouvee = adresse in dite
    if trouvee:
        print(f"Si le navigateur ne s'ouvre pas, copiez-y cette adresse : {adresse}", flush=True)
    return trouvee


if __name__ == "__main__":
    servir()
