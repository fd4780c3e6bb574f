"""Sous une réponse du corrigé, les passages qu'elle cite s'ouvrent."""

import re
from pathlib import Path

import pytest

from cerdd_case import Cas, ErreurCas
from cerdd_case.bureau.carnets import carnets
from cerdd_case.donnees.lecture import passage
from cerdd_case.edition.lecture_carnet import lire_carnet
from cerdd_case.edition.passages import Imprimes, passages_cites
from cerdd_case.questions.registre import attendus, faits_d_une_reponse, indices
from cerdd_case.socle.references import reference, relever

RACINE = Path(__file__).resolve().parents[2]
CAS = Cas()
REPONSES = [
    (c["metadata"]["reponse"], c["source"])
    for chemin in carnets(RACINE / "notebooks" / "corriges")
    for c in lire_carnet(chemin)["cells"]
    if c["metadata"].get("reponse")
]


def test_chaque_reponse_du_corrige_donne_ses_passages():
    suivies = 0
    for chemin in carnets(RACINE / "notebooks" / "corriges"):
        cellules = lire_carnet(chemin)["cells"]
        for cellule, suivante in zip(cellules, cellules[1:], strict=False):
            question = cellule["metadata"].get("reponse")
            cites = relever(cellule["source"], str(question)[0]) if question else []
            suivies += len(cites)
            if cites:
                assert suivante["source"].startswith("<details>"), (chemin.name, question)
                assert suivante["source"].count("<blockquote>") == len(cites)
                assert suivante["metadata"]["slideshow"] == {"slide_type": "skip"}
    assert suivies > 100


def test_aucune_reference_des_carnets_ne_mene_nulle_part():
    """Tout le texte des sources, réponses ou non : chaque § cité existe."""
    for source in (RACINE / "notebooks" / "sources").glob("*.md"):
        texte = source.read_text(encoding="utf-8")
        assert passages_cites(texte, f"{source.name[1]}.1", CAS) or source.name.startswith("00")


@pytest.mark.parametrize("numero", ["1", "2", "3", "4"])
def test_tout_ce_qui_est_annonce_ou_cite_s_ouvre_en_entier_dans_le_carnet(numero):
    """Les annexes des questions, et tout passage que citent le carnet, les indices et le barème."""
    (chemin,) = (RACINE / "notebooks" / "sources").glob(f"0{numero}_*.md")
    source = chemin.read_text(encoding="utf-8")
    ouvertes = set(re.findall(r'^cas\.lire\("?(\w+)"?\)$', source, flags=re.M))
    ouvertes |= {"2"} if 'cas.figure("organigramme")' in source else set()  # un dessin
    questions = CAS.table("corrige-questions").query(f"dossier == {numero}")
    passages = relever(source, numero)
    for q in questions["question"]:
        passages += relever(" ".join(indices(q, CAS)), numero)
        passages += " ".join(attendus(q, CAS)["preuves"]).split()
    citees = {str(reference(p)[1]) for p in passages}
    assert len(citees) > 2 and citees | set(" ".join(questions["annexes"]).split()) <= ouvertes


def test_les_passages_sont_ceux_des_annexes():
    html = passages_cites("… (annexe 7, § 2 ; introduction, § 8).", "3.1", CAS)
    assert "2 passages" in html and re.search(r"annexe\u00a07, §\u00a02</summary>", html)
    assert "<mark>notre organigramme est plat</mark>" in html and "\n" not in html
    assert passages_cites("Rien de cité.", "3.1", CAS) == ""


def test_chaque_paragraphe_cite_par_une_reponse_a_ses_mots_marques():
    """Ceux des points attendus, et ceux que `questions.csv` ajoute, tous employés."""
    suivis, employes = 0, set()
    for question, texte in REPONSES:
        faits = faits_d_une_reponse(question, CAS)
        for preuve in relever(texte, question[0]):
            html = passage(CAS, preuve, faits)
            if html.partition(">")[2].startswith("<p>") and "<p><strong>" not in html:
                assert "<mark>" in html, (question, preuve)
                suivis += 1
            employes |= {(question, f) for f in faits if "<mark>" in passage(CAS, preuve, [f])}
    assert suivis > 100
    for q in CAS.table("corrige-questions").dropna(subset="faits").itertuples():
        assert {(q.question, f) for f in q.faits.split()} <= employes


def test_un_passage_qui_n_existe_pas_se_dit():
    with pytest.raises(ErreurCas, match="annexe 7, §\u00a099"):
        passages_cites("(annexe 7, § 99)", "3.1", CAS)


def test_un_passage_n_est_imprime_qu_une_fois_par_question():
    imprimes = Imprimes(CAS)
    premier = imprimes.sous("3.1", ["A7§5"])
    assert "<b>annexe 7, §\u00a05</b>" in premier and "feuille de route" in premier
    second = imprimes.sous("3.1", ["A7§5", "A7§1"])
    assert "feuille de route" not in second and "200" in second
    ancre = re.search(r"id='([^']+)'", premier)[1]
    assert f"<a href='#{ancre}'>annexe 7, §\u00a05</a>" in second
    assert "feuille de route" in imprimes.sous("3.2", ["A7§5"])


def test_un_tableau_entier_n_est_imprime_qu_une_fois_par_dossier():
    imprimes = Imprimes(CAS)
    assert "636" in imprimes.sous("2.1", ["A4"]) and "636" not in imprimes.sous("2.3", ["A4"])
    assert "636" in imprimes.sous("1.2", ["A4"])


def test_seuls_les_mots_qui_prouvent_sont_imprimes_quand_la_preuve_les_donne():
    imprimes = Imprimes(CAS)
    html = imprimes.sous("3.1", ["A7§2"], ["A7-21", "A7-25"])
    assert "autocontrôle […] notre organigramme est plat" in html and "salaire" not in html
    assert "aucune mobilité" not in html
    assert "contact est direct" in imprimes.sous("3.1", ["A7§2"], ["A7-19", "A7-25"])
    assert imprimes.sous("3.1", ["A7§2"], ["A7-25"]).startswith("<div class='passage'>Ci-dessus")


def test_une_reference_d_un_texte_devient_un_lien_si_son_passage_est_imprime():
    imprimes = Imprimes(CAS)
    imprimes.sous("2.3", ["D2§5", "A9§3"])
    lie = imprimes.lier(
        "<p title='énoncé, § 5'>(énoncé, § 5 ; annexe 9, plan, § 3 et 4)</p>", "2.3"
    )
    assert lie.count("<a href=") == 2 and "title='énoncé, § 5'>" in lie
    assert ">annexe 9, plan, § 3 et 4</a>)" in lie
    assert imprimes.lier("annexe 7, § 4", "2.3") == "annexe 7, § 4"
