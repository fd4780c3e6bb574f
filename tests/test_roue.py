"""La roue installée : elle n'apporte que le paquet, et s'en va sans rien emporter d'autre.

On l'installe à côté des réglages d'un autre projet, on la retire, et l'on regarde ce qui reste.
Un JupyterLab lancé là sans `cerdd` n'en garde aucune trace.
"""

import email
import hashlib
import json
import os
import re
import shutil
import site
import subprocess
import sys
import tomllib
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest
from outils import attendre_le_serveur, faire_la_roue

from cerdd_case.edition import distribution

RACINE = Path(__file__).resolve().parent.parent
AUTRE_PROJET = {
    "share/jupyter/lab/settings/overrides.json": {
        "@jupyterlab/apputils-extension:themes": {"theme": "JupyterLab Dark"}
    },
    "etc/ipython/ipython_kernel_config.json": {"IPKernelApp": {"log_level": 30}},
    "etc/jupyter/jupyter_server_config.d/autre.json": {"ServerApp": {"jpserver_extensions": {}}},
    "etc/jupyter/labconfig/default_setting_overrides.json": {},
    "travail/le_mien.ipynb": {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5},
}


@pytest.fixture(scope="module")
def projet(tmp_path_factory):
    """Le projet d'un enseignant, qui y a posé son organigramme et travaillé dans un carnet."""
    dossier = tmp_path_factory.mktemp("projet")
    for nom in ("cerdd_case", "data", "notebooks"):
        shutil.copytree(RACINE / nom, dossier / nom)
    for nom in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-CONTENUS"):
        shutil.copy(RACINE / nom, dossier)
    for nom in ("data/local/organigramme.png", "data/local/notes/classe.csv",
                "notebooks/eleves/.02_budget.suivi.json"):  # fmt: skip
        (dossier / nom).parent.mkdir(parents=True, exist_ok=True)
        (dossier / nom).write_text("à moi", encoding="utf-8")
    return dossier


@pytest.fixture(scope="module")
def roue(projet, tmp_path_factory):
    return faire_la_roue(projet, tmp_path_factory.mktemp("roue"))


@pytest.fixture(scope="module")
def roue_de_l_eleve(projet, tmp_path_factory):
    """Celle que `cerdd distribuer` fait, lancé dans ce projet."""
    chemin = tmp_path_factory.mktemp("roue_eleve") / distribution.nom_de_la_roue()
    faire = (
        "import pathlib; from cerdd_case.edition import distribution; "
        f"pathlib.Path({str(chemin)!r}).write_bytes(distribution.roue_de_l_eleve())"
    )
    subprocess.run([sys.executable, "-c", faire], cwd=projet, check=True,
                   env={**os.environ, "PYTHONPATH": str(projet)})  # fmt: skip
    return chemin


def etat(dossier: Path) -> dict[str, str]:
    """Chaque fichier d'un dossier et son empreinte, sauf ce que Python compile et le verrou d'uv."""
    return {
        str(c.relative_to(dossier)): hashlib.sha256(c.read_bytes()).hexdigest()
        for c in sorted(dossier.rglob("*"))
        if c.is_file() and not c.is_symlink() and "__pycache__" not in c.parts and c.name != ".lock"
    }


@pytest.fixture(scope="module")
def voisin(tmp_path_factory):
    """Un environnement Python où un autre projet a ses réglages ; ses bibliothèques sont les nôtres."""
    dossier = tmp_path_factory.mktemp("voisin")
    venv.create(dossier, with_pip=False, symlinks=os.name == "posix")
    for nom, contenu in AUTRE_PROJET.items():
        (dossier / nom).parent.mkdir(parents=True, exist_ok=True)
        (dossier / nom).write_text(json.dumps(contenu), encoding="utf-8")
    laboratoire = Path(sys.prefix) / "share" / "jupyter" / "lab"
    for partie in ("static", "schemas", "themes"):
        (dossier / "share" / "jupyter" / "lab" / partie).symlink_to(laboratoire / partie)
    return dossier


def paquets(dossier: Path) -> Path:
    (trouve,) = dossier.glob("lib/python*/site-packages")
    return trouve


def installer(roue: Path, dossier: Path) -> None:
    subprocess.run(
        [outil_uv(), "pip", "install", "--offline", "--no-deps", "--no-config", "--python",
         str(dossier / "bin" / "python"), str(roue)],
        check=True, capture_output=True,
    )  # fmt: skip


def desinstaller(dossier: Path) -> None:
    subprocess.run(
        [outil_uv(), "pip", "uninstall", "--no-config", "--python", str(dossier / "bin" / "python"),
         "cerdd-case"],
        check=True, capture_output=True,
    )  # fmt: skip


