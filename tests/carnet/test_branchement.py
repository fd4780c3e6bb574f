"""Une vérification ne juge jamais une valeur plus ancienne que la cellule au-dessus d'elle."""

import os
import subprocess
import sys

import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

from cerdd_case import Cas
from cerdd_case.carnet import branchement, load_ipython_extension
from cerdd_case.edition import construction, sources
from cerdd_case.edition.execution import COMMUN, preparer_polices
from cerdd_case.socle import identite

VERIFIER = 'cas.verifier("2.1", resultat_2014)'
SANS_VALEUR = "la cellule au-dessus n'a pas donné de valeur"


@pytest.mark.parametrize(
    "ensuite",
    [
        "resultat_2014 = 14 000 € !\nprint(1)",  # du Python qui ne se lit pas
        "resultat_2014 = 1 / 0 * len(cas)",
        "x = 1 / 0\nresultat_2014 = x",
        "resultat_2014 =\nprint(resultat_2014)",
        "for i in [1]:\n    resultat_2014 = 1 / 0",
        "total_depenses, resultat_2014 = 1",
    ],
)
def test_une_cellule_qui_echoue_ne_laisse_pas_l_ancienne_valeur(noyau, ensuite):
    noyau.executer("resultat_2014 = 14 000")
    assert noyau.executer(VERIFIER).juste
    noyau.executer(ensuite)
    assert noyau.montre
    verdict = noyau.executer(VERIFIER)
    assert verdict.etat == "a_completer" and SANS_VALEUR in verdict.phrase


@pytest.mark.parametrize(
    "ensuite", ["14 000", "resultat = 14 000", "le résultat est 14 000", "# rien"]
)
def test_une_cellule_qui_ne_donne_plus_sa_reponse_l_oublie(noyau, ensuite):
    """Le carnet nomme ses cellules : la même, changée, n'a plus de ligne pour cette réponse."""
    noyau.executer("resultat_2014 = 14 000", "reponse-2-1-code")
    noyau.executer(ensuite, "une-autre")
    assert noyau.executer(VERIFIER).juste
    noyau.executer(ensuite, "reponse-2-1-code")
    assert SANS_VALEUR in noyau.executer(VERIFIER).phrase


def test_une_verification_avant_toute_reponse_n_est_pas_une_erreur(noyau):
    assert SANS_VALEUR in noyau.executer(VERIFIER).phrase and noyau.montre == []


def test_une_erreur_ailleurs_ne_touche_a_aucune_reponse(noyau):
    noyau.executer("resultat_2014 = 14 000\npart_ue = 21,8 %")
    noyau.executer("print(part_ue, sep=1)")
    noyau.executer("part_ue == 1 / 0")
    noyau.executer("resultat_2014 = resultat_2014 / 1\nx = 1 / 0")
    assert noyau.montre and noyau.executer("part_ue * 1") == 0.218
    assert noyau.executer(VERIFIER).juste


def test_se_brancher_deux_fois_ou_ailleurs_ne_change_rien(noyau):
    transformations = list(noyau.ipython.input_transformers_cleanup)
    load_ipython_extension(noyau.ipython)
    assert noyau.ipython.input_transformers_cleanup == transformations
    for autre in (None, object()):
        load_ipython_extension(autre)


