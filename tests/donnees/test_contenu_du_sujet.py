"""Ce que contiennent les annexes : les nombres que l'on compte ou lit dans le sujet."""

import pytest

from cerdd_case import Cas
from cerdd_case.donnees.paquet import Donnees

DONNEES = Donnees()
RESSOURCES = {r["name"]: r for r in DONNEES.ressources}


@pytest.mark.parametrize(
    ("annexe", "table", "lignes"),
    [
        (1, "droits_de_vote", 3),  # État, Région, collectivités
        (3, None, 4),  # équilibre, cœur du projet, 20 %, 30 %
        (4, None, 9),  # cinq dépenses et quatre recettes
        (4, "totaux", 2),
        (5, None, 6),
        (6, None, 4),
        (8, "supports", 4),
        (9, None, 23),  # 3 + 5 + 3 à optimiser, 2 + 7 + 3 à créer
        (9, "missions", 7),
        (11, "web_2_0", 12),
        ("notes", None, 5),
    ],
)
def test_le_nombre_de_lignes_est_celui_du_sujet(annexe, table, lignes):
    assert len(DONNEES.annexe(annexe, table)) == lignes


@pytest.mark.parametrize("numero", [*range(1, 12), "introduction"])
def test_chaque_annexe_se_lit_par_son_numero(numero):
    tableau = Cas().annexe(numero)
    assert len(tableau) and tableau.attrs["titre"] and "page" in tableau.attrs["source"]
    assert Cas().annexe(str(numero)).equals(tableau)


def test_droits_de_vote():
    droits = DONNEES.annexe(1, "droits_de_vote").set_index("membre")["part"]
    assert droits.to_dict() == {"etat": 0.4, "region": 0.4, "collectivites": 0.2}


def test_plan_de_communication_colonne_par_rubrique():
    plan = DONNEES.annexe(9)
    assert plan.groupby(["colonne", "rubrique"]).size().to_dict() == {
        ("optimiser", "positionnement"): 3,
        ("optimiser", "methodes"): 5,
        ("optimiser", "productions"): 3,
        ("creer_ou_developper", "positionnement"): 2,
        ("creer_ou_developper", "methodes"): 7,
        ("creer_ou_developper", "productions"): 3,
    }


def test_budget_previsionnel_et_totaux_imprimes():
    budget = DONNEES.annexe(4).set_index("poste")
    assert budget["montant_eur"].to_dict() == {
        "personnel": 636097, "fonctionnement": 132502, "prestations": 260851,
        "investissement": 11000, "projets_exceptionnels": 0,
        "etat": 361000, "collectivites": 507300, "ue": 132000, "autres": 40150,
    }  # fmt: skip
    # 636 097 + 132 502 + 260 851 + 11 000 = 361 000 + 507 300 + 132 000 + 40 150 = 1 040 450
    totaux = DONNEES.annexe(4, "totaux").set_index("nature")["montant_eur"]
    assert totaux.to_dict() == {"depense": 1040450, "recette": 1040450}
    assert budget.groupby("nature")["montant_eur"].sum().to_dict() == totaux.to_dict()


def test_les_pourcentages_imprimes_font_100_et_suivent_les_montants():
    budget = DONNEES.annexe(4)
    assert budget.groupby("nature")["part"].sum().round(9).to_dict() == {"depense": 1, "recette": 1}
    # Le sujet imprime 48 % là où le calcul donne 48,76 % : tout le reste est à un demi-point près.
    ecart = (budget["part"] - budget["montant_eur"] / 1040450).abs()
    assert budget.loc[ecart > 0.005, "poste"].tolist() == ["collectivites"]
    assert ecart.max() == pytest.approx(507300 / 1040450 - 0.48)


def test_budget_realise():
    realise = DONNEES.annexe(5).set_index("poste")["montant_keur"].to_dict()
    assert realise == {
        "ressources": 1050, "ressources_etat": 366, "autres_ressources": 684,
        "charges": 1036, "charges_personnel": 632, "resultat": 14,
    }  # fmt: skip


def test_regles_et_hypotheses():
    seuils = DONNEES.annexe(3).set_index("regle")["seuil"]
    assert seuils["plafond_ue"] == 0.20 and seuils["plafond_ue_exceptionnel"] == 0.30
    hypotheses = DONNEES.annexe(6).set_index("hypothese")
    assert hypotheses["genre"].to_dict() == {
        "charges_hors_personnel": "taux", "recettes_etat": "stabilite",
        "autres_recettes": "taux", "recettes_ue": "solde",
    }  # fmt: skip
    assert hypotheses["taux"].dropna().tolist() == [0.02, 0.0, 0.02]


def test_introduction_effectif_et_creation():
    valeurs = set(DONNEES.annexe("introduction")["valeur"].dropna())
    assert {2001, 13, 12, 1} <= valeurs


def test_l_annexe_2_dit_ce_qui_est_deduit():
    organes = DONNEES.annexe(2)
    assert set(organes["statut_information"]) == {"enonce", "deduit"}
    assert organes["source"].str.contains("annexe|introduction").all()


@pytest.mark.parametrize(
    ("annexe", "paragraphes"),
    [("introduction", 10), (1, 16), (6, 4), (7, 5)],  # blocs et puces comptés dans le sujet
)
def test_tous_les_paragraphes_sont_la(annexe, paragraphes):
    vus = {
        int(p)
        for nom, r in RESSOURCES.items()
        if r.get("cas:annexe") == annexe
        for p in DONNEES.table(nom)["paragraphe"]
    }
    assert vus == set(range(1, paragraphes + 1))


def test_catalogue():
    catalogue = Cas().catalogue()
    assert list(catalogue) == ["numero", "titre", "nature", "tables", "dossiers", "page"]
    par_numero = catalogue.set_index("numero")
    assert par_numero.index.is_unique and {"introduction", *range(1, 12)} <= set(par_numero.index)
    # Table des matières du sujet.
    pages = {1: 5, 2: 6, 3: 7, 4: 7, 5: 7, 6: 8, 7: 8, 8: 9, 9: 9, 10: 10, 11: 11}
    assert par_numero.loc[list(pages), "page"].to_dict() == pages
    dossiers = {1: "1", 2: "1, 3", 3: "2", 4: "2", 5: "2", 6: "2", 7: "3",
                8: "4", 9: "4", 10: "4", 11: "4"}  # fmt: skip
    assert par_numero.loc[list(dossiers), "dossiers"].to_dict() == dossiers
    assert par_numero.loc[9, "tables"] == "principale, faits, missions"
    for numero, tables in par_numero["tables"].items():
        lire = DONNEES.annexe if "cas:annexe" in _ressource(numero) else DONNEES.document
        for table in tables.split(", "):
            assert len(lire(numero, table))


def _ressource(numero):
    return next(
        r for r in DONNEES.ressources if numero in (r.get("cas:annexe"), r.get("cas:document"))
    )
