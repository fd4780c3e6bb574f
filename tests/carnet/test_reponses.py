"""Une cellule de réponse : chaque côté droit se lit comme on le tape, jamais comme du Python."""

import copy
import csv
import json
import pickle
import re
from pathlib import Path

import pytest

from cerdd_case import Cas
from cerdd_case.carnet import reponses
from cerdd_case.edition import sources
from cerdd_case.questions import registre
from cerdd_case.socle import dossier
from cerdd_case.socle.nombres import ErreurSaisie, NombreSaisi, TexteSaisi, lire

VARIABLES = dossier.variables()
NOMS = {code: nom for nom, code in VARIABLES.items() if nom != "ma_reponse"}
TABLES = Path(__file__).resolve().parent.parent / "socle" / "nombres"


def lignes(table: str) -> list[dict]:
    with (TABLES / table).open(encoding="utf-8", newline="") as fichier:
        return [{**c, "saisie": json.loads(c["saisie_json"])} for c in csv.DictReader(fichier)]


def juge(noyau, code: str, droite: str):
    """Le verdict de la cellule suivante, quand celle de réponse contient `nom = droite`."""
    nom = NOMS[code]
    noyau.executer(f"{nom} = {droite}")
    assert noyau.montre == []
    return noyau.executer(f'cas.verifier("{code}", {nom})')


@pytest.mark.parametrize("cas", lignes("nombres.csv"), ids=lambda c: c["saisie_json"])
def test_chaque_saisie_relevee_se_lit_dans_une_cellule_de_reponse(noyau, cas):
    verdict = juge(noyau, cas["question"], cas["saisie"])
    assert verdict == noyau.cas.verifier(cas["question"], cas["saisie"])
    if cas["lecture"] == "lu":
        assert verdict.lu == pytest.approx(float(cas["valeur"]), abs=5e-7)
    else:
        assert (verdict.etat, verdict.lu) == (cas["lecture"], None)


def test_toutes_les_autres_saisies_se_jugent_comme_leur_texte(noyau):
    saisies = [c for c in lignes("jugements.csv") if not {"\n", "#"} & set(c["saisie"].strip())]
    assert len(saisies) > 100
    for rang, c in enumerate(saisies):
        ecrit = json.dumps(c["saisie"], ensure_ascii=False)
        droite = (c["saisie"], ecrit, f"{ecrit}  # de tête")[rang % 3]
        noyau.executer(f"{NOMS[c['question']]} = {droite}")
        verdicts = (
            registre.juger_un_code(c["question"], reponse, noyau.cas.controles)
            for reponse in (c["saisie"], noyau.ipython.user_ns[NOMS[c["question"]]])
        )
        assert next(verdicts) == next(verdicts), c


def test_la_liste_des_noms_est_celle_des_carnets():
    """Les cellules de réponse et de vérification n'emploient que ces variables, avec ces codes."""
    ecrites, verifiees = set(), {}
    for chemin in sources.dossier_des_sources().glob("*.md"):
        for c in sources.lire_source(chemin)[1]:
            if c.genre == "code" and c.eleve:
                ecrites |= {nom for nom, _ in reponses.affectations(c.eleve, VARIABLES)}
                demandes = re.findall(r'cas\.verifier\("([^"]+)", (\w+)\)', c.eleve)
                verifiees |= {nom: code for code, nom in demandes}
            assert (
                c.genre != "code"
                or "reponse" not in c.metadonnees
                or reponses.affectations(c.eleve, VARIABLES)
            )
    assert ecrites == VARIABLES.keys() and verifiees == VARIABLES
    assert set(VARIABLES.values()) == Cas().controles.keys()


@pytest.mark.parametrize(
    ("cellule", "valeurs"),
    [
        ("ecart_ressources = 9 550 €\necart_charges = (4 450)\n"
         "resultat_2014 = ecart_ressources - ecart_charges",
         {"ecart_ressources": 9550, "ecart_charges": -4450, "resultat_2014": 14000}),
        ("resultat_2014 = 1050 k€ - 1036 k€  # deux unités", {"resultat_2014": 14000}),
        ("# le total\n\ntotal_depenses = 1 000 000 €\nrecettes_ue = total_depenses × 21,8 / 100",
         {"recettes_ue": 218000}),
        ("total_depenses = 1000\nrecettes_ue = total_depenses − 1 000,5 €", {"recettes_ue": -0.5}),
        ("total_depenses = 1000\nrecettes_ue = total_depenses * 1.025", {"recettes_ue": 1025}),
        ("part_ue = 21,8 %\nrecettes_ue = round(part_ue * 1000)", {"recettes_ue": 218}),
        ("cout = 636 097 €\ncharges_personnel_2015 = cout * 1.2", {"charges_personnel_2015": 763316.4}),
        ("taux = 1.025\ncharges_personnel_2015 = 1000 * taux", {"charges_personnel_2015": 1025}),
        ('recettes_ue = cas.projeter(etp_ajoutes=0).ue_eur * 0', {"recettes_ue": 0}),
        ('total_depenses = "1 000 €"\nrecettes_ue = "total_depenses × 0,2"', {"recettes_ue": 200}),
        ("a = 5\nresultat_2014 = a - 5", {"resultat_2014": 0}),
    ],
)  # fmt: skip
def test_un_cote_droit_peut_calculer_avec_des_noms(noyau, cellule, valeurs):
    noyau.executer(cellule)
    assert noyau.montre == []
    for nom, valeur in valeurs.items():
        assert noyau.executer(f"{nom} * 1") == pytest.approx(valeur)


