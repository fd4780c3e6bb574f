"""Une image collée, ou posée à côté du carnet, part avec le document ; sinon, on le dit."""

import base64
import copy
import json
import re

import pytest

from cerdd_case.bureau import carnets, commande
from cerdd_case.edition import construction, diapositives
from cerdd_case.edition.images import html_de_la_cellule
from cerdd_case.edition.validation import fautes_du_carnet
from cerdd_case.socle import identite
from cerdd_case.socle.erreurs import ErreurCas

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
B64 = base64.b64encode(PNG).decode()
URI = f"data:image/png;base64,{B64}"
LIVRE = diapositives.carnet_du_dossier("2")
BRUT = json.loads(LIVRE.read_text(encoding="utf-8"))
ECRITURES = {
    "collée": ("![le schéma](attachment:image.png)", "image.png"),
    "nom avec des espaces": ("![](attachment:mon%20image%20%C3%A9.png)", "mon image é.png"),
    "entre chevrons": ("![x](<attachment:mon image.png>)", "mon image.png"),
    "avec un titre": ('![x](attachment:a.png "Un titre")', "a.png"),
    "en HTML": ('<img src="attachment:a.png" width="300">', "a.png"),
    "en HTML, apostrophes": ("<img alt='x' src='attachment:a.png'/>", "a.png"),
    "par référence": ("![x][ici]\n\n[ici]: attachment:a.png", "a.png"),
}


@pytest.fixture
def chez_moi(tmp_path, monkeypatch):
    """Une copie du corrigé du dossier 2 ; renvoie de quoi changer une réponse ou des notes."""
    (tmp_path / "corriges").mkdir()
    monkeypatch.setattr(carnets, "dossier_des_carnets", lambda: tmp_path)

    def changer(texte, cible="reponse", **attributs):
        carnet = copy.deepcopy(BRUT)
        cellule = next(
            c for c in carnet["cells"]
            if c["cell_type"] == "markdown" and ("reponse" in c["metadata"] if cible == "reponse" else
                c["metadata"].get("slideshow", {}).get("slide_type") == cible)
        )  # fmt: skip
        cellule.update(source=texte, **attributs)
        (tmp_path / "corriges" / LIVRE.name).write_text(json.dumps(carnet), encoding="utf-8")
        return tmp_path / "corriges" / LIVRE.name

    return changer


def exporter(dossier, code="corrige"):
    mots = ["exporter", code, "--dossier", "2", "--format", "html", "--vers", str(dossier)]
    return commande.principal(mots)


@pytest.mark.parametrize("ecriture", ECRITURES)
@pytest.mark.parametrize(("cible", "code"), [("reponse", "corrige"), ("notes", "notes")])
def test_une_image_collee_est_dans_le_document(chez_moi, tmp_path, ecriture, cible, code):
    markdown, nom = ECRITURES[ecriture]
    chez_moi(f"Voici.\n\n{markdown}", cible, attachments={nom: {"image/png": B64}})
    assert exporter(tmp_path / "papier", code) == 0
    page = (tmp_path / "papier" / f"dossier_2_{code}.html").read_text(encoding="utf-8")
    assert URI in page
    assert "harmful" not in page and "attachment:" not in page


@pytest.mark.parametrize("genre", ["image/svg+xml", "image/webp", "image/jpeg", "image/gif"])
def test_les_autres_genres_d_images(genre):
    cellule = {"source": "![x](attachment:a)", "attachments": {"a": {genre: [B64[:9], B64[9:]]}}}
    assert f"data:{genre};base64,{B64}" in html_de_la_cellule(cellule)


def test_une_image_posee_a_cote_est_incorporee_et_projetee(chez_moi, tmp_path):
    chemin = chez_moi("Voici.\n\n![le schéma](images/mon%20schema.png)")
    (chemin.parent / "images").mkdir()
    (chemin.parent / "images" / "mon schema.png").write_bytes(PNG)
    assert exporter(tmp_path / "papier") == 0
    assert URI in (tmp_path / "papier" / "dossier_2_corrige.html").read_text(encoding="utf-8")
    chemin = chez_moi("Voici.\n\n![le schéma](images/mon%20schema.png)", "slide")
    assert sum(URI in d.html for d in diapositives.diaporama(chemin)) == 1


