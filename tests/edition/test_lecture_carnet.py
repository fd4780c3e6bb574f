"""Un carnet se lit quel que soit l'outil qui l'a enregistré, ou sa faute se dit en une phrase."""

import contextlib
import copy
import json
from pathlib import Path

import nbformat
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cerdd_case.bureau import carnets, commande
from cerdd_case.edition import comparaison, diapositives, documents, sous_commandes
from cerdd_case.edition.lecture_carnet import ErreurCarnet, lire_carnet, sans_identifiants
from cerdd_case.edition.validation import fautes_du_carnet
from cerdd_case.socle import identite
from cerdd_case.socle.erreurs import ErreurCas

FAUTES = sorted(
    (Path(__file__).parent / "fautes_carnets").glob("*.carnet")
)  # ils n'ont de carnet que le nom
LIVRE = diapositives.carnet_du_dossier("2")
DONNEES = documents.Donnees()
DOCUMENTS = {code: documents.dossier_a_imprimer("2", code, DONNEES) for code in documents.DOCUMENTS}
BRUT = json.loads(LIVRE.read_text(encoding="utf-8"))


def ecrire(dossier: Path, carnet, nom: str = "02_budget.ipynb", encodage: str = "utf-8") -> Path:
    chemin = dossier / nom
    chemin.write_text(json.dumps(carnet, ensure_ascii=False), encoding=encodage)
    return chemin


def par_cellule(action):
    """Une façon d'enregistrer : la même action sur chaque cellule (avec son rang)."""

    def enregistrer(carnet):
        for rang, cellule in enumerate(carnet["cells"]):
            action(cellule, rang)

    return enregistrer


def format_4_4(carnet):
    par_cellule(lambda c, _: c.pop("id"))(carnet)
    carnet["nbformat_minor"] = 4


ENREGISTREMENTS = {
    "format 4.1, sans identifiants": lambda c: (format_4_4(c), c.update(nbformat_minor=1)),
    "format 4.4": format_4_4,
    "sans version": lambda c: (c.pop("nbformat"), c.pop("nbformat_minor")),
    "identifiants nuls": par_cellule(lambda c, _: c.update(id=None)),
    "identifiants entiers": par_cellule(lambda c, rang: c.update(id=rang)),
    "identifiants doublés": par_cellule(lambda c, _: c.update(id="x")),
    "identifiants mal écrits": par_cellule(lambda c, rang: c.update(id=f"n° {rang}")),
    "identifiants trop longs": par_cellule(lambda c, rang: c.update(id="x" * 70 + str(rang))),
    "sans titre": lambda c: c["metadata"].pop("title"),
    "titre d'un autre genre": lambda c: c["metadata"].update(title=["x"]),
    "sans langue": lambda c: c["metadata"].pop("language_info"),
    "langue nulle": lambda c: c["metadata"].update(language_info=None, kernelspec=None),
    "sans métadonnées": lambda c: c.pop("metadata"),
    "métadonnées nulles": lambda c: c.update(metadata=None),
    "texte d'un bloc": par_cellule(lambda c, _: c.update(source="".join(c["source"]))),
    "sorties d'un bloc": par_cellule(
        lambda c, _: [
            s["data"].update({g: "".join(v) for g, v in s["data"].items() if isinstance(v, list)})
            for s in c.get("outputs", [])
            if "data" in s
        ]
    ),
    "étiquettes nulles": par_cellule(lambda c, _: c["metadata"].setdefault("tags", None)),
    "collaboration": par_cellule(lambda c, _: c["metadata"].update(collapsed=False, editable=True)),
}


@pytest.mark.parametrize("chemin", FAUTES, ids=lambda c: c.stem)
def test_chaque_faute_a_sa_phrase(chemin):
    attendue = chemin.with_suffix(".txt").read_text(encoding="utf-8").strip()
    with pytest.raises(ErreurCarnet) as erreur:
        lire_carnet(chemin)
    assert str(erreur.value).startswith(f"fautes_carnets/{chemin.name} {attendue}. ")
    assert "cerdd construire" in str(erreur.value)


@pytest.mark.parametrize("nom", ENREGISTREMENTS)
def test_un_autre_enregistrement_donne_le_meme_carnet(nom, tmp_path):
    carnet = copy.deepcopy(BRUT)
    ENREGISTREMENTS[nom](carnet)
    lu, livre = lire_carnet(ecrire(tmp_path, carnet)), lire_carnet(LIVRE)
    nbformat.validate(nbformat.from_dict(lu))
    textes = [[c["source"].strip("\n") for c in k["cells"]] for k in (lu, livre)]
    assert textes[0] == textes[1]
    images = [
        [s["data"]["image/png"] for c in k["cells"] for s in c.get("outputs", [])
         if "image/png" in s.get("data", {})] for k in (lu, livre)
    ]  # fmt: skip
    assert images[0] == images[1] and images[0]
    assert lu["metadata"]["title"].startswith("Dossier 2")
    assert lu["metadata"]["kernelspec"]["name"] == "python3"


