"""La vérification des réponses : justes, fausses de façon connue, vides ou hostiles."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cerdd_case import Cas
from cerdd_case.erreurs import ErreurCas
from cerdd_case.exercices import Verdict, _controles, attendus, codes, indices, verifier
from cerdd_case.suivi import Suivi

CODES = ["2.1", "2.1.ressources", "2.1.charges", "2.3", "2.4.total", "2.4.hors_ue", "2.4.ue", "2.4"]
FINE, INSECABLE = "\u202f", "\u00a0"


def test_les_codes():
    assert codes() == CODES or set(codes()) >= set(CODES)


# --- Les bonnes réponses, calculées à la main sur le sujet ------------------------------------


@pytest.mark.parametrize(
    ("code", "reponse"),
    [
        # 2.1 : 1 050 − 1 036 = 14 k€ ; 1 050 000 − 1 040 450 ; 1 036 000 − 1 040 450
        ("2.1", 14000), ("2.1", "14 k€"), ("2.1", "14 000 €"), ("2.1", 14000.0),
        ("2.1.ressources", 9550), ("2.1.ressources", "9 550 €"), ("2.1.ressources", "9,55 k€"),
        ("2.1.ressources", 1050 * 1000 - 1040450), ("2.1.ressources", "10 k€"),
        ("2.1.charges", -4450), ("2.1.charges", "−4 450 €"), ("2.1.charges", "-4,5 k€"),
        # 2.3 : 636 097 ÷ 12,5 × 15 = 763 316,40
        ("2.3", 763316.4), ("2.3", 763316), ("2.3", 763317), ("2.3", 636097 / 12.5 * 15),
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
    assert verdict.juste is True and verdict.erreur is None
    assert str(verdict).startswith(f"✔ Juste — question {code} : ")


@pytest.mark.parametrize(
    ("code", "reponse", "juste"),
    [("2.3", 763317.4, True), ("2.3", 763317.5, False), ("2.3", 763315.3, False),
     ("2.4", 0.2185, True), ("2.4", 0.2187, False), ("2.1", 14500, True), ("2.1", 14501, False)],
)  # fmt: skip
def test_la_tolerance_est_celle_de_l_arrondi(code, reponse, juste):
    assert verifier(code, reponse).juste is juste


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
        ("2.3", 636097 / 13 * 15.5, "effectif_13_salaries"),
        ("2.3", 636097 * 1.025, "taux_2_5"),
        ("2.3", 632000 * 1.2, "realise_2014"),
        ("2.3", 632000, "realise_2014"),
        ("2.3", "632 k€", "realise_2014"),
        ("2.3", 763.3164, "milliers"),
        ("2.3", 763, "milliers"),
        ("2.3", "763 k€", "arrondi"),
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
        ("2.4.total", 1176000, "arrondi"),
        ("2.4.total", 1162000, "arrondi"),  # avec la valeur de secours
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
        ("2.4", "256 357,46 €", "montant"),
        ("2.3", 800000, "autre"),
        ("2.4", 0.5, "autre"),
    ],
)
def test_une_erreur_connue_est_nommee(code, reponse, erreur):
    verdict = verifier(code, reponse)
    assert (verdict.juste, verdict.erreur) == (False, erreur)
    assert str(verdict).startswith(f"✘ À revoir — question {code} : ")
    assert len(verdict.message) > 20 and verdict.message.endswith((".", ")."))


def test_les_diagnostics_de_l_enonce_sont_tous_la():
    """La liste demandée : chacun a un code stable, différent des autres."""
    connus = {nom for controle in _controles(None).values() for nom, _, _ in controle.erreurs}
    assert connus >= {
        "hausse_seule", "effectif_13_salaries", "taux_2_5", "realise_2014", "etat_indexe",
        "personnel_indexe", "ue_indexee", "base_hors_ue",
    }  # fmt: skip


@pytest.mark.parametrize("code", codes())
def test_aucun_diagnostic_n_en_cache_un_autre(code):
    """Chaque erreur, exacte ou arrondie comme on l'écrit, tombe sur son propre diagnostic."""
    controle = _controles(None)[code]
    justes = [controle.valeur, *(v for v, _ in controle.variantes)]
    for nom, valeur, message in controle.erreurs:
        assert message.strip().endswith("."), nom
        for juste in justes:
            assert abs(valeur - juste) > 2 * controle.tolerance, f"{nom} passe pour juste"
        ecrites = (
            [valeur, round(valeur, 3)] if controle.unite == "part" else [valeur, round(valeur)]
        )
        for ecrite in ecrites:
            assert verifier(code, ecrite).erreur == nom, (nom, ecrite)
        for autre, autre_valeur, _ in controle.erreurs:
            if autre != nom:
                assert abs(valeur - autre_valeur) > controle.tolerance, (nom, autre)


@pytest.mark.parametrize("code", codes())
def test_le_message_d_une_erreur_ne_donne_pas_la_reponse(code):
    controle = _controles(None)[code]
    solutions = {controle.ecrire(controle.valeur), controle.ecrire(controle.valeur)[:7]}
    for _, valeur, _ in controle.erreurs:
        message = verifier(code, valeur).message
        assert not any(s in message for s in solutions), message


# --- Sans réponse, ou n'importe quoi ----------------------------------------------------------


@pytest.mark.parametrize("reponse", [..., None, "", "   ", "\n"])
def test_une_reponse_absente_est_a_completer(reponse):
    verdict = verifier("2.3", reponse)
    assert verdict.juste is None and verdict.erreur is None
    assert str(verdict).startswith("… À compléter — question 2.3 : ")
    assert Cas(suivi=Suivi()).verifier("2.3").juste is None


