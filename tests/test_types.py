"""Les types : ce que tout le reste appelle dit ce qu'il reçoit et ce qu'il rend, sans se tromper."""

import subprocess
import sys
from pathlib import Path


def test_le_controle_de_types_ne_trouve_aucune_faute():
    """Les pièces contrôlées et leurs réglages sont dans `pyproject.toml`."""
    sortie = subprocess.run(
        [sys.executable, "-m", "mypy"], capture_output=True, text=True, encoding="utf-8",
        cwd=Path(__file__).resolve().parent.parent,
    )  # fmt: skip
    assert sortie.returncode == 0, sortie.stdout + sortie.stderr
