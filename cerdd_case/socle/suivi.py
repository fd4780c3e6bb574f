"""Ce que l'élève a fait, gardé dans un fichier caché à côté de son carnet.

La seule vérité est le fichier : chaque lecture le relit ; chaque écriture le relit, n'y change que
ce qui vient de changer, et le remplace d'un coup. Deux noyaux, deux onglets ou un atelier resté à
l'écran ne s'effacent donc pas. Quand le disque refuse, on travaille en mémoire et l'on réessaie à
chaque écriture. Le fichier ne contient que des cases cochées, des verdicts et des choix, jamais de
donnée personnelle ; `identite` dit où il est.
"""

import contextlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from . import identite
from .erreurs import ErreurCas
from .fichiers import PATIENCE, cause, ecarter, ecrire, insister, verrou

SANS_CARNET = (
    "Votre avancement est gardé en mémoire seulement, car le nom du carnet n'est pas connu ici : il "
    "sera perdu à l'arrêt de Python. Pour le conserver, ouvrez le carnet dans JupyterLab."
)

# --- Ce que chaque clé peut contenir ----------------------------------------------------
# Un type est une fonction : elle rend ce qui est lisible d'une valeur, ou None si rien ne l'est.

Type = Callable[[object], object]
ETATS = ("juste", "presque", "faux", "unite")


def _texte(valeur):
    return valeur if isinstance(valeur, str) else None


def _objet(valeur):
    return valeur if isinstance(valeur, dict) else None


def _verdict(valeur):
    if isinstance(valeur, bool):  # la première version gardait vrai ou faux
        return "juste" if valeur else "faux"
    return valeur if isinstance(valeur, str) and valeur in ETATS else None


def _liste(de: Type) -> Type:
    def lire(valeur):
        return [v for v in valeur if de(v) is not None] if isinstance(valeur, list) else None

    return lire


def _table(de: Type) -> Type:
    def lire(valeur):
        if not isinstance(valeur, dict):
            return None
        return {cle: v for cle, v in valeur.items() if de(v) is not None}

    return lire


def _fiche(**champs: Type) -> Type:
    def lire(valeur):
        if not isinstance(valeur, dict):
            return None
        lus = {nom: de(valeur[nom]) for nom, de in champs.items() if nom in valeur}
        return {nom: v for nom, v in lus.items() if v is not None}

    return lire


# Le début d'une clé et son type ; le premier qui convient l'emporte.
TYPES: dict[str, Type] = {
    "verdict:": _verdict,
    "grille:": _liste(_texte),
    "scenarios": _table(_objet),
    "classement:diagnostic": _fiche(reponses=_table(_texte), verifies=_liste(_texte)),
    "classement:": _table(_texte),
    "culture:": _table(_texte),
    "atelier:arguments": _liste(_objet),
    "atelier:": _table(_texte),
}
# Trois clés du fichier lui-même ; `DEPARTS` : combien de fois on est reparti de zéro.
A_PART, MODIFIE, DEPARTS = "a_part", "carnet_modifie", "departs"


def lisible(cle: str, valeur: object) -> object:
    """Ce qui se lit d'une valeur ; None si rien. Une clé d'une autre version est rendue telle."""
    de = next((t for debut, t in TYPES.items() if cle.startswith(debut)), None)
    return valeur if de is None else de(valeur)


# --- Réunir deux changements ------------------------------------------------------------


def fusionner(avant: object, apres: object, present: object) -> object:
    """Le présent, où l'on refait le changement qui mène d'`avant` à `apres`, et lui seul."""
    if present == avant or apres == present:
        return apres
    if avant is None and isinstance(apres, dict | list):
        avant = type(apres)()
    if all(isinstance(v, dict) for v in (avant, apres, present)):
        reunis = {cle: v for cle, v in present.items() if cle in apres or cle not in avant}
        for cle, valeur in apres.items():
            if cle not in avant or avant[cle] != valeur:
                reunis[cle] = fusionner(avant.get(cle), valeur, present.get(cle))
        return reunis
    if all(isinstance(v, list) for v in (avant, apres, present)):
        gardes = [v for v in present if v in apres or v not in avant]
        return gardes + [v for v in apres if v not in avant and v not in gardes]
    return apres


# --- Le carnet ouvert -------------------------------------------------------------------

