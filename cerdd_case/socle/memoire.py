"""Ce que l'élève a fait, gardé avec son carnet ; `rangement` dit dans quel fichier.

La seule vérité est ce fichier : chaque lecture le relit ; chaque écriture le relit, n'y change que
ce qui vient de changer, et le remplace d'un coup. Deux noyaux, deux onglets ou un atelier resté à
l'écran ne s'effacent donc pas. Quand le disque refuse, on travaille en mémoire et l'on réessaie à
chaque écriture. Il n'y a là que des cases cochées, des verdicts, des choix et les derniers nombres
essayés, jamais de donnée personnelle.
"""

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import identite, rangement
from .carnet_ouvert import carnet_ouvert, fichier_de_travail, noyau_jupyter
from .erreurs import ErreurCas
from .fichiers import PATIENCE, cause, ecarter, verrou
from .fusion import fusionner, lisible
from .rangement import A_PART, DEPARTS, Rangement, utiles

SANS_CARNET = (
    "Votre avancement est gardé en mémoire seulement, car le nom du carnet n'est pas connu ici : il "
    "sera perdu à l'arrêt de Python. Pour le conserver, ouvrez le carnet dans JupyterLab."
)
# Ce que le disque a refusé, commun à toutes les mémoires d'un noyau.
_DU_NOYAU: dict[str, tuple] = {}


class Memoire:
    """Un petit dossier de clés et de valeurs, enregistré à chaque changement.

    `fichier` : où l'écrire (un chemin ou un rangement) ; par défaut avec le carnet ouvert, où qu'il
    aille, et nulle part (en mémoire seulement) quand il n'est pas connu.

    Un fichier abîmé est mis de côté, et une valeur d'un type inattendu se lit comme absente : rien
    n'est jeté, rien n'arrête l'élève.
    """

    def __init__(self, fichier: Path | Rangement | None = None):
        impose = fichier
        if isinstance(impose, Path):
            impose = Rangement(impose, impose, {}, impose)
        self._impose: Rangement | None = impose
        self._attente = _DU_NOYAU if fichier is None and noyau_jupyter() else {}
        self._avis, self._dit, self._patience = "", False, PATIENCE
        self._departs = 0  # sans carnet, on ne repart de zéro qu'en mémoire
        self._nouvelle = ""  # ce qui s'est passé à l'ouverture, à dire une fois
        with contextlib.suppress(OSError):  # se dira à la première écriture, si le refus dure
            self._preparer()

    @classmethod
    def du_carnet(cls, carnet: Path) -> "Memoire":
        """Celle d'un carnet que ce Python n'a pas ouvert : le serveur lit où en est l'élève."""
        return cls(rangement.lieux(carnet))

    @property
    def fichier(self) -> Path | None:
        """Où l'avancement s'enregistre maintenant ; None : en mémoire seulement."""
        place = self._place()
        return place.fichier if place else None

    @property
    def departs(self) -> int:
        """Ce qui change quand on repart de zéro : ce qu'un atelier montrait ne vaut plus."""
        return self._departs + rangement.departs(self._sur_disque())

    def _place(self) -> Rangement | None:
        """Où l'avancement se lit et s'écrit ; None : en mémoire seulement."""
        carnet = None if self._impose else carnet_ouvert()
        return rangement.lieux(carnet, fichier_de_travail()) if carnet else self._impose

    def _preparer(self) -> None:
        """Met de côté un fichier abîmé, ou celui d'un carnet remplacé par un neuf."""
        fichier = self.fichier
        if fichier and (garde := rangement.ecarter_si_besoin(fichier, self._travaille())):
            self._nouvelle = (
                f"Ce carnet est neuf : l'avancement de celui qu'il remplace est gardé dans {garde}."
            )

    def _travaille(self) -> bool | None:
        """Le carnet ouvert contient-il autre chose que ce qui a été livré ? None : on l'ignore."""
        carnet = carnet_ouvert() if self._impose is None else None
        return identite.est_travaille(carnet) if carnet else None

    def _sur_disque(self) -> dict:
        """L'avancement gardé ; vide s'il n'y en a pas, ou s'il ne se lit pas pour l'instant."""
        place = self._place()
        with contextlib.suppress(OSError):
            return utiles(place.lire(self._patience) or {}) if place else {}
        return {}

    def lire(self, cle: str, defaut: Any = None) -> Any:
        """La valeur gardée sous cette clé ; `defaut` s'il n'y en a pas de lisible."""
        en_attente = self._attente.get(cle)
        valeur = en_attente[1] if en_attente else lisible(cle, self._sur_disque().get(cle))
        return defaut if valeur is None else valeur

    def cles(self, debut: str) -> list[str]:
        """Les clés gardées qui commencent ainsi."""
        return [cle for cle in self._sur_disque() | self._attente if cle.startswith(debut)]

    def ecrire(self, cle: str, valeur: object, avant: object = None) -> None:
        """Garde une valeur (texte, liste, dictionnaire) et l'enregistre aussitôt.

        `avant` : ce que l'atelier montrait ; seul ce qui en diffère est changé. Un disque qui
        refuse n'arrête rien : la valeur est gardée en mémoire, et `avis` le dit.
        """
        valeur = _copier(valeur)
        present = self.lire(cle)
        origine = self._attente[cle][0] if cle in self._attente else present
        effectif = valeur if avant is None else fusionner(avant, valeur, present)
        self._attente[cle] = origine, effectif
        self._enregistrer()

    def _enregistrer(self) -> None:
        """Enregistre ce qui est en attente ; si le disque refuse, le note pour `avis`."""
        place = self._place()
        if place is None:
            self._avis = SANS_CARNET
            return
        try:
            self._fixer(place)
        except OSError as erreur:
            self._patience = 0  # la prochaine fois, un seul essai : l'atelier ne doit pas ralentir
            self._avis = (
                f"Votre avancement est gardé en mémoire, car {cause(erreur)} (dossier "
                f"« {place.fichier.parent.name} »). Il sera enregistré dès que ce sera possible : "
                "d'ici là, n'arrêtez pas Python."
            )
        else:
            self._avis, self._dit, self._patience = "", False, PATIENCE

    def _fixer(self, place: Rangement) -> None:
        """Écrit sur le disque ce qui est en attente ; lève `OSError`."""
        fichier = place.fichier
        with verrou(fichier, self._patience):
            contenu = place.lire(self._patience)
            if contenu is None:
                if fichier.exists():
                    ecarter(fichier, "abime")
                contenu = place._replace(depart=fichier).lire() or {}
            for cle, (origine, effectif) in self._attente.items():
                present = contenu.get(cle)
                lu = lisible(cle, present)
                if present is not None and lu != present and not isinstance(present, bool):
                    _mettre_a_part(contenu, cle, present)
                contenu[cle] = fusionner(origine, effectif, lu)
            travaille = None if place.travail else self._travaille()
            rangement.poser(fichier, contenu, travaille, self._patience)
        self._attente.clear()

    @property
    def en_memoire(self) -> bool:
        """Y a-t-il quelque chose que le disque n'a pas encore ?"""
        return bool(self._attente)

    def avis(self, sans_carnet: bool = False) -> str:
        """Ce qui est à dire une fois : un carnet neuf, un avancement gardé en mémoire ; ou "".

        `sans_carnet` : aussi quand le carnet n'est pas connu (ce qui est ordinaire quand un
        programme exécute le carnet, et se dit à une personne qui coche une case).
        """
        nouvelle, self._nouvelle = self._nouvelle, ""
        if nouvelle:
            return nouvelle
        if self._dit or (self._avis == SANS_CARNET and not sans_carnet):
            return ""
        self._dit = bool(self._avis)
        return self._avis

    def recommencer(self) -> str:
        """Repart de rien et dit où l'avancement d'avant est gardé ; lève `ErreurCas`."""
        place = self._place()
        suite = "Relancez les cellules du carnet depuis la première."
        if place is None:
            self._attente.clear()
            self._departs += 1
            return f"Votre avancement repart de zéro. {suite}"
        garde = ""
        try:
            if self._attente:
                self._fixer(place)
            rangement.ecarter_si_besoin(place.fichier, None)
            with verrou(place.fichier):
                contenu = place.lire() or {}
                if (avant := utiles(contenu)).keys() - {DEPARTS}:
                    nom = rangement.garder_a_part(place.a_cote, avant, "avant").name
                    garde = f" Celui d'avant est gardé dans {nom}."
                # Le fichier reste : un double ne reprend pas l'avancement de l'original, et ce
                # qu'un atelier montre encore, ici ou dans un autre noyau, ne revient pas.
                cles = {cle: contenu[cle] for cle in contenu.keys() - avant.keys()}
                cles[DEPARTS] = rangement.departs(contenu) + 1
                rangement.poser(place.fichier, cles)
        except OSError as erreur:
            raise ErreurCas(
                f"Impossible de recommencer : {cause(erreur)}. Vérifiez que le dossier "
                f"« {place.fichier.parent.name} » accepte l'écriture, puis réessayez."
            ) from None
        return f"Votre avancement repart de zéro.{garde} {suite}"


