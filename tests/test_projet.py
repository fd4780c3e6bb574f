"""Le projet lui-même : dépendances, fichiers suivis, légèreté et ordre des modules."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

RACINE = Path(__file__).resolve().parent.parent
PAQUET = RACINE / "cerdd_case"
BINAIRES = {".docx", ".png", ".jpg", ".jpeg", ".mo", ".ico", ".woff2", ".pdf", ".gif"}


def fichiers_du_projet() -> list[Path]:
    """Ce que git suit, et ce qu'il suivrait : ni ignoré, ni effacé."""
    if not (RACINE / ".git").exists():
        pytest.skip("ce n'est pas un dépôt git : la liste des fichiers suivis est inconnue")
    noms = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=RACINE, capture_output=True, check=True,
    ).stdout.decode("utf-8").split("\0")  # fmt: skip
    chemins = [RACINE / nom for nom in noms if nom and (RACINE / nom).is_file()]
    assert len(chemins) > 50
    return chemins


def fichiers_de_texte() -> list[Path]:
    """Sans les images, ni les CSV de `tests/donnees/fautes`, dont certains sont abîmés exprès."""
    return [
        chemin
        for chemin in fichiers_du_projet()
        if chemin.suffix not in BINAIRES
        and (chemin.parent.name, chemin.suffix) != ("fautes", ".csv")
    ]


def textes_du_projet() -> list[tuple[str, str]]:
    """Chemin et contenu de chaque fichier de texte."""
    return [
        (str(chemin.relative_to(RACINE)), chemin.read_bytes().decode("utf-8"))
        for chemin in fichiers_de_texte()
    ]


# --- Les dépendances ----------------------------------------------------------------------


def dependances_de_pyproject() -> set[str]:
    projet = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {exigence.replace(" ", "").lower() for exigence in projet["dependencies"]}


def test_environment_yml_demande_la_meme_chose_que_pyproject():
    environnement = yaml.safe_load((RACINE / "environment.yml").read_text(encoding="utf-8"))
    assert environnement["name"] == "cas-cerdd"
    assert environnement["channels"] == ["conda-forge"]
    simples = [d for d in environnement["dependencies"] if isinstance(d, str)]
    (pip,) = [d["pip"] for d in environnement["dependencies"] if isinstance(d, dict)]
    assert pip == ["."]
    exigences = {d.replace(" ", "").lower() for d in simples}
    assert "python>=3.11" in exigences
    assert exigences - {"python>=3.11", "pip"} == dependances_de_pyproject()
    assert len(simples) == len(exigences)


def test_chaque_dependance_a_une_borne():
    for exigence in dependances_de_pyproject():
        assert re.fullmatch(r"[a-z0-9_-]+>=[0-9.]+(,<[0-9.]+)?", exigence), exigence


def test_les_dependances_servent():
    """Une dépendance est importée par le paquet, ou y est nommée ; ou c'est un outil nommé ici."""
    outils = {"jupyterlab-language-pack-fr-fr"}
    modules = {"pillow": "PIL", "ipython": "IPython"}
    code = "\n".join(c.read_text(encoding="utf-8") for c in PAQUET.rglob("*.py"))
    noms = {re.split(r"[><=]", exigence)[0] for exigence in dependances_de_pyproject()} - outils
    motif = r"(?:^\s*(?:import|from) |[\"']){}\b"
    inutiles = {
        nom
        for nom in noms
        if not re.search(motif.format(modules.get(nom, nom)), code, re.MULTILINE)
    }
    assert len(noms) > 5 and inutiles == set()


def test_le_readme_dit_a_quoi_sert_chaque_dependance():
    projet = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))
    groupes = projet["dependency-groups"].values()
    de_travail = {d for groupe in groupes for d in groupe if isinstance(d, str)}
    texte = (RACINE / "README.md").read_text(encoding="utf-8")
    dites = texte.partition("## Dépendances")[2].partition("\n## ")[0].lower()
    noms = {re.split(r"[><=]", d)[0].lower() for d in {*dependances_de_pyproject(), *de_travail}}
    assert [nom for nom in sorted(noms) if not re.search(rf"(?<![\w-]){nom}(?![\w-])", dites)] == []


# --- Les fichiers suivis --------------------------------------------------------------------


def test_les_textes_sont_en_utf_8_avec_des_fins_de_ligne_simples():
    fautes = []
    for chemin in fichiers_de_texte():
        contenu = chemin.read_bytes()
        try:
            contenu.decode("utf-8")
        except UnicodeDecodeError:
            fautes.append(f"{chemin} : pas en UTF-8")
        if b"\r" in contenu:
            fautes.append(f"{chemin} : retour chariot")
        if contenu.startswith(b"\xef\xbb\xbf"):
            fautes.append(f"{chemin} : marque d'ordre")
    assert fautes == []


def test_aucun_chemin_de_machine():
    # Écrits en morceaux pour que ce fichier ne se signale pas lui-même.
    motif = re.compile(
        "|".join(["/" + "work/", "/" + "home/[a-z]", "/" + "root/", "/" + "Users/[A-Za-z]",
                  r"[A-Z]:\\+" + "Users"])
    )  # fmt: skip
    trouves = [
        f"{nom} : {m.group()}" for nom, texte in textes_du_projet() for m in motif.finditer(texte)
    ]
    assert trouves == []


