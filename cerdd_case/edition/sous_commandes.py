"""Les sous-commandes de l'enseignant : présenter, imprimer, distribuer, construire, vérifier."""

import argparse
import contextlib
import functools
import json
import sys
from collections.abc import Callable
from pathlib import Path

from ..bureau import carnets
from ..bureau.commande import OPTIONS_DU_SERVEUR, Options, SousCommande
from ..bureau.provisoire import dossier_provisoire
from ..socle.erreurs import ErreurCas, NomInconnu
from .execution import rejouer
from .lecture_carnet import ErreurCarnet, lire_carnet

Action = Callable[[argparse.Namespace], int]


def au_bareme_juste(action: Action) -> Action:
    """La même commande, qui refuse d'abord un barème dont les points ne font pas le total."""

    @functools.wraps(action)
    def controlee(options: argparse.Namespace) -> int:
        from ..donnees.paquet import Donnees

        Donnees().table("corrige-questions")  # ce qui la lit compte les points attendus
        return action(options)

    return controlee


@au_bareme_juste
def presenter(options: argparse.Namespace) -> int:
    """Ouvre les diapositives d'un dossier, sur une copie qui disparaît à la fin."""
    from .diapositives import carnet_du_dossier
    from .presentation.lancement import lancer_presentation

    chemin = carnet_du_dossier(options.dossier)
    return lancer_presentation(
        lire_carnet(chemin)["metadata"]["title"],
        chemin,
        sans_reponses=options.sans_reponses,
        port=options.port,
        navigateur=not options.sans_navigateur,
    )


@au_bareme_juste
def exporter(options: argparse.Namespace) -> int:
    """Écrit les documents à imprimer."""
    from ..donnees.paquet import Donnees
    from . import documents, pdf

    for nom in options.documents:
        if nom not in documents.DOCUMENTS:
            raise NomInconnu(f"Il n'y a pas de document « {nom} »", nom, documents.DOCUMENTS)
    demandes = list(dict.fromkeys(options.documents)) or ["sujet", "annexes", "corrige", "bareme"]
    vers = options.vers.absolute()
    for chemin in pdf.exporter(demandes, options.dossier, options.format, vers, Donnees()):
        print(f"Écrit : {chemin}")
    for faute in documents.retouches(options.dossier) if "corrige" in demandes else ():
        print(f"À savoir : {faute}", file=sys.stderr)
    return 0


def distribuer(options: argparse.Namespace) -> int:
    """Écrit le dossier à donner aux élèves, et son archive."""
    from . import distribution

    dossier, archive = distribution.distribuer(options.vers.absolute())
    print(
        f"Écrit : {dossier}\nÉcrit : {archive}\n"
        "Donnez l'un ou l'autre : ni corrigé ni solution dedans, et un LISEZ-MOI pour l'élève."
    )
    return 0


@au_bareme_juste
def construire(options: argparse.Namespace) -> int:
    """Construit les carnets, ou vérifie qu'ils sont à jour."""
    from . import construction

    if not options.verifier:
        for phrase in construction.construire():
            print(phrase, flush=True)
        return 0
    differences = construction.verifier_construction()
    if differences:
        print(*differences, sep="\n", file=sys.stderr)
        print("Les carnets ne sont pas à jour. Lancez : cerdd construire", file=sys.stderr)
        return 1
    print("Les carnets sont à jour : une reconstruction donne la même chose.")
    return 0


@au_bareme_juste
def verifier(options: argparse.Namespace) -> int:
    """Contrôle que les carnets validés sont entiers, les rejoue avec nbval, compare leurs sorties.

    On rejoue des copies, dans un dossier provisoire : ni le nom du dossier, ni ses droits, ni le
    format d'enregistrement n'y changent rien, et rien ne s'y écrit.
    """
    from . import construction

    livres = carnets.dossier_des_carnets()
    chemins = carnets.carnets(livres / "corriges")
    if not chemins:
        raise ErreurCas(
            f"Aucun carnet validé dans {livres / 'corriges'}. Construisez-les : cerdd construire"
        )
    fautes = construction.fautes_des_corriges(livres)
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
    pourquoi = {
        "Au moins un carnet validé n'est pas entier : voyez ci-dessus la cellule. Pour refaire les "
        "carnets : cerdd construire (ou réinstallez la collection).": fautes,
        "Au moins un carnet ne redonne pas les résultats attendus : voyez ci-dessus la cellule et "
        "l'écart.": not vert,
    }
    print(*(phrase for phrase, vrai in pourquoi.items() if vrai), sep="\n", file=sys.stderr)
    return 1


DOSSIER = dict(metavar="DOSSIER", help="numéro du dossier à présenter, par exemple 2")
SANS_REPONSES = dict(
    action="store_true", help="ne montre que les questions et les tâches, aucune réponse"
)
OPTIONS_D_EXPORT: Options = {
    "documents": dict(
        nargs="*",
        metavar="DOCUMENT",
        help="sujet (feuille de l'élève), annexes (le livret), corrige, bareme, notes (de "
        "l'enseignant) ; sans rien préciser : sujet, annexes, corrige et bareme",
    ),
    "--dossier": dict(
        default="tout",
        metavar="N",
        help="numéro du dossier, ou « tout » pour le cas entier (par défaut)",
    ),
    "--format": dict(
        default="pdf",
        choices=("pdf", "html"),
        help="pdf (par défaut, avec Edge, Chrome ou Chromium) ou html (s'ouvre partout)",
    ),
    "--vers": dict(
        type=Path,
        default=Path("export"),
        metavar="D",
        help="dossier où écrire (par défaut : export) ; un fichier étranger n'est jamais écrasé",
    ),
}
VERIFIER = dict(
    action="store_true", help="ne change rien : reconstruit à part et compare à ce qui est livré"
)
VERS_LA_CLASSE = dict(
    type=Path,
    required=True,
    metavar="D",
    help="dossier où écrire ; un fichier étranger n'est jamais écrasé",
)
SOUS_COMMANDES = (
    SousCommande("verifier", "rejoue les carnets validés et dit si tout est vert", verifier),
    SousCommande(
        "presenter",
        "projette les diapositives d'un dossier, avec les ateliers vivants",
        presenter,
        {"dossier": DOSSIER, "--sans-reponses": SANS_REPONSES, **OPTIONS_DU_SERVEUR},
    ),
    SousCommande(
        "exporter",
        "écrit de quoi imprimer : sujet, livret d'annexes, corrigé, barème, notes",
        exporter,
        OPTIONS_D_EXPORT,
    ),
    SousCommande(
        "distribuer",
        "écrit le dossier à donner aux élèves (et son archive), sans corrigé",
        distribuer,
        {"--vers": VERS_LA_CLASSE},
    ),
    SousCommande(
        "construire",
        "construit les carnets depuis leurs sources (dans le dossier du projet)",
        construire,
        {"--verifier": VERIFIER},
    ),
)