def test_un_ipython_de_remplacement_suffit():
    """Celui d'un navigateur n'a que quelques noms : l'import ne casse pas."""
    code = (
        "import sys, types; sys.modules['IPython'] = types.ModuleType('IPython'); import cerdd_case"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# --- Dans un vrai noyau ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def vrai_noyau(tmp_path_factory):
    """Le noyau que lance `cerdd`, neuf : une fonction qui exécute une cellule et dit ce qu'elle montre."""
    dossier = tmp_path_factory.mktemp("noyau")
    noyaux = KernelSpecManager(kernel_dirs=[str(COMMUN / "kernels")])
    gerant = KernelManager(kernel_name="python3", kernel_spec_manager=noyaux)
    gerant.start_kernel(cwd=str(dossier), env={**os.environ, "IPYTHONDIR": str(dossier)})
    client = gerant.blocking_client()
    client.start_channels()
    client.wait_for_ready(60)

    def executer(cellule: str) -> str:
        montre = []
        client.execute_interactive(
            cellule, timeout=60, output_hook=lambda m: montre.append(m["content"])
        )
        return "\n".join(
            m["data"]["text/plain"] if "data" in m else "\n".join(m.get("traceback", []))
            for m in montre
        ).strip()

    yield executer
    client.stop_channels()
    gerant.shutdown_kernel(now=True)


def test_le_noyau_de_cerdd_parle_francais_des_la_premiere_cellule(vrai_noyau):
    assert vrai_noyau("cas.lire(3)").startswith(
        "✘ Ligne 1, « cas.lire(3) ». « cas » n'est pas encore connu : exécutez la première cellule"
    )
    assert vrai_noyau("from cerdd_case import Cas\n\ncas = Cas()") == ""
    assert SANS_VALEUR in vrai_noyau(VERIFIER)
    assert vrai_noyau("ecart_ressources = 14.000\nresultat_2014 = 14 000 €") == ""
    assert vrai_noyau(VERIFIER).startswith("✔ Juste")
    assert "peut se lire 14\u202f000 ou 14" in vrai_noyau(
        'cas.verifier("2.1.ressources", ecart_ressources)'
    )
    assert vrai_noyau("cas.glosaire").endswith(branchement.DETAIL)


def carnet_d_eleve(nom: str):
    """Un carnet d'élève neuf, construit depuis sa source, ses réponses et ses vérifications seulement."""
    titre, cellules = sources.lire_source(sources.dossier_des_sources() / f"{nom}.md")
    calculer = sources.calculateur(sources.noms_du_texte(Cas()))
    carnet = construction.assembler(titre, cellules, "eleves", calculer)
    utiles = ("Cas()", "cas.verifier", "= ...")  # les autres cellules n'en dépendent pas
    carnet.cells = [
        c for c in carnet.cells if c.cell_type == "code" and any(mot in c.source for mot in utiles)
    ]
    return carnet


def test_tout_executer_passe_une_cellule_fausse_et_ce_qui_en_depend_le_dit(tmp_path):
    """Ni nbclient ni JupyterLab ne s'arrêtent à une cellule qui porte « raises-exception »."""
    carnet = carnet_d_eleve("02_budget")
    reponse = next(c for c in carnet.cells if c.id == "reponse-2-1-code")
    reponse.source = (
        "ecart_ressources = 9 550 €\necart_charges = 1 / 0 * cas\nle résultat est 14 000"
    )
    empreinte = identite.empreinte(carnet)
    autre = next(c for c in carnet.cells if c.id == "reponse-2-4-code")
    autre.source = "total_depenses = cas.totl\npart_ue = recettes_ue / total_depenses"
    preparer_polices()
    NotebookClient(
        carnet, timeout=180, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute(env={**os.environ, "IPYTHONDIR": str(tmp_path / "ipython")})
    assert identite.empreinte(carnet) != empreinte
    dits = {
        c.source: "".join(str(o) for o in c.outputs) for c in carnet.cells if c.cell_type == "code"
    }
    assert all(c.execution_count for c in carnet.cells if c.cell_type == "code")
    assert "✘ « le résultat est 14 000 » n'est pas une réponse" in dits[reponse.source]
    assert "✘ total_depenses : « cas.totl » n'existe pas" in dits[autre.source]
    for demande, nom in (("2.1", "resultat_2014"), ("2.1.charges", "ecart_charges"),
                         ("2.4.total", "total_depenses")):  # fmt: skip
        assert SANS_VALEUR in dits[f'cas.verifier("{demande}", {nom})']
    assert "répondez d'abord à la ligne « recettes_ue »" in dits['cas.verifier("2.4", part_ue)']
    assert [o.ename for c in carnet.cells if c.cell_type == "code" for o in c.outputs if "ename" in o] == [
        "EchecDesReponses", "EchecDesReponses"
    ]  # fmt: skip
