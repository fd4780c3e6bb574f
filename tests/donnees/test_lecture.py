"""Les annexes comme on les lit : paragraphes, tableaux à leur place, renvois qui s'ouvrent."""

import re
import shutil
from html import unescape

import pandas as pd
import pytest
from outils import NOMS_PUBLIES, cas_change

from cerdd_case import Cas
from cerdd_case.donnees.lecture import page, passage, renvoi
from cerdd_case.donnees.paquet import dossier_des_donnees
from cerdd_case.donnees.tableau import Tableau
from cerdd_case.questions.registre import attendus
from cerdd_case.socle.erreurs import ErreurCas, ErreurDonnees
from cerdd_case.socle.references import relever

CAS = Cas()
ENONCES = [f"enonce_dossier_{n}" for n in range(1, 5)]
ANNEXES = ["introduction", *range(1, 12), *ENONCES, "epreuve"]
DOCUMENTS = ["culture_numerique", "marketing_relationnel", "blog_tic_pme",
             "marques_et_collaboration"]  # fmt: skip


@pytest.mark.parametrize("numero", [*ANNEXES, *DOCUMENTS])
def test_une_annexe_s_ouvre_en_page_jamais_en_tableau_de_faits(numero):
    lue = page(CAS, numero)
    assert lue.titre and (lue.paragraphes or any(isinstance(p, Tableau) for p in lue.corps))
    html = lue._repr_html_()
    assert not re.search(r"\b(INT|A\d+|D\d|EP|CN|BT|MC|MR)-\d", html), "un identifiant se voit"
    assert "Thème" not in html and "theme" not in html


def test_chaque_paragraphe_porte_son_numero_et_l_annexe_9_ses_tableaux():
    lue = page(CAS, 9)
    assert [p.numero for p in lue.paragraphes] == [1, 12, 24]
    assert [p.titre for p in lue.corps if isinstance(p, Tableau)] == [
        CAS.ressource("annexe", 9, t)["title"] for t in ("principale", "missions")
    ]
    assert "§\u00a012" in str(lue) and "§\u00a012" in lue._repr_html_()


@pytest.mark.parametrize("numero", [4, 5, 8, 9, 11])
def test_les_tableaux_d_une_page_ouverte_sont_ouverts(numero):
    """La recherche y compte les mots : ce qu'elle compte se voit."""
    assert page(CAS, numero).corps_html().count("<table") >= 1
    assert "<details" not in page(CAS, numero).corps_html()


@pytest.mark.parametrize("textes", [True, False])
def test_les_enonces_se_lisent_dans_l_ordre_et_les_conseils_sont_marques(tmp_path, textes):
    copie = tmp_path / "data"
    shutil.copytree(dossier_des_donnees(), copie)
    if not textes:
        shutil.rmtree(copie / "textes")
    cas = Cas(copie)
    assert [p.numero for p in page(cas, "enonce_dossier_2").paragraphes] == [1, 2, 3, 4, 5, 6, 7, 8]
    conseils = page(cas, "epreuve").paragraphes[-1]
    assert conseils.numero == 9 and "(lecture proposée)" in conseils.html()


def test_le_sommaire_nomme_les_annexes_pour_un_lecteur():
    assert not any("fait par fait" in titre for titre, *_ in CAS.sommaire().lignes)


def test_les_totaux_de_l_annexe_4_se_lisent():
    assert "1\u202f040\u202f450" in str(page(CAS, 4))


def test_un_renvoi_ouvre_le_paragraphe_ses_mots_marques():
    html = renvoi(CAS, "A7§2", ["A7-12"])
    assert html.startswith("<details") and "<summary>annexe 7, §\u00a02</summary>" in html
    (marque,) = re.findall("<mark>(.*?)</mark>", html)
    assert (
        "2\u00a0fois" in marque and "data-annexe='7' data-passage='A7§2' data-faits='A7-12'" in html
    )
    assert "A7-12" not in re.sub("<[^>]+>", "", html)


def marques(preuve, faits):
    return re.findall("<mark>(.*?)</mark>", passage(CAS, preuve, faits))


def en_prose(preuve):
    """La référence mène à un paragraphe : ni tableau, ni ligne de tableau."""
    html = passage(CAS, preuve)
    return html.partition(">")[2].startswith("<p>") and "<p><strong>" not in html


CITES = [
    *((a.attendu_id, a.preuves.split(), a.faits.split())
      for q in CAS.table("corrige-questions")["question"] for a in attendus(q, CAS).itertuples()),
    *((f"indice {i.question}, {i.rang}", relever(i.indice, i.question[0]),
       "" if pd.isna(i.faits) else i.faits.split())
      for i in CAS.table("corrige-indices").itertuples()),
]  # fmt: skip


def test_chaque_reference_a_un_paragraphe_marque_les_mots_qui_prouvent():
    """Points attendus et indices : peu de mots, et jamais aucun."""
    combien = 0
    for nom, preuves, faits in CITES:
        for preuve in filter(en_prose, preuves):
            mots = marques(preuve, faits)
            assert 1 <= len(mots) <= 5, (nom, preuve)
            combien += 1
    assert combien > 160


def test_chaque_fait_cite_porte_des_mots_d_un_de_ses_passages():
    for nom, preuves, faits in CITES:
        for fait in faits:
            assert sum(len(marques(preuve, [fait])) for preuve in preuves) == 1, (nom, fait)
    for o in CAS.table("corrige-web-comparaison").dropna(subset="faits").itertuples():
        for fait in o.faits.split():
            assert any(marques(preuve, [fait]) for preuve in o.reference.split()), o.option_id


