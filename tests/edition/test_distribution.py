"""Ce que l'on donne aux élèves : de quoi ouvrir, aucune solution, rien d'écrasé."""

import io
import json
import shutil
import subprocess
import sys
import zipfile

import pytest

from cerdd_case.bureau import carnets, commande
from cerdd_case.edition import distribution
from cerdd_case.socle.erreurs import ErreurCas


@pytest.fixture
def donne(tmp_path):
    dossier, archive = distribution.distribuer(tmp_path / "ma classe")
    return dossier, archive


def test_le_dossier_et_l_archive_disent_la_meme_chose(donne):
    dossier, archive = donne
    fichiers = {f.relative_to(dossier.parent).as_posix(): f.read_bytes()
                for f in dossier.rglob("*") if f.is_file()}  # fmt: skip
    with zipfile.ZipFile(archive) as zip_:
        assert {nom: zip_.read(nom) for nom in zip_.namelist()} == fichiers
    noms = {nom.split("/", 1)[1] for nom in fichiers}
    assert {n for n in noms if "/" not in n} == {
        "LISEZ-MOI.txt", "ouvrir.py", distribution.nom_de_la_roue()
    }  # fmt: skip
    assert len([n for n in noms if n.startswith("cerdd_notebooks/eleves/0")]) == 5 == len(noms) - 3


def test_rien_de_ce_qui_est_donne_n_est_execute_ni_corrige(donne):
    dossier, archive = donne
    for carnet in dossier.rglob("*.ipynb"):
        contenu = json.loads(carnet.read_bytes())
        assert contenu["metadata"]["cerdd"]["version"] == "eleves"
        assert not any(c.get("outputs") for c in contenu["cells"])
    with zipfile.ZipFile(dossier / distribution.nom_de_la_roue()) as roue:
        assert not [n for n in roue.namelist() if "corriges/" in n or "/edition/" in n]
        assert roue.testzip() is None
    assert not [n for n in zipfile.ZipFile(archive).namelist() if "corrig" in n]


def test_rien_de_personne_n_est_donne(tmp_path, monkeypatch):
    """Un carnet livré où quelqu'un aurait travaillé : ni identité, ni avancement, ni sortie."""
    livres = tmp_path / "livres"
    shutil.copytree(carnets.dossier_des_carnets() / "eleves", livres / "eleves")
    for carnet in (livres / "eleves").glob("*.ipynb"):
        contenu = json.loads(carnet.read_bytes())
        contenu["metadata"]["cerdd"] |= {
            "copie": "a" * 32, "place": "eleves/x.ipynb", "progres": {"grille:2.1": ["2.1-1"]}
        }  # fmt: skip
        carnet.write_text(json.dumps(contenu), encoding="utf-8")
    monkeypatch.setattr(carnets, "dossier_des_carnets", lambda: livres)
    contenu = distribution.contenu_du_dossier()
    donnes = [o for nom, o in contenu.items() if nom.endswith(".ipynb")]
    with zipfile.ZipFile(io.BytesIO(contenu[distribution.nom_de_la_roue()])) as roue:
        donnes += [roue.read(nom) for nom in roue.namelist() if nom.endswith(".ipynb")]
    assert len(donnes) == 10
    for octets in donnes:
        assert json.loads(octets)["metadata"]["cerdd"].keys() == {"empreinte", "version"}


def test_deux_distributions_des_memes_fichiers_sont_egales(donne, tmp_path):
    ailleurs = distribution.distribuer(tmp_path / "ailleurs")
    assert ailleurs[1].read_bytes() == donne[1].read_bytes()


def test_le_lisez_moi_donne_la_commande(donne):
    texte = (donne[0] / "LISEZ-MOI.txt").read_text(encoding="utf-8")
    assert "py ouvrir.py" in texte and "python3 ouvrir.py" in texte and "Ma copie" not in texte
    for systeme in ("Windows", "macOS", "Linux"):
        assert systeme in texte
    assert len(texte.splitlines()) < 25


def test_une_distribution_se_refait_sans_ecraser_ce_qui_n_est_pas_d_elle(donne, tmp_path):
    dossier, archive = donne
    (dossier / "cerdd_case_eleve-0.0.9-py3-none-any.whl").touch()
    with pytest.raises(ErreurCas, match=r"0\.0\.9.*rien n'a été écrit"):
        distribution.distribuer(dossier.parent)
    (dossier / "cerdd_case_eleve-0.0.9-py3-none-any.whl").unlink()
    assert distribution.distribuer(dossier.parent) == [dossier, archive]
    carnet = next(dossier.rglob("02_budget.ipynb"))
    carnet.write_bytes(carnet.read_bytes().replace(b"2.1", b"2.9", 1))
    avant = carnet.read_bytes()
    with pytest.raises(ErreurCas, match="02_budget"):
        distribution.distribuer(dossier.parent)
    assert carnet.read_bytes() == avant


def test_une_roue_d_une_autre_version_ne_reste_pas(tmp_path, monkeypatch):
    vraie = distribution.projet()
    monkeypatch.setattr(distribution, "projet", lambda: vraie | {"version": "0.0.9"})
    dossier, _ = distribution.distribuer(tmp_path)
    assert (dossier / "cerdd_case_eleve-0.0.9-py3-none-any.whl").is_file()
    monkeypatch.setattr(distribution, "projet", lambda: vraie)
    distribution.distribuer(tmp_path)
    assert [f.name for f in dossier.glob("*.whl")] == [distribution.nom_de_la_roue()]


@pytest.mark.parametrize("genre", ["archive", "dossier"])
def test_un_fichier_etranger_du_meme_nom_est_garde(tmp_path, genre):
    etranger = tmp_path / (f"{distribution.NOM}.zip" if genre == "archive" else distribution.NOM)
    etranger.write_bytes(b"PK")
    with pytest.raises(ErreurCas, match="n'a pas été fait par cerdd"):
        distribution.distribuer(tmp_path)
    assert etranger.read_bytes() == b"PK"


def test_un_dossier_impossible_se_dit(tmp_path):
    (tmp_path / "fichier").touch()
    with pytest.raises(ErreurCas, match="Impossible d'écrire"):
        distribution.distribuer(tmp_path / "fichier")


def test_la_commande_ecrit_et_dit_ou(tmp_path, capsys):
    assert commande.principal(["distribuer", "--vers", str(tmp_path)]) == 0
    assert f"{distribution.NOM}.zip" in capsys.readouterr().out


# --- Ce que lance un élève ----------------------------------------------------------------


def test_sans_sa_roue_le_script_dit_quoi_faire(donne):
    dossier, _ = donne
    (dossier / distribution.nom_de_la_roue()).unlink()
    essai = subprocess.run([sys.executable, dossier / "ouvrir.py"], capture_output=True, text=True)
    assert essai.returncode == 1 and "recopiez le dossier entier" in essai.stderr
    assert "Traceback" not in essai.stderr


def test_une_installation_qui_echoue_se_dit_et_se_reprend(donne):
    """La roue est abîmée : pip refuse ; rien ne fait croire ensuite qu'elle est installée."""
    dossier, _ = donne
    (dossier / distribution.nom_de_la_roue()).write_bytes(b"")
    for _ in range(2):
        essai = subprocess.run(
            [sys.executable, dossier / "ouvrir.py"], capture_output=True, text=True
        )
        assert essai.returncode == 1 and "L'installation n'a pas réussi" in essai.stderr
        assert "Traceback" not in essai.stderr
