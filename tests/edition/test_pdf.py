"""Le PDF des documents à imprimer, et ce que « exporter » n'écrase pas."""

import errno
import json
import os
import re

import pdfplumber
import pytest
from outils import Copie
from pdfminer.pdftypes import resolve1

from cerdd_case.bureau import commande, impression
from cerdd_case.donnees.paquet import Donnees
from cerdd_case.edition import diapositives, documents, pdf
from cerdd_case.questions.registre import attendus
from cerdd_case.socle.typographie import imprimer

DOSSIERS = list(diapositives.carnets_des_dossiers())
DONNEES = Donnees()
QUESTIONS = DONNEES.table("corrige-questions")
PAGES = {
    "sujet": (2, 20),
    "annexes": (4, 20),
    "corrige": (3, 20),
    "bareme": (1, 8),
    "notes": (1, 12),
}


# --- Le PDF -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pdfs(pages, tmp_path_factory):
    if impression.trouver_navigateur() is None:
        pytest.skip("Aucun navigateur : l'impression en PDF n'a pas été essayée.")
    dossier = tmp_path_factory.mktemp("pdf")
    chemins = {}
    for numero in DOSSIERS:
        for code in documents.DOCUMENTS:
            chemins[code, numero] = dossier / f"{numero}_{code}.pdf"
            chemins[code, numero].write_bytes(impression.imprimer(pages[code, numero]))
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
            droite = next(m["x0"] for m in page.extract_words() if m["text"] == "Points")
            gauche = page.crop((0, 0, droite - 2, page.height)).extract_text()
            textes.append(re.sub(r"\s", "", gauche))
    for q in QUESTIONS[QUESTIONS["dossier"] == int(numero)].itertuples():
        for a in attendus(q.question, DONNEES).itertuples():
            mots = re.sub(r"\s", "", imprimer(a.attendu))
            assert any(mots in t for t in textes), a.attendu


def test_sans_navigateur_l_erreur_dit_quoi_faire(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(impression, "trouver_navigateur", lambda: None)
    assert (
        commande.principal(["exporter", "bareme", "--dossier", "2", "--vers", str(tmp_path)]) == 2
    )
    erreur = capsys.readouterr().err
    assert "Edge, Chrome ou Chromium" in erreur and "--format html" in erreur
    assert not list(tmp_path.iterdir())


def test_un_navigateur_qui_echoue_se_dit(tmp_path):
    faux = tmp_path / "absent"
    with pytest.raises(impression.ErreurImpression, match="n'a pas imprimé"):
        impression.imprimer("<p>x</p>", str(faux))


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


EXPORTS = [["exporter", code, "--format", "html"] for code in documents.DOCUMENTS]
AUTRES = [["presenter", "2"], ["verifier"], ["construire"], ["construire", "--verifier"]]


@pytest.mark.parametrize("mots", [*EXPORTS, *AUTRES], ids=" ".join)
def test_aucune_commande_ne_part_d_un_bareme_faux(tmp_path, monkeypatch, capsys, mots):
    copie = Copie(tmp_path)
    copie.changer("corrige/questions.csv", "parties prenantes,4,prose", "parties prenantes,5,prose")
    monkeypatch.setattr("cerdd_case.donnees.paquet.dossier_des_donnees", lambda: copie.dossier)
    monkeypatch.chdir(tmp_path)
    assert commande.principal(mots) == 2
    dit = " ".join(capsys.readouterr().err.split())
    assert "les points de la question 1.1 font 4 au lieu de 5" in dit
    assert not (tmp_path / "export").exists()


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
