"""Le temps d'importation : `import cerdd_case` face à `import pandas`.

Chaque importation se fait dans un Python neuf, en alternance.

    uv run python benchmarks/importation.py [--json]
"""

import os
import subprocess
import sys

from commun import mesure, publier, resume

# Un Python installé garde ses modules compilés : celui qui mesure aussi, quoi que dise la session.
ENVIRONNEMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def importer(module: str) -> float:
    """Le temps de processeur d'un Python qui n'importe que cela."""
    code = f"import time, {module}; print(time.process_time())"
    essai = subprocess.run(
        [sys.executable, "-c", code], check=True, env=ENVIRONNEMENT, capture_output=True
    )
    return float(essai.stdout)


def principal() -> None:
    for module in ("pandas", "cerdd_case", "cerdd_case"):
        importer(module)  # bytecode compilé, fichiers en mémoire
    pandas, nous = [], []
    for _ in range(15):
        pandas.append(importer("pandas"))
        nous.append(importer("cerdd_case"))
    n, r = resume(nous)["mediane"], resume(pandas)["mediane"]
    publier(
        "Importation",
        {"import_cerdd_case": mesure(n, r, "ms", inverse=True)},
        ["Rapport : durée de cerdd_case / durée de pandas ; 1,15 au plus est visé."],
    )


if __name__ == "__main__":
    principal()
