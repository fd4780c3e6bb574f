"""Chaque erreur habituelle, par son exemple : sur le cas livré et sur des cas changés."""

import pytest
from outils import cas_change

from cerdd_case import Cas
from cerdd_case.edition import construction, sources
from cerdd_case.socle.references import reference
from cerdd_case.socle.suivi import Suivi

CAS = {
    "livré": Cas(suivi=Suivi()),
    "quatre embauches": cas_change({"dossier-2-enonce": {("fait_id", "D2-09", "valeur"): 4}}),
    "équipe et taux": cas_change(
        {
            "introduction": {
                ("fait_id", "INT-51", "valeur"): 15,
                ("fait_id", "INT-52", "valeur"): 14,
            },
            "annexe-06-hypotheses": {
                ("hypothese", "charges_hors_personnel", "taux"): 0.035,
                ("hypothese", "autres_recettes", "taux"): 0.035,
            },
        }
    ),
    "autre budget": cas_change(
        {
            "annexe-04-budget-previsionnel": {
                ("poste", "personnel", "montant_eur"): 701_230,
                ("poste", "personnel", "part"): 0.67,
                ("poste", "prestations", "montant_eur"): 195_718,
                ("poste", "prestations", "part"): 0.19,
            },
            "annexe-05-budget-realise": {
                ("poste", "charges_personnel", "montant_keur"): 655,
                ("poste", "ressources_etat", "montant_keur"): 380,
                ("poste", "ressources", "montant_keur"): 1064,
                ("poste", "resultat", "montant_keur"): 28,
            },
        }
    ),
    "salaire et mois": cas_change(
        {
            "dossier-2-enonce": {
                ("fait_id", "D2-11", "valeur"): 4,
                ("fait_id", "D2-12", "valeur"): 0.03,
            }
        }
    ),
    "recettes à part": cas_change(
        {
            "annexe-06-hypotheses": {
                ("hypothese", "charges_hors_personnel", "taux"): 0.05,
                ("hypothese", "autres_recettes", "taux"): 0.01,
                ("hypothese", "recettes_etat", "taux"): 0.0125,
                ("hypothese", "recettes_etat", "genre"): "taux",
            }
        }
    ),
    "projet et décimales": cas_change(
        {
            "annexe-04-budget-previsionnel": {
                ("poste", "projets_exceptionnels", "montant_eur"): 40_000,
                ("poste", "projets_exceptionnels", "part"): 0.04,
                ("poste", "fonctionnement", "montant_eur"): 92_502.35,
                ("poste", "fonctionnement", "part"): 0.09,
                ("poste", "prestations", "montant_eur"): 260_850.65,
            },
            "annexe-05-budget-realise": {
                ("poste", "ressources_etat", "montant_keur"): 366.5,
                ("poste", "ressources", "montant_keur"): 1050.5,
                ("poste", "resultat", "montant_keur"): 14.5,
            },
        }
    ),
}
CODES = list(CAS["livré"].controles)
TOUS = [(nom, code) for nom in CAS for code in CODES]


@pytest.mark.parametrize(("nom", "code"), TOUS)
def test_chaque_exemple_recoit_son_diagnostic(nom, code):
    """L'exemple est ce que l'on tape ; le diagnostic doit être le sien, pas celui d'une autre."""
    cas = CAS[nom]
    diagnostics = cas.controles[code].diagnostics
    assert diagnostics
    for diagnostic in diagnostics:
        verdict = cas.verifier(code, diagnostic.exemple)
        assert verdict.diagnostic == diagnostic.code, (diagnostic.exemple, str(verdict))
        assert verdict.etat == "faux" and verdict.paragraphe == diagnostic.paragraphe
        assert diagnostic.phrase in verdict.phrase and "{" not in verdict.phrase
        assert reference(diagnostic.paragraphe)


@pytest.mark.parametrize(("nom", "code"), TOUS)
def test_la_bonne_reponse_l_illisible_et_la_fausse(nom, code):
    cas, controle = CAS[nom], CAS[nom].controles[code]
    for valeur in controle.acceptees:
        assert cas.verifier(code, valeur).etat == "juste"
        assert cas.verifier(code, controle.ecrire(valeur)).etat == "juste"
    assert cas.verifier(code, "je ne sais pas").etat == "illisible"
    fausse = cas.verifier(code, "93 %" if controle.unite == "part" else 7_654_321)
    assert (fausse.etat, fausse.diagnostic) == ("faux", "autre")


@pytest.mark.parametrize(("nom", "code"), TOUS)
def test_un_diagnostic_ne_donne_pas_la_reponse(nom, code):
    cas, controle = CAS[nom], CAS[nom].controles[code]
    for diagnostic in controle.diagnostics:
        phrase = cas.verifier(code, diagnostic.exemple).phrase.split(". ", 1)[1]
        for valeur in controle.acceptees:
            assert controle.ecrire(valeur) not in phrase


VARIABLES = {
    "2.1.ressources": "ecart_ressources", "2.1.charges": "ecart_charges", "2.1": "resultat_2014",
    "2.3": "charges_personnel_2015", "2.4.total": "total_depenses",
    "2.4.hors_ue": "recettes_hors_ue", "2.4.ue": "recettes_ue", "2.4": "part_ue",
}  # fmt: skip


@pytest.mark.parametrize("nom", CAS)
def test_le_code_du_corrige_donne_les_reponses_du_cas(nom):
    """Les cellules de réponse du carnet, calculées pour ce cas et exécutées, sont jugées justes."""
    titre, cellules = sources.lire_source(sources.dossier_des_sources() / "02_budget.md")
    calculer = sources.calculateur(sources.contexte(CAS[nom]))
    noms: dict = {}
    for cellule in construction.assembler(titre, cellules, "corriges", calculer).cells:
        if cellule.cell_type == "code" and "reponse" in cellule.metadata:
            exec(cellule.source, noms)
    assert set(VARIABLES) == set(CODES)
    for code, variable in VARIABLES.items():
        assert CAS[nom].verifier(code, noms[variable]).etat == "juste", (code, noms[variable])


def test_les_codes_ne_dependent_pas_des_chiffres():
    codes = [
        {d.code for c in cas.controles.values() for d in c.diagnostics} for cas in CAS.values()
    ]
    assert all(c == codes[0] for c in codes)
    assert not any(
        chiffre in code.replace("2014", "") for code in codes[0] for chiffre in "0123456789"
    )


def test_les_controles_qui_gagnent_un_point_existent():
    """2.3 et le tableau de 2.4 se gagnent par le calcul seul ; le reste se lit dans le texte."""
    attendus = CAS["livré"].table("corrige-attendus")
    gagnes = {
        a.attendu_id: a.controles.split()
        for a in attendus.itertuples()
        if isinstance(a.controles, str)
    }
    assert all(code in CODES for codes in gagnes.values() for code in codes)
    questions = attendus.set_index("attendu_id")["question"]
    assert {a for a in questions.index if questions[a] == "2.3"} <= set(gagnes)
    assert all(code[:3] == questions[a] for a, codes in gagnes.items() for code in codes)
