"""Les documents à imprimer : ce qu'ils contiennent, et les passages qui prouvent."""

import re
from html import escape, unescape
from html.parser import HTMLParser

import pytest
from matplotlib.figure import Figure
from outils import NOMS_PUBLIES

from cerdd_case.donnees.lecture import passage
from cerdd_case.donnees.paquet import Donnees
from cerdd_case.edition import diapositives, documents, lecture_carnet
from cerdd_case.edition.images import markdown_en_html
from cerdd_case.figures.mise_en_page import Illustration
from cerdd_case.questions.registre import attendus, indices, question
from cerdd_case.socle.references import citer, relever
from cerdd_case.socle.typographie import imprimer, typographier

DOSSIERS = list(diapositives.carnets_des_dossiers())
DONNEES = Donnees()
QUESTIONS = DONNEES.table("corrige-questions")


class Page(HTMLParser):
    """Les balises d'une page et son texte."""

    def __init__(self, html):
        super().__init__()
        self.balises, self.morceaux, self.ouvertes = [], [], []
        self.feed(html)

    def handle_starttag(self, nom, attributs):
        self.balises.append((nom, dict(attributs)))
        self.ouvertes.append(nom)

    def handle_endtag(self, nom):
        while self.ouvertes and self.ouvertes.pop() != nom:
            pass

    def handle_data(self, texte):
        if not {"style", "title"} & set(self.ouvertes):
            self.morceaux.append(texte)

    @property
    def texte(self):
        return re.sub(r"[ \n\t]+", " ", "".join(self.morceaux))

    def toutes(self, nom):
        return [attributs for balise, attributs in self.balises if balise == nom]


def normal(texte):
    return re.sub(r"[ \n\t]+", " ", typographier(texte)).replace("’", "'")


# --- La typographie ---------------------------------------------------------------------


def test_la_typographie_est_francaise():
    phrase = "Qui ? Quoi : « rien » ; l'an 1 040 450 €, 21,8 %"
    a_l_ecran = (
        "Qui\u202f? Quoi\u00a0: «\u00a0rien\u00a0»\u202f; "
        "l'an 1\u202f040\u202f450\u00a0€, 21,8\u202f%"
    )
    assert typographier(phrase) == a_l_ecran
    assert imprimer(phrase) == a_l_ecran.replace("'", "’")


def test_la_typographie_ne_touche_ni_aux_balises_ni_au_code():
    html = "<a title='x : y'>a : b</a><code>x : y</code>"
    assert typographier(html) == "<a title='x : y'>a\u00a0: b</a><code>x : y</code>"


def test_le_markdown_garde_ses_tableaux_et_abaisse_ses_titres():
    html = markdown_en_html("# T\n\n| a | b |\n|---|---|\n| 1 | 2 |", niveau=2)
    assert "<h3>T</h3>" in html and "<td>2</td>" in html


# --- Le contenu -------------------------------------------------------------------------


@pytest.mark.parametrize("numero", [*DOSSIERS, "tout"])
@pytest.mark.parametrize("code", documents.DOCUMENTS)
def test_une_page_se_suffit_a_elle_meme(pages, code, numero):
    html = pages[code, numero]
    page = Page(html)
    assert page.toutes("html") == [{"lang": "fr"}]
    assert page.toutes("h1") and page.toutes("h2" if code == "annexes" else "h3")
    assert not page.toutes("script") and not page.toutes("link")
    assert not re.search(r"url\(|@import", html)
    assert all(a["src"].startswith("data:image/") for a in page.toutes("img"))
    assert all(len(a.get("alt", "")) > 30 for a in page.toutes("img"))
    assert not re.search(r"cas\.\w+\(|⟦|⟧|<code|CORRIGÉ|&amp;lt;", html)
    assert not re.search(r" [;!?%»]|« ", page.texte)


def test_seul_le_corrige_a_l_ecran_a_le_simulateur(pages):
    """Sur papier, sa figure ; ailleurs, rien de lui."""
    a_l_ecran = documents.document("corrige", "2", DONNEES, a_l_ecran=True)
    assert a_l_ecran.count('class="cerdd-autonome"') == 1
    assert '"ouverture":"sujet"' in a_l_ecran and not Page(a_l_ecran).toutes("link")
    papier = Page(pages["corrige", "2"])
    assert any("Budget 2015" in image["alt"] for image in papier.toutes("img"))
    assert documents.document("sujet", "2", DONNEES, a_l_ecran=True) == pages["sujet", "2"]


