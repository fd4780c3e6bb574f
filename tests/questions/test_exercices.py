"""La vérification des réponses : justes, fausses de façon connue, vides ou hostiles."""

import html
import json
import math
import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cerdd_case import Cas
from cerdd_case.questions import registre
from cerdd_case.questions.indices import Indices
from cerdd_case.questions.registre import attendus, indices
from cerdd_case.questions.verdict import ETATS, Verdict
from cerdd_case.socle.erreurs import ErreurCas
from cerdd_case.socle.memoire import Memoire
from cerdd_case.socle.typographie import typographier

CAS = Cas(memoire=Memoire())
verifier = CAS.verifier
CODES = ["2.1", "2.1.ressources", "2.1.charges", "2.3", "2.4.total", "2.4.hors_ue", "2.4.ue", "2.4"]
FINE, INSECABLE = "\u202f", "\u00a0"


def test_les_codes():
    assert list(CAS.controles) == CODES


# --- Les bonnes réponses, calculées à la main sur le sujet ------------------------------------


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
    [("2.4", "21,8 €", "montant"), ("2.4", "256 357 €", "montant"), ("2.4", "21,8 k€", "montant"),
     ("2.4", "21,8 ETP", "autre_unite"), ("2.3", "15 ETP", "autre_unite"),
     ("2.1", "14 000 ETP", "autre_unite"), ("2.3", "21,8 %", "pourcentage"),
     ("2.3", "76 331 640 %", "pourcentage"), ("2.1", "21,8 %", "pourcentage")],
)  # fmt: skip
def test_une_autre_unite_est_dite_et_n_est_pas_juste(code, reponse, diagnostic):
    verdict = verifier(code, reponse)
    assert (verdict.etat, verdict.juste, verdict.lu) == ("unite", False, None)
    assert verdict.diagnostic == diagnostic and "l'unité demandée" in verdict.phrase


# --- Les erreurs reconnues --------------------------------------------------------------------


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
        ("2.4", 256357.46, "montant"),
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


# --- Sans réponse, ou n'importe quoi ----------------------------------------------------------


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
RECURSIF.append(RECURSIF)
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
    for code in ("2.2", "9.9", "", None, [1]):
        with pytest.raises(ErreurCas, match=r"n'a pas de réponse chiffrée.*2\.3"):
            verifier(code, 1)
    for code in (2.3, "2,3", " 2.3 "):
        assert verifier(code, 763316.4).juste is True
    assert verifier(2.3, 5).juste is False


def test_une_demande_mal_ecrite_se_dit_en_francais():
    for demande in (lambda: verifier(), lambda: verifier(None), lambda: verifier([1], 5)):
        with pytest.raises(ErreurCas, match="Donnez d'abord la question, entre guillemets"):
            demande()
    with pytest.raises(ErreurCas, match="ne connaît pas cette option : monter.*montrer=True"):
        verifier("2.3", 5, monter=True)
    with pytest.raises(ErreurCas, match="True .oui. ou False .non."):
        verifier("2.3", 5, montrer="non")
    with pytest.raises(ErreurCas, match=r"Vouliez-vous écrire 2\.4\.total"):
        verifier("2.4.totl", 1)


# --- Le verdict affiché -----------------------------------------------------------------------


@pytest.mark.parametrize("etat", ETATS)
def test_le_verdict_se_lit_sans_la_couleur(etat):
    verdict = Verdict("2.3", etat, "un < message", paragraphe="A6§1")
    mot = ETATS[etat][0]
    assert len(mot) > 5 and mot in str(verdict) and mot in verdict._repr_html_()
    assert "un &lt; message" in verdict._repr_html_() and 'role="status"' in verdict._repr_html_()
    assert str(verdict).endswith("À relire : annexe 6, §\u00a01.")


def luminance(couleur: str) -> float:
    canaux = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, v, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux)
    return 0.2126 * r + 0.7152 * v + 0.0722 * b


@pytest.mark.parametrize("encre_et_fond", [couleurs[1:] for couleurs in ETATS.values()])
def test_le_contraste_du_verdict_est_suffisant(encre_et_fond):
    sombre, clair = sorted(map(luminance, encre_et_fond))
    assert (clair + 0.05) / (sombre + 0.05) >= 4.5  # WCAG AA


# --- Par Cas : le suivi, les indices, d'autres données ------------------------------------------


