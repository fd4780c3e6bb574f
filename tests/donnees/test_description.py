"""La description des tableaux : complète, suivie, et refusée si elle se contredit."""

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outils import BUDGET, message

from cerdd_case import Cas
from cerdd_case.donnees.paquet import Donnees, dossier_des_donnees
from cerdd_case.socle.erreurs import ErreurDonnees

DONNEES = Donnees()
RESSOURCES = {r["name"]: r for r in DONNEES.ressources}
CHAMPS = [(nom, champ) for nom, r in RESSOURCES.items() for champ in r["schema"]["fields"]]


@pytest.mark.entiere
def test_frictionless_valide_tous_les_tableaux():
    import frictionless
    from frictionless import system

    with system.use_context(trusted=True):
        rapport = frictionless.validate(str(dossier_des_donnees() / "datapackage.json"))
    assert len(rapport.tasks) == len(RESSOURCES)
    fautes = rapport.flatten(["title", "rowNumber", "fieldName", "message"])
    assert rapport.valid, fautes


@pytest.mark.parametrize(
    ("nom", "champ"), CHAMPS, ids=lambda v: v if isinstance(v, str) else v["name"]
)
def test_chaque_champ_est_decrit(nom, champ):
    for cle in ("title", "description", "type", "cas:source"):
        assert champ.get(cle, "").strip(), f"{nom}, {champ['name']} : {cle} manque"
    if champ["type"] in ("integer", "number"):
        assert champ.get("cas:unite"), f"{nom}, {champ['name']} : cas:unite manque"


@pytest.mark.parametrize("nom", RESSOURCES)
def test_chaque_tableau_est_decrit(nom):
    ressource = RESSOURCES[nom]
    assert ressource["encoding"] == "utf-8" and ressource["mediatype"] == "text/csv"
    assert ressource["title"] and ressource["description"] and ressource["sources"][0]["title"]
    cle = ressource["schema"]["primaryKey"]
    assert set(cle) <= {c["name"] for c in ressource["schema"]["fields"]}
    if "cas:annexe" in ressource or "cas:document" in ressource:
        assert ressource["cas:table"] and ressource["cas:nature"] and ressource["cas:dossiers"]


@pytest.mark.parametrize("nom", RESSOURCES)
def test_chaque_tableau_se_lit_avec_les_types_annonces(nom):
    tableau = DONNEES.table(nom)
    genres = {"string": "OTU", "integer": "i", "number": "f", "boolean": "b"}
    assert len(tableau)
    for champ in RESSOURCES[nom]["schema"]["fields"]:
        serie = tableau[champ["name"]]
        assert serie.dtype.kind in genres[champ["type"]], champ["name"]
        if champ.get("constraints", {}).get("required"):
            assert serie.notna().all(), champ["name"]
        for code, unite in champ.get("cas:indispensables", {}).items():
            if "unite" in tableau:  # la description dit l'unité que le sujet donne
                trouvee = tableau.set_index(champ["name"]).at[code, "unite"]
                assert trouvee == unite or (pd.isna(trouvee) and not unite), code


BRUT = (dossier_des_donnees() / BUDGET).read_text(encoding="utf-8")


def tableau_decrit(paquet: dict, fichier: str) -> dict:
    return next(r for r in paquet["resources"] if r["path"] == fichier)


def champ(paquet: dict, fichier: str, nom: str) -> dict:
    fiches = tableau_decrit(paquet, fichier)["schema"]["fields"]
    return next(f for f in fiches if f["name"] == nom)


def contrainte(cle, valeur, nom="montant_eur"):
    return lambda p: champ(p, BUDGET, nom).setdefault("constraints", {}).update({cle: valeur})


def ressource(cle, valeur):
    return lambda p: tableau_decrit(p, BUDGET).update({cle: valeur})


def schema(cle, valeur):
    return lambda p: tableau_decrit(p, BUDGET)["schema"].update({cle: valeur})


def lien(colonnes, table, cibles):
    reference = {"resource": table, "fields": cibles}
    return schema("foreignKeys", [{"fields": colonnes, "reference": reference}])


