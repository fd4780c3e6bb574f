"""Lire un nombre : ce qui se lit, ce qui se demande, ce qui se refuse, ce qui se calcule."""

import csv
import datetime
import json
import math
import time
import warnings
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cerdd_case.socle import nombres
from cerdd_case.socle.erreurs import ErreurCas, ErreurNombre
from cerdd_case.socle.nombres import (
    Lecture,
    euros,
    lire,
    lire_nombre,
    milliers,
    nombre,
    pourcent,
)

TABLES = Path(__file__).parent / "nombres"
FINE, INSECABLE, MOINS = "\u202f", "\u00a0", "\u2212"
ESPACES = {
    "ordinaire": " ",
    "insécable": "\u00a0",
    "fine insécable": "\u202f",
    "fine": "\u2009",
    "de chiffre": "\u2007",
    "demi-cadratin": "\u2002",
    "cadratin": "\u2003",
    "idéographique": "\u3000",
    "de largeur nulle": "\u200b",
    "gluon": "\u2060",
    "marque d'ordre": "\ufeff",
    "marque de sens": "\u200e",
}


def test_une_tabulation_separe_deux_cases_et_deux_nombres():
    assert lire_nombre("\t763 316,40\t€") == 763316.4
    assert lire("763\t316,40").etat == "deux_nombres"


@pytest.mark.parametrize("espace", ESPACES.values(), ids=ESPACES)
def test_toutes_les_espaces_se_lisent(espace):
    assert lire_nombre(f"763{espace}316,40{espace}€") == 763316.4
    assert lire_nombre(f"{espace}1{espace}040{espace}450{espace}") == 1040450
    assert lire_nombre(f"21,8{espace}%") == 0.218


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("763316.4", 763316.4),
        ("763316,4", 763316.4),
        ("763 316", 763316),
        ("763'316,40", 763316.4),
        ("763 k€", 763000),
        ("763,3164 kEUR", 763316.4),
        ("12 euros", 12),
        ("12 EUR", 12),
        ("2,5 ETP", 2.5),
        ("-4450", -4450),
        ("–4 450 €", -4450),
        ("+9 550", 9550),
        # Refusés autrefois d'une même phrase, et pourtant clairs :
        ("1_000", 1000),
        ("1.040,50", 1040.5),
        ("% 5", 0.05),
        ("(5)", -5),
    ],
)
def test_lire_un_texte(texte, attendu):
    assert lire_nombre(texte) == attendu


@pytest.mark.parametrize(
    ("objet", "attendu"),
    [
        (763316, 763316),
        (763316.4, 763316.4),
        (np.float64(763316.4), 763316.4),
        (np.int64(7), 7),
        (np.array(7.5), 7.5),
        (np.str_("7,5"), 7.5),
        (Decimal("763316.40"), 763316.4),
        (Fraction(1, 4), 0.25),
    ],
)
def test_lire_un_nombre_de_python_ou_de_numpy(objet, attendu):
    lu = lire_nombre(objet)
    assert lu == attendu and type(lu) is float


class Explosif:
    """Un objet qui se défend contre tout."""

    def __float__(self):
        raise RuntimeError("non")

    def __str__(self):
        raise RuntimeError("non plus")

    __repr__ = __str__


REFUSES = [
    "", "   ", "\u200b", "abc", "douze", "12 chevaux", "nan", "inf", "-inf",
    "--5", "++5", "+-5", "5-", "5 %%", "%", "€", "k€", "-", "12,5,,", "1.2.3", "1,2,3",
    ",", ".", "+", "½", "²", "0x10", "12;5", "5 € 6", "9" * 400, "9" * 200_000, "1e400", "1e-400",
    "a" * 100_000, "\x00", "5\x00", "12 k€ %", "1/0", "2**999", "9**9**9", "(" * 150 + "5", "((5)",
    "5)", "2+", "*2", "2(3+4)", "\ud800", "5\ud800", "1.000", "9,550 €", "1,2 3",
    True, False, np.True_, None, ..., [], [5], (763316, 40), {}, {5}, b"12", object(), Explosif(),
    math.nan, math.inf, -math.inf, Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), 10**400,
    3 + 0j, np.array([5.0]), np.array([]), np.array([[1, 2], [3, 4]]), np.nan, pd.NA, pd.NaT,
    pd.Series([5.0]), pd.DataFrame({"a": [5.0]}), datetime.date(2015, 1, 1), float, lambda: 5,
]  # fmt: skip