@pytest.mark.parametrize(
    "droite", ["14.000", "1050-1040,45", "14,000", "[9550]", "(1, 2)", "9550 == 9550", "lambda: 1",
               "%time 14000", "!echo 14000", "14000?", "%%time", "{9550}", "quatorze", "b'14'", "None"]
)  # fmt: skip
def test_un_cote_droit_n_est_jamais_du_python_qui_se_trouve_valide(noyau, droite):
    assert juge(noyau, "2.1", droite) == noyau.cas.verifier("2.1", droite)
    texte = noyau.executer("resultat_2014")
    assert texte.texte == droite if type(texte) is NombreSaisi else texte == droite


def test_un_point_de_milliers_se_demande_aussi_au_milieu_d_un_calcul(noyau):
    noyau.executer("total_depenses = 20 000\nrecettes_ue = total_depenses - 14.000")
    assert noyau.executer('cas.verifier("2.4.ue", recettes_ue)').etat == "ambigu"


@pytest.mark.parametrize(
    ("cellule", "valeur"),
    [
        ("x = 14.000", 14),
        ("resultat_2014 = 14.000\nprint(end='')", 14),
        ("resultat_2014 = round(\n    number=14.000,\n    ndigits=0)", 14),
        ("resultat_2014 = 14.000; x = 1", 14),
        ("if True:\n    resultat_2014 = 14.000", 14),
        ("resultat_2014 = 14.000\n14000", 14),
    ],
)
def test_toute_autre_cellule_reste_du_python(noyau, cellule, valeur):
    noyau.executer(cellule)
    assert noyau.executer(re.search(r"x|resultat_2014", cellule)[0]) == valeur


def test_une_reponse_encore_vide_se_dit_et_fait_attendre_la_suite(noyau):
    noyau.executer(
        "ecart_ressources = ...\necart_charges =\nresultat_2014 = ecart_ressources - ecart_charges"
    )
    assert noyau.montre == []
    dits = [
        str(noyau.executer(f'cas.verifier("{c}", {NOMS[c]})')) for c in NOMS if c.startswith("2.1")
    ]
    assert all(dit.startswith("… À compléter") for dit in dits)
    assert "répondez d'abord à la ligne « ecart_ressources »" in dits[2]
    assert "pas encore de réponse" in dits[0] and "rien après le signe =" in dits[1]


def test_une_mauvaise_ligne_n_empeche_pas_les_autres(noyau):
    dit = noyau.dit(
        "ecart_ressources = 1 / 0 * ecart\necart_charges = cas.truc\nresultat_2014 = 14 000 €"
    )
    assert "ecart_charges : « cas.truc » n'existe pas" in dit
    assert noyau.executer('cas.verifier("2.1", resultat_2014)').juste
    assert noyau.executer('cas.verifier("2.1.charges", ecart_charges)').etat == "a_completer"


def test_ce_qui_est_saisi_se_copie_et_se_calcule():
    nombre, texte = NombreSaisi(0.218, "21,8 %"), TexteSaisi("14.000", "part_ue")
    for copie in (copy.deepcopy(nombre), pickle.loads(pickle.dumps(nombre))):
        assert (copie, copie.texte, lire(copie).unite) == (0.218, "21,8 %", "part")
    for copie in (copy.deepcopy(texte), pickle.loads(pickle.dumps(texte))):
        assert (copie, copie.nom, lire(copie).etat) == ("14.000", "part_ue", "ambigu")
    for calcul in (lambda: texte + "1", lambda: 2 * texte, lambda: float(texte), lambda: sum([1, texte]),
                   lambda: texte > 0.2, lambda: round(texte)):  # fmt: skip
        with pytest.raises(ErreurSaisie, match="Répondez d'abord à la ligne « part_ue »"):
            calcul()
