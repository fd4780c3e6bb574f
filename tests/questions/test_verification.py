"""Vérifier une réponse chiffrée : juste, presque, erreur reconnue, ou n'importe quoi."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cerdd_case import Cas
from cerdd_case.questions.verdict import ETATS
from cerdd_case.socle.erreurs import ErreurCas
from cerdd_case.socle.memoire import Memoire

CAS = Cas(memoire=Memoire())
verifier = CAS.verifier
CODES = ["2.1", "2.1.ressources", "2.1.charges", "2.3", "2.4.total", "2.4.hors_ue", "2.4.ue", "2.4"]
FINE, INSECABLE = "\u202f", "\u00a0"


def test_les_codes():
    assert [c for c, controle in CAS.controles.items() if controle.question] == CODES


@pytest.mark.parametrize(
    ("code", "reponse"),
    [
        # 2.1 : 1 050 − 1 036 = 14 k€ ; 1 050 000 − 1 040 450 ; 1 036 000 − 1 040 450
        ("2.1", 14000), ("2.1", "14 k€"), ("2.1", "14 000 €"), ("2.1", 14000.0),
        ("2.1.ressources", 9550), ("2.1.ressources", "9 550 €"), ("2.1.ressources", "9,55 k€"),
        ("2.1.ressources", 1050 * 1000 - 1040450), ("2.1.ressources", "10 k€"),
        ("2.1.charges", -4450), ("2.1.charges", "−4 450 €"), ("2.1.charges", "-4 k€"),
        # 2.3 : 636 097 ÷ 12,5 × 15 = 763 316,40
        ("2.3", 763316.4), ("2.3", 763316), ("2.3", 763316.35), ("2.3", 636097 / 12.5 * 15),
        ("2.3", 636097 * 1.2), ("2.3", "763316.4"), ("2.3", "763 316,40 €"), ("2.3", "763316,40"),
        ("2.3", f"763{FINE}316,40{INSECABLE}€"), ("2.3", "763,3164 k€"), ("2.3", "763 316"),
        ("2.3", Decimal("763316.40")), ("2.3", Fraction(636097 * 6, 5)),
        ("2.3", np.float64(763316.4)), ("2.3", np.int64(763316)), ("2.3", np.array(763316.4)),
        # 2.4 : 763 316,40 + (132 502 + 260 851 + 11 000) × 1,02
        ("2.4.total", 1175756.46), ("2.4.total", "1 175 756,46 €"), ("2.4.total", 1175756),
        ("2.4.total", 1162440.06),  # valeur de secours
        ("2.4.total", 1175536.46),  # investissement non indexé
        ("2.4.total", 1162220.06),  # les deux
        # 361 000 + 507 300 × 1,02 + 40 150 × 1,02
        ("2.4.hors_ue", 919399), ("2.4.hors_ue", "919 399 €"),
        ("2.4.ue", 256357.46), ("2.4.ue", "256 357 €"), ("2.4.ue", 243041.06),
        ("2.4.ue", 256137.46), ("2.4.ue", 242821.06),
        # 256 357,46 ÷ 1 175 756,46
        ("2.4", 256357.46 / 1175756.46), ("2.4", 0.218), ("2.4", 21.8), ("2.4", "21,8 %"),
        ("2.4", "21.8%"), ("2.4", f"21,8{FINE}%"), ("2.4", "0,218"), ("2.4", "21,8"),
        ("2.4", "22 %"), ("2.4", 0.22), ("2.4", "21,80 %"),
        ("2.4", "20,9 %"), ("2.4", 243041.06 / 1162440.06),
    ],
)  # fmt: skip
def test_une_bonne_reponse_est_juste(code, reponse):
    verdict = verifier(code, reponse)
    assert (verdict.juste, verdict.etat, verdict.diagnostic) == (True, "juste", None)
    assert str(verdict).startswith(f"✔ Juste — {CAS.controles[code].titre} : Lu : ")


@pytest.mark.parametrize(
    ("code", "reponse", "etat", "dit"),
    [("2.4", "21 %", "presque", "une part tronquée, ou celle d'une autre"),
     ("2.4", 0.21, "presque", "au dixième de point"), ("2.4", "21", "presque", "une part tronquée"),
     ("2.4", "22 %", "juste", "21,8 %, arrondi ici au point."),
     ("2.4", "20,9 %", "juste", "20,9 % : juste, avec la valeur de secours"),
     ("2.4", "20,91 %", "juste", "avec la valeur de secours"),
     ("2.4", "243041/1162440", "juste", "avec la valeur de secours"),
     ("2.4", "21,79 %", "juste", "l'investissement, qui n'est pas une charge, n'augmente pas"),
     ("2.4", "256357/1177555", "juste", "dans le budget 2015 : 21,8 %."),
     ("2.4", "21,77 %", "juste", "dans le budget 2015 : 21,8 %."),
     ("2.4", "20,8 %", "presque", "n'arrondissez rien avant"),
     ("2.1", "14 450", "presque", "l'annexe 5, en milliers d'euros, donne ce résultat"),
     ("2.1", "14 500", "presque", "l'annexe 5, en milliers d'euros, donne ce résultat"),
     ("2.1.charges", "−4", "faux", "votre réponse est en milliers d'euros"),
     ("2.1.charges", "4 450 de moins", "illisible", "ce mot peut changer le signe"),
     ("2.1.charges", "une baisse de 4 450", "illisible", "ce mot peut changer le signe"),
     ("2.3", "763 316 € brut", "juste", "Le mot « brut » n'est pas jugé."),
     ("2.3", "763 316 €", "juste", "Lu : 763 316 €. Charges")],
)  # fmt: skip
def test_chaque_lecture_n_est_dite_que_pour_sa_valeur(code, reponse, etat, dit):
    """Une autre lecture, au dixième de point exact de la sienne ; un mot que l'on passe se dit."""
    verdict = verifier(code, reponse)
    phrase = verdict.phrase.replace(FINE, " ").replace("\u00a0", " ")
    assert verdict.etat == etat and dit in phrase, phrase


