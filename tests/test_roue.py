"""La roue installée : elle n'apporte que le paquet, et s'en va sans rien emporter d'autre.

On l'installe à côté des réglages d'un autre projet, on la retire, et l'on regarde ce qui reste.
Un JupyterLab lancé là sans `cerdd` n'en garde aucune trace.
"""

import hashlib
import json
import os
import shutil
import site
import subprocess
import sys
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest
from test_commande import attendre_le_serveur

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
def roue(tmp_path_factory):
    dossier = tmp_path_factory.mktemp("roue")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(dossier)],
        cwd=RACINE, check=True, capture_output=True,
    )  # fmt: skip
    (chemin,) = dossier.glob("*.whl")
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
        "bureau/laboratoire/ordinaire/labconfig/page_config.json",
        "notebooks/corriges/02_budget.ipynb",
        "notebooks/eleves/02_budget.ipynb",
        "data/datapackage.json",
    ):
        assert f"cerdd_case/{attendu}" in noms, attendu
    assert not [n for n in noms if "sources" in n or "local" in n or n.endswith(".suivi.json")]


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
