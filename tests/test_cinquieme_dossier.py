"""Un cinquième dossier, jetable, comme CONTRIBUTING le décrit : un dossier de code, des lignes de
données, une source. Aucun autre fichier du paquet ne change."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parent.parent

APPORTS = '''"""Ce que le dossier 5 apporte au cas."""

from ..questions.jugement import Controle

ATELIERS = {"jouet": (".jouet_exercice:Jouet", ".jouet_atelier:AtelierJouet")}
FIGURES = {"jouet": ".jouet_exercice:figure_jouet"}


def effectif_double(cas) -> float:
    """Deux fois l'effectif de départ."""
    return 2 * cas.contexte.hypotheses.etp_initial


def controles(cas) -> dict[str, Controle]:
    """La réponse attendue en 5.1."""
    return {"5.1": Controle("5.1", "le double de la subvention", 722_000.0, "eur", "A4")}
'''
EXERCICE = '''"""Un nombre à choisir."""

from ..figures.mise_en_page import Illustration, nouvelle_figure
from ..questions.exercice import Exercice
from ..questions.verdict import Verdict


class Jouet(Exercice):
    """Un curseur, et rien d'autre."""

    depart = {"nombre": 1.0}

    def __init__(self, cas):
        self.cas = cas

    def juger(self, reponses) -> dict[str, Verdict]:
        return {"nombre": Verdict("jouet", "constat", f"Vous avez choisi {reponses['nombre']:g}.")}

    def figure(self, reponses) -> Illustration:
        return figure_jouet(self.cas)


def figure_jouet(cas) -> Illustration:
    """Une figure vide."""
    return Illustration(nouvelle_figure(4, 2), "Une figure vide.")
'''
ATELIER = '''"""Un atelier jouet."""

from ..widgets.atelier import Atelier
from ..widgets.curseur import Curseur
from ..widgets.image import Annonce


class AtelierJouet(Atelier):
    def composer(self) -> list:
        self.nombre, self.dit = self.relier(Curseur("Jouet", 1.0, maximum=3.0)), Annonce()
        return [self.nombre, self.dit]

    @property
    def reponses(self) -> dict:
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
    ajouter(
        corrige / "questions.csv",
        "5.1,5,1,Un jouet,Doublez la subvention.,4,,false,double,2,calcul",
    )
    ajouter(corrige / "attendus.csv", "5.1-1,5.1,1,Le double est juste.,2,A4,double,false,5.1")
    ajouter(corrige / "indices.csv", "5.1,1,Doubler veut dire multiplier par deux.")
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
print(cas.suivi(5))
"""
    lignes = lancer(projet, "-c", code).splitlines()
    assert lignes[0] == "25.0 Une figure vide. AtelierJouet"
    assert lignes[1] == "juste Doubler veut dire multiplier par deux. True"
    assert lignes[2] == "Vous avez choisi 2. / → À lire — Vous avez choisi 3."
    assert any(ligne.startswith("5.1") for ligne in lignes[3:])


def test_la_commande_construit_et_imprime_le_dossier(projet):
    commande = ("-m", "cerdd_case.bureau.commande")
    assert "05_jouet" in lancer(projet, *commande, "construire")
    lancer(projet, *commande, "exporter", "sujet", "corrige", "--dossier", "5", "--format", "html")
    corrige = (projet / "export" / "dossier_5_corrige.html").read_text(encoding="utf-8")
    assert "722\u202f000\u00a0€" in corrige
    sujet = (projet / "export" / "dossier_5_sujet.html").read_text(encoding="utf-8")
    assert "Doublez la subvention" in sujet and "722" not in sujet
