"""Un dossier provisoire disparaît toujours : fin normale, erreur, signal, ou départ suivant."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from cerdd_case.bureau import provisoire

ATTENTE = """
import sys, time
from cerdd_case.bureau.provisoire import dossier_provisoire
with dossier_provisoire() as dossier:
    (dossier / "corrigé.ipynb").write_text("secret", encoding="utf-8")
    print(dossier, flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def a_part(tmp_path, monkeypatch):
    """Un dossier provisoire du système pour ce test seul."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_il_est_vide_prive_puis_efface():
    with provisoire.dossier_provisoire() as dossier:
        assert list(dossier.iterdir()) == []
        if os.name == "posix":
            assert dossier.stat().st_mode & 0o077 == 0
        (dossier / "sous").mkdir()
        (dossier / "sous" / "corrigé").write_text("secret", encoding="utf-8")
    assert not dossier.exists()


@pytest.mark.parametrize("fin", [ValueError, KeyboardInterrupt, SystemExit])
def test_une_fin_brusque_l_efface_aussi(fin):
    with pytest.raises(fin), provisoire.dossier_provisoire() as dossier:
        raise fin
    assert not dossier.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows n'a pas SIGKILL")
def test_ce_qu_un_arret_net_laisse_disparait_la_fois_suivante(tmp_path):
    processus = subprocess.Popen(
        [sys.executable, "-c", ATTENTE], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    dossier = Path(processus.stdout.readline().strip())
    with provisoire.dossier_provisoire():
        assert (dossier / "corrigé.ipynb").exists()  # on s'en sert encore
    processus.send_signal(signal.SIGKILL)
    processus.communicate()
    assert (dossier / "corrigé.ipynb").exists()
    with provisoire.dossier_provisoire():
        assert not dossier.exists()
    assert list(tmp_path.iterdir()) == []


def test_un_numero_repris_par_un_autre_processus_ne_protege_rien(tmp_path):
    dossier = tmp_path / f"{provisoire.PREFIXE}{os.getpid()}_abc"
    dossier.mkdir()
    os.utime(dossier, (time.time() - 10**8,) * 2)  # plus vieux que ce processus
    provisoire.effacer_les_abandonnes()
    assert not dossier.exists()


def test_le_dossier_d_un_autre_programme_ou_un_lien_reste(tmp_path):
    autres = [tmp_path / "cerdd_autre", tmp_path / f"{provisoire.PREFIXE}sans_numero"]
    for autre in autres:
        autre.mkdir()
    lien = tmp_path / f"{provisoire.PREFIXE}999999999_x"
    if os.name == "posix":
        lien.symlink_to(autres[0])
    provisoire.effacer_les_abandonnes()
    assert all(a.is_dir() for a in autres)
