"""Les carnets d'élève tels qu'ils sont livrés s'exécutent du début à la fin, sans erreur.

Les carnets corrigés sont rejoués et comparés par nbval (voir `[tool.pytest.ini_options]`).
"""

import html
import os
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from matplotlib.text import Text
from nbclient import NotebookClient

from cerdd_case import Cas
from cerdd_case.bureau import carnets
from cerdd_case.donnees.paquet import Donnees
from cerdd_case.dossier_4.communication import communication_du_cas, defis
from cerdd_case.edition.execution import preparer_polices
from cerdd_case.questions import lectures

DEMANDE = re.compile(r'^cas\.verifier\("([^"]+)"', re.MULTILINE)
CAS = Cas()
ELEVES = sorted((carnets.dossier_des_carnets() / "eleves").glob("[0-9]*.ipynb"))


@pytest.fixture(scope="module", params=ELEVES, ids=lambda chemin: chemin.stem)
def execute(request, tmp_path_factory):
    """Une copie du carnet, exécutée dans un dossier à part, comme l'ouvre un élève."""
    dossier = tmp_path_factory.mktemp("eleve")
    copie = Path(shutil.copy(request.param, dossier))
    carnet = nbformat.read(copie, as_version=4)
    executer(carnet, copie)
    return carnet, copie


def executer(carnet, copie: Path, allow_errors: bool = True, nomme: bool = True) -> None:
    """Exécute le carnet comme s'il était cette copie, ouverte dans JupyterLab ; sans `nomme`, comme un
    programme ou un autre Jupyter, qui ne dit pas son nom."""
    preparer_polices()
    dossier = copie.parent
    NotebookClient(
        carnet,
        timeout=180,
        kernel_name="python3",
        allow_errors=allow_errors,
        extra_arguments=["--IPKernelApp.log_level=40"],
        resources={"metadata": {"path": str(dossier)}},
    ).execute(env=environnement(dossier, {"JPY_SESSION_NAME": str(copie)} if nomme else {}))


def environnement(dossier: Path, nom: dict[str, str]) -> dict[str, str]:
    sans_nom = {c: v for c, v in os.environ.items() if c != "JPY_SESSION_NAME"}
    return {**sans_nom, "IPYTHONDIR": str(dossier / "ipython"), **nom}


def sorties(carnet):
    for cellule in carnet.cells:
        if cellule.cell_type == "code":
            for sortie in cellule.outputs:
                yield cellule, sortie


def test_il_y_a_un_carnet_d_eleve_par_carnet_corrige():
    corriges = sorted((carnets.dossier_des_carnets() / "corriges").glob("[0-9]*.ipynb"))
    assert [c.name for c in ELEVES] == [c.name for c in corriges] and ELEVES


def test_le_carnet_va_jusqu_au_bout_sans_erreur(execute):
    carnet, _ = execute
    fautes = [
        (cellule.source, sortie.get("ename", sortie.get("text")), sortie.get("evalue"))
        for cellule, sortie in sorties(carnet)
        if sortie.output_type == "error" or sortie.get("name") == "stderr"
    ]
    assert fautes == []
    assert all(
        c.execution_count for c in carnet.cells if c.cell_type == "code" and c.source.strip()
    )


def test_une_verification_sans_reponse_est_a_completer(execute):
    carnet, _ = execute
    for cellule in carnet.cells:
        if cellule.cell_type == "code" and (demande := DEMANDE.search(cellule.source)):
            (sortie,) = cellule.outputs
            texte = sortie.data["text/plain"]
            assert texte.startswith(f"… À compléter — {CAS.controles[demande[1]].titre} : ")


def test_chaque_reponse_chiffree_a_sa_verification_dans_un_carnet():
    demandes = {
        code
        for chemin in ELEVES
        for cellule in nbformat.read(chemin, as_version=4).cells
        for code in DEMANDE.findall(cellule.source)
    }
    assert demandes == set(Cas().controles)


def test_executer_le_carnet_neuf_n_ecrit_aucun_avancement(execute):
    """Rien n'est coché, rien n'est vérifié : il n'y a pas d'avancement à garder."""
    _, copie = execute
    assert {p.name for p in copie.parent.iterdir()} == {copie.name, "ipython"}


def test_le_carnet_ne_contient_ni_sortie_ni_solution():
    for chemin in ELEVES:
        carnet = nbformat.read(chemin, as_version=4)
        assert list(sorties(carnet)) == [], chemin.name
        assert "CORRIGÉ" not in chemin.read_text(encoding="utf-8"), chemin.name


def texte_du_carnet(chemin) -> str:
    """Tout le texte d'un carnet, espaces réduites à une seule."""
    carnet = nbformat.read(chemin, as_version=4)
    return " ".join(" ".join(c.source for c in carnet.cells).split())


