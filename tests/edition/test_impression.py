"""Les documents à imprimer : ce qu'ils contiennent, leur PDF, et ce qu'ils n'écrasent pas."""

import errno
import json
import os
import re
from html.parser import HTMLParser

import pdfplumber
import pytest
from pdfminer.pdftypes import resolve1

from cerdd_case.bureau import commande
from cerdd_case.donnees.paquet import Donnees
from cerdd_case.edition import diapositives, documents, lecture_carnet, pdf
from cerdd_case.edition.images import en_html
from cerdd_case.questions.registre import attendus, question
from cerdd_case.socle.typographie import imprimer, typographier

DOSSIERS = list(diapositives.carnets_des_dossiers())
DONNEES = Donnees()
QUESTIONS = DONNEES.table("corrige-questions")
PAGES = {
    "sujet": (2, 20),
    "annexes": (4, 16),
    "corrige": (3, 20),
    "bareme": (1, 6),
    "notes": (1, 6),
}


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


@pytest.fixture(scope="module")
def pages():
    return {
        (code, n): documents.document(code, n, DONNEES)
        for code in documents.DOCUMENTS
        for n in [*DOSSIERS, "tout"]
    }


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
    html = en_html("# T\n\n| a | b |\n|---|---|\n| 1 | 2 |", niveau=2)
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
def test_le_corrige_repond_a_chaque_question(pages, numero):
    texte = Page(pages["corrige", numero]).texte
    questions = QUESTIONS[QUESTIONS["dossier"] == int(numero)]
    assert texte.count("Réponse proposée") == len(questions)
    assert "proposition" in texte
    assert "Pour l’enseignant" not in texte
    assert "Double-cliquez" not in texte


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
        for note in diapositive.notes:
            premier = re.sub(r"\*\*.*?\*\*\s*|[*]", "", note).strip().split(".")[0]
            assert len(premier) > 10 and normal(premier) in texte.replace("’", "'")
            compte += 1
    assert compte >= 5


# --- Le PDF -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pdfs(pages, tmp_path_factory):
    if pdf.trouver_navigateur() is None:
        pytest.skip("Aucun navigateur : l'impression en PDF n'a pas été essayée.")
    dossier = tmp_path_factory.mktemp("pdf")
    chemins = {}
    for numero in DOSSIERS:
        for code in documents.DOCUMENTS:
            chemins[code, numero] = dossier / f"{numero}_{code}.pdf"
            chemins[code, numero].write_bytes(pdf.imprimer(pages[code, numero]))
    return chemins


@pytest.mark.parametrize("numero", DOSSIERS)
@pytest.mark.parametrize("code", documents.DOCUMENTS)
def test_le_pdf_est_propre(pdfs, code, numero):
    with pdfplumber.open(pdfs[code, numero]) as pdf:
        assert PAGES[code][0] <= len(pdf.pages) <= PAGES[code][1]
        racine = pdf.doc.catalog
        langue = resolve1(racine["Lang"])
        assert (langue.decode() if isinstance(langue, bytes) else langue).startswith("fr")
        assert resolve1(racine["MarkInfo"])["Marked"]
        assert "StructTreeRoot" in racine
        for rang, page in enumerate(pdf.pages, start=1):
            assert (round(page.width), round(page.height)) == (595, 842)
            assert page.chars, f"page {rang} vide"
            for mot in page.extract_words():
                assert mot["x0"] >= 20 and mot["x1"] <= page.width - 20, mot
                assert mot["top"] >= 20 and mot["bottom"] <= page.height - 20, mot
            texte = page.extract_text()
            assert re.search(rf"page {rang} / {len(pdf.pages)}", texte)
            assert "\ufffd" not in texte
            for police in resolve1(page.page_obj.resources["Font"]).values():
                verifier_incorporee(resolve1(police))


def verifier_incorporee(police):
    if police.get("Subtype").name == "Type3":
        return  # ses dessins sont dans le fichier
    for descendante in resolve1(police.get("DescendantFonts", [police])):
        description = resolve1(resolve1(descendante)["FontDescriptor"])
        assert {"FontFile", "FontFile2", "FontFile3"} & set(description), police.get("BaseFont")


@pytest.mark.parametrize("numero", DOSSIERS)
def test_aucune_ligne_de_tableau_n_est_coupee(pdfs, pages, numero):
    """Le texte d'une ligne du barème est tout entier sur une page."""
    textes = []
    with pdfplumber.open(pdfs["bareme", numero]) as pdf:
        for page in pdf.pages:
            droite = next(m["x0"] for m in page.extract_words() if m["text"] == "Preuves")
            gauche = page.crop((0, 0, droite - 2, page.height)).extract_text()
            textes.append(re.sub(r"\s", "", gauche))
    for q in QUESTIONS[QUESTIONS["dossier"] == int(numero)].itertuples():
        for a in attendus(q.question, DONNEES).itertuples():
            mots = re.sub(r"\s", "", imprimer(a.attendu))
            assert any(mots in t for t in textes), a.attendu


