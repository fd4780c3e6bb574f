"""L'identité d'une copie, donnée et suivie par le serveur que lance `cerdd`."""

import asyncio
import json
import shutil

import pytest
from jupyter_server.services.contents.filemanager import AsyncFileContentsManager
from poste import LIVRES, PLACE, Bureau

from cerdd_case.bureau.laboratoire.contenus import Contenus
from cerdd_case.socle.identite import est_travaille, fichier_par_identite, identite
from cerdd_case.socle.memoire import Memoire


@pytest.fixture
def bureau(tmp_path):
    (tmp_path / "travail").mkdir()
    return Bureau(tmp_path / "travail")


@pytest.fixture
def entame(bureau):
    """Un carnet ouvert, où une case est cochée."""
    bureau.ouvrir()
    bureau.cocher("2.1-1")
    return bureau


def test_ouvrir_donne_une_identite_et_ne_change_rien_d_autre(bureau):
    contenu = bureau.ouvrir()
    qui = identite(bureau.racine / PLACE)
    assert contenu["metadata"]["cerdd"]["copie"] == qui.copie and qui.place == PLACE
    avant = json.loads((LIVRES / PLACE).read_text(encoding="utf-8"))
    apres = json.loads((bureau.racine / PLACE).read_text(encoding="utf-8"))
    del apres["metadata"]["cerdd"]["copie"], apres["metadata"]["cerdd"]["place"]
    assert apres == avant and est_travaille(bureau.racine / PLACE) is False
    ecrit = (bureau.racine / PLACE).stat().st_mtime_ns
    assert bureau.ouvrir()["metadata"]["cerdd"]["copie"] == qui.copie
    assert (bureau.racine / PLACE).stat().st_mtime_ns == ecrit


def test_le_fichier_est_ecrit_comme_jupyter_l_ecrit(bureau, tmp_path):
    bureau.ouvrir()
    ecrit = (bureau.racine / PLACE).read_bytes()
    ordinaire = AsyncFileContentsManager(root_dir=str(bureau.racine))
    modele = asyncio.run(ordinaire.get(PLACE))
    for cellule in modele["content"]["cells"]:
        cellule["metadata"].pop("trusted", None)
    asyncio.run(ordinaire.save(modele, PLACE))
    assert (bureau.racine / PLACE).read_bytes() == ecrit


def test_un_carnet_livre_n_est_jamais_marque(bureau):
    (bureau.racine / "sources").mkdir()  # le dossier du projet a ses sources à côté
    avant = (bureau.racine / PLACE).read_bytes()
    bureau.ouvrir()
    bureau.cocher("2.1-1")
    assert (bureau.racine / PLACE).read_bytes() == avant
    assert bureau.copy(PLACE)["path"] == "eleves/02_budget-Copy1.ipynb"
    assert bureau.coches("eleves/02_budget-Copy1.ipynb") == ["2.1-1"]
    bureau.rename("eleves/02_budget-Copy1.ipynb", "eleves/autre.ipynb")
    bureau.enregistrer(bureau.ouvrir("eleves/autre.ipynb"), "eleves/autre.ipynb")
    assert bureau.coches("eleves/autre.ipynb") == ["2.1-1"]
    assert identite(bureau.racine / "eleves/autre.ipynb") is None


def test_les_carnets_du_projet_restent_identiques():
    contenus = Contenus(root_dir=str(LIVRES))
    avant = {c: c.read_bytes() for c in LIVRES.rglob("*.ipynb")}
    for carnet in avant:
        asyncio.run(contenus.get(carnet.relative_to(LIVRES).as_posix()))
    assert {c: c.read_bytes() for c in avant} == avant


@pytest.mark.parametrize("nouveau", ["eleves/budget Léa.ipynb", "autre/02_budget.ipynb"])
def test_renommer_ou_deplacer_garde_l_avancement(entame, nouveau):
    (entame.racine / "autre").mkdir()
    page = entame.ouvrir()
    entame.rename(PLACE, nouveau)
    assert entame.coches(nouveau) == ["2.1-1"]
    entame.enregistrer(page, nouveau)  # la page porte encore l'ancienne place
    assert identite(entame.racine / nouveau).place == nouveau
    assert entame.coches(nouveau) == ["2.1-1"]
    shutil.copyfile(LIVRES / PLACE, entame.racine / PLACE)
    entame.ouvrir()
    assert entame.coches() is None and entame.coches(nouveau) == ["2.1-1"]


