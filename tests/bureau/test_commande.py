"""La commande `cerdd` : en français, sans pile d'appels, sans toucher aux réglages d'autrui."""

import argparse
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest
from babel.messages.extract import extract_from_file
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from outils import attendre_le_serveur

from cerdd_case.bureau import carnets, commande, jupyterlab
from cerdd_case.edition import construction, sources
from cerdd_case.socle.erreurs import ErreurCas

CATALOGUE = commande.LANGUE / "fr" / "LC_MESSAGES"
ANGLAIS = re.compile(
    r"usage:|positional|\boptions:|show this|\bexit\b|invalid|required|unrecognized|\berror\b|"
    r"choose from|expected|argument\b|ignored|ambiguous",
    re.IGNORECASE,
)
# Des fautes de programmation que la personne ne peut pas provoquer avec `cerdd`.
POUR_LE_PROGRAMMEUR = (
    ".__call__() not defined",
    "conflicting",
    "cannot merge actions",
    "'required' is an invalid argument",
    "invalid option string",
    "dest= is required",
    "invalid conflict_resolution",
    "mutually exclusive arguments must be optional",
    "cannot have multiple subparser arguments",
    "%r is not callable",
)


def lancer(*mots):
    """La commande dans un processus à part, comme une personne la tape."""
    return subprocess.run(
        [sys.executable, "-m", "cerdd_case.bureau.commande", *mots],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", "LANGUAGE": "en"},
        timeout=120,
    )


# --- En français ------------------------------------------------------------------------


@pytest.mark.parametrize("mots", [[], *([s.nom] for s in commande.sous_commandes())])
def test_l_aide_est_en_francais(mots, capsys):
    with pytest.raises(SystemExit) as fin:
        commande.principal([*mots, "--help"])
    aide = capsys.readouterr().out
    assert fin.value.code == 0
    assert aide.startswith("Emploi\u00a0: cerdd") and "affiche cette aide" in aide
    assert not ANGLAIS.search(aide), aide


@pytest.mark.parametrize(
    ("mots", "attendu"),
    [
        (["construir"], "'construir' n'existe pas. Choisissez parmi"),
        (["--port"], "--port : il faut une valeur"),
        (["--port", "abc"], "--port : 'abc' ne convient pas"),
        (["ouvrir", "--truc"], "cerdd ne connaît pas : --truc"),
        (["verifier", "x"], "cerdd ne connaît pas : x"),
        (["construire", "--verifier=oui"], "cette option ne prend pas de valeur"),
    ],
)
def test_une_erreur_de_frappe_est_expliquee_en_francais(mots, attendu, capsys):
    with pytest.raises(SystemExit) as fin:
        commande.principal(mots)
    message = capsys.readouterr().err
    assert fin.value.code == 2
    assert attendu in message.replace("\u00a0", " ")
    assert not ANGLAIS.search(message), message


def test_le_catalogue_couvre_l_argparse_en_service():
    catalogue = read_po(io.BytesIO((CATALOGUE / "cerdd.po").read_bytes()))
    oubliees = []
    for _, phrase, _, _ in extract_from_file("python", argparse.__file__):
        phrase = phrase[0] if isinstance(phrase, tuple) else phrase
        connue = phrase in catalogue and catalogue[phrase].string
        if not connue and not phrase.startswith(POUR_LE_PROGRAMMEUR):
            oubliees.append(phrase)
    assert oubliees == []


def test_le_catalogue_compile_est_a_jour_et_bien_forme():
    catalogue = read_po(io.BytesIO((CATALOGUE / "cerdd.po").read_bytes()))
    assert list(catalogue.check()) == []
    compile_ = read_mo(io.BytesIO((CATALOGUE / "cerdd.mo").read_bytes()))
    attendu, obtenu = (
        {str(m.id): str(m.string) for m in c if m.id and not m.pluralizable}
        | {tuple(m.id): tuple(m.string) for m in c if m.pluralizable}
        for c in (catalogue, compile_)
    )
    assert len(attendu) > 20
    assert obtenu == attendu, (
        "Recompilez : uv run pybabel compile -d cerdd_case/bureau/langue -D cerdd"
    )


def test_argparse_retrouve_sa_langue_ensuite():
    avant = argparse._, argparse.ngettext
    with commande.argparse_en_francais():
        assert argparse._("options") == "options\u00a0"
    assert (argparse._, argparse.ngettext) == avant


def test_une_erreur_du_cas_s_affiche_sans_pile_d_appels(monkeypatch, capsys):
    def echouer():
        raise ErreurCas("la machine à café est en panne.")
        yield

    monkeypatch.setattr(construction, "construire", echouer)
    assert commande.principal(["construire"]) == 2
    sortie = capsys.readouterr()
    assert sortie.err == "Erreur\u00a0: la machine à café est en panne.\n" and sortie.out == ""


