"""La maison : trois anneaux, des pièces dans l'ordre, et rien qui connaisse un dossier par son nom.

- le noyau (données, calculs, questions, figures) : Python, pandas, NumPy et matplotlib seulement ;
- les ateliers (`widgets/`, `*_atelier.py`) : avec ipywidgets et anywidget ; `carnet/`, avec IPython ;
- le bureau et l'édition : ouvrir JupyterLab, construire, présenter, imprimer.
"""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from cerdd_case import Cas, ErreurCas
from cerdd_case.edition import distribution
from cerdd_case.socle import dossier

RACINE = Path(__file__).resolve().parent.parent
PAQUET = RACINE / "cerdd_case"
# De la première à la dernière : aucune n'importe d'une pièce suivante, ni d'une pièce de son rang.
# La dernière du noyau, `__init__`, est la façade : les noms qu'un carnet importe de `cerdd_case`.
RANGS = [
    "socle",
    "carnet",
    "donnees",
    "questions",
    "figures",
    "widgets",
    "dossier",
    "cas",
    "__init__",
    "bureau",
    "edition",
]
BIBLIOTHEQUES_DES_ATELIERS = {"ipywidgets", "anywidget", "traitlets", "IPython", "comm"}
BIBLIOTHEQUES_DU_BUREAU = {
    "jupyterlab", "jupyter_server", "jupyter_client", "jupyter_core", "nbformat", "nbclient", "nbval",
    "jupytext", "jinja2", "mistune", "docxtpl", "psutil", "babel", "filelock", "pytest", "tornado",
}  # fmt: skip
# Ce que chaque anneau importe, fût-ce dans une fonction, outre Python et le paquet.
PERMISES = {"noyau": {"pandas", "numpy", "matplotlib", "PIL"}}  # matplotlib apporte Pillow
PERMISES["ateliers"] = PERMISES["noyau"] | {"ipywidgets", "anywidget", "traitlets", "IPython"}
PERMISES["bureau"] = PERMISES["noyau"] | {
    "jupyter_core", "jupyter_server", "jupyterlab", "psutil", "tornado",  # le serveur de Jupyter
}  # fmt: skip
PERMISES["edition"] = PERMISES["bureau"] | BIBLIOTHEQUES_DU_BUREAU - {"babel", "filelock", "pytest"}
# Ce dont un module du noyau se sert dans une fonction, s'il existe, et se passe sinon.
FACULTATIVES = {
    "figures/mise_en_page.py": {"IPython.display"},
    "accueil/installation.py": {"jupyter_core.paths"},  # les extensions sont-elles installées ?
}


def modules() -> list[Path]:
    trouves = sorted(PAQUET.rglob("*.py"))
    assert len(trouves) > 80
    return trouves


def court(chemin: Path) -> str:
    return chemin.relative_to(PAQUET).as_posix()


def piece(chemin: Path) -> str:
    return chemin.relative_to(PAQUET).parts[0].removesuffix(".py")


def rang(nom: str) -> int:
    return RANGS.index("dossier" if nom == "accueil" or nom.startswith("dossier_") else nom)


def anneau(chemin: Path) -> str:
    if piece(chemin) in ("bureau", "edition"):
        return piece(chemin)
    est_un_atelier = piece(chemin) in ("carnet", "widgets") or chemin.stem.endswith("_atelier")
    return "ateliers" if est_un_atelier else "noyau"


def importations(chemin: Path, partout: bool = True) -> set[str]:
    """Les noms complets qu'un module importe, même à l'intérieur d'une fonction (`partout`)."""
    lieu = chemin.relative_to(RACINE).parts[:-1]
    arbre = ast.parse(chemin.read_text(encoding="utf-8"))
    noeuds, trouves = [arbre], set()
    while noeuds:
        noeud = noeuds.pop()
        if isinstance(noeud, ast.Import):
            trouves |= {alias.name for alias in noeud.names}
        elif isinstance(noeud, ast.ImportFrom):
            base = lieu[: len(lieu) - noeud.level + 1] if noeud.level else ()
            base = (*base, noeud.module) if noeud.module else base
            trouves |= {".".join((*base, alias.name)) for alias in noeud.names}
        au_chargement = not isinstance(noeud, ast.FunctionDef | ast.AsyncFunctionDef) and (
            not isinstance(noeud, ast.If) or ast.unparse(noeud.test) != "TYPE_CHECKING"
        )
        if partout or au_chargement:
            noeuds += ast.iter_child_nodes(noeud)
    return trouves


