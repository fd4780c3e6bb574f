"""Les copies de travail : jamais écrasées, jamais à moitié, renouvelées quand personne n'y a écrit."""

import json
import os
from pathlib import Path

import pytest

from cerdd_case.bureau import carnets, commande, copies
from cerdd_case.socle import identite
from cerdd_case.socle.erreurs import ErreurCas


def poser(chemin: Path, texte: str, sortie: str = "", **marque) -> None:
    """Un carnet construit, avec l'empreinte de son texte."""
    cellule = {
        "cell_type": "code", "id": "a", "metadata": {}, "source": texte, "execution_count": None,
        "outputs": [{"output_type": "stream", "name": "stdout", "text": sortie}],
    }  # fmt: skip
    carnet = {"cells": [cellule], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    carnet["metadata"]["cerdd"] = {"empreinte": identite.empreinte(carnet)} | marque
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.write_text(json.dumps(carnet), encoding="utf-8")


def taper(chemin: Path, texte: str) -> None:
    carnet = json.loads(chemin.read_text(encoding="utf-8"))
    carnet["cells"][0]["source"] = texte
    chemin.write_text(json.dumps(carnet), encoding="utf-8")


def texte(chemin: Path) -> str:
    return json.loads(chemin.read_text(encoding="utf-8"))["cells"][0]["source"]


@pytest.fixture
def livres(monkeypatch, tmp_path):
    """Un paquet installé qui transporte trois carnets, et un dossier courant vide."""
    livres = tmp_path / "site" / "cerdd_case" / "notebooks"
    for nom in ("corriges/00_accueil", "eleves/00_accueil", "eleves/02_budget"):
        poser(livres / f"{nom}.ipynb", f"{nom}, version 1")
    (tmp_path / "chez moi").mkdir()
    monkeypatch.chdir(tmp_path / "chez moi")
    monkeypatch.setattr(carnets, "dossier_des_carnets", lambda: livres)
    return livres


def mettre_a_jour(livres: Path) -> None:
    for chemin in livres.rglob("*.ipynb"):
        poser(chemin, texte(chemin).replace("version 1", "version 2"))


def test_installe_les_carnets_sont_copies_dans_le_dossier_courant(livres, capsys):
    dossier = copies.dossier_de_travail()
    assert dossier == Path.cwd() / "cerdd_notebooks"
    assert "3 carnets copiés" in capsys.readouterr().out
    for copie in dossier.rglob("*.ipynb"):
        assert copie.read_bytes() == (livres / copie.relative_to(dossier)).read_bytes()
    assert copies.dossier_de_travail() == dossier and capsys.readouterr().out == ""
    assert commande.dossier_de_travail is copies.dossier_de_travail


def test_un_dossier_choisi_recoit_les_carnets(livres):
    assert copies.dossier_de_travail(Path("classe de 1re")) == Path.cwd() / "classe de 1re"
    assert (Path.cwd() / "classe de 1re" / "eleves" / "00_accueil.ipynb").is_file()


def test_dans_le_projet_on_travaille_sur_des_copies(livres, tmp_path):
    (livres / "sources").mkdir()
    dossier = copies.dossier_de_travail()
    assert dossier == livres.parent / "cerdd_notebooks"
    assert copies.dossier_de_travail(livres) == livres  # demandé exprès


def test_le_travail_commence_dans_le_projet_est_emporte(livres):
    (livres / "sources").mkdir()
    taper(livres / "eleves" / "02_budget.ipynb", "ma réponse")
    (livres / "eleves" / ".02_budget.suivi.json").write_text("{}", encoding="utf-8")
    copie = copies.dossier_de_travail() / "eleves" / "02_budget.ipynb"
    assert texte(copie) == "ma réponse" and identite.fichier_par_chemin(copie).is_file()
    assert copies.copier_les_carnets(livres, copie.parents[1]) == []


def test_une_copie_intacte_suit_la_mise_a_jour(livres, capsys):
    dossier = copies.dossier_de_travail()
    budget = dossier / "eleves" / "02_budget.ipynb"
    poser(budget, "eleves/02_budget, version 1", "exécuté", copie="a" * 32, place="eleves/x.ipynb")
    mettre_a_jour(livres)
    capsys.readouterr()
    copies.dossier_de_travail()
    assert "3 carnets mis à jour" in capsys.readouterr().out
    assert texte(budget) == "eleves/02_budget, version 2"
    assert identite.identite(budget) == ("a" * 32, "eleves/x.ipynb")
    assert identite.est_travaille(budget) is False
    copies.dossier_de_travail()
    assert capsys.readouterr().out == ""


def test_une_copie_renouvelee_garde_son_avancement(livres):
    """Rien n'y est écrit, mais des cases y sont cochées."""
    copie = copies.dossier_de_travail() / "eleves" / "02_budget.ipynb"
    contenu = json.loads(copie.read_bytes())
    siennes = {"copie": "a" * 32, "place": "eleves/02_budget.ipynb", "progres": {"x": "y"}}
    contenu["metadata"]["cerdd"] |= siennes
    copie.write_text(json.dumps(contenu), encoding="utf-8")
    mettre_a_jour(livres)
    copies.dossier_de_travail()
    assert "version 2" in texte(copie)
    assert siennes.items() <= json.loads(copie.read_bytes())["metadata"]["cerdd"].items()


def test_une_copie_ou_l_on_a_ecrit_est_gardee_et_nommee(livres, capsys):
    budget = copies.dossier_de_travail() / "eleves" / "02_budget.ipynb"
    taper(budget, "ma réponse")
    capsys.readouterr()
    copies.dossier_de_travail()
    assert capsys.readouterr().out == ""  # pas de mise à jour : rien à dire
    mettre_a_jour(livres)
    copies.dossier_de_travail()
    dit = capsys.readouterr().out
    assert "2 carnets mis à jour" in dit and "renommez votre carnet" in dit
    assert "eleves/02_budget.ipynb" in dit and "00_accueil" not in dit
    assert texte(budget) == "ma réponse"
    budget.rename(budget.with_name("le mien.ipynb"))
    copies.dossier_de_travail()
    assert texte(budget) == "eleves/02_budget, version 2"
    assert texte(budget.with_name("le mien.ipynb")) == "ma réponse"


def test_une_copie_sans_marque_n_est_pas_touchee(livres, capsys):
    """Un autre outil a perdu les métadonnées : seul un texte différent se signale."""
    budget = copies.dossier_de_travail() / "eleves" / "02_budget.ipynb"
    carnet = json.loads(budget.read_text(encoding="utf-8"))
    carnet["metadata"] = {}
    budget.write_text(json.dumps(carnet), encoding="utf-8")
    capsys.readouterr()
    copies.dossier_de_travail()
    assert capsys.readouterr().out == ""
    mettre_a_jour(livres)
    copies.dossier_de_travail()
    assert "eleves/02_budget.ipynb" in capsys.readouterr().out
    assert texte(budget) == "eleves/02_budget, version 1"


@pytest.mark.parametrize("moitie", [b"", b'{"cells": [{"cell_ty', b"\0\0", b"[]", b"null"])
def test_une_moitie_de_carnet_est_refaite(livres, capsys, moitie):
    budget = copies.dossier_de_travail() / "eleves" / "02_budget.ipynb"
    budget.write_bytes(moitie)
    copies.dossier_de_travail()
    assert "illisible" in capsys.readouterr().out
    assert texte(budget) == "eleves/02_budget, version 1"
    assert budget.with_suffix(".illisible.ipynb").read_bytes() == moitie


@pytest.mark.parametrize(
    ("faute", "attendue", "phrase"),
    [
        (KeyboardInterrupt, KeyboardInterrupt, None),
        (OSError(28, "x"), ErreurCas, "disque est plein"),
    ],
)
def test_une_interruption_ne_laisse_pas_de_moitie(livres, monkeypatch, faute, attendue, phrase):
    remplacer, faits = os.replace, []

    def remplacer_deux_fois(*chemins):
        if len(faits) == 2:
            raise faute
        faits.append(chemins)
        remplacer(*chemins)

    monkeypatch.setattr(os, "replace", remplacer_deux_fois)
    with pytest.raises(attendue, match=phrase):
        copies.dossier_de_travail()
    dossier = Path("cerdd_notebooks")
    assert len(list(dossier.rglob("*.ipynb"))) == 2
    assert all(identite.contenu_du_carnet(c) for c in dossier.rglob("*.ipynb"))
    assert not [p for p in dossier.rglob("*") if p.is_file() and p.suffix != ".ipynb"]


def test_un_dossier_impossible_est_refuse(livres):
    Path("fichier").write_text("x", encoding="utf-8")
    with pytest.raises(ErreurCas, match="Choisissez un autre dossier"):
        copies.dossier_de_travail(Path("fichier"))