def test_la_commande_se_lance_dans_un_processus():
    resultat = lancer("--help")
    assert resultat.returncode == 0 and "Emploi" in resultat.stdout
    resultat = lancer("ouvrir", "--port", "70000")
    assert resultat.returncode == 2
    assert "Le port 70000 n'existe pas" in resultat.stderr
    assert "Traceback" not in resultat.stderr


# --- construire et verifier -------------------------------------------------------------


def test_construire_hors_du_projet_est_refuse(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(
        sources, "__file__", str(tmp_path / "cerdd_case" / "edition" / "sources.py")
    )
    assert commande.principal(["construire"]) == 2
    assert "ne marche que dans le dossier du projet" in capsys.readouterr().err


def test_construire_verifier_dit_ce_qui_differe(monkeypatch, capsys):
    monkeypatch.setattr(
        construction, "verifier_construction", lambda: ["corriges/x.ipynb diffère."]
    )
    assert commande.principal(["construire", "--verifier"]) == 1
    assert "corriges/x.ipynb diffère.\n" in capsys.readouterr().err
    monkeypatch.setattr(construction, "verifier_construction", lambda: [])
    assert commande.principal(["construire", "--verifier"]) == 0
    assert "à jour" in capsys.readouterr().out


def carnet_execute(texte_affiche: str) -> dict:
    sortie = {"output_type": "stream", "name": "stdout", "text": texte_affiche}
    cellule = {
        "cell_type": "code", "id": "a", "metadata": {}, "source": "print(1 + 1)",
        "execution_count": 1, "outputs": [sortie],
    }  # fmt: skip
    meta = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": meta, "cells": [cellule]}


@pytest.mark.parametrize(("affiche", "code"), [("2\n", 0), ("3\n", 1)])
def test_verifier_rejoue_les_carnets(monkeypatch, tmp_path, capfd, affiche, code):
    (tmp_path / "corriges").mkdir()
    chemin = tmp_path / "corriges" / "01.ipynb"
    chemin.write_text(json.dumps(carnet_execute(affiche)), encoding="utf-8")
    monkeypatch.setattr(carnets, "dossier_des_carnets", lambda: tmp_path)
    assert commande.principal(["verifier"]) == code
    sortie = capfd.readouterr()
    if code == 0:
        assert "Tout est vert" in sortie.out and "1 passed" in sortie.out
    else:
        assert "ne redonne pas" in sortie.err and "1 failed" in sortie.out


def test_verifier_sans_carnet(monkeypatch, tmp_path, capsys):
    (tmp_path / "corriges").mkdir()
    monkeypatch.setattr(carnets, "dossier_des_carnets", lambda: tmp_path)
    assert commande.principal(["verifier"]) == 2
    assert "Aucun carnet validé" in capsys.readouterr().err


# --- ouvrir -----------------------------------------------------------------------------


def test_sans_jupyterlab_un_message_le_dit(monkeypatch, tmp_path):
    monkeypatch.setattr(jupyterlab.importlib.util, "find_spec", lambda nom: None)
    with pytest.raises(ErreurCas, match="JupyterLab n'est pas installé"):
        jupyterlab.lancer_jupyterlab(tmp_path)


def test_les_reglages_de_la_personne_ne_servent_pas(monkeypatch, tmp_path):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("JUPYTERLAB_SETTINGS_DIR", "/chez/elle")
    monkeypatch.setenv("JUPYTERLAB_DIR", "/ailleurs")
    environnement = jupyterlab.environnement_jupyterlab()
    for cle in (
        "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR",
    ):  # fmt: skip
        assert Path(environnement[cle]).parent == tmp_path / "cerdd"
    assert "JUPYTERLAB_DIR" not in environnement


@pytest.mark.parametrize("fin", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.skipif(sys.platform == "win32", reason="les signaux de test sont ceux de POSIX")
def test_jupyterlab_repond_en_francais_puis_s_arrete(tmp_path, fin):
    """Le vrai serveur : jeton exigé, français, pas d'annonces, arrêt propre sur Ctrl+C."""
    environnement = {
        **os.environ,
        "JUPYTER_DATA_DIR": str(tmp_path / "donnees"),
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "marche"),
        "PYTHONIOENCODING": "utf-8",
    }
    cerdd = subprocess.Popen(
        [sys.executable, "-m", "cerdd_case.bureau.commande", "--sans-navigateur",
         "--dossier", str(tmp_path / "travail")],
        env=environnement, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, encoding="utf-8", start_new_session=True,
    )  # fmt: skip
    try:
        serveur = attendre_le_serveur(tmp_path / "marche", cerdd)
        assert serveur["token"] and Path(serveur["root_dir"]) == tmp_path / "travail"
        lire = "{url}lab/api/settings/{nom}?token={token}".format
        for nom, attendu in (
            ("@jupyterlab/translation-extension:plugin", {"locale": "fr_FR"}),
            ("@jupyterlab/apputils-extension:notification", {"fetchNews": "false"}),
        ):
            adresse = lire(url=serveur["url"], nom=nom, token=serveur["token"])
            with urllib.request.urlopen(adresse, timeout=60) as reponse:
                schema = json.load(reponse)["schema"]["properties"]
            for cle, valeur in attendu.items():
                assert schema[cle]["default"] == valeur
        os.killpg(cerdd.pid, fin)  # comme le terminal : à toute la session
        sortie, erreurs = cerdd.communicate(timeout=60)
    finally:
        if cerdd.poll() is None:
            os.killpg(cerdd.pid, signal.SIGKILL)
    assert cerdd.returncode == 0, erreurs
    assert "Traceback" not in erreurs
    assert "Pour l'arrêter : Ctrl+C" in sortie
    assert (tmp_path / "travail" / "corriges").is_dir()


@pytest.fixture
def environnement(tmp_path):
    """Un JupyterLab et un dossier provisoire du système pour ce test seul."""
    for nom in ("donnees", "marche", "provisoire"):
        (tmp_path / nom).mkdir()
    return {
        **os.environ,
        "JUPYTER_DATA_DIR": str(tmp_path / "donnees"),
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "marche"),
        "TMPDIR": str(tmp_path / "provisoire"),
        "PYTHONIOENCODING": "utf-8",
    }