@pytest.mark.parametrize(
    ("code", "reponse", "juste"),
    [("2.3", 763316.45, "juste"), ("2.3", 763316.46, "presque"), ("2.3", 763317, "presque"),
     ("2.3", 763315, "presque"), ("2.1", 13999.5, "presque"),
     ("2.4.ue", 256357, "juste"), ("2.4", 0.2185, "juste"), ("2.4", 0.2187, "presque"),
     ("2.4", "22 %", "juste"), ("2.4", "22,1 %", "presque"), ("2.1", 14001, "presque"),
     ("2.1", 14450, "presque"), ("2.1", 14501, "faux"), ("2.1.ressources", 10_000, "juste"),
     ("2.1.ressources", 9_551, "presque"), ("2.1.ressources", 9_999, "presque"),
     ("2.1.charges", -4_000, "juste"), ("2.1.charges", -4_500, "presque")],
)  # fmt: skip
def test_la_tolerance_est_celle_de_l_arrondi(code, reponse, juste):
    """À l'euro, au dixième de point, ou au millier là où l'annexe 5 est en k€ : rien de plus."""
    assert verifier(code, reponse).etat == juste


@pytest.mark.parametrize(
    ("code", "reponse"),
    [("2.1.ressources", 9_505), ("2.1.ressources", "9 055 €"), ("2.1.charges", -4_540),
     ("2.3", 736_316), ("2.3", "763 361,40 €"), ("2.4", "28,1 %"), ("2.4.ue", 265_357)],
)  # fmt: skip
def test_deux_chiffres_inverses_sont_nommes(code, reponse):
    verdict = verifier(code, reponse)
    assert (verdict.etat, verdict.diagnostic) == ("presque", "chiffres_inverses")
    assert verdict.juste is False and "inversés" in verdict.phrase


@pytest.mark.parametrize("reponse", [-14, "5,1", "9,55", 400, 499, "-0,4", 0.4])
def test_le_resultat_prevu_n_est_dit_que_pour_zero(reponse):
    assert verifier("2.1", reponse).diagnostic != "resultat_prevu"
    assert verifier("2.1", "0 €").diagnostic == "resultat_prevu"


