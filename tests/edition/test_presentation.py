"""Les diapositives : leur découpage, la copie à projeter, la commande `cerdd presenter`."""

import hashlib
import json
import re

import pytest

from cerdd_case.bureau import commande, jupyterlab
from cerdd_case.edition import diapositives, lecture_carnet
from cerdd_case.socle.erreurs import ErreurCas

DOSSIERS = diapositives.carnets_des_dossiers()


def cellule(texte, role=None, genre="markdown", **meta):
    if role:
        meta["slideshow"] = {"slide_type": role}
    return {"cell_type": genre, "id": hashlib.md5(texte.encode()).hexdigest()[:8], "source": texte,
            "metadata": meta, **({"outputs": []} if genre == "code" else {})}  # fmt: skip


def carnet(*cellules):
    return {"cells": list(cellules), "metadata": {"title": "Essai"}, "nbformat": 4}


# --- Découper ---------------------------------------------------------------------------


def test_chaque_role_a_son_effet():
    decoupage = diapositives.diapositives(
        carnet(
            cellule("avant tout"),
            cellule("# Un", "slide"),
            cellule("avec elle"),
            cellule("plus tard", "fragment"),
            cellule("cachée", "skip"),
            cellule("pour le maître", "notes"),
            cellule("## Deux", "subslide"),
        )
    )
    assert [d.titre for d in decoupage] == ["Un", "Deux"]
    assert decoupage[0].cellules == [1, 2, 3]
    assert decoupage[0].arrets == [1, 3]
    assert decoupage[0].notes == ["pour le maître"]


def test_un_texte_long_est_coupe_sans_rien_perdre():
    paragraphes = [f"Paragraphe {n}. " + "mot " * 60 for n in range(8)]
    parts = diapositives.couper("\n\n".join(["## Titre", *paragraphes]))
    assert len(parts) > 1
    assert "\n\n".join(parts).split() == "\n\n".join(["## Titre", *paragraphes]).split()
    assert all(
        sum(map(diapositives.hauteur, diapositives.blocs(p))) <= diapositives.LIGNES_PAR_ECRAN
        for p in parts
    )


def test_un_titre_ou_une_annonce_ne_finit_pas_une_diapositive():
    texte = "\n\n".join(["mot " * 400, "**Les forces**", "À lire :", "- " + "mot " * 250])
    parts = diapositives.couper(texte)
    assert len(parts) > 1
    for part in parts:
        assert not diapositives._tete(diapositives.blocs(part)[-1])


def test_une_liste_numerotee_garde_ses_numeros():
    liste = "\n".join(f"{n}. " + "mot " * 60 for n in range(1, 9))
    parts = diapositives.couper(liste)
    assert len(parts) > 1
    assert [li.split()[0] for p in parts for li in p.splitlines()] == [f"{n}." for n in range(1, 9)]


def test_un_texte_court_reste_tel_quel():
    assert diapositives.couper("Deux lignes.\n\nC'est tout.") == ["Deux lignes.\n\nC'est tout."]


def test_les_notes_suivent_un_texte_coupe_sur_toutes_ses_diapositives():
    long = "\n\n".join("mot " * 80 for _ in range(8))
    entier = carnet(cellule("# T\n\n" + long, "slide"), cellule("conseil", "notes"))
    decoupage = diapositives.diapositives(diapositives.decouper(entier))
    assert len(decoupage) > 1
    assert all(d.notes == ["conseil"] for d in decoupage)


# --- Les quatre dossiers ----------------------------------------------------------------


@pytest.mark.parametrize("numero", DOSSIERS)
def test_la_reponse_ne_vient_jamais_avec_la_question(numero):
    livre = diapositives.decouper(lecture_carnet.lire_carnet(DOSSIERS[numero]))
    vues, questions = set(), 0
    for diapositive in diapositives.diapositives(livre):
        cellules = [livre["cells"][i] for i in diapositive.cellules]
        titres = re.findall(
            r"^## Question\s(\d\.\d)", "\n".join(c["source"] for c in cellules), re.M
        )
        reponses = [c["metadata"]["reponse"] for c in cellules if "reponse" in c["metadata"]]
        solutions = [c for c in cellules if "corrige" in c["metadata"].get("tags", [])]
        if titres:
            questions += 1
            assert not reponses and not solutions, diapositive.titre
        assert set(reponses) <= vues, diapositive.titre
        vues |= set(titres)
    assert questions >= 2


@pytest.mark.parametrize("numero", DOSSIERS)
def test_aucune_diapositive_vide_et_aucun_outil_d_eleve(numero):
    livre = diapositives.decouper(lecture_carnet.lire_carnet(DOSSIERS[numero]))
    for diapositive in diapositives.diapositives(livre):
        cellules = [livre["cells"][i] for i in diapositive.cellules]
        assert any(c["cell_type"] == "markdown" or c["outputs"] for c in cellules), (
            diapositive.titre
        )
        textes = "\n".join(c["source"] for c in cellules)
        assert not re.search(r"cas\.(grille|indice|verifier)\(", textes), diapositive.titre