class Garde:
    """Ce qu'un atelier garde sous une clé : il n'écrit que ce qu'il a changé lui-même."""

    def __init__(self, memoire: Memoire, cle: str):
        self.memoire, self.cle, self.departs = memoire, cle, memoire.departs
        self.montre: object = None

    def lire(self, defaut: Any, garder: Callable[[Any], Any] = lambda valeur: valeur) -> Any:
        """La valeur gardée ; `garder` n'en retient que ce que l'atelier sait montrer."""
        self.departs = self.memoire.departs
        self.montre = _copier(garder(self.memoire.lire(self.cle, defaut)))
        return _copier(self.montre)

    def ecrire(self, valeur: object) -> None:
        """Enregistre le nouvel état, s'il a changé."""
        if valeur != self.montre:
            self.montre, avant = _copier(valeur), self.montre
            if self.departs != self.memoire.departs:  # ce qui était montré est resté en arrière
                valeur = fusionner(avant, valeur, self.memoire.lire(self.cle, type(valeur)()))
                avant = None
            self.memoire.ecrire(self.cle, valeur, avant)


def _copier(valeur: object) -> Any:
    return json.loads(json.dumps(valeur))


def _mettre_a_part(contenu: dict, cle: str, valeur: object) -> None:
    """Garde dans le fichier une valeur illisible que l'on va remplacer."""
    a_part = contenu.get(A_PART, {})
    if not isinstance(a_part, dict):
        a_part = {A_PART: [a_part]}
    deja = a_part.get(cle, [])
    deja = deja if isinstance(deja, list) else [deja]
    contenu[A_PART] = a_part | {cle: deja if valeur in deja else [*deja, valeur]}
