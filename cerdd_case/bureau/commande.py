"""La commande `cerdd` : ouvrir les carnets ; chez un enseignant, aussi présenter, imprimer, vérifier.

Les sous-commandes de l'enseignant viennent de la pièce `edition`, quand elle est installée.
"""

import argparse
import contextlib
import gettext
import importlib
import importlib.util
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..socle.erreurs import ErreurCas
from ..socle.fichiers import cause
from ..socle.typographie import majuscule
from .copies import dossier_de_travail
from .jupyterlab import arret_sans_reste, lancer_jupyterlab

LANGUE = Path(__file__).resolve().parent / "langue"
EDITION = "cerdd_case.edition"
Options = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class SousCommande:
    """Une sous-commande : ce qu'elle fait (en renvoyant le code de sortie), ce qu'elle accepte.

    `options` : par nom, ce que demande `ArgumentParser.add_argument`.
    """

    nom: str
    aide: str
    action: Callable[[argparse.Namespace], int]
    options: Options = field(default_factory=dict)


OPTIONS_DU_SERVEUR: Options = {
    "--sans-navigateur": dict(
        action="store_true", help="n'ouvre pas le navigateur ; l'adresse s'affiche ici"
    ),
    "--port": dict(
        type=int, metavar="N", help="numéro de port (s'il est occupé, JupyterLab en prend un autre)"
    ),
}
OPTION_DOSSIER = dict(
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
    "ouvrir",
    "ouvre les carnets dans JupyterLab (par défaut)",
    ouvrir,
    {**OPTIONS_DU_SERVEUR, "--dossier": OPTION_DOSSIER},
)


def sous_commandes() -> tuple[SousCommande, ...]:
    """Celles de tous, puis celles de l'enseignant si la pièce `edition` est là."""
    if importlib.util.find_spec(EDITION) is None:
        return (OUVRIR,)
    return (OUVRIR, *importlib.import_module(f"{EDITION}.sous_commandes").SOUS_COMMANDES)


@contextlib.contextmanager
def argparse_en_francais() -> Iterator[None]:
    """Le temps d'un bloc, argparse parle français.

    argparse traduit ses phrases avec gettext, mais Python n'en livre pas le catalogue. On lui donne
    le nôtre ; une phrase qui y manquerait resterait en anglais, et un test le voit.
    """
    traduction = gettext.translation("cerdd", LANGUE, languages=["fr"])
    phrases = {"_": traduction.gettext, "ngettext": traduction.ngettext}
    avant = {nom: vars(argparse)[nom] for nom in phrases}
    vars(argparse).update(phrases)
    try:
        yield
    finally:
        vars(argparse).update(avant)


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
            sous.nom, help=sous.aide, description=majuscule(sous.aide) + "."
        )
        for nom, reglages in sous.options.items():
            fille.add_argument(nom, **reglages)
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
        phrase = str(erreur)
    except OSError as erreur:
        if erreur.errno is None:  # ce n'est pas le disque
            raise
        ou = erreur.filename or tempfile.gettempdir()
        phrase = f"impossible d'écrire ou de lire {ou} : {cause(erreur)}."
    except KeyboardInterrupt:
        with contextlib.suppress(OSError):  # le terminal n'est peut-être plus là
            print("Arrêté.", file=sys.stderr)
        return 130
    print(f"Erreur\u00a0: {phrase}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(principal())
