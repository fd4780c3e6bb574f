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
    """Projette les diapositives d'un dossier ou d'une séance, avec les ateliers vivants."""
    from ..donnees.paquet import Donnees
    from . import diapositives, reperes_de_seance, seances
    from .presentation.lancement import lancer_presentation

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
            titre, noms = f"{seance.nom} — {seance.titre}", seances.diapositives_de(seance)
            chemin = provisoire / f"seance_{seance.code}.ipynb"
            contenu = json.dumps(reperes_de_seance.carnet_de(seance, donnees), ensure_ascii=False)
            chemin.write_text(contenu, encoding="utf-8")
        else:
            chemin = diapositives.carnet_du_dossier(options.dossier)
            titre = lire_carnet(chemin)["metadata"]["title"]
        return lancer_presentation(
            titre,
            chemin,
            noms=noms,
            sans_reponses=options.sans_reponses,
            port=options.port,
            navigateur=not options.sans_navigateur,
        )


@aux_donnees_justes
def exporter(options: argparse.Namespace) -> int:
    """Écrit les documents à imprimer, les fiches de séance, les diaporamas."""
    from ..donnees.paquet import Donnees
    from . import diaporama, documents, fiche, pdf, seances

    connus = [*documents.DOCUMENTS, FICHE, DIAPORAMA]
    for nom in options.documents:
        if nom not in connus:
            raise NomInconnu(f"Il n'y a pas de document « {nom} »", nom, connus)
    demandes = list(dict.fromkeys(options.documents))
    demandes = demandes or (
        [FICHE] if options.seance else ["sujet", "annexes", "corrige", "bareme"]
    )
    _refuser_les_options_sans_effet(options, demandes)
    donnees, vers, format_ = Donnees(), options.vers.absolute(), options.format or "pdf"
    seance = seances.trouver(options.seance, donnees) if options.seance else None
    ecrits = []
    if FICHE in demandes or seance:
        seances.controler_les_plans(donnees, seance.dossier if seance else "tout")
    if FICHE in demandes:
        demandes.remove(FICHE)
        modele = options.modele or fiche.MODELE
        ecrits += pdf.exporter_les_fiches(seance, format_, vers, donnees, modele)
    if DIAPORAMA in demandes:
        demandes.remove(DIAPORAMA)
        ecrits += diaporama.exporter_le_diaporama(
            seance, options.dossier, options.sans_reponses, vers, donnees
        )
    if demandes:
        ecrits += pdf.exporter(demandes, options.dossier, format_, vers, donnees)
    for chemin in ecrits:
        print(f"Écrit : {chemin}")
    for faute in documents.retouches(options.dossier) if "corrige" in demandes else ():
        print(f"À savoir : {faute}", file=sys.stderr)
    return 0


def _refuser_les_options_sans_effet(options: argparse.Namespace, demandes: list[str]) -> None:
    """Lève `ErreurCas` si une option ne dit rien de ce qui est demandé, et dit quoi lancer."""
    en_diaporama = DIAPORAMA in demandes
    dossier_choisi = options.dossier != "tout"
    refus = {
        "Seule la fiche s'écrit en docx. Lancez : cerdd exporter fiche --format docx":
            options.format == "docx" and demandes != [FICHE],
        "Un diaporama est une page HTML : lancez la commande sans --format.":
            options.format == "pdf" and demandes == [DIAPORAMA],
        "--seance choisit une fiche ou un diaporama. Lancez : cerdd exporter fiche --seance 3":
            options.seance and not {FICHE, DIAPORAMA} & set(demandes),
        "Dites le diaporama que vous voulez : cerdd exporter diaporama --seance 3, ou --dossier 2.":
            en_diaporama and bool(options.seance) == dossier_choisi,
        "--sans-reponses est pour un diaporama. Lancez : cerdd exporter diaporama --seance 3 "
        "--sans-reponses": options.sans_reponses and not en_diaporama,
    }  # fmt: skip
    for phrase, refuse in refus.items():
        if refuse:
            raise ErreurCas(phrase)


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


FICHE, DIAPORAMA = "fiche", "diaporama"
DOSSIER = dict(
    nargs="?", metavar="DOSSIER", help="numéro du dossier à présenter en entier, par exemple 2"
)
SEANCE = dict(
    metavar="N", help="une séance, une seule : son numéro, ou « decouverte », ou « examen »"
)
SANS_REPONSES = dict(
    action="store_true", help="ne montre que les questions et les tâches, aucune réponse"
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
    "--sans-reponses": SANS_REPONSES,
    "--format": dict(
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
        "projette les diapositives d'un dossier ou d'une séance, avec les ateliers vivants",
        presenter,
        {
            "dossier": DOSSIER,
            "--seance": SEANCE,
            "--sans-reponses": SANS_REPONSES,
            **OPTIONS_DU_SERVEUR,
        },
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