_PREMIERES: dict[Path, str] = {}  # l'identité vue la première fois à cet endroit
_DU_NOYAU: dict[str, tuple] = {}  # ce que le disque a refusé, commun à tous les Suivi d'un noyau


def carnet_ouvert() -> Path | None:
    """Le carnet dans lequel on travaille, ou None s'il n'est pas connu.

    Le serveur que lance `cerdd` dit où il est à chaque changement. Ailleurs, Jupyter ne dit que le
    nom d'ouverture : un carnet renommé depuis se retrouve à son identité.
    """
    annonce = _annonce_du_serveur()
    nom = str(annonce) if annonce else os.environ.get("JPY_SESSION_NAME", "")
    if not nom.endswith(".ipynb"):
        return None
    chemin = Path(nom) if Path(nom).is_absolute() else Path.cwd() / Path(nom).name
    trouvee = identite.identite(chemin)
    if trouvee:
        _PREMIERES.setdefault(chemin, trouvee.copie)
    premiere = _PREMIERES.get(chemin)
    parti = premiere and (trouvee is None or trouvee.copie != premiere)
    if parti and not (annonce and chemin.exists()):
        ailleurs = identite.chercher(chemin.parent, premiere)
        return ailleurs[0] if ailleurs else chemin
    return chemin


def _noyau():
    """L'application du noyau Jupyter où l'on est, ou None."""
    module = sys.modules.get("ipykernel.kernelapp")
    return module.IPKernelApp.instance() if module and module.IPKernelApp.initialized() else None


def _annonce_du_serveur() -> Path | None:
    """Où le serveur dit que se trouve le carnet ; voir `laboratoire.seances`."""
    noyau = _noyau()
    if noyau is None:
        return None
    try:
        fiche = Path(noyau.abs_connection_file).with_suffix(".carnet")
        return Path(os.fsdecode(fiche.read_bytes()))
    except OSError:  # un autre serveur : il n'annonce rien
        return None


def noter_le_travail(carnet: Path) -> None:
    """Note dans l'avancement d'une copie, à chaque enregistrement, si l'on y a écrit ; `OSError`.

    Un carnet que l'on retrouve à son texte d'origine sans être passé par là est un carnet neuf, posé
    à la place ; celui que l'élève y ramène elle-même reste le sien.
    """
    trouvee = identite.identite(carnet)
    fichier = identite.suivi_par_identite(carnet, trouvee.copie) if trouvee else None
    if fichier is None or not fichier.is_file():
        return
    travaille = bool(identite.est_travaille(carnet))
    if (MODIFIE in (_charger(fichier) or {})) != travaille:
        with verrou(fichier):
            contenu = _charger(fichier)
            if contenu:
                _poser(fichier, _noter(contenu, travaille))


def _noter(contenu: dict, travaille: bool | None) -> dict:
    """Le contenu, où il est noté si l'on a écrit dans le carnet (None : on l'ignore)."""
    reste = {cle: valeur for cle, valeur in contenu.items() if cle != MODIFIE}
    return contenu if travaille is None else reste | ({MODIFIE: True} if travaille else {})


# --- Le suivi ---------------------------------------------------------------------------