@pytest.mark.parametrize("saisie", REFUSES, ids=lambda s: type(s).__name__)
def test_ce_qui_n_est_pas_un_nombre_est_refuse_en_une_phrase(saisie):
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # NumPy et pandas avertissent avant d'accepter par accident
        with pytest.raises(ErreurNombre) as refus:
            lire_nombre(saisie)
    message = str(refus.value)
    assert "nombre" in message.casefold() and message.endswith(".") and len(message) < 200
    assert isinstance(refus.value, ErreurCas) and refus.value.__cause__ is None


def lignes(table: str) -> list[dict]:
    with (TABLES / table).open(encoding="utf-8", newline="") as fichier:
        return [{**c, "saisie": json.loads(c["saisie_json"])} for c in csv.DictReader(fichier)]


@pytest.mark.parametrize("cas", lignes("nombres.csv"), ids=lambda c: c["saisie_json"])
def test_les_cas_releves_chez_des_eleves(cas):
    lecture = lire(cas["saisie"])
    if cas["lecture"] == "unite":  # bien lu, mais dans une autre unité que celle de la question
        attendue = "part" if cas["question"] == "2.4" else "eur"
        assert lecture.etat == "lu" and lecture.unite not in (None, attendue)
        return
    assert lecture.etat == cas["lecture"], lecture
    if lecture.etat == "lu":
        assert lecture.valeur == pytest.approx(float(cas["valeur"]), abs=5e-7)
    if lecture.etat == "ambigu":
        assert lecture.candidats == (float(cas["valeur"]), float(cas["valeur"]) / 1000)


@pytest.mark.parametrize("cas", lignes("autres_nombres.csv"), ids=lambda c: c["saisie_json"])
def test_d_autres_cas_des_memes_sortes(cas):
    lecture = lire(cas["saisie"])
    assert (lecture.etat, lecture.unite or "") == (cas["lecture"], cas["unite"]), lecture
    if lecture.etat == "lu":
        assert lecture.valeur == pytest.approx(float(cas["valeur"]), rel=1e-12)
    if lecture.etat == "ambigu":
        assert lecture.candidats[0] == float(cas["valeur"])


TOUS = [c["saisie"] for t in ("nombres.csv", "autres_nombres.csv") for c in lignes(t)]


def verifier_les_promesses(lecture: Lecture, texte: str) -> None:
    """Ce qui vaut de toute lecture, quel que soit le texte."""
    assert lecture.etat in {"lu", "ambigu", "deux_nombres", "illisible", "vide"}
    if lecture.etat == "lu":
        assert math.isfinite(lecture.valeur) and lecture.ecrit
        assert (lecture.phrase, lecture.proposition, lecture.candidats) == ("", None, ())
        return
    assert lecture.valeur is None and lecture.unite is None
    assert lecture.phrase.endswith(".") and len(lecture.phrase) < 200 and "\n" not in lecture.phrase
    assert (len(lecture.candidats) > 1) == (lecture.etat == "ambigu")
    if lecture.obstacle is not None:
        assert texte[lecture.position :].startswith(lecture.obstacle)
    if lecture.proposition is not None:
        assert lire(lecture.proposition).etat == "lu"


@pytest.mark.parametrize("texte", TOUS, ids=ascii)
def test_toute_lecture_tient_ses_promesses(texte):
    verifier_les_promesses(lire(texte), texte)
    bords = f" \n{texte}\t "
    assert (lire(bords).etat, lire(bords).valeur) == (lire(texte).etat, lire(texte).valeur)


