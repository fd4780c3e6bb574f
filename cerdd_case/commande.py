"""La commande `cerdd` : ouvrir les carnets, les construire, les vérifier.

Chaque sous-commande est une ligne de `SOUS_COMMANDES` : son nom, sa phrase d'aide, une fonction
qui déclare ses options et une fonction qui fait le travail et renvoie le code de sortie.
"""

import argparse
import contextlib
import gettext
import importlib.util
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import carnets
from .copies import document_d_accueil, dossier_de_travail
from .erreurs import ErreurCas
from .execution import COMMUN, rejouer
from .fichiers import cause
from .laboratoire import gardien
from .lecture_carnet import ErreurCarnet, lire_carnet
from .provisoire import dossier_provisoire

LANGUE = Path(__file__).resolve().parent / "langue"
LABORATOIRE = Path(__file__).resolve().parent / "laboratoire"


@dataclass(frozen=True)
class SousCommande:
    """Une sous-commande : ce qu'elle accepte, ce qu'elle fait."""

    nom: str
    aide: str
    options: Callable[[argparse.ArgumentParser], None]
    action: Callable[[argparse.Namespace], int]


# --- ouvrir -----------------------------------------------------------------------------


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


def environnement_jupyterlab(propre: Path | None = None) -> dict[str, str]:
    """L'environnement du serveur : des réglages propres à la collection, dans le dossier `propre`.

    Les réglages, l'espace de travail et la configuration que la personne a déjà dans Jupyter et
    IPython ne sont ni lus ni modifiés. Le français, l'absence d'annonces, l'extension du serveur et
    le noyau de cet environnement Python viennent de laboratoire/commun/ : rien n'est installé
    ailleurs, un JupyterLab lancé sans `cerdd` n'en voit rien. Sans dossier précisé
    (`cerdd ouvrir`), ce qui ne sert qu'aux diapositives est éteint (laboratoire/ordinaire/) ; pour
    présenter, l'extension de laboratoire/presentation/ s'y ajoute.
    """
    from jupyter_core.paths import jupyter_data_dir

    configuration = [COMMUN] if propre else [COMMUN, LABORATOIRE / "ordinaire"]
    donnees = [COMMUN, LABORATOIRE / "presentation"] if propre else [COMMUN]
    if os.environ.get("JUPYTER_PATH"):
        donnees.append(os.environ["JUPYTER_PATH"])
    propre = propre or Path(jupyter_data_dir()) / "cerdd"
    with contextlib.suppress(OSError):  # IPython prend alors un dossier provisoire
        (propre / "ipython").mkdir(parents=True, exist_ok=True)
    environnement = {
        **os.environ,
        "JUPYTERLAB_SETTINGS_DIR": str(propre / "reglages"),
        "JUPYTERLAB_WORKSPACES_DIR": str(propre / "espaces"),
        "JUPYTER_CONFIG_DIR": str(propre / "configuration"),
        "JUPYTER_CONFIG_PATH": os.pathsep.join(map(str, configuration)),
        "JUPYTER_PATH": os.pathsep.join(map(str, donnees)),
        "IPYTHONDIR": str(propre / "ipython"),
        gardien.VARIABLE: str(os.getpid()),
    }
    environnement.pop("JUPYTERLAB_DIR", None)
    return environnement


