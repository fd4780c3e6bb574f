"""Un cinquième dossier, jetable, comme CONTRIBUTING le décrit : un dossier de code, ses tableaux, ses
questions, ses notions, une source, ses essais. Aucun autre fichier du paquet ne change."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parent.parent

APPORTS = '''"""Ce que le dossier 5 apporte au cas."""

from ..questions.controle import Controle
from ..questions.registre import Registre

ATELIERS = {"jouet": (".jouet_exercice:Jouet", ".jouet_atelier:AtelierJouet")}
FIGURES = {"jouet": ".jouet_exercice:figure_jouet"}


def effectif_double(cas: Registre) -> float:
    """Deux fois l'effectif de départ."""
    return 2 * cas.contexte.hypotheses.etp_initial


def lire_le_jouet(cas: Registre, nombre: int) -> str:
    """Le nom d'un jouet."""
    return cas.table("corrige-jouets").set_index("nombre").at[nombre, "nom"]


def controles(cas: Registre) -> dict[str, Controle]:
    """La réponse attendue en 5.1."""
    return {"5.1": Controle("5.1", "le double de la subvention", 722_000.0, "eur", "A4")}
'''
EXERCICE = '''"""Un nombre à choisir."""

from collections.abc import Mapping

from ..figures.mise_en_page import Illustration, nouvelle_figure
from ..questions.exercice import Exercice
from ..questions.registre import Registre
from ..questions.verdict import Verdict


class Jouet(Exercice):
    """Un curseur, et le jouet dont le nombre est choisi."""

    depart = {"nombre": 1.0}

    def __init__(self, cas: Registre):
        self.cas, jouets = cas, cas.table("corrige-jouets")
        self.noms = dict(zip(jouets["nombre"], jouets["nom"], strict=True))

    def juger(self, reponses: Mapping) -> dict[str, Verdict]:
        nombre = reponses["nombre"]
        nom = self.noms.get(nombre, "aucun jouet")
        return {"nombre": Verdict("jouet", "constat", f"Vous avez choisi {nombre:g} : {nom}.")}

    def figure(self, reponses: Mapping) -> Illustration:
        return figure_jouet(self.cas)


def figure_jouet(cas: Registre) -> Illustration:
    """Une figure vide."""
    return Illustration(nouvelle_figure(4, 2), "Une figure vide.")
'''
ATELIER = '''"""Un atelier jouet."""

from ..widgets.atelier import Atelier
from ..widgets.curseur import Curseur
from ..widgets.image import Annonce


class AtelierJouet(Atelier):
    """Un curseur, et ce qui lui répond."""

    def composer(self) -> list:
        self.nombre, self.dit = self.relier(Curseur("Jouet", 1.0, maximum=3.0)), Annonce()
        return [self.nombre, self.dit]

    @property
    def reponses(self) -> dict:
        """Ce que dit le curseur."""
        return {"nombre": self.nombre.valeur}

    def actualiser(self) -> None:
        self.dit.html = self.exercice.juger(self.reponses)["nombre"].phrase
'''
SOURCE = """---
title: Dossier 5 — Un jouet
jupytext:
  formats: md:myst
kernelspec:
  name: python3
  display_name: Python 3
  language: python
---

+++ {"slideshow": {"slide_type": "slide"}}

# Dossier 5 — Un jouet

**La situation.** Ce dossier ne sert qu'à un essai.

**Ce que vous allez faire**

- lire un nombre.

```{code-cell} ipython3
from cerdd_case import Cas

cas = Cas()
```

+++ {"slideshow": {"slide_type": "slide"}}

⟦ enonce("5.1") ⟧

```{code-cell} ipython3
---
reponse: '5.1'
slideshow:
  slide_type: skip
---
# >>> CORRIGÉ
subvention = "361 000 × 2"
# >>> ÉLÈVE
# subvention = ...
# >>> FIN
cas.verifier("5.1", subvention)
```

+++ {"reponse": "5.1", "slideshow": {"slide_type": "slide"}}

**Réponse proposée** : ⟦ euros(cas.annexe(4)["montant_eur"].iloc[5] * 2) ⟧.
"""

TABLEAU = """nombre,nom
1,toupie
2,"cerf-volant, rouge"
"""
DESCRIPTION = {
    "name": "corrige-jouets", "path": "corrige/jouets.csv", "title": "Dossier 5 : les jouets",
    "description": "Le nom de chaque jouet, par son nombre.",
    "$schema": "https://datapackage.org/profiles/2.0/dataresource.json",
    "type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
    "cas:nature": "exercice", "cas:dossiers": [5], "sources": [{"title": "Invention de l'essai"}],
    "schema": {
        "primaryKey": ["nombre"],
        "fields": [
            {"name": "nombre", "title": "Nombre", "type": "integer", "description": "Le sien.",
             "constraints": {"required": True, "unique": True, "minimum": 1},
             "cas:unite": "rang", "cas:source": "invention de l'essai"},
            {"name": "nom", "title": "Nom", "type": "string", "description": "Son nom.",
             "constraints": {"required": True}, "cas:source": "invention de l'essai"},
        ],
    },
}  # fmt: skip
LIGNES = {
    "questions": "5.1,5,1,Un jouet,Doublez la subvention.,4,,false,double,2,calcul,",
    "attendus": "5.1-1,5.1,1,Le double est juste.,2,A4,,,false,5.1",
    "indices": "5.1,1,Doubler veut dire multiplier par deux.,",
    "glossaire": "double,Ce que donne un nombre multiplié par deux.,5.1",
}
ESSAIS = '''"""Le jouet du dossier 5."""