def test_un_renvoi_vers_un_tableau_montre_ses_lignes():
    html = passage(CAS, "A9/missions§5")
    assert html.count("Mission\u00a0:") == 1 and "Capitalisation" in html and "<details" not in html


@pytest.mark.parametrize("preuve", ["A7§99", "A9/missions§9", "DOC:blog_tic_pme§9999"])
def test_un_renvoi_vers_rien_est_refuse(preuve):
    with pytest.raises(ErreurCas, match="n'existe pas. Corrigez la référence"):
        passage(CAS, preuve)


def test_chaque_reference_du_registre_mene_a_un_passage():
    """Points attendus, erreurs habituelles, comparaisons : rien ne renvoie dans le vide."""
    preuves = set(" ".join(CAS.table("corrige-attendus")["preuves"]).split())
    preuves |= set(CAS.table("corrige-erreurs")["paragraphe"].dropna())
    preuves |= set(" ".join(CAS.table("corrige-web-comparaison")["reference"].dropna()).split())
    assert len(preuves) > 40
    for preuve in preuves:
        assert re.sub("<[^>]+>", "", passage(CAS, preuve)).strip(), preuve


def test_un_fait_change_se_dit_sous_le_texte():
    """Le texte écrit 2,5 ETP… ; un cas qui change ce nombre le dit, au lieu de se contredire."""
    assert page(CAS, "introduction").changes == []
    change = cas_change({"introduction": {("fait_id", "INT-51", "valeur"): 15.0}})
    (dit,) = page(change, "introduction").changes
    assert dit.startswith("Dans ce cas (§") and "Dans ce cas" in str(page(change, "introduction"))


PAGES = sorted({str(r.get("cas:annexe", r.get("cas:document"))) for r in CAS.ressources} - {"None"})


@pytest.mark.parametrize("numero", PAGES)
def test_les_donnees_livrees_n_annoncent_aucun_changement(numero):
    """« 50 millions », « Web 2.0 », « dès le début de 2015 » : ni changement, ni contradiction."""
    lue = page(CAS, numero)
    assert lue is None or (lue.changes == [] and "Dans ce cas" not in str(lue))


def test_les_donnees_livrees_sans_textes_n_annoncent_rien_non_plus(tmp_path):
    copie = tmp_path / "data"
    shutil.copytree(dossier_des_donnees(), copie)
    shutil.rmtree(copie / "textes")
    nu = Cas(copie)
    lues = [lue for numero in PAGES if (lue := page(nu, numero))]
    assert len(lues) > 8 and not any(lue.changes for lue in lues)


@pytest.mark.parametrize(
    ("code", "table", "fait", "paragraphe"),
    [("culture_numerique", "culture-numerique-faits", "CN-57", 28),
     ("blog_tic_pme", "blog-tic-pme", "BT-060", 45)],
)  # fmt: skip
def test_un_nombre_change_se_dit_meme_ecrit_en_millions(code, table, fait, paragraphe):
    change = cas_change({f"document-{table}": {("fait_id", fait, "valeur"): 0.77}})
    dits = page(change, code).changes
    assert [d.partition(")")[0] for d in dits] == [f"Dans ce cas (§\u00a0{paragraphe}"]


def test_un_dossier_sans_textes_reunit_ses_faits(tmp_path):
    copie = tmp_path / "data"
    shutil.copytree(dossier_des_donnees(), copie)
    shutil.rmtree(copie / "textes")
    lue = page(Cas(copie), 7)
    assert [p.numero for p in lue.paragraphes] == [1, 2, 3, 4, 5]
    assert "L'équipe du CERDD est petite." in lue.paragraphes[0].texte


def test_un_texte_abime_est_refuse_avec_son_lieu(tmp_path):
    copie = tmp_path / "data"
    shutil.copytree(dossier_des_donnees(), copie)
    fichier = copie / "textes" / "annexe_07.md"
    fichier.write_text("# Titre\nPerdu.\n", encoding="utf-8")
    with pytest.raises(ErreurDonnees, match=r"annexe_07.md, ligne 2 .*« ## § 1 »"):
        page(Cas(copie), 7)
    fichier.write_bytes("# É".encode("latin-1"))
    with pytest.raises(ErreurDonnees, match="UTF-8"):
        page(Cas(copie), 7)


def test_une_ligne_de_tableau_citee_se_lit_dans_une_place_etroite():
    html = passage(CAS, "A8/supports§6")
    assert "<table" not in html and "Exemples\u00a0:</em> Nuit de la Création" in html
    assert "<table" in passage(CAS, "A4/totaux")


@pytest.mark.parametrize("numero", NOMS_PUBLIES)
def test_les_noms_publies_se_lisent_a_l_ecran(numero):
    lu = CAS.lire("notes") if numero == "notes" else page(CAS, numero)
    for nom in NOMS_PUBLIES[numero]:
        assert nom in str(lu) and nom in unescape(lu._repr_html_()), nom


def test_un_tableau_dit_toutes_ses_sources():
    assert "blog.c-marketing.eu" in CAS.lire(11, "web_2_0").source


def test_un_intitule_ne_recouvre_pas_son_texte():
    html = page(CAS, "blog_tic_pme")._repr_html_()
    assert re.search("<b style='display:block;[^>]*>Résumé</b>", html)