def test_le_verdict_est_garde_dans_le_suivi(tmp_path):
    memoire = Memoire(tmp_path / "essai.suivi.json")
    cas = Cas(memoire=memoire)
    cas.verifier("2.3", 1)
    assert Memoire(memoire.fichier).lire("verdict:2.3") == "faux"
    cas.verifier("2.3", "763 316,40 €")
    assert Memoire(memoire.fichier).lire("verdict:2.3") == "juste"
    for sans_jugement in (..., "14.000", "quatorze", "1 2 3 4"):
        cas.verifier("2.4", sans_jugement)
    assert memoire.lire("verdict:2.4", "rien") == "rien"


def test_les_indices_viennent_un_par_un(tmp_path):
    cas = Cas(memoire=Memoire(tmp_path / "suivi.json"))
    textes = indices("2.4", CAS)
    for rang, texte in enumerate(textes, start=1):
        indice = cas.indice("2.4", rang)
        assert (indice.rang, indice.total, indice.texte) == (rang, len(textes), texte)
        assert str(indice).startswith(f"Indice {rang} sur {len(textes)} : {texte}")
        dernier = rang == len(textes)
        assert ("dernier indice" in str(indice)) == dernier
        assert (f'cas.indice("2.4", {rang + 1})' in indice._repr_html_()) == (not dernier)
    assert cas.memoire.lire("indices:2.4") == len(textes)
    cas.indice("2.4", 1)  # relire le premier ne referme pas les autres
    assert cas.memoire.lire("indices:2.4") == len(textes)
    for rang in (0, -1, len(textes) + 1, 1.5, "deux"):
        with pytest.raises(ErreurCas, match="demandez un rang de 1 à 4"):
            cas.indice("2.4", rang)
    with pytest.raises(ErreurCas):
        cas.indice("8.8")


def test_un_indice_ne_se_montre_pas_de_lui_meme(tmp_path):
    """Ni la première fois, ni la suivante : il faut le demander. Ouvert, il le reste."""
    textes, fichier = indices("2.3", CAS), tmp_path / "suivi.json"

    def dits():
        lus = Indices("2.3", textes, Memoire(fichier))
        return [
            t for t in textes if t in str(lus) and t.replace("'", "&#x27;") in lus._repr_html_()
        ]

    assert dits() == dits() == []
    ferme = str(Indices("2.3", textes, Memoire(fichier)))
    assert ferme.startswith("3 indices pour la question 2.3") and 'cas.indice("2.3", 1)' in ferme
    Indices("2.3", textes, Memoire(fichier)).ouvrir(2)
    assert dits() == textes[:2] and textes[2] not in str(Indices("2.3", textes, Memoire(fichier)))


@pytest.mark.parametrize("valeur", [0, -1, "2", 1.0, True, None, [2], 99])
def test_un_rang_garde_inattendu_n_arrete_rien(tmp_path, valeur):
    fichier = tmp_path / "suivi.json"
    fichier.write_text(json.dumps({"indices:2.3": valeur}), encoding="utf-8")
    lus = Indices("2.3", indices("2.3", CAS), Memoire(fichier))
    assert lus.rang == (3 if valeur == 99 else 0)


def test_les_indices_ne_donnent_pas_la_reponse():
    for texte in indices("2.3", CAS) + indices("2.4", CAS):
        propre = texte.replace(FINE, " ").replace(INSECABLE, " ")
        for solution in ("763", "1 175", "256 357", "919 399", "21,8"):
            assert solution not in propre


def test_la_grille_des_attendus():
    for numero in ("2.1", "2.2", "2.3", "2.4"):
        tableau = attendus(numero, CAS)
        assert {"attendu_id", "attendu", "points", "preuves", "mots_cles"} <= set(tableau)
        assert tableau["rang"].is_monotonic_increasing


# --- Une erreur se reprend en trois temps -----------------------------------------------------

REPONSE = "763\u202f316,40\u00a0€"


def vues(verdict) -> tuple[bool, bool]:
    """L'erreur habituelle se nomme-t-elle ? La réponse se montre-t-elle ? À l'écran comme en texte."""
    textes = [str(verdict), html.unescape(verdict._repr_html_()), repr(verdict)]
    textes = [typographier(t) for t in textes]
    nommee = [typographier(verdict.phrase).partition(". ")[2] in t for t in textes]
    montree = [typographier(f"Réponse proposée : {REPONSE}") in t for t in textes]
    assert len(set(nommee)) == len(set(montree)) == 1
    return nommee[0], montree[0]