@pytest.mark.parametrize("numero", DOSSIERS)
def test_le_sujet_donne_tout_sauf_les_reponses(pages, numero):
    page, livret = Page(pages["sujet", numero]), Page(pages["annexes", numero])
    texte, annexes = (p.texte.replace("’", "'") for p in (page, livret))
    for q in QUESTIONS[QUESTIONS["dossier"] == int(numero)].itertuples():
        assert normal(question(q.question, DONNEES)["enonce"]) in texte
        for a in q.annexes.split():
            if a.isdigit():
                assert re.search(rf"Annexe\s{a}\b", annexes), a
        for a in attendus(q.question, DONNEES).itertuples():
            assert normal(a.attendu) not in texte + annexes
    assert "Réponse proposée" not in texte
    assert len([a for a in page.toutes("div") if a.get("class") == "ligne"]) > 20
    assert all(a.get("scope") for a in livret.toutes("th"))


@pytest.mark.parametrize("numero", DOSSIERS)
def test_le_sujet_imprime_dit_ce_qui_est_de_nous_et_les_conditions_de_l_epreuve(pages, numero):
    texte = Page(pages["sujet", numero]).texte
    assert "La situation (lecture proposée)" in texte
    assert "dispose de 4\u00a0heures. La calculatrice est permise." in texte


@pytest.mark.parametrize("numero", DOSSIERS)
def test_le_corrige_repond_a_chaque_question(pages, numero):
    texte = Page(pages["corrige", numero]).texte
    questions = QUESTIONS[QUESTIONS["dossier"] == int(numero)]
    assert texte.count("Réponse proposée") == len(questions)
    assert "proposition" in texte
    assert "Pour l’enseignant" not in texte
    assert "Double-cliquez" not in texte


def test_le_bareme_dit_ce_que_seul_le_cours_donne(pages):
    dits = DONNEES.table("corrige-attendus").dropna(subset=["cours"])
    for a in dits.itertuples():
        texte = Page(pages["bareme", a.question[0]]).texte.replace("’", "'")
        assert normal(f"sans passage dans le sujet : {a.cours}") in texte


def test_sur_papier_une_figure_de_la_collection_garde_sa_legende():
    """Celle d'un atelier, celle d'une figure : ce que l'écran dit est dit sous l'image."""
    for lecture, dits in (("Lecture proposée, d'après l'annexe 11.", 1), ("", 0)):
        illustration = Illustration(Figure(), "Une figure.")
        illustration.lecture = lecture
        image = {"image/png": "AAAA", "text/plain": "Une figure."}
        sorties = [{"data": image, "metadata": illustration.metadonnees}]
        (html,) = documents._sorties({"outputs": sorties})
        assert html.count(f"<figcaption>{escape(lecture)}</figcaption>") == dits


def test_le_corrige_contient_toute_la_reponse_du_carnet(pages):
    livre = lecture_carnet.lire_carnet(diapositives.carnet_du_dossier("2"))
    texte = Page(pages["corrige", "2"]).texte
    reponses = [c for c in livre["cells"]
                if "reponse" in c["metadata"] and c["cell_type"] == "markdown"]  # fmt: skip
    assert len(reponses) == 4
    for cellule in reponses:  # les mots, dans l'ordre : la mise en forme seule a disparu
        mots = re.findall(r"\w{4,}", cellule["source"])
        assert len(mots) > 20 and re.search(r"\b.*?\b".join(map(re.escape, mots[:40])), texte)
    assert "763\u202f316,40\u00a0€" in pages["corrige", "2"]
    assert len(Page(pages["corrige", "2"]).toutes("img")) >= 1


def test_le_bareme_fait_cent_points_et_dit_qu_il_est_une_proposition(pages):
    texte = Page(pages["bareme", "tout"]).texte
    totaux = re.findall(r"Total du dossier\u00a0: (\d+)\u00a0points", texte)
    assert sum(map(int, totaux)) == 100
    assert "aucun barème officiel" in texte
    for a in DONNEES.table("corrige-attendus").itertuples():
        assert normal(a.attendu) in texte.replace("’", "'")


