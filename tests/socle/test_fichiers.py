"""Un fichier s'écrit en entier ou pas du tout, et la cause se dit en français."""

import errno
import os

import pytest

from cerdd_case.socle import fichiers


def contenu(dossier):
    return {c.name: c.read_bytes() for c in dossier.iterdir()}


def test_des_fichiers_entiers(tmp_path):
    a, b = tmp_path / "a [2nde] %é#'.txt", tmp_path / "b.bin"
    fichiers.ecrire_fichiers({a: "é\n", b: b"\x00\r\n"})
    assert contenu(tmp_path) == {a.name: "é\n".encode(), b.name: b"\x00\r\n"}


@pytest.mark.parametrize("faute", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt()])
@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_une_ecriture_interrompue_ne_laisse_rien(tmp_path, monkeypatch, faute, moment):
    avant = {"a.txt": b"ancien", "b.txt": b"ancien aussi"}
    for nom, octets in avant.items():
        (tmp_path / nom).write_bytes(octets)
    reel, appels = getattr(os, moment), []

    def echouer(*arguments, **options):
        appels.append(arguments)
        if len(appels) == (2 if moment == "fsync" else 1):
            raise faute
        return reel(*arguments, **options)

    monkeypatch.setattr(os, moment, echouer)
    with pytest.raises(type(faute)):
        fichiers.ecrire_fichiers({tmp_path / nom: "neuf" for nom in avant})
    assert contenu(tmp_path) == avant


def test_le_reste_d_une_coupure_est_retire(tmp_path):
    (tmp_path / ".a.txt.12345.provisoire").write_text("moitié", encoding="utf-8")
    os.utime(tmp_path / ".a.txt.12345.provisoire", (0, 0))
    (tmp_path / ".a.txt.67890.provisoire").write_text("en cours", encoding="utf-8")
    (tmp_path / ".autre.txt.12345.provisoire").write_text("à un autre", encoding="utf-8")
    os.utime(tmp_path / ".autre.txt.12345.provisoire", (0, 0))
    fichiers.ecrire_fichiers({tmp_path / "a.txt": "entier"})
    restes = {".a.txt.67890.provisoire", ".autre.txt.12345.provisoire"}
    assert set(contenu(tmp_path)) == {"a.txt"} | restes


@pytest.mark.parametrize(
    ("numero", "phrase"),
    [
        (errno.ENOSPC, "le disque est plein"),
        (errno.EROFS, "le disque est en lecture seule"),
        (errno.EACCES, "l'écriture y est interdite"),
    ],
)
def test_la_cause_est_en_francais(numero, phrase):
    assert fichiers.cause(OSError(numero, "in English")) == phrase