def lancer_jupyterlab(
    dossier: Path,
    port: int | None = None,
    navigateur: bool = True,
    adresse: str | None = None,
    reglages: Path | None = None,
) -> int:
    """Lance le JupyterLab de cet environnement sur `dossier` et attend sa fin.

    `adresse` : ce qui s'ouvre en premier (par défaut, le carnet d'accueil s'il existe) ;
    `reglages` : pour présenter, un dossier de réglages provisoire.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise ErreurCas(
            "JupyterLab n'est pas installé dans cet environnement Python. "
            "Lancez « uv run cerdd » dans le dossier du projet, ou installez-le : "
            "pip install jupyterlab"
        )
    if port is not None and not 1 <= port <= 65535:
        raise ErreurCas(f"Le port {port} n'existe pas. Choisissez un nombre de 1024 à 65535.")
    commande = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={dossier}",
        f"--LabApp.default_url={adresse or document_d_accueil(dossier)}",
        "--ServerApp.answer_yes=True",  # Ctrl+C arrête sans poser de question
        "--log-level=ERROR",
        "--LabApp.log_level=ERROR",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        commande.append("--allow-root")  # dans un conteneur, on n'est souvent que « root »
    if port is not None:
        commande.append(f"--port={port}")
    if not navigateur:
        commande.append("--no-browser")
    print(
        f"JupyterLab s'ouvre sur {dossier}\n"
        "Pour l'arrêter : Ctrl+C dans cette fenêtre. "
        "Si le navigateur ne s'ouvre pas, copiez-y l'adresse qui suit.",
        flush=True,
    )
    return attendre(subprocess.Popen(commande, env=environnement_jupyterlab(reglages)))


def attendre(serveur: subprocess.Popen) -> int:
    """Attend la fin du serveur, sans pile d'appels quand la personne tape Ctrl+C.

    Le terminal envoie Ctrl+C au serveur aussi (Linux, macOS et Windows) : ici, il suffit de
    l'ignorer jusqu'à ce que le serveur se soit arrêté. Un arrêt demandé à `cerdd`, ou la fermeture
    de son terminal, lui est transmis.
    """
    precedents = {signal.SIGINT: signal.signal(signal.SIGINT, signal.SIG_IGN)}
    for numero in signaux_d_arret():
        precedents[numero] = signal.signal(numero, lambda *_: serveur.terminate())
    try:
        code = serveur.wait()
    finally:
        for numero, precedent in precedents.items():
            signal.signal(numero, precedent)
    # Un nombre négatif : le serveur s'est arrêté sur le signal demandé, et non sur une panne.
    return 0 if code < 0 else code


def signaux_d_arret() -> list[signal.Signals]:
    """Les signaux qui demandent à la commande de s'arrêter, sauf ceux qu'on lui a dit d'ignorer.

    SIGHUP : le terminal se ferme. Sous `nohup`, il est ignoré, et le reste.
    """
    noms = ("SIGTERM", "SIGHUP", "SIGBREAK")
    connus = [getattr(signal, nom) for nom in noms if hasattr(signal, nom)]
    return [numero for numero in connus if signal.getsignal(numero) is not signal.SIG_IGN]


@contextlib.contextmanager
def arret_sans_reste() -> Iterator[None]:
    """Le temps d'un bloc, un signal d'arrêt remonte comme Ctrl+C : chacun range derrière soi."""

    def arreter(*_):
        raise KeyboardInterrupt

    precedents = {numero: signal.signal(numero, arreter) for numero in signaux_d_arret()}
    try:
        yield
    finally:
        for numero, precedent in precedents.items():
            signal.signal(numero, precedent)


# --- presenter --------------------------------------------------------------------------


def options_presenter(analyseur: argparse.ArgumentParser) -> None:
    analyseur.add_argument(
        "dossier", metavar="DOSSIER", help="numéro du dossier à présenter, de 1 à 4"
    )
    options_du_serveur(analyseur)


def presenter(options: argparse.Namespace) -> int:
    """Ouvre les diapositives d'un dossier, sur une copie qui disparaît à la fin."""
    from . import presentation

    chemin = presentation.carnet_du_dossier(options.dossier)
    with dossier_provisoire() as provisoire:
        copie = presentation.preparer(chemin, provisoire / "diapositives")
        print(
            f"Présentation de {chemin.stem}, sur une copie : le carnet livré ne change pas.\n"
            "Dans le navigateur : Entrée pour commencer, flèches pour avancer, H pour l'aide.",
            flush=True,
        )
        return lancer_jupyterlab(
            copie.parent,
            options.port,
            not options.sans_navigateur,
            f"/lab/tree/{copie.name}",
            provisoire / "jupyter",
        )


# --- exporter ---------------------------------------------------------------------------


def options_exporter(analyseur: argparse.ArgumentParser) -> None:
    analyseur.add_argument(
        "documents",
        nargs="*",
        metavar="DOCUMENT",
        help="sujet (feuille de l'élève), corrige, bareme, notes (de l'enseignant) ; "
        "sans rien préciser : sujet, corrige et bareme",
    )
    analyseur.add_argument(
        "--dossier",
        default="tout",
        metavar="N",
        help="numéro du dossier, de 1 à 4, ou « tout » pour le cas entier (par défaut)",
    )
    analyseur.add_argument(
        "--format",
        default="pdf",
        choices=("pdf", "html"),
        help="pdf (par défaut, avec Edge, Chrome ou Chromium) ou html (s'ouvre partout)",
    )
    analyseur.add_argument(
        "--vers",
        type=Path,
        default=Path("export"),
        metavar="D",
        help="dossier où écrire (par défaut : export) ; un fichier étranger n'est jamais écrasé",
    )
    analyseur.add_argument(
        "--avec-documents",
        action="store_true",
        help="ajoute au sujet les documents complémentaires du dossier 4 (longs)",
    )