def test_renommer_un_dossier(entame):
    entame.rename("eleves", "classe [2nde]")
    entame.ouvrir("classe [2nde]/02_budget.ipynb")
    assert entame.coches("classe [2nde]/02_budget.ipynb") == ["2.1-1"]


def test_dupliquer_part_du_meme_avancement_puis_s_en_separe(entame):
    double = entame.copy(PLACE)["path"]
    assert entame.coches(double) == ["2.1-1"]
    entame.cocher("2.1-2", place=double)
    entame.ouvrir(double)
    assert entame.coches() == ["2.1-1"] and entame.coches(double) == ["2.1-2"]


def test_dupliquer_un_dossier(entame):
    (entame.racine / "sauvegarde").mkdir()
    copie = entame.copy("eleves", "sauvegarde")["path"]
    entame.cocher("2.1-3")
    entame.ouvrir(f"{copie}/02_budget.ipynb")
    assert entame.coches(f"{copie}/02_budget.ipynb") == ["2.1-1"]
    entame.cocher("2.1-2", place=f"{copie}/02_budget.ipynb")
    assert entame.coches() == ["2.1-3"]


def test_enregistrer_sous_est_un_double(entame):
    page = entame.ouvrir()
    entame.enregistrer(page, "eleves/essai.ipynb")
    assert entame.coches("eleves/essai.ipynb") == ["2.1-1"]
    entame.cocher("2.1-2", place="eleves/essai.ipynb")
    entame.enregistrer(page, "eleves/essai.ipynb")  # la page garde l'identité de l'original
    assert entame.coches() == ["2.1-1"] and entame.coches("eleves/essai.ipynb") == ["2.1-2"]


def test_enregistrer_sous_apres_un_renommage(entame):
    """La page ne connaît plus la place de l'original ; le serveur, si."""
    page = entame.ouvrir()
    entame.rename(PLACE, "eleves/budget Léa.ipynb")
    entame.enregistrer(page, "eleves/essai.ipynb")
    assert entame.coches("eleves/essai.ipynb") == ["2.1-1"]
    entame.cocher("2.1-2", place="eleves/essai.ipynb")
    assert entame.coches("eleves/budget Léa.ipynb") == ["2.1-1"]


@pytest.mark.parametrize("double", ["eleves/02_budget - Copie.ipynb", "sauvegarde/02_budget.ipynb"])
def test_un_double_fait_hors_de_jupyter(entame, double):
    (entame.racine / "sauvegarde").mkdir()
    shutil.copyfile(entame.racine / PLACE, entame.racine / double)
    entame.ouvrir(double)
    assert entame.coches(double) == ["2.1-1"]
    entame.cocher("2.1-2", place=double)
    entame.ouvrir()
    assert entame.coches() == ["2.1-1"]
    assert identite(entame.racine / double).copie != identite(entame.racine / PLACE).copie


@pytest.mark.parametrize("nouveau", ["eleves/budget Léa.ipynb", "autre/02_budget.ipynb"])
def test_un_renommage_hors_de_jupyter(entame, nouveau):
    (entame.racine / "autre").mkdir()
    (entame.racine / PLACE).rename(entame.racine / nouveau)
    entame.ouvrir(nouveau)
    assert entame.coches(nouveau) == ["2.1-1"]
    entame.ouvrir(nouveau)
    assert entame.coches(nouveau) == ["2.1-1"]


def test_un_carnet_neuf_pose_par_dessus(entame):
    shutil.copyfile(LIVRES / PLACE, entame.racine / PLACE)
    entame.ouvrir()
    assert entame.coches() is None


def test_un_texte_remis_comme_livre_garde_l_avancement(entame, monkeypatch):
    """Elle efface sa réponse et enregistre : c'est toujours son carnet."""
    livre = entame.ouvrir()
    entame.ecrire_une_reponse()
    entame.enregistrer(livre)
    monkeypatch.setenv("JPY_SESSION_NAME", str(entame.racine / PLACE))
    assert Memoire().lire("grille:2.1") == ["2.1-1"]


