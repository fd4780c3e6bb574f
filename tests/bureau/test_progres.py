"""Quand un pupitre est ouvert, le serveur ne range l'avancement que dans le carnet, et n'en perd rien."""

import json
import shutil

import pytest
from jupyter_core.paths import jupyter_runtime_dir
from outils import lu
from poste import LIVRES, PLACE, Bureau
from tornado.web import HTTPError

from cerdd_case.bureau.laboratoire.contenus import Contenus
from cerdd_case.socle import identite as module
from cerdd_case.socle import rangement
from cerdd_case.socle.identite import fichier_par_identite, identite
from cerdd_case.socle.memoire import Memoire


class Pupitre(Bureau):
    """Un carnet ouvert dans un pupitre ; `noyau` est la mémoire de ses calculs."""

    def prendre(self, place: str = PLACE) -> bool:
        self.ouvrir(place)
        return self.prendre_en_charge(place)

    def noyau(self, place: str = PLACE) -> Memoire:
        return Memoire(rangement.lieux(self.racine / place, self.contenus.travail(place)))

    def cocher(self, *points: str, place: str = PLACE) -> None:
        self.noyau(place).ecrire("grille:2.1", list(points))

    def progres(self, place: str = PLACE) -> dict | None:
        return lu(self.racine / place)["metadata"]["cerdd"].get("progres")

    def a_cote(self) -> list[str]:
        """Les fichiers d'avancement à côté des carnets."""
        return sorted(f.name for f in self.racine.rglob(".*json*"))

    def changer_de_serveur(self) -> None:
        """Le serveur est tué net ; on relance `cerdd`."""
        self.contenus = Contenus(root_dir=str(self.racine))


@pytest.fixture
def pupitre(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "marche"))
    (tmp_path / "travail").mkdir()
    return Pupitre(tmp_path / "travail")


@pytest.fixture
def entame(pupitre):
    """Un carnet ouvert, une case cochée, enregistrée."""
    page = pupitre.ouvrir()
    assert pupitre.prendre() is False
    pupitre.cocher("2.1-1")
    assert pupitre.prendre() is True
    pupitre.enregistrer(page)
    return pupitre


def test_une_case_cochee_va_dans_le_carnet_et_nulle_part_ailleurs(entame):
    assert entame.progres() == {"grille:2.1": ["2.1-1"]} and entame.a_cote() == []
    assert entame.prendre() is False  # rien de plus à enregistrer
    suivi = Memoire.du_carnet(entame.racine / PLACE)
    assert suivi.lire("grille:2.1") == ["2.1-1"]


def test_ouvrir_un_carnet_neuf_n_y_met_rien(pupitre):
    avant = pupitre.ouvrir(), (pupitre.racine / PLACE).read_bytes()
    assert pupitre.prendre() is False
    assert (pupitre.racine / PLACE).read_bytes() == avant[1]
    pupitre.enregistrer(avant[0])
    assert pupitre.progres() is None and pupitre.a_cote() == []


def test_la_page_qui_ne_sait_rien_n_efface_rien(entame):
    page = entame.ouvrir()
    entame.cocher("2.1-2")
    entame.enregistrer(page)
    assert entame.progres() == {"grille:2.1": ["2.1-2"]}
    entame.changer_de_serveur()  # ouvert par le menu de JupyterLab : aucun pupitre
    page["metadata"]["cerdd"]["progres"] = {"grille:2.1": ["vieux"]}
    entame.enregistrer(page)
    assert entame.progres() == {"grille:2.1": ["2.1-2"]}
    entame.cocher("2.1-3")
    assert entame.progres() == {"grille:2.1": ["2.1-2"]} and len(entame.a_cote()) == 1
    assert entame.prendre() is True  # puis le pupitre y revient
    entame.enregistrer(page)
    assert entame.progres() == {"grille:2.1": ["2.1-3"]} and entame.a_cote() == []