def test_une_image_collee_est_projetee_et_dans_les_notes(chez_moi, tmp_path):
    chemin = chez_moi("![x](attachment:a.png)", "slide", attachments={"a.png": {"image/png": B64}})
    assert sum(URI in d.html for d in diapositives.diaporama(chemin)) == 1
    chemin = chez_moi("![x](attachment:a.png)", "notes", attachments={"a.png": {"image/png": B64}})
    assert sum(URI in d.notes for d in diapositives.diaporama(chemin)) == 1


@pytest.mark.parametrize(
    "adresse", ["attachment:absente.png", "images/absente.png", "/ailleurs/x.png", "notes.txt"]
)
def test_une_image_absente_est_refusee_partout(chez_moi, tmp_path, capsys, adresse):
    chez_moi(f"Voici le schéma.\n\n![x]({adresse})")
    assert exporter(tmp_path / "papier") == 2
    erreur = capsys.readouterr().err
    assert "02_budget.ipynb, cellule « Voici le schéma. »" in erreur and adresse in erreur
    assert not (tmp_path / "papier").exists()
    assert commande.principal(["presenter", "2"]) == 2
    assert adresse in capsys.readouterr().err


@pytest.mark.parametrize("adresse", ["https://exemple.fr/x.png", "file:///x.png", "//x.fr/a.png"])
def test_une_image_d_ailleurs_ne_s_imprime_pas(chez_moi, tmp_path, capsys, adresse):
    chez_moi(f"Voici le schéma.\n\n![x]({adresse})")
    assert exporter(tmp_path / "papier") == 2
    assert "« Voici le schéma. »" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("adresse", "attendu"),
    [
        ("attachment:image.png", "n'est pas dans la source"),
        ("https://exemple.fr/x.png", "n'est pas dans la source"),
        ("images/absente.png", "introuvable"),
    ],
)
@pytest.mark.parametrize("ecriture", ["![x]({})", '<img src="{}">'])
def test_une_source_ne_garde_pas_une_image_qu_elle_n_a_pas(tmp_path, adresse, attendu, ecriture):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "01_essai.md").write_text(
        f"---\ntitle: Essai\n---\n\nVoici.\n\n{ecriture.format(adresse)}\n", encoding="utf-8"
    )
    with pytest.raises(ErreurCas) as erreur:
        list(construction.construire(tmp_path / "sources", noms={}))
    assert re.search(
        rf"01_essai.md, cellule 1 .*{attendu}", str(erreur.value).replace("\u00a0", " ")
    )
    assert not list(tmp_path.rglob("*.ipynb"))


def test_un_carnet_construit_emporte_les_images_posees_a_cote(tmp_path):
    """Copié ailleurs, il les montre encore ; et il n'a pas l'air d'avoir été modifié."""
    for dossier in ("sources", "corriges"):
        (tmp_path / dossier).mkdir()
    (tmp_path / "corriges" / "a.png").write_bytes(PNG)
    (tmp_path / "corriges" / "schema.png").write_bytes(PNG)
    (tmp_path / "sources" / "01_essai.md").write_text(
        "---\ntitle: Essai\n---\n\nLe fichier a.png\u00a0: ![un](a.png) et ![deux](schema.png)\n",
        encoding="utf-8",
    )
    list(construction.construire(tmp_path / "sources", noms={}, executions=1))
    for version in ("corriges", "eleves"):
        chemin = tmp_path / version / "01_essai.ipynb"
        (cellule,) = json.loads(chemin.read_text(encoding="utf-8"))["cells"]
        texte = "".join(cellule["source"])
        assert texte.startswith("Le fichier a.png\u00a0: ![un](attachment:image-1.png)")
        assert texte.endswith("![deux](attachment:image-2.png)")
        assert sorted(cellule["attachments"]) == ["image-1.png", "image-2.png"]
        assert identite.est_travaille(chemin) is False
    assert construction.fautes_des_corriges(tmp_path) == []


def test_une_image_collee_ajoutee_rend_le_corrige_rouge(tmp_path):
    carnet = copy.deepcopy(BRUT)
    cellule = next(c for c in carnet["cells"] if c["cell_type"] == "markdown")
    cellule["attachments"] = {"x.png": {"image/png": B64}}
    (tmp_path / LIVRE.name).write_text(json.dumps(carnet), encoding="utf-8")
    assert fautes_du_carnet(LIVRE, True) == []
    (faute,) = fautes_du_carnet(tmp_path / LIVRE.name, True)
    assert "ses étiquettes, ses réglages ou ses images collées ont changé" in faute
