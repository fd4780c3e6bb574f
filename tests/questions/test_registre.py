"""Le registre des questions : énoncés, barème, points attendus et leurs preuves."""

import re

import pandas as pd
import pytest
from outils import Copie, message

from cerdd_case.donnees.lecture import passage
from cerdd_case.donnees.paquet import Donnees
from cerdd_case.questions.registre import (
    attendus,
    enonce_markdown,
    indices,
    points_en_texte,
    question,
)
from cerdd_case.socle.erreurs import ErreurCas
from cerdd_case.socle.references import citer, nommer, reference, relever

DONNEES = Donnees()
QUESTIONS = DONNEES.table("corrige-questions")
NUMEROS = ["1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "2.3", "2.4",
           "3.1", "3.2", "4.1", "4.2", "4.3"]  # fmt: skip


@pytest.fixture
def copie(tmp_path):
    return Copie(tmp_path)


def test_les_quatorze_questions_dans_l_ordre():
    assert QUESTIONS["question"].tolist() == NUMEROS
    assert QUESTIONS["dossier"].astype(str).tolist() == [n[0] for n in NUMEROS]
    assert QUESTIONS["rang"].astype(str).tolist() == [n[2] for n in NUMEROS]


def test_le_bareme_propose_fait_100():
    points = QUESTIONS.groupby("dossier")["points"].sum().to_dict()
    assert points == {1: 25, 2: 30, 3: 20, 4: 25}


@pytest.mark.parametrize("numero", NUMEROS)
def test_chaque_question_est_complete(numero):
    q = question(numero, DONNEES)
    assert len(q["titre"]) > 5 and len(q["enonce"]) > 30 and q["notions"]
    assert q["genre"] in ("prose", "calcul", "mixte")
    for annexe in q["annexes"].split():
        assert len(DONNEES.annexe(annexe))
    points = attendus(numero, DONNEES)
    assert 4 <= len(points) <= 9
    assert points["rang"].tolist() == list(range(1, len(points) + 1))
    assert points["attendu_id"].tolist() == [f"{numero}-{r}" for r in points["rang"]]
    assert points["points"].sum() == q["points"]
    assert (points["points"] > 0).all() and (points["points"] % 0.5 == 0).all()
    assert points["attendu"].str.strip().str.len().min() > 20
    assert points["preuves"].str.strip().str.len().min() > 1
    textes = indices(numero, DONNEES)
    assert 2 <= len(textes) <= 4 and len(set(textes)) == len(textes) and min(map(len, textes)) > 20


def test_chaque_preuve_mene_quelque_part():
    assert sum(len(attendus(numero, DONNEES)) for numero in NUMEROS) == len(
        DONNEES.table("corrige-attendus")
    )
    for preuve in " ".join(DONNEES.table("corrige-attendus")["preuves"]).split():
        assert citer(preuve)


@pytest.mark.entiere
def test_une_preuve_introuvable_est_signalee(copie):
    chemin = "corrige/attendus.csv"
    preuve = DONNEES.table("corrige-attendus").loc[0, "preuves"].split()[0]
    copie.changer(chemin, preuve, "A1§999")
    phrase = message(copie.cas.grille, "1.1")
    assert phrase.startswith("data/corrige/attendus.csv, ligne 2, colonne preuves : « A1§999 »")


@pytest.mark.entiere
def test_un_point_qui_compte_sur_un_code_inconnu_est_refuse(copie):
    copie.changer("corrige/attendus.csv", ",2.4.total\n", ",2.4.totaux\n")
    phrase = message(copie.cas.verifier, "2.3", "763 316,40")
    assert phrase.startswith("data/corrige/attendus.csv, ligne ") and "« 2.4.totaux »" in phrase


@pytest.mark.parametrize("preuve", ["", "A", "B1§2", "A1§", "A1§x", "§3", "DOC:", "A1 §2"])
def test_une_reference_mal_ecrite_est_refusee(preuve):
    with pytest.raises(ErreurCas, match="n'est pas une référence"):
        reference(preuve)


def test_citer():
    assert citer("A1§12 INT§2 D2§5") == (
        "annexe 1, §\u00a012 ; introduction, §\u00a02 ; énoncé du dossier 2, §\u00a05"
    )
    assert citer("A9/missions§3 A4") == "annexe 9, missions, §\u00a03 ; annexe 4"
    assert citer("A9§1 A9/faits§1 A4/totaux") == (
        "annexe 9, plan, §\u00a01 ; annexe 9, cadre du plan, §\u00a01 ; annexe 4, totaux"
    )
    assert citer("DOC:culture_numerique§4") == "document « culture numérique », §\u00a04"


def test_chaque_annexe_sert_a_une_question():
    utilisees = set(" ".join(QUESTIONS["annexes"]).split())
    assert {*map(str, range(1, 12)), "introduction", "enonce_dossier_2"} <= utilisees