def outil_uv() -> str:
    chemin = os.environ.get("UV") or shutil.which("uv")
    assert chemin, "uv est introuvable : pip install uv"
    return chemin


def test_la_roue_ne_contient_que_le_paquet(roue):
    noms = zipfile.ZipFile(roue).namelist()
    racines = {nom.split("/")[0] for nom in noms}
    assert racines == {"cerdd_case", "cerdd_case-0.1.0.dist-info"}
    for attendu in (
        "bureau/laboratoire/commun/kernels/python3/kernel.json",
        "bureau/laboratoire/commun/labconfig/default_setting_overrides.json",
        "bureau/laboratoire/commun/jupyter_server_config.d/cerdd.json",
        "bureau/laboratoire/ordinaire/labconfig/default_setting_overrides.json",
        "edition/presentation/servi/gestionnaire.js",
        "edition/presentation/servi/LICENCES.txt",
        "notebooks/corriges/02_budget.ipynb",
        "notebooks/eleves/02_budget.ipynb",
        "data/datapackage.json",
    ):
        assert f"cerdd_case/{attendu}" in noms, attendu
    assert not [n for n in noms if "/sources/" in n or "/paquet/" in n] and personnels(roue) == []


def personnels(roue: Path) -> list[str]:
    """Ce que l'enseignant a posé chez lui, ou ce qu'un carnet garde."""
    noms = zipfile.ZipFile(roue).namelist()
    return [nom for nom in noms if "/local/" in nom or ".suivi." in nom]


@pytest.mark.skipif(sys.platform == "win32", reason="les chemins de cet essai sont ceux de POSIX")
def test_installer_puis_retirer_ne_touche_a_rien_d_autre(roue, voisin):
    avant = etat(voisin)
    installer(roue, voisin)
    pendant = etat(voisin)
    assert {n: s for n, s in pendant.items() if n in avant} == avant
    prefixe = str(paquets(voisin).relative_to(voisin))
    assert {n for n in pendant if n not in avant and not n.startswith(prefixe)} == {"bin/cerdd"}
    desinstaller(voisin)
    assert etat(voisin) == avant


@pytest.mark.skipif(sys.platform == "win32", reason="les chemins de cet essai sont ceux de POSIX")
def test_un_jupyterlab_ordinaire_n_a_aucune_trace_de_nous(roue, voisin, tmp_path):
    installer(roue, voisin)
    nos_bibliotheques = paquets(voisin) / "bibliotheques.pth"
    nos_bibliotheques.write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    environnement = {
        n: v for n, v in os.environ.items() if not n.startswith(("JUPYTER", "IPYTHON"))
    }
    environnement |= {f"JUPYTER_{n}_DIR": str(tmp_path / n) for n in ("DATA", "RUNTIME", "CONFIG")}
    serveur = subprocess.Popen(
        [str(voisin / "bin" / "python"), "-m", "jupyterlab", "--no-browser", "--allow-root",
         "--port=0", f"--ServerApp.root_dir={voisin / 'travail'}"],
        env=environnement, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        fiche = attendre_le_serveur(tmp_path / "RUNTIME", serveur)

        def lire(adresse):
            url = f"{fiche['url']}{adresse}?token={fiche['token']}"
            with urllib.request.urlopen(url, timeout=60) as reponse:
                return json.load(reponse)

        def reglage(nom, cle):
            return lire(f"lab/api/settings/{nom}")["schema"]["properties"][cle]["default"]

        assert reglage("@jupyterlab/translation-extension:plugin", "locale") != "fr_FR"
        assert reglage("@jupyterlab/apputils-extension:notification", "fetchNews") != "false"
        assert reglage("@jupyterlab/apputils-extension:themes", "theme") == "JupyterLab Dark"
        noyau = lire("api/kernelspecs")["kernelspecs"]["python3"]
        assert "cerdd" not in json.dumps(noyau)
    finally:
        serveur.terminate()
        _, journal = serveur.communicate(timeout=60)
        nos_bibliotheques.unlink()
        desinstaller(voisin)
    assert "jupyterlab | extension was successfully loaded" in journal
    assert "cerdd" not in journal


# --- La roue de l'élève -------------------------------------------------------------------


def test_la_roue_de_l_eleve_n_a_ni_edition_ni_corrige(roue, roue_de_l_eleve):
    """Tout le reste y est, aux mêmes octets."""
    entiere, eleve = zipfile.ZipFile(roue), zipfile.ZipFile(roue_de_l_eleve)
    noms = {n for n in eleve.namelist() if n.startswith("cerdd_case/")}
    assert not [n for n in noms if "edition" in n or "corriges/" in n]
    assert personnels(roue_de_l_eleve) == []
    attendus = {
        n for n in entiere.namelist()
        if n.startswith("cerdd_case/") and not n.startswith("cerdd_case/edition/")
        and "notebooks/corriges/" not in n
    }  # fmt: skip
    licences = {"cerdd_case/LICENSE", "cerdd_case/LICENSE-CONTENUS"}
    assert {n.removesuffix(".z") for n in noms} - licences == attendus
    for nom in noms & attendus:
        assert eleve.read(nom) == entiere.read(nom), nom


def test_la_roue_de_l_eleve_juge_et_ouvre(roue_de_l_eleve, tmp_path):
    """Sortie de son archive, elle juge comme l'autre ; sa commande ne connaît que « ouvrir »."""
    site_ = tmp_path / "site"
    zipfile.ZipFile(roue_de_l_eleve).extractall(site_)
    code = """
import sys
from cerdd_case import Cas
from cerdd_case.bureau import carnets, commande, copies
cas = Cas()
print(cas.dossier, cas.verifier("2.3", "763 316,40").etat, len(cas.grille("2.3", ouverte=True).cases))
print([s.nom for s in commande.sous_commandes()])
print(*copies.copier_les_carnets(carnets.dossier_des_carnets(), copies.Path("travail")))
print(sorted(str(c) for c in copies.Path("travail").rglob("*.ipynb")))
print(*[n for n in sys.modules if n.startswith("cerdd_case.edition")])
"""
    essai = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True,
        encoding="utf-8", env=os.environ | {"PYTHONPATH": str(site_)},
    )  # fmt: skip
    assert essai.returncode == 0, essai.stderr
    lignes = essai.stdout.splitlines()
    assert lignes[0].startswith(str(site_)) and lignes[0].endswith("juste 4")
    assert lignes[1] == "['ouvrir']"
    assert "5 carnets" in lignes[2] and "corriges" not in lignes[3]
    assert lignes[4] == ""


