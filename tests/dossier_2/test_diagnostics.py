"""Chaque erreur habituelle, par son exemple : sur le cas livré et sur des cas changés."""

import re

import pytest
from outils import cas_change

from cerdd_case import Cas
from cerdd_case.dossier_2.tableau_exercice import Tableau2015
from cerdd_case.edition import construction, sources
from cerdd_case.socle.erreurs import ErreurDonnees
from cerdd_case.socle.memoire import Memoire
from cerdd_case.socle.nombres import pourcent
from cerdd_case.socle.nombres.ecriture import chiffres
from cerdd_case.socle.references import reference

CAS = {
    "livré": Cas(memoire=Memoire()),
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
    **{
        f"hausse de {hausse}": cas_change(
            {
                "annexe-06-hypotheses": {
                    ("hypothese", "charges_hors_personnel", "taux"): hausse,
                    ("hypothese", "autres_recettes", "taux"): hausse,
                }
            }
        )
        for hausse in (0.01, 0.015, 0.03)
    },
    "charges à trois pour cent": cas_change(
        {"annexe-06-hypotheses": {("hypothese", "charges_hors_personnel", "taux"): 0.03}}
    ),
    "deux dépenses stables": cas_change(
        {
            "annexe-06-hypotheses": {
                (
                    "hypothese",
                    "charges_hors_personnel",
                    "postes",
                ): "fonctionnement projets_exceptionnels"
            }
        }
    ),
    "investissement stable": cas_change(
        {
            "annexe-06-hypotheses": {
                (
                    "hypothese",
                    "charges_hors_personnel",
                    "postes",
                ): "fonctionnement prestations projets_exceptionnels"
            }
        }
    ),
    "mois seul": cas_change({"dossier-2-enonce": {("fait_id", "D2-11", "valeur"): 9}}),
    "hausse de salaire seule": cas_change(
        {"dossier-2-enonce": {("fait_id", "D2-12", "valeur"): 0.02}}
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
CODES = [code for code, c in CAS["livré"].controles.items() if c.question]
TOUS = [(nom, code) for nom in CAS for code in CODES]


@pytest.mark.parametrize(("nom", "code"), TOUS)
def test_chaque_exemple_recoit_son_diagnostic(nom, code):
    """L'exemple est ce que l'on tape ; le diagnostic doit être le sien, pas celui d'une autre.

    Deux erreurs qui donnent la même valeur, ou une erreur qui donne la bonne réponse, ne se
    distinguent pas : le cas n'en garde qu'une, ou aucune. Les autres se reconnaissent à la plus
    proche, même quand leurs valeurs se confondent au dixième de point.
    """
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
        if controle.unite == "part":
            assert cas.verifier(code, pourcent(valeur)).etat == "juste"
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


CONCLUSIONS = re.compile(
    r"favorabl|respect|dépass|équilibré\b|excédent|déficit|bénéfic|(sous|au-dessus d)\w* plafond"
    r"|même proportion|améliore|règle (est|n'est)", re.IGNORECASE,
)  # fmt: skip


def conclusions(texte: str) -> list[str]:
    """Les phrases, hors questions, qui donnent ce que l'élève doit conclure d'un nombre."""
    phrases = re.split(r"(?<=[.!?])\s+", texte)
    return [p for p in phrases if CONCLUSIONS.search(p) and not p.endswith("?")]


def test_une_conclusion_se_reconnait():
    for dite in ("C'est un écart favorable.", "La règle n'est pas respectée.",
                 "Elle ne dépasse pas le plafond ordinaire : la règle est respectée.",
                 "C'est la somme de deux écarts défavorables.", "Le budget est équilibré.",
                 "Des charges plus faibles l'améliorent."):  # fmt: skip
        assert conclusions(f"Lu : 9 550 €. {dite}") == [dite]
    assert not conclusions("Est-il favorable au résultat ? Concluez dans votre réponse.")


@pytest.mark.parametrize(("nom", "code"), TOUS)
def test_un_verdict_juge_le_nombre_sans_conclure(nom, code):
    """Juste, presque ou faux, demandé ou non : la conclusion, que la grille compte, reste à écrire."""
    cas, controle = CAS[nom], CAS[nom].controles[code]
    exemples = [d.exemple for d in controle.diagnostics]
    valeurs = [d.valeur for d in controle.diagnostics] + list(controle.acceptees)
    tapees = [*exemples, *valeurs, *(-v for v in valeurs), *(v / 1000 for v in valeurs), 7, ...]
    for tapee in tapees:
        verdict = cas.verifier(code, tapee, montrer=True)
        for texte in (str(verdict), verdict.phrase, verdict.proposee):
            assert not conclusions(texte), texte


@pytest.mark.parametrize("code", ["2.1", "2.1.ressources", "2.1.charges", "2.4"])
def test_ce_qui_est_a_conclure_se_demande(code):
    controle = CAS["livré"].controles[code]
    for valeur in controle.acceptees:
        assert "?" in CAS["livré"].verifier(code, valeur).phrase
    assert "?" in controle.proposee


@pytest.mark.parametrize("nom", CAS)
def test_le_tableau_de_2015_ne_conclut_pas(nom):
    exercice = Tableau2015(CAS[nom])
    solution = exercice.solution()
    essais = [solution, solution | {"ue": "1 000"}, solution | {"ue": "9 000 000"}]
    for poste, case in exercice.cases.items():
        essais += [solution | {poste: d.exemple} for d in case.diagnostics]
        essais += [solution | {poste: chiffres(v, 0, 2)} for v in case.acceptees]
    for tapees in essais:
        verdicts = exercice.juger(tapees).values()
        for texte in (exercice.equilibre(tapees), *(f"{v.texte} {v.proposee}" for v in verdicts)):
            assert not conclusions(texte), texte


def test_deux_valeurs_qui_se_confondent_au_dixieme_de_point():
    """À 3 %, l'État indexé et la valeur de secours donnent la même part au dixième : l'arrondi est
    alors admis, et seul le calcul complet montre l'erreur."""
    cas = CAS["charges à trois pour cent"]
    controle = cas.controles["2.4"]
    erreur = next(d for d in controle.diagnostics if d.code == "etat_indexe")
    assert any(pourcent(erreur.valeur) == pourcent(juste) for juste in controle.acceptees)
    assert cas.verifier("2.4", erreur.exemple).diagnostic == "etat_indexe"
    assert cas.verifier("2.4", pourcent(erreur.valeur)).etat == "juste"


@pytest.mark.parametrize(
    ("colonne", "valeur", "attendu"),
    [
        (
            "phrase",
            "Ce n'est pas {personel} qu'il faut.",
            "un nombre du cas : personnel, ",
        ),
        ("phrase", "Une accolade { de trop, par mégarde.", "un nombre du cas : "),
        ("exemples", "{total} + {tva}", "entre accolades"),
        ("exemples", "{total} ; {ue}", "il faut un exemple par contrôle"),
    ],
)
def test_une_erreur_mal_ecrite_dit_sa_case(colonne, valeur, attendu):
    cas = cas_change({"corrige-erreurs": {("rang", 1, colonne): valeur}})
    lieu = "table corrige-erreurs, ligne 1, colonne exemples : "
    with pytest.raises(ErreurDonnees, match=f"^{re.escape(lieu)}.*{re.escape(attendu)}"):
        _ = cas.controles


VARIABLES = {
    "2.1.ressources": "ecart_ressources", "2.1.charges": "ecart_charges", "2.1": "resultat_2014",
    "2.3": "charges_personnel_2015", "2.4.total": "total_depenses",
    "2.4.hors_ue": "recettes_hors_ue", "2.4.ue": "recettes_ue", "2.4": "part_ue",
}  # fmt: skip


@pytest.mark.entiere
@pytest.mark.parametrize("nom", CAS)
def test_le_code_du_corrige_donne_les_reponses_du_cas(nom):
    """Les cellules de réponse du carnet, calculées pour ce cas et exécutées, sont jugées justes."""

    titre, cellules = sources.lire_source(sources.dossier_des_sources() / "02_budget.md")
    calculer = sources.calculateur(sources.noms_du_texte(CAS[nom]))
    noms: dict = {}
    for cellule in construction.assembler(titre, cellules, "corriges", calculer).cells:
        if cellule.cell_type == "code" and "reponse" in cellule.metadata:
            exec(cellule.source, noms)
    assert set(VARIABLES) == set(CODES)
    for code, variable in VARIABLES.items():
        assert CAS[nom].verifier(code, noms[variable]).etat == "juste", (code, noms[variable])


# Ce qu'on ne peut pas se tromper à faire dans tous les cas.
SELON_LE_CAS = {
    "embauches_toute_l_annee", "hausse_de_salaire_oubliee", "mois_et_hausse_oublies",
    "ligne_indexee_a_tort",
}  # fmt: skip


def codes(nom: str, code: str | None = None) -> set[str]:
    controles = CAS[nom].controles
    return {d.code for c in ([code] if code else controles) for d in controles[c].diagnostics}


def test_les_codes_ne_dependent_pas_des_chiffres():
    assert not codes("livré") & SELON_LE_CAS
    for nom in CAS:
        assert codes("livré") - {"etat_indexe"} <= codes(nom) <= codes("livré") | SELON_LE_CAS, nom
        assert not any(c in "0123456789" for code in codes(nom) for c in code.replace("2014", ""))


@pytest.mark.parametrize(
    ("nom", "attendus"),
    [
        ("livré", set()),
        ("mois seul", {"embauches_toute_l_annee"}),
        ("hausse de salaire seule", {"hausse_de_salaire_oubliee"}),
        ("salaire et mois",
         {"embauches_toute_l_annee", "hausse_de_salaire_oubliee", "mois_et_hausse_oublies"}),
    ],
)  # fmt: skip
def test_une_erreur_n_existe_que_si_le_cas_la_permet(nom, attendus):
    assert codes(nom, "2.3") & SELON_LE_CAS == attendus


def test_une_ligne_indexee_a_tort_n_est_pas_un_arrondi():
    cas = CAS["investissement stable"]
    investissement = cas.annexe(4).set_index("poste").at["investissement", "montant_eur"]
    hausse = float(investissement) * cas.contexte.hypotheses.taux_charges
    for code in ("2.4.total", "2.4.ue"):
        verdict = cas.verifier(code, cas.controles[code].valeur + hausse)
        assert (verdict.etat, verdict.diagnostic) == ("faux", "ligne_indexee_a_tort"), verdict


@pytest.mark.parametrize(
    ("nom", "dit"),
    [
        ("livré", "seules celles de l'État sont stables"),
        ("recettes à part", "aucune n'est stable"),
    ],
)
def test_la_phrase_des_recettes_stables_suit_le_cas(nom, dit):
    controle = CAS[nom].controles["2.4.hors_ue"]
    diagnostic = next(d for d in controle.diagnostics if d.code == "recettes_stables")
    assert dit in diagnostic.phrase


def test_la_valeur_la_plus_proche_donne_le_diagnostic():
    """« 758,4 » est le réalisé de 2014, à l'échelle ; l'effectif en salariés n'en est que voisin."""
    for saisie in ("758,4", "632 × 1,2", "758 400"):
        assert CAS["livré"].verifier("2.3", saisie).diagnostic == "realise_2014"
    assert CAS["livré"].verifier("2.3", "758 423").diagnostic == "effectif_en_salaries"


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