@pytest.mark.parametrize(
    ("changement", "attendu"),
    [
        (contrainte("minimun", 0), "« minimun » n'est pas prévu. Vouliez-vous « minimum » ?"),
        (contrainte("exclusiveMinimum", 0), "« exclusiveMinimum » n'est pas prévu"),
        (contrainte("pattern", "[0-9]"), "d'un « number » : « pattern » n'est pas prévu"),
        (contrainte("minimum", 0, "libelle"), "d'un « string » : « minimum » n'est pas prévu"),
        (contrainte("minimum", "0"), "minimum : « 0 » ne convient pas. Écrivez un nombre"),
        (contrainte("minimum", True), "« True » ne convient pas. Écrivez un nombre"),
        (contrainte("maximum", 10**400), "ne convient pas. Écrivez un nombre entier ou un nombre"),
        (contrainte("required", "oui"), "required : « oui » ne convient pas. Écrivez true ou false"),
        (contrainte("pattern", "[a-", "libelle"), "« [a- » n'est pas un motif. Corrigez"),
        (contrainte("minLength", 1.5, "libelle"), "minLength : « 1.5 » ne convient pas. Écrivez un no"),
        (contrainte("enum", [], "libelle"), "enum : « [] » ne convient pas. Écrivez une liste"),
        (contrainte("enum", [1], "libelle"), "enum n° 1 : « 1 » ne convient pas. Écrivez un texte"),
        (lambda p: champ(p, BUDGET, "part").update(constraints=[]), "entre accolades"),
        (lambda p: champ(p, BUDGET, "part").update(type="any"),
         "type : « any » n'est pas prévu. Choisissez : string, integer, number, boolean."),
        (lambda p: champ(p, BUDGET, "part").pop("type"), "champ n° 5 (part) : il manque type"),
        (lambda p: champ(p, BUDGET, "part").update(format="email"), "« format » n'est pas prévu"),
        (lambda p: champ(p, BUDGET, "part").update(groupChar=" "), "« groupChar » n'est pas prévu"),
        (lambda p: champ(p, BUDGET, "part").update(decimalChar=","), "decimalChar : « , » ne convient"),
        (lambda p: champ(p, BUDGET, "part").update(name="poste"), "« poste » figure déjà parmi les champs"),
        (lambda p: champ(p, BUDGET, "part").update(name=5), "(5), name : « 5 » ne convient pas"),
        (lambda p: champ(p, BUDGET, "part").update({"cas:indispensables": ["ue"]}),
         "cas:indispensables : « ['ue'] » ne convient pas. Écrivez une desc"),
        (schema("fields", []), "champ : « [] » ne convient pas. Écrivez une liste"),
        (schema("fields", ["poste"]), "« poste » ne convient pas. Écrivez une description entre acc"),
        (schema("primaryKey", ["postes"]), "« postes » n'est pas prévu. Vouliez-vous « poste » ?"),
        (schema("primaryKey", []), "primaryKey : « [] » ne convient pas. Écrivez une liste"),
        (schema("uniqueKeys", [["poste"]]), "« uniqueKeys » n'est pas prévu"),
        (schema("missingValues", [""]), "« missingValues » n'est pas prévu"),
        (schema("foreignKeys", {}), "foreignKeys : « {} » ne convient pas. Écrivez une liste"),
        (lien(["poste"], "annexe-04-total", ["nature"]), "Vouliez-vous « annexe-04-totaux » ?"),
        (lien(["poste"], "", ["postes"]), "« postes » n'est pas prévu. Vouliez-vous « poste »"),
        (lien(["poste", "nature"], "", ["poste"]), "autant de champs des deux côtés"),
        (ressource("schema", "schema.json"), "Écrivez une description entre accolades"),
        (ressource("encoding", "latin-1"), "« latin-1 » ne convient pas. Écrivez « utf-8 »."),
        (ressource("format", "xlsx"), "format : « xlsx » ne convient pas. Écrivez « csv »."),
        (ressource("data", []), "« data » n'est pas prévu"),
        (ressource("dialect", {"delimiter": ";"}), "« dialect » n'est pas prévu"),
        (ressource("sources", ["sujet"]), "sources n° 1 : « sujet » ne convient pas"),
        (ressource("sources", [{}]), "sources n° 1 : il manque title"),
        (ressource("name", "notes"), "le nom « notes » est déjà celui du tableau n° "),
        (ressource("cas:annexe", 5), "le tableau « principale » de cas:annexe 5 est déjà celui du"),
        (ressource("cas:page", "cinq"), "cas:page : « cinq » ne convient pas. Écrivez un nombre"),
        (lambda p: tableau_decrit(p, BUDGET).pop("cas:table"), "il manque cas:table"),
        (ressource("path", ["a.csv", "b.csv"]), "path : « ['a.csv', 'b.csv'] » ne convient pas"),
    ],
)  # fmt: skip
def test_une_description_fausse_est_refusee(copie, changement, attendu):
    copie.decrire(changement)
    for nom in ("annexe-04-budget-previsionnel", "introduction"):
        texte = message(copie.cas.table, nom)
        assert str(copie.dossier / "datapackage.json") in texte and "tableau n° " in texte
        assert attendu in texte, texte