@pytest.mark.parametrize("encodage", ["latin-1", "utf-16"])
def test_un_autre_encodage_se_dit(tmp_path, encodage):
    with pytest.raises(ErreurCarnet, match="n'est pas en UTF-8"):
        lire_carnet(ecrire(tmp_path, {"cells": ["é"]}, encodage=encodage))


def test_la_marque_d_ordre_ne_gene_pas(tmp_path):
    assert lire_carnet(ecrire(tmp_path, BRUT, encodage="utf-8-sig")) == lire_carnet(LIVRE)


@pytest.mark.parametrize("nom", ENREGISTREMENTS)
def test_presenter_exporter_et_comparer_repondent_toujours(nom, tmp_path, monkeypatch):
    (tmp_path / "corriges").mkdir()
    carnet = copy.deepcopy(BRUT)
    ENREGISTREMENTS[nom](carnet)
    chemin = ecrire(tmp_path / "corriges", carnet)
    assert len(diapositives.diaporama(chemin)) > 10
    monkeypatch.setattr(carnets, "dossier_des_carnets", lambda: tmp_path)
    for code in documents.DOCUMENTS:
        assert documents.dossier_a_imprimer("2", code, DONNEES) == DOCUMENTS[code]
    differences = comparaison.comparer_les_carnets(LIVRE, chemin, "x")
    assert all(isinstance(d, str) for d in differences)
    assert bool(differences) != nom.endswith("d'un bloc")
    assert any("identifiant" in d for d in differences) == sans_identifiants(carnet)
    perdu = nom in ("sans métadonnées", "métadonnées nulles")
    assert bool(fautes_du_carnet(chemin, True)) == perdu  # la marque de la construction
    assert fautes_du_carnet(chemin, False) == []


def test_un_carnet_de_format_3_est_modernise(tmp_path):
    cellules = [
        {"cell_type": "heading", "level": 1, "source": ["Mon titre"], "metadata": {}},
        {"cell_type": "code", "input": ["1 + 1"], "language": "python", "prompt_number": 4,
         "collapsed": False, "metadata": {},
         "outputs": [{"output_type": "pyout", "prompt_number": 4, "text": ["2"], "metadata": {}}]},
    ]  # fmt: skip
    carnet = {"metadata": {"name": ""}, "nbformat": 3, "worksheets": [{"cells": cellules}]}
    lu = lire_carnet(ecrire(tmp_path, carnet | {"nbformat_minor": 0}))
    assert lu["metadata"]["title"] == "Mon titre"
    assert [c["source"] for c in lu["cells"]] == ["# Mon titre", "1 + 1"]
    assert lu["cells"][1]["execution_count"] == 4
    assert lu["cells"][1]["outputs"][0]["data"] == {"text/plain": "2"}


@pytest.mark.parametrize("chemin", FAUTES, ids=lambda c: c.stem)
@pytest.mark.parametrize("mots", [["presenter", "2"], ["exporter", "--dossier", "2"], ["verifier"]])
def test_une_commande_dit_la_faute_en_une_phrase(chemin, mots, tmp_path, monkeypatch, capsys):
    (tmp_path / "corriges").mkdir()
    (tmp_path / "corriges" / "02_budget.ipynb").write_bytes(chemin.read_bytes())
    monkeypatch.setattr(carnets, "dossier_des_carnets", lambda: tmp_path)
    monkeypatch.setattr(sous_commandes, "rejouer", lambda copies: 0)
    assert commande.principal(mots) in (1, 2)
    erreur = capsys.readouterr().err
    attendue = chemin.with_suffix(".txt").read_text(encoding="utf-8").strip()
    assert f"corriges/02_budget.ipynb {attendue}." in erreur.replace("\u00a0:", " :").replace(
        "«\u00a0", "« "
    )
    assert "Traceback" not in erreur


valeurs = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda x: st.lists(x, max_size=3) | st.dictionaries(
        st.sampled_from(["cell_type", "source", "id", "metadata", "outputs", "data", "text", "tags",
                         "slideshow", "attachments", "title", "cerdd", "name", "output_type"]),
        x, max_size=5),
    max_leaves=12,
)  # fmt: skip
cellules = st.fixed_dictionaries(
    {"cell_type": st.sampled_from(["code", "markdown", "raw"])},
    optional={c: valeurs for c in ("source", "id", "metadata", "outputs", "attachments",
                                   "execution_count")},
)  # fmt: skip


@settings(max_examples=300)
@example([{"cell_type": "code", "outputs": True}], None)
@given(st.lists(cellules, min_size=1, max_size=4), valeurs)
def test_n_importe_quel_contenu_se_lit_ou_se_refuse(tmp_path_factory, liste, meta):
    dossier = tmp_path_factory.mktemp("carnet")
    chemin = ecrire(dossier, {"cells": liste, "metadata": meta, "nbformat": 4})
    lu = lire_carnet(chemin)
    identifiants = [c["id"] for c in lu["cells"]]
    assert len(set(identifiants)) == len(identifiants)
    assert identite.est_travaille(chemin) in (True, False, None)
    assert all(isinstance(f, str) for f in fautes_du_carnet(chemin, True))
    with contextlib.suppress(ErreurCas):  # rien à présenter
        diapositives.diaporama(chemin)