from cerdd_case import Cas
from cerdd_case.dossier_5.jouet_exercice import Jouet


def test_le_jouet_se_nomme():
    assert "cerf-volant" in Jouet(Cas()).juger({"nombre": 2})["nombre"].phrase
    assert "aucun jouet" in Jouet(Cas()).juger({"nombre": 1.5})["nombre"].phrase


def test_le_double_est_juste():
    assert Cas().verifier("5.1", "722 000 €").etat == "juste"
'''


def ajouter(fichier: Path, ligne: str) -> None:
    fichier.write_text(
        f"{fichier.read_text(encoding='utf-8').rstrip()}\n{ligne}\n", encoding="utf-8"
    )


@pytest.fixture(scope="module")
def projet(tmp_path_factory):
    """Une copie du projet, et le cinquième dossier."""
    projet = tmp_path_factory.mktemp("projet")
    sans = shutil.ignore_patterns("__pycache__")
    for nom in ("cerdd_case", "data"):
        shutil.copytree(RACINE / nom, projet / nom, ignore=sans)
    piece = projet / "cerdd_case" / "dossier_5"
    sources = projet / "notebooks" / "sources"
    for dossier in (
        piece,
        sources,
        projet / "notebooks" / "corriges",
        projet / "notebooks" / "eleves",
    ):
        dossier.mkdir(parents=True)
    for nom, texte in (
        ("__init__", ""),
        ("apports", APPORTS),
        ("jouet_exercice", EXERCICE),
        ("jouet_atelier", ATELIER),
    ):
        (piece / f"{nom}.py").write_text(texte, encoding="utf-8")
    (sources / "05_jouet.md").write_text(SOURCE, encoding="utf-8")
    corrige = projet / "data" / "corrige"
    (corrige / "jouets.csv").write_text(TABLEAU, encoding="utf-8")
    paquet = json.loads((projet / "data" / "datapackage.json").read_text(encoding="utf-8"))
    paquet["resources"].append(DESCRIPTION)
    (projet / "data" / "datapackage.json").write_text(json.dumps(paquet), encoding="utf-8")
    for nom, ligne in LIGNES.items():
        ajouter(corrige / f"{nom}.csv", ligne)
    (projet / "tests" / "dossier_5").mkdir(parents=True)
    (projet / "tests" / "dossier_5" / "test_jouet.py").write_text(ESSAIS, encoding="utf-8")
    return projet


def lancer(projet: Path, *mots: str) -> str:
    essai = subprocess.run(
        [sys.executable, *mots], cwd=projet, capture_output=True, text=True, encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(projet)}, timeout=240,
    )  # fmt: skip
    assert essai.returncode == 0, essai.stdout + essai.stderr
    return essai.stdout


def test_le_cas_connait_le_dossier(projet):
    code = """
from cerdd_case import Cas
cas = Cas()
print(cas.effectif_double(), cas.figure("jouet").alternative, type(cas.atelier("jouet")).__name__)
print(cas.verifier("5.1", "722 000 €").etat, cas.indice("5.1", 1).texte, "jouet" in str(cas.ateliers()))
jouet = cas.atelier("jouet")
jouet.nombre.valeur = 2.0
print(jouet.dit.html, "/", str(cas.atelier("jouet", reponses={"nombre": "3"})).splitlines()[0])
print(len(cas.glossaire("5.1").donnees), cas.lire_le_jouet(2))
print(cas.suivi(5))
"""
    lignes = lancer(projet, "-c", code).splitlines()
    assert lignes[0] == "25.0 Une figure vide. AtelierJouet"
    assert lignes[1] == "juste Doubler veut dire multiplier par deux. True"
    assert lignes[2] == (
        "Vous avez choisi 2\u00a0: cerf-volant, rouge. / → À lire — Vous avez choisi 3 : aucun jouet."
    )
    assert lignes[3] == "1 cerf-volant, rouge"
    assert any(ligne.startswith("5.1") for ligne in lignes[4:])


def test_ses_types_conviennent(projet):
    reglages = ("--config-file", str(RACINE / "pyproject.toml"))
    assert "Success" in lancer(projet, "-m", "mypy", *reglages, "cerdd_case/dossier_5")


def test_ses_essais_passent(projet):
    assert "2 passed" in lancer(projet, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests")


def test_la_commande_construit_et_imprime_le_dossier(projet):
    commande = ("-m", "cerdd_case.bureau.commande")
    assert "05_jouet" in lancer(projet, *commande, "construire")
    lancer(projet, *commande, "exporter", "sujet", "corrige", "--dossier", "5", "--format", "html")
    corrige = (projet / "export" / "dossier_5_corrige.html").read_text(encoding="utf-8")
    assert "722\u202f000\u00a0€" in corrige
    sujet = (projet / "export" / "dossier_5_sujet.html").read_text(encoding="utf-8")
    assert "Doublez la subvention" in sujet and "722" not in sujet


def test_contributing_nomme_ce_que_cette_marche_ajoute():
    texte = (RACINE / "CONTRIBUTING.md").read_text(encoding="utf-8")
    marche = texte.partition("Un cinquième dossier")[2].partition("\n## ")[0]
    for nom in ("tests/questions/test_registre.py", "tests/test_maison.py", "tests/test_noyau.py", "mypy",
                "cerdd_case/dossier_5/", "apports.py", "datapackage.json", "tests/dossier_5/",
                "notebooks/sources/05_nom.md", *(f"{nom}.csv" for nom in LIGNES)):  # fmt: skip
        assert nom in marche, nom