@pytest.mark.parametrize(
    "chemin", ["../x.csv", "corrige/../../x.csv", "/etc/passwd", "a\0b", "https://ex.fr/x", ""]
)
def test_un_chemin_qui_sort_du_dossier_est_refuse(copie, chemin):
    texte = message(copie.decrire(ressource("path", chemin)).cas.annexe, 4)
    assert "dossier" in texte and "Remettez" in texte, texte


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 10**20) | st.floats(allow_nan=False)
    | st.sampled_from(["", "poste", "string", "number", "..", "0"]) | st.text(max_size=4),
    lambda enfants: st.lists(enfants, max_size=2)
    | st.dictionaries(st.sampled_from(["name", "type", "fields"]), enfants, max_size=2),
    max_leaves=4,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_une_description_gatee_au_hasard_est_lue_ou_refusee(copie_du_module, data):
    ressources = json.loads(
        json.dumps([r for r in RESSOURCES.values() if r.get("cas:annexe") == 4])
    )
    place = {"resources": ressources}
    while True:
        cle = data.draw(st.sampled_from(
            sorted(place) if isinstance(place, dict) else list(range(len(place)))
        ))  # fmt: skip
        if isinstance(place[cle], dict | list) and place[cle] and data.draw(st.integers(0, 3)):
            place = place[cle]
        else:
            place[cle] = data.draw(JSON)
            break
    copie_du_module.ecrire_description({"resources": ressources})
    cas = copie_du_module.cas
    try:
        cas.catalogue()
        cas.annexe(4)
    except ErreurDonnees as erreur:
        assert str(erreur).endswith(".")
    finally:
        copie_du_module.ecrire_description({"resources": list(RESSOURCES.values())})


def test_une_cle_json_en_double_est_refusee(copie):
    copie.changer("datapackage.json", '"required": true', '"required": true, "required": false')
    assert "« required » figure déjà entre les mêmes accolades" in message(copie.cas.annexe, 4)


def test_un_raccourci_qui_sort_du_dossier_est_refuse(copie, tmp_path):
    dehors = tmp_path / "dehors.csv"
    dehors.write_text(BRUT, encoding="utf-8")
    (copie.dossier / BUDGET).unlink()
    try:
        (copie.dossier / BUDGET).symlink_to(dehors)
    except OSError:
        pytest.skip("ce système ne permet pas de créer un lien")
    assert "mène hors du dossier des données" in message(copie.cas.annexe, 4)
    (tmp_path / "ailleurs").symlink_to(copie.dossier, target_is_directory=True)
    assert len(Cas(tmp_path / "ailleurs").annexe(5)) == 6  # le dossier lui-même peut en être un


def test_des_liens_qui_se_renvoient_l_un_a_l_autre_se_lisent(copie):
    def decrire(paquet):
        lien(["nature"], "annexe-04-totaux", ["nature"])(paquet)
        reference = {"resource": "annexe-04-budget-previsionnel", "fields": ["nature"]}
        tableau_decrit(paquet, "annexe_04_totaux.csv")["schema"]["foreignKeys"] = [
            {"fields": ["nature"], "reference": reference}
        ]

    cas = copie.decrire(decrire).cas
    assert len(cas.annexe(4)) == 9 and len(cas.annexe(4, "totaux")) == 2


@pytest.mark.entiere
def test_chaque_fichier_n_est_lu_qu_une_fois(copie, monkeypatch):
    lus = []
    octets = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: lus.append(self.name) or octets(self))
    cas = copie.cas
    for nom in [*RESSOURCES, *RESSOURCES]:
        cas.table(nom)
    assert sorted(lus) == sorted(Path(r["path"]).name for r in RESSOURCES.values())
