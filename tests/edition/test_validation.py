"""Un corrigé qui n'est plus entier se voit, cellule par cellule, avant d'être rejoué ou imprimé."""

import copy
import json

import pytest

from cerdd_case.bureau import carnets, commande
from cerdd_case.bureau.impression import ErreurImpression
from cerdd_case.donnees.paquet import Donnees
from cerdd_case.edition import construction, sous_commandes
from cerdd_case.edition.documents import document
from cerdd_case.edition.validation import note_des_sorties

LIVRES = carnets.dossier_des_carnets()
CARNETS = {c.name: json.loads(c.read_text(encoding="utf-8")) for c in
           (LIVRES / "corriges").glob("[0-9]*.ipynb")}  # fmt: skip
DONNEES = Donnees()
NOM = "02_budget.ipynb"


def cellule_de_code(carnet, avec="image/png"):
    """La première cellule de code réservée au corrigé dont une sortie porte ce type."""
    return next(
        c for c in carnet["cells"]
        if c["cell_type"] == "code" and "corrige" in c["metadata"].get("tags", [])
        and any(avec in s.get("data", {}) for s in c["outputs"])
    )  # fmt: skip


def effacer(cellule, numero=True):
    cellule["outputs"] = []
    if numero:
        cellule["execution_count"] = None


def partout(action):
    def changer(carnet):
        for cellule in carnet["cells"]:
            if cellule["cell_type"] == "code":
                action(cellule)

    return changer


def tout_effacer_et_tricher(carnet):
    partout(effacer)(carnet)
    carnet["cells"][-1]["source"] = ["La part est de 99 %."]


ERREUR = {"output_type": "error", "ename": "NameError", "evalue": "x", "traceback": []}

UN_POINT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def falsifier(carnet, genre, valeur):
    for sortie in cellule_de_code(carnet, genre)["outputs"]:
        if genre in sortie.get("data", {}):
            sortie["data"][genre] = valeur


def cellule_a_plusieurs_sorties(carnet):
    return next(c for c in carnet["cells"] if len(c.get("outputs", [])) > 1)


# Ce qui arrive à un corrigé : (changement, ce que la phrase dit, l'impression est-elle refusée ?)
ACCIDENTS = {
    "toutes les sorties effacées": (partout(effacer), "aucune exécution", True),
    "et une valeur fausse tapée": (tout_effacer_et_tricher, "aucune exécution", True),
    "une sortie effacée": (lambda c: effacer(cellule_de_code(c)), "aucune exécution", True),
    "sortie effacée, numéro gardé": (
        lambda c: effacer(cellule_de_code(c), False), "une sortie a disparu", True),
    "l'image seule effacée": (
        lambda c: [s["data"].pop("image/png", None) for s in cellule_de_code(c)["outputs"]
                   if "data" in s], "une sortie a disparu (image/png)", True),
    "numéros perdus": (
        partout(lambda c: c.update(execution_count=None)), "aucune exécution", True),
    "une erreur enregistrée": (
        lambda c: cellule_de_code(c).update(outputs=[ERREUR]), "une erreur est enregistrée", True),
    "une cellule de code supprimée": (
        lambda c: c["cells"].remove(cellule_de_code(c)), "a disparu avec ses sorties", True),
    "une cellule devenue brute": (
        lambda c: cellule_de_code(c).update(cell_type="raw"), "a disparu avec ses sorties", True),
    "une cellule ajoutée, jamais exécutée": (
        lambda c: c["cells"].append({"cell_type": "code", "id": "neuve", "metadata": {},
                                     "source": "1 + 1", "outputs": [], "execution_count": None}),
        "aucune exécution", True),
    "un texte changé": (
        lambda c: c["cells"][-1].update(source="Autre chose."), "le texte a changé", False),
    "une valeur changée dans le code": (
        lambda c: cellule_de_code(c).update(source="x = 12"), "le texte a changé", False),
    "un texte supprimé": (lambda c: c["cells"].pop(), "a été supprimée", False),
    "un texte ajouté": (
        lambda c: c["cells"].append({"cell_type": "markdown", "id": "neuve", "metadata": {},
                                     "source": "En plus."}), "cellule ajoutée", False),
    "deux cellules échangées": (
        lambda c: c["cells"].insert(3, c["cells"].pop(1)), "même ordre", False),
    "une étiquette qui fait taire nbval": (
        lambda c: cellule_de_code(c)["metadata"]["tags"].append("nbval-ignore-output"),
        "étiquettes", False),
    "toutes les étiquettes perdues": (
        lambda c: [x.update(metadata={}) for x in c["cells"]], "étiquettes", None),
    "un tableau falsifié, et nbval qui se tait": (
        lambda c: (falsifier(c, "text/html", "<p>999 999 €</p>"), partout(
            lambda x: x["metadata"].setdefault("tags", []).append("nbval-skip"))(c)),
        "a été retouchée", True),
    "des sorties dans l'autre ordre": (
        lambda c: cellule_a_plusieurs_sorties(c)["outputs"].reverse(), "a été retouchée", True),
    "une image vide": (lambda c: falsifier(c, "image/png", ""), "n'en est pas une", True),
    "une image qui n'en est pas une": (
        lambda c: falsifier(c, "image/png", "iVBORw0KGgoAAAAN"), "n'en est pas une", True),
    "une image d'ailleurs": (
        lambda c: falsifier(c, "image/png", UN_POINT), "n'est pas celle de la construction", False),
    "le titre changé": (lambda c: c["metadata"].update(title="Autre"), "titre du carnet", False),
    "les notes des sorties ôtées": (
        lambda c: c["metadata"]["cerdd"].pop("sorties"), "ne porte plus la marque", None),
    "la description d'une image changée": (
        lambda c: [s["metadata"].update({"image/png": {"alt": "faux"}}) for s in
                   cellule_de_code(c)["outputs"] if "image/png" in s.get("data", {})],
        "n'est pas celle de la construction", False),
    "une image ajoutée où il n'y avait rien": (
        lambda c: next(x for x in c["cells"] if x["cell_type"] == "code" and not x["outputs"])
        .update(outputs=[{"output_type": "display_data", "metadata": {},
                          "data": {"image/png": UN_POINT}}]),
        "n'est pas celle de la construction", False),
    "la marque perdue": (lambda c: c["metadata"].pop("cerdd"), "ne porte plus la marque", False),
}  # fmt: skip


