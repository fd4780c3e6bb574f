"""Des sources aux carnets : assembler, exécuter, contrôler, mettre en place."""

import copy
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from ..bureau import carnets
from ..bureau.provisoire import dossier_provisoire
from ..donnees.lecture import page
from ..questions.avancement import INVITE
from ..questions.registre import Registre
from ..socle import dossier, fichiers, identite
from ..socle.identite import VERSIONS
from ..socle.typographie import insecables
from . import images, validation
from .comparaison import comparer_les_carnets, premier_ecart, sans_images
from .execution import ErreurConstruction, executer, nettoyer
from .lecture_carnet import lieu, situer
from .passages import passages_cites
from .reperes_de_seance import marquer_les_seances
from .sources import (
    Cellule,
    calculateur,
    dossier_des_sources,
    lire_source,
    metadonnees,
    noms_du_texte,
)

HORS_DIAPOSITIVE = {"slideshow": {"slide_type": "skip"}}
OUVRE = re.compile(r'cas\.lire\((?:"(\w+)"|(\d+))\)')
A_REMPLIR = re.compile(r"^(\w+) = \.\.\.$", re.M)
LIGNE_REVELATRICE = 25  # une ligne plus longue, venue du corrigé, ne se retrouve pas par hasard
EXECUTIONS = 2  # avant d'enregistrer un corrigé : la seconde doit redonner la première
EXECUTIONS_D_UN_ENSEMBLE = 6  # l'ordre d'un petit ensemble peut se répéter par hasard
# Un ensemble écrit, ou né de clés réunies ; le hasard. Se tromper ne coûte que du temps.
INSTABLE = re.compile(
    r"\b(?:set|frozenset|keys|items|union|intersection|difference|random|choice|shuffle|sample)\b"
    r"|[&^]|(?<!\|)\|(?!\|)|\{[^{}:]+\}"
)


def fautes_des_corriges(livres: Path) -> list[str]:
    """Ce qui manque aux carnets validés de `livres`, une phrase par faute ; vide : tout est entier.

    Les carnets attendus sont ceux qui ont une source ; hors du projet, une version élève.
    """
    presents = {c.stem: c for c in carnets.carnets(livres / "corriges")}
    sources = (livres / "sources").glob("*.md")
    attendus = {s.stem for s in sources} or {c.stem for c in carnets.carnets(livres / "eleves")}
    fautes = [f"corriges/{nom}.ipynb manque." for nom in sorted(attendus - presents.keys())]
    for nom, chemin in presents.items():
        fautes += validation.fautes_du_carnet(chemin, nom in attendus)
    return fautes


def assembler(
    titre: str, cellules: list[Cellule], version: str, calculer: Callable[[str, str], str],
    donnees: Registre | None = None,
) -> Any:  # fmt: skip
    """Le carnet (nbformat) d'une version : `corriges` ou `eleves`, pas encore exécuté.

    `donnees` : celles où chercher les passages que citent les réponses du corrigé.
    """
    from nbformat import v4

    nouvelles = {"code": v4.new_code_cell, "markdown": v4.new_markdown_cell}
    meta = {
        "kernelspec": carnets.NOYAU,
        "language_info": {"name": "python"},
        "lang": "fr",
        "title": titre,
    }
    carnet = v4.new_notebook(metadata={**meta, "cerdd": {"version": version}})
    for c in cellules:
        texte = c.corrige if version == "corriges" else c.eleve
        if texte is not None:
            texte = calculer(texte, c.lieu)
            texte = insecables(texte) if c.genre == "markdown" else texte
            meta = metadonnees(c, version)
            if version == "eleves" and c.genre == "markdown" and "reponse" in meta:
                carnet.cells += _zone_de_reponse(c.identifiant, texte, meta)
                continue
            carnet.cells.append(nouvelles[c.genre](texte, id=c.identifiant, metadata=meta))
            if version == "corriges" and "reponse" in meta and donnees:
                with situer(f"{c.lieu} : "):
                    cites = passages_cites(texte, str(meta["reponse"]), donnees)
                if cites:
                    suite = {
                        "id": f"{c.identifiant[:55]}-passages",
                        "metadata": dict(HORS_DIAPOSITIVE),
                    }
                    carnet.cells.append(v4.new_markdown_cell(cites, **suite))
    if version == "eleves" and donnees:
        preparer_le_pupitre(carnet, donnees)
    return carnet


