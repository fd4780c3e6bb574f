"""L'exécution d'un carnet : notre noyau, aucun réglage personnel, rien qui change d'une fois à l'autre."""

import json
import os
import sys
import time
from pathlib import Path

import psutil
import pytest
from nbformat import v4

from cerdd_case.bureau import carnets, commande, jupyterlab
from cerdd_case.edition import construction, execution
from cerdd_case.edition.execution import ErreurConstruction

ENTETE = "---\ntitle: Un carnet d'essai\n---\n\n"


def carnet(*codes):
    return v4.new_notebook(cells=[v4.new_code_cell(c) for c in codes])


def sortie(cellule):
    return "".join(s.get("text", "") for s in cellule.outputs)


@pytest.fixture
def construire(tmp_path):
    def construire_(*codes, executions=construction.EXECUTIONS):
        (tmp_path / "sources").mkdir(exist_ok=True)
        blocs = "\n".join(f"```{{code-cell}} ipython3\n{c}\n```\n" for c in codes)
        (tmp_path / "sources" / "01_essai.md").write_text(ENTETE + blocs, encoding="utf-8")
        return list(construction.construire(tmp_path / "sources", noms={}, executions=executions))

    return construire_


# --- Ce qui change à chaque exécution -----------------------------------------------------


INSTABLES = [
    "for mot in {'un', 'deux', 'trois', 'quatre'}: print(mot)",
    "print(list(map(hash, 'ab')))",
    "from datetime import date; print(date.today())",
    "import time; print(time.strftime('%H'))",
    "import pandas as pd; pd.Timestamp.now().day",
    "import random; random.random()",
    "import numpy as np; np.random.default_rng().integers(10**9)",
    "t = time.perf_counter(); print(time.perf_counter() - t)",
    "import os; os.getpid()",
    "import uuid; uuid.uuid4().hex",
    "id(object())",
    "from pathlib import Path; print(Path.cwd().name)",
    "from IPython.display import HTML; HTML(f'<b id=\"{uuid.uuid4()}\">x</b>')",
    "import io; from PIL import Image; from IPython.display import display\n"
    "t = io.BytesIO(); Image.frombytes('L', (9, 9), os.urandom(81)).save(t, 'PNG')\n"
    "display({'image/png': t.getvalue()}, raw=True)",
]


@pytest.fixture(scope="module")
def deux_fois(tmp_path_factory):
    """Les cellules instables, exécutées deux fois."""
    carnets_ = [carnet(*INSTABLES) for _ in range(2)]
    for numero, neuf in enumerate(carnets_, start=1):
        execution.executer(neuf, tmp_path_factory.mktemp("passage"), "x", numero)
    return carnets_


@pytest.mark.parametrize("rang", range(len(INSTABLES)), ids=lambda r: INSTABLES[r][:40])
def test_une_cellule_instable_ne_redonne_pas_sa_sortie(deux_fois, rang):
    seules = [v4.new_notebook(cells=[c.cells[rang]]) for c in deux_fois]
    assert seules[0].cells[0].outputs
    construction.controler_stabilite(seules[0], seules[0], "x")
    with pytest.raises(ErreurConstruction, match="change d'une exécution à l'autre"):
        construction.controler_stabilite(*seules, "x")


def test_une_cellule_qui_change_arrete_la_construction_et_est_nommee(construire, tmp_path):
    with pytest.raises(ErreurConstruction, match=r"01_essai.ipynb, cellule 2 .* change") as erreur:
        construire("print('stable')", "from datetime import date; print(date.today())")
    assert "Une fois : «" in str(erreur.value) and "Une autre fois : «" in str(erreur.value)
    assert not list(tmp_path.rglob("*.ipynb"))


def test_un_ensemble_se_voit_dans_le_code():
    for code in (
        "{1, 2}",
        "set(x)",
        "f(frozenset())",
        "{a for a in b}",
        "a.keys() & b.keys()",
        "a | b",
        "print(*(a.keys() - b))",
        "import random; print(random.random())",
        "x.union(y)",
    ):
        assert construction.INSTABLE.search(code)
    for code in ("{1: 2}", "{}", "un peu de texte", "%timeit x", "offset = reset()"):
        assert not construction.INSTABLE.search(code)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("{'un', 'deux'}\n", "l'ordre de l'ensemble"),
        (f"{Path.home() / 'x'}\n", "que sur cette machine"),
        (f"{carnets.__file__}\n", "que sur cette machine"),
        ("<objet at 0x7f00>", "change à chaque exécution"),
    ],
)
def test_ce_qui_ne_vaut_qu_ici_est_refuse_des_la_premiere_fois(texte, attendu):
    with pytest.raises(ErreurConstruction, match=attendu):
        execution.controler_sorties([v4.new_output("stream", text=texte)])


def test_ce_qui_ne_change_pas_se_construit(construire):
    execution.controler_sorties([v4.new_output("stream", text="{'a': 1, 'b': 2} {3, 4} {'c'}")])
    assert construire(
        "print(sorted(['un', 'deux']), {1: 'a', 2: 'b'})",
        "import random; random.seed(1); print(random.random())",
        "import time\nprint('un')\nimport sys; sys.stdout.flush(); time.sleep(.3)\nprint('deux')",
    )


# --- Un noyau arrêté ------------------------------------------------------------------------

ARRETS = {
    "os._exit": "import os; os._exit(1)",
    "tué": "import os, signal; os.kill(os.getpid(), getattr(signal, 'SIGKILL', 15))",
}