def corriges_provisoires(tmp_path) -> list[Path]:
    return list((tmp_path / "provisoire").rglob("diapositives/*"))


def bientot(condition) -> bool:
    """Vrai si la condition le devient en moins de trente secondes."""
    for _ in range(300):
        if condition():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="les signaux de test sont ceux de POSIX")
@pytest.mark.parametrize("fin", ["SIGHUP", "SIGKILL"])
def test_une_presentation_interrompue_ne_laisse_pas_de_corrige(tmp_path, environnement, fin):
    """Le terminal fermé : tout disparaît. Tuée net : le serveur la suit, le reste part ensuite."""
    cerdd = subprocess.Popen(
        [sys.executable, "-m", "cerdd_case.bureau.commande", "presenter", "2", "--sans-navigateur"],
        env=environnement, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    serveur = None
    try:
        serveur = attendre_le_serveur(tmp_path / "marche", cerdd)
        assert corriges_provisoires(tmp_path)
        if fin == "SIGHUP":
            os.killpg(cerdd.pid, signal.SIGHUP)  # comme le terminal : à toute la session
            cerdd.wait(timeout=60)
        else:
            cerdd.kill()
            cerdd.wait()
            assert bientot(lambda: not psutil.pid_exists(serveur["pid"]))
            assert corriges_provisoires(tmp_path)
            code = "from cerdd_case.bureau.provisoire import effacer_les_abandonnes as e; e()"
            subprocess.run([sys.executable, "-c", code], env=environnement, check=True)
        assert list((tmp_path / "provisoire").glob("cerdd_*")) == []
    finally:
        for numero in filter(None, (cerdd.pid, serveur and serveur["pid"])):
            if psutil.pid_exists(numero):
                os.kill(numero, signal.SIGKILL)
        cerdd.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="les signaux de test sont ceux de POSIX")
@pytest.mark.parametrize("numero", ["SIGTERM", "SIGHUP"])
def test_un_arret_demande_remonte_comme_ctrl_c(monkeypatch, capsys, numero):
    range_ = []

    def travailler(options):
        try:
            os.kill(os.getpid(), getattr(signal, numero))
            time.sleep(5)
        finally:
            range_.append("rangé")

    avant = signal.getsignal(getattr(signal, numero))
    essai = commande.SousCommande("essai", "essaie", travailler)
    monkeypatch.setattr(commande, "sous_commandes", lambda: (essai,))
    assert commande.principal(["essai"]) == 130
    assert range_ == ["rangé"] and "Arrêté." in capsys.readouterr().err
    assert signal.getsignal(getattr(signal, numero)) == avant


@pytest.mark.skipif(sys.platform == "win32", reason="Windows n'a pas SIGHUP")
def test_sous_nohup_la_fermeture_du_terminal_reste_ignoree():
    avant = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert jupyterlab.signaux_d_arret() == [signal.SIGTERM]
    finally:
        signal.signal(signal.SIGHUP, avant)


def test_binder_recoit_les_memes_reglages(tmp_path):
    """Le fichier que Binder lit au démarrage (non essayé chez Binder) : il passe les réglages."""
    racine = Path(commande.__file__).resolve().parents[2]
    if not (racine / "start").is_file() or sys.platform == "win32":
        pytest.skip("hors du projet, ou sans bash")
    chemin = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    lire = "import json, os; print(json.dumps(dict(os.environ)))"
    resultat = subprocess.run(
        ["bash", str(racine / "start"), sys.executable, "-c", lire],
        env={**os.environ, "PATH": chemin, "JUPYTER_PATH": "/autre"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    binder, cerdd = json.loads(resultat.stdout), jupyterlab.environnement_jupyterlab()
    assert binder["JUPYTER_CONFIG_PATH"] == cerdd["JUPYTER_CONFIG_PATH"]
    assert binder["JUPYTER_PATH"] == f"{jupyterlab.COMMUN}:/autre"
    assert os.access(racine / "start", os.X_OK)