# Ce que le sujet écrit : en tête des dossiers 1 et 3, et à chaque question des dossiers 2 et 4.
DU_SUJET = {
    **dict.fromkeys(("1.1", "1.2", "1.3", "1.4", "1.5"), "1, 2"), "2.1": "3, 4, 5", "2.2": "3, 4, 5",
    "2.3": "3, 4", "2.4": "3, 4, 6", "3.1": "2, 7", "3.2": "2, 7",
    **dict.fromkeys(("4.1", "4.2", "4.3"), "8, 9, 10, 11"),
}  # fmt: skip
# Ce qu'il donne à lire au-delà de ces annexes, si l'écran le dit ainsi.
COMMUNES = {"introduction (commune à tous les dossiers)": "introduction"} | {
    f"énoncé du dossier {d}": f"énoncé du dossier {d}" for d in range(1, 5)
}


def annonces(numero):
    """Les annexes qu'une question annonce, et celles que la collection y ajoute."""
    q = question(numero, DONNEES)
    ajoutees = set() if pd.isna(q["annexes_ajoutees"]) else set(q["annexes_ajoutees"].split())
    return set(q["annexes"].split()), ajoutees, q


def a_l_ecran(numero):
    """Ce que l'écran dit : les annexes du sujet, ce qu'il y a à lire aussi, celles de la collection."""
    dit = re.search(
        r"\*Le sujet annonce : annexes ([\d, ]+)(?: ; à lire aussi : (.*?))?"
        r"(?: ; en plus \(lecture proposée\) : annexes? ([\d, ]+))?\. Barème",
        enonce_markdown(numero, DONNEES),
    )
    return (
        dit[1],
        [c for c in (dit[2] or "").split(", ") if c],
        set(re.findall(r"\d+", dit[3] or "")),
    )


def hors_du_sujet(numero, preuves):
    """Les références d'un point qui ne sont ni dans les annexes que le sujet annonce, ni dans ce que
    l'écran dit commun."""
    permises = {f"annexe {n}" for n in DU_SUJET[numero].split(", ")}
    permises |= {COMMUNES[dite] for dite in a_l_ecran(numero)[1]}
    sources = {p: nommer(*reference(p)[:2]) for p in preuves.split()}
    return [preuve for preuve, source in sources.items() if source not in permises]


@pytest.mark.parametrize("numero", NUMEROS)
def test_l_ecran_dit_ce_que_le_sujet_annonce_et_a_part_ce_qui_s_y_ajoute(numero):
    annoncees, ajoutees, q = annonces(numero)
    du_sujet, communes, en_plus = a_l_ecran(numero)
    assert du_sujet == DU_SUJET[numero] and en_plus == ajoutees
    assert {COMMUNES[dite] for dite in communes} == {
        nommer("annexe", a) for a in annoncees - ajoutees - {*du_sujet.split(", ")}
    }
    assert q["lecture_proposee"] == bool(ajoutees)
    assert not ajoutees & {*du_sujet.split(", ")}


@pytest.mark.parametrize("numero", NUMEROS)
def test_le_sujet_seul_suffit_pour_tous_les_points(numero):
    """Les annexes que la collection ajoute servent à ses ateliers et à son corrigé, jamais au barème."""
    for a in attendus(numero, DONNEES).itertuples():
        assert not hors_du_sujet(numero, a.preuves), a.attendu_id


def test_une_seule_reference_hors_du_sujet_se_voit():
    assert hors_du_sujet("1.3", "A1§12") == []
    assert hors_du_sujet("1.3", "A1§12 INT§1") == ["INT§1"]  # l'introduction n'y est pas dite
    assert hors_du_sujet("1.4", "A1§16 A7§2") == ["A7§2"]  # annoncée en plus, par la collection
    assert hors_du_sujet("2.1", "A4 D2§5") == ["D2§5"] and hors_du_sujet("2.4", "D2§5") == []


@pytest.mark.parametrize("numero", NUMEROS)
def test_les_mots_qui_prouvent_un_point_sont_dans_ses_references(numero):
    for a in attendus(numero, DONNEES).itertuples():
        marques = {
            f
            for p in a.preuves.split()
            for f in a.faits.split()
            if "<mark>" in passage(DONNEES, p, [f])
        }
        assert marques == {*a.faits.split()}, a.attendu_id


@pytest.mark.parametrize("numero", NUMEROS)
def test_un_indice_ne_renvoie_qu_a_ce_que_la_question_annonce(numero):
    annoncees, _, q = annonces(numero)
    for texte in indices(numero, DONNEES):
        assert {str(reference(p)[1]) for p in relever(texte, numero[0])} <= annoncees | {
            f"enonce_dossier_{numero[0]}"
        }, texte


def test_un_point_du_sujet_ne_s_appuie_sur_aucune_donnee_marquee_lecture_proposee():
    regles = DONNEES.annexe(3).query("lecture_proposee")["regle"]
    organes = DONNEES.annexe(2).query("statut_information != 'enonce'")["code"]
    de_nous = {*("A3:" + regles), *("A2:" + organes)}
    assert "A3:equilibre" in de_nous
    for a in DONNEES.table("corrige-attendus").query("not lecture_proposee").itertuples():
        assert not de_nous & {*str(a.faits).split()}, a.attendu_id