def preparer_le_pupitre(carnet: Any, donnees: Registre) -> None:
    """Note dans les cellules de l'élève ce que le pupitre montre à la place du code.

    - `champs`, une liste de `[variable, intitulé]` : les nombres demandés, nommés comme le contrôle
      qui les juge ;
    - `annexe`, `[nom, titre]` : l'annexe que la cellule ouvre.
    """
    juge = dossier.variables()
    for cellule in (c for c in carnet.cells if c.cell_type == "code"):
        noms = [nom for nom in A_REMPLIR.findall(cellule.source) if nom in juge]
        if noms:
            titres = [[nom, donnees.controles[juge[nom]].intitule] for nom in noms]
            cellule.metadata["champs"] = titres
            cellule.metadata.pop("editable", None)
        trouvee = OUVRE.fullmatch(cellule.source)
        if trouvee and (lue := page(donnees, trouvee[1] or int(trouvee[2]))):
            cellule.metadata["annexe"] = [trouvee[1] or trouvee[2], lue.cite]


def _zone_de_reponse(identifiant: str, consigne: str, meta: dict) -> list:
    """Ce qu'il faut faire, puis une cellule de texte brut : tout y reste tel que tapé."""
    from nbformat import v4

    autour = {**HORS_DIAPOSITIVE, "editable": False, "deletable": False}
    zone = v4.new_raw_cell(f"{INVITE.format(meta['reponse'])}\n", id=identifiant, metadata=meta)
    return [v4.new_markdown_cell(consigne, id=f"{identifiant}-consigne", metadata=autour), zone]


def controler_fuites(
    eleve: Any, cellules: Iterable[Cellule], calculer: Callable[[str, str], str]
) -> None:
    """Refuse un carnet d'élève qui contient une ligne de la solution."""
    textes = insecables("\n".join(c.source for c in eleve.cells))
    for cellule in cellules:
        for ligne in map(str.strip, calculer(cellule.secret, cellule.lieu).split("\n")):
            if (
                len(ligne) > LIGNE_REVELATRICE
                and set(ligne) - set("|-: ")
                and insecables(ligne) in textes
            ):
                raise ErreurConstruction(
                    f"{cellule.lieu} : la version élève contient une ligne de la solution, "
                    f"« {ligne} ». Sortez cette ligne de la solution, ou retirez-la de l'énoncé."
                )


def executer_et_confirmer(corrige: Any, nom: str, executions: int) -> None:
    """Exécute le corrigé ; une sortie qui change à l'exécution suivante arrête la construction.

    `executions` : 1 pour seulement exécuter. Un carnet qui se sert d'un ensemble ou du hasard est
    exécuté plus souvent, car deux fois peuvent donner la même chose.
    """
    vierge = copy.deepcopy(corrige)
    if executions > 1 and any(INSTABLE.search(c.source) for c in vierge.cells):
        executions = EXECUTIONS_D_UN_ENSEMBLE
    for numero in range(1, executions + 1):
        carnet = corrige if numero == 1 else copy.deepcopy(vierge)
        with dossier_provisoire() as dossier:
            executer(carnet, dossier, nom, numero)
        nettoyer(carnet, nom)
        controler_stabilite(corrige, carnet, nom)


def controler_stabilite(premier: Any, suivant: Any, nom: str) -> None:
    """Refuse une cellule dont la sortie n'est pas la même aux deux exécutions, images comprises."""
    for numero, (a, b) in enumerate(zip(premier.cells, suivant.cells, strict=True), start=1):
        if a.get("outputs") != b.get("outputs"):
            ecart = premier_ecart(sans_images(a.outputs), sans_images(b.outputs))
            ecart = ecart.replace("Reconstruit", "Une fois").replace("Livré", "Une autre fois")
            raise ErreurConstruction(
                f"{lieu(nom, numero, a)} : la sortie change d'une exécution à l'autre.{ecart} "
                "Fixez la graine du hasard, triez ce qui vient d'un ensemble, n'affichez ni heure, "
                "ni durée, ni chemin."
            )