@pytest.mark.parametrize("numero", DOSSIERS)
def test_les_notes_suivent_les_diapositives(pages, numero):
    livre = lecture_carnet.lire_carnet(diapositives.carnet_du_dossier(numero))
    texte, compte = Page(pages["notes", numero]).texte, 0
    for diapositive in diapositives.diapositives(livre):
        for note in re.findall(r"<p>(.*?)</p>", diapositive.notes, re.S):
            premier = unescape(re.sub(r"<[^>]*>", "", note)).strip().split(".")[0]
            assert len(premier) > 10 and normal(premier) in texte.replace("’", "'")
            compte += 1
    assert compte >= 5


# --- Les passages -----------------------------------------------------------------------


def morceaux(preuve, faits=()):
    """Les mots d'un passage, ou ceux de ses faits ; sans les titres ni les noms de colonnes."""
    html = passage(DONNEES, preuve, faits)
    if marques := re.findall(r"<mark>(.*?)</mark>", html):
        return [normal(unescape(m)) for m in marques]
    html = re.sub(r"<em>.*?</em>|<strong>.*?</strong>|<p style=.*?</p>", "", html)
    return [normal(unescape(m)).strip() for m in re.split(r"<[^>]*>", html) if m.strip()]


def cites(numero):
    """Tout passage que citent les points attendus, les indices, les énoncés et le corrigé."""
    livre = lecture_carnet.lire_carnet(diapositives.carnet_du_dossier(numero))
    textes = [c["source"] for c in livre["cells"] if c["cell_type"] == "markdown"]
    preuves = []
    for q in QUESTIONS[QUESTIONS["dossier"] == int(numero)]["question"]:
        preuves += " ".join(attendus(q, DONNEES)["preuves"]).split()
        textes += [*indices(q, DONNEES), question(q, DONNEES)["enonce"]]
    return {*preuves, *relever("\n".join(textes), numero)}


@pytest.mark.parametrize("numero", DOSSIERS)
def test_tout_passage_cite_est_dans_le_livret_du_dossier(pages, numero):
    livret = Page(pages["annexes", numero]).texte.replace("’", "'")
    preuves = cites(numero)
    assert len(preuves) > 10
    for preuve in preuves:
        assert all(mots in livret for mots in morceaux(preuve)), preuve
    assert ("DOC:culture_numerique§27" in preuves) == (numero == "4")


def test_les_noms_publies_sont_sur_papier(pages):
    livret = Page(pages["annexes", "tout"]).texte.replace("’", "'")
    for nom in [nom for noms in NOMS_PUBLIES.values() for nom in noms]:
        assert nom in livret, nom


@pytest.mark.parametrize("numero", DOSSIERS)
def test_sous_chaque_point_du_bareme_se_lit_son_passage(pages, numero):
    html = pages["bareme", numero]
    entier = Page(html).texte.replace("’", "'")
    for section in html.split('<section class="question">')[1:]:
        texte = Page(section).texte.replace("’", "'")
        for a in attendus(re.search(r"Question\s(\d\.\d)", texte)[1], DONNEES).itertuples():
            for preuve in a.preuves.split():
                assert normal(citer(preuve)) in texte
                ici = texte if "§" in preuve else entier  # un tableau n'est imprimé qu'une fois
                assert all(m in ici for m in morceaux(preuve, a.faits.split())), (
                    a.attendu_id,
                    preuve,
                )


@pytest.mark.parametrize("numero", [*DOSSIERS, "tout"])
@pytest.mark.parametrize("code", ["bareme", "corrige"])
def test_chaque_renvoi_mene_a_un_passage_de_la_page(pages, code, numero):
    page = Page(pages[code, numero])
    ancres = [a["id"] for _, a in page.balises if "id" in a]
    liens = [a["href"] for a in page.toutes("a")]
    assert liens and len(set(ancres)) == len(ancres)
    assert {lien.removeprefix("#") for lien in liens} <= set(ancres)


@pytest.mark.parametrize("numero", DOSSIERS)
def test_chaque_reference_du_corrige_est_un_lien(pages, numero):
    for reponse in pages["corrige", numero].split("Réponse proposée")[1:]:
        reponse = reponse.partition("<h4>Les passages cités</h4>")[0]
        sans_liens = re.sub(r"<a href=.*?</a>", "", reponse)
        assert "<a href=" in reponse
        assert relever(re.sub(r"<[^>]*>", "", sans_liens), numero) == []