def test_aucun_point_attendu_n_est_donne_a_l_eleve():
    attendus = list(Donnees().table("corrige-attendus")["attendu"])
    assert len(attendus) > 60
    for chemin in ELEVES:
        texte = texte_du_carnet(chemin)
        assert [a for a in attendus if " ".join(a.split()) in texte] == [], chemin.name


def test_aucune_phrase_d_une_reponse_modele_n_est_donnee_a_l_eleve():
    compte = 0
    for chemin in ELEVES:
        texte = texte_du_carnet(chemin)
        corrige = nbformat.read(chemin.parents[1] / "corriges" / chemin.name, as_version=4)
        for cellule in corrige.cells:
            if cellule.cell_type != "markdown" or not cellule.id.startswith("reponse-"):
                continue
            phrases = [p.strip() for p in re.split(r"[.:;!?]\s", " ".join(cellule.source.split()))]
            longues = [p for p in phrases if len(p) > 30]
            compte += len(longues)
            assert [p for p in longues if p in texte] == [], f"{chemin.name}, {cellule.id}"
    assert compte > 100


def test_aucune_valeur_a_trouver_n_est_donnee_a_l_eleve():
    """Les résultats des vérifications ; le résultat de 2014, lui, est donné par le sujet."""
    valeurs = {
        "2.1.ressources": "9550", "2.1.charges": "4450", "2.3": "763316", "2.4.total": "1175756",
        "2.4.hors_ue": "919399", "2.4.ue": "256357", "2.4": "21,8",
    }  # fmt: skip
    ecritures = [*valeurs.values(), "21.8", "0,218", "0.218"]
    assert set(valeurs) == set(Cas().controles) - {"2.1", "essai"}
    for chemin in ELEVES:
        texte = re.sub(r"(?<=\d)[\s_]+(?=\d)", "", texte_du_carnet(chemin))
        assert [v for v in ecritures if v in texte] == [], chemin.name


# --- Rien ne se montre avant que l'élève ait répondu ------------------------------------------

# Ni images, ni balises, ni identifiants tirés au hasard, où n'importe quel nombre peut se lire.
SANS_TEXTE = re.compile(
    r"data:[\w/;=+-]+;base64,[A-Za-z0-9+/=]+|<[^>]*>"
    r"|\b(?:IPY_MODEL_)?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b"
)


def textes(objet):
    """Tous les textes et les nombres d'un objet JSON ; ni images, ni styles, ni scripts."""
    if isinstance(objet, dict):
        for cle, valeur in objet.items():
            if not str(cle).startswith(("_esm", "_css", "image/")):
                yield from textes(valeur)
    elif isinstance(objet, list | tuple):
        for valeur in objet:
            yield from textes(valeur)
    elif isinstance(objet, str):
        if " " in objet[:2000] or len(objet) < 200:  # sinon, une image en base 64
            yield objet
    elif isinstance(objet, int | float) and not isinstance(objet, bool):
        yield f"{objet:.5f}" if abs(objet) < 1 else f"{objet:.2f}"


def a_plat(texte: str) -> str:
    """Le texte tel qu'on le compare : sans balises, une seule apostrophe, les nombres d'un bloc."""
    texte = html.unescape(SANS_TEXTE.sub(" ", texte)).replace("’", "'")
    texte = re.sub(r"\s+", " ", texte)
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", texte).lower()


def imprime() -> str:
    """Ce que l'énoncé et les annexes impriment eux-mêmes."""
    pages = [str(CAS.lire(numero)) for numero in CAS.catalogue()["numero"]]
    enonces = [" ".join(map(str, q)) for q in CAS.table("corrige-questions").values.tolist()]
    return a_plat(" \n ".join([*pages, *enonces]))


IMPRIME = imprime()


def textes_de_la_frise(**options) -> list[str]:
    figure = CAS.figure("calendrier", **options).figure
    return [t.get_text() for t in figure.findobj(Text)]


