"""Rendre sa copie : le carnet et une page, à part, au nom de l'élève, relus avant de le dire.

Une copie est écrite dans `copies_rendues/`, à côté des carnets : `NOM_dossier-2.ipynb`, `.html`, et
`.pdf` si un navigateur est là. Son carnet porte, dans `metadata.cerdd`, `eleve`, `classe`, `rendu_le`
et ce que `copie.en_metadonnees` dit ; le carnet de travail ne reçoit jamais le nom. Une seconde remise
du même élève met la première dans `remises_precedentes/` ; un homonyme reçoit un numéro.
"""

import contextlib
import itertools
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ..socle import identite
from ..socle.carnet import compte, du_genre, identifiant_valide, pieces_jointes, texte
from ..socle.erreurs import ErreurCas
from ..socle.fichiers import cause, ecrire_fichiers, verrou
from ..socle.memoire import Memoire
from ..socle.nombres import moment
from . import carnets, copie, pages, relais
from .impression import ErreurImpression, imprimer

DOSSIER, PRECEDENTES = "copies_rendues", "remises_precedentes"
LONGUEUR_D_UN_NOM, LONGUEUR_D_UN_FICHIER = 80, 40  # signes
DELAI_DU_PDF = 40  # secondes : l'élève attend
SORTIE_LONGUE = 20_000  # signes : au-delà, une sortie n'est pas dans la copie
GARDEES = ("reponse", "cerdd", "deletable", "editable", "slideshow")  # d'une cellule
LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"})


INATTENDUE = (
    "Votre copie n'a pas pu être rendue, pour une raison que la collection ne connaît pas. Votre travail "
    "est toujours dans votre carnet. Appelez votre enseignant."
)


class ErreurRemise(ErreurCas):
    """Une copie qui ne peut pas être rendue ; le carnet de travail n'a pas changé."""


@dataclass
class Remise:
    """Ce qui a été écrit (`fichiers`) et ce qu'il faut en dire (`phrases`)."""

    fichiers: list[Path]
    phrases: list[str] = field(default_factory=list)


def rendre(carnet: Path, eleve: str, classe: str = "") -> Remise:
    """Rend la copie du carnet ENREGISTRÉ, au nom de `eleve`, en `classe` (facultative).

    Lève `ErreurRemise` : nom vide ou sans lettre, carnet illisible ou qui n'est pas celui d'un élève,
    disque qui refuse, copie qui ne se relit pas mot pour mot.
    """
    eleve, classe = _nettoyer(eleve, "Le nom"), _nettoyer(classe, "La classe")
    if not (nom := nom_de_fichier(eleve)):
        raise ErreurRemise(
            "Écrivez votre nom, avec des lettres : il sert à reconnaître votre copie."
        )
    contenu = _lire(carnet)
    numero = copie.dossier_du_carnet(contenu)
    if numero is None:
        raise ErreurRemise("Ce carnet n'a pas de question : il n'y a rien à rendre ici.")
    questions = copie.questions(contenu, Memoire.du_carnet(carnet), pages.registre())
    autres, date = copie.ailleurs(contenu), datetime.now().astimezone()
    rendue = en_copie(contenu) | {"nbformat": 4, "nbformat_minor": 5}
    qui = {"eleve": eleve, "classe": classe, "carnet": (identite.notes(contenu) or {}).get("copie")}
    rendue["metadata"]["cerdd"] |= {
        **qui, "dossier": numero, "rendu_le": date.isoformat(timespec="seconds"),
        **copie.en_metadonnees(questions),
    }  # fmt: skip
    page = copie.en_page(questions, autres, eleve=eleve, classe=classe, date=moment(date),
                         dossier=numero, titre=rendue["metadata"]["title"])  # fmt: skip
    dossier = relais.dossier_de_l_eleve(carnet) / DOSSIER
    try:
        dossier.mkdir(exist_ok=True)
        with verrou(dossier / ".remise"):
            base, anciens = _place(dossier, f"{nom}_dossier-{numero}", qui)
            chemins = [base.with_suffix(".ipynb"), base.with_suffix(".html")]
            contenus = [identite.octets_du_carnet(rendue), page.encode()]
            ecrire_fichiers(anciens | dict(zip(chemins, contenus, strict=True)))
            # celui de la remise d'avant est mis à part
            base.with_suffix(".pdf").unlink(missing_ok=True)
    except OSError as erreur:
        raise ErreurRemise(
            f"Votre copie n'a pas pu être écrite dans « {dossier.name} » : {cause(erreur)}. Votre "
            "travail est toujours dans votre carnet. Appelez votre enseignant, puis recommencez."
        ) from None
    _relire(carnet, *chemins)
    ecrites = [q.repondue for q in questions if q.enonce]
    phrases = [
        f"Votre copie est rendue : {base.name}, dans « {dossier.name} ».",
        f"Réponses écrites : {sum(ecrites)} sur {len(ecrites)}.",
    ]
    remise = Remise(chemins, phrases)
    if anciens:
        remise.phrases.append(f"Celle d'avant est gardée dans « {PRECEDENTES} ».")
    _imprimer(page, base.with_suffix(".pdf"), remise)
    return remise


