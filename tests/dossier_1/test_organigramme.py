"""L'image que l'enseignant pose dans data/local/ remplace l'arbre."""

import json

import pytest
from PIL import Image

from cerdd_case import Cas, ErreurCas


def test_l_image_de_l_enseignant_remplace_l_arbre(tmp_path):
    (tmp_path / "local").mkdir()
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": []}), encoding="utf-8")
    image = tmp_path / "local" / "organigramme.png"
    Image.new("RGB", (300, 120), "white").save(image)
    illustration = Cas(tmp_path).figure("organigramme")
    assert "fourni par l'enseignant" in illustration.alternative
    largeur, hauteur = illustration.figure.get_size_inches()
    assert hauteur / largeur == pytest.approx(120 / 300)
    image.write_text("pas une image", encoding="utf-8")
    with pytest.raises(ErreurCas, match="organigramme.png"):
        Cas(tmp_path).figure("organigramme")
