"""La commande `cerdd` : ouvrir les carnets ; chez un enseignant, aussi présenter, imprimer, vérifier.

Chaque sous-commande est une ligne de `SOUS_COMMANDES` : son nom, sa phrase d'aide, une fonction
qui déclare ses options et une fonction qui fait le travail et renvoie le code de sortie. Celles de
l'enseignant viennent de la pièce `edition`, quand elle est installée.
"""

import argparse
import contextlib
import gettext
import importlib
import importlib.util
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..socle.erreurs import ErreurCas
from ..socle.fichiers import cause
from .copies import dossier_de_travail
from .jupyterlab import arret_sans_reste, lancer_jupyterlab

LANGUE = Path(__file__).resolve().parent / "langue"
EDITION = "cerdd_case.edition"


@dataclass(frozen=True)
class SousCommande:
    """Une sous-commande : ce qu'elle accepte, ce qu'elle fait."""

    nom: str
    aide: str
    options: Callable[[argparse.ArgumentParser], None]
    action: Callable[[argparse.Namespace], int]


def options_du_serveur(analyseur: argparse.ArgumentParser) -> None:
    """Les options communes à « ouvrir » et « presenter »."""
    analyseur.add_argument(
        "--sans-navigateur",
        action="store_true",
        help="n'ouvre pas le navigateur ; l'adresse s'affiche ici",
    )
    analyseur.add_argument(
        "--port",
        type=int,
        metavar="N",
        help="numéro de port (s'il est occupé, JupyterLab en prend un autre)",
    )


def options_ouvrir(analyseur: argparse.ArgumentParser) -> None:
    options_du_serveur(analyseur)
    analyseur.add_argument(
        "--dossier",
        type=Path,
        metavar="D",
        help="travaille dans le dossier D ; les carnets qui n'y sont pas y sont copiés",
    )


def ouvrir(options: argparse.Namespace) -> int:
    """Ouvre JupyterLab, en français, sur les carnets."""
    return lancer_jupyterlab(
        dossier_de_travail(options.dossier), options.port, not options.sans_navigateur
    )


OUVRIR = SousCommande(
    "ouvrir", "ouvre les carnets dans JupyterLab (par défaut)", options_ouvrir, ouvrir
)


def sous_commandes() -> tuple[SousCommande, ...]:
    """Celles de tous, puis celles de l'enseignant si la pièce `edition` est là."""
    if importlib.util.find_spec(EDITION) is None:
        return (OUVRIR,)
    return (OUVRIR, *importlib.import_module(f"{EDITION}.sous_commandes").SOUS_COMMANDES)


@contextlib.contextmanager
def argparse_en_francais() -> Iterator[None]:
    """Le temps d'un bloc, argparse parle français.

    argparse traduit ses phrases avec gettext, mais dans la langue du système et avec un catalogue
    que Python ne livre pas. On lui donne le nôtre (langue/fr/LC_MESSAGES/cerdd.mo) en remplaçant
    ses deux fonctions de traduction. Une phrase absente du catalogue resterait en anglais : un test
    compare le catalogue aux phrases de l'argparse en service.
    """
    traduction = gettext.translation("cerdd", LANGUE, languages=["fr"])
    avant = argparse._, argparse.ngettext
    argparse._, argparse.ngettext = traduction.gettext, traduction.ngettext
    try:
        yield
    finally:
        argparse._, argparse.ngettext = avant


def analyseur() -> argparse.ArgumentParser:
    """L'analyseur de la ligne de commande, avec toutes les sous-commandes."""
    racine = argparse.ArgumentParser(
        prog="cerdd",
        description="Le cas CERDD dans Jupyter. Sans commande, cerdd ouvre les carnets.",
        epilog="Aide d'une commande : cerdd COMMANDE --help",
    )
    commandes = racine.add_subparsers(
        title="commandes\u00a0", dest="commande", metavar="COMMANDE", required=True
    )
    for sous in sous_commandes():
        fille = commandes.add_parser(
            sous.nom, help=sous.aide, description=sous.aide[0].upper() + sous.aide[1:] + "."
        )
        sous.options(fille)
        fille.set_defaults(action=sous.action)
    return racine


def principal(arguments: Sequence[str] | None = None) -> int:
    """Le point d'entrée de la commande `cerdd` ; renvoie le code de sortie."""
    for flux in (sys.stdout, sys.stderr):  # un terminal Windows ancien n'affiche pas tout
        if hasattr(flux, "reconfigure"):
            flux.reconfigure(errors="replace")
    mots = list(sys.argv[1:] if arguments is None else arguments)
    if not mots or (mots[0].startswith("-") and mots[0] not in ("-h", "--help")):
        mots.insert(0, "ouvrir")
    with argparse_en_francais():
        options = analyseur().parse_args(mots)
    try:
        with arret_sans_reste():
            return options.action(options)
    except ErreurCas as erreur:
        print(f"Erreur\u00a0: {erreur}", file=sys.stderr)
        return 2
    except OSError as erreur:
        if erreur.errno is None:  # ce n'est pas le disque
            raise
        ou = erreur.filename or tempfile.gettempdir()
        print(
            f"Erreur\u00a0: impossible d'écrire ou de lire {ou} : {cause(erreur)}.", file=sys.stderr
        )
        return 2
    except KeyboardInterrupt:
        with contextlib.suppress(OSError):  # le terminal n'est peut-être plus là
            print("Arrêté.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(principal())