@pytest.mark.parametrize("numero", DOSSIERS)
def test_chaque_question_a_des_notes_pour_l_enseignant(numero):
    livre = diapositives.decouper(lecture_carnet.lire_carnet(DOSSIERS[numero]))
    questions = [
        d for d in diapositives.diapositives(livre)
        if d.titre.startswith("Question") and "·" not in d.titre
    ]  # fmt: skip
    assert len(questions) >= {"1": 5, "2": 4, "3": 2, "4": 3}[numero]
    assert [d.titre for d in questions if not d.notes] == []


# --- La copie ---------------------------------------------------------------------------


@pytest.mark.parametrize("numero", DOSSIERS)
def test_la_presentation_travaille_sur_une_copie(numero, tmp_path):
    livre = DOSSIERS[numero]
    avant = livre.read_bytes()
    copie = diapositives.preparer(livre, tmp_path)
    assert livre.read_bytes() == avant
    projet = json.loads(copie.read_text(encoding="utf-8"))
    plan = projet["metadata"]["cerdd_presentation"]
    assert len(plan["diapositives"]) > 10
    for diapositive in plan["diapositives"]:
        for arret in diapositive["arrets"]:
            role = projet["cells"][arret]["metadata"]["slideshow"]["slide_type"]
            assert role in ("slide", "subslide", "fragment")
    ids = [c["id"] for c in projet["cells"]]
    assert len(ids) == len(set(ids)) and all(len(i) <= 64 for i in ids)
    assert [c["metadata"].get("tags") for c in projet["cells"]].count(["corrige"]) > 0


def test_la_copie_contient_tout_le_texte_du_carnet(tmp_path):
    livre = DOSSIERS["2"]
    copie = diapositives.preparer(livre, tmp_path)
    textes = [
        "".join(c["source"] for c in lecture_carnet.lire_carnet(p)["cells"]).split()
        for p in (livre, copie)
    ]
    assert "".join(textes[0]) == "".join(textes[1])


# --- La commande ------------------------------------------------------------------------


@pytest.mark.parametrize("ecrit", ["2", "02", "dossier 2", "Dossier 2"])
def test_un_dossier_se_dit_de_plusieurs_facons(ecrit):
    assert diapositives.carnet_du_dossier(ecrit) == DOSSIERS["2"]


@pytest.mark.parametrize("ecrit", ["9", "0", "budget", ""])
def test_un_dossier_inconnu_se_dit_en_francais(ecrit, capsys):
    assert commande.principal(["presenter", ecrit]) == 2
    erreur = capsys.readouterr().err
    assert "Il n'y a pas de dossier" in erreur
    assert "1, 2" in erreur
    assert "Traceback" not in erreur


def test_un_carnet_sans_diapositive_est_refuse(tmp_path):
    chemin = tmp_path / "02_vide.ipynb"
    chemin.write_text(json.dumps(carnet(cellule("rien"))), encoding="utf-8")
    with pytest.raises(ErreurCas, match="rien à présenter"):
        diapositives.preparer(chemin, tmp_path / "copie")


def test_l_extension_ne_demande_rien_au_reseau():
    dossier = diapositives.EXTENSION / "labextensions" / "cerdd-presentation"
    description = json.loads((dossier / "package.json").read_text(encoding="utf-8"))
    entree = dossier / description["jupyterlab"]["_build"]["load"]
    assert entree.is_file()
    for fichier in entree.parent.iterdir():
        assert not re.search(r"https?://|@import|url\(", fichier.read_text(encoding="utf-8"))


def test_seule_la_presentation_charge_les_diapositives(tmp_path):
    ouvrir = jupyterlab.environnement_jupyterlab()
    presenter = jupyterlab.environnement_jupyterlab(tmp_path, diapositives.EXTENSION)
    eteintes = json.loads(
        (jupyterlab.LABORATOIRE / "ordinaire" / "labconfig" / "page_config.json").read_text("utf-8")
    )["disabledExtensions"]
    assert eteintes["jupyterlab-slideshow"] is True
    assert ouvrir["JUPYTER_CONFIG_PATH"].endswith("ordinaire")
    assert "ordinaire" not in presenter["JUPYTER_CONFIG_PATH"]
    assert "presentation" in presenter["JUPYTER_PATH"]
    assert "presentation" not in ouvrir["JUPYTER_PATH"]
    assert presenter["JUPYTERLAB_SETTINGS_DIR"].startswith(str(tmp_path))