def nom_de_fichier(eleve: str) -> str:
    """Le nom d'un élève, tel que tout système l'accepte : « Léa d'Été » donne `LEA-D-ETE`."""
    decompose = unicodedata.normalize("NFKD", eleve.translate(LIGATURES))
    sans_accents = "".join(s for s in decompose if not unicodedata.combining(s))
    signes = (s if s.isalnum() else "-" for s in sans_accents.upper())
    nom = re.sub("-+", "-", "".join(signes)).strip("-")
    return nom[:LONGUEUR_D_UN_FICHIER].strip("-") if any(s.isalpha() for s in nom) else ""


def en_copie(contenu: dict) -> dict:
    """Les cellules et les métadonnées d'une copie : textes entiers, sorties allégées, format 4.5."""
    pris: set[str] = set()
    cellules = []
    for rang, brute in enumerate(contenu["cells"], start=1):
        if isinstance(brute, dict):
            cellules.append(_cellule(brute, rang, pris))
    cerdd, titre = (
        identite.notes(contenu) or {},
        du_genre(dict, contenu.get("metadata")).get("title"),
    )
    return {
        "cells": cellules,
        "metadata": {
            "kernelspec": carnets.NOYAU, "language_info": {"name": "python"}, "lang": "fr",
            "title": str(titre or "Le cas CERDD"),
            "cerdd": {cle: v for cle, v in cerdd.items() if cle not in identite.DE_LA_COPIE},
        },
    }  # fmt: skip


def _nettoyer(texte: object, quoi: str) -> str:
    propre = " ".join(re.sub(r"[\W_]", _espace, str(texte or "")).split())
    if len(propre) > LONGUEUR_D_UN_NOM:
        raise ErreurRemise(f"{quoi} est trop long : {LONGUEUR_D_UN_NOM} signes au plus.")
    return propre


def _espace(signe: re.Match) -> str:
    """Un signe qui ne se voit pas (retour, commande, sens d'écriture) devient une espace."""
    return signe[0] if signe[0].isprintable() or unicodedata.combining(signe[0]) else " "


def _lire(carnet: Path) -> dict:
    contenu = identite.contenu_du_carnet(carnet)
    if contenu is None:
        raise ErreurRemise(
            f"« {carnet.name} » est introuvable ou illisible : rien n'a été rendu. Enregistrez votre "
            "carnet (Ctrl+S), puis recommencez."
        )
    if identite.est_rendue(contenu):
        raise ErreurRemise("C'est une copie déjà rendue. Ouvrez votre carnet, et rendez-le de là.")
    if (identite.notes(contenu) or {}).get("version") == "corriges":
        raise ErreurRemise("C'est un corrigé : seul un carnet d'élève se rend.")
    return contenu


def _cellule(brute: dict, rang: int, pris: set[str]) -> dict:
    genre, nom = brute.get("cell_type"), str(brute.get("id"))
    if not identifiant_valide(brute.get("id")) or nom in pris:
        nom = next(n for i in itertools.count(rang) if (n := f"cellule-{i}") not in pris)
    pris.add(nom)
    meta = du_genre(dict, brute.get("metadata"))
    cellule = {
        "cell_type": genre if genre in ("code", "markdown") else "raw",
        "id": nom,
        "metadata": {cle: meta[cle] for cle in GARDEES if cle in meta},
        "source": texte(brute.get("source")),
    }
    if genre == "code":
        cellule["execution_count"] = compte(brute)
        sorties = map(_sortie, du_genre(list, brute.get("outputs")))
        cellule["outputs"] = list(itertools.chain.from_iterable(sorties))
    elif pieces := pieces_jointes(brute):
        cellule["attachments"] = pieces
    return cellule


