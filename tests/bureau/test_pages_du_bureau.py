"""Les pages du bureau : l'accueil et ses deux côtés, une annexe ; rien n'y mène un élève à un corrigé."""

import json
import os
import re
import shutil
from html import unescape

import pytest

from cerdd_case import Cas, ErreurCas
from cerdd_case.bureau import accueil, copies, pages
from cerdd_case.bureau.carnets import dossier_des_carnets
from cerdd_case.socle import identite
from cerdd_case.socle.memoire import Memoire
from cerdd_case.widgets.page import PageVive

LIEN = re.compile(r'href="([^"]*)"')


@pytest.fixture
def travail(tmp_path):
    copies.copier_les_carnets(dossier_des_carnets(), tmp_path)
    return tmp_path


def liens(page: str) -> list[str]:
    return LIEN.findall(page)


def test_la_porte_mene_aux_deux_cotes(travail):
    page = accueil.page_d_accueil("porte", travail, "/base/")
    assert liens(page) == ["/base/cerdd/eleve", "/base/cerdd/enseignant"]
    assert "Je suis élève" in page and "J’enseigne" in page


def test_le_cote_de_l_eleve_ne_connait_que_ses_carnets(travail):
    page = accueil.page_d_accueil("eleve", travail, "/")
    assert len(liens(page)) == 6
    assert all(lien.startswith("/doc/tree/eleves/0") for lien in liens(page))
    assert not re.search("corrig|enseignant|solution", page, re.I)
    dit = "0 question faite sur 4, environ 1\u00a0h\u00a010"
    assert "Commencer\u00a0: Accueil" in page and dit in page


def test_le_cote_de_l_enseignant_mene_aux_corriges(travail):
    page = accueil.page_d_accueil("enseignant", travail, "/")
    corriges = [lien for lien in liens(page) if lien.startswith("/lab/tree/corriges/")]
    assert len(corriges) == 5 and "cerdd presenter 2" in page and "copies_rendues" not in page
    (travail / "eleves" / "copies_rendues").mkdir()
    assert "/lab/tree/eleves/copies_rendues" in liens(
        accueil.page_d_accueil("enseignant", travail, "/")
    )


def test_on_reprend_le_dernier_ouvert(travail):
    for rang, nom in enumerate(("01_organisation", "02_budget")):
        chemin = travail / "eleves" / f"{nom}.ipynb"
        identite.accueillir(chemin, f"eleves/{chemin.name}", travail)
        os.utime(chemin, (10**9 + rang, 10**9 + rang))
    cas = Cas(
        memoire=Memoire(identite.fichier_par_identite(chemin, identite.identite(chemin).copie))
    )
    contenu = json.loads(chemin.read_bytes())
    for cellule in contenu["cells"]:
        if cellule["id"] == "reponse-2-2":
            cellule["source"] = "Ce résultat ne suffit pas à le dire."
    chemin.write_bytes(identite.octets_du_carnet(contenu))
    cas.memoire.ecrire("grille:2.2", ["2.2-1"])
    page = accueil.page_d_accueil("eleve", travail, "/")
    assert liens(page)[0] == "/doc/tree/eleves/02_budget.ipynb"
    assert "Reprendre\u00a0: Dossier\u00a02" in page and "1 question faite sur 4" in page


def test_sans_corriges_il_n_y_a_pas_de_porte(travail):
    assert accueil.a_des_corriges(travail)
    shutil.rmtree(travail / "corriges")
    assert not accueil.a_des_corriges(travail)


def test_un_carnet_abime_ou_au_nom_etrange_n_arrete_pas_l_accueil(travail):
    (travail / "eleves" / "09_<b>é & #1.ipynb").write_bytes(b"{")
    page = accueil.page_d_accueil("eleve", travail, "/")
    assert "/doc/tree/eleves/09_%3Cb%3E%C3%A9%20%26%20%231.ipynb" in page
    assert "<b>é" not in page and "09_&lt;b&gt;é &amp; #1" in page


@pytest.mark.parametrize(
    ("dossier", "dit"),
    [(1, "1\u00a0h"), (2, "1\u00a0h\u00a010"), (3, "50\u00a0min"), (4, "1\u00a0h")],
)
def test_la_duree_d_un_dossier_suit_ses_points(dossier, dit):
    assert accueil.duree(dossier, Cas()) == dit


# --- Une annexe -------------------------------------------------------------------------


def vue(page: str) -> str:
    """Ce que le script de la page reçoit."""
    return json.loads(re.search(r"const vue = (\{.*?\}), el =", page)[1])["html"]


ANNEXES = [
    *map(str, range(1, 12)), "introduction", "epreuve", "notes", "enonce_dossier_1", "enonce_dossier_4",
    "blog_tic_pme", "culture_numerique", "marketing_relationnel", "marques_et_collaboration",
]  # fmt: skip


def texte(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


@pytest.mark.parametrize("nom", ANNEXES)
def test_chaque_annexe_a_sa_page_complete(nom):
    page, lue = pages.annexe(Cas(), nom), Cas().lire(nom)
    assert not re.search(r'(src|href)="|url\(|https?://', page)
    entiere = texte(vue(page))
    mots = texte(lue.page.corps_html() if isinstance(lue, PageVive) else lue._repr_html_()).split()
    assert len(mots) > 10 and not set(mots) - set(entiere.split())


@pytest.mark.parametrize(
    ("nom", "passage", "debut"),
    [
        ("7", "3", "§ 3"), ("7", "§3", "§ 3"), ("7", " 3 ", "§ 3"), ("9", "1", "§ 1"),
        ("9", "missions§3", "Analyse"), ("blog_tic_pme", "13", "§ 13"), ("enonce_dossier_2", "5", "§ 5"),
    ],
)  # fmt: skip
def test_un_passage_est_marque_et_lui_seul(nom, passage, debut):
    html = vue(pages.annexe(Cas(), nom, passage))
    vises = re.findall(r"<(?:p class='paragraphe vise'|tr class=vise)>(.*?)</(?:p|tr)>", html)
    assert len(vises) == 1 and texte(vises[0]).strip().startswith(debut)
    assert html.count("vise") == 1


@pytest.mark.parametrize("passage", ["", "999", "n'importe", "<script>"])
def test_un_passage_inconnu_ne_marque_rien(passage):
    assert "vise" not in vue(pages.annexe(Cas(), "7", passage))


def test_les_mots_cherches_ne_s_echappent_pas_du_script():
    page = pages.annexe(Cas(), "4", mots="</script><script>alert(1)", theme='"><b>')
    assert page.count("<script") == 1 and page.count("</script>") == 1 and '"><b>' not in page
    assert 'data-theme="sombre"' in pages.annexe(Cas(), "4", theme="sombre").partition("<head>")[0]


def test_une_annexe_inconnue_est_refusee():
    with pytest.raises(ErreurCas, match="99"):
        pages.annexe(Cas(), "99")