@given(st.text() | st.text("0123456789 .,-+€%k()=×/:eE\u202f'\n", max_size=25))
def test_un_texte_quelconque_donne_un_nombre_fini_ou_une_phrase(texte):
    verifier_les_promesses(lire(texte), texte)


@pytest.mark.parametrize(
    "texte",
    ["9" * 10**6, " " * 10**6 + "5", "5 " * 500_000, "((" * 500_000, "\u200b" * 10**6, "&" * 199,
     "<a" * 99, "9**" * 66 + "9", "(9**29)**29**29", "," * 199, "1 " * 99, "\\" * 199,
     "9**29*" * 33 + "9", "'" * 199, "é" * 10**6],
    ids=lambda t: f"{t[:8]!a}… {len(t)}",
)  # fmt: skip
def test_un_texte_demesure_se_lit_ou_se_refuse_vite(texte):
    debut = time.perf_counter()
    verifier_les_promesses(lire(texte), texte)
    assert time.perf_counter() - debut < 1


class TexteHostile(str):
    """Un texte dont chaque méthode se défend."""

    def refuser(self, *_, **__):
        raise RuntimeError("non")

    strip = lstrip = __len__ = __iter__ = __getitem__ = __str__ = __format__ = __contains__ = (
        refuser
    )


def test_un_texte_hostile_se_lit_comme_le_texte_qu_il_contient():
    assert lire(TexteHostile("763 316,40 €")).valeur == 763316.4


METHODES = ("__float__", "__int__", "__index__", "__str__", "__repr__", "__class__", "__eq__",
            "__len__", "__iter__", "__bool__", "__hash__", "__getattribute__", "ndim", "__array__")  # fmt: skip


@pytest.mark.parametrize("arret", [RuntimeError, SystemExit, KeyboardInterrupt, BaseException])
@pytest.mark.parametrize("parent", [object, float, int, Decimal, Fraction, np.float64, tuple])
def test_on_n_appelle_aucune_methode_d_un_objet_inconnu(parent, arret):
    def lever(*_):
        raise arret

    hostile = dict.fromkeys(METHODES, lever) | {"__class__": property(lever)}
    assert lire(type("Hostile", (parent,), hostile)()).etat == "illisible"


def test_un_objet_dans_un_tableau_n_est_pas_appele_non_plus():
    tableau = np.empty((), dtype=object)
    tableau[()] = Explosif()
    assert lire(tableau).etat == "illisible"
    assert lire(np.datetime64("2015-01-01")).etat == "illisible"
    assert lire(np.timedelta64(5, "D")).etat == "illisible"


def test_une_interruption_veritable_passe(monkeypatch):
    def interrompre(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(nombres, "lire_texte", interrompre)
    with pytest.raises(KeyboardInterrupt):
        lire("5")


@given(
    st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"),
    st.sampled_from(["", "-", "+", "env. "]), st.sampled_from(["", " €", " euros", " HT"]),
)  # fmt: skip
def test_un_point_ou_une_virgule_de_milliers_se_demande(gauche, droite, signe, avant, apres):
    lecture = lire(f"{avant}{gauche}{signe}{droite:03}{apres}")
    sens = -1 if avant == "-" else 1
    attendus = (sens * (gauche * 1000 + droite), sens * (gauche + droite / 1000))
    assert lecture.etat == "ambigu" and lecture.candidats == pytest.approx(attendus)
    proposees = [p.split(" »")[0] for p in lecture.phrase.split("« ")[2:]]
    assert [lire_nombre(p) for p in proposees] == pytest.approx(attendus)


@given(st.integers(0, 999), st.integers(0, 999), st.sampled_from(".,"))
def test_devant_un_multiple_ou_un_pourcentage_la_decimale_est_naturelle(gauche, droite, signe):
    """« 9,550 k€ » ne veut pas dire neuf mille cinq cent cinquante milliers d'euros."""
    texte = f"{gauche}{signe}{droite:03}"
    exact = Fraction(gauche * 1000 + droite, 1000)
    assert lire(f"{texte} k€").valeur == float(exact * 1000)
    assert lire(f"{texte} M€").valeur == float(exact * 10**6)
    assert lire(f"{texte} millions d'euros").valeur == float(exact * 10**6)
    assert lire(f"{texte} %").valeur == float(exact / 100)


@pytest.mark.parametrize(
    "texte", ["0.218", ".218", "21.8", "9,5", "763316.4", "1050.5", "0,014 M€"]
)
def test_ce_qui_n_a_qu_un_sens_ne_se_demande_pas(texte):
    assert lire(texte).etat == "lu"


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.sampled_from(
    [" ", "  ", "\t", "\n", "\u200b", " ; ", " et ", " ou ", " à ", " | ", ", ", " puis ", "€ "]
))  # fmt: skip
def test_deux_nombres_ne_se_joignent_jamais(a, b, entre):
    """Sauf si l'espace peut y séparer des milliers, et le signe € des centimes."""
    lecture = lire(f"{a}{entre}{b}")
    milliers_possibles = entre.strip("\u200b ") == "" and a < 1000 and 100 <= b < 1000
    centimes_possibles = entre == "€ " and 10 <= b < 100
    if milliers_possibles or centimes_possibles:
        return
    assert lecture.etat == "deux_nombres" and lecture.valeur is None