@pytest.mark.parametrize("reponse", [(763316, 40), (763316, 4), (1, 40, 450), (21, 8), ()])
def test_une_virgule_sans_guillemets_est_expliquee(reponse):
    verdict = verifier("2.3", reponse)
    assert verdict.juste is False and verdict.erreur == "virgule"
    assert "point" in verdict.message and "guillemets" in verdict.message


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


RECURSIF = []
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
    assert verdict.juste is False and verdict.erreur
    assert len(verdict.message) < 300
    assert "<script>" not in verdict._repr_html_()


@given(st.text() | st.floats() | st.integers() | st.decimals() | st.complex_numbers() | st.binary())
def test_aucune_reponse_ne_leve_d_erreur(reponse):
    for code in codes():
        verdict = verifier(code, reponse)
        assert verdict.juste in (True, False, None) and verdict.message


def test_un_code_inconnu_est_refuse_et_un_nombre_est_compris():
    for code in ("2.2", "9.9", "", None, [1]):
        with pytest.raises(ErreurCas, match=r"n'a pas de réponse chiffrée.*2\.3"):
            verifier(code, 1)
    assert verifier(2.3, 763316.4).juste is True  # cas.verifier(2.3, …) sans guillemets


# --- Le verdict affiché -----------------------------------------------------------------------


def test_le_verdict_se_lit_sans_la_couleur():
    for juste, signe in ((True, "✔ Juste"), (False, "✘ À revoir"), (None, "… À compléter")):
        verdict = Verdict("2.3", juste, "un < message")
        assert signe in str(verdict) and signe in verdict._repr_html_()
        assert (
            "un &lt; message" in verdict._repr_html_() and 'role="status"' in verdict._repr_html_()
        )


def luminance(couleur: str) -> float:
    canaux = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, v, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux)
    return 0.2126 * r + 0.7152 * v + 0.0722 * b


@pytest.mark.parametrize("encre_et_fond", Verdict.COULEURS.values())
def test_le_contraste_du_verdict_est_suffisant(encre_et_fond):
    sombre, clair = sorted(map(luminance, encre_et_fond))
    assert (clair + 0.05) / (sombre + 0.05) >= 4.5  # WCAG AA


# --- Par Cas : le suivi, les indices, d'autres données ------------------------------------------


def test_le_verdict_est_garde_dans_le_suivi(tmp_path):
    suivi = Suivi(tmp_path / "essai.suivi.json")
    cas = Cas(suivi=suivi)
    cas.verifier("2.3", 1)
    assert Suivi(suivi.fichier).lire("verdict:2.3") is False
    cas.verifier("2.3", "763 316,40 €")
    assert Suivi(suivi.fichier).lire("verdict:2.3") is True
    cas.verifier("2.4", ...)
    assert suivi.lire("verdict:2.4", "rien") == "rien"


def test_un_suivi_impossible_a_ecrire_ne_cache_pas_le_verdict(tmp_path):
    cas = Cas(suivi=Suivi(tmp_path / "absent" / "essai.suivi.json"))
    verdict = cas.verifier("2.3", 763316.4)
    assert verdict.juste is True and "n'a pas pu être enregistré" in verdict.message


def test_les_indices_viennent_un_par_un():
    cas = Cas(suivi=Suivi())
    textes = indices("2.4")
    for rang, texte in enumerate(textes, start=1):
        indice = cas.indice("2.4")
        assert (indice.rang, indice.total, indice.texte) == (rang, len(textes), texte)
        assert str(indice).startswith(f"Indice {rang} sur {len(textes)} : {texte}")
        assert ("dernier indice" in str(indice)) == (rang == len(textes))
        assert ("Relancez" in indice._repr_html_()) == (rang < len(textes))
    assert cas.indice("2.4").texte == textes[-1]  # le dernier se répète
    assert cas.indice("2.3").rang == 1  # chaque question a son compte
    with pytest.raises(ErreurCas):
        cas.indice("8.8")


def test_les_indices_ne_donnent_pas_la_reponse():
    for texte in indices("2.3") + indices("2.4"):
        propre = texte.replace(FINE, " ").replace(INSECABLE, " ")
        for solution in ("763", "1 175", "256 357", "919 399", "21,8"):
            assert solution not in propre


def test_d_autres_donnees_donnent_d_autres_reponses(tmp_path):
    """L'enseignant change un montant : la réponse attendue suit."""
    import shutil

    from cerdd_case.chargement import dossier_des_donnees

    dossier = tmp_path / "data"
    shutil.copytree(dossier_des_donnees(), dossier, ignore=shutil.ignore_patterns("local"))
    for nom, paires in {
        "annexe_04_budget_previsionnel.csv": [("636097", "646097"), ("40150", "50150")],
        "annexe_04_totaux.csv": [("1040450", "1050450")] * 2,
    }.items():
        texte = (dossier / nom).read_text(encoding="utf-8")
        for avant, apres in paires:
            texte = texte.replace(avant, apres, 1)
        (dossier / nom).write_text(texte, encoding="utf-8")
    cas = Cas(dossier, suivi=Suivi())
    assert cas.verifier("2.3", 646097 * 1.2).juste is True
    assert cas.verifier("2.3", 636097 * 1.2).juste is False


def test_la_grille_des_attendus():
    for numero in ("2.1", "2.2", "2.3", "2.4"):
        tableau = attendus(numero)
        assert {"attendu_id", "attendu", "points", "preuves", "mots_cles"} <= set(tableau)
        assert tableau["rang"].is_monotonic_increasing