@pytest.mark.parametrize(
    ("code", "reponse", "diagnostic"),
    [("2.4", "21,8 €", "montant"), ("2.4", "256 357 €", "montant"), ("2.4", 256357.46, "montant"),
     ("2.4", -256357.46, "montant"), ("2.4", "−256 357", "montant"), ("2.4", "2,5 ETP", "autre_unite"),
     ("2.4.ue", "2,5 ETP", "autre_unite"), ("2.4", "21,8 k€", "montant"),
     ("2.4", "21,8 ETP", "autre_unite"), ("2.3", "15 ETP", "autre_unite"),
     ("2.1", "14 000 ETP", "autre_unite"), ("2.3", "21,8 %", "pourcentage"),
     ("2.3", "76 331 640 %", "pourcentage"), ("2.1", "21,8 %", "pourcentage")],
)  # fmt: skip
def test_une_autre_unite_est_dite_et_n_est_pas_juste(code, reponse, diagnostic):
    verdict = verifier(code, reponse)
    assert (verdict.etat, verdict.juste, verdict.lu) == ("unite", False, None)
    assert verdict.diagnostic == diagnostic and "l'unité demandée" in verdict.phrase


@pytest.mark.parametrize(
    ("code", "reponse", "erreur"),
    [
        ("2.1", 0, "resultat_prevu"),
        ("2.1", 5100, "difference_des_ecarts"),  # 9 550 − 4 450
        ("2.1", 14, "milliers"),
        ("2.1.ressources", -9550, "signe"),
        ("2.1.ressources", 1050000, "realise_2014"),
        ("2.1.ressources", 1040450, "prevu_2014"),
        ("2.1.ressources", 1050 - 1040450, "unites_melangees"),
        ("2.1.ressources", -4450, "autre_ecart"),
        ("2.1.ressources", 9.55, "milliers"),
        ("2.1.charges", 4450, "signe"),
        ("2.1.charges", 1036000, "realise_2014"),
        ("2.1.charges", 1036 - 1040450, "unites_melangees"),
        ("2.1.charges", 9550, "autre_ecart"),
        ("2.3", 636097 * 0.2, "hausse_seule"),
        ("2.3", 127219, "hausse_seule"),
        ("2.3", 636097 / 13 * 15.5, "effectif_en_salaries"),
        ("2.3", 636097 * 1.025, "emplois_lus_en_pourcentage"),
        ("2.3", 632000 * 1.2, "realise_2014"),
        ("2.3", 632000, "realise_2014"),
        ("2.3", "632 k€", "realise_2014"),
        ("2.3", 763.3164, "milliers"),
        ("2.3", 763, "milliers"),
        ("2.3", 763316.4 * 1.02, "personnel_indexe"),
        ("2.3", 636097 * 1.02, "indexation_seule"),
        ("2.3", 636097, "sans_embauche"),
        ("2.3", 750000, "valeur_de_secours"),
        ("2.3", 636097 / 12.5, "emplois_seuls"),
        ("2.4.total", 1175756.46 + 763316.4 * 0.02, "personnel_indexe"),
        ("2.4.total", 1175756.46 - 127219.4, "sans_embauche"),
        ("2.4.total", 1040450 * 1.02, "tout_indexe"),
        ("2.4.total", 763316.4 + 404353, "charges_stables"),
        ("2.4.total", 1040450, "total_2014"),
        ("2.4.total", 1175.756, "milliers"),
        ("2.4.hors_ue", 919399 + 7220, "etat_indexe"),  # 361 000 × 2 %
        ("2.4.hors_ue", 919399 + 134640, "ue_indexee"),  # 132 000 × 1,02
        ("2.4.hors_ue", 919399 + 132000, "ue_2014"),
        ("2.4.hors_ue", 361000 + 507300 + 40150, "recettes_stables"),
        ("2.4.hors_ue", 361000 + 517446, "autres_oubliees"),
        ("2.4.ue", 134640, "ue_indexee"),
        ("2.4.ue", 132000, "ue_2014"),
        ("2.4.ue", 256357.46 - 7220, "etat_indexe"),
        ("2.4.ue", 256357.46 + 763316.4 * 0.02, "personnel_indexe"),
        ("2.4.ue", 256357.46 - 127219.4, "sans_embauche"),
        ("2.4.ue", 256357.46 - 132000, "hausse_seule"),
        ("2.4.ue", 256.357, "milliers"),
        ("2.4", 256357.46 / 919399, "base_hors_ue"),
        ("2.4", "27,9 %", "base_hors_ue"),
        ("2.4", 134640 / 1175756.46, "ue_indexee"),
        ("2.4", 134640 / (919399 + 134640), "ue_indexee"),
        ("2.4", 132000 / 1175756.46, "ue_2014"),
        ("2.4", 132000 / 1040450, "part_2014"),
        ("2.4", "12,7 %", "part_2014"),
        ("2.4", 256357.46 / 1040450, "base_2014"),
        ("2.4", 249137.46 / 1175756.46, "etat_indexe"),
        ("2.4", 919399 / 1175756.46, "part_francaise"),
        ("2.1", -14000, "signe"),
        ("2.3", -763316.4, "signe"),
        ("2.4.ue", -256357, "signe"),
        ("2.4", "-21,8 %", "signe"),
        ("2.1", "14 000 k€", "milliers"),
        ("2.1", -14, "milliers"),
        ("2.1.ressources", "9,55", "milliers"),
        ("2.3", 636097 * 1.25, "emplois_lus_en_dizaines"),
        ("2.3", "795 121 €", "emplois_lus_en_dizaines"),
        ("2.3", 636097 * 2.5, "embauches_seules"),
        ("2.4", "0,218 %", "part_en_pourcentage"),
        ("2.4", "0,2 %", "autre"),
        ("2.3", 800000, "autre"),
        ("2.4", 0.5, "autre"),
    ],
)
def test_une_erreur_connue_est_nommee(code, reponse, erreur):
    verdict = verifier(code, reponse)
    assert (verdict.juste, verdict.etat, verdict.diagnostic) == (False, "faux", erreur)
    assert str(verdict).startswith(f"✘ À revoir — {CAS.controles[code].titre} : Lu : ")
    assert verdict.paragraphe and "À relire : " in str(verdict)