def test_le_fichier_d_a_cote_n_est_retire_qu_une_fois_le_carnet_enregistre(pupitre, monkeypatch):
    page = pupitre.ouvrir()
    pupitre.cocher("2.1-1")
    (nom,) = pupitre.a_cote()
    assert pupitre.prendre() is True and pupitre.coches() == ["2.1-1"]

    def refuser(*_, **__):
        raise HTTPError(500, "le disque refuse")

    with monkeypatch.context() as disque:
        disque.setattr(Contenus, "_save_notebook", refuser)
        with pytest.raises(HTTPError):
            pupitre.enregistrer(page)
    assert pupitre.a_cote() == [nom] and pupitre.progres() is None
    pupitre.enregistrer(page)
    assert pupitre.a_cote() == [] and pupitre.progres() == {"grille:2.1": ["2.1-1"]}


def test_un_fichier_d_a_cote_refait_entre_temps_n_est_pas_retire(pupitre):
    page = pupitre.ouvrir()
    pupitre.cocher("2.1-1")
    pupitre.prendre()
    pupitre.suivi().ecrire("verdict:2.3", "juste")  # VS Code, ouvert sur le même carnet
    pupitre.enregistrer(page)
    assert len(pupitre.a_cote()) == 1
    assert pupitre.prendre() is True
    pupitre.enregistrer(page)
    assert pupitre.progres() == {"grille:2.1": ["2.1-1"], "verdict:2.3": "juste"}
    assert pupitre.a_cote() == []


def test_apres_un_arret_brutal_ce_qui_n_etait_pas_enregistre_revient(entame):
    entame.cocher("2.1-3")
    entame.changer_de_serveur()
    assert entame.prendre() is True and entame.noyau().lire("grille:2.1") == ["2.1-3"]
    entame.enregistrer(entame.ouvrir())
    assert entame.progres() == {"grille:2.1": ["2.1-3"]}


def test_apres_un_arret_brutal_un_carnet_plus_avance_ailleurs_l_emporte(entame):
    """Enregistré ici, continué à la maison, rapporté."""
    entame.changer_de_serveur()
    contenu = lu(entame.racine / PLACE)
    contenu["metadata"]["cerdd"]["progres"] = {"grille:2.1": [], "verdict:2.3": "juste"}
    (entame.racine / PLACE).write_text(json.dumps(contenu), encoding="utf-8")
    assert entame.prendre() is False
    assert entame.noyau().lire("grille:2.1") == [] and entame.noyau().lire("verdict:2.3")


def test_quand_le_serveur_s_arrete_tout_est_dans_le_carnet(entame):
    entame.cocher("2.1-2", "2.1-3")
    entame.contenus.liberer()
    assert entame.progres() == {"grille:2.1": ["2.1-2", "2.1-3"]}
    assert not [*entame.racine.parent.glob("marche/*.suivi.json*")] and entame.a_cote() == []


@pytest.mark.parametrize("nouveau", ["eleves/budget Léa.ipynb", "autre/02_budget.ipynb"])
def test_renomme_ou_deplace_le_carnet_emporte_son_avancement(entame, nouveau):
    (entame.racine / "autre").mkdir()
    page = entame.ouvrir()
    entame.cocher("2.1-2")
    entame.rename(PLACE, nouveau)
    entame.cocher("2.1-2", "2.1-3", place=nouveau)  # le noyau vit encore
    entame.enregistrer(page, nouveau)
    assert entame.progres(nouveau) == {"grille:2.1": ["2.1-2", "2.1-3"]}
    shutil.copyfile(LIVRES / PLACE, entame.racine / PLACE)
    assert entame.prendre() is False and entame.noyau().cles("") == []


def test_envoye_sur_une_autre_machine_il_emporte_son_avancement(entame, tmp_path, monkeypatch):
    (tmp_path / "maison").mkdir()
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "autre marche"))
    maison, recu = Pupitre(tmp_path / "maison"), "eleves/reçu.ipynb"
    shutil.copyfile(entame.racine / PLACE, maison.racine / recu)
    assert maison.prendre(recu) is False
    assert maison.noyau(recu).lire("grille:2.1") == ["2.1-1"]


