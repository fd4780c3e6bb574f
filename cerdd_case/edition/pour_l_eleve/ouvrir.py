"""Installe les carnets du cas CERDD dans ce dossier, la première fois, puis les ouvre.

Ce fichier est donné aux élèves, à côté de la roue : il ne demande que Python.
"""

import hashlib
import os
import signal
import subprocess
import sys
import venv
from pathlib import Path

ICI = Path(__file__).resolve().parent
ENVIRONNEMENT = ICI / ".venv"
PYTHON = ENVIRONNEMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
INSTALLEE = ENVIRONNEMENT / "cerdd_installe.txt"


def installer(roue: Path) -> None:
    """Installe la roue et ce qu'elle demande dans `.venv`, si ce n'est pas déjà elle."""
    empreinte = hashlib.sha256(roue.read_bytes()).hexdigest()
    if (
        INSTALLEE.is_file()
        and INSTALLEE.read_text(encoding="utf-8") == empreinte
        and PYTHON.is_file()
    ):
        return
    print("Installation : quelques minutes, une seule fois. Il faut Internet.", flush=True)
    try:
        venv.create(ENVIRONNEMENT, clear=True, with_pip=True, symlinks=os.name != "nt")
    except OSError:  # une clé USB n'a pas de liens
        venv.create(ENVIRONNEMENT, clear=True, with_pip=True, symlinks=False)
    commande = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "-q", str(roue)]
    subprocess.run(commande, check=True)
    INSTALLEE.write_text(empreinte, encoding="utf-8")


def installer_et_ouvrir() -> "int | str":  # un vieux Python doit pouvoir lire ce fichier
    """Installe au besoin, puis lance la commande `cerdd` de l'élève dans ce dossier."""
    if sys.version_info < (3, 11):  # noqa: UP036
        return "Il faut Python 3.11 ou plus récent : https://www.python.org/downloads/"
    roues = sorted(ICI.glob("cerdd_case_eleve-*.whl"))
    if not roues:
        return "La roue (cerdd_case_eleve….whl) n'est pas à côté de ce fichier : recopiez le dossier entier."
    try:
        installer(roues[-1])
    except (OSError, subprocess.CalledProcessError) as erreur:
        return (
            f"L'installation n'a pas réussi ({erreur}). Vérifiez la connexion à Internet et la place sur "
            "le disque, puis relancez la même commande. Sous Debian ou Ubuntu, installez d'abord "
            "python3-venv."
        )
    commande = [str(PYTHON), "-m", "cerdd_case.bureau.commande", *sys.argv[1:]]
    processus = subprocess.Popen(commande, cwd=str(ICI))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C arrête cerdd, qui range ; on l'attend
    return processus.wait()


if __name__ == "__main__":
    sys.exit(installer_et_ouvrir())
