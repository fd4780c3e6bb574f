"""Les carnets d'élève tels qu'ils sont livrés s'exécutent du début à la fin, sans erreur.

Les carnets corrigés sont rejoués et comparés par nbval (voir `[tool.pytest.ini_options]`).
"""

import os
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from cerdd_case import Cas
from cerdd_case.bureau import carnets
from cerdd_case.donnees.paquet import Donnees
from cerdd_case.edition.execution import preparer_polices

DEMANDE = re.compile(r'^cas\.verifier\("([^"]+)"', re.MULTILINE)
ELEVES = sorted((carnets.dossier_des_carnets() / "eleves").glob("[0-9]*.ipynb"))


@pytest.fixture(scope="module", params=ELEVES, ids=lambda chemin: chemin.stem)
def execute(request, tmp_path_factory):
    """Une copie du carnet, exécutée dans un dossier à part, comme l'ouvre un élève."""
    dossier = tmp_path_factory.mktemp("eleve")
    copie = Path(shutil.copy(request.param, dossier))
    carnet = nbformat.read(copie, as_version=4)
    preparer_polices()
    NotebookClient(
        carnet,
        timeout=180,
        kernel_name="python3",
        allow_errors=True,
        extra_arguments=["--IPKernelApp.log_level=40"],
        resources={"metadata": {"path": str(dossier)}},
    ).execute(
        env={**os.environ, "IPYTHONDIR": str(dossier / "ipython"), "JPY_SESSION_NAME": str(copie)}
    )
    return carnet, copie


def sorties(carnet):
    for cellule in carnet.cells:
        if cellule.cell_type == "code":
            for sortie in cellule.outputs:
                yield cellule, sortie


def test_il_y_a_un_carnet_d_eleve_par_carnet_corrige():
    corriges = sorted((carnets.dossier_des_carnets() / "corriges").glob("[0-9]*.ipynb"))
    assert [c.name for c in ELEVES] == [c.name for c in corriges] and ELEVES


def test_le_carnet_va_jusqu_au_bout_sans_erreur(execute):
    carnet, _ = execute
    fautes = [
        (cellule.source, sortie.get("ename", sortie.get("text")), sortie.get("evalue"))
        for cellule, sortie in sorties(carnet)
        if sortie.output_type == "error" or sortie.get("name") == "stderr"
    ]
    assert fautes == []
    assert all(
        c.execution_count for c in carnet.cells if c.cell_type == "code" and c.source.strip()
    )


def test_une_verification_sans_reponse_est_a_completer(execute):
    carnet, _ = execute
    for cellule in carnet.cells:
        if cellule.cell_type == "code" and (demande := DEMANDE.search(cellule.source)):
            (sortie,) = cellule.outputs
            texte = sortie.data["text/plain"]
            assert texte.startswith(f"… À compléter — question {demande[1]} : "), texte


def test_chaque_reponse_chiffree_a_sa_verification_dans_un_carnet():
    demandes = {
        code
        for chemin in ELEVES
        for cellule in nbformat.read(chemin, as_version=4).cells
        for code in DEMANDE.findall(cellule.source)
    }
    assert demandes == set(Cas().controles)


def test_executer_le_carnet_neuf_n_ecrit_aucun_suivi(execute):
    """Rien n'est coché, rien n'est vérifié : il n'y a pas d'avancement à garder."""
    _, copie = execute
    assert {p.name for p in copie.parent.iterdir()} == {copie.name, "ipython"}


def test_le_carnet_ne_contient_ni_sortie_ni_solution():
    for chemin in ELEVES:
        carnet = nbformat.read(chemin, as_version=4)
        assert list(sorties(carnet)) == [], chemin.name
        assert "CORRIGÉ" not in chemin.read_text(encoding="utf-8"), chemin.name


def texte_du_carnet(chemin) -> str:
    """Tout le texte d'un carnet, espaces réduites à une seule."""
    carnet = nbformat.read(chemin, as_version=4)
    return " ".join(" ".join(c.source for c in carnet.cells).split())


def test_aucun_point_attendu_n_est_donne_a_l_eleve():
    attendus = list(Donnees().table("corrige-attendus")["attendu"])
    assert len(attendus) > 60
    for chemin in ELEVES:
        texte = texte_du_carnet(chemin)
        assert [a for a in attendus if " ".join(a.split()) in texte] == [], chemin.name


def test_aucune_phrase_d_une_reponse_modele_n_est_donnee_a_l_eleve():
    compte = 0
    for chemin in ELEVES:
        texte = texte_du_carnet(chemin)
        corrige = nbformat.read(chemin.parents[1] / "corriges" / chemin.name, as_version=4)
        for cellule in corrige.cells:
            if cellule.cell_type != "markdown" or not cellule.id.startswith("reponse-"):
                continue
            phrases = [p.strip() for p in re.split(r"[.:;!?]\s", " ".join(cellule.source.split()))]
            longues = [p for p in phrases if len(p) > 30]
            compte += len(longues)
            assert [p for p in longues if p in texte] == [], f"{chemin.name}, {cellule.id}"
    assert compte > 100


def test_aucune_valeur_a_trouver_n_est_donnee_a_l_eleve():
    """Les résultats des vérifications ; le résultat de 2014, lui, est donné par le sujet."""
    valeurs = {
        "2.1.ressources": "9550", "2.1.charges": "4450", "2.3": "763316", "2.4.total": "1175756",
        "2.4.hors_ue": "919399", "2.4.ue": "256357", "2.4": "21,8",
    }  # fmt: skip
    ecritures = [*valeurs.values(), "21.8", "0,218", "0.218"]
    assert set(valeurs) == set(Cas().controles) - {"2.1"}
    for chemin in ELEVES:
        texte = re.sub(r"(?<=\d)[\s_]+(?=\d)", "", texte_du_carnet(chemin))
        assert [v for v in ecritures if v in texte] == [], chemin.name
