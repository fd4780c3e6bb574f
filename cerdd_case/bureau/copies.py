"""Le dossier où l'on travaille : des copies des carnets livrés, tenues à jour sans rien écraser.

Une copie où personne n'a écrit suit les mises à jour de la collection ; les autres sont nommées.
Une moitié de carnet trouvée là (un disque plein, autrefois) est mise de côté puis refaite.
"""

from pathlib import Path

from ..socle import identite
from ..socle.fichiers import EcritureRefusee, ecarter, ecrire_fichiers, insister
from ..socle.identite import VERSIONS, analyser
from ..socle.typographie import pluriel
from . import carnets

DOSSIER_DES_COPIES = "cerdd_notebooks"


def dossier_de_travail(choisi: Path | None = None) -> Path:
    """Le dossier à ouvrir, rempli de copies : `choisi`, ou `cerdd_notebooks`.

    Dans le dossier du projet, il est à côté de `notebooks/`, que git suit et que rien ne modifie ;
    ailleurs, dans le dossier courant. Lève `ErreurCas` s'il ne peut pas être rempli.
    """
    livres = carnets.dossier_des_carnets()
    dans_le_projet = (livres / "sources").is_dir()
    ici = livres.parent if dans_le_projet else Path()
    dossier = (choisi or ici / DOSSIER_DES_COPIES).absolute()
    if dossier.resolve() != livres.resolve():
        for phrase in copier_les_carnets(livres, dossier):
            print(phrase, flush=True)
    return dossier


def copier_les_carnets(livres: Path, dossier: Path) -> list[str]:
    """Copie les carnets absents, renouvelle ceux où personne n'a écrit ; renvoie les phrases."""
    nouveaux, renouveles, gardes, phrases = 0, 0, [], []
    try:
        for version in VERSIONS:
            for livre in carnets.carnets(livres / version):
                cible = dossier / version / livre.name
                cible.parent.mkdir(parents=True, exist_ok=True)
                if cible.exists() and (
                    cible.is_dir() or analyser(insister(cible.read_bytes)) is None
                ):
                    phrases.append(
                        f"{version}/{cible.name} était illisible : il est refait, et l'ancien "
                        f"fichier est gardé dans {ecarter(cible, 'illisible').name}."
                    )
                if not cible.exists():
                    ecrire_fichiers({cible: livre.read_bytes()})
                    identite.imiter(*map(identite.fichier_par_chemin, (livre, cible)))
                    nouveaux += 1
                elif identite.empreintes(livre)[1] in identite.empreintes(cible):
                    continue
                elif identite.est_travaille(cible) is False:
                    renouveler(livre, cible)
                    renouveles += 1
                else:
                    gardes.append(f"{version}/{cible.name}")
    except OSError as erreur:
        remede = "Choisissez un autre dossier avec --dossier"
        raise EcritureRefusee(dossier, erreur, remede) from None
    dites = {
        f"{nouveaux} {pluriel('carnet copié', nouveaux)} dans {dossier}.": nouveaux,
        f"{renouveles} {pluriel('carnet', renouveles)} mis à jour : personne n'y avait écrit.": renouveles,
        f"Une nouvelle version existe, mais vous avez écrit dans {', '.join(gardes)} : votre "
        "travail est gardé. Pour obtenir la nouvelle version, renommez votre carnet, puis "
        "relancez cerdd.": gardes,
    }
    return phrases + [phrase for phrase, combien in dites.items() if combien]


def renouveler(livre: Path, cible: Path) -> None:
    """Remplace une copie par le carnet livré ; elle garde son identité et son avancement."""
    contenu = identite.contenu_du_carnet(livre) or {}
    notes = identite.notes(identite.contenu_du_carnet(cible)) or {}
    (identite.notes(contenu) or {}).update(
        {cle: notes[cle] for cle in identite.DE_LA_COPIE if cle in notes}
    )
    identite.ecrire_carnet(contenu, cible)