@pytest.fixture
def chez_moi(tmp_path, monkeypatch):
    """Une copie des carnets validés et de leurs sources (vides : seul leur nom compte)."""
    for dossier in ("corriges", "sources"):
        (tmp_path / dossier).mkdir()
    for nom, carnet in CARNETS.items():
        (tmp_path / "corriges" / nom).write_text(json.dumps(carnet), encoding="utf-8")
        (tmp_path / "sources" / nom.replace(".ipynb", ".md")).touch()
    monkeypatch.setattr(carnets, "dossier_des_carnets", lambda: tmp_path)
    return tmp_path


def test_les_carnets_livres_sont_entiers(chez_moi):
    assert len(CARNETS) == 5
    assert construction.fautes_des_corriges(chez_moi) == []


@pytest.mark.parametrize("nom", ACCIDENTS)
def test_un_accident_rend_la_verification_rouge(nom, chez_moi, monkeypatch, capsys):
    accident, phrase, refus = ACCIDENTS[nom]
    carnet = copy.deepcopy(CARNETS[NOM])
    accident(carnet)
    (chez_moi / "corriges" / NOM).write_text(json.dumps(carnet), encoding="utf-8")
    monkeypatch.setattr(sous_commandes, "rejouer", lambda copies: 0)  # nbval, lui, serait content
    assert commande.principal(["verifier"]) == 1
    sortie = capsys.readouterr()
    assert NOM in sortie.err and phrase in sortie.err
    assert "Tout est vert" not in sortie.out
    if "cellule" in phrase or "sortie" in phrase:
        assert "« " in sortie.err
    if refus:
        with pytest.raises(ErreurImpression, match="pas entier") as erreur:
            document("corrige", "2", DONNEES)
        assert phrase in str(erreur.value)
    elif refus is not None:
        assert document("corrige", "2", DONNEES)


def test_un_carnet_absent_ou_d_eleve_est_nomme(chez_moi):
    eleve = (LIVRES / "eleves" / NOM).read_text(encoding="utf-8")
    (chez_moi / "corriges" / NOM).write_text(eleve, encoding="utf-8")
    (chez_moi / "corriges" / "03_coordination.ipynb").unlink()
    assert construction.fautes_des_corriges(chez_moi) == [
        "corriges/03_coordination.ipynb manque.",
        f"{NOM} est un carnet d'élève, pas un corrigé.",
    ]
    with pytest.raises(ErreurImpression, match="carnet d'élève"):
        document("corrige", "2", DONNEES)


def test_sans_sources_les_carnets_attendus_sont_ceux_des_eleves(chez_moi):
    (chez_moi / "sources").rename(chez_moi / "eleves")
    for source in (chez_moi / "eleves").iterdir():
        source.rename(source.with_suffix(".ipynb"))
    assert construction.fautes_des_corriges(chez_moi) == []
    (chez_moi / "corriges" / NOM).unlink()
    assert construction.fautes_des_corriges(chez_moi) == [f"corriges/{NOM} manque."]


def test_une_reexecution_dans_jupyterlab_reste_entiere(chez_moi):
    """Numéros, vues de widgets, flux coupés, minutage : rien de cela n'est une faute."""
    carnet = copy.deepcopy(CARNETS[NOM])
    for rang, cellule in enumerate(carnet["cells"]):
        if cellule["cell_type"] != "code":
            continue
        cellule["execution_count"] = 100 + rang
        cellule["metadata"]["execution"] = {"iopub.status.busy": "2025-01-01"}
        for sortie in cellule["outputs"]:
            if "data" in sortie:
                sortie["data"]["application/vnd.jupyter.widget-view+json"] = {"model_id": "x"}
        flux = [s for s in cellule["outputs"] if s["output_type"] == "stream"]
        cellule["outputs"] += copy.deepcopy(flux[:1])
    carnet["metadata"]["widgets"] = {}
    (chez_moi / "corriges" / NOM).write_text(json.dumps(carnet), encoding="utf-8")
    assert construction.fautes_des_corriges(chez_moi) == []


def test_les_natures_ne_dependent_pas_des_valeurs():
    flux = [{"output_type": "stream", "name": "stdout", "text": t} for t in "ab"]
    vue = {"output_type": "display_data", "data": {"image/png": "x", "text/plain": "y",
           "application/vnd.jupyter.widget-view+json": {}}}  # fmt: skip
    natures = note_des_sorties([*flux, vue, ERREUR])["natures"]
    assert natures == ["error", "image/png", "stdout", "text/plain"]