def test_une_erreur_se_reprend_en_trois_temps(tmp_path):
    cas = Cas(memoire=Memoire(tmp_path / "suivi.json"))
    premiere = cas.verifier("2.3", 632_000)
    assert vues(premiere) == (False, False)
    assert str(premiere).startswith("✘ À revoir — question 2.3 : Lu : 632\u202f000\u00a0€.")
    assert str(premiere).endswith("À relire : annexe 4.") and "annexe 4" in premiere._repr_html_()
    # La même, relancée ou écrite autrement, ne compte pas ; ni dans un autre noyau.
    assert vues(Cas(memoire=Memoire(cas.memoire.fichier)).verifier("2.3", "632 k€")) == (
        False,
        False,
    )
    deuxieme = cas.verifier("2.3", 127_219)
    assert vues(deuxieme) == (True, False) and deuxieme.diagnostic == "hausse_seule"
    troisieme = cas.verifier("2.3", 7)
    assert vues(troisieme) == (True, True) and "636\u202f097" in str(troisieme)  # son calcul
    assert vues(cas.verifier("2.3", 7)) == (True, True)
    assert cas.memoire.lire("essais:2.3") == {
        "nombre": 3, "texte": "7\u00a0€", "etat": "faux", "diagnostic": "autre",
    }  # fmt: skip
    assert vues(cas.verifier("2.4.total", 7)) == (False, False)  # chaque réponse a son compte
    assert "Réponse proposée" not in str(cas.verifier("2.3", REPONSE))
    cas.recommencer()
    assert vues(cas.verifier("2.3", 7)) == (False, False)


def test_ce_qui_n_est_pas_un_essai_se_dit_aussitot_et_ne_compte_pas(tmp_path):
    cas = Cas(memoire=Memoire(tmp_path / "suivi.json"))
    etats = {
        "illisible": "quatorze", "ambigu": "14.000", "deux_nombres": "1 2 3 4", "unite": "15 ETP",
        "presque": 763_317, "juste": 763_316, "a_completer": ...,
    }  # fmt: skip
    for etat, reponse in etats.items():
        verdict = cas.verifier("2.3", reponse)
        assert (verdict.etat, verdict.essai) == (etat, None)
        assert verdict.phrase in str(verdict) and "Réponse proposée" not in str(verdict)
    assert cas.memoire.lire("essais:2.3")["nombre"] == 0
    assert cas.verifier("2.3", 7).essai == 1


def test_la_reponse_se_montre_a_la_demande_mais_pas_sans_reponse():
    cas = Cas(memoire=Memoire())
    for reponse in (7, "15 ETP", 763_317):
        verdict = cas.verifier("2.3", reponse, montrer=True)
        assert vues(verdict)[1] and verdict.phrase in str(verdict)
    for rien in (..., "", "quatorze", "14.000"):
        assert "Réponse proposée" not in str(cas.verifier("2.3", rien, montrer=True))


@pytest.mark.parametrize("code", CODES)
def test_sans_essai_toute_la_phrase_se_montre(code):
    """Un verdict demandé au registre : le correcteur et les essais lisent tout."""
    verdict = registre.verifier(code, 7, CAS.controles)
    assert verdict.essai is None and verdict.phrase in str(verdict)
    assert CAS.controles[code].ecrire(CAS.controles[code].valeur)[:4] in verdict.proposee


def test_un_titre_n_a_pas_de_code_interne():
    titre = "question 2.4, recettes hors Union européenne"
    assert str(verifier("2.4.hors_ue", 919_399)).startswith(f"✔ Juste — {titre} : ")
    for code in CODES:
        montre = str(verifier(code, ...)) + verifier(code, 3)._repr_html_()
        assert re.search(r"2\.\d\.[a-z_]+", montre) is None


@pytest.mark.parametrize("garde", [None, 3, "x", [], {"nombre": -1}, {"nombre": "2", "autre": 1}])
def test_des_essais_illisibles_n_arretent_rien(tmp_path, garde):
    fichier = tmp_path / "suivi.json"
    fichier.write_text(json.dumps({"essais:2.3": garde}), encoding="utf-8")
    assert Cas(memoire=Memoire(fichier)).verifier("2.3", 7).essai == 1


def test_la_premiere_erreur_dit_aussi_ou_l_avancement_est_garde(tmp_path):
    cas = Cas(memoire=Memoire(tmp_path / "absent" / "suivi.json"))
    assert "gardé en mémoire" in str(cas.verifier("2.3", 7))