def test_un_noyau_arrete_se_voit_aussitot_a_la_construction(construire):
    depart = time.monotonic()
    with pytest.raises(ErreurConstruction, match=r"cellule 2 .*Python s'est arrêté"):
        construire("1", ARRETS["os._exit"], "2")
    assert time.monotonic() - depart < 30


def test_sys_exit_est_nomme(construire):
    with pytest.raises(ErreurConstruction, match=r"cellule 2 .*SystemExit"):
        construire("1", "import sys; sys.exit(3)")


def test_une_boucle_sans_fin_est_nommee(tmp_path):
    with pytest.raises(ErreurConstruction, match=r"x, cellule 2 .*dépassé 2 secondes"):
        execution.executer(carnet("1", "while True: pass"), tmp_path, "x", delai=2)
    restes = psutil.Process().children(recursive=True)
    assert [p.pid for p in restes if "ipykernel_launcher" in " ".join(p.cmdline())] == []


def livrer(tmp_path, monkeypatch, nom="corriges", **codes):
    """Des carnets validés, chaque cellule portant une exécution enregistrée."""
    dossier = tmp_path / "corriges"
    dossier.mkdir(parents=True)
    for stem, cellules in codes.items():
        cellules = [
            v4.new_code_cell(code, execution_count=1, outputs=[v4.new_output("stream", text=texte)])
            if texte else v4.new_code_cell(code, execution_count=1)
            for code, texte in cellules
        ]  # fmt: skip
        (dossier / f"{stem}.ipynb").write_text(
            json.dumps(v4.new_notebook(cells=cellules)), encoding="utf-8"
        )
    monkeypatch.setattr(carnets, "dossier_des_carnets", lambda: tmp_path)
    return dossier


def test_un_noyau_arrete_se_voit_aussitot_a_la_verification(tmp_path, monkeypatch, capfd):
    cellules = {f"0{n}": [("1;", None), (code, None), ("print(2)", "2\n")]
                for n, code in enumerate(ARRETS.values(), start=1)}  # fmt: skip
    livrer(tmp_path, monkeypatch, **cellules)
    depart = time.monotonic()
    assert commande.principal(["verifier"]) == 1
    assert time.monotonic() - depart < 60
    assert "Python s'est arrêté pendant cette cellule" in capfd.readouterr().out


# --- Les réglages personnels ------------------------------------------------------------------


@pytest.fixture
def mal_regle(tmp_path, monkeypatch):
    """Un noyau `python3` qui pointe ailleurs, un profil IPython bavard, un style, des options."""
    donnees, profil = tmp_path / "donnees", tmp_path / "ipython" / "profile_default"
    (donnees / "kernels" / "python3").mkdir(parents=True)
    (donnees / "kernels" / "python3" / "kernel.json").write_text(
        json.dumps(
            {"argv": ["/python/qui/n/existe/pas"], "display_name": "À moi", "language": "python"}
        ),
        encoding="utf-8",
    )
    (profil / "startup").mkdir(parents=True)
    (profil / "startup" / "a.py").write_text("print = lambda *a: None\nx = 99\n", encoding="utf-8")
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 9\nfaux reglage\n", encoding="utf-8")
    for nom, valeur in {
        "JUPYTER_PATH": str(donnees), "JUPYTER_DATA_DIR": str(donnees), "JUPYTER_PREFER_ENV_PATH": "0",
        "IPYTHONDIR": str(tmp_path / "ipython"), "MATPLOTLIBRC": str(tmp_path),
        "MPLBACKEND": "module://absent", "PYTHONWARNINGS": "always",
        "PYTEST_ADDOPTS": "--option-inconnue",
    }.items():  # fmt: skip
        monkeypatch.setenv(nom, valeur)


CODES = (
    "import sys; print(sys.executable)",
    "print('x' in dir())",
    "import warnings, matplotlib; warnings.warn('x', ResourceWarning)\n"
    "print(matplotlib.rcParams['lines.linewidth'])",
)


def test_la_construction_ignore_les_reglages_personnels(tmp_path, mal_regle):
    neuf = carnet(*CODES)
    (tmp_path / "essai").mkdir()
    execution.executer(neuf, tmp_path / "essai", "x")
    assert [sortie(c).strip() for c in neuf.cells] == [sys.executable, "False", "1.5"]


def test_la_verification_ignore_les_reglages_et_le_nom_du_dossier(
    tmp_path, mal_regle, monkeypatch, capfd
):
    """Ni les réglages de la personne, ni le nom du dossier n'y changent rien ; rien ne s'y écrit."""
    codes = (*CODES, "_ = open('trace.txt', 'w').write('x')")
    attendus = (f"{sys.executable}\n", "False\n", "1.5\n", None)
    dossier = livrer(
        tmp_path / "-a [2nde] é % # ' & (1) {2}",
        monkeypatch,
        a=list(zip(codes, attendus, strict=True)),
    )
    assert commande.principal(["verifier"]) == 0, capfd.readouterr()
    assert "4 passed" in capfd.readouterr().out
    assert os.listdir(dossier) == ["a.ipynb"]


def test_le_serveur_prefere_notre_noyau(mal_regle, monkeypatch):
    from jupyter_client.kernelspec import KernelSpecManager

    for propre in (None, execution.COMMUN):
        for nom, valeur in jupyterlab.environnement_jupyterlab(propre).items():
            monkeypatch.setenv(nom, valeur)
        noyau = KernelSpecManager().get_kernel_spec("python3")
        assert noyau.resource_dir == str(execution.COMMUN / "kernels" / "python3")
        assert noyau.argv[0] == "python"  # jupyter_client y met le Python du serveur
