"""L'avancement, dans un vrai noyau Jupyter."""

import os
from pathlib import Path

import pytest
from outils import lu, poser


@pytest.fixture
def fichier(tmp_path):
    return tmp_path / ".essai.suivi.json"


A, B = "a" * 32, "b" * 32


@pytest.mark.entiere
def test_dans_un_vrai_noyau(tmp_path):
    """L'annonce du serveur, la mémoire commune aux `Cas` d'un noyau, les widgets rendus."""
    from jupyter_client.manager import start_new_kernel

    carnet = poser(tmp_path / "eleves" / "02.ipynb", A, "eleves/02.ipynb")
    env = {**os.environ, "JPY_SESSION_NAME": str(carnet)}
    gestionnaire, client = start_new_kernel(cwd=str(carnet.parent), env=env)
    sorties = []

    def executer(code):
        client.execute_interactive(
            code, timeout=60, output_hook=lambda m: sorties.append(m["content"]), stop_on_error=True
        )
        return "".join(s.get("text", "") + s.get("evalue", "") for s in sorties[-3:]).strip()

    def vaut(expression):
        return executer(f"print(repr({expression}))").splitlines()[-1]

    try:
        executer(
            "from cerdd_case import Cas; cas = Cas(); cas.memoire.ecrire('verdict:2.3', 'juste')"
        )
        fiche = Path(gestionnaire.connection_file).with_suffix(".carnet")
        ailleurs = tmp_path / "ailleurs" / "budget.ipynb"
        ailleurs.parent.mkdir()
        carnet.rename(ailleurs)
        fiche.write_bytes(os.fsencode(ailleurs))
        executer("cas.memoire.ecrire('verdict:2.1', 'juste')")
        assert sorted(lu(ailleurs.with_name(f".{A}.suivi.json"))) == ["verdict:2.1", "verdict:2.3"]
        travail = tmp_path / "travail.suivi.json"  # un pupitre s'ouvre, puis se ferme
        fiche.write_bytes(os.fsencode(f"{ailleurs}\0{travail}"))
        executer("cas.memoire.ecrire('verdict:2.4', 'faux'); cas.memoire.recommencer()")
        assert lu(travail) == {"departs": 1}
        assert lu(ailleurs.with_name(f".{A}.suivi.avant.json")) == {"verdict:2.4": "faux"}
        fiche.write_bytes(os.fsencode(f"{ailleurs}\0"))
        assert vaut("sorted(cas.memoire.cles(''))") == "['verdict:2.1', 'verdict:2.3']"
        ailleurs.unlink()
        fiche.unlink()
        executer("import os; os.environ['JPY_SESSION_NAME'] = ''; cas = Cas()")
        executer("cas.memoire.ecrire('verdict:2.3', 'faux'); cas = Cas()")
        assert vaut("cas.memoire.lire('verdict:2.3')") == "'faux'"

        executer("from ipywidgets.widgets.widget import _instances as vivants")
        executer("cas.simulateur()")
        premier = int(vaut("len(vivants)"))
        for _ in range(9):
            executer("cas.simulateur()")
        assert int(vaut("len(vivants)")) == premier > 50
        executer("gc = __import__('gc'); gc.collect()")
        assert vaut("sum(type(o).__name__ == 'FigureBudget' for o in gc.get_objects())") == "1"
        executer("cas.simulateur() ")  # une autre cellule : le premier reste ouvert
        assert int(vaut("len(vivants)")) == 2 * premier
        executer("s = cas.grille('2.1', ouverte=True); display(s, cas.grille('2.2'))")
        deux = int(vaut("len(vivants)"))
        executer("s")
        executer("s = cas.grille('2.1', ouverte=True); display(s, cas.grille('2.2'))")
        assert int(vaut("len(vivants)")) > deux  # `s`, que montre une autre cellule, est resté
        assert vaut("s.cases[0].comm is not None") == "True"
    finally:
        client.stop_channels()
        gestionnaire.shutdown_kernel(now=True)