def reponses() -> dict[str, re.Pattern]:
    """Ce qu'un carnet d'élève ne doit pas montrer de lui-même, et ce qui le reconnaît ; les nombres des
    réglages sont écrits avec deux ou cinq décimales (voir `textes`)."""
    cherches = {}
    for table, colonne in (("attendus", "attendu"), ("indices", "indice"),
                           ("tris-dossier-1", "explication"), ("culture-faits", "lecture"),
                           ("coherence-faits", "lecture")):  # fmt: skip
        for texte in CAS.table(f"corrige-{table}")[colonne]:
            cherches[texte] = re.compile(re.escape(a_plat(texte)))
    for controle in CAS.controles.values():
        for valeur in controle.acceptees:
            if controle.unite == "part":
                entier, decimale = f"{100 * valeur:.1f}".split(".")
                exacte = f"{valeur:.5f}".removeprefix("0.")
                motif = rf"(?<![\d,.])(?:{entier}[,.]{decimale}\d* ?%|0[,.]{exacte})"
            else:
                motif = rf"(?<![\d,.]){abs(int(valeur))}(?!\d)"
            cherches[f"{controle.code} : {controle.ecrire(valeur)}"] = re.compile(motif)
    cherches["un seuil"] = re.compile("il faut embaucher à partir")
    entier, decimale = f"{100 * CAS.part_publique():.1f}".split(".")
    exacte = f"{CAS.part_publique():.5f}".removeprefix("0.")
    cherches["la part publique"] = re.compile(
        rf"(?<![\d,.])(?:{entier}[,.]{decimale}\d* ?%|0[,.]{exacte})"
    )
    titre = next(t for t in textes_de_la_frise(complete=True) if t.startswith("Des orientations"))
    dites = (lectures.remplir(CAS, f"frise_{nom}") for nom in ("action", "comptes", "direction"))
    for phrase in (*dites, titre, "grandes orientations fixées pour",
                   "applique la convention, décide en chemin"):  # fmt: skip
        cherches[f"la frise : {phrase}"] = re.compile(re.escape(a_plat(phrase)))
    for defi in defis(communication_du_cas(CAS), CAS):
        cherches[f"le défi : {defi.lecture}"] = re.compile(re.escape(a_plat(defi.lecture)))
    cherches["le seuil de la surcharge"] = re.compile(
        r"surcharge (?:commence à|à partir de) \d+ auteur"
    )
    for liens in CAS.croissance().drop(index="salaries")["liens"]:  # celui du départ est à l'écran
        cherches[f"{liens} liens"] = re.compile(rf"(?<![\d,.]){liens} (?:liens|\d+ (?:h|min)\b)")
    cherches["les faits conseillés"] = re.compile(r"\d conseillé")
    for nombre in nombres_des_modeles():
        motif = re.compile(rf"(?<![\d,.]){re.escape(nombre)}(?!\d|[,.]\d)")
        if not motif.search(IMPRIME):
            cherches[f"le nombre {nombre} d'une réponse modèle"] = motif
    return cherches


def nombres_des_modeles() -> set[str]:
    """Les nombres de trois chiffres ou plus, ou à virgule, qu'écrivent les réponses proposées."""
    textes = (
        a_plat(cellule.source)
        for chemin in (ELEVES[0].parents[1] / "corriges").glob("[0-9]*.ipynb")
        for cellule in nbformat.read(chemin, as_version=4).cells
        if cellule.cell_type == "markdown" and cellule.id.startswith("reponse-")
    )
    ecrits = {n for t in textes for n in re.findall(r"(?<![\d,.])(?:\d+,\d+|\d{3,})", t)}
    # La part des autres financements en 2014, sur la carte de l'accueil ; le salaire moyen, que la
    # figure « prix et volume » reprend après la question 2.4, avec d'autres hausses que le sujet.
    return ecrits - {"3,9", "50887,76"}


REPONSES = reponses()


def montrees(*objets) -> list[str]:
    """Les réponses que l'on peut lire dans ces sorties ou ces états, et nulle part dans le sujet."""
    lus = [a_plat(t) for objet in objets for t in textes(objet)]
    return [
        nom
        for nom, motif in REPONSES.items()
        if not motif.search(IMPRIME) and any(motif.search(t) for t in lus)
    ]


def etat_des_widgets(carnet) -> dict:
    return carnet.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]


def test_les_reponses_cherchees_sont_celles_du_sujet():
    """Toutes y sont ; le sujet n'imprime lui-même que le résultat de 2014."""
    valeurs = {nom for nom in REPONSES if re.match(r"2\.[1-4]", nom)}
    for attendue in ("763 316,40", "1 175 756,46", "919 399", "256 357,46", "21,8", "9 550",
                     "4 450", "14 000"):  # fmt: skip
        attendue = attendue.replace(" ", "\u202f")
        assert any(attendue in nom for nom in valeurs), attendue
    modeles = {nom for nom in REPONSES if nom.endswith("d'une réponse modèle")}
    assert len(modeles) > 15 and "le nombre 19900 d'une réponse modèle" in modeles
    assert [nom for nom, motif in REPONSES.items() if motif.search(IMPRIME)] == [
        "2.1 : 14\u202f000\u00a0€"
    ]


def test_l_identifiant_d_un_widget_n_est_pas_une_reponse():
    hasard = "e43b8c1a9550fe0b8d2c4e6f7a8b9c0d"
    assert montrees({"children": [f"IPY_MODEL_{hasard}"], "model_id": hasard}) == []
    assert montrees({"value": "9550"}) != []