def _sortie(brute: object) -> list[dict]:
    """Le texte d'une sortie ; rien pour un réglage, une image ou ce qui est trop long."""
    if not isinstance(brute, dict):
        return []
    if brute.get("output_type") == "stream":
        dit = texte(brute.get("text"))[:SORTIE_LONGUE]
        return [{"output_type": "stream", "name": str(brute.get("name", "stdout")), "text": dit}]
    if brute.get("output_type") == "error":
        faute = {cle: str(brute.get(cle, ""))[:SORTIE_LONGUE] for cle in ("ename", "evalue")}
        return [{"output_type": "error", **faute, "traceback": []}]
    donnees = du_genre(dict, brute.get("data"))
    if any("widget" in genre for genre in donnees):
        return []
    textes = {g: texte(donnees[g]) for g in ("text/plain", "text/html") if g in donnees}
    if not textes or max(map(len, textes.values())) > SORTIE_LONGUE:
        return []
    return [{"output_type": "display_data", "data": textes, "metadata": {}}]


def _place(dossier: Path, nom: str, qui: dict) -> tuple[Path, dict[Path, bytes]]:
    """Où écrire la copie (sans suffixe), et ce qu'il faut d'abord mettre à part pour elle.

    Une place prise par un autre élève, ou par un fichier qui n'est pas une copie, est laissée.
    """
    for numero in itertools.count(1):
        base = dossier / (nom if numero == 1 else nom.replace("_", f"-{numero}_", 1))
        freres = [f for f in map(base.with_suffix, (".ipynb", ".html", ".pdf")) if f.exists()]
        if not freres:
            return base, {}
        deja = identite.notes(identite.contenu_du_carnet(base.with_suffix(".ipynb"))) or {}
        if "rendu_le" in deja and all(
            _pareil(deja.get(cle), qui[cle]) for cle in qui if qui[cle] or cle != "classe"
        ):
            (dossier / PRECEDENTES).mkdir(exist_ok=True)
            date = re.sub(r"\D", "", str(deja["rendu_le"])[:19])
            tag = next(t for n in itertools.count(1)
                       if not any(_a_part(f, t := f"{date}-{n}").exists() for f in freres))  # fmt: skip
            return base, {_a_part(f, tag): f.read_bytes() for f in freres}
    raise AssertionError("les nombres ne manquent pas")


def _pareil(un: object, autre: object) -> bool:
    """La même chose, sans regarder majuscules ni espaces (« TSTMG 1 », « tstmg1 »)."""
    un, autre = ("".join(str(v).split()).casefold() for v in (un, autre))
    return un == autre


def _a_part(fichier: Path, marque: str) -> Path:
    return fichier.parent / PRECEDENTES / f"{fichier.stem}_{marque}{fichier.suffix}"


def _relire(carnet: Path, rendu: Path, page: Path) -> None:
    """Contrôle que la copie et sa page redisent mot pour mot ce que le carnet contient."""
    original, relu = map(identite.contenu_du_carnet, (carnet, rendu))
    with contextlib.suppress(OSError, UnicodeDecodeError):
        montres = sorted(copie.tapes_de_la_page(page.read_bytes().decode()))
        if (
            original and relu
            and [*copie.textes_des_cellules(original)] == [*copie.textes_des_cellules(relu)]
            and montres == sorted(map(copie.montrable, copie.tapes(original)))
        ):  # fmt: skip
            return
    for fichier in (rendu, page):
        with contextlib.suppress(OSError):
            fichier.unlink(missing_ok=True)
    raise ErreurRemise(
        "Relue, votre copie ne redisait pas votre carnet mot pour mot : elle n'est pas rendue. Votre "
        "travail est toujours dans votre carnet. Enregistrez-le, puis recommencez."
    )


def _imprimer(page: str, cible: Path, remise: Remise) -> None:
    """Ajoute le PDF ; s'il échoue, le dit : la copie est là."""
    try:
        ecrire_fichiers({cible: imprimer(page, delai=DELAI_DU_PDF)})
        remise.fichiers.append(cible)
    except (ErreurImpression, OSError) as erreur:
        pourquoi = f"{cause(erreur)}." if isinstance(erreur, OSError) else str(erreur)
        remise.phrases.append(
            "Le PDF n'a pas pu être fait, et ce n'est pas grave : la page et le carnet sont là, et la page "
            f"s'imprime. Pourquoi : {pourquoi}"
        )
