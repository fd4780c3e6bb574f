"""La construction des carnets : marques, versions, sorties, copies mises de côté, comparaison."""

import errno
import json
import os
import re

import nbformat
import pytest

from cerdd_case import Cas
from cerdd_case.bureau import carnets
from cerdd_case.edition import comparaison, construction, execution, sources
from cerdd_case.edition.execution import ErreurConstruction
from cerdd_case.socle import identite
from cerdd_case.socle.fichiers import EcritureRefusee

ENTETE = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {name: python3, display_name: Python 3}
title: Un carnet d'essai
---

"""
NOMS = {"prix": 1250, "euros": lambda x: f"{x} EUR"}
COMPLET = (
    ENTETE
    + """# Le titre

Le prix est ⟦ euros(prix) ⟧, avec $\\frac{1}{2}$ et {accolades}.

+++ {"reponse": "2.1", "slideshow": {"slide_type": "subslide"}}

Notre réponse modèle, qui doit rester secrète.

+++

<!-- CORRIGÉ -->
La solution en prose : une phrase assez longue.
<!-- ÉLÈVE -->
À vous d'écrire.
<!-- FIN -->

```{code-cell} ipython3
:tags: [masquer]

table = {"a": [[⟦ prix ⟧]]}
print(f"{table['a'][0][0]} euros")
```

```{code-cell} ipython3
---
reponse: "2.3"
---
# >>> CORRIGÉ
charges_de_personnel = 1000 * 1.2
# >>> ÉLÈVE
# charges_de_personnel = ...
# >>> FIN
```

```{code-cell} ipython3
:tags: [corrige]

charges_de_personnel
```

+++ {"tags": ["eleve"]}

