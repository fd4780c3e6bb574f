"""Écrire un fichier d'un coup, insister, passer chacun son tour."""

import os
import subprocess
import sys
import threading
import time

import pytest

from cerdd_case.socle import fichiers
from cerdd_case.socle.fichiers import ecarter, ecrire_fichiers, verrou


def test_une_interruption_laisse_l_ancien_fichier_entier(tmp_path, monkeypatch):
    chemin = tmp_path / "a.json"
    chemin.write_text("avant", encoding="utf-8")

    def interrompre(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrompre)
    with pytest.raises(KeyboardInterrupt):
        ecrire_fichiers({chemin: "après"})
    assert [(p.name, p.read_text(encoding="utf-8")) for p in tmp_path.iterdir()] == [
        ("a.json", "avant")
    ]


def test_un_refus_passager_est_retente(tmp_path, monkeypatch):
    remplacer, refus = os.replace, [1, 2, 3]

    def remplacer_plus_tard(*chemins):
        if refus:
            refus.pop()
            raise PermissionError(13, "le fichier est pris")
        remplacer(*chemins)

    monkeypatch.setattr(os, "replace", remplacer_plus_tard)
    ecrire_fichiers({tmp_path / "a.json": "après"})
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == "après"


def test_un_refus_durable_remonte_apres_une_seconde(tmp_path, monkeypatch):
    def refuser(*_):
        raise PermissionError(13, "le fichier est pris")

    monkeypatch.setattr(os, "replace", refuser)
    debut = time.monotonic()
    with pytest.raises(PermissionError):
        ecrire_fichiers({tmp_path / "a.json": "après"})
    assert 0.9 < time.monotonic() - debut < 5
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="les droits de POSIX")
def test_les_droits_et_les_liens_restent(tmp_path):
    vrai, lien = tmp_path / "vrai.ipynb", tmp_path / "lien.ipynb"
    vrai.write_text("avant", encoding="utf-8")
    vrai.chmod(0o640)
    lien.symlink_to(vrai)
    ecrire_fichiers({lien: "après"})
    assert lien.is_symlink() and vrai.read_text(encoding="utf-8") == "après"
    assert vrai.stat().st_mode & 0o777 == 0o640
    ecrire_fichiers({tmp_path / "neuf": "x"})
    masque = os.umask(0)
    os.umask(masque)
    assert (tmp_path / "neuf").stat().st_mode & 0o777 == 0o666 & ~masque


def test_ce_qui_est_ecarte_n_ecrase_rien(tmp_path):
    for texte in ("un", "deux", "trois"):
        (tmp_path / "a.json").write_text(texte, encoding="utf-8")
        ecarter(tmp_path / "a.json", "abime")
    assert {p.read_text(encoding="utf-8") for p in tmp_path.iterdir()} == {"un", "deux", "trois"}


def test_le_verrou_fait_attendre_son_tour(tmp_path):
    ordre, chemin = [], tmp_path / "a.json"

    def second():
        with verrou(chemin):
            ordre.append("second")

    with verrou(chemin):
        autre = threading.Thread(target=second)
        autre.start()
        time.sleep(0.1)
        ordre.append("premier")
    autre.join(timeout=10)
    assert ordre == ["premier", "second"] and list(tmp_path.iterdir()) == []


def test_un_verrou_oublie_est_enleve(tmp_path, monkeypatch):
    monkeypatch.setattr(fichiers, "VERROU_OUBLIE", 0.2)
    (tmp_path / "a.json.verrou").touch()
    with verrou(tmp_path / "a.json"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_un_dossier_absent_se_dit(tmp_path):
    with pytest.raises(FileNotFoundError) as erreur, verrou(tmp_path / "absent" / "a.json"):
        pass
    assert fichiers.cause(erreur.value) == "le dossier n'existe pas"


DEUX = """
import sys
from pathlib import Path
from cerdd_case.socle.memoire import Memoire
memoire = Memoire(Path(sys.argv[1]))
for rang in range(150):
    memoire.ecrire(f"{sys.argv[2]}:{rang}", rang)
    coches = memoire.lire("grille:2.1", [])
    memoire.ecrire("grille:2.1", [*coches, f"{sys.argv[2]}{rang}"], coches)
"""


def test_deux_programmes_qui_ecrivent_ensemble_ne_perdent_rien(tmp_path):
    import json

    fichier = tmp_path / "s.json"
    programmes = [
        subprocess.Popen([sys.executable, "-c", DEUX, str(fichier), nom]) for nom in ("a", "b")
    ]
    assert [p.wait(timeout=120) for p in programmes] == [0, 0]
    contenu = json.loads(fichier.read_text(encoding="utf-8"))
    attendus = {f"{nom}:{rang}": rang for nom in ("a", "b") for rang in range(150)}
    coches = contenu.pop("grille:2.1")
    assert contenu == attendus
    assert sorted(coches) == sorted(f"{nom}{rang}" for nom in ("a", "b") for rang in range(150))
    assert [p.name for p in tmp_path.iterdir()] == ["s.json"]