@pytest.mark.parametrize("facon", ["dupliquer", "hors de Jupyter", "enregistrer sous"])
def test_un_double_garde_le_sien(entame, facon):
    page, double = entame.ouvrir(), "eleves/double.ipynb"
    if facon == "dupliquer":
        double = entame.copy(PLACE)["path"]
    elif facon == "hors de Jupyter":
        shutil.copyfile(entame.racine / PLACE, entame.racine / double)
    else:
        entame.cocher("2.1-1", "2.1-4")
        page["metadata"]["cerdd"]["progres"] = {}
        entame.enregistrer(page, double)
        assert entame.progres(double) == {"grille:2.1": ["2.1-1", "2.1-4"]}
        entame.cocher("2.1-1")
    entame.prendre(double)
    entame.cocher("2.1-2", place=double)
    entame.enregistrer(page, double)
    entame.enregistrer(page)
    assert entame.progres(double) == {"grille:2.1": ["2.1-2"]}
    assert entame.progres() == {"grille:2.1": ["2.1-1"]}


def test_un_carnet_redistribue_pose_par_dessus_repart_de_rien(pupitre):
    """Il a déjà une identité : la même pour deux élèves de suite."""
    page = pupitre.ouvrir()
    distribue = (pupitre.racine / PLACE).read_bytes()
    pupitre.prendre()
    pupitre.cocher("2.1-1")
    pupitre.enregistrer(page)
    (pupitre.racine / PLACE).write_bytes(distribue)
    assert pupitre.prendre() is False and pupitre.noyau().cles("") == []
    (garde,) = pupitre.racine.rglob(".*.avant.json")
    assert lu(garde) == {"grille:2.1": ["2.1-1"]}


def test_recommencer_au_pupitre_garde_l_avancement_d_avant_a_cote(entame):
    page = entame.ouvrir()
    phrase = entame.noyau().recommencer()
    (garde,) = entame.racine.rglob(".*.avant.json")
    assert garde.name in phrase and lu(garde) == {"grille:2.1": ["2.1-1"]}
    assert entame.prendre() is True
    entame.enregistrer(page)
    entame.changer_de_serveur()
    assert entame.prendre() is False and entame.noyau().lire("grille:2.1") is None


def test_un_carnet_livre_ne_porte_jamais_d_avancement(pupitre):
    (pupitre.racine / "sources").mkdir()  # le dossier du projet a ses sources à côté
    page = pupitre.ouvrir()
    assert pupitre.prendre() is False and pupitre.contenus.travail(PLACE) is None
    page["metadata"]["cerdd"]["progres"] = {"grille:2.1": ["2.1-1"]}
    pupitre.enregistrer(page)
    assert pupitre.progres() is None


def test_sans_place_chez_le_serveur_l_avancement_reste_a_cote(pupitre, monkeypatch):
    def refuser(*_, **__):
        raise PermissionError(13, "le dossier refuse")

    pupitre.ouvrir()
    with monkeypatch.context() as disque:
        disque.setattr(rangement, "verrou", refuser)
        assert pupitre.prendre() is False
    assert pupitre.contenus.travail(PLACE) is None
    pupitre.cocher("2.1-1")
    qui = identite(pupitre.racine / PLACE)
    assert lu(fichier_par_identite(pupitre.racine / PLACE, qui.copie)) == {"grille:2.1": ["2.1-1"]}


def test_un_carnet_d_ailleurs_s_enregistre_comme_d_habitude(pupitre):
    contenu = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    pupitre.enregistrer(contenu, "essai.ipynb")
    assert pupitre.prendre("essai.ipynb") is False
    assert module.contenu_du_carnet(pupitre.racine / "essai.ipynb")["metadata"] == {}
    assert jupyter_runtime_dir().endswith("marche")