class Suivi:
    """Un petit dossier de clés et de valeurs, enregistré à chaque changement.

    `fichier` : où l'écrire ; par défaut à côté du carnet ouvert, où qu'il aille, et nulle part (en
    mémoire seulement) quand il n'est pas connu.

    Un fichier abîmé est mis de côté, et une valeur d'un type inattendu se lit comme absente : rien
    n'est jeté, rien n'arrête l'élève.
    """

    def __init__(self, fichier: Path | None = None):
        self._impose = fichier
        self._attente = _DU_NOYAU if fichier is None and _noyau() else {}
        self._avis, self._dit, self._patience = "", False, PATIENCE
        self._departs = 0  # sans carnet, on ne repart de zéro qu'en mémoire
        self._nouvelle = ""  # ce qui s'est passé à l'ouverture, à dire une fois
        with contextlib.suppress(OSError):  # se dira à la première écriture, si le refus dure
            self._preparer()

    @property
    def fichier(self) -> Path | None:
        """Où l'avancement s'enregistre maintenant ; None : en mémoire seulement."""
        return self._lieux()[0]

    @property
    def departs(self) -> int:
        """Ce qui change quand on repart de zéro : ce qu'un atelier montrait ne vaut plus."""
        return self._departs + self._departs_ecrits(self._sur_disque())

    @staticmethod
    def _departs_ecrits(contenu: dict) -> int:
        nombre = contenu.get(DEPARTS)
        return nombre if type(nombre) is int else 0

    def _lieux(self) -> tuple[Path | None, Path | None]:
        """Le fichier, et celui dont il part tant qu'il n'existe pas."""
        if self._impose is not None:
            return self._impose, self._impose
        carnet = carnet_ouvert()
        if carnet is None:
            return None, None
        trouvee, nomme = identite.identite(carnet), identite.suivi_par_chemin(carnet)
        if trouvee is None:
            copie = _PREMIERES.get(carnet) if not carnet.exists() else None
            ici = identite.suivi_par_identite(carnet, copie) if copie else nomme
            return ici, ici
        double, source = identite.provenance(carnet, trouvee, carnet.parents)
        ici = nomme if double else identite.suivi_par_identite(carnet, trouvee.copie)
        return ici, source or ici

    def _preparer(self) -> None:
        """Met de côté un fichier abîmé, ou celui d'un carnet remplacé par un neuf."""
        fichier = self.fichier
        if fichier is None or not fichier.exists():
            return
        contenu = _charger(fichier)
        neuf = contenu is not None and MODIFIE in contenu and self._travaille() is False
        if contenu is None or neuf:
            with verrou(fichier):
                if _charger(fichier) == contenu:  # personne ne l'a refait entre-temps
                    garde = ecarter(fichier, "avant" if neuf else "abime")
                    if neuf:
                        self._nouvelle = (
                            "Ce carnet est neuf : l'avancement de celui qu'il remplace est gardé "
                            f"dans {garde.name}."
                        )

    def _travaille(self) -> bool | None:
        """Le carnet ouvert contient-il autre chose que ce qui a été livré ? None : on l'ignore."""
        return identite.est_travaille(carnet_ouvert()) if self._impose is None else None

    def _sur_disque(self) -> dict:
        """Le contenu du fichier ; vide s'il n'y en a pas, ou s'il ne se lit pas pour l'instant."""
        fichier, depart = self._lieux()
        try:
            source = fichier if fichier and fichier.exists() else depart
            return (_charger(source, self._patience) or {}) if source else {}
        except OSError:
            return {}

    def lire(self, cle: str, defaut=None):
        """La valeur gardée sous cette clé ; `defaut` s'il n'y en a pas de lisible."""
        en_attente = self._attente.get(cle)
        valeur = en_attente[1] if en_attente else lisible(cle, self._sur_disque().get(cle))
        return defaut if valeur is None else valeur

    def cles(self, debut: str) -> list[str]:
        """Les clés gardées qui commencent ainsi."""
        return [cle for cle in self._sur_disque() | self._attente if cle.startswith(debut)]

    def ecrire(self, cle: str, valeur, avant=None) -> None:
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
        fichier = self.fichier
        if fichier is None:
            self._avis = SANS_CARNET
            return
        try:
            self._fixer()
        except OSError as erreur:
            self._patience = 0  # la prochaine fois, un seul essai : l'atelier ne doit pas ralentir
            self._avis = (
                f"Votre avancement est gardé en mémoire, car {cause(erreur)} (dossier "
                f"« {fichier.parent.name} »). Il sera enregistré dès que ce sera possible : "
                "d'ici là, n'arrêtez pas Python."
            )
        else:
            self._avis, self._dit, self._patience = "", False, PATIENCE

    def _fixer(self) -> None:
        """Écrit sur le disque ce qui est en attente ; lève `OSError`."""
        fichier, depart = self._lieux()
        with verrou(fichier, self._patience):
            contenu = self._relire(fichier, depart)
            for cle, (origine, effectif) in self._attente.items():
                present = contenu.get(cle)
                lu = lisible(cle, present)
                if present is not None and lu != present and not isinstance(present, bool):
                    _mettre_a_part(contenu, cle, present)
                contenu[cle] = fusionner(origine, effectif, lu)
            _poser(fichier, _noter(contenu, self._travaille()), self._patience)
        self._attente.clear()

    def _relire(self, fichier: Path, depart: Path) -> dict:
        """Le contenu à compléter ; un fichier abîmé est mis de côté."""
        contenu = _charger(fichier if fichier.exists() else depart, self._patience)
        if contenu is None and fichier.exists():
            ecarter(fichier, "abime")
        return contenu or {}

    @property
    def en_memoire(self) -> bool:
        """Y a-t-il quelque chose que le disque n'a pas encore ?"""
        return bool(self._attente)

    def avis(self, sans_carnet: bool = False) -> str:
        """Ce qui est à dire une fois : un carnet neuf, un avancement gardé en mémoire ; ou "".

        `sans_carnet` : aussi quand le carnet n'est pas connu (ce qui est ordinaire quand un
        programme exécute le carnet, et se dit à une personne qui coche une case).
        """
        if self._nouvelle:
            nouvelle, self._nouvelle = self._nouvelle, ""
            return nouvelle
        if self._dit or (self._avis == SANS_CARNET and not sans_carnet):
            return ""
        self._dit = bool(self._avis)
        return self._avis

    def recommencer(self) -> str:
        """Repart de rien et dit où l'avancement d'avant est gardé ; lève `ErreurCas`."""
        fichier, depart = self._lieux()
        suite = "Relancez les cellules du carnet depuis la première."
        if fichier is None:
            self._attente.clear()
            self._departs += 1
            return f"Votre avancement repart de zéro. {suite}"
        garde = ""
        try:
            if self._attente:
                self._fixer()
            with verrou(fichier):
                departs = self._departs_ecrits(_charger(fichier) or {}) + 1
                if fichier.exists():
                    garde = f" Celui d'avant est gardé dans {ecarter(fichier, 'avant').name}."
                # Le fichier reste : un double ne reprend pas l'avancement de l'original, et ce
                # qu'un atelier montre encore, ici ou dans un autre noyau, ne revient pas.
                _poser(fichier, {DEPARTS: departs})
        except OSError as erreur:
            raise ErreurCas(
                f"Impossible de recommencer : {cause(erreur)}. Vérifiez que le dossier "
                f"« {fichier.parent.name} » accepte l'écriture, puis réessayez."
            ) from None
        return f"Votre avancement repart de zéro.{garde} {suite}"


