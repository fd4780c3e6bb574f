"""Un essai sauté se voit : la fin de la suite dit ce qui n'a pas été essayé, et pourquoi.

Chez une personne, un outil absent (Chromium, git) fait sauter les essais qui le demandent. En
intégration continue (variable CI), il les fait échouer : un essai sauté ne prouve rien. Seul un
`skipif` sur le système d'exploitation reste permis (voir `test_essais.py`).
"""

import os
from collections import Counter, defaultdict

import pytest

EN_INTEGRATION_CONTINUE = os.environ.get("CI", "").lower() not in ("", "0", "false")


def raison(rapport) -> str:
    """Pourquoi un essai est sauté ; pytest la range après le fichier et la ligne."""
    return rapport.longrepr[2].removeprefix("Skipped: ")


def refuser_en_integration_continue(rapport):
    if EN_INTEGRATION_CONTINUE and rapport.skipped and not hasattr(rapport, "wasxfail"):
        rapport.outcome, rapport.longrepr = "failed", f"Essai sauté : {raison(rapport)}"
    return rapport


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    rapport = yield
    return (
        rapport if item.get_closest_marker("skipif") else refuser_en_integration_continue(rapport)
    )


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    return refuser_en_integration_continue((yield))


def pytest_terminal_summary(terminalreporter):
    fichiers = defaultdict(Counter)
    for rapport in terminalreporter.stats.get("skipped", []):
        fichiers[raison(rapport)][rapport.nodeid.split("::")[0]] += 1
    if not fichiers:
        return
    terminalreporter.section("Ce qui n'a pas été essayé")
    for pourquoi, comptes in fichiers.items():
        nombre = comptes.total()
        terminalreporter.line(f"{nombre} essai{'s' * (nombre > 1)} : {pourquoi}")
        for fichier, compte in comptes.items():
            terminalreporter.line(f"    {fichier} : {compte}")