Pour l'élève seulement.
"""
)


@pytest.fixture
def atelier(tmp_path):
    """Un dossier de carnets vide ; renvoie une fonction qui écrit une source."""

    class Atelier:
        racine = tmp_path / "notebooks"
        sources = racine / "sources"

        def source(self, texte, nom="01_essai"):
            self.sources.mkdir(parents=True, exist_ok=True)
            (self.sources / f"{nom}.md").write_text(texte, encoding="utf-8", newline="\n")
            return self

        def construire(self, executions=1, **noms):
            return list(
                construction.construire(self.sources, noms=noms or NOMS, executions=executions)
            )

        def chemin(self, version, nom="01_essai"):
            return self.racine / version / f"{nom}.ipynb"

        def lire(self, version, nom="01_essai"):
            return nbformat.read(self.chemin(version, nom), as_version=4)

        def differences(self):
            return construction.verifier_construction(self.sources, noms=NOMS)

    return Atelier()


def markdown(texte):
    return ENTETE + texte + "\n"


def code(texte, options=""):
    return ENTETE + "```{code-cell} ipython3\n" + options + texte + "\n```\n"


# --- Les deux versions ------------------------------------------------------------------


def test_les_deux_versions_viennent_d_une_source(atelier):
    phrases = atelier.source(COMPLET).construire()
    assert phrases == ["01_essai : corrigé et version élève construits."]
    corrige, eleve = atelier.lire("corriges"), atelier.lire("eleves")
    assert [c.source for c in corrige.cells] == [
        "# Le titre\n\nLe prix est 1250 EUR, avec $\\frac{1}{2}$ et {accolades}.",
        "Notre réponse modèle, qui doit rester secrète.",
        "La solution en prose\u00a0: une phrase assez longue.",
        'table = {"a": [[1250]]}\nprint(f"{table[\'a\'][0][0]} euros")',
        "charges_de_personnel = 1000 * 1.2",
        "charges_de_personnel",
    ]
    assert [c.source for c in eleve.cells] == [
        corrige.cells[0].source,
        sources.CONSIGNE,
        "réponse 2.1 : écrivez sous cette ligne\n",
        "À vous d'écrire.",
        corrige.cells[3].source,
        "charges_de_personnel = ...",
        "Pour l'élève seulement.",
    ]
    assert corrige.cells[3].outputs[0].text == "1250 euros\n"
    assert corrige.cells[5].outputs[0].data == {"text/plain": "1200.0"}
    assert [c.execution_count for c in corrige.cells if c.cell_type == "code"] == [1, 2, 3]
    for cellule in eleve.cells:
        assert not cellule.get("outputs") and cellule.get("execution_count") is None


def test_metadonnees_et_identifiants(atelier):
    atelier.source(COMPLET).construire()
    corrige, eleve = atelier.lire("corriges"), atelier.lire("eleves")
    assert set(corrige.metadata) == {"kernelspec", "language_info", "lang", "title", "cerdd"}
    assert corrige.metadata.language_info == {"name": "python"}
    assert corrige.metadata.title == "Un carnet d'essai"
    assert corrige.cells[1].id == eleve.cells[2].id == "reponse-2-1"
    assert eleve.cells[5].id == "reponse-2-3-code"
    sans_consigne = [c.id for c in eleve.cells if c.id != "reponse-2-1-consigne"]
    assert [c.id for c in corrige.cells[:5]] == sans_consigne[:5]
    assert corrige.cells[1].metadata == {
        "reponse": "2.1",
        "slideshow": {"slide_type": "subslide"},
    }
    assert eleve.cells[4].metadata.jupyter == {"source_hidden": True}
    passe_les_erreurs = {v: {"raises-exception" in c.metadata.get("tags", []) for c in carnet.cells
                             if c.cell_type == "code"}
                         for v, carnet in (("corrige", corrige), ("eleve", eleve))}  # fmt: skip
    assert passe_les_erreurs == {"corrige": {False}, "eleve": {True}}


def test_l_eleve_ne_change_que_ses_reponses(atelier):
    atelier.source(COMPLET).construire()
    eleve = atelier.lire("eleves")
    assert all(c.metadata.deletable is False for c in eleve.cells)
    assert [c.id for c in eleve.cells if c.metadata.get("editable", True)] == [
        "reponse-2-1",
        "reponse-2-3-code",
    ]
    zone = eleve.cells[2]
    assert (zone.cell_type, zone.metadata.reponse) == ("raw", "2.1")


def test_une_zone_pour_l_eleve_seul_garde_sa_consigne(atelier):
    zone = '+++ {"reponse": "bilan", "tags": ["eleve"]}\n\nFaites votre bilan.'
    atelier.source(markdown(f"# Titre\n\n{zone}")).construire()
    assert [c.source for c in atelier.lire("corriges").cells] == ["# Titre"]
    assert [c.source for c in atelier.lire("eleves").cells[1:]] == [
        "Faites votre bilan.",
        "réponse bilan : écrivez sous cette ligne\n",
    ]


def test_un_identifiant_ne_depend_ni_de_la_solution_ni_des_autres_cellules(atelier):
    atelier.source(COMPLET).construire()
    avant = [c.id for c in atelier.lire("eleves").cells]
    autre = COMPLET.replace("La solution en prose", "Une tout autre solution").replace(
        "# Le titre", "# Un autre titre"
    )
    atelier.source(autre).construire(prix=9, euros=str)
    apres = [c.id for c in atelier.lire("eleves").cells]
    assert avant[0] != apres[0] and avant[1:] == apres[1:]


def test_deux_cellules_identiques_ont_deux_identifiants(atelier):
    atelier.source(markdown("Pareil.\n\n+++\n\nPareil.")).construire()
    premier, second = (c.id for c in atelier.lire("eleves").cells)
    assert second == f"{premier}-2"


def test_une_construction_donne_toujours_le_meme_fichier(atelier):
    atelier.source(COMPLET).construire()
    avant = [atelier.chemin(v).read_bytes() for v in identite.VERSIONS]
    atelier.construire()
    assert [atelier.chemin(v).read_bytes() for v in identite.VERSIONS] == avant


def test_solution_sans_texte_pour_l_eleve(atelier):
    atelier.source(
        markdown("<!-- CORRIGÉ -->\nTout est secret.\n<!-- FIN -->")
        + "\n```{code-cell} ipython3\n# >>> CORRIGÉ\nx = 1\n# >>> FIN\n```\n"
    ).construire()
    assert [c.source for c in atelier.lire("eleves").cells] == ["# Écrivez votre code ici."]


def test_lignes_de_l_eleve_en_retrait(atelier):
    atelier.source(
        code(
            "def f(x):\n    # >>> CORRIGÉ\n    return 2 * x\n    # >>> ÉLÈVE\n"
            "    # # doublez x\n    #\n    # return ...\n    # >>> FIN\nprint(f(2))"
        )
    ).construire()
    assert atelier.lire("corriges").cells[0].source == "def f(x):\n    return 2 * x\nprint(f(2))"
    assert (
        atelier.lire("eleves").cells[0].source
        == "def f(x):\n    # doublez x\n\n    return ...\nprint(f(2))"
    )


def test_un_bloc_seul_sur_sa_ligne_ne_laisse_rien(atelier):
    atelier.source(code("⟦% set double = 2 * prix %⟧\nx = ⟦ double ⟧  ⟦# calculé #⟧")).construire()
    assert atelier.lire("eleves").cells[0].source.rstrip() == "x = 2500"


def test_une_diapositive_du_tableau_n_est_que_dans_le_corrige(atelier):
    """Une consigne projetée redit l'énoncé ; une réponse projetée ne se retrouve pas chez l'élève."""
    consigne = "Relevez les unités des deux tableaux avant de calculer."
    diapo = (
        '+++ {{"tags": ["tableau"], "slideshow": {{"slide_type": "slide"}}, "diapo": {}}}\n\n{}\n\n'
    )
    tache = diapo.format('{"nom": "a", "minutes": 5}', consigne)
    atelier.source(markdown(f"{consigne}\n\n{tache}")).construire()
    assert [c.source for c in atelier.lire("corriges").cells].count(consigne) == 2
    assert [c.source for c in atelier.lire("eleves").cells] == [consigne]
    reponse = diapo.format('{"nom": "b", "reponse": true}', consigne)
    with pytest.raises(ErreurConstruction, match="une ligne de la solution"):
        atelier.source(markdown(f"{consigne}\n\n{reponse}")).construire()


# --- Ce qui arrête la construction ------------------------------------------------------


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        (markdown("<!-- CORRIGÉ -->\nx"), "CORRIGÉ n'est pas fermée"),
        (markdown("<!-- CORRIGÉ -->\nx\n<!-- ÉLÈVE -->\ny"), "ÉLÈVE n'est pas fermée"),
        (markdown("x\n<!-- FIN -->"), "marque FIN hors de toute solution"),
        (markdown("x\n<!-- ÉLÈVE -->\ny\n<!-- FIN -->"), "marque ÉLÈVE hors de toute solution"),
        (markdown("<!-- CORRIGÉ -->\n<!-- CORRIGÉ -->\n<!-- FIN -->"), "CORRIGÉ après CORRIGÉ"),
        (markdown("<!-- CORRIGÉ -->\n<!-- ÉLÈVE -->\n<!-- ÉLÈVE -->"), "ÉLÈVE après ÉLÈVE"),
        (markdown("# >>> CORRIGÉ\nx\n# >>> FIN"), "cellule de ce genre (markdown)"),
        (code("<!-- CORRIGÉ -->\nx = 1\n<!-- FIN -->"), "cellule de ce genre (code)"),
        (code("# >>> CORRIGE\nx = 1\n# >>> FIN"), "ressemble à une marque"),
        (code("#>> FIN"), "ressemble à une marque"),
        (markdown("<!--corrigé-->\nx\n<!-- FIN -->"), "ressemble à une marque"),
        (markdown("fin de phrase <!-- FIN -->"), "ressemble à une marque"),
        (code("# >>> CORRIGÉ\nx = 1\n# >>> ÉLÈVE\nx = ...\n# >>> FIN"), "commence par « # »"),
        (code("x = 1", ":tags: [corrigé]\n\n"), "étiquette inconnue « corrigé »"),
        (code("1/0", ":tags: [raises-exception]\n\n"), "inconnue « raises-exception »"),
        (code("x = 1", ":tags: [corrige, eleve]\n\n"), "une seule fois"),
        (markdown('+++ {"diapo": {"nom": "Deux mots"}}\n\nx'), "« diapo » ne se lit pas"),
        (markdown('+++ {"diapo": {"minutes": 0}}\n\nx'), "« diapo » ne se lit pas"),
        (markdown('+++ {"diapo": {"durée": 5}}\n\nx'), "« diapo » ne se lit pas"),
        (markdown('+++ {"diapo": {"nom": "suite"}}\n\nx'), "sur sa première cellule"),
        (
            markdown(
                2 * '+++ {"diapo": {"nom": "a"}, "slideshow": {"slide_type": "slide"}}\n\nx\n\n'
            ),
            "la diapositive « a » existe déjà",
        ),
        (markdown('+++ {"tags": ["masquer"]}\n\nx'), "ne s'applique qu'à une cellule de code"),
        (markdown('+++ {"repnse": "2.1"}\n\nx'), "métadonnée inconnue « repnse »"),
        (markdown('+++ {"reponse": "2.1", "tags": ["corrige"]}\n\nx'), "retirez l'étiquette"),
        (
            markdown('+++ {"reponse": "2.1"}\n\n<!-- CORRIGÉ -->\nx\n<!-- FIN -->'),
            "retirez les marques",
        ),
        (
            markdown('+++ {"reponse": "2.1"}\n\nx\n\n+++ {"reponse": "2.1"}\n\ny'),
            "la réponse « 2.1 » existe déjà",
        ),
        (code("x = 1", '---\nreponse: "2.3"\n---\n'), "entre « # >>> CORRIGÉ »"),
        (
            code("# >>> CORRIGÉ\nx = 1\n# >>> FIN", ":tags: [corrige]\n\n"),
            "retirez les marques",
        ),
        (markdown("Le ⟦ inconnu ⟧."), "un nom est inconnu"),
        (markdown("Le ⟦ prix"), "mal écrit"),
        (markdown("Le ⟦ prix + ⟧"), "mal écrit"),
        (markdown("Le prix ⟧ seul"), "reste seul"),
        (markdown("Le ⟦ prix / 0 ⟧"), "ZeroDivisionError"),
        (code("1 / 0"), "ZeroDivisionError"),
        (code("import sys\nprint('attention', file=sys.stderr)"), "« attention »"),
        (code("object()"), "change à chaque exécution"),
        (code("import ipywidgets\nipywidgets.IntSlider()"), "ne montre rien"),
        ("Sans en-tête.\n", "title"),
        (
            markdown("<!-- CORRIGÉ -->\nUne ligne de solution trop bavarde.\n<!-- FIN -->")
            + "\n+++\n\nUne ligne de solution trop bavarde.\n",
            "contient une ligne de la solution",
        ),
    ],
)
def test_ce_qui_arrete_la_construction(atelier, texte, attendu):
    with pytest.raises(ErreurConstruction) as erreur:
        atelier.source(texte).construire()
    assert attendu in str(erreur.value).replace("\u00a0", " ")
    assert "01_essai" in str(erreur.value)  # le fichier fautif est nommé
    assert not list(atelier.racine.rglob("*.ipynb"))


def test_l_erreur_donne_la_cellule(atelier):
    with pytest.raises(ErreurConstruction, match=r"cellule 2 \(« Deuxième »\)"):
        atelier.source(markdown("Première\n\n+++\n\nDeuxième\n<!-- FIN -->")).construire()


def test_sans_source_la_construction_le_dit(atelier):
    atelier.sources.mkdir(parents=True)
    with pytest.raises(ErreurConstruction, match="Aucune source"):
        atelier.construire()


def test_un_outil_manquant_est_annonce():
    with pytest.raises(ErreurConstruction, match="uv sync --group construction"):
        execution.outil("module_qui_n_existe_pas")


# --- Les widgets ------------------------------------------------------------------------


def test_un_widget_garde_son_image_fixe_et_perd_sa_vue(atelier):
    atelier.source(
        code(
            "from IPython.display import display\n"
            "vue = {'model_id': 'abc', 'version_major': 2, 'version_minor': 0}\n"
            "display({'application/vnd.jupyter.widget-view+json': vue,\n"
            "         'image/png': 'iVBORw0KGgo=', 'text/plain': 'VBox()'}, raw=True)"
        )
    ).construire()
    carnet = atelier.lire("corriges")
    assert set(carnet.cells[0].outputs[0].data) == {"image/png", "text/plain"}
    assert "widgets" not in carnet.metadata


def test_un_vrai_widget_avec_un_texte_fixe(atelier):
    atelier.source(
        code("import ipywidgets\nprint('Valeur par défaut : 3')\nipywidgets.IntSlider(3)")
    ).construire()
    carnet = atelier.lire("corriges")
    assert "widget-view" not in atelier.chemin("corriges").read_text(encoding="utf-8")
    assert carnet.cells[0].outputs[0].text == "Valeur par défaut : 3\n"


# --- Rien de ce qui a été tapé ne se perd -----------------------------------------------


@pytest.mark.parametrize("version", identite.VERSIONS)
def test_un_carnet_modifie_est_mis_de_cote(atelier, version):
    atelier.source(COMPLET).construire()
    chemin = atelier.chemin(version)
    for numero in (1, 2):
        carnet = atelier.lire(version)
        carnet.cells[1].source = f"Ma réponse {numero}"
        nbformat.write(carnet, chemin)
        phrases = atelier.construire()
        copie = chemin.with_name(f"01_essai.ma-copie-{numero}.ipynb")
        assert any(copie.name in phrase for phrase in phrases)
        assert f"Ma réponse {numero}" in copie.read_text(encoding="utf-8")
        assert "Ma réponse" not in chemin.read_text(encoding="utf-8")
    assert carnets.carnets(chemin.parent) == [chemin]


@pytest.mark.parametrize("contenu", ["{pas du JSON", "[]", '{"cells": [], "metadata": {}}', ""])
def test_un_carnet_illisible_est_mis_de_cote(atelier, contenu):
    atelier.source(COMPLET).construire()
    atelier.chemin("eleves").write_text(contenu, encoding="utf-8")
    atelier.construire()
    copie = atelier.chemin("eleves").with_name("01_essai.ma-copie-1.ipynb")
    assert copie.read_text(encoding="utf-8") == contenu


def test_executer_sans_taper_ne_laisse_pas_de_copie(atelier):
    atelier.source(COMPLET).construire()
    carnet = atelier.lire("eleves")
    carnet.cells[3].outputs = [nbformat.v4.new_output("stream", text="1250 euros\n")]
    carnet.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(carnet, atelier.chemin("eleves"))
    atelier.construire()
    assert len(list(atelier.racine.rglob("*.ipynb"))) == 2


@pytest.mark.parametrize("faute", [OSError(errno.ENOSPC, "x"), KeyboardInterrupt()])
@pytest.mark.parametrize("a_l_appel", [1, 2])
def test_une_construction_interrompue_laisse_les_carnets_entiers(
    atelier, monkeypatch, faute, a_l_appel
):
    atelier.source(COMPLET).construire()
    avant = {v: atelier.chemin(v).read_bytes() for v in identite.VERSIONS}
    atelier.source(COMPLET.replace("# Le titre", "# Un autre titre"))
    reel, appels = os.fsync, []

    def echouer(descripteur):
        appels.append(descripteur)
        if len(appels) == a_l_appel:
            raise faute
        reel(descripteur)

    with monkeypatch.context() as panne:
        panne.setattr(os, "fsync", echouer)
        with pytest.raises((EcritureRefusee, KeyboardInterrupt)) as erreur:
            atelier.construire()
    if isinstance(faute, OSError):
        assert "le disque est plein" in str(erreur.value)
    assert {v: atelier.chemin(v).read_bytes() for v in identite.VERSIONS} == avant
    assert sorted(c.name for c in atelier.racine.rglob("*.*")) == ["01_essai.ipynb"] * 2 + [
        "01_essai.md"
    ]


# --- Comparer ---------------------------------------------------------------------------


def test_rien_ne_differe_apres_une_construction(atelier):
    atelier.source(COMPLET).construire()
    assert atelier.differences() == []


@pytest.fixture(scope="module")
def construits(tmp_path_factory):
    """Les deux versions de COMPLET, construites une fois, en texte."""
    racine = tmp_path_factory.mktemp("construits")
    (racine / "sources").mkdir()
    (racine / "sources" / "01.md").write_text(COMPLET, encoding="utf-8")
    list(construction.construire(racine / "sources", noms=NOMS))
    return {v: (racine / v / "01.ipynb").read_text(encoding="utf-8") for v in identite.VERSIONS}


@pytest.mark.parametrize(
    ("version", "change", "attendu"),
    [
        ("eleves", lambda c: c["cells"][0].update(source="autre"), "Livré : « autre »"),
        ("eleves", lambda c: c["cells"][0].update(id="autre"), "autre en trop"),
        ("eleves", lambda c: c["cells"].pop(0), "il manque"),
        ("eleves", lambda c: c["cells"].reverse(), "même ordre"),
        ("eleves", lambda c: c["cells"][0]["metadata"].update(a=1), "les métadonnées"),
        ("eleves", lambda c: c["cells"][0].update(cell_type="raw"), "le genre"),
        ("eleves", lambda c: c["metadata"].update(title="x"), "« metadata »"),
        ("corriges", lambda c: c["cells"][3]["outputs"][0].update(text="1"), '"text": "1"'),
        ("corriges", lambda c: c["cells"][5].update(outputs=[]), "la sortie"),
        ("corriges", lambda c: c["cells"][5].update(execution_count=9), "numéro d'exécution"),
    ],
)
def test_chaque_difference_est_vue(construits, tmp_path, version, change, attendu):
    avant, apres = tmp_path / "avant.ipynb", tmp_path / "apres.ipynb"
    carnet = json.loads(construits[version])
    avant.write_text(construits[version], encoding="utf-8")
    apres.write_text(json.dumps(carnet), encoding="utf-8")
    assert comparaison.comparer_les_carnets(avant, apres, "nom") == []
    change(carnet)
    apres.write_text(json.dumps(carnet), encoding="utf-8")
    differences = comparaison.comparer_les_carnets(avant, apres, "nom")
    assert len(differences) == 1 and attendu in differences[0]


def test_carnet_absent_illisible_ou_en_trop(atelier):
    atelier.source(COMPLET).construire()
    atelier.chemin("eleves").rename(atelier.chemin("eleves", "99_autre"))
    atelier.chemin("corriges").write_text("{", encoding="utf-8")
    assert atelier.differences() == [
        "corriges/01_essai.ipynb n'est pas un carnet, ou est abîmé "
        "(la lecture s'arrête à la ligne 1).",
        "eleves/01_essai.ipynb n'est pas construit.",
        "eleves/99_autre.ipynb n'a plus de source. Supprimez-le.",
    ]


def test_les_octets_d_une_image_ne_comptent_pas_mais_sa_presence_si():
    a = [{"data": {"image/png": "AAA=", "text/plain": "f"}, "metadata": {"image/png": {"alt": 1}}}]
    b = [{"data": {"image/png": "BBB=", "text/plain": "f"}, "metadata": a[0]["metadata"]}]
    html = '<img src="data:image/png;base64,{}"> 3'
    assert comparaison.sans_images(a) == comparaison.sans_images(b)
    assert comparaison.sans_images(html.format("AA==")) == comparaison.sans_images(
        html.format("BB+/")
    )
    for autre in (
        [{**a[0], "data": {"text/plain": "f"}}],
        [{**a[0], "metadata": {"image/png": {"alt": 2}}}],
    ):
        assert comparaison.sans_images(a) != comparaison.sans_images(autre)


# --- Les carnets livrés -----------------------------------------------------------------


def test_les_carnets_livres_sont_a_jour():
    """Reconstruit les carnets de la collection et compare : rien ne doit différer."""
    assert construction.verifier_construction() == []


SEULS = re.compile(r"(?: [;:!?»%€]|« |§ \d)")


@pytest.mark.parametrize(
    "chemin", sorted(carnets.dossier_des_carnets().glob("[ce]*/*.ipynb")), ids=str
)
def test_aucun_signe_ne_commence_une_ligne(chemin):
    """Deux-points, guillemets, pour cent et numéros de § tiennent à leur mot, partout."""
    for cellule in json.loads(chemin.read_text(encoding="utf-8"))["cells"]:
        if cellule["cell_type"] == "markdown":
            texte = re.sub(r"```.*?```|`[^`\n]*`|<!--.*?-->|^[ |:-]+$", "", "".join(cellule["source"]),
                           flags=re.S | re.M)  # fmt: skip
            assert SEULS.findall(texte) == [], texte


@pytest.mark.parametrize(
    "nom", ["01_organisation", "02_budget", "03_coordination", "04_information"]
)
def test_une_reponse_proposee_ne_cite_que_les_annexes_de_sa_question(nom):
    cas, suivies = Cas(), 0
    titre, cellules = sources.lire_source(sources.dossier_des_sources() / f"{nom}.md")
    calculer = sources.calculateur(sources.noms_du_texte(cas))
    carnet = construction.assembler(titre, cellules, "corriges", calculer)
    for cellule in carnet.cells:
        numero = cellule.metadata.get("reponse")
        if cellule.cell_type != "markdown" or not numero:
            continue
        annoncees = set(cas.question(numero)["annexes"].split())
        for citation in re.findall(r"\(([^()]*)\)", cellule.source):
            citees = re.findall(r"\bannexes?\s(\d+)", citation)
            citees += ["introduction"] * ("introduction" in citation)
            assert set(citees) <= annoncees, f"{numero} : {citation}"
            suivies += len(citees)
    assert suivies > 15