@pytest.mark.parametrize(
    ("texte", "ecrit"),
    [
        ("14 k€", "14 000 €"),
        ("0,218 %", "0,218 %"),
        ("env. 22 %", "environ 22 %"),
        ("(4 450)", "−4 450"),
        ("((4 450))", "−4 450"),
        ("(environ 4 450 €)", "environ 4 450 €"),
        ("4 450 € (environ)", "environ 4 450 €"),
        ("21 virgule 8 %", "21,8 %"),
        ("1,05.10^6", "1,05 × 10⁶ = 1 050 000"),
        ("15 ETP", "15 ETP"),
        ("636097*1.2", "636 097 × 1,2 = 763 316,40"),
        ("1 050 k€ - 1 040,45 k€", "1 050 000 € − 1 040 450 € = 9 550 €"),
        ("256 357 / 1 175 756", "256 357 ÷ 1 175 756 ≈ 0,218036"),
        ("9550+4450=14000", "9 550 + 4 450 = 14 000"),
        ("1000 × 1,02²", "1 000 × 1,02² = 1 040,40"),
        ("(2 + 3) k€", "(2 + 3) k€ = 5 000 €"),
        ("(2 + 3) centaines", "(2 + 3) × 100 = 500"),
        ("(1 + 1) Md€", "(1 + 1) × 1 000 000 000 € = 2 000 000 000 €"),
        ("(2 + 3) dizaines ETP", "(2 + 3) × 10 ETP = 50 ETP"),
    ],
)
def test_ce_qui_est_lu_se_redit(texte, ecrit):
    lecture = lire(texte)
    assert lecture.ecrit.replace(FINE, " ").replace(INSECABLE, " ") == ecrit
    assert lecture.calcul == (" = " in ecrit or " ≈ " in ecrit)
    assert lecture.approche == ecrit.startswith("environ")