@pytest.mark.parametrize("tri", ["finalites", "diagnostic", "performance", "strategie"])
def test_un_atelier_du_dossier_1_n_emploie_que_les_annexes_de_sa_question(tri):
    numero = {"finalites": "1.1", "strategie": "1.3", "diagnostic": "1.4", "performance": "1.5"}
    tris = DONNEES.table("corrige-tris-dossier-1")
    faits = tris[tris["exercice"] == tri]["fait_id"]
    origine = {"INT": "introduction", "P9": "9", "D1": "enonce_dossier_1"}
    employees = {origine.get(d, d[1:]) for d in faits.str.partition("-")[0]}
    assert employees - {"introduction"} <= annonces(numero[tri])[0]


def test_l_annexe_3_ne_prouve_pas_un_equilibre_qu_elle_ne_dit_pas():
    """Son § 1 ne dit pas que les recettes égalent les dépenses : les totaux de l'annexe 4 le montrent."""
    assert attendus("2.1", DONNEES).at[0, "preuves"] == "A4/totaux"
    assert "annexe 3" not in indices("2.1", DONNEES)[0]


def test_ce_qu_aucun_passage_ne_dit_est_une_connaissance_de_cours():
    """La satisfaction ou le climat ne se prouvent pas dans les annexes de la question : on le dit."""
    dits = (
        DONNEES.table("corrige-attendus").dropna(subset=["cours"]).set_index("attendu_id")["cours"]
    )
    assert {"2.2-4", "2.2-5", "3.1-3", "4.3-2"} <= set(dits.index) and len(dits) < 12
    for code, dit in dits.items():
        ligne = f" ; connaissance de cours, sans passage dans le sujet : {dit})"
        assert ligne in points_en_texte(code[:3], attendus(code[:3], DONNEES))
    assert "INT§8" not in attendus("2.2", DONNEES).at[4, "preuves"]


def test_aucun_point_ne_paie_une_definition_que_le_glossaire_donne():
    for a in DONNEES.table("corrige-attendus").itertuples():
        dit = a.attendu.replace("que la note 1 de l'introduction définit", "")
        assert not re.search(r"\bdéfini(e|t|es)?\b", dit), a.attendu_id


def test_une_annexe_ou_l_on_n_a_rien_ne_prouve_rien():
    """Le dessin de l'annexe 2 manque dans notre transcription."""
    preuves = " ".join(DONNEES.table("corrige-attendus")["preuves"]).split()
    assert not any(reference(p)[1] == 2 for p in preuves)


def test_un_enonce_ecrit_les_nombres_de_ses_faits(copie):
    assert "2,5 ETP" in question("2.3", DONNEES)["enonce"]
    assert "14\u202f000 €" in question("2.1", DONNEES)["enonce"]
    copie.changer("dossier_2_enonce.csv", ",2.5,etp", ",3,etp")
    assert "3 ETP" in copie.cas.question("2.3")["enonce"]


@pytest.mark.parametrize("numero", [1, 2, 3, 4])
def test_l_ouverture_de_chaque_dossier_se_lit(numero):
    faits = DONNEES.annexe(f"enonce_dossier_{numero}")
    assert faits["fait_id"].str.startswith(f"D{numero}-").all()
    assert "annexes" in set(faits["theme"])


def test_les_conditions_de_l_epreuve():
    epreuve = DONNEES.annexe("epreuve").set_index("fait_id")
    assert epreuve.loc["EP-03", ["valeur", "unite"]].tolist() == [4, "heures"]
    assert "calculatrice" in epreuve.loc["EP-04", "fait"]
    conseils = epreuve[epreuve["lecture_proposee"]]["fait"]
    assert len(conseils) and conseils.str.startswith("Nous conseillons").all()


def test_une_annexe_ne_montre_pas_de_code(copie):
    lu = str(copie.cas.lire(2, "principale"))
    assert "Décideurs stratégiques" in lu and "énoncé" in lu and "déduit" in lu
    assert not re.search(r"[a-z]_[a-z]|\benonce\b|\bdeduit\b", lu)
    assert "0\u202f%" not in str(copie.cas.lire(3, "principale")).replace("20\u202f%", "").replace(
        "30\u202f%", ""
    )


def test_ce_que_l_annexe_3_ne_dit_pas_est_marque():
    regles = DONNEES.annexe(3).set_index("regle")
    assert regles[regles["lecture_proposee"]].index.tolist() == ["equilibre", "coeur_du_projet"]
    assert regles["seuil"].notna().tolist() == [False, False, True, True]


def test_question_inconnue():
    for numero in ("5.1", "2", "", None, 2.35):
        with pytest.raises(ErreurCas, match=r"n'existe pas\. .*Choisissez : 1\.1, 1\.2"):
            question(numero, DONNEES)
    with pytest.raises(ErreurCas, match=r'Vouliez-vous écrire "2\.3" \?'):
        question("2.35", DONNEES)