def importes(chemin: Path, partout: bool = True) -> set[Path]:
    """Les modules du paquet qu'un module importe : le fichier le plus précis que son nom désigne."""
    trouves = set()
    for nom in importations(chemin, partout):
        tete, *suite = nom.split(".")
        if tete != PAQUET.name:
            continue
        for longueur in range(len(suite), -1, -1):
            lieu = PAQUET.joinpath(*suite[:longueur])
            fichiers = [f for f in (lieu.with_suffix(".py"), lieu / "__init__.py") if f.is_file()]
            if fichiers:
                trouves.add(fichiers[0])
                break
    return trouves


def test_aucune_piece_n_importe_d_une_piece_suivante():
    fautes = []
    for chemin in modules():
        ici = piece(chemin)
        for cible in importes(chemin):
            la = piece(cible)
            if la == ici:
                continue
            voisins = rang(la) == rang(ici)  # deux dossiers
            if voisins or rang(la) > rang(ici):
                fautes.append(f"{court(chemin)} importe {court(cible)}")
    assert fautes == []


def test_le_noyau_n_importe_rien_des_ateliers():
    """Seul `cas` le fait, dans une fonction, quand on les lui demande ; et la façade, pour `carnet/`, là où
    IPython est déjà chargé."""
    fautes = [
        f"{court(chemin)} importe {court(cible)}"
        for chemin in modules()
        if anneau(chemin) == "noyau"
        for cible in importes(chemin, partout=court(chemin) != "cas.py")
        if anneau(cible) != "noyau" and (court(chemin), piece(cible)) != ("__init__.py", "carnet")
    ]
    assert fautes == []


def test_un_anneau_n_importe_que_ses_bibliotheques():
    fautes = []
    for chemin in modules():
        facultatives = FACULTATIVES.get(court(chemin), set())
        for nom in importations(chemin):
            tete = nom.partition(".")[0]
            permises = sys.stdlib_module_names | {PAQUET.name} | PERMISES[anneau(chemin)]
            if tete not in permises and nom.rpartition(".")[0] not in facultatives:
                fautes.append(f"{court(chemin)} importe {nom}")
        for nom in importations(chemin, partout=False):
            if nom.rpartition(".")[0] in facultatives:
                fautes.append(f"{court(chemin)} importe {nom} hors d'une fonction")
    assert fautes == []


def declarees() -> tuple[set[str], set[str]]:
    """Ce que `pyproject.toml` demande : chez l'élève, puis chez qui construit aussi les carnets."""
    lu = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))
    ensemble = lu["project"]["dependencies"]
    eleve = [e for e in ensemble if not e.startswith(distribution.DE_L_ENSEIGNANT)]
    exigences = eleve, [*ensemble, *lu["dependency-groups"]["construction"]]
    eleve, entieres = ({re.split(r"[<>=]", e)[0].lower() for e in liste} for liste in exigences)
    return eleve, entieres


def test_chaque_bibliotheque_importee_est_une_dependance_de_son_anneau():
    """L'élève installe le noyau, les ateliers et le bureau ; l'enseignant y ajoute l'édition."""
    eleve, entieres = declarees()
    fautes = set()
    for chemin in modules():
        permises = entieres if anneau(chemin) == "edition" else eleve
        for nom in importations(chemin):
            tete = nom.partition(".")[0]
            distribution = {"PIL": "pillow"}.get(tete, tete.lower())
            if tete not in sys.stdlib_module_names | {PAQUET.name} and distribution not in permises:
                fautes.add(f"{court(chemin)} importe {tete}")
    assert fautes == set()


def test_les_essais_suivent_les_pieces():
    """Un dossier d'essais par pièce ; à la racine, ce qui concerne le projet entier."""
    pieces = {c.name for c in PAQUET.iterdir() if (c / "__init__.py").is_file()}
    essais = {c.name for c in (RACINE / "tests").iterdir() if any(c.glob("test_*.py"))}
    assert essais == pieces | {"navigateur"}


def test_aucun_cercle_entre_modules():
    """Deux modules ne s'appellent jamais l'un l'autre, fût-ce par un détour ou dans une fonction."""
    liens = {chemin: importes(chemin) - {chemin} for chemin in modules()}
    while feuilles := {nom for nom, vers in liens.items() if not vers & liens.keys()}:
        for nom in feuilles:
            del liens[nom]
    assert {court(nom): sorted(map(court, vers)) for nom, vers in liens.items()} == {}