@pytest.mark.parametrize(
    ("texte", "obstacle", "phrase", "proposition"),
    [
        ("12 500 $", "$", "« 12 500 ▸$◂ » : une autre monnaie que l'euro", "12 500 €"),
        ("$12500$", "$", "code de mise en forme", "12500"),
        ("12\\,500 €", "\\,", "code de mise en forme", "12 500 €"),
        ("12~500", "~", "code de mise en forme", "12 500"),
        ("12\u00c2\u00a0500 \u00e2\u201a\u00ac", "Â", "mal enregistrés", "12\u00a0500 €"),
        ("12 500 \x80", "\x80", "mal enregistrés", "12 500 €"),
        ("++12 500", "+", "« +▸+◂12 500 » : le signe « + » est en trop", "+12 500"),
        ("--12 500", "-", "est en trop", None),
        ("21 %%", "%", "est en trop", "21 %"),
        ("21 % > 20 %", ">", "Écrivez seulement votre résultat", None),
        ("12 500 chevaux", "chevaux", "ce mot n'est pas une unité connue", "12 500"),
        ("12 500 € de déficit", "de", "ce mot peut changer le signe", None),
        ("12 500-", "-", "il manque un nombre après ce signe", "-12 500"),
        ("12 500 –", "–", "il manque un nombre après ce signe", None),
        ("12.500.40", "12.500.40", "mal séparés", "12 500,40"),
        ("12 5OO", "5OO", "une lettre, O ou l", "12 500"),
        ("1/0", "/", "une division par zéro", None),
        ("2(3+4)", "(", "il manque le signe ×", "2 × (3+4)"),
        ("douze mille", None, "Écrivez le nombre en chiffres", None),
        ("9 550 et 4 450", "4 450", "« 9 550 et ▸4 450◂ » : il y a là plusieurs nombres", None),
        ("9 550 + 4 450 = 15 000", "15 000", "n'est pas celui du calcul", None),
        ("21, 8", "8", "plusieurs nombres", "21,8"),
    ],
)  # fmt: skip
def test_ce_qui_arrete_la_lecture_se_montre(texte, obstacle, phrase, proposition):
    lecture = lire(texte)
    assert lecture.obstacle == obstacle and phrase in lecture.phrase, lecture
    assert lecture.proposition == proposition
    if proposition:
        assert f"« {proposition} »" in lecture.phrase


@pytest.mark.parametrize(
    ("saisie", "proposition"),
    [((763316, 40), "763316.40"), ((763316, 4), "763316.4"), ((14, 0), None), ((763, 316), None),
     ((1, 175, 756), None), (("a", 5), None), ((5,), None)],
)  # fmt: skip
def test_la_virgule_de_python_est_expliquee(saisie, proposition):
    lecture = lire(saisie)
    assert lecture.etat == "illisible" and lecture.proposition == proposition
    assert lecture.phrase.startswith("Pour Python, la virgule sépare deux nombres.")


FORMES = {"+": "+", "-": "−", "*": "×", "/": "÷"}
EXPRESSIONS = st.recursive(
    st.integers(0, 9999).map(lambda n: (Fraction(n, 10), f"{n / 10:.1f}".replace(".", ","))),
    lambda e: st.tuples(e, st.sampled_from("+-*/"), e).map(
        lambda t: (operer(*(t[0][0], t[1], t[2][0])), f"({t[0][1]} {FORMES[t[1]]} {t[2][1]})")
    ),
    max_leaves=8,
)


def operer(a: Fraction | None, signe: str, b: Fraction | None) -> Fraction | None:
    if a is None or b is None or (signe == "/" and b == 0):
        return None
    return {"+": a.__add__, "-": a.__sub__, "*": a.__mul__, "/": a.__truediv__}[signe](b)


@given(EXPRESSIONS)
def test_un_calcul_est_celui_des_fractions(expression):
    valeur, texte = expression
    lecture = lire(f"= 0 + {texte}")
    if len(texte) > 190 or valeur is None:
        assert lecture.etat == "illisible"
    else:
        assert lecture.etat == "lu" and lecture.valeur == float(valeur) and lecture.calcul


CENTIMES = st.integers(-(10**13), 10**13).map(lambda n: n / 100)


@given(CENTIMES, st.booleans())
def test_aller_et_retour_en_euros(montant, signe):
    assert lire_nombre(euros(montant, signe=signe)) == montant


@given(CENTIMES, st.booleans())
def test_aller_et_retour_d_un_nombre(valeur, signe):
    assert lire_nombre(nombre(valeur, signe=signe)) == valeur


@given(st.integers(-(10**7), 10**7), st.booleans())
def test_aller_et_retour_d_un_pourcentage(dixiemes, signe):
    assert lire_nombre(pourcent(dixiemes / 1000, 1, signe=signe)) == dixiemes / 1000


@given(st.integers(-(10**9), 10**9), st.booleans())
def test_aller_et_retour_en_milliers(keur, signe):
    assert lire_nombre(milliers(keur, signe=signe)) == keur * 1000