def test_sans_navigateur_l_erreur_dit_quoi_faire(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(pdf, "trouver_navigateur", lambda: None)
    assert (
        commande.principal(["exporter", "bareme", "--dossier", "2", "--vers", str(tmp_path)]) == 2
    )
    erreur = capsys.readouterr().err
    assert "Edge, Chrome ou Chromium" in erreur and "--format html" in erreur
    assert not list(tmp_path.iterdir())


def test_un_navigateur_qui_echoue_se_dit(tmp_path):
    faux = tmp_path / "absent"
    with pytest.raises(documents.ErreurImpression, match="n'a pas imprimé"):
        pdf.imprimer("<p>x</p>", str(faux))


# --- Écrire -----------------------------------------------------------------------------


def exporter(dossier, *mots):
    return commande.principal(["exporter", *mots, "--format", "html", "--vers", str(dossier)])


def test_l_export_ecrit_trois_documents_et_se_refait(tmp_path):
    for _ in range(2):
        assert exporter(tmp_path / "papier", "--dossier", "2") == 0
    noms = {c.name for c in (tmp_path / "papier").glob("*.html")}
    assert noms == {f"dossier_2_{d}.html" for d in ("sujet", "annexes", "corrige", "bareme")}


def test_un_fichier_etranger_n_est_pas_ecrase(tmp_path, capsys):
    (tmp_path / "dossier_2_bareme.html").write_text("à moi", encoding="utf-8")
    assert exporter(tmp_path, "sujet", "bareme", "--dossier", "2") == 2
    assert "dossier_2_bareme.html" in capsys.readouterr().err
    assert (tmp_path / "dossier_2_bareme.html").read_text(encoding="utf-8") == "à moi"
    assert not (tmp_path / "dossier_2_sujet.html").exists()


def test_un_document_retouche_n_est_pas_ecrase(tmp_path, capsys):
    assert exporter(tmp_path, "bareme", "--dossier", "2") == 0
    cible = tmp_path / "dossier_2_bareme.html"
    cible.write_text(cible.read_text(encoding="utf-8") + "<!-- mon ajout -->", encoding="utf-8")
    assert exporter(tmp_path, "bareme", "--dossier", "2") == 2
    assert "mon ajout" in cible.read_text(encoding="utf-8")
    assert "a changé depuis" in " ".join(capsys.readouterr().err.split())


def interrompre(monkeypatch, fonction, faute, a_l_appel):
    """Fait échouer le n-ième appel à `os.fsync` ou `os.replace`."""
    reelle, appels = getattr(os, fonction), []

    def echouer(*arguments, **options):
        appels.append(arguments)
        if len(appels) == a_l_appel:
            raise faute
        return reelle(*arguments, **options)

    monkeypatch.setattr(os, fonction, echouer)


@pytest.mark.parametrize("fonction", ["fsync", "replace"])
@pytest.mark.parametrize("a_l_appel", [1, 2, 3])
@pytest.mark.parametrize("deja", [False, True])
def test_un_export_interrompu_ne_laisse_que_de_l_entier(
    tmp_path, monkeypatch, capsys, fonction, a_l_appel, deja
):
    """Disque plein puis Ctrl+C, à chaque instant : rien d'entamé, et l'on peut recommencer."""
    monkeypatch.setattr(pdf, "document", lambda code, *_: f"<html>{code} {essai}</html>")
    noms = ["dossier_2_sujet.html", "dossier_2_bareme.html"]
    mots = ["sujet", "bareme", "--dossier", "2"]
    essai = 0
    if deja:
        assert exporter(tmp_path, *mots) == 0
    for essai, faute in enumerate([OSError(errno.ENOSPC, "x"), KeyboardInterrupt()], start=1):
        with monkeypatch.context() as panne:
            interrompre(panne, fonction, faute, a_l_appel)
            assert exporter(tmp_path, *mots) == (2 if essai == 1 else 130)
        if essai == 1:
            assert "le disque est plein" in capsys.readouterr().err
        for chemin in tmp_path.glob("*"):
            assert chemin.name in (*noms, pdf.JOURNAL)
            if chemin.suffix == ".html":
                assert chemin.read_text(encoding="utf-8").endswith("</html>")
    essai = 3
    assert exporter(tmp_path, *mots) == 0, capsys.readouterr().err
    for nom in noms:
        assert " 3<" in (tmp_path / nom).read_text(encoding="utf-8")
    assert {c.name for c in tmp_path.iterdir()} == {*noms, pdf.JOURNAL}


def test_un_journal_de_l_ancienne_facon_est_compris(tmp_path):
    assert exporter(tmp_path, "bareme", "--dossier", "2") == 0
    journal = tmp_path / pdf.JOURNAL
    sceaux = json.loads(journal.read_text(encoding="utf-8"))
    journal.write_text(json.dumps({n: s[-1] for n, s in sceaux.items()}), encoding="utf-8")
    assert exporter(tmp_path, "bareme", "--dossier", "2") == 0


@pytest.mark.parametrize(
    ("mots", "phrase"),
    [
        (["sujets"], "Il n'y a pas de document"),
        (["sujet", "--dossier", "7"], "Il n'y a pas de dossier"),
    ],
)
def test_une_demande_impossible_se_dit_en_francais(mots, phrase, tmp_path, capsys):
    assert exporter(tmp_path, *mots) == 2
    assert phrase in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_les_documents_complementaires_sont_sur_demande():
    sans = documents.annexes_du_dossier("4", DONNEES)
    avec = documents.annexes_du_dossier("4", DONNEES, documents=True)
    assert len(avec) > len(sans)
    assert "blog de 2008" in str(avec)
