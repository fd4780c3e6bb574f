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
from ..bureau.jupyterlab import lancer_jupyterlab
from ..bureau.provisoire import dossier_provisoire
from ..socle.erreurs import ErreurCas, NomInconnu
from .execution import rejouer
from .lecture_carnet import ErreurCarnet, lire_carnet

Action = Callable[[argparse.Namespace], int]


def aux_donnees_justes(action: Action) -> Action:
    """La même commande, qui refuse d'abord un barème ou un plan de séance dont le compte est faux."""

    @functools.wraps(action)
    def controlee(options: argparse.Namespace) -> int:
        from ..donnees.paquet import Donnees

        donnees = Donnees()
        for nom in ("corrige-questions", "corrige-seances", "corrige-phases"):
            donnees.table(nom)  # ce qui la lit compte les points attendus, ou les minutes
        return action(options)

    return controlee


@aux_donnees_justes
def presenter(options: argparse.Namespace) -> int:
    """Ouvre les diapositives d'un dossier ou d'une séance, sur une copie qui disparaît à la fin."""
    from ..donnees.paquet import Donnees
    from . import diapositives, reperes_de_seance, seances

    if (options.dossier is None) == (options.seance is None):
        raise ErreurCas(
            "Dites ce que vous présentez : un dossier (cerdd presenter 2) ou une séance (cerdd "
            "presenter --seance 3)."
        )
    donnees, noms = Donnees(), None
    with dossier_provisoire() as provisoire:
        if options.seance:
            seance = seances.trouver(options.seance, donnees)
            seances.controler_les_plans(donnees, seance.dossier)
            quoi, noms = seance.nom, seances.diapositives_de(seance)
            chemin = provisoire / f"seance_{seance.code}.ipynb"
            contenu = json.dumps(reperes_de_seance.carnet_de(seance, donnees), ensure_ascii=False)
            chemin.write_text(contenu, encoding="utf-8")
        else:
            chemin = diapositives.carnet_du_dossier(options.dossier)
            quoi = chemin.stem
        copie = diapositives.preparer(chemin, provisoire / "diapositives", noms)
        print(
            f"Présentation de {quoi}, sur une copie : le carnet livré ne change pas.\n"
            "Dans le navigateur : Entrée pour commencer, flèches pour avancer, H pour l'aide.",
            flush=True,
        )
        return lancer_jupyterlab(
            copie.parent,
            options.port,
            not options.sans_navigateur,
            f"/lab/tree/{copie.name}",
            provisoire / "jupyter",
            diapositives.EXTENSION,
        )


@aux_donnees_justes
def exporter(options: argparse.Namespace) -> int:
    """Écrit les documents à imprimer, les fiches de séance."""
    from ..donnees.paquet import Donnees
    from . import documents, fiche, pdf, seances

    connus = [*documents.DOCUMENTS, FICHE]
    for nom in options.documents:
        if nom not in connus:
            raise NomInconnu(f"Il n'y a pas de document « {nom} »", nom, connus)
    demandes = list(dict.fromkeys(options.documents))
    demandes = demandes or (
        [FICHE] if options.seance else ["sujet", "annexes", "corrige", "bareme"]
    )
    if options.format == "docx" and demandes != [FICHE]:
        raise ErreurCas(
            "Seule la fiche s'écrit en docx. Lancez : cerdd exporter fiche --format docx"
        )
    if options.seance and FICHE not in demandes:
        raise ErreurCas("--seance choisit une fiche. Lancez : cerdd exporter fiche --seance 3")
    donnees, vers = Donnees(), options.vers.absolute()
    ecrits = []
    if FICHE in demandes:
        demandes.remove(FICHE)
        seance = seances.trouver(options.seance, donnees) if options.seance else None
        seances.controler_les_plans(donnees, seance.dossier if seance else "tout")
        modele = options.modele or fiche.MODELE
        ecrits += pdf.exporter_les_fiches(seance, options.format, vers, donnees, modele)
    if demandes:
        ecrits += pdf.exporter(demandes, options.dossier, options.format, vers, donnees)
    for chemin in ecrits:
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


@aux_donnees_justes
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


@aux_donnees_justes
def verifier(options: argparse.Namespace) -> int:
    """Contrôle que les carnets validés sont entiers, les rejoue avec nbval, compare leurs sorties.

    On rejoue des copies, dans un dossier provisoire : ni le nom du dossier, ni ses droits, ni le
    format d'enregistrement n'y changent rien, et rien ne s'y écrit.
    """
    from ..donnees.paquet import Donnees
    from . import construction, seances

    livres = carnets.dossier_des_carnets()
    chemins = carnets.carnets(livres / "corriges")
    if not chemins:
        raise ErreurCas(
            f"Aucun carnet validé dans {livres / 'corriges'}. Construisez-les : cerdd construire"
        )
    fautes = construction.fautes_des_corriges(livres)
    try:
        seances.controler_les_plans(Donnees(), decoupage=True)
    except ErreurCarnet:  # illisible : déjà dit
        pass
    except ErreurCas as erreur:
        fautes.append(str(erreur))
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


FICHE = "fiche"
DOSSIER = dict(
    nargs="?", metavar="DOSSIER", help="numéro du dossier à présenter en entier, par exemple 2"
)
SEANCE = dict(
    metavar="N", help="une séance, une seule : son numéro, ou « decouverte », ou « examen »"
)
OPTIONS_D_EXPORT: Options = {
    "documents": dict(
        nargs="*",
        metavar="DOCUMENT",
        help="sujet (feuille de l'élève), annexes (le livret), corrige, bareme, notes (de "
        "l'enseignant), fiche (le plan d'une séance, ou de toutes) ; sans rien préciser : sujet, "
        "annexes, corrige et bareme",
    ),
    "--seance": SEANCE,
    "--dossier": dict(
        default="tout",
        metavar="N",
        help="numéro du dossier, ou « tout » pour le cas entier (par défaut)",
    ),
    "--format": dict(
        default="pdf",
        choices=("pdf", "html", "docx"),
        help="pdf (par défaut, avec Edge, Chrome ou Chromium), html (s'ouvre partout) ou, pour la "
        "fiche, docx (se modifie dans un traitement de texte)",
    ),
    "--modele": dict(
        type=Path,
        metavar="F",
        help="un modèle de fiche à vous (.docx), à la place du nôtre",
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
        "présente un dossier ou une séance en diapositives, avec les curseurs",
        presenter,
        {"dossier": DOSSIER, "--seance": SEANCE, **OPTIONS_DU_SERVEUR},
    ),
    SousCommande(
        "exporter",
        "écrit de quoi imprimer : sujet, livret d'annexes, corrigé, barème, notes, fiches",
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