@pytest.mark.parametrize(
    ("code", "reponse"),
    [("2.3", "763 k€"), ("2.4.total", 1176000), ("2.4.total", 1162000), ("2.4.ue", "256 k€")],
)
def test_un_arrondi_trop_large_est_presque_juste(code, reponse):
    verdict = verifier(code, reponse)
    assert (verdict.etat, verdict.diagnostic) == ("presque", "arrondi")


@pytest.mark.parametrize("reponse", [..., None, "", "   ", "\n", "...", "…", " . . . "])
def test_une_reponse_absente_est_a_completer(reponse):
    verdict = verifier("2.3", reponse)
    assert verdict.juste is None and verdict.diagnostic is None
    assert str(verdict).startswith("… À compléter — question 2.3 : ")
    assert Cas(memoire=Memoire()).verifier("2.3").juste is None


@pytest.mark.parametrize("reponse", [(763316, 40), (763316, 4), (1, 40, 450), (21, 8)])
def test_une_virgule_sans_guillemets_est_expliquee(reponse):
    verdict = verifier("2.3", reponse)
    assert verdict.juste is None and verdict.etat in ("illisible", "deux_nombres")
    assert "virgule" in verdict.phrase


class Piege:
    """Chaque méthode que l'on pourrait appeler lève une erreur."""

    def _lever(self, *_):
        raise RuntimeError("piège")

    __float__ = __int__ = __index__ = __str__ = __repr__ = __eq__ = __bool__ = __len__ = _lever
    __iter__ = __getattr__ = __lt__ = __sub__ = __hash__ = _lever
    __class__ = property(_lever)


class TexteTruque(str):
    def strip(self, *_):
        raise RuntimeError("piège")


class FlottantTruque(float):
    def __float__(self):
        raise ZeroDivisionError