def test_aucune_adresse_de_registre():
    hotes = [
        "pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js", "conda." + "anaconda",
        "repo." + "anaconda", "npm" + "mirror", "jsdelivr" + ".net", "unpkg" + ".com",
    ]  # fmt: skip
    trouves = [
        f"{nom} : {hote}" for nom, texte in textes_du_projet() for hote in hotes if hote in texte
    ]
    assert trouves == []


def test_aucun_verrou():
    """Un fichier de verrou porte des adresses de téléchargement : les bornes suffisent."""
    verrous = {"uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock", "pixi.lock", "conda-lock.yml",
               "package-lock.json", "yarn.lock", "pnpm-lock.yaml"}  # fmt: skip
    noms = {c.name for c in fichiers_du_projet()}
    assert noms & verrous == set() and not {n for n in noms if n.endswith(".lock")}


def test_ce_qui_est_personnel_reste_chez_la_personne():
    for nom in (
        "data/local/organigramme.png", "uv.lock", "notebooks/eleves/.02_budget.suivi.json",
        "notebooks/eleves/.02_budget.suivi.abime.json",
    ):  # fmt: skip
        essai = subprocess.run(["git", "check-ignore", "-q", nom], cwd=RACINE)
        assert essai.returncode == 0, f"git suivrait {nom}"


def test_tous_les_csv_sont_decrits_et_tous_les_csv_decrits_existent():
    donnees = RACINE / "data"
    paquet = json.loads((donnees / "datapackage.json").read_text(encoding="utf-8"))
    decrits = [r["path"] for r in paquet["resources"]]
    presents = {
        c.relative_to(donnees).as_posix()
        for c in donnees.rglob("*.csv")
        if "local" not in c.relative_to(donnees).parts
    }
    assert len(decrits) == len(set(decrits))
    assert set(decrits) == presents
    noms = [r["name"] for r in paquet["resources"]]
    assert len(noms) == len(set(noms))


def test_les_en_tetes_sont_ceux_de_la_description():
    donnees = RACINE / "data"
    paquet = json.loads((donnees / "datapackage.json").read_text(encoding="utf-8"))
    for ressource in paquet["resources"]:
        entete = (donnees / ressource["path"]).read_text(encoding="utf-8").split("\n")[0]
        champs = [c["name"] for c in ressource["schema"]["fields"]]
        assert entete.split(",") == champs, ressource["path"]


# --- Les modules ------------------------------------------------------------------------------

LOURDS = ("matplotlib", "ipywidgets", "anywidget", "babel", "jupyterlab", "IPython", "PIL", "scipy",
          "nbformat", "jupytext", "jinja2")  # fmt: skip


def charges_par(code: str) -> set[str]:
    """Les paquets lourds chargés par ce code, dans un Python neuf."""
    suite = f"\nimport sys; print(*sorted(set({LOURDS!r}) & set(sys.modules)))"
    resultat = subprocess.run(
        [sys.executable, "-c", code + suite], capture_output=True, text=True, check=True, cwd=RACINE
    )
    return set(resultat.stdout.split())


def test_import_cerdd_case_reste_leger():
    assert charges_par("import cerdd_case") == set()
    assert charges_par("from cerdd_case import Cas; Cas().projeter()") == set()


def test_chaque_module_s_importe_seul():
    """Le paquet est oublié avant chaque import : un cercle entre modules se verrait."""
    modules = [
        ".".join(c.relative_to(RACINE).with_suffix("").parts) for c in sorted(PAQUET.rglob("*.py"))
    ]
    code = f"""
import importlib, sys
for module in {modules!r}:
    for nom in [n for n in sys.modules if n.split(".")[0] == "cerdd_case"]:
        del sys.modules[nom]
    print(module)
    importlib.import_module(module)
"""
    essai = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=RACINE)
    assert essai.returncode == 0, essai.stdout + essai.stderr
    assert essai.stdout.split() == modules


def test_les_noms_publics():
    import cerdd_case

    assert set(cerdd_case.__all__) >= {"Cas", "Hypotheses", "ecarts", "projeter", "regles", "seuil"}
    assert len(cerdd_case.__all__) <= 18
    assert all(hasattr(cerdd_case, nom) for nom in cerdd_case.__all__)


def test_les_fichiers_sont_lus_avec_leur_encodage():
    """`read_text()` sans encodage dépend de la machine : UTF-8 s'écrit toujours."""
    fautes = []
    for chemin in sorted(PAQUET.rglob("*.py")):
        for noeud in ast.walk(ast.parse(chemin.read_text(encoding="utf-8"))):
            if not isinstance(noeud, ast.Call) or not isinstance(noeud.func, ast.Attribute):
                continue
            options = {mot.arg for mot in noeud.keywords}
            if noeud.func.attr in ("read_text", "write_text") and "encoding" not in options:
                fautes.append(f"{chemin.name}, ligne {noeud.lineno}")
    assert fautes == []