def exporter(options: argparse.Namespace) -> int:
    """Écrit les documents à imprimer."""
    from . import impression
    from .chargement import Donnees

    inconnus = [d for d in options.documents if d not in impression.DOCUMENTS]
    if inconnus:
        raise ErreurCas(
            f"Il n'y a pas de document « {', '.join(inconnus)} ». "
            f"Choisissez parmi : {', '.join(impression.DOCUMENTS)}."
        )
    demandes = list(dict.fromkeys(options.documents)) or ["sujet", "corrige", "bareme"]
    vers = options.vers.absolute()
    for chemin in impression.exporter(
        demandes, options.dossier, options.format, vers, Donnees(), options.avec_documents
    ):
        print(f"Écrit : {chemin}")
    return 0


# --- construire -------------------------------------------------------------------------


def options_construire(analyseur: argparse.ArgumentParser) -> None:
    analyseur.add_argument(
        "--verifier",
        action="store_true",
        help="ne change rien : reconstruit à part et compare à ce qui est livré",
    )


def construire(options: argparse.Namespace) -> int:
    """Construit les carnets, ou vérifie qu'ils sont à jour."""
    if not options.verifier:
        for phrase in carnets.construire():
            print(phrase, flush=True)
        return 0
    differences = carnets.verifier_construction()
    for difference in differences:
        print(difference, file=sys.stderr)
    if differences:
        print("Les carnets ne sont pas à jour. Lancez : cerdd construire", file=sys.stderr)
        return 1
    print("Les carnets sont à jour : une reconstruction donne la même chose.")
    return 0


# --- verifier ---------------------------------------------------------------------------


def verifier(options: argparse.Namespace) -> int:
    """Contrôle que les carnets validés sont entiers, les rejoue avec nbval, compare leurs sorties.

    On rejoue des copies, dans un dossier provisoire : ni le nom du dossier, ni ses droits, ni le
    format d'enregistrement n'y changent rien, et rien ne s'y écrit.
    """
    livres = carnets.dossier_des_carnets()
    chemins = carnets.carnets(livres / "corriges")
    if not chemins:
        raise ErreurCas(
            f"Aucun carnet validé dans {livres / 'corriges'}. Construisez-les : cerdd construire"
        )
    for module in ("pytest", "nbval"):
        if importlib.util.find_spec(module) is None:
            raise ErreurCas(
                f"Pour rejouer les carnets, il manque « {module} ». Installez-le : "
                "pip install nbval"
            )
    fautes = carnets.fautes_des_corriges(livres)
    for faute in fautes:
        print(faute, file=sys.stderr)
    print(f"Carnets validés rejoués : {len(chemins)}, dans {livres / 'corriges'}", flush=True)
    with dossier_provisoire() as copies:
        for chemin in chemins:
            with contextlib.suppress(ErreurCarnet):  # illisible : déjà dit
                texte = json.dumps(lire_carnet(chemin), ensure_ascii=False)
                (copies / chemin.name).write_text(texte, encoding="utf-8")
        vert = rejouer(copies) == 0
    if vert and not fautes:
        print("Tout est vert : chaque carnet validé redonne les résultats attendus.")
        return 0
    if fautes:
        print(
            "Au moins un carnet validé n'est pas entier : voyez ci-dessus la cellule. "
            "Pour refaire les carnets : cerdd construire (ou réinstallez la collection).",
            file=sys.stderr,
        )
    if not vert:
        print(
            "Au moins un carnet ne redonne pas les résultats attendus : "
            "voyez ci-dessus la cellule et l'écart.",
            file=sys.stderr,
        )
    return 1


# --- La commande ------------------------------------------------------------------------


def sans_option(analyseur: argparse.ArgumentParser) -> None:
    """Pour une sous-commande qui n'a pas d'option."""


SOUS_COMMANDES = (
    SousCommande(
        "ouvrir", "ouvre les carnets dans JupyterLab (par défaut)", options_ouvrir, ouvrir
    ),
    SousCommande(
        "verifier",
        "rejoue les carnets validés et dit si tout est vert",
        sans_option,
        verifier,
    ),
    SousCommande(
        "presenter",
        "présente un dossier en diapositives, avec les curseurs",
        options_presenter,
        presenter,
    ),
    SousCommande(
        "exporter",
        "écrit de quoi imprimer : sujet de l'élève, corrigé, barème, notes",
        options_exporter,
        exporter,
    ),
    SousCommande(
        "construire",
        "construit les carnets depuis leurs sources (dans le dossier du projet)",
        options_construire,
        construire,
    ),
)


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
    for sous in SOUS_COMMANDES:
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