RECURSIF: list = []
HOSTILES = [
    Piege(), TexteTruque("x"), FlottantTruque(5), RECURSIF, object(), type, print, lambda: 1,
    "9" * 100_000, "a" * 1_000_000, "1" + "0" * 400, "\x00", "<script>alert(1)</script>", "💶",
    10**400, -(10**400), 1e300, -1e300, float("nan"), float("inf"), 3 + 4j, True, False, np.True_,
    Decimal("NaN"), Decimal("sNaN"), Decimal("1e999"), Fraction(1, 3), b"763316.40",
    bytearray(b"1"),
    np.array([763316.4]), np.array([1, 2, 3]), np.array([]), np.array([[763316.4]]), np.nan, pd.NA,
    pd.NaT, pd.Series([763316.4]), pd.DataFrame({"a": [1]}), [763316.4], [[1]], {"a": 1}, {1},
    range(3), iter([1]), NotImplemented, Exception("non"), Cas,
]  # fmt: skip


@pytest.mark.parametrize("code", ["2.1", "2.3", "2.4"])
@pytest.mark.parametrize("rang", range(len(HOSTILES)))
def test_une_reponse_hostile_ne_leve_rien_et_n_est_pas_juste(code, rang):
    verdict = verifier(code, HOSTILES[rang])
    assert verdict.juste is not True
    assert 10 < len(verdict.phrase) < 400
    assert "<script>" not in verdict._repr_html_()


CARACTERES = "0123456789 .,-−+*/×÷()%€kKmM'’eEuroTP£$&;<>=~\u00a0\u202f\u0000x√²"


@settings(max_examples=1250, deadline=None)  # × 8 codes : dix mille réponses
@given(
    st.text(max_size=40)
    | st.text(alphabet=CARACTERES, max_size=25)
    | st.floats() | st.integers() | st.decimals() | st.complex_numbers() | st.binary()
    | st.lists(st.integers(), max_size=3) | st.tuples(st.integers(), st.integers())
    | st.fractions() | st.dates() | st.none() | st.booleans()
)  # fmt: skip
def test_aucune_reponse_ne_leve_d_erreur(reponse):
    for code in CODES:
        verdict = verifier(code, reponse)
        assert verdict.etat in ETATS and verdict.phrase
        if verdict.juste is None or verdict.etat == "unite":
            assert verdict.lu is None
        else:
            assert math.isfinite(verdict.lu) and verdict.phrase.startswith("Lu : ")


def test_un_code_inconnu_est_refuse_et_un_nombre_est_compris():
    for code in ("2.2", "9.9", ""):
        with pytest.raises(ErreurCas, match=r"n'a pas de réponse chiffrée.*2\.3"):
            verifier(code, 1)
    for code in (None, [1]):
        with pytest.raises(
            ErreurCas, match="pour « code », un texte entre guillemets ou un nombre"
        ):
            verifier(code, 1)
    for code in (2.3, "2,3", " 2.3 "):
        assert verifier(code, 763316.4).juste is True
    assert verifier(2.3, 5).juste is False


def test_une_demande_mal_ecrite_se_dit_en_francais():
    with pytest.raises(ErreurCas, match="cas.verifier ne s'appelle pas ainsi. Donnez : code"):
        verifier()
    with pytest.raises(ErreurCas, match="ne connaît pas cette option : monter.*reponse, montrer"):
        verifier("2.3", 5, monter=True)
    with pytest.raises(ErreurCas, match="oui ou non .True ou False."):
        verifier("2.3", 5, montrer="non")
    with pytest.raises(ErreurCas, match=r'Vouliez-vous écrire "2\.4\.total"'):
        verifier("2.4.totl", 1)


def test_le_verdict_est_garde_dans_l_avancement(tmp_path):
    memoire = Memoire(tmp_path / "essai.suivi.json")
    cas = Cas(memoire=memoire)
    cas.verifier("2.3", 1)
    assert Memoire(memoire.fichier).lire("verdict:2.3") == "faux"
    cas.verifier("2.3", "763 316,40 €")
    assert Memoire(memoire.fichier).lire("verdict:2.3") == "juste"
    for sans_jugement in (..., "14.000", "quatorze", "1 2 3 4"):
        cas.verifier("2.4", sans_jugement)
    assert memoire.lire("verdict:2.4", "rien") == "rien"