def construire_un(source: Path, noms: dict, executions: int) -> dict:
    """Les deux versions d'une source, exécutées et contrôlées : `{version: carnet}`."""
    titre, cellules = lire_source(source)
    calculer = calculateur(noms)
    versions = {v: assembler(titre, cellules, v, calculer, noms.get("cas")) for v in VERSIONS}
    if "cas" in noms:
        marquer_les_seances(versions, source, noms["cas"])
    corrige = versions["corriges"]
    controler_fuites(versions["eleves"], cellules, calculer)
    executer_et_confirmer(corrige, f"corriges/{source.stem}.ipynb", executions)
    for carnet in versions.values():
        for cellule in carnet.cells:
            if cellule.cell_type == "markdown":  # un carnet copié ailleurs emporte ses images
                images.attacher(cellule, source.parent.parent / "corriges")
        carnet.metadata["cerdd"]["empreinte"] = identite.empreinte(carnet)
    corrige.metadata["cerdd"] |= validation.marque(corrige)
    return versions


def construire(
    sources: Path | None = None,
    destination: Path | None = None,
    noms: dict | None = None,
    executions: int = EXECUTIONS,
) -> Iterator[str]:
    """Construit tous les carnets et raconte, phrase par phrase, ce qui a été fait.

    `sources` : `notebooks/sources/` par défaut ; `destination` : le dossier qui contient
    `corriges/` et `eleves/` ; `noms` : à la place de `noms_du_texte(Cas())` ; `executions` : combien de fois
    un corrigé est exécuté, pour voir qu'il redonne la même chose.

    Un carnet modifié à la main depuis sa construction est d'abord copié à côté. Lève
    `ErreurConstruction` sans rien écrire de la source fautive ; `EcritureRefusee` si le disque refuse.
    """
    sources = sources or dossier_des_sources()
    destination = destination or sources.parent
    chemins = sorted(sources.glob("*.md"))
    if not chemins:
        raise ErreurConstruction(f"Aucune source de carnet (*.md) dans {sources}.")
    if noms is None:
        from ..cas import Cas

        noms = noms_du_texte(Cas())
    try:
        for version in VERSIONS:
            (destination / version).mkdir(parents=True, exist_ok=True)
        for source in chemins:
            yield from _installer(construire_un(source, noms, executions), destination, source.stem)
    except OSError as erreur:
        suite = "Les carnets déjà en place sont entiers ; relancez la construction ensuite"
        raise fichiers.EcritureRefusee(destination, erreur, suite) from None


def _installer(versions: dict, destination: Path, nom: str) -> Iterator[str]:
    """Met en place, ensemble, les versions d'un carnet ; garde à côté ce qui avait été modifié."""
    import nbformat

    textes = {}
    for version, carnet in versions.items():
        nbformat.validate(carnet)
        chemin = destination / version / f"{nom}.ipynb"
        textes[chemin] = nbformat.writes(carnet).rstrip("\n") + "\n"
        if copie := mettre_de_cote(chemin):
            yield (
                f"{version}/{chemin.name} avait été modifié : votre version est gardée dans "
                f"{copie.name}."
            )
    fichiers.ecrire_fichiers(textes)
    yield f"{nom} : corrigé et version élève construits."


def mettre_de_cote(chemin: Path) -> Path | None:
    """Copie à côté un carnet modifié à la main ; renvoie la copie, ou rien s'il est intact."""
    if not chemin.exists() or identite.est_travaille(chemin) is False:
        return None
    copies = (chemin.with_name(f"{chemin.stem}.ma-copie-{n}.ipynb") for n in itertools.count(1))
    copie = next(c for c in copies if not c.exists())
    fichiers.ecrire_fichiers({copie: chemin.read_bytes()})
    return copie


def verifier_construction(
    sources: Path | None = None, livres: Path | None = None, noms: dict | None = None
) -> list[str]:
    """Reconstruit dans un dossier provisoire et compare à ce qui est livré.

    Renvoie les différences, en français ; une liste vide : tout est à jour.
    """
    sources = sources or dossier_des_sources()
    livres = livres or sources.parent
    differences = []
    with dossier_provisoire() as destination:
        list(construire(sources, destination, noms, executions=1))
        for version in VERSIONS:
            attendus, presents = (
                {c.name: c for c in carnets.carnets(d / version)} for d in (destination, livres)
            )
            for nom in sorted(attendus.keys() | presents.keys()):
                ou = f"{version}/{nom}"
                if nom not in presents:
                    differences.append(f"{ou} n'est pas construit.")
                elif nom not in attendus:
                    differences.append(f"{ou} n'a plus de source. Supprimez-le.")
                else:
                    differences += comparer_les_carnets(attendus[nom], presents[nom], ou)
    return differences