def test_executer_le_carnet_ne_montre_aucune_reponse(execute):
    carnet, _ = execute
    fautes = {c.source: m for c, s in sorties(carnet) if (m := montrees(s))}
    assert fautes == {} and montrees(etat_des_widgets(carnet)) == []


@pytest.mark.parametrize("chemin", ELEVES, ids=lambda chemin: chemin.stem)
def test_sans_nom_de_carnet_rien_ne_se_montre_non_plus(chemin, tmp_path):
    """Sans nom de carnet, ce qui est écrit ne se lit pas : la grille reste pourtant fermée."""
    copie = Path(shutil.copy(chemin, tmp_path))
    carnet = nbformat.read(copie, as_version=4)
    executer(carnet, copie, nomme=False)
    fautes = {c.source: m for c, s in sorties(carnet) if (m := montrees(s))}
    assert fautes == {} and montrees(etat_des_widgets(carnet)) == []
    grilles = [s for c, s in sorties(carnet) if c.source.startswith("cas.grille(")]
    assert all("la grille est fermée" in s.data["text/plain"] for s in grilles)
    assert len(grilles) == sum(
        q == chemin.stem[1] for q in CAS.table("corrige-questions")["question"].str[0]
    )


def test_aucune_phrase_a_retenir_n_est_donnee_a_l_eleve():
    compte = 0
    for chemin in ELEVES[1:]:  # celles de l'accueil disent comment travailler
        corrige = nbformat.read(chemin.parents[1] / "corriges" / chemin.name, as_version=4)
        (retenir,) = (c.source for c in corrige.cells if c.source.startswith("## À retenir"))
        phrases = [" ".join(p.split()) for p in re.findall(r"^- (.+)$", retenir, re.MULTILINE)]
        compte += len(phrases)
        assert [p for p in phrases if p in texte_du_carnet(chemin)] == [], chemin.name
    assert compte > 15


FUITES = {
    'cas.indice("2.3", 1)': "Que devient le salaire moyen",
    "i = cas.indice('2.2'); i.suivant.click(); i": "Que cherche une entreprise",
    'cas.verifier("2.3", 763316.4)': "2.3 : 763",
    'cas.verifier("2.4.ue", 7, montrer=True)': "2.4.ue : 256",
    "s = cas.simulateur(); s.retour.click(); s": "2.4 : 21,8",
    "s.seuils.chercher.click(); s.seuils": "un seuil",
    "g = cas.grille('2.1'); g.voir_quand_meme(); g": "Prévisionnel",
    "cas.grille('2.2', ouverte=True)": "le résultat ne mesure qu'une",
    "cas.atelier('financeurs', etat=True, collectivites=True, ue=True)": "la part publique",
    "cas.atelier('strategie', reponses={'A1-51': 'emergente'})": "Le choix était émergent",
    "cas.atelier('culture', reponses={'A7-48': 'rites'})": "Une pratique collective qui revient et r",
    "cas.figure('calendrier', complete=True)": "la frise : applique la convention",
    "print('Écart : −4\u202f450\u00a0€, puis 9550')": "2.1.ressources : 9",
    "cas.atelier('sensibilite', reponses={'etp_ajoutes': 2.5})": "2.4 : 21,8",
    "cas.atelier('reseau', reponses={'part_auteurs': 0.5})": "le seuil de la surcharge",
    "cas.atelier('croissance', reponses={'effectif': 200})": "19900 liens",
    "cas.atelier('croissance', reponses={'effectif': 15})": "105 liens",
    "cas.atelier('arguments', complete=True)": "les faits conseillés",
    "cas.atelier('communication', reponses={'defi_5': 2})": "le défi : Chacun compte",
    "cas.atelier('notions', reponses={'A7-25': 'structure'})": "Le nombre de niveaux est un trait",
}


def test_cette_recherche_trouve_une_reponse_qui_se_montre(tmp_path):
    """Chaque façon connue de montrer une réponse se voit : la recherche sait donc échouer."""
    copie = Path(shutil.copy(ELEVES[2], tmp_path))
    debut = "from cerdd_case import Cas\n\ncas = Cas()"
    carnet = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(c) for c in (debut, *FUITES)]
    )
    executer(carnet, copie, allow_errors=False)
    trouvees = {c.source: montrees(c.outputs) for c in carnet.cells}
    assert trouvees.pop(debut) == []
    manquees = {
        source: (attendue, trouvees[source])
        for source, attendue in FUITES.items()
        if source != "s.seuils.chercher.click(); s.seuils"
        and not any(a_plat(attendue) in a_plat(t) for t in trouvees[source])
    }
    assert manquees == {}
    dans_la_page = [a_plat(t) for t in montrees(etat_des_widgets(carnet))]
    for attendue in ("un seuil", "Que cherche une entreprise", "2.4 : 21,8"):
        assert any(a_plat(attendue) in t for t in dans_la_page), attendue