def sans(bibliotheques: set[str], code: str) -> str:
    """Exécute ce code là où ces bibliothèques n'existent pas ; renvoie ce qu'il affiche."""
    entete = f"""
import sys
class Absentes:
    def find_spec(self, nom, chemin=None, cible=None):
        if nom.split(".")[0] in {bibliotheques!r}:
            raise ModuleNotFoundError(f"No module named {{nom!r}}", name=nom)
sys.meta_path.insert(0, Absentes())
import importlib
"""
    essai = subprocess.run(
        [sys.executable, "-c", entete + code],
        capture_output=True, text=True, cwd=RACINE, encoding="utf-8",
    )  # fmt: skip
    assert essai.returncode == 0, essai.stdout + essai.stderr
    return essai.stdout


def noms(*anneaux: str) -> list[str]:
    return [
        ".".join(c.relative_to(RACINE).with_suffix("").parts).removesuffix(".__init__")
        for c in modules()
        if anneau(c) in anneaux
    ]


def test_le_noyau_vit_sans_les_bibliotheques_des_ateliers():
    code = f"""
for nom in {noms("noyau")!r}:
    importlib.import_module(nom)
from cerdd_case import Cas
cas = Cas()
projection = cas.projeter()
print(round(projection.total_eur, 2), cas.verifier("2.3", "14 000").etat)
cas.lire(1), cas.indice("2.3"), cas.suivi(2), cas.ateliers(), cas.regles(projection)
options = {{"classement": ["finalites"], "budget": [projection]}}
for figure in cas.figures().donnees["nom"]:
    image = cas.figure(figure, *options.get(figure, [])).png()
    assert image.startswith(b"\\x89PNG"), figure
"""
    sortie = sans(BIBLIOTHEQUES_DES_ATELIERS | BIBLIOTHEQUES_DU_BUREAU, code)
    assert sortie == "1175756.46 faux\n"


REPONSES = {
    "finalites": {"INT-06": "Finalité"}, "diagnostic": {"A1-82": "force"},
    "performance": {"efficience": "A1-79"}, "culture": {"A7-48": "rites"},
    "chaine": {"1-fonctions": "recueillir", "arret": 1}, "web": {"nature|1.0": "nature-1"},
    "financeurs": {"etat": True}, "vote": {"pari": 1 / 3, "majorite": "66,7 %"},
    "simulateur": {"mois_embauche": 4}, "sensibilite": {"etp_ajoutes": "1,5"},
    "risque": {"taux_etat": 0.05}, "coherence": {"decision": "participatif"},
    "notions": {"A7-25": "Structure"},
    "croissance": {"effectif": 30, "taille_equipe": 10}, "communication": {"defi_1": "21"},
    "strategie": {"A1-41": "Délibérée", "A1-51": "emergente"},
    "indicateur": {"nom": "Taux de rotation", "dimension": "Performance sociale"},
    "tableau_2015": {"personnel": "636 097 × 1,2", "etat": 368220},
    "reseau": {"part_auteurs": "50 %"}, "arguments": {"A11-28": "pour"}, "essai": {"essai": 7},
}  # fmt: skip


def test_sans_ipywidgets_chaque_atelier_montre_sa_figure_et_ses_verdicts():
    code = f"""
from cerdd_case import Cas
from cerdd_case.socle.memoire import Memoire
cas, reponses = Cas(), {REPONSES!r}
for nom in cas.ateliers().donnees["nom"]:
    depart, fiche = cas.atelier(nom), cas.atelier(nom, reponses=reponses[nom])
    for vue in (depart, fiche):
        assert vue.figure.png()[1:4] == b"PNG" and len(vue.figure.alternative) > 20, nom
        assert f'cas.atelier("{{nom}}", reponses=' in str(vue), nom
        page = vue._repr_html_()
        assert "<img" in page and "alt='" in page, nom
    dits = [v for v in fiche.verdicts.values() if v.etat != "a_completer"]
    assert dits and all(v.texte in str(fiche) for v in dits), nom
    assert str(fiche) != str(depart), nom
for nom in ("culture", "chaine", "web"):
    print(nom, len(cas.atelier(nom, complete=True).verdicts))
print(cas.simulateur().verdicts[""].phrase[:22])
"""
    sortie = sans(BIBLIOTHEQUES_DES_ATELIERS | BIBLIOTHEQUES_DU_BUREAU, code)
    assert sortie == "culture 13\nchaine 14\nweb 18\nAvec 0\u00a0ETP dès janvier\n"