def test_un_carnet_redistribue_pose_par_dessus(entame, monkeypatch):
    """La classe reçoit un carnet qui a déjà une identité : le même pour deux élèves de suite."""
    distribue = (entame.racine / PLACE).read_bytes()
    entame.ecrire_une_reponse()
    (entame.racine / PLACE).write_bytes(distribue)
    entame.ouvrir()
    monkeypatch.setenv("JPY_SESSION_NAME", str(entame.racine / PLACE))
    assert Memoire().lire("grille:2.1") is None


def test_un_carnet_revenu_par_courriel(entame, tmp_path):
    (tmp_path / "maison").mkdir()
    maison = Bureau(tmp_path / "maison")
    shutil.copyfile(entame.racine / PLACE, maison.racine / "eleves/reçu.ipynb")
    maison.ouvrir("eleves/reçu.ipynb")
    assert maison.coches("eleves/reçu.ipynb") is None
    shutil.copyfile(maison.racine / "eleves/reçu.ipynb", entame.racine / PLACE)
    entame.ouvrir()
    assert entame.coches() == ["2.1-1"]


def test_l_avancement_d_avant_les_identites_est_repris(bureau):
    """Une copie d'une version précédente : son avancement est rangé à son nom."""
    bureau.cocher("2.1-1")
    contenu = json.loads((bureau.racine / PLACE).read_text(encoding="utf-8"))
    contenu["cells"][0]["source"] += "\nMa réponse."
    (bureau.racine / PLACE).write_text(json.dumps(contenu), encoding="utf-8")
    bureau.ouvrir()
    assert identite(bureau.racine / PLACE) and bureau.coches() == ["2.1-1"]


def test_le_carnet_d_une_personne_est_suivi_a_son_nom(bureau):
    """Un carnet qui n'est pas de la collection, où l'on se sert de `Cas`."""
    contenu = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    bureau.enregistrer(contenu, "essai.ipynb")
    bureau.cocher("2.1-1", place="essai.ipynb")
    bureau.rename("essai.ipynb", "eleves/mon essai.ipynb")
    double = bureau.copy("eleves/mon essai.ipynb")["path"]
    assert bureau.coches("eleves/mon essai.ipynb") == bureau.coches(double) == ["2.1-1"]
    assert identite(bureau.racine / double) is None


def test_ce_qui_gene_est_mis_de_cote(entame):
    qui = identite(entame.racine / PLACE)
    (entame.racine / "autre").mkdir()
    reste = fichier_par_identite(entame.racine / "autre/x", qui.copie)
    reste.write_text('{"grille:2.1": ["ancien"]}', encoding="utf-8")
    entame.rename(PLACE, "autre/02_budget.ipynb")
    assert entame.coches("autre/02_budget.ipynb") == ["2.1-1"]
    assert "ancien" in reste.with_suffix(".avant.json").read_text(encoding="utf-8")


def test_un_fichier_illisible_s_ouvre_comme_d_habitude(bureau):
    from tornado.web import HTTPError

    (bureau.racine / PLACE).write_text('{"cells": [', encoding="utf-8")
    with pytest.raises(HTTPError, match="400"):
        bureau.ouvrir()
    assert (bureau.racine / PLACE).read_text(encoding="utf-8") == '{"cells": ['


def test_un_disque_qui_refuse_n_empeche_pas_d_ouvrir(bureau, monkeypatch):
    from cerdd_case.socle import identite as module

    def refuser(*_):
        raise PermissionError(13, "le dossier refuse")

    monkeypatch.setattr(module, "ecrire_fichiers", refuser)
    assert "copie" not in bureau.ouvrir()["metadata"]["cerdd"]


def test_deux_onglets_ouvrent_ensemble(bureau):
    async def ensemble():
        return await asyncio.gather(*(bureau.contenus.get(PLACE) for _ in range(5)))

    modeles = asyncio.run(ensemble())
    assert len({m["content"]["metadata"]["cerdd"]["copie"] for m in modeles}) == 1