class Garde:
    """Ce qu'un atelier garde sous une clé : il n'écrit que ce qu'il a changé lui-même."""

    def __init__(self, suivi: Suivi, cle: str):
        self.suivi, self.cle, self.montre, self.departs = suivi, cle, None, suivi.departs

    def lire(self, defaut, garder: Callable = lambda valeur: valeur):
        """La valeur gardée ; `garder` n'en retient que ce que l'atelier sait montrer."""
        self.departs = self.suivi.departs
        self.montre = _copier(garder(self.suivi.lire(self.cle, defaut)))
        return _copier(self.montre)

    def ecrire(self, valeur) -> None:
        """Enregistre le nouvel état, s'il a changé."""
        if valeur != self.montre:
            self.montre, avant = _copier(valeur), self.montre
            if self.departs != self.suivi.departs:  # ce qui était montré est resté en arrière
                valeur = fusionner(avant, valeur, self.suivi.lire(self.cle, type(valeur)()))
                avant = None
            self.suivi.ecrire(self.cle, valeur, avant)


def _copier(valeur):
    return json.loads(json.dumps(valeur))


def _charger(fichier: Path, patience: float = PATIENCE) -> dict | None:
    """Le contenu d'un fichier de suivi ; {} s'il n'existe pas, None s'il est abîmé.

    Lève `OSError` s'il est là et ne se lit pas pour l'instant.
    """
    if fichier.is_dir():
        return None
    try:
        contenu = json.loads(insister(lambda: fichier.read_bytes(), patience).decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError):
        return None
    return contenu if isinstance(contenu, dict) else None


def _poser(fichier: Path, contenu: dict, patience: float = PATIENCE) -> None:
    ecrire({fichier: json.dumps(contenu, indent=1)}, patience)


def _mettre_a_part(contenu: dict, cle: str, valeur: object) -> None:
    """Garde dans le fichier une valeur illisible que l'on va remplacer."""
    a_part = contenu.get(A_PART)
    if not isinstance(a_part, dict):
        a_part = {} if a_part is None else {A_PART: [a_part]}
    deja = a_part.get(cle, [])
    deja = deja if isinstance(deja, list) else [deja]
    contenu[A_PART] = a_part | {cle: deja if valeur in deja else [*deja, valeur]}