def test_la_roue_installee_de_l_enseignant_refait_celle_de_l_eleve(roue, roue_de_l_eleve, tmp_path):
    """Hors du projet aussi, `cerdd distribuer` donne la même ; seules ses exigences s'écrivent autrement."""
    site_ = tmp_path / "site"
    zipfile.ZipFile(roue).extractall(site_)
    essai = subprocess.run(
        [sys.executable, "-m", "cerdd_case.bureau.commande", "distribuer", "--vers", "classe"],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(site_)},
    )  # fmt: skip
    assert essai.returncode == 0, essai.stderr
    (refaite,) = (tmp_path / "classe").rglob("*.whl")
    attendue, obtenue = (zipfile.ZipFile(r) for r in (roue_de_l_eleve, refaite))
    assert attendue.namelist() == obtenue.namelist()
    differents = [n for n in attendue.namelist() if attendue.read(n) != obtenue.read(n)]
    assert {n.rpartition("/")[2] for n in differents} <= {"METADATA", "RECORD"}


def test_la_roue_de_l_eleve_s_installe_et_se_retire(roue_de_l_eleve, tmp_path):
    dossier = tmp_path / "environnement"
    venv.create(dossier, with_pip=False, symlinks=os.name == "posix")
    installer(roue_de_l_eleve, dossier)
    assert list(dossier.glob("*/cerdd*"))
    (info,) = paquets(dossier).glob("cerdd_case_eleve-*.dist-info")
    for ligne in (info / "RECORD").read_text(encoding="utf-8").splitlines():
        assert (paquets(dossier) / ligne.split(",")[0]).is_file(), ligne


def test_ce_que_l_eleve_installe_est_compris_dans_ce_que_l_enseignant_installe(roue_de_l_eleve):
    projet = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    archive = zipfile.ZipFile(roue_de_l_eleve)
    (nom,) = [n for n in archive.namelist() if n.endswith(".dist-info/METADATA")]
    decrite = email.message_from_bytes(archive.read(nom))
    assert decrite["Version"] == projet["version"]
    assert decrite["Requires-Python"] == projet["requires-python"]

    def noms(exigences):
        return {re.split(r"[<>=]", e)[0].lower() for e in exigences}

    absentes = noms(projet["dependencies"]) - noms(decrite.get_all("Requires-Dist"))
    assert absentes == {"jinja2", "mistune", "docxtpl", "nbval"}
    assert noms(decrite.get_all("Requires-Dist")) < noms(projet["dependencies"])