def test_une_reponse_inconnue_propose_la_plus_proche():
    from cerdd_case import Cas, ErreurCas

    cas = Cas()
    for nom, reponses, proche in (
        ("finalites", {"A1_14": "finalite"}, "A1-14"),
        ("finalites", {"INT-06": "finalités"}, "finalite"),
        ("vote", {"regoin": 40}, "region"),
        ("simulateur", {"mois_embauch": 4}, "mois_embauche"),
    ):
        with pytest.raises(ErreurCas, match=f"Vouliez-vous écrire .?{proche}"):
            cas.atelier(nom, reponses=reponses)
    with pytest.raises(ErreurCas, match='Vouliez-vous écrire "vote"'):
        cas.atelier("vot", reponses={})


def test_les_ateliers_vivent_sans_jupyterlab_ni_ce_qui_construit():
    code = f"""
for nom in {noms("noyau", "ateliers")!r}:
    importlib.import_module(nom)
from cerdd_case import Cas
cas = Cas()
for atelier in cas.ateliers().donnees["nom"]:
    cas.atelier(atelier)
print(*[n for n in sys.modules if n.startswith(("cerdd_case.edition", "cerdd_case.bureau"))])
"""
    assert sans(BIBLIOTHEQUES_DU_BUREAU, code) == "\n"


@pytest.mark.parametrize("chemin", modules(), ids=lambda c: str(c.relative_to(PAQUET)))
def test_un_fichier_tient_en_trois_cents_lignes_environ(chemin):
    assert len(chemin.read_text(encoding="utf-8").splitlines()) <= 330


def test_rien_ne_connait_un_dossier_par_son_nom():
    """Sauf la façade, qui donne aux carnets quelques fonctions du dossier 2."""
    fautes = [
        f"{court(chemin)} importe {court(cible)}"
        for chemin in modules()
        for cible in importes(chemin)
        if piece(cible).startswith("dossier_")
        and not piece(chemin).startswith(("dossier_", "__init__"))
    ]
    assert fautes == []


def test_une_reponse_mal_donnee_se_dit_en_francais():
    from cerdd_case import Cas, ErreurCas

    cas = Cas()
    for nom, reponses, dit in (
        ("vote", [1], "des valeurs par leur nom"),
        ("vote", "x", "des valeurs par leur nom"),
        ("vote", {"pari": "beaucoup"}, "pari : "),
        ("vote", {"pari": 5}, "pari : une part du pouvoir"),
        ("vote", {"pari": -1}, "pari : une part du pouvoir"),
        ("vote", {"etat": -5}, "etat : de 0 à 100 voix"),
        ("vote", {"etat": 10**9}, "etat : de 0 à 100 voix"),
        ("vote", {"etat": 1e300}, "etat : de 0 à 100 voix"),
        ("vote", {"etat": "beaucoup"}, "etat : "),
        ("vote", {"etat": 0, "region": 0, "collectivites": 0}, "Personne n'a de voix"),
        ("vote", {"majorite": 0}, "La majorité exigée vaut"),
        ("vote", {"majorite": 10**9}, "La majorité exigée vaut"),
        ("risque", {"taux_charges": -1}, "De 0 à 1"),
        ("risque", {"taux_charges": 10**9}, "De 0 à 1"),
    ):
        with pytest.raises(ErreurCas, match=dit):
            cas.atelier(nom, reponses=reponses)
    for pari in ("1/3", "33,3 %", 1 / 3):
        assert cas.atelier("vote", reponses={"pari": pari}).verdicts["pari"].etat
    with pytest.raises(ErreurCas, match="n'est pas un classement"):
        cas.figure("classement")
    assert "Budget 2015" in cas.figure("budget").alternative


@pytest.mark.parametrize("demande", ["atelier", "figure"])
def test_une_option_inconnue_se_dit_en_francais(demande):
    noms = {"atelier": dossier.ateliers, "figure": dossier.figures}[demande]()
    for nom in noms:
        with pytest.raises(ErreurCas, match="option|hypothèse|réponse"):
            getattr(Cas(), demande)(nom, truc=1)


# Une commande, un calcul ou une page portent ces noms, chacun dans sa pièce.
NOMS_PARTAGES = {"construire", "controles", "distribuer", "exporter", "imprimer", "juger", "ouvrir"}


def test_un_nom_public_ne_designe_qu_une_chose():
    """Une demande du cas (`apports.py`) porte le nom du calcul qu'elle appelle."""
    places: dict[str, set[str]] = {}
    for module in modules():
        for noeud in ast.parse(module.read_text(encoding="utf-8")).body:
            if isinstance(noeud, ast.FunctionDef | ast.ClassDef) and module.stem != "apports":
                places.setdefault(noeud.name, set()).add(court(module))
    partages = {nom for nom, ici in places.items() if len(ici) > 1 and nom[0] != "_"}
    assert partages == NOMS_PARTAGES, {nom: places[nom] for nom in partages ^ NOMS_PARTAGES}
